"""A meeting as iCalendar (RFC 5545, RFC 5546): invited, moved, cancelled, with the zone inside.

UID and SEQUENCE make a later message replace an earlier one; RECURRENCE-ID names one meeting of a
series by the instant for which it was planned. The zone's own rules stand in VTIMEZONE, so that a
reader needs no table of zones, and local time stays when the clocks change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pendulum import DateTime

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
LINE = 75
YEARS_AROUND = 1


@dataclass(frozen=True)
class Guest:
    """Somebody who is invited; `role` is as RFC 5545 has it."""

    name: str
    address: str
    role: str = "REQ-PARTICIPANT"


@dataclass(frozen=True)
class Event:
    """A meeting as a calendar has it. `recurrence` is a rule; `instead_of` one of its instants."""

    uid: str
    sequence: int
    title: str
    starts: DateTime
    ends: DateTime
    zone: str
    stamped: DateTime
    organizer: Guest
    place: str = ""
    text: str = ""
    recurrence: str = ""
    instead_of: DateTime | None = None
    cancelled: bool = False
    guests: tuple[Guest, ...] = ()
    left_out: tuple[DateTime, ...] = ()


def calendar_text(method: str, events: Sequence[Event]) -> str:
    """The iCalendar object: one method, the zones that the events use, the events."""
    zones = {each.zone: each for each in events if each.zone != "UTC"}
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Mandate//Meetings//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
    ]
    for zone in zones:
        using = [each for each in events if each.zone == zone]
        lines += list(_zone(zone, min(each.starts for each in using), max(e.ends for e in using)))
    for event in events:
        lines += list(_event(event))
    lines.append("END:VCALENDAR")
    return "".join(f"{each}\r\n" for line in lines for each in _folded(line))


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_utc(event.stamped)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"SUMMARY:{_text(event.title)}"
    yield _local("DTSTART", event.starts, event.zone)
    yield _local("DTEND", event.ends, event.zone)
    if event.instead_of is not None:
        yield _local("RECURRENCE-ID", event.instead_of, event.zone)
    if event.recurrence:
        yield f"RRULE:{event.recurrence}"
    for each in event.left_out:
        yield _local("EXDATE", each, event.zone)
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    if event.text:
        yield f"DESCRIPTION:{_text(event.text)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield f"ORGANIZER;CN={_parameter(event.organizer.name)}:mailto:{event.organizer.address}"
    for guest in event.guests:
        yield (
            f"ATTENDEE;CN={_parameter(guest.name)};ROLE={guest.role};PARTSTAT=NEEDS-ACTION;"
            f"RSVP=TRUE:mailto:{guest.address}"
        )
    yield "END:VEVENT"


def _utc(at: DateTime) -> str:
    return at.in_timezone("UTC").format("YYYYMMDD[T]HHmmss[Z]")


def _local(name: str, at: DateTime, zone: str) -> str:
    if zone == "UTC":
        return f"{name}:{_utc(at)}"
    return f"{name};TZID={zone}:{at.in_timezone(zone).format('YYYYMMDD[T]HHmmss')}"


def _text(value: str) -> str:
    """A text with what would end it or begin another line escaped."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _parameter(value: str) -> str:
    """A parameter's value in quotes, which no quote and no control letter may break open."""
    kept = "".join(each for each in value if each not in '"\r\n' and ord(each) >= ord(" "))
    return f'"{kept}"'


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, never cut within a letter."""
    piece, size, first = "", 0, True
    for letter in line:
        width = len(letter.encode())
        if size + width > (LINE if first else LINE - 1):
            yield piece if first else f" {piece}"
            piece, size, first = "", 0, False
        piece, size = piece + letter, size + width
    yield piece if first else f" {piece}"


def _zone(name: str, first: DateTime, last: DateTime) -> Iterator[str]:
    """The zone's changes from before the first meeting until after the last, each once."""
    zone = ZoneInfo(name)
    begin = datetime(first.year - YEARS_AROUND, 1, 1, tzinfo=UTC)
    end = datetime(last.year + YEARS_AROUND + 1, 1, 1, tzinfo=UTC)
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{name}"
    yield from _observance(zone, begin, _offset(zone, begin - timedelta(hours=1)))
    for at in _changes(zone, begin, end):
        yield from _observance(zone, at, _offset(zone, at - timedelta(seconds=1)))
    yield "END:VTIMEZONE"


def _observance(zone: ZoneInfo, at: datetime, before: timedelta) -> Iterator[str]:
    local = at.astimezone(zone)
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{(at + before).replace(tzinfo=None):%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_hours(before)}"
    yield f"TZOFFSETTO:{_hours(_offset(zone, at))}"
    yield f"TZNAME:{local.tzname()}"
    yield f"END:{kind}"


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _hours(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    return f"{sign}{seconds // 3600:02d}{seconds % 3600 // 60:02d}"


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The instants at which the clocks change: found day by day, then to the second."""
    day = begin
    while day < end:
        after = day + timedelta(days=1)
        if _offset(zone, day) != _offset(zone, after):
            low, high = day, after
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                if _offset(zone, middle) == _offset(zone, low):
                    low = middle
                else:
                    high = middle
            yield high
        day = after
