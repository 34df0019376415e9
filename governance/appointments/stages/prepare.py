"""prepare: somebody gathers what must be there before the procedure goes on."""

from __future__ import annotations

from governance.appointments.stages.standing import WAIT, Standing, Turn
from governance.rulebook.stages import Prepare


def prepare(standing: Standing) -> Turn:
    """Done when everything that the stage needs is confirmed."""
    stage = standing.stage
    assert isinstance(stage, Prepare)  # noqa: S101 -- the table of verbs has chosen this function
    if all(need in standing.case.needs for need in stage.needs):
        return Turn("done")
    return WAIT
