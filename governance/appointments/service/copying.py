"""A case as last year's: the same post and procedure, weighed alike, with who sat on the panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.assessment.models import PanelMember
from governance.appointments.assessment.standing import assessment_of, ensured
from governance.appointments.authority import hr_officer
from governance.appointments.launching import Launch, launch_body
from governance.appointments.law import law_of
from governance.appointments.models import Case
from governance.database import new_id
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Copy:
    """The case to copy, and the wanted day of entry on duty of the new one."""

    case_id: str
    wanted_on: date | None = None


def copy_body(moment: Moment, _: Case | None, given: Copy) -> Written[Case]:
    """Launch a case as another was: post, procedure, weights, panel; never its candidates.

    The law is the one in force now. Members have to declare anew, and the panel to be composed.
    """
    before = moment.session.get(Case, given.case_id)
    if before is None:
        raise refuse(
            "there is no case to copy",
            rule="known_case",
            cure="Check the reference.",
            reason=Reason.MISSING,
        )
    launched = launch_body(moment, None, Launch(before.procedure, before.post, given.wanted_on))
    case = launched.subject
    assert case is not None  # noqa: S101 -- a launch makes a case
    moment.session.flush()
    members = _panel(moment, before, case)
    return Written({**launched.facts, "copied_from": before.reference, "members": members}, case)


COPY: Verb[Case, Copy] = Verb("case:copy", Case, "case", hr_officer, copy_body)


def _panel(moment: Moment, before: Case, case: Case) -> list[str]:
    """The members who sat to the end sit again; the weights are those of the former case."""
    found = assessment_of(moment.session, before.id)
    procedure = law_of(moment.session, case.law).procedure(case.procedure)
    if found is None or procedure is None or procedure.assessment is None:
        return []
    assessment = ensured(moment, case, procedure.assessment)
    known = {each.key for each in procedure.assessment.criteria}
    if {each["key"] for each in found.criteria} == known:
        assessment.criteria = list(found.criteria)
    assessment.anonymous = found.anonymous or procedure.assessment.anonymous
    query = select(PanelMember).where(
        col(PanelMember.case_id) == before.id, col(PanelMember.state) == "declared"
    )
    seats = list(moment.session.exec(query))
    moment.session.add_all(
        PanelMember(
            id=new_id(),
            case_id=case.id,
            person_id=each.person_id,
            role=each.role,
            outside=each.outside,
            trained_on=each.trained_on,
            named_at=moment.now,
        )
        for each in seats
    )
    return [each.person_id for each in seats]
