"""Time: windows in five zones, reminders, pauses, extensions, escalation, silence, outages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pendulum
import pytest

from governance import app
from governance.consultation.extending import ASK_EXTENSION, EXTEND, MoreTime, Wanted
from governance.consultation.models import Invitation
from governance.consultation.opening import Asked
from governance.consultation.pausing import PAUSE, RESUME, RunOn, Stop
from governance.consultation.telling import tell_consultation
from governance.people.models import Holding
from governance.record import deadlines
from governance.refusals import Refused
from governance.rulebook.parts import Period
from tests.acts.asking import CALENDARS, Desk, a_desk, a_rule

pytestmark = pytest.mark.slow

ZONES = ("lyon", "abidjan", "singapore", "buenos_aires", "yaounde")
TACIT = {"working_days": 5, "on_late": "tacit", "calendar_of": "person"}
PAUSE_OF_TEN = {"at_most": {"working_days": 10}, "times": 2}


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Three people, on both databases."""
    made = a_desk(database_url, tmp_path)
    yield made
    made.house.database.dispose()


def last_days(desk: Desk) -> set[str]:
    """The last days that people see."""
    return {each.last_day for each in desk.seats().values()}


def test_four_hundred_in_five_zones_close_to_the_second(database_url: str, tmp_path: Path) -> None:
    """Each window ends with the last day where the person sits; the last of them closes it."""
    desk = a_desk(database_url, tmp_path, 400)
    asked = tuple(Asked(person, "", ZONES[place % 5]) for place, person in enumerate(desk.people))
    desk.put(a_rule("no_objection", within=TACIT), asked=asked)

    ends = {each.calendar: each.due_at for each in desk.seats().values()}
    assert {zone: str(end) for zone, end in ends.items()} == {
        "singapore": "2026-11-30 16:00:00+00:00",
        "lyon": "2026-11-30 23:00:00+00:00",
        "yaounde": "2026-11-30 23:00:00+00:00",
        "abidjan": "2026-12-01 00:00:00+00:00",
        "buenos_aires": "2026-12-01 03:00:00+00:00",
    }
    assert desk.at("2026-12-01T02:59:59.999999Z") == []
    assert desk.now().state == "open"
    desk.at("2026-12-01T03:00:00Z")
    assert desk.result() == "carried"
    assert desk.now().closed_at == pendulum.datetime(2026, 12, 1, 3)
    desk.house.database.dispose()


def test_whoever_sits_east_is_late_while_the_west_still_answers(desk: Desk) -> None:
    """A deadline is each person's own: the question is open, and yet it is too late for one."""
    asked = (Asked("p000", "", "singapore"), Asked("p001", "", "buenos_aires"))
    desk.put(a_rule("no_objection", within=TACIT), asked=asked)
    desk.at("2026-11-30T16:00:00Z")
    with pytest.raises(Refused, match="the time to answer ended at"):
        desk.answer("p000", "agree")
    desk.answer("p001", "agree")
    assert desk.result() == "carried"


def test_silence_is_proven_for_each_person(desk: Desk) -> None:
    """Delivered when, counted how, until when, and whoever was never reached has not consented."""
    desk.put(a_rule("no_objection", within=TACIT), handed=False)
    for notice in desk.unsent()[:2]:
        app.HANDED_OVER[notice.subject_kind](desk.house, notice)
    desk.at("2026-12-01T00:00:00Z")
    assert desk.now().state == "open"  # one was never reached

    desk.hand_over()
    desk.at("2026-12-09T00:00:00Z")
    assert desk.result() == "carried"
    proof = tell_consultation(desk.house, desk.as_("asker"), desk.question)["silence"]
    assert [each["consents"] for each in proof] == [True, True, True]
    assert {each["delivered_at"][:10] for each in proof} == {"2026-11-23", "2026-12-01"}
    assert all("5 working days from" in each["counted"] for each in proof)


def test_one_written_objection_stops_the_silence(desk: Desk) -> None:
    """A silence procedure ends with the first objection, whatever the others would have kept."""
    desk.put(a_rule("no_objection", within=TACIT))
    desk.answer("p001", "object")
    assert desk.result() == "lost"


