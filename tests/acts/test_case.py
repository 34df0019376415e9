"""A case from launch to entry on duty, and everything that people may try on the way."""

from __future__ import annotations

from itertools import groupby

import pytest
from sqlmodel import col, select

from governance import app
from governance.access.actor import Level
from governance.acts import perform
from governance.appointments.advance import advance
from governance.appointments.candidates import IMPORT, WITHDRAW_CANDIDACY, CandidateFile, Out
from governance.appointments.launching import CONFIRM_NEED, LAUNCH, WITHDRAW, Launch, Need, Why
from governance.appointments.models import Candidacy, Case, Check, Document, Task
from governance.appointments.referees import ASK_REFEREE, Referee
from governance.appointments.vetting import (
    COMPLETE_TASK,
    CONFIRM_ELIGIBILITY,
    JUSTIFY,
    RECORD_CHECKS,
    Confirmed,
    Done,
    Justified,
    Recorded,
)
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.people.models import Grant, Holding
from governance.record import deadlines
from governance.record.models import Deadline, Outbox, Work
from governance.refusals import Reason, Refused
from tests.acts.conftest import At
from tests.acts.world import (
    CANDIDATES,
    LEADERS,
    POST,
    PROCEDURE,
    World,
    candidates_file,
    row,
)


def refused(world: World, person: str, position: str, *names: str, text: str = "") -> Refused:
    """The refusal that an answer meets; nothing has moved."""
    before = (world.the_case().stage, world.states())
    with pytest.raises(Refused) as refusal:
        world.answer(person, position, *names, text=text)
    world.go_on()
    assert (world.the_case().stage, world.states()) == before
    assert world.faults() == []
    return refusal.value


def rules_of(refusal: Refused) -> set[str]:
    """The names of the rules that a refusal cites."""
    return {finding.rule for finding in refusal.findings}


# --- the whole walk ------------------------------------------------------------------------


def test_the_whole_walk_is_told_by_the_trail(at: At) -> None:
    """Every act of an appointment, in order, on the chains of the case and its questions."""
    world = at("done")
    runs = [(kind.partition(":")[2], len(list(run))) for kind, run in groupby(world.the_trail())]
    assert runs == [
        ("launch", 1),
        ("confirm_need", 2),
        ("advance", 2),  # the call is done; the window for candidacies opens
        ("import_candidates", 1),
        ("notice_handed_over", 5),  # each candidate has an acknowledgement
        ("advance", 2),  # the window closes; the rules are asked of everybody
        ("confirm_eligibility", 1),
        ("advance", 2),  # on to vetting; the checks are ordered
        ("record_checks", 1),
        ("advance", 2),  # on to selection; the question to the panel
        ("notice_handed_over", 1),
        ("answer", 1),
        ("advance", 4),  # shortlist; weighed; on; the question to the leaders
        ("notice_handed_over", 3),
        ("answer", 3),
        ("advance", 2),  # no objection; the question to the Secretary General
        ("notice_handed_over", 1),
        ("answer", 1),
        ("advance", 3),  # decided; the letter is issued; the question to the candidate
        ("notice_handed_over", 1),
        ("answer", 1),
        ("advance", 2),  # accepted; tasks and regret letters
        ("notice_handed_over", 4),
        ("complete_task", 3),
        ("advance", 2),  # on to the end; the office is held
    ]
    assert world.faults() == []


def test_at_the_end_the_office_is_held_and_everybody_was_written_to(at: At) -> None:
    """One appointed person with a letter in two languages, one regret letter to each other."""
    world = at("done")
    case = world.the_case()
    letters = sorted((each.kind, each.language) for each in world.rows(Document))
    (held,) = [each for each in world.rows(Holding) if each.office == "director_bureau_abidjan"]
    assert (case.state, case.stage) == ("completed", "done")
    assert world.states()["Aalto"] == "appointed"
    assert held.person_id == world.candidacy("Aalto").person_id
    assert held.since.in_timezone("Europe/Paris").date() == case.entry_on_duty
    assert letters[:2] == [("appointment", "en"), ("appointment", "fr")]
    assert [kind for kind, _ in letters[2:]] == ["regret"] * 4
    assert world.unsent() == []


