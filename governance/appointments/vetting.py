"""An officer confirms eligibility, records checks, asks a referee, justifies, ticks off tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.candidates import candidacy_of
from governance.appointments.checks.rules import CLOSED, Vetted
from governance.appointments.law import law_of
from governance.appointments.lifecycle import CandidacyLifecycle, CaseLifecycle, CheckLifecycle
from governance.appointments.models import Candidacy, Case, Check, Task
from governance.appointments.rules import Sifted
from governance.calendar.counting import count
from governance.lifecycle import fire
from governance.refusals import Reason, Verdict, refuse
from governance.rulebook.periods import counting
from governance.rulebook.schema import Procedure
from governance.rulebook.stages import Checks, Sift, Weigh

RESULTS = {"satisfactory": "find_satisfactory", "adverse": "find_adverse"}
OPEN = ("ordered", "awaited", "received", "expired")


@dataclass(frozen=True)
class Confirmed:
    """An officer stands by the findings of eligibility; a word of reason goes with the refusals."""

    reason: str = ""


@dataclass(frozen=True)
class Recorded:
    """What came of checks: (candidacy, kind) each, one result, its source, a note on file."""

    checks: tuple[tuple[str, str], ...]
    result: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Justified:
    """Why the shortlist goes forward although the balance speaks against it."""

    text: str


@dataclass(frozen=True)
class Done:
    """A task that is done."""

    task: str


def confirm_eligibility_body(moment: Moment, case: Case | None, given: Confirmed) -> Written[Case]:
    """Admit who keeps every rule, exclude who breaks one; the engine has asked every rule."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    _stage_is(moment, case, Sift)
    waiting = _candidacies(moment, case, "nominated")
    if not waiting or any(not each.findings for each in waiting):
        raise refuse(
            "no findings of eligibility wait to be confirmed",
            rule="findings_are_there",
            cure="They are written within seconds of the close; then confirm them.",
            reason=Reason.TURN,
        )
    for candidacy in waiting:
        verdicts = tuple(Verdict(each["outcome"]) for each in candidacy.findings)
        event = "exclude" if Verdict.FAIL in verdicts else "admit"
        candidacy.state = fire(CandidacyLifecycle, candidacy.state, event, Sifted(verdicts))
    moment.owe("case", case.id)
    facts: dict[str, Any] = {
        "admitted": [each.id for each in waiting if each.state == "eligible"],
        "excluded": {each.id: _broken(each) for each in waiting if each.state == "ineligible"},
    }
    if given.reason:
        facts["reason"] = moment.seal(f"case:{case.id}", given.reason)
    return Written(facts, case)


def record_checks_body(moment: Moment, case: Case | None, given: Recorded) -> Written[Case]:
    """Close checks with a result, and clear or refuse whoever has none open any more."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    stage = _stage_is(moment, case, Checks)
    assert isinstance(stage, Checks)  # noqa: S101 -- just asked
    _result_is_known(given)
    checks = _checks(moment, case)
    wanted = [_wanted(checks, candidacy, kind) for candidacy, kind in given.checks]
    for check in wanted:
        check.state = fire(CheckLifecycle, check.state, RESULTS[given.result])
        check.closed_at, check.judged_by = moment.now, moment.actor.person_id
        check.source = given.source
        law = stage.check(check.kind)
        if law is not None and law.valid is not None:
            calendar = moment.house.calendars[_procedure(moment, case).calendar]
            check.valid_until = count(counting(law.valid), moment.now, calendar).last_day
        if given.note:
            check.note = moment.seal(f"candidacy:{check.candidacy_id}", given.note)["sealed"]
    decided = _decide(moment, case, checks, {check.candidacy_id for check in wanted})
    moment.owe("case", case.id)
    return Written(
        {
            "checks": [[check.candidacy_id, check.kind] for check in wanted],
            "decided": decided,
            "result": given.result,
        },
        case,
    )


def justify_body(moment: Moment, case: Case | None, given: Justified) -> Written[Case]:
    """Keep the written justification that the law wants for an adverse verdict."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    _stage_is(moment, case, Weigh)
    if not given.text.strip():
        raise refuse(
            "an adverse verdict is not passed over without a written justification",
            rule="reasons_are_given",
            cure="Write why the shortlist goes forward all the same.",
            where="text",
            reason=Reason.INPUT,
        )
    sealed = moment.seal(f"case:{case.id}", given.text)
    key = f"{case.stage}:{case.rounds.get(case.stage, 1)}"
    case.justified = {**case.justified, key: sealed["sealed"]}
    moment.owe("case", case.id)
    return Written({"justification": sealed}, case)


