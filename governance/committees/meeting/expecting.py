"""Who says that they come, and the quorum that is to be expected, with its working."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import not_for_them, roles_in, seats_of
from governance.committees.lifecycle import CHAIR, MEMBER, SECRETARY
from governance.committees.local import local_day
from governance.committees.meeting.convening import committee_of
from governance.committees.meeting.models import Meeting
from governance.committees.meeting.roll import PRESENT
from governance.committees.meeting.room import Room, room_of, seat_named
from governance.committees.models import Seat
from governance.committees.rules import Presence, quorum, roster
from governance.refusals import Reason, Sentence, refuse, say

BEFORE = ("planned", "convened", "circulated", "inquorate")


@dataclass(frozen=True)
class Reply:
    """Whether a seat will be there; without a seat, the one that the actor sits on."""

    coming: bool
    seat: str = ""


@dataclass(frozen=True)
class Expected:
    """The quorum that is to be expected. `silent` are the seats that have not said anything."""

    certain: int
    expected: int
    needed: int
    silent: tuple[str, ...]
    article: str
    working: tuple[Sentence, ...]

    @property
    def in_doubt(self) -> bool:
        """Whether those who have said that they come are too few."""
        return self.certain < self.needed

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "certain": self.certain,
            "expected": self.expected,
            "needed": self.needed,
            "in_doubt": self.in_doubt,
            "silent": list(self.silent),
            "article": self.article,
            "working": [str(each) for each in self.working],
        }


def reply_authority(moment: Moment, meeting: Meeting | None, given: Reply) -> str:
    """Whoever sits on the seat says it; chair and secretary enter what they were told."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    held = roles_in(moment.session, meeting.committee_id, moment.actor, moment.now)
    if given.seat and (role := next((e for e in (SECRETARY, CHAIR) if e in held), None)):
        return f"role:{role}"
    if any(not given.seat or each.key == given.seat for each in _own(moment, meeting)):
        return f"role:{MEMBER}"
    raise not_for_them({SECRETARY, CHAIR, "whoever sits on the seat"})


def _own(moment: Moment, meeting: Meeting) -> list[Seat]:
    person = moment.actor.person_id
    return seats_of(moment.session, meeting.committee_id, person, moment.now) if person else []


def reply_body(moment: Moment, meeting: Meeting | None, given: Reply) -> Written[Meeting]:
    """Keep the reply; the last one counts, and a meeting that is moved asks again."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    if meeting.state not in BEFORE:
        raise refuse(
            "the meeting has begun, or does not take place",
            rule="meeting_lies_ahead",
            cure="Presence is in the roll now.",
            reason=Reason.TURN,
        )
    if given.seat:
        day = local_day(meeting.starts_at, meeting.zone)
        seats = [seat_named(room_of(moment.session, meeting), given.seat, day)]
    else:
        seats = _own(moment, meeting)
    said = dict(meeting.facts.get("replies", {}))
    for seat in seats:
        said[seat.key] = {"coming": given.coming, "sequence": meeting.sequence}
    meeting.facts = {**meeting.facts, "replies": said}
    return Written({"seats": [each.key for each in seats], "coming": given.coming}, meeting)


REPLY: Verb[Meeting, Reply] = Verb("meeting:reply", Meeting, "meeting", reply_authority, reply_body)


def replies_of(meeting: Meeting) -> Mapping[str, bool]:
    """What each seat has said of the meeting as it is planned now."""
    return {
        seat: bool(each["coming"])
        for seat, each in meeting.facts.get("replies", {}).items()
        if each["sequence"] == meeting.sequence
    }


def expected(session: Session, meeting: Meeting, room: Room | None = None) -> Expected:
    """The quorum that follows from replies, proxies and leave: who is certain, who may come."""
    room = room or room_of(session, meeting)
    day = local_day(meeting.starts_at, committee_of(session, meeting).zone)
    here = room.presence()
    who = roster(room.register, day, leave=here.leave)
    said = replies_of(meeting)
    off = {
        room.seats[e.seat_id].key
        for e in room.rows
        if e.status != PRESENT and e.seat_id in room.seats
    }
    off |= {seat for seat, coming in said.items() if not coming}
    off |= {each.seat for each in who.members if each.on_leave(day)} | here.leave
    yes = {seat for seat, coming in said.items() if coming} - off
    givers = {room.seats[e.from_seat].key for e in room.proxies if e.from_seat in room.seats}
    seats = {each.seat for each in who.members}
    silent = seats - yes - off - givers
    certain = quorum(room.register, day, _presence(yes - givers, givers, here.leave))
    most = quorum(room.register, day, _presence((seats - off) - givers, givers, here.leave))
    return Expected(
        certain=certain.counted,
        expected=most.counted,
        needed=certain.needed,
        silent=tuple(sorted(silent)),
        article=certain.article,
        working=(
            *certain.working[:2],
            say("{n} have said that they come, or are represented", n=certain.counted),
            say("{n} have said that they do not come, or are on leave", n=len(seats & off)),
            say("{n} have not said anything", n=len(silent)),
            say("vacant seats: {n}", n=_vacant(session, meeting)),
            say("if all of these come, {n} count, and {need} are needed", n=most.counted,
                need=certain.needed),
        ),
    )  # fmt: skip


def _presence(seats: set[str], givers: set[str], leave: frozenset[str]) -> Presence:
    return Presence(frozenset(seats), proxies=frozenset(givers), leave=leave)


def _vacant(session: Session, meeting: Meeting) -> int:
    query = select(Seat.id).where(
        col(Seat.committee_id) == meeting.committee_id,
        col(Seat.capacity) == "member",
        col(Seat.state) == "vacant",
    )
    return len(session.exec(query).all())
