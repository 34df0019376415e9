"""Tests and interviews: invitations that calendars understand, moved and struck out by UID."""

from __future__ import annotations

from datetime import UTC, datetime

import icalendar
import pytest

from governance.appointments.assessment.meetings import (
    CALL_OFF,
    MOVE,
    SET,
    Moved,
    Slots,
    Which,
    uid_of,
)
from governance.appointments.assessment.models import AssessmentMeeting
from governance.refusals import Refused
from tests.acts import competing
from tests.acts.conftest import At
from tests.acts.world import World

pytestmark = pytest.mark.slow


def local(text: str) -> datetime:
    """A time as somebody types it: that of the place."""
    return datetime.fromisoformat(text)


def calendars(world: World, template: str) -> dict[str, icalendar.Calendar]:
    """The calendar entries that wait to be mailed, by person."""
    return {
        each.person_id: icalendar.Calendar.from_ical(each.facts["calendar"])
        for each in world.unsent()
        if each.template == template
    }


def slots(world: World, *names: str, at: datetime) -> Slots:
    """Interviews of these candidates in Abidjan."""
    candidacies = tuple(world.candidacy(each).id for each in names)
    return Slots("interview", candidacies, at, 45, "Africa/Abidjan", "Room 4")


def test_interviews_follow_one_another_and_everybody_is_invited(sqlite_at: At) -> None:
    """Two of 45 minutes with a quarter of an hour between; candidate and panel each their own."""
    world = sqlite_at("nothing")
    competing.composed(world)
    world.do("hr", SET, slots(world, "Aalto", "Dube", at=local("2027-02-01T09:30")))
    first, second = sorted(world.rows(AssessmentMeeting), key=lambda each: each.begins_at)
    assert (second.begins_at - first.begins_at).seconds == 60 * 60
    guests = {each.person_id for each in world.unsent() if each.template == "examination"}
    assert guests == {
        *competing.PANEL,
        world.candidacy("Aalto").person_id,
        world.candidacy("Dube").person_id,
    }


def test_a_calendar_has_one_uid_a_rising_sequence_and_local_time(sqlite_at: At) -> None:
    """Asked, moved, called off, as an independent library reads it."""
    world = sqlite_at("nothing")
    competing.composed(world)
    person = world.candidacy("Aalto").person_id
    world.do("hr", SET, slots(world, "Aalto", at=local("2027-02-01T09:30")))
    (meeting,) = world.rows(AssessmentMeeting)
    asked = calendars(world, "examination")[person]
    world.go_on()
    world.do("hr", MOVE, Moved(meeting.id, local("2027-02-02T11:00")))
    moved = calendars(world, "examination")[person]
    world.go_on()
    world.do("hr", CALL_OFF, Which(meeting.id))
    off = calendars(world, "examination_off")[person]
    told = [(each["METHOD"], each.walk("VEVENT")[0]) for each in (asked, moved, off)]
    assert [method for method, _ in told] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {event["UID"] for _, event in told} == {uid_of(meeting)}
    assert [event["SEQUENCE"] for _, event in told] == [0, 1, 2]
    assert told[2][1]["STATUS"] == "CANCELLED"
    begins = told[1][1].decoded("DTSTART")
    assert begins.astimezone(UTC) == datetime(2027, 2, 2, 11, 0, tzinfo=UTC)
    assert "Aalto" not in str(told[0][1]["SUMMARY"])


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"kind": "dance"}, "interview or test"),
        ({"zone": "Mars/Olympus"}, "no such time zone"),
        ({"minutes": 1}, "5 to 600"),
        ({"begins_at": local("2020-01-01T09:00")}, "has passed"),
    ],
)
def test_what_cannot_be_set_is_said(sqlite_at: At, change: dict[str, object], because: str) -> None:
    """Each in words, and nothing is set."""
    world = sqlite_at("nothing")
    competing.composed(world)
    given = slots(world, "Aalto", at=local("2027-02-01T09:30"))
    with pytest.raises(Refused, match=because):
        world.do("hr", SET, Slots(**{**vars(given), **change}))
    assert not world.rows(AssessmentMeeting)
