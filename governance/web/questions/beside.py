"""What stands beside a question: voices in it, information, a draft, and the quiet other acts."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, select

from governance.consultation.models import (
    CASTING,
    FOR_EVER,
    OPEN,
    SCORES,
    UNTIL_CLOSE,
    Consultation,
)
from governance.consultation.queries import Asked
from governance.consultation.rules import Position
from governance.consultation.standing.drafting import draft_of
from governance.consultation.standing.informing import of_question
from governance.consultation.standing.models import Delegation
from governance.consultation.standing.stepped import SteppedBack, stepped_back
from governance.people.models import Person
from governance.refusals import Sentence, say
from governance.rulebook.decisions import CARRIED, LOST
from governance.web.question_views import Prepared, Told
from governance.web.questions.telling import Opened, capacity_of, position_of, voice_of
from governance.web.views import Act, Fact, Mark, Voice, Words

SECRECY = {
    UNTIL_CLOSE: say("Nobody sees an answer before the question is closed."),
    FOR_EVER: say(
        "The ballot is secret: who took part is known, what was chosen is linked to nobody. "
        "It is secret from every user, not from the administrator of the database."
    ),
}


def others_in(opened: Opened) -> tuple[tuple[Voice, ...], Words]:
    """What the others say who are asked the same, where that may be seen before the close."""
    consultation = opened.consultation
    others = [
        each
        for each in opened.put.asked
        if each is not opened.mine and each.invitation.recused_at is None
    ]
    if not others or consultation.level == "link":
        return (), ""
    if consultation.secrecy != OPEN or consultation.form == SCORES:
        return (), say("Others who are asked: {n}", n=len(others))
    spoken = sum(each.answer is not None for each in others)
    note = say("{done} of {all} others have answered", done=spoken, all=len(others))
    back = {each.invitation: each for each in stepped_back(opened.reading.session, consultation.id)}
    return tuple(_voice(opened, each, back.get(each.invitation.id)) for each in others), note


def _voice(opened: Opened, asked: Asked, back: SteppedBack | None) -> Voice:
    """What a seat says; where its person has stepped back, it is of whoever answers instead."""
    voice = voice_of(opened.reading, opened.consultation, asked)
    if back is None or not back.instead or asked.has_spoken:
        return voice
    capacity = capacity_of(opened.reading, asked.invitation.capacity)
    name = opened.reading.listed(back.instead)
    return replace(voice, who=say("{name}, {capacity}", name=name, capacity=capacity))


def secrecy_of(consultation: Consultation) -> Words:
    """What was promised about secrecy, before anybody answers."""
    return SECRECY.get(consultation.secrecy, "")


def information_of(opened: Opened) -> tuple[Told, ...]:
    """What was asked about the question, and what was told: everybody asked sees it."""
    session, reading = opened.reading.session, opened.reading
    return tuple(
        Told(
            who=say(
                "{asker} asks {informant}",
                asker=_name(session, each.by_id),
                informant=_name(session, each.of_id),
            ),
            asked=reading.plain(each.question),
            answer=reading.plain(each.answer),
            mark=Mark("ok", say("answered")) if each.answered_at else Mark("none", say("awaited")),
            when=say("asked on {day}", day=reading.day_of(each.asked_at)),
        )
        for each in of_question(session, opened.consultation.id)
    )


def casting_of(session: Session, consultation: Consultation) -> tuple[Fact, ...]:
    """Why somebody is asked to break a tie, and how the votes stand."""
    casting = consultation.content.get("casting")
    if consultation.owner_kind != CASTING or not casting:
        return ()
    label = say("Casting vote")
    if casting["between"]:
        words = say("They have as many votes as one another, and the places are fewer. You choose.")
        return (Fact(label, words),)
    tied = session.get_one(Consultation, consultation.owner_id)
    return (Fact(label, say("As many are for as against. You decide."), note=tied.rule["article"]),)


def results_of(consultation: Consultation) -> dict[str, str]:
    """What each casting vote makes of the question that is tied."""
    if consultation.owner_kind != CASTING:
        return {}
    worth = {each["key"]: Position(**each).worth for each in consultation.rule["positions"]}
    return {key: {"yes": CARRIED, "no": LOST}.get(each, key) for key, each in worth.items()}


def draft_for(opened: Opened, action: str) -> Prepared | None:
    """What an assistant of the office has prepared, for whoever may answer."""
    draft = draft_of(opened.reading.session, opened.mine.invitation.id)
    if draft is None or opened.right is None or opened.right.kind == "delegate":
        return None
    reading = opened.reading
    position = position_of(reading, opened.consultation, draft.position) if draft.position else ""
    return Prepared(
        who=_name(reading.session, draft.by_id),
        position=position or say("no answer is proposed"),
        note=reading.plain(draft.note),
        when=reading.day_of(draft.at),
        href=f"{action}?draft=1",
    )


def seconds_of(opened: Opened, action: str) -> tuple[Act, ...]:
    """The quiet acts beside the answer, each on a page of its own."""
    right, consultation = opened.right, opened.consultation
    if right is None or consultation.level == "link":
        return ()
    acts = [Act(say("Ask for information"), f"{action}/ask")]
    if right.kind in {"asked", "successor"} and consultation.content.get("may_delegate"):
        handed = _delegated_to(opened)
        if handed is None:
            acts.append(Act(say("Delegate"), f"{action}/delegate"))
        else:
            name = _name(opened.reading.session, handed.to_id)
            words = say("Delegated to {name}", name=name)
            acts.append(Act(words, f"{action}/delegate"))
    if consultation.rule.get("within"):
        acts.append(Act(say("Ask for more time"), f"{action}/more-time"))
    acts.append(Act(say("Step back"), f"{action}/recuse"))
    return tuple(acts)


def _delegated_to(opened: Opened) -> Delegation | None:
    query = select(Delegation).where(
        col(Delegation.invitation_id) == opened.mine.invitation.id,
        col(Delegation.taken_back_at).is_(None),
    )
    return opened.reading.session.exec(query).first()


def _name(session: Session, person_id: str) -> str | Sentence:
    person = session.get(Person, person_id)
    return person.name if person else say("Mandate")
