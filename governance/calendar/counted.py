"""What a count gives: the last day that people see, the instant that binds, and the working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from governance.calendar.days import WEEKDAYS
from governance.calendar.periods import LAW, Period
from governance.refusals import Sentence, say


@dataclass(frozen=True)
class Step:
    """One step of the working: a span of days, whether it counts, and why.

    `numbers` are the numbers that the span's first and last day have in the count, None where
    the span is not counted.
    """

    first: date
    last: date
    because: Sentence
    article: str
    numbers: tuple[int, int] | None = None

    @property
    def counted(self) -> bool:
        """True where the span's days are days of the period."""
        return self.numbers is not None

    def __str__(self) -> str:
        days = _named(self.first)
        if self.last != self.first:
            days += f" to {_named(self.last)}"
        law = f" ({self.article})" if self.article else ""
        return f"{days}: {self._number()}{self.because}{law}."

    def _number(self) -> str:
        if self.numbers is None:
            return ""
        first, last = self.numbers
        return f"no. {first}, " if first == last else f"nos. {first} to {last}, "

    def as_json(self) -> dict[str, Any]:
        """The step for machines, its sentence filled in and as pattern."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "counted": self.counted,
            "numbers": list(self.numbers) if self.numbers else None,
            "because": str(self.because),
            "pattern": self.because.pattern,
            "article": self.article,
        }


@dataclass(frozen=True)
class Counted:
    """A counted period. `last_day` is inclusive, `due_at` exclusive and in UTC.

    Counted backward, the first day is the one next to the event, and the last day is the latest
    on which what is asked for can still be done.
    """

    period: Period
    start: date | datetime
    calendar: str
    calendar_title: str
    zone: str
    first_day: date
    last_day: date
    due_at: datetime
    working: tuple[Step, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that the working applied, each once, in order."""
        return tuple(dict.fromkeys(step.article for step in self.working if step.article))

    @property
    def summary(self) -> Sentence:
        """The period and its end in one sentence."""
        pattern = (
            "{period} before {start}: the last day is {last_day}"
            if self.period.backward
            else "{period} from {start}: the last day is {last_day}"
        )
        return say(pattern, period=self.period.words, start=self.start, last_day=self.last_day)

    def lines(self) -> list[str]:
        """The whole working as plain text, one line a step."""
        named = f"{self.calendar} ({self.calendar_title})" if self.calendar else "none needed"
        end = f"{self.due_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        return [
            f"{self.summary}.",
            f"Calendar: {named}. Zone: {self.zone}. Law: {LAW}.",
            *(f"  {step}".replace(f"{LAW}, ", "") for step in self.working),
            f"Last day: {_named(self.last_day)}, until {self._until()}; in time before {end}.",
        ]

    def _until(self) -> str:
        local = self.due_at.astimezone(ZoneInfo(self.zone))
        whole = local.date() > self.last_day
        return "24:00" if whole else f"{local:%H:%M}"

    def as_json(self) -> dict[str, Any]:
        """The count for machines, and for the row of a deadline."""
        return {
            "period": self.period.as_json(),
            "start": self.start.isoformat(),
            "calendar": self.calendar,
            "zone": self.zone,
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "due_at": self.due_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "articles": list(self.articles),
            "summary": str(self.summary),
            "working": [step.as_json() for step in self.working],
        }


def earlier_of(*counts: Counted) -> Counted:
    """Of several counted periods the one that ends first: "the earlier of"."""
    return min(counts, key=lambda each: each.due_at)


def later_of(*counts: Counted) -> Counted:
    """Of several counted periods the one that ends last."""
    return max(counts, key=lambda each: each.due_at)


def _named(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.isoformat()}"
