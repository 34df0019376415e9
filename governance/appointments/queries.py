"""What screens read of appointments. Who may see what is asked in the query, not filtered after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, true
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from governance.access.actor import Actor, Level
from governance.appointments.assessment.models import PanelMember
from governance.appointments.law import law_of
from governance.appointments.models import Candidacy, Case, Check, Document, Task
from governance.consultation.models import Answer, Consultation, Invitation
from governance.consultation.queries import Put, belongs_to, of_owner
from governance.people.models import Person
from governance.record.chain import trail
from governance.record.deadlines import of_owner as deadlines_of
from governance.record.models import Deadline, Entry, Outbox, Work
from governance.refusals import Reason, Refused, refuse
from governance.rulebook.schema import Post, Procedure, Rulebook

SEE_ALL = frozenset({"hr_officer", "auditor", "administrator"})
PAGE = 50


@dataclass(frozen=True)
class CaseLine:
    """One case in a list: whom it waits for (offices or names), and its next deadline."""

    case: Case
    post: Post
    procedure: Procedure
    waits_for: tuple[str, ...]
    due_at: datetime | None


@dataclass(frozen=True)
class Candidate:
    """One candidacy with its person and checks."""

    candidacy: Candidacy
    person: Person
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class CaseHead:
    """A case with its law."""

    case: Case
    rulebook: Rulebook
    procedure: Procedure
    post: Post


@dataclass(frozen=True)
class CaseFile(CaseHead):
    """Everything that belongs to a case, for somebody who may see all of it."""

    launched_by: Person
    candidates: tuple[Candidate, ...]
    consultations: tuple[Put, ...]
    documents: tuple[Document, ...]
    tasks: tuple[Task, ...]
    deadlines: tuple[Deadline, ...]
    unsent: tuple[Outbox, ...]
    stuck: str

    def candidate(self, candidacy_id: str) -> Candidate | None:
        """One of the candidates."""
        return next((each for each in self.candidates if each.candidacy.id == candidacy_id), None)


def sees_all(actor: Actor) -> bool:
    """Whether an actor may see every case whole: HR and audit, signed in, and the operator."""
    signed_in = actor.level in {Level.SESSION, Level.FRESH}
    return (signed_in and bool(actor.roles & SEE_ALL)) or actor.level == Level.OPERATOR


def may_see(actor: Actor) -> ColumnElement[bool]:
    """Which cases an actor may see: all for HR and audit; those they were asked about, or judge."""
    if sees_all(actor):
        return true()
    asked = (
        select(Consultation.owner_id)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(
            col(Consultation.owner_kind) == "case",
            col(Invitation.person_id) == actor.person_id,
            col(Consultation.level) != Level.LINK,
        )
    )
    if actor.level == Level.LINK:
        return ~true()
    sits = select(PanelMember.case_id).where(
        col(PanelMember.person_id) == actor.person_id,
        col(PanelMember.state).in_(("named", "declared")),
    )
    return or_(col(Case.id).in_(asked), col(Case.id).in_(sits))


def cases(  # noqa: PLR0913 -- the filters of a list, by name
    session: Session,
    actor: Actor,
    *,
    state: str = "",
    stage: str = "",
    search: str = "",
    older_than: str = "",
) -> list[CaseLine]:
    """A page of cases that the actor may see, the newest first; `older_than` is a reference."""
    query = select(Case).where(may_see(actor), *_filters(state, stage, search))
    if older_than:
        query = query.where(col(Case.reference) < older_than)
    found = list(session.exec(query.order_by(col(Case.reference).desc()).limit(PAGE)))
    return _lines(session, found)


def count_cases(session: Session, actor: Actor, *, state: str = "", stage: str = "") -> int:
    """How many cases the actor may see."""
    query = (
        select(func.count()).select_from(Case).where(may_see(actor), *_filters(state, stage, ""))
    )
    return int(session.exec(query).one())


def case_by_reference(session: Session, actor: Actor, reference: str) -> Case:
    """The case of a reference. Refused alike where there is none and where it is not for them."""
    query = select(Case).where(
        or_(col(Case.reference) == reference.upper(), col(Case.id) == reference), may_see(actor)
    )
    found = session.exec(query).first()
    if found is None:
        raise no_such_case(reference)
    return found


def no_such_case(reference: str) -> Refused:
    """For a case that is not there, or not for this reader's eyes."""
    return refuse(
        'there is no case "{reference}" that you may see',
        rule="known_case",
        cure="Check the reference, such as INT-2026-0001, or open the case from the list.",
        reason=Reason.MISSING,
        reference=reference[:40],
    )


def case_head(session: Session, actor: Actor, reference: str) -> CaseHead:
    """A case with its law, for a page that reads nothing of its candidates."""
    case = case_by_reference(session, actor, reference)
    rulebook = law_of(session, case.law)
    procedure, post = rulebook.procedure(case.procedure), rulebook.post(case.post)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    assert post is not None  # noqa: S101 -- and with its post
    return CaseHead(case, rulebook, procedure, post)


def case_file(session: Session, actor: Actor, reference: str) -> CaseFile:
    """A case with everything that belongs to it, in a fixed number of queries."""
    head = case_head(session, actor, reference)
    case = head.case
    work = session.get(Work, ("case", case.id))
    return CaseFile(
        case=case,
        rulebook=head.rulebook,
        procedure=head.procedure,
        post=head.post,
        launched_by=session.get_one(Person, case.launched_by),
        candidates=tuple(candidates_of(session, case.id)),
        consultations=tuple(of_owner(session, ("case", case.id))),
        documents=tuple(documents_of(session, case.id)),
        tasks=tuple(session.exec(select(Task).where(col(Task.case_id) == case.id))),
        deadlines=tuple(deadlines_of(session, ("case", case.id))),
        unsent=tuple(_unsent(session, case.id)),
        stuck=(work.stuck_because or "") if work else "",
    )


