"""Evidence and rulings on a candidate's file."""

from __future__ import annotations

from collections.abc import Mapping

from governance.appointments.checks.reviewing import ADVERSE
from governance.appointments.checks.ruling import rulings_of
from governance.appointments.evidence.keeping import evidence_of, name_of
from governance.appointments.models import Evidence, Ruling
from governance.appointments.queries import Candidate, CaseFile
from governance.refusals import Sentence, say
from governance.rulebook.stages import Checks
from governance.web.case_views import Paper, RulingForm
from governance.web.cases.fill_case import case_href
from governance.web.cases.reading import Reading
from governance.web.views import Fact, Option, Words

OUTCOMES: Mapping[str, Sentence] = {
    "refuse": say("Refuse the candidate"),
    "clear": say("Clear the candidate all the same"),
    "clear_with_conditions": say("Clear the candidate under conditions"),
}
RULINGS: Mapping[str, Sentence] = {
    "proposed": say("proposed, the second signature is awaited"),
    "sent_back": say("sent back by the second signatory"),
    "signed": say("signed by two people"),
    "reconsidered": say("under review, at the candidate's request"),
    "upheld": say("upheld after a review"),
    "overturned": say("overturned after a review"),
}


def papers_of(candidate: Candidate, reading: Reading) -> tuple[Paper, ...]:
    """The evidence in use, with what it is for and its hash."""
    checks = {each.id: each.kind for each in candidate.checks}
    return tuple(
        Paper(
            name_of(reading.house.keys, reading.session, each) or each.id[:8],
            f"/evidence/{each.id}",
            _note(each, checks, reading),
        )
        for each in evidence_of(reading.session, candidate.candidacy.id)
    )


def _note(each: Evidence, checks: Mapping[str, str], reading: Reading) -> Words:
    return say(
        "{purpose}, {day}, SHA-256 {hash}",
        purpose=checks.get(each.check_id or "", each.purpose).replace("_", " "),
        day=reading.day_of(each.at),
        hash=each.sha256[:16],
    )


def paper_kinds(candidate: Candidate, file: CaseFile, reading: Reading) -> tuple[Option, ...]:
    """What a paper may be for: one of the candidate's checks, or the file as a whole."""
    laws = {
        law.kind: law
        for stage in file.procedure.stages
        if isinstance(stage, Checks)
        for law in stage.checks
    }
    kinds = dict.fromkeys(each.kind for each in candidate.checks)
    named = (
        Option(kind, reading.text(laws[kind].title) if kind in laws else kind)
        for kind in kinds
        if kind not in laws or laws[kind].evidence != "outcome_only"
    )
    return (Option("", say("The file as a whole")), *named)


def rulings_shown(candidate: Candidate, file: CaseFile, reading: Reading) -> tuple[Fact, ...]:
    """Every ruling on this candidate: the outcome, how it stands, its reason and its text."""
    return tuple(
        Fact(OUTCOMES[each.outcome], RULINGS[each.state], note=_why(each, file, reading))
        for each in rulings_of(reading.session, candidate.candidacy.id)
    )


def _why(ruling: Ruling, file: CaseFile, reading: Reading) -> Words:
    reasons = dict(_reasons(file, reading))
    named = reasons.get(ruling.reason, ruling.reason.replace("_", " "))
    return say("{reason}: {text}", reason=named, text=reading.opened(ruling.text))


def ruling_form(candidate: Candidate, file: CaseFile, reading: Reading) -> RulingForm | None:
    """The form of a proposal, where a finding is adverse and the review has begun."""
    bad = [each for each in candidate.checks if each.state in ADVERSE]
    if candidate.candidacy.state != "review" or not bad:
        return None
    unheard = any(each.heard_at is None for each in bad)
    waits = say("The candidate's time to comment is not over.") if unheard else ""
    reasons = _reasons(file, reading) or [(each.kind, each.kind.replace("_", " ")) for each in bad]
    return RulingForm(
        action=f"{case_href(file)}/ruling",
        candidacy=candidate.candidacy.id,
        outcomes=tuple(Option(key, words) for key, words in OUTCOMES.items()),
        reasons=tuple(Option(key, words) for key, words in reasons),
        waits=waits,
    )


def _reasons(file: CaseFile, reading: Reading) -> list[tuple[str, str]]:
    return [
        (each.key, reading.text(each.title))
        for stage in file.procedure.stages
        if isinstance(stage, Checks)
        for each in stage.reasons
    ]
