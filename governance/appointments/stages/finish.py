"""finish: the end. Its effects are brought about, and nothing follows."""

from __future__ import annotations

from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.rules import Ending
from governance.appointments.stages.effects import bring_about, regrets_first
from governance.appointments.stages.standing import Standing, Turn
from governance.lifecycle import fire
from governance.record import deadlines
from governance.rulebook.stages import Finish


def finish(standing: Standing) -> Turn:
    """Bring about the effects, and end the case: completed with an appointment, or closed."""
    stage = standing.stage
    assert isinstance(stage, Finish)  # noqa: S101 -- the table of verbs has chosen this function
    if letters := regrets_first(standing, stage.effects):
        return Turn(None, letters)
    effects = bring_about(standing, stage.effects)
    appointed = len(standing.candidacies("appointed"))
    event = "complete" if appointed else "close"
    standing.case.state = fire(CaseLifecycle, standing.case.state, event, Ending(appointed))
    standing.case.ended_at = standing.moment.now
    deadlines.close(standing.moment.session, standing.subject)
    return Turn(None, {"ended": standing.case.state, **effects})
