"""An officer extends or cancels a call, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pendulum
from pendulum import DateTime
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.calls.publishing import prolong
from governance.appointments.calls.window import CLOSING, must_be_open
from governance.appointments.launching import Why, withdraw_body
from governance.appointments.law import law_of
from governance.appointments.lifecycle import CallLifecycle
from governance.appointments.models import Application, Call, Candidacy, Case
from governance.calendar.days import Calendar
from governance.lifecycle import fire
from governance.record import deadlines
from governance.record.outbox import Notice
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Longer:
    """The last day of the longer window, and why it is longer."""

    last_day: date
    reason: str


def extend_body(moment: Moment, case: Case | None, given: Longer) -> Written[Case]:
    """Move the end of the call to a later day. It is never made shorter."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    must_be_open(moment, case)
    call = _open_call(moment, case)
    _has_reason(given.reason)
    calendar = _calendar(moment, case)
    closes_at = _end_of(given.last_day, calendar)
    held = deadlines.find(moment.session, ("case", case.id), CLOSING)
    assert held is not None  # noqa: S101 -- an open call has an end
    if closes_at <= held.due_at:
        raise refuse(
            "the call is open until {day} already: it is never made shorter",
            rule="call_is_not_shortened",
            article="Mandate, calls",
            cure="Give a later day.",
            where="last_day",
            reason=Reason.INPUT,
            day=(held.due_at.in_timezone(calendar.zone).subtract(seconds=1)).date(),
        )
    sealed = moment.seal(f"case:{case.id}", given.reason)
    working = {**held.working, "last_day": given.last_day.isoformat(), "by_hand": True}
    deadlines.set_deadline(moment.session, ("case", case.id), CLOSING, closes_at, working)
    prolong(call, closes_at, str(moment.actor.person_id), sealed["sealed"])
    moment.owe("case", case.id)
    return Written({"call": call.id, "closes_at": closes_at.isoformat(), "reason": sealed}, case)


def cancel_body(moment: Moment, case: Case | None, given: Why) -> Written[Case]:
    """The call is taken back: its case ends, and everybody who applied is told."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    call = _open_call(moment, case)
    told = _tell_applicants(moment, case, call)
    call.state = fire(CallLifecycle, call.state, "cancel")
    call.closed_at = moment.now
    written = withdraw_body(moment, case, given)
    return Written({**written.facts, "call": call.id, "told": told}, case)


EXTEND_CALL: Verb[Case, Longer] = Verb("case:extend_call", Case, "case", hr_officer, extend_body)
CANCEL_CALL: Verb[Case, Why] = Verb("case:cancel_call", Case, "case", hr_officer, cancel_body)


def _open_call(moment: Moment, case: Case) -> Call:
    query = select(Call).where(
        col(Call.case_id) == case.id, col(Call.state).in_(("prepared", "submitted", "open"))
    )
    call = moment.session.exec(query.order_by(col(Call.round).desc())).first()
    if call is None:
        raise refuse(
            "no call of this case is open",
            rule="call_is_open",
            cure="See on the case's page where it stands.",
            reason=Reason.TURN,
        )
    return call


def _has_reason(reason: str) -> None:
    if not reason.strip():
        raise refuse(
            "a call is not changed without a reason",
            rule="reasons_are_given",
            cure="Write the reason.",
            where="reason",
            reason=Reason.INPUT,
        )


def _calendar(moment: Moment, case: Case) -> Calendar:
    procedure = law_of(moment.session, case.law).procedure(case.procedure)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    return moment.house.calendars[procedure.calendar]


def _end_of(day: date, calendar: Calendar) -> DateTime:
    following = day + timedelta(days=1)
    end = pendulum.datetime(following.year, following.month, following.day, tz=calendar.zone)
    return end.in_timezone("UTC")


def _tell_applicants(moment: Moment, case: Case, call: Call) -> int:
    """Candidates and those who had begun to apply; after the withdrawal of what had not left."""
    candidates = select(Candidacy.person_id).where(col(Candidacy.case_id) == case.id)
    begun = select(Application.person_id).where(
        col(Application.case_id) == case.id, col(Application.state).in_(("draft", "sent"))
    )
    people = {*moment.session.exec(candidates), *moment.session.exec(begun)}
    for person in sorted(people):
        moment.tell(
            ("case", case.id),
            Notice(
                key=f"call_cancelled:{call.id}:{person}",
                person_id=person,
                template="call_cancelled",
                facts={"reference": case.reference},
            ),
        )
    return len(people)
