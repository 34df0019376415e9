"""Composition: what follows, with each kind of subject, when a notice of it has left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from governance.access.actor import CLOCK
from governance.acts import Verb, perform
from governance.appointments import post
from governance.appointments.service import advance as serving
from governance.committees import posted as committee_post
from governance.committees.after import reminding as actions
from governance.committees.meeting import advance as meeting_advance
from governance.consultation import timing
from governance.house import House
from governance.notices import posted, routing
from governance.record.models import Outbox
from governance.registry import delivering


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
