"""The page of whoever is asked for information: they see what is asked, and nothing of the case."""

from __future__ import annotations

from sqlmodel import Session
from starlette.responses import Response

from governance.access.actor import Actor
from governance.acts import perform
from governance.consultation.models import Consultation
from governance.consultation.standing.informing import (
    TELL_INFORMATION,
    Telling,
    of_question,
)
from governance.consultation.standing.models import Information
from governance.consultation.standing.queries import Entered
from governance.people.models import Person
from governance.refusals import Reason, Refused, say
from governance.web.desk import Desk, field_of
from governance.web.question_views import Informing, Told
from governance.web.questions.telling import reading_in
from governance.web.views import EMPTY, Calm, Fact, Filled, Mark

FIELDS = {"text_is_there": "text", "text_fits": "text"}


def show(
    desk: Desk, actor: Actor, found: Entered, filled: Filled = EMPTY, status: int = 200
) -> Response:
    """What is asked; calm words where it was told already or nobody waits for it any more."""
    with desk.house.database.reading() as session:
        wanted = _mine(session, found)
        consultation = session.get_one(Consultation, found.invitation.consultation_id)
        reading = reading_in(desk.house, session, actor, desk.language)
        asked = [each for each in wanted if each.state == "asked"]
        if not asked or consultation.state != "open":
            return desk.page("calm", _over(consultation, told=not asked), status=status)
        view = Informing(
            action=f"/decide/{desk.path['token']}",
            number=consultation.reference,
            question=say("You are asked for information"),
            asker=_name(session, asked[0].by_id),
            wanted=tuple(
                Told("", reading.plain(each.question), "", Mark("none", say("awaited")), each.id)
                for each in asked[:1]
            ),
            filled=filled,
        )
        return desk.page("informing", view, status=status)


def tell(desk: Desk, actor: Actor, found: Entered) -> Response:
    """Keep what is told; what was typed stands again where it cannot be taken."""
    given = Telling(desk.text("information"), desk.text("text"))
    try:
        perform(desk.house, actor, TELL_INFORMATION, found.invitation.consultation_id, given)
    except Refused as refused:
        if refused.reason == Reason.INPUT:
            filled = desk.filled(field_of(refused, FIELDS))
            return show(desk, actor, found, filled, status=422)
        if refused.reason == Reason.TURN:
            return show(desk, actor, found, status=409)
        return desk.refused(refused)
    with desk.house.database.reading() as session:
        consultation = session.get_one(Consultation, found.invitation.consultation_id)
        return desk.page("calm", _over(consultation, told=True))


def _mine(session: Session, found: Entered) -> list[Information]:
    return [
        each
        for each in of_question(session, found.invitation.consultation_id)
        if each.of_id == found.person_id and each.invitation_id == found.invitation.id
    ]


def _over(consultation: Consultation, *, told: bool) -> Calm:
    title = say("Thank you: it is recorded") if told else say("Nobody waits for this any more")
    words = (
        say("Everybody who has to answer the question sees what you have written.")
        if told
        else say("The question was settled meanwhile. Nothing is asked of you any more.")
    )
    facts = (Fact(say("Case"), consultation.reference),)
    return Calm(title, (words,), facts, tone="ok" if told else "none")


def _name(session: Session, person_id: str) -> str:
    person = session.get(Person, person_id)
    return person.name if person else ""
