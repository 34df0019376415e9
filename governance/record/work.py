"""Due work is counted, not flagged; one wake-up row for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pendulum import DateTime
from sqlalchemy import ColumnElement, bindparam, or_, update
from sqlmodel import Session, col, select

from governance.prepared import Prepared
from governance.record.models import Outage, Wakeup, Work

MOST_ATTEMPTS = 5
LEASE_SECONDS = 120
AWAY_SECONDS = 300  # twenty beats of the schedule missed


@dataclass(frozen=True)
class Due:
    """One owner that has something to go on with, and what had been counted when it was leased."""

    kind: str
    id: str
    due_seq: int


_ONCE_MORE = Prepared(
    update(Work)
    .where(col(Work.kind) == bindparam("of_kind"), col(Work.id) == bindparam("of_id"))
    .values(due_seq=col(Work.due_seq) + 1, attempts=0, retry_at=None, stuck_because=None)
)


def owe(session: Session, kind: str, id_: str) -> None:
    """Mark an owner as due, once more. One statement where it was due before."""
    if not _ONCE_MORE.write(session, {"of_kind": kind, "of_id": id_}):
        session.add(Work(kind=kind, id=id_, due_seq=1))


def _is_due(now: DateTime, steady: DateTime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Work.due_seq) > col(Work.done_seq),
        col(Work.stuck_because).is_(None),
        or_(col(Work.lease_until).is_(None), col(Work.lease_until) < steady),
        or_(col(Work.retry_at).is_(None), col(Work.retry_at) <= now),
    )


def any_due(session: Session, now: DateTime, steady: DateTime) -> bool:
    """Whether a claim would find anything: asked first, so that idle runs write nothing."""
    return session.exec(select(Work.id).where(*_is_due(now, steady)).limit(1)).first() is not None


def claim(session: Session, now: DateTime, steady: DateTime, limit: int) -> list[Due]:
    """Lease what is due. Rows that another run is leasing are skipped, not waited for.

    A lease lasts by the `steady` time: a clock that leaps would end it while the work is in hand.
    """
    query = (
        select(Work)
        .where(*_is_due(now, steady))
        .order_by(col(Work.kind), col(Work.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = list(session.exec(query))
    for row in rows:
        row.lease_until = steady.add(seconds=LEASE_SECONDS)
    return [Due(row.kind, row.id, row.due_seq) for row in rows]


def settle(session: Session, due: Due) -> None:
    """What had been counted is done; what was added meanwhile stays due."""
    session.exec(
        update(Work)
        .where(
            col(Work.kind) == due.kind,
            col(Work.id) == due.id,
            col(Work.done_seq) < due.due_seq,  # a run that comes late undoes nothing
        )
        .values(done_seq=due.due_seq, lease_until=None, attempts=0, retry_at=None)
    )


def fail(session: Session, due: Due, now: DateTime, why: str) -> bool:
    """Count a failed attempt; after the fifth it is stuck. True where it is stuck now."""
    work = session.get(Work, (due.kind, due.id), with_for_update=True)
    if work is None or work.stuck_because is not None:
        return work is not None
    work.attempts += 1
    work.lease_until = None
    work.retry_at = now.add(seconds=5 * 3 ** (work.attempts - 1))
    if work.attempts >= MOST_ATTEMPTS:
        work.stuck_because = why
    return work.stuck_because is not None


def stuck(session: Session) -> list[Work]:
    """What has left the queue after too many attempts, for the operators' page."""
    return list(session.exec(select(Work).where(col(Work.stuck_because).is_not(None))))


def ask_to_wake(session: Session, now: DateTime) -> int | None:
    """The turn to ask a run for, or None where somebody has asked already."""
    won = session.exec(
        update(Wakeup)
        .where(col(Wakeup.id) == 1, col(Wakeup.asked_at).is_(None))
        .values(asked_at=now)
    )
    return session.exec(select(Wakeup.turn)).one() if won.rowcount else None


def begin_turn(session: Session, now: DateTime) -> int:
    """A run begins: what is asked from now on wants the next turn. Gives its number.

    Where the run before it is long ago, nothing went on in between, and that is kept.
    """
    row = session.get_one(Wakeup, 1, with_for_update=True)
    if row.began_at is not None and now > row.began_at.add(seconds=AWAY_SECONDS):
        session.add(Outage(since=row.began_at, until=now))
    row.asked_at, row.turn, row.began_at = None, row.turn + 1, now
    return row.turn


def was_away(session: Session, at: DateTime, now: DateTime) -> bool:
    """Whether an instant fell into a time in which no run went on; also one that ends only now."""
    query = select(Outage.id).where(col(Outage.since) < at, col(Outage.until) >= at)
    if session.exec(query.limit(1)).first() is not None:
        return True
    last = session.exec(select(Wakeup.began_at).where(col(Wakeup.id) == 1)).first()
    return last is not None and last < at and last + timedelta(seconds=AWAY_SECONDS) < now
