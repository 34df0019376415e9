"""Rules on terms: how long, how many, and who may be elected again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from governance.representation.becoming import Facts, other_states
from governance.representation.choosing import choose
from governance.representation.composition import Change, Member
from governance.representation.found import Found, broken, kept, not_on_file, unknown
from governance.representation.schemes import plainly
from governance.representation.view import View
from governance.rulebook.bodies import times
from governance.rulebook.parts import Period

DAYS_IN = {"hours": 0, "days": 1, "working_days": 1, "weeks": 7}
HISTORY = ("terms_before", "consecutive_before", "previous_role")


def plus(day: date, period: Period) -> date:
    """The day so long after another; the last of the month where there is no such day."""
    return _moved(day, period, 1)


def minus(day: date, period: Period) -> date:
    """The day so long before another."""
    return _moved(day, period, -1)


def _moved(day: date, period: Period, sign: int) -> date:
    if period.unit not in ("months", "years"):
        return day + timedelta(days=sign * period.count * DAYS_IN[period.unit])
    months = sign * period.count * (12 if period.unit == "years" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, 28)


def holder(view: View, member: Member) -> str:
    """Who holds the seat, for counting terms: the person, or the state whose seat it is."""
    return member.state if view.body.held_by == "states" else plainly(member.name)


def career(view: View, member: Member, roles: Sequence[str] = ()) -> list[Member]:
    """The earlier terms of who holds a seat, the latest first."""
    mine = holder(view, member)
    start = member.term_start or view.on
    listed = [
        each
        for each in (*view.past, *(view.before or ()))
        if each is not member
        and holder(view, each) == mine
        and (not roles or each.role in roles)
        and _is_earlier(each, start)
    ]
    once = {(each.role, each.term_start, each.term_end): each for each in listed}
    return sorted(once.values(), key=lambda each: str(each.last_day or ""), reverse=True)


def _is_earlier(term: Member, start: date) -> bool:
    end = term.last_day
    return end is not None and end <= start


def knows_history(view: View, members: Iterable[Member]) -> bool:
    """Whether the file says anything of earlier terms; rows of earlier terms are taken as all."""
    return (
        bool(view.past)
        or bool(view.before)
        or any(key in each.more for each in members for key in HISTORY)
    )


def silent(found: Found) -> Found:
    """A finding on which the file says nothing at all."""
    return replace(found, silent=True)


def nothing_of(attribute: str) -> Found:
    """The file says nothing of this for anybody."""
    name = attribute.replace("_", " ")
    return silent(unknown("{name} is not on file for anybody", attribute, name=name))


def no_history() -> Found:
    """Nothing is on file of earlier terms."""
    return silent(
        unknown(
            "earlier terms are not on file",
            "earlier terms: rows with term_start and term_end, or terms_before, previous_role",
        )
    )


def somebody_else(view: View, member: Member, number: int = 1) -> Facts:
    """The facts of another holder of the same seat, who never sat before."""
    clean: Facts = {
        key: blank
        for key, blank in (
            ("terms_before", Fraction(0)),
            ("consecutive_before", Fraction(0)),
            ("previous_role", ()),
        )
        if key in member.more
    }
    if view.body.held_by == "states":
        had = {each.state for each in (*view.past, *(view.before or ()))}
        states = [each for each in other_states(view, member) if each not in had]
        return {"state": states[0], "name": states[0], **clean} if states else {}
    return {"name": f"somebody else {number} for {member.name}", **clean}


# --- the length of a term ------------------------------------------------------------------


def term(view: View, rule: times.Term) -> Found:
    """No term is longer than the rule says; a remainder may be shorter."""
    chosen = choose(view, rule.among)
    regular = [each for each in chosen.members if not each.acting]
    if regular and all(each.term_start is None and each.term_end is None for each in regular):
        return nothing_of("term_start")
    blank = [each for each in regular if each.term_start is None or each.term_end is None]
    wrong = [each for each in regular if each not in blank and not _right_length(rule, each)]
    if wrong:
        return _wrong_length(view, rule, wrong)
    if blank or chosen.unclear:
        dates = ("term_start", "term_end")
        lacking = [key for key in dates if any(getattr(each, key) is None for each in blank)]
        return not_on_file(view, " and ".join(lacking or dates), [*blank, *chosen.unclear])
    return kept("{n} terms of {length}", n=len(regular), length=str(rule.length))


def _wrong_length(view: View, rule: times.Term, wrong: Sequence[Member]) -> Found:
    told = ", ".join(f"{x.name} {x.term_start} to {x.term_end}" for x in wrong)
    return broken(
        "a term is {length}: {told}",
        people=view.people(wrong),
        miss=len(wrong),
        ways=lambda: [Change(each.name, {"term_end": _end(rule, each)}) for each in wrong],
        hint="Correct the end of the term.",
        length=str(rule.length),
        told=told,
    )


def _end(rule: times.Term, member: Member) -> date:
    assert member.term_start is not None  # noqa: S101 -- only those with a start come here
    return plus(member.term_start, rule.length) - timedelta(days=1)


def _right_length(rule: times.Term, member: Member) -> bool:
    """The last day may be the day before the anniversary, or the anniversary itself."""
    assert member.term_start is not None and member.term_end is not None  # noqa: S101, PT018
    longest = plus(member.term_start, rule.length)
    if member.term_end > longest:
        return False
    replaces = bool(member.more.get("replaces"))
    return replaces or not rule.exactly or member.term_end >= longest - timedelta(days=1)


# --- how many terms ------------------------------------------------------------------------


def term_limit(view: View, rule: times.TermLimit) -> Found:
    """Nobody serves more terms, or years, than allowed."""
    chosen = choose(view, rule.among)
    people = [each for each in chosen.members if rule.acting_counts or not each.acting]
    if people and not knows_history(view, people):
        return no_history()
    over: list[tuple[Member, str]] = []
    blank: list[Member] = []
    for member in people:
        said = _over(view, rule, member)
        if said is None:
            blank.append(member)
        elif said:
            over.append((member, said))
    if over:
        return broken(
            "{told}",
            people=view.people(member for member, _ in over),
            miss=len(over),
            ways=lambda: [
                Change(member.name, somebody_else(view, member, place))
                for place, (member, _) in enumerate(over, 1)
            ],
            hint="Choose somebody else.",
            told="; ".join(f"{member.name}: {said}" for member, said in over),
        )
    if blank or chosen.unclear:
        return not_on_file(view, "terms_before", [*blank, *chosen.unclear])
    return kept("{n} within the limit", n=len(people))


def _over(view: View, rule: times.TermLimit, member: Member) -> str | None:
    """How a limit is passed; empty where none is; None where it is not on file."""
    roles = rule.together or ((member.role,) if member.role else ())
    earlier = [x for x in career(view, member, roles) if _counts(rule, x)]
    present = 1 if _counts(rule, member) else 0
    if rule.years is not None and (said := _years(view, rule, [member, *earlier])) != "":
        return said
    if rule.lifetime is not None:
        before = _told(member, "terms_before")
        if before is None:
            return None
        total = present + len(earlier) + before
        if total > rule.lifetime:
            return f"{total} terms in all, the limit is {rule.lifetime}"
    if rule.consecutive is not None:
        before = _told(member, "consecutive_before")
        if before is None:
            return None
        row = present + before + _in_a_row(rule, member, earlier)
        if row > rule.consecutive:
            return f"{row} terms in a row, the limit is {rule.consecutive}"
    return ""


def _told(member: Member, column: str) -> int | None:
    """What a column says of earlier terms; nothing where the file has no such column."""
    if column not in member.more:
        return 0
    value = member.more[column]
    return None if value is None else int(value)


def _counts(rule: times.TermLimit, member: Member) -> bool:
    if member.acting and not rule.acting_counts:
        return False
    if rule.longer_than is not None and not _is_longer(member, rule.longer_than):
        return False
    if not member.more.get("replaces") or rule.remainder_counts is True:
        return True
    return rule.remainder_counts is not False and _is_longer(member, rule.remainder_counts)


def _is_longer(member: Member, length: Period) -> bool:
    """Whether a term was longer; one without dates is a whole term."""
    start, end = member.term_start, member.last_day
    return start is None or end is None or plus(start, length) < end


def _in_a_row(rule: times.TermLimit, member: Member, earlier: Sequence[Member]) -> int:
    row, start = 0, member.term_start
    for each in earlier:
        end = each.last_day
        if start is None or end is None or plus(end, rule.break_after) < start:
            break
        row, start = row + 1, each.term_start
    return row


def _years(view: View, rule: times.TermLimit, terms: Sequence[Member]) -> str | None:
    days = 0
    for each in terms:
        end = each.last_day or view.on
        if each.term_start is None:
            return None
        days += (end - each.term_start).days + 1
    limit = rule.years or 0
    first = min(each.term_start for each in terms if each.term_start)
    allowed = (plus(first, Period(years=limit)) - first).days + 1 if limit else 0
    return f"{days // 365} years in all, the limit is {limit}" if days > allowed else ""


# --- elected again -------------------------------------------------------------------------


def re_election(view: View, rule: times.ReElection) -> Found:
    """Nobody was elected whom the matrix bars."""
    chosen = choose(view, rule.among)
    people = [each for each in chosen.members if not each.acting]
    if people and not knows_history(view, people):
        return no_history()
    barred = [(each, why) for each in people if (why := _barred(view, rule, each))]
    if not barred:
        return kept("nobody is barred of {n}", n=len(people))
    return broken(
        "{told}",
        people=view.people(member for member, _ in barred),
        miss=len(barred),
        ways=lambda: [
            Change(member.name, somebody_else(view, member, place))
            for place, (member, _) in enumerate(barred, 1)
        ],
        hint="Choose somebody else.",
        told="; ".join(f"{member.name}: {why}" for member, why in barred),
    )


def _barred(view: View, rule: times.ReElection, member: Member) -> str:
    for held, ended in _held_before(view, member):
        for step in rule.matrix:
            if step.allowed or not _speaks_of(step, held, member.role):
                continue
            until = plus(ended, step.after or rule.immediate) if ended is not None else None
            if until is None or (member.term_start or view.on) < until:
                was = view.title("role", held) if held else "member"
                when = f" until {ended}" if ended is not None else " immediately before"
                return f"was {was}{when}, and may not be {_what(view, member)} again"
    return ""


def _what(view: View, member: Member) -> str:
    return view.title("role", member.role) if member.role else "elected"


def _speaks_of(step: times.Step, held: str, role: str) -> bool:
    if step.from_ and held not in step.from_:
        return False
    return not step.to or role in step.to or ("same" in step.to and held == role)


def _held_before(view: View, member: Member) -> list[tuple[str, date | None]]:
    """Roles held before, and until when; None: immediately before."""
    told = member.more.get("previous_role") or ()
    return [
        *((each.role, each.last_day) for each in career(view, member) if not each.acting),
        *((role, None) for role in ((told,) if isinstance(told, str) else told)),
    ]


def cooling_off(view: View, rule: times.CoolingOff) -> Found:
    """So much time has passed since somebody left a role, or since a date."""
    chosen = choose(view, rule.among)
    too_soon: list[tuple[Member, date]] = []
    blank: list[Member] = []
    for member in chosen.members:
        since = _since(view, rule, member)
        start = member.term_start or member.elected_on or view.on
        if since is not None and start < plus(since, rule.period):
            too_soon.append((member, since))
        if rule.after_date is not None and rule.after_date not in member.more:
            blank.append(member)
    if too_soon:
        return broken(
            "less than {period} since: {told}",
            people=view.people(member for member, _ in too_soon),
            miss=len(too_soon),
            ways=lambda: [
                Change(x.name, {"term_start": plus(since, rule.period), "elected_on": None})
                for x, since in too_soon
            ],
            hint="Wait until the time has passed, or choose somebody else.",
            period=str(rule.period),
            told=", ".join(f"{member.name} {since}" for member, since in too_soon),
        )
    if rule.after_roles and chosen.members and not knows_history(view, chosen.members):
        return no_history()
    if blank:
        return not_on_file(view, str(rule.after_date), blank)
    return kept("enough time has passed for {n}", n=len(chosen.members))


def _since(view: View, rule: times.CoolingOff, member: Member) -> date | None:
    days = [x.last_day for x in career(view, member, rule.after_roles)] if rule.after_roles else []
    if rule.after_date is not None:
        found = view.of(member, rule.after_date)
        days += [each for each in found or () if isinstance(each, date)]
    return max((each for each in days if each is not None), default=None)
