"""The search for slates: choices of candidates that keep every limit.

Counting first: limits that candidates cannot reach end it at once. Then a search over candidates,
state by state, that remembers where it failed. There is always a time limit, and it is noted when
it was hit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from time import monotonic

from governance.representation.choosing import comparable
from governance.representation.composition import Member
from governance.representation.found import Range
from governance.representation.limits import Compiled, Limit, bars, compiled
from governance.representation.view import View
from governance.rulebook.bodies.combined import ExceptionClause
from governance.rulebook.bodies.parts import Rule

Counts = tuple[int, ...]


@dataclass
class Watch:
    """Until when one may search; `hit`: the time was not enough."""

    ends: float
    hit: bool = False

    @classmethod
    def of(cls, seconds: float) -> Watch:
        """A watch that runs for so long."""
        return cls(monotonic() + seconds)

    def is_over(self) -> bool:
        """Whether the time is over; notes that it was."""
        if monotonic() > self.ends:
            self.hit = True
        return self.hit


@dataclass(frozen=True)
class Option:
    """A candidate in a role and chamber: the limits that this one counts for, the rules against."""

    member: Member
    counts: tuple[int, ...]
    bars: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ground:
    """What is the same however many rules are left out: limits, and who counts for which."""

    limits: tuple[Limit, ...]
    start: Counts
    options: tuple[tuple[Option, ...], ...]  # of each candidate, state by state
    rest: tuple[Rule, ...]
    sitting: tuple[str, ...]  # candidates who sit already


@dataclass(frozen=True)
class Task:
    """What is to be completed: who sits, who may come, and how many seats are free, if said."""

    view: View
    candidates: tuple[Member, ...]
    seats: int | None = None
    without: frozenset[str] = frozenset()  # rules left out, to find what clashes
    ground: Ground | None = None


@dataclass
class Plan:
    """A task made ready: the limits that are left, what sits already, each candidate's options."""

    task: Task
    limits: tuple[Limit, ...]
    start: Counts
    options: list[list[Option]]
    available: list[Counts]
    rest: tuple[Rule, ...]
    barred: dict[str, list[str]] = field(default_factory=dict)


def binding(view: View, without: frozenset[str] = frozenset()) -> list[Rule]:
    """The rules that a slate must keep; clauses of exception are tried apart."""
    return [
        each
        for each in view.body.rules
        if each.severity == "binding"
        and each.in_force(view.on)
        and each.id not in without
        and not isinstance(each, ExceptionClause)
    ]


def ground_of(task: Task, rules: Sequence[Rule] | None = None) -> Ground:
    """The ground of a task: every limit, and every candidate held against every limit, once."""
    view = task.view
    law = binding(view) if rules is None else list(rules)
    pool = (*view.members, *task.candidates)
    size = _size(view, law, pool, task)
    ready = compiled(view, law, pool, size)
    limits = _with_seats(task, ready, size)
    names = {each.name for each in view.members}
    region = {id(x): str((view.of(x, "region") or ("",))[0]) for x in task.candidates}
    order = sorted(task.candidates, key=lambda x: (region[id(x)], x.state, -score(x), x.name))
    return Ground(
        limits,
        tuple(sum(each.test(x) for x in view.members) for each in limits),
        tuple(
            tuple(_options(view, ready, limits, each)) for each in order if each.name not in names
        ),
        ready.rest,
        tuple(each.name for each in order if each.name in names),
    )


def _options(
    view: View, ready: Compiled, limits: Sequence[Limit], candidate: Member
) -> Iterator[Option]:
    for member in in_each_place(view, candidate):
        against = tuple(rule.id for rule in ready.alone if bars(view, rule, member))
        counts = tuple(place for place, each in enumerate(limits) if each.test(member))
        yield Option(member, counts, against)


def plan_of(task: Task, rules: Sequence[Rule] | None = None) -> Plan:
    """The task made ready to be searched, without the rules that are left out."""
    ground = task.ground or ground_of(task, rules)
    left = [x for x, each in enumerate(ground.limits) if each.rule.id not in task.without]
    place = {old: new for new, old in enumerate(left)}
    limits = tuple(ground.limits[x] for x in left)
    start = tuple(ground.start[x] for x in left)
    rest = tuple(x for x in ground.rest if x.id not in task.without)
    plan = Plan(task, limits, start, [], [], rest)
    if ground.sitting:
        plan.barred["sits already"] = list(ground.sitting)
    for options in ground.options:
        if own := _left(plan, options, place):
            plan.options.append(own)
    plan.available = _available(plan)
    return plan


def _left(plan: Plan, options: Sequence[Option], place: Mapping[int, int]) -> list[Option]:
    """The options that no rule bars; those that count alike are one."""
    found: dict[Counts, Option] = {}
    for each in options:
        against = [x for x in each.bars if x not in plan.task.without]
        if against:
            plan.barred.setdefault(against[0], []).append(each.member.name)
            continue
        counts = tuple(place[x] for x in each.counts if x in place)
        if all(plan.limits[x].wanted.most != 0 for x in counts):
            found.setdefault(counts, Option(each.member, counts))
    return list(found.values())


def _size(view: View, law: Sequence[Rule], pool: Sequence[Member], task: Task) -> int:
    """How many there will be in all, where a rule or the free seats say so; otherwise 0."""
    if task.seats is not None:
        return len(view.members) + task.seats
    first = compiled(view, law, pool, len(view.members))
    exact = [
        each.wanted.least
        for each in first.limits
        if each.label in ("members", "seats")
        and each.rule.among.is_everybody
        and each.wanted.least == each.wanted.most
    ]
    return max(exact, default=0)


