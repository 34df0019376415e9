"""A year of a body of fifteen, rehearsed: every date, number, quorum sum and letter is right.

Six meetings planned by one rule in New York, members in Paris too, one of them in the weeks in which
the two have not the same summer time; one without a quorum, one moved, one cancelled after notice; a
decision in writing, a contested correction, a mid-term vacancy filled by an election, a mandate renewed.
"""

from __future__ import annotations

from typing import Any

import pendulum
import pytest
from sqlmodel import col, select

from governance.access.actor import Actor, Level, operator
from governance.acts import Receipt, perform
from governance.committees import mandates, seats, written
from governance.committees.after.models import Decision
from governance.committees.founding import FOUND, Founding
from governance.committees.meeting import (
    agenda,
    ballots,
    convening,
    declaring,
    holding,
    motions,
    noting,
    series,
)
from governance.committees.meeting.models import Meeting
from governance.committees.meeting.roll import read_roll
from governance.committees.meeting.rolls import TAKE_ROLL, RollTaken
from governance.committees.minutes.adopting import ADOPT, AdoptedBy
from governance.committees.minutes.circulating import CIRCULATE, Circulated
from governance.committees.minutes.drafting import ASSEMBLE, SUBMIT, Nothing, text_of
from governance.committees.minutes.models import Minutes
from governance.committees.minutes.text import written as text_parts
from governance.committees.models import Committee, Seat, Sitting
from governance.committees.telling import tell_committee
from governance.consultation.amending import Proposed
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation
from governance.consultation.proposing import SETTLE_PROPOSAL, Settled
from governance.people.models import Grant
from governance.record.models import Outbox
from governance.refusals import Refused
from governance.rulebook.linting.proceedings import body_of
from tests.acts.conftest import At
from tests.acts.world import World

pytestmark = pytest.mark.slow

# ruff: noqa: E501 -- rules stand on one line as people write them
MEMBERS = "\n".join(
    f'  - {{name: Member Number{n:02}, seat: s{n:02}, email: s{n:02}@members.example, until: "2029-06-30"}}'
    for n in range(1, 16)
)
BODY = f"""schema: 1
body: board
title: Governing Board
zone: America/New_York
members:
{MEMBERS}
observers: [{{name: Olga Observer, email: olga@observers.example}}, {{name: Otto Observer, email: otto@observers.example}}]
officers: [{{office: chair, name: Member Number01}}]
mandate: {{text: To govern, approved_by: "A/80/1", sunset: "2027-12-31"}}
rules:
  notice_of_meeting: {{value: {{days: 14}}, article: "R1"}}
  quorum_to_open: {{value: {{more_than: 1/2, of: filled}}, article: "R2"}}
  threshold: {{value: {{more_than: 1/2}}, article: "R3"}}
  motions: {{value: {{seconder: true}}, article: "R4"}}
  written_procedure: {{value: {{at_least: {{working_days: 10}}}}, article: "R5"}}
  numbering: {{value: {{decisions: "{{year}}/{{number:02}}"}}, article: "R6"}}
  minutes_due: {{value: {{days: 7}}, article: "R7"}}
  correction_window: {{value: {{days: 7, after: circulation}}, article: "R8"}}
  tacit_adoption: {{value: {{allowed: true}}, article: "R9"}}
  members_terms: {{value: {{length: {{years: 4}}, begins: next_day}}, article: "R10"}}
  vacancies: {{value: {{filled_by: election, within: {{months: 6}}, serves: remainder}}, article: "R11"}}
"""


