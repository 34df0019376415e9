"""A body comes into being from its file: rows of seats, people, officers, rules, mandate."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pendulum
from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.committees.authority import COMMITTEE_SECRETARY, SIGNED_IN
from governance.committees.composing import kept_of
from governance.committees.law import plain, version_of
from governance.committees.lifecycle import CommitteeLifecycle
from governance.committees.models import (
    Committee,
    Leave,
    Mandate,
    Officer,
    Seat,
    Sitting,
    VotingRight,
)
from governance.committees.names import Names
from governance.committees.people import person_of
from governance.committees.seeking import keep_body
from governance.committees.terms import set_term_clocks
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.absences import covering
from governance.people.models import Grant
from governance.people.queries import holder as holder_of
from governance.refusals import Reason, refuse
from governance.rulebook.parts import Text
from governance.rulebook.proceedings.body import Alternate, Body, Member, Span


@dataclass(frozen=True)
class Founding:
    """A body as its file has it, and whether it is in being already."""

    body: Body
    is_active: bool = True


@dataclass
class Founded:
    """What a founding has made so far: who is who by the names of the file."""

    committee: Committee
    now: DateTime
    names: Names = field(default_factory=Names)

    def instant(self, day: date | None) -> DateTime:
        """The beginning of a day where the body is; what has no day held from the beginning."""
        if day is None:
            return pendulum.datetime(1970, 1, 1)
        return pendulum.datetime(day.year, day.month, day.day, tz=self.committee.zone).in_tz("UTC")

    def end(self, day: date | None) -> DateTime | None:
        """The end of a last day; None where it is open."""
        return None if day is None else self.instant(day + timedelta(days=1))


def said_in(text: Text) -> dict[str, str]:
    """A text of several languages as a row keeps it."""
    return {str(language): words for language, words in text.root.items()}


def may_found(moment: Moment, _: Committee | None, __: Founding) -> str:
    """A secretary of committees, or whoever runs the installation."""
    actor = moment.actor
    if actor.level == Level.OPERATOR:
        return "operator"
    if actor.level in SIGNED_IN and COMMITTEE_SECRETARY in actor.roles:
        return f"role:{COMMITTEE_SECRETARY}"
    raise refuse(
        "this is for a secretary of committees to do",
        rule="committee_secretary",
        article="Mandate, roles",
        cure="Sign in as a secretary of committees, or ask one.",
        reason=Reason.AUTHORITY,
    )


def found_body(moment: Moment, _: Committee | None, given: Founding) -> Written[Committee]:
    """Write the body with everything that its file says. Refused where its key is taken."""
    body = given.body
    _key_is_free(moment.session, body.body)
    rules = plain(body.rules)
    committee = Committee(
        id=new_id(),
        key=body.body,
        title=said_in(body.title),
        kind=body.kind,
        parent_id=_parent(moment.session, body),
        zone=body.zone,
        calendar=body.calendar or body.country or "",
        languages=list(body.languages),
        rules=rules,
        rules_version=version_of(rules),
        access=body.access,
        created_at=moment.now,
        sunset_on=body.mandate.sunset if body.mandate else None,
        facts=_facts(body),
    )
    if given.is_active:
        committee.state = fire(CommitteeLifecycle, committee.state, "establish")
    moment.session.add(committee)
    moment.session.flush()
    founded = Founded(committee, moment.now)
    _mandate(moment.session, founded, body)
    for position, member in enumerate(body.members):
        _seat(moment.session, founded, position, member)
    _vacant(moment.session, founded, body)
    _officers(moment.session, founded, body)
    moment.session.flush()
    keep_body(moment.session, committee)
    set_term_clocks(moment, committee)
    return Written({"key": committee.key, "rules": committee.rules_version,
                    "seats": len(body.members) + len(body.vacant)}, committee)  # fmt: skip


FOUND: Verb[Committee, Founding] = Verb(
    "committee:found", Committee, "committee", may_found, found_body
)


def _facts(body: Body) -> dict[str, object]:
    last = body.last_decision
    return {
        **({"last_number": last.number} if last else {}),
        **({"seats": body.seats} if body.seats else {}),
        **({"places": {each.name: each.zone for each in body.places}} if body.places else {}),
        **({"composition": kept_of(body.composition)} if body.composition else {}),
    }


def _key_is_free(session: Session, key: str) -> None:
    if session.exec(select(Committee.id).where(col(Committee.key) == key)).first():
        raise refuse(
            'there is a body "{key}" already',
            rule="one_body_a_key",
            cure="Change it by `mandate committee rules load`, or give the new body another key.",
            reason=Reason.CONFLICT,
            key=key,
        )


def _parent(session: Session, body: Body) -> str | None:
    if body.parent is None:
        return None
    found = session.exec(select(Committee.id).where(col(Committee.key) == body.parent)).first()
    if found is None:
        raise refuse(
            'the parent "{key}" is no body of this installation',
            rule="known_parent",
            cure="Create the parent first, or leave it out.",
            where="parent",
            reason=Reason.INPUT,
            key=body.parent,
        )
    return found


def _mandate(session: Session, founded: Founded, body: Body) -> None:
    if body.mandate is None:
        return
    said = body.mandate
    session.add(
        Mandate(
            committee_id=founded.committee.id,
            version=1,
            text=said_in(said.text),
            milestones=[
                {"title": said_in(each.title), "due_on": each.due_on.isoformat()}
                for each in said.milestones
            ],
            proposed_at=founded.now,
            approved_at=founded.now,
            approved_by=said.approved_by,
            since=said.since,
            sunset_on=said.sunset,
        )
    )


def _seat(session: Session, founded: Founded, position: int, member: Member) -> None:
    committee = founded.committee
    seat = _same_seat(session, founded, member) or Seat(
        id=new_id(),
        committee_id=committee.id,
        key=_seat_key(session, committee.id, member, position),
        title={"en": member.seat or member.name},
        capacity=member.capacity,
        votes=int(member.votes and member.capacity == "member"),
        office=member.office.removeprefix("office."),
        represents=member.represents,
        post=member.post,
        position=position,
        since=founded.instant(member.since),
    )
    here = founded.now
    if member.until is None or (founded.end(member.until) or here) > here:
        seat.state = "serving"
    session.add(seat)
    session.flush()
    if seat.office:
        _by_office(session, founded, seat, member)
    else:
        holder = _sitting(session, founded, seat, member, member.name, member.email)
        for name in (member.name, *member.aliases):
            founded.names.add(holder.person_id, name)
    for each in member.alternates:
        _sitting(session, founded, seat, each, each.name, "", role="alternate")
    for leave in member.leave:
        session.add(
            Leave(
                committee_id=committee.id,
                seat_id=seat.id,
                since=founded.instant(leave.since),
                until=founded.end(leave.until),
                because=leave.reason[:200],
            )
        )
    for change in member.voting_right:
        session.add(
            VotingRight(
                committee_id=committee.id,
                seat_id=seat.id,
                at=founded.instant(change.since),
                has_right=change.has,
                reason=change.reason[:40],
            )
        )


def _vacant(session: Session, founded: Founded, body: Body) -> None:
    """The seats that nobody holds yet."""
    for number, each in enumerate(body.vacant, len(body.members)):
        session.add(
            Seat(
                id=new_id(),
                committee_id=founded.committee.id,
                key=_spelled(each.seat),
                title={"en": each.seat},
                capacity=each.capacity,
                votes=int(each.votes and each.capacity == "member"),
                represents=each.represents,
                post=each.post,
                position=number,
                since=founded.now,
            )
        )


def _by_office(session: Session, founded: Founded, seat: Seat, member: Member) -> None:
    """Whoever holds the office sits; while they are away, their substitute beside them."""
    person = holder_of(session, seat.office, founded.now)
    if person is None:
        seat.state = "vacant"
        return
    founded.names.add(person.id, member.name)
    row = Sitting(
        committee_id=founded.committee.id,
        seat_id=seat.id,
        person_id=person.id,
        since=founded.instant(member.since),
        until=founded.end(member.until),
        came_by=f"office:{seat.office}",
    )
    session.add(row)
    for absence in covering(session, founded.now).get(person.id, []):
        if absence.substitute_id is not None:
            session.add(
                Sitting(
                    committee_id=founded.committee.id,
                    seat_id=seat.id,
                    person_id=absence.substitute_id,
                    role="alternate",
                    since=founded.now,
                    until=absence.until,
                    came_by="substitute",
                )
            )


def _same_seat(session: Session, founded: Founded, member: Member) -> Seat | None:
    """A named seat may have had earlier holders, on lines of their own."""
    if not member.seat:
        return None
    query = select(Seat).where(
        col(Seat.committee_id) == founded.committee.id, col(Seat.key) == _spelled(member.seat)
    )
    return session.exec(query).first()


def _seat_key(session: Session, committee_id: str, member: Member, position: int) -> str:
    key = _spelled(member.seat or member.represents or member.name) or f"seat-{position + 1}"
    taken = select(Seat.id).where(col(Seat.committee_id) == committee_id, col(Seat.key) == key)
    return f"{key[:50]}-{position + 1}" if session.exec(taken).first() else key


def _spelled(name: str) -> str:
    return "-".join(name.casefold().split())[:60]


def _sitting(  # noqa: PLR0913, PLR0917 -- one argument per part of the row
    session: Session,
    founded: Founded,
    seat: Seat,
    span: Span | Alternate,
    name: str,
    email: str,
    role: str = "holder",
) -> Sitting:
    sitting = Sitting(
        committee_id=founded.committee.id,
        seat_id=seat.id,
        person_id=person_of(session, name, email).id,
        role=role,
        since=founded.instant(span.since),
        until=founded.end(span.until),
        term_until=span.until,
    )
    session.add(sitting)
    return sitting


def _officers(session: Session, founded: Founded, body: Body) -> None:
    for rank, each in enumerate(body.officers):
        person_id = founded.names.find(each.name) or person_of(session, each.name).id
        session.add(
            Officer(
                committee_id=founded.committee.id,
                office=each.office.strip().casefold().replace(" ", "_")[:40],
                person_id=person_id,
                rank=rank,
                since=founded.instant(each.since),
                until=founded.end(each.until),
                term_until=each.until,
            )
        )


def grant_secretary(session: Session, person_id: str) -> None:
    """Somebody is a secretary of committees in this installation."""
    known = select(Grant.id).where(
        col(Grant.person_id) == person_id, col(Grant.role) == COMMITTEE_SECRETARY
    )
    if session.exec(known).first() is None:
        session.add(Grant(person_id=person_id, role=COMMITTEE_SECRETARY))
