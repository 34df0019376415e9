"""One question by its link: prove who you are, read, answer, and keep a receipt."""

from __future__ import annotations

from sqlmodel import Session
from starlette.responses import Response
from starlette.routing import Route

from governance.access.actor import Actor, Level
from governance.acts import Receipt, perform
from governance.appointments.models import Candidacy, Case
from governance.appointments.queries import document
from governance.consultation.answering import ANSWER, STRENGTH, GivenAnswer
from governance.consultation.models import Consultation, Invitation
from governance.consultation.queries import by_token, put
from governance.people.models import Person
from governance.refusals import Reason, Refused, Sentence, refuse, say
from governance.web.desk import Desk, field_of, open_to_all
from governance.web.issued import as_html, as_pdf
from governance.web.questions.brief import brief
from governance.web.questions.calm import answered_already, closed, late, papers_changed
from governance.web.questions.confirm import ask
from governance.web.questions.listing import cards_for
from governance.web.questions.offer import offer
from governance.web.questions.telling import (
    KINDS,
    Opened,
    about_of,
    capacity_of,
    position_of,
    reading_in,
)
from governance.web.views import EMPTY, Decided, Fact, Filled, Mark, Words

FIELDS = {
    "choice_is_among_what_was_shown": "chosen",
    "reasons_are_given": "reason",
    "text_fits": "reason",
}


def look(desk: Desk) -> Response:
    """The brief, for whom the link was sent to; for all others, the way to prove it."""
    invitation = _invitation(desk)
    actor = _actor(desk, invitation)
    if actor is None:
        return ask(desk, "decide", invitation.person_id)
    with desk.house.database.reading() as session:
        opened = _open(desk, session, actor, invitation)
        return _calm(desk, opened) or _show(desk, opened, EMPTY)


def answer(desk: Desk) -> Response:
    """Answer, or be told why not with everything typed still there."""
    invitation = _invitation(desk)
    actor = _actor(desk, invitation)
    if actor is None:
        return ask(desk, "decide", invitation.person_id)
    position, seen = desk.text("position"), desk.text("version")
    if not position:
        faults: dict[str, Words] = {"": say("Press the button of your answer.")}
        return _again(desk, actor, invitation, faults)
    given = GivenAnswer(
        position, desk.texts("chosen"), desk.text("reason"), int(seen) if seen.isdigit() else 0
    )
    try:
        receipt = perform(desk.house, actor, ANSWER, invitation.consultation_id, given)
    except Refused as refused:
        return _not_taken(desk, actor, invitation, refused)
    assert receipt is not None  # noqa: S101 -- an answer always leaves something
    with desk.house.database.reading() as session:
        opened = _open(desk, session, actor, invitation)
        return desk.page("decided", _receipt(desk, opened, actor, receipt, given))


def letter(desk: Desk) -> Response:
    """A letter that belongs to the question, for whom it was written to or who may see the case."""
    invitation = _invitation(desk)
    actor = _actor(desk, invitation)
    if actor is None:
        return ask(desk, "decide", invitation.person_id)
    with desk.house.database.reading() as session:
        found = document(session, actor, desk.path["letter"])
        return as_pdf(found) if desk.path["form"] == "pdf" else as_html(found)


def _invitation(desk: Desk) -> Invitation:
    with desk.house.database.reading() as session:
        found = by_token(session, desk.path["token"])
    if found is None:
        raise refuse(
            "this link leads to no question",
            rule="known_link",
            cure="Open it again from the mail, complete to the last letter.",
            reason=Reason.MISSING,
        )
    return found


def _actor(desk: Desk, invitation: Invitation) -> Actor | None:
    """Who may answer here: whom the link was sent to, as surely as the question wants it."""
    with desk.house.database.reading() as session:
        level = Level(session.get_one(Consultation, invitation.consultation_id).level)
    linked, signed_in = desk.by_link, desk.actor
    if linked is not None and linked.invitation == invitation.id and level == Level.LINK:
        return linked
    if signed_in is None or signed_in.person_id != invitation.person_id:
        return None
    return signed_in if STRENGTH.get(signed_in.level, -1) >= STRENGTH[level] else None


