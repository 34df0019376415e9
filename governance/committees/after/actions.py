"""Actions: opened in one line, taken, done and verified; overdue by the clock until then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.committees.after.lifecycle import OWNER, ActionLifecycle
from governance.committees.after.models import Action, Decision
from governance.committees.after.reminding import REMIND, remind_owner, wind_reminder
from governance.committees.authority import for_roles, not_for_them, only_the_clock, roles_in
from governance.committees.calendars import day_of, end_of_day
from governance.committees.lifecycle import CHAIR, SECRETARY
from governance.committees.models import Committee
from governance.committees.seeking import keep_action
from governance.database import new_id
from governance.lifecycle import finals, fire
from governance.people.models import Person
from governance.record import deadlines
from governance.refusals import Reason, refuse

DUE = "due"


@dataclass(frozen=True)
class NewAction:
    """What is to be done, by whom (a person, or a name of somebody outside), until which day."""

    text: str
    owner_id: str = ""
    owner_name: str = ""
    due_on: date | None = None
    decision: str = ""
    meeting_id: str = ""
    item_id: str = ""


@dataclass(frozen=True)
class Step:
    """One step in the life of an action: a word on it, and the new day where it is extended."""

    event: str
    note: str = ""
    due_on: date | None = None
    owner_id: str = ""


@dataclass(frozen=True)
class Due:
    """The day of an action is over, in the generation that the sweep saw."""

    generation: int


NEEDS_NOTE: Mapping[str, str] = {
    "give_back": "why the action is given back",
    "report_part": "what is done and what is left",
    "send_back": "what is missing",
    "extend": "why it takes longer",
    "overtake": "what has overtaken it",
    "cancel": "why the body cancels it",
}


def open_body(moment: Moment, committee: Committee | None, given: NewAction) -> Written[Committee]:
    """Note an action under the next number of the body."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    action = open_action(moment, committee, given)
    return Written(
        {"action": action.id, "number": action.number, "owner": action.owner_id}, committee
    )


def open_action(moment: Moment, committee: Committee, given: NewAction) -> Action:
    """The row of a new action and its deadline. The caller holds the lock of the body.

    Raises Refused where the text is empty, the owner unknown, or the day lies in the past.
    """
    _is_sayable(moment, committee, given)
    numbers = select(func.max(Action.number)).where(col(Action.committee_id) == committee.id)
    action = Action(
        id=new_id(),
        committee_id=committee.id,
        meeting_id=given.meeting_id or None,
        item_id=given.item_id or None,
        decision_id=_decision(moment, committee, given.decision),
        number=(moment.session.exec(numbers).one() or 0) + 1,
        text=given.text.strip(),
        owner_id=given.owner_id or None,
        owner_name=given.owner_name,
        due_on=given.due_on,
        first_due_on=given.due_on,
        opened_at=moment.now,
    )
    moment.session.add(action)
    moment.session.flush()
    keep_action(moment.session, committee, action)
    _let_fall_due(moment, committee, action)
    return action


def step_authority(moment: Moment, action: Action | None, given: Step) -> str:
    """Whoever the chart names for the step: the action's owner, or an officer of its body."""
    assert action is not None  # noqa: S101 -- the door locks the subject first
    wanted = ActionLifecycle.authority.get(given.event, frozenset())
    held = roles_in(moment.session, action.committee_id, moment.actor, moment.now)
    if action.owner_id is not None and moment.actor.person_id == action.owner_id:
        held |= {OWNER}
    role = next(iter(sorted(held & wanted)), None)
    if role is None:
        raise not_for_them(wanted or {"nobody"})
    return f"role:{role}"


def step_body(moment: Moment, action: Action | None, given: Step) -> Written[Action]:
    """Take the step, and move the deadline with it."""
    assert action is not None  # noqa: S101 -- the door locks the subject first
    if given.event in NEEDS_NOTE and not given.note.strip():
        raise refuse(
            "this step is not taken without a word on {what}",
            rule="reasons_are_given",
            cure="Write it in one line.",
            where="note",
            reason=Reason.INPUT,
            what=NEEDS_NOTE[given.event],
        )
    committee = moment.session.get_one(Committee, action.committee_id)
    if given.event == "extend":
        _extend(moment, committee, action, given)
    before, action.state = action.state, fire(ActionLifecycle, action.state, given.event)
    if given.event == "give_back":
        action.owner_id = given.owner_id or None
    if given.note:
        action.progress = given.note.strip()[:1000]
    _wind(moment, committee, action, given.event)
    facts: dict[str, Any] = {"from": before, "to": action.state, "step": given.event}
    return Written(facts | ({"due_on": action.due_on.isoformat()} if action.due_on else {}), action)