def test_each_outcome_cites_the_entry_that_closed_its_question(at: At) -> None:
    """The case goes on because of an entry on another chain, and says which."""
    from governance.record.chain import read

    world = at("done")
    closing = {each.closing_entry for each in world.questions("closed")}
    cited = {
        hash_ for entry in world.entries(f"case:{world.case}") for hash_ in read(entry)["cites"]
    }
    assert len(closing) == 4
    assert closing == cited
    assert closing <= {entry.hash for entry in world.entries()}


@pytest.mark.parametrize(
    "stage", ["call", "applications", "eligibility", "vetting", "decision", "acceptance", "done"]
)
def test_advancing_twice_is_a_no_op(at: At, stage: str) -> None:
    """A wake-up that comes twice, late or for nothing writes no entry and no row."""
    world = at(stage)
    before = len(world.entries()), world.the_case().model_dump()
    for _ in range(2):
        assert advance(world.house, world.case).steps == ()
    assert world.go_on() == []
    assert (len(world.entries()), world.the_case().model_dump()) == before


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
    _fail_until_stuck(world)
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
    _justify_if_asked(world)
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
        assert deadlines.passed(session, world.clock.now().add(years=1), 100) == [] or all(
            each.owner_id == world.open_question().id
            for each in deadlines.passed(session, world.clock.now().add(years=1), 100)
        )


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


# --- candidates ----------------------------------------------------------------------------


def test_too_few_candidates_extend_the_call_once(at: At) -> None:
    """A fortnight more, once; then whoever came is considered."""
    world = at("applications")
    world.do("hr", IMPORT, candidates_file(CANDIDATES[0]))
    world.pass_days(45)
    (deadline,) = world.rows(Deadline)
    assert (deadline.working["extended"], deadline.generation, deadline.is_open) == (1, 2, True)
    assert world.the_case().stage == "applications"
    world.do("hr", IMPORT, candidates_file(CANDIDATES[1]))
    world.pass_days(16)
    assert world.the_case().stage == "eligibility"


def test_nobody_eligible_means_a_new_call(at: At) -> None:
    """A new window opens; those who were judged do not count towards the new one."""
    world = at("applications")
    poor = [row(f"Poor{n}", "FIN", years=3, born=f"1980-01-0{n}") for n in range(1, 4)]
    world.do("hr", IMPORT, candidates_file(*poor))
    world.pass_days(45)
    world.do("hr", CONFIRM_ELIGIBILITY, Confirmed("Too little experience."))
    world.go_on()
    case = world.the_case()
    assert (case.stage, case.rounds["applications"]) == ("applications", 2)
    assert set(world.states().values()) == {"ineligible"}
    world.do("hr", IMPORT, candidates_file(CANDIDATES[0]))
    world.pass_days(45)
    assert world.rows(Deadline)[0].working["extended"] == 1
    world.pass_days(16)
    assert world.the_case().stage == "eligibility"
    assert world.states()["Aalto"] == "nominated"


def test_the_same_person_twice_is_refused_with_the_whole_file(at: At) -> None:
    """By address or by name and birth date, in one file or in two: nothing is half imported."""
    world = at("applications")
    world.do("hr", IMPORT, candidates_file(CANDIDATES[0]))
    same_name = row("AALTO", "FIN", email="other@candidates.example")
    for again in (CANDIDATES[0], CANDIDATES[0].upper().replace("FR:C1;EN:C1", "fr:C1"), same_name):
        with pytest.raises(Refused) as refusal:
            world.do("hr", IMPORT, candidates_file(CANDIDATES[1], again))
        assert refusal.value.reason is Reason.INPUT
    assert list(world.states()) == ["Aalto"]
    entries = b"".join(entry.body for entry in world.entries())
    assert b"Aalto" not in entries
    assert b"candidates.example" not in entries