def test_a_wish_for_more_time_stops_the_clock_where_the_rule_says_so(desk: Desk) -> None:
    """Nobody consents by silence while somebody waits for an answer to their wish."""
    within = TACIT | {"extension_asked": "stops_the_clock"}
    desk.put(a_rule("no_objection", within=within))
    desk.do("p001", ASK_EXTENSION, Wanted("The capital has not answered."))
    assert {each.template for each in desk.unsent()} == {"more_time"}
    desk.at("2026-12-20T00:00:00Z")
    assert desk.now().state == "open"

    given = MoreTime("They asked for it.", until=pendulum.date(2026, 12, 22))
    desk.do("asker", EXTEND, given)
    assert (desk.now().paused_at, last_days(desk)) == (None, {"2026-12-22"})
    desk.at("2026-12-23T00:00:00Z")
    assert desk.result() == "carried"


def test_a_reminder_goes_to_whoever_is_silent_before_the_end(desk: Desk) -> None:
    """Three working days before and one day before, in the morning; not to who has answered."""
    desk.put(a_rule("no_objection", within=TACIT | {"remind": [-3, -1]}))
    desk.answer("p000", "agree")
    assert desk.at("2026-11-25T07:59:59Z") == []
    desk.at("2026-11-25T08:00:00Z")  # the last day is Monday 30: Wednesday, and Friday
    assert sorted(each.person_id for each in desk.unsent()) == ["p001", "p002"]
    desk.hand_over()
    desk.answer("p001", "agree")
    desk.at("2026-11-27T08:00:00Z")
    assert [each.person_id for each in desk.unsent()] == ["p002"]
    assert last_days(desk) == {"2026-11-30"}


def test_lateness_is_reminded_each_working_day(desk: Desk) -> None:
    """The question stays open, and whoever is silent has one more day and one more mail."""
    desk.put(a_rule(within={"working_days": 1, "on_late": "remind"}))
    desk.at("2026-11-25T00:00:00Z")
    assert {each.template for each in desk.unsent()} == {"reminder"}
    assert last_days(desk) == {"2026-11-26"}
    desk.answer("p000", "yes")


def test_the_next_office_is_asked_when_nobody_answers(desk: Desk) -> None:
    """Escalation: another office is asked, with a whole window; whoever was silent is late."""
    with desk.house.database.deciding() as session:
        session.add(
            Holding(office="deputy", person_id="second", since=pendulum.datetime(2025, 1, 1))
        )
    within = {"working_days": 2, "on_late": "escalate", "escalate_to": "office.deputy"}
    rule = a_rule("single", within=within, positions=[{"key": "approve"}, {"key": "reject"}])
    desk.put(rule, asked=(Asked("p000", "director", "utc"),))
    desk.at("2026-11-26T00:00:00Z")
    assert [each.person_id for each in desk.unsent()] == ["second"]
    desk.hand_over()
    with pytest.raises(Refused, match="the time to answer ended"):
        desk.answer("p000", "approve")
    desk.answer("second", "reject")
    assert desk.result() == "reject"
    told = tell_consultation(desk.house, desk.as_("asker"), desk.question)
    assert "escalated" in [each["kind"] for each in told["timeline"]]


def test_who_was_late_is_not_reminded_once_the_question_was_passed_on(desk: Desk) -> None:
    """Only the office that is asked now has another day, and it is told what its silence means."""
    with desk.house.database.deciding() as session:
        session.add(
            Holding(office="deputy", person_id="second", since=pendulum.datetime(2025, 1, 1))
        )
    within = {"working_days": 2, "on_late": "escalate", "escalate_to": "office.deputy"}
    rule = a_rule("single", within=within, positions=[{"key": "approve"}, {"key": "reject"}])
    desk.put(rule, asked=(Asked("p000", "director", "utc"),))
    desk.at("2026-11-26T00:00:00Z")
    (notice,) = desk.unsent()
    assert (notice.facts["part"], notice.facts["silence"]) == ("escalated", "remind")
    desk.hand_over()
    first = desk.seats()["p000"].due_at
    desk.at("2026-12-01T00:00:00Z")
    assert [(each.person_id, each.template) for each in desk.unsent()] == [("second", "reminder")]
    assert desk.seats()["p000"].due_at == first
    assert desk.now().state == "open"


def test_a_wish_for_more_time_is_no_pause_for_information(desk: Desk) -> None:
    """The pauses that the rule allows are left for what they are for."""
    within = {
        "working_days": 5,
        "extension_asked": "stops_the_clock",
        "pause": {"at_most": {"working_days": 3}, "times": 1},
    }
    desk.put(a_rule(within=within))
    desk.do("p000", ASK_EXTENSION, Wanted("The annex is missing."))
    assert desk.now().paused_at is not None
    desk.do("asker", RESUME, RunOn())
    desk.do("asker", PAUSE, Stop("A figure is awaited."))
    assert desk.now().paused_at is not None


