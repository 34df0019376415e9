"""What the pages of representation show; built by `filling`, rendered by their templates."""

from __future__ import annotations

from dataclasses import dataclass, field

from governance.refusals import Finding
from governance.web.representation.charts import Panel
from governance.web.views import EMPTY, Filled, Mark, Option, Words


@dataclass(frozen=True)
class BodyRow:
    """One body in the list."""

    title: str
    rules: int
    href: str


@dataclass(frozen=True)
class ReviewRow:
    """One review in the list."""

    body: str
    due: str
    state: Mark
    href: str


@dataclass(frozen=True)
class ListPage:
    """All bodies, and the reviews that the reader may see."""

    bodies: tuple[BodyRow, ...]
    reviews: tuple[ReviewRow, ...] = ()
    may_open: bool = False
    options: tuple[Option, ...] = ()
    filled: Filled = EMPTY


@dataclass(frozen=True)
class RuleRow:
    """One rule as it is written."""

    id: str
    says: str
    article: str
    force: Words
    sure: Words


@dataclass(frozen=True)
class GroupBar:
    """One group: how many it has, and how many it must have; `most` is the end of the scale."""

    title: str
    count: int
    least: int | None
    most: int | None
    scale: int
    mark: Mark

    @property
    def wanted(self) -> str:
        """The range in signs."""
        if self.least is None:
            return "–"
        if self.most is None:
            return f"≥ {self.least}"
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


@dataclass(frozen=True)
class SeatCard:
    """One seat on the map: who sits there, and who else could."""

    field: str
    label: str
    holder: str
    note: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class SlateCard:
    """A slate that was found."""

    mark: Mark
    people: tuple[str, ...]


@dataclass(frozen=True)
class EffectRow:
    """What a candidate does to the balance."""

    name: str
    state: str
    mark: Mark
    breaks: str
    mends: str
    balance: tuple[Words, ...] = ()


@dataclass(frozen=True)
class ComingRow:
    """Seats that fall vacant, and to whom they are owed."""

    day: str
    leaving: str
    owed: str


@dataclass(frozen=True)
class Weighed:
    """A verdict, and what goes with it."""

    mark: Mark
    day: str
    members: int
    findings: tuple[Finding, ...]
    groups: tuple[tuple[str, tuple[GroupBar, ...]], ...] = ()
    seats: tuple[SeatCard, ...] = ()
    not_judged: str = ""
    effects: tuple[EffectRow, ...] = ()
    slates: tuple[SlateCard, ...] = ()
    clashes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    time_hit: bool = False
    coming: tuple[ComingRow, ...] = ()
    panels: tuple[Panel, ...] = ()


@dataclass(frozen=True)
class SeatCells:
    """A seat, and what is kept of it for the rules: fields with their values."""

    label: str
    cells: tuple[Option, ...]


@dataclass(frozen=True)
class Settings:
    """Under which rules a committee is composed, as its secretary sets it."""

    action: str
    bodies: tuple[Option, ...]
    columns: tuple[str, ...] = ()
    seats: tuple[SeatCells, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class BodyPage:
    """A body: its rules, a form for a composition, and the verdict on it."""

    key: str
    title: str
    rules: tuple[RuleRow, ...]
    columns: str
    filled: Filled = EMPTY
    faults: tuple[Finding, ...] = ()
    weighed: Weighed | None = None
    chips: tuple[str, ...] = ()
    up: Option | None = None
    settings: Settings | None = None
    ranges: bool = False
    review_days: tuple[Words, ...] = ()


@dataclass(frozen=True)
class ReviewPage:
    """A review: what was judged, what may be done now, and why not."""

    id: str
    title: str
    body_href: str
    due: str
    state: Mark
    weighed: Weighed | None
    open_acts: tuple[str, ...]
    answered: str = ""
    filled: Filled = EMPTY
    faults: tuple[Finding, ...] = ()
    members: tuple[tuple[str, str, str], ...] = field(default_factory=tuple)
