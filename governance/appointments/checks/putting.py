"""How vetting puts a question to one person, and finds what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.appointments.checks.words import TEXTS, positions, titles
from governance.appointments.law import law_of
from governance.appointments.models import Candidacy, Case, Check
from governance.consultation.models import Answer, Consultation
from governance.consultation.opening import Asked, Question, open_consultation
from governance.people.models import Person
from governance.people.queries import holder
from governance.refusals import refuse
from governance.rulebook.parts import Period, Window
from governance.rulebook.schema import Procedure, Rulebook
from governance.rulebook.stages import Checks

LATE = "late"
TEN_WORKING_DAYS = Window(working_days=10)


@dataclass(frozen=True)
class Law:
    """The law that a case is vetted under."""

    rulebook: Rulebook
    procedure: Procedure
    stage: Checks

    @property
    def article(self) -> str:
        """Where the stage of checks is written."""
        return str(self.stage.article)

    @property
    def comment(self) -> Window:
        """How long a candidate has to comment on an adverse finding."""
        return self.stage.comment or TEN_WORKING_DAYS

    @property
    def second_signatory(self) -> str | None:
        """The office whose signature stands beside the proposer's."""
        named = self.stage.second_signature
        return named.by if named else self.procedure.office_of("decider")

    @property
    def time_to_sign(self) -> Window:
        """How long the second signatory has before reminders."""
        named = self.stage.second_signature
        return named.within if named else TEN_WORKING_DAYS


def law_for(session: Session, case: Case, check: Check | None = None) -> Law:
    """The law of a case's vetting: of the stage that ordered a check, or of the first one."""
    rulebook = law_of(session, case.law)
    procedure = rulebook.procedure(case.procedure)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    stages = [each for each in procedure.stages if isinstance(each, Checks)]
    wanted = check.stage if check is not None else case.stage
    found = next((each for each in stages if each.key == wanted), stages[0] if stages else None)
    if found is None:
        raise refuse(
            'the procedure "{procedure}" has no vetting',
            rule="procedure_has_vetting",
            cure="See its stages: mandate rulebook explain.",
            procedure=case.procedure,
        )
    return Law(rulebook, procedure, found)


@dataclass(frozen=True)
class Put:
    """A question of vetting about one candidacy, to one person.

    `texts` are what it rests on: (name of the text, its words or the id of a sealed text).
    """

    step: str
    about: Candidacy
    question: Mapping[str, str]
    answers: tuple[str, ...]
    to: Person
    capacity: str
    within: Period
    needs_text: tuple[str, ...] = ()
    level: str = "session"
    on_late: str = "remind"
    template: str = "question"
    barred: tuple[str, ...] = ()
    texts: tuple[tuple[str, str | Mapping[str, str]], ...] = ()


def put(moment: Moment, case: Case, law: Law, asked: Put) -> Consultation:
    """Put it, in the round that follows the last one of the same step."""
    rounds = last(moment.session, case.id, asked.step)
    question = Question(
        owner=("case", case.id),
        step_key=asked.step,
        round=rounds.round + 1 if rounds else 1,
        reference=case.reference,
        question=dict(asked.question),
        asked_by=moment.actor.person_id or case.launched_by,
        rule={
            "kind": "single",
            "article": law.article,
            "positions": positions(*asked.answers, needs_text=asked.needs_text),
            "titles": titles(*asked.answers),
            "on_late": asked.on_late,
            "may_change": False,
            "within": asked.within.model_dump(mode="json", exclude_none=True),
        },
        level=asked.level,
        content={
            "about": asked.about.id,
            "barred": sorted(asked.barred),
            "candidates": [],
            "texts": [_text(name, words) for name, words in asked.texts if words],
        },
        asked=(Asked(asked.to.id, asked.capacity, law.procedure.calendar),),
        template=asked.template,
    )
    return open_consultation(moment, question)


def _text(name: str, words: str | Mapping[str, str]) -> dict[str, Any]:
    title = dict(TEXTS[name])
    if isinstance(words, str):
        return {"title": title, "sealed": words}
    return {"title": title, "words": dict(words)}


def last(session: Session, case_id: str, step: str) -> Consultation | None:
    """The newest question of a step."""
    query = select(Consultation).where(
        col(Consultation.owner_kind) == "case",
        col(Consultation.owner_id) == case_id,
        col(Consultation.step_key) == step,
    )
    return session.exec(query.order_by(col(Consultation.round).desc())).first()


def closed(session: Session, case_id: str, step: str) -> Consultation | None:
    """The newest question of a step, if it is closed with an outcome."""
    found = last(session, case_id, step)
    if found is None or found.state != "closed" or found.outcome is None:
        return None
    return found


def answer_to(session: Session, consultation: Consultation) -> Answer | None:
    """What whoever was asked has said."""
    query = select(Answer).where(col(Answer.consultation_id) == consultation.id)
    return session.exec(query.order_by(col(Answer.version).desc())).first()


def who_holds(moment: Moment, office: str | None) -> Person:
    """The holder of an office that the law asks; Refused where it is vacant or unnamed."""
    key = (office or "").removeprefix("office.")
    person = holder(moment.session, key, moment.now) if key else None
    if person is None:
        raise refuse(
            'nobody holds the office "{office}" that the rulebook asks here',
            rule="office_has_a_holder",
            cure="Enter its holder, or who acts for them.",
            office=key,
        )
    return person
