"""How long each verb takes: what the law fixes, what past cases took, and what is assumed.

Pure: no rows, no clock. Three courses of a case are followed, each on real calendars: everybody
answers at once (earliest), people use the time they are given (likely), everything that may be
late is late and every extension is used (latest).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from governance.calendar.counting import count
from governance.calendar.days import DAY, Calendar
from governance.refusals import Sentence, say
from governance.rulebook.parts import Period, Window
from governance.rulebook.periods import counting
from governance.rulebook.stages import Checks, Collect, Consult, Plan, Prepare, Stage

COURSES = ("earliest", "likely", "latest")
ENOUGH = 3  # so many past cases before their times go before what is assumed

# Working days that a verb takes where neither law nor past cases say: earliest, likely, latest.
ASSUMED: Mapping[str, tuple[int, int, int]] = {
    "prepare": (0, 5, 15),
    "sift": (1, 5, 10),
    "check": (5, 15, 30),
    "consult": (1, 10, 20),
    "weigh": (0, 1, 5),
    "issue": (0, 1, 3),
    "plan": (5, 10, 20),
    "finish": (0, 0, 0),
}
# Which part of a window people use, by course: of what they may do early, and of what runs on.
USED = {"earliest": 0.5, "likely": 1.0, "latest": 2.0}


@dataclass(frozen=True)
class Item:
    """One thing that a stage waits for, side by side with others: its last day, and why then.

    `runs_out` is true of a window that is waited for to its end: what follows begins a day later.
    """

    name: str
    ends: date
    because: Sentence
    basis: str
    runs_out: bool = False

    @property
    def next_begins(self) -> date:
        """The day on which what follows can begin."""
        return self.ends + DAY if self.runs_out else self.ends


@dataclass(frozen=True)
class Past:
    """How many working days a stage took in past cases."""

    days: tuple[int, ...]

    def of(self, course: str) -> int:
        """The shortest, the middle one, the longest."""
        ordered = sorted(self.days)
        return {"earliest": ordered[0], "likely": ordered[len(ordered) // 2]}.get(
            course, ordered[-1]
        )


@dataclass(frozen=True)
class Setting:
    """What a forecast stands on: the procedure's calendar, those of the people asked, the past."""

    calendar: Calendar
    calendar_of: Mapping[str, Calendar] = field(default_factory=dict)
    past: Mapping[str, Past] = field(default_factory=dict)
    passed: Mapping[str, date] = field(default_factory=dict)


def items_of(stage: Stage, begins: date, course: str, setting: Setting) -> list[Item]:
    """What a stage waits for in one course; what ends last is on the critical path."""
    past = setting.past.get(stage.key)
    if past is not None and len(past.days) >= ENOUGH and stage.verb != "collect":
        return [_from_the_past(stage, past, begins, course, setting)]
    items = list(VERBS.get(stage.verb, _assumed)(stage, begins, course, setting))
    return items or list(_assumed(stage, begins, course, setting))


def worked(days: int, begins: date, calendar: Calendar) -> date:
    """The day that lies so many working days on; the day itself, or the next worked one, for 0."""
    if days <= 0:
        return calendar.next_working(begins)
    return count(counting(Period(working_days=days)), begins, calendar).last_day


def _from_the_past(stage: Stage, past: Past, begins: date, course: str, setting: Setting) -> Item:
    days = past.of(course)
    because = say("{period}, from past cases: {n}", period=length_of(days), n=len(past.days))
    return Item(stage.key, worked(days, begins, setting.calendar), because, "history")


def _assumed(stage: Stage, begins: date, course: str, setting: Setting) -> Iterable[Item]:
    days = ASSUMED.get(stage.verb, (1, 5, 10))[COURSES.index(course)]
    because = say("{period} assumed", period=length_of(days))
    yield Item(stage.key, worked(days, begins, setting.calendar), because, "assumption")


def _prepare(stage: Stage, begins: date, course: str, setting: Setting) -> Iterable[Item]:
    assert isinstance(stage, Prepare)  # noqa: S101 -- the table of verbs has chosen this function
    days = ASSUMED["prepare"][COURSES.index(course)]
    because = say("{period} assumed", period=length_of(days))
    ends = worked(days, begins, setting.calendar)
    return [Item(need, ends, because, "assumption") for need in stage.needs]


