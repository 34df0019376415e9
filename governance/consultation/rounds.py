"""The next round of a question: another vote after a tie or a ballot, a second call."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.consultation.asking import asker_may
from governance.consultation.models import Consultation, Invitation
from governance.consultation.opening import Asked, Question, open_consultation
from governance.consultation.rules.further import next_round, second_call
from governance.refusals import Reason, refuse
from governance.rulebook.decisions import FURTHER_ROUND, INQUORATE, REVOTE

FOLLOWED = (REVOTE, FURTHER_ROUND)
BY_OWNER = {"rounds": "owner"}  # in a rule: what the question belongs to opens its rounds


@dataclass(frozen=True)
class NextRound:
    """The next round is opened, for the people of this one."""


def open_next(moment: Moment, closed: Consultation) -> Consultation:
    """Put the question again as its outcome asks for; the same people are asked.

    Refused where the outcome asks for no further round.
    """
    if closed.outcome is None or not follows(closed):
        raise refuse(
            "no further round follows from this outcome",
            rule="round_follows",
            article="Mandate, consultations",
            cure="Put a new question.",
            reason=Reason.TURN,
        )
    result = closed.outcome["result"]
    rule = (
        second_call(closed.rule) if result == INQUORATE else next_round(closed.rule, closed.outcome)
    )
    rule = {key: each for key, each in rule.items() if key not in {"seed", "extended_by"}}
    content = dict(closed.content)
    if rule.get("standing"):
        content["candidates"] = list(rule["standing"])
    opened = open_consultation(moment, _again(moment.session, closed, rule, content))
    closed.followed_by = opened.id
    return opened


def follows(closed: Consultation) -> bool:
    """Whether a round follows a closed one: after a tie or a ballot, or on a second call."""
    if closed.outcome is None or closed.followed_by is not None:
        return False
    result = closed.outcome["result"]
    quorum = closed.rule.get("counting", {}).get("quorum", {})
    second = bool(quorum.get("second_call")) and closed.rule.get("call", 1) == 1
    return result in FOLLOWED or (result == INQUORATE and second)


def follows_by_hand(closed: Consultation) -> bool:
    """Whether whoever conducts the question opens that round: not where its owner does."""
    return follows(closed) and closed.rule.get("rounds") != BY_OWNER["rounds"]


def latest(session: Session, owner: tuple[str, str], step: str) -> Consultation | None:
    """The newest round of an owner's step."""
    query = (
        select(Consultation)
        .where(
            col(Consultation.owner_kind) == owner[0],
            col(Consultation.owner_id) == owner[1],
            col(Consultation.step_key) == step,
        )
        .order_by(col(Consultation.round).desc())
        .limit(1)
    )
    return session.exec(query).first()


def open_next_round(
    moment: Moment, consultation: Consultation | None, _: NextRound
) -> Written[Consultation]:
    """Whoever conducts the question opens its next round."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    if follows(consultation) and not follows_by_hand(consultation):
        raise refuse(
            "the case puts its own further rounds, where its procedure leads back to the question",
            rule="round_follows",
            article="Mandate, consultations",
            cure="Nothing needs to be done here. See where the case stands.",
            reason=Reason.TURN,
        )
    opened = open_next(moment, consultation)
    return Written({"consultation": opened.id, "round": opened.round}, consultation)


NEXT_ROUND: Verb[Consultation, NextRound] = Verb(
    "consultation:next_round", Consultation, "consultation", asker_may, open_next_round
)


def _again(
    session: Session, closed: Consultation, rule: dict[str, object], content: dict[str, object]
) -> Question:
    roll = select(Invitation).where(
        col(Invitation.consultation_id) == closed.id, col(Invitation.recused_at).is_(None)
    )
    return Question(
        owner=(closed.owner_kind, closed.owner_id),
        step_key=closed.step_key,
        round=closed.round + 1,
        reference=closed.reference,
        question=closed.question,
        asked_by=closed.asked_by,
        rule=rule,
        level=closed.level,
        content=content,
        asked=tuple(_asked(each) for each in session.exec(roll.order_by(col(Invitation.id)))),
        form=closed.form,
        secrecy=closed.secrecy,
        tellers=tuple(closed.tellers),
        in_session=closed.in_session,
    )


def _asked(invitation: Invitation) -> Asked:
    return Asked(
        person_id=invitation.person_id,
        capacity=invitation.capacity,
        calendar=invitation.calendar,
        weight=invitation.weight,
        organ=invitation.organ,
        seat=invitation.seat,
        entitled=invitation.entitled,
        present=invitation.present,
        party=invitation.party,
        on_leave=invitation.on_leave,
    )
