"""The roll as the page of a meeting shows it: each seat, what is noted, what may be noted next."""

from __future__ import annotations

from collections.abc import Iterator

from governance.committees.lifecycle import CHAIR, SECRETARY
from governance.committees.meeting.models import Meeting
from governance.committees.models import Seat
from governance.refusals import say
from governance.web.cases.reading import Reading
from governance.web.committees import marks, meeting_marks
from governance.web.committees.meeting_opened import Opened
from governance.web.committees.meeting_views import RollRow
from governance.web.committees.seats import CAPACITIES
from governance.web.views import Mark, Option, Words

BEFORE = frozenset({"planned", "convened", "circulated"})
ROLL = frozenset({"planned", "convened", "circulated", "inquorate", "in_session", "suspended"})


def roll_of(reading: Reading, at: Opened) -> Iterator[RollRow]:
    """Each seat in its order."""
    newest = {row.seat_id: row for row in at.room.rows if row.seat_id}
    day = at.meeting.starts_at.in_timezone(at.committee.zone).date()
    names = {each.seat: each.name for each in at.room.register.sitting(day)}
    given = {each.from_seat for each in at.room.proxies}
    for seat in sorted(at.room.seats.values(), key=lambda each: each.position):
        if seat.state == "abolished":
            continue
        row = newest.get(seat.id)
        name = names.get(seat.key, "")
        status = row.status if row else _unmarked(at.meeting, seat, name)
        if status == "present" and row is not None and row.mode == "remote":
            status = "remote"
        if seat.id in given and status not in {"present", "remote"}:
            status = "proxy"
        times: Words = ""
        if row is not None and row.came_at is not None:
            times = row.came_at.in_timezone(at.meeting.zone).format("HH:mm")
            if row.left_at is not None:
                times += "–" + row.left_at.in_timezone(at.meeting.zone).format("HH:mm")
        yield RollRow(
            seat=seat.key,
            title=reading.text(seat.title, seat.represents or seat.key),
            name=name,
            capacity="" if seat.capacity == "member" else CAPACITIES.get(seat.capacity, ""),
            mark=marks.PRESENCE.get(status, Mark("none", status)),
            times=times,
            options=_roll_options(at, status),
        )


def _unmarked(meeting: Meeting, seat: Seat, name: str) -> str:
    """What a seat is of which the roll says nothing: nobody is absent before the session."""
    if not name and seat.state == "vacant":
        return "vacant"
    return "unmarked" if meeting.state in BEFORE else "absent"


def quorum_mark(at: Opened) -> Mark:
    """Whether there is a quorum; before the roll is taken nothing is said of it."""
    if at.count.reached:
        return Mark("ok", say("there is a quorum"))
    if at.meeting.state in BEFORE and not at.room.presence().seats:
        return Mark("none", say("the roll is not taken yet"))
    return Mark("bad", say("there is no quorum"))


def _roll_options(at: Opened, status: str) -> tuple[Option, ...]:
    if status == "vacant" or not at.roles & {SECRETARY, CHAIR} or at.meeting.state not in ROLL:
        return ()
    wanted = ("left",) if status in {"present", "remote"} else ("present", "remote", "apologies")
    return tuple(Option(each, meeting_marks.ROLL[each]) for each in wanted)
