"""Calendars, periods and deadlines, by example."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from governance.calendar.counted import earlier_of, later_of
from governance.calendar.counting import count
from governance.calendar.data import CalendarData, PeriodData, load_calendars
from governance.calendar.days import WEEKDAYS, Calendar, find_calendar, without_holidays
from governance.calendar.deadline import deadline
from governance.calendar.left import time_left, working_days_between
from governance.calendar.periods import Period, Unit
from governance.refusals import Reason, Refused

CASES = Path(__file__).parent.parent / "cases" / "periods.yaml"
PUBLISHED = YAML(typ="safe").load(CASES)["periods"]
FRANCE = find_calendar("FR")
PARIS = ZoneInfo("Europe/Paris")
DAYS = "nos. 1 to 14, all days count, worked or not"
SPAN = f"Tuesday 2025-04-08 to Monday 2025-04-21: {DAYS} (art. 3(3))."


def of_case(case: dict[str, Any]) -> Period:
    """The period of a case: whichever unit it names."""
    unit = next(unit for unit in Unit if unit in case)
    return Period(case[unit], unit, backward="before" in case)


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case["id"])
def test_a_published_case_ends_on_its_known_day(case: dict[str, Any]) -> None:
    """The collection of cases with known outcomes, each counted."""
    calendar = find_calendar(case["calendar"]) if "calendar" in case else without_holidays()
    start = case.get("from") or case["before"]

    assert count(of_case(case), start, calendar).last_day == case["last_day"]


@pytest.mark.parametrize("case", PUBLISHED[:3], ids=lambda case: case["id"])
def test_the_desk_count_gives_the_same(case: dict[str, Any]) -> None:
    """What the command line calls agrees with the cases."""
    counted = deadline(
        from_=case.get("from"),
        before=case.get("before"),
        days=case["days"],
        calendar=case.get("calendar", ""),
    )

    assert counted.last_day == case["last_day"]


def test_the_working_names_each_step_and_its_article() -> None:
    """Easter 2025: event, fourteen days, the Monday that cannot be, the Tuesday."""
    counted = count(Period(14), date(2025, 4, 7), FRANCE)

    assert [
        str(step).replace("Regulation (EEC, Euratom) 1182/71, ", "") for step in counted.working
    ] == [
        "Monday 2025-04-07: the day of the event is not counted (art. 3(1)).",
        SPAN,
        "Monday 2025-04-21: the last day cannot be: Easter Monday (art. 3(4)).",
        "Tuesday 2025-04-22: the next worked day, on which the period ends (art. 3(4)).",
    ]
    assert counted.lines()[-1] == (
        "Last day: Tuesday 2025-04-22, until 24:00; in time before 2025-04-22T22:00:00Z."
    )


def test_the_json_of_a_count_is_plain_data() -> None:
    """It goes into the row of a deadline and out of the command line."""
    found = json.loads(json.dumps(count(Period(2), date(2025, 12, 24), FRANCE).as_json()))

    assert found["last_day"] == "2025-12-29"
    assert found["first_day"] == "2025-12-25"
    assert found["due_at"] == "2025-12-29T23:00:00Z"
    assert found["articles"][-1] == "Regulation (EEC, Euratom) 1182/71, art. 3(5)"
    assert found["working"][1]["numbers"] == [1, 2]


def test_a_deadline_ends_when_the_next_day_begins() -> None:
    """`due_at` is exclusive, and it follows summer time: 24:00 in Paris on both sides of it."""
    before = count(Period(1), date(2025, 3, 27), FRANCE)
    after = count(Period(1), date(2025, 3, 30), FRANCE)

    assert before.due_at == datetime(2025, 3, 28, 23, tzinfo=UTC)
    assert after.due_at == datetime(2025, 3, 31, 22, tzinfo=UTC)


def test_an_event_late_at_night_falls_on_the_day_of_the_duty_station() -> None:
    """23:30 in UTC is already tomorrow in Lyon, and still today in Abidjan."""
    event = datetime(2025, 6, 10, 23, 30, tzinfo=UTC)

    assert count(Period(1), event, FRANCE).last_day == date(2025, 6, 12)
    assert count(Period(1), event, find_calendar("CI")).last_day == date(2025, 6, 11)


def test_an_instant_without_a_zone_is_a_mistake_of_the_caller() -> None:
    """Instants are aware, everywhere."""
    with pytest.raises(ValueError, match="no zone"):
        count(Period(1), datetime(2025, 6, 10, 9), FRANCE)  # noqa: DTZ001 -- what is tested


def test_the_hour_of_the_event_is_not_counted() -> None:
    """Article 3(1): from 10:20, the first hour begins at 11:00."""
    event = datetime(2025, 6, 10, 10, 20, tzinfo=PARIS)
    counted = count(Period(24, Unit.HOURS), event, FRANCE)

    assert counted.due_at == datetime(2025, 6, 11, 11, tzinfo=PARIS)
    assert counted.last_day == date(2025, 6, 11)


def test_hours_may_run_from_the_moment_where_a_rule_says_so() -> None:
    """An organisation's own rule may count from the instant itself."""
    event = datetime(2025, 6, 10, 10, 20, tzinfo=PARIS)
    counted = count(Period(24, Unit.HOURS, from_the_moment=True), event, FRANCE)

    assert counted.due_at == datetime(2025, 6, 11, 10, 20, tzinfo=PARIS)


