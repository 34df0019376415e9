"""weigh: what each candidate on the shortlist would do to the balance, shown to who decides."""

from __future__ import annotations

from typing import Any

from governance.appointments.models import Candidacy
from governance.appointments.stages.standing import WAIT, Standing, Turn
from governance.people.models import Person
from governance.people.queries import by_id, holders_with_prefix
from governance.refusals import Finding, Verdict
from governance.representation.composition import SEXES, Composition, Member
from governance.representation.judge import verdict
from governance.representation.reviews.queries import overlay
from governance.representation.rules import weigh as weighed
from governance.representation.view import at
from governance.rulebook.bodies.reading import load_shipped
from governance.rulebook.stages import Weigh


def weigh(standing: Standing) -> Turn:
    """Write the verdict on each candidate; wait for a justification where the law wants one."""
    stage = standing.stage
    assert isinstance(stage, Weigh)  # noqa: S101 -- the table of verbs has chosen this function
    key = f"{stage.key}:{standing.round}"
    if key not in standing.case.verdicts:
        verdicts = _verdicts(standing, stage)
        standing.case.verdicts = {**standing.case.verdicts, key: verdicts}
        return Turn(None, {"weighed": {who: _worst(each) for who, each in verdicts.items()}})
    adverse = is_adverse(standing.case.verdicts[key])
    if not adverse:
        return Turn("weighed")
    if stage.effect == "binding":
        return Turn("adverse")
    if stage.adverse == "needs_written_justification" and key not in standing.case.justified:
        return WAIT
    return Turn("weighed", {"adverse": True})


def is_adverse(verdicts: dict[str, list[dict[str, Any]]]) -> bool:
    """Whether any rule found against any candidate on the shortlist."""
    outcomes = {each["outcome"] for findings in verdicts.values() for each in findings}
    return bool(outcomes & {Verdict.FAIL, Verdict.UNDETERMINED})


def _verdicts(standing: Standing, stage: Weigh) -> dict[str, list[dict[str, Any]]]:
    shortlist = standing.candidacies("shortlisted")
    people = standing.people(shortlist)
    sitting = _sitting(standing)
    rules = [
        (each.rule, dict(each.given), str(each.article or stage.article)) for each in stage.rules
    ]
    verdicts: dict[str, list[dict[str, Any]]] = {}
    for candidacy in shortlist:
        member = _member(standing, candidacy, people[candidacy.person_id])
        whole = sitting.with_member(member)
        findings = [*weighed(whole, rules), *_by_body(standing, stage, whole)]
        verdicts[candidacy.id] = [finding.as_kept() for finding in findings]
    return verdicts


def _by_body(standing: Standing, stage: Weigh, composition: Composition) -> list[Finding]:
    """What the rules of a body say of the composition; what no composition keeps is left out."""
    if stage.body is None:
        return []
    moment = standing.moment
    own = overlay(moment.session)
    view = at(load_shipped(stage.body), composition, moment.now.date(), overlay=own)
    return [
        each.as_finding()
        for each in verdict(view).rules
        if not each.found.silent and each.outcome is not Verdict.ADVISORY
    ]


def _sitting(standing: Standing) -> Composition:
    """Who holds the offices that are weighed together with this post's."""
    office = standing.rulebook.office(standing.post.office)
    group = office.group if office else None
    together = {
        each.key
        for each in standing.rulebook.organisation.offices
        if group and each.group == group and each.key != (office.key if office else "")
    }
    held = holders_with_prefix(standing.moment.session, "", standing.moment.now)
    people = by_id(standing.moment.session, (person.id for person in held.values()))
    return Composition(
        tuple(
            _of(standing, people[person.id], key)
            for key, person in sorted(held.items())
            if key in together
        )
    )


def _member(standing: Standing, candidacy: Candidacy, person: Person) -> Member:
    return _of(standing, person, candidacy.id)


def _of(standing: Standing, person: Person, seat: str) -> Member:
    country = person.nationality
    return Member(
        name=person.name,
        state=country or "",
        region=standing.rulebook.region_of(country) if country else None,
        seat=seat,
        sex=SEXES.get(person.sex or ""),
    )


def _worst(findings: list[dict[str, Any]]) -> str:
    order = [Verdict.FAIL, Verdict.UNDETERMINED, Verdict.ADVISORY, Verdict.EXCEPTION, Verdict.PASS]
    outcomes = {each["outcome"] for each in findings}
    return next((str(each) for each in order if each in outcomes), str(Verdict.PASS))
