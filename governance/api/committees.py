"""Bodies and meetings at the API: the same acts as on the command line, by the same rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response, status
from pydantic import BaseModel, Field, StringConstraints

from governance.access.actor import Actor
from governance.acts import Verb, perform
from governance.api.given import ToAct, perhaps
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import NO_NUL, Asked, Done
from governance.committees import composed, crisis, mandates, offices, seats, written
from governance.committees.after import actions
from governance.committees.after.report import annual_report
from governance.committees.finding import committee_named, meeting_named
from governance.committees.founding import FOUND, Founding
from governance.committees.meeting import (
    agenda,
    ballots,
    casting,
    convening,
    declaring,
    dispatch,
    expecting,
    holding,
    motions,
    noting,
    papers,
    series,
)
from governance.committees.meeting.inviting import invitation
from governance.committees.meeting.roll import read_roll
from governance.committees.meeting.rolls import TAKE_ROLL, RollTaken
from governance.committees.queries import bodies
from governance.committees.telling import tell_committee, tell_meeting
from governance.house import House
from governance.notices.invitation import CANCEL, REQUEST
from governance.refusals import Reason, Refused
from governance.rulebook.linting.proceedings import body_of

routes = APIRouter(tags=["committees"])
ACTS = problems(401, 403, 404, 409, 422)
MOST_LETTERS = 256 * 1024

Key = Annotated[str, Path(max_length=60, pattern=r"^[a-z][a-z0-9_-]*$", examples=["audit"])]
Reference = Annotated[
    str, Path(max_length=60, pattern=r"^[a-z][a-z0-9_-]*-[0-9]+$", examples=["audit-3"])
]
FileText = Annotated[str, StringConstraints(max_length=MOST_LETTERS, pattern=NO_NUL)]

BodyAct = Literal[
    "approve_mandate", "change_right", "compose", "confirm_expedited", "decide_expedited", "go_on",
    "grant_leave", "leave_office", "log", "open_action", "plan_meeting", "plan_series",
    "propose_mandate", "put_in_writing", "read", "seat", "stand_down", "take_office", "unseat",
]  # fmt: skip
BODY_ACTS: Mapping[str, tuple[Verb[Any, Any], type]] = {
    "approve_mandate": (mandates.APPROVE, mandates.Approved),
    "change_right": (seats.CHANGE_RIGHT, seats.RightOf),
    "compose": (composed.COMPOSE, composed.Composing),
    "confirm_expedited": (crisis.CONFIRM, crisis.Confirmed),
    "decide_expedited": (crisis.DECIDE, crisis.Expedited),
    "go_on": (mandates.GO_ON, mandates.Going),
    "grant_leave": (seats.GRANT_LEAVE, seats.LeaveOf),
    "leave_office": (offices.LEAVE_OFFICE, offices.LeavingOffice),
    "log": (crisis.LOG, crisis.Logged),
    "open_action": (actions.OPEN, actions.NewAction),
    "plan_meeting": (convening.PLAN, convening.Planning),
    "plan_series": (series.PLAN_SERIES, series.Recurring),
    "propose_mandate": (mandates.PROPOSE, mandates.Proposed),
    "put_in_writing": (written.OPEN, written.InWriting),
    "read": (crisis.READ, crisis.Read),
    "seat": (seats.SEAT, seats.Seating),
    "stand_down": (crisis.STAND_DOWN, crisis.StandDown),
    "take_office": (offices.TAKE_OFFICE, offices.OfficeOf),
    "unseat": (seats.UNSEAT, seats.Leaving),
}
MeetingAct = Literal[
    "cast", "circulate", "convene", "count", "declare", "draft_agenda", "item_step", "mark",
    "motion_step", "move", "move_motion", "note", "open", "order_agenda", "propose_item", "proxy",
    "put_question", "recuse", "reply", "review_item", "session", "speak",
]  # fmt: skip
MEETING_ACTS: Mapping[str, tuple[Verb[Any, Any], type | None]] = {
    "cast": (casting.CAST, casting.CastNow),
    "circulate": (dispatch.CIRCULATE, None),
    "convene": (convening.CONVENE, convening.Convening),
    "count": (ballots.COUNT, ballots.Counting),
    "declare": (declaring.DECLARE, declaring.Declaring),
    "draft_agenda": (dispatch.DRAFT, None),
    "item_step": (agenda.STEP, agenda.ItemStep),
    "mark": (holding.MARK, holding.Marked),
    "motion_step": (motions.STEP, motions.MotionStep),
    "move": (convening.MOVE, convening.Moving),
    "move_motion": (motions.MOVE, motions.Moving),
    "note": (noting.NOTE, noting.Noted),
    "open": (holding.OPEN, holding.Opened),
    "order_agenda": (agenda.ORDER, agenda.Order),
    "propose_item": (agenda.PROPOSE, agenda.Proposal),
    "proxy": (holding.REPRESENT, holding.Represented),
    "put_question": (ballots.PUT, ballots.Putting),
    "recuse": (holding.RECUSE, holding.Recused),
    "reply": (expecting.REPLY, expecting.Reply),
    "review_item": (papers.REVIEW, papers.Reviewed),
    "session": (holding.GO_ON, holding.SessionStep),
    "speak": (noting.SPEAK, noting.Speaking),
}


class ToFound(Asked):
    """A body to create: its file as docs/committees.md has it."""

    file: FileText = Field(examples=["schema: 1\nbody: audit\ntitle: Audit Committee\n"])


class ToRoll(Asked):
    """A roll to enter, as CSV; `anyway` lets its findings stand."""

    roll: FileText = Field(examples=["name,status\nJane Smith,present\n"])
    anyway: bool = False


class BodyLine(BaseModel):
    """One body in a list."""

    key: str
    title: dict[str, str]
    state: str


@routes.get("/committees", operation_id="list_committees", responses=problems(401))
def list_committees(house: TheHouse, actor: SignedIn) -> list[BodyLine]:
    """The bodies that you may see, by their key."""
    with house.database.reading() as session:
        now = house.clock.now()
        return [
            BodyLine(key=each.key, title=each.title, state=each.state)
            for each in bodies(session, actor, now)
        ]


@routes.post(
    "/committees",
    operation_id="create_committee",
    status_code=status.HTTP_201_CREATED,
    responses=problems(401, 403, 409, 422),
)
def create_committee(house: TheHouse, actor: SignedIn, given: ToFound) -> Done:
    """Create a body from its file: seats, people, officers, rules, mandate."""
    draft = body_of("body.yaml", given.file.encode())
    faults = [each for each in draft.findings if each.blocks]
    if faults or draft.body is None:
        raise Refused(faults, Reason.INPUT)
    return Done.of(perform(house, actor, FOUND, None, Founding(draft.body)))


@routes.get("/committees/{key}", operation_id="show_committee", responses=problems(401, 404, 422))
def show_committee(house: TheHouse, actor: SignedIn, key: Key) -> dict[str, Any]:
    """One body: its seats, who sits and may vote and why, officers, mandate, meetings."""
    with house.database.reading() as session:
        now = house.clock.now()
        return tell_committee(session, committee_named(session, key, actor, now), now)


@routes.get(
    "/committees/{key}/report",
    operation_id="report_of_committee",
    responses=problems(401, 404, 422),
)
def report_of_committee(
    house: TheHouse, actor: SignedIn, key: Key, year: Annotated[int, Query(ge=1900, le=2200)]
) -> dict[str, Any]:
    """The year of a body: meetings, attendance, decisions, actions, seats."""
    with house.database.reading() as session:
        now = house.clock.now()
        body = committee_named(session, key, actor, now)
        return annual_report(session, actor, now, body, year)


@routes.post("/committees/{key}/acts/{act}", operation_id="act_on_committee", responses=ACTS)
def act_on_committee(
    house: TheHouse, actor: SignedIn, key: Key, act: BodyAct, given: ToAct
) -> Done | None:
    """Act on a body; null where there was nothing left to do."""
    with house.database.reading() as session:
        subject = committee_named(session, key, actor, house.clock.now()).id
    return perhaps(house, actor, BODY_ACTS[act], subject, given)


@routes.get("/meetings/{reference}", operation_id="show_meeting", responses=problems(401, 404, 422))
def show_meeting(house: TheHouse, actor: SignedIn, reference: Reference) -> dict[str, Any]:
    """One meeting: agenda, papers, roll, live quorum with its working, motions, decisions."""
    with house.database.reading() as session:
        return tell_meeting(session, meeting_named(session, reference, actor, house.clock.now()))


@routes.get(
    "/meetings/{reference}/invitation",
    operation_id="show_invitation",
    responses=problems(401, 404, 422)
    | {200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}},
    response_class=Response,
)
def show_invitation(house: TheHouse, actor: SignedIn, reference: Reference) -> Response:
    """The invitation as iCalendar, or the cancellation; with the zone's own rules."""
    with house.database.reading() as session:
        now = house.clock.now()
        meeting = meeting_named(session, reference, actor, now)
        method = CANCEL if meeting.state in ("cancelled", "postponed") else REQUEST
        text = invitation(session, house.settings, meeting, now, method)
    return Response(text, media_type="text/calendar")


@routes.post("/meetings/{reference}/acts/{act}", operation_id="act_on_meeting", responses=ACTS)
def act_on_meeting(
    house: TheHouse, actor: SignedIn, reference: Reference, act: MeetingAct, given: ToAct
) -> Done | None:
    """Act on a meeting; null where there was nothing left to do."""
    subject = _meeting(house, actor, reference)
    return perhaps(house, actor, MEETING_ACTS[act], subject, given)


@routes.put("/meetings/{reference}/roll", operation_id="import_roll", responses=ACTS)
def import_roll(house: TheHouse, actor: SignedIn, reference: Reference, given: ToRoll) -> Done:
    """Enter a roll whole, checked against the registers; with findings nothing is entered."""
    roll = read_roll("roll.csv", given.roll.encode())
    subject = _meeting(house, actor, reference)
    return Done.of(perform(house, actor, TAKE_ROLL, subject, RollTaken(roll, given.anyway)))


def _meeting(house: House, actor: Actor, reference: str) -> str:
    with house.database.reading() as session:
        return meeting_named(session, reference, actor, house.clock.now()).id
