"""Candidacies come in from a file, whole or not at all; one may be withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.calls.window import must_be_open
from governance.appointments.intake import CandidateRow, header_of, plain_name, read_candidates
from governance.appointments.lifecycle import CandidacyLifecycle, CaseLifecycle
from governance.appointments.models import Candidacy, Case, ColumnNames
from governance.consultation.changing import take_out
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.models import Person
from governance.people.states import load_states
from governance.record.outbox import Notice
from governance.refusals import Finding, Reason, Refused, Verdict, refuse, say


@dataclass(frozen=True)
class CandidateFile:
    """The bytes of a file of candidates, as it was uploaded, CSV or spreadsheet.

    `called` says which of our columns the file's own names stand for, "-" for none; it is
    remembered for the next file with the same header.
    """

    content: bytes
    called: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Out:
    """A candidacy that its candidate takes back, and the reason on file."""

    candidacy_id: str
    reason: str


def import_body(moment: Moment, case: Case | None, given: CandidateFile) -> Written[Case]:
    """Read the file, refuse it with every fault, or add every candidate in it."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    rows, known = _read(moment, case, given)
    candidacies = [_add(moment, case, row, known) for row in rows]
    _remember(moment, given)
    moment.owe("case", case.id)
    return Written({"candidacies": candidacies, "rows": len(rows)}, case)


def dry_run(moment: Moment, case: Case, given: CandidateFile) -> list[CandidateRow]:
    """Read the file as an import would, without taking anybody in. Raises Refused like it."""
    return _read(moment, case, given)[0]


def withdraw_candidacy_body(moment: Moment, case: Case | None, given: Out) -> Written[Case]:
    """The candidate is out of the competition, at their own wish."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    candidacy = candidacy_of(moment, case, given.candidacy_id)
    candidacy.state = fire(CandidacyLifecycle, candidacy.state, "withdraw")
    shown_again = take_out(moment, ("case", case.id), candidacy.id)
    moment.owe("case", case.id)
    reason = moment.seal(f"candidacy:{candidacy.id}", given.reason) if given.reason else {}
    return Written(
        {"candidacy": candidacy.id, "consultations": shown_again, "reason": reason}, case
    )


IMPORT: Verb[Case, CandidateFile] = Verb(
    "case:import_candidates", Case, "case", hr_officer, import_body
)
WITHDRAW_CANDIDACY: Verb[Case, Out] = Verb(
    "case:withdraw_candidacy", Case, "case", hr_officer, withdraw_candidacy_body
)


def candidacy_of(moment: Moment, case: Case, candidacy_id: str) -> Candidacy:
    """A candidacy of this case; Refused for one of another case, as for none."""
    candidacy = moment.session.get(Candidacy, candidacy_id)
    if candidacy is None or candidacy.case_id != case.id:
        raise refuse(
            "there is no such candidacy in this case",
            rule="known_candidacy",
            cure="Open the candidate from the case's page.",
            reason=Reason.MISSING,
        )
    return candidacy


def _read(
    moment: Moment, case: Case, given: CandidateFile
) -> tuple[list[CandidateRow], dict[str, Person]]:
    """The rows of the file, and the persons among them who are known already."""
    must_be_open(moment, case)
    states = load_states(moment.house.settings.rulebooks)
    names = {code: state.name for code, state in states.items()}
    called = given.called or remembered(moment.session, given.content)
    rows = read_candidates(given.content, names, moment.now.date(), called=called)
    return rows, _already_here(moment, case, rows)


def remembered(session: Session, content: bytes) -> Mapping[str, str]:
    """How the columns of a file with this header were named the last time, if somebody said so."""
    held = session.get(ColumnNames, header_of(content))
    return held.names if held is not None else {}


def _remember(moment: Moment, given: CandidateFile) -> None:
    if not given.called:
        return
    key = header_of(given.content)
    held = moment.session.get(ColumnNames, key)
    if held is None:
        held = ColumnNames(header=key, said_by="", at=moment.now)
        moment.session.add(held)
    held.names, held.at = dict(given.called), moment.now
    held.said_by = str(moment.actor.person_id)


def _already_here(moment: Moment, case: Case, rows: list[CandidateRow]) -> dict[str, Person]:
    """Persons known by address; Refused where one of them is a candidate here already."""
    emails = [row.email.lower() for row in rows]
    query = select(Person).where(col(Person.email).in_(emails))
    known = {person.email: person for person in moment.session.exec(query)}
    here = _candidates_of(moment, case)
    same = {
        (plain_name(person.given_names, person.family_name), person.birth_date) for person in here
    }
    ids = {person.id for person in here}
    faults = [
        _twice(row)
        for row in rows
        if (row.email.lower() in known and known[row.email.lower()].id in ids)
        or (plain_name(row.given_names, row.family_name), row.birth_date) in same
    ]
    if faults:
        raise Refused(faults, Reason.INPUT)
    return known


def _candidates_of(moment: Moment, case: Case) -> list[Person]:
    query = (
        select(Person)
        .join(Candidacy, col(Candidacy.person_id) == col(Person.id))
        .where(col(Candidacy.case_id) == case.id)
    )
    return list(moment.session.exec(query))


def _twice(row: CandidateRow) -> Finding:
    return Finding(
        "one_candidacy_each",
        "Mandate, appointments",
        Verdict.FAIL,
        say(
            "{name} is a candidate in this case already",
            name=f"{row.given_names} {row.family_name}",
        ),
        say("Take the row out of the file."),
        where=f"line {row.line}",
    )


def _add(moment: Moment, case: Case, row: CandidateRow, known: dict[str, Person]) -> str:
    person = known.get(row.email.lower())
    if person is None:
        person = _person(row)
        moment.session.add(person)
        moment.session.flush()
    for fact in ("sex", "birth_date", "nationality"):
        if getattr(person, fact) is None:  # what is on file stands, what is not is filled in
            setattr(person, fact, getattr(row, fact))
    candidacy = Candidacy(
        id=new_id(),
        case_id=case.id,
        person_id=person.id,
        kind=row.candidate_kind,
        facts=_facts(row),
        came_at=moment.now,
    )
    moment.session.add(candidacy)
    moment.tell(
        ("case", case.id),
        Notice(
            key=f"acknowledgement:{candidacy.id}",
            person_id=person.id,
            template="acknowledgement",
            facts={"candidacy": candidacy.id, "reference": case.reference},
        ),
    )
    return candidacy.id


def _person(row: CandidateRow) -> Person:
    return Person(
        family_name=row.family_name,
        given_names=row.given_names,
        email=row.email.lower(),
        language=row.letter_language,
        sex=row.sex,
        birth_date=row.birth_date,
        nationality=row.nationality,
    )


def _facts(row: CandidateRow) -> dict[str, Any]:
    return {
        "current_employer": row.current_employer,
        "degree": row.degree,
        "languages": dict(row.languages),
        "nominated_by": row.nominated_by,
        "police_rank": row.police_rank,
        "police_years": row.police_years,
        "years_experience": row.years_experience,
    } | ({"secondment_years": row.secondment_years} if row.secondment_years else {})
