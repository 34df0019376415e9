"""Who may be one person: found across spellings, scripts, order and dates; never by name alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.appointments.likeness.rules import Somebody, grounds_of, likenesses, skeleton

BORN = date(1974, 3, 9)


def person(name: str, born: date | None = BORN, email: str = "", number: int = 1) -> Somebody:
    """Somebody of this name."""
    return Somebody(str(number), name, born, email or f"{number}@candidates.example", "GHA")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Al-Rashid", "Muhamad Rasheed"),
        ("Ama Serwaa Owusu", "Owusu Ama Serwaa"),
        ("José García", "Jose Garcia"),
        ("Сергей Иванов", "Sergey Ivanov"),
        ("Александр Чехов", "Alexander Chekhov"),
        ("محمد حسن", "Mohamed Hassan"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Nguyễn Văn An", "Nguyen Van An"),
        ("Łukasz Wałęsa", "Lukasz Walesa"),
        ("Maria de la Cruz", "María Cruz"),
    ],
)
def test_one_person_under_two_spellings_is_found(one: str, other: str) -> None:
    """The same birth date and a name that sounds the same."""
    assert "name" in grounds_of(person(one), person(other, number=2))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ama Owusu", "Kwame Boateng"), ("Jean Dupont", "Jeanne Martin"), ("Li Wei", "Zhang Min")],
)
def test_two_people_born_on_one_day_are_two_people(one: str, other: str) -> None:
    """A date of birth is shared by many."""
    assert grounds_of(person(one), person(other, number=2)) == ()


def test_a_common_name_alone_is_no_ground() -> None:
    """Two of one name, born in different years."""
    assert grounds_of(person("Ali Hassan"), person("Ali Hassan", date(1981, 1, 2), number=2)) == ()


def test_a_date_written_the_other_way_round_is_seen() -> None:
    """The third of September for the ninth of March."""
    grounds = grounds_of(person("Ama Owusu"), person("Ama Owusu", date(1974, 9, 3), number=2))
    assert grounds == ("name", "birth_date_turned")


def test_one_mailbox_is_one_person_until_somebody_says_otherwise() -> None:
    """With dots and plus signs as mail providers ignore them."""
    one = person("A B", email="ama.owusu@mail.example")
    other = person("C D", date(1980, 1, 1), "amaowusu+jobs@mail.example", number=2)
    assert grounds_of(one, other) == ("email",)


@given(st.permutations(["Ama", "Serwaa", "Owusu"]))
def test_the_order_of_names_does_not_matter(parts: list[str]) -> None:
    """Family names stand first or last."""
    assert skeleton(" ".join(parts)) == skeleton("Ama Serwaa Owusu")


@given(st.lists(st.tuples(st.sampled_from(["Ama", "Amma", "Kofi"]), st.integers(0, 3)), max_size=9))
def test_every_pair_that_has_grounds_is_found_once(listed: list[tuple[str, int]]) -> None:
    """As if each were held against each: what is compared is chosen, and nothing is lost by it."""
    people = [
        person(f"{name} Owusu", BORN + timedelta(days=day), number=number)
        for number, (name, day) in enumerate(listed)
    ]
    expected = {
        tuple(sorted((one.id, other.id)))
        for one in people
        for other in people
        if one.id < other.id and grounds_of(one, other)
    }
    found = [(each.one, each.other) for each in likenesses(people)]
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_three_hundred_people_are_held_against_one_another_at_once() -> None:
    """A competition's list is not slowed by its size."""
    people = [person(f"Name{n} Family{n}", BORN + timedelta(days=n), number=n) for n in range(300)]
    assert likenesses([*people, person("Family7 Name7", BORN + timedelta(days=7), number=999)])
