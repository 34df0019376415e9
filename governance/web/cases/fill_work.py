"""What an HR officer can do on a case now: the form that belongs to the stage's verb."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from governance.appointments.lifecycle import CandidacyLifecycle
from governance.appointments.models import Check, Task
from governance.appointments.queries import Candidate, CaseFile
from governance.appointments.rules import Sifted
from governance.lifecycle import why_not
from governance.record.seeking import folded
from governance.refusals import Finding, Verdict, say
from governance.rulebook.stages import Checks, Prepare
from governance.web.cases import marks
from governance.web.cases.fill_now import justification_is_wanted
from governance.web.cases.reading import Reading
from governance.web.views import Mark, Option, Person
from governance.web.work_views import (
    Cell,
    GridRow,
    GridWork,
    JustifyWork,
    Need,
    NeedsWork,
    SiftedRow,
    SiftWork,
    TaskRow,
    TasksWork,
    Work,
)

RESULTS = (
    Option("satisfactory", say("Satisfactory")),
    Option("adverse", say("Adverse"), say("It stands in the way of the appointment.")),
)


SHOWN = 50  # candidates in one form, before the reader asks for the next ones
EVERYBODY = "*"
LIVE = frozenset({"checks", "review"})


@dataclass(frozen=True)
class Looking:
    """Which candidates a reader of the grid wants to see, and whether all are ticked."""

    find: str = ""
    first: int = 0
    everybody: bool = False


def work_of(file: CaseFile, reading: Reading, looking: Looking | None = None) -> Work | None:
    """The form of the stage's next act, or None where no officer is waited for."""
    verb = file.procedure.stage(file.case.stage).verb
    if verb == "check":
        return _checks(file, reading, looking or Looking())
    fill = _BY_VERB.get(verb)
    return fill(file, reading) if fill else None


def ticked(work: Work | None, values: Collection[str]) -> Work | None:
    """The grid with the ticks that somebody had set, so that none is lost by a refusal."""
    if work is None or work.grid is None:
        return work
    rows = tuple(
        replace(
            row,
            ticked=row.candidacy in values,
            cells=tuple(replace(cell, ticked=cell.value in values) for cell in row.cells),
        )
        for row in work.grid.rows
    )
    return replace(work, grid=replace(work.grid, rows=rows))


def _href(file: CaseFile, act: str) -> str:
    return f"/appointments/{file.case.reference}/{act}"


def _needs(file: CaseFile, _: Reading) -> Work | None:
    stage = file.procedure.stage(file.case.stage)
    needs = stage.needs if isinstance(stage, Prepare) else ()
    shown = tuple(
        Need(
            key,
            marks.need_words(key),
            marks.NEED_HINTS.get(key, ""),
            file.case.needs.get(key, {}).get("note", ""),
            done=key in file.case.needs,
        )
        for key in needs
    )
    if all(each.done for each in shown):
        return None
    return Work(needs=NeedsWork(_href(file, "needs"), shown))


def _sift(file: CaseFile, reading: Reading) -> Work | None:
    waiting = [each for each in file.candidates if each.candidacy.state == "nominated"]
    if not waiting or any(not each.candidacy.findings for each in waiting):
        return None
    rows = tuple(_sifted(each, file, reading) for each in waiting)
    excluded = sum(row.mark.tone == "bad" for row in rows)
    blocked = tuple(finding for each in waiting for finding in _undecided(each))
    work = SiftWork(
        action=_href(file, "eligibility"),
        rows=tuple(row for row in rows if row.against),
        good=tuple(row for row in rows if not row.against),
        is_folded=len(rows) > SHOWN,
        admitted=len(rows) - excluded,
        excluded=excluded,
        blocked=blocked[:1],
    )
    return Work(sift=work)


def _sifted(candidate: Candidate, file: CaseFile, reading: Reading) -> SiftedRow:
    findings = [reading.finding(each) for each in candidate.candidacy.findings]
    against = tuple(each for each in findings if each.verdict is not Verdict.PASS)
    verdicts = {each.verdict for each in against}
    if Verdict.FAIL in verdicts:
        mark = Mark("bad", say("to be excluded"))
    elif Verdict.UNDETERMINED in verdicts:
        mark = Mark("warn", say("a fact is missing"))
    else:
        mark = Mark("ok", say("to be admitted"))
    person = Person(candidate.person.name, reading.country(candidate.person.nationality))
    href = _href(file, f"candidates/{candidate.candidacy.id}")
    return SiftedRow(person, href, mark, against)


