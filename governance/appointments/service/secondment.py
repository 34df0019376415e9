"""How long an officer may be seconded: at a time, and in all, counted over every secondment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.appointments.models import Candidacy
from governance.appointments.service.models import Service
from governance.appointments.service.rules import Seconding, secondment_is_within_its_limits
from governance.calendar.days import DAY
from governance.calendar.periods import add_months
from governance.refusals import Finding
from governance.rulebook.assessing import Secondment
from governance.rulebook.parts import Period

SECONDED = "seconded"


def finding_of(
    session: Session, law: Secondment | None, candidacy: Candidacy, on: date
) -> list[Finding]:
    """What the law of secondments says of a candidate; nothing of who is not seconded."""
    if law is None or candidacy.kind != SECONDED:
        return []
    years = candidacy.facts.get("secondment_years")
    facts = Seconding(
        months=12 * years if isinstance(years, int) else None,
        shortest=months_of(law.shortest),
        longest=months_of(law.longest),
        in_all=months_of(law.in_all),
        before=days_seconded(session, candidacy.person_id, on),
        left=days_left(session, law, candidacy.person_id, on),
        asked=days_of(12 * years, on) if isinstance(years, int) else 0,
    )
    return [
        replace(each, article=str(law.article))
        for each in (secondment_is_within_its_limits(facts),)
    ]


def is_secondment(session: Session, found: Service) -> bool:
    """Whether somebody serves who is seconded by their administration."""
    candidacy = session.get(Candidacy, found.candidacy_id) if found.candidacy_id else None
    return candidacy is not None and candidacy.kind == SECONDED


def days_seconded(session: Session, person_id: str, today: date) -> int:
    """Days served, or promised, in every secondment of a person."""
    query = (
        select(Service)
        .join(Candidacy, col(Candidacy.id) == col(Service.candidacy_id))
        .where(
            col(Service.person_id) == person_id,
            col(Candidacy.kind) == SECONDED,
            col(Service.state) != "fallen_through",
        )
    )
    return sum(_days(each, today) for each in session.exec(query))


def days_left(session: Session, law: Secondment, person_id: str, on: date) -> int:
    """How many days somebody may still be seconded, from a day on."""
    return days_of(months_of(law.in_all), on) - days_seconded(session, person_id, on)


def last_day_of(months: int, begins: date) -> date:
    """The last day of so many months that begin on a day."""
    return add_months(begins, months) - DAY


def days_of(months: int, begins: date) -> int:
    """How many days so many months are, from a day on."""
    return (add_months(begins, months) - begins).days


def months_of(period: Period) -> int:
    """A period of months or years in months."""
    return 12 * (period.years or 0) + (period.months or 0)


def _days(found: Service, today: date) -> int:
    ended = DateTime.instance(found.ended_at).date() if found.ended_at else None
    until = ended or found.ends_on or today
    return max(0, (until - found.begins_on).days + 1)
