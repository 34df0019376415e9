"""Late items: who lets them in, by what majority, and what a vote against them means."""

from __future__ import annotations

from typing import Any

import pytest

from governance.committees.meeting import agenda, ballots, declaring, motions
from governance.committees.meeting.models import AgendaItem
from governance.refusals import Refused
from tests.acts import test_committee_meetings as house
from tests.acts.conftest import At
from tests.acts.test_committee_meetings import Chamber

pytestmark = pytest.mark.slow

BY_BODY = (
    "  late_items: {value: {admitted_by: body, majority: {more_than: 1/2, base: entitled}}, "
    'article: "2.7"}\n'
)


def in_session(at: At, monkeypatch: pytest.MonkeyPatch, rule: str = BY_BODY) -> Chamber:
    """Three of four with a vote are there; an item has been proposed after the close."""
    monkeypatch.setattr(house, "BODY", house.BODY + rule)
    chamber = Chamber(at("nothing"))
    chamber.plan()
    from governance.committees.meeting import convening, dispatch, holding
    from governance.committees.meeting.roll import read_roll
    from governance.committees.meeting.rolls import TAKE_ROLL, RollTaken

    chamber.do(convening.CONVENE, convening.Convening())
    chamber.do(dispatch.DRAFT)
    chamber.do(dispatch.CIRCULATE)
    chamber.do(TAKE_ROLL, RollTaken(read_roll("r.csv", house.ROLL.format("present").encode())))
    chamber.do(holding.OPEN, holding.Opened())
    return chamber


def proposed(chamber: Chamber) -> str:
    """A late item."""
    given = agenda.Proposal({"en": "Flood in the archive"}, "decision")
    facts = chamber.do(agenda.PROPOSE, given).facts
    assert (facts["late"], facts["state"]) == (True, "proposed")
    item: str = facts["item"]
    return item


def voted(chamber: Chamber, item: str, **counts: int) -> dict[str, Any]:
    """The question whether it is added, put and declared."""
    given = motions.Moving(item, "That it be added", "acme", "globex", kind="late_item")
    number = chamber.do(motions.MOVE, given).facts["motion"]
    chamber.do(ballots.PUT, ballots.Putting(number))
    chamber.do(ballots.COUNT, ballots.Counting(number, counts))
    chamber.do(declaring.DECLARE, declaring.Declaring(number))
    told = chamber.told()
    return next(each for each in told["items"] if each["id"] == item)  # type: ignore[attr-defined]


def test_a_late_item_enters_only_by_the_majority_of_the_rules(
    sqlite_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than half of four members: three votes let it in, and it is numbered last."""
    chamber = in_session(sqlite_at, monkeypatch)
    item = proposed(chamber)
    found = voted(chamber, item, yes=3, no=0)
    assert (found["state"], found["number"]) == ("on_agenda", "4")
    motion = chamber.told()["motions"][0]  # type: ignore[index]
    assert (motion["article"], motion["state"]) == ("2.7", "carried")
    assert chamber.told()["decisions"] == []


def test_a_majority_of_the_votes_is_not_one_of_the_members(
    sqlite_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two for, none against, one abstaining: not carried, so it is held for the next meeting."""
    chamber = in_session(sqlite_at, monkeypatch)
    found = voted(chamber, proposed(chamber), yes=2, no=0, abstain=1)
    assert (found["state"], found["number"]) == ("held", "")


@pytest.mark.parametrize("event", ["accept", "admit_late"])
def test_no_officer_lets_in_what_the_meeting_decides(
    sqlite_at: At, monkeypatch: pytest.MonkeyPatch, event: str
) -> None:
    """Neither as late nor by the ordinary way."""
    chamber = in_session(sqlite_at, monkeypatch)
    item = proposed(chamber)
    with pytest.raises(Refused, match=r"the meeting decides .* \(2\.7\)"):
        chamber.do(agenda.STEP, agenda.ItemStep(item, event))


def test_unanimity_is_broken_by_one_vote_against_and_by_no_abstention(
    sqlite_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a council that adds items by unanimity."""
    rule = '  late_items: {value: {unanimous: true}, article: "3(5)"}\n'
    chamber = in_session(sqlite_at, monkeypatch, rule)
    assert voted(chamber, proposed(chamber), yes=2, abstain=1)["state"] == "on_agenda"
    assert voted(chamber, proposed(chamber), yes=2, no=1)["state"] == "held"


def test_where_the_rules_admit_none_nothing_is_moved(
    sqlite_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The item can only be held."""
    rule = '  late_items: {value: {admitted_by: nobody}, article: "2.8"}\n'
    chamber = in_session(sqlite_at, monkeypatch, rule)
    item = proposed(chamber)
    with pytest.raises(Refused, match=r"admit no item after .* \(2\.8\)"):
        voted(chamber, item, yes=3)
    chamber.do(agenda.STEP, agenda.ItemStep(item, "hold", "too late"))


def test_where_the_chair_admits_the_chair_does(
    sqlite_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what the chair proposes late is on the agenda at once."""
    rule = '  late_items: {value: {admitted_by: chair}, article: "2.9"}\n'
    chamber = in_session(sqlite_at, monkeypatch, rule)
    given = agenda.Proposal({"en": "Flood in the archive"}, "decision")
    assert chamber.do(agenda.PROPOSE, given).facts["state"] == "draft"


def test_what_is_not_late_is_not_put_to_the_vote(
    sqlite_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An item that stands on the agenda stands on it."""
    chamber = in_session(sqlite_at, monkeypatch)
    first = next(e for e in chamber.world.rows(AgendaItem) if e.number == "1")
    with pytest.raises(Refused, match="not late"):
        chamber.do(
            motions.MOVE, motions.Moving(first.id, "Add it", "acme", "globex", kind="late_item")
        )
