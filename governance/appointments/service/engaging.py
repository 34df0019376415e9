"""A service comes about: expected after a decision, entered with the oath, planned by the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pendulum
from pendulum import DateTime
from sqlalchemy import text
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.law import law_of
from governance.appointments.models import Candidacy, Case
from governance.appointments.service import offers, secondment
from governance.appointments.service.authority import officer, officer_or_clock
from governance.appointments.service.lifecycle import OfferLifecycle, ServiceLifecycle
from governance.appointments.service.models import Offer, Service, ServiceTask
from governance.appointments.service.rules import Entering
from governance.appointments.stages.standing import Standing
from governance.calendar.counting import count
from governance.calendar.days import DAY, Calendar
from governance.calendar.periods import Unit
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.models import Holding
from governance.people.queries import holder
from governance.record import deadlines
from governance.record.models import Series
from governance.record.outbox import Notice
from governance.refusals import Reason, refuse
from governance.rulebook.assessing import After
from governance.rulebook.parts import Period
from governance.rulebook.periods import counting
from governance.rulebook.schema import Post, Procedure, Rulebook
from governance.rulebook.stages import Effect

ENTRY, END, CONFIRMATION = "entry", "end_of_term", "confirmation"


@dataclass(frozen=True)
class Sworn:
    """The day on which the oath or declaration was made; empty: today."""

    on: date | None = None


@dataclass(frozen=True)
class Entered:
    """An entry on duty; `on` is another day than the one expected."""

    on: date | None = None


@dataclass(frozen=True)
class Because:
    """The reason of an act that needs one."""

    reason: str


def service(standing: Standing, _: Effect) -> list[str]:
    """Expect the appointed person on the day of entry; an interim is capped, and reported."""
    return [_expect(standing, each).reference for each in standing.candidacies("appointed")]


def _expect(standing: Standing, candidacy: Candidacy) -> Service:
    moment, case, expedited = standing.moment, standing.case, standing.procedure.expedited
    begins = case.entry_on_duty or moment.now.in_timezone(standing.calendar.zone).date()
    term = expedited.longest if expedited else standing.post.term
    ends_on = last_day(term, begins, standing) if term else None
    cap_on = _cap(standing, begins)
    law = standing.rulebook.organisation.secondment
    if law is not None and candidacy.kind == secondment.SECONDED and expedited is None:
        months = 12 * int(candidacy.facts.get("secondment_years") or 1)
        ends_on = secondment.last_day_of(months, begins)
        left = secondment.days_left(moment.session, law, candidacy.person_id, begins)
        cap_on = begins + (left - 1) * DAY
    expected = Service(
        id=new_id(),
        reference=next_reference(moment),
        kind="interim" if expedited else "regular",
        case_id=case.id,
        candidacy_id=candidacy.id,
        person_id=candidacy.person_id,
        office=standing.post.office.removeprefix("office."),
        post=case.post,
        law=case.law,
        begins_on=begins,
        ends_on=ends_on,
        cap_on=cap_on,
    )
    moment.session.add(expected)
    moment.session.flush()
    _at(moment, expected, ENTRY, begins, standing.calendar.zone)
    if expedited is not None:
        _report(standing, expected)
    return expected


def _cap(standing: Standing, begins: date) -> date | None:
    expedited, after = standing.procedure.expedited, standing.procedure.after
    if expedited is not None:
        return last_day(expedited.longest, begins, standing)
    if after is not None and after.extension is not None and after.extension.in_all is not None:
        return last_day(after.extension.in_all, begins, standing)
    return None


def last_day(period: Period, begins: date, standing: Standing) -> date:
    """The last day of a term that begins on a day: the day before its anniversary."""
    return _last(period, begins, standing.calendar)


def _last(period: Period, begins: date, calendar: Calendar) -> date:
    told = counting(Period.model_validate(period.plain))
    if told.unit in {Unit.HOURS, Unit.WORKING_DAYS}:
        return count(told, begins, calendar).last_day
    return told.shifted(begins) - DAY


def _report(standing: Standing, interim: Service) -> None:
    """Whoever the law names is told at once of an interim."""
    expedited = standing.procedure.expedited
    assert expedited is not None  # noqa: S101 -- the caller has just asked
    moment, office = standing.moment, expedited.reported_to.removeprefix("office.")
    told = holder(moment.session, office, moment.now)
    if told is None:
        message = f"nobody holds the office {office!r}, to which an interim is reported"
        raise LookupError(message)
    moment.tell(
        standing.subject,
        Notice(
            key=f"interim:{interim.id}",
            person_id=told.id,
            template="interim",
            facts={
                "reference": standing.case.reference,
                "until": interim.ends_on.isoformat() if interim.ends_on else "",
            },
        ),
    )


def oath_body(moment: Moment, found: Service | None, given: Sworn) -> Written[Service]:
    """Keep the day on which the oath or declaration was made."""
    assert found is not None  # noqa: S101 -- the door locks the subject first
    today = today_of(moment, found)
    on = given.on or today
    if found.state != "expected":
        fire(ServiceLifecycle, found.state, "enter")
    if on > today:
        raise refuse(
            "the day {day} has not come",
            rule="day_has_come",
            cure="Record it when it was made.",
            where="--on",
            reason=Reason.INPUT,
            day=on.isoformat(),
        )
    found.oath_on = on
    return Written({"oath_on": on.isoformat()}, found)


def enter_body(moment: Moment, found: Service | None, given: Entered) -> Written[Service] | None:
    """The person enters on duty: holds the office from today, and the plan's dates are set.

    By the clock only where the law asks for no oath; otherwise an officer says it.
    """
    assert found is not None  # noqa: S101 -- the door locks the subject first
    after, today = after_of(moment, found), today_of(moment, found)
    asks_oath = bool(after and after.oath and found.kind != "acting")
    if moment.actor.is_clock:
        _lift(moment, found, ENTRY)
        if asks_oath or found.state != "expected" or offers.is_conditional(moment, found):
            return Written({"waits_for": "hr_officer"}, found)
    begins = found.begins_on if moment.actor.is_clock else given.on or max(found.begins_on, today)
    probation = after.probation if after and found.kind == "regular" else None
    event = "enter_on_probation" if probation else "enter"
    facts = Entering(asks_oath, found.oath_on, begins, today)
    found.state = fire(ServiceLifecycle, found.state, event, facts)
    offers.fulfilled(moment, found.candidacy_id)
    _shift(found, begins)
    found.entered_at = moment.now
    _hold(moment, found)
    tasks = _tasks(moment, found, after)
    _lift(moment, found, ENTRY)
    if found.ends_on is not None:
        _at(moment, found, END, found.ends_on, zone_of(moment, found), after_it=True)
    moment.owe("service", found.id)
    return Written({"begins_on": begins.isoformat(), "state": found.state, "tasks": tasks}, found)


def fall_through_body(moment: Moment, found: Service | None, given: Because) -> Written[Service]:
    """The person never comes: the post is free again."""
    assert found is not None  # noqa: S101 -- the door locks the subject first
    reason = with_reason(moment, found, given.reason)
    found.state = fire(ServiceLifecycle, found.state, "fall_through")
    found.ended_at, found.end_reason = moment.now, "never_begun"
    deadlines.close(moment.session, ("service", found.id))
    query = select(Offer).where(
        col(Offer.candidacy_id) == found.candidacy_id, col(Offer.state) == "accepted"
    )
    for offer in moment.session.exec(query):
        offer.state = fire(OfferLifecycle, offer.state, "take_back")
        offer.live_post, offer.decided_at = None, moment.now
    moment.owe("service", found.id)
    return Written({"reason": reason}, found)


OATH: Verb[Service, Sworn] = Verb("service:oath", Service, "service", officer, oath_body)
ENTER: Verb[Service, Entered] = Verb(
    "service:enter", Service, "service", officer_or_clock, enter_body
)
FALL_THROUGH: Verb[Service, Because] = Verb(
    "service:fall_through", Service, "service", officer, fall_through_body
)


def with_reason(moment: Moment, found: Service, reason: str) -> dict[str, str]:
    """The reason, sealed under the service's file. Refused where there is none."""
    if not reason.strip():
        raise refuse(
            "this is not done without a reason",
            rule="reasons_are_given",
            cure="Write the reason.",
            where="reason",
            reason=Reason.INPUT,
        )
    sealed = moment.seal(f"service:{found.id}", reason)
    found.because = sealed["sealed"]
    return sealed