def test_hours_backward_leave_out_the_hour_of_the_event() -> None:
    """24 hours before a meeting at 10:30 end at 10:00 the day before, a Sunday or not."""
    meeting = datetime(2025, 6, 9, 10, 30, tzinfo=PARIS)
    counted = count(Period(24, Unit.HOURS, backward=True), meeting, FRANCE)

    assert counted.due_at == datetime(2025, 6, 8, 10, tzinfo=PARIS)


def test_hours_elapse_across_summer_time() -> None:
    """24 hours are 24 hours, though the day of the change has 23 of them."""
    event = datetime(2025, 3, 29, 12, tzinfo=PARIS)
    counted = count(Period(24, Unit.HOURS, from_the_moment=True), event, FRANCE)

    assert counted.due_at.astimezone(PARIS) == datetime(2025, 3, 30, 13, tzinfo=PARIS)


def test_hours_that_end_at_midnight_end_on_the_day_before() -> None:
    """People read a last day and 24:00, never 00:00 of a day that is already too late."""
    event = datetime(2025, 6, 10, 23, 5, tzinfo=PARIS)
    counted = count(Period(24, Unit.HOURS), event, FRANCE)

    assert counted.last_day == date(2025, 6, 11)
    assert "2025-06-11, until 24:00" in counted.lines()[-1]


def test_hours_from_a_day_are_refused() -> None:
    """Nobody knows at which hour of the day they would begin."""
    with pytest.raises(Refused, match="counted from an instant") as refusal:
        count(Period(3, Unit.HOURS), date(2025, 6, 10), FRANCE)

    assert refusal.value.reason is Reason.INPUT


@pytest.mark.parametrize(
    ("day", "at", "due"),
    [
        (date(2025, 6, 11), time(17), datetime(2025, 6, 11, 15, tzinfo=UTC)),
        (date(2025, 3, 30), time(2, 30), datetime(2025, 3, 30, 1, 30, tzinfo=UTC)),
        (date(2025, 10, 26), time(2, 30), datetime(2025, 10, 26, 1, 30, tzinfo=UTC)),
    ],
    ids=["an ordinary day", "a time that does not exist", "a time that comes twice"],
)
def test_a_time_of_day_takes_its_later_reading(day: date, at: time, due: datetime) -> None:
    """In doubt nobody loses an hour of their time."""
    event = date.fromordinal(day.toordinal() - 1)

    assert count(Period(1, end=at, roll=False), event, FRANCE).due_at == due


def test_a_day_ends_where_the_next_midnight_does_not_exist() -> None:
    """In Santiago summer time begins at 24:00: the day ends at that very moment."""
    counted = count(
        Period(1), date(2025, 9, 5), Calendar("x", "x", "America/Santiago", weekend=frozenset())
    )

    assert counted.due_at == datetime(2025, 9, 7, 4, tzinfo=UTC)


