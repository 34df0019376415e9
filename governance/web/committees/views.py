"""What the pages of committees show, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from governance.refusals import Finding
from governance.web.representation.views import Weighed
from governance.web.views import EMPTY, Act, Fact, Filled, Mark, Moment, Option, Words

Tab = Literal["me", "others", "clock"]


@dataclass(frozen=True)
class Line:
    """One thing that waits: what, where, until when, under which rule, and the one next act."""

    what: Words
    href: str
    body: Words
    body_href: str
    act: Words
    due: Moment | None = None
    left: Words = ""
    rule: Words = ""
    who: Words = ""


@dataclass(frozen=True)
class BodyRow:
    """One body in the list."""

    title: Words
    href: str
    kind: Words
    mark: Mark
    seats: Words
    next: Moment | None = None


@dataclass(frozen=True)
class HomePage:
    """Across all bodies: what waits for the reader, for others, and which clocks run."""

    tab: Tab
    lines: tuple[Line, ...]
    waiting: int
    others: int
    clocks: int
    bodies: tuple[BodyRow, ...]


@dataclass(frozen=True)
class SeatRow:
    """One seat: who sits, since when and until when, and whether they vote."""

    key: str
    title: Words
    holder: Words
    mark: Mark
    term: Words = ""
    note: Words = ""


@dataclass(frozen=True)
class MeetingRow:
    """One meeting in a list."""

    reference: str
    href: str
    title: Words
    at: Moment
    mark: Mark
    minutes: Mark | None = None
    minutes_href: str = ""


@dataclass(frozen=True)
class DecisionRow:
    """One decision of the register."""

    number: str
    href: str
    title: Words
    body: Words
    taken: Words
    mark: Mark
    note: Words = ""


@dataclass(frozen=True)
class ActionRow:
    """One action: what, who, until when, and the steps that the reader may take."""

    number: int
    text: Words
    owner: Words
    mark: Mark
    due: Words = ""
    note: Words = ""
    steps: tuple[Option, ...] = ()
    action: str = ""


@dataclass(frozen=True)
class ReviewLine:
    """A review of the composition: what it follows from, and where it stands."""

    what: Words
    day: Words
    mark: Mark | None = None
    href: str = ""


@dataclass(frozen=True)
class CompositionPart:
    """Under which rules a body is composed, the verdict today, and its reviews."""

    href: str
    rules: str = ""
    rules_href: str = ""
    weighed: Weighed | None = None
    reviews: tuple[ReviewLine, ...] = ()


@dataclass(frozen=True)
class WritingRow:
    """One question that was put in writing."""

    reference: str
    question: Words
    mark: Mark
    href: str


@dataclass(frozen=True)
class BodyPage:
    """One body: what it is for, who sits, when it meets, what it has decided, what is open."""

    key: str
    title: Words
    mark: Mark
    facts: tuple[Fact, ...]
    mandate: tuple[Words, ...]
    mandate_note: Words
    officers: tuple[Fact, ...]
    seats: tuple[SeatRow, ...]
    filled_seats: Words
    meetings: tuple[MeetingRow, ...]
    decisions: tuple[DecisionRow, ...]
    actions: tuple[ActionRow, ...]
    register_href: str
    new_action: str = ""
    owners: tuple[Option, ...] = ()
    writing: tuple[WritingRow, ...] = ()
    writes: bool = False
    others: tuple[Option, ...] = ()
    vacant: tuple[Option, ...] = ()
    offices: tuple[Option, ...] = ()
    done: Words = ""
    filled: Filled = EMPTY
    pages: tuple[Fact, ...] = ()
    composition: CompositionPart | None = None


@dataclass(frozen=True)
class RegisterPage:
    """The register of decisions of every body that the reader may see."""

    rows: tuple[DecisionRow, ...]
    search: str = ""
    state: str = ""
    body: str = ""
    states: tuple[Option, ...] = ()
    bodies: tuple[Option, ...] = ()
    older: str = ""


@dataclass(frozen=True)
class DecisionPage:
    """One decision: its words, how it was taken, what became of it."""

    number: str
    title: Words
    mark: Mark
    text: tuple[Words, ...]
    facts: tuple[Fact, ...]
    working: tuple[Words, ...]
    body: Fact
    documents: tuple[Fact, ...] = ()
    certificate: str = ""
    record_href: str = ""


@dataclass(frozen=True)
class BlockView:
    """One block of minutes as it is read; `facts` are its own words and numbers."""

    id: str
    kind: str
    facts: dict[str, Any]
    item: str = ""
    closed: bool = False
    findings: tuple[FoundView, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FoundView:
    """A finding of the check beside its block, and the form that lets it stand."""

    finding: Finding
    digest: str
    rule: str
    waived: str = ""
    action: str = ""


@dataclass(frozen=True)
class CorrectionRow:
    """A correction that somebody asks for: the words before and after, and what becomes of it."""

    number: int
    who: Words
    place: Words
    changed: tuple[tuple[str, str], ...]
    reason: Words
    mark: Mark
    answer: Words = ""
    action: str = ""


@dataclass(frozen=True)
class MinutesPage:
    """The minutes of one meeting, in one version, with what may be done with them now."""

    title: Words
    meeting: Fact
    body: Fact
    mark: Mark
    draft: bool
    blocks: tuple[BlockView, ...]
    version: int
    versions: tuple[Option, ...]
    standing: int
    href: str
    acts: tuple[Act, ...] = ()
    corrections: tuple[CorrectionRow, ...] = ()
    open_window: bool = False
    facts: tuple[Fact, ...] = ()
    certificate: tuple[Fact, ...] = ()
    corrigenda: tuple[Fact, ...] = ()
    put_right: tuple[Option, ...] = ()
    filled: Filled = EMPTY
    documents: tuple[Fact, ...] = ()
    edit_href: str = ""
    against: int = 0
    public: bool = False
    again: str = ""
    done: Words = ""
    refused: tuple[Finding, ...] = ()
    record_href: str = ""


@dataclass(frozen=True)
class MinutesForm:
    """The paragraphs of a draft to be written, between what the registers say."""

    title: Words
    action: str
    back: str
    version: int
    blocks: tuple[BlockView, ...]
    filled: Filled = EMPTY
    refused: tuple[Finding, ...] = ()