class Year:
    """The secretary's year, by the acts that doors use."""

    def __init__(self, world: World) -> None:
        self.world = world
        body = body_of("board.yaml", BODY.encode()).body
        assert body is not None
        self.body = self.act(FOUND, None, Founding(body)).subject_id
        with world.house.database.deciding() as session:
            session.add(Grant(person_id="nobody", role="committee_secretary"))
        every = "FREQ=MONTHLY;INTERVAL=2;BYDAY=3TU;COUNT=6"
        self.act(series.PLAN_SERIES, self.body, series.Recurring("2027-01-19 14:00", every))
        self.meetings: list[Meeting] = sorted(world.rows(Meeting), key=lambda each: each.number)

    def act(self, verb: Any, subject: str | None, given: Any) -> Receipt:
        """Act as whoever runs the installation."""
        receipt = perform(self.world.house, operator(), verb, subject, given)
        assert receipt is not None
        return receipt

    def to(self, day: str) -> None:
        """Go on to a day, after the flows have done what was due."""
        self.world.clock.set(pendulum.parse(day, tz="America/New_York"))  # type: ignore[arg-type]
        self.world.go_on()

    def convene(self, number: int, day: str) -> int:
        """Convene a meeting on a day; gives how many letters went out."""
        self.to(day)
        count = self.act(convening.CONVENE, self.meetings[number - 1].id, convening.Convening())
        self.world.go_on()
        invited: int = count.facts["invited"]
        return invited

    def roll(self, number: int, present: int, of: int = 15) -> dict[str, Any]:
        """Enter the roll: the first so many are there; gives the quorum."""
        lines = [
            f"Member Number{n:02},{'present' if n <= present else 'absent'}"
            for n in range(1, of + 1)
        ]
        roll = read_roll("roll.csv", "\n".join(["name,status", *lines]).encode())
        facts = self.act(TAKE_ROLL, self.meetings[number - 1].id, RollTaken(roll)).facts
        found: dict[str, Any] = facts["quorum"]
        return found

    def decide(self, number: int, yes: int, no: int, note: str = "") -> str | None:
        """Open the meeting, decide one thing by show of hands, close; gives the number."""
        meeting = self.meetings[number - 1].id
        self.act(agenda.PROPOSE, meeting, agenda.Proposal({"en": "Business"}, "decision"))
        self.act(holding.OPEN, meeting, holding.Opened())
        self.act(agenda.STEP, meeting, agenda.ItemStep("1", "open"))
        if note:
            self.act(noting.NOTE, meeting, noting.Noted(note, "1", seat="s03"))
        self.act(motions.MOVE, meeting, motions.Moving("1", "to approve", "s01", "s02"))
        self.act(ballots.PUT, meeting, ballots.Putting(1))
        self.act(ballots.COUNT, meeting, ballots.Counting(1, {"yes": yes, "no": no}))
        declared = self.act(declaring.DECLARE, meeting, declaring.Declaring(1))
        self.act(holding.GO_ON, meeting, holding.SessionStep("close"))
        return declared.facts.get("decision")

    def numbers(self) -> list[str]:
        """The numbers of all decisions in their order."""
        return sorted(each.number for each in self.world.rows(Decision))


def person_on(world: World, seat: str) -> str:
    """Who sits on a seat."""
    with world.reading() as session:
        query = (
            select(Sitting.person_id)
            .join(Seat, col(Seat.id) == col(Sitting.seat_id))
            .where(col(Seat.key) == seat)
        )
        return str(session.exec(query).first())


@pytest.fixture
def year(sqlite_at: At) -> Year:
    """The body at the beginning of its year."""
    return Year(sqlite_at("nothing"))


def one_with_a_quorum(year: Year) -> None:
    """One: seventeen are invited, twelve come, the quorum is eight of fifteen."""
    world = year.world
    with pytest.raises(Refused, match="notice had to be given"):
        year.convene(1, "2027-01-06 09:00")
    world.clock.set(pendulum.datetime(2026, 12, 20, 15))
    assert year.convene(1, "2026-12-20 10:00") == 17
    year.to("2027-01-19 14:00")
    assert year.roll(1, 12) == {
        "counted": 12, "needed": 8, "base": 15, "reached": True, "article": "R2",
    }  # fmt: skip
    assert year.decide(1, 9, 3) == "2027/01"


def its_minutes_by_silence(year: Year) -> None:
    """Its minutes: drafted, circulated, adopted by silence a week later."""
    world = year.world
    (minutes,) = world.rows(Minutes)
    for verb, given in ((ASSEMBLE, Nothing()), (SUBMIT, Nothing()), (CIRCULATE, Circulated())):
        year.act(verb, minutes.id, given)
    world.go_on()
    world.pass_days(9)
    (minutes,) = world.rows(Minutes)
    assert (minutes.state, minutes.adopted_how) == ("adopted", "silence")
    assert world.rows(Meeting)[0].state == "completed"


def two_without_a_quorum(year: Year) -> None:
    """Two: seven of fifteen are no quorum."""
    year.convene(2, "2027-02-01 09:00")
    year.to("2027-03-16 14:00")
    assert year.roll(2, 7)["reached"] is False
    with pytest.raises(Refused, match="7 are present, 8 are needed"):
        year.act(holding.OPEN, year.meetings[1].id, holding.Opened())
    year.act(holding.GO_ON, year.meetings[1].id, holding.SessionStep("find_inquorate"))
    year.act(holding.GO_ON, year.meetings[1].id, holding.SessionStep("close"))