def _collect(stage: Stage, begins: date, course: str, setting: Setting) -> Iterable[Item]:
    assert isinstance(stage, Collect)  # noqa: S101 -- the table of verbs has chosen this function
    ends = _end(stage.within, begins, setting.calendar)
    because = say("the window of {period} runs to its end", period=length(stage.within))
    if course == "latest" and stage.at_least is not None:
        for _ in range(stage.at_least.times):
            ends = _end(stage.at_least.extend, ends, setting.calendar)
        because = say(
            "the window of {period}, and every extension of {extension}",
            period=length(stage.within),
            extension=length(stage.at_least.extend),
        )
    yield Item("window", ends, because, "law", runs_out=True)


def _check(stage: Stage, begins: date, course: str, setting: Setting) -> Iterable[Item]:
    assert isinstance(stage, Checks)  # noqa: S101 -- the table of verbs has chosen this function
    for each in stage.checks:
        window = each.within or stage.within
        if window is not None:
            ends = _end(_part(window, USED[course]), begins, setting.calendar)
            yield Item(each.kind, ends, _share(window, course), "law")


def _consult(stage: Stage, begins: date, course: str, setting: Setting) -> Iterable[Item]:
    assert isinstance(stage, Consult)  # noqa: S101 -- the table of verbs has chosen this function
    window = stage.within
    if window is None:
        return
    own = window.calendar_of == "person"
    silent = window.on_late == "tacit" and course != "earliest"
    for name in stage.ask or stage.tellers:
        calendar = setting.calendar_of.get(name, setting.calendar) if own else setting.calendar
        ends, because = _answered(window, begins, course, calendar)
        yield Item(name.removeprefix("office."), ends, because, "law", runs_out=silent)


def _answered(
    window: Window, begins: date, course: str, calendar: Calendar
) -> tuple[date, Sentence]:
    if course == "earliest":
        return worked(1, begins, calendar), say("an answer within one working day")
    whole = _end(window, begins, calendar)
    late = getattr(window, "on_late", "fail")
    if course == "likely" or late in {"tacit", "fail"}:
        return whole, say("the period of {period} is used", period=length(window))
    extension = getattr(window, "extension", None)
    if extension is not None:
        for _ in range(extension.times):
            whole = _end(extension.by, whole, calendar)
    else:
        whole = worked(5, whole, calendar)
    return whole, say("the period of {period} is overrun", period=length(window))


def _plan(stage: Stage, begins: date, course: str, setting: Setting) -> Iterable[Item]:
    assert isinstance(stage, Plan)  # noqa: S101 -- the table of verbs has chosen this function
    for each in stage.tasks:
        if each.within is not None:
            ends = _end(_part(each.within, USED[course]), begins, setting.calendar)
            yield Item(each.task, ends, _share(each.within, course), "law")
        else:
            days = ASSUMED["plan"][COURSES.index(course)]
            because = say("{period} assumed", period=length_of(days))
            yield Item(each.task, worked(days, begins, setting.calendar), because, "assumption")
    if stage.entry_on_duty is not None:
        after = setting.passed.get(stage.entry_on_duty.after, begins)
        because = say(
            "{period} after {stage}",
            period=length(stage.entry_on_duty),
            stage=stage.entry_on_duty.after.replace("_", " "),
        )
        ends = _end(stage.entry_on_duty, after, setting.calendar)
        yield Item("entry_on_duty", max(ends, begins), because, "law")


LENGTHS: Mapping[str, tuple[str, str]] = {
    "hours": ("1 hour", "{count} hours"),
    "days": ("1 day", "{count} days"),
    "working_days": ("1 working day", "{count} working days"),
    "months": ("1 month", "{count} months"),
    "years": ("1 year", "{count} years"),
}


def length(period: Period) -> Sentence:
    """A period of the law in words."""
    one, many = LENGTHS[period.unit]
    return say(one if period.count == 1 else many, count=period.count)


def length_of(days: int) -> Sentence:
    """So many working days in words."""
    return say("1 working day" if days == 1 else "{count} working days", count=days)


def _end(period: Period, begins: date, calendar: Calendar) -> date:
    return count(counting(period), begins, calendar).last_day


def _part(period: Period, part: float) -> Period:
    return Period.model_validate({period.unit: max(1, ceil(period.count * part))})


def _share(period: Period, course: str) -> Sentence:
    if course == "earliest":
        return say("half of {period}", period=length(period))
    if course == "likely":
        return say("the period of {period} is used", period=length(period))
    return say("twice {period}", period=length(period))


VERBS: Mapping[str, Callable[[Stage, date, str, Setting], Iterable[Item]]] = {
    "check": _check,
    "collect": _collect,
    "consult": _consult,
    "plan": _plan,
    "prepare": _prepare,
}
