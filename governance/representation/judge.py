"""The judge: what every rule of a body says of a composition on a day. Pure.

Each kind of rule has one function. `verdict` puts them together: conditions, severity, clauses of
exception, and the smallest cure of what is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from governance.refusals import Verdict, say
from governance.representation import (
    counting,
    matching,
    persons,
    ranges,
    rankings,
    shares,
    terms,
    vacancies,
)
from governance.representation.becoming import in_words
from governance.representation.choosing import choose, comparable
from governance.representation.composition import Change, Member
from governance.representation.found import (
    Found,
    MissingFact,
    kept,
    nowhere,
    range_of,
    unknown,
)
from governance.representation.verdict import NO_CURE, CompositionVerdict, Cure, RuleVerdict
from governance.representation.view import View, norm
from governance.rulebook.bodies.combined import AllOf, AnyOf, ExceptionClause
from governance.rulebook.bodies.parts import Condition, InOffice, Rule

Judge = Callable[[View, Any], Found]
LONGEST_CURE = 60
Results = Mapping[str, Found]

KINDS: Mapping[str, Judge] = {
    "size": counting.size,
    "quota": counting.quota,
    "at_most_per": counting.at_most_per,
    "distinct": counting.distinct,
    "same": counting.same,
    "disjoint": shares.disjoint,
    "floating": matching.floating,
    "ranked": rankings.ranked,
    "rotation": rankings.rotation,
    "cover": matching.cover,
    "share": shares.share,
    "balance": shares.balance,
    "distribution": counting.distribution,
    "range": ranges.desirable_ranges,
    "term": terms.term,
    "term_limit": terms.term_limit,
    "re_election": terms.re_election,
    "cooling_off": terms.cooling_off,
    "vacancy": vacancies.vacancy,
    "succession": vacancies.succession,
    "stagger": vacancies.stagger,
    "eligibility": persons.eligibility,
    "incompatibility": persons.incompatibility,
    "nomination": persons.nomination,
    "guide": persons.guide,
    "procedure": persons.elsewhere,
}


def verdict(view: View, *, cures: bool = True) -> CompositionVerdict:
    """What each rule in force says of the view's members."""
    rules = [each for each in view.body.rules if each.in_force(view.on)]
    results: dict[str, Found] = {}
    clauses = [each for each in rules if isinstance(each, ExceptionClause)]
    for rule in rules:
        if not isinstance(rule, ExceptionClause):
            results[rule.id] = found_of(view, rule, results)
    excused: dict[str, str] = {}
    for clause in clauses:
        results[clause.id] = _clause(view, clause, results, excused)
    judged = tuple(_judged(view, rule, results[rule.id], excused, cures=cures) for rule in rules)
    title = str(view.body.title)
    return CompositionVerdict(view.body.body, title, view.on, len(view.members), judged)


def _judged(
    view: View, rule: Rule, found: Found, excused: Mapping[str, str], *, cures: bool
) -> RuleVerdict:
    clause = excused.get(rule.id, "")
    outcome = found.outcome
    if clause and outcome is Verdict.FAIL:
        outcome = Verdict.EXCEPTION
    elif outcome is Verdict.FAIL and rule.severity != "binding":
        outcome = Verdict.ADVISORY
    curable = cures and not clause and found.outcome in (Verdict.FAIL, Verdict.UNDETERMINED)
    cure = cure_of(view, rule, found) if curable else NO_CURE
    return RuleVerdict(rule, outcome, found, cure, clause)


def found_of(view: View, rule: Rule, results: Results | None = None) -> Found:
    """What one rule finds; a rule whose condition does not hold is kept."""
    known = results or {}
    applies = holds(view, rule.when, known)
    if applies is False:
        return kept("does not apply now")
    if applies is None:
        return unknown("whether the rule applies is not on file", *_asked(rule.when))
    try:
        if isinstance(rule, AllOf):
            return _all(view, rule, known)
        if isinstance(rule, AnyOf):
            return _any(view, rule, known)
        return KINDS[str(getattr(rule, "kind", ""))](view, rule)
    except MissingFact as fact:
        name = fact.key.replace("_", " ")
        return unknown("{name} is not on file", f"{fact.key} (--fact {fact.key}=…)", name=name)


