"""Rules as limits on numbers: so many of one sort at least, so many at most. For slates.

What can be said as a limit is searched with; what cannot is left to the judge at the end. A limit
knows the rule that it comes from, so that a clash can be told by rule.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from governance.refusals import Verdict
from governance.representation.choosing import meant
from governance.representation.composition import Member
from governance.representation.counting import wanted_of
from governance.representation.found import MissingFact, Range, amount, range_of
from governance.representation.judge import KINDS, holds
from governance.representation.matching import Block, blocks_of, covered_values
from governance.representation.persons import in_words
from governance.representation.rankings import top_states
from governance.representation.shares import wanted_share
from governance.representation.view import View
from governance.rulebook.bodies import seats
from governance.rulebook.bodies.combined import AllOf
from governance.rulebook.bodies.linting import parts_of
from governance.rulebook.bodies.parts import Formula, Rule

Test = Callable[[Member], bool]
LARGEST_UNION = 10  # blocks, or values, whose unions are all looked at
EACH_ALONE = frozenset(
    {"eligibility", "incompatibility", "term_limit", "re_election", "cooling_off", "term"}
)


@dataclass(frozen=True)
class Limit:
    """So many members of one sort, by a rule. `per`: the attribute whose values it keeps apart."""

    rule: Rule
    label: str
    wanted: Range
    test: Test
    per: str = ""


@dataclass(frozen=True)
class Compiled:
    """What a body's binding rules come to: limits, tests of each person alone, and the rest."""

    limits: tuple[Limit, ...]
    alone: tuple[Rule, ...]
    rest: tuple[Rule, ...]


def compiled(view: View, rules: Iterable[Rule], pool: Sequence[Member], size: int) -> Compiled:
    """The rules as limits over a pool of members; `size`: how many there will be in all."""
    limits: list[Limit] = []
    alone: list[Rule] = []
    rest: list[Rule] = []
    for rule in _flat(rules):
        if holds(view, rule.when, {}) is False or not rule.in_force(view.on):
            continue
        kind = str(getattr(rule, "kind", ""))
        if kind in EACH_ALONE:
            alone.append(rule)
        elif kind in COMPILERS and not rule.when and (size > 0 or not _follows_size(rule)):
            try:
                limits += COMPILERS[kind](view, rule, pool, size)
            except (MissingFact, _NoLimits):
                rest.append(rule)
        else:
            rest.append(rule)
    return Compiled(tuple(limits), tuple(alone), tuple(rest))


class _NoLimits(Exception):
    """The rule says more than numbers do."""


def _follows_size(rule: Rule) -> bool:
    """Whether a number of the rule follows from how many there are in all."""
    return any(isinstance(x, Formula) and x.of == "size" for _, x in parts_of(rule, ()))


def _flat(rules: Iterable[Rule]) -> Iterator[Rule]:
    for rule in rules:
        if isinstance(rule, AllOf) and not rule.when:
            for each in _flat(rule.rules):
                yield each.model_copy(update={"id": rule.id, "says": rule.says or each.says})
        else:
            yield rule


def _among(view: View, rule: Rule) -> Test:
    """Whether a member is among those that the rule looks at; asked once of each."""
    if rule.among.is_everybody:
        return lambda _: True
    return lambda member: meant(view, rule.among, member) is True


def _values(view: View, attribute: str, member: Member) -> frozenset[str]:
    return frozenset(view.canon(attribute, x) for x in view.of(member, attribute) or ())


def _size(view: View, rule: Any, _: Sequence[Member], size: int) -> Iterator[Limit]:
    yield Limit(rule, "members", range_of(view, rule, size), _among(view, rule))


def _quota(view: View, rule: seats.Quota, _: Sequence[Member], size: int) -> Iterator[Limit]:
    among = _among(view, rule)
    named: set[str] = set()
    for values, wanted in wanted_of(view, rule, size):
        own = frozenset(values)
        named |= own
        label = " + ".join(view.title(rule.attribute, each) for each in values)
        yield Limit(rule, label, wanted, _has_one(view, rule.attribute, own, among))
    if rule.others == "not_allowed":
        known = frozenset(named)

        def stranger(member: Member) -> bool:
            return among(member) and bool(_values(view, rule.attribute, member) - known)

        yield Limit(rule, "others", Range(0, 0), stranger)


def _has_one(view: View, attribute: str, own: frozenset[str], among: Test) -> Test:
    return lambda member: among(member) and bool(_values(view, attribute, member) & own)


