"""Rules on rankings of states, and on seats that are had in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from governance.representation.becoming import becoming, joining
from governance.representation.choosing import choose, comparable
from governance.representation.composition import Change, Member
from governance.representation.demands import TRIES, lowest_first
from governance.representation.found import (
    Found,
    Range,
    amount,
    broken,
    kept,
    not_on_file,
    range_of,
    unknown,
)
from governance.representation.matching import turn_of
from governance.representation.view import View
from governance.rulebook.bodies import seats


def top_states(view: View, rule: seats.Ranked) -> list[str]:
    """The states that are among the first, or reach the number; whoever ties shares a place."""
    figures = _figures(view, rule)
    high = rule.order == "highest"
    if rule.over is not None:
        reach = rule.over
        return [state for state, n in figures if (n >= reach if high else n <= reach)]
    places = amount(view, rule.top, len(view.members))
    ordered = sorted(figures, key=lambda pair: (pair[1], pair[0]), reverse=high)
    if len(ordered) <= places or not places:
        return [state for state, _ in ordered[:places]]
    last = ordered[places - 1][1]
    return [state for state, n in ordered if (n >= last if high else n <= last)]


def _figures(view: View, rule: seats.Ranked) -> list[tuple[str, Fraction]]:
    """What is ranked: the table's states, or the members by their own column."""
    table = view.body.tables.get(rule.by)
    if rule.pool == "members" or table is None:
        pairs = [(x.state, view.of(x, rule.by)) for x in view.members]
        listed = {state: comparable(found[0]) for state, found in pairs if found is not None}
    else:
        listed = {state: comparable(value) for state, value in table.values.items()}
    out = {x.state for x in choose(view, rule.leaving_out).members} if rule.leaving_out else set()
    return [
        (state, number)
        for state, number in listed.items()
        if isinstance(number, Fraction) and state not in out and _is_within(view, rule, state)
    ]


def _is_within(view: View, rule: seats.Ranked, state: str) -> bool:
    if not rule.within:
        return True
    scheme = view.scheme_of("region")
    own = scheme.groups_of(state, view.body.purpose, view.on) if scheme is not None else ()
    return bool({view.canon("region", each) for each in rule.within} & set(own))


def ranked(view: View, rule: seats.Ranked) -> Found:
    """So many of those selected are among the first in the ranking."""
    chosen = choose(view, rule.among)
    first = top_states(view, rule)
    if not first:
        return unknown("the ranking by {by} is not on file", rule.by, by=view.called(rule.by))
    inside = [each for each in chosen.members if each.state in first]
    wanted = range_of(view, rule, len(chosen.members))
    if wanted.misses(len(inside)):
        return _outranked(view, rule, chosen.members, first, wanted)
    if chosen.unclear:
        return not_on_file(view, (chosen.missing or ("region",))[0], chosen.unclear)
    return kept(
        "{n} of the first {top} by {by}, {wanted} required",
        n=len(inside),
        top=len(first),
        by=view.called(rule.by),
        wanted=str(wanted),
        numbers={"counted": len(inside), "required": str(wanted)},
    )


def _outranked(
    view: View, rule: seats.Ranked, chosen: Sequence[Member], first: list[str], wanted: Range
) -> Found:
    inside = [each for each in chosen if each.state in first]
    others = [each for each in chosen if each.state not in first]
    absent = [each for each in first if each not in {x.state for x in chosen}]

    def ways() -> Iterator[Change]:
        if len(inside) < wanted.least and absent:
            for member in lowest_first(view, others)[:TRIES]:
                yield Change(member.name, {"state": absent[0]})
            yield Change(None, {**joining(view, rule.among), "state": absent[0]})
        for member in lowest_first(view, inside)[:TRIES]:
            yield Change(member.name, None)

    return broken(
        "{n} of the first {top} by {by} where {wanted} required",
        people=view.people(inside),
        miss=wanted.misses(len(inside)),
        ways=ways,
        hint="Choose from: {absent}.",
        n=len(inside),
        top=len(first),
        by=view.called(rule.by),
        wanted=str(wanted),
        absent=", ".join(absent[:10]),
        numbers={"counted": len(inside), "required": str(wanted)},
    )


def rotation(view: View, rule: seats.Rotation) -> Found:
    """The seat is held by whose turn it is."""
    holders = choose(view, rule.among)
    if not holders.members:
        return kept("nobody holds the seat")
    if rule.mode == "order" and rule.since and rule.turn:
        place = turn_of(rule.since, rule.turn, view.on) % len(rule.order)
        turn = view.canon(rule.attribute, rule.order[place])
        return _of_turn(view, rule, holders.members, [turn])
    return _after_others(view, rule, holders.members)


def _after_others(view: View, rule: seats.Rotation, holders: Sequence[Member]) -> Found:
    """By who held the seat before."""
    before = choose(view, rule.among, (*view.past, *(view.before or ()))).members
    ordered = sorted(before, key=lambda x: (str(x.last_day or ""), x.name))
    had = [view.canon(rule.attribute, v) for x in ordered for v in view.of(x, rule.attribute) or ()]
    if not had:
        return unknown(
            "who held the seat before is not on file",
            "earlier holders, as rows whose term has ended",
        )
    known = [*dict.fromkeys((*view.possible(rule.attribute), *had))]
    if rule.mode == "not_the_same_again":
        return _of_turn(view, rule, holders, [x for x in known if x != had[-1]])
    every = set(view.possible(rule.attribute)) or set(had)
    cycle: set[str] = set()
    for value in had:
        cycle = {value} if cycle >= every else cycle | {value}
    left = [x for x in known if x in every - cycle]
    return _of_turn(view, rule, holders, left or known)


def _of_turn(
    view: View, rule: seats.Rotation, holders: Sequence[Member], turn: Sequence[str]
) -> Found:
    own = {
        id(x): {view.canon(rule.attribute, v) for v in view.of(x, rule.attribute) or ()}
        for x in holders
    }
    blank = [each for each in holders if not own[id(each)]]
    if blank:
        return not_on_file(view, rule.attribute, blank)
    open_ends = rule.mode != "order" and not view.possible(rule.attribute)
    known = set(turn) | ({v for x in own.values() for v in x} if open_ends else set())
    barred = _barred(view, rule, turn) if open_ends else set()
    wrong = [each for each in holders if not (own[id(each)] & known) - barred]
    said = " or ".join(view.title(rule.attribute, each) for each in turn) or "anybody else"
    if not wrong:
        return kept("it is the turn of {turn}", turn=said)
    return broken(
        "it is the turn of {turn}, not of {values}",
        people=view.people(wrong),
        miss=len(wrong),
        ways=lambda: [
            Change(x.name, becoming(view, rule.attribute, value, x))
            for x in wrong
            for value in turn[:2]
        ],
        hint="Choose somebody from {turn}.",
        turn=said,
        values=", ".join(sorted(view.title(rule.attribute, v) for x in wrong for v in own[id(x)])),
    )


def _barred(view: View, rule: seats.Rotation, turn: Sequence[str]) -> set[str]:
    """Values that had the seat and are not on turn, where not every value is known."""
    before = choose(view, rule.among, (*view.past, *(view.before or ()))).members
    had = {view.canon(rule.attribute, v) for x in before for v in view.of(x, rule.attribute) or ()}
    return had - set(turn)
