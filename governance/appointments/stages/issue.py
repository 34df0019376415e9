"""issue: a document is issued once its preconditions hold. The gate is for every role."""

from __future__ import annotations

from datetime import date

from governance.appointments.letters import issue_document
from governance.appointments.models import Check
from governance.appointments.rules import PRECONDITIONS, BeforeLetter
from governance.appointments.stages.standing import Standing, Turn
from governance.refusals import Refused
from governance.rulebook.stages import Issue


def issue(standing: Standing) -> Turn:
    """Issue the document to the chosen candidate in every language of the stage."""
    stage = standing.stage
    assert isinstance(stage, Issue)  # noqa: S101 -- the table of verbs has chosen this function
    chosen = standing.chosen()
    checks = standing.checks().get(standing.case.chosen or "", [])
    today = standing.moment.now.in_timezone(standing.calendar.zone).date()
    facts = BeforeLetter(
        candidacy=chosen.state if chosen else "none",
        checks=tuple(_state_on(each, today) for each in checks),
    )
    findings = [PRECONDITIONS[each.rule](facts) for each in stage.preconditions]
    if faults := [each for each in findings if each.blocks]:
        raise Refused(faults)
    assert chosen is not None  # noqa: S101 -- nobody chosen is a fault of every precondition
    standing.moment.rules.extend(findings)
    kind = stage.template.rsplit("/", 1)[-1]
    issued = [
        issue_document(standing, chosen, kind, language, signed_by=stage.signed_by)
        for language in stage.languages
    ]
    return Turn("issued", {"documents": [each.on_record() for each in issued]})


def _state_on(check: Check, day: date) -> str:
    """A check whose validity is over closes nothing any more."""
    return "expired" if check.valid_until and check.valid_until < day else check.state
