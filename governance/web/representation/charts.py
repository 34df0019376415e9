"""How a composition stood over the years, drawn: a small chart for each value. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from governance.representation.ahead import januaries, quotas, year_of
from governance.representation.composition import Member
from governance.representation.counting import by_value, wanted_of
from governance.representation.found import MissingFact, Range
from governance.representation.ranges import STATUS, Standing, decimal
from governance.representation.shares import wanted_share
from governance.representation.view import View
from governance.rulebook.bodies.combined import AllOf
from governance.rulebook.bodies.parts import Rule
from governance.rulebook.bodies.seats import ShareOf

WIDE, HIGH = 160, 56
ALWAYS = ("region", "sex", "languages")


@dataclass(frozen=True)
class Bar:
    """One year: how many, where its bar stands, and what was required then.

    `outside`: fewer or more than that; `ahead`: still to come, by the terms that are known.
    """

    year: int
    count: int
    x: float
    y: float
    width: float
    height: float
    wanted: str = ""
    outside: bool = False
    ahead: bool = False


@dataclass(frozen=True)
class Band:
    """What was required in one year, drawn behind its bar."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Chart:
    """One value over the years, with the range that the rules of each year want of it."""

    title: str
    wanted: str
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Panel:
    """The charts of one attribute; all of them have the same years."""

    title: str
    charts: tuple[Chart, ...]

    @property
    def is_bound(self) -> bool:
        """Whether a range is drawn in one of them."""
        return any(each.bands for each in self.charts)

    @property
    def is_missed(self) -> bool:
        """Whether a number was outside its range in one of the years."""
        return any(bar.outside for each in self.charts for bar in each.bars)

    @property
    def looks_ahead(self) -> bool:
        """Whether years are drawn that have not come yet."""
        return any(bar.ahead for each in self.charts for bar in each.bars)


def panels_of(view: View, every: Sequence[Member]) -> tuple[Panel, ...]:
    """A panel for each attribute of which something is on file in two years at least."""
    years = tuple(januaries(view, every))
    bound = (each.attribute for then in (view, *years) for each in quotas(then))
    listed = dict.fromkeys((*ALWAYS, *bound))
    return tuple(
        Panel(view.called(attribute), charts)
        for attribute in listed
        if attribute not in ("role", "chamber")
        and (charts := tuple(charts_of(view, years, attribute)))
    )


def charts_of(view: View, years: Sequence[View], attribute: str) -> Iterator[Chart]:
    """One chart for each value of an attribute, in the order of the scheme."""
    if len(years) < 2:  # noqa: PLR2004 -- one year is no line
        return
    told = [year_of(then, attribute) for then in years]
    by, _ = by_value(view, view.members, attribute)
    keys = dict.fromkeys((*view.possible(attribute), *sorted(by)))
    titles = {view.title(attribute, key): key for key in keys}
    for each in told:
        titles.update({title: title for title in each.counts if title not in titles})
    for title, key in titles.items():
        counts = [each.counts.get(title, 0) for each in told]
        if any(counts) or key in by:
            limits = [wanted(then, attribute, key) for then in years]
            points = [
                Point(each.year, count, limit)
                for each, count, limit in zip(told, counts, limits, strict=True)
            ]
            yield chart_of(title, points, wanted(view, attribute, key), view.on.year)


@dataclass(frozen=True)
class Point:
    """One year of a chart: how many, and what was required."""

    year: int
    count: int
    limit: Range | None = None


def chart_of(title: str, points: Sequence[Point], now: Range | None, today: int) -> Chart:
    """Bars over the years in a box of WIDE by HIGH, and behind each what was required then."""
    limits = [each.limit for each in points if each.limit]
    top = max([1, *(each.count for each in points), *(each.most or each.least for each in limits)])
    step, scale = WIDE / len(points), (HIGH - 2) / top
    bars, bands = [], []
    for place, each in enumerate(points):
        count, limit = each.count, each.limit
        bars.append(
            Bar(
                each.year,
                count,
                round(place * step + step * 0.2, 2),
                round(HIGH - count * scale, 2),
                round(step * 0.6, 2),
                round(count * scale, 2),
                str(limit) if limit else "",
                outside=bool(limit and limit.misses(count)),
                ahead=each.year > today,
            )
        )
        if limit:
            most = top if limit.most is None else limit.most
            high = round(max((most - limit.least) * scale, 1.5), 2)
            y = round(min(HIGH - most * scale, HIGH - high), 2)
            bands.append(Band(round(place * step, 2), y, round(step, 2), high))
    return Chart(title, str(now) if now else "", tuple(bars), tuple(bands))


def wanted(view: View, attribute: str, value: str) -> Range | None:
    """What a binding quota, or a rule on shares, asks of a value on the day of the view."""
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
