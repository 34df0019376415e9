"""What screens read of the registry. Access is asked in the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from governance.access.actor import Actor, Level
from governance.consultation.models import Consultation, Invitation
from governance.consultation.standing.models import Way
from governance.consultation.standing.queries import ACTING
from governance.refusals import Reason, Refused, refuse
from governance.registry.drafting import REGISTRARS
from governance.registry.models import Bundle, Delivery, Issue, Paper, PaperVersion

READERS = REGISTRARS | {"auditor", "administrator"}
BUNDLE = "bundle"
LEFT = ("issued", "delivered", "acknowledged", "superseded", "annulled")


@dataclass(frozen=True)
class PaperFile:
    """One document with everything that was done with it."""

    paper: Paper
    versions: Sequence[PaperVersion]
    deliveries: Sequence[Delivery]


def sees_all(actor: Actor) -> bool:
    """Who reads every document: those who keep them, auditors, and a shell."""
    return actor.level == Level.OPERATOR or bool(READERS & actor.roles)


def may_see(actor: Actor) -> ColumnElement[bool]:
    """The documents that somebody may open: all, what was issued to them, what they approve.

    Whoever approves reads a document until it is issued; then it is its addressee's.
    """
    if sees_all(actor):
        return true()
    delivered = select(Delivery.paper_id).where(col(Delivery.person_id) == actor.person_id)
    mine = or_(col(Paper.addressee_id) == actor.person_id, col(Paper.id).in_(delivered))
    put = and_(col(Paper.bundle_id).in_(put_to(actor)), col(Paper.state).not_in(LEFT))
    return or_(and_(mine, col(Paper.state).in_(LEFT)), put)


def put_to(actor: Actor) -> SelectOfScalar[str]:
    """The bundles that somebody was asked to approve, or may answer for."""
    ways = select(Way.invitation_id).where(
        col(Way.person_id) == actor.person_id, col(Way.part).in_(ACTING)
    )
    asked = or_(col(Invitation.person_id) == actor.person_id, col(Invitation.id).in_(ways))
    return (
        select(Consultation.owner_id)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(col(Consultation.owner_kind) == BUNDLE, asked)
    )


def reads_draft(session: Session, actor: Actor, paper: Paper) -> bool:
    """Who reads a document before it is issued: those who keep documents, and who approves it."""
    if sees_all(actor):
        return True
    if paper.bundle_id is None or paper.state in LEFT:
        return False
    put = put_to(actor).where(col(Consultation.owner_id) == paper.bundle_id)
    return session.exec(put).first() is not None


def papers(
    session: Session, actor: Actor, *, state: str = "", kind: str = "", limit: int = 100
) -> list[Paper]:
    """The newest documents that somebody may see."""
    query = select(Paper).where(may_see(actor))
    if state:
        query = query.where(col(Paper.state) == state)
    if kind:
        query = query.where(col(Paper.kind) == kind)
    newest = query.order_by(col(Paper.drafted_at).desc(), col(Paper.place), col(Paper.id))
    return list(session.exec(newest.limit(limit)))


def counted(session: Session, actor: Actor) -> dict[str, int]:
    """How many documents somebody may see, by state."""
    query = select(Paper.state, func.count()).where(may_see(actor)).group_by(col(Paper.state))
    return dict(session.exec(query).all())


def paper_of(session: Session, actor: Actor, id_or_number: str) -> Paper:
    """One document by its identifier or its number; Refused as missing where it is not theirs."""
    named = or_(
        col(Paper.id) == id_or_number,
        and_(col(Paper.number) == id_or_number, col(Paper.number) != ""),
    )
    found = session.exec(select(Paper).where(named, may_see(actor))).first()
    if found is None:
        raise no_such_document(id_or_number)
    return found


def paper_file(session: Session, actor: Actor, id_or_number: str) -> PaperFile:
    """One document with its versions and deliveries."""
    paper = paper_of(session, actor, id_or_number)
    versions = select(PaperVersion).where(col(PaperVersion.paper_id) == paper.id)
    deliveries = select(Delivery).where(col(Delivery.paper_id) == paper.id)
    return PaperFile(
        paper,
        list(session.exec(versions.order_by(col(PaperVersion.version)))),
        list(session.exec(deliveries.order_by(col(Delivery.at)))),
    )


def issue_of(session: Session, actor: Actor, id_or_number: str) -> Issue:
    """What left the house, for whoever may read it."""
    paper = paper_of(session, actor, id_or_number)
    issued = session.get(Issue, paper.id)
    if issued is None:
        raise no_such_document(id_or_number)
    return issued


def bundles(session: Session, actor: Actor, limit: int = 50) -> list[Bundle]:
    """The newest bundles, for those who keep documents."""
    if not sees_all(actor):
        return []
    query = select(Bundle).order_by(col(Bundle.made_at).desc(), col(Bundle.id))
    return list(session.exec(query.limit(limit)))


def bundle_of(session: Session, actor: Actor, bundle_id: str) -> Bundle:
    """One bundle, for those who keep documents and for whoever is asked about it."""
    query = select(Bundle).where(col(Bundle.id) == bundle_id)
    if not sees_all(actor):
        query = query.where(col(Bundle.id).in_(put_to(actor)))
    found = session.exec(query).first()
    if found is None:
        raise no_such_document(bundle_id)
    return found


def no_such_document(named: str) -> Refused:
    """There is none, or it is not for these eyes: the same words for both."""
    return refuse(
        'there is no document "{named}" here',
        rule="known_document",
        cure="Check the number, or open it from the list.",
        reason=Reason.MISSING,
        named=named[:80],
    )
