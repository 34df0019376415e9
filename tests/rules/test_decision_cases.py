"""Decisions of real bodies and their known outcomes, as a lawyer writes them down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pendulum
import pytest
from ruamel.yaml import YAML

from governance.consultation.rules import DecisionRule, Voice, outcome
from governance.consultation.rules.further import voices_of_counts, voices_of_votes
from governance.refusals import Refused
from governance.rulebook import decisions
from governance.settings import ROOT

NOW = pendulum.datetime(2026, 11, 23, 12)
CASES = YAML(typ="safe").load(ROOT / "tests" / "cases" / "decisions.yaml")


def law_of(rule: dict[str, Any], **runtime: Any) -> DecisionRule:
    """A rule as it is counted: through the schema and the plain data that a question keeps."""
    plain = decisions.DecisionRule.model_validate(rule).plain(None, "the article")
    return replace(DecisionRule.from_plain(plain), **runtime)


def voices_of(case: dict[str, Any]) -> list[Voice]:
    """What was said, in whichever of the three forms the case has."""
    if "counts" in case:
        there = {name: case[name] for name in ("entitled", "present") if name in case}
        return voices_of_counts(case["counts"], **there)
    if "votes" in case:
        figures = {
            name: case[name]
            for name in ("papers", "invalid", "abstaining", "entitled")
            if name in case
        }
        seats = case["rule"]["ballot"]["seats"]
        return voices_of_votes(case["votes"], seats=seats, **figures)
    return [_voice(*each) for each in case["answers"]]


def _voice(name: str, position: str, more: dict[str, Any] | None = None) -> Voice:
    facts = {**(more or {})}
    facts["chosen"] = tuple(facts.get("chosen", ()))
    return Voice(name, position or None, **facts)


@pytest.mark.parametrize("case", CASES, ids=[each["case"] for each in CASES])
def test_each_known_decision_comes_out_as_it_did(case: dict[str, Any]) -> None:
    """The product, given the facts of a real decision, comes to its real outcome and numbers."""
    runtime = {name: case[name] for name in ("round", "call", "seed") if name in case}

    found = outcome(law_of(case["rule"], **runtime), voices_of(case), NOW)

    told = {"result": found.result, "chosen": list(found.chosen), **found.numbers}
    assert {name: told[name] for name in case["expect"]} == case["expect"], [
        str(each) for each in found.working
    ]


@pytest.mark.parametrize("case", CASES, ids=[each["case"] for each in CASES])
def test_the_working_says_the_numbers_that_are_kept(case: dict[str, Any]) -> None:
    """Every number that a case expects can be read in the sentences of the working."""
    runtime = {name: case[name] for name in ("round", "call", "seed") if name in case}
    found = outcome(law_of(case["rule"], **runtime), voices_of(case), NOW)

    said = " ".join(str(each) for each in found.working)

    for name in ("needed", "base", "found"):
        if name in case["expect"]:
            assert str(case["expect"][name]) in said


def test_a_count_that_does_not_add_up_is_refused() -> None:
    """More votes than there were people are not made to fit."""
    with pytest.raises(Refused, match="12 are counted where there are 10"):
        voices_of_counts({"yes": 7, "no": 5}, entitled=10, present=10)
    with pytest.raises(Refused, match="there are 4"):
        voices_of_votes({"X": 5}, papers=4)
