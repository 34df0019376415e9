"""`/people/me/absence`: the reader's absences and who acts meanwhile."""

from __future__ import annotations

from sqlmodel import Session, col, select
from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.appointments.law import current_law
from governance.consultation.standing.absences import CANCEL, PLAN, Cancelled
from governance.people.absences import planned
from governance.people.models import Absence, Holding, Person, Preference
from governance.people.planning import Told, zone_of
from governance.people.queries import offices_of
from governance.refusals import Reason, Refused, say
from governance.web import words
from governance.web.cases.reading import Reading
from governance.web.cases.standing import instrument_of
from governance.web.desk import Desk, field_of, for_the_signed_in
from governance.web.people_views import AbsencePage, AbsenceRow
from governance.web.questions.telling import reading_in
from governance.web.views import EMPTY, Filled, Option, Words

FIELDS = {
    "absence_has_an_end": "until",
    "absences_do_not_overlap": "since",
    "scope_is_the_persons_own": "scope",
    "substitute_is_somebody_else": "substitute",
    "substitute_is_there": "substitute",
}
PLACES = {"from": "since", "until": "until"}
DONE = {
    "planned": say("The absence is planned. Whoever acts is asked what is open when it begins."),
    "cancelled": say("The absence is called off, and the substitution with it."),
}


def look(desk: Desk) -> Response:
    """What is planned, and the form."""
    return _page(desk, EMPTY, 200)


def plan(desk: Desk) -> Response:
    """Plan an absence, or be told everything that is wrong with it."""
    me = str(desk.me.person_id)
    told = Told(
        me,
        desk.text("since"),
        desk.text("until"),
        desk.text("substitute"),
        desk.texts("scope"),
        desk.text("instrument"),
    )
    try:
        perform(desk.house, desk.me, PLAN, me, told)
    except Refused as refused:
        if refused.reason not in {Reason.INPUT, Reason.RULE}:
            return desk.refused(refused)
        faults = field_of(refused, FIELDS)
        placed = {PLACES.get(name, name): words for name, words in faults.items()}
        return _page(desk, desk.filled(placed), 422)
    return desk.go("/people/me/absence?done=planned")


def cancel(desk: Desk) -> Response:
    """Call an absence off."""
    perform(desk.house, desk.me, CANCEL, str(desk.me.person_id), Cancelled(desk.path["absence"]))
    return desk.go("/people/me/absence?done=cancelled")


def _page(desk: Desk, filled: Filled, status: int) -> Response:
    with desk.house.database.reading() as session:
        person = session.get_one(Person, desk.me.person_id)
        reading = reading_in(desk.house, session, desk.me, desk.language)
        preference = session.get(Preference, person.id)
        zone = zone_of(preference, person.duty_station, desk.house.calendars)
        law = current_law(session)[1]
        view = AbsencePage(
            rows=tuple(
                _row(reading, session, each, zone)
                for each in planned(session, person.id, reading.now)
            ),
            offices=tuple(
                Option(key, reading.text(office.title))
                for key in sorted(offices_of(session, person.id, reading.now))
                if (office := law.office(key)) is not None
            ),
            people=_colleagues(session, person),
            zone=words.town(zone, desk.language),
            filled=filled,
            done=DONE.get(desk.request.query_params.get("done", ""), ""),
            chosen=desk.texts("scope"),
        )
    return desk.page("absence", view, status=status)


def _row(reading: Reading, session: Session, absence: Absence, zone: str) -> AbsenceRow:
    substitute = session.get(Person, absence.substitute_id or "")
    acts: Words = (
        substitute.name if substitute else say("the deputy of the office, if there is one")
    )
    last = absence.until.in_timezone(zone).subtract(microseconds=1)
    return AbsenceRow(
        key=absence.id,
        since=reading.day(absence.since.in_timezone(zone).date()),
        until=reading.day(last.date()),
        acts=acts,
        under=instrument_of(absence.instrument) if absence.instrument else "",
        running=absence.since <= reading.now,
    )


def _colleagues(session: Session, person: Person) -> tuple[Option, ...]:
    """Whoever holds an office: those among whom a substitute is usually found."""
    holders = select(Holding.person_id)
    query = (
        select(Person)
        .where(
            col(Person.id).in_(holders), col(Person.id) != person.id, col(Person.left_at).is_(None)
        )
        .order_by(col(Person.family_name), col(Person.given_names))
        .limit(200)
    )
    return tuple(Option(each.email, each.name) for each in session.exec(query))


routes: list[Route] = [
    Route("/people/me/absence", for_the_signed_in(look), methods=["GET"]),
    Route("/people/me/absence", for_the_signed_in(plan), methods=["POST"]),
    Route("/people/me/absence/{absence}/cancel", for_the_signed_in(cancel), methods=["POST"]),
]
