"""Who speaks when somebody acts on a question, for which seat, and by which right."""

from __future__ import annotations

from dataclasses import dataclass

from pendulum import DateTime
from sqlalchemy import bindparam
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from governance.access.actor import Actor, Level
from governance.acts import Moment
from governance.consultation.models import Consultation, Invitation
from governance.consultation.standing.models import Delegation, Way
from governance.consultation.standing.queries import open_in, seats_of
from governance.consultation.standing.rules import Right, Seat, right_of
from governance.people.models import Holding, Person
from governance.refusals import Reason, Refused, refuse

ARTICLE = "Mandate, offices and substitution"
FOUND = "who speaks"


@dataclass(frozen=True)
class Speaking:
    """Somebody who may answer: the seat's invitation, and the right."""

    invitation: Invitation
    right: Right


def speaking(moment: Moment, consultation: Consultation, wanted: str = "") -> Speaking | None:
    """For which seat the actor may answer now; None where for none.

    `wanted` names one invitation, for whoever may answer for several. One query more than the
    actor's own invitation costs where that is all there is to it. Found once for an act: its
    authority and its body ask the same.
    """
    asked = (consultation.id, wanted)
    found: dict[tuple[str, str], Speaking | None] = moment.session.info.setdefault(FOUND, {})
    if asked not in found:
        found[asked] = _find(moment, consultation, wanted)
    return found[asked]


def _find(moment: Moment, consultation: Consultation, wanted: str) -> Speaking | None:
    actor = moment.actor
    own = _own(moment.session, consultation, actor.person_id)
    apart = consultation.content.get("keep_apart") or consultation.content.get("apart")
    if own is not None and not apart and wanted in {"", own.id} and _is_plain(moment, own):
        if actor.level == Level.LINK and actor.invitation != own.id:
            return None
        return Speaking(own, Right("asked", own.person_id, for_office=own.capacity))
    return _by_standing(moment, consultation, wanted)


# Written once: putting a query together takes longer than its answer.
_OWN = select(Invitation).where(
    col(Invitation.consultation_id) == bindparam("question"),
    col(Invitation.person_id) == bindparam("person"),
)
_HELD = (
    columns_of(col(Holding.person_id), col(Holding.since), col(Holding.until))
    .where(col(Holding.office) == bindparam("office"))
    .order_by(col(Holding.since).desc())
)


def _own(session: Session, consultation: Consultation, person: str | None) -> Invitation | None:
    found = session.execute(_OWN, {"question": consultation.id, "person": person})
    return found.scalars().first()


def _is_plain(moment: Moment, own: Invitation) -> bool:
    """Asked in person, or for an office that they still hold; and not stepped back."""
    if own.recused_at is not None:
        return False
    held = list(moment.session.connection().execute(_HELD, {"office": own.capacity}))
    now = moment.now
    holders = (who for who, since, until in held if since <= now and (not until or until > now))
    return not held or next(holders, None) == own.person_id


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
