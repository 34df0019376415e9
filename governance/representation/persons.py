"""Rules on each person, on candidacies, and rules that no composition can keep or break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from governance.refusals import NOTHING_TO_SAY, Verdict, say
from governance.representation.becoming import becoming, joining
from governance.representation.choosing import choose
from governance.representation.composition import Change, Member
from governance.representation.counting import by_value
from governance.representation.found import (
    Found,
    broken,
    kept,
    not_on_file,
    range_of,
    shown,
    unknown,
)
from governance.representation.schemes import plainly
from governance.representation.terms import plus, somebody_else
from governance.representation.view import View
from governance.rulebook.bodies import times
from governance.rulebook.bodies.parts import Compared, Where


def eligibility(view: View, rule: times.Eligibility) -> Found:
    """Everybody is what each must be."""
    chosen = choose(view, rule.among)
    fit = choose(view, rule.requires, chosen.members)
    unfit = [x for x in chosen.members if x not in fit.members and x not in fit.unclear]
    if unfit:
        return _unfit(view, rule, unfit)
    if fit.unclear or chosen.unclear:
        missing = (*fit.missing, *chosen.missing)
        return not_on_file(view, missing[0], [*fit.unclear, *chosen.unclear])
    return kept(
        "{n} eligible: {required}",
        n=len(chosen.members),
        required=in_words(view, rule.requires),
    )


def _unfit(view: View, rule: times.Eligibility, unfit: Sequence[Member]) -> Found:
    names = view.people(unfit)
    return broken(
        "not {required}: {names}",
        people=names,
        miss=len(unfit),
        ways=lambda: list(_fitting(view, rule.requires, unfit)),
        hint="Choose somebody who is: {required}.",
        required=in_words(view, rule.requires),
        names=", ".join(names),
    )


def _fitting(view: View, requires: Where, people: Sequence[Member]) -> Iterator[Change]:
    """Somebody else in the place, who is what is required."""
    for place, member in enumerate(people, 1):
        facts = {**somebody_else(view, member, place), **joining(view, requires)}
        yield Change(member.name, {**facts, **_measured(view, requires, member)})
        yield Change(member.name, None)


def _measured(view: View, requires: Where, member: Member) -> dict[str, object]:
    """Facts that satisfy comparisons, where one is easily found."""
    facts: dict[str, object] = {}
    for attribute, wanted in requires.has.items():
        if not isinstance(wanted, Compared):
            continue
        if wanted.fact is not None and (told := view.fact(wanted.fact)) is not None:
            facts |= becoming(view, attribute, view.canon(attribute, told), member)
        edge = next((x for x in (wanted.at_least, wanted.at_most) if x is not None), None)
        if attribute in ("age", "age_at_start"):
            facts |= _born(view, attribute, wanted, member)
        elif edge is not None:
            facts[attribute] = edge
    return facts


def _born(view: View, attribute: str, wanted: Compared, member: Member) -> dict[str, object]:
    """A birthday at which somebody is of the age that is asked for."""
    day = view.on
    if attribute == "age_at_start":
        day = member.term_start or member.elected_on or view.on
    years: Fraction | None = None
    for edge, step in (
        (wanted.at_least, 0),
        (wanted.at_most, 0),
        (wanted.more_than, 1),
        (wanted.less_than, -1),
    ):
        if isinstance(edge, Fraction) and years is None:
            years = edge + step
    return {} if years is None else {"birth_date": day - timedelta(days=int(years * 1461 / 4) + 2)}


def in_words(view: View, where: Where) -> str:
    """A selection as people would say it."""
    said = [_line(view, attribute, wanted) for attribute, wanted in where.has.items()]
    said += [f"({' or '.join(in_words(view, each) for each in where.any_)})"] if where.any_ else []
    said += [in_words(view, each) for each in where.all_]
    said += [f"not {in_words(view, where.not_)}"] if where.not_ is not None else []
    return ", ".join(said) or "anybody"


def _line(view: View, attribute: str, wanted: object) -> str:
    name = attribute.replace("_", " ")
    if not isinstance(wanted, Compared):
        words = wanted if isinstance(wanted, tuple) else (wanted,)
        titles = [view.title(attribute, view.canon(attribute, x)) for x in words]
        return f"{name} {' or '.join(titles)}"
    signs = {"at_least": "at least", "at_most": "at most", "more_than": "more than"}
    signs |= {"less_than": "less than"}
    parts = [
        f"{sign} {value}"
        for key, sign in signs.items()
        if (value := getattr(wanted, key)) is not None
    ]
    if wanted.not_ is not None:
        words = wanted.not_ if isinstance(wanted.not_, tuple) else (wanted.not_,)
        parts.append(f"not {' or '.join(map(str, words))}")
    if wanted.fact is not None:
        told = view.fact(wanted.fact)
        parts.append(str(told) if told is not None else wanted.fact.replace("_", " "))
    if wanted.known is not None:
        parts.append("on file" if wanted.known else "not on file")
    return f"{name} {' and '.join(parts)}"


def incompatibility(view: View, rule: times.Incompatibility) -> Found:
    """Nobody is what nobody may be, or sits where nobody may sit too."""
    chosen = choose(view, rule.among)
    people: list[Member] = []
    unclear: list[Member] = list(chosen.unclear)
    missing: tuple[str, ...] = chosen.missing
    if rule.forbids is not None:
        forbidden = choose(view, rule.forbids, chosen.members)
        people += forbidden.members
        unclear += forbidden.unclear
        missing += forbidden.missing
    if rule.body is not None:
        if rule.body not in view.others:
            return unknown(
                "the members of {body} are not given",
                f"the members of {rule.body} (--with {rule.body}=FILE)",
                body=rule.body,
            )
        theirs = {plainly(each.name) for each in view.others[rule.body]}
        people += [each for each in chosen.members if plainly(each.name) in theirs]
    if people:
        return _incompatible(view, rule, people)
    if unclear:
        return not_on_file(view, (missing or ("facts",))[0], unclear)
    return kept("nobody of {n}", n=len(chosen.members))


def _incompatible(view: View, rule: times.Incompatibility, people: Sequence[Member]) -> Found:
    what = in_words(view, rule.forbids) if rule.forbids is not None else f"member of {rule.body}"
    names = view.people(people)
    return broken(
        "incompatible ({what}): {names}",
        people=names,
        miss=len(people),
        ways=lambda: [
            change
            for place, member in enumerate(people, 1)
            for change in (
                Change(member.name, {**somebody_else(view, member, place), **_free(view, rule)}),
                Change(member.name, None),
            )
        ],
        hint="Choose somebody else, or let them give up one of the two.",
        what=what,
        names=", ".join(names),
    )


def _free(view: View, rule: times.Incompatibility) -> dict[str, object]:
    """Facts that are not forbidden, where one value is."""
    facts: dict[str, object] = {}
    for attribute, wanted in rule.forbids.has.items() if rule.forbids is not None else ():
        if isinstance(wanted, Compared) or attribute in ("role", "chamber"):
            continue
        words = wanted if isinstance(wanted, tuple) else (wanted,)
        taken = {view.canon(attribute, x) for x in words}
        for value in view.possible(attribute):
            if value not in taken:
                facts |= becoming(view, attribute, value)
                break
    return facts


# --- candidacies ---------------------------------------------------------------------------


def nomination(view: View, rule: times.Nomination) -> Found:
    """What binds candidacies; without any, there is nothing to judge."""
    if view.candidates is None:
        return shown("binds candidacies: judged where a list of candidates is given")
    chosen = choose(view, rule.among, view.candidates)
    faults = [
        *_too_many(view, rule, chosen.members),
        *_too_few(view, rule, chosen.members),
        *_too_late(view, rule, chosen.members),
    ]
    if not faults:
        return kept("{n} candidacies", n=len(chosen.members))
    people = {name for _, names in faults for name in names}
    hint = "Ask for others, or for more."
    if rule.extend is not None and _too_few(view, rule, chosen.members):
        hint = f"Extend the window by {rule.extend}, at most {rule.times} time(s)."
    return broken(
        "{told}",
        people=tuple(sorted(people)),
        miss=len(faults),
        hint=hint,
        told="; ".join(text for text, _ in faults),
    )


Fault = tuple[str, tuple[str, ...]]


def _too_many(view: View, rule: times.Nomination, members: Sequence[Member]) -> Iterator[Fault]:
    if rule.at_most is None:
        return
    by, _ = by_value(view, members, rule.attribute)
    for value, own in sorted(by.items()):
        if len(own) > rule.at_most:
            title = view.title(rule.attribute, value)
            yield f"{title} has {len(own)} candidates, at most {rule.at_most}", view.people(own)


def _too_few(view: View, rule: times.Nomination, members: Sequence[Member]) -> Iterator[Fault]:
    if rule.at_least is not None:
        wanted = range_of(view, rule.at_least, len(members))
        if wanted.misses(len(members)):
            yield f"{len(members)} candidates where {wanted} required", ()
    if rule.more_than_seats:
        seats = view.fact("vacant_seats")
        if seats is not None and len(members) <= int(seats):
            yield f"{len(members)} candidates for {seats} seats", ()
    if rule.per is not None:
        by, _ = by_value(view, members, rule.per)
        for value, least in rule.each_at_least.items():
            own = by.get(view.canon(rule.per, value), [])
            if len(own) < least:
                title = view.title(rule.per, view.canon(rule.per, value))
                yield f"{title} has {len(own)} candidates, at least {least}", view.people(own)


def _too_late(view: View, rule: times.Nomination, members: Sequence[Member]) -> Iterator[Fault]:
    if rule.before is None or rule.of is None:
        return
    opening = view.fact(rule.of)
    if opening is None:
        return
    day = date.fromisoformat(str(opening))
    for each in members:
        found = view.of(each, "nominated_on")
        if found and isinstance(found[0], date) and plus(found[0], rule.before) > day:
            yield f"{each.name}: received {found[0]}, less than {rule.before} before", (each.name,)


def guide(view: View, rule: times.Guide) -> Found:
    """A guide for ballots: shown with what the composition has, never broken by an outcome."""
    by, _ = by_value(view, choose(view, rule.among).members, rule.attribute)
    numbers = {}
    for value, least in rule.each.items():
        key = view.canon(rule.attribute, value)
        numbers[view.title(rule.attribute, key)] = f"{len(by.get(key, ()))}, guide {least}"
    return shown(
        "binds ballots, not outcomes: {said}",
        said="; ".join(f"{key} {each}" for key, each in numbers.items()),
        numbers=numbers,
    )


def elsewhere(_: View, rule: times.Elsewhere) -> Found:
    """A rule that is kept elsewhere: in a vote, in a procedure."""
    said = str(rule.says) if rule.says is not None else "kept elsewhere"
    return Found(Verdict.ADVISORY, say("{said}", said=said), hint=NOTHING_TO_SAY)
