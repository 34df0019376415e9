"""The seats of a body that nobody holds, or soon nobody: how each is filled, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pendulum
from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.calendar.counting import count
from governance.committees.calendars import calendar_of, day_of
from governance.committees.law import law_of
from governance.committees.lifecycle import FillingLifecycle
from governance.committees.models import Committee, Filling, Seat, Sitting
from governance.committees.sittings import HOLDER
from governance.committees.tenure import APPOINTMENT, Way, way_of
from governance.house import House
from governance.lifecycle import finals
from governance.rulebook.periods import counting

SOON_MONTHS = 12
UNSETTLED = ("wanted", "launched")


@dataclass(frozen=True)
class Vacancy:
    """A seat without a holder from an instant on, how it is filled, and what is under way."""

    committee: Committee
    seat: Seat
    since: DateTime
    way: Way
    due_at: DateTime | None = None
    filling: Filling | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether an appointment has been asked for that may still seat somebody."""
        return self.filling is not None and self.filling.state in UNSETTLED

    @property
    def by_appointment(self) -> bool:
        """Whether one act launches an appointment that fills it."""
        return self.way.by == APPOINTMENT and bool(self.way.post) and not self.is_under_way


def vacancies_of(
    house: House | None, session: Session, committees: Sequence[Committee], at: DateTime
) -> list[Vacancy]:
    """Every seat of these bodies that is vacant, or whose holder's last day is known and near.

    Without a house no instant is counted, since calendars are the house's.
    """
    bodies = {each.id: each for each in committees if each.state in ("active", "dormant")}
    seats = list(
        session.exec(
            select(Seat)
            .where(
                col(Seat.committee_id).in_(bodies),
                col(Seat.state) != "abolished",
                col(Seat.office) == "",
            )
            .order_by(col(Seat.committee_id), col(Seat.position), col(Seat.key))
        )
    )
    free = _free_from(session, seats, at)
    fillings = _fillings(session, list(free))
    found = []
    for seat in seats:
        if seat.id in free:
            body, filling = bodies[seat.committee_id], fillings.get(seat.id)
            since = free[seat.id] or seat.since
            if filling is not None and filling.state not in UNSETTLED:
                filling = None
            found.append(_vacancy(house, session, body, seat, since, filling))
    return found


def _vacancy(  # noqa: PLR0913, PLR0917 -- the parts of one line
    house: House | None,
    session: Session,
    body: Committee,
    seat: Seat,
    since: DateTime,
    filling: Filling | None,
) -> Vacancy:
    way = way_of(law_of(session, body), day_of(body, since), post=seat.post)
    return Vacancy(body, seat, since, way, due_at(house, body, way, since), filling)


def due_at(house: House | None, committee: Committee, way: Way, since: DateTime) -> DateTime | None:
    """The instant, exclusive, by which the rules want the seat to be filled."""
    if way.within is None or house is None:
        return None
    counted = count(counting(way.within), since, calendar_of(house, committee))
    return pendulum.instance(counted.due_at)


def _free_from(session: Session, seats: Sequence[Seat], at: DateTime) -> dict[str, DateTime | None]:
    """Since when each seat is free; seats on which somebody sits or will sit are left out."""
    rows: dict[str, list[Sitting]] = {each.id: [] for each in seats}
    query = select(Sitting).where(col(Sitting.seat_id).in_(list(rows)), col(Sitting.role) == HOLDER)
    for each in session.exec(query):
        if each.until is None or each.until > each.since:
            rows[each.seat_id].append(each)
    soon = at.add(months=SOON_MONTHS)
    found: dict[str, DateTime | None] = {}
    for seat_id, sittings in rows.items():
        ends = [each.until for each in sittings if not each.holding_over]
        last = max((each for each in ends if each is not None), default=None)
        if None not in ends and (last is None or last <= soon):
            found[seat_id] = last
        elif any(each.holding_over and each.until is None for each in sittings):
            found[seat_id] = _term_over(sittings, at)
    return found


def _term_over(sittings: Sequence[Sitting], at: DateTime) -> DateTime:
    """A seat whose holder holds over waits for its next holder since the end of the term."""
    days = [e.term_until for e in sittings if e.holding_over and e.term_until is not None]
    day = max(days, default=None)
    return pendulum.datetime(day.year, day.month, day.day).add(days=1) if day else at


def _fillings(session: Session, seats: Sequence[str]) -> dict[str, Filling]:
    """The newest filling of each seat."""
    query = select(Filling).where(col(Filling.seat_id).in_(seats)).order_by(col(Filling.asked_at))
    return {each.seat_id: each for each in session.exec(query)}


def fillings_of(session: Session, committee_id: str) -> list[tuple[Filling, Seat]]:
    """What was asked for in a body, the newest first."""
    query = (
        select(Filling, Seat)
        .join(Seat, col(Seat.id) == col(Filling.seat_id))
        .where(col(Filling.committee_id) == committee_id)
        .order_by(col(Filling.asked_at).desc())
    )
    return list(session.exec(query))


def wanted(session: Session, committee_id: str) -> list[Filling]:
    """What waits for its case to be launched."""
    query = select(Filling).where(
        col(Filling.committee_id) == committee_id, col(Filling.state) == "wanted"
    )
    return list(session.exec(query.order_by(col(Filling.asked_at), col(Filling.id))))


def for_case(session: Session, case_id: str) -> list[Filling]:
    """The seats that a case fills."""
    query = select(Filling).where(
        col(Filling.case_id) == case_id,
        col(Filling.state).not_in(finals(FillingLifecycle)),
    )
    return list(session.exec(query))


def tell_vacancy(vacancy: Vacancy) -> dict[str, Any]:
    """A vacancy as plain data."""
    filling, body = vacancy.filling, vacancy.committee
    return {
        "body": body.key,
        "seat": vacancy.seat.key,
        "capacity": vacancy.seat.capacity,
        "vacant_from": _day(body, vacancy.since).isoformat(),
        "filled_by": vacancy.way.by or None,
        "post": vacancy.way.post or None,
        "article": vacancy.way.article,
        "due_at": vacancy.due_at.in_timezone(body.zone).isoformat() if vacancy.due_at else None,
        "asked_for": filling.state if filling else None,
        "case": (filling.reference or None) if filling else None,
    }


def _day(committee: Committee, at: DateTime) -> date:
    return day_of(committee, at)
