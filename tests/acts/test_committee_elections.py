"""An election seats the elected: in a meeting or in writing, from the day that the rules say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pendulum
import pytest

from governance.access.actor import Actor, Level, operator
from governance.acts import Receipt, perform
from governance.committees import offices, seats, written
from governance.committees.after.models import Decision
from governance.committees.founding import FOUND, Founding
from governance.committees.meeting import (
    agenda,
    ballots,
    casting,
    convening,
    declaring,
    holding,
    motions,
)
from governance.committees.models import Committee, Officer, Seat, Sitting
from governance.committees.telling import tell_committee
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Invitation
from governance.people.models import Person
from governance.refusals import Refused
from governance.rulebook.linting.proceedings import body_of
from tests.acts.conftest import At
from tests.acts.world import World

pytestmark = pytest.mark.slow

# ruff: noqa: E501 -- rules stand on one line as people write them
BODY = """schema: 1
body: council
title: Council
zone: America/New_York
members:
  - {name: Ada One, seat: a, email: a@members.example, until: "2026-12-31"}
  - {name: Ben Two, seat: b, email: b@members.example, until: "2026-12-31"}
  - {name: Cy Three, seat: c, email: c@members.example, until: "2028-12-31"}
  - {name: Di Four, seat: d, email: d@members.example, until: "2028-12-31"}
vacant: [{seat: e}]
officers: [{office: chair, name: Cy Three, until: "2026-12-31"}, {office: vice_chair, name: Di Four}]
rules:
  notice_of_meeting: {value: {days: 1}, article: "1"}
  quorum_to_open: {value: {more_than: 1/2, of: filled}, article: "2"}
  threshold: {value: {more_than: 1/2}, article: "3"}
  written_procedure: {value: {at_least: {days: 5}}, article: "4"}
  members_terms: {value: {length: {years: 2}, begins: after_term, holdover: true, consecutive: 2}, article: "5"}
  officers_terms: {value: {length: {years: 1}, begins: after_term, consecutive: 1}, article: "6"}
  vacancies: {value: {filled_by: election, within: {months: 3}, serves: remainder}, article: "7"}