def due_body(moment: Moment, action: Action | None, given: Due) -> Written[Action] | None:
    """The day is over: whoever has not reported is overdue, and it is on the next agenda."""
    assert action is not None  # noqa: S101 -- the door locks the subject first
    held = deadlines.find(moment.session, ("action", action.id), DUE)
    if held is None or not held.is_open or held.generation != given.generation:
        return None
    if held.due_at > moment.now:
        return None
    held.is_open = False
    action.state = fire(ActionLifecycle, action.state, "fall_due")
    remind_owner(moment, action, overdue=True)
    return Written({"to": action.state}, action)


OPEN: Verb[Committee, NewAction] = Verb(
    "committee:open_action", Committee, "committee", for_roles(SECRETARY, CHAIR), open_body
)
STEP: Verb[Action, Step] = Verb("action:step", Action, "action", step_authority, step_body)
FALL_DUE: Verb[Action, Due] = Verb("action:fall_due", Action, "action", only_the_clock, due_body)


def _is_sayable(moment: Moment, committee: Committee, given: NewAction) -> None:
    text, where = given.text.strip(), ""
    if not text:
        because, where = "an action says what is to be done", "text"
    elif len(text) > Action.__table__.c.text.type.length:  # type: ignore[attr-defined]
        because, where = "an action is one line of at most 1000 characters", "text"
    elif given.owner_id and moment.session.get(Person, given.owner_id) is None:
        because, where = "the owner of the action is nobody who is known here", "owner"
    elif given.due_on is not None and given.due_on < day_of(committee, moment.now):
        because, where = "the day until which it is to be done lies in the past", "due_on"
    if where:
        raise refuse(
            because,
            rule="action_is_complete",
            cure="Write it in one line: what, who, until when.",
            where=where,
            reason=Reason.INPUT,
        )


def _extend(moment: Moment, committee: Committee, action: Action, given: Step) -> None:
    if given.due_on is None or given.due_on <= max(
        action.due_on or date.min, day_of(committee, moment.now)
    ):
        raise refuse(
            "an extension ends later than what it extends, and not in the past",
            rule="extension_is_later",
            cure="Give a later day.",
            where="due_on",
            reason=Reason.INPUT,
        )
    action.due_on, action.extensions = given.due_on, action.extensions + 1
    _let_fall_due(moment, committee, action)


def _wind(moment: Moment, committee: Committee, action: Action, event: str) -> None:
    """What the clock does with the action after a step."""
    if action.state in finals(ActionLifecycle):
        action.ended_at = moment.now
        deadlines.close(moment.session, ("action", action.id))
    elif event == "report":
        for each in (DUE, REMIND):
            deadlines.lift(moment.session, ("action", action.id), each)
    elif event in {"send_back", "start"}:
        _let_fall_due(moment, committee, action)


def _let_fall_due(moment: Moment, committee: Committee, action: Action) -> None:
    if action.due_on is None or action.due_on < day_of(committee, moment.now):
        return
    at = end_of_day(moment.house, committee, action.due_on)
    deadlines.set_deadline(moment.session, ("action", action.id), DUE, at, {})
    wind_reminder(moment, committee, action, at)


def _decision(moment: Moment, committee: Committee, number: str) -> str | None:
    if not number:
        return None
    query = select(Decision.id).where(
        col(Decision.committee_id) == committee.id, col(Decision.number) == number
    )
    found = moment.session.exec(query).first()
    if found is None:
        raise refuse(
            'this body has no decision "{number}"',
            rule="known_decision",
            cure="Look its number up in the register of decisions.",
            where="decision",
            reason=Reason.INPUT,
            number=number[:60],
        )
    return found
