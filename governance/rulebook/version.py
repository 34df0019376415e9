"""The version of a law is the hash of its canonical form; two versions are compared in words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

import rfc8785

from governance.refusals import Sentence, refuse, say
from governance.rulebook.schema import Rulebook

NAMES = ("key", "procedure", "kind", "task", "rule", "effect", "organisation")


def freeze(rulebook: Rulebook) -> tuple[str, bytes]:
    """The hash of a rulebook, and the bytes that were hashed."""
    canonical = rfc8785.dumps(_plain(rulebook))
    return hashlib.sha256(canonical).hexdigest(), canonical


def thaw(canonical: bytes, version: str = "") -> Rulebook:
    """The rulebook of canonical bytes; refused where they are not those of the version."""
    if version and hashlib.sha256(canonical).hexdigest() != version:
        raise refuse(
            "the law kept under {version} is not what was hashed",
            version=version,
            rule="rulebook_version",
            cure="Restore the rulebook from a backup: a pinned law is never changed.",
        )
    return Rulebook.model_validate(json.loads(canonical))


def compare(old: Rulebook, new: Rulebook) -> list[Sentence]:
    """What the newer law says otherwise, one sentence for each difference."""
    return list(_differences("", _plain(old), _plain(new)))


def compare_procedure(old: Rulebook, new: Rulebook, key: str) -> list[Sentence]:
    """The differences that a case under this procedure would meet."""
    before, after = old.procedure(key), new.procedure(key)
    sides = [
        each.model_dump(mode="json", by_alias=True) if each else None for each in (before, after)
    ]
    return list(_differences(key, *sides))


def _plain(rulebook: Rulebook) -> dict[str, Any]:
    return rulebook.model_dump(mode="json", by_alias=True, exclude_none=True)


def _differences(where: str, old: Any, new: Any) -> Iterator[Sentence]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _of_mappings(where, old, new)
    elif _named(old) and _named(new):
        before, after = _by_name(old), _by_name(new)
        yield from _of_mappings(where, before, after)
        if before.keys() == after.keys() and list(before) != list(after):
            yield say("{where}: the order is now {order}", where=where, order=", ".join(after))
    else:
        yield say("{where}: {new} instead of {old}", where=where, old=_short(old), new=_short(new))


def _of_mappings(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Sentence]:
    for name in dict.fromkeys((*old, *new)):
        here = f"{where}.{name}" if where else name
        if name not in new:
            yield say("{where}: no longer there (it was {old})", where=here, old=_short(old[name]))
        elif name not in old:
            yield say("{where}: new ({new})", where=here, new=_short(new[name]))
        else:
            yield from _differences(here, old[name], new[name])


def _named(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_name(each) for each in value)


def _name(part: Any) -> str | None:
    if not isinstance(part, dict):
        return None
    return next((str(part[name]) for name in NAMES if name in part), None)


def _by_name(parts: list[Any]) -> dict[str, Any]:
    return {str(_name(each)): each for each in parts}


def _short(value: Any) -> str:
    """A value in few words: a part by its name, a text in English."""
    if isinstance(value, dict):
        return _name(value) or _words(value)
    if isinstance(value, list):
        return ", ".join(_short(each) for each in value) or "nothing"
    return (
        {True: "yes", False: "no", None: "nothing"}.get(value, str(value))
        if (value is None or isinstance(value, bool))
        else str(value)
    )


def _words(value: Mapping[str, Any]) -> str:
    if "en" in value:
        return f'"{value["en"]}"'
    return ", ".join(f"{name} {_short(each)}" for name, each in value.items())
