"""Who holds an office, who prepares for it, and who is close to whom: facts with their instants."""

from __future__ import annotations

from dataclasses import dataclass

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.consultation.standing.absences import the_clock_alone, the_person_or_staff
from governance.consultation.standing.ways import alarm, open_seats, open_ways
from governance.database import new_id
from governance.people.models import Assistance, Holding, Person, Tie
from governance.record import deadlines
from governance.refusals import Reason, refuse
from governance.rulebook.current import current_law

BEGINS = "office begins"
FAMILY, REPORTS_TO = "family", "reports_to"
TIES = (FAMILY, REPORTS_TO)


@dataclass(frozen=True)
class Holds:
    """Somebody takes an office: from when (empty: now), until when (exclusive; empty: open)."""

    office: str
    since: DateTime | None = None
    until: DateTime | None = None


@dataclass(frozen=True)
class Began:
    """A holding whose beginning has come."""

    holding: str


@dataclass(frozen=True)
class Assists:
    """Somebody prepares for an office from now on, or no longer."""

    office: str
    ends: bool = False


@dataclass(frozen=True)
class Close:
    """Somebody is family of another, or reports to them; or no longer."""

    other: str
    kind: str
    ends: bool = False


def staff_may(moment: Moment, _: Person | None, given: object) -> str:
    """HR officers, secretaries and administrators keep the register of offices."""
    return the_person_or_staff(moment, None, given)


def take_office(moment: Moment, person: Person | None, given: Holds) -> Written[Person]:
    """The office passes to somebody; whoever held it holds it until then."""
    assert person is not None  # noqa: S101 -- the door locks the subject first
    _is_an_office(moment, given.office)
    since = given.since or moment.now
    if given.until is not None and given.until <= since:
        raise refuse(
            "the office ends before it begins",
            rule="holding_has_an_end",
            cure="Correct the first or last day.",
            where="until",
            reason=Reason.INPUT,
        )
    former = _hand_over(moment, given.office, since)
    holding = Holding(
        id=new_id(), office=given.office, person_id=person.id, since=since, until=given.until
    )
    moment.session.add(holding)
    moment.session.flush()
    facts = {"office": given.office, "former": former, "since": since.isoformat()}
    if since > moment.now:
        deadlines.set_deadline(moment.session, ("holding", holding.id), BEGINS, since, {})
        return Written(facts, person)
    return Written(facts | _follow(moment, given.office), person)


def office_begins(moment: Moment, person: Person | None, given: Began) -> Written[Person] | None:
    """The day has come: what is open is asked of the new holder."""
    assert person is not None  # noqa: S101 -- the door locks the subject first
    held = deadlines.find(moment.session, ("holding", given.holding), BEGINS)
    if held is None or not held.is_open or held.due_at > moment.now:
        return None
    held.is_open = False
    office = moment.session.get_one(Holding, given.holding).office
    return Written({"office": office, **_follow(moment, office)}, person)


def assist(moment: Moment, person: Person | None, given: Assists) -> Written[Person]:
    """An assistant sees what the office sees in its questions, and never decides."""
    assert person is not None  # noqa: S101 -- the door locks the subject first
    _is_an_office(moment, given.office)
    query = select(Assistance).where(
        col(Assistance.person_id) == person.id,
        col(Assistance.office) == given.office,
        or_(col(Assistance.until).is_(None), col(Assistance.until) > moment.now),
    )
    there = moment.session.exec(query).first()
    if given.ends == (there is None):
        raise refuse(
            "this person does not assist the office"
            if given.ends
            else "this person assists the office already",
            rule="assistance_changes",
            cure="There is nothing to do.",
            reason=Reason.TURN,
        )
    if there is not None:
        there.until = moment.now
    else:
        moment.session.add(
            Assistance(
                person_id=person.id,
                office=given.office,
                since=moment.now,
                made_by=moment.actor.person_id,
            )
        )
    return Written({"office": given.office, "ends": given.ends}, person)


def tie(moment: Moment, person: Person | None, given: Close) -> Written[Person]:
    """Who is family, and who reports to whom: facts by which people are kept apart."""
    assert person is not None  # noqa: S101 -- the door locks the subject first
    if given.kind not in TIES:
        raise refuse(
            '"{kind}" is no tie that is kept here',
            rule="known_tie",
            cure="Choose one of: {known}.",
            where="kind",
            reason=Reason.INPUT,
            kind=given.kind[:40],
            known=", ".join(TIES),
        )
    if given.other == person.id or moment.session.get(Person, given.other) is None:
        raise refuse(
            "the other person is not registered here",
            rule="person_is_known",
            cure="Register the person first, or correct the address.",
            where="other",
            reason=Reason.INPUT,
        )
    query = select(Tie).where(
        col(Tie.person_id) == person.id,
        col(Tie.other_id) == given.other,
        col(Tie.kind) == given.kind,
    )
    kept = moment.session.exec(query).first()
    if kept is None:
        kept = Tie(person_id=person.id, other_id=given.other, kind=given.kind, since=moment.now)
        moment.session.add(kept)
    kept.until = moment.now if given.ends else None
    return Written({"kind": given.kind, "other": given.other, "ends": given.ends}, person)


def _is_an_office(moment: Moment, office: str) -> None:
    known = [each.key for each in current_law(moment.session)[1].organisation.offices]
    if office not in known:
        raise refuse(
            'the rulebook has no {thing} "{name}"',
            rule="known_office",
            cure="It has: {known}.",
            where="office",
            reason=Reason.INPUT,
            thing="office",
            name=office[:60],
            known=", ".join(known),
        )


def _hand_over(moment: Moment, office: str, since: DateTime) -> list[str]:
    """Whoever holds the office holds it until then; what was to begin later is not touched."""
    query = select(Holding).where(
        col(Holding.office) == office,
        col(Holding.since) <= since,
        or_(col(Holding.until).is_(None), col(Holding.until) > since),
    )
    former = []
    for each in moment.session.exec(query.with_for_update()):
        each.until = since
        former.append(each.person_id)
    return former


def _follow(moment: Moment, office: str) -> dict[str, list[str]]:
    asked = open_seats(moment.session, offices=[office])
    facts = {"asked": open_ways(moment, asked), "nobody_decides": alarm(moment, asked)}
    return {key: value for key, value in facts.items() if value}


TAKE_OFFICE: Verb[Person, Holds] = Verb(
    "person:take_office", Person, "person", staff_may, take_office
)
OFFICE_BEGINS: Verb[Person, Began] = Verb(
    "person:office_begins", Person, "person", the_clock_alone, office_begins
)
ASSIST: Verb[Person, Assists] = Verb("person:assist", Person, "person", staff_may, assist)
TIE: Verb[Person, Close] = Verb("person:tie", Person, "person", the_person_or_staff, tie)