def three_moved(year: Year) -> None:
    """Three: moved by a week after its notice; everybody is told under the next SEQUENCE."""
    world = year.world
    year.convene(3, "2027-04-12 09:00")
    year.act(convening.MOVE, year.meetings[2].id, convening.Moving("rearrange", "2027-05-25 14:00"))
    moved = [e for e in world.unsent() if e.template == "meeting_convened"]
    assert len(moved) == 17
    assert all("SEQUENCE:1\r\n" in each.facts["calendar"] for each in moved)
    assert all(
        "RECURRENCE-ID;TZID=America/New_York:20270518T140000" in e.facts["calendar"] for e in moved
    )
    year.to("2027-05-25 14:00")
    year.roll(3, 9)
    assert year.decide(3, 4, 5, note="Member Number03 spoke of the archive.") is None


def its_contested_correction(year: Year) -> None:
    """A member wants other words, the secretary refuses with reason, the body adopts in session."""
    world = year.world
    third = year.meetings[2].id
    minutes = next(each for each in world.rows(Minutes) if each.meeting_id == third)
    for verb, given in ((ASSEMBLE, Nothing()), (SUBMIT, Nothing())):
        year.act(verb, minutes.id, given)
    world.do("nobody", CIRCULATE, Circulated(), minutes.id)
    world.go_on()
    asked = str(minutes_of(world, minutes.id).consultation_id)
    with world.reading() as session:
        found = text_of(session, minutes.id, minutes_of(world, minutes.id).version, "full")
        place = next(e.anchor for e in text_parts(list(found.blocks)) if "archive" in e.text)
    wanted = GivenAnswer("correct", proposals=(Proposed(place, "spoke of", "attacked"),))
    perform(
        world.house, Actor(person_on(world, "s02"), Level.SESSION, "web"), ANSWER, asked, wanted
    )
    world.pass_days(9)
    assert minutes_of(world, minutes.id).state == "settling"
    with pytest.raises(Refused):
        world.do("nobody", SETTLE_PROPOSAL, Settled(1, "refuse"), asked)
    world.do("nobody", SETTLE_PROPOSAL, Settled(1, "refuse", "It is not what was said"), asked)
    world.go_on()
    year.act(ADOPT, minutes.id, AdoptedBy("at the next meeting"))
    adopted = minutes_of(world, minutes.id)
    assert (adopted.state, adopted.adopted_how) == ("adopted", "in_session")


def minutes_of(world: World, key: str) -> Minutes:
    """Minutes as they stand."""
    return next(each for each in world.rows(Minutes) if each.id == key)


def a_vacancy(year: Year) -> None:
    """A member resigns at the end of May; fourteen are left, and eight are still needed."""
    world = year.world
    year.act(seats.UNSEAT, year.body, seats.Leaving("s15", "resign", pendulum.date(2027, 5, 31)))
    year.to("2027-06-02 09:00")
    with world.reading() as session:
        told = tell_committee(session, session.get_one(Committee, year.body), world.clock.now())
    assert told["vacant"] == ["s15"]


def in_writing(year: Year) -> None:
    """In writing, in June: eight of fourteen are for it."""
    world = year.world
    put = year.act(written.OPEN, year.body, written.InWriting({"en": "to publish draft 4"}))
    assert put.facts["asked"] == 14
    world.go_on()
    asked = put.facts["consultation"]
    for n in range(1, 9):
        actor = Actor(person_on(world, f"s{n:02}"), Level.SESSION, "web")
        perform(world.house, actor, ANSWER, asked, GivenAnswer("yes"))
    world.pass_days(20)
    assert next(e for e in world.rows(Consultation) if e.id == asked).outcome["result"] == "carried"
    assert year.numbers() == ["2027/01", "2027/02"]


def four_cancelled(year: Year) -> None:
    """Four: cancelled after its notice; the cancellation goes to everybody."""
    world = year.world
    year.convene(4, "2027-06-25 09:00")
    year.act(convening.MOVE, year.meetings[3].id, convening.Moving("cancel", because="heat"))
    world.go_on()
    sent = [e for e in world.rows(Outbox) if e.template == "meeting_cancelled"]
    assert len(sent) == 16
    assert all(
        "METHOD:CANCEL" in e.facts["calendar"] and "SEQUENCE:1" in e.facts["calendar"] for e in sent
    )


