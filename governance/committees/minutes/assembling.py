"""Minutes are assembled from what was recorded: roll, quorum, items, notes, votes, decisions.

Pure: rows come in as they were read, blocks go out. Nothing is invented and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pendulum import DateTime

from governance.committees.after.models import Action, Decision
from governance.committees.local import local
from governance.committees.meeting.late_items import KIND as LATE_ITEM
from governance.committees.meeting.models import (
    AgendaItem,
    Attendance,
    ItemRecusal,
    Meeting,
    Motion,
    Note,
)
from governance.committees.minutes.text import Block, block

Maker = Callable[[str, str], Block]
LATE = DateTime.max
NOTES = {"note": "paragraph", "statement": "statement"}
ABSENT = {"absent": "absent", "leave": "excused", "excused": "excused", "apology": "excused"}


@dataclass(frozen=True)
class Gathered:
    """Everything that a meeting has left, read at once.

    `names` are people and seats by identifier; `order` the places of the seats; `texts` the notes
    by identifier, unsealed. `absent` are members of whom the roll says nothing.
    """

    meeting: Meeting
    items: Sequence[AgendaItem]
    roll: Sequence[Attendance]
    recusals: Sequence[ItemRecusal]
    notes: Sequence[Note]
    motions: Sequence[Motion]
    decisions: Sequence[Decision]
    actions: Sequence[Action]
    names: Mapping[str, str]
    order: Mapping[str, int]
    texts: Mapping[str, str]
    proxies: Mapping[str, str]  # from seat, to seat
    language: str = "en"
    absent: Mapping[str, str | None] = field(default_factory=dict)  # seat, who holds it


def assemble(gathered: Gathered) -> list[Block]:
    """The draft, in the order of the meeting."""
    meeting = gathered.meeting
    made = [
        block(
            "meeting",
            "meeting",
            opened_at=_local(meeting.opened_at, meeting.zone),
            closed_at=_local(meeting.closed_at, meeting.zone),
            place=meeting.place,
            zone=meeting.zone,
        ),
        block("roll", "roll", rows=list(_roll(gathered))),
        block("quorum", "quorum", **_quorum(meeting.quorum)),
    ]
    recorded = _by_item(gathered)
    made += _under(recorded.get(None, ()), "", "open")
    made += _late(gathered)
    for item in sorted(gathered.items, key=lambda each: each.position):
        untouched = item.id not in recorded
        if untouched and item.state in {"proposed", "refused", "held", "struck"}:
            continue
        made.append(_item(gathered, item))
        made += _under(recorded.get(item.id, ()), item.number, item.access)
    return made


def _late(gathered: Gathered) -> Iterator[Block]:
    """Before all items: what was moved on late ones, whether they entered the agenda or not."""
    access = {each.id: each.access for each in gathered.items}
    for motion in sorted(gathered.motions, key=lambda each: each.number):
        if motion.kind == LATE_ITEM:
            yield _motion(gathered, motion, "", access[motion.item_id])


def _quorum(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was counted when the meeting opened, with its working."""
    told = {name: value for name, value in kept.items() if name != "counted"}
    return told | ({"present": kept["counted"]} if "counted" in kept else {})


def _item(gathered: Gathered, item: AgendaItem) -> Block:
    recused = [each for each in gathered.recusals if each.item_id == item.id]
    return block(
        "item",
        f"item-{item.id}",
        item=item.number,
        access=item.access,
        number=item.number,
        title=item.title.get(gathered.language) or next(iter(item.title.values()), ""),
        category=item.category,
        state=item.state,
        because=item.because,
        recused=[
            {"seat": gathered.names.get(each.seat_id, ""), "left": each.leaves_room}
            for each in recused
        ],
    )


def _by_item(gathered: Gathered) -> dict[str | None, list[tuple[DateTime, Maker]]]:
    """What was recorded, under its item, each with its instant and the block that it makes."""
    found: dict[str | None, list[tuple[DateTime, Maker]]] = {}
    for note in gathered.notes:
        if note.kind in NOTES:
            found.setdefault(note.item_id, []).append((note.at, partial(_note, gathered, note)))
    for motion in (each for each in gathered.motions if each.kind != LATE_ITEM):
        made = (motion.moved_at, partial(_motion, gathered, motion))
        found.setdefault(motion.item_id, []).append(made)
    for decision in gathered.decisions:
        found.setdefault(decision.item_id, []).append(
            (decision.taken_at, partial(_decision, decision))
        )
    for action in gathered.actions:
        found.setdefault(action.item_id, []).append(
            (action.opened_at, partial(_action, gathered, action))
        )
    return found


