"""What came of a trial: for people in sentences, for machines with every number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from governance.cli.trial.rule import Written
from governance.consultation.rules import DecisionRule, Outcome
from governance.rulebook.decisions import (
    CARRIED,
    DEEMED_GIVEN,
    ELECTED,
    FURTHER_ROUND,
    KINDS,
    REVOTE,
)

DONE, NOT_CARRIED, UNDECIDED = 0, 1, 3
OUTCOMES = {DONE: "carried", NOT_CARRIED: "not_carried", UNDECIDED: "undecided"}
SAID = {
    "carried": "Carried.",
    "lost": "Not carried.",
    "inquorate": "Not carried: there is no quorum.",
    "revote": "Undecided: another vote is to be taken.",
    "deemed_given": "The opinion is deemed given.",
    "elected": "Elected: {names}.",
    "vacant": "Not filled: seats stay vacant. Elected: {names}.",
    "further_round": "Undecided: another round follows, among {stays}. Elected so far: {names}.",
    "late": "Not carried: nobody answered in time.",
}


@dataclass(frozen=True)
class Tried:
    """A rule and what its last round came to."""

    written: Written
    law: DecisionRule
    outcome: Outcome
    ignored: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The exit status: 0 carried, 1 not carried, 3 undecided."""
        result = self.outcome.result
        if result in (None, REVOTE, FURTHER_ROUND):
            return UNDECIDED
        if result in (CARRIED, ELECTED, DEEMED_GIVEN):
            return DONE
        position = self.law.positions.get(result or "")
        if position is None or KINDS[self.law.kind].results:
            return NOT_CARRIED
        return DONE if position.worth == "yes" or self.outcome.chosen else NOT_CARRIED

    @property
    def sentence(self) -> str:
        """The outcome in one sentence."""
        result = self.outcome.result
        if result is None:
            return "Undecided."
        if self.law.kind == "advice":
            return "Done: the views are recorded, and nothing is bound."
        names = ", ".join(self.outcome.chosen) or "nobody"
        stays = ", ".join(self.outcome.numbers.get("stays_in", ())) or "nobody"
        pattern = SAID.get(result, 'Decided: "{result}".')
        return pattern.format(names=names, stays=stays, result=result)

    def as_json(self) -> dict[str, Any]:
        """Everything, with exact numbers: fractions are text such as "2/3"."""
        numbers: Mapping[str, Any] = self.outcome.numbers
        is_ballot = self.law.elects
        return {
            "outcome": OUTCOMES[self.status],
            "result": self.outcome.result,
            "sentence": self.sentence,
            "kind": self.law.kind,
            "title": self.written.title,
            "article": self.law.article,
            "round": self.law.round,
            "needed": numbers.get("needed"),
            "found": numbers.get("found"),
            "base": numbers.get("base"),
            "base_of": numbers.get("base_of"),
            "threshold": numbers.get("threshold"),
            "strict": numbers.get("strict"),
            "counts": numbers.get("counts", {}),
            "elected": list(self.outcome.chosen) if is_ballot else [],
            "chosen": list(self.outcome.chosen),
            "quorum": numbers.get("quorum"),
            **{name: each for name, each in numbers.items() if name not in TOLD},
            "working": [str(each) for each in self.outcome.working],
            "ignored_columns": list(self.ignored),
        }


TOLD = frozenset({"needed", "found", "base", "base_of", "threshold", "strict", "counts", "quorum"})
