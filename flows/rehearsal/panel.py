"""The panel of a rehearsal: named, declared, composed; it scores alike, and recommends the first.

Pure, like the rest of the play: only the case and its assessment are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.rehearsal.invented import Invented

Told = Mapping[str, Any]
Turn = tuple[Invented, str, dict[str, Any]]
MOST, STEPS = 5, 3  # the best score, and how many different ones are given in turn
RECOMMENDED = 3


@dataclass(frozen=True)
class Panel:
    """Who sits, and at which stage they are asked for scores."""

    stage: str
    members: tuple[Invented, ...]

    def turn(self, officer: Invented, case: Told) -> Turn | None:
        """The next thing that an officer or a member does for the assessment."""
        told = case.get("assessment")
        if not told or case["stage"] != self.stage:
            return None
        if told["state"] in {"not begun", "fixed"}:
            return self._composing(officer, case, told)
        if told["state"] == "ranked":
            ranked = [each["candidate"] for each in told["ranking"] if each["place"]]
            return officer, "acts/recommend", {"given": {"candidacies": ranked[:RECOMMENDED]}}
        return None

    def _composing(self, officer: Invented, case: Told, told: Told) -> Turn:
        named = {each["email"]: each["state"] for each in told["members"]}
        for number, each in enumerate(self.members):
            if each.email not in named:
                given = {
                    "email": each.email,
                    "role": "member" if number else "chair",
                    "outside": number == 1,
                    "trained_on": f"{int(case['launched_at'][:4]) - 1}-11-02",
                }
                return officer, "acts/name_member", {"given": given}
        for each in self.members:
            if named[each.email] == "named":
                return each, "acts/declare_ties", {"given": {}}
        return officer, "acts/compose_panel", {}

    def scores(self, case: Told, question: Told) -> dict[str, dict[str, str]]:
        """What each member gives: the first candidates by name a little more than the next."""
        keys = [each["key"] for each in case["assessment"]["criteria"]]
        candidates = [each["candidacy"] for each in question["candidates"]]
        return {
            each: dict.fromkeys(keys, str(MOST - number % STEPS))
            for number, each in enumerate(candidates)
        }
