"""Where an assessment stands: its law, its row, its panel as the rules of composition see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.appointments.assessment.models import Assessment, PanelMember
from governance.appointments.assessment.rules import (
    REPORTS,
    Assessed,
    Panel,
    Sitting,
    panel_findings,
)
from governance.appointments.law import law_of
from governance.appointments.lifecycle import CandidacyLifecycle
from governance.appointments.models import Candidacy, Case
from governance.lifecycle import finals
from governance.people.models import Person
from governance.people.queries import by_id, offices_held
from governance.refusals import Finding, Reason, Refused, refuse
from governance.rulebook.assessing import Assessing
from governance.rulebook.schema import Rulebook

SITTING = ("named", "declared")
OUT = finals(CandidacyLifecycle) | {"refused"}


def assessing_of(rulebook: Rulebook, case: Case) -> Assessing:
    """The law of the case's assessment. Refused where the procedure has none."""
    procedure = rulebook.procedure(case.procedure)
    if procedure is None or procedure.assessment is None:
        raise refuse(
            "this procedure has no assessment by a panel",
            rule="procedure_has_assessment",
            cure="Add assessment: to the procedure, for the cases that are launched from then on.",
            reason=Reason.TURN,
        )
    return procedure.assessment


def assessment_of(session: Session, case_id: str) -> Assessment | None:
    """The assessment of a case, if it was begun."""
    return session.exec(select(Assessment).where(col(Assessment.case_id) == case_id)).first()


def ensured(moment: Moment, case: Case, law: Assessing) -> Assessment:
    """The assessment of a case; the first time, with the criteria of the law that it is under.

    They have stood since the launch: the law of a case is pinned before anybody is a candidate.
    """
    found = assessment_of(moment.session, case.id)
    if found is None:
        found = Assessment(
            case_id=case.id,
            criteria=[each.model_dump(mode="json") for each in law.criteria],
            fixed_at=case.launched_at,
            anonymous=law.anonymous,
        )
        moment.session.add(found)
        moment.session.flush()
    return found


def members_of(session: Session, case_id: str, *states: str) -> list[PanelMember]:
    """The seats of a panel in these states, those who sit by default."""
    query = (
        select(PanelMember)
        .where(col(PanelMember.case_id) == case_id, col(PanelMember.state).in_(states or SITTING))
        .order_by(col(PanelMember.named_at), col(PanelMember.id))
    )
    return list(session.exec(query))


def panel_of(session: Session, case: Case, rulebook: Rulebook, at: DateTime, today: date) -> Panel:
    """The panel and the candidates who are not out, with every tie that is known."""
    seats = members_of(session, case.id)
    query = select(Candidacy).where(col(Candidacy.case_id) == case.id)
    running = [each for each in session.exec(query) if each.state not in OUT]
    people = by_id(
        session, [*(each.person_id for each in seats), *(each.person_id for each in running)]
    )
    candidates = [people[each.person_id] for each in running]
    declared = {
        (seat.person_id, tie["kind"], tie["to"]) for seat in seats for tie in seat.relations
    }
    lines = _lines_of_report(session, rulebook, people.values(), at)
    return Panel(
        members=[_sitting(seat, people[seat.person_id]) for seat in seats],
        candidates=[Assessed(each.id, each.nationality) for each in candidates],
        ties=frozenset(declared | lines),
        on=today,
    )


def _sitting(seat: PanelMember, person: Person) -> Sitting:
    return Sitting(
        person.id,
        person.name,
        person.sex,
        person.nationality,
        outside=seat.outside,
        trained_on=seat.trained_on,
    )


def _lines_of_report(
    session: Session, rulebook: Rulebook, people: Iterable[Person], at: DateTime
) -> set[tuple[str, str, str]]:
    """Who stands above whom, by the offices that they hold and the law's lines of report."""
    held = offices_held(session, (each.id for each in people), at)
    holder_of = {office: person for person, offices in held.items() for office in offices}
    found = set()
    for person, offices in held.items():
        for office in offices:
            for above in _above(rulebook, office):
                if (chief := holder_of.get(above)) is not None and chief != person:
                    found.add((person, REPORTS, chief))
    return found


def _above(rulebook: Rulebook, office: str) -> list[str]:
    """The offices above an office, the nearest first."""
    found: list[str] = []
    here = rulebook.office(office)
    while here is not None and here.reports_to is not None:
        key = here.reports_to.removeprefix("office.")
        if key in found:
            break
        found.append(key)
        here = rulebook.office(key)
    return found


def rules_of(law: Assessing) -> list[tuple[str, Mapping[str, Any], str]]:
    """The named rules of composition with their numbers and articles."""
    return [(each.rule, each.given, str(each.article or law.article)) for each in law.panel]


def findings_of(
    session: Session, case: Case, law: Assessing, at: DateTime, today: date
) -> list[Finding]:
    """What each rule of composition says of the panel as it is now."""
    rulebook = law_of(session, case.law)
    panel = panel_of(session, case, rulebook, at, today)
    return panel_findings(panel, rules_of(law))


def member_of(session: Session, case_id: str, person_id: str | None) -> PanelMember | None:
    """The seat that a person has on a case's panel, now."""
    seats = members_of(session, case_id)
    return next((each for each in seats if each.person_id == person_id), None)


def seat_named(session: Session, case: Case, person_id: str) -> PanelMember:
    """The seat of a person who sits. Refused where they do not."""
    found = member_of(session, case.id, person_id)
    if found is None:
        raise no_such_member()
    return found


def no_such_member() -> Refused:
    """For somebody who does not sit on the panel."""
    return refuse(
        "this person does not sit on the panel",
        rule="known_member",
        cure="See who sits: mandate appointment panel show.",
        where="--person",
        reason=Reason.MISSING,
    )
