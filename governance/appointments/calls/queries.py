"""What everybody may read of open calls, and officers of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import func
from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.appointments.law import law_of
from governance.appointments.models import Application, Call, Case
from governance.appointments.queries import case_by_reference, no_such_case, sees_all
from governance.house import House
from governance.record.models import Outbox
from governance.refusals import Reason, refuse
from governance.rulebook.schema import Post, Procedure, Rulebook
from governance.rulebook.stages import Collect, Sift


@dataclass(frozen=True)
class OpenCall:
    """A call that anybody may read: nothing in it is about anybody."""

    call: Call
    case: Case
    post: Post
    procedure: Procedure
    rulebook: Rulebook

    @property
    def takes_applications(self) -> bool:
        """Whether people may apply by themselves."""
        stage = self.procedure.stage(self.case.stage)
        return isinstance(stage, Collect) and "applications" in stage.sources

    @property
    def asked(self) -> list[tuple[str, dict[str, Any]]]:
        """The rules of eligibility with their numbers, as the call publishes them."""
        sifts = (each for each in self.procedure.stages if isinstance(each, Sift))
        return [
            (applied.rule, dict(applied.given))
            for sift in sifts
            for applied in sift.rules_for(self.post.criteria)
        ]


def open_calls(session: Session, now: DateTime) -> list[OpenCall]:
    """Every call that is open now, the one that closes first before the others."""
    query = (
        select(Call, Case)
        .join(Case, col(Case.id) == col(Call.case_id))
        .where(col(Call.state) == "open", col(Case.state) == "running", col(Call.closes_at) > now)
        .order_by(col(Call.closes_at), col(Case.reference))
    )
    return [_seen(session, call, case) for call, case in session.exec(query)]


def open_call(session: Session, reference: str, now: DateTime) -> OpenCall:
    """One open call; Refused alike where there is none, is none any more, or is none yet."""
    query = (
        select(Call, Case)
        .join(Case, col(Case.id) == col(Call.case_id))
        .where(
            col(Case.reference) == reference.upper(),
            col(Case.state) == "running",
            col(Call.state) == "open",
            col(Call.closes_at) > now,
        )
    )
    found = session.exec(query).first()
    if found is None:
        raise refuse(
            'there is no open call "{reference}"',
            rule="known_call",
            cure="See the open calls: it may be closed already.",
            reason=Reason.MISSING,
            reference=reference[:40],
        )
    return _seen(session, *found)


def tell_calls(session: Session, now: DateTime) -> list[dict[str, Any]]:
    """The open calls as plain data, for machines."""
    return [tell_call(each) for each in open_calls(session, now)]


def tell_call(each: OpenCall) -> dict[str, Any]:
    """One open call as plain data."""
    post = each.post
    return {
        "reference": each.case.reference,
        "title": {str(key): words for key, words in post.title.root.items()},
        "grade": post.grade,
        "duty_station": post.duty_station,
        "term": str(post.term) if post.term else None,
        "classification": post.classification.reference if post.classification else None,
        "clearance": post.clearance,
        "languages": [each.model_dump(mode="json") for each in post.languages],
        "funding": post.funding or None,
        "opened_at": each.call.opened_at.isoformat() if each.call.opened_at else None,
        "closes_at": each.call.closes_at.isoformat() if each.call.closes_at else None,
        "takes_applications": each.takes_applications,
        "criteria": [{"rule": rule, "given": given} for rule, given in each.asked],
        "times_extended": len(each.call.changes),
    }


def tell_history(house: House, actor: Actor, reference: str) -> dict[str, Any]:
    """Every call of a case with its changes, its notes verbales and how many have applied.

    For HR and audit; the reasons of changes are sealed, and not among it.
    """
    with house.database.reading() as session:
        case = case_by_reference(session, actor, reference)
        if not sees_all(actor):
            raise no_such_case(reference)
        return {
            "case": case.reference,
            "applications": applications_of(session, case.id),
            "calls": [_tell_round(each) for each in calls_of(session, case.id)],
            "notes_verbales": [_tell_note(each) for each in notes_of(session, case.id)],
        }


def notes_of(session: Session, case_id: str) -> list[Outbox]:
    """The notes verbales of a case, by the country of the bureau."""
    query = select(Outbox).where(
        col(Outbox.subject_id) == case_id, col(Outbox.template) == "note_verbale"
    )
    return list(session.exec(query.order_by(col(Outbox.key))))


def _tell_round(call: Call) -> dict[str, Any]:
    return {
        "round": call.round,
        "state": call.state,
        "approved_by": call.approved_by,
        "opened_at": call.opened_at.isoformat() if call.opened_at else None,
        "closes_at": call.closes_at.isoformat() if call.closes_at else None,
        "changes": [
            {"from": each["from"], "to": each["to"], "by": each["by"] or "clock"}
            for each in call.changes
        ],
    }


def _tell_note(note: Outbox) -> dict[str, Any]:
    return {
        "country": note.key.rpartition(":")[2],
        "handed_over_at": note.handed_over_at.isoformat() if note.handed_over_at else None,
        "not_delivered": note.cancelled_because,
    }


def applications_of(session: Session, case_id: str) -> dict[str, int]:
    """How many applications of a case stand at which state: a number, and nobody's name."""
    query = (
        select(Application.state, func.count())
        .where(col(Application.case_id) == case_id)
        .group_by(col(Application.state))
    )
    return dict(session.exec(query).all())


def calls_of(session: Session, case_id: str) -> list[Call]:
    """The calls of a case, one a round."""
    query = select(Call).where(col(Call.case_id) == case_id)
    return list(session.exec(query.order_by(col(Call.round))))


def _seen(session: Session, call: Call, case: Case) -> OpenCall:
    rulebook = law_of(session, case.law)
    procedure, post = rulebook.procedure(case.procedure), rulebook.post(case.post)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    assert post is not None  # noqa: S101 -- and with its post
    return OpenCall(call, case, post, procedure, rulebook)
