"""A bureau nominates, or takes a nomination back, by its link; an officer invites a bureau anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.calls.publishing import send_note
from governance.appointments.calls.window import must_be_open
from governance.appointments.candidates import candidacy_of
from governance.appointments.evidence.keeping import Paper, keep
from governance.appointments.lifecycle import CandidacyLifecycle
from governance.appointments.models import Call, Candidacy, Case, NationalBureau
from governance.appointments.nominations.form import read_nomination
from governance.appointments.nominations.rules import (
    Nominating,
    call_takes_nominations,
    nominations_are_within_their_number,
    nominee_has_agreed,
    nominee_is_a_national,
    nominee_is_not_the_bureau,
)
from governance.consultation.changing import take_out
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.models import Person
from governance.people.queries import by_email
from governance.people.states import load_states
from governance.record.outbox import Notice
from governance.refusals import Reason, Refused, Requirements, refuse
from governance.rulebook.stages import Collect

CAME_BY = "nomination"
RULES = Requirements(
    (
        call_takes_nominations,
        nominations_are_within_their_number,
        nominee_is_a_national,
        nominee_is_not_the_bureau,
        nominee_has_agreed,
    )
)
# The field of the form that a rule speaks of.
WHERE = {
    "nominee_has_agreed": "agreed",
    "nominee_is_a_national": "nationality",
    "nominee_is_not_the_bureau": "email",
}


@dataclass(frozen=True)
class Nominated:
    """A nomination: of which bureau, the form as it was typed, and a paper where one is given."""

    country: str
    fields: Mapping[str, str]
    agreed: bool = False
    paper: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class TakenBack:
    """A nomination that its bureau takes back while the call is open."""

    country: str
    candidacy_id: str


@dataclass(frozen=True)
class Invite:
    """A bureau that is invited to nominate although the call is out already."""

    country: str


def nominate_body(moment: Moment, case: Case | None, given: Nominated) -> Written[Case]:
    """Take the nomination as a candidacy, marked with who nominated. Refused with every fault."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    stage = must_be_open(moment, case)
    states = load_states(moment.house.settings.rulebooks)
    names = {code: state.name for code, state in states.items()}
    read = read_nomination(given.fields, names, moment.now.date())
    facts = _facts(moment, case, stage, given, read.values)
    found = [replace(each, where=WHERE.get(each.rule, "")) for each in RULES.findings(facts)]
    faults = (*read.faults, *(each for each in found if each.blocks))
    if faults:
        only_input = bool(read.faults) and len(faults) == len(read.faults)
        raise Refused(faults, Reason.INPUT if only_input else Reason.RULE)
    moment.rules.extend(RULES.findings(facts))
    candidacy = _candidacy(moment, case, given.country, read.values)
    kept = {}
    if given.paper is not None:
        name, content = given.paper
        held = keep(moment, case, candidacy.id, Paper(candidacy.id, name, content, "cv"))
        kept = {"evidence": held.evidence.id, "file": held.on_record}
    moment.owe("case", case.id)
    moment.tell(
        ("case", case.id),
        Notice(
            key=f"acknowledgement:{candidacy.id}",
            person_id=candidacy.person_id,
            template="acknowledgement",
            facts={"candidacy": candidacy.id, "reference": case.reference},
        ),
    )
    return Written({"bureau": given.country, "candidacy": candidacy.id, **kept}, case)


def take_back_body(moment: Moment, case: Case | None, given: TakenBack) -> Written[Case]:
    """The nominee is out: who nominated takes it back before the call closes."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    must_be_open(moment, case)
    candidacy = candidacy_of(moment, case, given.candidacy_id)
    if candidacy not in nominations_of(moment.session, case.id, given.country):
        raise refuse(
            "this is no nomination of yours",
            rule="own_nomination",
            cure="Choose one of the list.",
            reason=Reason.MISSING,
        )
    candidacy.state = fire(CandidacyLifecycle, candidacy.state, "withdraw")
    shown_again = take_out(moment, ("case", case.id), candidacy.id)
    moment.owe("case", case.id)
    return Written(
        {"bureau": given.country, "candidacy": candidacy.id, "consultations": shown_again}, case
    )


def invite_body(moment: Moment, case: Case | None, given: Invite) -> Written[Case]:
    """A note verbale to one bureau, though the call is out: a new address, or a late one."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    must_be_open(moment, case)
    bureau = moment.session.get(NationalBureau, given.country)
    call = open_call_of(moment.session, case.id)
    if bureau is None or call is None:
        raise refuse(
            "the National Central Bureau of {country} has no address on file, or no call is open",
            rule="bureau_has_an_address",
            cure="Enter its address first.",
            where="country",
            reason=Reason.INPUT,
            country=given.country[:10] or "–",
        )
    send_note(moment, case, call, bureau, again=moment.now.format("YYYYMMDDHH"))
    return Written({"bureau": bureau.country, "call": call.id}, case)


