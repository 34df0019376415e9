"""Somebody steps back from a question: the roll is counted without them, alternates are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.consultation.closing import close_if_settled
from governance.consultation.forms import TEXT_LIMIT
from governance.consultation.models import Answer, Consultation, Invitation
from governance.consultation.standing.conflicts import DECLARED, conflicts_in
from governance.consultation.standing.delegating import asked_here, must_be_open
from governance.consultation.standing.models import Recusal
from governance.consultation.standing.queries import seat_of
from governance.consultation.standing.rules import rights
from governance.consultation.standing.ways import alarm, open_ways, tell_invited
from governance.database import new_id
from governance.people.models import Person
from governance.record.filekeys import fingerprint
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class SteppingBack:
    """On which ground somebody steps back, in their own words where they give any."""

    ground: str = "other"
    text: str = ""
    invitation: str = ""


def whoever_may_answer(
    moment: Moment, consultation: Consultation | None, given: SteppingBack
) -> str:
    """Everybody who may answer may step back instead."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    found = asked_here(moment, consultation, given.invitation)
    return f"{found.right.kind}:{found.invitation.capacity or 'invitation'}"


def recuse(
    moment: Moment, consultation: Consultation | None, given: SteppingBack
) -> Written[Consultation]:
    """Keep the declaration, leave the roll, call whoever answers instead, count anew."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    must_be_open(consultation)
    _is_understood(given)
    found = asked_here(moment, consultation, given.invitation)
    _not_after_answering(moment.session, found.invitation)
    text = moment.seal(f"consultation:{consultation.id}", given.text) if given.text else {}
    step_back = _Back(str(moment.actor.person_id), given.ground, text.get("sealed", ""))
    facts = leave(moment, consultation, found.invitation, step_back)
    if _voices_left(moment.session, consultation):
        result = close_if_settled(moment, consultation)
        facts |= {"outcome": result} if result else {}
    return Written({"ground": given.ground, "text": text, **facts}, consultation)


@dataclass(frozen=True)
class _Back:
    person: str
    ground: str
    text: str = ""


def recuse_found(moment: Moment, consultation: Consultation) -> list[dict[str, Any]]:
    """Whoever the law keeps apart from those whom the question is about steps back at once.

    Called when the question is put; gives what the entry says of it.
    """
    subjects = consultation.content.get("subjects", ())
    grounds = consultation.content.get("keep_apart", ())
    if not subjects or not grounds:
        return []
    query = select(Invitation).where(col(Invitation.consultation_id) == consultation.id)
    asked = {each.person_id: each for each in moment.session.exec(query)}
    found = conflicts_in(moment.session, asked.keys(), subjects, grounds, moment.now)
    told = []
    for person, ground in sorted(found.items()):
        facts = leave(moment, consultation, asked[person], _Back(person, ground))
        told.append({"person": person, "ground": ground, **facts})
    return told


def leave(
    moment: Moment, consultation: Consultation, invitation: Invitation, back: _Back
) -> dict[str, Any]:
    """Out of the question: the deputy of the office answers, else an alternate is called."""
    moment.session.add(
        Recusal(
            consultation_id=consultation.id,
            invitation_id=invitation.id,
            person_id=back.person,
            ground=back.ground,
            text=back.text,
            at=moment.now,
        )
    )
    moment.session.flush()
    seat = seat_of(moment.session, (consultation, invitation), moment.now)
    if rights(seat):
        told = _handed_on(moment, (consultation, invitation), anew=back.person == seat.principal)
        return {"invitation": invitation.id, "answers_instead": told}
    invitation.recused_at = moment.now
    called = _call_alternate(moment, consultation, invitation)
    moment.session.flush()
    facts: dict[str, Any] = {"invitation": invitation.id, "leaves_the_roll": True}
    if called is not None:
        facts["alternate"] = called.person_id
    elif not _voices_left(moment.session, consultation):
        facts["nobody_decides"] = alarm(moment, [(consultation, invitation)])
        moment.owe(consultation.owner_kind, consultation.owner_id)
    return facts


def _handed_on(moment: Moment, asked: tuple[Consultation, Invitation], *, anew: bool) -> list[str]:
    """Whoever answers instead is written to, and has a whole time of their own from then.

    `anew`: the seat's own person has stepped back. What was delivered to them was delivered to
    nobody who may answer: silence is heard only of whoever was reached since.
    """
    invitation = asked[1]
    before = (invitation.handed_over_at, invitation.window_since, invitation.due_at)
    if anew:
        _as_if_never_reached(invitation, (None, None, None))
    told = open_ways(moment, [asked])
    if anew and not told:  # whoever answers instead was written to before, and has that time
        _as_if_never_reached(invitation, before)
    return told


def _as_if_never_reached(
    invitation: Invitation, at: tuple[DateTime | None, DateTime | None, DateTime | None]
) -> None:
    invitation.handed_over_at, invitation.window_since, invitation.due_at = at


def _call_alternate(
    moment: Moment, consultation: Consultation, left: Invitation
) -> Invitation | None:
    """The first alternate of the seat who is not asked already and may answer."""
    query = select(Invitation.person_id).where(col(Invitation.consultation_id) == consultation.id)
    asked = set(moment.session.exec(query))
    seat = seat_of(moment.session, (consultation, left), moment.now)
    free = (each for each in left.alternates if each not in asked and seat.is_free(each))
    person = next((each for each in free if moment.session.get(Person, each)), None)
    if person is None:
        return None
    called = Invitation(
        id=new_id(),
        consultation_id=consultation.id,
        person_id=person,
        capacity=left.capacity,
        calendar=left.calendar,
        weight=left.weight,
        organ=left.organ,
        seat=left.seat,
        entitled=left.entitled,
        present=left.present,
        alternates=[each for each in left.alternates if each != person],
        token="",
        invited_at=moment.now,
    )
    called.token = fingerprint(moment.house.keys.token(f"invitation:{called.id}"))
    moment.session.add(called)
    tell_invited(moment, consultation, called.id, person, part="alternate")
    return called


def _voices_left(session: Session, consultation: Consultation) -> bool:
    query = select(Invitation.id).where(
        col(Invitation.consultation_id) == consultation.id, col(Invitation.recused_at).is_(None)
    )
    return session.exec(query).first() is not None


def _not_after_answering(session: Session, invitation: Invitation) -> None:
    given = select(Answer.id).where(col(Answer.invitation_id) == invitation.id)
    if session.exec(given).first() is not None:
        raise refuse(
            "whoever has answered does not step back afterwards",
            rule="step_back_before_answering",
            article="Mandate, offices and substitution",
            cure="Take the answer back first, while that may be done.",
            reason=Reason.TURN,
        )


def _is_understood(given: SteppingBack) -> None:
    if given.ground not in DECLARED:
        raise refuse(
            '"{ground}" is no ground for stepping back',
            rule="known_ground",
            cure="Choose one of: {known}.",
            where="ground",
            reason=Reason.INPUT,
            ground=given.ground[:40],
            known=", ".join(DECLARED),
        )
    if len(given.text) > TEXT_LIMIT:
        raise refuse(
            "the text has {n} characters, {limit} are the most",
            rule="text_fits",
            cure="Shorten it, or attach a paper.",
            where="text",
            reason=Reason.INPUT,
            n=len(given.text),
            limit=TEXT_LIMIT,
        )


RECUSE: Verb[Consultation, SteppingBack] = Verb(
    "consultation:recuse", Consultation, "consultation", whoever_may_answer, recuse
)
