"""An answer is taken back, for the minutes that the rule gives: nothing has left yet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.consultation.closing import close_if_settled, takes_back_until
from governance.consultation.conduct import TakingBack
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import Answer, Consultation
from governance.consultation.proposing import withdraw_proposals
from governance.consultation.standing.speaking import not_for_them, speaking
from governance.consultation.voices import Seat, seats_of
from governance.database import new_id
from governance.lifecycle import fire


@dataclass(frozen=True)
class BackAgain:
    """For which seat the answer is taken back, where the person may answer for several."""

    invitation: str = ""


def answered_may(moment: Moment, consultation: Consultation | None, given: BackAgain) -> str:
    """Whoever may answer may take the answer back."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    found = speaking(moment, consultation, given.invitation)
    if found is None:
        raise not_for_them(moment.session, consultation, moment.actor.person_id, moment.now)
    return found.invitation.capacity or "invitation"


def take_back(
    moment: Moment, consultation: Consultation | None, given: BackAgain
) -> Written[Consultation]:
    """Keep a version that says nothing: whoever was asked has not answered. Nothing is deleted."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    found = speaking(moment, consultation, given.invitation)
    assert found is not None  # noqa: S101 -- the authority has just found it
    seat = _seat_of(moment.session, consultation, found.invitation.id)
    facts = TakingBack(
        now=moment.now,
        answered_at=seat.given.at if seat and seat.given else None,
        until=takes_back_until(consultation, seat) if seat else None,
    )
    fire(ConsultationLifecycle, consultation.state, "take_back", facts)
    version = _versions(moment.session, found.invitation.id) + 1
    moment.session.add(
        Answer(
            id=new_id(),
            invitation_id=found.invitation.id,
            consultation_id=consultation.id,
            version=version,
            position="",
            taken_back=True,
            content_version=consultation.content_version,
            at=moment.now,
            by_id=moment.actor.person_id,
            standing=found.right.on_record(),
        )
    )
    withdraw_proposals(moment, found.invitation.id)
    moment.session.flush()
    close_if_settled(moment, consultation)  # what had settled is open again
    return Written({"version": version}, consultation)


TAKE_BACK: Verb[Consultation, BackAgain] = Verb(
    "consultation:take_back", Consultation, "consultation", answered_may, take_back
)


def _seat_of(session: Session, consultation: Consultation, invitation: str) -> Seat | None:
    seats = seats_of(session, consultation)
    return next((each for each in seats if each.invitation == invitation), None)


def _versions(session: Session, invitation: str) -> int:
    query = select(Answer.version).where(col(Answer.invitation_id) == invitation)
    return max(session.exec(query), default=0)
