"""Selection rates side by side, with what could identify somebody withheld. Pure.

The comparison is that of the Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D):
a rate of less than four fifths of the highest rate is evidence of adverse impact. It is a
question to look into, not a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

FOUR_FIFTHS = Fraction(4, 5)
SOURCE = "29 CFR 1607.4(D)"


@dataclass(frozen=True)
class Group:
    """One group: how many there were, how many were selected. None is withheld."""

    name: str
    of: int | None
    selected: int | None
    ratio: Fraction | None = None

    @property
    def rate(self) -> Fraction | None:
        """The share that was selected; None where it is withheld or there was nobody."""
        if self.of is None or self.selected is None or not self.of:
            return None
        return Fraction(self.selected, self.of)

    @property
    def is_below(self) -> bool | None:
        """Whether the rate is less than four fifths of the highest; None where it is not shown."""
        return self.ratio < FOUR_FIFTHS if self.ratio is not None else None


@dataclass(frozen=True)
class Table:
    """Groups side by side, and all of them; `withheld` says whether anything is not shown."""

    groups: tuple[Group, ...]
    total: Group
    small: int

    @property
    def withheld(self) -> bool:
        """Whether a count is not shown."""
        return any(None in (each.of, each.selected) for each in (*self.groups, self.total))


def impact(people: Iterable[tuple[str, bool]], small: int) -> Table:
    """Count (group, whether selected) and withhold what is smaller than `small`.

    A count is withheld where it is more than none and less than `small`, or where what is left
    over of its group is. What is withheld must not follow from what is shown: another count of
    the column is withheld with it, the next smallest, and the total where there is no other.
    """
    counted: dict[str, list[int]] = {}
    for name, is_selected in people:
        row = counted.setdefault(name, [0, 0])
        row[0] += 1
        row[1] += is_selected
    names = sorted(counted)
    sizes = [counted[name][0] for name in names]
    chosen = [counted[name][1] for name in names]
    no_size, no_total = _withheld(sizes, [0 < each < small for each in sizes], small)
    shy = [
        hidden or 0 < one < small or 0 < of - one < small
        for hidden, one, of in zip(no_size, chosen, sizes, strict=True)
    ]
    no_chosen, no_chosen_total = _withheld(chosen, shy, small)
    shown = [
        Group(
            name,
            None if no_size[at] else sizes[at],
            None if no_chosen[at] else chosen[at],
        )
        for at, name in enumerate(names)
    ]
    total = Group(
        "",
        None if no_total else sum(sizes),
        None if no_chosen_total else sum(chosen),
    )
    return Table(_compared(shown), total, small)


def _withheld(counts: Sequence[int], small: Sequence[bool], least: int) -> tuple[list[bool], bool]:
    """Which counts of a column are withheld, and whether its sum is."""
    hidden = list(small)
    if not any(hidden):
        return hidden, 0 < sum(counts) < least
    others = sorted((at for at, each in enumerate(hidden) if not each), key=lambda at: counts[at])
    while others and (
        sum(hidden) < 2  # noqa: PLR2004 -- one alone would follow from the sum
        or sum(count for count, each in zip(counts, hidden, strict=True) if each) < least
    ):
        hidden[others.pop(0)] = True
    lonely = sum(hidden) < 2  # noqa: PLR2004 -- the same
    held = sum(count for count, each in zip(counts, hidden, strict=True) if each)
    return hidden, lonely or held < least


def _compared(groups: Sequence[Group]) -> tuple[Group, ...]:
    rates = [each.rate for each in groups if each.rate is not None]
    best = max(rates, default=Fraction(0))
    if not best or len(rates) < 2:  # noqa: PLR2004 -- a rate is compared with another one
        return tuple(groups)
    return tuple(
        Group(each.name, each.of, each.selected, each.rate / best)
        if each.rate is not None
        else each
        for each in groups
    )


def plain(tables: Mapping[str, Table]) -> dict[str, Any]:
    """Tables as plain data; what is withheld is null, and said to be."""
    return {
        "source": SOURCE,
        **{name: _plain(table) for name, table in tables.items()},
    }


def _plain(table: Table) -> dict[str, Any]:
    return {
        "withheld_under": table.small,
        "withheld": table.withheld,
        "groups": [_plain_group(each) for each in table.groups],
        "total": {"of": table.total.of, "selected": table.total.selected},
    }


def _plain_group(each: Group) -> dict[str, Any]:
    return {
        "group": each.name,
        "of": each.of,
        "selected": each.selected,
        "rate": str(each.rate) if each.rate is not None else None,
        "ratio": str(each.ratio) if each.ratio is not None else None,
        "below_four_fifths": each.is_below,
    }
