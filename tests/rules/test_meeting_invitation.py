"""Invitations as calendars read them: an independent library parses and applies every message."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import icalendar
import pendulum
import pytest
from pendulum import DateTime

from governance.committees.meeting.series import occurrences
from governance.notices.invitation import (
    CANCEL,
    PUBLISH,
    REQUEST,
    Event,
    Guest,
    calendar_text,
)

HERE = Guest("Audit Committee", "mandate@organisation.example")
NOW = pendulum.datetime(2026, 11, 23, 8)


def event(starts: DateTime, zone: str = "America/New_York", **more: Any) -> Event:
    """A meeting of two hours."""
    return Event(
        uid="m1@organisation.example", sequence=0, title="Audit Committee", starts=starts,
        ends=starts.add(hours=2), zone=zone, stamped=NOW, organizer=HERE, **more,
    )  # fmt: skip


class Calendar:
    """A calendar that applies messages as RFC 5546 says: the higher SEQUENCE wins."""

    def __init__(self) -> None:
        self.events: dict[tuple[str, str], Any] = {}

    def apply(self, text: str) -> None:
        """Take in a message."""
        whole = icalendar.Calendar.from_ical(text)
        for each in whole.walk("VEVENT"):
            instead = each.get("RECURRENCE-ID")
            key = (str(each["UID"]), instead.to_ical().decode() if instead else "")
            before = self.events.get(key)
            if before is None or int(each["SEQUENCE"]) >= int(before["SEQUENCE"]):
                self.events[key] = each
            if whole["METHOD"] == CANCEL:
                self.events.pop(key, None)


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Europe/Paris", "Australia/Sydney", "Asia/Kolkata"]
)
@pytest.mark.parametrize("month", range(1, 13))
def test_the_zone_inside_says_the_instant_without_any_table(zone: str, month: int) -> None:
    """The VTIMEZONE of the message alone leads from local time to the instant, in every month."""
    starts = pendulum.datetime(2027, month, 12, 14, tz=zone).in_timezone("UTC")
    whole = icalendar.Calendar.from_ical(calendar_text(REQUEST, [event(starts, zone)]))
    (inside,) = whole.walk("VTIMEZONE")
    (found,) = whole.walk("VEVENT")
    local = found["DTSTART"].dt.replace(tzinfo=None)
    there = local.replace(tzinfo=inside.to_tz(lookup_tzid=False))
    assert there.astimezone(UTC) == datetime.fromtimestamp(starts.timestamp(), UTC)


def test_a_later_message_replaces_an_earlier_one_and_a_cancellation_takes_it_out() -> None:
    """UID and SEQUENCE do what they are for, whatever comes in which order."""
    starts = pendulum.datetime(2027, 3, 16, 14)
    first, moved = event(starts), event(starts.add(days=1))
    moved = Event(**{**moved.__dict__, "sequence": 1})
    calendar = Calendar()
    for text in (calendar_text(REQUEST, [moved]), calendar_text(REQUEST, [first])):
        calendar.apply(text)
    (kept,) = calendar.events.values()
    assert kept["DTSTART"].dt.day == 17
    gone = Event(**{**moved.__dict__, "sequence": 2, "cancelled": True})
    calendar.apply(calendar_text(CANCEL, [gone]))
    assert calendar.events == {}


def test_a_series_keeps_its_local_time_and_one_of_it_can_move() -> None:
    """Six second Tuesdays at 14:00 in New York, over both changes of the clocks; one is moved."""
    first = pendulum.datetime(2027, 1, 12, 14, tz="America/New_York").in_timezone("UTC")
    rule = "FREQ=MONTHLY;BYDAY=2TU;COUNT=6"
    every = occurrences(first, "America/New_York", rule)
    assert [each.in_timezone("America/New_York").hour for each in every] == [14] * 6
    assert {each.hour for each in every} == {18, 19}
    whole = event(first, recurrence=rule)
    moved = Event(
        **{**event(every[3].add(hours=1)).__dict__, "sequence": 1, "instead_of": every[3]}
    )
    calendar = Calendar()
    calendar.apply(calendar_text(PUBLISH, [whole, moved]))
    assert sorted(key for _, key in calendar.events) == ["", "20270413T140000"]
    assert calendar.events["m1@organisation.example", ""]["RRULE"]["COUNT"] == [6]


def test_no_text_breaks_out_of_its_line() -> None:
    """Titles with commas, lines, quotes and any letters come back as they were; lines are short."""
    title = 'Budget; "reform", part 1\nاللجنة ' + "é" * 80
    guest = Guest('Eve" \r\nATTENDEE:mailto:evil@x', "eve@x.example")
    text = calendar_text(REQUEST, [event(NOW, "UTC", guests=(guest,), text=title)])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (found,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(found["DESCRIPTION"]) == title
    assert not isinstance(found["ATTENDEE"], list)
