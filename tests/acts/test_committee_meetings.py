"""A meeting from notice to close: time, agenda, roll, quorum, motions, votes, decisions, record."""

from __future__ import annotations

import pytest

from governance.access.actor import operator
from governance.acts import Receipt, Verb, perform
from governance.committees.after.models import Decision
from governance.committees.founding import FOUND, Founding
from governance.committees.meeting import (
    agenda,
    ballots,
    convening,
    declaring,
    dispatch,
    holding,
    motions,
)
from governance.committees.meeting.models import AgendaItem, Meeting
from governance.committees.meeting.roll import read_roll
from governance.committees.meeting.rolls import TAKE_ROLL, RollTaken
from governance.committees.models import Committee
from governance.committees.telling import tell_committee, tell_meeting
from governance.refusals import Refused
from governance.rulebook.linting.proceedings import body_of
from tests.acts.conftest import At
from tests.acts.world import World

pytestmark = pytest.mark.slow

# ruff: noqa: E501 -- rules and rolls stand on one line as people write them

BODY = """schema: 1
body: standards
title: Standards Committee
zone: America/New_York
members:
  - {name: Jane Smith, seat: acme, email: jane@acme.example}
  - {name: Bob Jones, seat: globex, email: bob@globex.example}
  - {name: Omar Haddad, seat: initech}
  - {name: Ida Berg, seat: umbrella, voting_right: {since: "2026-02-13", has: false}}
  - {name: Li Wei, seat: hooli, leave: {from: "2026-11-01", to: "2027-03-31"}}
observers: [Tom Reed]
officers: [{office: chair, name: Jane Smith}]
rules:
  notice_of_meeting: {value: {days: 7, urgent: {days: 2}}, article: "2.1"}
  quorum_to_open: {value: {more_than: 1/2, of: roster_less_leave}, article: "2.4"}
  proxies: {value: {per_holder: 1}, article: "2.5"}
  motions: {value: {seconder: true}, article: "3.1"}
  threshold:
    - {value: {more_than: 1/2}, article: "3.4"}
    - {value: {at_least: 2/3, base: entitled}, article: "3.5", scope: rule_changes}
  numbering: {value: {decisions: "{year}-{number:02}", aliases: ["SC/{meeting}/{number}"]}, article: "4"}
  deferral: {value: {times: 1}, article: "3.9"}
"""
ROLL = "name,status\nJane Smith,present\nBob Jones,present\nOmar Haddad,{}\nIda Berg,present\nLi Wei,leave\n"


class Chamber:
    """A body and one meeting of it, by the acts that doors use."""

    def __init__(self, world: World) -> None:
        self.world = world
        body = body_of("b.yaml", BODY.encode()).body
        assert body is not None
        self.body = self.act(FOUND, None, Founding(body)).subject_id
        self.meeting = ""

    def act(self, verb: Verb[object, object], subject: str | None, given: object) -> Receipt:  # type: ignore[type-var]
        """Act as whoever runs the installation."""
        receipt = perform(self.world.house, operator(), verb, subject, given)
        assert receipt is not None
        return receipt

    def do(self, verb: object, given: object = None) -> Receipt:
        """Act on the meeting."""
        return self.act(verb, self.meeting, given)  # type: ignore[arg-type]

    def plan(self, starts: str = "2026-12-15 14:00") -> None:
        """Plan the meeting, 22 days ahead of the world's beginning."""
        given = convening.Planning(starts)
        self.meeting = self.act(convening.PLAN, self.body, given).facts["meeting"]  # type: ignore[arg-type]

    def opened(self, status: str = "present") -> None:
        """Convened, with an item, the roll entered, in session."""
        self.plan()
        self.do(convening.CONVENE, convening.Convening())
        self.do(agenda.PROPOSE, agenda.Proposal({"en": "Budget"}, "decision"))
        self.do(TAKE_ROLL, RollTaken(read_roll("r.csv", ROLL.format(status).encode())))
        self.do(holding.OPEN, holding.Opened())
        self.do(agenda.STEP, agenda.ItemStep("1", "open"))

    def moved(self, **more: object) -> None:
        """A motion under debate."""
        given = motions.Moving("1", "to approve the budget", "acme", "globex", **more)  # type: ignore[arg-type]
        self.do(motions.MOVE, given)

    def told(self) -> dict[str, object]:
        """The meeting as doors tell it."""
        with self.world.reading() as session:
            return tell_meeting(session, session.get_one(Meeting, self.meeting))


