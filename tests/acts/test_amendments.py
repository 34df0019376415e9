"""Texts that are amended: marked proposals, settled once, merged with their conflicts told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from governance.consultation.amending import Paragraph, Proposed, merge
from governance.consultation.models import AMENDMENTS
from governance.consultation.proposing import SETTLE_PROPOSAL, Settled, accepted_text
from governance.consultation.telling import tell_consultation
from governance.refusals import Refused
from tests.acts.asking import Desk, a_desk, a_rule

WINDOW = {"working_days": 5, "on_late": "fail"}
TEXT = [
    {"anchor": "p1", "text": "The committee met in Lyon."},
    {"anchor": "p2", "text": "It adopted the budget of 2027 without a vote."},
]


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Four people, on both databases."""
    made = a_desk(database_url, tmp_path, 4)
    yield made
    made.house.database.dispose()


def test_proposals_are_made_settled_once_and_applied(desk: Desk) -> None:
    """Marked changes come with the answer; the owner accepts, refuses with a reason, or notes."""
    positions = [{"key": "agree", "meaning": "yes"}, {"key": "amend", "meaning": "view"}]
    desk.put(
        a_rule("advice", positions=positions, within=WINDOW),
        form=AMENDMENTS,
        content={"text": TEXT},
    )
    changes = (
        Proposed("p1", "Lyon", "Abidjan", "It was there."),
        Proposed("p2", "without a vote", "by 12 votes to 3"),
        Proposed("p2", reason="We regret this."),
    )
    desk.answer("p000", "amend", proposals=changes)
    desk.answer("p001", "amend", proposals=(Proposed("p1", "Lyon", "Lyon and online"),))

    desk.do("asker", SETTLE_PROPOSAL, Settled(1, "accept_substantive"))
    with pytest.raises(Refused, match="not refused without a reason"):
        desk.do("asker", SETTLE_PROPOSAL, Settled(2, "refuse"))
    desk.do("asker", SETTLE_PROPOSAL, Settled(2, "refuse", "The record says otherwise."))
    desk.do("asker", SETTLE_PROPOSAL, Settled(3, "note"))
    with pytest.raises(Refused, match="not the turn"):
        desk.do("asker", SETTLE_PROPOSAL, Settled(1, "note"))
    with desk.reading() as session:
        paragraphs = tuple(Paragraph(each["anchor"], each["text"]) for each in TEXT)
        merged = accepted_text(session, desk.house.keys, desk.question, paragraphs)
    assert merged.paragraphs[0].text == "The committee met in Abidjan."
    told = tell_consultation(desk.house, desk.as_("p002"), desk.question)["proposals"]
    assert [each["state"] for each in told] == [
        "accepted_substantive",
        "refused",
        "noted",
        "proposed",
    ]


def test_a_newer_answer_replaces_its_own_proposals(desk: Desk) -> None:
    """What somebody proposed and then thought better of is not settled any more."""
    positions = [{"key": "agree", "meaning": "yes"}, {"key": "amend", "meaning": "view"}]
    rule = a_rule("advice", positions=positions, within=WINDOW, may_change=True)
    desk.put(rule, form=AMENDMENTS, content={"text": TEXT})
    desk.answer("p000", "amend", proposals=(Proposed("p1", "Lyon", "Abidjan"),))
    desk.answer("p000", "agree")
    told = tell_consultation(desk.house, desk.as_("p002"), desk.question)["proposals"]
    assert [each["state"] for each in told] == ["replaced"]


@pytest.mark.parametrize(
    "proposed",
    [
        Proposed("p9", "Lyon", "Abidjan"),
        Proposed("p1", "Paris", "Abidjan"),
        Proposed("p1", "t", "T"),
        Proposed("p1"),
        Proposed("p1", "Lyon", "Lyon"),
    ],
)
def test_a_proposal_that_finds_nothing_to_change_is_refused(desk: Desk, proposed: Proposed) -> None:
    """The words stand in the paragraph exactly once, or the proposer is told why not."""
    desk.put(a_rule("advice", within=WINDOW), form=AMENDMENTS, content={"text": TEXT})
    with pytest.raises(Refused, match="proposal 1"):
        desk.answer("p000", "yes", proposals=(proposed,))


def test_conflicting_proposals_are_reported_and_neither_is_applied() -> None:
    """Which of two holds is for people to say; what touches neither is applied."""
    text = (Paragraph("a", "one two three four"),)
    merged = merge(
        text,
        [
            ("1", Proposed("a", "one two", "1 2")),
            ("2", Proposed("a", "two three", "2 3")),
            ("3", Proposed("a", "four", "4")),
            ("4", Proposed("a", "four", "4")),
            ("5", Proposed("a", new="A second paragraph.")),
        ],
    )
    assert [each.text for each in merged.paragraphs] == ["one two three 4", "A second paragraph."]
    assert set(merged.applied) == {"3", "4", "5"}
    assert [each.proposals for each in merged.conflicts] == [("1", "2")]
