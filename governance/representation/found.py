"""What a rule finds in a composition: an outcome, its reason, the people, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any

from governance.refusals import NOTHING_TO_SAY, Sentence, Verdict, say
from governance.representation.composition import Change, Member
from governance.representation.view import View
from governance.rulebook.bodies.parts import Bounds, Formula

Ways = Callable[[], Iterable[Change]]


def nowhere() -> Iterable[Change]:
    """No way out is known."""
    return ()


@dataclass(frozen=True)
class Found:
    """What one rule says.

    `miss`: how far it is from being kept, in members. `ways`: changes to try. `hint`: the cure in
    words where no change of members is one. `silent`: the file says nothing at all of what the
    rule asks.
    """

    outcome: Verdict
    because: Sentence
    people: tuple[str, ...] = ()
    miss: int = 0
    ways: Ways = nowhere
    hint: Sentence = NOTHING_TO_SAY
    numbers: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    silent: bool = False


def kept(because: str, *, numbers: Mapping[str, Any] | None = None, **facts: Any) -> Found:
    """The rule is kept."""
    return Found(Verdict.PASS, say(because, **facts), numbers=numbers or {})


def broken(  # noqa: PLR0913 -- the parts of one finding
    because: str,
    *,
    people: tuple[str, ...] = (),
    miss: int = 1,
    ways: Ways = nowhere,
    hint: str = "",
    numbers: Mapping[str, Any] | None = None,
    **facts: Any,
) -> Found:
    """The rule is not kept."""
    return Found(
        Verdict.FAIL,
        say(because, **facts),
        people,
        max(miss, 1),
        ways,
        say(hint, **facts),
        numbers or {},
    )


def shown(because: str, *, numbers: Mapping[str, Any] | None = None, **facts: Any) -> Found:
    """Nothing is kept or broken: something is shown."""
    return Found(Verdict.ADVISORY, say(because, **facts), numbers=numbers or {})


def unknown(
    because: str,
    *missing: str,
    people: tuple[str, ...] = (),
    numbers: Mapping[str, Any] | None = None,
    **facts: Any,
) -> Found:
    """A fact is missing; `missing` names it."""
    return Found(
        Verdict.UNDETERMINED,
        say(because, **facts),
        people,
        hint=say("Enter {missing}.", missing=", ".join(missing)),
        numbers=numbers or {},
        missing=missing,
    )


def not_on_file(view: View, attribute: str, members: Iterable[Member]) -> Found:
    """Some members' attribute is not on file."""
    people = view.people(members)
    return Found(
        Verdict.UNDETERMINED,
        say(
            "{attribute} is not on file for: {people}",
            attribute=view.called(attribute),
            people=", ".join(people),
        ),
        people,
        hint=say("Enter {attribute}.", attribute=view.called(attribute)),
        missing=(attribute,),
    )


class MissingFact(Exception):
    """A fact that a number follows from is not on file."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def amount(view: View, value: Any, size: int) -> int:
    """A number as the law gives it: whole, a fact's, or by a formula. Raises MissingFact."""
    if isinstance(value, bool) or value is None:
        raise MissingFact(str(value))
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        return int(number_of(view, value))
    assert isinstance(value, Formula)  # noqa: S101 -- the model knows no other
    base = Fraction(size) if value.of == "size" else number_of(view, value.of)
    counted = rounded(base * value.share, value.rounding) + value.plus
    if value.at_least is not None:
        counted = max(counted, value.at_least)
    return min(counted, value.at_most) if value.at_most is not None else counted


def number_of(view: View, key: str) -> Fraction:
    """A fact that is a number. Raises MissingFact."""
    found = view.fact(key)
    try:
        return Fraction(str(found))
    except (ValueError, ZeroDivisionError):
        raise MissingFact(key) from None


def rounded(number: Fraction, how: str) -> int:
    """A whole number: up, down, or the nearest, halves upwards."""
    if how == "up":
        return ceil(number)
    return floor(number) if how == "down" else floor(number + Fraction(1, 2))


@dataclass(frozen=True)
class Range:
    """From a least to a most; None where there is no most."""

    least: int
    most: int | None

    def misses(self, number: int) -> int:
        """How far a number is outside."""
        if number < self.least:
            return self.least - number
        return number - self.most if self.most is not None and number > self.most else 0

    def __str__(self) -> str:
        if self.most is None:
            return f"≥ {self.least}"
        if self.least == self.most:
            return str(self.least)
        return f"≤ {self.most}" if self.least == 0 else f"{self.least}–{self.most}"


def range_of(view: View, bounds: Bounds, size: int) -> Range:
    """The bounds as numbers on the day. Raises MissingFact."""
    if bounds.exactly is not None:
        exactly = amount(view, bounds.exactly, size)
        return Range(exactly, exactly)
    least = 0 if bounds.at_least is None else amount(view, bounds.at_least, size)
    return Range(least, None if bounds.at_most is None else amount(view, bounds.at_most, size))
