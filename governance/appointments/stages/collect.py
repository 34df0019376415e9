"""collect: candidacies come in during a window, which is extended when too few came."""

from __future__ import annotations

import pendulum

from governance.appointments.calls import publishing
from governance.appointments.calls.window import CLOSING
from governance.appointments.lifecycle import CallLifecycle
from governance.appointments.models import Call
from governance.appointments.stages.standing import WAIT, Standing, Turn
from governance.calendar.counting import count
from governance.lifecycle import fire
from governance.record import deadlines
from governance.record.models import Deadline
from governance.rulebook.parts import Period
from governance.rulebook.periods import counting
from governance.rulebook.stages import Collect


def collect(standing: Standing) -> Turn:
    """Have the call approved, open the window; at its end, enough came, an extension, too few."""
    stage = standing.stage
    assert isinstance(stage, Collect)  # noqa: S101 -- the table of verbs has chosen this function
    held = deadlines.find(standing.moment.session, standing.subject, CLOSING)
    if held is None or held.working.get("round") != standing.round:
        return _before(standing, stage)
    if standing.moment.now < held.due_at:
        return WAIT
    return _at_the_end(standing, stage, held)


def _before(standing: Standing, stage: Collect) -> Turn:
    """Nothing is published before it is approved, where the law asks for that."""
    call = publishing.ensure_call(standing)
    if stage.approval is None:
        return _open(standing, stage, call)
    if call.state == "prepared":
        return Turn(None, publishing.ask_approval(standing, call, stage.approval))
    asked = publishing.approval_of(standing)
    if asked is None or asked.outcome is None:
        return WAIT
    standing.moment.cites.append(asked.closing_entry)
    if asked.outcome["result"] == "approve":
        call.approved_by = publishing.who_answered(standing, asked)
        return _open(standing, stage, call)
    call.state = fire(CallLifecycle, call.state, "cancel")
    return Turn("sent_back", {"call": call.id})


def _open(standing: Standing, stage: Collect, call: Call) -> Turn:
    turn = _set(standing, stage.within, extended=0)
    closes_at = pendulum.parse(turn.facts["closes_at"])
    assert isinstance(closes_at, pendulum.DateTime)  # noqa: S101 -- it was written just now
    return Turn(None, turn.facts | publishing.publish(standing, call, closes_at))


def _at_the_end(standing: Standing, stage: Collect, held: Deadline) -> Turn:
    came = len(standing.candidacies("nominated"))  # those of an earlier round have been judged
    call = publishing.call_of(standing.moment.session, standing.case.id, standing.round)
    least = stage.at_least
    extended = held.working["extended"]
    if least and came < least.candidacies and extended < least.times:
        turn = _set(standing, least.extend, extended=extended + 1)
        if call is not None:
            publishing.prolong(call, held.due_at, "", "too_few_candidacies")
        return turn
    held.is_open = False
    lapsed = publishing.close(standing.moment, call) if call is not None else 0
    enough = least is None or came >= least.candidacies
    facts = {"candidacies": came} | ({"drafts_lapsed": lapsed} if lapsed else {})
    return Turn("collected" if enough else "too_few", facts)


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
