"""Somebody answers. The last answer needed closes the question and marks its owner as due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import Answer, Consultation, Invitation
from governance.consultation.rules import Answering, DecisionRule, Voice, outcome
from governance.consultation.standing.speaking import not_for_them, speaking
from governance.database import new_id
from governance.lifecycle import fire
from governance.record import deadlines, outbox
from governance.record.models import Entry
from governance.refusals import Reason, refuse

STRENGTH = {Level.LINK: 0, Level.SESSION: 1, Level.FRESH: 2}
TEXT_LIMIT = 4000


@dataclass(frozen=True)
class GivenAnswer:
    """What a person answers: a position, whom they choose, why, and what they had before them.

    `invitation` says for which seat, where the person may answer for several.
    """

    position: str
    chosen: tuple[str, ...] = ()
    text: str = ""
    seen_version: int = 1
    invitation: str = ""


def asked_person_may(moment: Moment, consultation: Consultation | None, given: GivenAnswer) -> str:
    """Who was asked may answer, or who has their right, at the level that the question wants."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    actor = moment.actor
    found = speaking(moment, consultation, given.invitation)
    if found is None:
        raise not_for_them(moment.session, consultation, actor.person_id, moment.now)
    if STRENGTH.get(actor.level, -1) < STRENGTH[Level(consultation.level)]:
        raise refuse(
            "this question wants a surer proof of who you are",
            rule="level_of_identity",
            article="Mandate, levels of identity",
            cure="Sign in with the code that is mailed to you, then answer.",
            reason=Reason.AUTHORITY,
        )
    if actor.person_id in consultation.content.get("barred", ()):
        raise not_for_them(moment.session, consultation, actor.person_id, moment.now)
    capacity = found.invitation.capacity or "invitation"
    return capacity if found.right.kind == "asked" else f"{found.right.kind}:{capacity}"


def answer_body(
    moment: Moment, consultation: Consultation | None, given: GivenAnswer
) -> Written[Consultation]:
    """Check turn and rules, keep the answer, close if nothing is left to wait for."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    _refuse_long_text(given.text)
    found = speaking(moment, consultation, given.invitation)
    assert found is not None  # noqa: S101 -- the authority has just found it
    mine = found.invitation
    seen = _versions_seen(moment.session, mine.id)
    has_answered = consultation.content_version in seen
    facts = _facts(moment, consultation, mine, given, has_answered=has_answered)
    fire(ConsultationLifecycle, consultation.state, "answer", facts)
    text = moment.seal(f"consultation:{consultation.id}", given.text) if given.text else {}
    answer = Answer(
        id=new_id(),
        invitation_id=mine.id,
        consultation_id=consultation.id,
        version=len(seen) + 1,
        position=given.position,
        chosen=list(given.chosen),
        text=text.get("sealed", ""),
        content_version=given.seen_version,
        at=moment.now,
        by_id=moment.actor.person_id,
        standing=found.right.on_record(),
    )
    moment.session.add(answer)
    moment.session.flush()
    written: dict[str, Any] = {
        "answer": answer.id,
        "chosen": list(given.chosen),
        "content_version": given.seen_version,
        "position": given.position,
        "text": text,
    }
    if answer.standing:
        written["standing"] = answer.standing
    result = close_if_settled(moment, consultation)
    return Written(written | ({"outcome": result} if result else {}), consultation)


ANSWER: Verb[Consultation, GivenAnswer] = Verb(
    "consultation:answer", Consultation, "consultation", asked_person_may, answer_body
)


def voices_of(session: Session, consultation: Consultation) -> list[Voice]:
    """Everybody asked with their newest answer to the content as it is now.

    Two queries of plain columns. An answer to an earlier version is kept, and asked for again.
    """
    answers = (
        select(Answer.invitation_id, Answer.position, Answer.chosen)
        .where(
            col(Answer.consultation_id) == consultation.id,
            col(Answer.content_version) == consultation.content_version,
        )
        .order_by(col(Answer.version))
    )
    newest = {who: (position, tuple(chosen)) for who, position, chosen in session.exec(answers)}
    asked = select(Invitation.id, Invitation.handed_over_at, Invitation.due_at).where(
        col(Invitation.consultation_id) == consultation.id, col(Invitation.recused_at).is_(None)
    )
    return [
        Voice(who, newest[who][0], newest[who][1], reached is not None, due)
        if who in newest
        else Voice(who, reached=reached is not None, due_at=due)
        for who, reached, due in session.exec(asked.order_by(col(Invitation.id)))
    ]


def close_if_settled(moment: Moment, consultation: Consultation) -> dict[str, Any] | None:
    """Close with the outcome and mark the owner as due; None while answers are awaited."""
    law = DecisionRule.from_plain(consultation.rule)
    settled = outcome(law, voices_of(moment.session, consultation), moment.now)
    if settled.result is None:
        return None
    consultation.state = fire(ConsultationLifecycle, consultation.state, "close", settled)
    consultation.closed_at = moment.now
    consultation.outcome = settled.as_plain(consultation.rule["article"])
    moment.once_written.append(lambda entry: _cite(consultation, entry))
    subject = ("consultation", consultation.id)
    deadlines.close(moment.session, subject)
    outbox.cancel(moment.session, subject, "the question is closed")
    moment.owe(consultation.owner_kind, consultation.owner_id)
    return consultation.outcome


def _cite(consultation: Consultation, entry: Entry) -> None:
    consultation.closing_entry = entry.hash


def _facts(
    moment: Moment,
    consultation: Consultation,
    mine: Invitation,
    given: GivenAnswer,
    *,
    has_answered: bool,
) -> Answering:
    return Answering(
        law=DecisionRule.from_plain(consultation.rule),
        now=moment.now,
        was_asked=True,
        due_at=mine.due_at,
        position=given.position,
        chosen=given.chosen,
        candidates=frozenset(consultation.content.get("candidates", ())),
        has_text=bool(given.text.strip()),
        has_answered=has_answered,
        seen_version=given.seen_version,
        content_version=consultation.content_version,
    )


def _versions_seen(session: Session, invitation_id: str) -> list[int]:
    """Which version of the content each answer of this person was given to."""
    query = select(Answer.content_version).where(col(Answer.invitation_id) == invitation_id)
    return list(session.exec(query))


def _refuse_long_text(text: str) -> None:
    if len(text) > TEXT_LIMIT:
        raise refuse(
            "the text has {n} characters, {limit} are the most",
            rule="text_fits",
            cure="Shorten it, or attach a paper.",
            where="text",
            reason=Reason.INPUT,
            n=len(text),
            limit=TEXT_LIMIT,
        )
