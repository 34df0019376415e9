"""Who speaks when somebody acts on a question, for which seat, and by which right."""

from __future__ import annotations

from dataclasses import dataclass

from pendulum import DateTime
from sqlalchemy import bindparam, inspect, or_
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from governance.access.actor import Actor, Level
from governance.acts import Moment
from governance.consultation.models import Consultation, Invitation
from governance.consultation.standing.models import Delegation, Way
from governance.consultation.standing.queries import open_in, seats_of
from governance.consultation.standing.rules import Right, Seat, right_of
from governance.database import as_read
from governance.people.models import Holding, Person
from governance.prepared import Prepared
from governance.refusals import Reason, Refused, refuse

ARTICLE = "Mandate, offices and substitution"
FOUND = "who speaks"
_COLUMNS = tuple(each.name for each in inspect(Invitation).local_table.columns)


@dataclass(frozen=True)
class Speaking:
    """Somebody who may answer: the seat's invitation, and the right."""

    invitation: Invitation
    right: Right


def speaking(moment: Moment, consultation: Consultation, wanted: str = "") -> Speaking | None:
    """For which seat the actor may answer now; None where for none.

    `wanted` names one invitation, for whoever may answer for several. One query where the actor was
    asked and that is all there is to it. Found once for an act: its authority and its body ask the
    same.
    """
    asked = (consultation.id, wanted)
    found: dict[tuple[str, str], Speaking | None] = moment.session.info.setdefault(FOUND, {})
    if asked not in found:
        found[asked] = _find(moment, consultation, wanted)
    return found[asked]


def _find(moment: Moment, consultation: Consultation, wanted: str) -> Speaking | None:
    apart = consultation.content.get("keep_apart") or consultation.content.get("apart")
    own = None if apart else _own(moment, consultation)
    if own is None or wanted not in {"", own.id}:
        return _by_standing(moment, consultation, wanted)
    if moment.actor.level == Level.LINK and moment.actor.invitation != own.id:
        return None
    return Speaking(own, Right("asked", own.person_id, for_office=own.capacity))


_OF_THE_OFFICE = select(Holding.person_id).where(col(Holding.office) == col(Invitation.capacity))
_OWN = Prepared(
    columns_of(
        *inspect(Invitation).local_table.columns,
        _OF_THE_OFFICE.exists().label("is_an_office"),
        _OF_THE_OFFICE.where(
            col(Holding.since) <= bindparam("at"),
            or_(col(Holding.until).is_(None), col(Holding.until) > bindparam("at")),
        )
        .order_by(col(Holding.since).desc())
        .limit(1)
        .scalar_subquery()
        .label("holder"),
    ).where(
        col(Invitation.consultation_id) == bindparam("question"),
        col(Invitation.person_id) == bindparam("person"),
        col(Invitation.recused_at).is_(None),
    )
)


def _own(moment: Moment, consultation: Consultation) -> Invitation | None:
    """The seat of who was asked in person, or for an office that they still hold."""
    person = moment.actor.person_id
    moment.session.flush()
    found = _OWN.first(moment.session, question=consultation.id, person=person, at=moment.now)
    if found is None:
        return None
    *columns, is_an_office, holder = found
    if is_an_office and holder != person:
        return None
    return as_read(moment.session, Invitation, dict(zip(_COLUMNS, columns, strict=True)))


def _by_standing(moment: Moment, consultation: Consultation, wanted: str) -> Speaking | None:
    actor = moment.actor
    if actor.person_id is None:
        return None
    asked = [
        each
        for each in open_in(moment.session, actor.person_id, consultation.id)
        if wanted in {"", each[1].id} and _is_the_links(moment.session, actor, each[1])
    ]
    seats = seats_of(moment.session, asked, moment.now) if asked else {}
    found = (
        Speaking(invitation, right)
        for _, invitation in asked
        if invitation.recused_at is None
        and (right := right_of(seats[invitation.id], actor.person_id)) is not None
    )
    return next(found, None)


def _is_the_links(session: Session, actor: Actor, invitation: Invitation) -> bool:
    """Whether an actor by link holds the link of this seat; others are known by more."""
    if actor.level != Level.LINK or actor.invitation == invitation.id:
        return True
    way = session.get(Way, actor.invitation or "")
    return way is not None and way.invitation_id == invitation.id


def not_for_them(
    session: Session, consultation: Consultation, person: str | None, now: DateTime
) -> Refused:
    """Why somebody may not answer, as calmly as it is, and who may."""
    asked = open_in(session, person, consultation.id) if person else []
    if not asked:
        return _put_to_another()
    if person in consultation.content.get("barred", ()):
        return _own_case()
    _, invitation = asked[0]
    seat = seats_of(session, asked, now)[invitation.id]
    if invitation.recused_at is not None or person in seat.kept_out:
        return _stepped_back()
    return _passed_on(session, invitation, seat, str(person))


def _passed_on(session: Session, invitation: Invitation, seat: Seat, person: str) -> Refused:
    if invitation.person_id == person and seat.office:
        return _office_has_passed(session, seat)
    handed = session.exec(
        select(Delegation).where(col(Delegation.invitation_id) == invitation.id)
    ).first()
    if handed is not None and handed.to_id == person:
        return refuse(
            "the delegation of this question to you has ended",
            rule="delegation_stands",
            article=ARTICLE,
            cure="Whoever delegated it answers it now.",
            reason=Reason.AUTHORITY,
        )
    return refuse(
        "your substitution has ended, or it does not reach this question",
        rule="substitution_is_in_force",
        article=ARTICLE,
        cure="The holder of the office answers now.",
        reason=Reason.AUTHORITY,
    )


def _office_has_passed(session: Session, seat: Seat) -> Refused:
    holder = session.get(Person, seat.holder) if seat.holder else None
    if holder is None:
        return refuse(
            "you no longer hold the office that is asked, and nobody holds it now",
            rule="office_is_held",
            article=ARTICLE,
            cure="Tell whoever put the question.",
            reason=Reason.AUTHORITY,
        )
    return refuse(
        "you no longer hold the office that is asked; {holder} holds it and is asked now",
        rule="office_is_held",
        article=ARTICLE,
        cure="There is nothing for you to do.",
        reason=Reason.AUTHORITY,
        holder=holder.name,
    )


def _own_case() -> Refused:
    return refuse(
        "nobody decides on their own case or on one that they launched",
        rule="nobody_decides_on_their_own_case",
        article="Mandate, invariants",
        cure="The substitute of the office decides instead.",
        reason=Reason.AUTHORITY,
    )


def _stepped_back() -> Refused:
    return refuse(
        "you have stepped back from this question, or the law keeps you apart from it",
        rule="person_has_not_stepped_back",
        article=ARTICLE,
        cure="Nothing is asked of you here any more.",
        reason=Reason.AUTHORITY,
    )


def _put_to_another() -> Refused:
    return refuse(
        "this question was put to somebody else",
        rule="person_was_asked",
        article="Mandate, consultations",
        cure="Ask whoever was asked to answer from their own account.",
        reason=Reason.AUTHORITY,
    )
