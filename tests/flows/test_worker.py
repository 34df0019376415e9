"""The warm worker: from an act to the letter that follows, and through Prefect's absence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from prefect.client.orchestration import get_client
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_WORKER_QUERY_SECONDS,
    temporary_settings,
)

from flows.deployments import declared, ensure_deployments
from flows.wake import Waker
from flows.worker import WarmWorker
from governance import app
from governance.appointments.models import Case
from governance.house import House

if TYPE_CHECKING:
    from tests.flows.conftest import Office

WAIT = 30.0


def stage_of(house: House, case: str) -> str:
    """Where a case is now."""
    with house.database.reading() as session:
        return session.get_one(Case, case).stage


async def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something holds before the test's patience ends."""
    with suppress(TimeoutError):
        async with asyncio.timeout(WAIT):
            while not holds():  # noqa: ASYNC110 -- other processes are watched, which set no event
                await asyncio.sleep(0.02)
    return holds()


@asynccontextmanager
async def at_work() -> AsyncIterator[WarmWorker]:
    """A warm worker that polls."""
    worker = WarmWorker()
    polling = asyncio.create_task(worker.start(printer=lambda *_: None))
    try:
        yield worker
    finally:
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling


@pytest.mark.flows
@pytest.mark.usefixtures("prefect")
def test_deployments_are_ensured_as_often_as_one_likes() -> None:
    """Starting twice leaves one deployment of each kind, with one schedule."""

    async def twice() -> list[Any]:
        await ensure_deployments()
        await ensure_deployments()
        async with get_client() as client:
            return list(await client.read_deployments())

    deployments = asyncio.run(twice())
    assert sorted(each.name for each in deployments) == sorted(each["name"] for each in declared())
    (advance,) = (each for each in deployments if each.name == "advance")
    assert [each.schedule.interval.total_seconds() for each in advance.schedules] == [15.0]


@pytest.mark.flows
@pytest.mark.usefixtures("prefect")
def test_an_act_is_followed_by_its_letters(house: House, office: Office, smtp: Any) -> None:
    """Act, wake-up, run, letter: every part real, and nobody has to ask for anything."""

    async def scene() -> None:
        await ensure_deployments()
        async with at_work() as worker:
            assert await eventually(lambda: worker.is_setup)
            waker = Waker(lambda: app.take_turn(house), str(PREFECT_API_URL.value()))
            waker.start()
            woken = replace(office, house=replace(house, wake=waker.wake))
            try:
                case = await asyncio.to_thread(woken.launch)
                assert await eventually(lambda: stage_of(house, case) == "applications")
                await asyncio.to_thread(woken.import_candidates, case)
                assert await eventually(lambda: len(smtp.messages) == 12)
            finally:
                await asyncio.to_thread(waker.stop)

    with temporary_settings({PREFECT_WORKER_QUERY_SECONDS: 0.5}):
        asyncio.run(scene())


def test_a_worker_lives_on_without_prefect(free_port: Callable[[], int]) -> None:
    """Prefect away, before the start or later, ends no process: the worker asks again."""

    async def polls() -> list[Any]:
        async with at_work() as worker:
            assert await eventually(lambda: worker.is_setup)
            return [await worker.get_and_submit_flow_runs() for _ in range(3)]

    with temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{free_port()}/api"}):
        assert asyncio.run(polls()) == [[], [], []]