def its_bureau(moment: Moment, case: Case | None, given: Nominated | TakenBack) -> str:
    """The bureau to whose address the link and the code went, for the open call alone."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    actor = moment.actor
    bureau = moment.session.get(NationalBureau, given.country)
    call = open_call_of(moment.session, case.id)
    is_it = (
        bureau is not None
        and call is not None
        and actor.level == Level.LINK
        and actor.invitation == call.id
        and actor.person_id == bureau.person_id
    )
    if not is_it:
        raise refuse(
            "nominations come from the bureau that was invited, while the call is open",
            rule="invited_bureau",
            cure="Open the link of the note verbale, with the code that is sent to you.",
            reason=Reason.AUTHORITY,
        )
    return f"bureau:{given.country}"


NOMINATE: Verb[Case, Nominated] = Verb(
    "case:take_nomination", Case, "case", its_bureau, nominate_body
)
TAKE_BACK: Verb[Case, TakenBack] = Verb(
    "case:take_back_nomination", Case, "case", its_bureau, take_back_body
)
INVITE: Verb[Case, Invite] = Verb("case:invite_member", Case, "case", hr_officer, invite_body)


def open_call_of(session: Session, case_id: str) -> Call | None:
    """The call of a case that is open."""
    query = select(Call).where(col(Call.case_id) == case_id, col(Call.state) == "open")
    return session.exec(query.order_by(col(Call.round).desc())).first()


def nominations_of(session: Session, case_id: str, country: str) -> list[Candidacy]:
    """The candidates whom a member has nominated, by its link or through an officer's file."""
    query = select(Candidacy).where(
        col(Candidacy.case_id) == case_id, col(Candidacy.state) != "withdrawn"
    )
    found = session.exec(query.order_by(col(Candidacy.came_at), col(Candidacy.id)))
    return [each for each in found if each.facts.get("nominated_by") == country]


def nominations_by(session: Session, case_id: str) -> dict[str, int]:
    """How many candidates each member has nominated, by its code."""
    query = select(Candidacy).where(
        col(Candidacy.case_id) == case_id, col(Candidacy.state) != "withdrawn"
    )
    countries = (each.facts.get("nominated_by") for each in session.exec(query))
    return dict(Counter(each for each in countries if each))


def _facts(
    moment: Moment, case: Case, stage: Collect, given: Nominated, values: Mapping[str, Any]
) -> Nominating:
    law = stage.nominations
    bureau = moment.session.get_one(NationalBureau, given.country)
    address = moment.session.get_one(Person, bureau.person_id).email
    return Nominating(
        country=given.country,
        nationality=values.get("nationality") or given.country,
        same_address=str(values.get("email", "")).lower() == address,
        made=len(nominations_of(moment.session, case.id, given.country)),
        at_most=law.at_most if law else None,
        own_nationals=bool(law and law.own_nationals),
        taken="nominations" in stage.sources,
        agreed=given.agreed,
    )


def _candidacy(moment: Moment, case: Case, country: str, values: dict[str, Any]) -> Candidacy:
    email = values["email"].lower()
    person = by_email(moment.session, email)
    if person is None:
        person = Person(
            id=new_id(),
            family_name=values["family_name"],
            given_names=values["given_names"],
            email=email,
            language=values["letter_language"],
        )
        moment.session.add(person)
    here = select(Candidacy.id).where(
        col(Candidacy.case_id) == case.id, col(Candidacy.person_id) == person.id
    )
    if moment.session.exec(here).first() is not None:
        raise refuse(
            "this person is a candidate in this procedure already",
            rule="one_candidacy_each",
            cure="You need not nominate anybody twice, nor who has applied.",
            where="email",
            reason=Reason.INPUT,
        )
    for fact in ("sex", "birth_date", "nationality"):
        if not getattr(person, fact):  # what is on file stands, what is not is filled in
            setattr(person, fact, values[fact])
    moment.session.flush()
    known = ("current_employer", "degree", "police_rank", "police_years", "years_experience")
    candidacy = Candidacy(
        id=new_id(),
        case_id=case.id,
        person_id=person.id,
        kind=values["candidate_kind"],
        came_by=CAME_BY,
        facts={
            **{name: values[name] for name in known},
            "languages": dict(values["languages"]),
            "nominated_by": country,
        }
        | ({"secondment_years": values["secondment_years"]} if values["secondment_years"] else {}),
        came_at=moment.now,
    )
    moment.session.add(candidacy)
    moment.session.flush()
    return candidacy
