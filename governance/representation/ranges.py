"""Desirable ranges: a midpoint for each state from four factors, its limits, and where it stands.

Limits are rounded from the midpoint before it is rounded. Whoever gives a whole midpoint gives a
rounded one, and the limits may then differ by one from those that the body publishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from governance.representation.choosing import choose, comparable
from governance.representation.found import (
    Found,
    MissingFact,
    amount,
    kept,
    rounded,
    shown,
    unknown,
)
from governance.representation.view import View
from governance.rulebook.bodies.seats import Ranges

STATUS = {
    "unrepresented": "unrepresented",
    "under": "under-represented",
    "within_below": "within range, below midpoint",
    "within_above": "within range, above midpoint",
    "over": "over-represented",
}


@dataclass(frozen=True)
class Standing:
    """One state: its staff, its midpoint, its limits, and where it stands."""

    state: str
    staff: int
    midpoint: Fraction
    lower: int
    upper: int

    @property
    def status(self) -> str:
        """A key of STATUS."""
        if self.staff == 0 and self.upper > 0:
            return "unrepresented"
        if self.staff < self.lower:
            return "under"
        if self.staff > self.upper:
            return "over"
        return "within_below" if self.staff <= self.midpoint else "within_above"

    @property
    def outcome(self) -> str:
        """unrepresented, under, within, over."""
        return self.status.partition("_")[0]

    def as_plain(self) -> dict[str, Any]:
        """As plain data; the midpoint as exact text and as a whole number."""
        return {
            "state": self.state,
            "staff": self.staff,
            "midpoint": rounded(self.midpoint, "nearest"),
            "midpoint_exact": decimal(self.midpoint),
            "lower": self.lower,
            "upper": self.upper,
            "outcome": self.outcome,
            "status": STATUS[self.status],
        }


def decimal(number: Fraction, places: int = 3) -> str:
    """An exact number as a person reads it, to three places."""
    scaled = floor(number * 10**places + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**places)
    return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")


def midpoint(
    rule: Ranges, base: Fraction, members: int, contribution: Fraction, population: Fraction
) -> Fraction:
    """Base x (weight of membership / members + weight x share of contributions + of population)."""
    return base * (
        rule.membership_weight / members
        + rule.contribution_weight * contribution
        + rule.population_weight * population
    )


def limits(rule: Ranges, middle: Fraction) -> tuple[int, int]:
    """The lower and the upper limit, each rounded from the midpoint as it is."""
    reach = max(middle * rule.flex, rule.flex_at_least)
    lower, upper = middle - reach, middle + reach
    if rule.lower_at_least is not None:
        lower = max(lower, rule.lower_at_least)
    if rule.upper_at_least is not None:
        upper = max(upper, rule.upper_at_least)
    return max(0, rounded(lower, rule.rounding)), rounded(upper, rule.rounding)


def standing(rule: Ranges, state: str, staff: int, middle: Fraction) -> Standing:
    """Where a state stands."""
    lower, upper = limits(rule, middle)
    return Standing(state, staff, middle, lower, upper)


def base_of(view: View, rule: Ranges) -> Fraction:
    """The base figure. Raises MissingFact."""
    if rule.base is None:
        raise MissingFact("base")
    return Fraction(amount(view, rule.base, len(view.members)))


def standings(view: View, rule: Ranges) -> list[Standing]:
    """Every state of the tables, with the staff among the members. Raises MissingFact."""
    base, members = base_of(view, rule), amount(view, rule.members, len(view.members))
    paid = _figures(view, rule.contribution) if rule.contribution_weight else {}
    living = _figures(view, rule.population) if rule.population_weight else {}
    none = Fraction(0)
    people: dict[str, int] = {}
    for each in choose(view, rule.among).members:
        people[each.state] = people.get(each.state, 0) + 1
    return [
        standing(
            rule,
            state,
            people.get(state, 0),
            midpoint(rule, base, members, paid.get(state, none), living.get(state, none)),
        )
        for state in sorted({*paid, *living})
    ]


def _figures(view: View, attribute: str) -> dict[str, Fraction]:
    table = view.body.tables.get(attribute)
    if table is None or not table.values:
        raise MissingFact(attribute)
    return as_shares(table.values)


def as_shares(figures: Mapping[str, Any]) -> dict[str, Fraction]:
    """Figures as shares of one: shares as they are, percents, or amounts over their total."""
    numbers = {
        state: number
        for state, value in figures.items()
        if isinstance(number := comparable(value), Fraction)
    }
    total = sum(numbers.values(), Fraction(0))
    if total <= 1:
        return numbers
    if total <= Fraction(1005, 10):
        return {state: number / 100 for state, number in numbers.items()}
    return {state: number / total for state, number in numbers.items()}


def counted(standings: Iterable[Standing]) -> dict[str, int]:
    """How many states stand where."""
    numbers = dict.fromkeys(STATUS, 0)
    for each in standings:
        numbers[each.status] += 1
    return numbers


def desirable_ranges(view: View, rule: Ranges) -> Found:
    """Where the states stand; the rule is kept where none is outside its range."""
    try:
        found = standings(view, rule)
    except MissingFact as fact:
        return unknown("{fact} is not on file", fact.key, fact=fact.key.replace("_", " "))
    numbers = counted(found)
    said = ", ".join(f"{STATUS[key]} {n}" for key, n in numbers.items())
    if numbers["unrepresented"] or numbers["under"] or numbers["over"]:
        return shown("{said}", said=said, numbers=numbers)
    return kept("{said}", said=said, numbers=numbers)
