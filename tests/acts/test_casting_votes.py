"""The votes are equally divided, and an officer breaks the tie: asked, in time, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pendulum
import pytest
from sqlmodel import col, select

from governance import app
from governance.acts import Moment
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.certificate import certificate_for
from governance.consultation.ending import CLOSE, DRAW_LOT, WITHDRAW, Closing, Lot, Withdrawn
from governance.consultation.models import Consultation, Invitation
from governance.consultation.opening import Asked
from governance.consultation.standing.models import Recusal
from governance.consultation.standing.recusing import RECUSE, SteppingBack
from governance.consultation.standing.ways import open_ways
from governance.consultation.telling import tell_consultation
from governance.people.models import Holding
from governance.refusals import Refused
from tests.acts.asking import Desk, a_desk, a_rule

pytestmark = pytest.mark.slow

OFFICE = "president"
BOSS = "boss000"
WINDOW = {"working_days": 5, "on_late": "fail"}


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Four people with a vote and the holder of an office that breaks ties, on both databases."""
    made = a_desk(database_url, tmp_path, 4)
    made.enrol(1, "boss")
    made.people.remove(BOSS)
    since = pendulum.datetime(2026, 1, 1)
    with made.house.database.deciding() as session:
        session.add(Holding(office=OFFICE, person_id=BOSS, since=since, because="a" * 64))
    yield made
    made.house.database.dispose()


def casting(**tie: Any) -> dict[str, Any]:
    """A majority whose ties the office breaks."""
    counting = {
        "base": "yes_no",
        "more_than": "1/2",
        "tie": {"rule": "casting_vote", "chair": OFFICE, **tie},
    }
    return a_rule(counting=counting, within=WINDOW)


def _hand_over(moment: Moment, person: str) -> None:
    """The office passes to somebody else, who is written to."""
    moment.session.exec(select(Holding)).one().until = moment.now
    moment.session.add(Holding(office=OFFICE, person_id=person, since=moment.now, because="b" * 64))
    moment.session.flush()
    asked = select(Consultation, Invitation).where(
        col(Invitation.consultation_id) == col(Consultation.id),
        col(Invitation.capacity) == OFFICE,
    )
    open_ways(moment, list(moment.session.exec(asked)))


def divide(desk: Desk) -> None:
    """Two for, two against; the owners that are due go on."""
    for person, position in zip(desk.people, ("yes", "no", "yes", "no"), strict=True):
        desk.answer(person, position)
    go_on(desk)


def go_on(desk: Desk) -> None:
    """Whatever is due goes on, and its notices are handed over."""
    for due in app.claim_due(desk.house, 50):
        if due.kind == "consultation":
            app.advance_one(desk.house, due)
    desk.hand_over()


def put_to_caster(desk: Desk) -> Consultation:
    """The question by which the tie is broken."""
    with desk.reading() as session:
        query = select(Consultation).where(col(Consultation.owner_id) == desk.question)
        return session.exec(query).one()


def cast(desk: Desk, position: str, *chosen: str, by: str = BOSS) -> None:
    """The officer casts, and the question goes on."""
    desk.do(by, ANSWER, GivenAnswer(position, chosen), put_to_caster(desk).id)
    go_on(desk)


def working(desk: Desk) -> list[str]:
    """The working of the outcome, in sentences."""
    told = tell_consultation(desk.house, desk.as_("asker"), desk.question)
    return list(told["outcome"]["working"])


def test_a_tie_waits_for_the_holder_of_the_office_that_the_rule_names(desk: Desk) -> None:
    """The vote is over, nobody answers any more, and the office is asked by a question."""
    desk.put(casting())
    divide(desk)
    assert (desk.now().state, desk.result()) == ("tied", None)
    put = put_to_caster(desk)
    assert [each["key"] for each in put.rule["positions"]] == ["yes", "no"]
    assert put.rule["article"] == "Rules, art. 1"
    with pytest.raises(Refused, match="Tied: the casting vote is awaited"):
        desk.answer("p000", "no")


