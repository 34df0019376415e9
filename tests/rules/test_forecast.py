"""The forecast: three courses on real calendars, the critical path, recess, start and benchmark."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.appointments.forecast.rules import COURSES, Past, Setting
from governance.appointments.forecast.timeline import (
    JIU_DAYS,
    Ran,
    Timeline,
    moved,
    timeline,
    way,
    with_recess,
)
from governance.calendar.countries import find
from governance.calendar.days import Calendar, of_country
from governance.rulebook.calendars import calendars_of
from governance.rulebook.loader import load
from governance.rulebook.schema import Procedure
from governance.settings import ROOT

MONDAY = date(2027, 1, 11)


@pytest.fixture(scope="module")
def procedure() -> Procedure:
    """The procedure of a regional director."""
    found = load(ROOT / "governance" / "rulebooks" / "interpol").procedure("regional-director")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def lyon() -> Calendar:
    """The calendar of Lyon."""
    return calendars_of(load(ROOT / "governance" / "rulebooks" / "interpol"))["lyon"]


def ends(line: Timeline, key: str, course: str = "likely") -> date:
    """The end of a stage in a course."""
    return next(each.ends.of(course) for each in line.stages if each.stage.key == key)


def test_the_way_is_that_of_an_appointment(procedure: Procedure) -> None:
    """Where each answer has its own way, the forecast follows the one that goes on."""
    keys = [each.key for each in way(procedure)]
    assert keys[0] == "call"
    assert keys[-1] == "done"
    assert "closed" not in keys


def test_a_window_runs_to_its_end_and_no_longer(procedure: Procedure, lyon: Calendar) -> None:
    """Six weeks from the day on which the call is out; extended only when too few came."""
    line = timeline(procedure, MONDAY, Setting(lyon))
    assert ends(line, "applications", "earliest") == MONDAY + timedelta(days=42)
    assert ends(line, "applications", "latest") > ends(line, "applications", "likely")


def test_the_longest_check_is_on_the_critical_path(procedure: Procedure, lyon: Calendar) -> None:
    """References have ten days of the twenty: they have ten to spare."""
    line = timeline(procedure, MONDAY, Setting(lyon))
    vetting = next(each for each in line.stages if each.stage.key == "vetting")
    assert vetting.critical != "references"
    assert vetting.slack["references"] == 10


def test_past_cases_go_before_what_is_assumed(procedure: Procedure, lyon: Calendar) -> None:
    """Three cases are history, two are anecdotes."""
    three = timeline(procedure, MONDAY, Setting(lyon, past={"eligibility": Past((2, 9, 4))}))
    two = timeline(procedure, MONDAY, Setting(lyon, past={"eligibility": Past((2, 9))}))
    assert next(e.basis for e in three.stages if e.stage.key == "eligibility") == "history"
    assert next(e.basis for e in two.stages if e.stage.key == "eligibility") == "assumption"


def test_a_recess_moves_what_is_counted_in_working_days(
    procedure: Procedure, lyon: Calendar
) -> None:
    """Two weeks in which nobody works, in the middle of the vetting."""
    recess = [(date(2027, 3, 22), date(2027, 4, 4))]
    plain = timeline(procedure, MONDAY, Setting(lyon))
    later = timeline(procedure, MONDAY, Setting(with_recess(lyon, recess)))
    moves = {each["key"]: each for each in moved(plain, later)}
    assert moves["applications"]["likely"] == 0
    assert moves["vetting"]["likely"] == 13  # nine worked days, Easter Monday was free already


def test_people_answer_where_they_work(procedure: Procedure, lyon: Calendar) -> None:
    """Five working days end later where two of them are holidays."""
    cote = find("CIV")
    assert cote is not None
    setting = Setting(lyon, {"office.director_hr": of_country(cote)})
    line = timeline(procedure, MONDAY, setting)
    asked = next(each for each in line.stages if each.stage.key == "consultation")
    assert set(asked.slack) | {asked.critical} == {
        "legal_adviser",
        "regional_coordination",
        "director_hr",
    }


def test_a_case_is_forecast_from_where_it_stands(procedure: Procedure, lyon: Calendar) -> None:
    """What has been stays as it was; the present stage does not end before today."""
    ran = Ran(
        passed=(("call", MONDAY, date(2027, 1, 13)),),
        stage="applications",
        since=date(2027, 1, 13),
        today=date(2027, 5, 3),
    )
    line = timeline(procedure, MONDAY, Setting(lyon), ran)
    assert [each.basis for each in line.stages][:2] == ["passed", "law"]
    assert ends(line, "applications", "earliest") == date(2027, 5, 3)


def test_the_benchmark_runs_from_posting_to_selection(procedure: Procedure, lyon: Calendar) -> None:
    """Neither the preparation of the call nor the letter count."""
    line = timeline(procedure, MONDAY, Setting(lyon))
    days = line.days
    assert days is not None
    assert line.posting is not None
    assert days["likely"] == (ends(line, "decision") - line.posting.likely).days
    assert days["earliest"] < days["likely"] <= JIU_DAYS < days["latest"]


@given(st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.integers(0, 60), st.integers(0, 400))
def test_the_courses_never_cross_and_no_recess_makes_anything_earlier(
    procedure: Procedure, lyon: Calendar, start: date, long: int, after: int
) -> None:
    """Earliest is no later than likely, likely no later than latest, whatever the calendar."""
    first = start + timedelta(days=after)
    recess = [(first, first + timedelta(days=long))]
    plain = timeline(procedure, start, Setting(lyon))
    later = timeline(procedure, start, Setting(with_recess(lyon, recess)))
    for line in (plain, later):
        for each in line.stages:
            assert each.ends.earliest <= each.ends.likely <= each.ends.latest
            assert all(each.begins.of(course) <= each.ends.of(course) for course in COURSES)
    assert all(int(str(each[course])) >= 0 for each in moved(plain, later) for course in COURSES)