def test_a_period_may_end_where_it_falls() -> None:
    """An organisation's rule can set articles 3(4) and 3(5) aside; the working says so."""
    counted = count(Period(2, roll=False), date(2025, 6, 13), FRANCE)

    assert counted.last_day == date(2025, 6, 15)
    assert "ends where it falls" in str(counted.working[-1])


@pytest.mark.parametrize("amount", [0, -3, 40_000, 10**12])
def test_a_period_needs_a_sensible_length(amount: int) -> None:
    """Nothing, less than nothing and more than a century are refused with a cure."""
    with pytest.raises(Refused, match="cannot be counted"):
        Period(amount)


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.HOURS])
@pytest.mark.parametrize(
    ("start", "backward"),
    [(date(2100, 12, 31), False), (date(1900, 1, 1), True), (date.max, False), (date.min, True)],
)
def test_a_count_never_leaves_the_years_that_are_known(
    unit: Unit, start: date, *, backward: bool
) -> None:
    """Beyond them no holiday is known, and a count would be a guess."""
    with pytest.raises(Refused, match="outside the years 1900 to 2100"):
        count(Period(36_000, unit, backward=backward), start, FRANCE)


def test_the_earlier_of_two_counts() -> None:
    """Two months, or ten working days after the vote, whichever ends first."""
    months = count(Period(2, Unit.MONTHS), date(2025, 6, 2), FRANCE)
    days = count(Period(10, Unit.WORKING_DAYS), date(2025, 6, 30), FRANCE)

    assert earlier_of(months, days) is days if days.due_at < months.due_at else months
    assert later_of(months, days).last_day == max(months.last_day, days.last_day)


def test_a_desk_count_needs_one_event() -> None:
    """Neither none nor two."""
    for from_, before in ((None, None), (date(2025, 1, 1), date(2025, 2, 1))):
        with pytest.raises(Refused, match="one event"):
            deadline(days=3, from_=from_, before=before, calendar="FR")


def test_a_desk_count_asks_for_a_calendar_where_holidays_matter() -> None:
    """Only calendar days counted backward need none."""
    with pytest.raises(Refused, match="no calendar"):
        deadline(days=3, from_=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Frannce", r"FR \(France\)"),
        ("lion", "lyon"),
        ("FR-99", "FR-976"),
        ("XQ", "Did you mean"),
        ("", "country code: FR"),
    ],
)
def test_an_unknown_calendar_is_refused_with_its_neighbours(name: str, near: str) -> None:
    """The cure names what the person may have meant."""
    with pytest.raises(Refused, match=near):
        find_calendar(name, {"lyon": FRANCE})


def test_a_country_is_found_by_either_code_and_by_part() -> None:
    """FR, FRA, and Alsace-Moselle, which keeps Good Friday."""
    assert find_calendar("fra") == FRANCE
    assert FRANCE.is_working(date(2025, 4, 18))
    assert find_calendar("FR-57").why_not_working(date(2025, 4, 18)) == "Good Friday"


ORGANISATION = {
    "lyon": {
        "title": {"en": "Headquarters, Lyon", "fr": "Siège, Lyon"},
        "zone": "Europe/Paris",
        "country": "FRA",
        "closed": [
            {
                "day": date(2025, 12, 24),
                "until": date(2025, 12, 26),
                "reason": "Year-end closure",
                "source": "circular 2025/14",
            }
        ],
        "opened": [{"day": date(2025, 5, 8), "reason": "General Assembly", "source": "circular 3"}],
    },
    "amman": {"title": "Amman", "zone": "Asia/Amman", "weekend": ["friday", "saturday"]},
}


def test_the_organisations_own_list_stands_above_the_countrys() -> None:
    """Its closures are free and its working days are worked, whatever the country does."""
    lyon = load_calendars(ORGANISATION)["lyon"]

    assert lyon.title == "Headquarters, Lyon"
    assert lyon.why_not_working(date(2025, 12, 26)) == "Year-end closure (circular 2025/14)"
    assert lyon.is_working(date(2025, 5, 8))
    assert lyon.why_not_working(date(2025, 7, 14)) == "National Day"
    assert count(Period(1), date(2025, 12, 23), lyon).last_day == date(2025, 12, 29)


