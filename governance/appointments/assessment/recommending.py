"""After the scores: what the discussion came to, and whom the panel recommends."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.assessment.lifecycle import AssessmentLifecycle
from governance.appointments.assessment.models import Assessment
from governance.appointments.assessment.rules import Recommending
from governance.appointments.assessment.standing import assessing_of, assessment_of
from governance.appointments.authority import hr_officer
from governance.appointments.checks.rules import CLEARED
from governance.appointments.law import law_of
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Candidacy, Case
from governance.appointments.stages.standing import move
from governance.lifecycle import fire
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Note:
    """What the panel's discussion of a difference came to."""

    text: str


@dataclass(frozen=True)
class Shortlist:
    """Whom the panel recommends, in its order; `reason` where that is not the ranking's."""

    candidacies: tuple[str, ...]
    reason: str = ""


def note_body(moment: Moment, case: Case | None, given: Note) -> Written[Case]:
    """Keep what the discussion came to; it goes with the recommendation."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    assessment = _ranked(moment, case)
    if not given.text.strip():
        raise refuse(
            "the note says nothing",
            rule="reasons_are_given",
            cure="Write what the discussion came to.",
            where="text",
            reason=Reason.INPUT,
        )
    sealed = moment.seal(f"case:{case.id}", given.text)
    assessment.discussion = sealed["sealed"]
    return Written({"note": sealed}, case)


def recommend_body(moment: Moment, case: Case | None, given: Shortlist) -> Written[Case]:
    """Put whom the panel recommends on the shortlist, as the rule says."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    assessment = _ranked(moment, case)
    law = assessing_of(law_of(moment.session, case.law), case)
    query = select(Candidacy).where(
        col(Candidacy.case_id) == case.id, col(Candidacy.state).in_(CLEARED)
    )
    cleared = {each.id: each for each in moment.session.exec(query)}
    still = {each: cleared[each] for each in placed(assessment) if each in cleared}
    facts = Recommending(
        named=given.candidacies,
        eligible=tuple(still),
        at_least=min(law.shortlist.at_least, len(still)) or 1,
        at_most=law.shortlist.at_most,
        ranked=law.shortlist.ranked,
        note=bool(given.reason.strip()),
        open_notes=() if assessment.discussion else differing(assessment, given.candidacies),
    )
    assessment.state = fire(AssessmentLifecycle, assessment.state, "recommend", facts)
    assessment.recommended = list(given.candidacies)
    for candidacy in given.candidacies:
        move(still[candidacy], "shortlist")
    assessment.anonymous = False
    moment.owe("case", case.id)
    reason = moment.seal(f"case:{case.id}", given.reason) if given.reason.strip() else {}
    return Written(
        {
            "ranked": law.shortlist.ranked,
            "reason": reason,
            "shortlist": list(given.candidacies),
        },
        case,
    )


NOTE: Verb[Case, Note] = Verb("case:note_discussion", Case, "case", hr_officer, note_body)
RECOMMEND: Verb[Case, Shortlist] = Verb("case:recommend", Case, "case", hr_officer, recommend_body)


def placed(assessment: Assessment) -> tuple[str, ...]:
    """Who has a place in the ranking, the best first."""
    return tuple(
        each["candidate"]
        for each in assessment.ranking.get("ranking", ())
        if each["place"] is not None
    )


def differing(assessment: Assessment, among: tuple[str, ...]) -> tuple[str, ...]:
    """Those among them over whom the members differ."""
    over = {each["candidate"] for each in assessment.ranking.get("disagreement", ())}
    return tuple(each for each in among if each in over)


def _ranked(moment: Moment, case: Case) -> Assessment:
    assessment = assessment_of(moment.session, case.id)
    if assessment is None or not assessment.ranking:
        raise refuse(
            "there is no ranking yet",
            rule="ranking_is_there",
            cure="Wait for the scores of each member.",
            reason=Reason.TURN,
        )
    return assessment
