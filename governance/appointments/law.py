"""The law that a case is under: pinned when it was launched, read back from its hash."""

from __future__ import annotations

from sqlmodel import Session, col, select

from governance.refusals import Reason, refuse
from governance.rulebook.models import RulebookVersion
from governance.rulebook.schema import Rulebook
from governance.rulebook.version import thaw

_by_hash: dict[str, Rulebook] = {}


def current_law(session: Session) -> tuple[str, Rulebook]:
    """The hash and the rulebook that were loaded last. Raises Refused where there is none."""
    newest = select(RulebookVersion.hash).order_by(col(RulebookVersion.loaded_at).desc()).limit(1)
    version = session.exec(newest).first()
    if version is None:
        raise refuse(
            "no rulebook is loaded",
            rule="rulebook_is_loaded",
            cure="Load one: mandate rulebook load.",
            reason=Reason.MISSING,
        )
    return version, law_of(session, version)


def law_of(session: Session, version: str) -> Rulebook:
    """The rulebook of a hash; thawed once in a process, since what has a hash never changes."""
    if version not in _by_hash:
        _by_hash[version] = thaw(session.get_one(RulebookVersion, version).canonical)
    return _by_hash[version]
