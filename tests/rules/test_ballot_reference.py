"""Ballots for seats against a second telling; a lot that anybody can draw again."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pendulum
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.consultation.rules import DecisionRule, Position, Voice, outcome
from governance.rulebook.decisions import Counting

NOW = pendulum.datetime(2026, 11, 23, 12)
POSITIONS = {key: Position(key) for key in ("yes", "abstain", "invalid")}


def ballot_law(counting: dict[str, Any], seed: str = "") -> DecisionRule:
    """A rule for a ballot."""
    of_kind = Counting.model_validate(counting)
    return DecisionRule("ballot", "Rules, art. 7", POSITIONS, counting=of_kind, seed=seed)


@st.composite
def bounds(draw: st.DrawFn) -> dict[str, Any]:
    """More than, or at least, a share or a number."""
    amount = draw(st.one_of(st.sampled_from(["1/2", "2/3", "1/3"]), st.integers(1, 5)))
    return {draw(st.sampled_from(["more_than", "at_least"])): amount}


NAMES = ["a", "b", "c", "d"]


@st.composite
def papers(draw: st.DrawFn) -> list[Voice]:
    """Ballot papers: names, perhaps too many or one twice; blank ones; people who cast none."""
    many = st.lists(st.sampled_from(NAMES), max_size=4)
    return [
        Voice(
            who=str(number),
            position=draw(st.sampled_from(["yes", "yes", "yes", "abstain", "invalid", None])),
            chosen=tuple(draw(many)),
            final=True,
        )
        for number in range(draw(st.integers(1, 9)))
    ]


@settings(max_examples=200)
@given(
    papers(), st.integers(1, 3), st.sampled_from(["yes_no", "entitled", "valid", "cast"]), bounds()
)
def test_seats_go_to_those_with_enough_votes_the_highest_first(
    cast: list[Voice], seats: int, base: str, bound: dict[str, Any]
) -> None:
    """Told again: papers with too many names, or one twice, do not count; a tie elects nobody."""
    ballot = {"seats": seats, "candidates": NAMES}
    found = outcome(ballot_law({"base": base, **bound, "ballot": ballot}), cast, NOW)

    good = [
        set(each.chosen)
        for each in cast
        if each.position == "yes" and 1 <= len(each.chosen) == len(set(each.chosen)) <= seats
    ]
    bad = [
        each
        for each in cast
        if each.position == "invalid"
        or (each.position == "yes" and each.chosen and set(each.chosen) not in good)
    ]
    blank = len([each for each in cast if each.position]) - len(good) - len(bad)
    size = {
        "yes_no": len(good),
        "valid": len(good) + blank,
        "cast": len(good) + blank + len(bad),
        "entitled": len(cast),
    }[base]
    votes = {name: sum(name in each for each in good) for name in NAMES}
    ((name, amount),) = bound.items()
    need = Fraction(amount) * (1 if isinstance(amount, int) else size)
    able = {
        each: n
        for each, n in votes.items()
        if n >= 1 and (n > need if name == "more_than" else n >= need)
    }
    elected = {
        each for each, n in able.items() if sum(other >= n for other in able.values()) <= seats
    }
    assert set(found.chosen) == elected
    assert (found.result == "elected") == (len(elected) == seats)


@given(papers(), st.text(max_size=8), st.text(max_size=8))
def test_a_lot_depends_on_its_seed_and_on_nothing_else(
    cast: list[Voice], seed: str, other: str
) -> None:
    """Drawn again from the recorded seed, in whatever order papers come, it is the same."""
    rule = {"tie": "lot", "ballot": {"seats": 1, "candidates": NAMES, "plurality": True}}
    drawn = [
        outcome(ballot_law(rule, seed=each), voices, NOW).chosen
        for each, voices in (("s" + seed, cast), ("s" + seed, cast[::-1]))
    ]
    assert drawn[0] == drawn[1]
    assert outcome(ballot_law(rule, seed="t" + other), cast, NOW).result is not None
