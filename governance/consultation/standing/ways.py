"""Whoever may answer and was not written to gets a link of their own, and a notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.consultation.models import Answer, Consultation, Invitation
from governance.consultation.standing.models import Way
from governance.consultation.standing.queries import ACTING, Asked, seats_of
from governance.consultation.standing.rules import Right, nobody_can_decide, rights
from governance.consultation.windows import on_silence
from governance.database import new_id
from governance.people.models import Person
from governance.record.filekeys import fingerprint
from governance.record.outbox import Notice


def make_way(moment: Moment, invitation: Invitation, person: str, part: str) -> Way | None:
    """A link for somebody to a question; None where they have one in this part already."""
    query = select(Way.id).where(
        col(Way.invitation_id) == invitation.id,
        col(Way.person_id) == person,
        col(Way.part) == part,
    )
    if moment.session.exec(query).first() is not None:
        return None
    way = Way(
        id=new_id(),
        invitation_id=invitation.id,
        person_id=person,
        part=part,
        token="",
        made_at=moment.now,
    )
    way.token = fingerprint(moment.house.keys.token(f"way:{way.id}"))
    moment.session.add(way)
    return way


def ways_of(session: Session, invitations: Sequence[str]) -> dict[tuple[str, str], str]:
    """The newest link of everybody who acts for another, by seat and person."""
    query = select(Way.invitation_id, Way.person_id, Way.id).where(
        col(Way.invitation_id).in_(invitations), col(Way.part).in_(ACTING)
    )
    found = session.exec(query.order_by(col(Way.made_at))).all()
    return {(invitation, person): way for invitation, person, way in found}


def open_ways(moment: Moment, asked: Sequence[Asked]) -> list[str]:
    """Write to everybody who may answer these seats now beside whom they were put to.

    Twice is as good as once. Gives the persons written to.
    """
    seats = seats_of(moment.session, asked, moment.now) if asked else {}
    told = []
    for consultation, invitation in asked:
        for right in rights(seats[invitation.id]):
            if right.person == invitation.person_id:
                continue
            way = make_way(moment, invitation, right.person, right.kind)
            if way is not None:
                _tell(moment, consultation, invitation, way, right)
                told.append(right.person)
    return told


def tell_invited(  # noqa: PLR0913 -- who, of what, by which notice, and in which part
    moment: Moment,
    consultation: Consultation,
    invitation: str,
    person: str,
    template: str = "question",
    *,
    part: str = "",
) -> None:
    """The notice that puts the question to somebody; its hand-over begins their window."""
    moment.tell(
        ("consultation", consultation.id),
        Notice(
            key=f"{template}:{invitation}",
            person_id=person,
            template=template,
            facts={
                "invitation": invitation,
                "question": consultation.question,
                "reference": consultation.reference,
                "silence": on_silence(consultation),
                "urgent": consultation.content.get("urgent", False),
                "within": consultation.rule.get("within"),
                **({"part": part} if part else {}),
            },
        ),
    )


def _tell(
    moment: Moment, consultation: Consultation, invitation: Invitation, way: Way, right: Right
) -> None:
    moment.tell(
        ("consultation", consultation.id),
        Notice(
            key=f"way:{way.id}",
            person_id=way.person_id,
            template="question",
            facts={
                "invitation": invitation.id,
                "way": way.id,
                "part": right.kind,
                "last_day": invitation.last_day,
                "question": consultation.question,
                "reference": consultation.reference,
                "silence": on_silence(consultation),
                "urgent": consultation.content.get("urgent", False),
                "within": consultation.rule.get("within") if not invitation.due_at else None,
            },
        ),
    )


def open_seats(
    session: Session, *, people: Iterable[str] = (), offices: Iterable[str] = ()
) -> list[Asked]:
    """The unanswered seats of open questions that were put to these people or offices."""
    answered = select(Answer.id).where(
        col(Answer.invitation_id) == col(Invitation.id),
        col(Answer.content_version) == col(Consultation.content_version),
    )
    query = (
        select(Consultation, Invitation)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(
            col(Consultation.state) == "open",
            col(Invitation.recused_at).is_(None),
            or_(
                col(Invitation.person_id).in_(list(people)),
                col(Invitation.capacity).in_(list(offices)),
            ),
            ~answered.exists(),
        )
        .order_by(col(Invitation.invited_at), col(Invitation.id))
    )
    return list(session.exec(query).all())


def alarm(moment: Moment, asked: Sequence[Asked]) -> list[str]:
    """Tell whoever put the question where nobody can decide it now; gives the invitations."""
    seats = seats_of(moment.session, asked, moment.now) if asked else {}
    stuck = [each for each in asked if nobody_can_decide(seats[each[1].id])]
    for consultation, invitation in stuck:
        if consultation.asked_by and moment.session.get(Person, consultation.asked_by):
            moment.tell(
                ("consultation", consultation.id),
                Notice(
                    key=f"alarm:{invitation.id}:{moment.now.format('YYYYMMDDHHmmss')}",
                    person_id=consultation.asked_by,
                    template="nobody_decides",
                    facts={"reference": consultation.reference, "question": consultation.question},
                ),
            )
    return [invitation.id for _, invitation in stuck]
