"""Plainly invented facts of each kind and language, to preview a template with."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import NoneType
from typing import Any, get_args

from ruamel.yaml import YAML

from governance.documents.facts import Facts
from governance.documents.kinds import invented
from governance.documents.schema import KINDS, LETTERS, MAY_BE_ABSENT, PAPERS, Kind
from governance.documents.source import TEMPLATES
from governance.refusals import Refused

_FOLDER = TEMPLATES / "samples"
# An own kind borrows what every letter or paper has from one of ours.
_NEAR = {LETTERS: "regret", PAPERS: "minutes"}


def sample(kind: str, language: str, kinds: Mapping[str, Kind] = KINDS) -> dict[str, Any]:
    """Complete facts of a kind, in the words of a language."""
    kept, form = _kept(), kinds[kind]
    near = _NEAR[form.folder] if form.is_own else kind
    local = kept["languages"].get(language, {})
    shared = local.get(form.folder, {}) | local.get("all", {})
    facts = _merged(kept["common"], kept["kinds"][near])
    facts = _merged(facts, {key: value for key, value in shared.items() if key in facts})
    facts = _merged(facts, local.get(near, {}))
    facts = {key: value for key, value in facts.items() if key in form.facts.model_fields}
    if not form.is_own:
        return facts
    facts = _merged(facts, invented.facts_of(form.facts, facts))
    return _merged(_merged(facts, form.samples.get("all", {})), form.samples.get(language, {}))


def minimal(kind: str, language: str, kinds: Mapping[str, Kind] = KINDS) -> dict[str, Any]:
    """The same facts with everything left out that the schema lets be absent."""
    facts, form = sample(kind, language, kinds), kinds[kind].facts
    for name, field in form.model_fields.items():
        if not (field.description or "").startswith(MAY_BE_ABSENT):
            continue
        bare = {**facts, name: None if NoneType in get_args(field.annotation) else []}
        if _holds(form, bare):
            facts = bare
    return facts


def _holds(form: type[Facts], facts: dict[str, Any]) -> bool:
    try:
        form.model_validate(facts)
    except (ValueError, Refused):
        return False
    return True


@lru_cache(maxsize=1)
def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = {"common": {}, "kinds": {}, "languages": {}}
    for path in sorted(_FOLDER.glob("*.yaml")):
        kept = _merged(kept, YAML(typ="safe", pure=True).load(path.read_text("utf-8")))
    return kept


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """A copy in which what is above replaces what is below, key by key."""
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged


def with_text(
    kind: str, facts: dict[str, Any], text: str, kinds: Mapping[str, Kind] = KINDS
) -> dict[str, Any]:
    """The facts with a text at the end of every free field: names, titles, passages, lines."""
    changed = copy.deepcopy(facts)
    for holder, key in _leaves(changed):
        before = holder[key]
        holder[key] = f"{before} {text}"
        if not _holds(kinds[kind].facts, changed):
            holder[key] = before
    return changed


def _leaves(data: Any) -> Iterator[tuple[Any, Any]]:
    """Where each text stands: the table or list that holds it, and its key there."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in list(inner):
        if isinstance(value, str):
            yield data, key
        elif isinstance(value, dict | list):
            yield from _leaves(value)
