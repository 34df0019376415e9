"""Somebody is registered, or their address is corrected: before they can be asked or reached."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlmodel import Session

from governance.acts import Moment, Verb, Written
from governance.consultation.standing.absences import the_person_or_staff
from governance.database import new_id
from governance.people.models import Person
from governance.people.queries import by_email
from governance.people.states import load_states
from governance.refusals import Finding, Reason, Refused, Verdict, refuse, say
from governance.rulebook.current import current_law

ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
LANGUAGES = ("en", "fr", "es", "ar")


@dataclass(frozen=True)
class Newcomer:
    """Who somebody is, as far as the house needs to know."""

    email: str
    family_name: str
    given_names: str = ""
    language: str = "en"
    duty_station: str = ""
    nationality: str = ""
    sex: str = ""


@dataclass(frozen=True)
class Corrected:
    """The address under which somebody is reached from now on."""

    email: str


def staff_may(moment: Moment, person: Person | None, given: object) -> str:
    """HR officers, secretaries and administrators keep the register of people."""
    del person
    return the_person_or_staff(moment, None, given)


def register(moment: Moment, _: Person | None, given: Newcomer) -> Written[Person]:
    """Somebody new, with every fault told at once. The record holds nothing personal."""
    stations = [each.key for each in current_law(moment.session)[1].organisation.duty_stations]
    faults = [
        *_of_address(moment.session, given.email),
        *_of_choice("language", given.language, LANGUAGES),
        *_of_choice("duty_station", given.duty_station or stations[0], stations),
        *_of_choice("sex", given.sex, ("", "F", "M")),
    ]
    known = load_states(moment.house.settings.rulebooks)
    if given.nationality and given.nationality not in known:
        faults.append(_fault("nationality", given.nationality, "Write a code such as CIV."))
    if not given.family_name.strip():
        faults.append(_fault("family_name", "", "Give the family name."))
    if faults:
        raise Refused(faults, Reason.INPUT)
    person = Person(
        id=new_id(),
        email=given.email.strip().lower(),
        family_name=given.family_name.strip()[:120],
        given_names=given.given_names.strip()[:120],
        language=given.language,
        duty_station=given.duty_station or stations[0],
        nationality=given.nationality or None,
        sex=given.sex or None,
    )
    moment.session.add(person)
    return Written({"language": person.language, "duty_station": person.duty_station}, person)


def correct(moment: Moment, person: Person | None, given: Corrected) -> Written[Person]:
    """The address is another one from now on; what came back can be sent again."""
    assert person is not None  # noqa: S101 -- the door locks the subject first
    if given.email.strip().lower() == person.email:
        raise refuse(
            "this is the address that is registered already",
            rule="address_changes",
            cure="There is nothing to do.",
            where="email",
            reason=Reason.TURN,
        )
    if faults := _of_address(moment.session, given.email):
        raise Refused(faults, Reason.INPUT)
    person.email = given.email.strip().lower()
    return Written({"address": "corrected"}, person)


def _of_address(session: Session, email: str) -> list[Finding]:
    address = email.strip().lower()
    if not ADDRESS.fullmatch(address) or len(address) > 254:  # noqa: PLR2004 -- RFC 5321
        return [_fault("email", email, "Write an address such as name@organisation.example.")]
    if by_email(session, address) is not None:
        return [_fault("email", email, "Somebody is registered under it already.")]
    return []


def _of_choice(name: str, value: str, known: tuple[str, ...] | list[str]) -> list[Finding]:
    if value in known:
        return []
    return [_fault(name, value, "Choose one of: {known}.", ", ".join(filter(None, known)))]


def _fault(name: str, value: str, cure: str, known: str = "") -> Finding:
    because = (
        say('"{value}" is not understood here', value=value[:60]) if value else say("it is empty")
    )
    return Finding("person_is_understood", "", Verdict.FAIL, because, say(cure, known=known), name)


REGISTER: Verb[Person, Newcomer] = Verb("person:register", Person, "person", staff_may, register)
CORRECT: Verb[Person, Corrected] = Verb("person:correct", Person, "person", staff_may, correct)
