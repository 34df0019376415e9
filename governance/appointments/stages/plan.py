"""plan: tasks are set with dates; the stage is passed when they are done."""

from __future__ import annotations

from datetime import date

import pendulum
from sqlmodel import col, select

from governance.appointments.models import Task
from governance.appointments.stages.effects import bring_about, regrets_first
from governance.appointments.stages.standing import WAIT, Standing, Turn
from governance.calendar.counting import count
from governance.rulebook.parts import Period
from governance.rulebook.periods import counting
from governance.rulebook.stages import Plan


def plan(standing: Standing) -> Turn:
    """Set the tasks and the day of entry on duty; done when every task is done."""
    stage = standing.stage
    assert isinstance(stage, Plan)  # noqa: S101 -- the table of verbs has chosen this function
    query = select(Task).where(col(Task.case_id) == standing.case.id)
    tasks = list(standing.moment.session.exec(query))
    if not tasks:
        letters = regrets_first(standing, stage.effects)
        return Turn(None, letters) if letters else _set(standing, stage)
    if any(each.done_at is None for each in tasks):
        return WAIT
    return Turn("done")


def _set(standing: Standing, stage: Plan) -> Turn:
    if stage.entry_on_duty is not None:
        since = standing.case.passed[stage.entry_on_duty.after]
        # The letter has said the day already; a procedure without a letter counts it here.
        standing.case.entry_on_duty = standing.case.entry_on_duty or _after(
            standing, stage.entry_on_duty, pendulum.DateTime.fromisoformat(since).date()
        )
    standing.moment.session.add_all(
        Task(
            case_id=standing.case.id,
            key=each.task,
            title={str(key): words for key, words in each.title.root.items()},
            due_on=_after(standing, each.within, None) if each.within else None,
        )
        for each in stage.tasks
    )
    facts = {"tasks": [each.task for each in stage.tasks]}
    if standing.case.entry_on_duty:
        facts["entry_on_duty"] = [standing.case.entry_on_duty.isoformat()]
    return Turn(None, {**facts, **bring_about(standing, stage.effects)})


def _after(standing: Standing, period: Period, since: date | None) -> date:
    start = since or standing.moment.now.in_timezone(standing.calendar.zone).date()
    return count(counting(period), start, standing.calendar).last_day
