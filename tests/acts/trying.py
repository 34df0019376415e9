"""What tests of cases try: answers that are refused, flows that fail, the next act."""

from __future__ import annotations

import pytest

from governance import app
from governance.appointments.vetting import (
    JUSTIFY,
    Justified,
)
from governance.refusals import Refused
from tests.acts.world import (
    World,
)


def refused(world: World, person: str, position: str, *names: str, text: str = "") -> Refused:
    """The refusal that an answer meets; nothing has moved."""
    before = (world.the_case().stage, world.states())
    with pytest.raises(Refused) as refusal:
        world.answer(person, position, *names, text=text)
    world.go_on()
    assert (world.the_case().stage, world.states()) == before
    assert world.faults() == []
    return refusal.value


def rules_of(refusal: Refused) -> set[str]:
    """The names of the rules that a refusal cites."""
    return {finding.rule for finding in refusal.findings}


def fail_until_stuck(world: World, most: int = 12) -> int:
    """Let flows try, each time a little later; how many tries there were."""
    tries = 0
    for _ in range(most):
        for due in app.claim_due(world.house, 50):
            tries += 1
            try:
                app.advance_one(world.house, due)
            except Exception as error:  # noqa: BLE001 -- as flows do
                app.could_not(world.house, due, error)
        world.clock.advance(minutes=10)
    return tries


def justify_if_asked(world: World) -> None:
    """Pass over an adverse balance in writing, where the case waits for that."""
    if world.the_case().stage == "representation":
        world.do("hr", JUSTIFY, Justified("The best of the field."))
        world.go_on()