def _all(view: View, rule: AllOf, known: Results) -> Found:
    found = [found_of(view, each, known) for each in rule.rules if each.in_force(view.on)]
    return _together(found, _worst(found))


def _any(view: View, rule: AnyOf, known: Results) -> Found:
    found = [found_of(view, each, known) for each in rule.rules if each.in_force(view.on)]
    good = [each for each in found if each.outcome in (Verdict.PASS, Verdict.ADVISORY)]
    if good:
        return good[0]
    if any(each.outcome is Verdict.UNDETERMINED for each in found):
        open_ = [each for each in found if each.outcome is Verdict.UNDETERMINED]
        return _together(open_, Verdict.UNDETERMINED)
    nearest = min(found, key=lambda each: each.miss)
    told = " and ".join(str(each.because) for each in found)
    return replace(nearest, because=say("none of these: {told}", told=told))


def _worst(found: Sequence[Found]) -> Verdict:
    outcomes = {each.outcome for each in found if not each.silent}
    order = (Verdict.FAIL, Verdict.UNDETERMINED, Verdict.PASS)
    silent = Verdict.UNDETERMINED if any(each.silent for each in found) else Verdict.ADVISORY
    return next((each for each in order if each in outcomes), silent)


def _together(found: Sequence[Found], outcome: Verdict) -> Found:
    """Several findings as one: of the parts that decide it."""
    deciding = [each for each in found if each.outcome is outcome] or list(found)
    return Found(
        outcome,
        say("{told}", told="; ".join(str(each.because) for each in deciding)),
        tuple(sorted({name for each in deciding for name in each.people})),
        sum(each.miss for each in deciding),
        lambda: [change for each in deciding for change in each.ways()],
        say("{hints}", hints=" ".join(str(each.hint) for each in deciding).strip()),
        {key: value for each in deciding for key, value in each.numbers.items()},
        tuple(dict.fromkeys(name for each in deciding for name in each.missing)),
        bool(deciding) and all(each.silent for each in deciding),
    )


# --- conditions and exceptions -------------------------------------------------------------


def holds(view: View, conditions: Iterable[Condition], results: Results) -> bool | None:
    """Whether all conditions hold; None where it is not on file."""
    said = [_holds(view, each, results) for each in conditions]
    if False in said:
        return False
    return None if None in said else True


def _holds(view: View, condition: Condition, results: Results) -> bool | None:
    said = _said(view, condition, results)
    if said is not None or condition.if_unknown == "undetermined":
        return said
    return condition.if_unknown == "holds"


def _said(view: View, condition: Condition, results: Results) -> bool | None:
    named = condition.fails or condition.passes
    if named is not None:
        found = results.get(named)
        if found is None or found.outcome is Verdict.UNDETERMINED:
            return None
        return (found.outcome is Verdict.FAIL) == (condition.fails is not None)
    if condition.fact is not None:
        return _fact(view, condition)
    if condition.count is not None:
        chosen = choose(view, condition.count.among)
        wanted = range_of(view, condition.count, len(view.members))
        low, high = len(chosen.members), len(chosen.members) + len(chosen.unclear)
        if bool(wanted.misses(low)) != bool(wanted.misses(high)):
            return None
        return not wanted.misses(low)
    return _in_office(view, condition.elected_while) if condition.elected_while else None


def _fact(view: View, condition: Condition) -> bool | None:
    value = view.fact(str(condition.fact))
    if value is None:
        return None
    if condition.is_ is not None:
        return norm(value) == norm(condition.is_)
    if condition.at_least is None and condition.at_most is None:
        return norm(value) == "yes"
    number = comparable(value) if not isinstance(value, str) else comparable(_day_or(value))
    low, high = condition.at_least, condition.at_most
    if number is None:
        return None
    return (low is None or low <= number) and (high is None or number <= high)  # type: ignore[operator]


