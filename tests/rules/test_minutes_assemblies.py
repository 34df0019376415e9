"""Records of assemblies, with one error each that clerks print: found, and only where it is."""

from __future__ import annotations

from datetime import date

import pytest

from governance.committees.meeting.roll import read_roll
from governance.committees.minutes.lint import lint
from governance.committees.minutes.reading import read_minutes
from governance.committees.register import Register, register_of
from governance.rulebook.proceedings.body import Body

BODY = register_of(
    Body.model_validate(
        {
            "body": "b",
            "title": "Programme Committee",
            "zone": "Europe/Paris",
            "members": [{"name": each} for each in ("Ana Diallo", "Bo Keller", "Cy Rossi")],
            "last_decision": {"number": "2024/06"},
            "rules": {
                "threshold": [
                    {"value": {"more_than": "1/2"}, "article": "Rules, 25"},
                    {"value": {"at_least": "2/3"}, "article": "Rules, 26", "scope": "rule_changes"},
                ],
            },
        }
    )
)
RECORD = """# General Assembly

Thursday, 10 December 2009

The draft resolution was adopted by a recorded vote of 9 in favour to 2 against, with 3 abstentions.

In favour: Algeria, Brazil, Chile, Denmark,
Egypt, France, Ghana, Bosnia and Herzegovina, India

Against: Israel, United States

Abstaining: Cameroon, Fiji, Nauru
"""
IN_BRACKETS = """Thursday, 10 December 2009

By a recorded vote of 152 in favour to 5 against (Israel, Marshall Islands, Federated States of
Micronesia, Palau, United States) the Committee went on.

By a recorded vote of 152 in favour to 2 against (Israel, Palau) with 3 abstentions (Albania, Haiti,
Papua New Guinea), the Committee approved the draft.
"""
IN_BRACKETS = IN_BRACKETS.replace("States of\n", "States of ").replace("Haiti,\n", "Haiti, ")
BY = "Thursday, 10 December 2009\n\nThe draft was adopted by 152 votes to 5, with 6 abstentions.\n"
MINUTES = """# Programme Committee

Tuesday, 14 May 2024

Present: Ana Diallo, Bo Keller, Cy Rossi

The following items were on the agenda:

1. Adoption of the agenda
2. Minutes
3. Budget

## 1. Adoption of the agenda

## 2. Minutes

The minutes of 12 March 2024 were adopted.

## 3. Budget

Moved by Bo Keller, seconded by Cy Rossi: to approve it. 2 in favour, 1 against. 3 votes cast.
Motion carried. Decision 2024/07.

The next meeting is on Tuesday, 9 July 2024.

La séance est ouverte à 10 h 00.
La séance est levée à 12 h 30.
"""
AGAIN = "\nMoved by Cy Rossi, seconded by Bo Keller: to thank. 3 in favour, 0 against.\n"
ERRORS = [
    (RECORD, "of 9 in", "of 10 in", "votes_add_up", "10 are counted for, and 9 are named"),
    (RECORD, "Fiji, Nauru", "Fiji, India", "votes_add_up", "India is named for and abstaining"),
    (RECORD, "with 3", "with 4", "votes_add_up", "4 are counted abstaining, and 3 are named"),
    (IN_BRACKETS, "with 3", "with 4", "votes_add_up", "4 are counted abstaining"),
    (IN_BRACKETS, "to 2 against", "to none against", "votes_add_up", "0 are counted against"),
    (IN_BRACKETS, "Israel, Palau)", "Palau, Palau)", "votes_add_up", "Palau is named twice"),
    (BY, "152 votes to 5", "5 votes to 152", "result_follows_from_the_votes", "not carried"),
    (MINUTES, "9 July", "9 April", "next_meeting_is_later", "2024-04-09"),
    (MINUTES, "12 March", "31 February", "day_is_of_the_calendar", "there is no 31 February 2024"),
    (MINUTES, "## 3. Budget", "## 4. Staff rules", "item_is_on_the_agenda", '"Staff rules" is not'),
    (MINUTES, "3 votes cast", "5 votes cast", "votes_add_up", "5 votes are said to be cast"),
    (MINUTES, "2024/07", "2023/07", "number_is_in_series", "the meeting is of 2024"),
    (MINUTES, "12 h 30", "9 h 30", "closed_after_it_was_opened", "closed at 09:30"),
    (
        MINUTES,
        "\nThe next",
        f"{AGAIN}Motion carried. Decision 2024/07.\n\nThe next",
        "number_is_in_series",
        "given twice",
    ),
    (
        MINUTES.replace("2 in favour, 1 against", "2 in favour, 2 against"),
        "2 in favour, 2 against. 3 votes",
        "1 in favour, 2 against. 3 votes",
        "result_follows_from_the_votes",
        "printed as carried",
    ),
]


def found(text: str) -> list[tuple[str, str]]:
    """What these minutes have wrong, advice left out."""
    register: Register | None = BODY if text.startswith("# Programme") else None
    linted = lint(read_minutes("m.md", text.encode()), register)
    return [
        (each.finding.rule, str(each.finding.because)) for each in linted.findings if each.blocks
    ]


@pytest.mark.parametrize("text", [RECORD, IN_BRACKETS, BY, MINUTES])
def test_a_record_without_an_error_is_clean(text: str) -> None:
    """Names over two lines, states with an "and", brackets: none of them is an error."""
    assert found(text) == []


