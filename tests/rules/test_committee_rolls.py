"""A roll against the registers: who sits, who may vote, what the quorum is and why."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.committees.meeting.roll import read_roll
from governance.committees.meeting.rollcheck import RollCheck, check_roll, held_of
from governance.committees.names import Names
from governance.committees.register import Register, register_of
from governance.committees.rules import needed, right_to_vote
from governance.refusals import Refused
from governance.rulebook.proceedings.body import Body
from governance.rulebook.proceedings.meetings import Quorum

DAY = date(2026, 3, 12)
MEMBERS = [
    {"name": "Jane Smith", "aliases": ["jsmith"]},
    {"name": "Bob Jones", "alternates": ["Robin Field"]},
    {"name": "María Núñez", "leave": {"from": date(2026, 2, 1), "to": date(2026, 3, 31)}},
    {"name": "Li Wei", "until": date(2026, 1, 31)},
    {"name": "Omar Haddad", "since": date(2026, 3, 1)},
    {"name": "Ida Berg", "voting_right": {"since": date(2026, 2, 13), "has": False}},
]
ATTENDANCE = {"lost_after_missed": 2, "back_after_attended": 2}


def body(**rules: object) -> Register:
    """A body of five, with the rules given."""
    told = {name: {"value": value, "article": "R"} for name, value in rules.items()}
    plain = {"body": "b", "title": "B", "members": MEMBERS, "observers": ["Tom Reed"]}
    return register_of(Body.model_validate({**plain, "rules": told}))


def check(text: str, *earlier: tuple[date, str], **rules: object) -> RollCheck:
    """A roll of the day, checked."""
    rolls = [(day, read_roll(f"{day}.csv", each.encode())) for day, each in earlier]
    return check_roll(body(**rules), read_roll("roll.csv", text.encode()), DAY, rolls)


ALL = (
    "Jane Smith,present\nBob Jones,present\nMaría Núñez,leave\nOmar Haddad,present\nIda Berg,absent"
)
GOOD = f"name,status\n{ALL}\n"


def test_a_roll_that_is_right_is_left_alone() -> None:
    """Nothing is found where nothing is wrong, and the quorum has its working."""
    found = check(GOOD, quorum_to_open={"more_than": "1/2", "of": "roster_less_leave"})
    assert found.findings == ()
    assert (found.quorum.counted, found.quorum.needed, found.quorum.base) == (3, 2, 3)
    assert str(found.quorum.working[-1]) == "3 present, 2 needed: there is a quorum"


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("has_a_seat", "Nobody Known,present"),
        ("still_a_member", "Li Wei,present"),
        ("listed_once", "SMITH, Jane;x"),
        ("leave_is_kept", "María Núñez,present"),
        ("leave_is_registered", "Omar Haddad,leave"),
        ("every_member_is_listed", ""),
    ],
)
def test_a_fault_of_one_line_is_found_by_name(rule: str, line: str) -> None:
    """Each fault that was printed somewhere is found, on its line."""
    first = line.split(",", 1)[0]
    kept = [each for each in GOOD.splitlines() if first not in each]
    if rule == "listed_once":
        kept, line = GOOD.splitlines(), '"SMITH, Jane",present'
    if rule == "every_member_is_listed":
        kept = [each for each in GOOD.splitlines() if "Omar" not in each]
    found = check("\n".join([*kept, line]))
    assert [each.finding.rule for each in found.findings] == [rule]


@pytest.mark.parametrize(
    ("rule", "columns", "line"),
    [
        ("voting_right_is_carried_over", "name,voting", "Ida Berg,yes"),
        ("voting_right_is_carried_over", "name,voting", "Jane Smith,no"),
        ("listed_as_what_one_is", "name,role", "Jane Smith,guest"),
        ("listed_as_what_one_is", "name,role", "Tom Reed,member"),
        ("alternate_is_registered", "name,alternate for", "Omar Haddad,Bob Jones"),
        ("times_in_order", "name,in,out", "Jane Smith,12:00,11:30"),
        ("proxies_are_in_order", "name,status,proxy to", "Bob Jones,proxy,Li Wei"),
    ],
)
def test_what_a_column_says_wrongly_is_found(rule: str, columns: str, line: str) -> None:
    """Rights, capacities, alternates, times and proxies are held against the register."""
    found = check(f"{columns}\n{line}\n", proxies={"per_holder": 1})
    assert rule in [each.finding.rule for each in found.findings if each.blocks]


def test_a_near_name_is_offered() -> None:
    """A slip of the pen is told from a stranger."""
    (found,) = [each for each in check("name\nOmar Hadad\n").findings if each.blocks]
    assert str(found.finding.cure) == "Did you mean Omar Haddad?"


def test_a_holder_has_no_more_proxies_than_are_allowed() -> None:
    """Two proxies in one hand where one is the limit."""
    roll = "name,status,proxy to\nJane Smith,present,\nBob Jones,proxy,Jane Smith\n"
    more = roll + "Omar Haddad,proxy,Jane Smith\n"
    told = [
        [str(e.finding.because) for e in found.findings if e.finding.rule == "proxies_are_in_order"]
        for found in (check(each, proxies={"per_holder": 1}) for each in (roll, more))
    ]
    assert told == [[], ["Jane Smith holds more proxies than the 1 that are allowed"]]


def test_a_roll_pasted_from_last_month_is_noticed() -> None:
    """Line for line the same is a roll that nobody called."""
    found = check(GOOD, (date(2026, 2, 12), GOOD))
    assert [each.finding.rule for each in found.findings] == ["roll_is_not_the_last_one"]


def test_numbers_printed_the_wrong_way_round_are_told_as_such() -> None:
    """Need and presence swapped is one finding, not two."""
    roll = f"# present: 2\n# needed: 3\n{GOOD}"
    found = check(roll, quorum_to_open={"more_than": "1/2", "of": "roster_less_leave"})
    assert [each.finding.rule for each in found.findings] == ["need_and_presence_are_not_swapped"]


def test_a_right_is_lost_after_two_meetings_missed_and_back_after_two() -> None:
    """The rule of OASIS: leave excuses, two missed in a row lose it, two attended bring it back."""
    register = body(voting_right=ATTENDANCE)
    bob = register.find("Bob Jones", DAY)
    assert bob is not None
    rolls = ["absent", "absent", "present", "present"]
    has = []
    history = []
    for number, status in enumerate(rolls, 1):
        day = date(2026, 2, number)
        text = f"name,status\nJane Smith,present\nBob Jones,{status}\n"
        history.append(held_of(register, read_roll("r.csv", text.encode()), day))
        has.append(right_to_vote(register, bob, date(2026, 3, 1), history).has)
    assert has == [True, False, False, True]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"a,b\nc,d\n", "no column holds names"),
        (b"name,status\nJane,perhaps\n", '"perhaps" is no status'),
        (b"name,in\nJane,noon\n", "no time of day"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_roll_that_cannot_be_read_is_refused_with_its_line(raw: bytes, says: str) -> None:
    """Bad input names the line, the value and the cure."""
    with pytest.raises(Refused, match=says):
        read_roll("roll.csv", raw)


@given(st.integers(0, 500), st.fractions(0, 1, max_denominator=12))
def test_a_quorum_is_the_least_number_that_satisfies_it(base: int, share: Fraction) -> None:
    """Exact: told a second time by trying every number."""
    if 0 < share < 1:
        more = needed(Quorum(more_than=share), base)
        least = needed(Quorum(at_least=share), base)
        assert more == next(n for n in range(base + 2) if n > share * base)
        assert least == next(n for n in range(base + 2) if n >= share * base)
    root = needed(Quorum(times_root=Fraction(3, 2)), base)
    assert root >= 1.5 * sqrt(base) - 1e-9
    assert base == 0 or root - 1 < 1.5 * sqrt(base)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("SMITH, Jane", "Jane Smith"),
        ("J. Smith", "Jane Smith"),
        ("Dr. Jane B. Smith (remote)", "Jane Smith"),
        ("maria nunez", "María Núñez"),
        ("Haddad", "Omar Haddad"),
        ("jsmith", "Jane Smith"),
        ("Smithson", None),
        ("John Smith", None),
    ],
)
def test_a_name_is_known_as_people_write_it(written: str, meant: str | None) -> None:
    """Case, accents, order, initials and titles do not hide a person; another one is another."""
    names = {each["name"]: [each["name"], *each.get("aliases", [])] for each in MEMBERS}
    assert Names.of(names).find(written) == meant  # type: ignore[arg-type]


def test_a_delegation_without_a_name_is_there_all_the_same() -> None:
    """A roll by countries names some representatives and leaves others out."""
    rows = b"country,status,name\nFrance,present,\nIndia,absent,Ravi Menon\n"
    roll = read_roll("r.csv", rows)
    assert [(each.name, each.seat) for each in roll.lines] == [
        ("France", "France"),
        ("Ravi Menon", "India"),
    ]
