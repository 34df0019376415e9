"""Decisions have a number for ever, and end only by something newer, or by their day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.acts import Moment, Verb, Written
from governance.committees.after.decisions import GO_ON, Ended, Taken, record_decision
from governance.committees.after.models import Decision
from governance.committees.after.numbering import Pattern
from governance.committees.models import Committee
from governance.refusals import Refused
from tests.acts.chamber import COMMITTEE, SECRETARY, found_committee
from tests.acts.conftest import At
from tests.acts.world import World

PATTERN = Pattern("{year}/{number:02}", ("D-{number:03}",))
TAKEN = Taken("Budget", "The body approves the budget.", "vote")


@pytest.fixture
def world(at: At) -> World:
    """An organisation with a committee."""
    found = at("nothing")
    found_committee(found)
    return found


def _take(moment: Moment, committee: Committee | None, taken: Taken) -> Written[Committee]:
    assert committee is not None
    decision = record_decision(moment, committee, taken, PATTERN)
    return Written({"number": decision.number}, committee)


TAKE: Verb[Committee, Taken] = Verb(
    "committee:open_action", Committee, "committee", lambda *_: "test", _take
)


def taken(world: World, **more: Any) -> Decision:
    """The body takes a decision."""
    world.do(SECRETARY, TAKE, replace(TAKEN, **more), COMMITTEE)
    found: Decision = max(world.rows(Decision), key=lambda each: each.number)
    return found


def register(world: World) -> dict[str, str]:
    """The register: number and state."""
    return {each.number: each.state for each in world.rows(Decision)}


def test_numbers_follow_the_pattern_of_the_body(world: World) -> None:
    """They count within a year, and begin anew with the next."""
    assert [taken(world).number for _ in range(2)] == ["2026/01", "2026/02"]
    assert world.rows(Decision)[0].aliases == ["D-001"]
    world.clock.set(pendulum.parse("2027-01-04T08:00:00+00:00"))
    assert taken(world).number == "2027/01"


def test_a_newer_decision_supersedes_an_older_one_in_the_same_act(world: World) -> None:
    """The older keeps its text and number, and says by what it was superseded."""
    taken(world)
    taken(world, supersedes="2026/01")
    assert register(world) == {"2026/01": "superseded", "2026/02": "in_force"}
    older = min(world.rows(Decision), key=lambda each: each.number)
    assert older.superseded_by == "2026/02"
    with pytest.raises(Refused, match='no decision "2026/09"'):
        taken(world, supersedes="2026/09")


def test_a_decision_comes_into_force_and_expires_on_its_days(world: World) -> None:
    """Its first day begins where the body is; its last day is whole."""
    taken(world, effective_on=date(2026, 12, 1), expires_on=date(2026, 12, 31))
    assert register(world) == {"2026/01": "recorded"}
    for instant, state in (
        ("2026-11-30T22:59:00+00:00", "recorded"),
        ("2026-11-30T23:00:00+00:00", "in_force"),
        ("2026-12-31T22:59:00+00:00", "in_force"),
        ("2026-12-31T23:00:00+00:00", "expired"),
    ):
        world.clock.set(pendulum.parse(instant))
        world.go_on()
        assert register(world) == {"2026/01": state}, instant


def test_an_expedited_decision_lapses_unless_it_is_confirmed(world: World) -> None:
    """What was decided in haste does not stay by being forgotten."""
    taken(world, confirm_by=world.clock.now().add(days=10))
    world.pass_days(9)
    assert register(world) == {"2026/01": "in_force"}
    world.pass_days(1)
    assert register(world) == {"2026/01": "lapsed"}


def test_a_decision_is_not_rescinded_without_a_reason(world: World) -> None:
    """The reason is kept, and the register says what is the case."""
    decision = taken(world)
    with pytest.raises(Refused, match="does not end without its reason"):
        world.do(SECRETARY, GO_ON, Ended("rescind"), decision.id)
    world.do(SECRETARY, GO_ON, Ended("rescind", "Overtaken by the new scale"), decision.id)
    assert register(world) == {"2026/01": "rescinded"}


@given(
    pattern=st.sampled_from(
        ["{number}", "{year}/{number:02}", "{body}-{year}.{month:02}.{day:02}.{number:02}"]
    ),
    many=st.integers(1, 120),
)
def test_no_number_is_given_twice(pattern: str, many: int) -> None:
    """Whatever the pattern, each number can be read back and the next one differs."""
    known = Pattern(pattern)
    places = {"body": "audit", "year": 2026, "month": 3, "day": 9}
    given_: list[str] = []
    for _ in range(many):
        given_.append(known.write(known.next(given_, places), places))
    assert len(set(given_)) == many
    assert [int((known.read(each) or {})["number"]) for each in given_] == list(range(1, many + 1))
