"""Instants as the clocks of a body show them. A zone is read from its file once for a process."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pendulum
from pendulum import DateTime, Timezone


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
