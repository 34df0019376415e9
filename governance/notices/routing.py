"""What leaves now, what waits for a better hour, what goes into a daily mail, what is copied.

Asked where notices are leased, in the same transaction: the acts that queue them know nothing of
it. Mail always leaves, because a period begins with it; other channels get a copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.calendar.days import Calendar
from governance.notices.hours import Wish, next_digest, quiet_until
from governance.people.models import Person, Preference, Reach
from governance.people.planning import zone_of
from governance.record.models import Outbox
from governance.record.outbox import stamp_of

MAIL = "mail"
DIGEST = "digest"
# What may wait for the daily mail; everything else is said as it comes.
GATHERED = frozenset(
    {"action_due", "attendance_wanted", "body_due", "information_told", "items_wanted",
     "papers_wanted", "question", "quorum_forecast", "reminder"}
)  # fmt: skip


def route(
    session: Session, rows: Sequence[Outbox], now: DateTime, calendars: Mapping[str, Calendar]
) -> list[Outbox]:
    """Those of the leased notices that leave now. The others are given a later hour, or a mail."""
    people = {each.person_id for each in rows}
    preferences = _preferences(session, people)
    stations = _stations(session, people) if preferences else {}
    leaving = []
    for row in rows:
        preference = preferences.get(row.person_id)
        if preference is None:
            leaving.append(row)
            continue
        zone = zone_of(preference, stations[row.person_id], calendars)
        wish = Wish(zone, preference.digest_at, preference.quiet_from, preference.quiet_until)
        if _goes_now(session, row, wish, now):
            leaving.append(row)
    _copy(session, leaving, preferences, now)
    return leaving


def is_urgent(facts: Mapping[str, Any]) -> bool:
    """Whether the law wants somebody told at any hour: it says so, or it counts in hours."""
    return bool(facts.get("urgent")) or bool((facts.get("within") or {}).get("hours"))


def members(session: Session, digest: str) -> list[Outbox]:
    """The notices of a daily mail that are still wanted, in the order in which they were queued."""
    query = select(Outbox).where(
        col(Outbox.digest) == digest,
        col(Outbox.handed_over_at).is_(None),
        col(Outbox.cancelled_because).is_(None),
    )
    return list(session.exec(query.order_by(col(Outbox.queued_at), col(Outbox.key))))


def _goes_now(session: Session, row: Outbox, wish: Wish, now: DateTime) -> bool:
    if is_urgent(row.facts):
        return True
    gathers = row.template in GATHERED and row.channel == MAIL
    if gathers and (at := next_digest(wish, now)) is not None:
        row.digest = _digest(session, row.person_id, at, wish.zone, now)
        row.lease_until = None
        return False
    if (ends := quiet_until(wish, now)) is not None and row.template != DIGEST:
        row.not_before, row.lease_until = ends, None
        return False
    return True


def _digest(session: Session, person: str, at: DateTime, zone: str, now: DateTime) -> str:
    """The daily mail of somebody for a day, made when the first notice waits for it."""
    key = f"digest:{person}:{at.in_timezone(zone).to_date_string()}"
    if session.get(Outbox, key) is None:
        session.add(
            Outbox(
                key=key,
                subject_kind="person",
                subject_id=person,
                person_id=person,
                template=DIGEST,
                queued_at=now,
                not_before=at,
                stamp=stamp_of(key),
            )
        )
        session.flush()
    return key


def _copy(
    session: Session,
    rows: Iterable[Outbox],
    preferences: Mapping[str, Preference],
    now: DateTime,
) -> None:
    """A copy for each channel that its reader chose and can be reached by; once for a notice."""
    wanted = {
        f"{row.key}:{channel}": (row, channel)
        for row in rows
        if row.channel == MAIL and row.person_id in preferences and row.template != DIGEST
        for channel in preferences[row.person_id].channels
    }
    if not wanted:
        return
    there = set(session.exec(select(Outbox.key).where(col(Outbox.key).in_(list(wanted)))))
    reached = _reached(session, {row.person_id for row, _ in wanted.values()})
    session.add_all(
        Outbox(
            key=key,
            channel=channel,
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            person_id=row.person_id,
            template=row.template,
            facts=row.facts,
            queued_at=now,
            stamp=stamp_of(key),
        )
        for key, (row, channel) in wanted.items()
        if key not in there and (row.person_id, channel) in reached
    )


def _preferences(session: Session, people: Iterable[str]) -> dict[str, Preference]:
    query = select(Preference).where(col(Preference.person_id).in_(list(people)))
    return {each.person_id: each for each in session.exec(query)}


def _stations(session: Session, people: Iterable[str]) -> dict[str, str]:
    query = select(Person.id, Person.duty_station).where(col(Person.id).in_(list(people)))
    return dict(session.exec(query).all())


def _reached(session: Session, people: Iterable[str]) -> set[tuple[str, str]]:
    query = select(Reach.person_id, Reach.channel).where(col(Reach.person_id).in_(list(people)))
    return set(session.exec(query).all())
