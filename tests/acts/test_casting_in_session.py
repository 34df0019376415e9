"""A body's votes are equally divided: whoever is in the chair casts, in the room or in writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select

from governance.access.actor import Actor, Level
from governance.acts import perform
from governance.committees.founding import FOUND, Founding
from governance.committees.meeting import ballots, casting, declaring, holding
from governance.committees.meeting.models import Motion
from governance.committees.written import OPEN, InWriting
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation, Invitation
from governance.people.models import Person
from governance.refusals import Refused
from governance.rulebook.linting.proceedings import body_of
from tests.acts.conftest import At
from tests.acts.test_committee_meetings import BODY, Chamber

pytestmark = pytest.mark.slow

TIE = '  tie: {value: {rule: casting_vote}, article: "3.6"}\n'
QUARTER = '    - {value: {at_least: 1/4}, article: "3.8", scope: elections}\n'
Made = Callable[..., Chamber]


@pytest.fixture
def seated(sqlite_at: At) -> Made:
    """A body of four voting seats whose ties the chair breaks, by the rules given beside."""

    def make(more: str = "") -> Chamber:
        chamber = Chamber(sqlite_at("nothing"))
        text = (
            BODY.replace("body: standards", "body: ties")
            .replace(', voting_right: {since: "2026-02-13", has: false}', "")
            .replace("scope: rule_changes}\n", "scope: rule_changes}\n" + QUARTER)
        )
        body = body_of("b.yaml", (text + TIE + more).encode()).body
        assert body is not None
        chamber.body = chamber.act(FOUND, None, Founding(body)).subject_id
        return chamber

    return make


def session(chamber: Chamber, mode: str = "show") -> None:
    """In session, with a motion put in a mode."""
    chamber.opened()
    chamber.moved()
    chamber.do(ballots.PUT, ballots.Putting(1, mode))


def motion(chamber: Chamber) -> Motion:
    """The motion as it stands."""
    (found,) = chamber.world.rows(Motion)
    return found  # type: ignore[no-any-return]


def chair(chamber: Chamber) -> Actor:
    """Whoever is in the chair, signed in."""
    with chamber.world.reading() as reading:
        found = reading.exec(select(Person).where(Person.email == "jane@acme.example")).one()
    return Actor(found.id, Level.SESSION, "web", frozenset())


def cast(chamber: Chamber, *votes: str, by: Actor | None = None) -> dict[str, Any]:
    """The chair casts; gives what the entry holds."""
    actor = by or chair(chamber)
    given = casting.CastNow(1, votes)
    receipt = perform(chamber.world.house, actor, casting.CAST, chamber.meeting, given)
    assert receipt is not None
    return receipt.facts


@pytest.mark.parametrize("mode", ["show", "roll_call"])
def test_a_tie_in_the_room_waits_for_the_chair(seated: Made, mode: str) -> None:
    """Two for, two against: nothing is declared before the chair has cast, under the article."""
    chamber = seated('  chair_votes: {value: both, article: "3.7"}\n')
    session(chamber, mode)
    called = {"acme": "yes", "globex": "yes", "initech": "no", "umbrella": "no"}
    chamber.do(
        ballots.COUNT,
        ballots.Counting(1, {"yes": 2, "no": 2}, called if mode == "roll_call" else {}),
    )
    assert motion(chamber).result["result"] is None
    with pytest.raises(Refused, match="equally divided"):
        chamber.do(declaring.DECLARE, declaring.Declaring(1))
    assert cast(chamber, "yes") == {
        "motion": 1, "cast": ["yes"], "result": "carried", "article": "3.6"
    }  # fmt: skip
    chamber.do(declaring.DECLARE, declaring.Declaring(1))
    assert motion(chamber).state == "carried"


def test_the_chair_may_give_no_casting_vote(seated: Made) -> None:
    """Then the rule on ties says what follows: by itself, the motion is lost."""
    chamber = seated()
    session(chamber)
    chamber.do(ballots.COUNT, ballots.Counting(1, {"yes": 2, "no": 2}))
    assert cast(chamber, "none")["result"] == "lost"
    with pytest.raises(Refused, match="no casting vote is awaited"):
        cast(chamber, "yes")


def test_only_the_chair_casts(seated: Made) -> None:
    """A member does not, and nobody casts what is not offered."""
    chamber = seated()
    session(chamber)
    chamber.do(ballots.COUNT, ballots.Counting(1, {"yes": 2, "no": 2}))
    with pytest.raises(Refused, match="no casting vote here"):
        cast(chamber, "abstain")
    someone = replace(chair(chamber), person_id="nobody")
    with pytest.raises(Refused, match="this is done by: chair"):
        cast(chamber, "yes", by=someone)


def test_a_chair_who_stepped_back_does_not_cast(seated: Made) -> None:
    """Whoever has an interest in an item casts nothing: the rule says what follows."""
    chamber = seated()
    chamber.opened()
    chamber.do(holding.RECUSE, holding.Recused("1", "acme"))
    chamber.moved()
    chamber.do(ballots.PUT, ballots.Putting(1))
    chamber.do(ballots.COUNT, ballots.Counting(1, {"yes": 1, "no": 1}))
    with pytest.raises(Refused, match="stepped back from an item"):
        cast(chamber, "yes")
    assert cast(chamber, "none")["result"] == "lost"


def test_a_chair_who_votes_only_on_ties_is_not_asked_before(seated: Made) -> None:
    """The roll call has three voters; the chair's seat is in no base, and breaks the tie."""
    chamber = seated('  chair_votes: {value: casting, article: "3.7"}\n')
    session(chamber, "roll_call")
    with pytest.raises(Refused, match="may not vote here"):
        chamber.do(ballots.COUNT, ballots.Counting(1, positions={"acme": "yes"}))
    called = {"globex": "yes", "initech": "no", "umbrella": "abstain"}
    chamber.do(ballots.COUNT, ballots.Counting(1, positions=called))
    assert cast(chamber, "no")["result"] == "lost"


