"""The roster: who was found suitable and not appointed, drawn into a later case in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pendulum
from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.law import law_of
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Candidacy, Case
from governance.appointments.service.authority import clock, officer
from governance.appointments.service.lifecycle import RosterLifecycle
from governance.appointments.service.models import RosterPlace
from governance.appointments.service.rules import Placed
from governance.appointments.stages.standing import Standing
from governance.calendar.counting import count
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.models import Person
from governance.record import deadlines
from governance.refusals import Reason, refuse
from governance.rulebook.assessing import Roster
from governance.rulebook.periods import counting
from governance.rulebook.schema import Post
from governance.rulebook.stages import Collect, Effect

SUITABLE = ("shortlisted", "cleared", "cleared_with_conditions")
EXPIRY = "roster_expiry"


@dataclass(frozen=True)
class Draw:
    """The case into which somebody is drawn from the roster."""

    case_id: str


@dataclass(frozen=True)
class GivenUp:
    """Why a place is given up."""

    reason: str


def roster(standing: Standing, _: Effect) -> list[str]:
    """Put on the roster whoever was recommended and not appointed, for as long as the law says."""
    law = standing.procedure.after.roster if standing.procedure.after else None
    if law is None:
        return []
    moment = standing.moment
    suitable = standing.candidacies("shortlisted")
    known = set(
        moment.session.exec(
            select(RosterPlace.candidacy_id).where(
                col(RosterPlace.candidacy_id).in_([each.id for each in suitable])
            )
        )
    )
    today = moment.now.in_timezone(standing.calendar.zone).date()
    until = count(counting(law.valid), today, standing.calendar).last_day
    listed = []
    for each in suitable:
        if each.id in known:
            continue
        place = RosterPlace(
            id=new_id(),
            case_id=standing.case.id,
            candidacy_id=each.id,
            person_id=each.person_id,
            post=standing.case.post,
            grade=standing.post.grade,
            since=today,
            until=until,
        )
        moment.session.add(place)
        _expires(moment, place, standing.calendar.zone)
        listed.append(each.id)
    return listed


def renew_body(moment: Moment, place: RosterPlace | None, _: None) -> Written[RosterPlace]:
    """The place is good for longer, as often as the law says."""
    assert place is not None  # noqa: S101 -- the door locks the subject first
    law, zone = _law(moment, place)
    renewal = law.renew if law else None
    if renewal is None or place.renewed >= renewal.times:
        raise refuse(
            "this place may not be renewed, or not again",
            rule="roster_renewal",
            article=str(law.valid) if law else "",
            cure="Open a call.",
        )
    place.state = fire(RosterLifecycle, place.state, "renew")
    calendar = moment.house.calendars[_procedure_calendar(moment, place)]
    place.until = count(counting(renewal.by), place.until, calendar).last_day
    place.renewed += 1
    _expires(moment, place, zone)
    return Written({"renewed": place.renewed, "until": place.until.isoformat()}, place)


def use_body(moment: Moment, place: RosterPlace | None, given: Draw) -> Written[RosterPlace]:
    """Draw somebody into a case whose call is open, as a candidate from the roster."""
    assert place is not None  # noqa: S101 -- the door locks the subject first
    case = moment.session.get_one(Case, given.case_id, with_for_update=True)
    fire(CaseLifecycle, case.state, "go_on")
    rulebook = law_of(moment.session, case.law)
    procedure, post = rulebook.procedure(case.procedure), rulebook.post(case.post)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    _fits(place, post, open_call=isinstance(procedure.stage(case.stage), Collect))
    here = select(Candidacy.id).where(
        col(Candidacy.case_id) == case.id, col(Candidacy.person_id) == place.person_id
    )
    if moment.session.exec(here).first() is not None:
        raise refuse(
            "this person is a candidate in that case already",
            rule="one_candidacy_each",
            cure="See the case's candidates.",
            reason=Reason.INPUT,
        )
    zone = moment.house.calendars[procedure.calendar].zone
    today = moment.now.in_timezone(zone).date()
    place.state = fire(RosterLifecycle, place.state, "use", Placed(place.until, today))
    came = moment.session.get_one(Candidacy, place.candidacy_id)
    candidacy = Candidacy(
        id=new_id(),
        case_id=case.id,
        person_id=place.person_id,
        kind="roster",
        came_by="roster",
        facts={**came.facts, "roster": place.id},
        came_at=moment.now,
    )
    moment.session.add(candidacy)
    place.used_in = case.id
    deadlines.close(moment.session, ("roster", place.id))
    moment.owe("case", case.id)
    return Written({"candidacy": candidacy.id, "case": case.reference}, place)


def remove_body(moment: Moment, place: RosterPlace | None, given: GivenUp) -> Written[RosterPlace]:
    """The place is given up, with a reason on file."""
    assert place is not None  # noqa: S101 -- the door locks the subject first
    if not given.reason.strip():
        raise refuse(
            "this is not done without a reason",
            rule="reasons_are_given",
            cure="Write the reason.",
            where="reason",
            reason=Reason.INPUT,
        )
    place.state = fire(RosterLifecycle, place.state, "remove")
    sealed = moment.seal(f"candidacy:{place.candidacy_id}", given.reason)
    place.because = sealed["sealed"]
    deadlines.close(moment.session, ("roster", place.id))
    return Written({"reason": sealed}, place)


def expire_body(
    moment: Moment, place: RosterPlace | None, generation: int
) -> Written[RosterPlace] | None:
    """Its last day is over."""
    assert place is not None  # noqa: S101 -- the door locks the subject first
    due = deadlines.find(moment.session, ("roster", place.id), EXPIRY)
    if due is None or due.generation != generation or due.due_at > moment.now:
        return None
    if place.state != "listed":
        return None
    place.state = fire(RosterLifecycle, place.state, "expire")
    deadlines.close(moment.session, ("roster", place.id))
    return Written({"until": place.until.isoformat()}, place)


RENEW: Verb[RosterPlace, None] = Verb("roster:renew", RosterPlace, "roster", officer, renew_body)
USE: Verb[RosterPlace, Draw] = Verb("roster:use", RosterPlace, "roster", officer, use_body)
REMOVE: Verb[RosterPlace, GivenUp] = Verb(
    "roster:remove", RosterPlace, "roster", officer, remove_body
)
EXPIRE: Verb[RosterPlace, int] = Verb("roster:expire", RosterPlace, "roster", clock, expire_body)


def listed(
    session: Session, *, state: str = "listed", grade: str = ""
) -> list[tuple[RosterPlace, Person]]:
    """Who is on the roster, the place that ends first on top."""
    query = select(RosterPlace, Person).join(Person, col(Person.id) == col(RosterPlace.person_id))
    if state:
        query = query.where(col(RosterPlace.state) == state)
    if grade:
        query = query.where(col(RosterPlace.grade) == grade)
    ordered = query.order_by(col(RosterPlace.until), col(RosterPlace.id)).limit(500)
    return [(place, person) for place, person in session.exec(ordered)]


def _fits(place: RosterPlace, post: Post | None, *, open_call: bool) -> None:
    if not open_call or post is None or post.grade != place.grade:
        raise refuse(
            "the roster is drawn on while a call is open, for a post of the same grade",
            rule="roster_fits",
            cure="Choose a case at its call, for a post of grade {grade}.",
            reason=Reason.TURN,
            grade=place.grade,
        )


def _law(moment: Moment, place: RosterPlace) -> tuple[Roster | None, str]:
    case = moment.session.get_one(Case, place.case_id)
    procedure = law_of(moment.session, case.law).procedure(case.procedure)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    zone = moment.house.calendars[procedure.calendar].zone
    return (procedure.after.roster if procedure.after else None), zone


def _procedure_calendar(moment: Moment, place: RosterPlace) -> str:
    case = moment.session.get_one(Case, place.case_id)
    procedure = law_of(moment.session, case.law).procedure(case.procedure)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    return procedure.calendar


def _expires(moment: Moment, place: RosterPlace, zone: str) -> None:
    day: date = place.until
    at = pendulum.datetime(day.year, day.month, day.day, tz=zone).add(days=1)
    deadlines.set_deadline(
        moment.session, ("roster", place.id), EXPIRY, DateTime.instance(at.in_timezone("UTC")), {}
    )
