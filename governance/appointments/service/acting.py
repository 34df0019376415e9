"""Somebody acts in an office for a time: counted, and capped by the law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.law import current_law
from governance.appointments.service.authority import officer
from governance.appointments.service.engaging import ENTRY, next_reference, set_at
from governance.appointments.service.models import Service
from governance.appointments.service.rules import (
    ActingFor,
    acting_time_is_within_its_cap,
    nobody_acts_for_themselves,
)
from governance.calendar.days import DAY
from governance.calendar.periods import add_months
from governance.database import new_id
from governance.people.models import Person
from governance.people.queries import by_email, holder
from governance.refusals import Reason, Requirements, refuse
from governance.rulebook.parts import Period
from governance.rulebook.schema import Office, Rulebook

RULES = Requirements((acting_time_is_within_its_cap, nobody_acts_for_themselves))
TEMPORARY = ("acting", "interim")


@dataclass(frozen=True)
class Acting:
    """Who acts in which office, from when to when (both included), and why."""

    email: str
    office: str
    begins_on: date
    ends_on: date
    reason: str


def acting_body(moment: Moment, _: Service | None, given: Acting) -> Written[Service]:
    """Somebody acts in an office from a day on. Raises Refused with every cap that is passed."""
    version, rulebook = current_law(moment.session)
    office, person = _who_and_where(moment, rulebook, given)
    facts = _facts(moment, rulebook, office, person, given)
    RULES.must_hold(facts)
    moment.rules.extend(RULES.findings(facts))
    found = Service(
        id=new_id(),
        reference=next_reference(moment),
        kind="acting",
        person_id=person.id,
        office=office.key,
        law=version,
        begins_on=given.begins_on,
        ends_on=given.ends_on,
        cap_on=given.begins_on + (facts.longest - 1) * DAY if facts.longest else None,
    )
    moment.session.add(found)
    moment.session.flush()
    sealed = moment.seal(f"service:{found.id}", given.reason)
    found.because = sealed["sealed"]
    set_at(moment, found, ENTRY, given.begins_on - DAY)
    moment.owe("service", found.id)
    return Written(
        {
            "begins_on": given.begins_on.isoformat(),
            "before": facts.before,
            "days": facts.days,
            "ends_on": given.ends_on.isoformat(),
            "office": office.key,
            "person": person.id,
            "reason": sealed,
            "reference": found.reference,
        },
        found,
    )


def _who_and_where(moment: Moment, rulebook: Rulebook, given: Acting) -> tuple[Office, Person]:
    office = rulebook.office(given.office)
    person = by_email(moment.session, given.email)
    if office is None or person is None:
        raise refuse(
            'there is no office "{office}", or nobody is on file under "{email}"',
            rule="known_person",
            cure="Offices: {known}.",
            where="--office" if office is None else "--person",
            reason=Reason.INPUT,
            office=given.office[:60],
            email=given.email[:80],
            known=", ".join(each.key for each in rulebook.organisation.offices),
        )
    if given.ends_on < given.begins_on or not given.reason.strip():
        raise refuse(
            "acting has a first day, a last day that is not before it, and a reason",
            rule="span_is_understood",
            cure="Give --from, --until and --reason.",
            where="--until",
            reason=Reason.INPUT,
        )
    return office, person


def _facts(
    moment: Moment, rulebook: Rulebook, office: Office, person: Person, given: Acting
) -> ActingFor:
    law = rulebook.organisation.acting
    held = holder(moment.session, office.key, moment.now)
    return ActingFor(
        days=(given.ends_on - given.begins_on).days + 1,
        before=days_served(temporary(moment.session, person.id, office.key), moment.now.date()),
        longest=_days(law.longest, given.begins_on) if law else None,
        in_all=_days(law.in_all, given.begins_on) if law else None,
        office_is_held=held is not None,
        is_same_person=held is not None and held.id == person.id,
    )


BEGIN_ACTING: Verb[Service, Acting] = Verb(
    "service:begin_acting", Service, "service", officer, acting_body
)


def temporary(session: Session, person_id: str, office: str) -> list[Service]:
    """The acting and interim services of a person in an office."""
    query = select(Service).where(
        col(Service.person_id) == person_id,
        col(Service.office) == office,
        col(Service.kind).in_(TEMPORARY),
        col(Service.state) != "fallen_through",
    )
    return list(session.exec(query.order_by(col(Service.begins_on))))


def days_served(services: Iterable[Service], today: date) -> int:
    """Days served or promised in all of them; a service that ended early counts to its end."""
    days = 0
    for each in services:
        until = _day(each.ended_at) if each.ended_at else (each.ends_on or today)
        days += max(0, (until - each.begins_on).days + 1)
    return days


def caps(rulebook: Rulebook) -> dict[str, Any] | None:
    """What the law says of acting, as plain data."""
    law = rulebook.organisation.acting
    if law is None:
        return None
    return {
        "longest": law.longest.plain,
        "in_all": law.in_all.plain,
        "article": str(law.article),
    }


def _days(period: Period, begins: date) -> int:
    months = 12 * (period.years or 0) + (period.months or 0)
    if months:
        return (add_months(begins, months) - begins).days
    return 7 * period.weeks if period.weeks else period.count


def _day(at: datetime) -> date:
    return DateTime.instance(at).date()
