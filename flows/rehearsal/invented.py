"""Who plays in a rehearsal: the invented people beside the rulebook, found by what they are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from governance.rulebook.schema import Rulebook

ROLES = {"hr_officer": "HR officer", "referee": "outside referee"}
CANDIDATE = "candidate"


@dataclass(frozen=True)
class Invented:
    """Somebody who does not exist: how they are called, reached, and where they work."""

    name: str
    email: str
    function: str
    station: str
    language: str


@dataclass(frozen=True)
class Cast:
    """Everybody who plays, by name and by what they are in the case."""

    by_name: Mapping[str, Invented]
    by_capacity: Mapping[str, Invented]

    def named(self, name: str) -> Invented:
        """The person of this name, as the installation calls them."""
        return self.by_name[name]

    def officer(self) -> Invented:
        """The HR officer, who launches and looks after the case."""
        return self.by_capacity["hr_officer"]

    def acting_as(self, authority: str) -> Invented | None:
        """Who acts by an authority that the record names, where it names one person."""
        return self.by_capacity.get(authority.removeprefix("office.").removeprefix("role:"))


def cast_of(rulebook: Rulebook, folder: Path, sample: Path) -> Cast:
    """The people of the demonstration beside a rulebook, and the candidates of a file."""
    told = YAML(typ="safe", pure=True).load((folder / "organisation.yaml").read_text("utf-8"))
    people = [(each, _invented(rulebook, each)) for each in told["people"]]
    candidates = list(_candidates(sample, rulebook))
    return Cast(
        by_name={who.name: who for who in [*(who for _, who in people), *candidates]},
        by_capacity={
            capacity: who
            for each, who in people
            for capacity in [*each.get("roles", ()), *each.get("offices", ())]
        },
    )


def _invented(rulebook: Rulebook, told: Mapping[str, Any]) -> Invented:
    station = rulebook.duty_station(told.get("duty_station", ""))
    return Invented(
        name=f"{told['given_names']} {told['family_name']}",
        email=told["email"].lower(),
        function=_function(rulebook, told),
        station=station.calendar if station else _headquarters(rulebook),
        language=told["language"],
    )


def _function(rulebook: Rulebook, told: Mapping[str, Any]) -> str:
    for key in told.get("offices", ()):
        office = rulebook.office(f"office.{key}")
        if office is not None:
            return office.title.root["en"]
    return next((ROLES[role] for role in told.get("roles", ()) if role in ROLES), "")


def _candidates(path: Path, rulebook: Rulebook) -> Iterable[Invented]:
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield Invented(
                name=f"{row['given_names']} {row['family_name']}",
                email=row["email"].lower(),
                function=CANDIDATE,
                station=_headquarters(rulebook),
                language=row["letter_language"],
            )


def _headquarters(rulebook: Rulebook) -> str:
    return rulebook.organisation.calendars[0].key


def more_candidates(sample: Path, count: int, target: Path) -> Path:
    """A file of so many candidates: those of the sample first, then more that nobody is."""
    with sample.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])
    made = [_one_more(rows[number % len(rows)], number) for number in range(len(rows), count)]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows([*rows, *made][:count])
    return target


def _one_more(like: Mapping[str, str], number: int) -> dict[str, str]:
    """Somebody like another, under a name and an address that nobody has."""
    born = date(1970, 1, 1) + timedelta(days=number * 7)
    return {
        **like,
        "family_name": f"Sample {number + 1:03d}",
        "given_names": "Invented",
        "birth_date": born.isoformat(),
        "email": f"invented.sample.{number + 1:03d}@candidates.example",
    }
