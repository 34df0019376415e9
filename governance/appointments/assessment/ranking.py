"""A ranking that explains itself: why one is above another, and what that depends on. Pure, exact.

The averages and places are those of the consultation (`consultation/scoring.py`). Here it is said
where each point comes from, at which weight of a criterion two neighbours would change places,
whose scores decide between them, and where the members differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from governance.consultation.scoring import Criterion, Scale, Sheet, Standing, ranking, total_of
from governance.refusals import Sentence, say

ONE = Fraction(1)


@dataclass(frozen=True)
class Part:
    """What one criterion adds to the distance of two neighbours, in points of the whole."""

    criterion: str
    weight: Fraction
    above: Fraction
    below: Fraction
    points: Fraction


@dataclass(frozen=True)
class Turns:
    """The weight of a criterion at which two neighbours change places; the others in proportion.

    `over` is true where the order turns round above that weight, false where below.
    """

    criterion: str
    weight: Fraction
    at: Fraction
    over: bool


@dataclass(frozen=True)
class Neighbours:
    """Two that follow one another: by how much, from what, and what would turn them round."""

    above: str
    below: str
    distance: Fraction
    parts: tuple[Part, ...]
    turns: tuple[Turns, ...]
    without: tuple[str, ...]

    @property
    def is_firm(self) -> bool:
        """Whether no weight of a single criterion and no single member decides the order."""
        return not self.turns and not self.without


@dataclass(frozen=True)
class Differs:
    """Members who differ on one criterion: the lowest and highest score, and who gave them."""

    subject: str
    criterion: str
    lowest: Fraction
    highest: Fraction
    low: tuple[str, ...]
    high: tuple[str, ...]

    @property
    def spread(self) -> Fraction:
        """How far apart they are, in points of the scale."""
        return self.highest - self.lowest


@dataclass(frozen=True)
class Ranked:
    """The whole ranking, with what explains it."""

    standings: tuple[Standing, ...]
    neighbours: tuple[Neighbours, ...]
    differs: tuple[Differs, ...]

    @property
    def placed(self) -> tuple[str, ...]:
        """Who has a place, the best first."""
        return tuple(each.subject for each in self.standings if each.place is not None)


def rank(
    criteria: Sequence[Criterion],
    scale: Scale,
    sheets: Mapping[str, Sheet],
    differs_from: Fraction = Fraction(2),
) -> Ranked:
    """Rank who was scored, and explain it. Weights are shares of one.

    Only those who follow one another are compared, and what each reaches without a member is
    counted once: the work grows as the number of scores.
    """
    standings = ranking(criteria, scale, sheets)
    placed = [each for each in standings if each.place is not None]
    lacking = {
        member: _totals_without(criteria, scale, sheets, member, placed)
        for member in sorted(sheets)
        if len(sheets) > 1
    }
    return Ranked(
        tuple(standings),
        tuple(
            _neighbours(criteria, scale, lacking, above, below) for above, below in pairwise(placed)
        ),
        tuple(_differing(criteria, sheets, differs_from)),
    )


def in_shares(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """The same criteria with weights that make one."""
    whole = sum((each.weight for each in criteria), Fraction(0))
    return tuple(Criterion(each.key, each.weight / whole, each.minimum) for each in criteria)


def _neighbours(
    criteria: Sequence[Criterion],
    scale: Scale,
    lacking: Mapping[str, Mapping[str, Fraction]],
    above: Standing,
    below: Standing,
) -> Neighbours:
    parts = tuple(
        Part(
            each.key,
            each.weight,
            above.averages[each.key],
            below.averages[each.key],
            each.weight
            * (scale.share(above.averages[each.key]) - scale.share(below.averages[each.key])),
        )
        for each in criteria
    )
    return Neighbours(
        above.subject,
        below.subject,
        above.total - below.total,
        parts,
        tuple(_turns(parts, scale)),
        tuple(_without(lacking, above.subject, below.subject)),
    )


def _turns(parts: Sequence[Part], scale: Scale) -> Iterator[Turns]:
    """Where a weight turns the order round, nearest to what it is first.

    With the weight x of a criterion and the others in proportion the distance is
    R + x (d - R): d from this criterion alone, R from all others alone.
    """
    found = []
    for part in parts:
        if part.weight == ONE:
            continue
        own = scale.share(part.above) - scale.share(part.below)
        others = sum((each.points for each in parts if each is not part), Fraction(0)) / (
            ONE - part.weight
        )
        if own == others:
            continue
        at = others / (others - own)
        if 0 <= at <= 1 and min(own, others) < 0:
            found.append(Turns(part.criterion, part.weight, at, over=own < others))
    yield from sorted(found, key=lambda each: (abs(each.at - each.weight), each.criterion))


def _totals_without(
    criteria: Sequence[Criterion],
    scale: Scale,
    sheets: Mapping[str, Sheet],
    member: str,
    placed: Sequence[Standing],
) -> dict[str, Fraction]:
    """What each reaches by the other members' scores; nothing where nobody else scored them."""
    rest = {key: sheet for key, sheet in sheets.items() if key != member}
    return {
        each.subject: total_of(criteria, scale, rest, each.subject) or Fraction(0)
        for each in placed
    }


