"""Rows of the law: each version once, as it was hashed."""

from __future__ import annotations

from pendulum import DateTime
from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, Session

from governance.record.models import Model, instant
from governance.rulebook.schema import Rulebook
from governance.rulebook.version import freeze


class RulebookVersion(Model, table=True):
    """One version of an organisation's law. Cases keep its hash; it is never changed or removed."""

    __tablename__ = "rulebook_version"

    hash: str = Field(primary_key=True, max_length=64)
    organisation: str = Field(max_length=60, index=True)
    canonical: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    loaded_at: DateTime = instant(index=True)


def keep(session: Session, rulebook: Rulebook, now: DateTime) -> tuple[str, bool]:
    """The hash of a law in force from now on, and whether it was unknown before.

    A version that is loaded again, after another, is the newest again.
    """
    version, canonical = freeze(rulebook)
    kept = session.get(RulebookVersion, version)
    if kept is not None:
        kept.loaded_at = now
        return version, False
    session.add(
        RulebookVersion(
            hash=version,
            organisation=rulebook.organisation.organisation,
            canonical=canonical,
            loaded_at=now,
        )
    )
    return version, True
