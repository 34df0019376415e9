"""Minutes of bodies that nobody has seen: what was really printed wrong is found, on its line."""

from __future__ import annotations

from datetime import date

import pytest

from governance.committees.meeting.roll import read_roll
from governance.committees.minutes.lint import Linted, lint
from governance.committees.minutes.reading import read_minutes
from governance.committees.noticed import Noticed
from governance.committees.register import register_of
from governance.refusals import Refused
from governance.rulebook.proceedings.body import Body

REGISTER = register_of(
    Body.model_validate(
        {
            "body": "b",
            "title": "B",
            "zone": "America/New_York",
            "members": [
                {"name": "Jane Smith"},
                {"name": "Bob Jones"},
                {"name": "Omar Haddad"},
                {"name": "Ida Berg", "leave": {"from": date(2026, 3, 1)}},
                {"name": "Li Wei", "until": date(2026, 1, 31)},
            ],
            "observers": ["Tom Reed"],
            "officers": [{"office": "chair", "name": "Jane Smith"}],
            "last_decision": {"number": "2026-13"},
            "rules": {
                "motions": {"value": {"seconder": True}, "article": "R3"},
                "threshold": [
                    {"value": {"more_than": "1/2"}, "article": "R4"},
                    {
                        "value": {"at_least": "2/3", "base": "entitled"},
                        "article": "R5",
                        "scope": "rule_changes",
                    },
                ],
            },
        }
    )
)
CLEAN = """Regular meeting, Thursday, March 12, 2026

Chair: Jane Smith

Present: Jane Smith, Bob Jones, Omar Haddad
On leave: Ida Berg
Guests: Zoe Lang

Opened at 11:00 ET / 16:00 CET.
3 of 4 members present; quorum was reached.

Resolution 2026-14
Moved by Bob Jones, seconded by Omar Haddad. Ayes: Smith, Jones. Nays: Haddad. Motion carried 2-1.
Zoe Lang asked about the date.

Adjourned at 12:10 ET.
"""


def found(text: str, *, register: bool = True) -> Linted:
    """The minutes as text, checked."""
    return lint(read_minutes("m.md", text.encode()), REGISTER if register else None)


def rules(linted: Linted) -> list[str]:
    """The rules of what blocks."""
    return [each.finding.rule for each in linted.findings if each.blocks]


def test_minutes_that_are_right_are_left_alone() -> None:
    """No finding where nothing is wrong, with a register and without."""
    assert rules(found(CLEAN)) == []
    assert rules(found(CLEAN, register=False)) == []


# What is printed instead of what, and the rule that finds it.
PLANTED = [
    ("still_a_member", "Omar Haddad\nOn", "Omar Haddad, Li Wei\nOn"),
    ("leave_is_printed", "On leave: Ida Berg", "Absent: Ida Berg"),
    ("listed_as_what_one_is", "Guests: Zoe Lang", "Guests: Zoe Lang, Omar Haddad"),
    ("who_acts_is_in_the_roll", "Guests: Zoe Lang", "Guests: none"),
    ("who_acts_is_in_the_roll", "seconded by Omar Haddad", "seconded by Pat Murray"),
    ("who_acts_is_in_the_roll", "seconded by Omar Haddad", "seconded by Ida Berg"),
    ("who_moves_or_votes_is_a_member", "Moved by Bob Jones", "Moved by Zoe Lang"),
    ("motion_has_its_seconder", ", seconded by Omar Haddad", ""),
    ("motion_has_its_seconder", "seconded by Omar Haddad", "seconded by Bob Jones"),
    ("quorum_follows_from_the_roll", "3 of 4 members", "4 of 4 members"),
    ("quorum_follows_from_the_roll", "was reached", "was not reached"),
    ("need_and_presence_are_not_swapped", "3 of 4 members", "4 of 3 members"),
    ("quorum_has_one_verdict", "Adjourned at", "There was no quorum. Adjourned at"),
    ("votes_add_up", "carried 2-1", "carried 3-1"),
    ("votes_add_up", "Nays: Haddad", "Nays: Haddad, Jones"),
    ("votes_add_up", "Ayes: Smith, Jones.", "Ayes: 3 (Smith, Jones)."),
    ("result_follows_from_the_votes", "Motion carried 2-1", "Motion failed 2-1"),
    ("result_follows_from_the_votes", "carried 2-1", "carried unanimously"),
    ("number_is_in_series", "Resolution 2026-14", "Resolution 2026-16"),
    ("time_zone_is_of_the_day", "16:00 CET", "17:00 CET"),
    ("time_zone_is_of_the_day", "11:00 ET / 16:00 CET", "11:00 EST / 16:00 CET"),
    ("weekday_is_of_the_date", "Thursday", "Tuesday"),
    ("closed_after_it_was_opened", "12:10 ET", "10:10 ET"),
    ("office_is_held", "Chair: Jane Smith", "Chair: Bob Jones"),
    (
        "who_has_left_does_not_act",
        "Resolution 2026-14\n",
        "Omar Haddad left.\nResolution 2026-14\n",
    ),
]


@pytest.mark.parametrize(("rule", "old", "new"), PLANTED)
def test_what_was_really_printed_wrong_is_found(rule: str, old: str, new: str) -> None:
    """One change to clean minutes, one rule that says so, with line, cure and what is printed."""
    assert old in CLEAN
    hits = [each for each in found(CLEAN.replace(old, new, 1)).findings if each.blocks]
    assert rule in [each.finding.rule for each in hits]
    assert all(str(each.finding.cure) for each in hits)


