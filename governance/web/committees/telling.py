"""Rows of committees in words for one reader: instants in the body's zone, names, marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pendulum import DateTime

from governance.appointments.law import current_law
from governance.calendar.left import time_left
from governance.committees.calendars import calendar_of
from governance.committees.models import Committee, Seat
from governance.refusals import Sentence
from governance.web.cases.reading import Reading, reading_for
from governance.web.desk import Desk
from governance.web.views import Moment, Words


@contextmanager
def reading_of(desk: Desk) -> Iterator[Reading]:
    """How the reader of this request reads."""
    with desk.house.database.reading() as session:
        _, rulebook = current_law(session)
        yield reading_for(desk.house, session, desk.me, rulebook, desk.language)


def title_of(reading: Reading, committee: Committee) -> str:
    """The name of a body in the reader's language."""
    return reading.text(committee.title, committee.key)


def instant(committee: Committee, at: DateTime, *, exclusive: bool = False) -> Moment:
    """An instant as the clocks of the body show it."""
    return Moment(at, committee.zone, "", exclusive=exclusive)


def left(reading: Reading, committee: Committee, due_at: DateTime) -> Sentence:
    """How much time is left, in the working days of the body."""
    return time_left(reading.now, due_at, calendar_of(reading.house, committee)).sentence


def lines_of(text: str) -> tuple[str, ...]:
    """What was written one to a line."""
    return tuple(each.strip() for each in text.splitlines() if each.strip())


def paragraphs(text: str) -> tuple[Words, ...]:
    """A text by its empty lines."""
    return tuple(each.strip() for each in text.split("\n\n") if each.strip())


def seat_words(seat: Seat | None, language: str) -> str:
    """A seat by what it represents, or by its title; empty where there is none."""
    return (seat.represents or spoken(seat.title, language) or seat.key) if seat else ""


def spoken(words: Mapping[str, Any], language: str) -> str:
    """Words kept in several languages, in the reader's or in English."""
    first = next(iter(words.values()), "")
    return str(words.get(language) or words.get("en") or first)
