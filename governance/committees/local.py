"""Instants as the clocks of a body show them. A zone is read from its file once for a process."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pendulum
from pendulum import DateTime, Timezone

from governance.refusals import Reason, refuse


@lru_cache(maxsize=128)
def _zone(name: str) -> Timezone:
    found = pendulum.timezone(name)
    assert isinstance(found, Timezone)  # noqa: S101 -- a name gives a zone
    return found


def local(at: DateTime, zone: str) -> DateTime:
    """The instant in a zone."""
    return at.in_timezone(_zone(zone))


def local_day(at: DateTime, zone: str) -> date:
    """The date that the clocks of a zone show."""
    return local(at, zone).date()


def instant_of(text: str, zone: str) -> DateTime:
    """A time such as 2026-03-12 14:00 where the clocks show that zone, or one with an offset."""
    try:
        found = pendulum.parse(text, tz=zone)
    except ValueError:
        found = None
    if not isinstance(found, DateTime) or (":" not in text and "T" not in text):
        raise refuse(
            '"{text}" is no time of a day',
            rule="time_is_understood",
            cure="Write it as 2026-03-12 14:00.",
            where="starts",
            reason=Reason.INPUT,
            text=text[:60],
        )
    return found.in_timezone("UTC")
