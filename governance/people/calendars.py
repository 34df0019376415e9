"""Absences from an iCalendar file: which events are absences, whose, and who acts meanwhile.

An event is an absence where it says so: `X-MICROSOFT-CDO-BUSYSTATUS:OOF`, or a category such as
ABSENCE or VACATION. It is the absence of its only attendee, or of its organizer. Times are in the
event's zone; a day without a zone is a day where the person works. RFC 5545.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import icalendar

from governance.people.planning import MOST_ROWS, AbsenceFile, Skipped, Told, fault
from governance.refusals import Finding, Reason, refuse, say

CATEGORIES = frozenset(
    {"ABSENCE", "ABSENT", "HOLIDAY", "LEAVE", "OOF", "OOO", "OUT OF OFFICE", "VACATION"}
)
SUBSTITUTE, SCOPE, INSTRUMENT = "X-MANDATE-SUBSTITUTE", "X-MANDATE-SCOPE", "X-MANDATE-INSTRUMENT"
ONE_DAY = timedelta(days=1)


def read_calendar(content: bytes, *, person: str, every_event: bool) -> AbsenceFile:
    """Every absence of a calendar. Raises Refused where it is no calendar."""
    try:
        calendars: list[Any] = icalendar.Calendar.from_ical(content, multiple=True)
    except (ValueError, IndexError, KeyError) as error:
        raise refuse(
            "the file is no iCalendar ({problem})",
            rule="file_is_readable",
            cure="Export the calendar anew, as iCalendar (.ics).",
            reason=Reason.INPUT,
            problem=str(error)[:120],
        ) from None
    events = [each for calendar in calendars for each in calendar.walk("VEVENT")]
    if len(events) > MOST_ROWS:
        raise refuse(
            "the file has {n} rows, {most} are the most",
            rule="file_is_readable",
            cure="Give it in parts.",
            reason=Reason.INPUT,
            n=len(events),
            most=MOST_ROWS,
        )
    told: list[Told] = []
    skipped: list[Skipped] = []
    faults: list[Finding] = []
    for number, event in enumerate(events, 1):
        where = f"event {number}"
        if not (every_event or _is_absence(event)):
            skipped.append(Skipped(where, say("nothing in the event says that it is an absence")))
            continue
        found = list(_faults(event, where, person))
        faults += found
        if not found:
            told.append(_told(event, where, person))
    return AbsenceFile(tuple(told), tuple(skipped), tuple(faults))


def _is_absence(event: Any) -> bool:
    if str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "OOF":
        return True
    return bool(CATEGORIES & {each.upper() for each in _categories(event)})


def _categories(event: Any) -> Iterator[str]:
    given = event.get("CATEGORIES", [])
    for each in given if isinstance(given, list) else [given]:
        yield from (str(name).strip() for name in getattr(each, "cats", [each]))


def _faults(event: Any, where: str, person: str) -> Iterator[Finding]:
    if event.get("RRULE") or event.get("RDATE"):
        yield fault(
            "event_stands_alone",
            say("the event repeats itself"),
            say("Give each absence as an event of its own."),
            where,
        )
    if not person and not _whose(event):
        yield fault(
            "event_has_a_person",
            say("the event does not say whose absence it is"),
            say("Give it one attendee, or say whose calendar this is."),
            where,
        )
    if event.get("DTSTART") is None:
        yield fault(
            "row_is_complete",
            say("{name} is empty", name="DTSTART"),
            say("Fill it in."),
            where,
        )
    elif _ends(event) is None:
        yield fault(
            "row_is_complete",
            say("{name} is empty", name="DTEND"),
            say("Fill it in."),
            where,
        )


def _whose(event: Any) -> str:
    attendees = event.get("ATTENDEE", [])
    listed = attendees if isinstance(attendees, list) else [attendees]
    if len(listed) == 1:
        return _address(listed[0])
    return _address(event.get("ORGANIZER", "")) if not listed else ""


def _address(value: Any) -> str:
    text = str(value).strip()
    return text[7:] if text.lower().startswith("mailto:") else text


def _ends(event: Any) -> date | datetime | None:
    """The end, exclusive, as RFC 5545, 3.6.1 has it; a day without an end lasts that day."""
    if event.get("DTEND") is not None:
        ends: date | datetime = event["DTEND"].dt
        return ends
    starts: date | datetime = event["DTSTART"].dt
    if event.get("DURATION") is not None:
        lasts: timedelta = event["DURATION"].dt
        return starts + lasts
    return None if isinstance(starts, datetime) else starts + ONE_DAY


def _told(event: Any, where: str, person: str) -> Told:
    starts, ends = event["DTSTART"].dt, _ends(event)
    return Told(
        person=person or _whose(event),
        since=starts.isoformat(),
        until=_last(ends),
        substitute=_address(event.get(SUBSTITUTE, "")),
        scope=tuple(str(event.get(SCOPE, "")).replace(",", " ").split()),
        instrument=str(event.get(INSTRUMENT, "")),
        uid=str(event.get("UID", ""))[:200],
        where=where,
        cancelled=str(event.get("STATUS", "")).upper() == "CANCELLED",
        source="calendar",
    )


def _last(ends: date | datetime | None) -> str:
    """A day's end as its last day; an instant as it is."""
    if isinstance(ends, datetime):
        return ends.isoformat()
    assert ends is not None  # noqa: S101 -- an event without an end is a fault
    return (ends - ONE_DAY).isoformat()
