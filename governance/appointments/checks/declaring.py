"""What every candidate declares before checks begin, where the rulebook asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.candidates import candidacy_of
from governance.appointments.checks.putting import Law, Put, law_for, put
from governance.appointments.checks.words import DECLARE
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Candidacy, Case
from governance.consultation.models import Answer, Consultation
from governance.lifecycle import fire
from governance.people.models import Person
from governance.refusals import Reason, refuse
from governance.rulebook.vetting import Declarations


@dataclass(frozen=True)
class Declared:
    """Declarations that a candidate signed on paper, and where the paper is."""

    candidacy_id: str
    source: str
    note: str = ""


def ask(moment: Moment, case: Case, law: Law, candidacy: Candidacy, asked: Declarations) -> None:
    """Ask the candidate, by link."""
    texts = tuple(
        text
        for each in asked.asked
        for text in (
            ("declaration", {str(key): words for key, words in each.title.root.items()}),
            ("declaration_text", {str(key): words for key, words in each.text.root.items()}),
        )
    )
    put(
        moment,
        case,
        law,
        Put(
            step=step(candidacy),
            about=candidacy,
            question=DECLARE,
            answers=("declare", "declare_with_note"),
            needs_text=("declare_with_note",),
            to=moment.session.get_one(Person, candidacy.person_id),
            capacity="heard",
            within=asked.within,
            level="link",
            on_late="remind",
            template="declarations",
            texts=texts,
        ),
    )


def step(candidacy: Candidacy) -> str:
    """The name of the question to the candidate."""
    return f"declarations:{candidacy.id}"


def record_body(moment: Moment, case: Case | None, given: Declared) -> Written[Case]:
    """Take in declarations on paper."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    candidacy = candidacy_of(moment, case, given.candidacy_id)
    law_for(moment.session, case)
    if candidacy.state != "declarations" or not given.source.strip():
        raise refuse(
            "no declarations of this candidate are awaited, or their source is not named",
            rule="declarations_are_awaited",
            cure="Name where the signed paper is, while declarations are awaited.",
            reason=Reason.TURN if candidacy.state != "declarations" else Reason.INPUT,
        )
    candidacy.facts = {**candidacy.facts, "declared": {"source": given.source.strip()[:200]}}
    sealed = moment.seal(f"candidacy:{candidacy.id}", given.note) if given.note else {}
    moment.owe("case", case.id)
    return Written({"candidacy": candidacy.id, "note": sealed}, case)


RECORD_DECLARATIONS: Verb[Case, Declared] = Verb(
    "case:record_declarations", Case, "case", hr_officer, record_body
)


def who_declared(moment: Moment, case: Case, asked: list[Candidacy]) -> list[Candidacy]:
    """Those whose declarations are there, by link or on paper."""
    steps = {step(each): each.id for each in asked}
    query = (
        select(Consultation.step_key)
        .join(Answer, col(Answer.consultation_id) == col(Consultation.id))
        .where(
            col(Consultation.owner_kind) == "case",
            col(Consultation.owner_id) == case.id,
            col(Consultation.state) == "closed",
            col(Consultation.step_key).in_(list(steps)),
        )
    )
    by_link = {steps[key] for key in moment.session.exec(query)} if steps else set()
    return [each for each in asked if each.id in by_link or "declared" in each.facts]
