"""Silence, objections and declines: what they are worth, and where the case goes then."""

from __future__ import annotations

import pytest

from governance import app
from governance.appointments.models import Document
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.record import deadlines
from governance.record.models import Outbox
from governance.refusals import Reason, Refused
from tests.acts.conftest import At
from tests.acts.trying import refused, rules_of

pytestmark = pytest.mark.slow

# --- silence -------------------------------------------------------------------------------


def test_silence_counts_for_who_was_reached(at: At) -> None:
    """Three silent leaders, each with a working week at their own place of work, consent."""
    world = at("consultation")
    asked = world.invitations(world.open_question().id)
    assert {each.calendar for each in asked} == {"lyon", "singapore", "abidjan"}
    assert len({each.due_at for each in asked}) == 3
    world.pass_days(9)
    (outcome,) = [q.outcome for q in world.questions("closed") if q.step_key == "consultation"]
    assert outcome is not None
    assert outcome["result"] == "carried"
    assert world.the_case().stage == "decision"


def test_silence_does_not_count_for_who_was_never_reached(at: At) -> None:
    """A leader whom no notice reached keeps the question open, however much time passes."""
    world = at("selection")
    world.answer("panel", "shortlist", "Aalto", "Boonmee")
    world.go_on(mails=False)
    for notice in world.unsent():
        if notice.person_id != "staff":
            app.HANDED_OVER[notice.subject_kind](world.house, notice)
    world.clock.advance(days=60)
    world.go_on(mails=False)
    assert world.the_case().stage == "consultation"
    world.answer("staff", "no_objection")
    world.go_on()
    assert world.the_case().stage == "decision"


def test_time_runs_from_the_hand_over_not_from_the_queue(at: At) -> None:
    """A notice that left late gives its reader the whole period all the same."""
    world = at("selection")
    world.answer("panel", "shortlist", "Aalto", "Boonmee")
    world.go_on(mails=False)
    question = world.open_question()
    assert {each.due_at for each in world.invitations(question.id)} == {None}
    world.clock.advance(days=30)
    world.hand_over()
    due = [each.due_at for each in world.invitations(question.id)]
    assert all(each is not None and each > world.clock.now().add(days=6) for each in due)


def test_a_notice_that_arrives_after_the_end_reopens_nothing(at: At) -> None:
    """A mail that was on its way when the question closed sets no deadline any more."""
    world = at("selection")
    world.answer("panel", "shortlist", "Aalto", "Boonmee")
    world.go_on(mails=False)
    late = world.unsent()
    world.answer("legal", "object", text="No.")
    for notice in late:
        app.HANDED_OVER[notice.subject_kind](world.house, notice)
    world.go_on()
    with world.reading() as session:
        assert {
            each.owner_id
            for each in deadlines.passed(session, world.clock.now().add(years=1), 100)
            if each.owner_kind == "consultation"
        } <= {world.open_question().id}


def test_a_hand_over_told_twice_is_told_once(at: At) -> None:
    """At least once from the mail server is once in the record, and moves no deadline."""
    world = at("decision")
    question = world.open_question()
    (notice,) = [each for each in world.rows(Outbox) if each.subject_id == question.id]
    before, due = len(world.entries()), world.invitations(question.id)[0].due_at
    world.clock.advance(days=2)
    app.HANDED_OVER["consultation"](world.house, notice)
    assert (len(world.entries()), world.invitations(question.id)[0].due_at) == (before, due)


def test_who_decides_alone_is_reminded_each_working_day(at: At) -> None:
    """Lateness closes nothing where the law says remind: one reminder a day, and more time."""
    world = at("decision")
    question = world.open_question()
    first = world.invitations(question.id)[0].due_at
    world.pass_days(20)
    world.pass_days(3)
    reminders = [each for each in world.rows(Outbox) if each.template == "reminder"]
    (invitation,) = world.invitations(question.id)
    assert len(reminders) == 2
    assert first is not None
    assert invitation.due_at is not None
    assert invitation.due_at > world.clock.now() > first
    world.answer("sg", "appoint", "Aalto")
    world.go_on()
    assert world.the_case().stage == "acceptance"


