"""The law in force, and the law of a hash: read once in a process, since it never changes."""

from __future__ import annotations

from sqlmodel import Session, col, select

from governance.refusals import Reason, refuse
from governance.rulebook.models import RulebookVersion
from governance.rulebook.schema import Rulebook
from governance.rulebook.version import thaw

_by_hash: dict[str, Rulebook] = {}


def newest(session: Session) -> str | None:
    """The hash of the rulebook that was loaded last, or None where there is none."""
    query = select(RulebookVersion.hash).order_by(col(RulebookVersion.loaded_at).desc()).limit(1)
    return session.exec(query).first()


def current_law(session: Session) -> tuple[str, Rulebook]:
    """The hash and the rulebook that were loaded last. Raises Refused where there is none."""
    version = newest(session)
    if version is None:
        raise refuse(
            "no rulebook is loaded",
            rule="rulebook_is_loaded",
            cure="Load one: mandate rulebook load.",
            reason=Reason.MISSING,
        )
    return version, law_of(session, version)


def law_of(session: Session, version: str) -> Rulebook:
    """The rulebook of a hash; thawed once in a process."""
    if version not in _by_hash:
        _by_hash[version] = thaw(session.get_one(RulebookVersion, version).canonical)
    return _by_hash[version]
