"""sift: named rules are asked of every candidacy; a person confirms what they say."""

from __future__ import annotations

from datetime import date

from governance.appointments.models import Candidacy
from governance.appointments.rules import Applicant, eligibility
from governance.appointments.service import secondment
from governance.appointments.stages.standing import WAIT, Standing, Turn
from governance.people.models import Person
from governance.rulebook.schema import Rulebook
from governance.rulebook.stages import Sift


def sift(standing: Standing) -> Turn:
    """Write the findings; done when no candidacy waits for a person's confirmation."""
    waiting = standing.candidacies("nominated")
    unread = [each for each in waiting if not each.findings]
    if unread:
        people = standing.people(unread)
        for candidacy in unread:
            candidacy.findings = findings_of(standing, candidacy, people[candidacy.person_id])
        return Turn(None, {"sifted": [each.id for each in unread]})
    if waiting:
        return WAIT
    eligible = standing.candidacies("eligible")
    return Turn("sifted" if eligible else "nobody_eligible", {"eligible": len(eligible)})


def findings_of(
    standing: Standing, candidacy: Candidacy, person: Person
) -> list[dict[str, object]]:
    """What the stage's rules, with the post's own numbers, say of one candidate."""
    stage = standing.stage
    assert isinstance(stage, Sift)  # noqa: S101 -- the table of verbs has chosen this function
    rules = [
        (each.rule, each.given, str(each.article or stage.article))
        for each in stage.rules_for(standing.post.criteria)
    ]
    on = standing.case.wanted_on or standing.moment.now.date()
    applicant = applicant_of(standing.rulebook, candidacy, person, on)
    law = standing.rulebook.organisation.secondment
    seconded = secondment.finding_of(standing.moment.session, law, candidacy, on)
    return [finding.as_kept() for finding in (*eligibility(applicant, rules), *seconded)]


def applicant_of(rulebook: Rulebook, candidacy: Candidacy, person: Person, on: date) -> Applicant:
    """The plain facts of a candidate that eligibility looks at."""
    facts = candidacy.facts
    country = person.nationality
    return Applicant(
        nationality=country,
        languages=facts.get("languages", {}),
        degree=facts.get("degree"),
        years_experience=facts.get("years_experience"),
        birth_date=person.birth_date,
        is_member=rulebook.is_member(country) if country else None,
        on=on,
    )
