"""Answers: changed, taken back, settled late enough, never after the deadline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from governance.acts import perform
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Answer
from governance.consultation.queries import has_spoken, put
from governance.consultation.taking_back import TAKE_BACK, BackAgain
from governance.refusals import Refused
from tests.acts.asking import Desk, a_desk, a_rule

FIVE_DAYS = {"days": 5, "on_late": "fail"}


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Three people, on both databases."""
    made = a_desk(database_url, tmp_path)
    yield made
    made.house.database.dispose()


def refused(desk: Desk, person: str, position: str, **more: object) -> set[str]:
    """The rules that refuse an answer."""
    with pytest.raises(Refused) as refusal:
        desk.answer(person, position, **more)
    assert desk.faults() == []
    return {each.rule for each in refusal.value.findings}


def test_every_version_of_an_answer_is_kept_and_the_newest_counts(desk: Desk) -> None:
    """Whoever may change an answer until the close has all of them on file."""
    desk.put(a_rule(may_change=True, within=FIVE_DAYS))
    for position in ("yes", "no", "yes"):
        desk.answer("p000", position)
    desk.answer("p001", "yes")

    versions = [each for each in desk.rows(Answer) if each.position and each.version > 1]
    assert sorted(each.version for each in versions) == [2, 3]
    assert desk.now().state == "open"  # two of three are for, and each may still turn

    desk.at("2026-12-01T00:00:00Z")  # the fifth day is a Saturday: Monday, to its end
    assert desk.result() == "carried"


def test_an_answer_that_may_not_be_changed_stands(desk: Desk) -> None:
    """A second answer is refused where the rule does not let answers be changed."""
    desk.put(a_rule(within=FIVE_DAYS))
    desk.answer("p000", "yes")
    assert refused(desk, "p000", "no") == {"nobody_answers_twice"}


def test_not_yet_answered_is_not_abstained(desk: Desk) -> None:
    """One for, one against, one silent: nothing is settled while the silent one may speak."""
    desk.put(a_rule(within=FIVE_DAYS))
    desk.answer("p000", "yes")
    desk.answer("p001", "no")
    assert desk.now().state == "open"
    desk.answer("p002", "abstain")
    assert desk.result() == "lost"


def test_a_question_closes_early_only_when_nothing_can_change_it(desk: Desk) -> None:
    """Two of three are enough, and the third cannot turn it."""
    desk.put(a_rule(within=FIVE_DAYS))
    desk.answer("p000", "yes")
    assert desk.now().state == "open"
    desk.answer("p001", "yes")
    assert desk.result() == "carried"
    assert refused(desk, "p002", "no") == {"turn"}


def test_what_settles_a_question_can_be_taken_back_for_some_minutes(desk: Desk) -> None:
    """The close waits until the minutes are over; taken back, nothing has happened."""
    desk.put(a_rule(within=FIVE_DAYS, undo_minutes=10))
    for person in ("p000", "p001"):
        desk.answer(person, "yes")
    assert (desk.now().state, desk.now().settles_at) == ("open", desk.clock.now().add(minutes=10))

    desk.clock.advance(minutes=9)
    desk.do("p001", TAKE_BACK, BackAgain())
    assert desk.now().settles_at is None
    assert desk.at("2026-11-23T09:00:00Z") == []
    assert desk.now().state == "open"

    desk.answer("p001", "yes")
    desk.clock.advance(minutes=10)
    desk.sweep()
    assert desk.result() == "carried"
    assert desk.kinds().count("consultation:take_back") == 1


def test_what_was_taken_back_in_time_only(desk: Desk) -> None:
    """After the minutes, after the deadline, and where the rule gives none, an answer stands."""
    desk.put(a_rule(within={"hours": 1, "on_late": "fail"}, undo_minutes=30))
    desk.answer("p000", "yes")
    desk.clock.advance(minutes=31)
    with pytest.raises(Refused, match="ended at"):
        desk.do("p000", TAKE_BACK, BackAgain())
    with pytest.raises(Refused, match="no answer of yours"):
        desk.do("p001", TAKE_BACK, BackAgain())
    desk.clock.advance(minutes=28)
    desk.answer("p001", "no")
    desk.clock.advance(minutes=2)  # the hour is over, and with it the minutes
    with pytest.raises(Refused, match="ended at"):
        desk.do("p001", TAKE_BACK, BackAgain())


def test_the_minutes_do_not_outlast_the_deadline(desk: Desk) -> None:
    """An answer one minute before the end does not keep the question open for longer."""
    desk.put(a_rule(within={"hours": 1, "on_late": "fail"}, undo_minutes=30))
    for person in desk.people:
        desk.answer(person, "yes")
    desk.clock.advance(minutes=59)
    assert desk.now().state == "open"
    desk.at("2026-11-23T09:00:00Z")
    assert desk.result() == "carried"


def test_after_the_deadline_no_answer_is_taken_although_nothing_has_swept(desk: Desk) -> None:
    """The instant itself is too late: the end is exclusive."""
    desk.put(a_rule(within={"hours": 1, "on_late": "fail"}))
    desk.clock.advance(hours=1)
    assert refused(desk, "p000", "yes") == {"answer_is_before_the_deadline"}
    desk.sweep()
    assert desk.now().state == "closed"


def test_the_wrong_person_is_refused(desk: Desk) -> None:
    """Whoever was not asked is told so, and it is on the record."""
    desk.put(a_rule(within=FIVE_DAYS))
    assert refused(desk, "second", "yes") == {"person_was_asked"}
    assert desk.kinds()[-1] == "consultation:answer:refused"


def test_an_answer_to_papers_that_changed_is_refused(desk: Desk) -> None:
    """A position is bound to the version that was shown."""
    desk.put(a_rule(within=FIVE_DAYS))
    assert refused(desk, "p000", "yes", seen=2) == {"content_is_what_was_shown"}


def test_whoever_has_taken_back_is_asked_again(desk: Desk) -> None:
    """A list of what waits shows the question again, and nobody sees an answer."""
    desk.put(a_rule(within=FIVE_DAYS, undo_minutes=10))
    desk.answer("p000", "no")
    with desk.reading() as session:
        seen = put(session, desk.question, "p000")
        assert seen is not None
        assert [each.has_spoken for each in seen.asked].count(True) == 1
    desk.do("p000", TAKE_BACK, BackAgain())
    with desk.reading() as session:
        seen = put(session, desk.question, "p000")
        assert seen is not None
        assert not any(each.has_spoken or each.answer for each in seen.asked)
    assert str(has_spoken())


def test_a_link_is_used_for_one_answer(desk: Desk) -> None:
    """A second use of the same standing to answer changes nothing."""
    desk.put(a_rule(within=FIVE_DAYS))
    given = GivenAnswer("yes")
    perform(desk.house, desk.as_("p000"), ANSWER, desk.question, given)
    with pytest.raises(Refused):
        perform(desk.house, desk.as_("p000"), ANSWER, desk.question, given)
    assert len(desk.rows(Answer)) == 1
