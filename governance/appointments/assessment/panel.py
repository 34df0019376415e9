"""The panel: members are named, declare ties, are recused and replaced; then it is composed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.appointments.assessment.lifecycle import AssessmentLifecycle, PanelMemberLifecycle
from governance.appointments.assessment.models import PanelMember
from governance.appointments.assessment.rules import Composing, nobody_judges_themselves
from governance.appointments.assessment.scoring import leave_scoring
from governance.appointments.assessment.standing import (
    assessing_of,
    ensured,
    findings_of,
    member_of,
    panel_of,
    seat_named,
)
from governance.appointments.authority import hr_officer
from governance.appointments.law import law_of
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Candidacy, Case
from governance.consultation.scoring import exact
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.queries import by_email
from governance.refusals import Reason, Refused, refuse
from governance.rulebook.assessing import Assessing

ROLES = ("chair", "member")
TIES = ("kinship", "reports_to")


@dataclass(frozen=True)
class Named:
    """Somebody for the panel: by address, in which role, from outside or not, trained when."""

    email: str
    role: str = "member"
    outside: bool = False
    trained_on: date | None = None


@dataclass(frozen=True)
class Declared:
    """The ties that a member declares: (address, kinship or reports_to) each; none is a word too.

    Without `email` the member speaks; with it, an officer records what the member has said.
    """

    ties: tuple[tuple[str, str], ...] = ()
    email: str = ""


@dataclass(frozen=True)
class Recused:
    """A member who leaves, why, and who takes the place, if somebody does."""

    reason: str
    email: str = ""
    replacement: Named | None = None


@dataclass(frozen=True)
class Criteria:
    """Weights that this case has instead of the procedure's: by criterion, exact."""

    weights: dict[str, str] = field(default_factory=dict)
    anonymous: bool | None = None


def member_or_officer(moment: Moment, case: Case | None, given: Declared | Recused) -> str:
    """A member for themselves, signed in; an officer for anybody."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    signed_in = moment.actor.level in {Level.SESSION, Level.FRESH}
    mine = member_of(moment.session, case.id, moment.actor.person_id) if signed_in else None
    if mine is not None and not given.email:
        return f"panel:{mine.role}"
    return hr_officer(moment, case, given)


def name_body(moment: Moment, case: Case | None, given: Named) -> Written[Case]:
    """Give somebody a seat on the panel; nobody who is a candidate gets one."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    assessment = ensured(moment, case, _law(moment, case))
    fire(CaseLifecycle, case.state, "go_on")
    _may_change(assessment.state)
    seat = _seat(moment, case, given)
    if assessment.state == "composed":
        assessment.state = fire(AssessmentLifecycle, assessment.state, "recompose")
    return Written({"member": seat.person_id, "role": seat.role, "outside": seat.outside}, case)


def declare_body(moment: Moment, case: Case | None, given: Declared) -> Written[Case]:
    """Keep which ties a member has to candidates and to other members, or that there are none."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    seat = _seat_of(moment, case, given.email)
    ties, faults = [], []
    for email, kind in given.ties:
        person = by_email(moment.session, email)
        if kind not in TIES:
            faults.append(_unknown_tie(kind))
        elif person is None:
            faults.append(_unknown_person(email, "tie"))
        else:
            ties.append({"to": person.id, "kind": kind})
    if faults:
        raise Refused([each for fault in faults for each in fault.findings], Reason.INPUT)
    seat.state = fire(PanelMemberLifecycle, seat.state, "declare")
    seat.relations, seat.declared_at = ties, moment.now
    moment.owe("case", case.id)
    return Written({"member": seat.person_id, "ties": len(ties)}, case)


def recuse_body(moment: Moment, case: Case | None, given: Recused) -> Written[Case]:
    """A member leaves, with a reason on file, and is out of what is being scored; another comes."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    if not given.reason.strip():
        raise refuse(
            "nobody is recused without a reason",
            rule="reasons_are_given",
            cure="Write the reason.",
            where="reason",
            reason=Reason.INPUT,
        )
    seat = _seat_of(moment, case, given.email)
    seat.state = fire(PanelMemberLifecycle, seat.state, "recuse")
    sealed = moment.seal(f"case:{case.id}", given.reason)
    seat.because, seat.left_at = sealed["sealed"], moment.now
    facts: dict[str, Any] = {"member": seat.person_id, "reason": sealed}
    assessment = ensured(moment, case, _law(moment, case))
    came = None
    if given.replacement is not None:
        came = _seat(moment, case, given.replacement, replaces=seat.id)
        facts["replacement"] = came.person_id
    if assessment.state == "composed":
        assessment.state = fire(AssessmentLifecycle, assessment.state, "recompose")
    if assessment.state == "scoring":
        facts["out_of"] = leave_scoring(moment, case, seat.person_id)
    moment.owe("case", case.id)
    return Written(facts, case)


