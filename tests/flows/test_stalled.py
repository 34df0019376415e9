"""Prefect is of no use, or whoever goes on is killed: nothing is forgotten after."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlmodel import col, select

from flows.advance import advance
from flows.wake import Waker
from governance import app
from governance.access.actor import CLOCK
from governance.acts import perform
from governance.app import Progress
from governance.appointments.advance import ADVANCE
from governance.appointments.launching import WITHDRAW, Why
from governance.clock import OwnedClock
from governance.house import House
from governance.record import deadlines
from governance.record.models import Wakeup, Work

if TYPE_CHECKING:
    from tests.flows.conftest import Office

pytestmark = pytest.mark.flows
CASES = 12


@contextmanager
def stalled(mood: str, port: int) -> Iterator[None]:
    """Prefect's API that takes connections and never answers, or is not there at all."""
    if mood == "away":
        yield
        return
    with socket.create_server(("127.0.0.1", port)):
        yield


def undone(house: House) -> list[str]:
    """Which cases have something to go on with."""
    with house.database.reading() as session:
        query = select(Work.id).where(col(Work.due_seq) > col(Work.done_seq))
        return sorted(session.exec(query))


@pytest.mark.usefixtures("prefect")
@pytest.mark.parametrize("mood", ["hanging", "away"])
def test_what_was_done_while_prefect_was_useless_is_all_found_by_the_next_run(
    house: House, office: Office, free_port: Callable[[], int], mood: str
) -> None:
    """One asker wins the turn and keeps it; whatever came meanwhile is due, and one run does it."""
    port = free_port()
    with stalled(mood, port):
        waker = Waker(lambda: app.take_turn(house), f"http://127.0.0.1:{port}/api")
        waker.start()
        awake = replace(office, house=replace(house, wake=waker.wake))
        cases = []
        for _ in range(CASES):
            cases.append(awake.launch())
            perform(awake.house, office.officer, WITHDRAW, cases[-1], Why("The next is wanted."))
        waker.stop()
    assert undone(house) == sorted(cases)
    with house.database.reading() as session:
        assert session.get_one(Wakeup, 1).turn == 0
    asyncio.run(advance())
    assert undone(house) == []
    with house.database.reading() as session:
        wakeup = session.get_one(Wakeup, 1)
        assert (wakeup.turn, wakeup.asked_at) == (1, None)


def test_who_is_killed_on_the_way_from_a_deadline_leaves_something_due(
    house: House, office: Office, clock: OwnedClock
) -> None:
    """A deadline is swept once: the stage that it led to must not wait for another wake-up."""
    case = office.launch()
    go_on(house)
    office.import_candidates(case)
    go_on(house)
    clock.advance(days=60)
    first_step = perform(house, CLOCK, ADVANCE, case, None)  # and here the sweep is killed
    assert first_step is not None
    assert first_step.facts["to"] == "eligibility"
    with house.database.reading() as session:
        assert deadlines.passed(session, clock.now(), 10) == []
    assert undone(house) == [case]
    (progress,) = go_on(house)
    assert "sifted" in progress.sentences[0]
    assert undone(house) == []


def go_on(house: House) -> list[Progress]:
    """Whatever is due goes on, as in a run."""
    done: list[Progress] = []
    while due := app.claim_due(house, 10):
        done += [app.advance_one(house, each) for each in due]
    return done
