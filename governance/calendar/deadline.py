"""One count as somebody asks for it at a desk: `mandate deadline --from DATE --days N`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from governance.calendar.counted import Counted
from governance.calendar.counting import count
from governance.calendar.days import Calendar, find_calendar, without_holidays
from governance.calendar.periods import Period, Unit
from governance.refusals import Reason, refuse


def deadline(  # noqa: PLR0913 -- one argument per option of the command line, all named
    *,
    days: int,
    from_: date | None = None,
    before: date | None = None,
    calendar: str = "",
    working: bool = False,
    backward: bool = False,
    known: Mapping[str, Calendar] | None = None,
) -> Counted:
    """Count days or working days from a day, or back from it (`before`, or `backward`).

    `calendar` is a key of `known`, the organisation's calendars, or a country code.
    """
    start = _start(from_, before)
    period = Period(
        amount=days,
        unit=Unit.WORKING_DAYS if working else Unit.DAYS,
        backward=backward or before is not None,
    )
    return count(period, start, _calendar(calendar, known, period))


def _start(from_: date | None, before: date | None) -> date:
    if from_ is not None and before is None:
        return from_
    if before is not None and from_ is None:
        return before
    raise refuse(
        "a period has one event, and it was given none"
        if from_ is None
        else "a period has one event, and it was given two",
        rule="period_has_one_event",
        cure="Give --from DATE, or --before DATE to count back from it.",
        reason=Reason.INPUT,
    )


def _calendar(name: str, known: Mapping[str, Calendar] | None, period: Period) -> Calendar:
    """The one named; none is needed where no holiday can matter: calendar days backward."""
    if not name and period.backward and period.unit is Unit.DAYS:
        return without_holidays()
    return find_calendar(name, known)
