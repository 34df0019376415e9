"""Days as people write them, in English, French and Spanish, in words and in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier enero",
            "february feb février fevrier febrero",
            "march mar mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juin junio",
            "july jul juillet julio",
            "august aug août aout agosto",
            "september sep sept septembre septiembre",
            "october oct octobre octubre",
            "november nov novembre noviembre",
            "december dec décembre decembre diciembre",
        ),
        1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAYS = (
    re.compile(r"(?P<y>(?:19|20)\d{2})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?:de\s+)?(?P<n>{MONTH})\.?,?\s+(?:de\s+)?"
        r"(?P<y>(?:19|20)\d{2})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<n>{MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d{{2}})",
        re.IGNORECASE,
    ),
)
NUMERIC = re.compile(
    r"(?<![\d/.])(?P<a>\d{1,2})(?P<sign>[/.])(?P<b>\d{1,2})(?P=sign)(?P<y>20\d{2})(?!\d)"
)
MONTHS_IN_YEAR = 12


def days_in(text: str) -> Iterator[tuple[date, int]]:
    """Each day that a line names, with where it begins."""
    for pattern in DAYS:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            month = int(parts["m"]) if parts.get("m") else MONTHS[parts["n"].lower()]
            try:
                yield date(int(parts["y"]), month, int(parts["d"])), found.start()
            except ValueError:
                continue
    yield from numeric_days(text)


def impossible_days(text: str) -> Iterator[str]:
    """Days that a line names and no calendar has, such as 31 February 2024, as they stand."""
    for pattern in DAYS:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            month = int(parts["m"]) if parts.get("m") else MONTHS[parts["n"].lower()]
            try:
                date(int(parts["y"]), month, int(parts["d"]))
            except ValueError:
                if 0 < month <= MONTHS_IN_YEAR:
                    yield found[0]


def numeric_days(text: str, *, month_first: bool | None = None) -> Iterator[tuple[date, int]]:
    """Days in figures: 12.3.2026, 3/27/2026; 3/12/2026 only where the order is known."""
    for found in NUMERIC.finditer(text):
        one, two, year = int(found["a"]), int(found["b"]), int(found["y"])
        us = month_first
        if found["sign"] == "." or one > MONTHS_IN_YEAR:
            us = False
        elif two > MONTHS_IN_YEAR or one == two:
            us = True
        if us is None:
            continue
        try:
            yield date(year, one, two) if us else date(year, two, one), found.start()
        except ValueError:
            continue


def month_first(lines: tuple[str, ...]) -> bool | None:
    """Whether these lines write the month first, as far as a day of theirs tells it."""
    for line in lines:
        for found in NUMERIC.finditer(line):
            one, two = int(found["a"]), int(found["b"])
            if found["sign"] == "/" and max(one, two) > MONTHS_IN_YEAR:
                return two > MONTHS_IN_YEAR
    return None


def day_in_figures(lines: tuple[str, ...], zone: str) -> date | None:
    """The day of minutes that write it 3/12/2026, as the file's other days or its country do."""
    order = month_first(lines)
    us = order if order is not None else zone in MONTH_COMES_FIRST
    return next((day for line in lines[:60] for day, _ in numeric_days(line, month_first=us)), None)


MONTH_COMES_FIRST = frozenset(
    f"America/{city}"
    for city in ("New_York", "Chicago", "Denver", "Los_Angeles", "Phoenix", "Anchorage", "Detroit",
                 "Boise", "Juneau", "Indiana/Indianapolis", "Kentucky/Louisville", "Puerto_Rico")
) | {"Pacific/Honolulu", "Pacific/Guam", "Asia/Manila"}  # fmt: skip


def first_day(lines: tuple[str, ...]) -> date | None:
    """The day of minutes: the first that is named near the top."""
    for line in lines[:60]:
        for day, _ in days_in(line):
            return day
    return None


def day_told(text: str) -> date | None:
    """The one day that these words name; None where they name none, or leave the order open."""
    return next((day for day, _ in days_in(text)), None)
