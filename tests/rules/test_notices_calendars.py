"""Deadlines as iCalendar, read by a parser that did not write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pendulum
import vobject

from governance.notices.calendars import Deadline, calendar_of

DUE = pendulum.datetime(2026, 11, 30, 23)


def a_deadline(sequence: int = 3, *, cancelled: bool = False) -> Deadline:
    """A deadline with letters that need care."""
    return Deadline(
        uid="0123@organisation.example",
        sequence=sequence,
        summary="INT-2026-0012; آخر موعد, للرد",
        description="Do you object?\nRead the papers: " + "x" * 200,
        link="https://mandate.example/decide/" + "5e" * 32,
        due_at=DUE,
        changed_at=pendulum.datetime(2026, 11, 23, 8),
        cancelled=cancelled,
    )


def test_another_parser_reads_what_was_written() -> None:
    """Lines are folded, commas and semicolons escaped, instants in UTC."""
    written = calendar_of([a_deadline()], "Mandate")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    event = vobject.readOne(written.decode()).vevent
    assert event.uid.value == "0123@organisation.example"
    assert event.sequence.value == "3"
    assert event.summary.value == a_deadline().summary
    assert event.description.value == a_deadline().description
    assert event.dtend.value == datetime(2026, 11, 30, 23, tzinfo=UTC)
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=30)
    assert event.valarm.trigger.value == timedelta(days=-1)
    assert event.status.value == "CONFIRMED"


def test_a_cancelled_deadline_keeps_its_uid_and_is_silent() -> None:
    """Calendars take it away by UID and a higher SEQUENCE."""
    event = vobject.readOne(calendar_of([a_deadline(4, cancelled=True)], "Mandate").decode()).vevent
    assert (event.uid.value, event.sequence.value) == ("0123@organisation.example", "4")
    assert event.status.value == "CANCELLED"
    assert not hasattr(event, "valarm")


def test_an_empty_calendar_is_still_one() -> None:
    """Somebody for whom nothing waits subscribes all the same."""
    assert vobject.readOne(calendar_of([], "Mandate").decode()).contents.get("vevent") is None
