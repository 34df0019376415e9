"""collect: candidacies come in during a window, which is extended when too few came."""

from __future__ import annotations

import pendulum

from governance.appointments.calls.window import CLOSING
from governance.appointments.stages.standing import WAIT, Standing, Turn
from governance.calendar.counting import count
from governance.record import deadlines
from governance.record.models import Deadline
from governance.rulebook.parts import Period
from governance.rulebook.periods import counting
from governance.rulebook.stages import Collect


def collect(standing: Standing) -> Turn:
    """Open the window; at its end, enough candidacies, an extension, or too few."""
    stage = standing.stage
    assert isinstance(stage, Collect)  # noqa: S101 -- the table of verbs has chosen this function
    held = deadlines.find(standing.moment.session, standing.subject, CLOSING)
    if held is None or held.working.get("round") != standing.round:
        return _set(standing, stage.within, extended=0)
    if standing.moment.now < held.due_at:
        return WAIT
    return _at_the_end(standing, stage, held)


def _at_the_end(standing: Standing, stage: Collect, held: Deadline) -> Turn:
    came = len(standing.candidacies("nominated"))  # those of an earlier round have been judged
    least = stage.at_least
    extended = held.working["extended"]
    if least and came < least.candidacies and extended < least.times:
        return _set(standing, least.extend, extended=extended + 1)
    held.is_open = False
    enough = least is None or came >= least.candidacies
    return Turn("collected" if enough else "too_few", {"candidacies": came})


def _set(standing: Standing, period: Period, *, extended: int) -> Turn:
    counted = count(counting(period), standing.moment.now, standing.calendar)
    working = counted.as_json() | {"extended": extended, "round": standing.round}
    deadlines.set_deadline(
        standing.moment.session,
        standing.subject,
        CLOSING,
        pendulum.instance(counted.due_at),
        working,
    )
    return Turn(None, {"closes_at": counted.due_at.isoformat(), "extended": extended})
