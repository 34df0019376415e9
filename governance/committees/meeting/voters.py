"""Who may vote on a motion: every seat with the right to that is there, and for how many."""

from __future__ import annotations

from sqlmodel import col, select

from governance.acts import Moment
from governance.committees.calendars import calendar_key
from governance.committees.electing import ELECTIONS
from governance.committees.local import local_day
from governance.committees.meeting.convening import committee_of, rules_for
from governance.committees.meeting.models import ItemRecusal, Meeting, Motion
from governance.committees.meeting.room import Room
from governance.committees.models import Sitting
from governance.committees.presiding import chair_of, sits_out
from governance.committees.rules import roster
from governance.consultation.opening import Asked


def voters_of(moment: Moment, meeting: Meeting, motion: Motion, room: Room) -> tuple[Asked, ...]:
    """Every seat with a right to vote that is there, less the recused; proxies add their weight.

    A chair who has no vote but to break a tie is not among them.
    """
    committee = committee_of(moment.session, meeting)
    day = local_day(meeting.starts_at, committee.zone)
    presence = room.presence()
    recused = set(
        moment.session.exec(
            select(ItemRecusal.seat_id).where(col(ItemRecusal.item_id) == motion.item_id)
        )
    )
    entitled = {each.seat for each in roster(room.register, day, leave=presence.leave).entitled}
    people = _who_sits(moment, meeting, room)
    if sits_out(rules_for(moment.session, meeting), day, subject_of(motion)):
        chair = chair_of(moment.session, meeting.committee_id, moment.now)
        people = {seat: person for seat, person in people.items() if person != chair}
    weight = dict.fromkeys(people, 1)
    for proxy in room.proxies:
        giver = room.seats.get(proxy.from_seat)
        if giver is not None and giver.key in entitled and proxy.to_seat in weight:
            weight[proxy.to_seat] += 1
    return tuple(
        Asked(
            person_id=person,
            capacity=room.seats[seat].represents or room.seats[seat].key,
            calendar=calendar_key(committee),
            weight=str(weight[seat]),
            seat=room.seats[seat].key,
        )
        for seat, person in people.items()
        if room.seats[seat].key in entitled
        and room.seats[seat].key in presence.seats
        and seat not in recused
    )


def subject_of(motion: Motion) -> str:
    """On which subject a motion is, for the rules of procedure."""
    return ELECTIONS if motion.kind == "election" else motion.subject


def _who_sits(moment: Moment, meeting: Meeting, room: Room) -> dict[str, str]:
    """Who is in the room for each seat: as the roll names them, otherwise the holder."""
    holders = select(Sitting.seat_id, Sitting.person_id).where(
        col(Sitting.committee_id) == meeting.committee_id,
        col(Sitting.role) == "holder",
        col(Sitting.since) <= moment.now,
    )
    held = dict(moment.session.exec(holders.order_by(col(Sitting.since))).all())
    found: dict[str, str] = {}
    taken: set[str] = set()
    for row in room.rows:
        person = row.person_id or held.get(row.seat_id or "")
        if row.seat_id and row.status == "present" and person and person not in taken:
            found[row.seat_id] = person
            taken.add(person)
    return found
