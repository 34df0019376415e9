"""Put a question: rows, invitations and their notices, inside the owner's own act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import bindparam, inspect
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.consultation import clockwork
from governance.consultation.models import OPEN, POSITIONS, Consultation, ContentVersion, Invitation
from governance.consultation.promises import keeps_its_promises, promised
from governance.consultation.standing.recusing import recuse_found
from governance.consultation.standing.ways import open_ways, tell_invited
from governance.database import add_at_once, add_rows, as_read, new_id
from governance.people.absences import AWAY
from governance.prepared import Prepared
from governance.record.filekeys import fingerprint


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked: the person, the office or capacity, whose working days count.

    The rest is the roll that the rule counts: an exact `weight` ("3/2"), the `seat`, the `organ`
    where two organs must both carry, the `party` or group whose veto or share counts, whether the
    seat is `entitled` to vote, `present` (where a roll was taken), `on_leave`.
    `alternates` are the persons who are called, in this order, where somebody steps back.
    """

    person_id: str
    capacity: str
    calendar: str
    weight: str = "1"
    organ: str = ""
    seat: str = ""
    entitled: bool = True
    present: bool = True
    alternates: tuple[str, ...] = ()
    party: str = ""
    on_leave: bool = False


@dataclass(frozen=True)
class Question:
    """A question as its owner puts it. All of it is plain data.

    `rule` is what `DecisionRule.from_plain` reads; `within` the period to answer;
    `content` what is shown, with `candidates` (keys that may be chosen) and `barred`
    (persons who may not answer because it is their own case), `subjects` (whom it is about, as
    persons) with `keep_apart` (on which grounds somebody steps back at once), and `apart`
    (capacities in which nobody may have answered who answers here).

    `form`: positions, scores or amendments. `secrecy`: open, secret_until_close or
    secret_for_ever. `tellers`: two persons or more who enter a count that is held elsewhere.
    `in_session`: everybody is in the room, so nobody is written to and nothing is taken back.
    """

    owner: tuple[str, str]
    step_key: str
    round: int
    reference: str
    question: dict[str, str]
    asked_by: str | None
    rule: dict[str, Any]
    level: str
    content: dict[str, Any]
    asked: tuple[Asked, ...]
    template: str = "question"
    form: str = POSITIONS
    secrecy: str = OPEN
    tellers: tuple[str, ...] = ()
    in_session: bool = False


def find(session: Session, owner: tuple[str, str], step: str, number: int) -> Consultation | None:
    """The consultation of an owner's step and round, if it was opened."""
    query = select(Consultation).where(
        col(Consultation.owner_kind) == owner[0],
        col(Consultation.owner_id) == owner[1],
        col(Consultation.step_key) == step,
        col(Consultation.round) == number,
    )
    return session.exec(query).first()


def open_consultation(moment: Moment, question: Question) -> Consultation:
    """Put the question. The unique key of owner, step and round makes a second time impossible.

    Raises Refused where what is promised of secrecy could not be kept.
    """
    keeps_its_promises(question)
    consultation = add_at_once(moment.session, Consultation, **_consultation(moment, question))
    add_rows(moment.session, ContentVersion, [_first_version(moment, consultation)])
    reached = moment.now if question.in_session else None
    asked = _invitations(moment, consultation, question.asked, reached)
    add_rows(moment.session, Invitation, asked)
    if not question.in_session:
        for each in asked:
            tell_invited(moment, consultation, each["id"], each["person_id"], question.template)
    _let_others_in(moment, consultation)
    if question.in_session:
        clockwork.begin_everybodys(moment, consultation)
    return consultation


_AWAY = Prepared(
    columns_of(*inspect(Invitation).local_table.columns).where(
        col(Invitation.consultation_id) == bindparam("question"),
        col(Invitation.recused_at).is_(None),
        col(Invitation.person_id).in_(AWAY),
    )
)


def _let_others_in(moment: Moment, consultation: Consultation) -> None:
    """Who is too close steps back at once; who acts for somebody away is written to."""
    if stepped_back := recuse_found(moment, consultation):
        consultation.content = {**consultation.content, "stepped_back": stepped_back}
    moment.session.flush()
    away = _AWAY.all(moment.session, question=consultation.id, at=moment.now)
    seats = [as_read(moment.session, Invitation, each._asdict()) for each in away]
    open_ways(moment, [(consultation, each) for each in seats])


def _consultation(moment: Moment, question: Question) -> dict[str, Any]:
    return {
        "id": new_id(),
        "owner_kind": question.owner[0],
        "owner_id": question.owner[1],
        "step_key": question.step_key,
        "round": question.round,
        "reference": question.reference,
        "question": question.question,
        "asked_by": question.asked_by,
        "rule": question.rule,
        "form": question.form,
        "secrecy": promised(question),
        "in_session": question.in_session,
        "level": question.level,
        "tellers": list(question.tellers),
        "undo_minutes": 0 if question.in_session else question.rule.get("undo_minutes", 0),
        "content": question.content,
        "opened_at": moment.now,
    }


def _first_version(moment: Moment, consultation: Consultation) -> dict[str, Any]:
    return {
        "consultation_id": consultation.id,
        "version": 1,
        "kind": "opening",
        "content": consultation.content,
        "proposed_by": consultation.asked_by,
        "proposed_at": moment.now,
        "shown_since": moment.now,
    }


def invite(moment: Moment, consultation: Consultation, asked: Asked, *, part: str = "") -> str:
    """One more person is asked, and written to, with the `part` in which; gives the invitation."""
    (row,) = _invitations(moment, consultation, [asked], None)
    add_rows(moment.session, Invitation, [row])
    tell_invited(moment, consultation, row["id"], asked.person_id, part=part)
    return str(row["id"])


def _invitations(
    moment: Moment, consultation: Consultation, asked: Sequence[Asked], reached: DateTime | None
) -> list[dict[str, Any]]:
    """The rows of those asked; whoever is in the room has been reached. Tables keep no token."""
    ids = [new_id() for _ in asked]
    tokens = moment.house.keys.tokens(f"invitation:{each}" for each in ids)
    return [
        {
            "id": id_,
            "consultation_id": consultation.id,
            "person_id": each.person_id,
            "capacity": each.capacity,
            "calendar": each.calendar,
            "weight": each.weight,
            "organ": each.organ,
            "seat": each.seat,
            "entitled": each.entitled,
            "present": each.present,
            "alternates": list(each.alternates),
            "party": each.party,
            "on_leave": each.on_leave,
            "token": fingerprint(token),
            "invited_at": moment.now,
            "handed_over_at": reached,
            "window_since": reached,
        }
        for each, id_, token in zip(asked, ids, tokens, strict=True)
    ]
