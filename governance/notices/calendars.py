"""Deadlines as iCalendar: a stable UID, a SEQUENCE that rises with every change, a cancellation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from pendulum import DateTime

PRODUCT = "-//Mandate//Deadlines//EN"
SHOWN = timedelta(minutes=30)
WARNED = timedelta(days=-1)


@dataclass(frozen=True)
class Deadline:
    """One deadline of one person. `due_at` is the first instant that is too late."""

    uid: str
    sequence: int
    summary: str
    description: str
    link: str
    due_at: DateTime
    changed_at: DateTime
    cancelled: bool = False


def calendar_of(deadlines: Iterable[Deadline], name: str, method: str = "PUBLISH") -> bytes:
    """A calendar (RFC 5545) with an event for each deadline: the half hour that it ends with."""
    icalendar: Any = import_module("icalendar")
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", name)
    for each in deadlines:
        calendar.add_component(_event(icalendar, each))
    written: bytes = calendar.to_ical()
    return written


def _event(icalendar: Any, deadline: Deadline) -> Any:
    event = icalendar.Event()
    event.add("uid", deadline.uid)
    event.add("sequence", deadline.sequence)
    event.add("dtstamp", _plain(deadline.changed_at))
    event.add("last-modified", _plain(deadline.changed_at))
    event.add("dtstart", _plain(deadline.due_at) - SHOWN)
    event.add("dtend", _plain(deadline.due_at))
    event.add("summary", deadline.summary)
    event.add("description", deadline.description)
    event.add("url", deadline.link)
    event.add("transp", "TRANSPARENT")
    event.add("class", "CONFIDENTIAL")
    event.add("status", "CANCELLED" if deadline.cancelled else "CONFIRMED")
    if not deadline.cancelled:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", deadline.summary)
        alarm.add("trigger", WARNED)
        event.add_component(alarm)
    return event


def _plain(at: DateTime) -> Any:
    """An instant as the library writes it in UTC."""
    return datetime.fromtimestamp(at.timestamp(), UTC)
