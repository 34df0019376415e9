"""The burst: one wake-up advances everything that is due, and sends what has to be said."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.delivery import deliver_due
from flows.steps import advance_case, ended, sweep
from flows.wiring import house
from governance import app
from governance.app import Progress

CASES_AT_ONCE = 50
DEADLINES_AT_ONCE = 200
MOST_ROUNDS = 40


@dataclass
class Tally:
    """What one run has done."""

    moved: list[str] = field(default_factory=list)
    failed: int = 0
    letters: int = 0

    def name(self) -> str | None:
        """What the run is called afterwards, so that its list can be read."""
        if not self.moved:
            return _letters(self.letters) if self.letters else None
        more = len(self.moved) - 1
        return self.moved[0] if not more else f"{self.moved[0]} and {more} more"

    def sentence(self) -> str:
        """What the run did, in one sentence."""
        return (
            f"{len(self.moved)} steps taken, {_letters(self.letters)} sent, "
            f"{self.failed} that could not go on."
        )


def _letters(count: int) -> str:
    return "1 letter" if count == 1 else f"{count} letters"


@flow(name="advance", flow_run_name="advance", validate_parameters=False, persist_result=False)
async def advance() -> State[None]:
    """Advance what is due, then end. Late, twice or never: nothing breaks."""
    await asyncio.to_thread(app.begin_turn, house())
    tally = Tally()
    await ended(sweep, DEADLINES_AT_ONCE)
    for _ in range(MOST_ROUNDS):
        went_on = await _advance_due(tally)
        tally.letters += await deliver_due()
        if not went_on:
            break
    await _rename(tally.name())
    return Completed(message=tally.sentence())


async def _advance_due(tally: Tally) -> bool:
    claimed = await asyncio.to_thread(app.claim_due, house(), CASES_AT_ONCE)
    for due in claimed:
        state = await ended(advance_case, due)
        if state.is_failed():
            tally.failed += 1
        elif (progress := await _progress(state)).moved:
            tally.moved.append(progress.label)
    return bool(claimed)


async def _progress(state: State[Any]) -> Progress:
    progress: Progress = await state.aresult()
    return progress


async def _rename(name: str | None) -> None:
    if name and flow_run.id:
        async with get_client() as client:
            await client.update_flow_run(flow_run.id, name=name)
