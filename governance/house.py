"""What every act needs, put together once for a process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from governance.calendar.days import Calendar
from governance.clock import Clock
from governance.database import Database
from governance.record.filekeys import KeyRing
from governance.settings import Settings


def nothing_to_wake() -> None:
    """For a house without orchestration: due work waits for the next sweep."""


@dataclass(frozen=True)
class House:
    """What every act needs: rows, time, keys, settings, and somebody to wake afterwards."""

    database: Database
    clock: Clock
    keys: KeyRing
    settings: Settings
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    wake: Callable[[], None] = nothing_to_wake
