"""Rules, findings and refusals: why something may not be done, in words, all reasons at once.

A rule is one article. It looks at plain facts and answers with a sentence:

    @rule("Constitution, art. 28(2)", since=date(2026, 1, 1))
    def term_is_within_limit(case: Case) -> Answer:
        \"\"\"Nobody serves more terms than the limit, counted together or apart.\"\"\"
        ...

A sentence is kept as a pattern and its facts, so that it can be said in the reader's language
and recorded without the personal data in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

C = TypeVar("C")


class Verdict(StrEnum):
    """What a rule says of a case. `undetermined` blocks like `fail`: a fact is missing."""

    PASS = "pass"  # noqa: S105 -- a verdict
    FAIL = "fail"
    EXCEPTION = "exception"
    UNDETERMINED = "undetermined"
    ADVISORY = "advisory"


BLOCKING = frozenset({Verdict.FAIL, Verdict.UNDETERMINED})


class Reason(StrEnum):
    """Why an act was refused; each door maps it to its own status."""

    RULE = "rule"  # a rule of the organisation forbids it
    TURN = "turn"  # not now: the lifecycle has no such move from here
    AUTHORITY = "authority"  # not by this person, or not at this level of identity
    INPUT = "input"  # the words given cannot be understood
    CONFLICT = "conflict"  # something changed since the person looked
    MISSING = "missing"  # no such thing, or not for this person's eyes


class ByLanguage(dict[str, str]):
    """The organisation's own words in each language: a fact that readers are told in theirs.

    A mapping and no more, so that it is kept with the facts of a finding.
    """

    def say(self, language: str) -> str:
        """In this language, or in English, or in whichever there is."""
        return self.get(language) or self.get("en") or next(iter(self.values()), "")

    def __str__(self) -> str:
        return self.say("en")


@dataclass(frozen=True)
class Sentence:
    """A sentence as pattern and facts. `str()` is English; catalogues translate the pattern."""

    pattern: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.pattern.format_map(self.facts) if self.facts else self.pattern


def say(pattern: str, **facts: Any) -> Sentence:
    """Put a sentence with its facts, given by name as the pattern asks for them."""
    return Sentence(pattern, facts)


NOTHING_TO_SAY = Sentence("")


@dataclass(frozen=True)
class Answer:
    """What one rule says: a verdict, why, and what would cure it."""

    verdict: Verdict
    because: Sentence
    cure: Sentence = NOTHING_TO_SAY


def passed(because: str, **facts: Any) -> Answer:
    """The rule is kept."""
    return Answer(Verdict.PASS, say(because, **facts))


def failed(because: str, *, cure: str = "", **facts: Any) -> Answer:
    """The rule is broken; `cure` says what to do about it."""
    return Answer(Verdict.FAIL, say(because, **facts), say(cure, **facts))


def undetermined(because: str, *, cure: str = "", **facts: Any) -> Answer:
    """A fact is missing; `because` names it. Blocks until it is there."""
    return Answer(Verdict.UNDETERMINED, say(because, **facts), say(cure, **facts))


def advisory(because: str, *, cure: str = "", **facts: Any) -> Answer:
    """A consideration that binds nobody, but is shown and recorded."""
    return Answer(Verdict.ADVISORY, say(because, **facts), say(cure, **facts))


@dataclass(frozen=True)
class Finding:
    """One rule's answer in one case.

    `rule` is its stable name, `article` where it is written, `where` the place in an input
    ("line 4, column nationality"), empty where there is none.
    """

    rule: str
    article: str
    verdict: Verdict
    because: Sentence
    cure: Sentence = NOTHING_TO_SAY
    where: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        law = f" ({self.article})" if self.article else ""
        cure = f" {self.cure}" if str(self.cure) else ""
        said = f"{self.because}{law}".removesuffix(".")
        return f"{place}{said}.{cure}"

    @property
    def blocks(self) -> bool:
        """True where the finding stands in the way of the act."""
        return self.verdict in BLOCKING

    def on_record(self) -> dict[str, str]:
        """The finding without personal data: the pattern, never the facts."""
        return {
            "article": self.article,
            "pattern": self.because.pattern,
            "rule": self.rule,
            "verdict": str(self.verdict),
        }

    def as_kept(self) -> dict[str, Any]:
        """The finding as a row keeps it: in English, and as pattern and facts to be translated."""
        pattern, facts = self.because.pattern, dict(self.because.facts)
        return {**self.as_json(), "pattern": pattern, "facts": facts}

    def as_json(self) -> dict[str, str]:
        """The finding for machines that its reader may use: sentences filled in."""
        return {
            "rule": self.rule,
            "article": self.article,
            "outcome": str(self.verdict),
            "because": str(self.because),
            "cure": str(self.cure),
            "where": self.where,
        }


class Refused(Exception):
    """An act that is not done, with every reason and cure. It changes nothing."""

    def __init__(self, findings: Iterable[Finding], reason: Reason = Reason.RULE) -> None:
        self.findings = tuple(findings)
        self.reason = reason
        super().__init__(" ".join(str(finding) for finding in self.findings))


def refuse(  # noqa: PLR0913 -- one argument per part of a refusal, all named
    because: str,
    *,
    rule: str,
    article: str = "",
    cure: str = "",
    where: str = "",
    reason: Reason = Reason.RULE,
    **facts: Any,
) -> Refused:
    """A refusal with one finding, to be raised; `because` and `cure` are patterns of `facts`."""
    finding = Finding(rule, article, Verdict.FAIL, say(because, **facts), say(cure, **facts), where)
    return Refused([finding], reason)


@dataclass(frozen=True)
class Rule(Generic[C]):
    """One article as a function from plain facts to an answer. Called, it gives a finding."""

    article: str
    since: date
    check: Callable[[C], Answer]

    @property
    def name(self) -> str:
        """Stable name: the function's."""
        return self.check.__name__

    @property
    def sentence(self) -> str:
        """The rule in one sentence: the function's docstring."""
        return (self.check.__doc__ or "").strip().split("\n")[0]

    def __call__(self, case: C) -> Finding:
        """What the rule says of the facts, under its name and article."""
        answer = self.check(case)
        return Finding(self.name, self.article, answer.verdict, answer.because, answer.cure)


def rule(article: str, since: date) -> Callable[[Callable[[C], Answer]], Rule[C]]:
    """Declare a function as the rule of an article, in force since a date."""

    def declare(check: Callable[[C], Answer]) -> Rule[C]:
        return Rule(article, since, check)

    return declare


@dataclass(frozen=True)
class Requirements(Generic[C]):
    """The rules on one transition's line. Every rule is asked; every fault is told."""

    rules: tuple[Rule[C], ...]

    def findings(self, facts: C) -> list[Finding]:
        """What each rule says of the facts."""
        return [each(facts) for each in self.rules]

    def must_hold(self, facts: C) -> None:
        """Raises Refused with every blocking finding."""
        if faults := [finding for finding in self.findings(facts) if finding.blocks]:
            raise Refused(faults)


def satisfies(*rules: Rule[C]) -> Callable[[C], None]:
    """A validator for a transition: `validators=satisfies(rule_a, rule_b)`.

    A bound method, because python-statemachine 3.2 fails on callable instances.
    """
    return Requirements(rules).must_hold