def renewed(year: Year) -> None:
    """The mandate is renewed before it ends, by the parent's decision."""
    world = year.world
    year.to("2027-08-02 09:00")
    year.act(mandates.GO_ON, year.body, mandates.Going("recharter"))
    year.act(
        mandates.PROPOSE,
        year.body,
        mandates.Proposed({"en": "To govern on"}, pendulum.date(2030, 12, 31)),
    )
    year.act(mandates.APPROVE, year.body, mandates.Approved(2, "A/81/7"))
    with world.reading() as session:
        told = tell_committee(session, session.get_one(Committee, year.body), world.clock.now())
    assert (told["state"], told["sunset_on"]) == ("active", "2030-12-31")


def five_elects(year: Year) -> None:
    """Five: eight of fourteen are a quorum, and elect whoever serves the rest of the vacant term."""
    assert year.convene(5, "2027-08-20 09:00") == 16
    year.to("2027-09-21 14:00")
    quorum = year.roll(5, 8, of=14)
    assert (quorum["counted"], quorum["needed"], quorum["base"]) == (8, 8, 14)
    meeting = year.meetings[4].id
    year.act(agenda.PROPOSE, meeting, agenda.Proposal({"en": "Election"}, "decision"))
    year.act(holding.OPEN, meeting, holding.Opened())
    year.act(agenda.STEP, meeting, agenda.ItemStep("1", "open"))
    year.act(motions.MOVE, meeting, motions.Moving("1", "to elect", kind="election"))
    names = ("Newly Elected <new@members.example>", "Nearly Elected")
    year.act(ballots.PUT, meeting, ballots.Putting(1, "show", names, for_seats=("s15",)))
    year.act(ballots.COUNT, meeting, ballots.Counting(1, {"Newly Elected": 5, "Nearly Elected": 3}))
    declared = year.act(declaring.DECLARE, meeting, declaring.Declaring(1)).facts
    assert declared["decision"] == "2027/03"
    (seated,) = declared["seated"]
    assert (seated["seat"], seated["until"], seated["article"]) == ("s15", "2029-06-30", "R11")
    year.act(holding.GO_ON, meeting, holding.SessionStep("close"))


def six_with_the_newly_elected(year: Year) -> None:
    """Six: everybody is invited again, fifteen count, and who was elected votes."""
    world = year.world
    assert year.convene(6, "2027-10-20 09:00") == 17
    year.to("2027-11-16 14:00")
    roll = read_roll(
        "roll.csv",
        b"name\nNewly Elected\n" + b"\n".join(f"Member Number{n:02}".encode() for n in range(1, 8)),
    )
    quorum = year.act(TAKE_ROLL, year.meetings[5].id, RollTaken(roll)).facts["quorum"]
    assert (quorum["counted"], quorum["needed"], quorum["base"]) == (8, 8, 15)
    assert year.decide(6, 8, 0) == "2027/04"
    assert year.numbers() == ["2027/01", "2027/02", "2027/03", "2027/04"]
    with world.reading() as session:
        told = tell_committee(session, session.get_one(Committee, year.body), world.clock.now())
    assert told["vacant"] == []


def test_a_year_of_a_body_of_fifteen(year: Year) -> None:
    """From the first notice to the renewed mandate, with the record verified."""
    local = [each.starts_at.in_timezone("America/New_York") for each in year.meetings]
    paris = [each.starts_at.in_timezone("Europe/Paris").hour for each in year.meetings]
    assert [each.format("YYYY-MM-DD HH:mm") for each in local] == [
        "2027-01-19 14:00", "2027-03-16 14:00", "2027-05-18 14:00",
        "2027-07-20 14:00", "2027-09-21 14:00", "2027-11-16 14:00",
    ]  # fmt: skip
    assert paris == [20, 19, 20, 20, 20, 20]  # in March, New York is on summer time and Paris not
    one_with_a_quorum(year)
    its_minutes_by_silence(year)
    two_without_a_quorum(year)
    three_moved(year)
    its_contested_correction(year)
    a_vacancy(year)
    in_writing(year)
    four_cancelled(year)
    renewed(year)
    five_elects(year)
    six_with_the_newly_elected(year)
    assert year.world.faults() == []
