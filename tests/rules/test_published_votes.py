"""Votes that were really taken come out as they did: figures that were published, with source."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pendulum
import pytest
from ruamel.yaml import YAML

from governance.consultation.rules import DecisionRule, Outcome, Voice, outcome
from governance.consultation.rules.further import next_round, voices_of_counts, voices_of_votes
from governance.rulebook import decisions
from governance.settings import ROOT

NOW = pendulum.datetime(2026, 11, 23, 12)
CASES = YAML(typ="safe").load(ROOT / "tests" / "cases" / "published_votes.yaml")


def held(case: dict[str, Any]) -> Outcome:
    """What comes of the last round, each under what the round before has left."""
    plain = decisions.DecisionRule.model_validate(case["rule"]).plain(None, case["source"])
    if "answers" in case:
        return outcome(DecisionRule.from_plain(plain), list(_named(case["answers"])), NOW)
    seats = case["rule"].get("ballot", {}).get("seats", 1)
    found: Outcome | None = None
    for each in case["rounds"]:
        figures = dict(each)
        if found is not None:
            assert found.result == "further_round", [str(said) for said in found.working]
            plain = next_round(plain, found.as_plain(""))
        law = DecisionRule.from_plain(plain)
        voices = (
            voices_of_counts(figures.pop("counts"), **figures)
            if "counts" in figures
            else voices_of_votes(figures.pop("votes"), seats=seats - len(law.elected), **figures)
        )
        found = outcome(law, [replace(voice, final=True) for voice in voices], NOW)
    assert found is not None
    return found


def _named(answers: list[list[Any]]) -> Any:
    for position, who, many in answers:
        for each in range(many):
            yield Voice(f"{position} {who} {each}", position, seat=who, group=who)


@pytest.mark.parametrize("case", CASES, ids=[each["case"] for each in CASES])
def test_a_published_vote_comes_out_as_it_did(case: dict[str, Any]) -> None:
    """The product, given rule and figures of a real vote, comes to what was announced then."""
    found = held(case)

    told = {"result": found.result, "chosen": list(found.chosen), **found.numbers}
    assert {name: told[name] for name in case["expect"]} == case["expect"], [
        str(each) for each in found.working
    ]
