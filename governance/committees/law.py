"""The rules of procedure that a body is under: its own, and its parents' where it says nothing."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

import rfc8785
from sqlmodel import Session

from governance.committees.after.numbering import Pattern
from governance.committees.models import Committee
from governance.rulebook.proceedings.law import NOTHING_SAID, Proceedings


def plain(rules: Proceedings) -> dict[str, Any]:
    """Rules as a row keeps them."""
    return rules.model_dump(mode="json", exclude_defaults=True)


def version_of(kept: dict[str, Any]) -> str:
    """The version of rules: the hash of their canonical form."""
    return hashlib.sha256(rfc8785.dumps(kept)).hexdigest()


def rules_of(kept: dict[str, Any]) -> Proceedings:
    """Rules from a row; read once for a process, since what has a hash never changes."""
    return _read(json.dumps(kept, sort_keys=True)) if kept else NOTHING_SAID


@lru_cache(maxsize=256)
def _read(kept: str) -> Proceedings:
    return Proceedings.model_validate_json(kept)


def law_of(session: Session, committee: Committee) -> Proceedings:
    """What a body is under now."""
    rules, above, seen = rules_of(committee.rules), committee.parent_id, {committee.id}
    while above is not None and above not in seen:
        seen.add(above)
        parent = session.get_one(Committee, above)
        rules, above = rules.over(rules_of(parent.rules)), parent.parent_id
    return rules


def pattern_of(rules: Proceedings, on: Any) -> Pattern:
    """How the body numbers its decisions."""
    ruling = rules.ruling("numbering", on)
    if ruling is None:
        return Pattern()
    value = ruling.value
    return Pattern(value.decisions, tuple(value.aliases), value.restarts)
