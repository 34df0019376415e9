"""Plainly invented facts of each kind and language, to preview a template with."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML

from governance.documents.source import TEMPLATES

_FILE = TEMPLATES / "letters" / "samples.yaml"


def sample(kind: str, language: str) -> dict[str, Any]:
    """Complete facts of a kind, in the words of a language."""
    kept = _kept()
    facts = _merged(kept["common"], kept["kinds"][kind])
    local = kept["languages"].get(language, {})
    shared = {key: value for key, value in local.items() if key in facts}
    return _merged(_merged(facts, shared), local.get(kind, {}))


@lru_cache(maxsize=1)
def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = YAML(typ="safe").load(_FILE.read_text("utf-8"))
    return kept


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """A copy in which what is above replaces what is below, key by key."""
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged
