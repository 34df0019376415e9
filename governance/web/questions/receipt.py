"""The receipt of an answer: what, when, under which rule, for whom; and until when it is undone."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from governance.acts import Receipt
from governance.appointments.models import Candidacy
from governance.consultation.models import FOR_EVER, TIED
from governance.people.models import Person
from governance.refusals import Sentence, say
from governance.web.desk import Desk
from governance.web.question_views import Decided, TakeBack
from governance.web.questions.forms import chosen_in
from governance.web.questions.listing import cards_for
from governance.web.questions.telling import (
    KINDS,
    Opened,
    about_of,
    capacity_of,
    position_of,
    standing_of,
)
from governance.web.views import Fact, Mark, Words


def receipt_of(desk: Desk, opened: Opened, receipt: Receipt) -> Decided:
    """What the actor takes away. Of a secret ballot it says that there was a vote, never which."""
    reading, consultation = opened.reading, opened.consultation
    cards = cards_for(reading, opened.actor) if opened.actor is desk.actor else ()
    standing = standing_of(opened)
    facts = [
        Fact(say("You answered as"), capacity_of(reading, opened.mine.invitation.capacity)),
        Fact(say("Rule"), KINDS.get(consultation.rule["kind"]) or consultation.rule["kind"]),
        Fact(say("Article"), consultation.rule["article"]),
    ]
    if standing:
        facts.insert(1, Fact(say("By which right"), standing))
    return Decided(
        question=reading.text(consultation.question),
        about=about_of(reading, consultation),
        answer=Mark("ok", _said(desk, opened)),
        facts=tuple(facts),
        at=reading.moment(receipt.at),
        next_step=_next(opened),
        entry=receipt.entry,
        next_waiting=cards[0] if cards else None,
        undo=undo_of(desk, opened),
    )


def undo_of(desk: Desk, opened: Opened) -> TakeBack | None:
    """Until when the answer may be taken back, in words; None where it stands."""
    consultation, answer = opened.consultation, opened.mine.answer
    if answer is None or not consultation.undo_minutes or not opened.has_answered:
        return None
    until, due = (
        answer.at + timedelta(minutes=consultation.undo_minutes),
        opened.mine.invitation.due_at,
    )
    ends = min(until, due) if due is not None else until
    left = ends - desk.house.clock.now()
    if left <= timedelta(0) or consultation.state != "open":
        return None
    minutes = max(1, round(left.total_seconds() / 60))
    return TakeBack(
        opened.reading.moment(ends),
        say("You can take it back for another {minutes} min.", minutes=minutes),
        f"/decide/{desk.path['token']}/take-back",
    )


def _said(desk: Desk, opened: Opened) -> Words:
    if opened.consultation.secrecy == FOR_EVER:
        return say("Your ballot paper is cast")
    said = position_of(opened.reading, opened.consultation, desk.text("position"))
    chosen = chosen_in(desk)
    names = opened.reading.listed(_name(opened.reading.session, each) for each in chosen)
    return say("{answer}: {names}", answer=said, names=names) if names else said


def _name(session: Session, candidacy_id: str) -> str:
    if session.get(Candidacy, candidacy_id) is None:
        return candidacy_id  # whoever stands without an application is named on the paper
    return session.get_one(Person, session.get_one(Candidacy, candidacy_id).person_id).name


def _next(opened: Opened) -> Sentence:
    state = opened.consultation.state
    if state == TIED:
        return say("The votes are equally divided. The casting vote is asked for, and decides.")
    others = [each for each in opened.put.asked if not each.has_spoken]
    if state == "open" and not others and opened.consultation.undo_minutes:
        return say("Everybody has answered. It takes effect once it can no longer be taken back.")
    if state == "open":
        return say("The others who were asked may still answer; then the case goes on by itself.")
    return say("The question is settled. The case goes on by itself, within seconds.")
