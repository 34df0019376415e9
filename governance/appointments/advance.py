"""A case goes on: its stage's verb is asked, and where there is a result, the next stage begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from governance.access.actor import CLOCK
from governance.acts import Moment, Verb, Written, perform
from governance.appointments.authority import the_clock
from governance.appointments.checks.arriving import arrive
from governance.appointments.law import law_of
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Case
from governance.appointments.stages import VERBS
from governance.appointments.stages.standing import Standing, Turn
from governance.house import House
from governance.lifecycle import fire
from governance.record import deadlines
from governance.rulebook.stages import Stage

MOST_STEPS = 40


@dataclass(frozen=True)
class Advanced:
    """How far a case came: `INT-2026-0012: vetting → representation`, and what was written."""

    label: str
    steps: tuple[dict[str, Any], ...]

    @property
    def owed(self) -> int:
        """How often the case made itself due: with each stage that it began."""
        return sum("to" in step for step in self.steps)


def advance(house: House, case_id: str) -> Advanced:
    """Take every step that can be taken now. With nothing to do, nothing is written."""
    steps: list[dict[str, Any]] = []
    for _ in range(MOST_STEPS):
        receipt = perform(house, CLOCK, ADVANCE, case_id, None)
        if receipt is None:
            break
        steps.append(receipt.facts)
    return Advanced(_label(house, case_id, steps), tuple(steps))


def advance_body(moment: Moment, case: Case | None, _: None) -> Written[Case] | None:
    """One step: compare what the stage wants with what is there, write what is missing."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    if case.state != "running":
        return None
    standing = _standing(moment, case)
    arrived = arrive(moment, case, standing.calendar.zone)
    turn = VERBS[standing.stage.verb](standing)
    facts: dict[str, Any] = {**turn.facts, **arrived}
    if turn.result is not None:
        facts |= _begin_next(standing, turn)
    facts |= _overdue(standing)
    return Written({"stage": standing.stage.key, **facts}, case) if facts else None


ADVANCE: Verb[Case, None] = Verb("case:advance", Case, "case", the_clock, advance_body)


def _standing(moment: Moment, case: Case) -> Standing:
    rulebook = law_of(moment.session, case.law)
    procedure = rulebook.procedure(case.procedure)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    return Standing(moment, case, procedure.stage(case.stage), procedure, rulebook)


def _begin_next(standing: Standing, turn: Turn) -> dict[str, Any]:
    case, stage = standing.case, standing.stage
    target = stage.next_for(str(turn.result))
    if target is None:
        message = f"the law does not say where {turn.result!r} leads from {stage.key!r}"
        raise LookupError(message)
    following = _within_bounds(standing, target)
    case.state = fire(CaseLifecycle, case.state, "go_on")
    case.passed = {**case.passed, stage.key: standing.moment.now.isoformat()}
    case.rounds = {**case.rounds, following.key: case.rounds.get(following.key, 0) + 1}
    case.stage, case.stage_since = following.key, standing.moment.now
    # Who is killed now, on the way from a deadline, must leave something that is due.
    standing.moment.owe("case", case.id)
    return {"result": turn.result, "to": following.key, "round": case.rounds[following.key]}


def _within_bounds(standing: Standing, target: str) -> Stage:
    """The stage to begin, or the one that the law names when this one has begun often enough."""
    following = standing.procedure.stage(target)
    begun = standing.case.rounds.get(target, 0)
    if following.rounds is not None and begun >= following.rounds.at_most:
        return standing.procedure.stage(following.rounds.then)
    return following


def _overdue(standing: Standing) -> dict[str, Any]:
    """A deadline that passed and that nobody has closed is said once, not swept for ever."""
    session, now = standing.moment.session, standing.moment.now
    passed = [each for each in deadlines.of_owner(session, standing.subject) if each.due_at <= now]
    for deadline in passed:
        deadline.is_open = False
    return {"overdue": [each.event for each in passed]} if passed else {}


def _label(house: House, case_id: str, steps: list[dict[str, Any]]) -> str:
    with house.database.reading() as session:
        reference = session.get_one(Case, case_id).reference
    way = [steps[0]["stage"], *(step["to"] for step in steps if "to" in step)] if steps else []
    return f"{reference}: {' → '.join(way)}" if way else reference
