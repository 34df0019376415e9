"""The first page: what waits for whoever is signed in, the nearest deadline first."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from governance.access.actor import Actor, Level
from governance.consultation.models import Consultation, Invitation
from governance.consultation.queries import waiting_for
from governance.web.cases.reading import Reading
from governance.web.desk import STAFF, Desk, for_the_signed_in
from governance.web.questions.telling import (
    about_of,
    asker_of,
    capacity_of,
    clock_of,
    reading_in,
)
from governance.web.views import Waiting, WaitingPage


def first_page(desk: Desk) -> Response:
    """Cases for those who run them, unless something waits for them; the list for all others."""
    with desk.house.database.reading() as session:
        waits = bool(waiting_for(session, str(desk.me.person_id)))
    runs_cases = bool(desk.me.roles & STAFF)
    return desk.go("/appointments" if runs_cases and not waits else "/waiting")


def show_waiting(desk: Desk) -> Response:
    """The list."""
    with desk.house.database.reading() as session:
        cards = cards_for(reading_in(desk.house, session, desk.me, desk.language), desk.me)
    return desk.page("waiting", WaitingPage(cards))


def cards_for(reading: Reading, actor: Actor) -> tuple[Waiting, ...]:
    """A card for each question that waits for somebody; what is for a link has its mail."""
    return tuple(
        _card(reading, each.consultation, each.invitation)
        for each in waiting_for(reading.session, str(actor.person_id))
        if each.consultation.level != Level.LINK
    )


def _card(reading: Reading, consultation: Consultation, invitation: Invitation) -> Waiting:
    return Waiting(
        question=reading.text(consultation.question),
        href=f"/decide/{reading.house.keys.token(f'invitation:{invitation.id}')}",
        asked_by=asker_of(reading.session, consultation),
        capacity=capacity_of(reading, invitation.capacity),
        clock=clock_of(reading, consultation, invitation),
        number=consultation.reference,
        about=about_of(reading, consultation),
    )


routes: list[Route] = [
    Route("/", for_the_signed_in(first_page), methods=["GET"]),
    Route("/waiting", for_the_signed_in(show_waiting), methods=["GET"]),
]