def _open(desk: Desk, session: Session, actor: Actor, invitation: Invitation) -> Opened:
    found = put(session, invitation.consultation_id)
    assert found is not None  # noqa: S101 -- an invitation belongs to a question
    mine = found.of(invitation.person_id)
    assert mine is not None  # noqa: S101 -- and to a person
    case = session.get_one(Case, found.consultation.owner_id)
    reading = reading_in(desk.house, session, actor, desk.language, case)
    return Opened(reading, found, mine, case)


def _show(desk: Desk, opened: Opened, filled: Filled, status: int = 200) -> Response:
    """The brief, or the candidate's own page."""
    action = f"/decide/{desk.path['token']}"
    if opened.mine.invitation.capacity == "candidate":
        return desk.page("acceptance", offer(opened, action, filled), status=status)
    return desk.page("decide", brief(opened, action, filled), status=status)


def _calm(desk: Desk, opened: Opened, status: int = 200) -> Response | None:
    """Where there is nothing to answer any more: why, and since when."""
    consultation, due = opened.consultation, opened.mine.invitation.due_at
    if opened.mine.answer is not None and not consultation.rule["may_change"]:
        return desk.page("calm", answered_already(opened), status=status)
    if consultation.state != "open":
        return desk.page("calm", closed(opened), status=status)
    if due is not None and desk.house.clock.now() >= due:
        return desk.page("calm", late(opened), status=status)
    return None


def _again(desk: Desk, actor: Actor, invitation: Invitation, faults: dict[str, Words]) -> Response:
    values = {"reason": desk.text("reason"), "chosen": " ".join(desk.texts("chosen"))}
    with desk.house.database.reading() as session:
        opened = _open(desk, session, actor, invitation)
        return _show(desk, opened, Filled(values, faults), status=422)


def _not_taken(desk: Desk, actor: Actor, invitation: Invitation, refused: Refused) -> Response:
    with desk.house.database.reading() as session:
        opened = _open(desk, session, actor, invitation)
        calm = _calm(desk, opened, status=409)
        if calm is not None:
            return calm
        if any(each.rule == "content_is_what_was_shown" for each in refused.findings):
            changed = papers_changed(opened, f"/decide/{desk.path['token']}")
            return desk.page("calm", changed, status=409)
    if refused.reason in {Reason.RULE, Reason.INPUT}:
        return _again(desk, actor, invitation, field_of(refused, FIELDS))
    return desk.refused(refused)


def _receipt(
    desk: Desk, opened: Opened, actor: Actor, receipt: Receipt, given: GivenAnswer
) -> Decided:
    reading, consultation = opened.reading, opened.consultation
    cards = cards_for(reading, actor) if actor is desk.actor else ()
    return Decided(
        question=reading.text(consultation.question),
        about=about_of(reading, consultation),
        answer=Mark("ok", _said(opened, given)),
        facts=(
            Fact(say("You answered as"), capacity_of(reading, opened.mine.invitation.capacity)),
            Fact(say("Rule"), KINDS.get(consultation.rule["kind"]) or consultation.rule["kind"]),
            Fact(say("Article"), consultation.rule["article"]),
        ),
        at=reading.moment(receipt.at),
        next_step=_next(consultation.state),
        entry=receipt.entry,
        next_waiting=cards[0] if cards else None,
    )


def _said(opened: Opened, given: GivenAnswer) -> Words:
    said = position_of(opened.reading, opened.consultation, given.position)
    names = ", ".join(_name(opened.reading.session, each) for each in given.chosen)
    return say("{answer}: {names}", answer=said, names=names) if names else said


def _name(session: Session, candidacy_id: str) -> str:
    return session.get_one(Person, session.get_one(Candidacy, candidacy_id).person_id).name


def _next(state: str) -> Sentence:
    if state == "open":
        return say("The others who were asked may still answer; then the case goes on by itself.")
    return say("The question is settled. The case goes on by itself, within seconds.")


routes: list[Route] = [
    Route("/decide/{token}", open_to_all(look), methods=["GET"]),
    Route("/decide/{token}", open_to_all(answer), methods=["POST"]),
    Route("/decide/{token}/letters/{letter}.{form}", open_to_all(letter), methods=["GET"]),
]
