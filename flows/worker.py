"""A worker that stays warm: it runs each flow in its own process, within a second of the call.

It polls a work pool of the type `process`, so a stock worker can take its place at any time.
Prefect's server may be slow, hanging or away, before the start or at any moment: the worker asks
again a second later, for as long as its process lives.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

import anyio.abc
from prefect import Flow
from prefect.flow_engine import run_flow_async
from prefect.workers.base import (
    BaseJobConfiguration,
    BaseVariables,
    BaseWorker,
    BaseWorkerResult,
)

from flows.advance import advance
from flows.deadlines import deadlines
from flows.delivery import deliver
from flows.stewardship import stewardship

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun

POOL = "mandate"
FLOWS: dict[str, Flow[[], Any]] = {
    each.name: each for each in (advance, deadlines, deliver, stewardship)
}

log = logging.getLogger("mandate.worker")
# It wonders aloud that the pool is of the stock type: so it should be, for a stock worker's sake.
logging.getLogger("prefect.workers.mandate-warm").setLevel(logging.ERROR)


class WarmResult(BaseWorkerResult):
    """How a run in this process ended."""


class WarmWorker(BaseWorker[BaseJobConfiguration, BaseVariables, WarmResult]):
    """Runs flows in its own process."""

    type = "mandate-warm"
    _description = "Runs Mandate's flows in the process that is warm already."

    def __init__(self) -> None:
        super().__init__(POOL, name="warm", prefetch_seconds=0, create_pool_if_not_found=False)
        self.running = 0
        self._names: dict[UUID, str] = {}

    async def run(
        self,
        flow_run: FlowRun,
        configuration: BaseJobConfiguration,  # noqa: ARG002 -- there is no infrastructure to set up
        task_status: anyio.abc.TaskStatus[int] | None = None,
    ) -> WarmResult:
        """Run one flow here and now."""
        flow = FLOWS[await self._name_of(flow_run.flow_id)]
        if task_status is not None:
            task_status.started(os.getpid())
        self.running += 1
        try:
            await run_flow_async(flow, flow_run=flow_run, return_type="state")
        finally:
            self.running -= 1
        return WarmResult(status_code=0, identifier=str(flow_run.id))

    async def get_and_submit_flow_runs(self) -> list[FlowRun]:
        """One poll. A server that does not answer is asked again at the next one."""
        try:
            if not self._has_successfully_synced:
                await self._sync_and_initialize()
            return await super().get_and_submit_flow_runs()
        except Exception as error:  # noqa: BLE001 -- whatever the server says, the worker lives on
            log.debug("Prefect did not answer (%s); asking again.", type(error).__name__)
            return []

    async def _submit_run(self, flow_run: FlowRun) -> None:
        try:
            await super()._submit_run(flow_run)
        except Exception as error:  # noqa: BLE001 -- as above: leases bring the work back
            log.info("A run could not begin (%s).", type(error).__name__)
            self._submitting_flow_run_ids.discard(flow_run.id)

    async def _name_of(self, flow_id: UUID) -> str:
        if flow_id not in self._names:
            self._names[flow_id] = (await self.client.read_flow(flow_id)).name
        return self._names[flow_id]


class WarmThread:
    """A warm worker in a thread of its own, so that no page waits for a flow."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._worker: WarmWorker | None = None
        self._thread = threading.Thread(target=self._serve, name="warm worker", daemon=True)

    def start(self) -> None:
        """Begin to poll; Prefect's server need not be there yet."""
        self._thread.start()

    def nudge(self) -> None:
        """A run has just been asked for: poll now, not at the next second."""
        worker = self._worker
        if worker is not None and worker.is_setup:
            asyncio.run_coroutine_threadsafe(worker.get_and_submit_flow_runs(), self._loop)

    def rest(self, patience: float) -> None:
        """Wait until the runs in hand are done, for as long as the patience lasts."""
        until = time.monotonic() + patience
        while self._worker and self._worker.running and time.monotonic() < until:
            self._thread.join(0.05)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._work_for_ever())

    async def _work_for_ever(self) -> None:
        while True:
            self._worker = WarmWorker()
            try:
                await self._worker.start(printer=log.debug)
            except Exception as error:  # noqa: BLE001 -- it never dies
                log.warning("The worker begins anew (%s).", type(error).__name__)
            await asyncio.sleep(1)
