"""Bring an installation to life: tables, the law, and on request a demonstration organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pendulum
from ruamel.yaml import YAML
from sqlmodel import col, select

from governance.access.actor import operator
from governance.acts import Moment, Verb, Written, perform
from governance.appointments.law import current_law
from governance.house import House
from governance.people.models import Grant, Holding, Person
from governance.refusals import Refused
from governance.rulebook.loader import load
from governance.rulebook.models import RulebookVersion
from governance.rulebook.schema import Rulebook
from governance.rulebook.version import freeze

SIGN_IN_LINK = "demonstration-sign-in"


def install(house: House) -> str:
    """Migrate, and load the rulebook where it changed. Gives the hash of the law in force."""
    house.settings.home.mkdir(parents=True, exist_ok=True)
    house.database.migrate()
    rulebook = load(house.settings.rulebook_folder)
    version, _ = freeze(rulebook)
    with house.database.reading() as session:
        try:
            current, _ = current_law(session)
        except Refused:
            current = ""
    if current != version:
        perform(house, operator(), LOAD_RULEBOOK, None, rulebook)
    return version


def load_demonstration(house: House) -> bool:
    """Load the invented organisation beside the rulebook, once; False where it is there already."""
    with house.database.reading() as session:
        if session.exec(select(Person).limit(1)).first() is not None:
            return False
    perform(house, operator(), LOAD_DEMONSTRATION, None, None)
    return True


@dataclass(frozen=True)
class Introduction:
    """One person of the demonstration: who, in which function, and a link to sign in as them."""

    name: str
    function: str
    email: str
    url: str


def demonstration_links(house: House) -> list[Introduction]:
    """A sign-in link for each person of the demonstration who acts in it."""
    told = _told(house)
    with house.database.reading() as session:
        emails = [each["email"].lower() for each in told["people"] if each.get("introduce")]
        query = select(Person).where(col(Person.email).in_(emails))
        people = {person.email: person for person in session.exec(query)}
    return [
        Introduction(
            people[each["email"].lower()].name,
            each["introduce"],
            each["email"],
            sign_in_url(house, people[each["email"].lower()].id),
        )
        for each in told["people"]
        if each.get("introduce") and each["email"].lower() in people
    ]


def sign_in_url(house: House, person_id: str) -> str:
    """Where a person of the demonstration signs in without a code."""
    token = house.keys.token(f"{SIGN_IN_LINK}:{person_id}")
    return f"{house.settings.base_url}/sign-in/{person_id}/{token}"


def sign_in_link_is_good(house: House, person_id: str, token: str) -> bool:
    """Whether this is the link of this person, in a demonstration."""
    return house.settings.demonstration and token == house.keys.token(f"{SIGN_IN_LINK}:{person_id}")


def _by_the_operator(_: Moment, __: object, ___: object) -> str:
    return "operator"


def _load_rulebook(
    moment: Moment, subject: RulebookVersion | None, rulebook: Rulebook
) -> Written[RulebookVersion]:
    version, canonical = freeze(rulebook)
    row = subject or moment.session.get(RulebookVersion, version)
    if row is None:
        row = RulebookVersion(
            hash=version,
            organisation=rulebook.organisation.organisation,
            canonical=canonical,
            loaded_at=moment.now,
        )
        moment.session.add(row)
    row.loaded_at = moment.now
    return Written({"version": version}, row)


def _load_demonstration(
    moment: Moment, _: RulebookVersion | None, __: None
) -> Written[RulebookVersion]:
    since = pendulum.datetime(2024, 1, 1)
    for told in _told(moment.house)["people"]:
        person = Person(
            family_name=told["family_name"],
            given_names=told["given_names"],
            email=told["email"].lower(),
            language=told.get("language", "en"),
            sex=told.get("sex"),
            nationality=told.get("nationality"),
            duty_station=told.get("duty_station", "lyon"),
        )
        moment.session.add(person)
        moment.session.flush()
        moment.session.add_all(
            Holding(office=office, person_id=person.id, since=since)
            for office in told.get("offices", ())
        )
        moment.session.add_all(
            Grant(person_id=person.id, role=role) for role in told.get("roles", ())
        )
    version = current_law(moment.session)[0]
    return Written({"demonstration": True}, moment.session.get_one(RulebookVersion, version))


def _told(house: House) -> dict[str, Any]:
    path = house.settings.rulebook_folder / "demonstration" / "organisation.yaml"
    reader = YAML(typ="safe", pure=True)
    told: dict[str, Any] = reader.load(path.read_text("utf-8"))
    return told


LOAD_RULEBOOK: Verb[RulebookVersion, Rulebook] = Verb(
    "organisation:load_rulebook",
    RulebookVersion,
    "organisation",
    _by_the_operator,
    _load_rulebook,
)
LOAD_DEMONSTRATION: Verb[RulebookVersion, None] = Verb(
    "organisation:load_demonstration",
    RulebookVersion,
    "organisation",
    _by_the_operator,
    _load_demonstration,
)
