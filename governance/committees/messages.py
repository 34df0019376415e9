"""The situation log and its messages: who wrote what when, and who has read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.committees.authority import SIGNED_IN
from governance.committees.local import local
from governance.committees.models import Committee, LogLine, Reading
from governance.people.models import Person
from governance.record.filekeys import Erased, KeyRing
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Said:
    """One line of the log with its text, its author and its readers."""

    line: LogLine
    text: str
    by: str = ""
    readers: tuple[tuple[str, DateTime | None], ...] = ()

    @property
    def unread(self) -> int:
        """How many have not read it yet."""
        return sum(read is None for _, read in self.readers)


def log_of(session: Session, keys: KeyRing, committee: Committee) -> list[Said]:
    """The log of a body, the newest line first, in three queries."""
    query = select(LogLine).where(col(LogLine.committee_id) == committee.id)
    lines = list(session.exec(query.order_by(col(LogLine.at).desc(), col(LogLine.id).desc())))
    return _said(session, keys, lines)


def _said(session: Session, keys: KeyRing, lines: Sequence[LogLine]) -> list[Said]:
    ids = [each.id for each in lines]
    rows = session.exec(
        select(Reading, Person)
        .join(Person, col(Person.id) == col(Reading.person_id))
        .where(col(Reading.line_id).in_(ids))
        .order_by(col(Person.family_name), col(Person.id))
    ).all()
    readers: dict[str, list[tuple[str, DateTime | None]]] = {}
    for reading, person in rows:
        readers.setdefault(reading.line_id, []).append((person.name, reading.read_at))
    authors = session.exec(
        select(Person).where(col(Person.id).in_({each.by for each in lines if each.by}))
    )
    names = {each.id: each.name for each in authors}
    return [
        Said(
            each,
            _text(session, keys, each.text),
            names.get(each.by or "", ""),
            tuple(readers.get(each.id, ())),
        )
        for each in lines
    ]


def _text(session: Session, keys: KeyRing, sealed: str) -> str:
    try:
        return keys.open(session, sealed)
    except Erased:
        return ""


def messages_for(session: Session, actor: Actor) -> list[tuple[LogLine, Committee, Reading]]:
    """What was sent to somebody, unread first, then the newest."""
    if actor.person_id is None or actor.level not in SIGNED_IN:
        return []
    query = (
        select(LogLine, Committee, Reading)
        .join(Reading, col(Reading.line_id) == col(LogLine.id))
        .join(Committee, col(Committee.id) == col(LogLine.committee_id))
        .where(col(Reading.person_id) == actor.person_id)
        .order_by(col(Reading.read_at).is_not(None), col(LogLine.at).desc())
    )
    return list(session.exec(query))


def message_for(
    session: Session, keys: KeyRing, actor: Actor, line_id: str
) -> tuple[Said, Committee, Reading]:
    """One message, for whom it was sent to. Not there and not for these eyes sound the same."""
    found = next((e for e in messages_for(session, actor) if e[0].id == line_id), None)
    if found is None:
        raise refuse(
            "there is no such message for you",
            rule="known_message",
            cure="Open it from the mail that announced it.",
            reason=Reason.MISSING,
        )
    line, committee, reading = found
    return _said(session, keys, [line])[0], committee, reading


def tell_line(said: Said, zone: str) -> dict[str, Any]:
    """A line of the log as plain data."""
    return {
        "line": said.line.id,
        "at": local(said.line.at, zone).isoformat(),
        "kind": said.line.kind,
        "by": said.by,
        "text": said.text,
        "readers": [
            {"name": name, "read_at": read.isoformat() if read else None}
            for name, read in said.readers
        ],
    }