def test_a_rule_change_needs_its_own_majority() -> None:
    """Two of three in favour is no two thirds of all members."""
    text = """minutes: 1
date: 2026-03-12
present: [Jane Smith, Bob Jones, Omar Haddad]
leave: [Ida Berg]
motions:
  - moved_by: Bob Jones
    seconded_by: Jane Smith
    subject: rule_changes
    result: carried
    votes: {yes: 2, no: 1}
"""
    linted = lint(read_minutes("m.yaml", text.encode()), REGISTER)
    (hit,) = [each for each in linted.findings if each.blocks]
    assert hit.finding.rule == "result_follows_from_the_votes"
    assert (hit.follows, hit.finding.article) == ("not carried", "R5")


def test_attendance_pasted_from_last_month_is_noticed() -> None:
    """Earlier minutes give their attendance; name for name the same is told."""
    before = read_minutes("2026-02-12.md", CLEAN.replace("March", "February").encode())
    assert before.roll is not None
    now = CLEAN.replace("Guests: Zoe Lang", "Guests: Zoe Lang")
    linted = lint(
        read_minutes("m.md", now.encode()), None, None, [(date(2026, 2, 12), before.roll)]
    )
    assert rules(linted) == ["roll_is_not_the_last_one"]


def test_the_attendance_is_held_against_the_roll_that_was_called() -> None:
    """Who was there and is not printed, and the other way round."""
    roll = read_roll(
        "r.csv", b"name,status,capacity\nJane Smith,present,member\nTom Reed,present,observer\n"
    )
    linted = lint(read_minutes("m.md", CLEAN.encode()), None, roll)
    told = {str(each.finding.because) for each in linted.findings}
    assert "Tom Reed was there as observer and is missing from the attendance" in told
    assert "Bob Jones is printed as present and is not in the roll call" in told


def test_a_table_of_attendance_is_read() -> None:
    """Markdown tables with the columns of a roll, as many committees print them."""
    text = """# Meeting 2026-03-12

| Name | Role | Present |
|---|---|---|
| Jane Smith | voting | x |
| Bob Jones | voting | |

Bob Jones moved to adjourn. Seconded by Jane Smith. Motion carried.
"""
    linted = found(text, register=False)
    assert rules(linted) == ["who_acts_is_in_the_roll"]
    assert _line(linted.findings, text) == "Bob Jones moved to adjourn."


STYLES = {
    # A county board: a motion on one line, the vote on the next, names and a tally that differ.
    "council": (
        """MEMBERS PRESENT: Wayne Holt, Linda Marsh, Gregory Tate, Susan Pike
MEMBERS ABSENT: Harold Finn
OTHERS PRESENT: Janet Cole, County Administrator; Mark Reyes, County Attorney

On motion of Supervisor Marsh, seconded by Supervisor Tate, the minutes were approved:
Ayes: Holt, Marsh, Tate, Pike
Nays: None
RESOLUTION 26-21 - Moved by Ms. Pike, seconded by Mr. Finn and carried by a vote of 4-0.
RESOLUTION 26-23 - On motion of Mr. Tate, seconded by Ms. Marsh: AYES: 3 (Holt, Marsh, Tate)
NAYS: 1 (Pike). Motion failed.
""",
        {
            "who_acts_is_in_the_roll": 8,
            "number_is_in_series": 9,
            "result_follows_from_the_votes": 10,
        },
    ),
    # A board's table, emphasis around every word, somebody excused who seconds.
    "board": (
        """**Location:** online, 17:00 UTC (12:00 EST / 18:00 CET), March 3, 2026 (Tuesday)

| Director | Attendance |
|---|---|
| Ann Archer | Present |
| Ben Baker | Present (left 18:10) |
| Cy Cole | Excused |

**Motion:** Approve the budget. *Moved:* Ann Archer. *Seconded:* Cy Cole. **Vote:** 2-0-0. Passed.
""",
        {"who_acts_is_in_the_roll": 9},
    ),
    # A committee in sentences: the secretary is no member, the casting vote is no error.
    "sentences": (
        """Members in attendance were: Anna Bell (Chair), Carl Dunn, Eve Fry and Gus Hill.
Apologies were received from Ivy Jay.
In attendance: Ken Low (Secretary)
The Chair noted that 5 members were present and that a quorum of 3 was met.
The motion was put: 2 votes for, 2 against. The motion was carried on the casting vote of the Chair.
Decision 2026/04: to appoint auditors. Proposed Eve Fry, seconded Carl Dunn. Carried.
Decision 2026/04: to close the account.
""",
        {"quorum_follows_from_the_roll": 4, "number_is_in_series": 7},
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_minutes_are_read_as_bodies_write_them(style: str) -> None:
    """Nothing is found but what is wrong, and each on its own line."""
    text, wanted = STYLES[style]
    hits = found(text, register=False).findings
    assert {each.finding.rule: each.line for each in hits if each.blocks} == wanted


def _line(findings: tuple[Noticed, ...], text: str) -> str:
    (line,) = {each.line for each in findings}
    return text.splitlines()[line - 1].split(" Seconded")[0]


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("m.md", b"  \n", "empty"),
        ("m.md", b"\x00\x01", "no text"),
        ("m.yaml", b"date: tomorrow\n", "date"),
        ("m.yaml", b"minutes: 1\ndate: 2026-03-12\nattendence: []\n", "attendance"),
    ],
)
def test_minutes_that_cannot_be_read_are_refused(name: str, raw: bytes, says: str) -> None:
    """Bad input is a sentence with its place, not a finding about the body."""
    with pytest.raises(Refused, match=says):
        read_minutes(name, raw)
