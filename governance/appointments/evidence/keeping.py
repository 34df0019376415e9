"""Evidence is kept sealed under the key of its candidacy, with its hash; and taken out of use."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.candidates import candidacy_of
from governance.appointments.checks.putting import law_for
from governance.appointments.evidence.looking import OWN, look_through
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Case, Check, Evidence
from governance.appointments.queries import sees_all
from governance.database import new_id
from governance.house import House
from governance.lifecycle import fire
from governance.record.filekeys import Erased, KeyRing
from governance.refusals import Reason, refuse

MOST_FILES = 30
PURPOSES = ("cv", "motivation", "diploma", "identity", "check", "other")


@dataclass(frozen=True)
class Paper:
    """A file as somebody gives it: for which candidacy, for which check or purpose."""

    candidacy_id: str
    name: str
    content: bytes
    purpose: str = "other"
    kind: str = ""


@dataclass(frozen=True)
class TakenOut:
    """Evidence that is used no longer, and why."""

    evidence_id: str
    reason: str


def add_body(moment: Moment, case: Case | None, given: Paper) -> Written[Case]:
    """Look through the file, keep it sealed, tie it to its check."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    candidacy = candidacy_of(moment, case, given.candidacy_id)
    check = _check_of(moment, candidacy.id, given.kind) if given.kind else None
    if check is not None:
        _may_rest_on_paper(moment, case, check)
    kept = keep(moment, case, candidacy.id, given, check)
    return Written(
        {
            "candidacy": candidacy.id,
            "check": given.kind,
            "evidence": kept.evidence.id,
            "file": kept.on_record,
            "size": kept.evidence.size,
        },
        case,
    )


@dataclass(frozen=True)
class Kept:
    """A file that was kept, and what an entry may hold of it."""

    evidence: Evidence
    on_record: dict[str, str]


def keep(
    moment: Moment, case: Case, candidacy_id: str, given: Paper, check: Check | None = None
) -> Kept:
    """Keep a file for a candidacy, or for an application that may become one. Raises Refused."""
    looked = look_through(given.name, given.content)
    _are_not_too_many(moment.session, candidacy_id)
    keys, file = moment.house.keys, f"candidacy:{candidacy_id}"
    sealed = keys.seal_bytes(moment.session, file, given.content)
    purpose = "check" if check is not None else given.purpose
    evidence = Evidence(
        id=new_id(),
        case_id=case.id,
        candidacy_id=candidacy_id,
        check_id=check.id if check is not None else None,
        purpose=purpose if purpose in PURPOSES else "other",
        media_type=looked.media_type,
        size=looked.size,
        sha256=looked.sha256,
        name=keys.seal(moment.session, file, looked.name).sealed,
        content=sealed.sealed,
        given_by=moment.actor.person_id or "",
        at=moment.now,
    )
    moment.session.add(evidence)
    return Kept(evidence, sealed.on_record())


def take_out_body(moment: Moment, case: Case | None, given: TakenOut) -> Written[Case]:
    """Mark evidence as no longer used. Its bytes stay until the file's time is over."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    evidence = moment.session.get(Evidence, given.evidence_id)
    if evidence is None or evidence.case_id != case.id or evidence.removed_at is not None:
        raise no_such_evidence()
    if not given.reason.strip():
        raise refuse(
            "evidence is not taken out without a reason",
            rule="reasons_are_given",
            cure="Write the reason.",
            where="reason",
            reason=Reason.INPUT,
        )
    evidence.removed_at = moment.now
    sealed = moment.seal(f"candidacy:{evidence.candidacy_id}", given.reason)
    return Written({"evidence": evidence.id, "reason": sealed}, case)


ADD_EVIDENCE: Verb[Case, Paper] = Verb("case:add_evidence", Case, "case", hr_officer, add_body)
TAKE_OUT_EVIDENCE: Verb[Case, TakenOut] = Verb(
    "case:take_out_evidence", Case, "case", hr_officer, take_out_body
)


@dataclass(frozen=True)
class Opened:
    """Evidence as its reader gets it: never within a page, always as a file to keep."""

    name: str
    media_type: str
    sha256: str
    content: bytes


def open_evidence(house: House, session: Session, actor: Actor, evidence_id: str) -> Opened:
    """The file again, for HR and audit, who are signed in. Raises Refused for all others."""
    evidence = session.get(Evidence, evidence_id)
    if evidence is None or not sees_all(actor):
        raise no_such_evidence()
    try:
        name = house.keys.open(session, evidence.name)
        content = house.keys.open_bytes(session, evidence.content)
    except Erased:
        raise no_such_evidence() from None
    return Opened(name, evidence.media_type, evidence.sha256, content)


def evidence_of(session: Session, candidacy_id: str) -> list[Evidence]:
    """The evidence of one candidacy that is in use, the oldest first."""
    query = select(Evidence).where(
        col(Evidence.candidacy_id) == candidacy_id, col(Evidence.removed_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Evidence.at), col(Evidence.id))))


def name_of(keys: KeyRing, session: Session, evidence: Evidence) -> str:
    """What a file is called; nothing where its key was destroyed."""
    try:
        return keys.open(session, evidence.name)
    except Erased:
        return ""


def _check_of(moment: Moment, candidacy_id: str, kind: str) -> Check:
    query = select(Check).where(col(Check.candidacy_id) == candidacy_id, col(Check.kind) == kind)
    check = moment.session.exec(query.order_by(col(Check.number).desc())).first()
    if check is None:
        raise refuse(
            'this candidate has no check "{kind}"',
            rule="check_is_ordered",
            cure="See the checks on the candidate's file.",
            where="kind",
            reason=Reason.MISSING,
            kind=kind,
        )
    return check


def _may_rest_on_paper(moment: Moment, case: Case, check: Check) -> None:
    law = law_for(moment.session, case, check).stage.check(check.kind)
    if law is not None and law.evidence == "outcome_only":
        raise refuse(
            'of the check "{kind}" the outcome alone is kept, never a file',
            rule="outcome_alone_is_kept",
            article=OWN,
            cure="Record the outcome; the file stays with the medical service.",
            reason=Reason.RULE,
            kind=check.kind,
        )


def _are_not_too_many(session: Session, candidacy_id: str) -> None:
    query = select(func.count()).where(
        col(Evidence.candidacy_id) == candidacy_id, col(Evidence.removed_at).is_(None)
    )
    if session.exec(query).one() >= MOST_FILES:
        raise refuse(
            "there are {most} files already, and no more are taken",
            rule="files_are_few",
            cure="Put papers that belong together into one file.",
            where="file",
            reason=Reason.INPUT,
            most=MOST_FILES,
        )


def no_such_evidence() -> Exception:
    """For evidence that is not there, not in use, erased, or not for this reader's eyes."""
    return refuse(
        "there is no such file that you may see",
        rule="known_evidence",
        cure="Open it from the candidate's file.",
        reason=Reason.MISSING,
    )
