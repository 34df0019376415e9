"""Rules that count members: size, quota, at most so many per value, same, disjoint, balance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from governance.refusals import NOTHING_TO_SAY, say
from governance.representation.becoming import becoming, joining, other_states
from governance.representation.choosing import Chosen, choose
from governance.representation.composition import Change, Member
from governance.representation.demands import (
    TRIES,
    Demand,
    lowest_first,
    own_region,
    weighed,
)
from governance.representation.found import (
    Found,
    Range,
    amount,
    broken,
    kept,
    not_on_file,
    range_of,
    shown,
    unknown,
)
from governance.representation.view import View
from governance.rulebook.bodies import seats

# --- size and quota ------------------------------------------------------------------------


def size(view: View, rule: seats.Size) -> Found:
    """How many there are."""
    chosen = choose(view, rule.among)
    wanted = range_of(view, rule, len(view.members))
    demand = Demand(
        "members", wanted, chosen.members, len(chosen.unclear), joining(view, rule.among)
    )
    if demand.is_open:
        return not_on_file(view, (chosen.missing or ("role",))[0], chosen.unclear)
    if demand.miss:
        found = weighed(view, chosen, "role", [demand])
        said = say("{n} members, {wanted} required", n=len(chosen.members), wanted=str(wanted))
        return replace(found, because=said, hint=NOTHING_TO_SAY)
    return kept(
        "{n} members, {wanted} required",
        n=len(chosen.members),
        wanted=str(wanted),
        numbers={"members": len(chosen.members)},
    )


def quota(view: View, rule: seats.Quota) -> Found:
    """How many there are of each value."""
    chosen = choose(view, rule.among)
    by, blank = by_value(view, chosen.members, rule.attribute)
    uncertain = len(chosen.unclear) + len(blank)
    base = joining(view, rule.among)
    demands = []
    for values, wanted in wanted_of(view, rule, len(chosen.members)):
        members = {id(x): x for value in values for x in by.get(value, ())}
        label = " + ".join(view.title(rule.attribute, each) for each in values)
        own = becoming(view, rule.attribute, values[0])
        demand = Demand(label, wanted, tuple(members.values()), uncertain, {**base, **own}, own)
        demands.append(demand)
    if rule.others == "not_allowed" and (strangers := _strangers(view, rule, by)):
        return _others(view, rule, strangers, demands)
    return weighed(view, chosen, rule.attribute, demands)


def wanted_of(view: View, rule: seats.Quota, size: int) -> list[tuple[tuple[str, ...], Range]]:
    """Each set of values and how many there must be of it."""
    found: list[tuple[tuple[str, ...], Range]] = [
        ((view.canon(rule.attribute, value),), range_of(view, bounds, size))
        for value, bounds in rule.each.items()
    ]
    if rule.every is not None:
        named = {values[0] for values, _ in found}
        found += [
            ((value,), range_of(view, rule.every, size))
            for value in view.possible(rule.attribute)
            if value not in named
        ]
    found += [
        (tuple(view.canon(rule.attribute, each) for each in union.of), range_of(view, union, size))
        for union in rule.unions
    ]
    return found


def named_values(view: View, rule: seats.Quota) -> frozenset[str]:
    """The values that a quota speaks of."""
    return frozenset(value for values, _ in wanted_of(view, rule, 0) for value in values)


def _strangers(
    view: View, rule: seats.Quota, by: Mapping[str, list[Member]]
) -> dict[str, list[Member]]:
    named = named_values(view, rule)
    return {value: members for value, members in by.items() if value not in named}


def _others(
    view: View,
    rule: seats.Quota,
    strangers: Mapping[str, list[Member]],
    demands: Sequence[Demand],
) -> Found:
    people = [member for members in strangers.values() for member in members]

    def ways() -> Iterator[Change]:
        for member in lowest_first(view, people)[:TRIES]:
            for demand in demands:
                if demand.wanted.most is None or len(demand.members) < demand.wanted.most:
                    yield Change(
                        member.name, {**demand.change, **own_region(view, demand.change, member)}
                    )
            yield Change(member.name, None)

    return broken(
        "{attribute} is none of those named: {values}",
        people=view.people(people),
        miss=len(people) + sum(each.miss for each in demands),
        ways=ways,
        hint="Choose others in their place.",
        attribute=view.called(rule.attribute),
        values=", ".join(sorted(view.title(rule.attribute, each) for each in strangers)),
        numbers={each.label: len(each.members) for each in demands},
    )


def by_value(
    view: View, members: Iterable[Member], attribute: str
) -> tuple[dict[str, list[Member]], list[Member]]:
    """Members by each value that they have, and those whose value is not on file."""
    by: dict[str, list[Member]] = defaultdict(list)
    blank: list[Member] = []
    names: dict[object, str] = {}
    for member in members:
        values = view.of(member, attribute)
        if values is None:
            blank.append(member)
            continue
        for value in values:
            if value not in names:
                names[value] = view.canon(attribute, value)
            by[names[value]].append(member)
    return by, blank


# --- at most so many of one value ----------------------------------------------------------


def at_most_per(view: View, rule: seats.AtMostPer) -> Found:
    """No value more often than allowed."""
    free = {view.canon(rule.attribute, each) for each in rule.except_}
    chosen = choose(view, rule.among)
    most = amount(view, rule.at_most, len(chosen.members))
    return _crowding(view, rule, chosen, most, free)


def distinct(view: View, rule: seats.Distinct) -> Found:
    """No two with the same value."""
    return _crowding(view, rule, choose(view, rule.among), 1, set())


def _crowding(
    view: View, rule: seats.AtMostPer | seats.Distinct, chosen: Chosen, most: int, free: set[str]
) -> Found:
    by, blank = by_value(view, chosen.members, rule.attribute)
    crowded = {
        value: members
        for value, members in sorted(by.items())
        if value not in free and len(members) > most
    }
    numbers = {"members": len(chosen.members), "values": len(by), "at_most": most}
    if crowded:
        return _crowded(view, rule.attribute, by, crowded, most)
    if chosen.unclear or blank:
        unclear = [*chosen.unclear, *blank]
        attribute = rule.attribute if blank else (chosen.missing or (rule.attribute,))[0]
        found = not_on_file(view, attribute, unclear)
        return replace(found, ways=lambda: list(_elsewhere(view, rule.attribute, by, blank, most)))
    return kept(
        "{n} members, {values} different: {attribute}",
        n=len(chosen.members),
        values=len(by),
        attribute=view.called(rule.attribute),
        numbers=numbers,
    )


def _crowded(
    view: View,
    attribute: str,
    by: Mapping[str, Sequence[Member]],
    crowded: Mapping[str, Sequence[Member]],
    most: int,
) -> Found:
    people = [member for members in crowded.values() for member in members]

    def ways() -> Iterator[Change]:
        for members in crowded.values():
            yield from _elsewhere(view, attribute, by, members, most)

    return broken(
        "more than {most} of the same {attribute}: {crowded}",
        people=view.people(people),
        miss=sum(len(members) - most for members in crowded.values()),
        ways=ways,
        hint="Choose somebody else in the place of one of them.",
        most=most,
        attribute=view.called(attribute),
        crowded=", ".join(
            f"{view.title(attribute, value)} {len(members)}" for value, members in crowded.items()
        ),
        numbers={value: len(members) for value, members in crowded.items()},
    )


def _elsewhere(
    view: View,
    attribute: str,
    by: Mapping[str, Sequence[Member]],
    members: Sequence[Member],
    most: int,
) -> Iterator[Change]:
    """Another value for one of these, or they leave; the lowest in rank first."""
    for member in lowest_first(view, members)[:TRIES]:
        for value in elsewhere(view, attribute, by, member, most):
            facts = becoming(view, attribute, value, member)
            yield Change(member.name, {**facts, **own_region(view, facts, member)})
        yield Change(member.name, None)


def elsewhere(
    view: View, attribute: str, by: Mapping[str, Sequence[Member]], member: Member, most: int
) -> list[str]:
    """Values with room for one more."""
    if attribute == "state":
        return other_states(view, member)[:3]
    return [each for each in view.possible(attribute) if len(by.get(each, ())) < most]


def same(view: View, rule: seats.Same) -> Found:
    """All with the same value."""
    chosen = choose(view, rule.among)
    by, blank = by_value(view, chosen.members, rule.attribute)
    if len(by) <= 1:
        if blank or chosen.unclear:
            return not_on_file(view, rule.attribute, [*blank, *chosen.unclear])
        return kept("one {attribute}", attribute=view.called(rule.attribute))
    common = max(sorted(by), key=lambda value: len(by[value]))
    others = [each for value, members in by.items() if value != common for each in members]
    return broken(
        "{n} different: {values}",
        people=view.people(others),
        miss=len(others),
        ways=lambda: [
            Change(each.name, becoming(view, rule.attribute, common, each))
            for each in lowest_first(view, others)[:TRIES]
        ],
        hint="Choose all of them alike.",
        n=len(by),
        values=", ".join(sorted(view.title(rule.attribute, each) for each in by)),
    )


def distribution(view: View, rule: seats.Distribution) -> Found:
    """The numbers of each value, for those who give them due weight."""
    chosen = choose(view, rule.among)
    by, blank = by_value(view, chosen.members, rule.attribute)
    values = [*dict.fromkeys((*view.possible(rule.attribute), *sorted(by)))]
    numbers = {view.title(rule.attribute, each): len(by.get(each, ())) for each in values}
    said = ", ".join(f"{key} {n}" for key, n in numbers.items())
    if blank:
        return unknown(
            "{attribute} is not on file for: {people}; otherwise {said}",
            rule.attribute,
            people=view.people(blank),
            attribute=view.called(rule.attribute),
            said=said or "nobody",
            numbers=numbers,
        )
    return shown("{said}", said=said or "nobody sits", numbers=numbers)
