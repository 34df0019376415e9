"""Who is in the room of a meeting, and the live quorum that follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from governance.committees.meeting.convening import committee_of, rules_for
from governance.committees.meeting.models import Attendance, Meeting, Proxy
from governance.committees.meeting.roll import LEAVE, PRESENT
from governance.committees.models import Seat
from governance.committees.register import Register
from governance.committees.rows import register_from
from governance.committees.rules import Presence, QuorumCount, quorum
from governance.refusals import Reason, Refused, refuse

# Of two spans that begin at one instant, the one that has ended comes first.
IN_ORDER = (col(Attendance.came_at), col(Attendance.left_at).is_(None), col(Attendance.id))
IN_ROOM = ("in_session", "suspended", "inquorate", "convened", "circulated", "planned")


@dataclass
class Room:
    """Who is there: each seat's newest row, and what follows for the quorum."""

    register: Register
    rows: list[Attendance]
    proxies: list[Proxy]
    seats: dict[str, Seat]
    absent: set[str] = field(default_factory=set)

    def presence(self) -> Presence:
        """Seats in the room, on the line, represented, on leave; by key."""
        newest = {each.seat_id: each for each in self.rows if each.seat_id}
        here = {seat: row for seat, row in newest.items() if row.status == PRESENT}
        key = {seat: self.seats[seat].key for seat in newest if seat in self.seats}
        held = {each.to_seat for each in self.proxies if each.to_seat in here}
        return Presence(
            seats=frozenset(key[seat] for seat in here if seat in key),
            remote=frozenset(
                key[seat] for seat, row in here.items() if row.mode == "remote" and seat in key
            ),
            proxies=frozenset(
                self.seats[each.from_seat].key
                for each in self.proxies
                if each.to_seat in held and each.from_seat in self.seats
            ),
            leave=frozenset(
                key[seat] for seat, row in newest.items() if row.status == LEAVE and seat in key
            ),
        )


def room_of(session: Session, meeting: Meeting) -> Room:
    """The room as it is, in a fixed number of queries."""
    committee = committee_of(session, meeting)
    rows = select(Attendance).where(col(Attendance.meeting_id) == meeting.id)
    proxies = select(Proxy).where(
        col(Proxy.meeting_id) == meeting.id, col(Proxy.revoked_at).is_(None)
    )
    seats = select(Seat).where(col(Seat.committee_id) == committee.id)
    return Room(
        register=register_from(session, committee, rules_for(session, meeting)),
        rows=list(session.exec(rows.order_by(*IN_ORDER))),
        proxies=list(session.exec(proxies)),
        seats={each.id: each for each in session.exec(seats)},
    )


def count_of(session: Session, meeting: Meeting, room: Room | None = None) -> QuorumCount:
    """The live quorum of a meeting, with its working."""
    room = room or room_of(session, meeting)
    day = meeting.starts_at.in_timezone(committee_of(session, meeting).zone).date()
    parameter = "second_call" if meeting.second_call else "quorum_to_open"
    return quorum(room.register, day, room.presence(), parameter=parameter)


def seat_named(room: Room, name: str, day: date) -> Seat:
    """A seat by its key, or by the name of who sits on it. Raises Refused."""
    wanted = name.strip().casefold()
    found = next((each for each in room.seats.values() if each.key == wanted), None)
    if found is None and wanted:
        person = room.register.find(name, day)
        found = next(
            (each for each in room.seats.values() if person and each.key == person.seat), None
        )
    if found is None:
        raise no_seat(name)
    return found


def bare_count(count: dict[str, Any]) -> dict[str, Any]:
    """The numbers of a quorum, for the record."""
    return {key: count[key] for key in ("counted", "needed", "base", "reached", "article")}


def takes_a_roll(meeting: Meeting) -> None:
    """Refused where the meeting is over or cancelled."""
    if meeting.state not in IN_ROOM and meeting.state != "closed":
        raise refuse(
            "the roll of a meeting that is over or cancelled stands",
            rule="roll_is_open",
            cure="What is wrong in it is corrected in the minutes.",
            reason=Reason.TURN,
        )


def no_seat(key: str) -> Refused:
    """For a seat that the body does not have."""
    return refuse(
        'this body has no seat "{key}"',
        rule="known_seat",
        cure="Give the key of a seat, or the name of a guest.",
        where="seat",
        reason=Reason.INPUT,
        key=key[:60],
    )


def seats_by_key(session: Session, meeting: Meeting) -> dict[str, Seat]:
    """The seats of the meeting's body by key."""
    query = select(Seat).where(col(Seat.committee_id) == meeting.committee_id)
    return {each.key: each for each in session.exec(query)}
