"""What is known of the seats of questions at an instant: a fixed number of queries for any many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.consultation.models import Answer, Consultation, Invitation
from governance.consultation.standing.conflicts import conflicts_in
from governance.consultation.standing.models import Delegation, Recusal, Way
from governance.consultation.standing.rules import Away, Deputy, Right, Seat, right_of
from governance.people.absences import covering
from governance.people.models import Absence, Holding, Person
from governance.people.queries import holder
from governance.record.filekeys import fingerprint
from governance.rulebook.current import law_of, newest
from governance.rulebook.schema import Rulebook

Asked = tuple[Consultation, Invitation]
ACTING = ("successor", "substitute", "delegate")


@dataclass(frozen=True)
class Entered:
    """What a link opens: the invitation, for whom, and in which part; `key` names the link."""

    key: str
    invitation: Invitation
    person_id: str
    part: str


def by_any_token(session: Session, token: str) -> Entered | None:
    """The question that a link leads to, whoever's link it is."""
    stamp = fingerprint(token)
    invitation = session.exec(select(Invitation).where(col(Invitation.token) == stamp)).first()
    if invitation is not None:
        return Entered(invitation.id, invitation, invitation.person_id, "asked")
    query = (
        select(Way, Invitation)
        .join(Invitation, col(Invitation.id) == col(Way.invitation_id))
        .where(col(Way.token) == stamp)
    )
    found = session.exec(query).first()
    return Entered(found[0].id, found[1], found[0].person_id, found[0].part) if found else None


def way_of(session: Session, invitation: str, person: str) -> str | None:
    """The link of somebody who may answer for another, by its id."""
    query = select(Way.id).where(
        col(Way.invitation_id) == invitation,
        col(Way.person_id) == person,
        col(Way.part).in_(ACTING),
    )
    return session.exec(query.order_by(col(Way.made_at).desc())).first()


def seat_of(session: Session, asked: Asked, at: DateTime, also: Collection[str] = ()) -> Seat:
    """One seat at an instant."""
    return seats_of(session, [asked], at, also)[asked[1].id]


def seats_of(
    session: Session, asked: Sequence[Asked], at: DateTime, also: Collection[str] = ()
) -> dict[str, Seat]:
    """Seats by their invitation: holders, deputies, absences, delegations, and who is kept out.

    `also` are persons of whom it is asked whether they would be kept out.
    """
    offices = {invitation.capacity for _, invitation in asked}
    deputies = _deputies(session, offices)
    named = {each.office for listed in deputies.values() for each in listed}
    held = _held(session, offices | named)
    holders = {office: _holder(rows, at) for office, rows in held.items()}
    delegates = _delegates(session, [invitation.id for _, invitation in asked])
    recused = _recused(session, [consultation.id for consultation, _ in asked])
    away = covering(session, at)
    near = {invitation.person_id for _, invitation in asked} | set(delegates.values())
    near |= {each for each in holders.values() if each} | _acting(away)
    near |= {each for _, invitation in asked for each in invitation.alternates} | set(also)
    left = _left(session, near, at)
    return {
        invitation.id: Seat(
            asked=invitation.person_id,
            office=invitation.capacity if invitation.capacity in held else "",
            reference=consultation.reference,
            holder=holders.get(invitation.capacity),
            deputies=tuple(
                Deputy(each.office, holders.get(each.office), each.instrument)
                for each in deputies.get(invitation.capacity, ())
            ),
            away={
                person: tuple(
                    Away(each.until, each.substitute_id, frozenset(each.scope), each.instrument)
                    for each in absences
                )
                for person, absences in away.items()
            },
            delegate=delegates.get(invitation.id),
            kept_out=frozenset(consultation.content.get("barred", ()))
            | recused[consultation.id]
            | left
            | _apart(session, consultation)
            | _too_close(session, consultation, near, at),
        )
        for consultation, invitation in asked
    }


def rights_in(session: Session, person: str, asked: Sequence[Asked], at: DateTime) -> list[Right]:
    """By which right somebody may answer each of these; those that are not theirs are left out."""
    seats = seats_of(session, asked, at)
    found = (right_of(seats[invitation.id], person) for _, invitation in asked)
    return [each for each in found if each is not None]


def _held(session: Session, offices: Iterable[str]) -> dict[str, list[Holding]]:
    """Every holding of these offices, the latest first; no entry for what nobody ever held."""
    query = select(Holding).where(col(Holding.office).in_(set(offices)))
    found: dict[str, list[Holding]] = defaultdict(list)
    for each in session.exec(query.order_by(col(Holding.since).desc())):
        found[each.office].append(each)
    return dict(found)


def _holder(rows: Iterable[Holding], at: DateTime) -> str | None:
    holds = (each for each in rows if each.since <= at and (each.until is None or each.until > at))
    return next((each.person_id for each in holds), None)


def _deputies(session: Session, offices: Iterable[str]) -> Mapping[str, tuple[Deputy, ...]]:
    """The deputies that the law in force names, not yet who they are."""
    version = newest(session)
    if version is None:
        return {}
    known = ((key, law_of(session, version).office(key)) for key in offices)
    return {
        key: tuple(Deputy(each.key, None, str(each.article)) for each in office.deputies)
        for key, office in known
        if office is not None and office.deputies
    }


def _delegates(session: Session, invitations: Iterable[str]) -> dict[str, str]:
    query = select(Delegation.invitation_id, Delegation.to_id).where(
        col(Delegation.invitation_id).in_(list(invitations)),
        col(Delegation.taken_back_at).is_(None),
    )
    return dict(session.exec(query).all())