def _without(
    lacking: Mapping[str, Mapping[str, Fraction]], above: str, below: str
) -> Iterator[str]:
    """The members without whose scores the two would stand the other way round."""
    for member, totals in lacking.items():
        if totals[above] < totals[below]:
            yield member


def _differing(
    criteria: Sequence[Criterion], sheets: Mapping[str, Sheet], differs_from: Fraction
) -> Iterator[Differs]:
    subjects = sorted({subject for sheet in sheets.values() for subject in sheet})
    for subject in subjects:
        for each in criteria:
            given = {
                member: Fraction(sheet[subject][each.key])
                for member, sheet in sorted(sheets.items())
                if subject in sheet
            }
            lowest, highest = min(given.values()), max(given.values())
            if highest - lowest >= differs_from:
                yield Differs(
                    subject,
                    each.key,
                    lowest,
                    highest,
                    tuple(member for member, score in given.items() if score == lowest),
                    tuple(member for member, score in given.items() if score == highest),
                )


def told_of(turns: Turns, places: tuple[int, int], criterion: object) -> Sentence:
    """The sentence of a threshold: the order of 2 and 3 depends on the weight of languages."""
    facts = {
        "one": places[0],
        "other": places[1],
        "criterion": criterion,
        "at": str(turns.at),
        "weight": str(turns.weight),
    }
    if turns.over:
        return say(
            "the order of {one} and {other} depends on the weight of {criterion}: it turns round "
            "where that is more than {at}; it is {weight}",
            **facts,
        )
    return say(
        "the order of {one} and {other} depends on the weight of {criterion}: it turns round "
        "where that is less than {at}; it is {weight}",
        **facts,
    )


def plain(ranked: Ranked) -> dict[str, Any]:
    """The ranking as plain data: fractions as text, sentences in English."""
    number = {subject: place for place, subject in enumerate(ranked.placed, 1)}
    return {
        "ranking": [_plain_standing(each) for each in ranked.standings],
        "neighbours": [_plain_pair(each, number) for each in ranked.neighbours],
        "disagreement": [
            {
                "candidate": each.subject,
                "criterion": each.criterion,
                "spread": str(each.spread),
                "lowest": str(each.lowest),
                "highest": str(each.highest),
                "low": list(each.low),
                "high": list(each.high),
            }
            for each in ranked.differs
        ],
    }


def _plain_standing(each: Standing) -> dict[str, Any]:
    return {
        "candidate": each.subject,
        "place": each.place,
        "total": str(each.total),
        "averages": {key: str(average) for key, average in each.averages.items()},
        "sheets": each.sheets,
        "below_minimum": list(each.short_of),
    }


def _plain_pair(pair: Neighbours, number: Mapping[str, int]) -> dict[str, Any]:
    places = (number[pair.above], number[pair.below])
    return {
        "above": pair.above,
        "below": pair.below,
        "distance": str(pair.distance),
        "parts": {each.criterion: str(each.points) for each in pair.parts},
        "firm": pair.is_firm,
        "depends_on": [
            {
                "criterion": each.criterion,
                "weight": str(each.weight),
                "turns_at": str(each.at),
                "when": "more" if each.over else "less",
                "because": str(told_of(each, places, each.criterion)),
            }
            for each in pair.turns
        ],
        "turned_without": list(pair.without),
    }
