"""What screens read of the registry. Access is asked in the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import Session, col, func, select

from governance.access.actor import Actor, Level
from governance.refusals import Reason, Refused, refuse
from governance.registry.drafting import REGISTRARS
from governance.registry.models import Bundle, Delivery, Issue, Paper, PaperVersion

READERS = REGISTRARS | {"auditor", "administrator"}
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
    """The documents that somebody may open: all, or what was issued to them."""
    if sees_all(actor):
        return true()
    delivered = select(Delivery.paper_id).where(col(Delivery.person_id) == actor.person_id)
    mine = or_(col(Paper.addressee_id) == actor.person_id, col(Paper.id).in_(delivered))
    return and_(mine, col(Paper.state).in_(LEFT))


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
    """One bundle, for those who keep documents."""
    found = session.get(Bundle, bundle_id) if sees_all(actor) else None
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
