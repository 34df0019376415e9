"""One wake-up advances whatever is due, and what has to be said leaves in the same run."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import FlowRun, State

from flows.advance import advance
from flows.delivery import deliver
from flows.stewardship import stewardship
from governance import stewarding
from governance.house import House
from governance.record import chain, work
from governance.record.models import Wakeup

if TYPE_CHECKING:
    from tests.flows.conftest import Office

pytestmark = [pytest.mark.flows, pytest.mark.usefixtures("prefect")]


def run(flow: Any) -> State[Any]:
    """Run a flow to its end; its state, whatever it is."""
    state: State[Any] = asyncio.run(flow(return_state=True))
    return state


async def _read(state: State[Any]) -> FlowRun:
    async with get_client() as client:
        (found,) = await client.read_flow_runs(
            flow_run_filter=FlowRunFilter(
                id=FlowRunFilterId(any_=[state.state_details.flow_run_id])
            )
        )
    return found


def due(house: House) -> bool:
    """Whether anything is due."""
    with house.database.reading() as session:
        return work.any_due(session, house.clock.now(), house.clock.steady())


def owe(house: House, kind: str, id_: str) -> None:
    """Mark an owner as due, behind the door's back."""
    with house.database.deciding() as session:
        work.owe(session, kind, id_)


def test_a_launched_case_goes_on_and_the_run_is_named_after_it(
    house: House, office: Office
) -> None:
    """The operators read in Prefect's list which case went where."""
    office.launch()
    assert due(house)
    state = run(advance)
    assert state.is_completed()
    assert not due(house)
    assert asyncio.run(_read(state)).name.startswith("INT-")


def test_a_poison_case_keeps_nobody_else(house: House, office: Office) -> None:
    """One case that cannot go on fails alone: the others go on, and it is tried again later."""
    owe(house, "case", "0" * 32)
    office.launch()
    state = run(advance)
    assert state.is_completed()
    assert "1 that could not go on" in str(state.message)
    with house.database.reading() as session:
        poison = session.get(work.Work, ("case", "0" * 32))
        assert poison is not None
        assert (poison.attempts, poison.lease_until) == (1, None)
    assert not due(house)


def test_letters_leave_in_the_run_of_the_act_that_wrote_them(
    house: House, office: Office, smtp: Any
) -> None:
    """Twelve people apply; one run later each has an acknowledgement, and nobody has two."""
    case = office.launch()
    run(advance)
    office.import_candidates(case)
    run(advance)
    run(advance)
    run(deliver)
    addressees = [str(message["To"]) for message in smtp.messages]
    assert len(addressees) == len(set(addressees)) == 12


def test_a_run_clears_the_request_and_raises_the_turn(house: House) -> None:
    """Whoever acts after a run has begun asks for the next one: no wake-up is lost."""
    with house.database.deciding() as session:
        turn = work.ask_to_wake(session, house.clock.now())
    run(advance)
    with house.database.reading() as session:
        row = session.get_one(Wakeup, 1)
        assert (row.asked_at, row.turn) == (None, (turn or 0) + 1)


def test_the_night_seals_the_record_once(house: House, office: Office) -> None:
    """Each day has one root over the heads of all chains, itself an entry."""
    office.launch()
    assert run(stewardship).is_completed()
    assert run(stewardship).is_completed()
    with house.database.reading() as session:
        roots = [
            entry
            for entry in chain.trail(session, ["record:1"])
            if entry.kind == stewarding.DAILY_ROOT.kind
        ]
        assert len(roots) == 1
        assert len(chain.read(roots[0])["facts"]["root"]) == 64
