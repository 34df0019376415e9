"""Whoever put a question conducts it: moves its clock, changes its content, closes it."""

from __future__ import annotations

from governance.acts import Moment
from governance.consultation.models import Consultation
from governance.refusals import Reason, refuse


def asker_may(moment: Moment, consultation: Consultation | None, _: object) -> str:
    """Whoever put the question, or holds a role that its rule names as its stewards."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    if may_conduct(moment, consultation):
        return "asker"
    raise refuse(
        "this question is conducted by whoever put it",
        rule="asker_conducts",
        article="Mandate, consultations",
        cure="Ask them to do it.",
        reason=Reason.AUTHORITY,
    )


def may_conduct(moment: Moment, consultation: Consultation) -> bool:
    """Whether the actor put the question, or stands in for whoever did."""
    actor = moment.actor
    if actor.person_id is None:
        return False
    stewards = set(consultation.rule.get("stewards", ()))
    return actor.person_id == consultation.asked_by or bool(stewards & actor.roles)
