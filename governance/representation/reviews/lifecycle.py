"""The life of a review: due, computed, compliant or at risk, answered for, decided. Read first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from statemachine import State

from governance.lifecycle import Lifecycle
from governance.refusals import Finding, Refused, Verdict, say

SECRETARY = "secretary"
WAIVER = "whoever the rule names"
CLOCK = "clock"
RULE = "review"


@dataclass(frozen=True)
class Judged:
    """What a review has to answer for: binding rules that fail, those that may be waived, notes."""

    failing: tuple[str, ...] = ()
    undetermined: tuple[str, ...] = ()
    waivable: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def compliant(self) -> bool:
        """Nothing is to be answered for."""
        return not (self.failing or self.undetermined or self.notes)


def only_considerations(facts: object) -> None:
    """A justification answers for considerations; a binding rule cannot be talked away."""
    assert isinstance(facts, Judged)  # noqa: S101 -- the verb gives it
    if open_ := (*facts.failing, *facts.undetermined):
        raise _refused(
            "binding rules are not kept: {rules}",
            "Change the composition, or ask for a waiver where the rule allows one.",
            rules=", ".join(open_),
        )


def every_rule_allows_a_waiver(facts: object) -> None:
    """A waiver is given only for rules that say so."""
    assert isinstance(facts, Judged)  # noqa: S101 -- the verb gives it
    failing = (*facts.failing, *facts.undetermined)
    if not failing:
        raise _refused("no binding rule is broken", "Justify in writing what else is to be told.")
    if shut := [each for each in failing if each not in facts.waivable]:
        raise _refused(
            "no waiver is foreseen for: {rules}",
            "Change the composition, and compute the review again.",
            rules=", ".join(shut),
        )


def _refused(because: str, cure: str, **facts: str) -> Refused:
    return Refused([Finding(RULE, "", Verdict.FAIL, say(because, **facts), say(cure))])


class ReviewLifecycle(Lifecycle):
    """A review of a composition: due, computed, and answered for before it is decided."""

    due = State("Due", initial=True)
    computed = State("Computed")
    compliant = State("Compliant")
    at_risk = State("At risk")
    justified = State("Justified in writing")
    waived = State("Waived")
    blocked = State("Blocked")
    decided = State("Decided", final=True)

    compute = (
        due.to(computed)
        | compliant.to(computed)
        | at_risk.to(computed)
        | justified.to(computed)
        | blocked.to(computed)
    )
    settle = computed.to(compliant, cond="is_compliant") | computed.to(at_risk)
    justify = at_risk.to(justified, validators=only_considerations)
    waive = at_risk.to(waived, validators=every_rule_allows_a_waiver) | blocked.to(
        waived, validators=every_rule_allows_a_waiver
    )
    block = at_risk.to(blocked)
    decide = compliant.to(decided) | justified.to(decided) | waived.to(decided)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "compute": frozenset({SECRETARY, CLOCK}),
        "settle": frozenset({CLOCK}),
        "justify": frozenset({SECRETARY}),
        "waive": frozenset({WAIVER}),
        "block": frozenset({SECRETARY, CLOCK}),
        "decide": frozenset({SECRETARY}),
    }

    def is_compliant(self, facts: object = None) -> bool:
        """Whether nothing is to be answered for."""
        return isinstance(facts, Judged) and facts.compliant
