"""Asking Prefect for runs: it may hang, crawl, refuse or be away, and nobody waits for it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from flows.deployments import declared
from flows.wake import PATIENCE, Waker
from flows.worker import FLOWS

WAIT = 20.0


class Turns:
    """The wake-up row, as the database keeps it: one asker wins a turn."""

    def __init__(self) -> None:
        self.turn, self.asked, self.owed = 0, False, 0
        self._lock = threading.Lock()

    def take(self) -> int | None:
        """The turn to ask for, or None where somebody has asked."""
        with self._lock:
            if self.asked:
                return None
            self.asked = True
            return self.turn

    def begin(self) -> None:
        """A run begins, and does everything that is owed."""
        with self._lock:
            self.asked, self.turn, self.owed = False, self.turn + 1, 0

    def owe(self) -> None:
        """An act leaves something to do."""
        with self._lock:
            self.owed += 1


class Api:
    """Prefect's API as far as the waker knows it; `mood` says how it behaves."""

    def __init__(self, turns: Turns, port: int) -> None:
        self.mood, self.keys, self.turns = "well", [], turns
        self.finished: set[str] = set()
        self.keys: list[str] = []
        self._free = threading.Event()
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._say({"id": "the-deployment"})

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._say(api.run(body["idempotency_key"]) if api.mood == "well" else {})

            def _say(self, answer: dict[str, Any]) -> None:
                if api.mood == "hanging":
                    api._free.wait(WAIT)
                refused = api.mood == "refusing"
                self.send_response(503 if refused else 200)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            def log_message(self, *_: object) -> None:
                """Tests are quiet."""

            def handle(self) -> None:
                try:
                    super().handle()
                except ConnectionError:
                    """The waker lost its patience and has gone."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def run(self, key: str) -> dict[str, Any]:
        """A run of this key: a new one begins at once, an old one is given as it is."""
        self.keys.append(key)
        if key in self.finished:
            return {"state": {"type": "COMPLETED"}}
        self.turns.begin()
        return {"state": {"type": "SCHEDULED"}}

    def close(self) -> None:
        """Be away."""
        self._free.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def turns() -> Turns:
    """An empty wake-up row."""
    return Turns()


@pytest.fixture
def port(free_port: Callable[[], int]) -> int:
    """Where the API is, or will be."""
    return free_port()


@pytest.fixture
def waker(turns: Turns, port: int) -> Iterator[Waker]:
    """A waker that listens."""
    waker = Waker(turns.take, f"http://127.0.0.1:{port}/api")
    waker.start()
    yield waker
    waker.stop()


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something holds before the test's patience ends."""
    until = time.monotonic() + WAIT
    tick = threading.Event()
    while not holds() and time.monotonic() < until:
        tick.wait(0.02)
    return holds()


def answers(waker: Waker, turns: Turns, count: int) -> list[float]:
    """So many answers in a row: what asking for a run cost each of them, in seconds."""
    costs = []
    for _ in range(count):
        turns.owe()
        began = time.perf_counter()
        waker.wake()
        costs.append(time.perf_counter() - began)
    return costs


@pytest.mark.parametrize("mood", ["hanging", "refusing", "away"])
def test_no_wake_up_is_lost_and_no_answer_waits(
    waker: Waker, turns: Turns, port: int, mood: str
) -> None:
    """400 answers while Prefect is of no use: each costs nothing, and all are found after."""
    ill = Api(turns, port) if mood != "away" else None
    if ill:
        ill.mood = mood
    costs = answers(waker, turns, 400)
    if ill:
        ill.close()
    well = Api(turns, port)
    assert eventually(lambda: turns.owed == 0)
    assert max(costs) < PATIENCE  # whoever waited for Prefect would have waited as long
    well.close()


def test_many_answers_at_once_ask_for_few_runs(waker: Waker, turns: Turns, port: int) -> None:
    """One run wakes for many: asking is single flight."""
    api = Api(turns, port)
    threads = [threading.Thread(target=answers, args=(waker, turns, 8)) for _ in range(50)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert eventually(lambda: turns.owed == 0)
    assert len(api.keys) == len(set(api.keys)) < 200
    api.close()


def test_a_run_that_died_before_its_turn_is_asked_for_anew(
    waker: Waker, turns: Turns, port: int
) -> None:
    """Prefect gives a finished run for a known key; that one would never wake anybody."""
    api = Api(turns, port)
    api.finished.add("advance-0")
    answers(waker, turns, 1)
    assert eventually(lambda: turns.owed == 0)
    first, second = api.keys
    assert (first, second[:10]) == ("advance-0", "advance-0-")
    api.close()


def test_every_declared_deployment_runs_a_flow_of_the_worker() -> None:
    """What prefect.yaml declares and what the warm worker can run are the same."""
    names = [each["entrypoint"].rpartition(":")[2] for each in declared()]
    assert sorted(names) == sorted(FLOWS)