def test_a_seat_with_equal_votes_is_filled_by_the_chair(seated: Made) -> None:
    """An election in session: the chair chooses among those who are tied for the place."""
    chamber = seated()
    chamber.opened()
    chamber.moved(kind="election")
    chamber.do(ballots.PUT, ballots.Putting(1, "roll_call", ("Ada", "Bo")))
    (found,) = chamber.world.rows(Consultation)
    asked = {each.seat: each.person_id for each in chamber.world.rows(Invitation)}
    for seat, name in (("acme", "Ada"), ("globex", "Bo"), ("initech", "Ada"), ("umbrella", "Bo")):
        actor = Actor(asked[seat], Level.SESSION, "web", frozenset())
        perform(chamber.world.house, actor, ANSWER, found.id, GivenAnswer("vote", (name,)))
    chamber.do(ballots.COUNT, ballots.Counting(1))
    with pytest.raises(Refused, match="no casting vote here"):
        cast(chamber, "Cy")
    assert cast(chamber, "Bo")["result"] == "elected"
    assert motion(chamber).result["chosen"] == ["Bo"]


def test_a_tie_in_writing_is_put_to_the_chair(seated: Made) -> None:
    """Between meetings the chair has a question of their own, with the article on ties."""
    chamber = seated('  chair_votes: {value: casting, article: "3.7"}\n')
    world = chamber.world
    chamber.act(OPEN, chamber.body, InWriting({"en": "Shall the budget stand?"}))  # type: ignore[arg-type]
    (asked,) = world.rows(Consultation)
    voters = [each.person_id for each in world.rows(Invitation)]
    assert chair(chamber).person_id not in voters
    for person, position in zip(voters, ("yes", "no", "yes", "no"), strict=True):
        actor = Actor(person, Level.SESSION, "web", frozenset())
        perform(world.house, actor, ANSWER, asked.id, GivenAnswer(position))
    world.go_on()
    put = next(each for each in world.rows(Consultation) if each.id != asked.id)
    assert (put.rule["article"], put.rule["kind"]) == ("3.6", "single")
    perform(world.house, chair(chamber), ANSWER, put.id, GivenAnswer("yes"))
    world.go_on()
    settled = next(each for each in world.rows(Consultation) if each.id == asked.id)
    assert settled.outcome["result"] == "carried"
