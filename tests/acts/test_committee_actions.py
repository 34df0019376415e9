"""Actions stay open until somebody says that they are done; the clock says when they are late."""

from __future__ import annotations

from datetime import date

import pendulum
import pytest

from governance.committees.after.actions import OPEN, STEP, NewAction, Step
from governance.committees.after.models import Action
from governance.refusals import Refused
from tests.acts.chamber import CHAIR, COMMITTEE, OUTSIDER, SECRETARY, found_committee
from tests.acts.conftest import At
from tests.acts.world import World


@pytest.fixture
def world(at: At) -> World:
    """An organisation with a committee."""
    found = at("nothing")
    found_committee(found)
    return found


def opened(world: World, **more: object) -> Action:
    """An action for the Legal Adviser, due in a fortnight."""
    given = {"text": "Write to members", "owner_id": "legal", "due_on": date(2026, 12, 7)} | more
    world.do(SECRETARY, OPEN, NewAction(**given), COMMITTEE)  # type: ignore[arg-type]
    return the_action(world)


def the_action(world: World) -> Action:
    """The newest action."""
    found: Action = max(world.rows(Action), key=lambda each: each.number)
    return found


def step(world: World, who: str, event: str, **more: object) -> Action:
    """Somebody takes a step with the newest action."""
    world.do(who, STEP, Step(event, **more), the_action(world).id)  # type: ignore[arg-type]
    return the_action(world)


def test_an_action_is_one_line_with_owner_and_day(world: World) -> None:
    """It has the next number of its body, and stands on the body's chain."""
    assert opened(world).number == 1
    assert opened(world, owner_id="", owner_name="Bureau in Nairobi").number == 2
    assert world.kinds(f"committee:{COMMITTEE}") == ["committee:open_action"] * 2


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"owner_id": "who"}, "owner"),
        ({"due_on": date(2026, 11, 22)}, "due_on"),
        ({"decision": "2026/77"}, "decision"),
    ],
)
def test_an_action_that_cannot_be_followed_up_is_refused(
    world: World, more: dict[str, object], where: str
) -> None:
    """Each fault names its field, and nothing is written."""
    with pytest.raises(Refused) as refusal:
        opened(world, **more)
    assert refusal.value.findings[0].where == where
    assert world.rows(Action) == []


def test_the_owner_reports_and_the_secretary_verifies(world: World) -> None:
    """Done is said by one and closed by another."""
    opened(world)
    assert step(world, "legal", "accept").state == "assigned"
    assert step(world, "legal", "report", note="Letter 12 sent").state == "reported"
    with pytest.raises(Refused, match="in this body, this is done by"):
        step(world, "legal", "verify")
    assert step(world, SECRETARY, "verify").state == "verified"


def test_an_action_falls_due_at_the_end_of_its_day_in_the_zone_of_the_body(world: World) -> None:
    """7 December ends at 23:00 UTC in Lyon; not a minute earlier."""
    opened(world)
    world.clock.set(pendulum.parse("2026-12-07T22:59:59+00:00"))
    world.go_on()
    assert the_action(world).state == "opened"
    world.clock.set(pendulum.parse("2026-12-07T23:00:00+00:00"))
    world.go_on()
    assert the_action(world).state == "overdue"
    assert world.kinds(f"action:{the_action(world).id}") == [
        "action:by_clock",  # the owner is reminded a week before
        "action:notice_handed_over",
        "action:fall_due",
        "action:notice_handed_over",
    ]


def test_an_extension_counts_and_keeps_the_first_day(world: World) -> None:
    """Whoever reads the list sees how often a day was moved, and from where."""
    opened(world)
    with pytest.raises(Refused, match="without a word"):
        step(world, CHAIR, "extend", due_on=date(2027, 1, 15))
    moved = step(world, CHAIR, "extend", due_on=date(2027, 1, 15), note="Translation is late")
    assert (moved.extensions, moved.first_due_on) == (1, date(2026, 12, 7))
    world.clock.set(pendulum.parse("2026-12-10T08:00:00+00:00"))
    world.go_on()
    assert the_action(world).state == "opened"
    with pytest.raises(Refused, match="ends later"):
        step(world, CHAIR, "extend", due_on=date(2027, 1, 1), note="Again")


def test_an_action_that_was_reported_is_not_overdue(world: World) -> None:
    """Waiting for somebody else's word is no delay of its owner."""
    opened(world)
    step(world, "legal", "report")
    world.clock.set(pendulum.parse("2027-01-10T08:00:00+00:00"))
    world.go_on()
    assert the_action(world).state == "reported"


def test_a_stranger_neither_opens_nor_moves_an_action(world: World) -> None:
    """Who is nobody in the body is told who may."""
    action = opened(world)
    with pytest.raises(Refused, match="chair, secretary"):
        world.do(OUTSIDER, OPEN, NewAction("Mine"), COMMITTEE)
    with pytest.raises(Refused, match="owner, secretary"):
        world.do(OUTSIDER, STEP, Step("start"), action.id)