@pytest.mark.parametrize(("text", "right", "wrong", "rule", "said"), ERRORS)
def test_an_error_is_found_where_it_is(
    text: str, right: str, wrong: str, rule: str, said: str
) -> None:
    """One error, one finding, which says what is printed and what follows."""
    assert right in text
    told = found(text.replace(right, wrong, 1))
    assert [each[0] for each in told] == [rule], told
    assert said in told[0][1]


@pytest.mark.parametrize(
    ("words", "is_carried"),
    [("to change the budget", True), ("to amend the rules of procedure", False)],
)
def test_a_change_of_the_rules_takes_its_own_majority(words: str, is_carried: bool) -> None:
    """Five of nine carry a motion; they do not amend the rules of procedure."""
    names = ", ".join(f"Member {letter}" for letter in "ABCDEFGHI")
    text = (
        f"# Programme\n\nTuesday, 14 May 2024\n\nPresent: {names}\n\n"
        f"Moved by Bo Keller, seconded by Cy Rossi: {words}. 5 in favour, 4 against. Carried.\n"
    )
    rules = [each[0] for each in found(text)]
    assert ("result_follows_from_the_votes" not in rules) is is_carried


@pytest.mark.parametrize(
    "line",
    ["Motion #457 approved", "Minutes for May 2022 approved", "5 of 9 (10 - 1) voting members"],
)
def test_a_number_that_counts_nobody_is_no_vote(line: str) -> None:
    """The number of an issue, a year, a sum in brackets: published minutes have them all."""
    text = f"Meeting of 2022-06-29\n\nPresent: Ana Diallo, Bo Keller\n\nMotion to go on.\n{line}\n"
    linted = lint(read_minutes("m.md", text.encode()))
    assert "votes_add_up" not in [each.finding.rule for each in linted.findings]


def test_a_number_of_an_item_stands_once_in_data_too() -> None:
    """Minutes given as YAML are held to the same order as a text is."""
    items = "  - {number: 1, title: A}\n  - {number: 1, title: B}\n"
    text = f"minutes: 1\ndate: 2024-05-14\nitems:\n{items}"
    linted = lint(read_minutes("m.yaml", text.encode()))
    assert [each.finding.rule for each in linted.findings] == ["items_are_numbered_in_order"]


def test_what_was_not_understood_is_not_called_clean() -> None:
    """A text without anything to check says so, as advice."""
    linted = lint(read_minutes("m.md", b"Hello world.\n"))
    assert linted.is_clean
    assert [each.finding.rule for each in linted.findings] == ["minutes_are_understood"]


def test_a_need_of_so_many_or_more_is_read() -> None:
    """Five or more of ten are no majority of ten, where the rule wants one."""
    rule = {"quorum_to_open": {"value": {"more_than": "1/2", "of": "entitled"}, "article": "R"}}
    names = [f"Member {letter}" for letter in "ABCDEFGHIJ"]
    body = {"body": "c", "title": "C", "members": [{"name": each} for each in names], "rules": rule}
    register = register_of(Body.model_validate(body))
    text = (
        "Meeting of 2026-01-28\n\nPresent: " + ", ".join(names) + "\n\n"
        "Quorum requires participation of 5 or more of the 10 voting members.\n"
    )
    told = lint(read_minutes("m.md", text.encode(), day=date(2026, 1, 28)), register)
    assert "needed: 5 is printed, 6 follows" in str([str(x.finding.because) for x in told.findings])


TABLE = """Meeting of 2026-01-28

## Participants

| Given Name | Family Name | Affiliation | Role | Present |
|:--|:--|:--|:--|:--|
| Ana | Diallo | Acme Trading | Voting Member, taking notes | Yes |
| Bo | Keller | Acme Trading | Co-Chair | Yes |
| Cy | van Rossi | Globex | Member | Yes |
| Di | Keller | Globex | Leave of Absence | No |

Quorum was reached (2 voting members present).

Ana Diallo moved to go on. Bo Keller seconded. Motion carried.
"""


def test_a_table_with_given_and_family_names_is_a_roll() -> None:
    """Two people of one name or one firm are two; a chair votes beside voting members."""
    printed = read_minutes("m.md", TABLE.encode())
    assert printed.roll is not None
    told = [(each.name, each.voting, each.status) for each in printed.roll.lines]
    assert told == [
        ("Ana Diallo", True, "present"),
        ("Bo Keller", True, "present"),
        ("Cy van Rossi", None, "present"),
        ("Di Keller", None, "leave"),
    ]
    assert [each for each in lint(printed).findings if each.blocks] == []


def test_a_roll_as_csv_may_have_them_too() -> None:
    """The firm is not taken for the person."""
    raw = "Last Name,First Name,Company,Role\nDiallo,Ana,Acme,Voting Member\nKeller,Bo,Acme,Chair\n"
    roll = read_roll("roll.csv", raw.encode())
    assert [(each.name, each.seat) for each in roll.lines] == [
        ("Ana Diallo", "Acme"),
        ("Bo Keller", "Acme"),
    ]


def test_a_person_of_a_firm_with_a_role_is_one_person() -> None:
    """A line "Name, Firm of Two Words (Voting Member)" names nobody else."""
    text = (
        "Meeting of 2026-01-28\n\n## Participants\n"
        "- Ana Diallo, Acme Trading (Voting Member)\n- Bo Keller, Acme Trading, Inc. (Chair)\n"
    )
    roll = read_minutes("m.md", text.encode()).roll
    assert roll is not None
    assert [each.name for each in roll.lines] == ["Ana Diallo", "Bo Keller"]
