"""What the pages of a meeting show, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from governance.refusals import Finding
from governance.web.views import EMPTY, Act, Fact, Filled, Mark, Moment, Option, Words


@dataclass(frozen=True)
class ItemRow:
    """One item of the agenda, with the steps that the reader may take."""

    id: str
    number: str
    title: Words
    mark: Mark
    category: Words
    minutes: int
    closed: bool
    current: bool
    late: bool
    steps: tuple[Option, ...] = ()
    papers: tuple[Words, ...] = ()
    note: Words = ""
    to_meeting: bool = False
    may_rise: bool = False
    may_sink: bool = False


@dataclass(frozen=True)
class RollRow:
    """One seat in the room: who sits, what is noted, and what may be noted next."""

    seat: str
    title: Words
    name: str
    mark: Mark
    capacity: Words = ""
    times: Words = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class MotionRow:
    """One motion: its words, who moved it, where it stands, what is proposed to be declared.

    `candidates` are those of an election whose votes are to be entered; `closes` where members
    answer for themselves; `for_chair` where the reader waits for the chair to declare it.
    """

    number: int
    item: str
    kind: Words
    text: str
    moved: Words
    mark: Mark
    votes: Words = ""
    proposed: Words = ""
    working: tuple[Words, ...] = ()
    modes: tuple[Option, ...] = ()
    elects: bool = False
    candidates: tuple[str, ...] = ()
    counts: bool = False
    closes: bool = False
    again: bool = False
    for_chair: bool = False
    objects: bool = False
    by_name: bool = False
    declares: bool = False
    casts: tuple[Option, ...] = ()
    cast_names: tuple[Option, ...] = ()
    places: int = 1
    steps: tuple[Option, ...] = ()


@dataclass(frozen=True)
class SpeakerRow:
    """Somebody who has asked for the floor, or has it."""

    id: str
    name: str
    since: Words
    speaks: bool


@dataclass(frozen=True)
class MeetingPage:
    """One meeting before, in and after its session."""

    title: Words
    reference: str
    href: str
    body: Fact
    mark: Mark
    at: Moment
    facts: tuple[Fact, ...]
    acts: tuple[Act, ...]
    items: tuple[ItemRow, ...]
    budget: Words
    over_budget: bool
    roll: tuple[RollRow, ...]
    quorum: Words
    quorum_mark: Mark
    working: tuple[Words, ...]
    motions: tuple[MotionRow, ...]
    speakers: tuple[SpeakerRow, ...]
    current: str
    seats: tuple[Option, ...]
    in_session: bool
    may_run: bool
    may_propose: bool
    may_order: bool
    vacant: tuple[Option, ...] = ()
    offices: tuple[Option, ...] = ()
    kinds: tuple[Option, ...] = ()
    needs_urgency: bool = False
    early: Words = ""
    minutes_href: str = ""
    screen_href: str = ""
    documents: tuple[Fact, ...] = ()
    reply: Words = ""
    may_reply: bool = False
    forecast: tuple[Words, ...] = ()
    done: Words = ""
    refused: tuple[Finding, ...] = ()
    filled: Filled = EMPTY


@dataclass(frozen=True)
class ScreenPage:
    """What the room sees: the item, the question on the table, the result, who speaks."""

    body: Words
    reference: str
    at: Moment
    item: Words
    number: str
    text: str
    result: Words
    votes: Words
    speaker: str
    quorum: Words
    next_items: tuple[Words, ...] = ()
