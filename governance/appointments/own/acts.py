"""What candidates do for themselves: correct their data, take their candidacy back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.appointments.lifecycle import CandidacyLifecycle, CaseLifecycle
from governance.appointments.models import Candidacy, Case
from governance.consultation.changing import take_out
from governance.lifecycle import fire
from governance.people.models import Person
from governance.people.states import load_states
from governance.refusals import Finding, Reason, Refused, Verdict, refuse, say

LANGUAGES = ("ar", "en", "es", "fr")
LONGEST_NAME = 120


@dataclass(frozen=True)
class Corrected:
    """A candidate's data as they should be; None leaves a fact as it is."""

    candidacy_id: str
    given_names: str | None = None
    family_name: str | None = None
    language: str | None = None
    nationality: str | None = None
    birth_date: date | None = None
    employer: str | None = None


@dataclass(frozen=True)
class TakenBack:
    """A candidacy that its candidate takes back."""

    candidacy_id: str
    reason: str = ""


def the_candidate(moment: Moment, case: Case | None, given: Corrected | TakenBack) -> str:
    """Whose candidacy it is: by the link that was sent to them, or signed in."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    candidacy = moment.session.get(Candidacy, given.candidacy_id)
    actor = moment.actor
    own = (
        candidacy is not None
        and candidacy.case_id == case.id
        and candidacy.person_id == actor.person_id
        and (actor.level != Level.LINK or actor.invitation == candidacy.id)
    )
    if not own or actor.level not in {Level.LINK, Level.SESSION, Level.FRESH}:
        raise refuse(
            "this is for the candidate alone to do",
            rule="own_candidacy",
            article="Mandate, invariants",
            cure="Open the link from your own mail.",
            reason=Reason.AUTHORITY,
        )
    return "candidate"


def correct_body(moment: Moment, case: Case | None, given: Corrected) -> Written[Case]:
    """Put right what is wrong; the entry says which facts, never what they are."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    candidacy = moment.session.get_one(Candidacy, given.candidacy_id)
    if candidacy.state != "nominated" and (given.nationality or given.birth_date):
        raise refuse(
            "nationality and date of birth were examined: they are changed by an HR officer",
            rule="examined_facts",
            cure="Write to the office that runs the competition.",
            reason=Reason.TURN,
        )
    _are_understood(moment, given)
    person = moment.session.get_one(Person, candidacy.person_id)
    changed = []
    for name in ("given_names", "family_name", "language", "nationality", "birth_date"):
        value = getattr(given, name)
        if value is not None and value != getattr(person, name):
            setattr(person, name, value)
            changed.append(name)
    if given.employer is not None and given.employer != candidacy.facts.get("current_employer"):
        candidacy.facts = {**candidacy.facts, "current_employer": given.employer[:200]}
        changed.append("current_employer")
    if not changed:
        raise refuse(
            "nothing is different",
            rule="something_changes",
            cure="Change what is wrong, or leave the page.",
            reason=Reason.INPUT,
        )
    return Written({"candidacy": candidacy.id, "changed": changed}, case)


def take_back_body(moment: Moment, case: Case | None, given: TakenBack) -> Written[Case]:
    """The candidate is out, at their own wish."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    candidacy = moment.session.get_one(Candidacy, given.candidacy_id)
    candidacy.state = fire(CandidacyLifecycle, candidacy.state, "withdraw")
    shown_again = take_out(moment, ("case", case.id), candidacy.id)
    moment.owe("case", case.id)
    reason = moment.seal(f"candidacy:{candidacy.id}", given.reason) if given.reason else {}
    return Written(
        {"candidacy": candidacy.id, "consultations": shown_again, "reason": reason}, case
    )


CORRECT: Verb[Case, Corrected] = Verb(
    "case:candidate_corrects", Case, "case", the_candidate, correct_body
)
TAKE_BACK: Verb[Case, TakenBack] = Verb(
    "case:candidate_withdraws", Case, "case", the_candidate, take_back_body
)


def _are_understood(moment: Moment, given: Corrected) -> None:
    faults = []
    for name in ("given_names", "family_name"):
        value = getattr(given, name)
        if value is not None and not 0 < len(value.strip()) <= LONGEST_NAME:
            faults.append((name, "a name has 1 to {n} characters", "Write it as in your passport."))
    if given.language is not None and given.language not in LANGUAGES:
        faults.append(("language", "we do not write in this language", "Choose another one."))
    if given.nationality is not None:
        states = load_states(moment.house.settings.rulebooks)
        if given.nationality not in states:
            faults.append(
                ("nationality", "this is no country code", "Write three letters, such as KEN.")
            )
    if given.birth_date is not None and given.birth_date >= moment.now.date():
        faults.append(("birth_date", "this day lies ahead", "Write your date of birth."))
    if faults:
        raise Refused(
            [
                Finding(
                    "own_data",
                    "",
                    Verdict.FAIL,
                    say(because, n=LONGEST_NAME),
                    say(cure),
                    name,
                )
                for name, because, cure in faults
            ],
            Reason.INPUT,
        )
