"""The room: who comes and goes, proxies, recusals; opened with a quorum, closed by the chair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pendulum
from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.committees.local import local_day
from governance.committees.meeting.agenda import is_in_session, items_of, known_item
from governance.committees.meeting.convening import committee_of, may, rules_for
from governance.committees.meeting.lifecycle import ItemLifecycle, MeetingLifecycle
from governance.committees.meeting.models import Attendance, ItemRecusal, Meeting, Motion, Proxy
from governance.committees.meeting.roll import PRESENT
from governance.committees.meeting.room import (
    bare_count,
    count_of,
    no_seat,
    room_of,
    seat_named,
    takes_a_roll,
)
from governance.committees.meeting.rules import Presence as Opening
from governance.committees.meeting.timing import set_clocks, set_minutes_clock
from governance.committees.minutes.drafting import begin_minutes
from governance.committees.models import Seat, Sitting
from governance.committees.terms import set_term_clocks
from governance.lifecycle import fire
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Marked:
    """One seat, or somebody without one, comes or goes."""

    seat: str = ""
    name: str = ""
    status: str = PRESENT  # present, left, absent, apologies, leave
    capacity: str = "member"
    mode: str = "room"
    at: datetime | None = None


@dataclass(frozen=True)
class Represented:
    """One seat is represented by another at this meeting; an empty holder takes it back."""

    giver: str
    holder: str = ""


@dataclass(frozen=True)
class Recused:
    """A seat takes no part in an item."""

    item: str
    seat: str
    reason: str = "interest"
    leaves_room: bool = False


@dataclass(frozen=True)
class Opened:
    """The chair opens; on a second call the lower quorum applies."""

    second_call: bool = False


@dataclass(frozen=True)
class SessionStep:
    """A step of the session: find_inquorate, suspend, resume, close, adopt_agenda."""

    event: str


def mark_body(moment: Moment, meeting: Meeting | None, given: Marked) -> Written[Meeting]:
    """Somebody comes or goes; the quorum is counted anew."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    takes_a_roll(meeting)
    at = pendulum.instance(given.at) if given.at else moment.now
    room = room_of(moment.session, meeting)
    day = local_day(meeting.starts_at, meeting.zone)
    seat = seat_named(room, given.seat, day) if given.seat else None
    if seat is None and not given.name.strip():
        raise no_seat(given.seat)
    mine = [
        each
        for each in room.rows
        if (each.seat_id == seat.id if seat else each.name.casefold() == given.name.casefold())
    ]
    open_ = next((each for each in reversed(mine) if each.left_at is None), None)
    if open_ is not None and given.status != PRESENT:
        open_.left_at = at if given.status == "left" else None
        open_.status = "absent" if given.status == "left" else given.status
    elif open_ is None or open_.status != PRESENT:
        if open_ is not None:
            moment.session.delete(open_)
        moment.session.add(
            Attendance(
                meeting_id=meeting.id,
                seat_id=seat.id if seat else None,
                person_id=_holder_of(moment.session, seat, at) if seat else None,
                name=given.name,
                capacity=seat.capacity if seat else given.capacity,
                status="absent" if given.status == "left" else given.status,
                mode=given.mode,
                came_at=at if given.status == PRESENT else None,
            )
        )
    moment.session.flush()
    count = count_of(moment.session, meeting).as_json()
    meeting.quorum = count
    return Written(
        {"seat": given.seat, "status": given.status, "quorum": bare_count(count)}, meeting
    )


def _holder_of(session: Session, seat: Seat, at: DateTime) -> str | None:
    query = select(Sitting.person_id).where(
        col(Sitting.seat_id) == seat.id,
        col(Sitting.role) == "holder",
        col(Sitting.since) <= at,
    )
    return session.exec(query.order_by(col(Sitting.since).desc())).first()


def proxy_body(moment: Moment, meeting: Meeting | None, given: Represented) -> Written[Meeting]:
    """A seat gives its proxy to another, or takes it back."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    room = room_of(moment.session, meeting)
    day = local_day(meeting.starts_at, meeting.zone)
    giver = seat_named(room, given.giver, day)
    holder = seat_named(room, given.holder, day) if given.holder else None
    mine = next((each for each in room.proxies if each.from_seat == giver.id), None)
    if holder is None:
        if mine is not None:
            mine.revoked_at = moment.now
        return Written({"giver": giver.key, "holder": None}, meeting)
    ruling = rules_for(moment.session, meeting).ruling("proxies", moment.now.date())
    held = sum(each.to_seat == holder.id for each in room.proxies)
    if ruling is not None and (not ruling.value.allowed or held >= ruling.value.per_holder):
        raise refuse(
            "{holder} may hold {limit} proxies, and holds {held}",
            rule="proxies_are_in_order",
            cure="Give the proxy to another member.",
            holder=holder.key,
            limit=ruling.value.per_holder if ruling.value.allowed else 0,
            held=held,
            article=str(ruling.article),
        )
    row = mine or Proxy(
        meeting_id=meeting.id, from_seat=giver.id, to_seat=holder.id, given_at=moment.now
    )
    row.to_seat, row.revoked_at = holder.id, None
    moment.session.add(row)
    return Written({"giver": giver.key, "holder": holder.key}, meeting)


def recuse_body(moment: Moment, meeting: Meeting | None, given: Recused) -> Written[Meeting]:
    """A seat is recused on an item: out of its debate, its vote, and its base."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    item = known_item(moment, meeting, given.item)
    room = room_of(moment.session, meeting)
    seat = seat_named(room, given.seat, local_day(meeting.starts_at, meeting.zone))
    moment.session.add(
        ItemRecusal(
            meeting_id=meeting.id,
            item_id=item.id,
            seat_id=seat.id,
            reason=given.reason[:30],
            leaves_room=given.leaves_room,
            at=moment.now,
        )
    )
    return Written({"item": item.id, "seat": seat.key, "leaves": given.leaves_room}, meeting)


