"""Launching an appointment: fill in, check, launch."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from sqlmodel import Session
from starlette.responses import Response
from starlette.routing import Route

from governance.access.actor import Actor
from governance.acts import Moment, perform
from governance.appointments.authority import hr_officer
from governance.appointments.launching import LAUNCH, Launch, launch_findings
from governance.appointments.law import current_law
from governance.refusals import Reason, Refused, refuse
from governance.rulebook.schema import Rulebook
from governance.web.cases.asked import status_of
from governance.web.cases.fill_launch import FIELDS, carried_of, launch_check, launch_form
from governance.web.cases.reading import reading_for
from governance.web.desk import Desk, field_of, for_the_signed_in
from governance.web.views import Filled

FORM = "/appointments/new"
TICK = "confirmed_"


def ask(desk: Desk) -> Response:
    """The first page; what stands in the address is filled in already."""
    with desk.house.database.reading() as session:
        hr_officer(_moment(desk, session), None, None)
    return _form(desk, Filled(dict(desk.request.query_params)))


def check(desk: Desk) -> Response:
    """The second page: every answer once more, what the rules say, what launching does."""
    with desk.house.database.reading() as session:
        moment = _moment(desk, session)
        hr_officer(moment, None, None)
        _, rulebook = current_law(session)
        try:
            given = _given(desk, rulebook)
            findings = launch_findings(moment, given)
        except Refused as refused:
            if refused.reason is not Reason.INPUT:
                raise
            return _form(desk, desk.filled(field_of(refused, FIELDS)), status=422)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
        carried = carried_of(given)
        page = launch_check(given, rulebook, reading, findings, f"{FORM}?{urlencode(carried)}")
    return desk.page("appointment_check", page)


def launch(desk: Desk) -> Response:
    """Launch it, and look at its page; a refusal shows the answers again with every reason."""
    with desk.house.database.reading() as session:
        _, rulebook = current_law(session)
    try:
        given = _given(desk, rulebook)
        receipt = perform(desk.house, desk.me, LAUNCH, None, given)
    except Refused as refused:
        if refused.reason not in {Reason.INPUT, Reason.RULE}:
            raise
        filled = desk.filled(field_of(refused, FIELDS))
        return _form(desk, filled, status=status_of(refused))
    reference = receipt.facts["reference"] if receipt else ""
    return desk.go(f"/appointments/{reference}?done=launched")


def _form(desk: Desk, filled: Filled, status: int = 200) -> Response:
    with desk.house.database.reading() as session:
        _, rulebook = current_law(session)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
        page = launch_form(rulebook, reading, filled)
    return desk.page("appointment_new", page, status=status)


def _given(desk: Desk, rulebook: Rulebook) -> Launch:
    """The form as a launch. Raises Refused for what cannot be understood."""
    key = desk.text("post")
    post = rulebook.post(key)
    if post is None:
        raise refuse(
            "no post is chosen",
            rule="known_post",
            cure="Choose one of the list.",
            where="post",
            reason=Reason.INPUT,
        )
    ticked = [name.removeprefix(TICK) for name in desk.form if name.startswith(TICK)]
    confirmed = {need: desk.text(f"note_{need}") for need in ticked}
    procedure = desk.text("procedure") or post.procedure
    if rulebook.procedure(procedure) is None:
        raise refuse(
            "there is no such procedure",
            rule="known_procedure",
            cure="Choose one of the list.",
            where="procedure",
            reason=Reason.INPUT,
        )
    return Launch(procedure, post.key, _day(desk.text("wanted_on")), confirmed)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise refuse(
            "this is no date",
            rule="day_is_a_date",
            cure="Write it as year, month, day: 2027-02-01.",
            where="wanted_on",
            reason=Reason.INPUT,
        ) from None


def _moment(desk: Desk, session: Session) -> Moment:
    actor: Actor = desk.me
    return Moment(desk.house, session, desk.house.clock.now(), actor)


routes = [
    Route(FORM, for_the_signed_in(ask), methods=["GET"]),
    Route("/appointments/check", for_the_signed_in(check), methods=["POST"]),
    Route("/appointments", for_the_signed_in(launch), methods=["POST"]),
]