def _with_seats(task: Task, ready: Compiled, size: int) -> tuple[Limit, ...]:
    if task.seats is None:
        return ready.limits
    rule = Rule.model_validate({"id": "seats", "article": {"own": "the number of free seats"}})
    return (*ready.limits, Limit(rule, "members", Range(size, size), lambda _: True))


def in_each_place(view: View, candidate: Member) -> Iterator[Member]:
    """A candidate in every role and chamber that is open to one who names none."""
    roles = [candidate.role] if candidate.role or not view.body.roles else []
    chambers = [candidate.chamber] if candidate.chamber or not view.body.chambers else []
    roles = roles or [each.key for each in view.body.roles]
    chambers = chambers or [each.key for each in view.body.chambers]
    for role, chamber in product(roles, chambers):
        yield (
            candidate
            if (role, chamber) == (candidate.role, candidate.chamber)
            else replace(candidate, role=role, chamber=chamber)
        )


def _available(plan: Plan) -> list[Counts]:
    """For each place in the order: how many from there on could count for each limit.

    Candidates of one state count once where no state may come twice.
    """
    caps = {
        place: each.wanted.most
        for place, each in enumerate(plan.limits)
        if each.per == "state" and each.wanted.most is not None
    }
    found: list[Counts] = [(0,) * len(plan.limits)]
    by_state: dict[str, dict[int, int]] = {}
    for options in reversed(plan.options):
        now = list(found[-1])
        own = by_state.setdefault(options[0].member.state, {})
        cap = min(
            (caps[x] - plan.start[x] for each in options for x in each.counts if x in caps),
            default=None,
        )
        for place in {x for each in options for x in each.counts}:
            if cap is None or own.get(place, 0) < cap:
                own[place] = own.get(place, 0) + 1
                now[place] += 1
        found.append(tuple(now))
    found.reverse()
    return found


def short(plan: Plan) -> list[tuple[Limit, int]]:
    """Limits that cannot be reached by anybody: with the most that could be counted."""
    return [
        (limit, have)
        for limit, start, more in zip(plan.limits, plan.start, plan.available[0], strict=True)
        for have in (start + more,)
        if have < limit.wanted.least
    ]


def crowded(plan: Plan) -> list[tuple[Limit, int]]:
    """Limits that those who sit have passed already."""
    return [
        (limit, start)
        for limit, start in zip(plan.limits, plan.start, strict=True)
        if limit.wanted.most is not None and start > limit.wanted.most
    ]


def search(plan: Plan, watch: Watch) -> Iterator[tuple[Member, ...]]:
    """Every choice of candidates that keeps all limits, as long as the time lasts."""
    if short(plan) or crowded(plan):
        return
    yield from _Search(plan, watch).from_(0, plan.start, ())


class _Search:
    """A walk over the candidates that remembers from where nothing was found."""

    def __init__(self, plan: Plan, watch: Watch) -> None:
        self.plan, self.watch = plan, watch
        self.failed: set[tuple[int, Counts]] = set()
        self.caps = [each.wanted.most for each in plan.limits]
        self.least = [each.wanted.least for each in plan.limits]
        self.live = [[x for x in range(len(plan.limits)) if more[x]] for more in plan.available]
        self.ticks = 0

    def from_(
        self, place: int, counts: Counts, chosen: tuple[Member, ...]
    ) -> Iterator[tuple[Member, ...]]:
        more = self.plan.available[place]
        if any(map(_falls_short, counts, more, self.least)) or self._late():
            return
        if place == len(self.plan.options):
            yield chosen
            return
        key = (place, tuple(self._kept(x, counts[x]) for x in self.live[place]))
        if key in self.failed:
            return
        any_found = False
        for option in self._tries(place, counts):
            after = counts if option is None else self._with(counts, option)
            if after is None:
                continue
            joined = chosen if option is None else (*chosen, option.member)
            for found in self.from_(place + 1, after, joined):
                any_found = True
                yield found
        if not any_found and not self.watch.hit:
            self.failed.add(key)

    def _tries(self, place: int, counts: Counts) -> Iterator[Option | None]:
        """Take the candidate where somebody like that is still needed, else pass by first."""
        options = self.plan.options[place]
        needed = [x for x in options if any(counts[y] < self.least[y] for y in x.counts)]
        yield from needed
        yield None
        yield from (x for x in options if x not in needed)

    def _with(self, counts: Counts, option: Option) -> Counts | None:
        after = list(counts)
        for x in option.counts:
            after[x] += 1
            cap = self.caps[x]
            if cap is not None and after[x] > cap:
                return None
        return tuple(after)

    def _kept(self, place: int, count: int) -> int:
        return count if self.caps[place] is not None else min(count, self.least[place])

    def _late(self) -> bool:
        self.ticks += 1
        return self.watch.hit or (self.ticks % 256 == 0 and self.watch.is_over())


def _falls_short(count: int, more: int, least: int) -> bool:
    return count + more < least


def score(member: Member) -> Fraction:
    """The candidate's own score, where the file has one."""
    found = comparable(member.more.get("score") or 0)
    return found if isinstance(found, Fraction) else Fraction(0)
