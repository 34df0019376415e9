"""Rules on seats that fall vacant: who fills them, who succeeds, who acts; and staggered terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil, floor

from governance.refusals import Sentence, say
from governance.representation.becoming import becoming
from governance.representation.choosing import choose
from governance.representation.composition import Change, Member
from governance.representation.demands import lowest_first
from governance.representation.found import (
    Found,
    amount,
    broken,
    kept,
    not_on_file,
    rounded,
    unknown,
)
from governance.representation.schemes import plainly
from governance.representation.terms import career, holder, nothing_of, plus, silent
from governance.representation.view import View, norm
from governance.rulebook.bodies import times
from governance.rulebook.parts import Period


def vacancy(view: View, rule: times.Vacancy) -> Found:
    """Who replaces somebody serves as the rule says, and shares what must be shared."""
    chosen = choose(view, rule.among)
    successors = [(x, _predecessor(view, x)) for x in chosen.members if _replaces(view, x)]
    if not successors:
        return kept("nobody replaces another")
    unknown_ = [x for x, before in successors if before is None]
    pairs = [(x, before) for x, before in successors if before is not None]
    wrong = [(x, why) for x, before in pairs if (why := _wrong(view, rule, x, before))]
    if wrong:
        return broken(
            "{told}",
            people=view.people(x for x, _ in wrong),
            miss=sum(len(why) for _, why in wrong),
            ways=lambda: _put_right(view, rule, pairs),
            hint="Correct the term, or choose somebody else.",
            told="; ".join(f"{x.name}: {', '.join(why)}" for x, why in wrong),
        )
    if unknown_:
        names = view.people(unknown_)
        return unknown(
            "the seat that is replaced is not on file for: {names}",
            "the predecessor's row, with term_end",
            people=names,
            names=", ".join(names),
        )
    told = [_told(rule, x, before) for x, before in pairs]
    return kept("{told}", told="; ".join(sorted(told)))


def _replaces(view: View, member: Member) -> bool:
    return bool(member.more.get("replaces")) or _inferred(view, member) is not None


def _inferred(view: View, member: Member) -> Member | None:
    """Who left the same single seat early, within whose term this one began."""
    if not member.role or member.term_start is None or member.acting:
        return None
    if sum(each.role == member.role for each in view.members) != 1:
        return None
    start = member.term_start
    for each in view.past:
        left = each.left_on
        end = each.term_end
        if each.role == member.role and left and end and left <= start <= end:
            return each
    return None


def _predecessor(view: View, member: Member) -> Member | None:
    name = member.more.get("replaces")
    if not name:
        return _inferred(view, member)
    listed = [
        each
        for each in (*view.past, *(view.before or ()))
        if plainly(str(name)) in (plainly(each.name), plainly(each.state))
    ]
    same_role = [each for each in listed if each.role == member.role]
    return max(same_role or listed, key=lambda each: str(each.last_day or ""), default=None)


def _wrong(view: View, rule: times.Vacancy, member: Member, before: Member) -> list[str]:
    said: list[str] = []
    dated = before.term_end is not None and member.term_end is not None
    if rule.serves == "remainder" and dated and member.term_end != before.term_end:
        said.append(f"term to {member.term_end}, the remainder is to {before.term_end}")
    for attribute in rule.same:
        was, now = view.of(before, attribute), view.of(member, attribute)
        if was is not None and now is not None and not set(map(norm, was)) & set(map(norm, now)):
            title = view.title(attribute, was[0])
            said.append(f"the seat is owed to {title}, not {view.title(attribute, now[0])}")
    if rule.only_if_more_than is not None and not _enough_left(rule, member, before):
        said.append(f"{rule.only_if_more_than} or less remained: the seat stays vacant")
    return said


def _enough_left(rule: times.Vacancy, member: Member, before: Member) -> bool:
    since = before.left_on or member.term_start
    if since is None or before.term_end is None or rule.only_if_more_than is None:
        return True
    return plus(since, rule.only_if_more_than) < before.term_end


def _put_right(
    view: View, rule: times.Vacancy, pairs: Sequence[tuple[Member, Member]]
) -> list[Change]:
    found: list[Change] = []
    for member, before in pairs:
        if rule.serves == "remainder" and before.term_end is not None:
            found.append(Change(member.name, {"term_end": before.term_end}))
        for attribute in rule.same:
            was = view.of(before, attribute)
            if was is not None:
                facts = becoming(view, attribute, norm(was[0]), member)
                found.append(Change(member.name, facts))
        found.append(Change(member.name, None))
    return found


def _told(rule: times.Vacancy, member: Member, before: Member) -> str:
    if rule.serves == "full_term":
        return f"{member.name} replaces {before.name} for a term of their own"
    return f"{member.name} serves the remainder of {before.name}'s term, to {before.term_end}"


# --- succession ----------------------------------------------------------------------------


def succession(view: View, rule: times.Succession) -> Found:
    """Who takes the office while nobody holds it; whether who acts may act still."""
    holders = [each for each in view.members if each.role == rule.role]
    acting = [each for each in holders if each.acting]
    if acting:
        return _acting(view, rule, acting[0])
    if holders:
        return kept(
            "{role} is held by {name}",
            role=view.title("role", rule.role),
            name=", ".join(view.people(holders)),
        )
    for role in rule.by:
        heirs = [each for each in view.members if each.role == role and not each.acting]
        if heirs:
            return _takes(view, rule, heirs[0], say("succeeds by right"))
    if rule.acting is None or _occupied(view, rule.unless_vacant):
        return kept("{role} is vacant", role=view.title("role", rule.role))
    first = acting_for(view, rule)
    if first is None:
        return unknown("nobody is there to act", "members in the roles that act")
    return _takes(view, rule, first[0], first[1])


def _occupied(view: View, roles: Sequence[str]) -> bool:
    return any(each.role in roles for each in view.members)


def _takes(view: View, rule: times.Succession, member: Member, why: Sentence) -> Found:
    found = kept(
        "{role} is vacant: {name} {why}",
        role=view.title("role", rule.role),
        name=member.name,
        why=str(why),
        numbers={"vacant": rule.role, "takes": member.name},
    )
    return replace(found, people=(member.name,))


def acting_for(view: View, rule: times.Succession) -> tuple[Member, Sentence] | None:
    """Who acts while the office is vacant, and why this one."""
    if rule.acting is None:
        return None
    able = [each for each in view.members if each.role in rule.acting.from_ and not each.acting]
    if not able:
        return None
    if rule.acting.first == "as_listed":
        order = rule.acting.from_
        first = min(able, key=lambda x: (order.index(x.role), x.name))
        return first, say("acts, first in the order of roles")
    if rule.acting.first == "oldest":
        first = min(able, key=lambda x: (str(x.birth_date or "9999"), x.name))
        return first, say("acts, as the oldest")
    since = {id(x): _serving_since(view, rule.acting, x) for x in able}
    first = min(able, key=lambda x: (since[id(x)] or date.max, x.name))
    begun = since[id(first)]
    cap = f", for at most {rule.acting.at_most}" if rule.acting.at_most is not None else ""
    return first, say(
        "acts, the longest serving: since {since}{cap}", since=str(begun or "unknown"), cap=cap
    )


def _serving_since(view: View, acting: times.Acting, member: Member) -> date | None:
    """The first day of unbroken service in the roles that count."""
    starts = [
        each.term_start
        for each in (member, *career(view, member, acting.service_in))
        if each.term_start is not None
    ]
    told = member.more.get("member_since")
    if isinstance(told, date):
        starts.append(told)
    return min(starts, default=None)


def _acting(view: View, rule: times.Succession, member: Member) -> Found:
    cap = rule.acting.at_most if rule.acting is not None else None
    if cap is None:
        return kept("{name} acts", name=member.name)
    if member.term_start is None:
        return not_on_file(view, "term_start", [member])
    last = plus(member.term_start, cap)
    if view.on > last:
        return broken(
            "{name} has acted since {since}, at most {cap}",
            people=(member.name,),
            ways=lambda: [Change(member.name, None)],
            hint="Fill the office.",
            name=member.name,
            since=str(member.term_start),
            cap=str(cap),
        )
    return kept("{name} acts until {last} at the latest", name=member.name, last=str(last))


# --- staggered terms -----------------------------------------------------------------------


def stagger(view: View, rule: times.Stagger) -> Found:
    """Terms do not end all at once, and enough members stay when a composition is renewed."""
    chosen = choose(view, rule.among)
    if view.before is not None and (found := _staying(view, rule, chosen.members)) is not None:
        return found
    if rule.ending_at_most is None and rule.share_at_most is None:
        if view.before is None:
            return silent(
                unknown("the composition before is not given", "the composition before (compare)")
            )
        return kept("as many members stay as required")
    return _endings(view, rule, chosen.members)


def _staying(view: View, rule: times.Stagger, members: Sequence[Member]) -> Found | None:
    """What is wrong with how many stay from the composition before; None where nothing is."""
    before = {holder(view, each) for each in view.before or ()}
    stayed = [each for each in members if holder(view, each) in before]
    n, size = len(stayed), len(members)
    if rule.staying_at_least is not None and n < (need := ceil(rule.staying_at_least * size)):
        return broken(
            "{n} of {all} stay where at least {need} required",
            miss=need - n,
            hint="Let more members stay.",
            n=n,
            all=size,
            need=need,
        )
    if rule.staying_at_most is not None and n > (most := floor(rule.staying_at_most * size)):
        return broken(
            "{n} of {all} stay where at most {most} may",
            people=view.people(stayed),
            miss=n - most,
            hint="Let more members be renewed.",
            n=n,
            all=size,
            most=most,
        )
    return None


def _endings(view: View, rule: times.Stagger, members: Sequence[Member]) -> Found:
    dated = [each for each in members if each.term_end is not None]
    if members and not dated:
        return nothing_of("term_end")
    if len(dated) < len(members):
        return not_on_file(view, "term_end", [x for x in members if x.term_end is None])
    most = _most(view, rule, len(members))
    ending: dict[str, list[Member]] = defaultdict(list)
    cut = {"year": 4, "month": 7, "day": 10}[rule.together]
    for each in dated:
        ending[str(each.term_end)[:cut]].append(each)
    crowded = {key: own for key, own in sorted(ending.items()) if len(own) > most}
    said = ", ".join(f"{key}: {len(own)}" for key, own in sorted(ending.items()))
    if not crowded:
        return kept("terms end {said}; at most {most} together", said=said, most=most)
    return broken(
        "terms end {said}; at most {most} may end together",
        people=view.people(x for own in crowded.values() for x in own),
        miss=sum(len(own) - most for own in crowded.values()),
        ways=lambda: [
            Change(x.name, {"term_end": _later(x.term_end, years)})
            for own in crowded.values()
            for x in lowest_first(view, own)[:6]
            for years in (1, 2, 3)
            if x.term_end is not None
        ],
        hint="Let some terms end at another time.",
        said=said,
        most=most,
    )


def _most(view: View, rule: times.Stagger, size: int) -> int:
    if rule.ending_at_most is not None:
        return amount(view, rule.ending_at_most, size)
    return rounded(Fraction(rule.share_at_most or 0) * size, rule.rounding)


def _later(day: date | None, years: int) -> date:
    return plus(day or date.max, Period(years=years))
