"""Rows of the registry: drafts, what was issued and never changes, and how it was delivered."""

from __future__ import annotations

from datetime import date
from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field

from governance.database import new_id
from governance.lifecycle import states_only
from governance.record.models import Model, instant, json_column, maybe_instant
from governance.registry.lifecycle import BundleLifecycle, PaperLifecycle


class Bundle(Model, table=True):
    """Documents that are put for one signature and issued one after the other."""

    __table_args__ = (UniqueConstraint("key"), states_only(BundleLifecycle))

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    key: str = Field(max_length=80)
    title: str = Field(max_length=200)
    state: str = Field(default="gathered", max_length=20, index=True)
    size: int = 0
    made_by: Optional[str] = Field(default=None, max_length=32)
    made_at: DateTime = instant()
    finished_at: Optional[DateTime] = maybe_instant()


class Paper(Model, table=True):
    """One document. Its owner is opaque; its facts are sealed under the key of its own file."""

    __table_args__ = (
        UniqueConstraint("owner_kind", "owner_id", "key"),
        states_only(PaperLifecycle),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    owner_kind: str = Field(default="", max_length=40)
    owner_id: str = Field(default="", max_length=32, index=True)
    key: str = Field(max_length=80)
    kind: str = Field(max_length=40, index=True)
    language: str = Field(max_length=2)
    state: str = Field(default="drafted", max_length=20, index=True)
    version: int = 1
    facts: str = Field(default="", max_length=32)
    addressee_id: Optional[str] = Field(default=None, max_length=32, index=True)
    bundle_id: Optional[str] = Field(default=None, max_length=32, index=True)
    place: int = 0
    number: str = Field(default="", max_length=80, index=True)
    drafted_by: Optional[str] = Field(default=None, max_length=32)
    drafted_at: DateTime = instant()
    reviewed_by: Optional[str] = Field(default=None, max_length=32)
    issued_at: Optional[DateTime] = maybe_instant()
    ended_because: str = Field(default="", max_length=500)
    superseded_by: Optional[str] = Field(default=None, max_length=32)


class PaperVersion(Model, table=True):
    """One version of a draft: the facts as they were, sealed, and who wrote them."""

    __tablename__ = "paper_version"
    __table_args__ = (UniqueConstraint("paper_id", "version"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    paper_id: str = Field(foreign_key="paper.id", max_length=32, index=True)
    version: int
    facts: str = Field(max_length=32)
    made_by: Optional[str] = Field(default=None, max_length=32)
    made_at: DateTime = instant()


class Issue(Model, table=True):
    """What left the house, byte for byte. Triggers refuse every change.

    `pdf` is None where the owner keeps the bytes in a table of its own; the register keeps the
    hash, and what is needed to render the same bytes again.
    """

    __tablename__ = "paper_issue"

    paper_id: str = Field(foreign_key="paper.id", primary_key=True, max_length=32)
    number: str = Field(max_length=80, unique=True)
    dated: date
    at: DateTime = instant()
    pdf: Optional[bytes] = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    html: str = ""
    text: str = ""
    sha256: str = Field(max_length=64, unique=True)
    record_sha256: str = Field(max_length=64)
    record_length: int
    facts: str = Field(default="", max_length=32)
    salt: str = Field(default="", max_length=64)
    templates: str = Field(max_length=64, index=True)
    provenance: dict[str, Any] = json_column(dict)


class TemplateSet(Model, table=True):
    """The templates that a document was made from, so that it can be made again."""

    __tablename__ = "template_set"

    sha256: str = Field(primary_key=True, max_length=64)
    files: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    first_used_at: DateTime = instant()


class Delivery(Model, table=True):
    """One document handed to one recipient by one channel, and when it was opened."""

    __tablename__ = "paper_delivery"
    __table_args__ = (UniqueConstraint("paper_id", "key"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    paper_id: str = Field(foreign_key="paper.id", max_length=32, index=True)
    key: str = Field(max_length=120)
    person_id: Optional[str] = Field(default=None, max_length=32, index=True)
    to: str = Field(default="", max_length=200)
    channel: str = Field(max_length=20)
    at: DateTime = instant()
    opened_at: Optional[DateTime] = maybe_instant()
