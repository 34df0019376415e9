"""Deadlines as rows: set, moved, met, found when due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pendulum import DateTime
from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from governance.prepared import Prepared
from governance.record.models import Deadline


def set_deadline(
    session: Session,
    owner: tuple[str, str],
    event: str,
    due_at: DateTime,
    working: dict[str, Any],
) -> Deadline:
    """Set a deadline, or move it: a new generation makes what was swept before harmless."""
    held = find(session, owner, event)
    if held is None:
        held = Deadline(
            owner_kind=owner[0], owner_id=owner[1], event=event, due_at=due_at, working=working
        )
        session.add(held)
        return held
    held.due_at, held.working, held.is_open = due_at, working, True
    held.generation += 1
    return held


def find(session: Session, owner: tuple[str, str], event: str) -> Deadline | None:
    """The deadline of an owner for an event."""
    query = select(Deadline).where(
        col(Deadline.owner_kind) == owner[0],
        col(Deadline.owner_id) == owner[1],
        col(Deadline.event) == event,
    )
    return session.exec(query).first()


def of_owner(session: Session, owner: tuple[str, str]) -> list[Deadline]:
    """The open deadlines of an owner, the next one first."""
    query = select(Deadline).where(
        col(Deadline.owner_kind) == owner[0],
        col(Deadline.owner_id) == owner[1],
        col(Deadline.is_open).is_(True),
    )
    return list(session.exec(query.order_by(col(Deadline.due_at))))


def open_ones(session: Session, kind: str, owners: Collection[str], event: str) -> list[Deadline]:
    """The open deadlines of many owners for one event, in one query."""
    query = select(Deadline).where(
        col(Deadline.owner_kind) == kind,
        col(Deadline.owner_id).in_(owners),
        col(Deadline.event) == event,
        col(Deadline.is_open).is_(True),
    )
    return list(session.exec(query))


def lift(session: Session, owner: tuple[str, str], event: str) -> None:
    """The owner waits for this event of the clock no longer."""
    held = find(session, owner, event)
    if held is not None:
        held.is_open = False


def close(session: Session, owner: tuple[str, str]) -> None:
    """The owner waits for the clock no longer."""
    session.flush()  # one that was set in the same act is closed with the others
    _CLOSE.write(session, {"of_kind": owner[0], "of_id": owner[1]})
    for each in session.identity_map.values():
        if isinstance(each, Deadline) and (each.owner_kind, each.owner_id) == owner:
            set_committed_value(each, "is_open", value=False)


_CLOSE = Prepared(
    update(Deadline)
    .where(
        col(Deadline.owner_kind) == bindparam("of_kind"),
        col(Deadline.owner_id) == bindparam("of_id"),
        col(Deadline.is_open).is_(True),
    )
    .values(is_open=False)
)


def passed(session: Session, now: DateTime, limit: int) -> list[Deadline]:
    """Open deadlines whose instant has come, the oldest first."""
    query = (
        select(Deadline)
        .where(col(Deadline.is_open).is_(True), col(Deadline.due_at) <= now)
        .order_by(col(Deadline.due_at))
        .limit(limit)
    )
    return list(session.exec(query))


def next_due(session: Session, now: DateTime) -> datetime | None:
    """The instant of the next open deadline that lies ahead."""
    query = select(Deadline.due_at).where(
        col(Deadline.is_open).is_(True), col(Deadline.due_at) > now
    )
    return session.exec(query.order_by(col(Deadline.due_at)).limit(1)).first()