@pytest.fixture
def chamber(sqlite_at: At) -> Chamber:
    """A body in an organisation at work."""
    return Chamber(sqlite_at("nothing"))


def test_a_body_is_founded_from_its_file(chamber: Chamber) -> None:
    """Seats, rights, officers and rules stand as the file has them, each with its reason."""
    with chamber.world.reading() as session:
        body = session.get_one(Committee, chamber.body)
        told = tell_committee(session, body, chamber.world.clock.now())
    rights = {each["seat"]: each["voting_right"] for each in told["members"]}
    assert rights == {
        "acme": True, "globex": True, "initech": True, "umbrella": False, "hooli": True,
        "tom-reed": False,
    }  # fmt: skip
    assert [each["name"] for each in told["officers"]] == ["Jane Smith"]
    assert told["state"] == "active"


def test_notice_is_checked_and_urgency_needs_its_reason(chamber: Chamber) -> None:
    """Seven days of notice, two where it is urgent, none at all never."""
    chamber.plan("2026-11-27 14:00")
    with pytest.raises(Refused, match=r"before 2026-11-21 00:00 \(America/New_York\) \(2\.1\)"):
        chamber.do(convening.CONVENE, convening.Convening())
    chamber.do(convening.CONVENE, convening.Convening("flood in the archive"))
    chamber.plan("2026-11-24 14:00")
    with pytest.raises(Refused, match="even an urgent meeting"):
        chamber.do(convening.CONVENE, convening.Convening("flood in the archive"))


def test_a_roll_with_findings_is_not_entered(chamber: Chamber) -> None:
    """All or nothing, with every finding; what is let stand is on record."""
    chamber.plan()
    roll = read_roll("r.csv", b"name,voting\nIda Berg,yes\nNobody Known,yes\n")
    with pytest.raises(Refused) as refusal:
        chamber.do(TAKE_ROLL, RollTaken(roll))
    assert {each.rule for each in refusal.value.findings} == {
        "voting_right_is_carried_over",
        "has_a_seat",
    }
    receipt = chamber.do(TAKE_ROLL, RollTaken(roll, anyway=True))
    assert len(receipt.facts["let_stand"]) == 2


def test_without_a_quorum_no_meeting_is_opened(chamber: Chamber) -> None:
    """Three may vote and are not on leave: two are needed, and who has no right does not count."""
    chamber.plan()
    chamber.do(convening.CONVENE, convening.Convening())
    chamber.do(holding.MARK, holding.Marked("acme"))
    chamber.do(holding.MARK, holding.Marked("umbrella"))
    with pytest.raises(Refused, match="1 are present, 2 are needed"):
        chamber.do(holding.OPEN, holding.Opened())
    chamber.do(holding.MARK, holding.Marked("Bob Jones"))
    chamber.do(holding.OPEN, holding.Opened())
    chamber.do(holding.MARK, holding.Marked("globex", status="left"))
    assert chamber.told()["quorum"]["reached"] is False  # type: ignore[index]


def test_a_motion_is_moved_seconded_voted_and_numbered(at: At) -> None:
    """A roll call through the engine; the chair declares; the decision has number and alias."""
    chamber = Chamber(at("nothing"))
    chamber.opened()
    chamber.moved()
    put = chamber.do(ballots.PUT, ballots.Putting(1, "roll_call"))
    assert put.facts["asked"] == 3
    called = {"acme": "yes", "globex": "yes", "initech": "no"}
    chamber.do(ballots.COUNT, ballots.Counting(1, positions=called))
    chamber.do(declaring.DECLARE, declaring.Declaring(1))
    (decision,) = chamber.world.rows(Decision)
    assert (decision.number, decision.aliases, decision.state) == (
        "2026-01",
        ["SC/1/1"],
        "in_force",
    )
    motion = chamber.told()["motions"][0]  # type: ignore[index]
    assert motion["votes"]["yes"] == 2
    assert motion["article"] == "3.4"
    assert chamber.world.faults() == []


def test_a_motion_without_seconder_is_not_debated(chamber: Chamber) -> None:
    """It waits for a second; the mover is no second; with one it is under debate."""
    chamber.opened()
    chamber.do(motions.MOVE, motions.Moving("1", "to adjourn", "acme"))
    with pytest.raises(Refused):
        chamber.do(ballots.PUT, ballots.Putting(1))
    with pytest.raises(Refused, match="who moves does not second"):
        chamber.do(motions.STEP, motions.MotionStep(1, "second", "acme"))
    chamber.do(motions.STEP, motions.MotionStep(1, "second", "globex"))
    chamber.do(ballots.PUT, ballots.Putting(1))


