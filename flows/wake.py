"""Asking Prefect for a run after an act, without the act ever waiting for Prefect.

`wake()` sets a flag. A thread of its own takes the turn in the database (one asker wins) and asks
Prefect's API for the run `advance-{turn}`, with a second's patience. While Prefect does not answer,
the turn is kept and asked for again, less and less often; everybody else's wake-ups cost nothing
meanwhile. The schedule of `advance` is the net under all of this.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from uuid import uuid4

import httpx

PATIENCE = 1.0
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
FINISHED = frozenset({"COMPLETED", "FAILED", "CRASHED", "CANCELLED"})

log = logging.getLogger("mandate.wake")


class Waker:
    """Asks for runs of one deployment, from a thread of its own."""

    def __init__(
        self,
        take_turn: Callable[[], int | None],
        api_url: str,
        asked: Callable[[], None] = lambda: None,
        deployment: str = "advance/advance",
    ) -> None:
        self._take_turn = take_turn
        self._asked = asked
        self._deployment = deployment
        self._client = httpx.Client(base_url=f"{api_url.rstrip('/')}/", timeout=PATIENCE)
        self._wanted, self._stopped = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._serve, name="waker", daemon=True)

    def start(self) -> None:
        """Begin to listen for wake-ups."""
        self._thread.start()

    def wake(self) -> None:
        """Something is due. Costs the caller a flag."""
        self._wanted.set()

    def stop(self) -> None:
        """Stop listening; what was not asked for is found by the schedule."""
        self._stopped.set()
        self._wanted.set()
        self._thread.join(timeout=2 * PATIENCE)
        self._client.close()

    def _serve(self) -> None:
        while self._wanted.wait() and not self._stopped.is_set():
            self._wanted.clear()  # before the turn: who wakes from here on is asked for again
            try:
                turn = self._take_turn()
            except Exception as error:  # noqa: BLE001 -- a busy database must not end the thread
                log.warning("No turn could be taken (%s).", type(error).__name__)
                self._wanted.set()
                self._stopped.wait(FIRST_PAUSE)
                continue
            if turn is not None:
                self._ask_until_answered(turn)

    def _ask_until_answered(self, turn: int) -> None:
        pause = FIRST_PAUSE
        while not self._stopped.is_set():
            try:
                self._ask(f"advance-{turn}")
            except httpx.HTTPError as error:
                log.info("Prefect did not take turn %d (%s).", turn, type(error).__name__)
                self._stopped.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                self._asked()
                return

    def _ask(self, key: str) -> None:
        run = self._create_run(key)
        if run["state"]["type"] in FINISHED:
            # A run of that turn came and went without taking it: it had died at the wrong moment.
            self._create_run(f"{key}-{uuid4().hex[:8]}")

    def _create_run(self, key: str) -> dict[str, dict[str, str]]:
        found = self._client.get(f"deployments/name/{self._deployment}").raise_for_status()
        created = self._client.post(
            f"deployments/{found.json()['id']}/create_flow_run",
            json={"idempotency_key": key, "state": {"type": "SCHEDULED"}},
        ).raise_for_status()
        answer: dict[str, dict[str, str]] = created.json()
        return answer