@pytest.mark.parametrize(("position", "result"), [("yes", "carried"), ("no", "lost")])
def test_the_casting_vote_makes_the_outcome(desk: Desk, position: str, result: str) -> None:
    """The outcome has its working, and its entry cites that of the casting vote."""
    desk.put(casting())
    divide(desk)
    cast(desk, position)
    assert (desk.now().state, desk.result()) == ("closed", result)
    side = "in favour, and it is carried" if position == "yes" else "against, and it is not carried"
    assert working(desk)[-2:] == ["there is a tie", f"the chair casts {side}"]
    assert desk.kinds()[-2:] == ["consultation:ask_casting", "consultation:break_tie"]
    assert desk.faults() == []


def test_the_certificate_says_who_cast_and_under_which_article(desk: Desk) -> None:
    """A member of the committee reads the tie, the office, the vote and the article."""
    desk.put(casting())
    divide(desk)
    cast(desk, "yes")
    told = certificate_for(desk.house, desk.as_("asker"), desk.question, sees_all=True)
    lines = [str(each) for each in told.sentences]
    assert any("boss000" in each and 'casting vote: "yes"' in each for each in lines)
    assert told.as_json()["castings"][0]["article"] == "Rules, art. 1"


def test_who_does_not_cast_in_time_casts_nothing(desk: Desk) -> None:
    """The time of the rule on ties runs out: what the rule says then, it is not carried."""
    desk.put(casting(within={"hours": 48}))
    divide(desk)
    put = put_to_caster(desk)
    assert put.rule["within"] == {"hours": 48, "on_late": "fail"}
    desk.at("2026-11-25T08:00:01+00:00")
    go_on(desk)
    assert desk.result() == "lost"
    assert "whoever casts did not do so in time" in working(desk)


def test_what_follows_without_a_casting_vote_is_the_rules(desk: Desk) -> None:
    """Where the rule draws a lot then, it is drawn in the open, and the question closes."""
    desk.put(casting(then="lot", within={"hours": 48}))
    divide(desk)
    desk.at("2026-11-25T08:00:01+00:00")
    go_on(desk)
    assert (desk.now().state, desk.result()) == ("tied", None)
    with pytest.raises(Refused):
        desk.do("asker", CLOSE, Closing())
    desk.do("asker", DRAW_LOT, Lot("called out"))
    assert desk.result() in {"carried", "lost"}
    assert "whoever casts did not do so in time" in working(desk)


def test_a_barred_holder_casts_nothing(desk: Desk) -> None:
    """Nobody breaks a tie in their own case; with no deputy the rule's end comes at once."""
    desk.put(casting(), content={"barred": [BOSS]})
    divide(desk)
    assert desk.result() == "lost"
    assert "whoever casts may not answer in this case" in working(desk)


def test_an_office_that_nobody_holds_casts_nothing(desk: Desk) -> None:
    """The tie does not wait for a chair that stands empty."""
    with desk.house.database.deciding() as session:
        session.exec(select(Holding)).one().until = pendulum.datetime(2026, 6, 1)
    desk.put(casting(then="carried"))
    divide(desk)
    assert desk.result() == "carried"
    assert "nobody holds the office that casts, and nobody acts for it" in working(desk)


def test_who_steps_back_from_casting_casts_nothing(desk: Desk) -> None:
    """The officer declares an interest: the tie goes to the end that the rule gives it."""
    desk.put(casting())
    divide(desk)
    desk.do(BOSS, RECUSE, SteppingBack("other"), put_to_caster(desk).id)
    go_on(desk)
    assert desk.result() == "lost"
    assert "whoever casts has stepped back" in working(desk)
    assert len(desk.rows(Recusal)) == 1


def test_the_new_holder_of_the_office_casts(desk: Desk) -> None:
    """The office passes while the casting vote is awaited: the office casts, not the person."""
    desk.put(casting())
    divide(desk)
    (newer,) = desk.enrol(1, "next")
    desk.inside(lambda moment: _hand_over(moment, newer))
    with pytest.raises(Refused, match="no longer hold the office"):
        cast(desk, "yes")
    cast(desk, "yes", by=newer)
    assert desk.result() == "carried"


