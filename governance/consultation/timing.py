"""What the clock and the post do to a consultation: notices arrive, deadlines pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pendulum
from sqlalchemy import func
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.calendar.counted import Counted
from governance.calendar.counting import count
from governance.calendar.periods import Period, Unit
from governance.consultation.closing import close_if_settled
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import Answer, Consultation, Invitation
from governance.lifecycle import finals
from governance.record import deadlines
from governance.record.models import Outbox
from governance.record.outbox import Notice
from governance.refusals import Reason, refuse
from governance.rulebook.parts import Deadline
from governance.rulebook.periods import counting

CLOSE = "close"
ONE_WORKING_DAY = Period(1, Unit.WORKING_DAYS)


@dataclass(frozen=True)
class HandedOver:
    """A notice of an invitation was taken by the mail server."""

    key: str
    invitation_id: str | None


@dataclass(frozen=True)
class Passed:
    """A deadline, in the generation that the sweep saw."""

    event: str
    generation: int


def only_the_clock(moment: Moment, _: object, __: object) -> str:
    """What happens by time or by the post is nobody's act."""
    if not moment.actor.is_clock:
        raise refuse(
            "this happens by itself when its time comes",
            rule="only_the_clock",
            cure="Wait for the deadline, or withdraw the question.",
            reason=Reason.AUTHORITY,
        )
    return "clock"


def handed_over(
    moment: Moment, consultation: Consultation | None, given: HandedOver
) -> Written[Consultation] | None:
    """The window of whoever is asked begins when the notice was handed over."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    parcel = moment.session.get_one(Outbox, given.key)
    if parcel.handed_over_at is not None:
        return None
    parcel.handed_over_at, parcel.lease_until = moment.now, None
    facts: dict[str, Any] = {"notice": parcel.template, "to": parcel.person_id}
    invitation = _opened_by(moment, given)
    if invitation is None or invitation.handed_over_at is not None:
        return Written(facts, consultation)
    invitation.handed_over_at = moment.now
    if consultation.state in finals(ConsultationLifecycle):
        return Written(facts, consultation)  # it was on its way when the question closed
    counted = _window(moment, consultation, invitation)
    if counted is not None:
        _let_close(moment, consultation)
        facts["due_at"] = counted.due_at.isoformat()
    return Written(facts, consultation)


def deadline_passed(
    moment: Moment, consultation: Consultation | None, given: Passed
) -> Written[Consultation] | None:
    """Close what is settled by time; otherwise do what the rule says of lateness."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    held = deadlines.find(moment.session, ("consultation", consultation.id), given.event)
    if held is None or not held.is_open or held.generation != given.generation:
        return None
    if held.due_at > moment.now or consultation.state in finals(ConsultationLifecycle):
        return None
    result = close_if_settled(moment, consultation)
    if result is not None:
        return Written({"outcome": result}, consultation)
    facts = _remind(moment, consultation)
    if facts is None:
        held.is_open = False
        return Written({"still_open": True}, consultation)
    return Written(facts, consultation)


HAND_OVER: Verb[Consultation, HandedOver] = Verb(
    "consultation:notice_handed_over", Consultation, "consultation", only_the_clock, handed_over
)
DEADLINE_PASSED: Verb[Consultation, Passed] = Verb(
    "consultation:deadline_passed", Consultation, "consultation", only_the_clock, deadline_passed
)


def _opened_by(moment: Moment, given: HandedOver) -> Invitation | None:
    if given.invitation_id is None:
        return None
    return moment.session.get(Invitation, given.invitation_id)


def _window(moment: Moment, consultation: Consultation, invitation: Invitation) -> Counted | None:
    within = consultation.rule.get("within")
    if not within:
        return None
    calendar = moment.house.calendars[invitation.calendar]
    counted = count(counting(Deadline.model_validate(within)), moment.now, calendar)
    invitation.due_at = pendulum.instance(counted.due_at)
    invitation.last_day = counted.last_day.isoformat()
    invitation.working = counted.as_json()
    return counted


def _let_close(moment: Moment, consultation: Consultation) -> None:
    """The question closes by time when the last window of those reached is over."""
    moment.session.flush()
    query = select(func.max(Invitation.due_at)).where(
        col(Invitation.consultation_id) == consultation.id
    )
    last = moment.session.exec(query).one()
    if last is not None:
        deadlines.set_deadline(
            moment.session, ("consultation", consultation.id), CLOSE, pendulum.instance(last), {}
        )


def _silent(moment: Moment, consultation: Consultation) -> list[Invitation]:
    answered = select(Answer.id).where(col(Answer.invitation_id) == col(Invitation.id))
    query = select(Invitation).where(
        col(Invitation.consultation_id) == consultation.id,
        col(Invitation.due_at).is_not(None),
        ~answered.exists(),
    )
    return list(moment.session.exec(query.order_by(col(Invitation.id))))


def _remind(moment: Moment, consultation: Consultation) -> dict[str, Any] | None:
    """One more working day and a reminder, where the rule says that lateness is reminded."""
    silent = _silent(moment, consultation)
    if consultation.rule["on_late"] != "remind" or not silent:
        return None
    for invitation in silent:
        calendar = moment.house.calendars[invitation.calendar]
        counted = count(ONE_WORKING_DAY, moment.now, calendar)
        invitation.due_at = pendulum.instance(counted.due_at)
        invitation.last_day = counted.last_day.isoformat()
        moment.tell(
            ("consultation", consultation.id),
            Notice(
                key=f"reminder:{invitation.id}:{invitation.last_day}",
                person_id=invitation.person_id,
                template="reminder",
                facts={
                    "invitation": invitation.id,
                    "last_day": invitation.last_day,
                    "question": consultation.question,
                    "reference": consultation.reference,
                },
            ),
        )
    _let_close(moment, consultation)
    return {"reminded": [each.person_id for each in silent]}
