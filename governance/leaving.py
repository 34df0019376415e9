"""Somebody leaves: everything that hangs on them is listed, and passed on in one act.

Composition, because offices, questions, seats, actions and tasks belong to domains that do not
know each other. Access ends with the act; what was done stays done, in the name of whoever did it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from governance.access.models import SignIn
from governance.acts import Moment, Verb, Written
from governance.appointments.models import Case
from governance.committees.after.models import Action
from governance.committees.lifecycle import SeatLifecycle
from governance.committees.models import Committee, Officer, Seat, Sitting
from governance.consultation.models import Consultation, Invitation
from governance.consultation.standing.absences import the_person_or_staff
from governance.consultation.standing.models import Delegation, Information, Recusal
from governance.consultation.standing.queries import seat_of, seats_of
from governance.consultation.standing.rules import right_of, rights
from governance.consultation.standing.ways import alarm, open_seats, open_ways
from governance.database import new_id
from governance.lifecycle import fire, ways_on
from governance.people.models import Absence, Assistance, Holding, Person
from governance.people.queries import by_email
from governance.refusals import Reason, refuse

Plain = dict[str, Any]


@dataclass(frozen=True)
class Leaving:
    """Who takes over by default, and who takes over one thing: by its kind and key (an address)."""

    to: str = ""
    each: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Hanging:
    """One thing that hangs on somebody: its kind, its key, and what it is in a few words."""

    kind: str
    key: str
    what: str

    def as_json(self) -> Plain:
        """For machines."""
        return {"kind": self.kind, "key": self.key, "what": self.what}


def hanging_on(session: Session, person: str, at: DateTime) -> list[Hanging]:
    """Everything that hangs on somebody at an instant, in a fixed number of queries."""
    return [
        *_offices(session, person, at),
        *_questions(session, person, at),
        *_information(session, person),
        *_substitutions(session, person, at),
        *_assistance(session, person, at),
        *_seats(session, person, at),
        *_actions(session, person),
        *_cases(session, person),
    ]


def leave(moment: Moment, person: Person | None, given: Leaving) -> Written[Person]:
    """Pass everything on, end access, and say in the entry what went to whom."""
    assert person is not None  # noqa: S101 -- the door locks the subject first
    if person.left_at is not None:
        raise refuse(
            "this person has left already",
            rule="person_is_here",
            cure="There is nothing to do.",
            reason=Reason.TURN,
        )
    heirs = _heirs(moment, person, given)
    hanging = hanging_on(moment.session, person.id, moment.now)
    passed = [
        {"kind": each.kind, "key": each.key, "to": PASSED_ON[each.kind](moment, person, each, to)}
        for each in hanging
        for to in (heirs.get((each.kind, each.key)) or heirs.get(("", "")),)
    ]
    person.left_at = moment.now
    moment.session.exec(
        update(SignIn)
        .where(col(SignIn.person_id) == person.id, col(SignIn.ended_at).is_(None))
        .values(ended_at=moment.now)
    )
    return Written({"passed_on": passed}, person)


def staff_may(moment: Moment, _: Person | None, given: Leaving) -> str:
    """HR officers, secretaries and administrators."""
    return the_person_or_staff(moment, None, given)


LEAVE: Verb[Person, Leaving] = Verb("person:leave", Person, "person", staff_may, leave)


def _heirs(moment: Moment, person: Person, given: Leaving) -> dict[tuple[str, str], Person]:
    wanted = [("", "", given.to)] if given.to else []
    for name, address in given.each:
        kind, _, key = name.partition(":")
        wanted.append((kind, key, address))
    found: dict[tuple[str, str], Person] = {}
    for kind, key, address in wanted:
        heir = by_email(moment.session, address)
        if heir is None or heir.left_at is not None or heir.id == person.id:
            raise refuse(
                "nobody else is registered under {address}",
                rule="successor_is_known",
                cure="Give the registered address of somebody who stays.",
                where=f"{kind}:{key}" if kind else "to",
                reason=Reason.INPUT,
                address=address[:120],
            )
        found[kind, key] = heir
    return found


# --- what there is -------------------------------------------------------------------------


def _offices(session: Session, person: str, at: DateTime) -> Iterator[Hanging]:
    query = select(Holding).where(
        col(Holding.person_id) == person,
        or_(col(Holding.until).is_(None), col(Holding.until) > at),
    )
    for each in session.exec(query.order_by(col(Holding.office))):
        yield Hanging("office", each.office, each.office)


def _questions(session: Session, person: str, at: DateTime) -> Iterator[Hanging]:
    asked = open_seats(session, people=[person])
    seats = seats_of(session, asked, at) if asked else {}
    for consultation, invitation in asked:
        if right_of(seats[invitation.id], person) is not None:
            what = f"{consultation.reference}, {invitation.capacity}"
            yield Hanging("question", invitation.id, what)
    query = (
        select(Delegation.id, Consultation.reference)
        .join(Invitation, col(Invitation.id) == col(Delegation.invitation_id))
        .join(Consultation, col(Consultation.id) == col(Invitation.consultation_id))
        .where(
            col(Delegation.to_id) == person,
            col(Delegation.taken_back_at).is_(None),
            col(Consultation.state) == "open",
        )
    )
    for key, reference in session.exec(query):
        yield Hanging("delegation", key, reference)


def _information(session: Session, person: str) -> Iterator[Hanging]:
    query = (
        select(Information.id, Consultation.reference)
        .join(Consultation, col(Consultation.id) == col(Information.consultation_id))
        .where(col(Information.of_id) == person, col(Information.state) == "asked")
    )
    for key, reference in session.exec(query):
        yield Hanging("information", key, reference)


def _substitutions(session: Session, person: str, at: DateTime) -> Iterator[Hanging]:
    query = (
        select(Absence, Person)
        .join(Person, col(Person.id) == col(Absence.person_id))
        .where(
            col(Absence.substitute_id) == person,
            col(Absence.until) > at,
            col(Absence.cancelled_at).is_(None),
        )
        .order_by(col(Absence.since), col(Absence.id))
    )
    for absence, away in session.exec(query):
        yield Hanging("substitution", absence.id, away.name)


def _assistance(session: Session, person: str, at: DateTime) -> Iterator[Hanging]:
    query = select(Assistance).where(
        col(Assistance.person_id) == person,
        or_(col(Assistance.until).is_(None), col(Assistance.until) > at),
    )
    for each in session.exec(query.order_by(col(Assistance.office))):
        yield Hanging("assistance", each.office, each.office)


def _seats(session: Session, person: str, at: DateTime) -> Iterator[Hanging]:
    sittings = (
        select(Sitting.id, Committee.title, Seat.key)
        .join(Seat, col(Seat.id) == col(Sitting.seat_id))
        .join(Committee, col(Committee.id) == col(Seat.committee_id))
        .where(
            col(Sitting.person_id) == person,
            or_(col(Sitting.until).is_(None), col(Sitting.until) > at),
        )
        .order_by(col(Seat.key))
    )
    for key, title, seat in session.exec(sittings):
        yield Hanging("seat", key, f"{_words(title)}, {seat}")
    chairs = select(Officer).where(
        col(Officer.person_id) == person,
        or_(col(Officer.until).is_(None), col(Officer.until) > at),
    )
    for each in session.exec(chairs):
        yield Hanging("officer", each.id, each.office)


def _actions(session: Session, person: str) -> Iterator[Hanging]:
    query = select(Action).where(col(Action.owner_id) == person, col(Action.ended_at).is_(None))
    for each in session.exec(query.order_by(col(Action.number), col(Action.id))):
        yield Hanging("action", each.id, each.text[:80])


def _cases(session: Session, person: str) -> Iterator[Hanging]:
    query = select(Case).where(col(Case.launched_by) == person, col(Case.state) == "running")
    for each in session.exec(query.order_by(col(Case.reference))):
        yield Hanging("case", each.id, each.reference)


def _words(name: Any) -> str:
    return name if isinstance(name, str) else str(name.get("en") or next(iter(name.values()), ""))


# --- how it is passed on -------------------------------------------------------------------


def _pass_office(moment: Moment, person: Person, each: Hanging, to: Person | None) -> str | None:
    query = select(Holding).where(
        col(Holding.office) == each.key,
        col(Holding.person_id) == person.id,
        or_(col(Holding.until).is_(None), col(Holding.until) > moment.now),
    )
    for holding in moment.session.exec(query):
        holding.until = max(moment.now, holding.since)
    if to is not None:
        moment.session.add(Holding(office=each.key, person_id=to.id, since=moment.now))
    moment.session.flush()
    asked = open_seats(moment.session, offices=[each.key])
    open_ways(moment, asked)
    alarm(moment, asked)
    return to.id if to else None


def _pass_question(moment: Moment, person: Person, each: Hanging, _: Person | None) -> str | None:
    """An office's question follows the office; one put to the person in person ends with them."""
    invitation = moment.session.get_one(Invitation, each.key)
    consultation = moment.session.get_one(Consultation, invitation.consultation_id)
    seat = seat_of(moment.session, (consultation, invitation), moment.now)
    if seat.office:
        return next((right.person for right in rights(seat) if right.person != person.id), None)
    invitation.recused_at = moment.now
    moment.session.add(
        Recusal(
            consultation_id=consultation.id,
            invitation_id=invitation.id,
            person_id=person.id,
            ground="left",
            at=moment.now,
        )
    )
    return None


