"""After an act: ask once for a run, with a second's patience. The schedule is the net under it."""

from __future__ import annotations

import httpx

from governance.app import take_turn
from governance.house import House

PATIENCE = 1.0
DEPLOYMENT = "advance/advance"


def wake_once(house: House) -> None:
    """Ask the orchestration to go on now; where it does not answer, it goes on by its schedule."""
    turn = take_turn(house)
    if turn is None:
        return
    api = f"http://127.0.0.1:{house.settings.prefect_port}/api"
    try:
        _ask(api, f"advance-{turn}")
    except (httpx.HTTPError, ValueError, KeyError):
        return


def _ask(api: str, key: str) -> None:
    with httpx.Client(base_url=api, timeout=PATIENCE) as client:
        found = client.get(f"/deployments/name/{DEPLOYMENT}").raise_for_status().json()
        client.post(
            f"/deployments/{found['id']}/create_flow_run",
            json={"idempotency_key": key, "state": {"type": "SCHEDULED"}},
        ).raise_for_status()
