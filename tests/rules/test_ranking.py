"""A ranking in exact fractions, at which weights it turns round, and where members differ."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from governance.appointments.assessment.ranking import Neighbours, in_shares, plain, rank
from governance.cli.sheets import ranking_of_file
from governance.consultation.scoring import Criterion, Scale, Sheet

SCALE = Scale(Fraction(0), Fraction(5))
FILE = b"""
criteria:
  - {key: leadership, weight: 3, minimum: 3}
  - {key: languages, weight: 1}
scale: {least: 0, most: 5}
scores:
  Amari: {Dube: {leadership: 4, languages: 2}, Aalto: {leadership: 4, languages: 5}, Ito: {leadership: 2, languages: 5}}
  Berg: {Dube: {leadership: 5, languages: 2}, Aalto: {leadership: 3.5, languages: 5}, Ito: {leadership: 3, languages: 5}}
"""  # noqa: E501 -- a line for each member is how people write it

sheets = st.dictionaries(
    st.sampled_from(("m1", "m2", "m3")),
    st.fixed_dictionaries(
        {
            who: st.fixed_dictionaries({key: st.integers(0, 5).map(str) for key in ("a", "b", "c")})
            for who in ("P", "Q", "R")
        }
    ),
    min_size=1,
)
weights = st.tuples(*(st.integers(1, 9) for _ in range(3)))


def criteria_of(numbers: tuple[int, ...]) -> tuple[Criterion, ...]:
    """Three criteria of these weights."""
    return in_shares(
        [Criterion(key, Fraction(each)) for key, each in zip("abc", numbers, strict=True)]
    )


def total(shares: dict[str, Fraction], given: dict[str, Sheet], who: str) -> Fraction:
    """An independent count: the mean of the members' weighted sums, as a share of the scale."""
    sums = [
        sum((shares[key] * Fraction(sheet[who][key]) / 5 for key in shares), Fraction(0))
        for sheet in given.values()
    ]
    return sum(sums, Fraction(0)) / len(sums)


@given(sheets, weights)
def test_the_order_is_that_of_an_independent_count(
    given: dict[str, Sheet], numbers: tuple[int, int, int]
) -> None:
    """Nobody stands above somebody with a higher total, and no total is rounded."""
    criteria = criteria_of(numbers)
    shares = {each.key: each.weight for each in criteria}
    ranked = rank(criteria, SCALE, given)
    totals = [total(shares, given, each.subject) for each in ranked.standings]
    assert totals == [each.total for each in ranked.standings]
    assert totals == sorted(totals, reverse=True)


@given(sheets, weights)
def test_the_parts_of_a_distance_add_up(
    given: dict[str, Sheet], numbers: tuple[int, int, int]
) -> None:
    """What is said of two neighbours is the whole of what keeps them apart."""
    for pair in rank(criteria_of(numbers), SCALE, given).neighbours:
        assert sum((each.points for each in pair.parts), Fraction(0)) == pair.distance


def moved(numbers: tuple[Criterion, ...], key: str, to: Fraction) -> dict[str, Fraction]:
    """One weight is another, the others keep their proportion to one another."""
    own = next(each.weight for each in numbers if each.key == key)
    return {
        each.key: to if each.key == key else each.weight * (1 - to) / (1 - own) for each in numbers
    }


@given(sheets, weights)
def test_a_threshold_is_where_the_order_really_turns(
    given: dict[str, Sheet], numbers: tuple[int, int, int]
) -> None:
    """At the weight told both are alike; beyond it the other one is ahead."""
    criteria = criteria_of(numbers)
    for pair in rank(criteria, SCALE, given).neighbours:
        for each in pair.turns:
            at = moved(criteria, each.criterion, each.at)
            assert total(at, given, pair.above) == total(at, given, pair.below)
            end = Fraction(1) if each.over else Fraction(0)
            if each.at != end:
                beyond = moved(criteria, each.criterion, (each.at + end) / 2)
                assert total(beyond, given, pair.above) < total(beyond, given, pair.below)


@given(sheets, weights, st.sampled_from("abc"), st.fractions(0, 1))
def test_where_no_threshold_is_told_no_weight_turns_the_order(
    given: dict[str, Sheet], numbers: tuple[int, int, int], key: str, to: Fraction
) -> None:
    """A criterion that is not named cannot change the order of two neighbours by its weight."""
    criteria = criteria_of(numbers)
    assume(to not in (0, 1))
    for pair in rank(criteria, SCALE, given).neighbours:
        if pair.distance and key not in {each.criterion for each in pair.turns}:
            at = moved(criteria, key, to)
            assert total(at, given, pair.above) >= total(at, given, pair.below)


@given(sheets, weights)
def test_a_member_who_decides_is_named(
    given: dict[str, Sheet], numbers: tuple[int, int, int]
) -> None:
    """Without that member's sheet the two stand the other way round."""
    criteria = criteria_of(numbers)
    shares = {each.key: each.weight for each in criteria}
    for pair in rank(criteria, SCALE, given).neighbours:
        for member in given:
            rest = {key: sheet for key, sheet in given.items() if key != member}
            turned = bool(rest) and total(shares, rest, pair.above) < total(
                shares, rest, pair.below
            )
            assert turned == (member in pair.without)


