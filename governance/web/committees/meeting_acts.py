"""What the page of a meeting does: one act a button, each refusal told on the same page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import Verb, perform
from governance.committees.after.actions import OPEN as NOTE_ACTION
from governance.committees.after.actions import NewAction
from governance.committees.meeting.agenda import ORDER, PROPOSE, ItemStep, Order, Proposal
from governance.committees.meeting.agenda import STEP as ITEM_STEP
from governance.committees.meeting.ballots import COUNT, PUT, Counting, Putting
from governance.committees.meeting.casting import CAST, CastNow
from governance.committees.meeting.convening import CONVENE, MOVE, Convening, Moving
from governance.committees.meeting.declaring import DECLARE, Declaring
from governance.committees.meeting.dispatch import CIRCULATE, DRAFT
from governance.committees.meeting.elections import ELECTION, candidates_of
from governance.committees.meeting.expecting import REPLY, Reply
from governance.committees.meeting.holding import (
    GO_ON,
    MARK,
    OPEN,
    RECUSE,
    Marked,
    Opened,
    Recused,
    SessionStep,
)
from governance.committees.meeting.motions import MOVE as MOVE_MOTION
from governance.committees.meeting.motions import STEP as MOTION_STEP
from governance.committees.meeting.motions import MotionStep
from governance.committees.meeting.motions import Moving as NewMotion
from governance.committees.meeting.noting import NOTE, SPEAK, Noted, Speaking
from governance.refusals import Reason, Refused, refuse
from governance.web.committees.actions import day_of_form
from governance.web.committees.meeting import page_of
from governance.web.committees.meeting_opened import Opened as Shown
from governance.web.committees.meeting_opened import open_meeting
from governance.web.committees.telling import lines_of, reading_of
from governance.web.desk import Desk, for_the_signed_in
from governance.web.render import STATUS

VOTES = ("yes", "no", "abstain")
Given = Callable[[Desk, Shown], Any]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0  # noqa: PLR2004 -- no vote is


def _ordered(desk: Desk, shown: Shown) -> Order:
    """One item goes up or down by one place, or all stand as they were dragged."""
    if desk.texts("items"):
        return Order(desk.texts("items"))
    items = [each.id for each in shown.items]
    item, by = desk.text("item"), -1 if desk.text("way") == "up" else 1
    at = items.index(item) if item in items else 0
    to = min(max(at + by, 0), len(items) - 1)
    items.insert(to, items.pop(at))
    return Order(tuple(items))


def _counted(desk: Desk, shown: Shown) -> Counting:
    seats = {each.key: desk.text(f"vote:{each.key}") for each in shown.room.seats.values()}
    given = {key: _number(desk.text(key)) for key in VOTES if desk.text(key)}
    motion = next((e for e in shown.motions if str(e.number) == desk.text("motion")), None)
    if motion is not None and motion.kind == ELECTION and motion.result.get("rule"):
        names = enumerate(candidates_of(motion.result["rule"]))
        given |= {name: _number(desk.text(f"for:{n}")) for n, name in names}
    return Counting(
        _number(desk.text("motion")),
        given,
        {key: position for key, position in seats.items() if position},
        _number(desk.text("objections")),
    )


def _proposed(desk: Desk, _: Shown) -> Proposal:
    return Proposal(
        title={desk.language: desk.text("title")},
        category=desk.text("category") or "discussion",
        access=desk.text("access") or "open",
        minutes=_number(desk.text("minutes")) or 10,
    )


def _moved(desk: Desk, _: Shown) -> NewMotion:
    return NewMotion(
        item=desk.text("item"),
        text=desk.text("text"),
        mover=desk.text("mover"),
        seconder=desk.text("seconder"),
        kind=desk.text("kind") or "motion",
        subject=desk.text("subject") or "all",
        amends=_number(desk.text("amends")),
        distance=_number(desk.text("distance")),
    )


def _put(desk: Desk, _: object) -> Putting:
    """A question in a mode; of an election, who stands, and for what."""
    return Putting(
        _number(desk.text("motion")),
        desk.text("mode") or "show",
        candidates=lines_of(desk.text("candidates")),
        seats=_number(desk.text("seats")) or 1,
        for_seats=desk.texts("for_seats"),
        office=desk.text("office"),
    )


def _cast(desk: Desk, _: object) -> CastNow:
    """For or against by the button; or whoever is ticked of those with equal votes."""
    vote = desk.text("vote")
    return CastNow(_number(desk.text("motion")), (vote,) if vote else desk.texts("name"))


ACTS: Mapping[str, tuple[Verb[Any, Any], Given]] = {
    "convene": (CONVENE, lambda desk, _: Convening(desk.text("urgency_reason"))),
    "draft": (DRAFT, lambda *_: None),
    "circulate": (CIRCULATE, lambda *_: None),
    "open": (OPEN, lambda *_: Opened()),
    "second-call": (OPEN, lambda *_: Opened(second_call=True)),
    "inquorate": (GO_ON, lambda *_: SessionStep("find_inquorate")),
    "suspend": (GO_ON, lambda *_: SessionStep("suspend")),
    "resume": (GO_ON, lambda *_: SessionStep("resume")),
    "close": (GO_ON, lambda *_: SessionStep("close")),
    "move": (
        MOVE,
        lambda desk, _: Moving(
            desk.text("event"), starts=desk.text("starts"), because=desk.text("because")
        ),
    ),
    "propose": (PROPOSE, _proposed),
    "item": (
        ITEM_STEP,
        lambda desk, _: ItemStep(desk.text("item"), desk.text("step"), desk.text("because")),
    ),
    "order": (ORDER, _ordered),
    "roll": (
        MARK,
        lambda desk, _: Marked(
            seat=desk.text("seat"),
            name=desk.text("name"),
            status="present" if desk.text("status") == "remote" else desk.text("status"),
            mode="remote" if desk.text("status") == "remote" else "room",
            capacity=desk.text("capacity") or "member",
        ),
    ),
    "recuse": (
        RECUSE,
        lambda desk, _: Recused(desk.text("item"), desk.text("seat"), leaves_room=True),
    ),
    "motion": (MOVE_MOTION, _moved),
    "motion-step": (
        MOTION_STEP,
        lambda desk, _: MotionStep(
            _number(desk.text("motion")), desk.text("step"), desk.text("seat"), desk.text("because")
        ),
    ),
    "put": (PUT, _put),
    "count": (COUNT, _counted),
    "cast": (CAST, _cast),
    "declare": (
        DECLARE,
        lambda desk, _: Declaring(_number(desk.text("motion")), desk.text("title")),
    ),
    "note": (
        NOTE,
        lambda desk, _: Noted(
            desk.text("text"),
            item=desk.text("item"),
            kind=desk.text("kind") or "note",
            seat=desk.text("seat"),
            name=desk.text("name"),
            key=desk.text("key"),
        ),
    ),
    "reply": (REPLY, lambda desk, _: Reply(coming=desk.text("coming") == "yes")),
    "speak": (SPEAK, lambda desk, _: Speaking(desk.text("note"), desk.text("step"))),
}


def act(desk: Desk) -> Response:
    """One act on the meeting; refused, the page is shown with every reason and what was typed."""
    found = ACTS.get(desk.path["act"])
    if found is None:
        raise refuse(
            "a meeting has no such act",
            rule="known_act",
            cure="Use the buttons of its page.",
            reason=Reason.MISSING,
        )
    with reading_of(desk) as reading:
        shown = open_meeting(desk, reading)
    verb, given = found
    return _done(
        desk, lambda: perform(desk.house, desk.me, verb, shown.meeting.id, given(desk, shown))
    )


def note_action(desk: Desk) -> Response:
    """An action of the body, noted in one line while its item is open."""
    with reading_of(desk) as reading:
        shown = open_meeting(desk, reading)
    given = NewAction(
        text=desk.text("text"),
        owner_name=desk.text("owner_name"),
        due_on=day_of_form(desk.text("due_on")),
        meeting_id=shown.meeting.id,
        item_id=desk.text("item") or shown.meeting.current_item or "",
    )
    return _done(desk, lambda: perform(desk.house, desk.me, NOTE_ACTION, shown.committee.id, given))


def _done(desk: Desk, act_: Callable[[], object]) -> Response:
    try:
        act_()
    except Refused as refused:
        if refused.reason in {Reason.MISSING, Reason.AUTHORITY}:
            return desk.refused(refused)
        view = page_of(desk, refused.findings, desk.filled())
        return desk.page("meeting", view, status=STATUS[refused.reason])
    place = desk.text("back")
    return desk.go(f"/meetings/{desk.path['id']}?done" + (f"#{place}" if place.isalnum() else ""))


routes = [
    Route("/meetings/{id}/action", for_the_signed_in(note_action), methods=["POST"]),
    Route("/meetings/{id}/{act}", for_the_signed_in(act), methods=["POST"]),
]
