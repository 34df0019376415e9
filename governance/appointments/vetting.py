"""An officer confirms eligibility, justifies a balance, ticks off tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.law import law_of
from governance.appointments.lifecycle import CandidacyLifecycle, CaseLifecycle
from governance.appointments.models import Candidacy, Case, Task
from governance.appointments.rules import Sifted
from governance.lifecycle import fire
from governance.refusals import Reason, Verdict, refuse
from governance.rulebook.schema import Procedure
from governance.rulebook.stages import Sift, Weigh


@dataclass(frozen=True)
class Confirmed:
    """An officer stands by the findings of eligibility; a word of reason goes with the refusals."""

    reason: str = ""


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
