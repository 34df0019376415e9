"""How a composition stood over the years, drawn: a small chart for each value. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from governance.representation.ahead import Year, over_time, quotas
from governance.representation.composition import Member
from governance.representation.counting import by_value, wanted_of
from governance.representation.found import MissingFact, Range
from governance.representation.ranges import STATUS, Standing, decimal
from governance.representation.shares import wanted_share
from governance.representation.view import View
from governance.rulebook.bodies.combined import AllOf
from governance.rulebook.bodies.parts import Rule
from governance.rulebook.bodies.seats import ShareOf

WIDE, HIGH = 160, 40
ALWAYS = ("region", "sex", "languages")


@dataclass(frozen=True)
class Bar:
    """One year: how many, and where its bar stands."""

    year: int
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Chart:
    """One value over the years, with the range that a rule wants; `band`: its top and height."""

    title: str
    wanted: str
    bars: tuple[Bar, ...]
    band: tuple[float, float] | None = None


@dataclass(frozen=True)
class Panel:
    """The charts of one attribute."""

    title: str
    charts: tuple[Chart, ...]


def panels_of(view: View, every: Sequence[Member]) -> tuple[Panel, ...]:
    """A panel for each attribute of which something is on file in two years at least."""
    listed = dict.fromkeys((*ALWAYS, *(each.attribute for each in quotas(view))))
    return tuple(
        Panel(view.called(attribute), charts)
        for attribute in listed
        if attribute not in ("role", "chamber")
        and (charts := tuple(charts_of(view, every, attribute)))
    )


def charts_of(view: View, every: Sequence[Member], attribute: str) -> Iterator[Chart]:
    """One chart for each value of an attribute, in the order of the scheme."""
    years = over_time(view, every, attribute)
    if len(years) < 2:  # noqa: PLR2004 -- one year is no line
        return
    by, _ = by_value(view, view.members, attribute)
    keys = dict.fromkeys((*view.possible(attribute), *sorted(by)))
    titles = {view.title(attribute, key): key for key in keys}
    for each in years:
        titles.update({title: title for title in each.counts if title not in titles})
    for title, key in titles.items():
        counts = [each.counts.get(title, 0) for each in years]
        if any(counts) or key in by:
            yield chart_of(title, years, counts, wanted(view, attribute, key))


def chart_of(
    title: str, years: Sequence[Year], counts: Sequence[int], limit: Range | None
) -> Chart:
    """Bars over the years in a box of WIDE by HIGH, and the wanted range behind them."""
    top = max([1, *counts, *((limit.most or limit.least,) if limit else ())])
    step, scale = WIDE / len(years), (HIGH - 2) / top
    bars = tuple(
        Bar(
            year.year,
            count,
            round(place * step + step * 0.15, 2),
            round(HIGH - count * scale, 2),
            round(step * 0.7, 2),
            round(count * scale, 2),
        )
        for place, (year, count) in enumerate(zip(years, counts, strict=True))
    )
    if limit is None:
        return Chart(title, "", bars)
    most = top if limit.most is None else limit.most
    band = (round(HIGH - most * scale, 2), round(max((most - limit.least) * scale, 1.5), 2))
    return Chart(title, str(limit), bars, band)


def wanted(view: View, attribute: str, value: str) -> Range | None:
    """What a binding quota, or a rule on shares, asks of a value today."""
    for rule in quotas(view):
        if rule.attribute == attribute:
            try:
                for values, limit in wanted_of(view, rule, len(view.members)):
                    if tuple(values) == (value,):
                        return limit
            except MissingFact:
                continue
    for share in _shares(view):
        if dict(share.of.has) == {attribute: value} and share.among.is_everybody:
            return wanted_share(share, len(view.members))
    return None


def _shares(view: View) -> list[ShareOf]:
    rules: list[Rule] = [each for each in view.body.rules if each.in_force(view.on)]
    inside = [each for rule in rules if isinstance(rule, AllOf) for each in rule.rules]
    return [each for each in (*rules, *inside) if isinstance(each, ShareOf)]


@dataclass(frozen=True)
class RangeRow:
    """A state on the scale of its own range: the band, its middle, and where its staff stands."""

    state: str
    staff: int
    midpoint: str
    limits: str
    status: str
    outcome: str
    low: float
    reach: float
    middle: float
    dot: float


def range_row(each: Standing) -> RangeRow:
    """The geometry of one state, in a box of WIDE; the scale ends beyond whatever is larger."""
    top = Fraction(max(each.upper, each.staff, 1)) * Fraction(11, 10)

    def at(number: Fraction | int) -> float:
        return round(float(Fraction(number) / top * WIDE), 2)

    return RangeRow(
        each.state,
        each.staff,
        decimal(each.midpoint),
        f"{each.lower}–{each.upper}",
        STATUS[each.status],
        each.outcome,
        at(each.lower),
        round(at(each.upper) - at(each.lower), 2),
        at(each.midpoint),
        at(each.staff),
    )
