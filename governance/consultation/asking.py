"""Whoever put a question conducts it: moves its clock, changes its content, closes it."""

from __future__ import annotations

from governance.access.actor import Actor
from governance.acts import Moment
from governance.consultation.models import Consultation
from governance.refusals import Reason, Refused, refuse


def asker_may(moment: Moment, consultation: Consultation | None, _: object) -> str:
    """Whoever put the question, or holds a role that its rule names as its stewards."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    if may_conduct(moment, consultation):
        return "asker"
    raise not_the_asker()


def not_the_asker() -> Refused:
    """For somebody who would conduct a question that is not theirs."""
    return refuse(
        "this question is conducted by whoever put it",
        rule="asker_conducts",
        article="Mandate, consultations",
        cure="Ask them to do it.",
        reason=Reason.AUTHORITY,
    )


def may_conduct(moment: Moment, consultation: Consultation) -> bool:
    """Whether the actor put the question, or stands in for whoever did."""
    return conducts(moment.actor, consultation)


def conducts(actor: Actor, consultation: Consultation) -> bool:
    """Whether somebody put the question, or holds a role that its rule names as its stewards."""
    if actor.person_id is None:
        return False
    stewards = set(consultation.rule.get("stewards", ()))
    return actor.person_id == consultation.asked_by or bool(stewards & actor.roles)