def _end_delegation(moment: Moment, _: Person, each: Hanging, __: Person | None) -> str | None:
    kept = moment.session.get_one(Delegation, each.key)
    kept.taken_back_at = moment.now
    return kept.by_id


def _pass_information(moment: Moment, _: Person, each: Hanging, to: Person | None) -> str | None:
    wanted = moment.session.get_one(Information, each.key)
    if to is None:
        wanted.state = "lapsed"
        return None
    wanted.of_id = to.id
    return to.id


def _pass_substitution(moment: Moment, _: Person, each: Hanging, to: Person | None) -> str | None:
    absence = moment.session.get_one(Absence, each.key)
    absence.substitute_id = to.id if to and to.id != absence.person_id else None
    return absence.substitute_id


def _pass_assistance(
    moment: Moment, person: Person, each: Hanging, to: Person | None
) -> str | None:
    query = select(Assistance).where(
        col(Assistance.person_id) == person.id,
        col(Assistance.office) == each.key,
        or_(col(Assistance.until).is_(None), col(Assistance.until) > moment.now),
    )
    for kept in moment.session.exec(query):
        kept.until = moment.now
    if to is None:
        return None
    moment.session.add(Assistance(id=new_id(), person_id=to.id, office=each.key, since=moment.now))
    return to.id