def test_a_station_has_its_own_weekend() -> None:
    """In Amman Sunday is worked, and Friday is not."""
    amman = load_calendars(ORGANISATION)["amman"]

    assert amman.is_working(date(2025, 6, 15))
    assert amman.why_not_working(date(2025, 6, 13)) == "Friday"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"zone": "Europe/Lyon"}, "no time zone"),
        ({"country": "FRZ"}, "did you mean"),
        ({"weekend": ["funday"]}, "saturday"),
        (
            {"weekend": [day.casefold() for day in WEEKDAYS]},
            "no day to work",
        ),
        ({"holidays": []}, "Extra inputs"),
        ({"closed": [{"day": "soon", "reason": "x"}]}, "date"),
        ({"closed": [{"day": date(2025, 5, 8), "reason": "x"}]}, "both as closed and as opened"),
        (
            {"closed": [{"day": date(2025, 5, 8), "until": date(2025, 5, 1), "reason": "x"}]},
            "cannot last",
        ),
    ],
)
def test_a_faulty_calendar_is_refused_where_it_is_faulty(
    change: dict[str, Any], sentence: str
) -> None:
    """Every fault comes with its place."""
    with pytest.raises(Refused, match=sentence) as refusal:
        load_calendars({"lyon": {**ORGANISATION["lyon"], **change}})

    assert all(finding.where.startswith("calendar lyon") for finding in refusal.value.findings)


@pytest.mark.parametrize(
    ("data", "period"),
    [
        ({"working_days": 5}, Period(5, Unit.WORKING_DAYS)),
        ({"days": 42, "forward": "roll_to_working_day"}, Period(42)),
        ({"days": 42, "forward": "stay", "end": "17:30"}, Period(42, roll=False, end=time(17, 30))),
        ({"months": 3, "backward": True, "end": "24:00"}, Period(3, Unit.MONTHS, backward=True)),
    ],
)
def test_a_rulebooks_period_is_read(data: dict[str, Any], period: Period) -> None:
    """The words of a rulebook, as the period that they mean."""
    assert PeriodData.model_validate(data).period() == period


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"days": 3, "weeks": 1},
        {"days": 0},
        {"days": "3"},
        {"days": 3, "end": 750},
        {"days": 3, "end": "00:00"},
        {"days": 3, "forward": "stay", "backward": True},
        {"day": 3},
    ],
)
def test_a_faulty_period_is_refused(data: dict[str, Any]) -> None:
    """No length, two lengths, a number that YAML made of a time, an unknown word."""
    with pytest.raises(ValueError, match="PeriodData"):
        PeriodData.model_validate(data)


def test_calendar_data_describes_itself_to_editors() -> None:
    """The rulebook's JSON Schema is made from it."""
    assert "closed" in CalendarData.model_json_schema()["properties"]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2025, 6, 11, 9, tzinfo=PARIS), "3 working days left"),
        (datetime(2025, 6, 13, 9, tzinfo=PARIS), "1 working day left"),
        (datetime(2025, 6, 16, 9, tzinfo=PARIS), "15 hours left"),
        (datetime(2025, 6, 16, 23, 59, 30, tzinfo=PARIS), "1 minute left"),
        (datetime(2025, 6, 17, 0, tzinfo=PARIS), "the time is over"),
    ],
)
def test_the_time_left_is_said_as_people_plan(now: datetime, words: str) -> None:
    """Working days first, hours on the last day, and nothing once it is over."""
    due = datetime(2025, 6, 17, tzinfo=PARIS)

    assert str(time_left(now, due, FRANCE)) == words


def test_a_weekend_before_the_end_is_told_in_days() -> None:
    """On Saturday, with an end on Sunday, no working day is left but one day is."""
    saturday, end = datetime(2025, 6, 14, 9, tzinfo=PARIS), datetime(2025, 6, 16, tzinfo=PARIS)

    assert str(time_left(saturday, end, FRANCE)) == "1 day left"
    assert working_days_between(saturday, end, FRANCE) == 0
