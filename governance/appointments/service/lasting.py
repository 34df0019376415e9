"""How a service goes on: reviews, confirmation, extension; its end, by clock or for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.service.authority import clock, officer
from governance.appointments.service.engaging import (
    Because,
    after_of,
    counted,
    rulebook_of,
    set_end,
    today_of,
    with_reason,
)
from governance.appointments.service.lifecycle import ServiceLifecycle
from governance.appointments.service.models import Service, ServiceTask
from governance.appointments.service.rules import Confirming, Extending, Prolonging
from governance.appointments.service.secondment import is_secondment, last_day_of, months_of
from governance.calendar.days import DAY
from governance.calendar.periods import add_months
from governance.lifecycle import fire
from governance.people.models import Holding
from governance.record import deadlines
from governance.refusals import Reason, refuse
from governance.rulebook.assessing import Extendable

RESULTS = ("satisfactory", "adverse")


@dataclass(frozen=True)
class TaskDone:
    """Something of the plan that is done; a review has a result."""

    key: str
    result: str = ""
    note: str = ""


@dataclass(frozen=True)
class Longer:
    """A service that is to end later."""

    until: date
    reason: str = ""


def task_body(moment: Moment, found: Service | None, given: TaskDone) -> Written[Service]:
    """Tick off a training or a paper, or record what came of a review."""
    assert found is not None  # noqa: S101 -- the door locks the subject first
    query = select(ServiceTask).where(
        col(ServiceTask.service_id) == found.id, col(ServiceTask.key) == given.key
    )
    task = moment.session.exec(query).first()
    if task is None or task.done_at is not None:
        raise refuse(
            'the task "{task}" is not open in this service',
            rule="task_is_open",
            cure="See what is open: mandate appointment service show.",
            where="KEY",
            reason=Reason.TURN,
            task=given.key[:60],
        )
    if (task.kind == "review") != (given.result in RESULTS):
        raise refuse(
            "a review has a result, and nothing else has one",
            rule="result_is_known",
            cure="Write --result satisfactory or --result adverse for a review.",
            where="--result",
            reason=Reason.INPUT,
        )
    task.done_at, task.done_by, task.result = moment.now, moment.actor.person_id, given.result
    facts: dict[str, Any] = {"task": task.key, "result": given.result}
    if given.note:
        sealed = moment.seal(f"service:{found.id}", given.note)
        task.note, facts["note"] = sealed["sealed"], sealed
    return Written(facts, found)


def confirm_body(moment: Moment, found: Service | None, _: None) -> Written[Service]:
    """The probation ends well."""
    assert found is not None  # noqa: S101 -- the door locks the subject first
    found.state = fire(ServiceLifecycle, found.state, "confirm", reviewed(moment.session, found))
    return Written({"state": found.state}, found)


def prolong_body(moment: Moment, found: Service | None, given: Because) -> Written[Service]:
    """The probation goes on for as long as the law allows; one more review is due at its end."""
    assert found is not None  # noqa: S101 -- the door locks the subject first
    after = after_of(moment, found)
    law = after.probation.prolong if after and after.probation else None
    reason = with_reason(moment, found, given.reason)
    found.state = fire(
        ServiceLifecycle,
        found.state,
        "prolong_probation",
        Prolonging(found.prolonged, law.times if law else 0),
    )
    assert law is not None  # noqa: S101 -- without it no prolongation is allowed
    assert found.probation_until is not None  # noqa: S101 -- a probation has an end
    found.prolonged += 1
    base = found.begins_on
    found.begins_on = found.probation_until
    found.probation_until = counted(moment, found, law.by)
    found.begins_on = base
    last = _reviews(moment.session, found)[-1]
    moment.session.add(
        ServiceTask(
            service_id=found.id,
            kind="review",
            key=f"{last.key[:50]}_{found.prolonged + 1}",
            title=last.title,
            due_on=found.probation_until,
        )
    )
    return Written({"probation_until": found.probation_until.isoformat(), "reason": reason}, found)


def extend_body(moment: Moment, found: Service | None, given: Longer) -> Written[Service]:
    """The service ends later, within what the law allows."""
    assert found is not None  # noqa: S101 -- the door locks the subject first
    facts = extending(moment, found, given.until)
    found.state = fire(ServiceLifecycle, found.state, "extend", facts)
    before, found.ends_on = found.ends_on, given.until
    found.extended += 1
    set_end(moment, found)
    moment.owe("service", found.id)
    reason = moment.seal(f"service:{found.id}", given.reason) if given.reason.strip() else {}
    return Written(
        {
            "before": before.isoformat() if before else None,
            "ends_on": given.until.isoformat(),
            "reason": reason,
        },
        found,
    )


def separate_body(moment: Moment, found: Service | None, given: Because) -> Written[Service]:
    """The service ends today, with a reason on file."""
    assert found is not None  # noqa: S101 -- the door locks the subject first
    reason = with_reason(moment, found, given.reason)
    found.state = fire(ServiceLifecycle, found.state, "separate")
    end(moment, found, "separation")
    moment.owe("service", found.id)
    return Written({"ended_on": today_of(moment, found).isoformat(), "reason": reason}, found)


def run_out_body(moment: Moment, found: Service | None, generation: int) -> Written[Service] | None:
    """Its last day is over: the office is held no longer."""
    assert found is not None  # noqa: S101 -- the door locks the subject first
    deadline = deadlines.find(moment.session, ("service", found.id), "end_of_term")
    moved = deadline is None or deadline.generation != generation or deadline.due_at > moment.now
    if moved or found.state not in {"probation", "serving"}:
        return None
    found.state = fire(ServiceLifecycle, found.state, "run_out")
    end(moment, found, "end_of_term")
    return Written({"ended_on": found.ends_on.isoformat() if found.ends_on else None}, found)


TASK: Verb[Service, TaskDone] = Verb("service:task", Service, "service", officer, task_body)
CONFIRM: Verb[Service, None] = Verb("service:confirm", Service, "service", officer, confirm_body)
PROLONG: Verb[Service, Because] = Verb(
    "service:prolong_probation", Service, "service", officer, prolong_body
)
EXTEND: Verb[Service, Longer] = Verb("service:extend", Service, "service", officer, extend_body)
SEPARATE: Verb[Service, Because] = Verb(
    "service:separate", Service, "service", officer, separate_body
)
RUN_OUT: Verb[Service, int] = Verb("service:run_out", Service, "service", clock, run_out_body)


def end(moment: Moment, found: Service, because: str) -> None:
    """Nobody holds the office by this service any more, and the clock waits for nothing in it."""
    found.ended_at, found.end_reason = moment.now, because
    holding = moment.session.get(Holding, found.holding_id) if found.holding_id else None
    if holding is not None and (holding.until is None or holding.until > moment.now):
        holding.until = moment.now
    deadlines.close(moment.session, ("service", found.id))


def reviewed(session: Session, found: Service) -> Confirming:
    """The reviews of the probation as far as they are held."""
    reviews = _reviews(session, found)
    held = [each.result for each in reviews if each.done_at is not None]
    return Confirming(tuple(held), len(reviews))


def extending(moment: Moment, found: Service, until: date) -> Extending:
    """What is asked of a new last day: the law of the procedure, and how often it was used."""
    seconded = rulebook_of(moment, found).organisation.secondment
    if seconded is not None and is_secondment(moment.session, found) and found.ends_on:
        longest = last_day_of(months_of(seconded.longest), found.ends_on + DAY)
        cap = min(longest, found.cap_on) if found.cap_on else longest
        return Extending(until, cap, found.extended, None, found.ends_on)
    after = after_of(moment, found)
    law = after.extension if after and found.kind == "regular" else None
    return Extending(
        until,
        _cap(found, law),
        found.extended,
        law.times if law else (0 if found.kind == "regular" else None),
        found.ends_on,
    )


def _cap(found: Service, law: Extendable | None) -> date | None:
    """The last day that an extension may give: so much more, and so much in all."""
    if law is None or found.ends_on is None:
        return found.cap_on
    months = (law.by.years or 0) * 12 + (law.by.months or 0)
    by = add_months(found.ends_on, months) if months else found.cap_on
    return min((each for each in (by, found.cap_on) if each is not None), default=None)


def _reviews(session: Session, found: Service) -> list[ServiceTask]:
    query = select(ServiceTask).where(
        col(ServiceTask.service_id) == found.id, col(ServiceTask.kind) == "review"
    )
    return list(session.exec(query.order_by(col(ServiceTask.due_on), col(ServiceTask.key))))
