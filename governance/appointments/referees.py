"""An outside referee is asked for a reference by link; the answer is information, judged later."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.candidates import candidacy_of
from governance.appointments.law import law_of
from governance.appointments.lifecycle import CaseLifecycle, CheckLifecycle
from governance.appointments.models import Candidacy, Case, Check
from governance.consultation.models import Consultation
from governance.consultation.opening import Asked, Question, open_consultation
from governance.lifecycle import fire
from governance.people.models import Person
from governance.people.queries import by_email
from governance.refusals import Reason, refuse

POSITIONS = (
    {"key": "recommend", "needs_text": True},
    {"key": "recommend_with_reservations", "needs_text": True},
    {"key": "do_not_recommend", "needs_text": True},
    {"key": "cannot_say"},
)
TITLES = {
    "recommend": {"en": "I recommend", "fr": "Je recommande", "es": "Recomiendo", "ar": "أوصي"},
    "recommend_with_reservations": {
        "en": "I recommend, with reservations",
        "fr": "Je recommande, avec des réserves",
        "es": "Recomiendo, con reservas",
        "ar": "أوصي مع تحفظات",
    },
    "do_not_recommend": {
        "en": "I do not recommend",
        "fr": "Je ne recommande pas",
        "es": "No recomiendo",
        "ar": "لا أوصي",
    },
    "cannot_say": {
        "en": "I cannot say",
        "fr": "Je ne peux pas me prononcer",
        "es": "No puedo pronunciarme",
        "ar": "لا يمكنني إبداء رأي",
    },
}
QUESTION = {
    "en": "What can you say of this candidate's work and integrity?",
    "fr": "Que pouvez-vous dire du travail et de l’intégrité de cette personne\N{NO-BREAK SPACE}?",
    "es": "¿Qué puede decir del trabajo y de la integridad de esta persona?",
    "ar": "ماذا يمكنكم أن تقولوا عن عمل هذا المرشح ونزاهته؟",
}
REFERENCES = "references"


@dataclass(frozen=True)
class Referee:
    """Whom to ask about which candidate: a name and an address to register."""

    candidacy_id: str
    name: str
    email: str
    language: str = "en"


def ask_referee_body(moment: Moment, case: Case | None, given: Referee) -> Written[Case]:
    """Put the question to the referee, and mark the check as awaited from outside."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    candidacy = candidacy_of(moment, case, given.candidacy_id)
    check = _open_check(moment, candidacy)
    person = _referee(moment, given)
    _is_somebody_else(candidacy, person)
    check.state = fire(CheckLifecycle, check.state, "ask")
    opened = open_consultation(moment, _question(moment, case, candidacy, check, person))
    return Written(
        {"candidacy": candidacy.id, "consultation": opened.id, "referee": person.id}, case
    )


ASK_REFEREE: Verb[Case, Referee] = Verb(
    "case:ask_referee", Case, "case", hr_officer, ask_referee_body
)


def _asked_last(moment: Moment, case: Case, check: Check) -> Consultation | None:
    query = select(Consultation).where(
        col(Consultation.owner_kind) == "case",
        col(Consultation.owner_id) == case.id,
        col(Consultation.step_key) == reference_step(check),
    )
    return moment.session.exec(query.order_by(col(Consultation.round).desc())).first()


def reference_step(check: Check) -> str:
    """The name of the question to a referee."""
    return f"reference:{check.id}"


def _open_check(moment: Moment, candidacy: Candidacy) -> Check:
    query = select(Check).where(
        col(Check.candidacy_id) == candidacy.id,
        col(Check.kind) == REFERENCES,
        col(Check.state).in_(("ordered", "expired")),
    )
    check = moment.session.exec(query.order_by(col(Check.number))).first()
    if check is None or candidacy.state not in {"checks", "review"}:
        raise refuse(
            "no reference is to be asked for this candidate now",
            rule="check_is_open",
            cure="References are asked while the candidate is being vetted, each once.",
            reason=Reason.TURN,
        )
    return check


def _referee(moment: Moment, given: Referee) -> Person:
    if "@" not in given.email or not given.name.strip():
        raise refuse(
            "a referee is asked by name and mail address",
            rule="referee_has_an_address",
            cure="Give both.",
            where="email",
            reason=Reason.INPUT,
        )
    person = by_email(moment.session, given.email)
    if person is None:
        given_names, _, family_name = given.name.strip().rpartition(" ")
        person = Person(
            family_name=family_name,
            given_names=given_names,
            email=given.email.strip().lower(),
            language=given.language,
        )
        moment.session.add(person)
        moment.session.flush()
    return person


def _is_somebody_else(candidacy: Candidacy, person: Person) -> None:
    if candidacy.person_id == person.id:
        raise refuse(
            "nobody gives their own reference",
            rule="nobody_decides_on_their_own_case",
            article="Mandate, invariants",
            cure="Ask somebody who knows the candidate's work.",
            where="email",
            reason=Reason.INPUT,
        )


def _question(
    moment: Moment, case: Case, candidacy: Candidacy, check: Check, person: Person
) -> Question:
    procedure = law_of(moment.session, case.law).procedure(case.procedure)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    stage = procedure.stage(case.stage)
    last = _asked_last(moment, case, check)
    return Question(
        owner=("case", case.id),
        step_key=reference_step(check),
        round=last.round + 1 if last else 1,
        reference=case.reference,
        question=QUESTION,
        asked_by=moment.actor.person_id,
        rule={
            "kind": "single",
            "article": str(stage.article),
            "positions": list(POSITIONS),
            "on_late": "fail",
            "may_change": False,
            "within": {"working_days": 10},
            "titles": TITLES,
        },
        level="link",
        content={"about": candidacy.id, "barred": [candidacy.person_id], "candidates": []},
        asked=(Asked(person.id, "referee", procedure.calendar),),
        template="reference",
    )
