"""Keeping the deployments of `prefect.yaml` in place, as often as one likes."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import State, StateType
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.exceptions import ObjectAlreadyExists
from prefect.states import Crashed
from prefect.workers.process import ProcessWorker
from ruamel.yaml import YAML

from flows.worker import POOL
from governance.settings import ROOT

DECLARED = ROOT / "prefect.yaml"


def declared(path: Path = DECLARED) -> list[dict[str, Any]]:
    """The deployments that `prefect.yaml` declares."""
    found: list[dict[str, Any]] = YAML(typ="safe").load(path.read_text("utf-8"))["deployments"]
    return found


async def ensure_deployments() -> int:
    """Create what is missing and renew what is there; gives how many there are."""
    async with get_client() as client:
        await _ensure_pool(client)
        for each in declared():
            await _ensure(client, each)
    return len(declared())


async def lay_to_rest() -> int:
    """Call runs crashed whose process on this machine is gone; gives how many there were."""
    running = FlowRunFilter(
        tags=FlowRunFilterTags(all_=[POOL]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING])),
    )
    async with get_client() as client:
        gone = [
            run
            for run in await client.read_flow_runs(flow_run_filter=running)
            if run.infrastructure_pid and not _is_alive(run.infrastructure_pid)
        ]
        for run in gone:
            state: State[None] = Crashed(
                message="Its process ended; what it had in hand is due again."
            )
            await client.set_flow_run_state(run.id, state, force=True)
    return len(gone)


def _is_alive(pid: str) -> bool:
    number = pid.rpartition(":")[2]
    try:
        os.kill(int(number), 0)  # no signal: only asks whether it is there
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


async def _ensure_pool(client: PrefectClient) -> None:
    # Of the stock type, so that `prefect worker start --pool mandate` works just as well.
    template = ProcessWorker.get_default_base_job_template()
    with suppress(ObjectAlreadyExists):
        await client.create_work_pool(
            WorkPoolCreate(name=POOL, type="process", base_job_template=template)
        )


async def _ensure(client: PrefectClient, each: dict[str, Any]) -> None:
    flow_id = await client.create_flow_from_name(each["entrypoint"].rpartition(":")[2])
    await client.create_deployment(
        flow_id=flow_id,
        name=each["name"],
        description=each["description"],
        tags=each["tags"],
        entrypoint=each["entrypoint"],
        work_pool_name=each["work_pool"]["name"],
        schedules=[_schedule(one) for one in each.get("schedules", [])],
        pull_steps=[{"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}],
    )


def _schedule(declared: dict[str, Any]) -> DeploymentScheduleCreate:
    if "cron" in declared:
        return DeploymentScheduleCreate(
            schedule=CronSchedule(cron=declared["cron"], timezone=declared["timezone"])
        )
    return DeploymentScheduleCreate(
        schedule=IntervalSchedule(interval=timedelta(seconds=declared["interval"]))
    )
