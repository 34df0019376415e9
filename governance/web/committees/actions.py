"""Actions from the page of their body: noted in one line, and taken one step further."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session
from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.committees.after.actions import OPEN, STEP, NewAction, Step
from governance.committees.after.models import Action
from governance.committees.meeting.convening import PLAN, Planning
from governance.committees.models import Committee
from governance.committees.queries import body_by_key
from governance.refusals import Reason, Refused, refuse
from governance.web.committees.body import page_of
from governance.web.desk import Desk, for_the_signed_in
from governance.web.render import STATUS

LONGEST = 5


def note(desk: Desk) -> Response:
    """A new action of a body."""
    with desk.house.database.reading() as session:
        body = body_by_key(session, desk.me, desk.path["key"], desk.house.clock.now())
    try:
        given = NewAction(
            text=desk.text("text"),
            owner_id=desk.text("owner"),
            owner_name="" if desk.text("owner") else desk.text("owner_name"),
            due_on=day_of_form(desk.text("due_on")),
            decision=desk.text("decision"),
        )
        perform(desk.house, desk.me, OPEN, body.id, given)
    except Refused as refused:
        return again(desk, refused)
    return desk.go(f"/committees/{body.key}?done#actions")


def step(desk: Desk) -> Response:
    """One step in the life of an action; the page of its body is shown again."""
    with desk.house.database.reading() as session:
        action, body = _of_body(session, desk)
    given = Step(desk.text("step"), desk.text("note"), day_of_form(desk.text("due_on")))
    perform(desk.house, desk.me, STEP, action.id, given)
    return desk.go(f"/committees/{body.key}?done#actions")


def _of_body(session: Session, desk: Desk) -> tuple[Action, Committee]:
    """The action of this address, where the reader may see its body."""
    action = session.get(Action, desk.path["id"])
    if action is None:
        raise refuse(
            "there is no such action that you may see",
            rule="known_action",
            cure="Open it from the page of its body.",
            reason=Reason.MISSING,
        )
    return action, body_by_key(session, desk.me, action.committee_id, desk.house.clock.now())


def again(desk: Desk, refused: Refused) -> Response:
    """The page of the body with what was typed, and every reason at its field."""
    if refused.reason != Reason.INPUT:
        return desk.refused(refused)
    view = page_of(desk, desk.filled(), refused.findings)
    return desk.page("committee", view, status=STATUS[refused.reason])


def day_of_form(text: str) -> date | None:
    """A date of a form; None for an empty field. Raises Refused where it is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refuse(
            '"{text}" is no date',
            rule="date_is_read",
            cure="Write year, month and day, such as 2026-11-30.",
            where="due_on",
            reason=Reason.INPUT,
            text=text[:20],
        ) from None


def plan(desk: Desk) -> Response:
    """A meeting is planned: its day and hour are those of the body's zone."""
    with desk.house.database.reading() as session:
        body = body_by_key(session, desk.me, desk.path["key"], desk.house.clock.now())
    length = desk.text("minutes")
    title = desk.text("title")
    try:
        given = Planning(
            starts=desk.text("starts"),
            minutes=int(length) if length.isdecimal() and len(length) < LONGEST else 120,
            title={desk.language: title} if title else None,
            place=desk.text("place"),
        )
        receipt = perform(desk.house, desk.me, PLAN, body.id, given)
    except Refused as refused:
        return again(desk, refused)
    facts = receipt.facts if receipt else {}
    return desk.go(f"/meetings/{facts['meeting']}?done")


routes = [
    Route("/committees/{key}/meetings", for_the_signed_in(plan), methods=["POST"]),
    Route("/committees/{key}/actions", for_the_signed_in(note), methods=["POST"]),
    Route("/actions/{id}", for_the_signed_in(step), methods=["POST"]),
]