def test_candidacies_are_not_taken_after_the_call(at: At) -> None:
    """Nor in the seconds between the deadline and the sweep."""
    world = at("applications")
    world.do("hr", IMPORT, candidates_file(*CANDIDATES[:3]))
    world.clock.advance(days=45)
    for _ in range(2):
        with pytest.raises(Refused) as refusal:
            world.do("hr", IMPORT, candidates_file(CANDIDATES[3]))
        assert rules_of(refusal.value) == {"window_for_candidacies"}
        world.go_on()
    assert world.the_case().stage == "eligibility"


def test_what_is_on_file_of_a_person_stands_and_what_is_not_is_filled_in(at: At) -> None:
    """A colleague who applies is judged by their own birth date, not by a missing one."""
    world = at("applications")
    world.do(
        "hr", IMPORT, candidates_file(row("Nobody", "FIN", email="nobody@organisation.example"))
    )
    candidacy = world.candidacy("Nobody")
    from governance.people.models import Person

    with world.reading() as session:
        person = session.get_one(Person, candidacy.person_id)
    assert (person.id, person.nationality, str(person.birth_date)) == (
        "nobody",
        "PER",
        "1975-06-14",
    )


def test_a_withdrawn_candidate_can_come_back_only_in_another_case(at: At) -> None:
    """Taking a candidacy back is final, and twice is out of turn."""
    world = at("vetting")
    out = Out(world.candidacy("Dube").id, "family reasons")
    world.do("hr", WITHDRAW_CANDIDACY, out)
    with pytest.raises(Refused) as refusal:
        world.do("hr", WITHDRAW_CANDIDACY, out)
    assert refusal.value.reason is Reason.TURN
    world.record_checks("satisfactory", "Aalto", "Boonmee", "Cherkaoui")
    world.go_on()
    assert world.the_case().stage == "selection"
    assert len(world.open_question().content["candidates"]) == 3


# --- vetting and the gate ------------------------------------------------------------------


def test_one_adverse_check_refuses_the_candidate_once_all_are_closed(at: At) -> None:
    """Nobody is refused while checks are open, nobody cleared with an adverse one."""
    world = at("vetting")
    world.record_checks("adverse", "Aalto", kinds=("misconduct",))
    assert world.states()["Aalto"] == "checks"
    world.record_checks("satisfactory")
    world.go_on()
    assert world.states()["Aalto"] == "refused"
    assert world.the_case().stage == "selection"
    assert world.candidacy("Aalto").id not in world.open_question().content["candidates"]


def test_nobody_cleared_means_a_new_call(at: At) -> None:
    """The case does not go to selection with nobody."""
    world = at("vetting")
    world.record_checks("adverse")
    world.go_on()
    assert world.the_case().rounds["applications"] == 2


def test_a_closed_check_stays_closed(at: At) -> None:
    """A result is recorded once; the second attempt names the check."""
    world = at("vetting")
    check = ((world.candidacy("Aalto").id, "identity"),)
    world.do("hr", RECORD_CHECKS, Recorded(check, "adverse", "passport office"))
    with pytest.raises(Refused) as refusal:
        world.do("hr", RECORD_CHECKS, Recorded(check, "satisfactory", "passport office"))
    assert rules_of(refusal.value) == {"check_is_open"}
    unknown = Recorded(((world.candidacy("Aalto").id, "horoscope"),), "adverse", "stars")
    with pytest.raises(Refused) as refusal:
        world.do("hr", RECORD_CHECKS, unknown)
    assert refusal.value.reason is Reason.MISSING


def test_checks_of_another_case_cannot_be_recorded_here(at: At) -> None:
    """A candidacy is looked for in the case that is open."""
    world = at("vetting")
    given = Recorded((("f" * 32, "identity"),), "satisfactory", "on file")
    with pytest.raises(Refused):
        world.do("hr", RECORD_CHECKS, given)
    with pytest.raises(Refused):
        world.do("hr", WITHDRAW_CANDIDACY, Out("f" * 32, ""))


