"""Acts while Prefect is of no use: each is as binding as ever, and none is forgotten after."""

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
from governance.acts import perform
from governance.appointments.launching import WITHDRAW, Why
from governance.house import House
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
