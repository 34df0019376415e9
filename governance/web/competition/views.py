"""What the pages of a competition show, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from governance.refusals import Finding
from governance.web.views import (
    EMPTY,
    Document,
    Fact,
    Filled,
    Mark,
    Moment,
    Option,
    Stage,
    Words,
)


@dataclass(frozen=True)
class Bar:
    """Where a stage lies on a scale of 1000: its whole span, and its likely course within."""

    first: int
    last: int
    begin: int
    end: int


@dataclass(frozen=True)
class ForecastRow:
    """One stage of a forecast: three dates, why, and what decides."""

    title: Words
    earliest: Words
    likely: Words
    latest: Words
    because: Words
    basis: Mark
    bar: Bar
    critical: Words = ""
    spare: tuple[tuple[Words, int], ...] = ()


@dataclass(frozen=True)
class ForecastPage:
    """The stages of a post before launch, or of a case, on one scale with the benchmark."""

    subject: Fact
    rows: tuple[ForecastRow, ...]
    days: tuple[Fact, ...]
    verdict: Mark | None
    source: str
    benchmark_at: int | None
    today_at: int | None
    action: str
    posts: tuple[Option, ...]
    moves: tuple[Words, ...] = ()
    filled: Filled = EMPTY


@dataclass(frozen=True)
class BoardColumn:
    """One column of the board: how many stand there."""

    title: Words
    count: int
    href: str
    here: bool


@dataclass(frozen=True)
class BoardRow:
    """One candidate on the board: where they stand, who is waited for, what is due."""

    name: str
    href: str
    country: Words
    case: str
    case_href: str
    state: Mark
    since: Words
    checks: int
    waits_for: Words
    due: Moment | None = None
    candidacy: str = ""


@dataclass(frozen=True)
class TogetherLine:
    """An act for many on the board: what, how it stands, and whether it can be undone."""

    id: str
    title: Words
    mark: Mark
    count: int
    who: Words
    at: Moment
    may_undo: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ManyForm:
    """What can be done for many on the board: where it is sent, and what there is to choose."""

    action: str
    here: str
    kinds: tuple[Option, ...]
    zones: tuple[Option, ...]
    ticked: bool
    all_href: str
    column: str
    count: int


@dataclass(frozen=True)
class ManyRow:
    """One candidate in a preview: from which state to which, or why not."""

    name: str
    href: str
    before: Mark
    after: Mark | None
    why_not: Finding | None = None


@dataclass(frozen=True)
class ManyPage:
    """What an act for many would do, to whom, and who would be written to."""

    subject: Fact
    title: Words
    facts: tuple[Fact, ...]
    rows: tuple[ManyRow, ...]
    told: tuple[Fact, ...]
    fields: tuple[Fact, ...]
    possible: int
    minutes: int
    action: str
    back: str
    refused: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class BoardPage:
    """The board of a case, or of all cases."""

    subject: Fact
    columns: tuple[BoardColumn, ...]
    rows: tuple[BoardRow, ...]
    title: Words
    one_case: bool
    older: str = ""
    links: tuple[Fact, ...] = ()
    here: str = ""
    column: str = ""
    find: str = ""
    many: ManyForm | None = None
    together: tuple[TogetherLine, ...] = ()
    done: Words = ""
    refused: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class QualityRow:
    """One question on the process, its light, and the facts with the article."""

    question: Words
    mark: Mark
    finding: Finding


@dataclass(frozen=True)
class QualityPage:
    """The quality of a competition's process."""

    subject: Fact
    rows: tuple[QualityRow, ...]


@dataclass(frozen=True)
class MemberRow:
    """One seat of a panel."""

    name: str
    notes: tuple[Words, ...]
    state: Mark
    trained_on: str
    email: str = ""


@dataclass(frozen=True)
class RankRow:
    """One candidate in the ranking: exact total, percent for the eye, averages by criterion."""

    candidacy: str
    name: str
    place: int | None
    total: str
    percent: str
    averages: tuple[str, ...]
    below: Words = ""


@dataclass(frozen=True)
class ImpactRow:
    """One group's rate of selection; None is withheld."""

    group: Words
    of: int | None
    selected: int | None
    rate: str
    mark: Mark | None = None


@dataclass(frozen=True)
class PanelPage:
    """The panel of a case: who sits, by which rules, and what it came to."""

    subject: Fact
    phase: Mark
    members: tuple[MemberRow, ...]
    criteria: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    ranking: tuple[RankRow, ...]
    depends: tuple[Words, ...]
    differs: tuple[Words, ...]
    impact: tuple[ImpactRow, ...]
    action: str
    may_act: bool
    may_declare: bool
    may_score: bool
    state: str
    anonymous: bool
    scored: bool = False
    ranking_more: int = 0
    differs_at_all: bool = False
    done: Words = ""
    roles: tuple[Option, ...] = ()
    refused: tuple[Finding, ...] = ()
    filled: Filled = EMPTY


@dataclass(frozen=True)
class ScoreLine:
    """One candidate to be scored, by name or by code."""

    key: str
    name: str


@dataclass(frozen=True)
class ScorePage:
    """A member's own sheet."""

    subject: Fact
    lines: tuple[ScoreLine, ...]
    criteria: tuple[Option, ...]
    least: str
    most: str
    action: str
    sheet_href: str
    read: int = 0
    refused: tuple[Finding, ...] = ()
    filled: Filled = EMPTY


@dataclass(frozen=True)
class OwnPage:
    """A candidacy as its candidate sees it: stage, what is owed, data, the way out."""

    name: str
    post: Fact
    state: Mark
    stages: tuple[Stage, ...]
    owed: tuple[Fact, ...]
    documents: tuple[Document, ...]
    action: str
    export_href: str
    languages: tuple[Option, ...]
    may_withdraw: bool
    examined: bool
    is_over: bool = False
    done: Words = ""
    refused: tuple[Finding, ...] = ()
    filled: Filled = EMPTY