def _vacate_seat(moment: Moment, _: Person, each: Hanging, __: Person | None) -> str | None:
    """A seat is filled by its body's own rules: it is vacant, and its secretary sees it."""
    sitting = moment.session.get_one(Sitting, each.key)
    sitting.until, sitting.ended_because = moment.now, "left"
    seat = moment.session.get_one(Seat, sitting.seat_id)
    if sitting.role == "holder" and "resign" in ways_on(SeatLifecycle, seat.state):
        seat.state = fire(SeatLifecycle, seat.state, "resign")
    return None


def _end_officer(moment: Moment, _: Person, each: Hanging, __: Person | None) -> str | None:
    moment.session.get_one(Officer, each.key).until = moment.now
    return None


def _pass_action(moment: Moment, _: Person, each: Hanging, to: Person | None) -> str | None:
    action = moment.session.get_one(Action, each.key)
    action.owner_id = to.id if to else None
    action.owner_name = to.name if to else ""
    return action.owner_id


def _keep_case(_: Moment, __: Person, ___: Hanging, ____: Person | None) -> str | None:
    """Who launched a case stays on record; any HR officer goes on with it."""
    return None


PASSED_ON = {
    "office": _pass_office,
    "question": _pass_question,
    "delegation": _end_delegation,
    "information": _pass_information,
    "substitution": _pass_substitution,
    "assistance": _pass_assistance,
    "seat": _vacate_seat,
    "officer": _end_officer,
    "action": _pass_action,
    "case": _keep_case,
}
