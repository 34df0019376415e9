"""A lease lasts while the work is in hand, whatever the clock shows; nothing leaves twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from governance import app
from governance.clock import SharedClock
from governance.house import House
from governance.record import outbox, work
from tests.acts.conftest import At
from tests.acts.world import World


def hurried(world: World, folder: Path) -> House:
    """The same rows under a rehearsal's clock, at a thousand times the machine's."""
    clock = SharedClock(folder / "clock.json")
    clock.start(world.clock.now(), 1000)
    return replace(world.house, clock=clock)


def letters_wait(at: At) -> World:
    """Questions to three leaders are in the outbox, and nothing has left."""
    world = at("selection")
    world.answer("panel", "shortlist", "Aalto", "Boonmee")
    world.go_on(mails=False)
    return world


def test_a_leap_of_the_clock_ends_no_lease(at: At, tmp_path: Path) -> None:
    """A letter on its way when a month is passed over is not claimed by a second run."""
    house = hurried(letters_wait(at), tmp_path)
    assert len(app.claim_letters(house, 50)) == 3
    house.clock.leap(house.clock.now().add(days=30))  # type: ignore[attr-defined]
    assert app.claim_letters(house, 50) == []


def test_a_case_in_hand_is_not_taken_by_a_second_run_after_a_leap(at: At, tmp_path: Path) -> None:
    """Work that is due is leased by the machine's time too."""
    world = at("nothing")
    with world.house.database.deciding() as session:
        work.owe(session, "case", "a")
    house = hurried(world, tmp_path)
    assert len(app.claim_due(house, 50)) == 1
    house.clock.leap(house.clock.now().add(days=30))  # type: ignore[attr-defined]
    assert app.claim_due(house, 50) == []


def test_a_letter_that_another_run_has_taken_over_is_not_sent(at: At) -> None:
    """Whoever comes to a letter when its lease has run out, and was taken, leaves it alone."""
    world = letters_wait(at)
    late = app.claim_letters(world.house, 50)
    world.clock.advance(seconds=outbox.LEASE_SECONDS + 1)
    assert len(app.claim_letters(world.house, 50)) == 3
    told = [app.deliver(world.house, each).sentences for each in late]
    assert told == [["another run has it in hand."]] * 3
    assert [each.attempts for each in world.unsent()] == [0, 0, 0]


def test_a_lease_that_nobody_took_over_is_begun_anew_before_the_letter_leaves(at: At) -> None:
    """A letter that waited long behind others is still its run's, and stays so while it is sent."""
    world = letters_wait(at)
    first, *_ = app.claim_letters(world.house, 50)
    world.clock.advance(seconds=outbox.LEASE_SECONDS + 1)
    with world.house.database.deciding() as session:
        assert outbox.renew(session, first.key, first.lease_until, world.clock.steady())
    assert first.key not in {each.key for each in app.claim_letters(world.house, 50)}
