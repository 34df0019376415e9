"""The owner of an action is reminded: some days before its day, and when that has passed."""

from __future__ import annotations

from dataclasses import dataclass

import pendulum
from pendulum import DateTime
from sqlmodel import Session

from governance.acts import Moment, Verb, Written
from governance.calendar.counting import count
from governance.calendar.periods import Period as Counting
from governance.calendar.periods import Unit
from governance.committees.after.lifecycle import ActionLifecycle
from governance.committees.after.models import Action
from governance.committees.authority import only_the_clock
from governance.committees.calendars import calendar_of, day_of
from governance.committees.law import law_of
from governance.committees.models import Committee
from governance.committees.people import has_address
from governance.lifecycle import finals
from governance.people.models import Person
from governance.record import deadlines
from governance.record.models import Outbox
from governance.record.outbox import Notice
from governance.rulebook.proceedings.meetings import Reminders

REMIND = "remind"
MORNING = 8
TEMPLATE = "action_due"
ASKS = {
    "en": "An action of yours is due",
    "fr": "Une action qui vous est confiée arrive à échéance",
    "es": "Vence una acción a su cargo",
    "ar": "إجراء مكلفون به يحين أجله",
}
DONE = finals(ActionLifecycle) | {"reported"}


@dataclass(frozen=True)
class DueSoon:
    """The time to remind has come, in the generation that the sweep saw."""

    generation: int


@dataclass(frozen=True)
class Taken:
    """The key of the notice that was handed over."""

    key: str


def wind_reminder(moment: Moment, committee: Committee, action: Action, due: DateTime) -> None:
    """Set when the owner is reminded; not at all where that has passed already."""
    subject = ("action", action.id)
    ruling = law_of(moment.session, committee).ruling("reminders", day_of(committee, moment.now))
    ahead = (ruling.value if ruling else Reminders()).actions
    if ahead.unit == "hours":
        at = due.subtract(hours=ahead.count)
    else:
        assert action.due_on is not None  # noqa: S101 -- what falls due has a day
        counting = Counting(ahead.count, Unit(ahead.unit), backward=True, roll=False)
        day = count(counting, action.due_on, calendar_of(moment.house, committee)).last_day
        at = pendulum.datetime(day.year, day.month, day.day, MORNING, tz=committee.zone)
    if at <= moment.now:
        deadlines.lift(moment.session, subject, REMIND)
    else:
        deadlines.set_deadline(moment.session, subject, REMIND, at.in_timezone("UTC"), {})


def remind_body(moment: Moment, action: Action | None, given: DueSoon) -> Written[Action] | None:
    """Remind the owner of what is still to be done."""
    assert action is not None  # noqa: S101 -- the door locks the subject first
    held = deadlines.find(moment.session, ("action", action.id), REMIND)
    if held is None or not held.is_open or held.generation != given.generation:
        return None
    if held.due_at > moment.now:
        return None
    held.is_open = False
    told = action.state not in DONE and remind_owner(moment, action, overdue=False)
    return Written({"event": REMIND, "reminded": int(told)}, action)


def remind_owner(moment: Moment, action: Action, *, overdue: bool) -> bool:
    """The mail to the owner, where it is somebody who has an address."""
    owner = moment.session.get(Person, action.owner_id) if action.owner_id else None
    if owner is None or not has_address(owner):
        return False
    committee = moment.session.get_one(Committee, action.committee_id)
    due = action.due_on.isoformat() if action.due_on else ""
    moment.tell(
        ("action", action.id),
        Notice(
            key=f"action:{action.id}:{'overdue' if overdue else REMIND}:{due}",
            person_id=owner.id,
            template=TEMPLATE,
            facts={
                "action": action.id,
                "reference": f"{committee.key}/{action.number}",
                "question": dict(ASKS),
                "body": committee.title,
                "body_key": committee.key,
                "text": action.text,
                "last_day": due,
                "overdue": overdue,
            },
        ),
    )
    return True


def handed_over_body(moment: Moment, action: Action | None, given: Taken) -> Written[Action] | None:
    """Keep when the notice left; a second time is nothing."""
    parcel = moment.session.get_one(Outbox, given.key)
    if parcel.handed_over_at is not None:
        return None
    parcel.handed_over_at, parcel.lease_until = moment.now, None
    return Written({"notice": parcel.template, "to": parcel.person_id}, action)


def unwanted(session: Session, row: Outbox) -> str:
    """Why the mail is not sent after all; empty where it is."""
    action = session.get_one(Action, row.subject_id)
    if action.state in DONE:
        return "the action is done"
    if action.owner_id != row.person_id:
        return "the action has another owner"
    return ""


DUE_SOON: Verb[Action, DueSoon] = Verb(
    "action:by_clock", Action, "action", only_the_clock, remind_body
)
HAND_OVER: Verb[Action, Taken] = Verb(
    "action:notice_handed_over", Action, "action", only_the_clock, handed_over_body
)
