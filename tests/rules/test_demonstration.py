"""The invented organisation that the product is tried with."""

from typing import Any

import pytest
from ruamel.yaml import YAML

from governance.people.states import load_states
from governance.settings import Settings

RULEBOOKS = Settings().rulebooks
FOLDER = RULEBOOKS / "interpol"
PEOPLE = YAML(typ="safe", pure=True).load(FOLDER / "demonstration" / "organisation.yaml")["people"]
LAW = YAML(typ="safe", pure=True).load(FOLDER / "organisation.yaml")
STATES = load_states(RULEBOOKS)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["key"])
def test_a_person_is_whole_and_plainly_invented(person: dict[str, Any]) -> None:
    """A member's national, at a known duty station, with an address where no mail arrives."""
    assert STATES[person["nationality"]].interpol_member
    assert person["email"].endswith(".example")
    assert person["sex"] in {"F", "M"}
    assert person["language"] in LAW["languages"]
    assert person["duty_station"] in {each["key"] for each in LAW["duty_stations"]}


def test_nobody_is_there_twice() -> None:
    """Keys, addresses and offices each have one person."""
    offices = [office for person in PEOPLE for office in person["offices"]]

    assert len({person["key"] for person in PEOPLE}) == len(PEOPLE)
    assert len({person["email"] for person in PEOPLE}) == len(PEOPLE)
    assert len(set(offices)) == len(offices)


def test_every_office_of_the_law_is_held_but_those_to_fill() -> None:
    """The bureau in Abidjan and the analyst's post are vacant; cases fill them."""
    law = {each["key"] for each in LAW["offices"]}
    held = {office for person in PEOPLE for office in person["offices"]}

    assert law - held == {"criminal_intelligence_analyst", "director_bureau_abidjan"}


def test_all_four_languages_are_spoken() -> None:
    """So that notices are seen in each, and one reads from right to left."""
    assert {person["language"] for person in PEOPLE} == {"ar", "en", "es", "fr"}


def test_the_people_who_act_are_introduced() -> None:
    """Those who carry the case, and the two who keep committees and references."""
    introduced = {person["key"] for person in PEOPLE if person.get("introduce")}

    assert introduced >= {
        "hr_officer",
        "committee_secretary",
        "director_police_services",
        "legal_adviser",
        "secretary_general",
        "referee",
    }