def _shift(found: Service, begins: date) -> None:
    """Who begins later than expected ends as much later; what is for a time ends as it was said."""
    late = begins - found.begins_on
    found.begins_on = begins
    if found.kind != "regular":
        return
    found.ends_on = found.ends_on + late if found.ends_on else None
    found.cap_on = found.cap_on + late if found.cap_on else None


def _hold(moment: Moment, found: Service) -> None:
    """Who enters holds the office; a regular holder takes it over from whoever held it."""
    if found.kind == "regular":
        before = select(Holding).where(
            col(Holding.office) == found.office, col(Holding.until).is_(None)
        )
        for held in moment.session.exec(before):
            held.until = moment.now
    holding = Holding(
        id=new_id(),
        office=found.office,
        person_id=found.person_id,
        since=moment.now,
        facts={"service": found.reference, "kind": found.kind},
    )
    moment.session.add(holding)
    found.holding_id = holding.id


def _tasks(moment: Moment, found: Service, after: After | None) -> list[str]:
    """The induction, the trainings and the reviews of the probation, each with its day."""
    if after is None or found.kind != "regular":
        return []
    planned = [("induction", each.key, each.title.root, each.within) for each in after.induction]
    if after.probation is not None:
        found.probation_until = counted(moment, found, after.probation.period)
        planned += [
            ("review", each.key, each.title.root, each.after) for each in after.probation.reviews
        ]
    for kind, key, title, within in planned:
        _task(moment, found, kind, key, title, within)
    return [key for _, key, _, _ in planned]


