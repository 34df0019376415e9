"""Seats over groups that overlap: a matching of members to seats, by augmenting paths."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from governance.representation.becoming import Facts, becoming, joining
from governance.representation.choosing import choose, meant, unknown_in
from governance.representation.composition import Change, Member
from governance.representation.counting import by_value
from governance.representation.demands import TRIES, lowest_first
from governance.representation.found import Found, amount, broken, kept, not_on_file
from governance.representation.view import View
from governance.rulebook.bodies import seats
from governance.rulebook.bodies.parts import Where
from governance.rulebook.parts import Period


def matched(choices: Mapping[Hashable, Sequence[Hashable]]) -> dict[Hashable, Hashable]:
    """The most pairs of a left side with one of its choices each: choice to left side."""
    taken: dict[Hashable, Hashable] = {}
    for left in choices:
        _augment(left, choices, taken, set())
    return taken


def _augment(
    left: Hashable,
    choices: Mapping[Hashable, Sequence[Hashable]],
    taken: dict[Hashable, Hashable],
    tried: set[Hashable],
) -> bool:
    for right in choices[left]:
        if right in tried:
            continue
        tried.add(right)
        if right not in taken or _augment(taken[right], choices, taken, tried):
            taken[right] = left
            return True
    return False


@dataclass(frozen=True)
class Block:
    """Seats of one kind on the day: who may have them, and how many there are."""

    label: str
    number: int
    groups: tuple[str, ...]
    where: Where | None

    def takes(self, view: View, attribute: str, member: Member) -> bool | None:
        """Whether a member may have one of these seats; None where a fact is missing."""
        if self.where is not None:
            return meant(view, self.where, member)
        values = view.of(member, attribute)
        if values is None:
            return None
        return any(view.canon(attribute, each) in self.groups for each in values)

    def into(self, view: View, attribute: str) -> Iterator[Facts]:
        """The facts of somebody who may have one of these seats, in each way."""
        if self.where is not None:
            yield joining(view, self.where)
        for group in self.groups:
            yield becoming(view, attribute, group)


def blocks_of(view: View, rule: seats.Floating) -> list[Block]:
    """The blocks of seats as they are on the day of the view."""
    found = []
    for each in rule.seats:
        turn = each.of
        if each.turns and each.since and each.turn:
            turn = each.turns[turn_of(each.since, each.turn, view.on) % len(each.turns)]
        groups = tuple(view.canon(rule.attribute, value) for value in turn)
        label = each.title or " or ".join(view.title(rule.attribute, x) for x in groups)
        number = amount(view, each.number, len(view.members))
        found.append(Block(label or "particular seats", number, groups, each.where))
    return found


def turn_of(since: date, turn: Period, day: date) -> int:
    """How many turns have ended between two days."""
    if turn.unit == "years":
        whole = day.year - since.year - ((day.month, day.day) < (since.month, since.day))
        return whole // turn.count
    if turn.unit == "months":
        months = (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
        return months // turn.count
    length = turn.count * (7 if turn.unit == "weeks" else 1)
    return (day - since).days // length


def floating(view: View, rule: seats.Floating) -> Found:
    """Every member has a seat of its own, and no seat is empty."""
    chosen = choose(view, rule.among)
    blocks = blocks_of(view, rule)
    blank = [
        each
        for each in chosen.members
        if any(block.takes(view, rule.attribute, each) is None for block in blocks)
    ]
    if blank or chosen.unclear:
        missing = [
            *chosen.missing,
            *(name for x in blank for name in _missing(view, rule, x, blocks)),
        ]
        return not_on_file(view, (missing or [rule.attribute])[0], [*blank, *chosen.unclear])
    seated = seating(view, rule, blocks, chosen.members)
    total = sum(each.number for each in blocks)
    without = [each for each in chosen.members if id(each) not in set(seated.values())]
    empty = _empty(blocks, seated)
    numbers = {"members": len(chosen.members), "seats": total, "matched": len(seated)}
    counted = _counted(view, rule, chosen.members)
    if not without and (not empty or rule.vacant == "allowed"):
        return kept(
            "{matched} members matched to {seats} seats: {counted}",
            matched=len(seated),
            seats=total,
            counted=counted,
            numbers=numbers,
        )
    return _unseated(view, rule, (without, empty), counted, numbers)


def _missing(
    view: View, rule: seats.Floating, member: Member, blocks: Sequence[Block]
) -> Iterator[str]:
    """The attributes that a member lacks for the blocks of which it cannot be said."""
    for block in blocks:
        if block.takes(view, rule.attribute, member) is None:
            if block.where is not None:
                yield from unknown_in(view, block.where, member)
            else:
                yield rule.attribute


def _unseated(
    view: View,
    rule: seats.Floating,
    left: tuple[list[Member], list[Block]],
    counted: str,
    numbers: dict[str, int],
) -> Found:
    without, empty = left

    def ways() -> Iterator[Change]:
        base = joining(view, rule.among)
        for block in empty:
            for facts in block.into(view, rule.attribute):
                for member in lowest_first(view, without)[:TRIES]:
                    own = {"region": None} if member.region and "region" not in facts else {}
                    yield Change(member.name, {**facts, **own})
                yield Change(None, {**base, **facts})
        for member in lowest_first(view, without)[:TRIES]:
            yield Change(member.name, None)

    needed = 0 if rule.vacant == "allowed" else len(empty)
    pattern = "no seat is left for {without}; {counted}"
    if empty and without:
        pattern = "no seat is left for {without}, and these are empty: {empty}; {counted}"
    elif empty:
        pattern = "{n} seats are empty: {empty}; {counted}"
    return broken(
        pattern,
        people=view.people(without),
        miss=2 * max(len(without), needed) + len(without) + needed,
        ways=ways,
        hint="Choose members whose groups fit the seats.",
        n=len(empty),
        without=", ".join(view.people(without)),
        empty=_labels(empty),
        counted=counted,
        numbers=numbers,
    )


def seating(
    view: View, rule: seats.Floating, blocks: Sequence[Block], members: Sequence[Member]
) -> dict[Hashable, Hashable]:
    """The most members seated: each seat taken, and the number of its member."""
    choices: dict[Hashable, Sequence[Hashable]] = {
        id(member): [
            (place, number)
            for place, block in enumerate(blocks)
            if block.takes(view, rule.attribute, member)
            for number in range(block.number)
        ]
        for member in sorted(members, key=lambda each: each.name)
    }
    return matched(dict(sorted(choices.items(), key=lambda pair: len(pair[1]))))


def unfilled(view: View, rule: seats.Floating, members: Sequence[Member]) -> list[str]:
    """The seats that nobody of these could have, were all of them to come."""
    blocks = blocks_of(view, rule)
    able = choose(view, rule.among, members).members
    return [each.label for each in _empty(blocks, seating(view, rule, blocks, able))]


def _empty(blocks: Sequence[Block], seated: Mapping[Hashable, Hashable]) -> list[Block]:
    return [
        block
        for place, block in enumerate(blocks)
        for number in range(block.number)
        if (place, number) not in seated
    ]


def _labels(blocks: Sequence[Block]) -> str:
    return ", ".join(dict.fromkeys(each.label for each in blocks))


def _counted(view: View, rule: seats.Floating, members: Sequence[Member]) -> str:
    by, _ = by_value(view, members, rule.attribute)
    values = [*dict.fromkeys((*view.possible(rule.attribute), *sorted(by)))]
    return ", ".join(f"{view.title(rule.attribute, x)} {len(by[x])}" for x in values if x in by)


# --- cover ---------------------------------------------------------------------------------


def cover(view: View, rule: seats.Cover) -> Found:
    """Every value is there, if need be by a member of its own; or so many values in all."""
    chosen = choose(view, rule.among)
    by, blank = by_value(view, chosen.members, rule.attribute)
    values = covered_values(view, rule)
    open_ = [*blank, *chosen.unclear]
    if rule.values_at_least is not None and len(by) < rule.values_at_least:
        return _too_few(view, rule, by, open_)
    lacking = _lacking(view, rule, chosen.members, values)
    if lacking:
        if len(open_) >= len(lacking):
            return not_on_file(view, rule.attribute, open_)
        return _uncovered(view, rule, chosen.members, lacking)
    return kept(
        "{n} different: {values}",
        n=len(by),
        values=", ".join(f"{view.title(rule.attribute, x)} {len(by[x])}" for x in sorted(by)),
        numbers={view.title(rule.attribute, x): len(by[x]) for x in sorted(by)},
    )


def covered_values(view: View, rule: seats.Cover) -> tuple[str, ...]:
    """The values that must be there."""
    if rule.every is None:
        return ()
    if rule.every == "all":
        return view.possible(rule.attribute)
    return tuple(view.canon(rule.attribute, each) for each in rule.every)


def _lacking(
    view: View, rule: seats.Cover, members: Sequence[Member], values: Sequence[str]
) -> list[str]:
    """The values that nobody is there for, each as often as it is lacking."""
    has = {
        id(x): {view.canon(rule.attribute, y) for y in view.of(x, rule.attribute) or ()}
        for x in members
    }
    places = [(value, n) for value in values for n in range(rule.at_least)]
    if rule.different_people:
        found = matched({x: [who for who in has if x[0] in has[who]] for x in places})
        return [value for value, n in places if (value, n) not in set(found.values())]
    return [x for x, n in places if sum(x in own for own in has.values()) <= n]


def _uncovered(
    view: View, rule: seats.Cover, members: Sequence[Member], lacking: Sequence[str]
) -> Found:
    def ways() -> Iterator[Change]:
        base = joining(view, rule.among)
        for value in dict.fromkeys(lacking):
            for member in lowest_first(view, members)[: TRIES * 4]:
                yield Change(member.name, becoming(view, rule.attribute, value, member))
            yield Change(None, {**base, **becoming(view, rule.attribute, value)})

    return broken(
        "nobody for: {values}",
        miss=len(lacking),
        ways=ways,
        hint="Choose somebody for: {values}.",
        values=", ".join(view.title(rule.attribute, each) for each in lacking),
        numbers={view.title(rule.attribute, each): 0 for each in lacking},
    )


def _too_few(
    view: View, rule: seats.Cover, by: Mapping[str, Sequence[Member]], open_: Sequence[Member]
) -> Found:
    need = rule.values_at_least or 0
    if len(by) + len(open_) >= need:
        return not_on_file(view, rule.attribute, open_)
    crowded = [each for members in by.values() if len(members) > 1 for each in members]

    def ways() -> Iterator[Change]:
        new = [each for each in view.possible(rule.attribute) if each not in by]
        for member in lowest_first(view, crowded)[:TRIES]:
            for value in new:
                yield Change(member.name, becoming(view, rule.attribute, value, member))
        for value in new:
            base = joining(view, rule.among)
            yield Change(None, {**base, **becoming(view, rule.attribute, value)})

    return broken(
        "{have} different where {need} are required: {values}",
        miss=need - len(by),
        ways=ways,
        hint="Choose somebody of another one.",
        have=len(by),
        need=need,
        values=", ".join(view.title(rule.attribute, each) for each in sorted(by)),
    )
