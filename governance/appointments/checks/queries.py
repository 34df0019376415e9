"""What screens and machines read of vetting. Confidential texts are not among it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.appointments.checks.rules import CLOSED
from governance.appointments.law import law_of
from governance.appointments.models import (
    Candidacy,
    Case,
    Check,
    Evidence,
    GateException,
    Ruling,
)
from governance.appointments.queries import (
    Candidate,
    candidates_of,
    case_by_reference,
    no_such_case,
    sees_all,
)
from governance.consultation.models import Consultation, Invitation
from governance.house import House
from governance.people.models import Person
from governance.people.queries import by_id
from governance.rulebook.stages import Checks

Plain = dict[str, Any]


def tell_vetting(house: House, actor: Actor, reference: str) -> Plain:
    """Where the vetting of a case stands, for HR and audit. Raises Refused for others."""
    with house.database.reading() as session:
        case = case_by_reference(session, actor, reference)
        if not sees_all(actor):
            raise no_such_case(reference)
        evidence = _evidence(session, case.id)
        rulings = rulings_of_case(session, case.id)
        asked = open_questions(session, case.id)
        candidates = [
            _candidate(each, evidence, rulings.get(each.candidacy.id, []), asked)
            for each in candidates_of(session, case.id)
        ]
        return {"case": case.reference, "law": _law(session, case), "candidates": candidates}


def tell_exceptions(house: House, actor: Actor, reference: str = "") -> list[Plain]:
    """Every exception asked for, the newest first: what is reported of the gate."""
    with house.database.reading() as session:
        query = (
            select(GateException, Case, Person)
            .join(Case, col(Case.id) == col(GateException.case_id))
            .join(Candidacy, col(Candidacy.id) == col(GateException.candidacy_id))
            .join(Person, col(Person.id) == col(Candidacy.person_id))
            .order_by(col(GateException.asked_at).desc())
        )
        if reference:
            case = case_by_reference(session, actor, reference)
            query = query.where(col(GateException.case_id) == case.id)
        if not sees_all(actor):
            raise no_such_case(reference or "any")
        found = list(session.exec(query))
        people = by_id(
            session,
            [who for each, _, _ in found for who in (each.asked_by, each.decided_by) if who],
        )
        return [_exception(each, case, person, people) for each, case, person in found]


def rulings_of_case(session: Session, case_id: str) -> dict[str, list[Ruling]]:
    """All rulings of a case, by candidacy, in their order."""
    query = select(Ruling).where(col(Ruling.case_id) == case_id)
    found: dict[str, list[Ruling]] = {}
    for each in session.exec(query.order_by(col(Ruling.number))):
        found.setdefault(each.candidacy_id, []).append(each)
    return found


def open_questions(session: Session, case_id: str) -> dict[str, list[tuple[str, Invitation]]]:
    """The open questions of vetting: by candidacy, (step without its subject, invitation)."""
    query = (
        select(Consultation, Invitation)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(
            col(Consultation.owner_kind) == "case",
            col(Consultation.owner_id) == case_id,
            col(Consultation.state) == "open",
            col(Consultation.step_key).contains(":"),
        )
    )
    found: dict[str, list[tuple[str, Invitation]]] = {}
    for asked, invitation in session.exec(query):
        about = asked.content.get("about")
        if about:
            step = asked.step_key.partition(":")[0]
            found.setdefault(about, []).append((step, invitation))
    return found


WAITS = {
    "ask_review": "the candidate: whether to ask for a review",
    "attestation": "the home administration",
    "comment": "the candidate's comment",
    "declarations": "the candidate's declarations",
    "exception": "the decision on an exception",
    "reference": "a referee",
    "review": "the review of the refusal",
    "ruling": "the second signature",
}


def _candidate(
    candidate: Candidate,
    evidence: dict[str, list[Evidence]],
    rulings: Sequence[Ruling],
    asked: dict[str, list[tuple[str, Invitation]]],
) -> Plain:
    candidacy = candidate.candidacy
    waits = [WAITS.get(step, step) for step, _ in asked.get(candidacy.id, [])]
    return {
        "id": candidacy.id,
        "name": candidate.person.name,
        "kind": candidacy.kind,
        "state": candidacy.state,
        "held": candidacy.held or None,
        "closed": sum(each.state in CLOSED for each in candidate.checks),
        "checks": [_check(each, evidence.get(each.id, [])) for each in candidate.checks],
        "rulings": [_ruling(each) for each in rulings],
        "waits": ", ".join(dict.fromkeys(waits)),
    }


def _check(check: Check, papers: Sequence[Evidence]) -> Plain:
    return {
        "id": check.id,
        "kind": check.kind,
        "number": check.number,
        "state": check.state,
        "answered_by": check.answered_by,
        "source": check.source,
        "dated": check.dated.isoformat() if check.dated else None,
        "valid_until": check.valid_until.isoformat() if check.valid_until else None,
        "judged_by": check.judged_by,
        "closed_at": check.closed_at.isoformat() if check.closed_at else None,
        "heard_at": check.heard_at.isoformat() if check.heard_at else None,
        "under_condition": bool(check.condition),
        "evidence": [{"id": each.id, "sha256": each.sha256} for each in papers],
    }


def _ruling(ruling: Ruling) -> Plain:
    return {
        "number": ruling.number,
        "state": ruling.state,
        "outcome": ruling.outcome,
        "reason": ruling.reason,
        "proposed_by": ruling.proposed_by,
        "signed_by": ruling.signed_by,
        "signed_at": ruling.signed_at.isoformat() if ruling.signed_at else None,
        "reconsidered_by": ruling.reconsidered_by,
    }


def _exception(each: GateException, case: Case, person: Person, people: dict[str, Person]) -> Plain:
    decision = {None: "waits", True: "granted", False: "refused"}[each.granted]
    decided = people.get(each.decided_by or "")
    return {
        "case": case.reference,
        "name": person.name,
        "kinds": list(each.kinds),
        "article": each.article,
        "asked_by": people[each.asked_by].name if each.asked_by in people else "",
        "asked_at": each.asked_at.isoformat(),
        "decision": decision,
        "decided_by": decided.name if decided else None,
        "decided_at": each.decided_at.isoformat() if each.decided_at else None,
    }


def _evidence(session: Session, case_id: str) -> dict[str, list[Evidence]]:
    query = select(Evidence).where(
        col(Evidence.case_id) == case_id,
        col(Evidence.check_id).is_not(None),
        col(Evidence.removed_at).is_(None),
    )
    found: dict[str, list[Evidence]] = {}
    for each in session.exec(query.order_by(col(Evidence.at))):
        found.setdefault(str(each.check_id), []).append(each)
    return found


def _law(session: Session, case: Case) -> list[Plain]:
    """What the rulebook asks: each check, of whom, for how long, waived by whom."""
    procedure = law_of(session, case.law).procedure(case.procedure)
    stages = [each for each in procedure.stages if isinstance(each, Checks)] if procedure else []
    return [
        {
            "kind": check.kind,
            "title": {str(key): words for key, words in check.title.root.items()},
            "stage": stage.key,
            "article": str(check.article or stage.article),
            "valid": str(check.valid) if check.valid else None,
            "evidence": check.evidence,
            "waived_by": check.waiver.by if check.waiver else None,
            "required_of": check.required_of.model_dump(mode="json") if check.required_of else None,
        }
        for stage in stages
        for check in stage.checks
    ]
