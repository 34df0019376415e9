"""An assistant prepares an answer and notes for an office; its holder alone may send them."""

from __future__ import annotations

from dataclasses import dataclass

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.consultation.forms import TEXT_LIMIT
from governance.consultation.models import Answer, Consultation, Invitation
from governance.consultation.standing.delegating import must_be_open
from governance.consultation.standing.models import Draft
from governance.database import new_id
from governance.people.models import Assistance
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Prepared:
    """A draft for one seat: the position and choice that are proposed, words, and a note."""

    invitation: str
    position: str = ""
    chosen: tuple[str, ...] = ()
    text: str = ""
    note: str = ""


def assists(session: Session, person: str | None, office: str, at: DateTime) -> bool:
    """Whether somebody prepares for an office at an instant."""
    query = select(Assistance.id).where(
        col(Assistance.person_id) == person,
        col(Assistance.office) == office,
        col(Assistance.since) <= at,
        or_(col(Assistance.until).is_(None), col(Assistance.until) > at),
    )
    return session.exec(query).first() is not None


def to_prepare(
    session: Session, person: str, at: DateTime
) -> list[tuple[Consultation, Invitation]]:
    """The open questions of the offices that somebody prepares for, the nearest deadline first."""
    offices = select(Assistance.office).where(
        col(Assistance.person_id) == person,
        col(Assistance.since) <= at,
        or_(col(Assistance.until).is_(None), col(Assistance.until) > at),
    )
    answered = select(Answer.id).where(
        col(Answer.invitation_id) == col(Invitation.id),
        col(Answer.content_version) == col(Consultation.content_version),
    )
    query = (
        select(Consultation, Invitation)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(
            col(Consultation.state) == "open",
            col(Invitation.capacity).in_(offices),
            ~answered.exists(),
        )
        .order_by(col(Invitation.due_at).is_(None), col(Invitation.due_at))
    )
    return list(session.exec(query).all())


def draft_of(session: Session, invitation: str) -> Draft | None:
    """What was prepared for a seat."""
    return session.exec(select(Draft).where(col(Draft.invitation_id) == invitation)).first()


def assistant_may(moment: Moment, consultation: Consultation | None, given: Prepared) -> str:
    """Whoever prepares for the office that is asked."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    actor = moment.actor
    invitation = moment.session.get(Invitation, given.invitation)
    if (
        invitation is not None
        and invitation.consultation_id == consultation.id
        and actor.level in {Level.SESSION, Level.FRESH}
        and assists(moment.session, actor.person_id, invitation.capacity, moment.now)
    ):
        return f"assistant:{invitation.capacity}"
    raise refuse(
        "you do not prepare for the office that is asked",
        rule="assistant_of_the_office",
        article="Mandate, offices and substitution",
        cure="Ask the office, or an administrator, to name you as its assistant.",
        reason=Reason.AUTHORITY,
    )


def prepare(
    moment: Moment, consultation: Consultation | None, given: Prepared
) -> Written[Consultation]:
    """Keep the draft in the place of the one before; it counts for nothing until it is sent."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    must_be_open(consultation)
    known = {each["key"] for each in consultation.rule["positions"]}
    if given.position and given.position not in known:
        raise refuse(
            '"{position}" is not among the answers offered here',
            rule="position_is_offered",
            cure="Choose one of: {offered}.",
            where="position",
            reason=Reason.INPUT,
            position=given.position[:60],
            offered=", ".join(sorted(known)),
        )
    if max(len(given.text), len(given.note)) > TEXT_LIMIT:
        raise refuse(
            "the text has {n} characters, {limit} are the most",
            rule="text_fits",
            cure="Shorten it, or attach a paper.",
            where="text",
            reason=Reason.INPUT,
            n=max(len(given.text), len(given.note)),
            limit=TEXT_LIMIT,
        )
    file = f"consultation:{consultation.id}"
    draft = draft_of(moment.session, given.invitation)
    if draft is None:
        draft = Draft(id=new_id(), invitation_id=given.invitation, by_id="", at=moment.now)
        moment.session.add(draft)
    text = moment.seal(file, given.text) if given.text else {}
    note = moment.seal(file, given.note) if given.note else {}
    draft.by_id, draft.at = str(moment.actor.person_id), moment.now
    draft.position, draft.chosen = given.position, list(given.chosen)
    draft.text, draft.note = text.get("sealed", ""), note.get("sealed", "")
    draft.content_version = consultation.content_version
    facts = {"invitation": given.invitation, "note": note, "text": text}
    return Written(facts, consultation)


DRAFT: Verb[Consultation, Prepared] = Verb(
    "consultation:draft_answer", Consultation, "consultation", assistant_may, prepare
)
