"""Who presides over a body, whether they vote, and who casts where the votes are divided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.committees.models import Committee, Officer
from governance.consultation.casters import Caster
from governance.consultation.opening import Asked
from governance.rulebook.proceedings.law import Proceedings

CHAIR_OF_BODY = "chair"
IN_THE_CHAIR = ("acting_chair", CHAIR_OF_BODY)  # whoever acts comes first
SITS_OUT = frozenset({"casting", "none"})


def chair_of(session: Session, committee_id: str, at: DateTime) -> str | None:
    """Who is in the chair at an instant: whoever acts for the chair, otherwise the chair."""
    query = select(Officer.office, Officer.person_id).where(
        col(Officer.committee_id) == committee_id,
        col(Officer.office).in_(IN_THE_CHAIR),
        col(Officer.since) <= at,
        or_(col(Officer.until).is_(None), col(Officer.until) > at),
    )
    held = dict(session.exec(query.order_by(col(Officer.since))).all())
    return next((held[each] for each in IN_THE_CHAIR if each in held), None)


def caster(session: Session, committee_id: str, at: DateTime, organ: str) -> Caster:
    """Who breaks a tie in a body; in the organ of this key, where several must carry."""
    if organ:
        other = select(Committee.id).where(col(Committee.key) == organ)
        committee_id = session.exec(other).first() or committee_id
    person = chair_of(session, committee_id, at)
    return Caster(person, CHAIR_OF_BODY) if person else Caster(why="vacant")


def sits_out(rules: Proceedings, on: date, subject: str) -> bool:
    """Whether whoever is in the chair has no vote of their own: to break ties alone, or none."""
    ruling = rules.ruling("chair_votes", on, subject)
    return ruling is not None and ruling.value in SITS_OUT


def with_chair(rule: dict[str, Any], asked: Sequence[Asked], chair: str | None) -> dict[str, Any]:
    """The rule of a vote with the seat of whoever is in the chair, where they vote themselves."""
    tie = rule.get("counting", {}).get("tie")
    seat = next((each.seat for each in asked if each.person_id == chair and each.seat), None)
    if not tie or seat is None:
        return rule
    return {**rule, "counting": {**rule["counting"], "tie": {**tie, "chair": seat}}}
