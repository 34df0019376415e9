"""The clock acts: every deadline that has passed is told to its owner, who re-reads and decides."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.steps import ended, sweep

DEADLINES_AT_ONCE = 1000


@flow(name="deadlines", flow_run_name="deadlines", validate_parameters=False, persist_result=False)
async def deadlines() -> State[None]:
    """Sweep a great many deadlines at once, for after the service was down."""
    state = await ended(sweep, DEADLINES_AT_ONCE)
    return Completed(message=state.message)
