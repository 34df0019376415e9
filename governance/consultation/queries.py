"""What screens read of consultations: what waits for a person, one question with its voices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pendulum import DateTime
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from governance.access.actor import Actor, Level
from governance.consultation.models import (
    CASTING,
    FOR_EVER,
    OPEN,
    SCORES,
    Answer,
    Consultation,
    Invitation,
    Participation,
)
from governance.consultation.standing.models import Way
from governance.consultation.standing.queries import ACTING, seats_of
from governance.consultation.standing.rules import Right, right_of
from governance.people.models import Person
from governance.record.filekeys import fingerprint


@dataclass(frozen=True)
class Asked:
    """One person asked, whether they have spoken, and their answer where it may be seen.

    Before the time to see it has come, `answer` is None for everybody but whoever gave it; in a
    ballot that is secret for ever it is None for everybody for ever, and `took_part` says that a
    paper was cast.
    """

    invitation: Invitation
    person: Person
    answer: Answer | None
    took_part: bool = False
    has_spoken: bool = False


@dataclass(frozen=True)
class Put:
    """A question as it was put, with everybody asked."""

    consultation: Consultation
    asked: tuple[Asked, ...]

    def of(self, person_id: str) -> Asked | None:
        """The part of one person in it."""
        return next((each for each in self.asked if each.person.id == person_id), None)

    def seat(self, invitation: str) -> Asked | None:
        """One seat, whoever speaks from it."""
        return next((each for each in self.asked if each.invitation.id == invitation), None)


@dataclass(frozen=True)
class Waiting:
    """A question that waits for a person's answer, and by which right they may give it."""

    consultation: Consultation
    invitation: Invitation
    right: Right


def waiting_for(
    session: Session, person_id: str, at: DateTime, invitation: str | None = None
) -> list[Waiting]:
    """The open questions that somebody may answer and that have no answer, the nearest due first.

    Their own, those of an office that they hold now, and those of whom they act for. Whoever came
    by a link is told of its own question only: give its `invitation`.
    """
    ways = select(Way.invitation_id).where(
        col(Way.person_id) == person_id, col(Way.part).in_(ACTING)
    )
    query = (
        select(Consultation, Invitation)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(
            or_(col(Invitation.person_id) == person_id, col(Invitation.id).in_(ways)),
            col(Invitation.recused_at).is_(None),
            col(Consultation.state) == "open",
            ~has_spoken(),
        )
        .order_by(col(Invitation.due_at).is_(None), col(Invitation.due_at))
    )
    if invitation is not None:
        query = query.where(col(Invitation.id) == invitation)
    asked = list(session.exec(query).all())
    seats = seats_of(session, asked, at) if asked else {}
    return [
        Waiting(consultation, mine, right)
        for consultation, mine in asked
        if (right := right_of(seats[mine.id], person_id)) is not None
    ]


def has_spoken() -> ColumnElement[bool]:
    """Whether the holder of an invitation has an answer that counts, or has cast a paper."""
    newer = aliased(Answer)
    superseded = select(newer.id).where(
        col(newer.invitation_id) == col(Answer.invitation_id),
        col(newer.version) > col(Answer.version),
    )
    answered = select(Answer.id).where(
        col(Answer.invitation_id) == col(Invitation.id),
        col(Answer.content_version) >= col(Consultation.counts_from),
        col(Answer.taken_back).is_(False),
        ~superseded.exists(),
    )
    cast = select(Participation.invitation_id).where(
        col(Participation.invitation_id) == col(Invitation.id)
    )
    return or_(answered.exists(), cast.exists())


def by_token(session: Session, token: str) -> Invitation | None:
    """The invitation that a link belongs to."""
    query = select(Invitation).where(col(Invitation.token) == fingerprint(token))
    return session.exec(query).first()


def put(session: Session, consultation_id: str, viewer: str | None = None) -> Put | None:
    """One question with everybody asked, as a person may see it."""
    consultation = session.get(Consultation, consultation_id)
    return put_all(session, [consultation], viewer)[0] if consultation is not None else None


def of_owner(session: Session, owner: tuple[str, str]) -> list[Put]:
    """Every question that an owner has put, in the order in which they were put.

    Among them are those by which an officer was asked to break a tie.
    """
    query = select(Consultation).where(belongs_to(owner))
    return put_all(session, session.exec(query.order_by(col(Consultation.opened_at))), None)