def _undecided(candidate: Candidate) -> tuple[Finding, ...]:
    """Why this candidacy can be neither admitted nor excluded, if so."""
    verdicts = tuple(Verdict(each["outcome"]) for each in candidate.candidacy.findings)
    event = "exclude" if Verdict.FAIL in verdicts else "admit"
    refused = why_not(CandidacyLifecycle, candidate.candidacy.state, event, Sifted(verdicts))
    return tuple(refused)


def _checks(file: CaseFile, reading: Reading, looking: Looking) -> Work | None:
    stage = file.procedure.stage(file.case.stage)
    kinds = stage.checks if isinstance(stage, Checks) else ()
    titles = {each.kind: reading.text(each.title) for each in kinds}
    checked = [each for each in file.candidates if each.checks]
    still = [each for each in checked if is_open(each)]
    if not still:
        return None
    here = f"/appointments/{file.case.reference}"
    listed = still if len(checked) > SHOWN else checked
    sought = [each for each in listed if folded(looking.find) in folded(each.person.name)]
    end = looking.first + SHOWN
    onward = urlencode({"find": looking.find, "first": end})
    grid = GridWork(
        _href(file, "checks"),
        tuple(titles.values()),
        tuple(
            _grid_row(each, titles, file, everybody=looking.everybody)
            for each in sought[looking.first : end]
        ),
        RESULTS,
        ""
        if looking.everybody
        else f"{here}?{urlencode({'select': 'all', **_kept(looking)})}#work",
        find=looking.find,
        here=here,
        count=len(still) if len(checked) > SHOWN else 0,
        next_href=f"{here}?{onward}#work" if len(sought) > end else "",
    )
    return Work(grid=grid)


def _kept(looking: Looking) -> dict[str, str | int]:
    told: dict[str, str | int] = {"find": looking.find, "first": looking.first}
    return {name: value for name, value in told.items() if value}


def is_open(candidate: Candidate) -> bool:
    """Whether a check of a candidate who is being vetted waits to be recorded."""
    live = candidate.candidacy.state in LIVE
    return live and any(each.state not in marks.CLOSED for each in candidate.checks)


def _grid_row(
    candidate: Candidate, titles: Mapping[str, str], file: CaseFile, *, everybody: bool
) -> GridRow:
    candidacy = candidate.candidacy
    live = candidacy.state in LIVE
    by_kind: dict[str, list[Check]] = {}
    for check in candidate.checks:
        by_kind.setdefault(check.kind, []).append(check)
    cells = tuple(_cell(title, by_kind.get(kind, []), live=live) for kind, title in titles.items())
    return GridRow(
        candidacy.id,
        candidate.person.name,
        _href(file, f"candidates/{candidacy.id}"),
        sum(bool(cell.value) for cell in cells),
        cells,
        ticked=everybody and live,
    )


def _cell(title: str, checks: list[Check], *, live: bool) -> Cell:
    """The checks of one kind in one cell: the open one, if there is one, else the last."""
    still = next((each for each in checks if each.state not in marks.CLOSED), None)
    shown = still or (checks[-1] if checks else None)
    if shown is None:
        return Cell(title, Mark("none", say("not asked for")))
    value = f"{shown.candidacy_id}:{shown.kind}" if still and live else ""
    return Cell(title, marks.CHECKS[shown.state], value)


def _justify(file: CaseFile, _: Reading) -> Work | None:
    if not justification_is_wanted(file):
        return None
    return Work(justify=JustifyWork(_href(file, "justification")))


def _tasks(file: CaseFile, reading: Reading) -> Work | None:
    if not file.tasks:
        return None
    tasks = tuple(_task(each, reading) for each in file.tasks)
    return Work(tasks=TasksWork(_href(file, "tasks"), tasks))


def _task(task: Task, reading: Reading) -> TaskRow:
    done = task.done_at is not None
    late = not done and task.due_on is not None and task.due_on < reading.now.date()
    words = say("done") if done else say("overdue") if late else say("open")
    mark = Mark("ok" if done else "warn" if late else "none", words)
    return TaskRow(task.key, reading.text(task.title), mark, task.due_on, done)


_BY_VERB: Mapping[str, Callable[[CaseFile, Reading], Work | None]] = {
    "plan": _tasks,
    "prepare": _needs,
    "sift": _sift,
    "weigh": _justify,
}