"""


class Council:
    """A body and its elections, by the acts that doors use."""

    def __init__(self, world: World, text: str = "") -> None:
        self.world = world
        body = body_of("b.yaml", (text or BODY).encode()).body
        assert body is not None
        self.body = self.act(FOUND, None, Founding(body)).subject_id
        self.meeting = ""
        self.motion = 0

    def act(self, verb: Any, subject: str | None, given: Any) -> Receipt:
        """Act as whoever runs the installation."""
        receipt = perform(self.world.house, operator(), verb, subject, given)
        assert receipt is not None
        return receipt

    def do(self, verb: Any, given: Any) -> Receipt:
        """Act on the meeting."""
        return self.act(verb, self.meeting, given)

    def meets(self, starts: str) -> None:
        """Everybody is there, and an item is open."""
        self.motion = 0
        self.meeting = self.act(convening.PLAN, self.body, convening.Planning(starts)).facts[
            "meeting"
        ]
        self.do(convening.CONVENE, convening.Convening())
        self.do(agenda.PROPOSE, agenda.Proposal({"en": "Elections"}, "decision"))
        self.world.clock.set(pendulum.parse(starts, tz="America/New_York"))  # type: ignore[arg-type]
        self.world.go_on()
        for seat in ("a", "b", "c", "d"):
            self.do(holding.MARK, holding.Marked(seat))
        self.do(holding.OPEN, holding.Opened())
        self.do(agenda.STEP, agenda.ItemStep("1", "open"))

    def moves(self) -> int:
        """An election is moved."""
        self.motion += 1
        self.do(motions.MOVE, motions.Moving("1", "to elect", kind="election"))
        return self.motion

    def elects(
        self, votes: dict[str, int], *, seats_: tuple[str, ...] = (), office: str = ""
    ) -> Receipt:
        """An election by show of hands, declared."""
        motion = self.moves()
        names = tuple(name for name in votes if name != "abstain")
        self.do(
            ballots.PUT, ballots.Putting(motion, candidates=names, for_seats=seats_, office=office)
        )
        bare = {name.split(" <")[0]: many for name, many in votes.items()}
        self.do(ballots.COUNT, ballots.Counting(motion, bare))
        return self.do(declaring.DECLARE, declaring.Declaring(motion))

    def sits(self, key: str) -> list[tuple[str, str, str]]:
        """Who sits or sat on a seat: family name, first day and last day in New York."""
        zone = "America/New_York"
        names = {each.id: each.family_name for each in self.world.rows(Person)}
        (seat,) = [each.id for each in self.world.rows(Seat) if each.key == key]
        rows = [each for each in self.world.rows(Sitting) if each.seat_id == seat]
        return [
            (
                names[each.person_id],
                each.since.in_timezone(zone).to_date_string() if each.since.year > 1970 else "",
                each.until.in_timezone(zone).subtract(seconds=1).to_date_string()
                if each.until
                else "",
            )
            for each in sorted(rows, key=lambda each: each.since)
        ]

    def told(self) -> dict[str, Any]:
        """The body as doors tell it."""
        with self.world.reading() as session:
            body = session.get_one(Committee, self.body)
            return tell_committee(session, body, self.world.clock.now())

    def officers(self) -> list[tuple[str, str]]:
        """Office and family name of whoever holds it now."""
        return sorted(
            (each["office"], each["name"].split()[-1]) for each in self.told()["officers"]
        )

    def seat_state(self, key: str) -> str:
        """Where the chart of a seat stands."""
        return str(next(each.state for each in self.world.rows(Seat) if each.key == key))


@pytest.fixture
def council(sqlite_at: At) -> Council:
    """The body in an organisation at work."""
    return Council(sqlite_at("nothing"))


def test_the_elected_sit_when_the_term_before_is_over(at: At) -> None:
    """Two seats by show of hands: one is kept by its holder, one passes on; terms as in rule 5."""
    council = Council(at("nothing"))
    council.meets("2026-12-10 10:00")
    votes = {"Ada One": 4, "Eve New <eve@new.example>": 3, "Flo Other": 1}
    declared = council.elects(votes, seats_=("a", "b"))
    assert [each["article"] for each in declared.facts["seated"]] == ["5", "5"]
    council.world.go_on()
    assert council.sits("b") == [("Two", "", "2026-12-31"), ("New", "2027-01-01", "2028-12-31")]
    assert council.sits("a") == [("One", "", "2026-12-31"), ("One", "2027-01-01", "2028-12-31")]
    council.world.clock.set(pendulum.datetime(2027, 1, 2, 15))
    council.world.go_on()
    assert {each["seat"]: each["name"] for each in council.told()["members"]}["b"] == "Eve New"
    assert council.world.faults() == []


def test_a_mid_term_vacancy_is_filled_for_what_is_left(council: Council) -> None:
    """Di leaves two years early: her successor serves to the same day, by rule 7."""
    council.act(seats.UNSEAT, council.body, seats.Leaving("d", "resign"))
    put = council.act(
        written.OPEN,
        council.body,
        written.InWriting(
            {"en": "Who sits on d?"}, candidates=("Gus Five", "Hal Six"), for_seats=("d",)
        ),
    )
    asked = put.facts["consultation"]
    assert put.facts["asked"] == 3
    for n, (person, name) in enumerate(council_voters(council, asked)):
        given = GivenAnswer("vote", ("Gus Five" if n < 2 else "Hal Six",))
        perform(council.world.house, person, ANSWER, asked, given)
        assert name
    council.world.pass_days(6)
    assert council.sits("d")[-1][0] == "Five"
    assert council.sits("d")[-1][2] == "2028-12-31"
    (decision,) = council.world.rows(Decision)
    assert decision.outcome["chosen"] == ["Gus Five"]
    assert council.world.faults() == []


def council_voters(council: Council, asked: str) -> list[tuple[Actor, str]]:
    """Whoever is asked in writing, signed in."""
    found = sorted(
        (each.seat, each.person_id)
        for each in council.world.rows(Invitation)
        if each.consultation_id == asked
    )
    return [(Actor(person, Level.SESSION, "web"), seat) for seat, person in found]


def test_a_ballot_goes_on_until_somebody_has_enough_votes(council: Council) -> None:
    """Nobody has more than half: no declaration, a second round among all, then the chair declares."""
    council.meets("2026-12-10 10:00")
    motion = council.moves()
    names = ("Ivy", "Jon", "Kim")
    council.do(ballots.PUT, ballots.Putting(motion, candidates=names, for_seats=("e",)))
    council.do(ballots.COUNT, ballots.Counting(motion, {"Ivy": 2, "Jon": 1, "Kim": 1}))
    with pytest.raises(Refused, match="another round follows"):
        council.do(declaring.DECLARE, declaring.Declaring(motion))
    council.do(ballots.PUT, ballots.Putting(motion))
    counted = council.do(ballots.COUNT, ballots.Counting(motion, {"Ivy": 3, "Jon": 1}))
    assert counted.facts["result"] == "elected"
    council.do(declaring.DECLARE, declaring.Declaring(motion))
    assert [each[0] for each in council.sits("e")] == ["Ivy"]


def test_a_tie_by_show_of_hands_waits_for_the_chair(sqlite_at: At) -> None:
    """Two and two for one seat: nothing is declared before the chair casts; then that one sits."""
    tie = '  tie: {value: {rule: casting_vote}, article: "8"}\n'
    text = BODY.replace('more_than: 1/2}, article: "3"', 'at_least: 1/2}, article: "3"') + tie
    council = Council(sqlite_at("nothing"), text)
    council.meets("2026-12-10 10:00")
    motion = council.moves()
    put = ballots.Putting(motion, candidates=("Ivy Seven", "Jon Eight"), for_seats=("e",))
    council.do(ballots.PUT, put)
    council.do(ballots.COUNT, ballots.Counting(motion, {"Ivy Seven": 2, "Jon Eight": 2}))
    with pytest.raises(Refused, match="equally divided"):
        council.do(declaring.DECLARE, declaring.Declaring(motion))
    cast = council.do(casting.CAST, casting.CastNow(motion, ("Jon Eight",)))
    assert (cast.facts["result"], cast.facts["article"]) == ("elected", "8")
    council.do(declaring.DECLARE, declaring.Declaring(motion))
    assert [each[0] for each in council.sits("e")] == ["Eight"]


def test_an_election_to_a_seat_in_writing_goes_on_to_its_next_round(council: Council) -> None:
    """Nobody has more than half: the same people are asked again, until somebody sits."""
    given = written.InWriting({"en": "Who sits on e?"}, candidates=("Ivy", "Jon"), for_seats=("e",))
    asked = council.act(written.OPEN, council.body, given).facts["consultation"]
    world = council.world
    for choices in (("Ivy", "Ivy", "Jon", "Jon"), ("Ivy", "Ivy", "Ivy", "Jon")):
        for (person, _), name in zip(council_voters(council, asked), choices, strict=True):
            perform(world.house, person, ANSWER, asked, GivenAnswer("vote", (name,)))
        world.pass_days(6)
        asked = next(
            (e.id for e in world.rows(ballots.Consultation) if e.round == 2 and not e.outcome),
            asked,
        )
    assert [each[0] for each in council.sits("e")] == ["Ivy"]
    (decision,) = world.rows(Decision)
    assert decision.text == "Who sits on e?\nIvy"
    assert world.faults() == []


def test_so_many_are_elected_in_writing_without_a_seat_named(council: Council) -> None:
    """Two delegates: the register names them, nobody takes a seat, no more are elected than stand."""
    names = ("Gus Five", "Hal Six <hal@new.example>")
    given = written.InWriting({"en": "Who goes?"}, candidates=names, seats=3)
    with pytest.raises(Refused, match="2 candidates for 3 seats"):
        council.act(written.OPEN, council.body, given)
    given = written.InWriting({"en": "Who goes?"}, candidates=names, seats=2)
    asked = council.act(written.OPEN, council.body, given).facts["consultation"]
    seated, people = len(council.world.rows(Sitting)), len(council.world.rows(Person))
    for person, _ in council_voters(council, asked):
        chosen = GivenAnswer("vote", ("Gus Five", "Hal Six"))
        perform(council.world.house, person, ANSWER, asked, chosen)
    council.world.pass_days(6)
    (decision,) = council.world.rows(Decision)
    assert decision.text == "Who goes?\nGus Five, Hal Six"
    assert len(council.world.rows(Sitting)) == seated
    assert len(council.world.rows(Person)) == people


def test_a_roll_call_and_a_secret_ballot_elect_too(council: Council) -> None:
    """Names are called out seat by seat; papers are cast by those in the room."""
    council.meets("2026-12-10 10:00")
    motion = council.moves()
    council.do(
        ballots.PUT,
        ballots.Putting(motion, "roll_call", ("Ivy Seven", "Jon Eight"), for_seats=("e",)),
    )
    called = {"a": "Ivy Seven", "b": "Ivy Seven", "c": "Jon Eight", "d": "Ivy Seven"}
    with pytest.raises(Refused, match="Zoe cannot be voted for"):
        council.do(ballots.COUNT, ballots.Counting(motion, positions={**called, "d": "Zoe"}))
    council.do(ballots.COUNT, ballots.Counting(motion, positions=called))
    council.do(declaring.DECLARE, declaring.Declaring(motion))
    assert [each[0] for each in council.sits("e")] == ["Seven"]
    second = council.moves()
    council.do(
        ballots.PUT, ballots.Putting(second, "secret", ("Cy Three", "Di Four"), office="rapporteur")
    )
    asked = next(
        each.id for each in council.world.rows(ballots.Consultation) if each.step_key == "motion:2"
    )
    for actor, _ in council_voters(council, asked):
        perform(council.world.house, actor, ANSWER, asked, GivenAnswer("vote", ("Di Four",)))
    council.do(ballots.COUNT, ballots.Counting(second))
    council.do(declaring.DECLARE, declaring.Declaring(second))
    assert ("rapporteur", "Four") in council.officers()
    assert council.world.faults() == []


def test_by_acclamation_only_where_nobody_has_to_choose(council: Council) -> None:
    """As many as there are places; two for one seat are put to the vote."""
    council.meets("2026-12-10 10:00")
    motion = council.moves()
    two = ballots.Putting(motion, "acclamation", ("Ivy", "Jon"), for_seats=("e",))
    council.do(ballots.PUT, two)
    with pytest.raises(Refused, match="2 stand for 1"):
        council.do(ballots.COUNT, ballots.Counting(motion))
    other = council.moves()
    council.do(ballots.PUT, ballots.Putting(other, "acclamation", ("Ivy",), for_seats=("e",)))
    council.do(ballots.COUNT, ballots.Counting(other))
    council.do(declaring.DECLARE, declaring.Declaring(other))
    assert [each[0] for each in council.sits("e")] == ["Ivy"]


def test_nobody_stands_more_often_than_the_rules_allow(council: Council) -> None:
    """One term as chair in a row; the chair of the year does not stand, another does."""
    council.meets("2026-12-10 10:00")
    motion = council.moves()
    with pytest.raises(Refused, match=r"1 terms in a row are served, and the limit is 1 \(6\)"):
        council.do(ballots.PUT, ballots.Putting(motion, candidates=("Cy Three",), office="chair"))
    declared = council.elects({"Ben Two": 4}, office="chair")
    assert declared.facts["seated"][0]["until"] == "2027-12-31"
    assert ("chair", "Three") in council.officers()
    council.world.clock.set(pendulum.datetime(2027, 1, 1, 15))
    council.world.go_on()
    assert [each for each in council.officers() if each[0] == "chair"] == [("chair", "Two")]


def test_whose_term_is_over_holds_over_until_replaced(council: Council) -> None:
    """By rule 5 the seats of Ada and Ben are held beyond their term, and say so; then one passes on."""
    council.world.clock.set(pendulum.datetime(2027, 1, 3, 15))
    council.world.go_on()
    assert (council.seat_state("a"), council.seat_state("c")) == ("holding_over", "serving")
    assert {each["seat"] for each in council.told()["members"]} >= {"a", "b"}
    given = seats.Seating("a", "Eve New", since=date(2027, 2, 1), until=date(2028, 12, 31))
    council.act(seats.SEAT, council.body, given)
    council.world.clock.set(pendulum.datetime(2027, 2, 2, 15))
    council.world.go_on()
    assert council.sits("a") == [("One", "", "2027-01-31"), ("New", "2027-02-01", "2028-12-31")]
    assert (council.seat_state("a"), council.seat_state("b")) == ("serving", "holding_over")
    assert council.world.faults() == []


def test_the_vice_chair_acts_when_nobody_is_chair(council: Council) -> None:
    """The chair's term ends by the clock; the vice-chair acts, until somebody is chosen."""
    council.world.clock.set(pendulum.datetime(2027, 1, 3, 15))
    council.world.go_on()
    (acting,) = [e for e in council.world.rows(Officer) if e.acting]
    assert council.officers() == [("chair", "Four"), ("vice_chair", "Four")]
    council.act(offices.TAKE_OFFICE, council.body, offices.OfficeOf("chair", "Ada One"))
    assert council.officers() == [("chair", "One"), ("vice_chair", "Four")]
    gone = council.act(
        offices.LEAVE_OFFICE, council.body, offices.LeavingOffice("chair", because="ill")
    )
    assert (gone.facts["acting"], acting.office) == ("vice_chair", "chair")
    assert council.officers()[0] == ("chair", "Four")
    with pytest.raises(Refused, match='nobody holds the office "treasurer"'):
        council.act(offices.LEAVE_OFFICE, council.body, offices.LeavingOffice("treasurer"))


