"""Composition: what a daily mail holds, and what follows when a notice has left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from governance.access.actor import CLOCK
from governance.acts import Verb, perform
from governance.appointments import post
from governance.appointments.service import advance as serving
from governance.committees import posted as committee_post
from governance.committees.after import reminding as actions
from governance.committees.meeting import advance as meeting_advance
from governance.consultation import timing
from governance.consultation.models import Consultation, Invitation
from governance.consultation.standing.models import Way
from governance.consultation.standing.queries import seat_of
from governance.consultation.standing.rules import right_of
from governance.house import House
from governance.notices import outgoing, posted, routing
from governance.people.models import Person
from governance.record.models import Outbox
from governance.registry import delivering
from governance.rulebook.current import current_law


def daily_items(house: House, session: Session, digest: Outbox) -> list[dict[str, Any]]:
    """The questions of a daily mail, each with the one link of its reader and for whom it is."""
    return [
        {
            "reference": each.facts["reference"],
            "question": each.facts["question"],
            "last_day": each.facts.get("last_day"),
            "link": outgoing.link_of(house, each.template, each.facts),
            **_for_whom(house, session, each),
        }
        for each in routing.members(session, digest.key)
    ]


def _for_whom(house: House, session: Session, row: Outbox) -> dict[str, Any]:
    """In which office a notice asks its reader; for whom, where they act for another."""
    invitation = session.get(Invitation, row.facts.get("invitation") or "")
    if invitation is None:
        return {}
    office = current_law(session)[1].office(invitation.capacity)
    told: dict[str, Any] = {"office": dict(office.title.root) if office else {}}
    way = session.get(Way, row.facts.get("way") or "")
    if way is None or way.part not in {"substitute", "delegate"}:
        return told
    consultation = session.get_one(Consultation, invitation.consultation_id)
    seat = seat_of(session, (consultation, invitation), house.clock.now())
    right = right_of(seat, row.person_id)
    principal = right.for_person if right else None
    person = session.get(Person, principal or invitation.person_id)
    return told | {"acting_for": person.name if person else ""}


def _digest_told(house: House, row: Outbox) -> None:
    with house.database.reading() as session:
        inside = routing.members(session, row.key)
    for each in inside:
        HANDED_OVER[each.subject_kind](house, each)
    perform(house, CLOCK, posted.HAND_OVER, row.subject_id, posted.Posted(row.key))


def _consultation_told(house: House, row: Outbox) -> None:
    given = timing.HandedOver(row.key, row.facts.get("invitation"))
    perform(house, CLOCK, timing.HAND_OVER, row.subject_id, given)


def _document_told(house: House, row: Outbox) -> None:
    given = delivering.Handing("mail", row.person_id, key=row.key)
    perform(house, CLOCK, delivering.DELIVER, row.subject_id, given)


def _taken(verb: Verb[Any, Any], given: Callable[[str], object]) -> Callable[[House, Outbox], None]:
    """A subject of which only the hand-over itself is noted."""

    def told(house: House, row: Outbox) -> None:
        perform(house, CLOCK, verb, row.subject_id, given(row.key))

    return told


HANDED_OVER: Mapping[str, Callable[[House, Outbox], None]] = {
    "action": _taken(actions.HAND_OVER, actions.Taken),
    "case": _taken(post.HAND_OVER, post.Taken),
    "committee": _taken(committee_post.HAND_OVER, committee_post.Taken),
    "consultation": _consultation_told,
    "document": _document_told,
    "person": _digest_told,
    "service": _taken(serving.HAND_OVER, serving.Taken),
    "meeting": _taken(meeting_advance.HAND_OVER, meeting_advance.Taken),
}