def compose_body(moment: Moment, case: Case | None, _: None) -> Written[Case]:
    """The panel stands, if each rule of its composition is kept; every fault is told."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    law = _law(moment, case)
    assessment = ensured(moment, case, law)
    today = moment.now.in_timezone(_zone(moment, case)).date()
    findings = findings_of(moment.session, case, law, moment.now, today)
    facts = Composing(tuple(findings))
    if faults := [each for each in findings if each.blocks]:
        fire(AssessmentLifecycle, assessment.state, "compose", Composing(()))
        raise Refused(faults)
    assessment.state = fire(AssessmentLifecycle, assessment.state, "compose", facts)
    assessment.composed_at = moment.now
    assessment.findings = [each.as_kept() for each in findings]
    moment.rules.extend(findings)
    moment.owe("case", case.id)
    seats = panel_of(
        moment.session, case, law_of(moment.session, case.law), moment.now, today
    ).members
    return Written({"members": [each.key for each in seats]}, case)


def criteria_body(moment: Moment, case: Case | None, given: Criteria) -> Written[Case]:
    """Weigh the criteria otherwise for this case, while there is no candidate yet."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    law = _law(moment, case)
    assessment = ensured(moment, case, law)
    _before_names(moment, case, assessment.state)
    told = {each.key: each.model_dump(mode="json") for each in law.criteria}
    for key, weight in given.weights.items():
        if key not in told:
            raise refuse(
                'there is no criterion "{key}"',
                rule="known_criterion",
                cure="There are: {known}.",
                where="--weight",
                reason=Reason.INPUT,
                key=key[:60],
                known=", ".join(told),
            )
        told[key] = _weighed(told[key], weight)
    assessment.criteria = list(told.values())
    assessment.fixed_at, assessment.fixed_by = moment.now, moment.actor.person_id
    if given.anonymous is not None:
        assessment.anonymous = given.anonymous
    return Written(
        {
            "anonymous": assessment.anonymous,
            "weights": {each["key"]: each["weight"] for each in assessment.criteria},
        },
        case,
    )


NAME: Verb[Case, Named] = Verb("case:name_panel_member", Case, "case", hr_officer, name_body)
DECLARE: Verb[Case, Declared] = Verb(
    "case:declare_ties", Case, "case", member_or_officer, declare_body
)
RECUSE: Verb[Case, Recused] = Verb(
    "case:recuse_panel_member", Case, "case", member_or_officer, recuse_body
)
COMPOSE: Verb[Case, None] = Verb("case:compose_panel", Case, "case", hr_officer, compose_body)
SET_CRITERIA: Verb[Case, Criteria] = Verb(
    "case:set_criteria", Case, "case", hr_officer, criteria_body
)


def _law(moment: Moment, case: Case) -> Assessing:
    return assessing_of(law_of(moment.session, case.law), case)


def _zone(moment: Moment, case: Case) -> str:
    procedure = law_of(moment.session, case.law).procedure(case.procedure)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    return moment.house.calendars[procedure.calendar].zone


def _may_change(state: str) -> None:
    if state not in {"fixed", "composed"}:
        raise refuse(
            "the panel has begun to score: nobody joins it now",
            rule="panel_is_complete",
            cure="Recuse a member and name who takes the place.",
            reason=Reason.TURN,
        )


def _seat(moment: Moment, case: Case, given: Named, replaces: str | None = None) -> PanelMember:
    person = by_email(moment.session, given.email)
    if person is None:
        raise _unknown_person(given.email, "--person")
    if given.role not in ROLES:
        raise refuse(
            '"{role}" is no role on a panel',
            rule="known_role",
            cure="Write chair or member.",
            where="--role",
            reason=Reason.INPUT,
            role=given.role[:40],
        )
    query = select(PanelMember.id).where(
        col(PanelMember.case_id) == case.id, col(PanelMember.person_id) == person.id
    )
    if moment.session.exec(query).first() is not None:
        raise refuse(
            "this person has, or had, a seat on the panel",
            rule="one_seat_each",
            cure="Name somebody else.",
            where="--person",
            reason=Reason.INPUT,
        )
    seat = PanelMember(
        id=new_id(),
        case_id=case.id,
        person_id=person.id,
        role=given.role,
        outside=given.outside,
        trained_on=given.trained_on,
        replaces=replaces,
        named_at=moment.now,
    )
    moment.session.add(seat)
    moment.session.flush()
    today = moment.now.date()
    panel = panel_of(moment.session, case, law_of(moment.session, case.law), moment.now, today)
    own = nobody_judges_themselves(panel)
    if own.blocks:
        raise Refused([own])
    return seat


def _seat_of(moment: Moment, case: Case, email: str) -> PanelMember:
    if not email:
        return seat_named(moment.session, case, str(moment.actor.person_id))
    person = by_email(moment.session, email)
    if person is None:
        raise _unknown_person(email, "--person")
    return seat_named(moment.session, case, person.id)


def _before_names(moment: Moment, case: Case, state: str) -> None:
    query = select(Candidacy.id).where(col(Candidacy.case_id) == case.id).limit(1)
    if moment.session.exec(query).first() is not None or state != "fixed":
        raise refuse(
            "there are candidates already: criteria are fixed before names are known",
            rule="criteria_before_names",
            cure="Keep the criteria as they are.",
            reason=Reason.TURN,
        )


def _weighed(criterion: dict[str, Any], weight: str) -> dict[str, Any]:
    share = exact(weight)
    if share is None or share <= 0:
        raise refuse(
            '"{told}" is no weight',
            rule="weight_is_exact",
            cure="Write 3 or 3/10.",
            where="--weight",
            reason=Reason.INPUT,
            told=weight[:20],
        )
    return {**criterion, "weight": str(share)}


def _unknown_person(email: str, where: str) -> Refused:
    return refuse(
        'nobody is on file under "{email}"',
        rule="known_person",
        cure="Check the address, or add the person first.",
        where=where,
        reason=Reason.INPUT,
        email=email[:80],
    )


def _unknown_tie(kind: str) -> Refused:
    return refuse(
        '"{kind}" is no sort of tie',
        rule="known_tie",
        cure="Write kinship or reports_to.",
        where="tie",
        reason=Reason.INPUT,
        kind=kind[:40],
    )
