"""The tasks of a run: one per deadline, case and letter, each named after what it is about.

A task never raises: a case that cannot go on fails alone, and its reason is kept in the
organisation's own rows, because Prefect's pages are no place for people's data.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.context import TaskRunContext
from prefect.logging import get_run_logger
from prefect.states import Completed, Failed

from flows.wiring import house
from governance import app
from governance.app import Due, Parcel, Progress

Ended = Any  # the state in which a task ended: Prefect takes it as such, and types it as a result


@task(name="advance", task_run_name="{due.label}", cache_policy=NO_CACHE, persist_result=False)
async def advance_case(due: Due) -> Ended:
    """One case goes on as far as it can."""
    try:
        progress = await asyncio.to_thread(app.advance_one, house(), due)
    except Exception as error:  # noqa: BLE001 -- one poison case never fails a burst
        await asyncio.to_thread(app.could_not, house(), due, error)
        return _failed("The case could not go on; its reason is on the operators' page", error)
    return _said(progress)


@task(name="deliver", task_run_name="{parcel.key}", cache_policy=NO_CACHE, persist_result=False)
async def hand_over(parcel: Parcel) -> Ended:
    """One letter leaves; handing it over is recorded."""
    return await _try(lambda: app.deliver(house(), parcel), "The letter did not leave")


@task(name="sweep deadlines", cache_policy=NO_CACHE, persist_result=False)
async def sweep(limit: int) -> Ended:
    """The clock acts where a deadline has passed."""
    logger = get_run_logger()
    try:
        passed = await asyncio.to_thread(app.sweep_deadlines, house(), limit)
    except Exception as error:  # noqa: BLE001 -- a sweep that fails must not keep cases from going on
        return _failed("The deadlines could not be swept", error)
    for progress in passed:
        _log(logger.info, progress)
    return Completed(message=f"{len(passed)} deadlines had passed", data=passed)


async def ended(step: Task[..., Any], *given: object) -> State[Any]:
    """How a task ended: its state, whatever that is. A failed one raises nothing here."""
    state: State[Any] = await step(*given, return_state=True)
    return state


async def _try(step: Callable[[], Progress], otherwise: str) -> Ended:
    try:
        return _said(await asyncio.to_thread(step))
    except Exception as error:  # noqa: BLE001 -- one letter never keeps the others
        return _failed(otherwise, error)


def _said(progress: Progress) -> Ended:
    context = TaskRunContext.get()
    if context is not None:
        context.task_run.name = progress.label  # only now it is known where the case went
    _log(get_run_logger().info, progress)
    return Completed(message="; ".join(progress.sentences) or None, data=progress)


def _failed(what: str, error: Exception) -> Ended:
    # The error's kind only: its words may hold a person's name.
    return Failed(message=f"{what} ({type(error).__name__}).")


def _log(say: Callable[[str], None], progress: Progress) -> None:
    say(" ".join([f"{progress.label}.", *progress.sentences]))
