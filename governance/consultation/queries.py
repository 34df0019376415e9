"""What screens read of consultations: what waits for a person, one question with its voices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from governance.access.actor import Actor, Level
from governance.consultation.models import Answer, Consultation, Invitation
from governance.people.models import Person
from governance.record.filekeys import fingerprint


@dataclass(frozen=True)
class Asked:
    """One person asked, and the newest version of their answer."""

    invitation: Invitation
    person: Person
    answer: Answer | None


@dataclass(frozen=True)
class Put:
    """A question as it was put, with everybody asked."""

    consultation: Consultation
    asked: tuple[Asked, ...]

    def of(self, person_id: str) -> Asked | None:
        """The part of one person in it."""
        return next((each for each in self.asked if each.person.id == person_id), None)


@dataclass(frozen=True)
class Waiting:
    """A question that waits for a person's answer."""

    consultation: Consultation
    invitation: Invitation


def waiting_for(session: Session, person_id: str, invitation: str | None = None) -> list[Waiting]:
    """The open questions that a person has not answered, the nearest deadline first.

    Whoever came by a link is told of its own question only: give its `invitation`.
    """
    answered = select(Answer.id).where(
        col(Answer.invitation_id) == col(Invitation.id),
        col(Answer.content_version) == col(Consultation.content_version),
    )
    query = (
        select(Consultation, Invitation)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(
            col(Invitation.person_id) == person_id,
            col(Consultation.state) == "open",
            ~answered.exists(),
        )
        .order_by(col(Invitation.due_at).is_(None), col(Invitation.due_at))
    )
    if invitation is not None:
        query = query.where(col(Invitation.id) == invitation)
    return [Waiting(consultation, invitation) for consultation, invitation in session.exec(query)]


def by_token(session: Session, token: str) -> Invitation | None:
    """The invitation that a link belongs to."""
    query = select(Invitation).where(col(Invitation.token) == fingerprint(token))
    return session.exec(query).first()


def put(session: Session, consultation_id: str) -> Put | None:
    """One question with everybody asked."""
    consultation = session.get(Consultation, consultation_id)
    return put_all(session, [consultation])[0] if consultation is not None else None


def of_owner(session: Session, owner: tuple[str, str]) -> list[Put]:
    """Every question that an owner has put, in the order in which they were put."""
    query = select(Consultation).where(
        col(Consultation.owner_kind) == owner[0], col(Consultation.owner_id) == owner[1]
    )
    return put_all(session, session.exec(query.order_by(col(Consultation.opened_at))))


def put_all(session: Session, consultations: Iterable[Consultation]) -> list[Put]:
    """Questions with everybody asked, in two queries however many they are."""
    found = list(consultations)
    ids = [each.id for each in found]
    people = (
        select(Invitation, Person)
        .join(Person, col(Person.id) == col(Invitation.person_id))
        .where(col(Invitation.consultation_id).in_(ids))
        .order_by(col(Invitation.invited_at), col(Invitation.id))
    )
    answers = (
        select(Answer).where(col(Answer.consultation_id).in_(ids)).order_by(col(Answer.version))
    )
    newest = {answer.invitation_id: answer for answer in session.exec(answers)}
    asked: dict[str, list[Asked]] = {each: [] for each in ids}
    for invitation, person in session.exec(people):
        asked[invitation.consultation_id].append(
            Asked(invitation, person, newest.get(invitation.id))
        )
    return [Put(each, tuple(asked[each.id])) for each in found]


def may_read(actor: Actor) -> ColumnElement[bool]:
    """Which questions an actor may read as somebody asked; by link, only the link's own."""
    asked = select(Invitation.id).where(col(Invitation.consultation_id) == col(Consultation.id))
    if actor.level == Level.LINK:
        return asked.where(col(Invitation.id) == actor.invitation).exists()
    return asked.where(col(Invitation.person_id) == actor.person_id).exists()


def question_for(session: Session, actor: Actor, key: str, *, sees_all: bool = False) -> Put | None:
    """A question by its id or that of an invitation to it, for who was asked or may see all."""
    by_invitation = select(Invitation.consultation_id).where(col(Invitation.id) == key)
    query = select(Consultation).where(
        or_(col(Consultation.id) == key, col(Consultation.id).in_(by_invitation))
    )
    found = session.exec(query if sees_all else query.where(may_read(actor))).first()
    return put_all(session, [found])[0] if found is not None else None


def of_owner_for(session: Session, actor: Actor, owner: tuple[str, str]) -> list[Put]:
    """The questions of an owner that an actor was asked, in the order in which they were put."""
    query = select(Consultation).where(
        col(Consultation.owner_kind) == owner[0],
        col(Consultation.owner_id) == owner[1],
        may_read(actor),
    )
    return put_all(session, session.exec(query.order_by(col(Consultation.opened_at))))
