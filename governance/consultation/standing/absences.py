"""Somebody plans an absence, or takes the plan back; when it begins, the substitute is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pendulum
from sqlmodel import Session, col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.consultation.standing.queries import deputised
from governance.consultation.standing.ways import alarm, open_seats, open_ways
from governance.database import new_id
from governance.people.models import Absence, Person, Preference
from governance.people.planning import Told, period_of, zone_of
from governance.people.queries import by_email, offices_of
from governance.people.rules import PLANNING, Period, Planning
from governance.record import deadlines
from governance.refusals import Finding, Reason, Refused, refuse
from governance.rulebook.current import current_law

BEGINS = "absence begins"
SEATS = "seats of an office follow"  # of an absence that began or ended by an act, at once
STAFF = frozenset({"administrator", "committee_secretary", "hr_officer"})
SIGNED_IN = frozenset({Level.SESSION, Level.FRESH})


@dataclass(frozen=True)
class Cancelled:
    """An absence that is not taken after all, or ends now."""

    absence: str


@dataclass(frozen=True)
class Began:
    """An absence whose beginning has come, or that others follow which do not know it."""

    absence: str
    event: str = BEGINS


def the_person_or_staff(moment: Moment, person: Person | None, _: object) -> str:
    """Everybody for themselves; HR officers, secretaries and administrators for others."""
    actor = moment.actor
    if actor.level in SIGNED_IN and actor.person_id is not None:
        if person is not None and actor.person_id == person.id:
            return "self"
        held = sorted(actor.roles & STAFF)
        if held:
            return f"role:{held[0]}"
    raise refuse(
        "this is for the person, an HR officer or a secretary to do",
        rule="own_affairs",
        article="Mandate, roles",
        cure="Sign in as one of them.",
        reason=Reason.AUTHORITY,
    )


def the_clock_alone(moment: Moment, _: object, __: object) -> str:
    """What happens when an instant comes is nobody's act."""
    if moment.actor.is_clock:
        return "clock"
    raise refuse(
        "this happens by itself when its time comes",
        rule="only_the_clock",
        cure="Wait for it, or cancel the absence.",
        reason=Reason.AUTHORITY,
    )


def plan_findings(
    moment: Moment, person: Person, told: Told, *, except_for: str = ""
) -> tuple[Period, Person | None, list[Finding]]:
    """The period and substitute of an absence, and what every rule says of it."""
    session = moment.session
    period = period_of(told, zone_for(moment, person))
    substitute = by_email(session, told.substitute) if told.substitute else None
    known = not told.substitute or (substitute is not None and substitute.left_at is None)
    offices = offices_of(session, person.id, max(moment.now, period.since))
    case = Planning(
        now=moment.now,
        person=person.id,
        period=period,
        substitute=substitute.id if substitute else None,
        known=known,
        scope=frozenset(told.scope),
        offices=offices,
        deputised=deputised(session, current_law(session)[1], offices, moment.now),
        mine=_periods(session, person.id, moment, except_for),
        theirs=_periods(session, substitute.id, moment, "") if substitute else (),
    )
    return period, substitute, PLANNING.findings(case)


def plan_body(moment: Moment, person: Person | None, told: Told) -> Written[Person]:
    """Keep the absence; where it has begun, the substitute is asked at once."""
    assert person is not None  # noqa: S101 -- the door locks the subject first
    period, substitute, findings = plan_findings(moment, person, told)
    if faults := [each for each in findings if each.blocks]:
        raise Refused(faults)
    moment.rules.extend(findings)
    absence = keep_absence(moment, person, told, (period, substitute))
    return Written({"absence": absence.id, **_facts(absence), **take_hold(moment, absence)}, person)


def keep_absence(
    moment: Moment,
    person: Person,
    told: Told,
    found: tuple[Period, Person | None],
) -> Absence:
    """The row of an absence, for the period and the substitute that were found."""
    period, substitute = found
    absence = Absence(
        id=new_id(),
        person_id=person.id,
        since=period.since,
        until=period.until,
        substitute_id=substitute.id if substitute else None,
        scope=sorted(told.scope),
        instrument=told.instrument.strip()[:200],
        source=told.source,
        uid="",
        made_at=moment.now,
        made_by=moment.actor.person_id,
    )
    absence.uid = told.uid or absence.id
    moment.session.add(absence)
    moment.session.flush()
    return absence