def test_no_letter_leaves_before_every_check_is_closed_and_valid(at: At) -> None:
    """Even if the rows said chosen: open, adverse or expired checks stop the letter."""
    for column, value in (
        ("state", "ordered"),
        ("state", "adverse"),
        ("valid_until", "2026-12-01"),
    ):
        world = at("decision")
        with world.house.database.deciding() as session:
            wanted = col(Check.candidacy_id) == world.candidacy("Aalto").id
            check = session.exec(select(Check).where(wanted)).first()
            assert check is not None
            from datetime import date

            setattr(check, column, date.fromisoformat(value) if column != "state" else value)
        world.answer("sg", "appoint", "Aalto")
        _fail_until_stuck(world)
        assert world.rows(Document) == []
        assert world.the_case().stage == "letter"
        assert "open, adverse or out of date" in world.rows(Work)[0].stuck_because
        assert world.faults() == []


def test_a_reference_is_asked_once_and_only_while_somebody_is_vetted(at: At) -> None:
    """Not for who has withdrawn, not twice, and not in a case that has ended."""
    world = at("vetting")
    aalto, dube = world.candidacy("Aalto").id, world.candidacy("Dube").id
    world.do("hr", ASK_REFEREE, Referee(aalto, "Ada Referee", "ada@university.example"))
    with pytest.raises(Refused):
        world.do("hr", ASK_REFEREE, Referee(aalto, "Ada Referee", "ada@university.example"))
    world.do("hr", WITHDRAW_CANDIDACY, Out(dube, ""))
    with pytest.raises(Refused) as refusal:
        world.do("hr", ASK_REFEREE, Referee(dube, "Ada Referee", "ada@university.example"))
    assert rules_of(refusal.value) == {"check_is_open"}
    world.do("hr", WITHDRAW, Why("The post was cut."))
    boonmee = world.candidacy("Boonmee").id
    with pytest.raises(Refused) as refusal:
        world.do("hr", ASK_REFEREE, Referee(boonmee, "Ada Referee", "ada@university.example"))
    assert refusal.value.reason is Reason.TURN


def test_a_reference_that_came_is_judged_by_an_officer(at: At) -> None:
    """The referee's answer is information: the check is received, not passed."""
    world = at("vetting")
    aalto = world.candidacy("Aalto").id
    world.do("hr", ASK_REFEREE, Referee(aalto, "Ada Referee", "ada@university.example"))
    world.go_on()
    (invitation,) = world.invitations(world.open_question().id)
    actor = world.as_(invitation.person_id, Level.LINK, invitation.id)
    given = GivenAnswer("recommend", (), "An excellent colleague.")
    perform(world.house, actor, ANSWER, world.open_question().id, given)
    world.go_on()
    states = {each.state for each in world.rows(Check) if each.kind == "references"}
    assert states == {"received", "ordered"}
    world.record_checks("satisfactory")
    world.go_on()
    assert world.the_case().stage == "selection"


# --- balance -------------------------------------------------------------------------------


def test_an_adverse_balance_waits_for_a_justification(at: At) -> None:
    """Two nationals of one state among the directors: binding nobody, but not passed over."""
    world = at("selection")
    world.answer("panel", "shortlist", "Dube")
    world.go_on()
    case = world.the_case()
    assert case.stage == "representation"
    (findings,) = case.verdicts["representation:1"].values()
    assert {each["rule"]: each["outcome"] for each in findings} == {
        "distinct_countries": "fail",
        "distinct_regions": "fail",
    }
    with pytest.raises(Refused):
        world.do("hr", JUSTIFY, Justified("  "))
    world.do("hr", JUSTIFY, Justified("The best of the field by far."))
    world.go_on()
    assert world.the_case().stage == "consultation"


# --- ends ----------------------------------------------------------------------------------


