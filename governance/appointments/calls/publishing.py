"""A call is approved where the law asks it, published, told to members, and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.appointments.lifecycle import CallLifecycle
from governance.appointments.models import Application, Call, Case, NationalBureau
from governance.consultation.models import Answer, Consultation
from governance.consultation.opening import Asked, Question, find, open_consultation
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.queries import holder
from governance.record.outbox import Notice
from governance.refusals import Reason, refuse
from governance.rulebook.calling import Approval
from governance.rulebook.stages import Collect

if TYPE_CHECKING:
    from governance.appointments.stages.standing import Standing

STEP = "call_approval"
QUESTION = {
    "en": "Do you approve that this call is published?",
    "fr": "Approuvez-vous la publication de cet appel à candidatures\N{NO-BREAK SPACE}?",
    "es": "¿Aprueba usted la publicación de esta convocatoria?",
    "ar": "هل توافقون على نشر هذه الدعوة إلى الترشح؟",
}
TITLES = {
    "approve": {"en": "Approve", "fr": "Approuver", "es": "Aprobar", "ar": "الموافقة"},
    "send_back": {"en": "Send back", "fr": "Renvoyer", "es": "Devolver", "ar": "الإعادة"},
}


def call_of(session: Session, case_id: str, number: int) -> Call | None:
    """The call of a round of a case."""
    query = select(Call).where(col(Call.case_id) == case_id, col(Call.round) == number)
    return session.exec(query).first()


def ensure_call(standing: Standing) -> Call:
    """The call of this round, in preparation where there was none."""
    session = standing.moment.session
    held = call_of(session, standing.case.id, standing.round)
    if held is None:
        held = Call(id=new_id(), case_id=standing.case.id, round=standing.round)
        session.add(held)
        session.flush()
    return held


def ask_approval(standing: Standing, call: Call, approval: Approval) -> dict[str, Any]:
    """Put the call to whoever approves it; the launcher does not approve their own."""
    office = approval.by.removeprefix("office.")
    person = holder(standing.moment.session, office, standing.moment.now)
    if person is None or person.id == standing.case.launched_by:
        raise refuse(
            'nobody who did not launch the case holds the office "{office}" that approves calls',
            rule="call_is_approved_by_another",
            article=str(approval.article or standing.stage.article),
            cure="Enter its holder, or who acts for them.",
            reason=Reason.RULE,
            office=office,
        )
    call.state = fire(CallLifecycle, call.state, "submit")
    question = Question(
        owner=standing.subject,
        step_key=STEP,
        round=standing.round,
        reference=standing.case.reference,
        question=QUESTION,
        asked_by=standing.case.launched_by,
        rule={
            "kind": "single",
            "article": str(approval.article or standing.stage.article),
            "positions": [
                {"key": "approve", "needs_text": False},
                {"key": "send_back", "needs_text": True},
            ],
            "titles": TITLES,
            "on_late": "remind",
            "may_change": False,
            "within": approval.within.model_dump(mode="json", exclude_none=True),
        },
        level="session",
        content={"barred": [standing.case.launched_by], "candidates": [], "call": call.id},
        asked=(Asked(person.id, office, standing.procedure.calendar),),
    )
    asked = open_consultation(standing.moment, question)
    return {"call": call.id, "consultation": asked.id}


def approval_of(standing: Standing) -> Consultation | None:
    """The question, once it is answered."""
    asked = find(standing.moment.session, standing.subject, STEP, standing.round)
    return asked if asked is not None and asked.state == "closed" and asked.outcome else None


def who_answered(standing: Standing, asked: Consultation) -> str | None:
    """Who approved: the holder, or who answered in the holder's place."""
    query = select(Answer.by_id).where(col(Answer.consultation_id) == asked.id)
    return standing.moment.session.exec(query.order_by(col(Answer.version).desc())).first()


def publish(standing: Standing, call: Call, closes_at: DateTime) -> dict[str, Any]:
    """Open the call, and invite members to nominate where the law takes nominations."""
    stage = standing.stage
    assert isinstance(stage, Collect)  # noqa: S101 -- whoever collects has called
    call.state = fire(CallLifecycle, call.state, "publish")
    call.opened_at, call.closes_at = standing.moment.now, closes_at
    invited = _invite_members(standing.moment, standing.case, call) if _asks_members(stage) else 0
    return {"call": call.id} | ({"members_invited": invited} if invited else {})


def _asks_members(stage: Collect) -> bool:
    return "nominations" in stage.sources


def _invite_members(moment: Moment, case: Case, call: Call) -> int:
    """A note verbale to every National Central Bureau with an address on file, each once."""
    bureaus = list(moment.session.exec(select(NationalBureau)))
    for bureau in bureaus:
        send_note(moment, case, call, bureau)
    return len(bureaus)


def send_note(
    moment: Moment, case: Case, call: Call, bureau: NationalBureau, again: str = ""
) -> None:
    """A note verbale to one bureau; its link leads to the bureau's own page of nominations."""
    moment.tell(
        ("case", case.id),
        Notice(
            key=f"note_verbale:{call.id}{again and ':'}{again}:{bureau.country}",
            person_id=bureau.person_id,
            template="note_verbale",
            facts={
                "reference": case.reference,
                "bureau": f"{call.id}{bureau.country}",
                "last_day": call.closes_at.date().isoformat() if call.closes_at else "",
            },
        ),
    )


def prolong(call: Call, closes_at: DateTime, by: str, why: str) -> None:
    """The call is open longer; what was said before stays in its history."""
    before = call.closes_at.isoformat() if call.closes_at else None
    call.state = fire(CallLifecycle, call.state, "extend")
    call.closes_at = closes_at
    change = {"from": before, "to": closes_at.isoformat(), "by": by, "reason": why}
    call.changes = [*call.changes, change]


def close(moment: Moment, call: Call) -> int:
    """The time is over: drafts that were never sent lapse. Gives how many."""
    call.state = fire(CallLifecycle, call.state, "close")
    call.closed_at = moment.now
    query = select(Application).where(
        col(Application.case_id) == call.case_id, col(Application.state) == "draft"
    )
    drafts = list(moment.session.exec(query))
    for draft in drafts:
        draft.state = "lapsed"
    return len(drafts)
