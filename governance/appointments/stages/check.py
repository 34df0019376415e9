"""check: checks are ordered for each candidacy, side by side, and recorded by an officer."""

from __future__ import annotations

from governance.appointments.models import Check
from governance.appointments.stages.standing import WAIT, Standing, Turn, move
from governance.rulebook.stages import Checks


def check(standing: Standing) -> Turn:
    """Order what is missing; done when every candidacy is cleared, refused or withdrawn."""
    stage = standing.stage
    assert isinstance(stage, Checks)  # noqa: S101 -- the table of verbs has chosen this function
    eligible = standing.candidacies("eligible")
    if eligible:
        for candidacy in eligible:
            move(candidacy, "order_checks")
            standing.moment.session.add_all(_ordered(standing, stage, candidacy.id))
        return Turn(None, {"checks_ordered": [each.id for each in eligible]})
    if standing.candidacies("checks"):
        return WAIT
    cleared = standing.candidacies("cleared")
    return Turn("cleared" if cleared else "nobody_cleared", {"cleared": len(cleared)})


def _ordered(standing: Standing, stage: Checks, candidacy_id: str) -> list[Check]:
    return [
        Check(
            candidacy_id=candidacy_id,
            case_id=standing.case.id,
            kind=each.kind,
            number=number,
            ordered_at=standing.moment.now,
        )
        for each in stage.checks
        for number in range(1, each.count + 1)
    ]
