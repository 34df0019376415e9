"""The chain of entries: append, read, verify. Nothing is ever changed or taken away.

The hash of an entry is the SHA-256 of its body; the body holds the hash before it, so a changed
byte anywhere breaks the chain from there on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from pendulum import DateTime
from sqlalchemy import String, bindparam, type_coerce
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from governance.database import add_rows
from governance.prepared import Prepared
from governance.record.canonical import canonical
from governance.record.models import Entry
from governance.record.vocabulary import is_known

VERSION = 1
GENESIS = "0" * 64


@dataclass(frozen=True)
class Appended:
    """An entry as it was just written: where it stands, and its hash."""

    chain: str
    seq: int
    hash: str


@dataclass(frozen=True)
class Writing:
    """What an act leaves on its chain: who, by which authority, under which rules, with what."""

    chain: str
    kind: str
    at: DateTime
    actor: str | None
    via: str
    level: str
    authority: str
    facts: dict[str, Any]
    rules: Sequence[dict[str, str]] = ()
    cites: Sequence[str] = ()


def append(session: Session, writing: Writing) -> Appended:
    """Add one entry to its chain. The caller holds the lock of the chain's subject."""
    if not is_known(writing.kind):
        message = f"{writing.kind!r} is not in the record's vocabulary (record/vocabulary.py)."
        raise ValueError(message)
    seq, prev = _head(session, writing.chain)
    body = canonical(
        {
            "actor": writing.actor,
            "at": writing.at.to_iso8601_string(),
            "authority": writing.authority,
            "chain": writing.chain,
            "cites": list(writing.cites),
            "facts": writing.facts,
            "kind": writing.kind,
            "level": writing.level,
            "prev": prev,
            "rules": list(writing.rules),
            "seq": seq + 1,
            "v": VERSION,
            "via": writing.via,
        }
    )
    written = Appended(writing.chain, seq + 1, hashlib.sha256(body).hexdigest())
    row = {
        "chain": writing.chain,
        "seq": written.seq,
        "kind": writing.kind,
        "at": writing.at,
        "actor": writing.actor,
        "body": body,
        "prev": prev,
        "hash": written.hash,
    }
    add_rows(session, Entry, [row])
    return written


def trail(session: Session, chains: Iterable[str]) -> list[Entry]:
    """All entries of some chains, in the order in which they were written."""
    query = select(Entry).where(col(Entry.chain).in_(list(chains)))
    return list(session.exec(query.order_by(col(Entry.id))))


def read(entry: Entry) -> dict[str, Any]:
    """The body of an entry as plain data."""
    body: dict[str, Any] = json.loads(entry.body)
    return body


@dataclass(frozen=True)
class Fault:
    """What is wrong with an entry, in words."""

    chain: str
    seq: int
    entry: int
    what: str

    def __str__(self) -> str:
        return f"{self.chain}, entry {self.seq} (row {self.entry}): {self.what}"


def verify(session: Session, chain: str | None = None) -> tuple[int, list[Fault]]:
    """Check every entry of one chain, or of all: how many there are, and what is wrong."""
    query = select(*_AS_STORED).order_by(col(Entry.chain), col(Entry.seq))
    if chain is not None:
        query = query.where(col(Entry.chain) == chain)
    faults: list[Fault] = []
    count, before = 0, _BEGINNING
    for row in session.connection().execute(query.execution_options(yield_per=500)):
        stored = Stored(*row)
        if stored.chain != before.chain:
            before = replace(_BEGINNING, chain=stored.chain)
        faults += [
            Fault(stored.chain, stored.seq, stored.id, what) for what in _faults_of(stored, before)
        ]
        count, before = count + 1, _resumed(stored, before)
    return count, faults


def heads(session: Session) -> list[tuple[str, int, str]]:
    """The last entry of every chain: name, number, hash; in the order of names."""
    query = select(Entry.chain, Entry.seq, Entry.hash).order_by(col(Entry.chain), col(Entry.seq))
    last = {chain: (seq, digest) for chain, seq, digest in session.exec(query)}
    return [(chain, seq, digest) for chain, (seq, digest) in last.items()]


_HEAD = Prepared(
    columns_of(col(Entry.seq), col(Entry.hash))
    .where(col(Entry.chain) == bindparam("chain"))
    .order_by(col(Entry.seq).desc())
    .limit(1)
)


def _head(session: Session, chain: str) -> tuple[int, str]:
    found = _HEAD.first(session, chain=chain)
    return (found.seq, found.hash) if found is not None else (0, GENESIS)


@dataclass(frozen=True)
class Stored:
    """An entry's row as the database holds it: whoever changed it need not have kept its types."""

    id: int
    chain: str
    seq: int
    kind: str
    at: object
    actor: str | None
    body: object
    prev: str
    hash: str


# The time is taken as it is stored, because one that was changed may be no time at all.
_AS_STORED = tuple(
    type_coerce(getattr(Entry, each.name), String)
    if each.name == "at"
    else getattr(Entry, each.name)
    for each in fields(Stored)
)
_BEGINNING = Stored(0, "", 0, "", "", None, b"", "", GENESIS)


def _faults_of(entry: Stored, before: Stored) -> list[str]:
    body = entry.body if isinstance(entry.body, bytes) else str(entry.body).encode()
    if hashlib.sha256(body).hexdigest() != entry.hash:
        return ["its text is not the one that was hashed: at least one byte was changed"]
    if not _agrees(entry, body):
        return ["its columns do not agree with its text"]
    faults = []
    if entry.seq != before.seq + 1:
        faults.append(f"number {before.seq + 1} was expected here: an entry before it is missing")
    elif entry.prev != before.hash:
        faults.append("it does not follow from the entry before it")
    elif entry.id <= before.id:
        faults.append("its row stands before that of the entry that it follows")
    return faults


def _resumed(entry: Stored, before: Stored) -> Stored:
    """From where the next entry follows; a number that is none any more is counted on."""
    return entry if isinstance(entry.seq, int) else replace(entry, seq=before.seq + 1)


def _agrees(entry: Stored, body: bytes) -> bool:
    try:
        kept = json.loads(body)
        written = datetime.fromisoformat(kept["at"]).astimezone(UTC)
        named = [kept[name] for name in ("chain", "seq", "kind", "actor", "prev")]
    except (ValueError, TypeError, KeyError):
        return False
    as_text = written.strftime("%Y-%m-%d %H:%M:%S.%f")  # how SQLite holds it
    return entry.at in (written, as_text) and named == [
        entry.chain,
        entry.seq,
        entry.kind,
        entry.actor,
        entry.prev,
    ]
