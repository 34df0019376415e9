"""Rules on shares of those selected, and on what they may not have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor

from governance.representation.becoming import becoming, joining, other_states
from governance.representation.choosing import Chosen, choose
from governance.representation.composition import Change, Member
from governance.representation.counting import by_value
from governance.representation.demands import TRIES, lowest_first
from governance.representation.found import (
    Found,
    Range,
    broken,
    kept,
    not_on_file,
    rounded,
    unknown,
)
from governance.representation.view import View
from governance.rulebook.bodies import seats


def wanted_share(rule: seats.ShareOf, base: int) -> Range:
    """The numbers that a share of a base comes to."""
    least, most = 0, None
    if rule.at_least is not None:
        exact = rule.at_least * base
        least = ceil(exact) if rule.rounding == "exact" else rounded(exact, rule.rounding)
    if rule.more_than is not None:
        least = max(least, floor(rule.more_than * base) + 1)
    if rule.at_most is not None:
        exact = rule.at_most * base
        most = floor(exact) if rule.rounding == "exact" else rounded(exact, rule.rounding)
    return Range(least, most)


def share(view: View, rule: seats.ShareOf) -> Found:
    """A share of those selected."""
    chosen = choose(view, rule.among)
    inside = choose(view, rule.of, chosen.members)
    base, n = len(chosen.members), len(inside.members)
    wanted = wanted_share(rule, base)
    numbers = {"counted": n, "of": base, "required": str(wanted)}
    open_ = [*chosen.unclear, *inside.unclear]
    best = n + len(inside.unclear)
    if wanted.misses(n) and (not open_ or (wanted.misses(best) and not chosen.unclear)):
        return broken(
            "{n} of {base} where {wanted} required",
            people=view.people(inside.members),
            miss=wanted.misses(n),
            ways=lambda: list(_share_ways(view, rule, chosen.members, inside.members)),
            hint="Choose others, until it is {wanted}.",
            n=n,
            base=base,
            wanted=str(wanted),
            numbers=numbers,
        )
    if open_ and (wanted.misses(n) or wanted.misses(best) or chosen.unclear):
        attribute = (inside.missing or chosen.missing or ("sex",))[0]
        return not_on_file(view, attribute, open_)
    return kept(
        "{n} of {base}, {wanted} required", n=n, base=base, wanted=str(wanted), numbers=numbers
    )


def _share_ways(
    view: View, rule: seats.ShareOf, base: Sequence[Member], inside: Sequence[Member]
) -> Iterator[Change]:
    counted = {id(each) for each in inside}
    into = joining(view, rule.of)
    too_few = wanted_share(rule, len(base)).least > len(inside)
    if too_few and into:
        for member in lowest_first(view, [x for x in base if id(x) not in counted])[:TRIES]:
            yield Change(member.name, into)
        yield Change(None, {**joining(view, rule.among), **into})
    for member in lowest_first(view, inside)[:TRIES] if not too_few else ():
        for attribute, wanted in rule.of.has.items():
            taken = {view.canon(attribute, x) for x in _listed(wanted)}
            for value in view.possible(attribute):
                if value not in taken:
                    yield Change(member.name, becoming(view, attribute, value, member))
        yield Change(member.name, None)


def _listed(wanted: object) -> tuple[object, ...]:
    return wanted if isinstance(wanted, tuple) else (wanted,)


def balance(view: View, rule: seats.Balance) -> Found:
    """The numbers of the values differ by no more than allowed."""
    chosen = choose(view, rule.among)
    by, blank = by_value(view, chosen.members, rule.attribute)
    values = [view.canon(rule.attribute, x) for x in rule.values] or list(
        dict.fromkeys((*view.possible(rule.attribute), *sorted(by)))
    )
    if blank or chosen.unclear:
        return not_on_file(view, rule.attribute, [*blank, *chosen.unclear])
    counts = {each: len(by.get(each, ())) for each in values}
    apart = max(counts.values(), default=0) - min(counts.values(), default=0)
    said = ", ".join(f"{view.title(rule.attribute, key)} {n}" for key, n in counts.items())
    if apart <= rule.at_most:
        return kept("{said}", said=said, numbers=counts)
    low, high = min(counts, key=counts.__getitem__), max(counts, key=counts.__getitem__)
    return broken(
        "{said}: {apart} apart where {most} is allowed",
        people=view.people(by[high]),
        miss=sum(abs(n * len(counts) - sum(counts.values())) for n in counts.values()),
        ways=lambda: [
            *(
                Change(x.name, becoming(view, rule.attribute, low, x))
                for x in lowest_first(view, by[high])[:TRIES]
            ),
            *(Change(x.name, None) for x in lowest_first(view, by[high])[:TRIES]),
        ],
        hint="Choose more of {low}.",
        said=said,
        apart=apart,
        most=rule.at_most,
        low=view.title(rule.attribute, low),
        numbers=counts,
    )


# --- disjoint ------------------------------------------------------------------------------


def disjoint(view: View, rule: seats.Disjoint) -> Found:
    """Nothing in common between two selections, or with another body."""
    ours = choose(view, rule.among)
    if rule.body is not None and rule.body not in view.others:
        return unknown(
            "the members of {body} are not given",
            f"the members of {rule.body} (--with {rule.body}=FILE)",
            body=rule.body,
        )
    pool = view.members if rule.body is None else view.others[rule.body]
    theirs = choose(view, rule.and_, pool) if rule.and_ is not None else Chosen(tuple(pool))
    mine, blank = by_value(view, ours.members, rule.attribute)
    others, blank_too = by_value(view, theirs.members, rule.attribute)
    open_ = [*blank, *blank_too, *ours.unclear, *theirs.unclear]
    both = [
        value
        for value in sorted(set(mine) & set(others))
        if any(one is not other for one in mine[value] for other in others[value])
    ]
    if not both:
        if open_:
            return not_on_file(view, rule.attribute, open_)
        return kept("nothing in common")
    people = [x for value in both for x in (*mine[value], *others[value])]
    movable = [x for value in both for x in mine[value]]

    def ways() -> Iterator[Change]:
        for member in lowest_first(view, movable)[:TRIES]:
            values = (
                other_states(view, member)[:3]
                if rule.attribute == "state"
                else [x for x in view.possible(rule.attribute) if x not in others]
            )
            for value in values:
                if value not in others:
                    yield Change(member.name, becoming(view, rule.attribute, value, member))
            yield Change(member.name, None)

    return broken(
        "in common: {values}",
        people=view.people(people),
        miss=len(movable),
        ways=ways,
        hint="Choose somebody else in one of the two places.",
        values=", ".join(view.title(rule.attribute, each) for each in both),
    )
