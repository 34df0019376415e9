"""The window of a call: until when candidacies are taken."""

from __future__ import annotations

from governance.acts import Moment
from governance.appointments.law import law_of
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Case
from governance.lifecycle import fire
from governance.record import deadlines
from governance.refusals import Reason, refuse
from governance.rulebook.stages import Collect

CLOSING = "close_of_applications"


def must_be_open(moment: Moment, case: Case) -> Collect:
    """The stage that takes candidacies; Refused where it does not take them now."""
    fire(CaseLifecycle, case.state, "go_on")
    procedure = law_of(moment.session, case.law).procedure(case.procedure)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    stage = procedure.stage(case.stage)
    if not isinstance(stage, Collect):
        raise refuse(
            'candidacies are not taken at the stage "{stage}"',
            rule="window_for_candidacies",
            article=str(stage.article),
            cure="They are taken while the call is open.",
            reason=Reason.TURN,
            stage=case.stage,
        )
    closing = deadlines.find(moment.session, ("case", case.id), CLOSING)
    if closing is not None and closing.is_open and closing.due_at <= moment.now:
        raise refuse(
            "the time for candidacies ended at {due} UTC",
            rule="window_for_candidacies",
            article=str(stage.article),
            cure="Where too few came, it is extended within seconds; then import the file again.",
            reason=Reason.TURN,
            due=closing.due_at.format("YYYY-MM-DD HH:mm"),
        )
    return stage
