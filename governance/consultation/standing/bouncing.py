"""A notice that never arrived: silence counts for nothing, and whoever put the question is told."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.consultation import clockwork
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import Answer, Consultation, Invitation
from governance.consultation.standing.absences import STAFF, the_clock_alone, the_person_or_staff
from governance.database import new_id
from governance.lifecycle import finals
from governance.people.models import Bounce, Person
from governance.record.models import Outbox
from governance.record.outbox import Notice
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Returned:
    """Which notice came back, and why in a word or a status."""

    notice: str
    because: str


@dataclass(frozen=True)
class Again:
    """A notice that came back is sent once more, to the address as it is now."""

    bounce: str


def came_back(
    moment: Moment, consultation: Consultation | None, given: Returned
) -> Written[Consultation] | None:
    """Keep it once. Whoever was never reached has not consented: their time begins anew."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    row = moment.session.get_one(Outbox, given.notice)
    known = select(Bounce.id).where(col(Bounce.notice) == row.key)
    if moment.session.exec(known).first() is not None:
        return None
    bounce = Bounce(
        id=new_id(),
        person_id=row.person_id,
        notice=row.key,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        because=given.because[:200],
        at=moment.now,
    )
    moment.session.add(bounce)
    facts = {"notice": row.template, "to": row.person_id, "because": given.because[:60]}
    invitation = _never_reached(moment, consultation, row)
    if invitation is not None:
        facts["invitation"] = invitation.id
    if consultation.state not in finals(ConsultationLifecycle):
        _tell_asker(moment, consultation, bounce)
    return Written(facts, consultation)


def send_again(
    moment: Moment, consultation: Consultation | None, given: Again
) -> Written[Consultation]:
    """The same notice, to the address as it is now; its hand-over begins the time."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    bounce = moment.session.get(Bounce, given.bounce)
    if bounce is None or bounce.subject_id != consultation.id or bounce.settled_at is not None:
        raise refuse(
            "there is no such message that came back",
            rule="known_bounce",
            cure="See the list of undelivered messages.",
            reason=Reason.MISSING,
        )
    row = moment.session.get_one(Outbox, bounce.notice)
    bounce.settled_at = moment.now
    invitation = moment.session.get(Invitation, row.facts.get("invitation") or "")
    if invitation is not None:
        invitation.unreached = ""
    key = f"{row.key}:{bounce.id[:8]}"
    if consultation.state not in finals(ConsultationLifecycle):
        moment.tell(
            ("consultation", consultation.id),
            Notice(key=key[:160], person_id=row.person_id, template=row.template, facts=row.facts),
        )
    return Written({"notice": row.template, "to": row.person_id}, consultation)


def staff_may(moment: Moment, consultation: Consultation | None, given: Again) -> str:
    """Whoever put the question, HR officers, secretaries and administrators."""
    if consultation is not None and moment.actor.person_id == consultation.asked_by:
        return "asker"
    return the_person_or_staff(moment, None, given)


def undelivered(session: Session, person: str | None, roles: frozenset[str]) -> list[Bounce]:
    """What came back and is not settled: all of it for staff, one's own questions for others."""
    query = select(Bounce).where(col(Bounce.settled_at).is_(None))
    if not roles & STAFF:
        mine = select(Consultation.id).where(col(Consultation.asked_by) == person)
        query = query.where(col(Bounce.subject_id).in_(mine))
    return list(session.exec(query.order_by(col(Bounce.at).desc(), col(Bounce.id))))


def _never_reached(moment: Moment, consultation: Consultation, row: Outbox) -> Invitation | None:
    """The seat whose question did not arrive, its time taken back; None for any other notice."""
    invitation = moment.session.get(Invitation, row.facts.get("invitation") or "")
    if invitation is None or row.template == "reminder" or row.person_id != invitation.person_id:
        return None
    if _has_answered(moment.session, invitation):
        return None
    invitation.unreached = f"{row.template}: came back"
    if consultation.state in finals(ConsultationLifecycle):
        return invitation
    invitation.handed_over_at = invitation.window_since = invitation.due_at = None
    invitation.last_day = ""
    moment.session.flush()
    if consultation.paused_at is None:
        clockwork.stop(moment, consultation)
        clockwork.wind(moment, consultation)
    return invitation


def _has_answered(session: Session, invitation: Invitation) -> bool:
    query = select(Answer.id).where(col(Answer.invitation_id) == invitation.id)
    return session.exec(query).first() is not None


def _tell_asker(moment: Moment, consultation: Consultation, bounce: Bounce) -> None:
    asker = moment.session.get(Person, consultation.asked_by or "")
    if asker is None or asker.id == bounce.person_id:
        return
    moment.tell(
        ("consultation", consultation.id),
        Notice(
            key=f"not_reached:{bounce.id}",
            person_id=asker.id,
            template="not_reached",
            facts={"reference": consultation.reference, "question": consultation.question},
        ),
    )


CAME_BACK: Verb[Consultation, Returned] = Verb(
    "consultation:notice_bounced", Consultation, "consultation", the_clock_alone, came_back
)
SEND_AGAIN: Verb[Consultation, Again] = Verb(
    "consultation:send_again", Consultation, "consultation", staff_may, send_again
)
