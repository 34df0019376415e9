"""What the rows say of a competition's process, in a fixed number of queries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pendulum import DateTime
from sqlmodel import Session, col, func, select

from governance.access.actor import Actor
from governance.appointments.assessment.standing import assessment_of, findings_of
from governance.appointments.board.quality import LIGHT, Process, quality_of
from governance.appointments.checks.gate import state_on
from governance.appointments.forecast.standing import past_stages
from governance.appointments.law import law_of
from governance.appointments.models import Candidacy, Case, Check, Document
from governance.appointments.queries import case_by_reference, sees_all
from governance.house import House
from governance.record.models import Outbox
from governance.refusals import Finding, Reason, refuse
from governance.rulebook.schema import Procedure
from governance.rulebook.stages import Checks, Collect, Consult

IN_QUESTION = ("cleared", "cleared_with_conditions", "shortlisted", "chosen", "appointed")
OUT = ("ineligible", "refused")
CLOSED = frozenset({"satisfactory", "waived"})


def quality(house: House, actor: Actor, reference: str) -> tuple[Case, list[Finding]]:
    """Each question on the process with its answer, for HR and audit. Raises Refused."""
    with house.database.reading() as session:
        case = case_by_reference(session, actor, reference)
        if not sees_all(actor):
            raise refuse(
                "this page is for HR and audit",
                rule="hr_officer",
                article="Mandate, roles",
                cure="Sign in as an HR officer, or ask one.",
                reason=Reason.AUTHORITY,
            )
        return case, quality_of(process_of(house, session, case))


def tell_quality(house: House, actor: Actor, reference: str) -> dict[str, Any]:
    """The same as plain data, with a light for each question."""
    case, findings = quality(house, actor, reference)
    return {
        "reference": case.reference,
        "questions": [
            {"question": each.rule, "light": LIGHT[each.verdict], **each.as_json()}
            for each in findings
        ],
    }


def process_of(house: House, session: Session, case: Case) -> Process:
    """The facts that the questions are asked of."""
    rulebook = law_of(session, case.law)
    procedure = rulebook.procedure(case.procedure)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    now, zone = house.clock.now(), house.calendars[procedure.calendar].zone
    today = now.in_timezone(zone).date()
    states = dict(
        session.exec(
            select(Candidacy.state, func.count())
            .where(col(Candidacy.case_id) == case.id)
            .group_by(col(Candidacy.state))
        ).all()
    )
    checks = _checks(session, case)
    open_ = sum(state_on(each, today) not in CLOSED for each in checks)
    law, found = procedure.assessment, assessment_of(session, case.id)
    began, ended = _call(case, procedure, zone)
    first = session.exec(
        select(func.min(Candidacy.came_at)).where(col(Candidacy.case_id) == case.id)
    ).one()
    return Process(
        **_window(procedure, began, ended, today),
        fixed_at=_aware(found.fixed_at if found else case.launched_at) if law else None,
        first_name_at=_aware(first) if first else None,
        assessment_article=str(law.article) if law else "",
        panel=findings_of(session, case, law, now, today) if law else None,
        panel_composed=found is not None and found.state != "fixed",
        checks_open=open_,
        checks_all=len(checks),
        checks_article=_article(procedure, Checks),
        decided=case.chosen is not None or bool(states.get("appointed")),
        candidates=sum(states.values()),
        out=sum(states.get(each, 0) for each in OUT)
        + (sum(states.get(each, 0) for each in IN_QUESTION[:3]) if case.ended_at else 0),
        told=_told(session, case),
        unsent=_stuck(session, case),
        ended=case.ended_at is not None,
        days=_days(case, procedure, began, zone, today),
        longest_days=procedure.longest_days,
    )


def _window(procedure: Procedure, began: Any, ended: Any, today: Any) -> dict[str, Any]:
    stage = next((each for each in procedure.stages if isinstance(each, Collect)), None)
    need = None
    if stage is not None:
        within = stage.within
        need = within.days
    return {
        "window_days": need,
        "open_days": ((ended or today) - began).days if began else None,
        "is_open": began is not None and ended is None,
        "window_article": str(stage.article) if stage else "",
    }


def _call(case: Case, procedure: Procedure, zone: str) -> tuple[Any, Any]:
    """The days on which the call began and ended."""
    stage = next((each for each in procedure.stages if isinstance(each, Collect)), None)
    if stage is None:
        return None, None
    for key, since, until in past_stages(case, zone):
        if key == stage.key:
            return since, until
    if case.stage == stage.key:
        return DateTime.instance(case.stage_since).in_timezone(zone).date(), None
    return None, None


def _days(case: Case, procedure: Procedure, began: Any, zone: str, today: Any) -> int | None:
    if began is None:
        return None
    asked = [each.key for each in procedure.stages if isinstance(each, Consult)]
    before = [each.key for each in procedure.stages if each.verb in {"issue", "plan", "finish"}]
    order = [each.key for each in procedure.stages]
    decision = [each for each in asked if not before or order.index(each) < order.index(before[0])]
    passed = {key: until for key, _, until in past_stages(case, zone)}
    until = passed.get(decision[-1]) if decision else None
    ended = DateTime.instance(case.ended_at).in_timezone(zone).date() if case.ended_at else None
    return int(((until or ended or today) - began).days)


def _checks(session: Session, case: Case) -> list[Check]:
    query = (
        select(Check)
        .join(Candidacy, col(Candidacy.id) == col(Check.candidacy_id))
        .where(
            col(Check.case_id) == case.id,
            col(Candidacy.state).in_((*IN_QUESTION, "checks", "review")),
        )
    )
    return list(session.exec(query))


def _told(session: Session, case: Case) -> int:
    query = select(func.count(func.distinct(Document.candidacy_id))).where(
        col(Document.case_id) == case.id, col(Document.kind) == "regret"
    )
    return int(session.exec(query).one())


def _stuck(session: Session, case: Case) -> int:
    query = (
        select(func.count())
        .select_from(Outbox)
        .where(col(Outbox.subject_id) == case.id, col(Outbox.stuck_because).is_not(None))
    )
    return int(session.exec(query).one())


def _article(procedure: Procedure, kind: type) -> str:
    return next((str(each.article) for each in procedure.stages if isinstance(each, kind)), "")


def _aware(at: datetime) -> DateTime:
    return DateTime.instance(at)