def open_body(moment: Moment, meeting: Meeting | None, given: Opened) -> Written[Meeting]:
    """Open the meeting: the quorum is checked and kept with its working."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    committee = committee_of(moment.session, meeting)
    meeting.second_call = given.second_call or meeting.second_call
    count = count_of(moment.session, meeting)
    facts = Opening(count.article, count.counted, count.needed, str(count.working[-1]))
    meeting.state = fire(MeetingLifecycle, meeting.state, "open", facts)
    meeting.opened_at = meeting.opened_at or moment.now
    meeting.quorum = count.as_json()
    committee.last_met_at = moment.now
    set_clocks(moment, committee, meeting, rules_for(moment.session, meeting))
    set_term_clocks(moment, committee)
    return Written(
        {"quorum": bare_count(meeting.quorum), "second_call": meeting.second_call}, meeting
    )


def _is_all_declared(moment: Moment, meeting: Meeting) -> None:
    """What was put to the vote is declared before the meeting closes: later nobody can."""
    query = select(Motion).where(
        col(Motion.meeting_id) == meeting.id, col(Motion.state).in_(("put", "counted"))
    )
    open_ = sorted(
        each.number
        for each in moment.session.exec(query)
        if each.state == "put" or each.result.get("result") in {"carried", "lost", "elected"}
    )
    if open_:
        raise refuse(
            "the result is not declared of motion {numbers}",
            rule="results_are_declared",
            cure="Count it, and let the chair declare it; then close the meeting.",
            reason=Reason.TURN,
            numbers=", ".join(str(each) for each in open_),
        )


def session_body(moment: Moment, meeting: Meeting | None, given: SessionStep) -> Written[Meeting]:
    """Suspend, resume, adopt the agenda, find that there is no quorum, close."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    if given.event == "adopt_agenda":
        return _adopt(moment, meeting)
    count = count_of(moment.session, meeting)
    facts = Opening(count.article, count.counted, count.needed, str(count.working[-1]))
    before = meeting.state
    meeting.state = fire(MeetingLifecycle, before, given.event, facts)
    meeting.quorum = count.as_json()
    if given.event == "close":
        _is_all_declared(moment, meeting)
        meeting.closed_at, meeting.current_item = moment.now, None
        _left(moment, meeting)
        begin_minutes(moment, meeting)
    committee = committee_of(moment.session, meeting)
    rules = rules_for(moment.session, meeting)
    set_clocks(moment, committee, meeting, rules)
    if given.event == "close":
        set_minutes_clock(moment, committee, meeting, rules)
    return Written(
        {"from": before, "to": meeting.state, "quorum": bare_count(meeting.quorum)}, meeting
    )


def _adopt(moment: Moment, meeting: Meeting) -> Written[Meeting]:
    is_in_session(meeting)
    for item in items_of(moment, meeting):
        if item.state in ("draft", "circulated"):
            item.state = fire(ItemLifecycle, item.state, "adopt")
    meeting.agenda_adopted_at = moment.now
    return Written({"agenda": meeting.agenda_version}, meeting)


def _left(moment: Moment, meeting: Meeting) -> None:
    """Whoever is still there leaves with the meeting."""
    query = select(Attendance).where(
        col(Attendance.meeting_id) == meeting.id,
        col(Attendance.status) == PRESENT,
        col(Attendance.left_at).is_(None),
    )
    for each in moment.session.exec(query):
        each.left_at = moment.now


def session_may(moment: Moment, meeting: Meeting | None, given: SessionStep) -> str:
    """Whoever the chart names; the agenda is adopted by whoever opens."""
    event = "open" if given.event == "adopt_agenda" else given.event
    if event not in MeetingLifecycle.authority:
        raise refuse(
            '"{event}" is no step of a session',
            rule="turn",
            cure="Choose find_inquorate, suspend, resume, adopt_agenda or close.",
            where="event",
            reason=Reason.INPUT,
            event=event[:40],
        )
    return str(may(event)(moment, meeting, given))


MARK: Verb[Meeting, Marked] = Verb("meeting:mark", Meeting, "meeting", may("open"), mark_body)
REPRESENT: Verb[Meeting, Represented] = Verb(
    "meeting:proxy", Meeting, "meeting", may("open"), proxy_body
)
RECUSE: Verb[Meeting, Recused] = Verb(
    "meeting:recuse", Meeting, "meeting", may("open"), recuse_body
)
OPEN: Verb[Meeting, Opened] = Verb("meeting:open", Meeting, "meeting", may("open"), open_body)
GO_ON: Verb[Meeting, SessionStep] = Verb(
    "meeting:session", Meeting, "meeting", session_may, session_body
)
