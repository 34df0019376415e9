"""Slates: which candidates complete a composition so that every binding rule is kept.

The judge sees the whole composition at the end, so that what is returned is valid; considerations
say which of the slates is the best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from governance.refusals import Verdict
from governance.representation.composition import Member
from governance.representation.judge import verdict
from governance.representation.searching import Plan, Task, Watch, plan_of, score, search
from governance.representation.verdict import CompositionVerdict, Overall
from governance.rulebook.bodies.parts import Rule

SECONDS = 5.0
SLATES = 3
GOOD = (Overall.VALID, Overall.BY_EXCEPTION)


@dataclass(frozen=True)
class Slate:
    """Candidates who complete a composition, and what the judge says of the whole."""

    chosen: tuple[Member, ...]
    verdict: CompositionVerdict
    weight: tuple[int, Fraction]  # considerations not kept; the candidates' own scores, negative

    @property
    def names(self) -> tuple[str, ...]:
        """Who is on it."""
        return tuple(sorted(each.name for each in self.chosen))


def judged(task: Task, chosen: Sequence[Member]) -> Slate:
    """A choice under the judge's eyes."""
    whole = task.view.with_members((*task.view.members, *chosen))
    found = verdict(whole, cures=False)
    missed = sum(
        (10 if each.rule.severity == "as_a_rule" else 1)
        for each in found.rules
        if each.outcome is Verdict.ADVISORY and each.found.outcome is Verdict.FAIL
    )
    return Slate(tuple(chosen), found, (missed, -sum(map(score, chosen), Fraction(0))))


def is_good(task: Task, slate: Slate) -> bool:
    """Whether every binding rule is kept, those left out aside."""
    if slate.verdict.overall in GOOD:
        return True
    return all(each.id in task.without for each in slate.verdict.failing)


def slates(
    task: Task, watch: Watch, rules: Sequence[Rule] | None = None, most: int = SLATES
) -> list[Slate]:
    """The best slates found, the best first; none where there is none, or the time was short."""
    plan = plan_of(task, rules)
    found: list[Slate] = []
    for chosen in search(plan, watch):
        slate = judged(task, chosen)
        if is_good(task, slate):
            found.append(_improved(task, plan, slate, watch))
        if len(found) >= most or watch.is_over():
            break
    once = {each.names: each for each in found}
    return sorted(once.values(), key=lambda each: (each.weight, each.names))


def _improved(task: Task, plan: Plan, slate: Slate, watch: Watch) -> Slate:
    """Exchange one candidate for another as long as considerations gain by it."""
    if slate.weight[0] == 0 and not any(score(x) for x in task.candidates):
        return slate
    best, moved = slate, True
    while moved and not watch.is_over():
        moved = False
        for better in _exchanges(task, plan, best, watch):
            best, moved = better, True
            break
    return best


def _exchanges(task: Task, plan: Plan, slate: Slate, watch: Watch) -> Iterator[Slate]:
    inside = {each.name for each in slate.chosen}
    for out in slate.chosen:
        for options in plan.options:
            for option in options:
                if option.member.name in inside or not _gains(slate, out, option.member):
                    continue
                if watch.is_over():
                    return
                other = tuple(option.member if x is out else x for x in slate.chosen)
                found = judged(task, other)
                if found.weight < slate.weight and is_good(task, found):
                    yield found


def _gains(slate: Slate, out: Member, into: Member) -> bool:
    return slate.weight[0] > 0 or score(into) > score(out)
