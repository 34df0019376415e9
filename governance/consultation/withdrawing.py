"""A question is withdrawn by the owner that put it, inside the owner's act."""

from __future__ import annotations

from sqlmodel import col, select

from governance.acts import Moment
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import CASTING, TIED, Consultation
from governance.lifecycle import fire
from governance.record import deadlines, outbox


def withdraw_open(moment: Moment, owner: tuple[str, str]) -> list[str]:
    """Withdraw every open question of an owner; gives their identifiers."""
    query = select(Consultation).where(
        col(Consultation.owner_kind) == owner[0],
        col(Consultation.owner_id) == owner[1],
        col(Consultation.state).in_(("open", TIED)),
    )
    withdrawn = []
    for consultation in moment.session.exec(query.with_for_update()):
        withdraw(moment, consultation)
        withdrawn.append(consultation.id)
    return withdrawn


def withdraw(moment: Moment, consultation: Consultation) -> None:
    """Withdraw one question: its clock and its notices end, and nothing follows from it."""
    if consultation.state == TIED:
        withdraw_open(moment, (CASTING, consultation.id))
    consultation.state = fire(ConsultationLifecycle, consultation.state, "withdraw")
    consultation.closed_at, consultation.settles_at = moment.now, None
    subject = ("consultation", consultation.id)
    deadlines.close(moment.session, subject)
    outbox.cancel(moment.session, subject, "the question was withdrawn")
