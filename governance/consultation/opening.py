"""Put a question: rows, invitations and their notices, inside the owner's own act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.consultation.models import Consultation, Invitation
from governance.record.filekeys import fingerprint
from governance.record.outbox import Notice


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked: the person, the office or capacity, whose working days count."""

    person_id: str
    capacity: str
    calendar: str


@dataclass(frozen=True)
class Question:
    """A question as its owner puts it. All of it is plain data.

    `rule` is what `DecisionRule.from_plain` reads; `within` the period to answer;
    `content` what is shown, with `candidates` (keys that may be chosen) and `barred`
    (persons who may not answer because it is their own case).
    """

    owner: tuple[str, str]
    step_key: str
    round: int
    reference: str
    question: dict[str, str]
    asked_by: str | None
    rule: dict[str, Any]
    level: str
    content: dict[str, Any]
    asked: tuple[Asked, ...]
    template: str = "question"


def find(session: Session, owner: tuple[str, str], step: str, number: int) -> Consultation | None:
    """The consultation of an owner's step and round, if it was opened."""
    query = select(Consultation).where(
        col(Consultation.owner_kind) == owner[0],
        col(Consultation.owner_id) == owner[1],
        col(Consultation.step_key) == step,
        col(Consultation.round) == number,
    )
    return session.exec(query).first()


def open_consultation(moment: Moment, question: Question) -> Consultation:
    """Put the question. The unique key of owner, step and round makes a second time impossible."""
    consultation = Consultation(
        owner_kind=question.owner[0],
        owner_id=question.owner[1],
        step_key=question.step_key,
        round=question.round,
        reference=question.reference,
        question=question.question,
        asked_by=question.asked_by,
        rule=question.rule,
        level=question.level,
        content=question.content,
        opened_at=moment.now,
    )
    moment.session.add(consultation)
    moment.session.flush()
    for asked in question.asked:
        invitation = Invitation(
            consultation_id=consultation.id,
            person_id=asked.person_id,
            capacity=asked.capacity,
            calendar=asked.calendar,
            token="",
            invited_at=moment.now,
        )
        invitation.token = fingerprint(link_token(moment, invitation.id))
        moment.session.add(invitation)
        moment.tell(
            ("consultation", consultation.id),
            Notice(
                key=f"{question.template}:{invitation.id}",
                person_id=asked.person_id,
                template=question.template,
                facts={
                    "invitation": invitation.id,
                    "question": question.question,
                    "reference": question.reference,
                    "silence": question.rule["on_late"],
                    "within": question.rule.get("within"),
                },
            ),
        )
    return consultation


def link_token(moment: Moment, invitation_id: str) -> str:
    """The token of an invitation's link; the table keeps only its fingerprint."""
    return moment.house.keys.token(f"invitation:{invitation_id}")
