"""check: checks are ordered for each candidacy, side by side, and recorded by an officer."""

from __future__ import annotations

from typing import Any

import pendulum

from governance.appointments.checks import declaring
from governance.appointments.checks.putting import Law
from governance.appointments.checks.rules import CLEARED
from governance.appointments.models import Candidacy, Check
from governance.appointments.stages.standing import WAIT, Standing, Turn, move
from governance.calendar.counting import count
from governance.record import deadlines
from governance.rulebook.periods import counting
from governance.rulebook.stages import Checks
from governance.rulebook.vetting import Check as CheckLaw

END = "end_of_vetting"


def check(standing: Standing) -> Turn:
    """Order what is missing; done when every candidacy is cleared, refused or withdrawn."""
    stage = standing.stage
    assert isinstance(stage, Checks)  # noqa: S101 -- the table of verbs has chosen this function
    ready = _ready(standing, stage)
    if isinstance(ready, Turn):
        return ready
    if ready:
        for candidacy in ready:
            move(candidacy, "order_checks")
            standing.moment.session.add_all(_ordered(standing, stage, candidacy))
        facts = {"checks_ordered": [each.id for each in ready]}
        return Turn(None, facts | _by_when(standing, stage))
    if standing.candidacies("declarations", "checks", "review"):
        return WAIT
    deadlines.lift(standing.moment.session, standing.subject, END)
    cleared = standing.candidacies(*CLEARED)
    return Turn("cleared" if cleared else "nobody_cleared", {"cleared": len(cleared)})


def _ready(standing: Standing, stage: Checks) -> list[Candidacy] | Turn:
    """Whose checks are to be ordered now; where declarations are asked, they come first."""
    eligible = standing.candidacies("eligible")
    if stage.declarations is None:
        return eligible
    if eligible:
        law = Law(standing.rulebook, standing.procedure, stage)
        for candidacy in eligible:
            move(candidacy, "ask_declarations")
            declaring.ask(standing.moment, standing.case, law, candidacy, stage.declarations)
        return Turn(None, {"declarations_asked": [each.id for each in eligible]})
    asked = standing.candidacies("declarations")
    return declaring.who_declared(standing.moment, standing.case, asked)


def _by_when(standing: Standing, stage: Checks) -> dict[str, Any]:
    """The target of the stage: passing it is said in the record, and stops nothing."""
    if stage.within is None:
        return {}
    counted = count(counting(stage.within), standing.moment.now, standing.calendar)
    due = pendulum.instance(counted.due_at)
    deadlines.set_deadline(standing.moment.session, standing.subject, END, due, counted.as_json())
    return {"due_at": counted.due_at.isoformat()}


def _ordered(standing: Standing, stage: Checks, candidacy: Candidacy) -> list[Check]:
    """The checks that the law requires of a candidate of this kind for this post."""
    post = standing.post
    return [
        Check(
            candidacy_id=candidacy.id,
            case_id=standing.case.id,
            stage=stage.key,
            answered_by=who_answers(each, candidacy.kind),
            kind=each.kind,
            number=number,
            ordered_at=standing.moment.now,
        )
        for each in stage.required_of(post.clearance, candidacy.kind, post.key)
        for number in range(1, each.count + 1)
    ]


def who_answers(law: CheckLaw, kind: str) -> str:
    """Whoever gives the answer; for seconded officers the home administration, where it attests."""
    return "home_administration" if law.home_attests and kind == "seconded" else law.answered_by
