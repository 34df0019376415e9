"""What the pages of a competition show, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from governance.web.views import EMPTY, Fact, Filled, Mark, Option, Words


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
