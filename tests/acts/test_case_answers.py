"""Who decides, when, at which level, and what is no answer."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from governance.access.actor import Level
from governance.acts import perform
from governance.appointments.candidates import IMPORT, WITHDRAW_CANDIDACY, Out
from governance.appointments.launching import LAUNCH, WITHDRAW, Launch, Why
from governance.appointments.models import Case, Document
from governance.appointments.vetting import (
    CONFIRM_ELIGIBILITY,
    Confirmed,
)
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.people.models import Grant, Holding
from governance.record.models import Work
from governance.refusals import Reason, Refused
from tests.acts.conftest import At
from tests.acts.trying import fail_until_stuck, justify_if_asked, refused, rules_of
from tests.acts.world import (
    CANDIDATES,
    LEADERS,
    POST,
    PROCEDURE,
    candidates_file,
    row,
)

pytestmark = pytest.mark.slow

# --- who decides, and when -----------------------------------------------------------------


def test_a_second_decision_is_refused(at: At) -> None:
    """What was decided stands; the second answer is out of turn and on the record."""
    world = at("decision")
    question = world.open_question()
    world.answer("sg", "appoint", "Aalto")
    given = GivenAnswer("appoint", (world.candidacy("Boonmee").id,))
    with pytest.raises(Refused) as refusal:
        world.do("sg", ANSWER, given, question.id)
    world.go_on()
    assert refusal.value.reason is Reason.TURN
    assert world.states()["Aalto"] == "chosen"
    assert world.kinds(f"consultation:{question.id}")[-1] == "consultation:answer:refused"


def test_a_leader_answers_once(at: At) -> None:
    """While a question is open an answer stands, unless the law lets it change."""
    world = at("consultation")
    world.answer("legal", "no_objection")
    found = refused(world, "legal", "object", text="after all")
    assert rules_of(found) == {"nobody_answers_twice"}


def test_a_decision_after_the_deadline_is_refused_although_no_sweep_has_run(at: At) -> None:
    """Time is looked at in the act itself: flows may be late, the deadline is not."""
    world = at("acceptance")
    due = world.invitations(world.open_question().id)[0].due_at
    assert due is not None
    world.clock.set(due)
    with pytest.raises(Refused) as refusal:
        world.answer_by_link("accept")
    assert rules_of(refusal.value) == {"answer_is_before_the_deadline"}
    assert "time to answer ended" in str(refusal.value)


def test_the_last_second_before_the_deadline_is_in_time(at: At) -> None:
    """The instant of a deadline is its first moment that is too late."""
    world = at("acceptance")
    due = world.invitations(world.open_question().id)[0].due_at
    assert due is not None
    world.clock.set(due.subtract(seconds=1))
    world.answer_by_link("accept")
    world.go_on()
    assert world.states()["Aalto"] == "appointed"


@pytest.mark.parametrize("person", ["hr", "legal", "panel", "auditor", "nobody"])
def test_a_decision_by_the_wrong_person_is_refused(at: At, person: str) -> None:
    """Only who was asked decides, whatever else they may do."""
    found = refused(at("decision"), person, "appoint", "Aalto")
    assert (found.reason, rules_of(found)) == (Reason.AUTHORITY, {"person_was_asked"})


def test_a_candidate_does_not_decide(at: At) -> None:
    """Nor from the link that their own acceptance came with."""
    world = at("decision")
    person = world.candidacy("Aalto").person_id
    found = refused(world, person, "appoint", "Aalto")
    assert found.reason is Reason.AUTHORITY


def test_a_leader_is_not_asked_by_link(at: At) -> None:
    """A level below the one that the question wants gives no position."""
    world = at("decision")
    question = world.open_question()
    (invitation,) = world.invitations(question.id)
    given = GivenAnswer("appoint", (world.candidacy("Aalto").id,))
    with pytest.raises(Refused) as refusal:
        perform(world.house, world.as_("sg", Level.LINK, invitation.id), ANSWER, question.id, given)
    assert rules_of(refusal.value) == {"level_of_identity"}


def test_a_forwarded_link_does_not_lend_its_identity(at: At) -> None:
    """A link is good for its own invitation, even for the same person."""
    world = at("acceptance")
    question = world.open_question()
    person = world.candidacy("Aalto").person_id
    for invitation in ("0" * 32, None):
        actor = world.as_(person, Level.LINK, invitation)
        with pytest.raises(Refused) as refusal:
            perform(world.house, actor, ANSWER, question.id, GivenAnswer("accept"))
        assert refusal.value.reason is Reason.AUTHORITY


def test_whoever_holds_the_deciding_office_does_not_launch(at: At) -> None:
    """If the launcher would have to decide, that is found at launch."""
    world = at("nothing")
    with world.house.database.deciding() as session:
        session.add(Grant(person_id="sg", role="hr_officer"))
    with pytest.raises(Refused) as refusal:
        perform(world.house, world.as_("sg"), LAUNCH, None, Launch(PROCEDURE, POST))
    assert rules_of(refusal.value) == {"launcher_does_not_decide"}
    assert world.rows(Case) == []


def test_a_launcher_who_comes_to_hold_the_deciding_office_is_not_asked(at: At) -> None:
    """It is an alarm on the operators' page, neither a decision nor a silence."""
    world = at("consultation")
    with world.house.database.deciding() as session:
        (old,) = session.exec(select(Holding).where(col(Holding.person_id) == "sg"))
        old.until = world.clock.now()
        session.add(Holding(office="secretary_general", person_id="hr", since=world.clock.now()))
    for leader in LEADERS:
        world.answer(leader, "no_objection")
    fail_until_stuck(world)
    (work,) = world.rows(Work)
    assert "everybody whom the stage 'decision' asks" in work.stuck_because
    assert world.questions() == []


