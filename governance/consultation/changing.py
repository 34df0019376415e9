"""An open question changes inside the owner's act; answers are bound to the version shown."""

from __future__ import annotations

from sqlmodel import col, select

from governance.acts import Moment
from governance.consultation.models import Answer, Consultation, Invitation
from governance.record.outbox import Notice


def take_out(moment: Moment, owner: tuple[str, str], candidate: str) -> list[str]:
    """Somebody may no longer be chosen: open questions that showed them get a new version."""
    query = select(Consultation).where(
        col(Consultation.owner_kind) == owner[0],
        col(Consultation.owner_id) == owner[1],
        col(Consultation.state) == "open",
    )
    changed = []
    for consultation in moment.session.exec(query.with_for_update()):
        candidates = consultation.content.get("candidates", [])
        if candidate in candidates:
            left = [each for each in candidates if each != candidate]
            consultation.content = {**consultation.content, "candidates": left}
            consultation.content_version += 1
            _ask_again(moment, consultation)
            changed.append(consultation.id)
    return changed


def _ask_again(moment: Moment, consultation: Consultation) -> None:
    """Whoever has answered is told that the question changed; their answer is kept, not counted."""
    answered = select(Answer.id).where(col(Answer.invitation_id) == col(Invitation.id))
    query = select(Invitation).where(
        col(Invitation.consultation_id) == consultation.id, answered.exists()
    )
    for invitation in moment.session.exec(query):
        moment.tell(
            ("consultation", consultation.id),
            Notice(
                key=f"question:{invitation.id}:{consultation.content_version}",
                person_id=invitation.person_id,
                template="question",
                facts={
                    "invitation": invitation.id,
                    "last_day": invitation.last_day,
                    "question": consultation.question,
                    "reference": consultation.reference,
                },
            ),
        )
