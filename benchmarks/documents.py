"""How fast documents are written, beside WeasyPrint on the same HTML where it can be installed.

`.venv/bin/python benchmarks/documents.py`, or `make bench`. WeasyPrint is measured if this machine
has Pango (a system package, which nothing here installs): it goes into an environment of its own.
"""

from __future__ import annotations

import copy
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from governance.documents.proof import keys, seal
from governance.documents.render import editable, preview, record
from governance.documents.samples import sample

TIMES = 12
Case = tuple[str, str, list[dict[str, Any]], int]
PEER = """
import json, statistics, sys, time
from weasyprint import HTML
page = open(sys.argv[1], encoding="utf-8").read()
spent = []
for _ in range(int(sys.argv[2])):
    began = time.perf_counter()
    HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    spent.append(time.perf_counter() - began)
print(statistics.median(spent))
"""


def main() -> None:
    """One line a figure: what, how long, against which target, beside the peer."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core, as the targets say
    with tempfile.TemporaryDirectory(prefix="mandate-bench-documents-") as folder:
        peer = _peer(Path(folder))
        for case in _cases():
            _measure(case, peer, Path(folder))
        _seal(Path(folder))


def _cases() -> list[Case]:
    letters = []
    for number in range(TIMES):
        facts = copy.deepcopy(sample("regret", "en"))
        facts["addressee"]["name"] = f"Candidate {number} Exemple"
        facts["reference"] = f"HR/2027/{number:04d}"
        letters.append(facts)
    six = [_minutes(40, 14, number) for number in range(TIMES)]
    many = [_minutes(300, 4, number) for number in range(6)]
    return [
        ("a letter, each to somebody else", "regret", letters, 40),
        ("minutes of six pages, each another text", "minutes", six, 150),
        ("minutes with 300 attendees, each another text", "minutes", many, 500),
    ]


def _minutes(attendees: int, items: int, number: int) -> dict[str, Any]:
    facts = copy.deepcopy(sample("minutes", "en"))
    one = facts["attendance"][1]
    facts["attendance"] = [
        {**one, "name": f"Member {number}-{at}", "represented_by": None} for at in range(attendees)
    ]
    item = facts["discussions"][2]
    facts["discussions"] = [
        {
            **copy.deepcopy(item),
            "number": str(at + 1),
            "paragraphs": [
                f"Speaker {number}-{at} explained the matter. " * 6,
                "It was noted. " * 12,
            ],
        }
        for at in range(items)
    ]
    return facts


def _measure(case: Case, peer: Callable[[Path], float] | None, folder: Path) -> None:
    name, kind, facts, target = case
    day = date.fromisoformat(facts[0]["date"])
    record(kind, "en", facts[0], day)
    spent = [_time(partial(record, kind, "en", each, day)) for each in facts[1:]]
    median = statistics.median(spent) * 1000
    page = folder / "page.html"
    page.write_text(preview(kind, "en", facts[0]), "utf-8")
    beside = f"WeasyPrint {peer(page) * 1000:.0f} ms" if peer else "WeasyPrint: no Pango here"
    print(f"{name:<50} {median:7.1f} ms   target {target} ms   {beside}", flush=True)
    docx = statistics.median(_time(partial(editable, kind, "en", each)) for each in facts[:3])
    print(f"  the same as an editable copy {docx * 1000:28.1f} ms", flush=True)


def _seal(folder: Path) -> None:
    facts = sample("regret", "en")
    pdf = record("regret", "en", facts, date.fromisoformat(facts["date"])).pdf
    key = keys.key_made_here(folder, "Bench")
    done = seal.sealed(pdf, key, "Bench")
    put = statistics.median(_time(partial(seal.sealed, pdf, key, "Bench")) for _ in range(TIMES))
    read = statistics.median(_time(partial(seal.read, done)) for _ in range(TIMES))
    print(f"{'a seal put on, and read':<50} {put * 1000:7.1f} ms, {read * 1000:.1f} ms")


def _time(do: Callable[[], Any]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _peer(folder: Path) -> Callable[[Path], float] | None:
    """WeasyPrint in an environment of its own; None where it cannot run."""
    home = folder / "peer"
    script = folder / "peer.py"
    script.write_text(PEER, "utf-8")
    python = home / "bin" / "python"
    steps = (
        [sys.executable, "-m", "venv", str(home)],
        [str(python), "-m", "pip", "install", "-qq", "weasyprint==70.0"],
        [str(python), "-c", "import weasyprint"],
    )
    for step in steps:
        if subprocess.run(step, capture_output=True, check=False).returncode:
            return None

    def measured(page: Path) -> float:
        ran = subprocess.run(
            [str(python), str(script), str(page), "4"], capture_output=True, check=True
        )
        return float(json.loads(ran.stdout))

    return measured


if __name__ == "__main__":
    main()
