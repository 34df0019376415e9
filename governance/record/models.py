"""Rows of the record. Entries are only ever added; triggers refuse anything else."""

from __future__ import annotations

from typing import Any, Optional

from pendulum import DateTime
from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from governance.database import Instant, Json, new_id

JSON_OR_NULL = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
# Compared by its code points, so that words of one beginning stand together.
Word = String(40).with_variant(String(40, collation="C"), "postgresql")
BigId = BigInteger().with_variant(Integer(), "sqlite")


class Model(SQLModel):
    """The base of all tables: pendulum's instants are allowed as they are."""

    model_config = {"arbitrary_types_allowed": True}


def instant(*, index: bool = False) -> Any:
    """A column for an instant that is always there."""
    return Field(sa_column=Column(Instant, nullable=False, index=index))


def maybe_instant(*, index: bool = False) -> Any:
    """A column for an instant that may not have come yet."""
    return Field(default=None, sa_column=Column(Instant, nullable=True, index=index))


def json_column(default: Any = None) -> Any:
    """A column of plain data."""
    factory = default if callable(default) else (lambda: default)
    return Field(default_factory=factory, sa_column=Column(Json, nullable=False))


def maybe_json() -> Any:
    """A column of plain data that may not be there yet."""
    return Field(default=None, sa_column=Column(JSON_OR_NULL, nullable=True))


class Entry(Model, table=True):
    """One act on one chain. `body` is stored as it was hashed and never re-serialised."""

    __table_args__ = (UniqueConstraint("chain", "seq"),)

    id: Optional[int] = Field(default=None, sa_column=Column(BigId, primary_key=True))
    chain: str = Field(max_length=80)
    seq: int
    kind: str = Field(max_length=80, index=True)
    at: DateTime = instant(index=True)
    actor: Optional[str] = Field(default=None, max_length=32, index=True)
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    prev: str = Field(max_length=64)
    hash: str = Field(max_length=64, unique=True)


class Work(Model, table=True):
    """What is due, counted: an act raises `due_seq`, a run sets `done_seq` to what it had seen."""

    kind: str = Field(primary_key=True, max_length=40)
    id: str = Field(primary_key=True, max_length=32)
    due_seq: int = 0
    done_seq: int = 0
    lease_until: Optional[DateTime] = maybe_instant()
    attempts: int = 0
    retry_at: Optional[DateTime] = maybe_instant()
    stuck_because: Optional[str] = None


class Wakeup(Model, table=True):
    """One row: the number of the turn, and whether somebody has asked for a run of it."""

    id: int = Field(primary_key=True)
    turn: int = 0
    asked_at: Optional[DateTime] = maybe_instant()
    began_at: Optional[DateTime] = maybe_instant()


class Outage(Model, table=True):
    """A time in which nothing went on by itself: from the last run before it to the first after."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    since: DateTime = instant()
    until: DateTime = instant(index=True)


class Deadline(Model, table=True):
    """An event that the clock brings. A sweep does nothing when the generation has moved."""

    __table_args__ = (UniqueConstraint("owner_kind", "owner_id", "event"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    owner_kind: str = Field(max_length=40)
    owner_id: str = Field(max_length=32)
    event: str = Field(max_length=60)
    due_at: DateTime = instant(index=True)
    generation: int = 1
    is_open: bool = Field(default=True, index=True)
    working: dict[str, Any] = json_column(dict)


class Outbox(Model, table=True):
    """Something to be sent. The key makes it once; the Message-ID is made of its `stamp`.

    What waits for its reader's daily mail names that mail in `digest`, and leaves with it.
    """

    key: str = Field(primary_key=True, max_length=160)
    channel: str = Field(default="mail", max_length=20)
    subject_kind: str = Field(max_length=40)
    subject_id: str = Field(max_length=32, index=True)
    person_id: str = Field(max_length=32, index=True)
    template: str = Field(max_length=60)
    facts: dict[str, Any] = json_column(dict)
    queued_at: DateTime = instant()
    not_before: Optional[DateTime] = maybe_instant()
    lease_until: Optional[DateTime] = maybe_instant()
    attempts: int = 0
    retry_at: Optional[DateTime] = maybe_instant()
    handed_over_at: Optional[DateTime] = maybe_instant()
    cancelled_because: Optional[str] = None
    stuck_because: Optional[str] = None
    stamp: str = Field(default="", max_length=40, index=True)
    digest: Optional[str] = Field(default=None, max_length=160, index=True)


class Sealed(Model, table=True):
    """A confidential text under the key of its file. Destroying the key erases it."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    file: str = Field(max_length=80, index=True)
    nonce: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    ciphertext: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Series(Model, table=True):
    """A running number, such as that of this year's cases."""

    key: str = Field(primary_key=True, max_length=60)
    last: int = 0


class Sought(Model, table=True):
    """Something that can be searched for; its words stand in `sought_word`."""

    __table_args__ = (UniqueConstraint("kind", "of_id", "edition"),)

    number: Optional[int] = Field(default=None, sa_column=Column(BigId, primary_key=True))
    kind: str = Field(max_length=20)
    of_id: str = Field(max_length=32)
    edition: str = Field(default="", max_length=20)
    owner: str = Field(default="", max_length=32, index=True)
    access: str = Field(default="open", max_length=20)
    name: str = Field(default="", max_length=120)
    title: dict[str, str] = json_column(dict)
    place: str = Field(default="", max_length=80)
    at: DateTime = instant(index=True)


class SoughtWord(Model, table=True):
    """One word of something that can be searched for, folded; in the order of its letters."""

    __tablename__ = "sought_word"

    word: str = Field(sa_column=Column(Word, primary_key=True))
    number: int = Field(
        sa_column=Column(
            BigId, ForeignKey("sought.number"), primary_key=True, autoincrement=False, index=True
        )
    )
