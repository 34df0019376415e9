"""A roll is entered whole, from a file, when it agrees with the registers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import delete
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.committees.local import local, local_day
from governance.committees.meeting.convening import committee_of, may, rules_for
from governance.committees.meeting.models import Attendance, Meeting, Proxy
from governance.committees.meeting.roll import Roll, RollLine
from governance.committees.meeting.rollcheck import RollCheck, check_roll
from governance.committees.meeting.room import (
    bare_count,
    seats_by_key,
    takes_a_roll,
)
from governance.committees.models import Sitting
from governance.committees.rows import register_from
from governance.database import add_rows
from governance.refusals import Refused


@dataclass(frozen=True)
class RollTaken:
    """A roll to be entered whole. `confirmed`: findings that are advice or are let stand."""

    roll: Roll
    anyway: bool = False


def roll_body(moment: Moment, meeting: Meeting | None, given: RollTaken) -> Written[Meeting]:
    """Enter a roll whole, in place of what was entered before.

    Raises Refused with every finding, unless they are let stand.
    """
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    takes_a_roll(meeting)
    checked = check_against_rows(moment.session, meeting, given.roll)
    faults = [each for each in checked.findings if each.blocks]
    if faults and not given.anyway:
        raise Refused([each.finding for each in faults])
    moment.session.exec(delete(Attendance).where(col(Attendance.meeting_id) == meeting.id))
    moment.session.exec(delete(Proxy).where(col(Proxy.meeting_id) == meeting.id))
    _write_roll(moment, meeting, checked)
    moment.session.flush()
    count = checked.quorum.as_json()
    meeting.quorum = count
    facts: dict[str, Any] = {"lines": len(given.roll.lines), "quorum": bare_count(count),
                             "let_stand": [e.finding.rule for e in faults]}  # fmt: skip
    return Written(facts, meeting)


def check_against_rows(session: Session, meeting: Meeting, roll: Roll) -> RollCheck:
    """A roll held against the registers of this installation on the day of the meeting."""
    committee = committee_of(session, meeting)
    register = register_from(session, committee, rules_for(session, meeting))
    day = local_day(meeting.starts_at, committee.zone)
    earlier = _last_roll(session, meeting)
    return check_roll(register, roll, day, earlier)


def _last_roll(session: Session, meeting: Meeting) -> list[tuple[Any, Roll]]:
    """The roll of the meeting before, to notice a pasted one."""
    query = (
        select(Meeting)
        .where(
            col(Meeting.committee_id) == meeting.committee_id,
            col(Meeting.starts_at) < meeting.starts_at,
            col(Meeting.closed_at).is_not(None),
        )
        .order_by(col(Meeting.starts_at).desc())
        .limit(1)
    )
    before = session.exec(query).first()
    kept = before.facts.get("roll") if before is not None else None
    if before is None or not kept:
        return []
    lines = tuple(RollLine(index, name, status) for index, (name, status) in enumerate(kept, 1))
    return [(before.starts_at.date(), Roll(before.reference, None, lines))]


def _write_roll(moment: Moment, meeting: Meeting, checked: RollCheck) -> None:
    seats = seats_by_key(moment.session, meeting)
    sittings = _sittings(moment.session, meeting)
    attendance = [
        {
            "meeting_id": meeting.id,
            "seat_id": seats[each.seat].id if each.seat in seats else None,
            "person_id": sittings.get(each.person.key) if each.person else None,
            "name": each.line.name,
            "capacity": "alternate" if each.line.alternate_for else _capacity(each),
            "status": each.line.status,
            "mode": "remote" if each.line.remote else "room",
            "came_at": _at(meeting, each.line.came)
            or (moment.now if each.line.is_present else None),
            "left_at": _at(meeting, each.line.left),
        }
        for each in checked.seated
    ]
    add_rows(moment.session, Attendance, attendance)
    proxies = [
        {
            "meeting_id": meeting.id,
            "from_seat": seats[giver].id,
            "to_seat": seats[holder].id,
            "given_at": moment.now,
        }
        for giver, holder in _proxies(checked.seated)
        if giver in seats and holder in seats
    ]
    add_rows(moment.session, Proxy, proxies)
    meeting.facts = {
        **meeting.facts,
        "roll": [[each.line.name, each.line.status] for each in checked.seated],
    }


def _capacity(each: Any) -> str:
    if each.person is not None:
        return str(each.person.capacity)
    return each.line.capacity or "guest"


def _proxies(seated: Sequence[Any]) -> list[tuple[str, str]]:
    """The proxies of all lines, as giver's and holder's seat."""
    by_name = {one.line.name: one.seat for one in seated}
    found = []
    for each in seated:
        if each.line.proxy_to:
            holder = by_name.get(each.line.proxy_to) or _seat_like(seated, each.line.proxy_to)
            found.append((each.seat, holder))
        found.extend(
            (by_name.get(name) or _seat_like(seated, name), each.seat)
            for name in each.line.proxy_for
        )
    return [(giver, holder) for giver, holder in found if giver and holder]


def _seat_like(seated: Sequence[Any], name: str) -> str:
    wanted = name.casefold()
    for one in seated:
        if one.person is not None and wanted in (one.person.name.casefold(), one.seat.casefold()):
            return str(one.seat)
    return wanted


def _sittings(session: Session, meeting: Meeting) -> dict[str, str]:
    query = select(Sitting.id, Sitting.person_id).where(
        col(Sitting.committee_id) == meeting.committee_id
    )
    return dict(session.exec(query).all())


def _at(meeting: Meeting, told: Any) -> DateTime | None:
    if told is None:
        return None
    day = local(meeting.starts_at, meeting.zone)
    return day.replace(hour=told.hour, minute=told.minute, second=0, microsecond=0).in_timezone(
        "UTC"
    )


TAKE_ROLL: Verb[Meeting, RollTaken] = Verb(
    "meeting:take_roll", Meeting, "meeting", may("open"), roll_body
)
