"""Selection rates side by side: four fifths, and nothing told that could identify somebody."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from governance.appointments.assessment.impact import Group, Table, impact


def people(**groups: tuple[int, int]) -> list[tuple[str, bool]]:
    """So many of each group, so many of them selected."""
    return [
        (name, number < chosen) for name, (of, chosen) in groups.items() for number in range(of)
    ]


def row(table: Table, name: str) -> Group:
    """One group."""
    return next(each for each in table.groups if each.name == name)


def test_less_than_four_fifths_of_the_highest_rate_is_marked() -> None:
    """40 of 100 beside 60 of 100 is two thirds."""
    table = impact(people(women=(100, 40), men=(100, 60)), 5)
    assert row(table, "women").ratio == Fraction(2, 3)
    assert row(table, "women").is_below
    assert row(table, "men").is_below is False


def test_exactly_four_fifths_is_not_less() -> None:
    """The comparison is exact: 40 beside 50 of a hundred."""
    table = impact(people(women=(100, 40), men=(100, 50)), 5)
    assert row(table, "women").is_below is False


def test_a_small_group_takes_another_count_with_it() -> None:
    """With one count withheld it would follow from the sum."""
    table = impact(people(africa=(3, 1), asia=(40, 20), europe=(60, 30)), 5)
    assert row(table, "africa").of is None
    assert row(table, "asia").of is None
    assert row(table, "europe").of == 60
    assert table.total.of == 103


def test_where_there_is_no_other_count_the_total_is_withheld_too() -> None:
    """One group alone is its own total."""
    table = impact(people(africa=(3, 1)), 5)
    assert (table.total.of, table.total.selected) == (None, None)


counts = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=4)


@given(counts)
def test_nothing_withheld_can_be_worked_out_from_what_is_shown(
    drawn: list[tuple[int, int]],
) -> None:
    """For each withheld count at least two values agree with everything that is shown."""
    groups = {f"g{n}": (of, min(of, chosen)) for n, (of, chosen) in enumerate(drawn) if of}
    table = impact(people(**groups), 5)
    for column in ("of", "selected"):
        shown = [getattr(each, column) for each in table.groups]
        total = getattr(table.total, column)
        hidden = [at for at, each in enumerate(shown) if each is None]
        if not hidden:
            continue
        if total is None:
            continue  # any number fits
        rest = total - sum(each for each in shown if each is not None)
        ways = [each for each in product(range(rest + 1), repeat=len(hidden)) if sum(each) == rest]
        for place in range(len(hidden)):
            assert len({way[place] for way in ways}) >= 2


@given(counts)
def test_no_small_count_is_shown(drawn: list[tuple[int, int]]) -> None:
    """Neither of a group, nor of those selected in it, nor of those who are left over."""
    groups = {f"g{n}": (of, min(of, chosen)) for n, (of, chosen) in enumerate(drawn) if of}
    table = impact(people(**groups), 5)
    for each in table.groups:
        assert each.of is None or each.of >= 5
        assert not each.selected or each.selected >= 5
        if each.of is not None and each.selected is not None:
            assert each.of - each.selected == 0 or each.of - each.selected >= 5
