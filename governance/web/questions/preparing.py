"""The page of an assistant: the question as the office sees it, and the draft for its holder."""

from __future__ import annotations

from sqlmodel import Session
from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.appointments.models import Candidacy, Case
from governance.consultation.models import Consultation, Invitation
from governance.consultation.queries import put
from governance.consultation.standing.drafting import DRAFT, Prepared, assists, draft_of
from governance.people.models import Person
from governance.refusals import Reason, Refused, refuse, say
from governance.web.cases.reading import Reading
from governance.web.desk import Desk, field_of, for_the_signed_in
from governance.web.question_views import Preparing
from governance.web.questions.forms import chosen_in
from governance.web.questions.telling import (
    about_of,
    capacity_of,
    clock_of,
    position_of,
    reading_in,
    voice_of,
)
from governance.web.views import Filled, Option, Voice

FIELDS = {"position_is_offered": "position", "text_fits": "text"}


def look(desk: Desk) -> Response:
    """The question and what was prepared so far."""
    return _page(desk, None, 200)


def save(desk: Desk) -> Response:
    """Keep the draft; it counts for nothing until the office sends it."""
    given = Prepared(
        desk.path["invitation"],
        desk.text("position"),
        chosen_in(desk),
        desk.text("text"),
        desk.text("note"),
    )
    with desk.house.database.reading() as session:
        invitation = _invitation(desk, session)
    try:
        perform(desk.house, desk.me, DRAFT, invitation.consultation_id, given)
    except Refused as refused:
        if refused.reason != Reason.INPUT:
            return desk.refused(refused)
        return _page(desk, desk.filled(field_of(refused, FIELDS)), 422)
    return desk.go(f"/prepare/{invitation.id}?saved=1")


def _page(desk: Desk, filled: Filled | None, status: int) -> Response:
    with desk.house.database.reading() as session:
        invitation = _invitation(desk, session)
        consultation = session.get_one(Consultation, invitation.consultation_id)
        case = (
            session.get(Case, consultation.owner_id) if consultation.owner_kind == "case" else None
        )
        reading = reading_in(desk.house, session, desk.me, desk.language, case)
        saved = "saved" in desk.request.query_params
        most = max(
            (each.get("choose_at_most", 0) for each in consultation.rule["positions"]), default=0
        )
        kept = filled or _kept(reading, invitation)
        view = Preparing(
            action=f"/prepare/{invitation.id}",
            question=reading.text(consultation.question),
            about=about_of(reading, consultation),
            office=capacity_of(reading, invitation.capacity),
            clock=clock_of(reading, consultation, invitation),
            positions=tuple(
                Option(each["key"], position_of(reading, consultation, each["key"]))
                for each in consultation.rule["positions"]
            ),
            choices=_choices(session, consultation) if most else (),
            choose="none" if not most else "one" if most == 1 else "many",
            voices=_voices(reading, consultation),
            chosen=tuple(kept.values.get("chosen", "").split()),
            saved=say("The draft is kept. The office sees it beside the question.")
            if saved
            else "",
            filled=kept,
        )
    return desk.page("preparing", view, status=status)


def _invitation(desk: Desk, session: Session) -> Invitation:
    found = session.get(Invitation, desk.path["invitation"])
    now = desk.house.clock.now()
    if found is None or not assists(session, desk.me.person_id, found.capacity, now):
        raise refuse(
            "there is no such question that you may prepare",
            rule="assistant_of_the_office",
            cure="See the list of what waits.",
            reason=Reason.MISSING,
        )
    return found


def _kept(reading: Reading, invitation: Invitation) -> Filled:
    draft = draft_of(reading.session, invitation.id)
    if draft is None:
        return Filled()
    values = {
        "position": draft.position,
        "chosen": "\n".join(draft.chosen),
        "text": reading.plain(draft.text),
        "note": reading.plain(draft.note),
    }
    return Filled(values, {})


def _choices(session: Session, consultation: Consultation) -> tuple[Option, ...]:
    found = []
    for each in consultation.content.get("candidates", ()):
        candidacy = session.get(Candidacy, each)
        person = session.get(Person, candidacy.person_id) if candidacy else None
        if person is not None:
            found.append(Option(each, person.name))
    return tuple(sorted(found, key=lambda option: str(option.label)))


def _voices(reading: Reading, consultation: Consultation) -> tuple[Voice, ...]:
    asked = put(reading.session, consultation.id)
    if asked is None or consultation.secrecy != "open":
        return ()
    return tuple(voice_of(reading, consultation, each) for each in asked.asked)


routes: list[Route] = [
    Route("/prepare/{invitation}", for_the_signed_in(look), methods=["GET"]),
    Route("/prepare/{invitation}", for_the_signed_in(save), methods=["POST"]),
]