def test_a_withdrawn_case_is_over_for_everybody(at: At) -> None:
    """Its questions, deadlines and unsent notices are withdrawn; nothing can be done in it."""
    world = at("selection")
    world.answer("panel", "shortlist", "Aalto", "Boonmee")
    world.go_on(mails=False)
    question = world.open_question()
    world.do("hr", WITHDRAW, Why("The post was cut from the budget."))
    world.clock.advance(days=30)
    assert world.go_on() == []
    assert world.the_case().state == "withdrawn"
    assert [each.id for each in world.questions("withdrawn")] == [question.id]
    assert not any(each.is_open for each in world.rows(Deadline))
    assert world.unsent() == []
    with pytest.raises(Refused) as refusal:
        world.do("legal", ANSWER, GivenAnswer("no_objection"), question.id)
    assert refusal.value.reason is Reason.TURN


@pytest.mark.parametrize("ended", ["withdrawn", "closed", "completed"])
def test_nothing_is_done_in_a_case_that_has_ended(at: At, ended: str) -> None:
    """Every act of an officer is out of turn, and refused aloud."""
    if ended == "completed":
        world = at("done")
    elif ended == "closed":
        world = at("selection")
        world.answer("panel", "none", text="Nobody fits.")
        world.go_on()
    else:
        world = at("vetting")
        world.do("hr", WITHDRAW, Why("Cut."))
    assert world.the_case().state == ended
    one = world.candidacy("Dube").id
    before = _without_refusals(world)
    for verb, given in (
        (CONFIRM_NEED, Need("job_description")),
        (IMPORT, candidates_file(row("Late", "FIN"))),
        (CONFIRM_ELIGIBILITY, Confirmed()),
        (RECORD_CHECKS, Recorded(((one, "identity"),), "satisfactory", "x")),
        (ASK_REFEREE, Referee(one, "Ada Referee", "ada@university.example")),
        (JUSTIFY, Justified("because")),
        (COMPLETE_TASK, Done("travel")),
        (WITHDRAW_CANDIDACY, Out(one, "")),
        (WITHDRAW, Why("again")),
    ):
        with pytest.raises(Refused) as refusal:
            world.do("hr", verb, given)
        assert refusal.value.reason is Reason.TURN, verb.kind
    assert _without_refusals(world) == before


def test_a_case_is_not_withdrawn_without_a_reason(at: At) -> None:
    """The reason is sealed in the file; an empty one is refused."""
    world = at("call")
    with pytest.raises(Refused, match="without a reason"):
        world.do("hr", WITHDRAW, Why(" "))
    assert world.the_case().state == "running"


@pytest.mark.parametrize(
    ("launch", "rules"),
    [
        (Launch("nonsense", "nonsense"), {"known_post", "known_procedure"}),
        (Launch(PROCEDURE, "nonsense"), {"known_post"}),
    ],
)
def test_a_launch_of_what_is_unknown_names_what_is_known(
    at: At, launch: Launch, rules: set[str]
) -> None:
    """Both faults at once, with what the rulebook has."""
    world = at("nothing")
    with pytest.raises(Refused) as refusal:
        perform(world.house, world.as_("hr"), LAUNCH, None, launch)
    assert rules_of(refusal.value) == rules
    assert POST in str(refusal.value)


def test_a_launch_finds_what_would_stop_the_case_later(at: At) -> None:
    """A vacant office and a day in the past are told at once, together."""
    world = at("nothing")
    with world.house.database.deciding() as session:
        for held in session.exec(select(Holding).where(col(Holding.person_id).in_(LEADERS))):
            held.until = world.clock.now()
    launch = Launch(PROCEDURE, POST, world.clock.now().date())
    with pytest.raises(Refused) as refusal:
        perform(world.house, world.as_("hr"), LAUNCH, None, launch)
    assert rules_of(refusal.value) == {"every_office_asked_has_a_holder", "wanted_date_is_ahead"}
    assert "legal_adviser" in str(refusal.value)