uneven = st.dictionaries(
    st.sampled_from(("m1", "m2", "m3", "m4")),
    st.dictionaries(
        st.sampled_from("PQRSTUVW"),
        st.fixed_dictionaries({key: st.integers(0, 5).map(str) for key in ("a", "b", "c")}),
    ),
    min_size=1,
)


def mean(
    criteria: Sequence[Criterion], given: dict[str, Sheet], who: str
) -> dict[str, Fraction] | None:
    """An independent count of one's averages, by whoever scored them; None where nobody did."""
    mine = [sheet[who] for sheet in given.values() if who in sheet]
    if not mine:
        return None
    return {
        each.key: Fraction(sum(int(one[each.key]) for one in mine), len(mine)) for each in criteria
    }


def weighed(
    criteria: Sequence[Criterion], given: dict[str, Sheet], who: str
) -> tuple[bool, Fraction]:
    """Whether anybody below a minimum, and the total; nothing where nobody scored them."""
    found = mean(criteria, given, who) or {}
    short = any(
        each.minimum is not None and found.get(each.key, Fraction(0)) / 5 < each.minimum
        for each in criteria
    )
    return short, sum(
        (each.weight * found[each.key] / 5 for each in criteria if found), Fraction(0)
    )


@given(uneven, weights, st.none() | st.fractions(0, 1, max_denominator=5))
def test_the_whole_ranking_is_that_of_a_plain_count(
    given: dict[str, Sheet], numbers: tuple[int, int, int], minimum: Fraction | None
) -> None:
    """Places, distances and deciding members, also where members scored different candidates."""
    first, *others = criteria_of(numbers)
    criteria = (replace(first, minimum=minimum), *others)
    ranked = rank(criteria, SCALE, given)
    everybody = {who for sheet in given.values() for who in sheet}
    reached = {who: weighed(criteria, given, who) for who in everybody}
    totals = {who: total for who, (short, total) in reached.items() if not short}
    assert {each.subject: each.place for each in ranked.standings} == {
        who: 1 + sum(other > totals[who] for other in totals.values()) if who in totals else None
        for who in everybody
    }
    order = sorted(totals, key=lambda who: (-totals[who], who))
    assert [(each.above, each.below, each.distance) for each in ranked.neighbours] == [
        (above, below, totals[above] - totals[below]) for above, below in pairwise(order)
    ]
    for pair in ranked.neighbours:
        turned = []
        for member in sorted(given) if len(given) > 1 else ():
            rest = {key: sheet for key, sheet in given.items() if key != member}
            above, below = (weighed(criteria, rest, who)[1] for who in (pair.above, pair.below))
            turned += [member] if above < below else []
        assert pair.without == tuple(turned)


def test_every_two_neighbours_of_three_hundred_are_compared_and_nobody_else() -> None:
    """Neighbours decide an order: the work grows as the number of scores."""
    drawn = random.Random(7)  # noqa: S311 -- scores, no secret
    given = {
        member: {
            f"c{number:03}": {key: str(drawn.randint(0, 5)) for key in "abc"}
            for number in range(300)
        }
        for member in ("m1", "m2", "m3")
    }
    ranked = rank(criteria_of((3, 2, 1)), SCALE, given)
    assert len(ranked.neighbours) == 299


def pair_of(one: str, other: str) -> Neighbours:
    """Two neighbours of the example."""
    found = ranking_of_file(FILE).neighbours
    return next(each for each in found if {each.above, each.below} == {one, other})


def test_the_order_depends_on_the_weight_of_languages() -> None:
    """Where it turns is told as an exact fraction, in a sentence."""
    pair = pair_of("Aalto", "Dube")
    assert (pair.above, pair.distance) == ("Aalto", Fraction(3, 80))
    told = plain(ranking_of_file(FILE))["neighbours"][0]["depends_on"]
    assert [each["criterion"] for each in told] == ["languages", "leadership"]
    assert told[0]["turns_at"] == "1/5"
    assert told[0]["because"] == (
        "the order of 1 and 2 depends on the weight of languages: it turns round where that is "
        "less than 1/5; it is 1/4"
    )


def test_who_is_below_an_essential_minimum_has_no_place() -> None:
    """A high total elsewhere does not make up for it, and the criterion is named."""
    told = {each["candidate"]: each for each in plain(ranking_of_file(FILE))["ranking"]}
    assert told["Ito"]["place"] is None
    assert told["Ito"]["below_minimum"] == ["leadership"]


def test_disagreement_is_told_with_names_and_not_averaged_away() -> None:
    """Members who are two points apart are named with what they gave."""
    scores = {
        "m1": {"P": {"a": "1"}},
        "m2": {"P": {"a": "4"}},
        "m3": {"P": {"a": "4"}},
    }
    (differs,) = rank([Criterion("a", Fraction(1))], SCALE, scores).differs
    assert (differs.spread, differs.low, differs.high) == (Fraction(3), ("m1",), ("m2", "m3"))