# --- objections, refusals, declines --------------------------------------------------------


def test_an_objection_in_writing_returns_to_selection(at: At) -> None:
    """One objection stops it: a new round of selection, with everybody cleared again."""
    world = at("consultation")
    assert rules_of(refused(world, "staff", "object")) == {"reasons_are_given"}
    world.answer("staff", "object", text="Too few years abroad.")
    world.go_on()
    case, question = world.the_case(), world.open_question()
    assert (case.stage, case.rounds["selection"]) == ("selection", 2)
    assert (question.step_key, question.round) == ("selection", 2)
    assert world.states()["Aalto"] == "cleared"
    lost = [each.outcome for each in world.questions("closed") if each.step_key == "consultation"]
    assert lost[0] is not None
    assert lost[0]["result"] == "lost"
    world.answer("panel", "shortlist", "Aalto", "Boonmee")
    world.go_on()
    assert world.the_case().rounds["consultation"] == 2
    world.pass_days(9)
    assert world.the_case().stage == "decision"


def test_after_an_objection_the_others_need_not_answer_any_more(at: At) -> None:
    """The question is closed for them too, and what had not left is not sent."""
    world = at("consultation")
    question = world.open_question()
    world.answer("staff", "object", text="No.")
    with pytest.raises(Refused) as refusal:
        world.do("legal", ANSWER, GivenAnswer("no_objection"), question.id)
    assert refusal.value.reason is Reason.TURN


def test_nobody_on_the_shortlist_closes_the_case(at: At) -> None:
    """With a reason in writing; every candidate is told."""
    world = at("selection")
    world.answer("panel", "none", text="None of them has led a bureau.")
    world.go_on()
    case = world.the_case()
    assert (case.state, case.stage) == ("closed", "closed")
    assert {each.template for each in world.rows(Outbox) if "regret" in each.key} == {"regret"}
    assert len([each for each in world.rows(Outbox) if "regret" in each.key]) == 5


@pytest.mark.parametrize(("position", "stage"), [("none", "closed"), ("send_back", "selection")])
def test_the_decision_may_go_another_way(at: At, position: str, stage: str) -> None:
    """Nobody is appointed, or the panel is asked again; both with reasons."""
    world = at("decision")
    world.answer("sg", position, text="For the reasons given orally.")
    world.go_on()
    assert world.the_case().stage == stage
    assert world.rows(Document) == [] or stage == "closed"


def test_who_declines_leaves_the_choice_to_the_decider_again(at: At) -> None:
    """A new round of the decision, among whoever else is on the shortlist."""
    world = at("acceptance")
    world.answer_by_link("decline")
    world.go_on()
    question = world.open_question()
    assert (question.step_key, question.round) == ("decision", 2)
    assert question.content["candidates"] == [world.candidacy("Boonmee").id]
    assert world.states()["Aalto"] == "declined"
    assert world.the_case().chosen is None
    world.answer("sg", "appoint", "Boonmee")
    world.go_on()
    world.answer_by_link("accept")
    world.go_on()
    assert world.states()["Boonmee"] == "appointed"
    kinds = sorted((each.kind, each.round) for each in world.rows(Document))
    assert kinds[:4] == [("appointment", 1)] * 2 + [("appointment", 2)] * 2


def test_an_offer_that_is_not_accepted_in_time_lapses(at: At) -> None:
    """Late is no, without anybody's act; the link accepts nothing any more."""
    world = at("acceptance")
    question = world.open_question()
    world.clock.advance(days=20)
    with pytest.raises(Refused):
        world.answer_by_link("accept")
    world.go_on()
    assert world.states()["Aalto"] == "declined"
    assert world.the_case().stage == "decision"
    (outcome,) = [each.outcome for each in world.questions("closed") if each.id == question.id]
    assert outcome is not None
    assert outcome["result"] == "late"
