"""A home administration attests a check, or agrees to a secondment, through its National Bureau."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.candidates import candidacy_of
from governance.appointments.checks.putting import TEN_WORKING_DAYS, Law, Put, law_for, put
from governance.appointments.checks.words import AGREE, ATTEST, filled
from governance.appointments.lifecycle import CaseLifecycle, CheckLifecycle
from governance.appointments.models import Candidacy, Case, Check, NationalBureau
from governance.language import LANGUAGES, period
from governance.lifecycle import fire
from governance.people.models import Person
from governance.refusals import Reason, refuse

HOME_AGREEMENT = "home_agreement"
HOME = "home_administration"


@dataclass(frozen=True)
class HomeAsked:
    """Which check of which candidate is asked of the home administration."""

    candidacy_id: str
    kind: str


def ask_home_body(moment: Moment, case: Case | None, given: HomeAsked) -> Written[Case]:
    """Put the one question to the bureau, by link; the check is awaited."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    candidacy = candidacy_of(moment, case, given.candidacy_id)
    check = _open_check(moment, candidacy, given.kind)
    law = law_for(moment.session, case, check)
    bureau = _bureau_of(moment, candidacy)
    check.state = fire(CheckLifecycle, check.state, "ask")
    asked = put(moment, case, law, _question(law, candidacy, check, bureau))
    return Written(
        {
            "bureau": bureau.id,
            "candidacy": candidacy.id,
            "check": check.kind,
            "consultation": asked.id,
        },
        case,
    )


ASK_HOME: Verb[Case, HomeAsked] = Verb(
    "case:ask_home_administration", Case, "case", hr_officer, ask_home_body
)


def step(check: Check) -> str:
    """The name of the question to the bureau."""
    return f"attestation:{check.id}"


def _question(law: Law, candidacy: Candidacy, check: Check, bureau: Person) -> Put:
    known = law.stage.check(check.kind)
    agrees = check.kind == HOME_AGREEMENT
    title = {str(key): words for key, words in known.title.root.items()} if known else {}
    count = int(candidacy.facts.get("secondment_years") or 1)
    years = {each: period(each, count, "years") for each in LANGUAGES}
    return Put(
        step=step(check),
        about=candidacy,
        question=filled(AGREE, years=years) if agrees else filled(ATTEST, check=title),
        answers=("agree", "do_not_agree") if agrees else ("attest", "do_not_attest", "cannot_say"),
        needs_text=("do_not_agree", "do_not_attest"),
        to=bureau,
        capacity="national_bureau",
        within=(known.within if known else None) or TEN_WORKING_DAYS,
        level="link",
        on_late="remind",
        template="attestation",
        barred=(candidacy.person_id,),
    )


def _open_check(moment: Moment, candidacy: Candidacy, kind: str) -> Check:
    query = select(Check).where(
        col(Check.candidacy_id) == candidacy.id,
        col(Check.kind) == kind,
        col(Check.answered_by) == HOME,
        col(Check.state).in_(("ordered", "expired")),
    )
    check = moment.session.exec(query.order_by(col(Check.number))).first()
    if check is None:
        raise refuse(
            'no check "{kind}" of this candidate is to be asked of a home administration now',
            rule="check_is_open",
            cure="For seconded officers the rulebook says which checks the home attests.",
            reason=Reason.TURN,
            kind=kind,
        )
    return check


def _bureau_of(moment: Moment, candidacy: Candidacy) -> Person:
    person = moment.session.get_one(Person, candidacy.person_id)
    country = candidacy.facts.get("nominated_by") or person.nationality or ""
    bureau = moment.session.get(NationalBureau, country)
    if bureau is None:
        raise refuse(
            "the National Central Bureau of {country} has no address on file",
            rule="bureau_has_an_address",
            cure="Enter it: mandate bureau set {country} --email ADDRESS.",
            reason=Reason.INPUT,
            country=country or "the candidate's country",
        )
    return moment.session.get_one(Person, bureau.person_id)
