"""What the pages of questions show: a card of the list, the brief, its forms, the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from governance.consultation.amending import Changed
from governance.web.views import (
    EMPTY,
    Act,
    Balance,
    Choice,
    Clock,
    Document,
    Fact,
    Filled,
    Glance,
    Mark,
    Moment,
    Option,
    Position,
    Voice,
    Words,
)


@dataclass(frozen=True)
class Waiting:
    """One card of the list: a question that waits for its reader."""

    question: Words
    href: str
    asked_by: Words
    capacity: Words
    clock: Clock
    number: str
    about: Words = ""
    acting: Words = ""
    rule: Words = ""
    article: Words = ""


@dataclass(frozen=True)
class WaitingPage:
    """What waits for the reader, soonest deadline first; `prepare`: for an office they assist.

    `in_bodies`: how much waits on the page of committees.
    """

    cards: tuple[Waiting, ...]
    last: Words = ""
    prepare: tuple[Waiting, ...] = ()
    in_bodies: int = 0


@dataclass(frozen=True)
class Told:
    """Information that somebody wanted: who asked whom what, and what was told, if it was."""

    who: Words
    asked: str
    answer: str
    mark: Mark
    when: Words = ""


@dataclass(frozen=True)
class Prepared:
    """What an assistant has prepared; `href` opens the page with it filled in."""

    who: Words
    position: Words
    note: str
    when: Words
    href: str


@dataclass(frozen=True)
class Line:
    """One subject of a sheet of scores: its person, and a field for each criterion."""

    person: str
    fields: tuple[Option, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet of scores with its scale in words."""

    scale: Words
    lines: tuple[Line, ...]
    most: str = ""
    least: str = ""
    step: str = "any"


@dataclass(frozen=True)
class Passage:
    """One paragraph of a text that changes may be proposed to, known by its anchor."""

    anchor: str
    text: str


@dataclass(frozen=True)
class TakeBack:
    """Until when an answer may be taken back, and where."""

    until: Moment
    left: Words
    action: str


@dataclass(frozen=True)
class DecisionBrief:
    """The page on which one person answers one question.

    `choose` says how many of the `choices` an answer names, `ordered` that their order counts.
    `standing`: for whom the reader answers, and by which right. `since`: what is new since they
    last looked. `others`: what those who are asked the same have said, where that may be seen.
    `seconds`: other acts, on pages of their own. `sheet` and `passages` are the forms of scores and
    of amendments.
    """

    action: str
    question: Words
    asked_by: Words
    capacity: Words
    rule: Words
    article: str
    clock: Clock
    positions: tuple[Position, ...]
    version: str
    about: Words = ""
    version_note: Words = ""
    intro: Words = ""
    glance: tuple[Glance, ...] = ()
    changes: tuple[Words, ...] = ()
    choose: Literal["none", "one", "many"] = "none"
    ordered: bool = False
    texts: tuple[Fact, ...] = ()
    choices: tuple[Choice, ...] = ()
    balance: Balance | None = None
    voices: tuple[Voice, ...] = ()
    voices_note: Words = ""
    documents: tuple[Document, ...] = ()
    after: Words = ""
    rule_href: str = ""
    record_href: str = ""
    standing: Words = ""
    since: tuple[Words, ...] = ()
    since_when: Moment | None = None
    others: tuple[Voice, ...] = ()
    others_note: Words = ""
    told: tuple[Told, ...] = ()
    seconds: tuple[Act, ...] = ()
    draft: Prepared | None = None
    secrecy: Words = ""
    calendar: str = ""
    facts: tuple[Fact, ...] = ()
    sheet: Sheet | None = None
    passages: tuple[Passage, ...] = ()
    marked: tuple[Changed, ...] = ()
    no_reason: bool = False
    filled: Filled = EMPTY

    @property
    def reason_required(self) -> tuple[Words, ...]:
        """The verbs that need a reason."""
        return tuple(each.verb for each in self.positions if each.needs_reason)


@dataclass(frozen=True)
class Decided:
    """The receipt: what was answered, when, under which rule, what happens next."""

    question: Words
    answer: Mark
    facts: tuple[Fact, ...]
    at: Moment
    next_step: Words
    entry: str
    about: Words = ""
    record_href: str = ""
    next_waiting: Waiting | None = None
    undo: TakeBack | None = None


@dataclass(frozen=True)
class Handing:
    """One of the quiet acts beside the answer, on a page of its own.

    `kind`: delegate, ask, recuse. `options` are grounds, or whom to ask. `blocked`: why there is
    no form; a delegation that stands is taken back by whoever gave it.
    """

    kind: str
    action: str
    back: str
    question: Words
    title: Words
    explained: tuple[Words, ...]
    verb: Words
    options: tuple[Option, ...] = ()
    blocked: Words = ""
    filled: Filled = EMPTY
    may_take_back: bool = False


@dataclass(frozen=True)
class Informing:
    """The page of whoever is asked for information: that one question, and nothing of the case."""

    action: str
    number: str
    question: Words
    asker: Words
    wanted: tuple[Told, ...]
    filled: Filled = EMPTY


@dataclass(frozen=True)
class Preparing:
    """The page of an assistant: the brief as the office sees it is beside it; here is the draft."""

    action: str
    question: Words
    about: Words
    office: Words
    clock: Clock
    positions: tuple[Option, ...]
    choices: tuple[Option, ...]
    choose: Literal["none", "one", "many"]
    voices: tuple[Voice, ...]
    chosen: tuple[str, ...] = ()
    saved: Words = ""
    filled: Filled = EMPTY
