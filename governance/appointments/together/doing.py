"""How an act for many is done: by the same bodies that do it for one, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.appointments.assessment.meetings import Slots, set_body
from governance.appointments.candidates import Out, withdraw_candidacy_body
from governance.appointments.checks.putting import law_for
from governance.appointments.checks.recording import Recorded, record_checks_body
from governance.appointments.models import Candidacy, Case, Check
from governance.appointments.together.lifecycle import OWN
from governance.appointments.together.wanted import Member, Together, open_kinds
from governance.consultation import clockwork
from governance.consultation.models import Answer, Consultation, Invitation
from governance.record.outbox import Notice
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, say

Facts = dict[str, Any]


def members(session: Session, case_id: str, wanted: Iterable[str]) -> dict[str, Member]:
    """What is known of these candidates, in three queries."""
    ids = list(wanted)
    states = dict(
        session.exec(
            select(Candidacy.id, Candidacy.state).where(
                col(Candidacy.case_id) == case_id, col(Candidacy.id).in_(ids)
            )
        ).all()
    )
    checks: dict[str, list[tuple[str, str]]] = {}
    query = select(Check.candidacy_id, Check.kind, Check.state).where(
        col(Check.case_id) == case_id, col(Check.candidacy_id).in_(ids)
    )
    for candidacy, kind, state in session.exec(query.order_by(col(Check.kind))):
        checks.setdefault(candidacy, []).append((kind, state))
    owing = {about for about, _, _ in owed(session, case_id, ids)}
    return {
        each: Member(states[each], tuple(checks.get(each, ())), each in owing)
        for each in ids
        if each in states
    }


def owed(
    session: Session, case_id: str, about: Iterable[str]
) -> list[tuple[str, Consultation, Invitation]]:
    """The open questions about these candidates that somebody was reached by and has not answered.

    (candidacy, question, invitation) each, in one query.
    """
    wanted = set(about)
    answered = select(Answer.id).where(
        col(Answer.invitation_id) == col(Invitation.id), col(Answer.taken_back).is_(False)
    )
    query = (
        select(Consultation, Invitation)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(
            col(Consultation.owner_kind) == "case",
            col(Consultation.owner_id) == case_id,
            col(Consultation.state) == "open",
            col(Invitation.due_at).is_not(None),
            col(Invitation.recused_at).is_(None),
            ~answered.exists(),
        )
        .order_by(col(Invitation.id))
    )
    found = []
    for asked, invitation in session.exec(query):
        whom = str(asked.content.get("about") or "")
        if whom in wanted:
            found.append((whom, asked, invitation))
    return found


def do(moment: Moment, case: Case, wanted: Together, known: Mapping[str, Member]) -> Facts:
    """Do it for everybody named; gives what the entry says of it. Raises Refused."""
    return WAYS[wanted.act](moment, case, wanted, known)


def _check(moment: Moment, case: Case, wanted: Together, _: Mapping[str, Member]) -> Facts:
    pairs = tuple((each, wanted.kind) for each in wanted.candidacies)
    given = Recorded(pairs, "satisfactory", wanted.source, note=wanted.reason, dated=wanted.dated)
    return record_checks_body(moment, case, given).facts


def _meet(moment: Moment, case: Case, wanted: Together, _: Mapping[str, Member]) -> Facts:
    if wanted.begins_at is None:
        raise missing(say("the time is missing"), say("Write when it begins."))
    given = Slots(
        wanted.act,
        wanted.candidacies,
        wanted.begins_at,
        wanted.minutes,
        wanted.zone,
        wanted.place,
        wanted.pause,
    )
    return set_body(moment, case, given).facts


def _papers(moment: Moment, case: Case, wanted: Together, known: Mapping[str, Member]) -> Facts:
    if wanted.last_day is None or wanted.last_day < moment.now.date():
        raise missing(say("the last day is missing, or has passed"), say("Write a later day."))
    law = law_for(moment.session, case)
    titles = {each.kind: each.title for each in law.stage.checks}
    for candidacy in _rows(moment, case, wanted):
        kinds = [each for each in open_kinds(known[candidacy.id]) if each in titles]
        named = {
            language: ", ".join(titles[each].say(language) for each in kinds)
            for language in ("en", "fr", "es", "ar")
        }
        day = wanted.last_day.isoformat()
        moment.tell(
            ("case", case.id),
            Notice(
                key=f"papers:{candidacy.id}:{day}",
                person_id=candidacy.person_id,
                template="papers",
                facts={
                    "candidacy": candidacy.id,
                    "last_day": day,
                    "reference": case.reference,
                    "title": named,
                },
            ),
        )
    return {"last_day": wanted.last_day.isoformat()}


def _remind(moment: Moment, case: Case, wanted: Together, _: Mapping[str, Member]) -> Facts:
    reminded = owed(moment.session, case.id, wanted.candidacies)
    for _about, asked, invitation in reminded:
        mark = f"{moment.now.date().isoformat()}:hand"
        clockwork.tell_reminders(moment, asked, [invitation], {invitation.id: mark})
    return {"reminded": len(reminded)}


def _withdraw(moment: Moment, case: Case, wanted: Together, _: Mapping[str, Member]) -> Facts:
    if not wanted.reason.strip():
        raise missing(say("the reason is missing"), say("Write what the candidates wrote."))
    told = [
        withdraw_candidacy_body(moment, case, Out(each, wanted.reason)).facts
        for each in wanted.candidacies
    ]
    return {"consultations": sorted({each for one in told for each in one["consultations"]})}


WAYS: Mapping[str, Callable[[Moment, Case, Together, Mapping[str, Member]], Facts]] = {
    "check": _check,
    "interview": _meet,
    "papers": _papers,
    "remind": _remind,
    "test": _meet,
    "withdraw": _withdraw,
}


def _rows(moment: Moment, case: Case, wanted: Together) -> list[Candidacy]:
    query = select(Candidacy).where(
        col(Candidacy.case_id) == case.id, col(Candidacy.id).in_(wanted.candidacies)
    )
    return list(moment.session.exec(query.order_by(col(Candidacy.id))))


def missing(because: Sentence, cure: Sentence) -> Refused:
    """What was asked for cannot be understood: a refusal that says what is missing."""
    return Refused([Finding("together", OWN, Verdict.FAIL, because, cure)], Reason.INPUT)