def test_a_chair_with_a_vote_breaks_the_tie_by_it(desk: Desk) -> None:
    """The chair has voted among the others, and the rule gives that vote the greater weight."""
    seats = tuple(Asked(each, "", "utc", seat=f"seat{n}") for n, each in enumerate(desk.people))
    desk.put(casting(chair="seat0"), asked=seats)
    divide(desk)
    assert desk.result() == "carried"


def test_a_second_vote_is_asked_for_apart(desk: Desk) -> None:
    """Where the rules give the chair a casting vote beside the own one, it is asked for."""
    seats = tuple(Asked(each, "", "utc", seat=f"seat{n}") for n, each in enumerate(desk.people))
    desk.put(casting(chair="seat0", apart=True), asked=seats)
    divide(desk)
    assert desk.now().state == "tied"
    cast(desk, "no", by="p000")
    assert desk.result() == "lost"


def test_a_secret_ballot_falls_tied_when_all_have_cast(desk: Desk) -> None:
    """The papers are linked to nobody; the casting vote is an open one, and an officer's."""
    desk.put(casting(), secrecy="secret_for_ever")
    divide(desk)
    assert desk.now().state == "tied"
    cast(desk, "yes")
    assert desk.result() == "carried"


def test_a_seat_that_two_share_votes_for_is_given_by_the_chair(desk: Desk) -> None:
    """In a ballot the officer chooses among those who are tied for the last place."""
    counting = {
        "tie": {"rule": "casting_vote", "chair": OFFICE},
        "ballot": {"seats": 1, "plurality": True, "candidates": {"Ada": "", "Bo": "", "Cy": ""}},
    }
    rule = a_rule(
        "ballot",
        counting=counting,
        positions=[{"key": "vote", "choose_at_least": 1, "choose_at_most": 1}, {"key": "abstain"}],
    )
    desk.put(rule, content={"candidates": ["Ada", "Bo", "Cy"]})
    for person, name in zip(desk.people, ("Ada", "Bo", "Ada", "Bo"), strict=True):
        desk.answer(person, "vote", name)
    go_on(desk)
    put = put_to_caster(desk)
    assert sorted(put.content["candidates"]) == ["Ada", "Bo"]
    with pytest.raises(Refused):
        desk.do(BOSS, ANSWER, GivenAnswer("vote", ("Cy",)), put.id)
    cast(desk, "vote", "Bo")
    outcome = desk.now().outcome
    assert outcome is not None
    assert (outcome["result"], outcome["chosen"]) == ("elected", ["Bo"])


def test_each_organ_has_its_own_casting_vote(desk: Desk) -> None:
    """Two organs must both carry; a tie in one of them is broken in that one."""
    tie = {"rule": "casting_vote", "chair": OFFICE}
    organs = {
        "council": {"kind": "majority", "tie": tie},
        "assembly": {"kind": "majority"},
    }
    asked = tuple(
        Asked(each, "", "utc", organ="council" if n < 2 else "assembly")
        for n, each in enumerate(desk.people)
    )
    desk.put(a_rule("organs", organs=organs), asked=asked)
    for person, position in zip(desk.people, ("yes", "no", "yes", "yes"), strict=True):
        desk.answer(person, position)
    go_on(desk)
    assert desk.now().rule["ties"] == [{"key": "council", "between": [], "places": 1}]
    cast(desk, "yes")
    assert desk.result() == "carried"


def test_an_answer_is_taken_back_before_the_chair_is_asked(desk: Desk) -> None:
    """What makes the tie may be taken back for some minutes: nobody is asked to cast before."""
    desk.put(casting() | {"undo_minutes": 10})
    divide(desk)
    assert desk.now().state == "open"
    desk.at("2026-11-23T08:10:01+00:00")
    assert desk.now().state == "tied"


def test_a_tied_question_is_withdrawn_with_its_casting_vote(desk: Desk) -> None:
    """Whoever put it withdraws it, and the officer is asked nothing any more."""
    desk.put(casting())
    divide(desk)
    desk.do("asker", WITHDRAW, Withdrawn("It is moot."))
    assert (desk.now().state, put_to_caster(desk).state) == ("withdrawn", "withdrawn")
