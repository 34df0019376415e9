"""Whoever is asked hands one question to a named person: once, and not further."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.consultation.answering import STRENGTH
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import Consultation, Invitation
from governance.consultation.standing.models import Delegation
from governance.consultation.standing.queries import seat_of
from governance.consultation.standing.speaking import (
    ARTICLE,
    Speaking,
    not_for_them,
    speaking,
)
from governance.consultation.standing.ways import open_ways
from governance.database import new_id
from governance.lifecycle import finals
from governance.people.models import Person
from governance.people.queries import by_email
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Handing:
    """To whom (an address), why, and for which seat."""

    to: str
    text: str = ""
    invitation: str = ""


@dataclass(frozen=True)
class TakingBack:
    """For which seat the delegation ends."""

    invitation: str = ""


def the_one_asked(moment: Moment, consultation: Consultation | None, given: object) -> str:
    """Whoever was asked, or whoever holds their office now; nobody who acts for them."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    found = asked_here(moment, consultation, getattr(given, "invitation", ""))
    if found.right.kind not in {"asked", "successor"}:
        raise refuse(
            "only whoever was asked may do this, not who acts for them",
            rule="power_goes_no_further",
            article=ARTICLE,
            cure="Answer the question yourself, or leave it to the person who was asked.",
            reason=Reason.AUTHORITY,
        )
    return found.invitation.capacity or "invitation"


def asked_here(moment: Moment, consultation: Consultation, wanted: str) -> Speaking:
    """Whoever may speak on an open question, as surely as it wants; otherwise Refused."""
    found = speaking(moment, consultation, wanted)
    if found is None:
        raise not_for_them(moment.session, consultation, moment.actor.person_id, moment.now)
    if STRENGTH.get(moment.actor.level, -1) < STRENGTH[Level(consultation.level)]:
        raise refuse(
            "this question wants a surer proof of who you are",
            rule="level_of_identity",
            article="Mandate, levels of identity",
            cure="Sign in with the code that is mailed to you, then answer.",
            reason=Reason.AUTHORITY,
        )
    return found


def must_be_open(consultation: Consultation) -> None:
    """Raises Refused where the question is closed or withdrawn."""
    if consultation.state in finals(ConsultationLifecycle):
        raise refuse(
            "this question is closed",
            rule="question_is_open",
            cure="See the record for how it ended.",
            reason=Reason.TURN,
        )


def delegate(
    moment: Moment, consultation: Consultation | None, given: Handing
) -> Written[Consultation]:
    """Hand the question over; the delegate gets a link of their own."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    must_be_open(consultation)
    mine = asked_here(moment, consultation, given.invitation).invitation
    if not consultation.content.get("may_delegate", False):
        raise refuse(
            "the rule of this question does not allow to delegate it",
            rule="rule_allows_delegation",
            article=consultation.rule["article"],
            cure="Answer it yourself, or ask for information.",
        )
    to = _delegate(moment, consultation, mine, given)
    _once(moment.session, mine)
    text = moment.seal(f"consultation:{consultation.id}", given.text) if given.text else {}
    moment.session.add(
        Delegation(
            id=new_id(),
            invitation_id=mine.id,
            by_id=str(moment.actor.person_id),
            to_id=to.id,
            text=text.get("sealed", ""),
            at=moment.now,
        )
    )
    moment.session.flush()
    open_ways(moment, [(consultation, mine)])
    return Written({"invitation": mine.id, "text": text, "to": to.id}, consultation)


def take_back(
    moment: Moment, consultation: Consultation | None, given: TakingBack
) -> Written[Consultation]:
    """Whoever delegated the question answers it again; it cannot be delegated a second time."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    must_be_open(consultation)
    mine = asked_here(moment, consultation, given.invitation).invitation
    kept = _delegation(moment.session, mine)
    if kept is None or kept.taken_back_at is not None:
        raise refuse(
            "this question is not delegated",
            rule="question_is_delegated",
            cure="There is nothing to take back.",
            reason=Reason.TURN,
        )
    kept.taken_back_at = moment.now
    return Written({"invitation": mine.id, "to": kept.to_id}, consultation)


def _delegate(
    moment: Moment, consultation: Consultation, mine: Invitation, given: Handing
) -> Person:
    to = by_email(moment.session, given.to)
    if to is None or to.left_at is not None or to.id == moment.actor.person_id:
        raise refuse(
            "nobody else is registered under this address",
            rule="delegate_is_known",
            cure="Give the registered address of the person.",
            where="to",
            reason=Reason.INPUT,
        )
    seat = seat_of(moment.session, (consultation, mine), moment.now, [to.id])
    if not seat.is_free(to.id):
        raise refuse(
            "this person is away, or may not answer this question",
            rule="delegate_may_answer",
            article=ARTICLE,
            cure="Choose somebody else.",
            where="to",
        )
    return to


def _once(session: Session, mine: Invitation) -> None:
    if _delegation(session, mine) is not None:
        raise refuse(
            "this question was delegated before; that is done once",
            rule="delegated_once",
            article=ARTICLE,
            cure="Answer it yourself, or let the delegate answer.",
            reason=Reason.TURN,
        )


def _delegation(session: Session, mine: Invitation) -> Delegation | None:
    query = select(Delegation).where(col(Delegation.invitation_id) == mine.id)
    return session.exec(query).first()


DELEGATE: Verb[Consultation, Handing] = Verb(
    "consultation:delegate", Consultation, "consultation", the_one_asked, delegate
)
TAKE_BACK: Verb[Consultation, TakingBack] = Verb(
    "consultation:take_back_delegation", Consultation, "consultation", the_one_asked, take_back
)
