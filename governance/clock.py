"""The only reader of the clock. Instants are aware and in UTC; tests and rehearsals own theirs."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pendulum
from pendulum import DateTime

SETTING_SECONDS = 0.05


class Clock(Protocol):
    """Whoever tells the time."""

    def now(self) -> DateTime:
        """The present instant, aware, in UTC."""

    def steady(self) -> DateTime:
        """What leases are measured by: an instant that no leap and no speed has touched."""


class WallClock:
    """The machine's clock."""

    def now(self) -> DateTime:
        """The present instant, in UTC."""
        return pendulum.now("UTC")

    def steady(self) -> DateTime:
        """The same: this clock does not leap."""
        return self.now()


class OwnedClock:
    """A clock that stands still until its owner moves it. For tests."""

    def __init__(self, start: str | datetime) -> None:
        self._now = _utc(pendulum.parse(start) if isinstance(start, str) else start)

    def now(self) -> DateTime:
        """Where the owner has set it, in UTC."""
        return self._now

    def steady(self) -> DateTime:
        """The same: its owner says how long everything takes."""
        return self._now

    def advance(self, **period: float) -> DateTime:
        """Move on by days=, hours=, minutes=, seconds=; gives the new instant."""
        self._now = self._now.add(**period)  # type: ignore[arg-type]
        return self._now

    def set(self, instant: datetime) -> None:
        """Stand at this instant."""
        self._now = _utc(instant)


@dataclass(frozen=True)
class Pace:
    """A clock's anchor: at real second `real` it was `shown`, and it runs at `speed`."""

    real: float
    shown: DateTime
    speed: float

    def at(self, real: float) -> DateTime:
        """What this clock shows at a real second since the epoch."""
        return self.shown.add(seconds=(real - self.real) * self.speed)


class SharedClock:
    """A clock of several processes, kept in a small file: rehearsals run it fast and leap.

    The file outlives a killed process, so time never runs backwards for those that go on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, Pace] | None = None

    def now(self) -> DateTime:
        """What the shared clock shows now, in UTC."""
        return self._pace().at(_real())

    def steady(self) -> DateTime:
        """The machine's own time: to send a letter takes as long, however fast days pass here."""
        return pendulum.now("UTC")

    def start(self, shown: datetime, speed: float) -> None:
        """Begin, or begin anew, at `shown`, running `speed` times as fast as the machine's."""
        self._write(Pace(_real(), _utc(shown), speed))

    def leap(self, to: datetime) -> None:
        """Skip to a later instant; earlier ones are ignored."""
        pace, real = self._pace(), _real()
        if _utc(to) > pace.at(real):
            self._write(Pace(real, _utc(to), pace.speed))

    def run_at(self, speed: float) -> float:
        """Go on at another speed; gives the one before."""
        # A moment is skipped: whoever reads while it is set must not see time run backwards.
        pace, real = self._pace(), _real()
        self._write(Pace(real, pace.at(real + SETTING_SECONDS), speed))
        return pace.speed

    def _pace(self) -> Pace:
        stamp = self._path.stat().st_mtime_ns
        with self._lock:
            if self._seen is None or self._seen[0] != stamp:
                kept = json.loads(self._path.read_text("utf-8"))
                shown = _utc(datetime.fromisoformat(kept["shown"]))
                self._seen = (stamp, Pace(kept["real"], shown, kept["speed"]))
            return self._seen[1]

    def _write(self, pace: Pace) -> None:
        text = json.dumps({"real": pace.real, "shown": pace.shown.isoformat(), "speed": pace.speed})
        part = self._path.with_suffix(f".{os.getpid()}.part")
        part.write_text(text, "utf-8")
        part.replace(self._path)


def clock_at(path: Path | None) -> Clock:
    """The shared clock kept at `path`, or the machine's own where there is none."""
    return SharedClock(path) if path is not None else WallClock()


def _utc(instant: object) -> DateTime:
    if not isinstance(instant, datetime) or instant.tzinfo is None:
        message = f"{instant!r} is not an aware instant: give it a zone."
        raise ValueError(message)
    return pendulum.instance(instant).in_timezone("UTC")


def _real() -> float:
    return datetime.now(UTC).timestamp()
