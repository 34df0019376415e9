"""Check an organisation's own documents: every fault at once, with its place and its cure."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from governance.documents import source
from governance.documents.apart import trying
from governance.documents.linting_kinds import faults_of_kinds, read_by_kinds
from governance.documents.own import FILE, own_of
from governance.documents.source import Templates
from governance.language import french_spacing
from governance.refusals import Finding, Reason, Refused, Verdict, refuse, say

_BLOCK = re.compile(r"{%-?\s*macro\s+(\w+)\s*\(([^)]*)\)")
_NOT_READ = "Take it out, or correct its name; a kind of your own is described in kinds/KIND.yaml."
_FORBIDDEN = re.compile(r"\|\s*safe\b|\bMarkup\b")


def lint(folder: Path) -> list[Finding]:
    """Everything that is wrong in a folder of documents; nothing where it may be used.

    Refused where there is no such folder.
    """
    if not folder.is_dir():
        raise refuse(
            "there is no folder of documents at {folder}",
            rule="documents_are_there",
            cure="Make it, with documents.yaml or texts of your own; see docs/documents.md.",
            where=str(folder),
            reason=Reason.INPUT,
            folder=str(folder),
        )
    templates = source.read(source.TEMPLATES, folder)
    findings = list(_decisions(folder, templates))
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    own = [path.relative_to(folder).as_posix() for path in files]
    findings.extend(_read_by_somebody(own, templates))
    for path in own:
        for check in _CHECKS:
            findings.extend(check(folder, path))
    findings.extend(faults_of_kinds(templates))
    if not any(each.blocks for each in findings):
        findings.extend(_rendering(folder, own, templates))
    return findings


def _decisions(folder: Path, templates: Templates) -> Iterator[Finding]:
    try:
        own = own_of(folder)
    except Refused as refused:
        yield from refused.findings
        return
    for kind in [*own.numbering.kinds, *own.unapproved]:
        if kind not in templates.kinds and kind not in templates.broken:
            yield _fault(FILE, f"there is no kind of document called {kind!r}", "Correct it.")


def _read_by_somebody(own: list[str], templates: Templates) -> Iterator[Finding]:
    """A file that nothing reads is a typing error in its name."""
    known = {FILE, *source.ours().files, *read_by_kinds(templates)}
    for path in own:
        name = PurePosixPath(path).name
        if path in known or name.startswith((".", "README")):
            continue
        near = sorted(each for each in known if PurePosixPath(each).name == name)
        cure = f"Did you mean {', '.join(near[:4])}?" if near else _NOT_READ
        yield _fault(path, "no document reads this file", cure)


def _is_text(folder: Path, path: str) -> Iterator[Finding]:
    content = (folder / path).read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        place = f"{path}, line {content[: error.start].count(10) + 1}"
        yield _fault(place, "this is not UTF-8", "Save the file as UTF-8.")
        return
    for number, line in enumerate(html.unescape(text).splitlines(), start=1):
        odd = {c for c in line if unicodedata.category(c) in {"Cc", "Cf"} and c != "\t"}
        if odd:
            named = ", ".join(f"U+{ord(c):04X}" for c in sorted(odd))
            yield _fault(f"{path}, line {number}", f"it holds {named}", "Take it out.")
    if not unicodedata.is_normalized("NFC", text):
        yield _fault(path, "its letters are not composed (NFC)", "Save it in form NFC.")


def _is_tame(folder: Path, path: str) -> Iterator[Finding]:
    text = (folder / path).read_text("utf-8", "replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if path.endswith(".html") and _FORBIDDEN.search(line):
            yield _fault(
                f"{path}, line {number}", "a text may not mark a value as safe", "Take it out."
            )


def _is_spaced(folder: Path, path: str) -> Iterator[Finding]:
    if "/text/fr/" not in path:
        return
    for fault in french_spacing((folder / path).read_text("utf-8", "replace")):
        place, _, what = fault.partition(": ")
        yield _fault(f"{path}, {place}", what, "Write &nbsp; or &#8239; there.")


def _has_our_blocks(folder: Path, path: str) -> Iterator[Finding]:
    """A text has the blocks that the structure of its kind asks for."""
    ours = source.ours().files.get(path)
    if ours is None or "/text/" not in path:
        return
    text = (folder / path).read_text("utf-8", "replace")
    found = {match[1] for match in _BLOCK.finditer(text)}
    wanted = {match[1] for match in _BLOCK.finditer(ours.decode("utf-8"))}
    for missing in sorted(wanted - found):
        yield _fault(path, f'the block "{missing}" is missing', f"Add {{% macro {missing}(…) %}}.")


_CHECKS: tuple[Callable[[Path, str], Iterator[Finding]], ...] = (
    _is_text,
    _is_tame,
    _is_spaced,
    _has_our_blocks,
)


def _rendering(folder: Path, own: list[str], templates: Templates) -> Iterator[Finding]:
    """Each document that these files touch, with full, minimal and hostile facts, in a child."""
    tasks = [
        trying.Task(kind, language, facts)
        for kind, language in _touched(own, templates)
        for facts in ("full", "minimal", "hostile")
    ]
    told: set[tuple[str, str]] = set()
    for done in trying.rendered(folder, tasks) if tasks else ():
        for fault in done.faults:
            text = templates.prose(done.task.kind, done.task.language)[0]
            place = fault["where"] or text
            if not place.startswith(("letters/", "papers/")):
                place = f"{text}: {place}"
            if (place, fault["because"]) not in told:
                told.add((place, fault["because"]))
                what = f"{done.task.kind} in {done.task.language}: {fault['because']}"
                yield _fault(place, what, fault["cure"])


def _touched(own: list[str], templates: Templates) -> list[tuple[str, str]]:
    return [
        (kind, language)
        for kind, form in templates.kinds.items()
        for language in templates.languages(kind)
        if form.is_own or any(_touches(path, kind, language, templates) for path in own)
    ]


def _touches(path: str, kind: str, language: str, templates: Templates) -> bool:
    """A file that many documents share is tried on a few of them."""
    words, common = templates.prose(kind, language)
    if path in (words, templates.structure(kind)):
        return True
    shared = path in (common, source.catalogue(language))
    frame = path in (source.BASE, *source.PARTS, source.PROGRAM)
    return (shared or (frame and language in {"en", "ar"})) and kind in {"appointment", "minutes"}


def _fault(where: str, problem: str, cure: str) -> Finding:
    because = say("{problem}", problem=problem.rstrip("."))
    return Finding("own_documents", "", Verdict.FAIL, because, say("{cure}", cure=cure), where)
