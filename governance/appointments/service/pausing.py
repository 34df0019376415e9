"""A case stands still for a reason, and goes on later: its open deadlines move by as much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pendulum
from sqlmodel import Session, col, func, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Case
from governance.appointments.service.models import CasePause
from governance.consultation.models import Consultation
from governance.consultation.pausing import run_on, stand_still, stands_with_its_owner
from governance.database import new_id
from governance.lifecycle import fire
from governance.record import deadlines
from governance.record.models import Deadline
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Paused:
    """Why a case stands still."""

    reason: str


def pause_body(moment: Moment, case: Case | None, given: Paused) -> Written[Case]:
    """Nothing goes on until it is resumed: no act, no deadline, no answer is awaited."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    if not given.reason.strip():
        raise refuse(
            "a case is not paused without a reason",
            rule="reasons_are_given",
            cure="Write the reason.",
            where="reason",
            reason=Reason.INPUT,
        )
    case.state = fire(CaseLifecycle, case.state, "pause")
    sealed = moment.seal(f"case:{case.id}", given.reason)
    open_ = _open_deadlines(moment.session, case)
    for each in open_:
        each.is_open = False
    stopped = [each for each in _questions(moment, case) if each.paused_at is None]
    for asked in stopped:
        stand_still(moment, asked, owner=moment.actor.person_id, with_its_owner=True)
    number = int(
        moment.session.exec(
            select(func.count()).select_from(CasePause).where(col(CasePause.case_id) == case.id)
        ).one()
    )
    pause = CasePause(
        id=new_id(),
        case_id=case.id,
        number=number + 1,
        paused_at=moment.now,
        paused_by=str(moment.actor.person_id),
        reason=sealed["sealed"],
        moved=[{"deadline": each.id, "event": each.event} for each in open_],
    )
    moment.session.add(pause)
    facts = {"deadlines": len(open_), "questions": len(stopped), "reason": sealed}
    return Written(facts, case)


def resume_body(moment: Moment, case: Case | None, _: None) -> Written[Case]:
    """Go on: every deadline that was open ends as much later as the case stood still."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    case.state = fire(CaseLifecycle, case.state, "resume")
    pause = newest_pause(moment.session, case.id)
    assert pause is not None  # noqa: S101 -- a paused case has a pause
    pause.resumed_at = moment.now
    stood = moment.now - pendulum.instance(pause.paused_at)
    # Whole days, so that a last day still ends at midnight; begun ones count in people's favour.
    days = timedelta(days=-(-int(stood.total_seconds()) // 86_400))
    moved: list[dict[str, Any]] = []
    for told in pause.moved:
        deadline = moment.session.get(Deadline, told["deadline"])
        if deadline is None:
            continue
        before = deadline.due_at
        due = pendulum.instance(before + days)
        deadlines.set_deadline(
            moment.session,
            (deadline.owner_kind, deadline.owner_id),
            deadline.event,
            due,
            {**deadline.working, "moved_by_days": days.days},
        )
        moved.append({"deadline": deadline.id, "event": deadline.event, "due_at": due.isoformat()})
    asked = [
        each for each in _questions(moment, case) if stands_with_its_owner(moment.session, each)
    ]
    for each in asked:
        run_on(moment, each, "")
    pause.moved = moved
    moment.owe("case", case.id)
    facts = {"days": days.days, "deadlines": len(moved), "questions": len(asked)}
    return Written(facts, case)


PAUSE: Verb[Case, Paused] = Verb("case:pause", Case, "case", hr_officer, pause_body)
RESUME: Verb[Case, None] = Verb("case:resume", Case, "case", hr_officer, resume_body)


def newest_pause(session: Session, case_id: str) -> CasePause | None:
    """The newest pause of a case."""
    query = select(CasePause).where(col(CasePause.case_id) == case_id)
    return session.exec(query.order_by(col(CasePause.number).desc()).limit(1)).first()


def _questions(moment: Moment, case: Case) -> list[Consultation]:
    query = select(Consultation).where(
        col(Consultation.owner_kind) == "case",
        col(Consultation.owner_id) == case.id,
        col(Consultation.state) == "open",
    )
    return list(moment.session.exec(query.order_by(col(Consultation.id)).with_for_update()))


def _open_deadlines(session: Session, case: Case) -> list[Deadline]:
    """Those of the case, and the limits of pauses that questions of it had before."""
    paused = select(Consultation.id).where(
        col(Consultation.owner_kind) == "case",
        col(Consultation.owner_id) == case.id,
        col(Consultation.state) == "open",
        col(Consultation.paused_at).is_not(None),
    )
    mine = (col(Deadline.owner_kind) == "case") & (col(Deadline.owner_id) == case.id)
    limits = (col(Deadline.owner_kind) == "consultation") & col(Deadline.owner_id).in_(paused)
    query = select(Deadline).where(mine | limits, col(Deadline.is_open).is_(True))
    return list(session.exec(query.order_by(col(Deadline.due_at), col(Deadline.id))))
