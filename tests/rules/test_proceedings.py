"""Rules of procedure as data: what cannot work is refused with its line and its cure."""

from __future__ import annotations

from datetime import date

import pytest

from governance.rulebook.linting.proceedings import body_of

# ruff: noqa: E501, ISC004 -- rules stand on one line as people write them

HEAD = "schema: 1\nbody: b\ntitle: B\nseats: 5\nrules:\n"


def told(rules: str, head: str = HEAD) -> list[str]:
    """The faults of a body with these rules, as sentences."""
    return [
        str(each) for each in body_of("b.yaml", (head + rules).encode()).findings if each.blocks
    ]


FAULTS = [
    ("  quorum_to_open: {value: {more_than: 1/2}}\n", "article is missing"),
    ("  quorum_to_open: {value: {more_than: 0.5}, article: A}\n", "rounded number"),
    (
        "  quorum_to_open: {value: {at_least: 6}, article: A}\n",
        "6 are needed, and there are 5 seats",
    ),
    ("  quorum_to_open: {value: {more_than: 1/1}, article: A}\n", "can never be there"),
    ("  quorm_to_open: {value: 3, article: A}\n", "Did you mean quorum_to_open?"),
    ("  quorum_to_open: {value: {more_than: 1/2, at_least: 3}, article: A}\n", "one bound"),
    (
        "  notice_of_meeting: {value: {days: 5, urgent: {days: 14}}, article: A}\n",
        "an urgent meeting has 14 days of notice, an ordinary one 5 days",
    ),
    (
        "  quorum_to_open: {value: {more_than: 1/2}, article: A}\n"
        "  second_call: {value: {after: {hours: 1}, quorum: {more_than: 1/2}}, article: A}\n",
        "lower quorum",
    ),
    (
        "  tie: {value: casting_vote, article: A}\n  chair_votes: {value: none, article: A}\n",
        "the chair has no vote",
    ),
    (
        "  proxies: {value: {allowed: false}, article: A}\n"
        "  quorum_to_open: {value: {more_than: 1/2, proxies_count: true}, article: A}\n",
        "no proxy is allowed",
    ),
    ("  numbering: {value: {decisions: '{year}'}, article: A}\n", "two decisions would be alike"),
    ("  numbering: {value: {decisions: '{number}'}, article: A}\n", "does not name it"),
    ("  numbering: {value: {decisions: '{yeer}/{number}'}, article: A}\n", "asks for yeer"),
    ("  tacit_adoption: {value: {allowed: true}, article: A}\n", "no window says when"),
    (
        "  motions:\n    - {value: {seconder: true}, article: A, since: 2020-01-01}\n"
        "    - {value: {seconder: false}, article: B, since: 2024-01-01}\n",
        "hold on the same day",
    ),
    (
        "  motions: {value: {seconder: true}, article: A, since: 2024-01-01, until: 2020-01-01}\n",
        "until is before since",
    ),
]


@pytest.mark.parametrize(("rules", "says"), FAULTS)
def test_a_rule_that_cannot_work_is_told_with_its_line(rules: str, says: str) -> None:
    """File, line, column, sentence and cure, as for all law."""
    faults = told(rules)
    assert any(says in each for each in faults), faults
    assert all(each.startswith("b.yaml:") for each in faults)


def test_rules_of_real_bodies_are_lawful() -> None:
    """Thresholds and quorums of several bodies, each in its own way of speaking, can be said."""
    rules = """  quorum_to_open: {value: {at_least: 1/3, proxies_count: true}, article: "Bylaws, 3.9"}
  quorum_to_decide: {value: {times_root: 3/2, of: entitled}, article: "Constitution, 4.2"}
  threshold:
    - {value: {more_than: 1/2, base: present and voting}, article: "Rule 85"}
    - {value: {at_least: 2/3, base: roster, also: [{at_most: 1/4, of: "no"}]}, article: "TC, 2.7", scope: standards}
  notice_of_meeting: {value: {days: 14, urgent: {days: 5}, extreme_urgency: chair}, article: "art. 3"}
  second_call: {value: {after: {days: 15}}, article: "R1114-7"}
  voting_right: {value: {lost_after_missed: 2, back_after_attended: 2}, article: "2.4"}
  proposals_close: {value: {at: [{days: 84, after: circulation}, {days: 70, before: opening}], take: earlier}, article: "8"}
  correction_window: {value: {working_days: 2, after: circulation}, article: "50"}
  tacit_adoption: {value: {allowed: true}, article: "52"}
  numbering: {value: {decisions: "{session}/{number}", restarts: session}, article: "practice"}
  tie: {value: {rule: revote, within: {hours: 48}, then: rejected}, article: "Rule 93"}
"""
    assert told(rules) == []


def test_a_rule_holds_for_its_dates_and_subjects() -> None:
    """A rule of its own subject goes before the general one; an older one ends."""
    rules = """  threshold:
    - {value: {more_than: 1/2}, article: A, until: 2025-12-31}
    - {value: {at_least: 3/5}, article: B, since: 2026-01-01}
    - {value: {at_least: 2/3}, article: C, scope: budget}
"""
    body = body_of("b.yaml", (HEAD + rules).encode()).body
    assert body is not None
    law = body.rules
    held = [
        law.ruling("threshold", date(2025, 6, 1)),
        law.ruling("threshold", date(2026, 6, 1)),
        law.ruling("threshold", date(2026, 6, 1), "budget"),
    ]
    assert [str(each.article) for each in held if each] == ["A", "B", "C"]