def _under(recorded: Sequence[tuple[DateTime, Maker]], number: str, access: str) -> list[Block]:
    """The blocks of an item, in the order in which they were recorded."""
    ordered = sorted(recorded, key=lambda each: each[0])
    return [make(number, access) for _, make in ordered]


def _note(gathered: Gathered, note: Note, number: str, access: str) -> Block:
    return block(
        NOTES[note.kind],
        f"note-{note.id}",
        item=number,
        access=access,
        text=gathered.texts.get(note.id, ""),
        speaker=note.name or gathered.names.get(note.seat_id or "", ""),
    )


def _motion(gathered: Gathered, motion: Motion, number: str, access: str) -> Block:
    return block(
        "motion",
        f"motion-{motion.id}",
        item=number,
        access=access,
        number=motion.number,
        motion_kind=motion.kind,
        motion_text=motion.text,
        mover=gathered.names.get(motion.mover or "", ""),
        seconder=gathered.names.get(motion.seconder or "", ""),
        state=motion.state,
        mode=motion.mode,
        votes=motion.votes,
        result=motion.result,
    )


def _decision(decision: Decision, number: str, access: str) -> Block:
    return block(
        "decision",
        f"decision-{decision.id}",
        item=number,
        access=access if decision.access == "open" else decision.access,
        number=decision.number,
        title=decision.title,
        decision_text=decision.text,
        how=decision.how,
    )


def _action(gathered: Gathered, action: Action, number: str, access: str) -> Block:
    return block(
        "action",
        f"action-{action.id}",
        item=number,
        access=access,
        number=action.number,
        what=action.text,
        who=action.owner_name or gathered.names.get(action.owner_id or "", ""),
        by=action.due_on.isoformat() if action.due_on else "",
    )


def _roll(gathered: Gathered) -> Iterator[dict[str, Any]]:
    """Each person or seat once, with every span in the room: seats in their order, then others."""
    spans: dict[tuple[str, str], dict[str, Any]] = {}
    last = len(gathered.order)
    places = {seat: (place, "") for seat, place in gathered.order.items()}
    ordered = sorted(
        gathered.roll,
        key=lambda row: (places.get(row.seat_id or "", (last, row.name)), row.came_at or LATE),
    )
    for each in ordered:
        seat = gathered.names.get(each.seat_id or "", "")
        name = each.name or gathered.names.get(each.person_id or "", "") or seat
        row = spans.setdefault(
            (each.seat_id or "", name),
            {
                "capacity": each.capacity,
                "name": name,
                "presence": _presence(each),
                "represented_by": "",
                "seat": seat,
                "spans": [],
            },
        )
        if each.came_at is not None:
            zone = gathered.meeting.zone
            row["spans"].append([_local(each.came_at, zone), _local(each.left_at, zone)])
            row["presence"] = _presence(each)
        to = gathered.proxies.get(each.seat_id or "")
        if to is not None and row["presence"] not in {"present", "remote"}:
            row["presence"], row["represented_by"] = "proxy", gathered.names.get(to, "")
    for seat_id, person in gathered.absent.items():
        seat = gathered.names.get(seat_id, "")
        name = gathered.names.get(person or "", "") or seat
        to = gathered.proxies.get(seat_id)
        spans[seat_id, name] = {
            "capacity": "member",
            "name": name,
            "presence": "absent" if to is None else "proxy",
            "represented_by": gathered.names.get(to or "", ""),
            "seat": seat,
            "spans": [],
        }
    for key in sorted(spans, key=lambda each: places.get(each[0], (last, each[1]))):
        yield spans[key]


def _presence(each: Attendance) -> str:
    if each.status == "present":
        return "remote" if each.mode == "remote" else "present"
    return ABSENT.get(each.status, each.status)


def _local(at: DateTime | None, zone: str) -> str:
    return local(at, zone).format("YYYY-MM-DDTHH:mm:ssZ") if at else ""
