"""Where the National Central Bureaus of members are reached."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.cells import EMAIL
from governance.appointments.models import NationalBureau
from governance.appointments.queries import no_such_case, sees_all
from governance.house import House
from governance.people.models import Person
from governance.people.queries import by_email
from governance.people.states import load_states
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Address:
    """The address of one bureau, and the language that it is written to in."""

    country: str
    email: str
    language: str = "en"


def set_body(moment: Moment, _: NationalBureau | None, given: Address) -> Written[NationalBureau]:
    """Keep the address; a newer one takes its place."""
    country = given.country.strip().upper()
    states = load_states(moment.house.settings.rulebooks)
    if country not in states:
        raise refuse(
            '"{value}" is no state that is known',
            rule="nationality_is_known",
            cure="Write its code of three letters.",
            where="country",
            reason=Reason.INPUT,
            value=given.country[:40],
        )
    if not EMAIL.fullmatch(given.email.strip()):
        raise refuse(
            '"{value}" is no e-mail address',
            rule="email_is_an_address",
            cure="Write it as name@organisation.example.",
            where="email",
            reason=Reason.INPUT,
            value=given.email[:60],
        )
    person = by_email(moment.session, given.email)
    if person is None:
        person = Person(
            family_name=f"National Central Bureau, {states[country].name}",
            email=given.email.strip().lower(),
            language=given.language if given.language in {"ar", "en", "es", "fr"} else "en",
        )
        moment.session.add(person)
        moment.session.flush()
    bureau = moment.session.get(NationalBureau, country)
    if bureau is None:
        bureau = NationalBureau(country=country, person_id=person.id, since=moment.now)
        moment.session.add(bureau)
    bureau.person_id, bureau.since = person.id, moment.now
    return Written({"country": country, "person": person.id}, bureau)


def _officer(moment: Moment, _: NationalBureau | None, given: Address) -> str:
    return hr_officer(moment, None, given)


SET_BUREAU: Verb[NationalBureau, Address] = Verb(
    "bureau:set", NationalBureau, "bureau", _officer, set_body
)


def bureaus(session: Session) -> list[tuple[NationalBureau, Person]]:
    """Every bureau with an address, by country."""
    query = select(NationalBureau, Person).join(
        Person, col(Person.id) == col(NationalBureau.person_id)
    )
    return list(session.exec(query.order_by(col(NationalBureau.country))).all())


def tell_bureaus(house: House, actor: Actor) -> list[dict[str, str]]:
    """The addresses of bureaus as plain data, for HR and audit."""
    if not sees_all(actor):
        raise no_such_case("of bureaus")
    with house.database.reading() as session:
        return [
            {"country": bureau.country, "email": person.email, "language": person.language}
            for bureau, person in bureaus(session)
        ]
