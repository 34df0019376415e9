"""Kill what runs at random moments of a rehearsal, and see that it ends the same: `make soak`.

A rehearsal without faults comes first: what it came to is what every other one must come to. Then
web application (with its warm worker) and Prefect are killed, `kill -9`, at random moments, again
and again. In the end the case stands where it should, each letter was issued once, each notice has
left under one Message-ID, and the record is whole.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SEEDS, KILLS = (1, 2, 3, 4, 5), 10
VICTIMS = ("flows.app_process", "flows.prefect_server")
SHORTEST, LONGEST = 0.2, 9.0  # seconds between two kills
ENDS_WITHIN = 900.0
SAME = ("state", "stage", "chosen", "letters", "notices", "lost", "strange", "verified")


@dataclass
class Run:
    """One rehearsal: what was killed when (seconds after the launch), and what it came to."""

    seed: int
    kills: list[tuple[float, str]] = field(default_factory=list)
    seconds: float = 0.0
    facts: dict[str, Any] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    @property
    def came_to(self) -> dict[str, Any]:
        """What must not depend on the kills."""
        return {key: self.facts.get(key) for key in SAME}

    def line(self, expected: dict[str, Any]) -> str:
        """A row of the table."""
        web = sum(name == VICTIMS[0] for _, name in self.kills)
        wrong = [key for key in SAME if self.came_to[key] != expected[key]]
        facts = self.facts or dict.fromkeys(("mails", "twice", "entries", "days"), "-")
        return (
            f"{self.seed or 'calm':>5} {web:>4} {len(self.kills) - web:>8} {self.seconds:>8.0f} "
            f"{facts['days']:>5} {facts['mails']:>6} {facts['twice']:>6} {facts['entries']:>8}  "
            f"{'same end' if not wrong else 'OTHERWISE: ' + ', '.join(wrong)}"
        )


def main() -> None:
    """Every seed; fails aloud where one ended otherwise."""
    chosen = _chosen()
    if chosen.json:
        print(json.dumps(rehearse(chosen.seeds[0], chosen.kills).__dict__, ensure_ascii=False))
        return
    print(" seed  web  Prefect  seconds  days  mails  twice  entries")
    calm = rehearse(0, 0)
    print(calm.line(calm.came_to), flush=True)
    otherwise = 0
    for seed in chosen.seeds:
        run = rehearse(seed, chosen.kills)
        print(run.line(calm.came_to), flush=True)
        otherwise += run.came_to != calm.came_to
    if otherwise or not calm.facts.get("verified"):
        sys.exit(f"{otherwise} rehearsals ended otherwise than the calm one.")


def rehearse(seed: int, kills: int) -> Run:
    """One rehearsal, of which parts are killed at moments that the seed decides."""
    run = Run(seed)
    with tempfile.TemporaryDirectory(prefix="mandate-soak-") as folder:
        command = [sys.executable, "-m", "flows.rehearse", "regional-director", "--json"]
        rehearsal = subprocess.Popen(
            [*command, "--keep", str(Path(folder) / "home")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        killer = threading.Thread(target=_kill_when_launched, args=(rehearsal, run, kills))
        began = time.monotonic()
        killer.start()
        try:
            assert rehearsal.stdout is not None
            said = rehearsal.stdout.read()
            rehearsal.wait(ENDS_WITHIN)
        finally:
            if rehearsal.poll() is None:
                rehearsal.send_signal(signal.SIGINT)
                rehearsal.wait()
        killer.join()
        run.seconds = time.monotonic() - began
        run.facts = json.loads(said) if said.strip() else {}
        if rehearsal.returncode:
            print("\n".join([*run.words, *_last_words(Path(folder) / "home")]), file=sys.stderr)
    return run


def _kill_when_launched(rehearsal: subprocess.Popen[str], run: Run, kills: int) -> None:
    """Read along; from the launch on, kill after every pause that the dice give."""
    assert rehearsal.stderr is not None
    launched, over = threading.Event(), threading.Event()

    def read_along() -> None:
        assert rehearsal.stderr is not None
        for line in rehearsal.stderr:
            run.words.append(line.rstrip())
            if "launches" in line:
                launched.set()
        over.set()
        launched.set()

    reader = threading.Thread(target=read_along)
    reader.start()
    launched.wait()
    dice, began = random.Random(run.seed), time.monotonic()
    for _ in range(kills):
        if over.wait(dice.uniform(SHORTEST, LONGEST)):
            break
        victim = dice.choice(VICTIMS)
        if kill(rehearsal.pid, victim):
            run.kills.append((round(time.monotonic() - began, 1), victim))
    reader.join()


def _last_words(home: Path) -> list[str]:
    log = home / "run.log"
    return log.read_text("utf-8").splitlines()[-40:] if log.exists() else []


def kill(ancestor: int, module: str) -> bool:
    """Kill the process below `ancestor` that runs a module; False where there is none now."""
    for pid in _below(ancestor):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if module in words:
            os.kill(pid, signal.SIGKILL)
            return True
    return False


def _below(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        children.setdefault(int(after_name[1]), []).append(int(stat.parent.name))
    found = list(children.get(pid, ()))
    for each in found:
        found.extend(children.get(each, ()))
    return found


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--kills", type=int, default=KILLS, help="kills in each rehearsal")
    parser.add_argument("--json", action="store_true", help="one run of the first seed, as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
