"""The states that people can be nationals of; `rulebooks/SOURCES.md` says where they come from."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class State:
    """One state, or another member of an organisation, as `states.csv` has it."""

    alpha3: str
    alpha2: str
    name: str
    un_group: str
    interpol_member: bool


def load_states(folder: Path) -> dict[str, State]:
    """Every state of `states.csv` in the rulebooks' folder, by its alpha-3 code."""
    with (folder / "states.csv").open(encoding="utf-8", newline="") as rows:
        states = [_state(row) for row in csv.DictReader(rows)]
    return {state.alpha3: state for state in states}


def _state(row: dict[str, str]) -> State:
    return State(
        alpha3=row["iso3"],
        alpha2=row["iso2"],
        name=row["name"],
        un_group=row["un_group"],
        interpol_member=row["interpol_member"] == "yes",
    )
