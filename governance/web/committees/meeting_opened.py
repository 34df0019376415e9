"""A meeting opened for a reader who may see it: its rows, read at once for its whole page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlmodel import Session, col, select

from governance.committees.authority import roles_in
from governance.committees.meeting.models import AgendaItem, Meeting, Motion, Note, Paper
from governance.committees.meeting.room import Room, count_of, room_of
from governance.committees.models import Committee
from governance.committees.queries import body_by_key
from governance.committees.rules import QuorumCount
from governance.refusals import Reason, refuse
from governance.web.cases.reading import Reading
from governance.web.desk import Desk


@dataclass(frozen=True)
class Opened:
    """A meeting with its body and its rows, read at once for a reader who may see them."""

    meeting: Meeting
    committee: Committee
    roles: frozenset[str]
    items: Sequence[AgendaItem]
    motions: Sequence[Motion]
    papers: Sequence[Paper]
    notes: Sequence[Note]
    room: Room
    count: QuorumCount


def open_meeting(desk: Desk, reading: Reading) -> Opened:
    """The meeting of this address. Refused alike where there is none and where not for them."""
    session = reading.session
    meeting = session.get(Meeting, desk.path["id"])
    if meeting is None:
        raise refuse(
            "there is no such meeting that you may see",
            rule="known_meeting",
            cure="Open it from the page of its body.",
            reason=Reason.MISSING,
        )
    committee = body_by_key(session, desk.me, meeting.committee_id, reading.now)
    room = room_of(session, meeting)
    return Opened(
        meeting=meeting,
        committee=committee,
        roles=roles_in(session, committee.id, desk.me, reading.now),
        items=_of(session, meeting, AgendaItem, "position"),
        motions=_of(session, meeting, Motion, "number"),
        papers=_of(session, meeting, Paper, "key"),
        notes=[each for each in _of(session, meeting, Note, "at") if each.kind == "speaker"],
        room=room,
        count=count_of(session, meeting, room),
    )


def _of(session: Session, meeting: Meeting, model: Any, by: str) -> list[Any]:
    rows = session.exec(select(model).where(col(model.meeting_id) == meeting.id)).all()
    return sorted(rows, key=attrgetter(by))
