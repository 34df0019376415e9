"""A forecast as plain data: the same for the command line, the API and the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.access.actor import Actor
from governance.appointments.forecast.standing import LONGEST_RECESS, Subject, subject_of
from governance.appointments.forecast.timeline import JIU, JIU_DAYS, Timeline, moved
from governance.house import House
from governance.refusals import Reason, refuse

Recess = tuple[date, date]


@dataclass(frozen=True)
class Wanted:
    """What is forecast: a post or a case, from when, with which recess, against which start."""

    name: str
    start: date | None = None
    recess: Sequence[Recess] = ()
    against: date | None = None


@dataclass(frozen=True)
class Foreseen:
    """A forecast with what it was made of, and what a recess or another start would do."""

    subject: Subject
    timeline: Timeline
    recess_moves: list[dict[str, object]]
    start_moves: list[dict[str, object]]
    wanted: Wanted

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        subject, line = self.subject, self.timeline
        return {
            "post": subject.post.key,
            "procedure": subject.procedure.key,
            "case": subject.case.reference if subject.case else None,
            "start": line.begins.isoformat(),
            "calendar": subject.procedure.calendar,
            "stages": [each.as_json() for each in line.stages],
            "critical_path": [
                {"stage": each.stage.key, "item": each.critical}
                for each in line.stages
                if each.critical
            ],
            "posting": line.posting.as_json() if line.posting else None,
            "selection": line.selection.as_json() if line.selection else None,
            "ends": line.ends.as_json(),
            "benchmark": benchmark(line),
            "past_cases": {key: len(past.days) for key, past in subject.past.items()},
            "recess": self._recess(),
            "against": self._against(),
        }

    def _recess(self) -> dict[str, Any] | None:
        if not self.wanted.recess:
            return None
        spans = [[first.isoformat(), last.isoformat()] for first, last in self.wanted.recess]
        return {"days": spans, "moves": self.recess_moves}

    def _against(self) -> dict[str, Any] | None:
        if self.wanted.against is None:
            return None
        return {"start": self.wanted.against.isoformat(), "moves": self.start_moves}


def benchmark(line: Timeline) -> dict[str, Any] | None:
    """Days from posting to selection in each course, beside the benchmark."""
    days = line.days
    if days is None:
        return None
    within = {course: count <= JIU_DAYS for course, count in days.items()}
    return {"limit": JIU_DAYS, "source": JIU, "days": days, "within": within}


def foresee(house: House, actor: Actor | None, wanted: Wanted) -> Foreseen:
    """Forecast a post before launch, or a case at any time. Raises Refused."""
    for first, last in wanted.recess:
        _is_a_recess(first, last)
    with house.database.reading() as session:
        subject = subject_of(house, session, actor, wanted.name, wanted.start)
    if wanted.against is not None and subject.case is not None:
        raise refuse(
            "the case has begun: its start cannot be another day",
            rule="case_has_begun",
            cure="Compare starts for its post.",
            where="--against",
            reason=Reason.INPUT,
        )
    calendars = house.calendars
    line = subject.timeline(calendars, wanted.recess)
    plain = subject.timeline(calendars) if wanted.recess else line
    other = (
        subject.timeline(calendars, wanted.recess, wanted.against)
        if wanted.against is not None
        else line
    )
    return Foreseen(subject, line, moved(plain, line), moved(line, other), wanted)


def _is_a_recess(first: date, last: date) -> None:
    if first <= last and (last - first).days <= LONGEST_RECESS:
        return
    raise refuse(
        "the recess from {first} to {last} cannot be counted",
        rule="recess_is_a_span",
        cure="Give its first and its last day, such as 2026-12-21:2027-01-04.",
        where="--recess",
        reason=Reason.INPUT,
        first=first.isoformat(),
        last=last.isoformat(),
    )