def _at_most_per(view: View, rule: Any, pool: Sequence[Member], size: int) -> Iterator[Limit]:
    most = 1 if rule.kind == "distinct" else amount(view, rule.at_most, size)
    among = _among(view, rule)
    free = {view.canon(rule.attribute, each) for each in getattr(rule, "except_", ())}
    every = {value for member in pool for value in _values(view, rule.attribute, member)}
    for value in sorted(every - free):
        test = _has_one(view, rule.attribute, frozenset({value}), among)
        title = view.title(rule.attribute, value)
        yield Limit(rule, title, Range(0, most), test, rule.attribute)


def _cover(view: View, rule: seats.Cover, _: Sequence[Member], __: int) -> Iterator[Limit]:
    if rule.values_at_least is not None:
        raise _NoLimits
    values = covered_values(view, rule)
    among = _among(view, rule)
    widest = len(values) if rule.different_people else 1
    if widest > LARGEST_UNION:
        raise _NoLimits
    for number in range(1, widest + 1):
        for together in combinations(values, number):
            own = frozenset(together)
            label = " + ".join(view.title(rule.attribute, each) for each in together)
            wanted = Range(rule.at_least * number, None)
            yield Limit(rule, label, wanted, _has_one(view, rule.attribute, own, among))


def _share(view: View, rule: seats.ShareOf, _: Sequence[Member], size: int) -> Iterator[Limit]:
    if not rule.among.is_everybody or size <= 0:
        raise _NoLimits
    wanted = wanted_share(rule, size)
    label = in_words(view, rule.of)
    yield Limit(rule, label, wanted, lambda x: meant(view, rule.of, x) is True)


def _ranked(view: View, rule: seats.Ranked, _: Sequence[Member], size: int) -> Iterator[Limit]:
    if rule.pool == "members" or rule.by not in view.body.tables or rule.leaving_out is not None:
        raise _NoLimits  # who is ranked depends on who sits
    first = frozenset(top_states(view, rule))
    among = _among(view, rule)
    label = f"first by {rule.by.replace('_', ' ')}"
    wanted = range_of(view, rule, size)
    yield Limit(rule, label, wanted, lambda x: among(x) and x.state in first)


def _floating(view: View, rule: seats.Floating, _: Sequence[Member], __: int) -> Iterator[Limit]:
    """By Hall's theorem: every set of seats has at least as many members who may sit there."""
    among = _among(view, rule)
    blocks = blocks_of(view, rule)
    total = sum(each.number for each in blocks)
    if rule.vacant == "allowed":
        raise _NoLimits
    yield Limit(rule, "seats", Range(total, total), among)
    yield from _no_more_than_fit(view, rule, blocks)
    for group in _touching([frozenset(each.groups) or frozenset({each.label}) for each in blocks]):
        if len(group) > LARGEST_UNION or any(blocks[x].where is not None for x in group):
            raise _NoLimits
        for number in range(1, len(group) + 1):
            for together in combinations(group, number):
                own = frozenset(x for place in together for x in blocks[place].groups)
                wanted = Range(sum(blocks[place].number for place in together), None)
                label = " or ".join(view.title(rule.attribute, each) for each in sorted(own))
                yield Limit(rule, label, wanted, _has_one(view, rule.attribute, own, among))


def _no_more_than_fit(view: View, rule: seats.Floating, blocks: Sequence[Block]) -> Iterator[Limit]:
    """Of a single group no more than all seats that take it: seen early, it spares a search."""
    among = _among(view, rule)
    if any(each.where is not None for each in blocks):
        return
    for group in sorted({x for each in blocks for x in each.groups}):
        room = sum(each.number for each in blocks if group in each.groups)

        def only(member: Member, group: str = group) -> bool:
            return among(member) and _values(view, rule.attribute, member) == {group}

        yield Limit(rule, view.title(rule.attribute, group), Range(0, room), only)


def _touching(sets: Sequence[frozenset[Hashable]]) -> list[list[int]]:
    """Places of sets that overlap, directly or through others, put together."""
    groups: list[tuple[set[Hashable], list[int]]] = []
    for place, own in enumerate(sets):
        near = [each for each in groups if each[0] & own]
        joined = (
            set(own).union(*(each[0] for each in near)),
            sorted([place, *(x for each in near for x in each[1])]),
        )
        groups = [each for each in groups if each not in near] + [joined]
    return [places for _, places in groups]


COMPILERS: Mapping[str, Callable[..., Iterator[Limit]]] = {
    "size": _size,
    "quota": _quota,
    "at_most_per": _at_most_per,
    "distinct": _at_most_per,
    "cover": _cover,
    "share": _share,
    "ranked": _ranked,
    "floating": _floating,
}


def bars(view: View, rule: Rule, member: Member) -> bool:
    """Whether a rule on each person alone is broken by this one."""
    found = KINDS[str(getattr(rule, "kind", ""))](view.with_members((member,)), rule)
    return found.outcome is Verdict.FAIL
