"""A check is good for a time. When it runs out, the review that rested on it is opened anew."""

from __future__ import annotations

from datetime import date, timedelta

import pendulum
from sqlalchemy import func
from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.appointments.checks.reviewing import reopen
from governance.appointments.lifecycle import CheckLifecycle
from governance.appointments.models import Candidacy, Case, Check, Document
from governance.lifecycle import fire
from governance.record import deadlines

EVENT = "check_expires"
MAY_REOPEN = ("cleared", "cleared_with_conditions", "shortlisted", "chosen")


def expire(moment: Moment, case: Case, zone: str) -> list[str]:
    """Mark what has run out, open reviews anew, and wait for the next one to run out."""
    today = moment.now.in_timezone(zone).date()
    over = list(
        moment.session.exec(
            select(Check)
            .where(
                col(Check.case_id) == case.id,
                col(Check.state) == "satisfactory",
                col(Check.valid_until) < today,
            )
            .order_by(col(Check.id))
        )
    )
    for check in over:
        check.state = fire(CheckLifecycle, check.state, "expire")
    if over:
        moment.session.flush()
        _reopen(moment, case, {each.candidacy_id for each in over}, today)
    return [each.id for each in over]


def watch(moment: Moment, case: Case, zone: str) -> None:
    """One deadline a case: the day on which the first of its checks runs out."""
    first = _first(moment.session, case.id)
    if first is None:
        deadlines.lift(moment.session, ("case", case.id), EVENT)
        return
    day = first + timedelta(days=1)
    due = pendulum.datetime(day.year, day.month, day.day, tz=zone).in_timezone("UTC")
    held = deadlines.find(moment.session, ("case", case.id), EVENT)
    if held is None or held.due_at != due or not held.is_open:
        working = {"last_day": first.isoformat(), "zone": zone}
        deadlines.set_deadline(moment.session, ("case", case.id), EVENT, due, working)


def _first(session: Session, case_id: str) -> date | None:
    query = select(func.min(Check.valid_until)).where(
        col(Check.case_id) == case_id, col(Check.state) == "satisfactory"
    )
    return session.exec(query).first()


def _reopen(moment: Moment, case: Case, candidacies: set[str], today: date) -> None:
    """Whoever has a letter has passed the gate: their check expires, their review stays closed."""
    lettered = set(
        moment.session.exec(
            select(Document.candidacy_id).where(
                col(Document.case_id) == case.id, col(Document.kind) == "appointment"
            )
        )
    )
    concerned = candidacies - lettered
    checks = list(moment.session.exec(select(Check).where(col(Check.candidacy_id).in_(concerned))))
    query = select(Candidacy).where(
        col(Candidacy.id).in_(concerned), col(Candidacy.state).in_(MAY_REOPEN)
    )
    for candidacy in moment.session.exec(query.order_by(col(Candidacy.id))):
        mine = [each for each in checks if each.candidacy_id == candidacy.id]
        reopen(candidacy, mine, today)
