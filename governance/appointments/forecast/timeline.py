"""A case followed from stage to stage: dates in three courses, the critical path, the benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from governance.appointments.forecast.rules import (
    COURSES,
    Item,
    Setting,
    items_of,
)
from governance.calendar.days import DAY, Calendar, ListedDay
from governance.refusals import Sentence, say
from governance.rulebook.schema import Procedure
from governance.rulebook.stages import Consult, Finish, Stage

JIU_DAYS = 120
JIU = "UN Joint Inspection Unit, JIU/REP/2012/4: 120 days from posting to selection"


@dataclass(frozen=True)
class Span:
    """One date in the three courses."""

    earliest: date
    likely: date
    latest: date

    def of(self, course: str) -> date:
        """The date of a course."""
        found: date = getattr(self, course)
        return found

    def as_json(self) -> dict[str, str]:
        """As plain data."""
        return {course: self.of(course).isoformat() for course in COURSES}


@dataclass(frozen=True)
class Forecast:
    """One stage: when it begins and ends, what decides its end, what has how much time to spare."""

    stage: Stage
    begins: Span
    ends: Span
    basis: str
    because: Sentence
    critical: str
    slack: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """As plain data."""
        return {
            "key": self.stage.key,
            "title": self.stage.title.root,
            "verb": self.stage.verb,
            "begins": self.begins.as_json(),
            "ends": self.ends.as_json(),
            "basis": self.basis,
            "because": str(self.because),
            "critical": self.critical,
            "slack": dict(self.slack),
        }


@dataclass(frozen=True)
class Ran:
    """What has been: stages that are passed with their days, the present one, and today.

    `due` is the last day of its latest deadline that is open; `over`, that nothing follows.
    """

    passed: tuple[tuple[str, date, date], ...] = ()
    stage: str | None = None
    since: date | None = None
    today: date | None = None
    due: date | None = None
    over: bool = False


@dataclass(frozen=True)
class Timeline:
    """All stages, the way through them, and how long posting to selection takes."""

    stages: tuple[Forecast, ...]
    calendar: Calendar

    @property
    def begins(self) -> date:
        """The first day of all."""
        return min(each.begins.earliest for each in self.stages)

    @property
    def ends(self) -> Span:
        """When it is over."""
        return self.stages[-1].ends

    @property
    def posting(self) -> Span | None:
        """The day on which the call is out."""
        return next((each.begins for each in self.stages if each.stage.verb == "collect"), None)

    @property
    def selection(self) -> Span | None:
        """The day on which somebody is selected: the last question before the letter."""
        before: list[Forecast] = []
        for each in self.stages:
            if each.stage.verb in {"issue", "plan", "finish"}:
                break
            before.append(each)
        asked = [each.ends for each in before if isinstance(each.stage, Consult)]
        return asked[-1] if asked else None

    @property
    def days(self) -> dict[str, int] | None:
        """Days from posting to selection in each course."""
        posting, selection = self.posting, self.selection
        if posting is None or selection is None:
            return None
        return {each: (selection.of(each) - posting.of(each)).days for each in COURSES}


def way(procedure: Procedure, begin: str | None = None) -> list[Stage]:
    """The stages as they follow one another where each ends as it is meant to."""
    stage, found = procedure.stage(begin) if begin else procedure.first, []
    seen: set[str] = set()
    while stage.key not in seen:
        found.append(stage)
        seen.add(stage.key)
        if isinstance(stage, Finish) or not (target := _target(procedure, stage)):
            break
        stage = procedure.stage(target)
    return found


def _target(procedure: Procedure, stage: Stage) -> str | None:
    """Where the ordinary result leads; where each has its own way, the next one as it is read."""
    if stage.ordinary is not None and (ordinary := stage.next_for(stage.ordinary)) is not None:
        return ordinary
    order = [each.key for each in procedure.stages]
    ahead = [each for each in stage.outcomes.values() if order.index(each) > order.index(stage.key)]
    return min(ahead, key=order.index, default=None)


def timeline(
    procedure: Procedure, start: date, setting: Setting, ran: Ran | None = None
) -> Timeline:
    """Follow a procedure from a day on, or a case from where it stands."""
    was = ran or Ran()
    done = [_as_passed(procedure.stage(key), since, until) for key, since, until in was.passed]
    ahead = [] if was.over else way(procedure, was.stage)
    begins = dict.fromkeys(COURSES, was.since or start)
    passed = {
        course: {**setting.passed, **{each.stage.key: each.ends.latest for each in done}}
        for course in COURSES
    }
    found = []
    for number, stage in enumerate(ahead):
        here = was if number == 0 else Ran()
        before, ends = dict(begins), dict(begins)
        likely: list[Item] = []
        for course in COURSES:
            items = items_of(stage, begins[course], course, replace(setting, passed=passed[course]))
            last = max(items, key=lambda each: each.next_begins)
            ends[course] = _no_earlier(last.ends, here, course)
            begins[course] = max(last.next_begins, ends[course])
            passed[course][stage.key] = ends[course]
            likely = items if course == "likely" else likely
        found.append(_told(stage, Span(**before), Span(**ends), likely, setting))
    return Timeline((*done, *found), setting.calendar)


def _no_earlier(ends: date, was: Ran, course: str) -> date:
    """The present stage does not end before today, nor before a deadline that people may use."""
    due = was.due if course != "earliest" else None
    return max(each for each in (ends, was.today, due) if each is not None)


def _as_passed(stage: Stage, since: date, until: date) -> Forecast:
    return Forecast(
        stage, Span(since, since, since), Span(until, until, until), "passed", say("passed"), ""
    )


def _told(
    stage: Stage, begins: Span, ends: Span, items: Sequence[Item], setting: Setting
) -> Forecast:
    last = max(items, key=lambda each: each.next_begins)
    slack = {
        each.name: max(0, setting.calendar.working_days(each.ends + DAY, last.ends))
        for each in items
        if each is not last
    }
    return Forecast(stage, begins, ends, last.basis, last.because, last.name, slack)


def with_recess(calendar: Calendar, recess: Iterable[tuple[date, date]]) -> Calendar:
    """The calendar with days on which nobody works, such as those of a recess."""
    free = [
        ListedDay(first + number * DAY, "recess")
        for first, last in recess
        for number in range((last - first).days + 1)
    ]
    closed = {each.day for each in free}
    return replace(
        calendar,
        closed=(*(each for each in calendar.closed if each.day not in closed), *free),
        opened=tuple(each for each in calendar.opened if each.day not in closed),
    )


def moved(before: Timeline, after: Timeline) -> list[dict[str, object]]:
    """By how many days each stage ends later, or earlier, than in another forecast."""
    was = {each.stage.key: each.ends for each in before.stages}
    return [
        {
            "key": each.stage.key,
            **{
                course: (each.ends.of(course) - was[each.stage.key].of(course)).days
                for course in COURSES
            },
        }
        for each in after.stages
        if each.stage.key in was
    ]
