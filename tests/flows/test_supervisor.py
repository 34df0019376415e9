"""One command runs everything: what dies comes back, what is stopped leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.run import FIRST_PAUSE, Child, taken_ports
from governance.settings import ROOT, Settings

FAITHFUL = """
import os, pathlib, time
from flows.child import die_with_parent
die_with_parent()
with open(os.environ["PIDS"], "a") as pids:
    print(os.getpid(), file=pids, flush=True)
time.sleep(60)
"""
KEEPER = """
import os, threading, time
from flows.run import Child, _supervise
child = Child("The child", "faithful", {})
_supervise([child], threading.Event(), None)
"""
WAIT = 15.0


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something holds before the test's patience ends."""
    until = time.monotonic() + WAIT
    tick = threading.Event()
    while not holds() and time.monotonic() < until:
        tick.wait(0.02)
    return holds()


def is_alive(pid: int) -> bool:
    """Whether a process runs (one that waits to be buried does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def pids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """A child module, and the process ids that it has had."""
    (tmp_path / "faithful.py").write_text(FAITHFUL)
    (tmp_path / "keeper.py").write_text(KEEPER)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")
    monkeypatch.setenv("PIDS", str(tmp_path / "pids"))
    (tmp_path / "pids").touch()
    return lambda: [int(line) for line in (tmp_path / "pids").read_text().split()]


@pytest.fixture
def child(pids: Callable[[], list[int]]) -> Iterator[Child]:
    """A child, ended after the test."""
    child = Child("The child", "faithful", {})
    yield child
    child.stop()


def test_a_child_that_is_killed_comes_back(child: Child, pids: Callable[[], list[int]]) -> None:
    """A killed part costs a moment, not the service."""
    child.look_after(0.0)
    assert eventually(lambda: len(pids()) == 1)
    os.kill(pids()[0], signal.SIGKILL)
    assert eventually(lambda: child.process is not None and child.process.poll() is not None)
    child.look_after(1.0)
    assert child.process is None
    child.look_after(1.0 + FIRST_PAUSE)
    assert eventually(lambda: len(pids()) == 2)


def test_a_child_that_keeps_dying_is_started_ever_more_slowly(child: Child) -> None:
    """A part that cannot run does not take the machine down with it."""
    child.module = "no_such_module"
    pauses, now = [], 0.0
    for _ in range(4):
        child.look_after(now)
        assert child.process is not None
        child.process.wait()
        child.look_after(now)
        pauses.append(child.begin_at - now)
        now = child.begin_at
    assert pauses == sorted(pauses)
    assert pauses[-1] == pytest.approx(FIRST_PAUSE * 8)


def test_stopping_ends_the_child(child: Child, pids: Callable[[], list[int]]) -> None:
    """Ctrl-C leaves no process behind."""
    child.look_after(0.0)
    assert eventually(lambda: len(pids()) == 1)
    child.stop()
    assert not is_alive(pids()[0])


def test_children_do_not_outlive_a_killed_supervisor(pids: Callable[[], list[int]]) -> None:
    """A killed supervisor leaves no orphan that holds a port."""
    keeper = subprocess.Popen([sys.executable, "-m", "keeper"])
    assert eventually(lambda: len(pids()) == 1)
    keeper.kill()
    keeper.wait()
    assert eventually(lambda: not is_alive(pids()[0]))


def test_a_busy_port_is_said_in_words_with_its_cure(free_port: Callable[[], int]) -> None:
    """Whoever starts a second Mandate reads which port is taken and how to choose another."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = other.getsockname()[1]
        settings = Settings(port=busy, prefect_port=free_port(), smtp_port=free_port())
        (complaint,) = taken_ports(settings)
    assert f"Port {busy} is wanted for the pages" in complaint
    assert f"MANDATE_PORT={busy + 1} make run" in complaint