def test_escalation_to_nobody_is_an_alarm(desk: Desk) -> None:
    """An office without a holder is found out, and the others' deadlines go on."""
    within = {"working_days": 2, "on_late": "escalate", "escalate_to": "office.deputy"}
    rule = a_rule("single", within=within, positions=[{"key": "approve"}])
    desk.put(rule, asked=(Asked("p000", "director", "utc"),))
    assert desk.at("2026-11-26T00:00:00Z") == ["could not go on."]


def test_a_deadline_that_extends_itself_does_so_as_often_as_the_rule_says(desk: Desk) -> None:
    """Once by a week; then the end without an answer is late."""
    extension = {"by": {"days": 7}, "times": 1}
    within = {"days": 1, "on_late": "extend", "extension": extension}
    rule = a_rule("single", within=within, positions=[{"key": "approve"}])
    desk.put(rule, asked=(Asked("p000", "director", "utc"),))
    desk.at("2026-11-25T00:00:00Z")
    assert (desk.now().extended, last_days(desk)) == (1, {"2026-12-01"})
    desk.at("2026-12-02T00:00:00Z")
    assert desk.result() == "late"


def test_the_asker_extends_with_a_reason_and_everybody_is_told(desk: Desk) -> None:
    """A longer time, never a shorter one; who is reached later has it too."""
    desk.put(a_rule("no_objection", within=TACIT), handed=False)
    for notice in desk.unsent()[:2]:
        app.HANDED_OVER[notice.subject_kind](desk.house, notice)
    before = _generation(desk)
    by = Period.model_validate({"working_days": 2})
    desk.do("asker", EXTEND, MoreTime("The file came late.", by))
    assert _generation(desk) == before + 1
    assert {each.template for each in desk.unsent()} == {"question", "extension"}
    desk.hand_over()
    assert last_days(desk) == {"2026-12-02"}
    for given in (MoreTime("", by), MoreTime("Less.", until=pendulum.date(2026, 12, 1))):
        with pytest.raises(Refused):
            desk.do("asker", EXTEND, given)
    with pytest.raises(Refused, match="conducted by whoever put it"):
        desk.do("p000", EXTEND, MoreTime("For me.", by))


def _generation(desk: Desk) -> int:
    with desk.reading() as session:
        held = deadlines.find(session, ("consultation", desk.question), "close")
        assert held is not None
        return held.generation


def test_no_more_extensions_than_the_rule_allows(desk: Desk) -> None:
    """The rule's number holds for people too."""
    within = TACIT | {"extension": {"by": {"days": 2}, "times": 1}}
    desk.put(a_rule("no_objection", within=within))
    by = Period.model_validate({"days": 2})
    desk.do("asker", EXTEND, MoreTime("Once.", by))
    with pytest.raises(Refused, match="was extended 1 times, and its rule allows 1"):
        desk.do("asker", EXTEND, MoreTime("Twice.", by))


def test_a_pause_gives_the_days_back_and_shows_in_the_timeline(desk: Desk) -> None:
    """Stopped on Tuesday, on again on Friday: three worked days are given back."""
    desk.put(a_rule("no_objection", within=TACIT | {"pause": PAUSE_OF_TEN}))
    desk.clock.set(pendulum.datetime(2026, 11, 24, 10))
    before = _generation(desk)
    receipt = desk.do("asker", PAUSE, Stop("A paper is missing.", owner="second"))
    assert receipt.facts["until"].startswith("2026-12-09T00:00:00")
    assert desk.at("2026-11-27T10:00:00Z") == []
    desk.do("asker", RESUME, RunOn("It has come."))
    assert (last_days(desk), _generation(desk) > before) == ({"2026-12-03"}, True)
    told = tell_consultation(desk.house, desk.as_("asker"), desk.question)["timeline"]
    paused, resumed = (each for each in told if each["kind"] in {"paused", "resumed"})
    assert (paused["owner"], paused["reason"]) == ("second", "A paper is missing.")
    assert resumed["reason"] == "It has come."


def test_a_stopped_clock_names_who_is_awaited_and_its_limit(desk: Desk) -> None:
    """For the API and the command line too; nothing of it once the clock runs on."""
    desk.put(a_rule("no_objection", within=TACIT | {"pause": PAUSE_OF_TEN}))
    desk.do("asker", PAUSE, Stop("A paper is missing.", owner="second"))
    clock = tell_consultation(desk.house, desk.as_("asker"), desk.question)["clock"]
    assert (clock["awaiting"], clock["paused_until"][:10]) == ("second", "2026-12-08")
    desk.do("asker", RESUME, RunOn())
    clock = tell_consultation(desk.house, desk.as_("asker"), desk.question)["clock"]
    assert (clock["awaiting"], clock["paused_until"]) == (None, None)