def belongs_to(owner: tuple[str, str]) -> ColumnElement[bool]:
    """Whether a question is an owner's, or breaks a tie in one that is."""
    tied = aliased(Consultation)
    own = select(tied.id).where(col(tied.owner_kind) == owner[0], col(tied.owner_id) == owner[1])
    return or_(
        and_(col(Consultation.owner_kind) == owner[0], col(Consultation.owner_id) == owner[1]),
        and_(col(Consultation.owner_kind) == CASTING, col(Consultation.owner_id).in_(own)),
    )


def root_of(session: Session, consultation: Consultation) -> Consultation:
    """The question itself; of one that breaks a tie, the question that is tied."""
    if consultation.owner_kind != CASTING:
        return consultation
    return session.get_one(Consultation, consultation.owner_id)


def put_all(
    session: Session, consultations: Iterable[Consultation], viewer: str | None = None
) -> list[Put]:
    """Questions with everybody asked, in two queries however many they are, three with ballots.

    What is secret is left out here, so that no page, door or export has to remember it.
    """
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
    ballots = [each.id for each in found if each.secrecy == FOR_EVER]
    cast = _have_cast(session, ballots) if ballots else frozenset()
    questions = {each.id: each for each in found}
    asked: dict[str, list[Asked]] = {each: [] for each in ids}
    for invitation, person in session.exec(people):
        question = questions[invitation.consultation_id]
        answer = _standing(question, newest.get(invitation.id))
        spoken = answer is not None or invitation.id in cast
        shown = answer if may_see(question, answer, viewer) else None
        asked[question.id].append(Asked(invitation, person, shown, invitation.id in cast, spoken))
    return [Put(each, tuple(asked[each.id])) for each in found]


def may_see(consultation: Consultation, answer: Answer | None, viewer: str | None) -> bool:
    """Whether a person may see an answer now: what it says, not only that it is there."""
    if consultation.state == "closed":
        return True
    if consultation.secrecy == OPEN and consultation.form != SCORES:
        return True
    return answer is not None and viewer is not None and answer.by_id == viewer


def _standing(consultation: Consultation, answer: Answer | None) -> Answer | None:
    """The newest answer; none where it was taken back, or is to be given again."""
    if answer is None or answer.taken_back:
        return None
    asked_again = answer.content_version < consultation.counts_from
    return None if asked_again and consultation.state == "open" else answer


def _have_cast(session: Session, ballots: list[str]) -> frozenset[str]:
    query = select(Participation.invitation_id).where(
        col(Participation.consultation_id).in_(ballots)
    )
    return frozenset(session.exec(query))


def may_read(actor: Actor) -> ColumnElement[bool]:
    """Which questions an actor may read as somebody asked; by link, only the link's own."""
    asked = select(Invitation.id).where(col(Invitation.consultation_id) == col(Consultation.id))
    if actor.level == Level.LINK:
        return asked.where(col(Invitation.id) == actor.invitation).exists()
    ways = select(Way.invitation_id).where(
        col(Way.person_id) == actor.person_id, col(Way.part).in_(ACTING)
    )
    return asked.where(
        or_(col(Invitation.person_id) == actor.person_id, col(Invitation.id).in_(ways))
    ).exists()


def question_for(session: Session, actor: Actor, key: str, *, sees_all: bool = False) -> Put | None:
    """A question by its id or that of an invitation to it, for who was asked or may see all."""
    by_invitation = select(Invitation.consultation_id).where(col(Invitation.id) == key)
    query = select(Consultation).where(
        or_(col(Consultation.id) == key, col(Consultation.id).in_(by_invitation))
    )
    found = session.exec(query if sees_all else query.where(may_read(actor))).first()
    return put_all(session, [found], actor.person_id)[0] if found is not None else None


def of_owner_for(session: Session, actor: Actor, owner: tuple[str, str]) -> list[Put]:
    """The questions of an owner that an actor was asked, in the order in which they were put."""
    query = select(Consultation).where(
        belongs_to(owner),
        may_read(actor),
    )
    return put_all(
        session, session.exec(query.order_by(col(Consultation.opened_at))), actor.person_id
    )
