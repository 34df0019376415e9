"""The real installation of a rehearsal: `flows.run` in a home of its own, on free ports."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from flows.child import die_with_parent
from flows.environment import api_url
from governance.settings import ROOT, Settings

READY_WITHIN = 120.0
ENDS_WITHIN = 30.0
GLANCE = 0.05
SPEED_LIMIT = 1_000_000


class NotRunning(Exception):
    """The installation does not run: a sentence that says where its words are."""


def environment(home: Path) -> dict[str, str]:
    """The settings of an installation that shares nothing with any other on this machine."""
    pages, prefect, smtp = free_ports(3)
    return {
        "MANDATE_HOME": str(home),
        "MANDATE_DATABASE_URL": "",
        "MANDATE_KEYS": str(home / "keys"),
        "MANDATE_HOST": "127.0.0.1",
        "MANDATE_PORT": str(pages),
        "MANDATE_PUBLIC_URL": "",
        "MANDATE_PREFECT_PORT": str(prefect),
        "MANDATE_SMTP_HOST": "127.0.0.1",
        "MANDATE_SMTP_PORT": str(smtp),
        "MANDATE_SMTP_USER": "",
        "MANDATE_SMTP_SECURITY": "none",
        "MANDATE_CLOCK_FILE": str(home / "clock.json"),
        "MANDATE_DEMONSTRATION": "true",
        "MANDATE_DEMONSTRATION_PAST": "false",  # one procedure is rehearsed, beside no body's year
        "MANDATE_SESSION_HOURS": str(24 * 366),  # a leap signs nobody out
        "MANDATE_RATE_LIMIT_PER_MINUTE": str(SPEED_LIMIT),  # everybody is at one address here
        "MANDATE_LOG_LEVEL": "warning",
    }


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens on now."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


class Stack:
    """Everything that `mandate run` starts, until it is left."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.log = settings.home / "run.log"
        self.pages_after = self.ready_after = 0.0
        self._run: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it, and wait until its pages and Prefect answer."""
        with self.log.open("ab") as words:
            self._run = subprocess.Popen(
                [sys.executable, "-m", "flows.run"],
                stdout=words,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                start_new_session=True,  # Ctrl-C is ours: we end it in order
                preexec_fn=die_with_parent,  # noqa: PLW1509 -- before any thread of ours
            )
        try:
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self.stop()

    def stop(self) -> None:
        """End everything, in order; insist after a while."""
        if self._run is None:
            return
        self._run.terminate()
        try:
            self._run.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(self._run.pid, signal.SIGKILL)
            self._run.wait()

    def must_run(self) -> None:
        """Raise NotRunning where it has ended."""
        if self._run is None or self._run.poll() is not None:
            raise NotRunning(f"The installation has ended. What it said is in {self.log}.")

    def _wait_until_ready(self) -> None:
        began = time.monotonic()
        self._wait_for("The pages", f"{self.settings.base_url}/health", began)
        self.pages_after = time.monotonic() - began
        prefect = f"{api_url(self.settings)}/deployments/name/advance/advance"
        self._wait_for("Prefect", prefect, began)
        self.ready_after = time.monotonic() - began

    def _wait_for(self, what: str, address: str, began: float) -> None:
        while not _answers(address):
            self.must_run()
            if time.monotonic() - began > READY_WITHIN:
                raise NotRunning(
                    f"{what} did not come within {READY_WITHIN:.0f} s. "
                    f"What the installation said is in {self.log}."
                )
            time.sleep(GLANCE)


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2.0).is_success
    except httpx.TransportError:
        return False
