"""What the clock and the post do to a consultation: notices arrive, deadlines pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from governance.acts import Moment, Verb, Written
from governance.consultation import clockwork, lateness, pausing
from governance.consultation.closing import SETTLE, close_if_settled
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import Consultation, Invitation
from governance.lifecycle import finals
from governance.record import deadlines
from governance.record.models import Deadline, Outbox
from governance.refusals import Reason, refuse

CLOSE, REMIND, PAUSE = clockwork.CLOSE, clockwork.REMIND, clockwork.PAUSE


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
    if invitation is None or invitation.window_since is not None:
        return Written(facts, consultation)
    invitation.handed_over_at = invitation.handed_over_at or moment.now
    invitation.window_since = moment.now
    if consultation.state in finals(ConsultationLifecycle):
        return Written(facts, consultation)  # it was on its way when the question closed
    due = clockwork.begin_window(moment, consultation, invitation)
    if due is not None:
        clockwork.wind_on(moment, consultation, invitation)
        facts["due_at"] = due.isoformat()
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
    return Written(EVENTS[given.event](moment, consultation, held), consultation)


HAND_OVER: Verb[Consultation, HandedOver] = Verb(
    "consultation:notice_handed_over", Consultation, "consultation", only_the_clock, handed_over
)
DEADLINE_PASSED: Verb[Consultation, Passed] = Verb(
    "consultation:deadline_passed", Consultation, "consultation", only_the_clock, deadline_passed
)


def _time_is_over(moment: Moment, consultation: Consultation, held: Deadline) -> dict[str, Any]:
    if moved := lateness.moved_by_outage(moment, consultation, held):
        return moved
    result = close_if_settled(moment, consultation)
    if result is not None:
        return {"outcome": result}
    facts = lateness.late(moment, consultation)
    if facts is None:
        held.is_open = False
        return {"still_open": True}
    return facts


def _what_settled_stands(
    moment: Moment, consultation: Consultation, held: Deadline
) -> dict[str, Any]:
    held.is_open = False
    result = close_if_settled(moment, consultation)
    return {"outcome": result} if result is not None else {"still_open": True}


def _reminders_are_due(
    moment: Moment, consultation: Consultation, held: Deadline
) -> dict[str, Any]:
    held.is_open = False
    return {"reminded": clockwork.remind(moment, consultation)}


def _pause_is_over(moment: Moment, consultation: Consultation, held: Deadline) -> dict[str, Any]:
    held.is_open = False
    return pausing.run_on(moment, consultation, "its limit was reached")


EVENTS: Mapping[str, Callable[[Moment, Consultation, Deadline], dict[str, Any]]] = {
    CLOSE: _time_is_over,
    SETTLE: _what_settled_stands,
    REMIND: _reminders_are_due,
    PAUSE: _pause_is_over,
}


def _opened_by(moment: Moment, given: HandedOver) -> Invitation | None:
    if given.invitation_id is None:
        return None
    return moment.session.get(Invitation, given.invitation_id)
