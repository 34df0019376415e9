"""Plainly invented facts of each kind and language, to preview a template with."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import lru_cache
from types import NoneType
from typing import Any, get_args

from ruamel.yaml import YAML

from governance.documents.facts import Facts
from governance.documents.schema import KINDS, MAY_BE_ABSENT
from governance.documents.source import TEMPLATES
from governance.refusals import Refused

_FOLDER = TEMPLATES / "samples"


def sample(kind: str, language: str) -> dict[str, Any]:
    """Complete facts of a kind, in the words of a language."""
    kept = _kept()
    fields = KINDS[kind].facts.model_fields
    facts = {key: value for key, value in kept["common"].items() if key in fields}
    facts = _merged(facts, kept["kinds"][kind])
    local = kept["languages"].get(language, {})
    common = local.get(KINDS[kind].folder, {}) | local.get("all", {})
    shared = {key: value for key, value in common.items() if key in facts}
    return _merged(_merged(facts, shared), local.get(kind, {}))


def minimal(kind: str, language: str) -> dict[str, Any]:
    """The same facts with everything left out that the schema lets be absent."""
    facts = sample(kind, language)
    for name, field in KINDS[kind].facts.model_fields.items():
        if not (field.description or "").startswith(MAY_BE_ABSENT):
            continue
        bare = {**facts, name: None if NoneType in get_args(field.annotation) else []}
        if _holds(KINDS[kind].facts, bare):
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


def with_text(kind: str, facts: dict[str, Any], text: str) -> dict[str, Any]:
    """The facts with a text at the end of every free field: names, titles, passages, lines."""
    changed = copy.deepcopy(facts)
    for holder, key in _leaves(changed):
        before = holder[key]
        holder[key] = f"{before} {text}"
        if not _holds(KINDS[kind].facts, changed):
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