def complete_task_body(moment: Moment, case: Case | None, given: Done) -> Written[Case]:
    """A task of the plan is done."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    query = select(Task).where(col(Task.case_id) == case.id, col(Task.key) == given.task)
    task = moment.session.exec(query).first()
    if task is None or task.done_at is not None:
        raise refuse(
            'the task "{task}" is not open in this case',
            rule="task_is_open",
            cure="See the open tasks on the case's page.",
            reason=Reason.TURN,
            task=given.task,
        )
    task.done_at, task.done_by = moment.now, moment.actor.person_id
    moment.owe("case", case.id)
    return Written({"task": given.task}, case)


CONFIRM_ELIGIBILITY: Verb[Case, Confirmed] = Verb(
    "case:confirm_eligibility", Case, "case", hr_officer, confirm_eligibility_body
)
RECORD_CHECKS: Verb[Case, Recorded] = Verb(
    "case:record_checks", Case, "case", hr_officer, record_checks_body
)
JUSTIFY: Verb[Case, Justified] = Verb("case:justify", Case, "case", hr_officer, justify_body)
COMPLETE_TASK: Verb[Case, Done] = Verb(
    "case:complete_task", Case, "case", hr_officer, complete_task_body
)


def _procedure(moment: Moment, case: Case) -> Procedure:
    procedure = law_of(moment.session, case.law).procedure(case.procedure)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    return procedure


def _stage_is(moment: Moment, case: Case, verb: type) -> object:
    fire(CaseLifecycle, case.state, "go_on")
    stage = _procedure(moment, case).stage(case.stage)
    if not isinstance(stage, verb):
        raise refuse(
            'this is not done at the stage "{stage}"',
            rule="turn_of_the_stage",
            article=str(stage.article),
            cure="See on the case's page what this stage waits for.",
            reason=Reason.TURN,
            stage=case.stage,
        )
    return stage


def _candidacies(moment: Moment, case: Case, state: str) -> list[Candidacy]:
    query = select(Candidacy).where(
        col(Candidacy.case_id) == case.id, col(Candidacy.state) == state
    )
    return list(moment.session.exec(query.order_by(col(Candidacy.came_at), col(Candidacy.id))))


def _broken(candidacy: Candidacy) -> list[str]:
    return [each["rule"] for each in candidacy.findings if each["outcome"] == Verdict.FAIL]


def _checks(moment: Moment, case: Case) -> list[Check]:
    return list(moment.session.exec(select(Check).where(col(Check.case_id) == case.id)))


def _result_is_known(given: Recorded) -> None:
    if given.result not in RESULTS or not given.source.strip() or not given.checks:
        raise refuse(
            "a check is recorded with a result, its source, and the candidates it concerns",
            rule="check_is_complete",
            cure="Choose satisfactory or adverse, name the source, select at least one check.",
            reason=Reason.INPUT,
        )


def _wanted(checks: list[Check], candidacy_id: str, kind: str) -> Check:
    mine = [each for each in checks if each.candidacy_id == candidacy_id and each.kind == kind]
    still = [each for each in mine if each.state in OPEN]
    if not still:
        raise refuse(
            'no open check "{kind}" of this candidate',
            rule="check_is_open",
            cure="See the open checks on the case's page.",
            reason=Reason.TURN if mine else Reason.MISSING,
            kind=kind,
        )
    return still[0]


def _decide(moment: Moment, case: Case, checks: list[Check], touched: set[str]) -> dict[str, str]:
    """Begin the review of whoever has no check open; without an adverse one it ends at once."""
    decided = {}
    for candidacy_id in sorted(touched):
        mine = [each for each in checks if each.candidacy_id == candidacy_id]
        states = tuple(each.state for each in mine)
        if all(state in CLOSED for state in states):
            candidacy = candidacy_of(moment, case, candidacy_id)
            _review(candidacy, Vetted(states, conditions=any(each.condition for each in mine)))
            decided[candidacy_id] = candidacy.state
    return decided


def _review(candidacy: Candidacy, vetted: Vetted) -> None:
    """An adverse finding is weighed by two people; without one the candidate is cleared."""
    if candidacy.state == "checks":
        candidacy.state = fire(CandidacyLifecycle, candidacy.state, "begin_review", vetted)
    if "adverse" not in vetted.checks:
        candidacy.state = fire(CandidacyLifecycle, candidacy.state, "clear", vetted)
