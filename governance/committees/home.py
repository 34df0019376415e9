"""What waits across all bodies: for the reader, for others, and for the clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.access.actor import Actor, Level
from governance.committees.authority import COMMITTEE_SECRETARY
from governance.committees.law import law_of
from governance.committees.lifecycle import CHAIR, SECRETARY
from governance.committees.local import local, local_day
from governance.committees.meeting.models import Meeting
from governance.committees.models import Committee, Officer
from governance.committees.queries import bodies
from governance.committees.waits import (
    Waits,
    clocks_of,
    of_actions,
    of_crises,
    of_mandates,
    of_meetings,
    of_messages,
    of_minutes,
    of_seats,
)
from governance.house import House
from governance.record.models import Deadline
from governance.rulebook.proceedings.law import Proceedings

# The rule that each act stands on, and the deadline of a meeting that it has.
RULES: Mapping[str, tuple[str, ...]] = {
    "convene": ("notice_of_meeting",),
    "circulate_agenda": ("agenda_distribution",),
    "open": ("quorum_to_open",),
    "second_call": ("second_call",),
    "draft": ("minutes_due",),
    "finish": ("minutes_due",),
    "answer": ("correction_window",),
    "settle": ("contested_corrections", "correction_window"),
    "adopt": ("adoption_in_meeting", "tacit_adoption"),
    "publish": ("publication",),
    "fill": ("vacancies",),
    "elect": ("vacancies",),
    "confirm": ("crisis",),
    "review_mandate": ("inactivity",),
}


@dataclass(frozen=True)
class Desk:
    """Everything that waits, the nearest instant first, and the bodies with their next meeting."""

    me: tuple[Waits, ...]
    others: tuple[Waits, ...]
    clocks: tuple[Waits, ...]
    bodies: tuple[tuple[Committee, Meeting | None], ...]


def desk_of(session: Session, actor: Actor, at: DateTime, house: House | None = None) -> Desk:
    """What waits in the bodies that the actor may see, in a fixed number of queries.

    With the house, vacant seats have the instant by which they are to be filled.
    """
    known = {each.id: each for each in bodies(session, actor, at)}
    roles = _roles(session, actor, known, at)
    meetings = list(
        session.exec(
            select(Meeting)
            .where(
                col(Meeting.committee_id).in_(known),
                col(Meeting.state).not_in(("completed", "cancelled")),
            )
            .order_by(col(Meeting.starts_at))
        )
    )
    due, events = _due(session)
    found = [
        *of_minutes(session, known, due, events),
        *of_meetings(meetings, known, events),
        *of_actions(session, known, due, actor),
        *of_seats(session, known, at, house),
        *of_mandates(known, at),
        *of_crises(session, known, roles, due),
        *of_messages(session, actor),
    ]
    articles = _Articles(session, at)
    found = [(role, replace(each, rule=articles.of(each))) for role, each in found]
    mine = [
        each for role, each in found if role == "me" or role in roles.get(each.committee.id, ())
    ]
    others = [each for role, each in found if each not in mine and role != "me"]
    over = ("closed", "completed", "cancelled")
    coming = [each for each in meetings if each.starts_at >= at and each.state not in over]
    return Desk(
        me=_ordered(mine),
        others=_ordered(others),
        clocks=_ordered(clocks_of(session, known, due, events)),
        bodies=tuple(
            (each, next((m for m in coming if m.committee_id == each.id), None))
            for each in known.values()
        ),
    )


def _roles(
    session: Session, actor: Actor, known: Iterable[str], at: DateTime
) -> dict[str, set[str]]:
    """What the reader is in each body: secretary, chair."""
    secretary = {SECRETARY} if COMMITTEE_SECRETARY in actor.roles else set()
    if actor.level == Level.OPERATOR:
        secretary = {SECRETARY, CHAIR}
    roles = {each: set(secretary) for each in known}
    query = select(Officer).where(
        col(Officer.person_id) == actor.person_id,
        col(Officer.office).in_(("chair", "acting_chair")),
        col(Officer.since) <= at,
    )
    for office in session.exec(query):
        if (office.until is None or office.until > at) and office.committee_id in roles:
            roles[office.committee_id].add(CHAIR)
    return roles


def _due(
    session: Session,
) -> tuple[dict[tuple[str, str], DateTime], dict[tuple[str, str], DateTime]]:
    """The next open deadline of each owner of this domain; of meetings and bodies, each event's."""
    query = (
        select(Deadline)
        .where(
            col(Deadline.is_open).is_(True),
            col(Deadline.owner_kind).in_(
                ("action", "decision", "minutes", "meeting", "committee", "consultation")
            ),
        )
        .order_by(col(Deadline.due_at))
    )
    due: dict[tuple[str, str], DateTime] = {}
    events: dict[tuple[str, str], DateTime] = {}
    for each in session.exec(query):
        due.setdefault((each.owner_kind, each.owner_id), each.due_at)
        if each.owner_kind in {"meeting", "committee"}:
            events[(each.owner_id, each.event)] = each.due_at
    return due, events


class _Articles:
    """The article that each act stands on, the law of each body read once."""

    def __init__(self, session: Session, at: DateTime) -> None:
        self.session, self.at = session, at
        self.laws: dict[str, Proceedings] = {}

    def of(self, waits: Waits) -> str:
        """The article of what waits; empty where the rules say nothing."""
        names = RULES.get(waits.act)
        if waits.rule or names is None:
            return waits.rule
        body = waits.committee
        if body.id not in self.laws:
            self.laws[body.id] = law_of(self.session, body)
        day = local_day(self.at, body.zone)
        rulings = (self.laws[body.id].ruling(name, day) for name in names)
        return next((str(each.article) for each in rulings if each is not None), "")


def _ordered(found: Iterable[Waits]) -> tuple[Waits, ...]:
    return tuple(
        sorted(found, key=lambda each: (each.due_at is None, each.due_at or DateTime.max, each.id))
    )


def tell_desk(desk: Desk) -> dict[str, Any]:
    """The desk as plain data; each instant in the zone of its body."""
    lines = {"me": desk.me, "others": desk.others, "clocks": desk.clocks}
    return {
        **{key: [_told(each) for each in found] for key, found in lines.items()},
        "bodies": [
            {"body": body.key, "next_meeting": meeting.reference if meeting else None}
            for body, meeting in desk.bodies
        ],
    }


def _told(waits: Waits) -> dict[str, Any]:
    at = waits.due_at
    return {
        "kind": waits.kind,
        "id": waits.id,
        "body": waits.committee.key,
        "what": waits.what,
        "act": waits.act,
        "due_at": local(at, waits.committee.zone).isoformat() if at else None,
        "who": waits.who,
        "rule": waits.rule or None,
    }
