"""When a notice may leave: quiet hours and the daily mail, in the reader's own zone. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pendulum import DateTime

HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class Wish:
    """How somebody wants to be told. An empty text is: not wanted. Times are "HH:MM"."""

    zone: str = "UTC"
    digest_at: str = ""
    quiet_from: str = ""
    quiet_until: str = ""


def is_hour(text: str) -> bool:
    """Whether a text is an hour of the day, such as 07:30."""
    return HOUR.fullmatch(text) is not None


def quiet_until(wish: Wish, now: DateTime) -> DateTime | None:
    """When the quiet hours end that hold now; None where none hold.

    They may reach over midnight. From an hour to the same hour is never quiet.
    """
    if not (is_hour(wish.quiet_from) and is_hour(wish.quiet_until)):
        return None
    if wish.quiet_from == wish.quiet_until:
        return None
    here = now.in_timezone(wish.zone)
    for begins in (_at(here.subtract(days=1), wish.quiet_from), _at(here, wish.quiet_from)):
        ends = _at(begins, wish.quiet_until)
        if ends <= begins:
            ends = _at(begins.add(days=1), wish.quiet_until)
        if begins <= here < ends:
            return ends.in_timezone("UTC")
    return None


def next_digest(wish: Wish, now: DateTime) -> DateTime | None:
    """When the next daily mail leaves; None where none is wanted."""
    if not is_hour(wish.digest_at):
        return None
    here = now.in_timezone(wish.zone)
    today = _at(here, wish.digest_at)
    return (today if today > here else _at(here.add(days=1), wish.digest_at)).in_timezone("UTC")


def _at(day: DateTime, hour: str) -> DateTime:
    hours, minutes = map(int, hour.split(":"))
    return day.set(hour=hours, minute=minutes, second=0, microsecond=0)
