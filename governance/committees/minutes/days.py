"""Days and times as people write them in minutes, in English, French and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from governance.committees.dates import days_in
from governance.committees.minutes.printed import DayClaim, TimeClaim, Told
from governance.committees.minutes.zones import cities

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon lundi lunes",
            "tuesday tue tues mardi martes",
            "wednesday wed mercredi miércoles miercoles",
            "thursday thu thur thurs jeudi jueves",
            "friday fri vendredi viernes",
            "saturday sat samedi sábado sabado",
            "sunday sun dimanche domingo",
        )
    )
    for name in names.split()
}
WEEKDAY = re.compile(
    rf"\b({'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\b\.?,?\s*(?:the\s+|le\s+)?$",
    re.IGNORECASE,
)
TIME = re.compile(
    r"(?<![\d:.])(?P<h>\d{1,2})(?:(?:[:.]|\s?h\s?)(?P<m>\d{2}))?(?::\d{2})?\s*(?P<half>[ap]\.?m\.?)?"
    r"(?:\s*\(?(?P<zone>[A-Z][A-Za-z]*/[A-Za-z_/]+|UTC[+-]\d{1,2}(?::\d{2})?|[A-Z]{2,5}\b|Z\b"
    r"|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?=\s(?:time|local)))\)?)?",
)
NOON, HOURS, SIXTY = 12, 24, 60
NO_ZONE = frozenset({"AM", "PM", "TO", "AND", "OF", "IN", "AT", "NO", "THE", "FOR", "VS", "OR"})
OPENED = re.compile(
    r"call(?:ed|s)?\s+(?:[^\s.;]+\s+){0,4}?to\s+order|opened\b|convened|began|started|commenced|s[ée]ance\s+(?:est\s+|a\s+été\s+)?ouverte"
    r"|start(?:ed)?\s*(?:time)?\s*:|begin\s*:|se abr",
    re.IGNORECASE,
)
CLOSED = re.compile(
    r"adjourn|\b(?:rose|rises)\s+at|closed\s+at|meeting\s+closed|ended|concluded"
    r"|end\s*(?:time)?\s*:|lev[ée]e|se levant",
    re.IGNORECASE,
)


def day_claims(number: int, text: str) -> Iterator[DayClaim]:
    """Weekdays that stand before a date."""
    for day, start in days_in(text):
        if found := WEEKDAY.search(text[:start]):
            yield DayClaim(number, text.strip(), day, WEEKDAYS[found[1].lower()])


def time_claim(number: int, text: str, places: frozenset[str] = frozenset()) -> TimeClaim | None:
    """The times of a line: with minutes or a half of the day, or with a zone beside them."""
    told = tuple(_times(text, places | frozenset(cities())))
    if not told:
        return None
    what = "opened" if OPENED.search(text) else "closed" if CLOSED.search(text) else ""
    day = next((day for day, _ in days_in(text)), None)
    return TimeClaim(number, text.strip(), told, what, day)


def _times(text: str, places: frozenset[str]) -> Iterator[Told]:
    for found in TIME.finditer(text):
        zone = found["zone"] or ""
        if zone in NO_ZONE:
            zone = ""
        zone = zone or _place(text[found.end("half") if found["half"] else found.end() :], places)
        if not found["m"] and not found["half"]:
            continue
        if "." in found[0].split(" ")[0] and not (zone or found["half"]):
            continue  # 2.30 may be a paragraph
        hour, half = int(found["h"]), (found["half"] or "").lower()
        if half:
            hour = hour % NOON + (NOON if half.startswith("p") else 0)
        minute = int(found["m"] or 0)
        if hour < HOURS and minute < SIXTY:
            yield Told(time(hour, minute), zone)


def _place(after: str, places: frozenset[str]) -> str:
    """A place of the body's file that stands right after a time: `16:00 (Geneva)`."""
    plain = after.lstrip(" (,").casefold()
    plain = plain.removeprefix("in ")
    return next(
        (each for each in sorted(places, key=len, reverse=True) if plain.startswith(each)), ""
    )
