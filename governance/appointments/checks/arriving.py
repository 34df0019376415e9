"""What arrives from outside while a case is vetted: answers to its questions take effect here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.appointments.checks import attesting, excepting, reconsidering, ruling
from governance.appointments.checks.commenting import hear
from governance.appointments.checks.expiring import expire, watch
from governance.appointments.checks.reviewing import ADVERSE
from governance.appointments.lifecycle import CheckLifecycle
from governance.appointments.models import Case, Check, GateException, Ruling
from governance.appointments.referees import reference_step
from governance.consultation.models import Consultation
from governance.lifecycle import fire

LATE = "late"


def arrive(moment: Moment, case: Case, zone: str) -> dict[str, Any]:
    """Take in every answer that has come, and the end of every validity; what was written."""
    facts: dict[str, Any] = {
        "checks_expired": expire(moment, case, zone),
        "checks_received": _awaited(moment, case),
        "findings_heard": _heard(moment, case),
        "rulings": _rulings(moment, case),
        "exceptions": _exceptions(moment, case),
    }
    watch(moment, case, zone)
    return {name: value for name, value in facts.items() if value}


def _awaited(moment: Moment, case: Case) -> list[str]:
    """References and attestations; one that never came is ordered again."""
    query = select(Check).where(col(Check.case_id) == case.id, col(Check.state) == "awaited")
    awaited = list(moment.session.exec(query.order_by(col(Check.id))))
    steps = {each.id: _step_of(each) for each in awaited}
    asked = _newest(moment.session, case.id, steps.values())
    received = []
    for check in awaited:
        found = asked.get(steps[check.id])
        if found is None or found.state != "closed" or found.outcome is None:
            continue
        event = "lapse" if found.outcome["result"] == LATE else "receive"
        check.state = fire(CheckLifecycle, check.state, event)
        moment.cites.append(found.closing_entry)
        received.append(check.id)
    return received


def _step_of(check: Check) -> str:
    return attesting.step(check) if check.answered_by == attesting.HOME else reference_step(check)


def _newest(session: Session, case_id: str, steps: Iterable[str]) -> dict[str, Consultation]:
    """The newest question of each step, in one query."""
    wanted = list(steps)
    if not wanted:
        return {}
    query = select(Consultation).where(
        col(Consultation.owner_kind) == "case",
        col(Consultation.owner_id) == case_id,
        col(Consultation.step_key).in_(wanted),
    )
    return {each.step_key: each for each in session.exec(query.order_by(col(Consultation.round)))}


def _heard(moment: Moment, case: Case) -> dict[str, str]:
    query = select(Check).where(
        col(Check.case_id) == case.id,
        col(Check.state).in_(ADVERSE),
        col(Check.heard_at).is_(None),
    )
    found = {each.id: hear(moment, case, each) for each in moment.session.exec(query)}
    return {key: said for key, said in found.items() if said is not None}


def _rulings(moment: Moment, case: Case) -> dict[str, str]:
    query = select(Ruling).where(
        col(Ruling.case_id) == case.id,
        col(Ruling.state).in_(("proposed", "signed", "reconsidered")),
    )
    found: dict[str, str] = {}
    for each in moment.session.exec(query.order_by(col(Ruling.proposed_at), col(Ruling.id))):
        came = _ruling(moment, case, each)
        if came is not None:
            found[each.id] = came
    return found


def _ruling(moment: Moment, case: Case, row: Ruling) -> str | None:
    if row.state == "proposed":
        return ruling.take_in(moment, case, row)
    if row.state == "reconsidered":
        return reconsidering.take_in_review(moment, case, row)
    if row.outcome == "refuse" and reconsidering.take_in_request(moment, case, row):
        return row.state
    return None


def _exceptions(moment: Moment, case: Case) -> dict[str, bool]:
    query = select(GateException).where(
        col(GateException.case_id) == case.id, col(GateException.granted).is_(None)
    )
    found = {each.id: excepting.take_in(moment, case, each) for each in moment.session.exec(query)}
    return {key: granted for key, granted in found.items() if granted is not None}