def test_a_task_is_done_once(at: At) -> None:
    """The second time it is not open any more, and an unknown one never was."""
    world = at("entry_on_duty")
    world.do("hr", COMPLETE_TASK, Done("oath"))
    for task in ("oath", "dance"):
        with pytest.raises(Refused) as refusal:
            world.do("hr", COMPLETE_TASK, Done(task))
        assert rules_of(refusal.value) == {"task_is_open"}
    assert [each.key for each in world.rows(Task) if each.done_at] == ["oath"]


# --- what cannot go on ---------------------------------------------------------------------


def _fail_until_stuck(world: World, most: int = 12) -> int:
    """Let flows try, each time a little later; how many tries there were."""
    tries = 0
    for _ in range(most):
        for due in app.claim_due(world.house, 50):
            tries += 1
            try:
                app.advance_one(world.house, due)
            except Exception as error:  # noqa: BLE001 -- as flows do
                app.could_not(world.house, due, error)
        world.clock.advance(minutes=10)
    return tries


def test_a_poison_case_leaves_the_queue_after_five_tries(at: At) -> None:
    """It says why on the operators' page, and the next act on it puts it back."""
    world = at("consultation")
    with world.house.database.deciding() as session:
        (held,) = session.exec(select(Holding).where(col(Holding.person_id) == "sg"))
        held.until = world.clock.now()
    for leader in LEADERS:
        world.answer(leader, "no_objection")
    assert _fail_until_stuck(world) == 5
    (work,) = world.rows(Work)
    assert "nobody holds the office 'secretary_general'" in work.stuck_because
    assert app.claim_due(world.house, 50) == []
    with world.house.database.deciding() as session:
        session.add(Holding(office="secretary_general", person_id="nobody", since=held.since))
    world.do("hr", WITHDRAW_CANDIDACY, Out(world.candidacy("Dube").id, ""))
    world.go_on()
    assert world.the_case().stage == "decision"


def test_a_poison_deadline_keeps_nobody_else_waiting(at: At) -> None:
    """Of two deadlines that have passed, the one that fails does not stop the other."""
    world = at("applications")
    world.do("hr", IMPORT, candidates_file(*CANDIDATES))
    world.go_on()
    with world.house.database.deciding() as session:
        session.add(
            Deadline(
                owner_kind="case",
                owner_id="no such case",
                event="close_of_applications",
                due_at=world.clock.now().add(days=1),
            )
        )
    world.clock.advance(days=45)
    assert len(app.sweep_deadlines(world.house, 100)) == 2
    for due in app.claim_due(world.house, 50):
        app.advance_one(world.house, due)
    assert world.the_case().stage == "eligibility"


def test_a_deadline_that_was_moved_is_left_alone(at: At) -> None:
    """A sweep that saw an older generation, or comes early, does nothing."""
    from governance.access.actor import CLOCK
    from governance.consultation.timing import DEADLINE_PASSED, Passed

    world = at("decision")
    question, before = world.open_question(), len(world.entries())
    for given in (Passed("close", 7), Passed("close", 1), Passed("nonsense", 1)):
        assert perform(world.house, CLOCK, DEADLINE_PASSED, question.id, given) is None
    assert len(world.entries()) == before


def _without_refusals(world: World) -> tuple[list[str], dict[str, str], list[Candidacy]]:
    kept = [kind for kind in world.the_trail() if not kind.endswith(":refused")]
    return kept, world.states(), [each.model_dump() for each in world.rows(Candidacy)]


def _justify_if_asked(world: World) -> None:
    if world.the_case().stage == "representation":
        world.do("hr", JUSTIFY, Justified("The best of the field."))
        world.go_on()


def test_an_empty_file_is_refused_and_changes_nothing(at: At) -> None:
    """What cannot be read is told as such."""
    world = at("applications")
    for content in (b"", b"\xff\xfe\x00", b"family_name\nX"):
        with pytest.raises(Refused) as refusal:
            world.do("hr", IMPORT, CandidateFile(content))
        assert refusal.value.reason is Reason.INPUT
    assert world.states() == {}
