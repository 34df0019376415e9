"""Everything of an embedded installation: `python -m flows.run`, which `mandate run` becomes.

Prefect's server beside one process that is web application and warm worker, and in a
demonstration a mail server that catches every mail. Whatever dies is started again; Ctrl-C stops
everything; the next start goes on where this one was.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.child import PARENT
from flows.environment import prefect_environment
from governance.settings import Settings

if TYPE_CHECKING:
    from aiosmtpd.controller import Controller

FIRST_PAUSE, LONGEST_PAUSE = 0.3, 10.0
STEADY = 20.0  # seconds of life after which an end counts as the first one again
PATIENCE = 12.0


@dataclass
class Child:
    """A process that is kept alive."""

    name: str
    module: str
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    began: float = field(default=0.0)
    begin_at: float = field(default=0.0)

    def look_after(self, now: float) -> None:
        """Start it, or start it again after a pause that grows with each failure."""
        if self.process is not None and self.process.poll() is not None:
            self._mourn(now, self.process.returncode)
        if self.process is None and now >= self.begin_at:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module],
                env={**os.environ, **self.environment, PARENT: str(os.getpid())},
                start_new_session=True,  # Ctrl-C is for the supervisor, which ends them in order
            )
            self.began = now

    def stop(self) -> None:
        """Ask it to end; insist after a while."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _mourn(self, now: float, code: int) -> None:
        self.failures = 1 if now - self.began > STEADY else self.failures + 1
        pause = min(FIRST_PAUSE * 2 ** (self.failures - 1), LONGEST_PAUSE)
        self.process, self.begin_at = None, now + pause
        _say(f"{self.name} ended ({_how(code)}); it starts again.")


def main() -> int:
    """Run everything until told to stop; gives the exit status."""
    settings = _as_demonstration()
    if complaints := taken_ports(settings):
        print("\n".join(complaints), file=sys.stderr)  # noqa: T201 -- said to the operator
        return 1
    (settings.home / "prefect").mkdir(parents=True, exist_ok=True)
    stopped = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda *_: stopped.set())
    _say("Mandate is starting. Pages come first; Prefect takes up to a quarter of a minute.")
    _supervise(_children(settings), stopped, _catcher(settings))
    return 0


def _as_demonstration() -> Settings:
    """Unless the installation says otherwise: with invented people, and a clock that can leap."""
    os.environ.setdefault("MANDATE_DEMONSTRATION", "true")
    settings = Settings()
    if settings.demonstration:
        os.environ.setdefault("MANDATE_CLOCK_FILE", str((settings.home / "clock.json").resolve()))
        os.environ.setdefault("MANDATE_SESSION_HOURS", str(24 * 366))  # a leap signs nobody out
    return Settings()


def taken_ports(settings: Settings) -> list[str]:
    """A sentence with its cure for each port that another program listens on."""
    wanted = [
        ("the pages", settings.host, settings.port, "MANDATE_PORT"),
        ("Prefect", "127.0.0.1", settings.prefect_port, "MANDATE_PREFECT_PORT"),
    ]
    if settings.demonstration:
        wanted.append(
            (
                "the demonstration's mail",
                settings.smtp_host,
                settings.smtp_port,
                "MANDATE_SMTP_PORT",
            )
        )
    return [
        f"Port {port} is wanted for {what}, and another program listens on it. "
        f"Stop that program, or choose another port: {name}={port + 1} make run"
        for what, host, port, name in wanted
        if _is_taken(host, port)
    ]


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _children(settings: Settings) -> list[Child]:
    environment = prefect_environment(settings)
    return [
        Child("The web application", "flows.app_process", environment),
        Child("Prefect", "flows.prefect_server", environment),
    ]


def _catcher(settings: Settings) -> Controller | None:
    if not settings.demonstration:
        return None
    from flows.catcher import catch_mail  # noqa: PLC0415 -- only a demonstration catches mails

    return catch_mail(settings)


def _supervise(children: list[Child], stopped: threading.Event, catcher: Controller | None) -> None:
    try:
        while not stopped.is_set():
            for child in children:
                child.look_after(time.monotonic())
            stopped.wait(0.1)
    finally:
        _say("Stopping; a moment.")
        for child in children:
            child.stop()
        if catcher is not None:
            catcher.stop()
        _say("Stopped. `make run` goes on from here.")


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"status {code}"


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 -- the operator reads along


if __name__ == "__main__":
    sys.exit(main())
