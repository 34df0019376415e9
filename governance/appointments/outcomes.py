"""What came of a case, in plain data, for whoever asked for it from outside this domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.appointments.law import current_law, law_of
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Candidacy, Case
from governance.appointments.service.models import Service
from governance.lifecycle import finals

NEVER_BEGUN = "never_begun"


@dataclass(frozen=True)
class Outcome:
    """Who was appointed, from which day to which; whether the case is over without anybody."""

    office: str
    person_id: str = ""
    first_day: date | None = None
    last_day: date | None = None
    ended_on: date | None = None
    is_over: bool = False
    never_came: bool = False


@dataclass(frozen=True)
class Running:
    """A case that fills a post at this moment."""

    id: str
    reference: str


def outcome_of(session: Session, case_id: str) -> Outcome:
    """What has come of a case so far. The day is that of entry on duty, once it is known."""
    case = session.get_one(Case, case_id)
    post = law_of(session, case.law).post(case.post)
    office = post.office.removeprefix("office.") if post else ""
    over = case.state in finals(CaseLifecycle)
    served = session.exec(select(Service).where(col(Service.case_id) == case_id)).first()
    if served is not None:
        return Outcome(
            office,
            served.person_id,
            served.begins_on,
            served.ends_on,
            _day(served.ended_at),
            over,
            served.end_reason == NEVER_BEGUN,
        )
    query = select(Candidacy.person_id).where(
        col(Candidacy.case_id) == case_id, col(Candidacy.state) == "appointed"
    )
    person = session.exec(query).first()
    if person is None or not over:
        return Outcome(office, is_over=over)
    return Outcome(office, person, case.entry_on_duty or _day(case.ended_at), is_over=over)


def _day(at: DateTime | None) -> date | None:
    return at.date() if at else None


def running_for(session: Session, post: str) -> Running | None:
    """The case that fills a post already; an interim fills it for a time only."""
    known = current_law(session)[1].post(post)
    query = select(Case.id, Case.reference).where(
        col(Case.post) == post,
        col(Case.state).in_(("running", "paused")),
        col(Case.procedure) == (known.procedure if known else ""),
    )
    found = session.exec(query.order_by(col(Case.launched_at).desc())).first()
    return Running(*found) if found else None


def case_of_service(session: Session, service_id: str) -> tuple[str | None, str]:
    """The case by which somebody serves, and the office in which."""
    served = session.get_one(Service, service_id)
    return served.case_id, served.office
