"""Motions: moved and seconded, debated, amendments furthest first, until the question is put."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import not_for_them, roles_in
from governance.committees.lifecycle import CHAIR, MEMBER, SECRETARY
from governance.committees.local import local_day
from governance.committees.meeting import late_items
from governance.committees.meeting.agenda import is_in_session, known_item
from governance.committees.meeting.convening import rules_for
from governance.committees.meeting.lifecycle import MotionLifecycle
from governance.committees.meeting.models import Meeting, Motion
from governance.committees.meeting.room import Room, room_of, seat_named
from governance.committees.meeting.rules import Moved
from governance.committees.models import Seat
from governance.database import new_id
from governance.lifecycle import finals, fire
from governance.refusals import Reason, refuse

KINDS = ("motion", "amendment", "procedural", "election", "appeal", late_items.KIND)
DONE = finals(MotionLifecycle) | {"carried", "lost"}
BY_HAND = frozenset(
    {"second", "rule_out", "lapse", "withdraw", "table", "refer", "challenge", "confirm_carried",
     "confirm_lost", "annul", "open_debate"}
)  # fmt: skip


@dataclass(frozen=True)
class Moving:
    """A motion on an item; an amendment names the motion that it would change, and how far."""

    item: str
    text: str
    mover: str = ""
    seconder: str = ""
    kind: str = "motion"
    subject: str = "all"
    amends: int = 0
    distance: int = 0


@dataclass(frozen=True)
class MotionStep:
    """A step in the life of a motion, by its number in the meeting."""

    motion: int
    event: str
    seat: str = ""
    because: str = ""


def may_move(moment: Moment, meeting: Meeting | None, _: object) -> str:
    """A member, or the secretary who enters what a member moved."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    held = roles_in(moment.session, meeting.committee_id, moment.actor, moment.now)
    role = next((each for each in (SECRETARY, CHAIR, MEMBER) if each in held), None)
    if role is None:
        raise not_for_them({SECRETARY, CHAIR, MEMBER})
    return f"role:{role}"


def move_body(moment: Moment, meeting: Meeting | None, given: Moving) -> Written[Meeting]:
    """Move. With its seconder, or where the rules want none, it is under debate at once."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    is_in_session(meeting)
    if not given.text.strip() or given.kind not in KINDS:
        raise refuse(
            "a motion has a text, and is a motion, an amendment, an election, an appeal, or adds a "
            "late item",
            rule="motion_is_complete",
            cure="Write what is moved.",
            where="text",
            reason=Reason.INPUT,
        )
    item = known_item(moment, meeting, given.item)
    late = given.kind == late_items.KIND
    if late:
        late_items.may_be_moved(meeting, item, rules_for(moment.session, meeting))
    room = room_of(moment.session, meeting)
    mover = _present(room, given.mover, meeting) if given.mover else None
    seconder = _present(room, given.seconder, meeting) if given.seconder else None
    motion = Motion(
        id=new_id(),
        meeting_id=meeting.id,
        item_id=item.id,
        parent_id=known_motion(moment.session, meeting, given.amends).id if given.amends else None,
        number=_next(moment.session, meeting),
        kind="amendment" if given.amends else given.kind,
        subject=late_items.SUBJECT if late else given.subject,
        text=given.text.strip(),
        distance=given.distance,
        mover=mover.id if mover else None,
        seconder=seconder.id if seconder else None,
        moved_at=moment.now,
    )
    moment.session.add(motion)
    moment.session.flush()
    if seconder is not None:
        motion.state = fire(MotionLifecycle, motion.state, "second")
    facts = _moved(moment, meeting, motion)
    if seconder is not None or not facts.needs_seconder:
        motion.state = fire(MotionLifecycle, motion.state, "open_debate", facts)
    return Written(
        {"motion": motion.number, "item": item.number, "state": motion.state, "kind": motion.kind},
        meeting,
    )


def _moved(moment: Moment, meeting: Meeting, motion: Motion) -> Moved:
    ruling = rules_for(moment.session, meeting).ruling("motions", moment.now.date(), motion.subject)
    needs = bool(ruling and ruling.value.seconder) and motion.kind not in ("election", "appeal")
    return Moved(
        str(ruling.article) if ruling else "", needs, motion.mover or "", motion.seconder or ""
    )


def _present(room: Room, key: str, meeting: Meeting) -> Seat:
    """A seat that is there and may act; the roll is asked, not the memory of the room."""
    seat = seat_named(room, key, local_day(meeting.starts_at, meeting.zone))
    if seat.key not in room.presence().seats:
        raise refuse(
            "{seat} is not in the roll as present",
            rule="who_acts_is_in_the_roll",
            cure="Mark the member as present first, or name another.",
            reason=Reason.RULE,
            seat=seat.key,
        )
    return seat


def step_authority(moment: Moment, meeting: Meeting | None, given: MotionStep) -> str:
    """Whoever the chart of motions names for the step."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    wanted = MotionLifecycle.authority.get(given.event, frozenset())
    held = roles_in(moment.session, meeting.committee_id, moment.actor, moment.now)
    role = next(iter(sorted(held & wanted)), None)
    if role is None or given.event not in BY_HAND:
        raise not_for_them(wanted or {"nobody"})
    return f"role:{role}"


