"""A case from launch to entry on duty, its ends, and what keeps it from going on."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import pytest
from sqlmodel import col, select

from governance import app
from governance.acts import perform
from governance.appointments.advance import advance
from governance.appointments.candidates import IMPORT, WITHDRAW_CANDIDACY, Out
from governance.appointments.checks.recording import RECORD_CHECKS, Recorded
from governance.appointments.launching import CONFIRM_NEED, LAUNCH, WITHDRAW, Launch, Need, Why
from governance.appointments.models import Candidacy, Case, Document, Task
from governance.appointments.referees import ASK_REFEREE, Referee
from governance.appointments.vetting import (
    COMPLETE_TASK,
    CONFIRM_ELIGIBILITY,
    JUSTIFY,
    Confirmed,
    Done,
    Justified,
)
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.people.models import Holding
from governance.record.models import Deadline, Work
from governance.refusals import Reason, Refused
from tests.acts.conftest import At
from tests.acts.trying import fail_until_stuck, rules_of
from tests.acts.world import (
    CANDIDATES,
    LEADERS,
    POST,
    PROCEDURE,
    World,
    candidates_file,
    row,
)

pytestmark = pytest.mark.slow

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


def test_whoever_held_the_office_holds_it_until_the_successor_enters_on_duty(at: At) -> None:
    """No gap and no two holders, whatever day the letter named."""
    world = at("entry_on_duty")
    office = "director_bureau_abidjan"
    with world.house.database.deciding() as session:
        since = world.clock.now().subtract(years=3)
        session.add(Holding(office=office, person_id="nobody", since=since))
    for task in world.rows(Task):
        world.do("hr", COMPLETE_TASK, Done(task.key))
    world.go_on()
    held = {each.person_id: each for each in world.rows(Holding) if each.office == office}
    successor = held[world.candidacy("Aalto").person_id]
    assert held["nobody"].until == successor.since
    assert successor.until is None


def test_the_day_that_was_wanted_at_launch_is_that_of_letter_and_office(at: At) -> None:
    """What the letter says is what comes about."""
    world = at("decision")
    wanted = date(2027, 6, 1)
    with world.house.database.deciding() as session:
        session.get_one(Case, world.case).wanted_on = wanted
    world.answer("sg", "appoint", "Aalto")
    world.go_on()
    assert all(
        "June 2027" in each.html or "juin 2027" in each.html for each in world.rows(Document)
    )
    world.answer_by_link("accept")
    world.go_on()
    assert world.the_case().entry_on_duty == wanted


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


def _without_refusals(world: World) -> tuple[list[str], dict[str, str], list[Candidacy]]:
    kept = [kind for kind in world.the_trail() if not kind.endswith(":refused")]
    return kept, world.states(), [each.model_dump() for each in world.rows(Candidacy)]


# --- what cannot go on ---------------------------------------------------------------------


def test_a_poison_case_leaves_the_queue_after_five_tries(at: At) -> None:
    """It says why on the operators' page, and the next act on it puts it back."""
    world = at("consultation")
    with world.house.database.deciding() as session:
        (held,) = session.exec(select(Holding).where(col(Holding.person_id) == "sg"))
        held.until = world.clock.now()
    for leader in LEADERS:
        world.answer(leader, "no_objection")
    assert fail_until_stuck(world) == 5
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