def test_a_clock_that_stands_still_closes_nothing_and_takes_answers(desk: Desk) -> None:
    """The end comes and goes while the clock stands still; nobody is late."""
    desk.put(a_rule("no_objection", within=TACIT | {"pause": PAUSE_OF_TEN}))
    desk.do("asker", PAUSE, Stop("A paper is missing."))
    desk.at("2026-12-03T00:00:00Z")
    assert desk.now().state == "open"
    desk.answer("p000", "agree")


def test_a_pause_ends_by_itself_at_its_limit(desk: Desk) -> None:
    """Whoever stopped the clock may forget it; the rule does not."""
    desk.put(a_rule("no_objection", within=TACIT | {"pause": PAUSE_OF_TEN}))
    desk.do("asker", PAUSE, Stop("A paper is missing.", until=pendulum.date(2026, 11, 25)))
    desk.at("2026-11-26T00:00:00Z")
    assert (desk.now().paused_at, last_days(desk)) == (None, {"2026-12-03"})


@pytest.mark.parametrize(
    ("within", "told"),
    [
        (TACIT, "lets its clock never stand still"),
        (TACIT | {"pause": {"at_most": {"days": 2}, "times": 1}}, "as often as the rule"),
    ],
)
def test_the_clock_stands_still_only_as_the_rule_allows(
    desk: Desk, within: dict[str, Any], told: str
) -> None:
    """No pause without a rule, and no third where the rule has two."""
    desk.put(a_rule("no_objection", within=within))
    if "pause" in within:
        desk.do("asker", PAUSE, Stop("Once."))
        desk.do("asker", RESUME, RunOn())
    with pytest.raises(Refused, match=told):
        desk.do("asker", PAUSE, Stop("Again."))


def test_hours_are_given_back_to_the_second(desk: Desk) -> None:
    """A window in hours runs by day and night, and a pause of two hours is two hours."""
    within = {"hours": 48, "on_late": "fail", "pause": PAUSE_OF_TEN}
    desk.put(a_rule(within=within))
    desk.clock.advance(hours=1)
    desk.do("asker", PAUSE, Stop("A question."))
    desk.clock.advance(hours=2, minutes=3)
    desk.do("asker", RESUME, RunOn())
    (end,) = {str(each.due_at) for each in desk.seats().values()}
    assert end == "2026-11-25 10:03:00+00:00"


@pytest.mark.parametrize(("if_down", "state"), [("stays", "closed"), ("moves", "open")])
def test_the_rule_says_what_an_outage_at_the_end_means(
    desk: Desk, if_down: str, state: str
) -> None:
    """The service was away at the deadline: it stays, or everybody has one more working day."""
    desk.put(a_rule(within={"working_days": 5, "on_late": "fail", "if_down": if_down}))
    app.begin_turn(desk.house)
    desk.clock.set(pendulum.datetime(2026, 12, 1, 9))
    app.begin_turn(desk.house)
    desk.sweep()
    assert desk.now().state == state
    if state == "open":
        assert last_days(desk) == {"2026-12-02"}
        desk.answer("p000", "yes")


def test_an_end_at_a_time_of_day_in_one_zone_is_the_same_instant_everywhere(desk: Desk) -> None:
    """17:00 in Paris, for whoever sits in Singapore too."""
    within = TACIT | {"at": "17:00", "zone": "Europe/Paris"}
    asked = (Asked("p000", "", "singapore"), Asked("p001", "", "lyon"))
    desk.put(a_rule("no_objection", within=within), asked=asked)
    assert {str(each.due_at) for each in desk.seats().values()} == {"2026-11-30 16:00:00+00:00"}


def test_the_earlier_of_two_ends_holds(desk: Desk) -> None:
    """Ten working days, or three before the meeting: whichever comes first, with both on file."""
    before = {"working_days": 3, "backward": True, "anchor": "meeting"}
    within = {"earlier_of": [{"working_days": 10}, before], "on_late": "fail"}
    desk.put(a_rule(within=within), content={"anchors": {"meeting": "2026-12-04"}})
    seat: Invitation = next(iter(desk.seats().values()))
    assert seat.last_day == "2026-12-01"
    assert seat.working["compared"] == "earlier_of"
    assert [each["last_day"] for each in seat.working["others"]] == ["2026-12-07"]


def test_every_zone_of_this_file_is_a_calendar() -> None:
    """The desk knows the five duty stations."""
    assert set(ZONES) <= set(CALENDARS)
