"""What waits for an HR officer on a case, as plain data: the form of the one next act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from governance.refusals import Finding
from governance.web.views import EMPTY, Fact, Filled, Mark, Option, Person, Words


@dataclass(frozen=True)
class Need:
    """Something that the stage needs: to be confirmed, or `said` what was confirmed."""

    key: str
    label: Words
    hint: Words = ""
    said: Words = ""
    done: bool = False


@dataclass(frozen=True)
class NeedsWork:
    """What must be there before the procedure goes on."""

    action: str
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class SiftedRow:
    """One candidate and the rules of eligibility that are not kept."""

    person: Person
    href: str
    mark: Mark
    against: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class SiftWork:
    """What the rules of eligibility say of everybody, to be confirmed."""

    action: str
    rows: tuple[SiftedRow, ...]
    good: tuple[SiftedRow, ...]
    is_folded: bool
    admitted: int
    excluded: int
    blocked: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One check of one candidate in the grid; `value` only while it is open."""

    kind: Words
    mark: Mark
    value: str = ""
    ticked: bool = False


@dataclass(frozen=True)
class GridRow:
    """One candidate in the grid."""

    candidacy: str
    name: str
    href: str
    still: int
    cells: tuple[Cell, ...]
    ticked: bool = False


@dataclass(frozen=True)
class GridWork:
    """Checks of all candidates: several are recorded at once, with one result and source."""

    action: str
    kinds: tuple[Words, ...]
    rows: tuple[GridRow, ...]
    results: tuple[Option, ...]
    everybody_href: str = ""
    find: str = ""
    here: str = ""
    count: int = 0
    next_href: str = ""


@dataclass(frozen=True)
class JustifyWork:
    """The balance speaks against the shortlist: why it goes forward all the same."""

    action: str


@dataclass(frozen=True)
class TaskRow:
    """One task before entry on duty."""

    key: str
    title: Words
    mark: Mark
    due: date | None = None
    done: bool = False


@dataclass(frozen=True)
class TasksWork:
    """The tasks before entry on duty."""

    action: str
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True)
class Work:
    """What an HR officer can do now; at most one of them is there."""

    needs: NeedsWork | None = None
    sift: SiftWork | None = None
    grid: GridWork | None = None
    justify: JustifyWork | None = None
    tasks: TasksWork | None = None


@dataclass(frozen=True)
class WeighedRow:
    """One candidate of the shortlist and what each rule says of the balance with them."""

    name: str
    href: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Weighed:
    """A verdict on balance: by candidate, with the working, and the justification on file."""

    verdict: Mark
    rows: tuple[WeighedRow, ...]
    justification: Words = ""


@dataclass(frozen=True)
class LaunchNeed:
    """A need that may be confirmed with the launch already."""

    key: str
    label: Words
    hint: Words


@dataclass(frozen=True)
class RefereeForm:
    """Asking a referee about one candidate."""

    action: str
    candidacy: str
    languages: tuple[Option, ...]
    blocked: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Reference:
    """A reference that was asked for: from whom, and what came."""

    referee: Words
    mark: Mark
    text: str = ""
    when: Words = ""


@dataclass(frozen=True)
class WithdrawPage:
    """An act that is looked at first: what will happen, and the reason or day that it needs."""

    title: Words
    subject: Fact
    action: str
    verb: Words
    happens: tuple[Words, ...]
    danger: bool = True
    needs_reason: bool = True
    day: Words = ""
    day_hint: Words = ""
    refused: tuple[Finding, ...] = ()
    filled: Filled = EMPTY
