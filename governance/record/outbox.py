"""What must leave: queued in the act's own transaction, sent at least once, harmless twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pendulum import DateTime
from sqlalchemy import ColumnElement, bindparam, or_, update
from sqlmodel import Session, col, select

from governance.database import add_rows
from governance.prepared import Prepared
from governance.record.models import Outbox

LEASE_SECONDS = 60
SENDING_SECONDS = 30  # what one letter may take: less than this left, and the lease begins anew
MOST_ATTEMPTS = 12


@dataclass(frozen=True)
class Notice:
    """Something to be said to somebody. The same key is said once only."""

    key: str
    person_id: str
    template: str
    facts: dict[str, Any] = field(default_factory=dict)
    channel: str = "mail"
    not_before: DateTime | None = None


def queue(
    session: Session, notices: Iterable[tuple[tuple[str, str], Notice]], now: DateTime
) -> None:
    """Put notices, each of a subject, into the outbox; what is there already stays as it is."""
    rows = [
        {
            "key": notice.key,
            "channel": notice.channel,
            "subject_kind": kind,
            "subject_id": id_,
            "person_id": notice.person_id,
            "template": notice.template,
            "facts": notice.facts,
            "queued_at": now,
            "not_before": notice.not_before,
            "stamp": stamp_of(notice.key),
        }
        for (kind, id_), notice in notices
    ]
    add_rows(session, Outbox, rows, keep_those_there=True)


def _is_due(now: DateTime, steady: DateTime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Outbox.handed_over_at).is_(None),
        col(Outbox.cancelled_because).is_(None),
        col(Outbox.stuck_because).is_(None),
        col(Outbox.digest).is_(None),
        or_(col(Outbox.not_before).is_(None), col(Outbox.not_before) <= now),
        or_(col(Outbox.lease_until).is_(None), col(Outbox.lease_until) < steady),
        or_(col(Outbox.retry_at).is_(None), col(Outbox.retry_at) <= now),
    )


def any_due(session: Session, now: DateTime, steady: DateTime) -> bool:
    """Whether a claim would find anything: asked first, so that idle runs write nothing."""
    return (
        session.exec(select(Outbox.key).where(*_is_due(now, steady)).limit(1)).first() is not None
    )


def lease_from(steady: DateTime) -> DateTime:
    """Until when a lease lasts that begins now."""
    return steady.add(seconds=LEASE_SECONDS)


def claim(session: Session, now: DateTime, steady: DateTime, limit: int) -> list[Outbox]:
    """Lease what is to be sent now. Rows that another run is leasing are skipped.

    A lease lasts by the `steady` time: a clock that leaps would end it while mail is on its way.
    """
    query = (
        select(Outbox)
        .where(*_is_due(now, steady))
        .order_by(col(Outbox.queued_at), col(Outbox.key))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = list(session.exec(query))
    for row in rows:
        row.lease_until = lease_from(steady)
    return rows


def keeps_long_enough(lease_until: DateTime, steady: DateTime) -> bool:
    """Whether a lease lasts until a letter that is begun now has left."""
    return steady.add(seconds=SENDING_SECONDS) <= lease_until


def renew(session: Session, key: str, lease_until: DateTime, steady: DateTime) -> bool:
    """Begin a lease anew before the letter leaves. False where another run has it by now."""
    done = session.exec(
        update(Outbox)
        .where(
            col(Outbox.key) == key,
            col(Outbox.lease_until) == lease_until,
            col(Outbox.handed_over_at).is_(None),
        )
        .values(lease_until=lease_from(steady))
    )
    return bool(done.rowcount)


def fail(session: Session, key: str, now: DateTime, why: str, *, for_good: bool) -> None:
    """A try that did not get through; for good, or once more later."""
    row = session.get_one(Outbox, key, with_for_update=True)
    row.attempts += 1
    row.lease_until = None
    row.retry_at = now.add(seconds=min(3600, 5 * 2 ** (row.attempts - 1)))
    if for_good or row.attempts >= MOST_ATTEMPTS:
        row.stuck_because = why


_CANCEL = Prepared(
    update(Outbox)
    .where(
        col(Outbox.subject_kind) == bindparam("of_kind"),
        col(Outbox.subject_id) == bindparam("of_id"),
        col(Outbox.handed_over_at).is_(None),
    )
    .values(cancelled_because=bindparam("because"))
)


def cancel(session: Session, subject: tuple[str, str], because: str) -> None:
    """What has not left yet is wanted no longer."""
    facts = {"of_kind": subject[0], "of_id": subject[1], "because": because}
    _CANCEL.write(session, facts)


def message_id(key: str, domain: str) -> str:
    """The Message-ID of a notice: the same for every try, and it tells nothing of the key."""
    return f"<{stamp_of(key)}@{domain}>"


def stamp_of(key: str) -> str:
    """What a bounced mail is known again by: the first part of its Message-ID."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]