def _task(  # noqa: PLR0913, PLR0917 -- the parts of a task
    moment: Moment, found: Service, kind: str, key: str, title: Any, within: Period
) -> None:
    due = counted(moment, found, within)
    moment.session.add(
        ServiceTask(
            service_id=found.id,
            kind=kind,
            key=key,
            title={str(language): words for language, words in title.items()},
            due_on=due,
        )
    )


def counted(moment: Moment, found: Service, period: Period) -> date:
    """The last day of a period from entry on duty, on the calendar of the post."""
    calendar = moment.house.calendars[procedure_of(moment, found).calendar]
    return count(counting(period), found.begins_on, calendar).last_day


def _at(  # noqa: PLR0913 -- an owner, an event, a day and how it is taken
    moment: Moment, found: Service, event: str, day: date, zone: str, *, after_it: bool = False
) -> None:
    at = pendulum.datetime(day.year, day.month, day.day, tz=zone).add(days=int(after_it))
    deadlines.set_deadline(
        moment.session, ("service", found.id), event, DateTime.instance(at.in_timezone("UTC")), {}
    )


def set_end(moment: Moment, found: Service) -> None:
    """The clock ends the service after its last day."""
    if found.ends_on is not None:
        _at(moment, found, END, found.ends_on, zone_of(moment, found), after_it=True)


def set_at(moment: Moment, found: Service, event: str, day: date) -> None:
    """The clock comes back after a day."""
    _at(moment, found, event, day, zone_of(moment, found), after_it=True)


def _lift(moment: Moment, found: Service, event: str) -> None:
    deadlines.lift(moment.session, ("service", found.id), event)


def next_reference(moment: Moment) -> str:
    """The number of a service, counted through the year: SV-2026-0001."""
    year = moment.now.year
    first = text("INSERT INTO series (key, last) VALUES (:key, 0) ON CONFLICT DO NOTHING")
    moment.session.connection().execute(first, {"key": f"service:{year}"})
    series = moment.session.get_one(Series, f"service:{year}", with_for_update=True)
    series.last += 1
    return f"SV-{year}-{series.last:04d}"


def rulebook_of(moment: Moment, found: Service) -> Rulebook:
    """The law that the service is under."""
    return law_of(moment.session, found.law)


def procedure_of(moment: Moment, found: Service) -> Procedure:
    """The procedure that the person was appointed by, or that fills the post."""
    rulebook = rulebook_of(moment, found)
    post = post_of(rulebook, found)
    key = post.procedure if post else rulebook.procedures[0].key
    if found.case_id is not None:
        key = moment.session.get_one(Case, found.case_id).procedure
    procedure = rulebook.procedure(key)
    assert procedure is not None  # noqa: S101 -- the law is pinned with its procedures
    return procedure


def post_of(rulebook: Rulebook, found: Service) -> Post | None:
    """The post of the office."""
    own = rulebook.post(found.post)
    office = f"office.{found.office}"
    return own or next((each for each in rulebook.posts if each.office == office), None)


def after_of(moment: Moment, found: Service) -> After | None:
    """What the law says of the time after the decision."""
    return procedure_of(moment, found).after


def zone_of(moment: Moment, found: Service) -> str:
    """The zone in which the service's days begin."""
    return moment.house.calendars[procedure_of(moment, found).calendar].zone


def today_of(moment: Moment, found: Service) -> date:
    """Today, where the service is counted."""
    return moment.now.in_timezone(zone_of(moment, found)).date()