def test_who_is_not_in_the_roll_does_not_move(chamber: Chamber) -> None:
    """The roll is asked, not the memory of the room."""
    chamber.opened("absent")
    with pytest.raises(Refused, match="initech is not in the roll as present"):
        chamber.do(motions.MOVE, motions.Moving("1", "to adjourn", "initech", "acme"))


def test_a_rule_change_needs_its_own_majority(chamber: Chamber) -> None:
    """Two of four with a right to vote are no two thirds, though nobody is against."""
    chamber.opened()
    chamber.moved(subject="rule_changes")
    chamber.do(ballots.PUT, ballots.Putting(1))
    counted = chamber.do(ballots.COUNT, ballots.Counting(1, {"yes": 2, "abstain": 1}))
    assert counted.facts["result"] == "lost"
    chamber.moved()
    chamber.do(ballots.PUT, ballots.Putting(2))
    with pytest.raises(Refused, match="4 votes are counted"):
        chamber.do(ballots.COUNT, ballots.Counting(2, {"yes": 4}))


def test_amendments_are_voted_furthest_first(chamber: Chamber) -> None:
    """The original waits for its amendments, the nearer amendment for the further one."""
    chamber.opened()
    chamber.moved()
    chamber.moved(amends=1, distance=1)
    chamber.moved(amends=1, distance=5)
    for number in (1, 2):
        with pytest.raises(Refused, match=r"amendment (2|3) is voted first"):
            chamber.do(ballots.PUT, ballots.Putting(number))
    chamber.do(ballots.PUT, ballots.Putting(3))


def test_an_item_is_deferred_once_and_returns_by_itself(chamber: Chamber) -> None:
    """Deferred items stand on the next draft agenda; the rules cap how often."""
    chamber.opened()
    chamber.do(agenda.STEP, agenda.ItemStep("1", "defer", "papers missing"))
    chamber.do(holding.GO_ON, holding.SessionStep("close"))
    chamber.plan("2027-01-19 14:00")
    chamber.do(dispatch.DRAFT)
    items = chamber.told()["items"]
    assert [each["origin"] for each in items] == ["standing", "standing", "standing", "deferred"]  # type: ignore[attr-defined]
    chamber.do(convening.CONVENE, convening.Convening())
    for seat in ("acme", "globex", "initech"):
        chamber.do(holding.MARK, holding.Marked(seat))
    chamber.do(holding.OPEN, holding.Opened())
    chamber.do(agenda.STEP, agenda.ItemStep("4", "open"))
    with pytest.raises(Refused, match="deferred 1 times"):
        chamber.do(agenda.STEP, agenda.ItemStep("4", "defer", "again"))


def test_whoever_is_invited_is_told_of_every_change(chamber: Chamber) -> None:
    """Invitation, change and cancellation carry one UID and a rising SEQUENCE."""
    chamber.plan()
    chamber.do(convening.CONVENE, convening.Convening())
    chamber.do(convening.MOVE, convening.Moving("rearrange", "2026-12-16 15:00"))
    chamber.do(convening.MOVE, convening.Moving("cancel", because="nothing to decide"))
    told = [each.facts["calendar"] for each in chamber.world.unsent() if each.person_id]
    methods = [text.split("METHOD:")[1].split("\r")[0] for text in told]
    assert sorted(methods) == ["CANCEL", "CANCEL", "REQUEST", "REQUEST", "REQUEST", "REQUEST"]
    assert len({text.split("UID:")[1].split("\r")[0] for text in told}) == 1
    assert {text.split("SEQUENCE:")[1].split("\r")[0] for text in told} == {"0", "1", "2"}


def test_what_opens_every_meeting_stands_before_the_business(chamber: Chamber) -> None:
    """Items that were proposed before the agenda was filled come after the routine ones."""
    chamber.plan()
    chamber.do(convening.CONVENE, convening.Convening())
    chamber.do(agenda.PROPOSE, agenda.Proposal({"en": "Budget"}, "decision"))
    chamber.do(dispatch.DRAFT)
    rows = sorted(chamber.world.rows(AgendaItem), key=lambda each: each.position)
    assert [(each.number, each.title["en"]) for each in rows] == [
        ("1", "Opening and quorum"),
        ("2", "Adoption of the agenda"),
        ("3", "Minutes of the last meeting"),
        ("4", "Budget"),
    ]
