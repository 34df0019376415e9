"""Complete a composition: the best slates, or why there is none, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from governance.representation.composition import Member
from governance.representation.judge import verdict
from governance.representation.matching import unfilled
from governance.representation.searching import (
    Plan,
    Task,
    Watch,
    binding,
    crowded,
    ground_of,
    plan_of,
    search,
    short,
)
from governance.representation.slates import SECONDS, Slate, slates
from governance.representation.verdict import RuleVerdict
from governance.rulebook.bodies.combined import AllOf, AnyOf, ExceptionClause
from governance.rulebook.bodies.parts import Rule
from governance.rulebook.bodies.seats import Floating
from governance.rulebook.bodies.times import Nomination

MOST_CLASHES = 3
NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)


@dataclass(frozen=True)
class Clash:
    """Rules that cannot all be kept with these candidates: none of them can be left out."""

    rules: tuple[Rule, ...]
    because: str
    facts: tuple[str, ...]

    def as_plain(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "rules": [{"id": x.id, "article": str(x.article)} for x in self.rules],
            "because": self.because,
            "facts": list(self.facts),
        }


@dataclass(frozen=True)
class Completion:
    """What came of it: slates, or clashes; whether the time was enough; who may not come at all."""

    task: Task
    slates: tuple[Slate, ...]
    clashes: tuple[Clash, ...]
    time_hit: bool
    barred: dict[str, list[str]]

    @property
    def candidacies(self) -> tuple[RuleVerdict, ...]:
        """What the rules on nomination say of the list of candidates as a whole."""
        view = replace(self.task.view, candidates=tuple(self.task.candidates))
        judged = verdict(view, cures=False).rules
        return tuple(each for each in judged if _is_of_candidacies(each.rule))

    @property
    def answer(self) -> str:
        """found, none, or undecided: the time was hit."""
        if self.slates:
            return "found"
        return "undecided" if self.time_hit else "none"

    def as_plain(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "body": self.task.view.body.body,
            "date": self.task.view.on.isoformat(),
            "answer": self.answer,
            "time_limit_hit": self.time_hit,
            "slates": [
                {
                    "candidates": [
                        {"name": x.name, "state": x.state, "role": x.role, "chamber": x.chamber}
                        for x in sorted(each.chosen, key=lambda x: x.name)
                    ],
                    "verdict": str(each.verdict.overall),
                    "considerations_not_kept": each.weight[0],
                    "rules": [
                        {"id": x.id, "outcome": str(x.outcome), "because": str(x.found.because)}
                        for x in each.verdict.rules
                    ],
                }
                for each in self.slates
            ],
            "clashes": [each.as_plain() for each in self.clashes],
            "candidacies": [each.as_plain() for each in self.candidacies],
            "barred": [
                {"rule": rule, "candidates": sorted(set(names))}
                for rule, names in sorted(self.barred.items())
            ],
        }


def _is_of_candidacies(rule: object) -> bool:
    """Whether a rule, or one within it, binds candidacies."""
    inside = rule.rules if isinstance(rule, AllOf | AnyOf) else ()
    return isinstance(rule, Nomination) or any(map(_is_of_candidacies, inside))


def complete(task: Task, seconds: float = SECONDS) -> Completion:
    """The best slates, or the smallest sets of rules that clash. Never longer than the time."""
    watch = Watch.of(seconds)
    task = replace(task, ground=ground_of(task))
    found = slates(task, watch)
    if not found and not watch.hit:
        found = _by_exception(task, watch)
    barred = plan_of(task).barred
    if found or watch.hit:
        return Completion(task, tuple(found), (), watch.hit, barred)
    reasons = Watch.of(seconds)
    clashes = tuple(_clashes(task, reasons))
    return Completion(task, (), clashes, reasons.hit and not clashes, barred)


def _by_exception(task: Task, watch: Watch) -> list[Slate]:
    """Slates under a clause of exception, where its own rules can be kept."""
    for clause in task.view.body.rules:
        if isinstance(clause, ExceptionClause) and clause.in_force(task.view.on):
            gone = {*clause.excuses, *clause.replaces}
            law = [x for x in binding(task.view) if x.id not in gone]
            found = slates(replace(task, ground=None), watch, [*law, *clause.instead])
            if found:
                return found
    return []


def _clashes(task: Task, watch: Watch) -> Iterator[Clash]:
    """Sets of rules that clash: each as small as it can be, up to three."""
    barred: frozenset[str] = frozenset()
    for _ in range(MOST_CLASHES):
        core = _core(replace(task, without=task.without | barred), watch)
        if not core:
            return
        yield _told(task, core)
        barred |= {core[0].id}


def _core(task: Task, watch: Watch) -> list[Rule]:
    """Rules of which none can be left out: drop one at a time, and see whether it still clashes."""
    if _can(task, watch):
        return []
    kept = binding(task.view, task.without)
    dropped = set(task.without)
    for rule in list(kept):
        without = frozenset(dropped | {rule.id})
        if not _can(replace(task, without=without), watch):
            dropped.add(rule.id)
            kept.remove(rule)
        if watch.is_over():
            return []
    return kept


def _can(task: Task, watch: Watch) -> bool:
    """Whether the rules that are left can be kept; by numbers first, then by the judge."""
    plan = plan_of(task)
    for chosen in search(plan, watch):
        if not plan.rest:
            return True
        whole = task.view.with_members((*task.view.members, *chosen))
        bad = {x.id for x in verdict(whole, cures=False).failing} - task.without
        if not bad:
            return True
        if watch.is_over():
            return True
    return watch.hit


# --- in words ------------------------------------------------------------------------------


def _told(task: Task, core: Sequence[Rule]) -> Clash:
    others = frozenset(x.id for x in binding(task.view) if x not in core) | task.without
    plan = plan_of(replace(task, without=others))
    facts = [*_short(plan), *_crowded(plan)]
    said = _countries(task, plan, core)
    if said is None and facts:
        said = f"{facts[0]}"
    if said is None:
        ids = " and ".join(x.id for x in core)
        every = "all " if len(core) > 1 else ""
        said = f"{ids} cannot {every}be kept by any choice of these candidates"
        facts += _nobody_for(task, core)
    told = [f"{x.id}: {x.says if x.says is not None else x.article}" for x in core]
    return Clash(tuple(core), said, (*dict.fromkeys((*facts, *told)),))


def _nobody_for(task: Task, core: Sequence[Rule]) -> list[str]:
    """Seats over groups that stay empty even if everybody came who may."""
    everybody = (*task.view.members, *task.candidates)
    return [
        f"nobody for: {label}"
        for rule in core
        if isinstance(rule, Floating)
        for label in unfilled(task.view, rule, everybody)
    ]


def _countries(task: Task, plan: Plan, core: Sequence[Rule]) -> str | None:
    """Twelve countries cannot fill thirteen seats."""
    apart = [x for x in core if getattr(x, "attribute", "") == "state" or _keeps_states_apart(x)]
    everybody = [x for x in plan.limits if x.label in ("members", "seats") and x.wanted.least]
    if not apart or not everybody:
        return None
    pool: tuple[Member, ...] = (*task.view.members, *(x[0].member for x in plan.options))
    states = len({each.state for each in pool})
    need = max(each.wanted.least for each in everybody)
    if states >= need:
        return None
    noun = "country" if states == 1 else "countries"
    return f"{in_word(states)} {noun} cannot fill {in_word(need)} seats"


def _keeps_states_apart(rule: Rule) -> bool:
    inside = getattr(rule, "rules", ())
    return any(getattr(x, "attribute", "") == "state" for x in inside)


def in_word(number: int) -> str:
    """A small number as a word."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _short(plan: Plan) -> Iterator[str]:
    for limit, have in short(plan):
        yield f"{limit.label}: {have} at most, {limit.wanted.least} required"


def _crowded(plan: Plan) -> Iterator[str]:
    for limit, have in crowded(plan):
        yield f"{limit.label}: {have} sit already, {limit.wanted.most} at most"
