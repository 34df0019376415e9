"""From a period as the law writes it to one that the calendar can count."""

from __future__ import annotations

from governance.calendar.periods import Period as Counting
from governance.calendar.periods import Unit
from governance.rulebook.parts import Period, Window


def counting(period: Period) -> Counting:
    """The period for `governance.calendar.count`; hours run from the moment itself."""
    roll = period.roll if isinstance(period, Window) else True
    return Counting(period.count, Unit(period.unit), roll=roll, from_the_moment=True)
