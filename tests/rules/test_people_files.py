"""Absences from files: CSV and iCalendar, every row with its place, nothing guessed."""

from __future__ import annotations

import pendulum
import pytest

from governance.people.files import read_absences
from governance.people.planning import period_of
from governance.refusals import Refused

OUTLOOK = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Example//EN\r
BEGIN:VEVENT\r
UID:one@example\r
DTSTART;VALUE=DATE:20261201\r
DTEND;VALUE=DATE:20261215\r
SUMMARY:Annual leave\r
ATTENDEE:mailto:awa@example.org\r
X-MICROSOFT-CDO-BUSYSTATUS:OOF\r
X-MANDATE-SUBSTITUTE:mailto:ben@example.org\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:two@example\r
DTSTART;TZID=Asia/Singapore:20261203T090000\r
DURATION:PT4H\r
ORGANIZER:mailto:cho@example.org\r
CATEGORIES:Vacation\r
STATUS:CANCELLED\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:three@example\r
DTSTART:20261203T090000Z\r
DTEND:20261203T100000Z\r
SUMMARY:Team meeting\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_a_calendar_gives_its_absences_and_says_what_it_passed_over() -> None:
    """Out of office, or a category; a meeting is none."""
    found = read_absences(OUTLOOK)
    first, second = found.told
    assert (first.person, first.substitute, first.uid) == (
        "awa@example.org",
        "ben@example.org",
        "one@example",
    )
    period = period_of(first, "Africa/Abidjan")
    assert period.since == pendulum.datetime(2026, 12, 1)
    assert period.until == pendulum.datetime(2026, 12, 15)
    assert second.cancelled
    assert period_of(second, "UTC").since == pendulum.datetime(2026, 12, 3, 1)
    assert [each.where for each in found.skipped] == ["event 3"]
    assert found.faults == ()


def test_an_event_that_repeats_or_belongs_to_nobody_is_a_fault() -> None:
    """Each absence is an event of its own, of one person."""
    odd = OUTLOOK.replace(b"ATTENDEE:mailto:awa@example.org", b"RRULE:FREQ=WEEKLY")
    assert [(each.where, each.rule) for each in read_absences(odd).faults] == [
        ("event 1", "event_stands_alone"),
        ("event 1", "event_has_a_person"),
    ]
    assert len(read_absences(odd, person="awa@example.org").faults) == 1


def test_a_personal_calendar_may_be_taken_whole() -> None:
    """Every event is an absence where its owner says so."""
    found = read_absences(OUTLOOK, person="awa@example.org", every_event=True)
    assert [each.person for each in found.told] == ["awa@example.org"] * 3


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_may_come_from_any_spreadsheet(separator: str) -> None:
    """Comma, semicolon or tab, with a byte order mark, in any order of columns."""
    text = "from,person,until,scope\n2026-12-01,awa@example.org,2026-12-02,legal|INT-2026-0001\n"
    found = read_absences(b"\xef\xbb\xbf" + text.replace(",", separator).encode())
    (told,) = found.told
    assert told.scope == ("legal", "INT-2026-0001")
    assert told.where == "line 2"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file_is_readable"),
        (b"\xff\xfe", "file_is_readable"),
        (b"who,when\na,b\n", "file_has_its_columns"),
        (b"person,from,until,until\n", "file_has_its_columns"),
        (b'person,from,until\n"open', "file_is_readable"),
        (b"BEGIN:VCALENDAR\nnonsense", "file_is_readable"),
    ],
)
def test_what_is_no_file_of_absences_is_refused_in_one_sentence(content: bytes, rule: str) -> None:
    """The file as a whole, with the cure."""
    with pytest.raises(Refused) as found:
        read_absences(content)
    (finding,) = found.value.findings
    assert finding.rule == rule
    assert str(finding.cure)


def test_every_faulty_row_is_told_with_its_line_and_column() -> None:
    """All at once, not one after the other."""
    text = b"person,from,until\n,2026-12-01,\na@example.org,b,c,d\n"
    assert [each.where for each in read_absences(text).faults] == [
        "line 2, column person",
        "line 2, column until",
        "line 3",
    ]
    with pytest.raises(Refused):
        period_of(read_absences(b"person,from,until\na,soon,later\n").told[0], "UTC")