def _recused(session: Session, consultations: Iterable[str]) -> Mapping[str, frozenset[str]]:
    query = select(Recusal.consultation_id, Recusal.person_id).where(
        col(Recusal.consultation_id).in_(set(consultations))
    )
    found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for consultation, person in session.exec(query):
        found[consultation] |= {person}
    return found


def _left(session: Session, near: Collection[str], at: DateTime) -> frozenset[str]:
    query = select(Person.id).where(col(Person.id).in_(list(near)), col(Person.left_at) <= at)
    return frozenset(session.exec(query))


def _apart(session: Session, consultation: Consultation) -> frozenset[str]:
    """Who has answered in a capacity that the law keeps apart from this question's."""
    capacities = consultation.content.get("apart", ())
    if not capacities:
        return frozenset()
    query = (
        select(Answer.by_id, Invitation.person_id)
        .join(Invitation, col(Invitation.id) == col(Answer.invitation_id))
        .join(Consultation, col(Consultation.id) == col(Invitation.consultation_id))
        .where(
            col(Consultation.owner_kind) == consultation.owner_kind,
            col(Consultation.owner_id) == consultation.owner_id,
            col(Consultation.id) != consultation.id,
            col(Invitation.capacity).in_(list(capacities)),
        )
    )
    return frozenset(by or asked for by, asked in session.exec(query))


def _acting(away: Mapping[str, Sequence[Absence]]) -> set[str]:
    return {each.substitute_id for listed in away.values() for each in listed if each.substitute_id}


def _too_close(
    session: Session, consultation: Consultation, near: Collection[str], at: DateTime
) -> frozenset[str]:
    """Who of these is too close to those whom the question is about, by the law's grounds."""
    grounds = consultation.content.get("keep_apart", ())
    subjects = consultation.content.get("subjects", ())
    return frozenset(conflicts_in(session, near, subjects, grounds, at))


def open_in(session: Session, person: str, consultation: str | None = None) -> list[Asked]:
    """Invitations to open questions that may be this person's to answer: their own, or by a way."""
    ways = select(Way.invitation_id).where(col(Way.person_id) == person, col(Way.part).in_(ACTING))
    query = (
        select(Consultation, Invitation)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(
            col(Consultation.state) == "open",
            or_(col(Invitation.person_id) == person, col(Invitation.id).in_(ways)),
        )
    )
    if consultation is not None:
        query = query.where(col(Consultation.id) == consultation)
    return list(session.exec(query).all())


def deputised(
    session: Session, law: Rulebook, offices: Iterable[str], at: DateTime
) -> frozenset[str]:
    """Those offices for which a standing instrument names a deputy who is there."""
    named = {
        key: [each.key for each in office.deputies]
        for key in offices
        if (office := law.office(key)) is not None and office.deputies
    }
    wanted = {deputy for deputies in named.values() for deputy in deputies}
    away = select(Absence.person_id).where(
        col(Absence.since) <= at, col(Absence.until) > at, col(Absence.cancelled_at).is_(None)
    )
    query = select(Holding.office).where(
        col(Holding.office).in_(wanted),
        col(Holding.since) <= at,
        or_(col(Holding.until).is_(None), col(Holding.until) > at),
        col(Holding.person_id).not_in(away),
    )
    there = set(session.exec(query))
    return frozenset(key for key, deputies in named.items() if there & set(deputies))


def stand_in(
    session: Session, office: str, at: DateTime, barred: Collection[str] = ()
) -> Person | None:
    """The deputy of a standing instrument who may act for an office now; the first who is there."""
    named = [each.office for each in _deputies(session, [office]).get(office, ())]
    away = covering(session, at)
    for deputy in named:
        person = holder(session, deputy, at)
        if person is not None and person.id not in barred and person.id not in away:
            return person
    return None


def undecided(session: Session, offices: Iterable[str], at: DateTime) -> list[str]:
    """Those offices for which nobody who is there could decide at an instant: the alarm."""
    away = covering(session, at)
    found = []
    for office in sorted(set(offices)):
        person = holder(session, office, at)
        named = {each.substitute_id for each in away.get(person.id, ())} if person else set()
        acting = {each for each in named if each} - away.keys()
        is_there = person is not None and person.id not in away
        if not is_there and not acting and stand_in(session, office, at) is None:
            found.append(office)
    return found


def unwanted(session: Session, template: str, facts: Mapping[str, Any], now: DateTime) -> str:
    """Why a notice of a question is not wanted any more when it would leave; empty where it is."""
    if template == "awaited":
        asked = session.get(Consultation, facts.get("consultation") or "")
        stands = asked is not None and asked.paused_at is not None
        return "" if stands else "the clock runs on: nothing is awaited any more"
    invitation = session.get(Invitation, facts.get("invitation") or "")
    if invitation is None or template not in {"question", "reminder"}:
        return ""
    if template == "reminder" and (invitation.due_at is None or invitation.due_at <= now):
        return "the time to answer is over, or begins anew"
    if template == "reminder" and facts.get("last_day") != invitation.last_day:
        return "the day that it names has moved"
    back = (
        col(Recusal.invitation_id) == invitation.id,
        col(Recusal.person_id) == invitation.person_id,
    )
    is_theirs = "way" not in facts  # the notice is for whom the seat was put to
    if invitation.recused_at is not None or (
        is_theirs and session.exec(select(Recusal.id).where(*back)).first() is not None
    ):
        return "the person has stepped back"
    query = (
        select(Answer)
        .join(Consultation, col(Consultation.id) == col(Answer.consultation_id))
        .where(
            col(Answer.invitation_id) == invitation.id,
            col(Answer.content_version) == col(Consultation.content_version),
        )
        .order_by(col(Answer.version).desc())
    )
    newest = session.exec(query).first()
    return "it was answered meanwhile" if newest is not None and not newest.taken_back else ""