def test_a_leader_who_is_a_candidate_is_not_asked(at: At) -> None:
    """Nobody has a voice in their own case; the others decide without them."""
    world = at("applications")
    legal = row("Legal", "EGY", email="legal@organisation.example")
    world.do("hr", IMPORT, candidates_file(*CANDIDATES[:3], legal))
    world.pass_days(45)
    world.do("hr", CONFIRM_ELIGIBILITY, Confirmed())
    world.go_on()
    world.record_checks("satisfactory")
    world.go_on()
    world.answer("panel", "shortlist", "Aalto", "Legal")
    world.go_on()
    justify_if_asked(world)
    asked = {each.person_id for each in world.invitations(world.open_question().id)}
    assert asked == {"regions", "staff"}
    found = refused(world, "legal", "no_objection")
    assert found.reason is Reason.AUTHORITY
    assert world.states()["Legal"] == "shortlisted"


def test_an_officer_does_not_act_on_their_own_candidacy(at: At) -> None:
    """Whoever is a candidate can neither clear themselves nor withdraw the case."""
    world = at("eligibility")
    candidate = world.candidacy("Early").person_id
    with world.house.database.deciding() as session:
        session.add(Grant(person_id=candidate, role="hr_officer"))
    acts = ((CONFIRM_ELIGIBILITY, Confirmed()), (WITHDRAW, Why("because")))
    for verb, given in acts:
        with pytest.raises(Refused) as refusal:
            world.do(candidate, verb, given)
        assert rules_of(refusal.value) == {"nobody_decides_on_their_own_case"}


def test_only_an_officer_runs_a_case(at: At) -> None:
    """Leaders, auditors, outsiders and people known by link only cannot do an officer's acts."""
    world = at("eligibility")
    people = [world.as_(each) for each in ("sg", "legal", "auditor", "nobody")]
    people += [world.as_("hr", Level.LINK), world.as_("hr", Level.OPERATOR)]
    for actor in people:
        with pytest.raises(Refused) as refusal:
            perform(world.house, actor, CONFIRM_ELIGIBILITY, world.case, Confirmed())
        assert rules_of(refusal.value) == {"hr_officer"}
    assert set(world.states().values()) == {"nominated"}


# --- answers that are no answers -----------------------------------------------------------


def test_an_answer_keeps_to_what_the_question_offers(at: At) -> None:
    """Unknown positions, too many, too few, strangers and missing reasons are all told."""
    world = at("decision")
    assert rules_of(refused(world, "sg", "crown", "Aalto")) == {
        "position_is_offered",
        "choice_is_among_what_was_shown",
    }
    assert rules_of(refused(world, "sg", "appoint")) == {"choice_is_among_what_was_shown"}
    two = refused(world, "sg", "appoint", "Aalto", "Boonmee")
    assert rules_of(two) == {"choice_is_among_what_was_shown"}
    stranger = refused(world, "sg", "appoint", "Dube")
    assert rules_of(stranger) == {"choice_is_among_what_was_shown"}
    assert rules_of(refused(world, "sg", "none")) == {"reasons_are_given"}
    assert rules_of(refused(world, "sg", "none", text=" \n ")) == {"reasons_are_given"}
    assert rules_of(refused(world, "sg", "none", text="x" * 4001)) == {"text_fits"}


def test_an_answer_is_bound_to_what_was_shown(at: At) -> None:
    """When a candidate leaves, the question has a new version and older looks do not count."""
    world = at("decision")
    question = world.open_question()
    seen = question.content_version
    world.do("hr", WITHDRAW_CANDIDACY, Out(world.candidacy("Aalto").id, "took another post"))
    given = GivenAnswer("appoint", (world.candidacy("Boonmee").id,), "", seen)
    with pytest.raises(Refused) as refusal:
        world.do("sg", ANSWER, given, question.id)
    assert rules_of(refusal.value) == {"content_is_what_was_shown"}
    world.answer("sg", "appoint", "Boonmee")
    world.go_on()
    assert world.states()["Boonmee"] == "chosen"


def test_a_candidate_who_leaves_between_decision_and_letter_gets_none(at: At) -> None:
    """The question is put again, in a new round, with whoever is left."""
    world = at("decision")
    world.answer("sg", "appoint", "Aalto")
    world.do("hr", WITHDRAW_CANDIDACY, Out(world.candidacy("Aalto").id, ""))
    world.go_on()
    question = world.open_question()
    assert (question.step_key, question.round) == ("decision", 2)
    assert question.content["candidates"] == [world.candidacy("Boonmee").id]
    assert world.rows(Document) == []
    assert world.rows(Work)[0].stuck_because is None


def test_of_a_shortlist_those_who_left_meanwhile_are_not_on_it(at: At) -> None:
    """The others go on."""
    world = at("selection")
    world.answer("panel", "shortlist", "Aalto", "Boonmee")
    world.do("hr", WITHDRAW_CANDIDACY, Out(world.candidacy("Aalto").id, ""))
    world.go_on()
    assert world.states()["Aalto"] == "withdrawn"
    assert world.states()["Boonmee"] == "shortlisted"
    assert world.the_case().stage == "consultation"
