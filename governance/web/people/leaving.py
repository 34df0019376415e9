"""`/people`: one's own affairs; for staff the offices, and the page of somebody who leaves."""

from __future__ import annotations

from sqlmodel import Session, col, select
from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.consultation.standing.absences import STAFF
from governance.consultation.standing.telling import tell_offices
from governance.leaving import LEAVE, Leaving, hanging_on
from governance.people.models import Holding, Person
from governance.refusals import Reason, Refused, refuse, say
from governance.web.desk import Desk, field_of, for_the_signed_in
from governance.web.people_views import LeavingPage, PeoplePage
from governance.web.questions.telling import capacity_of, reading_in
from governance.web.views import Calm, Fact, Filled, Option

KINDS = {
    "office": say("Office"),
    "question": say("Open question"),
    "delegation": say("Delegation to them"),
    "information": say("Information asked of them"),
    "substitution": say("They act for"),
    "assistance": say("They prepare for"),
    "seat": say("Seat"),
    "officer": say("Office of a body"),
    "action": say("Action"),
    "case": say("Case that they launched"),
}


def first(desk: Desk) -> Response:
    """Where to go from here."""
    staff = bool(desk.me.roles & STAFF)
    with desk.house.database.reading() as session:
        reading = reading_in(desk.house, session, desk.me, desk.language)
        found = tell_offices(session, reading.now)
    vacant = say("nobody")
    rows = []
    for each in found:
        names = [one["name"] for one in each["held_by"] if one["now"]]
        emails = [one["person"] for one in each["held_by"] if one["now"]]
        href = f"/people/leaving/{emails[0]}" if staff and emails else ""
        note = reading.listed(
            str(reading.text(office.title))
            for deputy in each["deputies"]
            if (office := reading.rulebook.office(deputy["office"])) is not None
        )
        rows.append(
            Fact(
                reading.text(each["title"]),
                reading.listed(names) or vacant,
                href,
                say("deputy: {names}", names=note) if note else "",
            )
        )
    own = (
        Fact(say("My absences"), say("who acts for me while I am away"), "/people/me/absence"),
        Fact(say("How I am told"), say("channels, quiet hours, calendar"), "/people/me/notices"),
        Fact(
            say("Undelivered messages"),
            say("and questions that nobody can answer now"),
            "/people/undelivered",
        ),
    )
    return desk.page("people", PeoplePage(own, tuple(rows), staff))


def look(desk: Desk) -> Response:
    """Everything that hangs on somebody."""
    return _page(desk, Filled(), 200)


def leave(desk: Desk) -> Response:
    """Pass it on, and end their access."""
    with desk.house.database.reading() as session:
        person = _person(desk, session)
    try:
        perform(desk.house, desk.me, LEAVE, person.id, Leaving(desk.text("to")))
    except Refused as refused:
        if refused.reason is not Reason.INPUT:
            return desk.refused(refused)
        return _page(desk, desk.filled(field_of(refused, {"successor_is_known": "to"})), 422)
    words = (say("Everything is passed on, and access has ended."),)
    return desk.page("calm", Calm(say("{name} has left", name=person.name), words, tone="ok"))


def _page(desk: Desk, filled: Filled, status: int) -> Response:
    with desk.house.database.reading() as session:
        person = _person(desk, session)
        reading = reading_in(desk.house, session, desk.me, desk.language)
        hanging = hanging_on(session, person.id, reading.now)
        view = LeavingPage(
            person.name,
            person.email,
            tuple(Fact(KINDS[each.kind], capacity_of(reading, each.what)) for each in hanging),
            _others(session, person),
            filled,
        )
    return desk.page("leaving", view, status=status)


def _person(desk: Desk, session: Session) -> Person:
    query = select(Person).where(col(Person.email) == desk.path["email"].lower())
    found = session.exec(query).first()
    if found is None or not desk.me.roles & STAFF:
        raise refuse(
            "nobody is registered under this address, or not for your eyes",
            rule="person_is_known",
            cure="Check the address.",
            reason=Reason.MISSING,
        )
    return found


def _others(session: Session, person: Person) -> tuple[Option, ...]:
    query = (
        select(Person)
        .where(
            col(Person.id).in_(select(Holding.person_id)),
            col(Person.id) != person.id,
            col(Person.left_at).is_(None),
        )
        .order_by(col(Person.family_name))
        .limit(200)
    )
    return tuple(Option(each.email, each.name) for each in session.exec(query))


routes: list[Route] = [
    Route("/people", for_the_signed_in(first), methods=["GET"]),
    Route("/people/leaving/{email}", for_the_signed_in(look), methods=["GET"]),
    Route("/people/leaving/{email}", for_the_signed_in(leave), methods=["POST"]),
]