def step_body(moment: Moment, meeting: Meeting | None, given: MotionStep) -> Written[Meeting]:
    """Take the step."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    motion = known_motion(moment.session, meeting, given.motion)
    if given.event == "second":
        seconder = _present(room_of(moment.session, meeting), given.seat, meeting)
        if seconder.id == motion.mover:
            raise refuse(
                "who moves does not second",
                rule="motion_has_its_seconder",
                cure="Name another member.",
                where="seat",
                reason=Reason.INPUT,
            )
        motion.seconder = seconder.id
    before = motion.state
    motion.state = fire(MotionLifecycle, before, given.event, _moved(moment, meeting, motion))
    if given.event == "second":
        motion.state = fire(MotionLifecycle, motion.state, "open_debate")
    facts: dict[str, Any] = {"motion": motion.number, "from": before, "to": motion.state}
    if given.because:
        facts["because"] = moment.seal(f"meeting:{meeting.id}", given.because)
    return Written(facts, meeting)


MOVE: Verb[Meeting, Moving] = Verb("meeting:move_motion", Meeting, "meeting", may_move, move_body)
STEP: Verb[Meeting, MotionStep] = Verb(
    "meeting:motion_step", Meeting, "meeting", step_authority, step_body
)


def known_motion(session: Session, meeting: Meeting, number: int) -> Motion:
    """A motion of the meeting by its number. Raises Refused."""
    query = select(Motion).where(col(Motion.meeting_id) == meeting.id, col(Motion.number) == number)
    found = session.exec(query).first()
    if found is None:
        raise refuse(
            "this meeting has no motion {number}",
            rule="known_motion",
            cure="See its motions: mandate meeting show.",
            where="motion",
            reason=Reason.INPUT,
            number=number,
        )
    return found


def is_its_turn(session: Session, meeting: Meeting, motion: Motion) -> None:
    """Amendments are voted before what they amend, the furthest from it first."""
    query = select(Motion).where(
        col(Motion.meeting_id) == meeting.id,
        col(Motion.parent_id).is_not(None),
        col(Motion.state).not_in(DONE),
        col(Motion.id) != motion.id,
    )
    waiting = list(session.exec(query))
    before = [each for each in waiting if each.parent_id == motion.id]
    if motion.parent_id is not None:
        before += [
            each
            for each in waiting
            if each.parent_id == motion.parent_id and each.distance > motion.distance
        ]
    if before:
        raise refuse(
            "amendment {number} is voted first: it is further from the original",
            rule="furthest_first",
            cure="Put that amendment first, or let it be withdrawn.",
            reason=Reason.TURN,
            number=min(each.number for each in before),
        )


def _next(session: Session, meeting: Meeting) -> int:
    query = select(func.max(Motion.number)).where(col(Motion.meeting_id) == meeting.id)
    return (session.exec(query).one() or 0) + 1
