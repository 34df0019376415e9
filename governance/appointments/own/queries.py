"""What is held about a candidate, told to the candidate: their stage, and every fact on file.

What others wrote in confidence (references, notes on checks, the panel's scores) is named as being
held, and not shown; what was decided about them is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, or_, select

from governance.access.actor import Actor, Level
from governance.appointments.law import law_of
from governance.appointments.models import Candidacy, Case, Check, Document
from governance.appointments.service.models import Offer, RosterPlace, Service
from governance.consultation.models import Answer, Consultation, Invitation
from governance.house import House
from governance.people.models import Person
from governance.record.models import Outbox
from governance.refusals import Reason, refuse
from governance.rulebook.schema import Post, Procedure, Rulebook

Plain = dict[str, Any]


@dataclass(frozen=True)
class Owed:
    """A question that waits for the candidate's answer, and until when."""

    question: dict[str, str]
    invitation: str
    last_day: str


@dataclass(frozen=True)
class OwnFile:
    """A candidacy as its candidate sees it."""

    candidacy: Candidacy
    person: Person
    case: Case
    rulebook: Rulebook
    procedure: Procedure
    post: Post
    owed: tuple[Owed, ...]
    documents: tuple[Document, ...]


def own_file(session: Session, actor: Actor, candidacy_id: str) -> OwnFile:
    """One's own candidacy. Refused to anybody else, as for none."""
    candidacy = session.get(Candidacy, candidacy_id)
    own = candidacy is not None and candidacy.person_id == actor.person_id
    if candidacy is None or not own or not _may(actor, candidacy.id):
        raise refuse(
            "there is no such candidacy of yours",
            rule="own_candidacy",
            cure="Open the link from your own mail.",
            reason=Reason.MISSING,
        )
    case = session.get_one(Case, candidacy.case_id)
    rulebook = law_of(session, case.law)
    procedure, post = rulebook.procedure(case.procedure), rulebook.post(case.post)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    assert post is not None  # noqa: S101 -- and with its post
    return OwnFile(
        candidacy,
        session.get_one(Person, candidacy.person_id),
        case,
        rulebook,
        procedure,
        post,
        tuple(_owed(session, case, candidacy.person_id)),
        tuple(_documents(session, candidacy)),
    )


def _may(actor: Actor, candidacy_id: str) -> bool:
    if actor.level == Level.LINK:
        return actor.invitation == candidacy_id
    return actor.level in {Level.SESSION, Level.FRESH}


def tell_own(house: House, actor: Actor, candidacy_id: str) -> Plain:
    """Everything that is held about a candidate in a competition, for themselves, structured."""
    with house.database.reading() as session:
        file = own_file(session, actor, candidacy_id)
        candidacy, person = file.candidacy, file.person
        return {
            "made_at": house.clock.now().isoformat(),
            "person": {
                "family_name": person.family_name,
                "given_names": person.given_names,
                "email": person.email,
                "language": person.language,
                "sex": person.sex,
                "birth_date": person.birth_date.isoformat() if person.birth_date else None,
                "nationality": person.nationality,
            },
            "candidacy": {
                "case": file.case.reference,
                "post": file.post.title.root,
                "came_at": candidacy.came_at.isoformat(),
                "came_by": candidacy.came_by,
                "kind": candidacy.kind,
                "state": candidacy.state,
                "facts": candidacy.facts,
                "eligibility": [
                    {key: each.get(key) for key in ("rule", "article", "outcome", "because")}
                    for each in candidacy.findings
                ],
            },
            "checks": _checks(session, candidacy),
            "answers": _answers(session, person),
            "documents": [
                {
                    "kind": each.kind,
                    "language": each.language,
                    "number": each.number,
                    "issued_at": each.issued_at.isoformat(),
                    "sha256": each.sha256,
                }
                for each in file.documents
            ],
            "notices": _notices(session, file.case, person),
            "offers": _offers(session, candidacy),
            "roster": _places(session, person),
            "services": _services(session, person),
            "held_in_confidence": [
                "references by third persons",
                "notes of officers on checks",
                "scores of the members of the panel",
            ],
        }


def _owed(session: Session, case: Case, person_id: str) -> list[Owed]:
    answered = select(Answer.id).where(
        col(Answer.invitation_id) == col(Invitation.id), col(Answer.taken_back).is_(False)
    )
    query = (
        select(Consultation, Invitation)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(
            col(Consultation.reference) == case.reference,
            col(Consultation.state) == "open",
            col(Invitation.person_id) == person_id,
            ~answered.exists(),
        )
    )
    return [
        Owed(consultation.question, invitation.id, invitation.last_day)
        for consultation, invitation in session.exec(query)
    ]


def _documents(session: Session, candidacy: Candidacy) -> list[Document]:
    query = select(Document).where(col(Document.candidacy_id) == candidacy.id)
    return list(session.exec(query.order_by(col(Document.issued_at))))


def _checks(session: Session, candidacy: Candidacy) -> list[Plain]:
    query = select(Check).where(col(Check.candidacy_id) == candidacy.id)
    return [
        {
            "kind": each.kind,
            "state": each.state,
            "ordered_at": each.ordered_at.isoformat(),
            "closed_at": each.closed_at.isoformat() if each.closed_at else None,
            "valid_until": each.valid_until.isoformat() if each.valid_until else None,
            "source": each.source,
        }
        for each in session.exec(query.order_by(col(Check.kind)))
    ]


def _answers(session: Session, person: Person) -> list[Plain]:
    query = (
        select(Consultation.question, Answer.position, Answer.at)
        .join(Answer, col(Answer.consultation_id) == col(Consultation.id))
        .join(Invitation, col(Invitation.id) == col(Answer.invitation_id))
        .where(col(Invitation.person_id) == person.id, col(Consultation.level) == Level.LINK)
    )
    return [
        {"question": question, "position": position, "at": at.isoformat()}
        for question, position, at in session.exec(query)
    ]


def _notices(session: Session, case: Case, person: Person) -> list[Plain]:
    query = select(Outbox.template, Outbox.queued_at, Outbox.handed_over_at).where(
        col(Outbox.person_id) == person.id,
        or_(
            col(Outbox.subject_id) == case.id,
            col(Outbox.subject_id).in_(
                select(Consultation.id).where(col(Consultation.owner_id) == case.id)
            ),
        ),
    )
    return [
        {
            "notice": template,
            "at": queued.isoformat(),
            "handed_over_at": handed.isoformat() if handed else None,
        }
        for template, queued, handed in session.exec(query)
    ]


def _offers(session: Session, candidacy: Candidacy) -> list[Plain]:
    query = select(Offer).where(col(Offer.candidacy_id) == candidacy.id)
    return [
        {"number": each.number, "state": each.state, "made_at": each.made_at.isoformat()}
        for each in session.exec(query)
    ]


def _places(session: Session, person: Person) -> list[Plain]:
    query = select(RosterPlace).where(col(RosterPlace.person_id) == person.id)
    return [
        {"grade": each.grade, "state": each.state, "until": each.until.isoformat()}
        for each in session.exec(query)
    ]


def _services(session: Session, person: Person) -> list[Plain]:
    query = select(Service).where(col(Service.person_id) == person.id)
    return [
        {
            "reference": each.reference,
            "office": each.office,
            "kind": each.kind,
            "state": each.state,
            "begins_on": each.begins_on.isoformat(),
            "ends_on": each.ends_on.isoformat() if each.ends_on else None,
        }
        for each in session.exec(query)
    ]
