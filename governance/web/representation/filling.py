"""From verdicts to what the pages show. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from governance.refusals import Finding, Verdict, say
from governance.representation.ahead import Effect, coming, quotas
from governance.representation.choosing import choose
from governance.representation.completing import Completion
from governance.representation.composition import Member
from governance.representation.counting import by_value, wanted_of
from governance.representation.found import MissingFact, Range
from governance.representation.terms import plus
from governance.representation.verdict import CompositionVerdict, Overall
from governance.representation.view import View
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.seats import Quota
from governance.rulebook.parts import Period
from governance.web import words
from governance.web.representation import views as v
from governance.web.representation.charts import panels_of
from governance.web.views import Mark, Option, Words

MARKS: Mapping[str, Mark] = {
    Overall.VALID: Mark("ok", say("Valid")),
    Overall.BY_EXCEPTION: Mark("warn", say("Valid by exception")),
    Overall.INVALID: Mark("bad", say("Not valid")),
    Overall.UNDETERMINED: Mark("none", say("A fact is missing")),
}
FORCE = {
    "binding": say("binding"),
    "as_a_rule": say("as a rule"),
    "consideration": say("consideration"),
}
SURE = {
    "read": say("seen in the text"),
    "reported": say("reported"),
    "recalled": say("to be checked"),
}
FITS, THIN, FULL = say("as required"), say("too few"), say("too many")
FREE = Mark("none", say("no number is set"))
AHEAD = Period(years=3)


def rule_rows(body: Body, language: str) -> tuple[v.RuleRow, ...]:
    """The rules as they are written."""
    return tuple(
        v.RuleRow(
            each.id,
            each.says.say(language) if each.says is not None else "",
            str(each.article),
            FORCE[each.severity],
            SURE[each.confidence],
        )
        for each in body.rules
    )


def findings_of(found: CompositionVerdict) -> tuple[Finding, ...]:
    """What each rule says, what stands in the way first."""
    order = (Verdict.FAIL, Verdict.UNDETERMINED, Verdict.EXCEPTION, Verdict.ADVISORY, Verdict.PASS)
    ranked = sorted(found.rules, key=lambda each: order.index(each.outcome))
    return tuple(
        Finding(
            each.id,
            each.clause or each.article,
            each.outcome,
            each.found.because,
            each.cure.sentence,
            each.id,
        )
        for each in ranked
    )


def weighed_of(
    view: View, found: CompositionVerdict, every: Sequence[Member], pool: Sequence[Member] = ()
) -> v.Weighed:
    """A verdict with its bars, its seats, and what is coming."""
    ahead = coming(view, plus(view.on, AHEAD))
    return v.Weighed(
        mark=MARKS[found.overall],
        day=words.day(found.on, view.language),
        members=found.members,
        findings=findings_of(found),
        groups=tuple((view.called(each), group_bars(view, each)) for each in _attributes(view)),
        seats=seat_map(view, pool),
        not_judged=", ".join(found.not_judged),
        coming=tuple(
            v.ComingRow(
                words.day(each.day, view.language),
                ", ".join(f"{x.name} ({x.state})" for x in each.leaving),
                ", ".join(f"{group} {n}" for group, n in each.owed),
            )
            for each in ahead
        ),
        panels=panels_of(view, every),
    )


def _attributes(view: View) -> list[str]:
    """The region first, then whatever else a quota is set for."""
    return list(dict.fromkeys(("region", *(x.attribute for x in quotas(view)))))


def group_bars(view: View, attribute: str) -> tuple[v.GroupBar, ...]:
    """The values of an attribute with their numbers and what is required of them."""
    rule = next((x for x in quotas(view) if x.attribute == attribute), None)
    members = choose(view, rule.among).members if rule is not None else view.members
    by, _ = by_value(view, members, attribute)
    wanted = _wanted(view, rule)
    named = {value for values in wanted for value in values}
    rows: list[tuple[tuple[str, ...], Range | None]] = list(wanted.items())
    rest = [x for x in dict.fromkeys((*view.possible(attribute), *sorted(by))) if x not in named]
    rows += [((value,), None) for value in rest]
    counts = {values: len({id(x) for y in values for x in by.get(y, ())}) for values, _ in rows}
    scale = max([1, *counts.values(), *(x.most or x.least for x in wanted.values())])
    return tuple(
        v.GroupBar(
            " + ".join(view.title(attribute, x) for x in values),
            counts[values],
            limit.least if limit is not None else None,
            limit.most if limit is not None else None,
            scale,
            _fit(counts[values], limit),
        )
        for values, limit in rows
    )


def _wanted(view: View, rule: Quota | None) -> dict[tuple[str, ...], Range]:
    if rule is None:
        return {}
    try:
        return dict(wanted_of(view, rule, len(view.members)))
    except MissingFact:
        return {}


def _fit(count: int, limit: Range | None) -> Mark:
    if limit is None:
        return FREE
    if not limit.misses(count):
        return Mark("ok", FITS)
    return Mark("bad", THIN if count < limit.least else FULL)


def seat_map(view: View, pool: Sequence[Member]) -> tuple[v.SeatCard, ...]:
    """Every seat, in the order of roles, with those who could be put there."""
    seated = sorted(view.members, key=lambda x: (view.rank(x), x.chamber, x.row or 0, x.name))
    people = [*seated, *(x for x in pool if x.name not in {y.name for y in seated})]
    options = tuple(Option(x.name, _called(view, x)) for x in people)
    return tuple(
        v.SeatCard(
            f"seat-{number}",
            _seat(view, each, number),
            each.name,
            _called(view, each),
            options,
        )
        for number, each in enumerate(seated)
    )


def _seat(view: View, member: Member, number: int) -> str:
    told = [
        view.title("role", member.role) if member.role else "",
        view.title("chamber", member.chamber) if member.chamber else "",
    ]
    return " · ".join(x for x in told if x) or str(number + 1)


def _called(view: View, member: Member) -> str:
    region = view.of(member, "region")
    place = view.title("region", region[0]) if region else ""
    return f"{member.name} ({', '.join(x for x in (member.state, place) if x)})"


def effects_of(view: View, effects: Sequence[Effect]) -> tuple[v.EffectRow, ...]:
    """Candidates side by side, each with what becomes of their groups."""
    bars = {name: group_bars(view, name) for name in dict.fromkeys((*_attributes(view), "sex"))}
    return tuple(
        v.EffectRow(
            x.candidate.name,
            x.candidate.state,
            MARKS[x.verdict.overall],
            ", ".join(x.breaks),
            ", ".join(x.mends),
            tuple(_balance(view, bars, x.candidate)),
        )
        for x in effects
    )


def _balance(
    view: View, bars: Mapping[str, tuple[v.GroupBar, ...]], candidate: Member
) -> Iterator[Words]:
    """What the groups of a candidate come to: before, after, and what is required."""
    for attribute, rows in bars.items():
        mine = [view.title(attribute, x) for x in view.of(candidate, attribute) or ()]
        for row in rows:
            if row.title in mine:
                yield say(
                    "{group}: {n} → {after} (required {wanted})"
                    if row.least is not None
                    else "{group}: {n} → {after}",
                    group=row.title,
                    n=row.count,
                    after=row.count + 1,
                    **({"wanted": row.wanted} if row.least is not None else {}),
                )


def slates_of(found: Completion) -> Mapping[str, Any]:
    """Slates, or clashes, as parts of a `Weighed`."""
    return {
        "slates": tuple(
            v.SlateCard(
                MARKS[x.verdict.overall],
                tuple(f"{y.name} ({y.state})" for y in sorted(x.chosen, key=lambda y: y.name)),
            )
            for x in found.slates
        ),
        "clashes": tuple((x.because, x.facts) for x in found.clashes),
        "time_hit": found.time_hit,
    }


STATES: Mapping[str, Mark] = {
    "due": Mark("now", say("Due")),
    "computed": Mark("now", say("Computed")),
    "compliant": Mark("ok", say("Compliant")),
    "at_risk": Mark("warn", say("At risk")),
    "justified": Mark("ok", say("Justified in writing")),
    "waived": Mark("warn", say("Waived")),
    "blocked": Mark("bad", say("Blocked")),
    "decided": Mark("ok", say("Decided")),
}


def state_mark(state: str) -> Mark:
    """Where a review stands."""
    return STATES[state]