def _day_or(value: str) -> str | date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def _in_office(view: View, asked: InOffice) -> bool | None:
    """Whether somebody was elected later than another one whose term was running."""
    open_ = False
    for one in choose(view, asked.elected).members:
        for other in choose(view, asked.while_in_office).members:
            if asked.shares is not None and not _share(view, asked.shares, one, other):
                continue
            late, early = one.elected_on or one.term_start, other.elected_on or other.term_start
            if late is None or early is None:
                open_ = True
            elif late > early:
                return True
    return None if open_ else False


def _share(view: View, attribute: str, one: Member, other: Member) -> bool:
    mine, theirs = view.of(one, attribute) or (), view.of(other, attribute) or ()
    names = {view.canon(attribute, each) for each in mine}
    return any(view.canon(attribute, each) in names for each in theirs)


def _asked(conditions: Iterable[Condition]) -> list[str]:
    return [
        f"{each.fact} (--fact {each.fact}=…)" if each.fact else "the facts of its condition"
        for each in conditions
    ]


def _clause(
    view: View, clause: ExceptionClause, results: dict[str, Found], excused: dict[str, str]
) -> Found:
    """Whether a clause is in force, and which rules it excuses; those are noted in `excused`."""
    named = (*clause.excuses, *clause.replaces)
    failing = [x for x in named if x in results and results[x].outcome is Verdict.FAIL]
    if not failing:
        return kept("not called upon")
    holding = holds(view, (*clause.when, *clause.while_), results)
    if holding is False:
        return kept("does not help: its condition does not hold")
    instead = [found_of(view, each, results) for each in clause.instead]
    faults = [each for each in instead if each.outcome is Verdict.FAIL]
    if faults:
        return kept("does not help: {told}", told="; ".join(str(x.because) for x in faults))
    open_ = [each for each in instead if each.outcome is Verdict.UNDETERMINED]
    if holding is None or open_:
        missing = [name for each in open_ for name in each.missing] or _asked(clause.while_)
        found = unknown("whether the exception holds is not on file", *missing)
        for each in failing:
            results[each] = replace(found, people=results[each].people)
        return found
    excused |= dict.fromkeys(failing, f"{clause.id}, {clause.article}")
    said = ", ".join(failing)
    return Found(Verdict.EXCEPTION, say("in force: it excuses {said}", said=said))


# --- cures ---------------------------------------------------------------------------------


def cure_of(view: View, rule: Rule, found: Found) -> Cure:
    """The smallest change found that makes a rule pass; in words only where there is none."""
    if found.outcome is not Verdict.FAIL:
        return Cure(found.hint)
    changes: list[Change] = []
    now, here, gain = found, view, 10**6
    while now.outcome is not Verdict.PASS and len(changes) < LONGEST_CURE:
        step = _best(here, rule, now, gain)
        if step is None:
            return Cure(found.hint)
        change, here, after = step
        gain = now.miss - after.miss if after.outcome is now.outcome else 10**6
        now = after
        changes.append(change)
    if now.outcome is not Verdict.PASS:
        return Cure(found.hint)
    return Cure(in_words(view, changes), tuple(changes))


def _best(view: View, rule: Rule, found: Found, gain: int) -> tuple[Change, View, Found] | None:
    """The change that brings the rule nearest; the first that gains as much as the one before."""
    best: tuple[Change, View, Found] | None = None
    for change in found.ways():
        there = view.after(change)
        after = found_of(there, rule)
        if after.outcome is Verdict.PASS:
            return change, there, after
        if after.outcome is Verdict.UNDETERMINED and after.ways is nowhere:
            continue  # from there nothing leads on
        if _distance(after) < _distance(best[2] if best else found):
            best = (change, there, after)
            if after.outcome is found.outcome and found.miss - after.miss >= gain:
                return best
    return best


def _distance(found: Found) -> tuple[int, int]:
    """How far a rule is from being kept; what is not on file is nearer than what is broken."""
    if found.outcome is Verdict.FAIL:
        return 2, found.miss
    return (1, len(found.people)) if found.outcome is Verdict.UNDETERMINED else (0, 0)
