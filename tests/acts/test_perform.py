"""The one door: whole acts or none, in turn, with their entry, whatever happens meanwhile."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from governance.access.actor import CLOCK
from governance.acts import Moment, Verb, Written, perform
from governance.appointments.launching import CONFIRM_NEED, LAUNCH, WITHDRAW, Launch, Need, Why
from governance.appointments.models import Case
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.people.models import Person
from governance.record import chain
from governance.record.models import Outbox, Sealed, Work
from governance.record.outbox import Notice
from governance.refusals import Reason, Refused, refuse
from tests.acts.conftest import At
from tests.acts.world import POST, PROCEDURE, World

WRITERS = 16


def _anybody(_: Moment, __: object, ___: object) -> str:
    return "test"


def note(text: str, then: Callable[[], object] = lambda: None) -> Verb[Case, None]:
    """An act that seals a text, owes, tells and changes a row, and does something at the end."""

    def body(moment: Moment, case: Case | None, _: None) -> Written[Case]:
        assert case is not None
        sealed = moment.seal(f"case:{case.id}", text)
        case.needs = {**case.needs, text: {"at": moment.now.isoformat()}}
        moment.owe("case", case.id)
        moment.tell(("case", case.id), Notice(f"note:{text}", "hr", "acknowledgement"))
        moment.session.flush()
        then()
        return Written({"note": sealed}, case)

    return Verb("case:justify", Case, "case", _anybody, body)


def _everything(world: World) -> dict[str, Any]:
    """All that an act can change, apart from the entries."""
    case = world.the_case()
    return {
        "case": case.model_dump(),
        "work": sorted((each.id, each.due_seq, each.done_seq) for each in world.rows(Work)),
        "outbox": sorted(each.key for each in world.rows(Outbox)),
        "sealed": len(world.rows(Sealed)),
        "questions": [each.state for each in world.questions()],
    }


def test_an_act_leaves_one_entry_that_says_who_and_by_which_authority(at: At) -> None:
    """The entry names the actor, the door, the level, the authority and the facts."""
    world = at("call")
    before = len(world.entries())
    receipt = world.do("hr", CONFIRM_NEED, Need("job_description"))
    (entry,) = world.entries()[before:]
    body = chain.read(entry)
    assert (body["actor"], body["via"], body["level"]) == ("hr", "web", "session")
    assert body["authority"] == "role:hr_officer"
    assert body["facts"] == {"need": "job_description"}
    assert (entry.hash, entry.kind) == (receipt.entry, "case:confirm_need")
    assert "job_description" in world.the_case().needs


def test_a_refused_act_changes_nothing_and_is_recorded_by_rule_and_pattern(at: At) -> None:
    """The refusal is an entry without a personal fact; rows, work and outbox stay as they were."""
    world = at("call")
    before, rows = len(world.entries()), _everything(world)
    with pytest.raises(Refused) as refusal:
        world.do("hr", CONFIRM_NEED, Need("Anna Secretname"))
    (entry,) = world.entries()[before:]
    (found,) = chain.read(entry)["rules"]
    assert "Anna Secretname" in str(refusal.value)
    assert (entry.kind, found["rule"]) == ("case:confirm_need:refused", "need_is_the_stages")
    assert found["pattern"] == '"{need}" is not needed at this stage'
    assert b"Secretname" not in entry.body
    assert _everything(world) == rows
    assert world.faults() == []


def test_a_refusal_after_rows_were_written_takes_them_back(at: At) -> None:
    """A rule that is asked last undoes what was written before it."""
    world = at("call")
    rows = _everything(world)

    def too_late() -> None:
        raise refuse("not so", rule="asked_last")

    with pytest.raises(Refused):
        perform(world.house, world.as_("hr"), note("x", too_late), world.case, None)
    assert _everything(world) == rows
    assert world.the_trail()[-1] == "case:justify:refused"


def test_an_act_that_crashes_leaves_nothing(at: At) -> None:
    """An exception after rows were written leaves no row, no entry, and the door open."""
    world = at("call")
    before, rows = len(world.entries()), _everything(world)

    def crash() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        perform(world.house, world.as_("hr"), note("x", crash), world.case, None)
    assert (len(world.entries()), _everything(world)) == (before, rows)
    world.do("hr", CONFIRM_NEED, Need("job_description"))
    assert world.faults() == []


def test_an_act_with_nothing_to_do_changes_nothing_either(at: At) -> None:
    """A body that finds nothing to do leaves no entry, and what it touched is not kept."""
    world = at("call")

    def body(moment: Moment, case: Case | None, _: None) -> None:
        assert case is not None
        case.needs = {"touched": {}}
        moment.session.flush()

    nothing: Verb[Case, None] = Verb("case:justify", Case, "case", _anybody, body)
    before, rows = len(world.entries()), _everything(world)
    assert perform(world.house, CLOCK, nothing, world.case, None) is None
    assert (len(world.entries()), _everything(world)) == (before, rows)


def test_an_act_outside_the_vocabulary_is_not_written(at: At) -> None:
    """What the record has no word for does not happen."""
    world = at("call")

    def body(_: Moment, case: Case | None, __: None) -> Written[Case]:
        return Written({}, case)

    strange: Verb[Case, None] = Verb("case:bewitch", Case, "case", _anybody, body)
    with pytest.raises(ValueError, match="vocabulary"):
        perform(world.house, CLOCK, strange, world.case, None)


def test_an_act_on_what_does_not_exist_is_refused_in_words(at: At) -> None:
    """An unknown subject is a refusal, not a crash, and opens no chain."""
    world = at("nothing")
    before = len(world.entries())
    with pytest.raises(Refused, match="no such case") as refusal:
        world.do("hr", WITHDRAW, Why("because"), "0" * 32)
    assert refusal.value.reason is Reason.MISSING
    assert len(world.entries()) == before


def test_somebody_is_woken_after_the_commit_and_never_for_a_refusal(at: At) -> None:
    """Whoever is woken already sees the act; a refusal, a crash and a no-op wake nobody."""
    world = at("call")
    seen: list[list[str]] = []
    object.__setattr__(world.house, "wake", lambda: seen.append(world.the_trail()))
    world.do("hr", CONFIRM_NEED, Need("job_description"))
    with pytest.raises(Refused):
        world.do("hr", CONFIRM_NEED, Need("nonsense"))
    with pytest.raises(ZeroDivisionError):
        perform(world.house, CLOCK, note("x", lambda: 1 // 0), world.case, None)
    assert [trail[-1] for trail in seen] == ["case:confirm_need"]


def test_the_time_is_taken_after_the_lock(at: At) -> None:
    """An act that had to wait for another bears the later time."""
    world = at("call")
    inside, go = threading.Event(), threading.Event()

    def hold() -> None:
        inside.set()
        assert go.wait(10)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(perform, world.house, CLOCK, note("first", hold), world.case, None)
        assert inside.wait(10)
        second = pool.submit(perform, world.house, CLOCK, note("second"), world.case, None)
        while not second.running():
            pass
        world.clock.advance(hours=1)
        go.set()
        one, two = first.result(10), second.result(10)
    assert one is not None
    assert two is not None
    assert (two.at - one.at).total_hours() == 1
    assert world.faults() == []


# --- many at once --------------------------------------------------------------------------


def _at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """All jobs begin together; what each gave, or the refusal that it met."""
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        gate.wait(20)
        try:
            return job()
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_sixteen_writers_on_one_case_lose_nothing(at: At) -> None:
    """Every act has its entry, in one unbroken chain, and everything they owe is counted."""
    world = at("call")
    before = len(world.entries(f"case:{world.case}"))
    due = world.rows(Work)[0].due_seq
    each = 4

    def job(number: int) -> Callable[[], object]:
        def write() -> None:
            for turn in range(each):
                perform(world.house, CLOCK, note(f"{number}-{turn}"), world.case, None)

        return write

    _at_once([job(number) for number in range(WRITERS)])
    assert len(world.entries(f"case:{world.case}")) == before + WRITERS * each
    assert len(world.the_case().needs) == WRITERS * each
    assert world.rows(Work)[0].due_seq == due + WRITERS * each
    assert world.faults() == []


def test_sixteen_writers_on_several_cases_do_not_wait_for_each_other_for_ever(at: At) -> None:
    """Acts on cases and their questions, crosswise: no deadlock, no lost entry."""
    world = at("consultation")
    question = world.open_question()
    with world.house.database.deciding() as session:
        others = [
            Case(**{**world.the_case().model_dump(), "id": f"c{n}", "reference": f"R{n}"})
            for n in range(3)
        ]
        session.add_all(others)
    before = Counter(entry.chain for entry in world.entries())
    cases = [world.case, *(each.id for each in others)]
    jobs: list[Callable[[], object]] = [
        (lambda n=n: perform(world.house, CLOCK, note(f"n{n}"), cases[n % 4], None))
        for n in range(WRITERS - 4)
    ]
    jobs += [
        lambda who=who: perform(
            world.house, world.as_(who), ANSWER, question.id, GivenAnswer("no_objection")
        )
        for who in ("legal", "regions", "staff")
    ]
    jobs.append(
        lambda: perform(world.house, world.as_("hr"), WITHDRAW, cases[0], Why("no longer needed"))
    )
    came = _at_once(jobs)
    after = Counter(entry.chain for entry in world.entries())
    assert sum((after - before).values()) == WRITERS
    assert all(isinstance(each, Refused) or each is not None for each in came)
    assert world.faults() == []


def test_twenty_final_answers_at_once_give_exactly_one_outcome(at: At) -> None:
    """One decision stands; nineteen are refused, and each refusal is on the record."""
    world = at("decision")
    question = world.open_question()
    names = ("Aalto", "Boonmee")
    chosen = [world.candidacy(name).id for name in names]
    sg = world.as_("sg")
    came = _at_once(
        [
            (
                lambda n=n: perform(
                    world.house, sg, ANSWER, question.id, GivenAnswer("appoint", (chosen[n % 2],))
                )
            )
            for n in range(20)
        ]
    )
    stood = [each for each in came if not isinstance(each, Refused)]
    kinds = Counter(world.kinds(f"consultation:{question.id}"))
    (closed,) = [each for each in world.questions("closed") if each.id == question.id]
    assert len(stood) == 1
    assert closed.outcome is not None
    assert closed.outcome["chosen"] == stood[0].facts["chosen"]  # type: ignore[attr-defined]
    assert (kinds["consultation:answer"], kinds["consultation:answer:refused"]) == (1, 19)
    assert world.faults() == []


def test_a_post_launched_by_many_at_once_is_filled_by_one_case(at: At) -> None:
    """One launch stands, the others are told which case fills the post; numbers have no gap."""
    world = at("nothing")
    hr = world.as_("hr")
    launch = Launch(PROCEDURE, POST)
    came = _at_once([lambda: perform(world.house, hr, LAUNCH, None, launch) for _ in range(8)])
    refused = [each for each in came if isinstance(each, Refused)]
    assert [case.reference for case in world.rows(Case)] == ["INT-2026-0001"]
    assert len(refused) == 7
    assert {each.findings[0].rule for each in refused} == {"post_is_not_being_filled"}


def test_nobody_but_the_clock_does_what_the_clock_does(at: At) -> None:
    """People cannot make a case go on, nor say that a notice was delivered."""
    from governance.appointments.advance import ADVANCE

    world = at("call")
    with pytest.raises(Refused) as refusal:
        world.do("hr", ADVANCE, None)
    assert refusal.value.reason is Reason.AUTHORITY
    assert world.the_trail()[-1] == "case:advance:refused"


def test_a_reading_session_cannot_write(at: At) -> None:
    """What a page reads with changes nothing, refused by the database itself."""
    world = at("nothing")
    with world.reading() as session:
        session.add(Person(family_name="X", email="x@x.example"))
        with pytest.raises(Exception, match=r"(?i)read.?only"):
            session.flush()
