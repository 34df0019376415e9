"""Looking ahead and back: coming vacancies and whom they are owed to, candidates, years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from governance.refusals import Verdict
from governance.representation.choosing import choose
from governance.representation.composition import Member
from governance.representation.counting import by_value, wanted_of
from governance.representation.found import MissingFact, Range
from governance.representation.judge import verdict
from governance.representation.verdict import CompositionVerdict
from governance.representation.view import View
from governance.rulebook.bodies.combined import AllOf
from governance.rulebook.bodies.parts import Rule
from governance.rulebook.bodies.seats import Quota

BAD = (Verdict.FAIL, Verdict.UNDETERMINED)


@dataclass(frozen=True)
class Coming:
    """Seats that fall vacant on a day: who leaves them, and the groups they are then owed to."""

    day: date
    leaving: tuple[Member, ...]
    owed: tuple[tuple[str, int], ...]  # group, and how many more it must have

    def as_plain(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "day": self.day.isoformat(),
            "leaving": [{"name": x.name, "state": x.state, "role": x.role} for x in self.leaving],
            "owed_to": [{"group": group, "seats": n} for group, n in self.owed],
        }


def coming(view: View, until: date) -> list[Coming]:
    """The vacancies up to a day, in their order."""
    days = sorted(
        {
            each.term_end + timedelta(days=1)
            for each in view.members
            if each.term_end is not None and each.term_end < until
        }
    )
    found = []
    for day in days:
        leaving = tuple(
            x
            for x in view.members
            if x.term_end is not None and x.term_end + timedelta(days=1) == day
        )
        staying = tuple(x for x in view.members if x.term_end is None or x.term_end >= day)
        then = replace(view, members=staying, on=day, _seen={}, _asks={})
        found.append(Coming(day, leaving, tuple(owed(then))))
    return found


def owed(view: View) -> Iterator[tuple[str, int]]:
    """The groups that have fewer members than a binding quota asks for, and how many fewer."""
    for rule in quotas(view):
        by, _ = by_value(view, choose(view, rule.among).members, rule.attribute)
        for values, wanted in _wanted(view, rule):
            have = len({id(x) for value in values for x in by.get(value, ())})
            if have < wanted.least:
                label = " + ".join(view.title(rule.attribute, x) for x in values)
                yield label, wanted.least - have


def quotas(view: View) -> list[Quota]:
    """The binding quotas of a body, those inside other rules too."""
    rules: list[Rule] = [x for x in view.body.rules if x.in_force(view.on)]
    inside = [each for x in rules if isinstance(x, AllOf) for each in x.rules]
    return [x for x in (*rules, *inside) if isinstance(x, Quota) and x.severity == "binding"]


def _wanted(view: View, rule: Quota) -> list[tuple[tuple[str, ...], Range]]:
    try:
        return wanted_of(view, rule, len(view.members))
    except MissingFact:
        return []


@dataclass(frozen=True)
class Effect:
    """What a candidate does: the verdict with them, rules that they break, and those they mend."""

    candidate: Member
    verdict: CompositionVerdict
    breaks: tuple[str, ...]
    mends: tuple[str, ...]

    def as_plain(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "name": self.candidate.name,
            "state": self.candidate.state,
            "verdict": str(self.verdict.overall),
            "breaks": list(self.breaks),
            "mends": list(self.mends),
        }


def side_by_side(view: View, candidates: Sequence[Member]) -> list[Effect]:
    """What each candidate would do to the composition, beside one another."""
    before = verdict(view, cures=False)
    was = {x.id: x.outcome in BAD for x in before.rules}
    found = []
    for each in candidates:
        after = verdict(view.with_members((*view.members, each)), cures=False)
        now = {x.id: x.outcome in BAD for x in after.rules}
        found.append(
            Effect(
                each,
                after,
                tuple(x.id for x in after.rules if x.outcome is Verdict.FAIL and not was.get(x.id)),
                tuple(x for x, bad in now.items() if not bad and was.get(x)),
            )
        )
    return found


@dataclass(frozen=True)
class Year:
    """How a composition stood on the first day of a year, by the values of an attribute."""

    year: int
    members: int
    counts: dict[str, int]


def over_time(view: View, members: Sequence[Member], attribute: str) -> list[Year]:
    """The numbers of each value on the first of January, from the earliest term to the last."""
    return [year_of(then, attribute) for then in januaries(view, members)]


def year_of(then: View, attribute: str) -> Year:
    """The numbers of each value on the day of a view."""
    by, _ = by_value(then, then.members, attribute)
    counts = {then.title(attribute, key): len(own) for key, own in sorted(by.items())}
    return Year(then.on.year, len(then.members), counts)


def januaries(view: View, members: Sequence[Member]) -> Iterator[View]:
    """Who sat on each first of January, under the law of that day; years with nobody are left out.

    From the earliest term to the last, over sixty years at most.
    """
    dated = [x for x in members if x.term_start is not None]
    if not dated:
        return
    first = min(x.term_start.year for x in dated if x.term_start is not None)
    last = max((x.last_day or view.on).year for x in dated)
    for year in range(first, min(last, first + 60) + 1):
        day = date(year, 1, 1)
        sitting = tuple(x for x in members if x.sits_on(day))
        if sitting:
            yield replace(view, members=sitting, on=day, _seen={}, _asks={})
