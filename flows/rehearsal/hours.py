"""Time in a rehearsal: it runs fast, leaps where nobody can act, and people keep office hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pendulum
from pendulum import DateTime
from sqlmodel import Session, col, select

from governance import demonstration
from governance.calendar.days import Calendar
from governance.clock import SharedClock
from governance.house import House
from governance.record import deadlines
from governance.record.models import Outbox, Work

OPENS, CLOSES = 9, 18
START = 8


def monday(now: DateTime) -> DateTime:
    """Eight o'clock UTC on the Monday after `now`: every rehearsal begins there."""
    return now.in_timezone("UTC").start_of("day").next(pendulum.MONDAY).add(hours=START)


class Hours:
    """The installation's clock and what is due by it. Whoever watches the clock decides nothing."""

    def __init__(self, house: House, calendars: Mapping[str, Calendar]) -> None:
        self._house = house
        self._calendars = calendars

    def now(self) -> DateTime:
        """What the rehearsal's clock shows."""
        return self._house.clock.now()

    def local(self, instant: DateTime, station: str) -> DateTime:
        """An instant where somebody works."""
        return instant.in_timezone(self._calendars[station].zone)

    def place(self, station: str) -> str:
        """The name of where somebody works."""
        return str(self._calendars[station].title)

    def is_calm(self) -> bool:
        """Whether the installation has done everything that is due now."""
        with self._house.database.reading() as session:
            passed = deadlines.passed(session, self.now(), 1)
            return not (passed or _work_is_due(session) or _letters_are_due(session))

    def stuck(self) -> list[str]:
        """Why something left the queue, where anything did."""
        with self._house.database.reading() as session:
            work = session.exec(select(Work.stuck_because).where(col(Work.stuck_because) != ""))
            letters = session.exec(
                select(Outbox.stuck_because).where(col(Outbox.stuck_because) != "")
            )
            return [str(each) for each in [*work, *letters] if each]

    def wait_for_office_hours(self, station: str) -> None:
        """Move on to when somebody is at work: a working day, between nine and six."""
        opens = self._opens(station)
        if opens is not None:
            self._leap(opens)

    @contextmanager
    def unhurried(self) -> Iterator[None]:
        """Nobody types a code at a thousand times the clock: ten minutes would be over at once."""
        clock = self._house.clock
        if not isinstance(clock, SharedClock):
            yield
            return
        speed = clock.run_at(1)
        try:
            yield
        finally:
            clock.run_at(speed)

    def leap(self) -> tuple[DateTime, DateTime] | None:
        """Move on to the next deadline; gives from when to when, or None where none lies ahead."""
        before = self.now()
        due = demonstration.leap(self._house)
        return None if due is None else (before, due)

    def _opens(self, station: str) -> DateTime | None:
        calendar = self._calendars[station]
        here = self.now().in_timezone(calendar.zone)
        day, hour = here.date(), here.hour
        if calendar.is_working(day) and OPENS <= hour < CLOSES:
            return None
        first = calendar.next_working(day if hour < OPENS else day.add(days=1))
        return pendulum.datetime(first.year, first.month, first.day, OPENS, tz=calendar.zone)

    def _leap(self, to: DateTime) -> None:
        if isinstance(self._house.clock, SharedClock):
            self._house.clock.leap(to)
            self._house.wake()


def _work_is_due(session: Session) -> bool:
    query = select(Work.id).where(
        col(Work.due_seq) > col(Work.done_seq), col(Work.stuck_because).is_(None)
    )
    return session.exec(query.limit(1)).first() is not None


def _letters_are_due(session: Session) -> bool:
    query = select(Outbox.key).where(
        col(Outbox.handed_over_at).is_(None),
        col(Outbox.cancelled_because).is_(None),
        col(Outbox.stuck_because).is_(None),
    )
    return session.exec(query.limit(1)).first() is not None