def take_hold(moment: Moment, absence: Absence) -> dict[str, Any]:
    """What follows from an absence: now, if it has begun; otherwise when it begins."""
    if absence.since > moment.now:
        owner = ("absence", absence.id)
        deadlines.set_deadline(moment.session, owner, BEGINS, absence.since, {})
        return {}
    deadlines.set_deadline(moment.session, ("absence", absence.id), SEATS, moment.now, {})
    return follow(moment, absence.person_id)


def follow(moment: Moment, person_id: str) -> dict[str, Any]:
    """Open questions of somebody who is away: the substitute is asked, an alarm where nobody is."""
    offices = offices_of(moment.session, person_id, moment.now)
    asked = open_seats(moment.session, people=[person_id], offices=offices)
    facts = {"asked": open_ways(moment, asked), "nobody_decides": alarm(moment, asked)}
    return {key: value for key, value in facts.items() if value}


def cancel_body(moment: Moment, person: Person | None, given: Cancelled) -> Written[Person]:
    """The absence is not taken, or ends now: its substitution ends with it."""
    assert person is not None  # noqa: S101 -- the door locks the subject first
    absence = moment.session.get(Absence, given.absence)
    if absence is None or absence.person_id != person.id or absence.cancelled_at is not None:
        raise refuse(
            "there is no such absence",
            rule="known_absence",
            cure="See the absences that are planned.",
            reason=Reason.MISSING,
        )
    if absence.until <= moment.now:
        raise refuse(
            "the absence is over already",
            rule="absence_is_not_over",
            cure="There is nothing left to cancel.",
            reason=Reason.TURN,
        )
    if absence.since < moment.now:
        absence.until = moment.now  # what was done meanwhile was done by right
    else:
        absence.cancelled_at = moment.now
    deadlines.close(moment.session, ("absence", absence.id))
    if absence.cancelled_at is None:
        deadlines.set_deadline(moment.session, ("absence", absence.id), SEATS, moment.now, {})
    return Written({"absence": absence.id}, person)


def begin_body(moment: Moment, person: Person | None, given: Began) -> Written[Person] | None:
    """The absence begins: whoever acts meanwhile is asked what is open."""
    assert person is not None  # noqa: S101 -- the door locks the subject first
    held = deadlines.find(moment.session, ("absence", given.absence), given.event)
    if held is None or not held.is_open or held.due_at > moment.now:
        return None
    held.is_open = False
    followed = follow(moment, person.id) if given.event == BEGINS else {}
    return Written({"absence": given.absence, **followed}, person)


PLAN: Verb[Person, Told] = Verb(
    "person:be_absent", Person, "person", the_person_or_staff, plan_body
)
CANCEL: Verb[Person, Cancelled] = Verb(
    "person:cancel_absence", Person, "person", the_person_or_staff, cancel_body
)
BEGIN: Verb[Person, Began] = Verb(
    "person:absence_begins", Person, "person", the_clock_alone, begin_body
)


def zone_for(moment: Moment, person: Person) -> str:
    """The zone that somebody lives by."""
    chosen = moment.session.get(Preference, person.id)
    return zone_of(chosen, person.duty_station, moment.house.calendars)


def _periods(
    session: Session, person_id: str, moment: Moment, except_for: str
) -> tuple[Period, ...]:
    query = select(Absence.since, Absence.until).where(
        col(Absence.person_id) == person_id,
        col(Absence.until) > moment.now,
        col(Absence.cancelled_at).is_(None),
        col(Absence.uid) != except_for,
    )
    return tuple(
        Period(pendulum.instance(since), pendulum.instance(until))
        for since, until in session.exec(query)
    )


def _facts(absence: Absence) -> dict[str, Any]:
    return {
        "since": absence.since.isoformat(),
        "until": absence.until.isoformat(),
        "substitute": absence.substitute_id,
        "scope": absence.scope,
    }
