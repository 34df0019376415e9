"""Try what somebody else has written in a process apart, with limits on time and memory.

The template language has nothing that runs away by intention; this is the second wall. A text that
takes too long or too much is a finding, and the process that asked goes on.
"""

from __future__ import annotations

import base64
import json
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from governance.documents import render, samples, source
from governance.documents.schema import KINDS, Kind
from governance.refusals import Refused

SECONDS = 60
MEMORY = 3 * 2**30  # of addresses, which the typesetter reserves generously
HOSTILE = '#import "x" {{7*7}} <script>alert(1)</script> \\input{y} &amp;'


@dataclass(frozen=True)
class Task:
    """One document to be rendered from invented facts: full, minimal or hostile."""

    kind: str
    language: str
    facts: str = "full"
    to: str = "check"  # or "html"


@dataclass(frozen=True)
class Done:
    """What came of a task: faults with their places, or the page."""

    task: Task
    faults: tuple[dict[str, str], ...] = ()
    page: str = ""


def rendered(
    folder: Path | None, tasks: Sequence[Task], *, seconds: int = SECONDS, memory: int = MEMORY
) -> list[Done]:
    """Every task that was finished; the first that was not has a fault, and ends the list."""
    order = json.dumps(
        {"folder": str(folder) if folder else "", "tasks": [asdict(each) for each in tasks]}
    )
    command = [sys.executable, "-m", "governance.documents.apart.trying", str(seconds), str(memory)]
    try:
        ran = subprocess.run(
            command,
            input=order.encode(),
            capture_output=True,
            timeout=seconds + 5,
            check=False,
            cwd=source.TEMPLATES.parent,
        )
        told, status = ran.stdout, ran.returncode
    except subprocess.TimeoutExpired as late:
        told, status = late.stdout or b"", -1
    lines = [json.loads(line) for line in told.splitlines() if line.startswith(b"{")]
    done = [_done(task, line) for task, line in zip(tasks, lines, strict=False)]
    if len(done) < len(tasks):
        why = "it took too long or too much memory" if status < 0 else "it could not be rendered"
        done.append(Done(tasks[len(done)], ({"because": why, "where": "", "cure": ""},)))
    return done


def facts_of(task: Task, kinds: Mapping[str, Kind] = KINDS) -> dict[str, Any]:
    """The invented facts of a task."""
    if task.facts == "minimal":
        return samples.minimal(task.kind, task.language, kinds)
    full = samples.sample(task.kind, task.language, kinds)
    is_hostile = task.facts == "hostile"
    return samples.with_text(task.kind, full, HOSTILE, kinds) if is_hostile else full


def _done(task: Task, line: dict[str, Any]) -> Done:
    return Done(task, tuple(line["faults"]), base64.b64decode(line["page"]).decode())


def _one(task: Task, templates: source.Templates) -> dict[str, Any]:
    try:
        source.must_exist(task.kind, task.language, templates)
        facts = facts_of(task, templates.kinds)
        page = render.preview(task.kind, task.language, facts, templates)
        if task.to == "check":
            day = date.fromisoformat(facts["date"])
            render.record(task.kind, task.language, facts, day, templates=templates)
    except Refused as refused:
        return {"faults": [each.as_json() for each in refused.findings], "page": ""}
    kept = page if task.to == "html" else ""
    return {"faults": [], "page": base64.b64encode(kept.encode()).decode()}


def main() -> None:
    """The process apart: limits first, then one line for each task."""
    seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    order = json.loads(sys.stdin.buffer.read())
    folder = [Path(order["folder"])] if order["folder"] else []
    templates = source.Templates(source.read(source.TEMPLATES, *folder).files, is_apart=True)
    for each in order["tasks"]:
        try:
            line = _one(Task(**each), templates)
        except MemoryError:
            line = {"faults": [{"because": "it took too much memory", "where": "", "cure": ""}]}
            line["page"] = ""
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
