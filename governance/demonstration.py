"""The demonstration: invented people with links to sign in, and a clock that can be moved on.

Nothing here works unless the installation says that it is a demonstration.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

import pendulum
from pendulum import DateTime
from ruamel.yaml import YAML
from sqlmodel import col, select

from governance.access.actor import operator
from governance.acts import Moment, Verb, Written, perform
from governance.appointments.law import current_law
from governance.clock import SharedClock, WallClock
from governance.house import House
from governance.people.models import Grant, Holding, Person
from governance.record import deadlines
from governance.rulebook.models import RulebookVersion
from governance.settings import Settings

PURPOSE = "demonstration-sign-in"
SINCE = pendulum.datetime(2024, 1, 1)


@dataclass(frozen=True)
class Introduction:
    """One person of the demonstration: who, in which function, and a link to sign in as them."""

    name: str
    function: str
    email: str
    url: str


def load_people(house: House) -> bool:
    """Load the invented organisation beside the rulebook, once; False where people are there."""
    with house.database.reading() as session:
        if session.exec(select(Person.id).limit(1)).first() is not None:
            return False
    perform(house, operator(), LOAD, None, None)
    return True


def introductions(house: House) -> list[Introduction]:
    """A sign-in link for each person who acts in the demonstration."""
    introduced = {
        each["email"].lower(): each["introduce"]
        for each in _told(house)["people"]
        if each.get("introduce")
    }
    with house.database.reading() as session:
        query = select(Person).where(col(Person.email).in_(introduced))
        people = {person.email: person for person in session.exec(query)}
    return [
        Introduction(people[email].name, function, email, sign_in_url(house, people[email].id))
        for email, function in introduced.items()
        if email in people
    ]


def sign_in_url(house: House, person_id: str) -> str:
    """Where a person of the demonstration signs in without a code."""
    token = house.keys.token(f"{PURPOSE}:{person_id}")
    return f"{house.settings.base_url}/sign-in/{person_id}/{token}"


def link_is_good(house: House, person_id: str, token: str) -> bool:
    """Whether this is the sign-in link of this person, in a demonstration."""
    good = house.keys.token(f"{PURPOSE}:{person_id}")
    return house.settings.demonstration and hmac.compare_digest(token, good)


def start_clock(settings: Settings) -> None:
    """Give the demonstration a clock of its own, which goes on from where it was."""
    path = settings.clock_file
    if path is not None and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        SharedClock(path).start(WallClock().now(), speed=1)


def can_leap(house: House) -> DateTime | None:
    """The next deadline to which the demonstration's clock could leap."""
    if not house.settings.demonstration or not isinstance(house.clock, SharedClock):
        return None
    with house.database.reading() as session:
        found = deadlines.next_due(session, house.clock.now())
    return pendulum.instance(found) if found else None


def leap(house: House) -> DateTime | None:
    """Move the demonstration's clock just past the next deadline, and wake whoever waits for it."""
    due = can_leap(house)
    if due is not None and isinstance(house.clock, SharedClock):
        house.clock.leap(due.add(seconds=1))
        house.wake()
    return due


def _load(moment: Moment, subject: RulebookVersion | None, _: None) -> Written[RulebookVersion]:
    for told in _told(moment.house)["people"]:
        person = _person(told)
        moment.session.add(person)
        moment.session.flush()
        moment.session.add_all(
            Holding(office=office, person_id=person.id, since=SINCE)
            for office in told.get("offices", ())
        )
        moment.session.add_all(
            Grant(person_id=person.id, role=role) for role in told.get("roles", ())
        )
    version = current_law(moment.session)[0]
    law = subject or moment.session.get_one(RulebookVersion, version)
    return Written({"demonstration": True}, law)


def _person(told: dict[str, Any]) -> Person:
    return Person(
        family_name=told["family_name"],
        given_names=told["given_names"],
        email=told["email"].lower(),
        language=told["language"],
        sex=told.get("sex"),
        nationality=told.get("nationality"),
        duty_station=told.get("duty_station") or "lyon",
    )


def _by_the_operator(_: Moment, __: object, ___: object) -> str:
    return "operator"


LOAD: Verb[RulebookVersion, None] = Verb(
    "organisation:load_demonstration", RulebookVersion, "organisation", _by_the_operator, _load
)


def _told(house: House) -> dict[str, Any]:
    path = house.settings.rulebook_folder / "demonstration" / "organisation.yaml"
    told: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    return told
