"""Write the generated parts of the documentation: `make docs`. A test fails when they are stale."""

from __future__ import annotations

import dataclasses
import importlib
import re
from pathlib import Path

from governance.api.after import ACTION_ACTS, DECISION_ACTS
from governance.api.committees import BODY_ACTS, MEETING_ACTS
from governance.api.minutes import MINUTES_ACTS
from governance.lifecycle import Lifecycle
from governance.rulebook.proceedings.told import table
from governance.settings import ROOT

PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- generated: lifecycles -->", "<!-- end -->"


def lifecycles() -> list[type[Lifecycle]]:
    """Every chart of the house, in the order of its folders."""
    for path in sorted((ROOT / "governance").rglob("lifecycle.py")):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    charts = Lifecycle.__subclasses__()
    ours = [chart for chart in charts if chart.__module__.startswith("governance.")]
    return sorted(ours, key=lambda chart: (chart.__module__, chart.__name__))


def told(chart: type[Lifecycle]) -> str:
    """One chart as a heading, its sentence, a diagram, and who may do what."""
    sentence = (chart.__doc__ or "").strip().split("\n")[0]
    where = chart.__module__.replace(".", "/")
    rows = [
        f"| {state.name} | {_plain(transition.event)} | {transition.target.name} "
        f"| {', '.join(sorted(map(_plain, chart.authority.get(str(transition.event), ()))))} |"
        for state in chart.states
        for transition in state.transitions
    ]
    return "\n".join(
        [
            f"### {chart.__name__}",
            "",
            f"{sentence} (`{where}.py`)",
            "",
            "```mermaid",
            f"{chart:mermaid}".strip(),
            "```",
            "",
            "| From | Act | To | By |",
            "|---|---|---|---|",
            *rows,
        ]
    )


def with_generated(page: str) -> str:
    """The page with its generated part as it should be now."""
    body = "\n\n".join(told(chart) for chart in lifecycles())
    return re.sub(
        f"{re.escape(BEGIN)}.*{re.escape(END)}",
        lambda _: f"{BEGIN}\n{body}\n{END}",
        page,
        flags=re.DOTALL,
    )


COMMITTEES = ROOT / "docs" / "committees.md"
RULES = "<!-- generated: proceedings -->"


def with_rules(page: str) -> str:
    """The page on committees with its table of rules of procedure as it should be now."""
    return re.sub(
        f"{re.escape(RULES)}.*?{re.escape(END)}",
        lambda _: f"{RULES}\n{table()}\n{END}",
        page,
        flags=re.DOTALL,
    )


ACTS = "<!-- generated: acts -->"


ACTS_ON = (
    ("committees", BODY_ACTS),
    ("meetings", MEETING_ACTS),
    ("minutes", MINUTES_ACTS),
    ("actions", ACTION_ACTS),
    ("decisions", DECISION_ACTS),
)


def acts() -> str:
    """The acts on bodies and what they make, at the API, each with its fields."""
    rows = [
        f"| `{what}` | `{name}` | {_fields(kind)} |"
        for what, known in ACTS_ON
        for name, (_, kind) in known.items()
    ]
    return "\n".join(["| on | act | given |", "|---|---|---|", *rows])


def _fields(kind: type | None) -> str:
    """Fields of what an act is given; those that may be left out in brackets."""
    if kind is None:
        return "nothing"
    told = []
    for each in dataclasses.fields(kind):
        needed = each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
        told.append(f"`{each.name}`" if needed else f"[`{each.name}`]")
    return ", ".join(told)


def with_acts(page: str) -> str:
    """The page on committees with its table of acts as it should be now."""
    return re.sub(
        f"{re.escape(ACTS)}.*?{re.escape(END)}",
        lambda _: f"{ACTS}\n{acts()}\n{END}",
        page,
        flags=re.DOTALL,
    )


def _plain(name: object) -> str:
    return str(name).replace("_", " ")


def write(page: Path = PAGE) -> None:
    """Bring the page up to date."""
    page.write_text(with_generated(page.read_text("utf-8")), "utf-8")
    COMMITTEES.write_text(with_acts(with_rules(COMMITTEES.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    write()