def test_who_leaves_the_body_leaves_its_chair(council: Council) -> None:
    """The chair resigns the seat: the office goes with it, and the vice-chair acts."""
    council.act(seats.UNSEAT, council.body, seats.Leaving("c", "resign"))
    assert council.officers() == [("chair", "Four"), ("vice_chair", "Four")]


def test_an_officer_holds_over_where_the_rules_say(sqlite_at: At) -> None:
    """The same body with another rule 6: the chair stays beyond the term."""
    text = BODY.replace("begins: after_term, consecutive: 1}", "holdover: true}")
    council = Council(sqlite_at("nothing"), text)
    world = council.world
    world.clock.set(pendulum.datetime(2027, 1, 3, 15))
    world.go_on()
    assert council.officers() == [("chair", "Three"), ("vice_chair", "Four")]


def test_papers_of_a_secret_ballot_are_counted_by_hand_or_on_devices(council: Council) -> None:
    """Papers that tellers counted elect; where somebody has answered, numbers are refused."""
    council.meets("2026-12-10 10:00")
    names = ("Ivy Seven", "Jon Eight")
    motion = council.moves()
    council.do(ballots.PUT, ballots.Putting(motion, "secret", names, for_seats=("e",)))
    with pytest.raises(Refused, match="7 votes are counted, and 4 may be cast"):
        council.do(ballots.COUNT, ballots.Counting(motion, {"Ivy Seven": 4, "Jon Eight": 3}))
    council.do(ballots.COUNT, ballots.Counting(motion, {"Ivy Seven": 3, "Jon Eight": 1}))
    (asked,) = council.world.rows(ballots.Consultation)
    assert asked.state == "withdrawn"
    council.do(declaring.DECLARE, declaring.Declaring(motion))
    assert [each[0] for each in council.sits("e")] == ["Seven"]
    second = council.moves()
    council.do(ballots.PUT, ballots.Putting(second, "electronic", names, office="rapporteur"))
    with pytest.raises(Refused, match="numbers are not entered here: 0 have answered"):
        council.do(ballots.COUNT, ballots.Counting(second, {"Ivy Seven": 3}))
    assert council.world.faults() == []
