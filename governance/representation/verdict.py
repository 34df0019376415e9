"""A verdict on a composition: what each rule says, with numbers, article, people and cure.

Plain data for every door: `as_plain()` stands in a case, a brief, a committee's page, a letter's
file, and in the answer to a machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from governance.refusals import NOTHING_TO_SAY, Finding, Sentence, Verdict
from governance.representation.composition import Change, Composition
from governance.representation.found import Found
from governance.rulebook.bodies.parts import Rule


class Overall(StrEnum):
    """What a composition is, all rules together."""

    VALID = "valid"
    BY_EXCEPTION = "valid by exception"
    INVALID = "invalid"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True)
class Cure:
    """The smallest change that makes a rule pass: in words, and as changes where it is one."""

    sentence: Sentence
    changes: tuple[Change, ...] = ()

    def applied(self, composition: Composition) -> Composition:
        """The composition once it is cured."""
        return composition.after(self.changes)


NO_CURE = Cure(NOTHING_TO_SAY)


@dataclass(frozen=True)
class RuleVerdict:
    """What one rule says. `clause`: the exception that excuses it."""

    rule: Rule
    outcome: Verdict
    found: Found
    cure: Cure = NO_CURE
    clause: str = ""

    @property
    def id(self) -> str:
        """The rule's name."""
        return self.rule.id

    @property
    def article(self) -> str:
        """Where the rule is written."""
        return str(self.rule.article)

    @property
    def binds(self) -> bool:
        """Whether the rule can make a composition invalid."""
        return self.rule.severity == "binding"

    def as_finding(self) -> Finding:
        """As a finding, for a case and its refusals."""
        return Finding(self.id, self.article, self.outcome, self.found.because, self.cure.sentence)

    def as_plain(self) -> dict[str, Any]:
        """As plain data."""
        because = str(self.found.because)
        return {
            "id": self.id,
            "article": self.article,
            "rule": str(self.rule.says) if self.rule.says is not None else "",
            "kind": getattr(self.rule, "kind", ""),
            "severity": self.rule.severity,
            "confidence": self.rule.confidence,
            "outcome": str(self.outcome),
            "because": because,
            "cure": str(self.cure.sentence) or None,
            "changes": [each.as_plain() for each in self.cure.changes],
            "people": list(self.found.people),
            "numbers": dict(self.found.numbers),
            "exception": self.clause or None,
            "missing": list(self.found.missing),
        }


@dataclass(frozen=True)
class CompositionVerdict:
    """What all rules say of a composition on a day."""

    body: str
    title: str
    on: date
    members: int
    rules: tuple[RuleVerdict, ...]

    @property
    def overall(self) -> Overall:
        """All together. Rules on terms of which the file says nothing do not hold it up."""
        judged = [each for each in self.rules if each.binds and not each.found.silent]
        outcomes = {each.outcome for each in judged}
        if Verdict.FAIL in outcomes:
            return Overall.INVALID
        silent_only = self.not_judged and Verdict.PASS not in outcomes
        if Verdict.UNDETERMINED in outcomes or (silent_only and Verdict.EXCEPTION not in outcomes):
            return Overall.UNDETERMINED
        return Overall.BY_EXCEPTION if Verdict.EXCEPTION in outcomes else Overall.VALID

    @property
    def not_judged(self) -> tuple[str, ...]:
        """Rules of which the file says nothing at all."""
        return tuple(each.id for each in self.rules if each.found.silent)

    def rule(self, id_: str) -> RuleVerdict | None:
        """What the rule of this name says."""
        return next((each for each in self.rules if each.id == id_), None)

    @property
    def failing(self) -> tuple[RuleVerdict, ...]:
        """Binding rules that are not kept, or cannot be judged."""
        bad = (Verdict.FAIL, Verdict.UNDETERMINED)
        return tuple(x for x in self.rules if x.binds and x.outcome in bad and not x.found.silent)

    def as_plain(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "body": self.body,
            "title": self.title,
            "date": self.on.isoformat(),
            "verdict": str(self.overall),
            "members": self.members,
            "rules": [each.as_plain() for each in self.rules],
            "not_judged": list(self.not_judged),
        }
