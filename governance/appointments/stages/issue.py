"""issue: a document is issued once the gate is open, whatever the rulebook writes down."""

from __future__ import annotations

from governance.appointments.checks.gate import must_be_open
from governance.appointments.letters import issue_document
from governance.appointments.stages.standing import WAIT, Standing, Turn
from governance.rulebook.stages import Issue


def issue(standing: Standing) -> Turn:
    """Issue the document to the chosen candidate in every language of the stage."""
    stage = standing.stage
    assert isinstance(stage, Issue)  # noqa: S101 -- the table of verbs has chosen this function
    chosen = standing.chosen()
    if chosen is not None and chosen.state == "review":
        return WAIT  # a check ran out; the vetting is closed anew, then the letter leaves
    finding = must_be_open(standing.moment, standing.case, standing.calendar.zone, chosen)
    assert chosen is not None  # noqa: S101 -- the gate is closed where nobody is chosen
    standing.moment.rules.append(finding)
    kind = stage.template.rsplit("/", 1)[-1]
    issued = [
        issue_document(standing, chosen, kind, language, signed_by=stage.signed_by)
        for language in stage.languages
    ]
    return Turn("issued", {"documents": [each.on_record() for each in issued]})