def candidates_of(session: Session, case_id: str) -> list[Candidate]:
    """The candidates of a case as they came, with their checks."""
    people = (
        select(Candidacy, Person)
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .where(col(Candidacy.case_id) == case_id)
        .order_by(col(Candidacy.came_at), col(Person.family_name), col(Candidacy.id))
    )
    checks: dict[str, list[Check]] = {}
    ordered = select(Check).where(col(Check.case_id) == case_id).order_by(col(Check.kind))
    for check in session.exec(ordered):
        checks.setdefault(check.candidacy_id, []).append(check)
    return [
        Candidate(candidacy, person, tuple(checks.get(candidacy.id, ())))
        for candidacy, person in session.exec(people)
    ]


def documents_of(session: Session, case_id: str) -> list[Document]:
    """The issued documents of a case, without their bytes."""
    query = select(Document).where(col(Document.case_id) == case_id)
    light = query.options(defer(Document.pdf), defer(Document.html))  # type: ignore[arg-type]
    return list(session.exec(light.order_by(col(Document.issued_at), col(Document.number))))


def document(session: Session, actor: Actor, document_id: str) -> Document:
    """One issued document, for HR, audit and its addressee. Raises Refused.

    Who was asked about the case reads the letter of appointment there, and nobody's regret.
    """
    asked = and_(may_see(actor), col(Document.kind) == "appointment")
    anybodys = true() if sees_all(actor) else asked
    query = (
        select(Document)
        .join(Case, col(Case.id) == col(Document.case_id))
        .join(Candidacy, col(Candidacy.id) == col(Document.candidacy_id))
        .where(
            col(Document.id) == document_id,
            or_(anybodys, _is_addressee(actor)),
        )
    )
    found = session.exec(query).first()
    if found is None:
        raise refuse(
            "there is no such document that you may see",
            rule="known_document",
            cure="Open it from the case, or from the link that was sent to you.",
            reason=Reason.MISSING,
        )
    return found


def _is_addressee(actor: Actor) -> ColumnElement[bool]:
    """Whose letter it is; by link, only in the case that the link is about."""
    addressed = col(Candidacy.person_id) == actor.person_id
    if actor.level != Level.LINK:
        return addressed
    about = (
        select(Consultation.owner_id)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(col(Invitation.id) == actor.invitation)
    )
    return addressed & col(Document.case_id).in_(about)


def record_of(session: Session, actor: Actor, reference: str) -> list[Entry]:
    """The trail of a case: its own chain and those of its consultations, as it was written."""
    case = case_by_reference(session, actor, reference)
    asked = select(Consultation.id).where(belongs_to(("case", case.id)))
    chains = [f"case:{case.id}", *(f"consultation:{each}" for each in session.exec(asked))]
    return trail(session, chains)


def _filters(state: str, stage: str, search: str) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if state:
        wanted.append(col(Case.state) == state)
    if stage:
        wanted.append(col(Case.stage) == stage)
    if search:
        wanted.append(
            or_(
                col(Case.reference).contains(search.upper(), autoescape=True),
                col(Case.post).contains(search.lower(), autoescape=True),
            )
        )
    return wanted


def _lines(session: Session, found: Sequence[Case]) -> list[CaseLine]:
    ids = [case.id for case in found]
    waits = _waits_for(session, ids)
    dues = _next_dues(session, ids)
    lines = []
    for case in found:
        rulebook = law_of(session, case.law)
        procedure, post = rulebook.procedure(case.procedure), rulebook.post(case.post)
        assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
        assert post is not None  # noqa: S101 -- and with its post
        asked = waits.get(case.id, ())
        dated = [each for each in (dues.get(case.id), *(due for _, due in asked)) if each]
        names = tuple(name for name, _ in asked)
        lines.append(CaseLine(case, post, procedure, names, min(dated, default=None)))
    return lines


def _waits_for(
    session: Session, ids: Sequence[str]
) -> dict[str, list[tuple[str, datetime | None]]]:

    answered = select(Answer.id).where(col(Answer.invitation_id) == col(Invitation.id))
    query = (
        select(Consultation.owner_id, Person, Invitation.due_at)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .join(Person, col(Person.id) == col(Invitation.person_id))
        .where(
            col(Consultation.owner_kind) == "case",
            col(Consultation.owner_id).in_(ids),
            col(Consultation.state) == "open",
            ~answered.exists(),
        )
    )
    found: dict[str, list[tuple[str, datetime | None]]] = {}
    for owner, person, due in session.exec(query):
        found.setdefault(owner, []).append((person.name, due))
    return found


def _next_dues(session: Session, ids: Sequence[str]) -> dict[str, datetime]:
    query = (
        select(Deadline.owner_id, func.min(Deadline.due_at))
        .where(
            col(Deadline.owner_kind) == "case",
            col(Deadline.owner_id).in_(ids),
            col(Deadline.is_open).is_(True),
        )
        .group_by(col(Deadline.owner_id))
    )
    return dict(session.exec(query).all())


def _unsent(session: Session, case_id: str) -> list[Outbox]:
    """What could not be sent for good, of the case and of its consultations."""
    asked = select(Consultation.id).where(
        col(Consultation.owner_kind) == "case", col(Consultation.owner_id) == case_id
    )
    query = select(Outbox).where(
        col(Outbox.stuck_because).is_not(None),
        or_(col(Outbox.subject_id) == case_id, col(Outbox.subject_id).in_(asked)),
    )
    return list(session.exec(query))
