"""Check an organisation's own kinds: their files, languages and words, and what nothing says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.documents.kinds import own
from governance.documents.schema import KINDS, Kind
from governance.documents.source import PLAIN, Templates
from governance.language import LANGUAGES
from governance.refusals import Finding, Refused, Verdict, say

_BLOCK = re.compile(r"{%-?\s*macro\s+(\w+)\s*\(")
_OF_PLAIN = frozenset({"body", "subject"})


def read_by_kinds(templates: Templates) -> set[str]:
    """The files that own kinds read, where they are described, with faults or without."""
    described = [path for path in templates.files if path.startswith(f"{own.FOLDER}/")]
    found = set(described)
    for name in (own.name_of(path) for path in described):
        for folder in PLAIN:
            found.add(f"{folder}/{name}.html")
            found |= {f"{folder}/text/{language}/{name}.html" for language in LANGUAGES}
    return found


def faults_of_kinds(templates: Templates) -> Iterator[Finding]:
    """Everything that is wrong with the descriptions of own kinds, and with their texts."""
    for path in sorted(each for each in templates.files if each.startswith(f"{own.FOLDER}/")):
        try:
            form = own.read_kind(path, templates.files[path], KINDS)
        except Refused as refused:
            yield from refused.findings
            continue
        for check in (_languages, _words, _blocks, _unsaid):
            yield from check(templates, own.name_of(path), form)


def _languages(templates: Templates, kind: str, form: Kind) -> Iterator[Finding]:
    """A kind is written in the languages in which it has a name, no fewer and no more."""
    written = templates.languages(kind)
    for language in sorted(set(form.names) - set(written)):
        text = templates.prose(kind, language)[0]
        yield _fault(text, f"there is no text for {kind} in {language}", "Write it.")
    for language in sorted(set(written) - set(form.names)):
        place = f"{own.FOLDER}/{kind}.yaml, name"
        yield _fault(place, f"{kind} has a text but no name in {language}", "Add its name.")


def _words(_: Templates, kind: str, form: Kind) -> Iterator[Finding]:
    """A short word is said in each language of the kind; in English it says itself."""
    for english, said in form.words.items():
        for language in sorted(set(form.names) - set(said) - {"en"}):
            place = f"{own.FOLDER}/{kind}.yaml, words, {english}"
            yield _fault(place, f"the word is not said in {language}", f"Add {language}: ….")


def _blocks(templates: Templates, kind: str, _: Kind) -> Iterator[Finding]:
    """Every language has the same blocks; without a structure of its own, subject and body."""
    texts = [templates.prose(kind, language)[0] for language in templates.languages(kind)]
    found = {path: {m[1] for m in _BLOCK.finditer(templates.text(path))} for path in texts}
    is_plain = templates.structure(kind) in PLAIN.values()
    wanted = set().union(*found.values(), _OF_PLAIN if is_plain else ())
    for path, blocks in found.items():
        for missing in sorted(wanted - blocks):
            cure = f"Add {{% macro {missing}(…) %}}."
            yield _fault(path, f'the block "{missing}" is missing', cure)


def _unsaid(templates: Templates, kind: str, form: Kind) -> Iterator[Finding]:
    """A fact that no text says may have been forgotten; it may also decide what is said."""
    texts = [templates.structure(kind)]
    texts += [templates.prose(kind, language)[0] for language in templates.languages(kind)]
    said = " ".join(templates.text(path) for path in texts if path in templates.files)
    base = form.facts.__base__
    inherited = base.model_fields if base is not None else {}  # type: ignore[attr-defined]
    for name in form.facts.model_fields:
        if name not in inherited and not re.search(rf"\.{name}\b", said):
            yield Finding(
                "own_documents",
                "",
                Verdict.ADVISORY,
                say("no text of {kind} says {field}", kind=kind, field=name),
                say("Say it, or take it out of the fields."),
                f"{own.FOLDER}/{kind}.yaml, fields, {name}",
            )


def _fault(where: str, problem: str, cure: str) -> Finding:
    because = say("{problem}", problem=problem)
    return Finding("own_documents", "", Verdict.FAIL, because, say("{cure}", cure=cure), where)
