"""Several runs and many people at the same time: the case comes to where one run would bring it."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlmodel import col, select

from governance import app
from governance.acts import perform
from governance.appointments.models import Document
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation
from governance.record import chain, deadlines
from governance.record.models import Entry, Outbox, Work
from governance.refusals import Refused
from tests.acts.conftest import At
from tests.acts.world import LEADERS, World

RUNS = 4


def _run(world: World, gate: threading.Barrier) -> None:
    gate.wait(20)
    for _ in range(6):
        app.begin_turn(world.house)
        app.sweep_deadlines(world.house, 100)
        for due in app.claim_due(world.house, 50):
            app.advance_one(world.house, due)
        for parcel in app.claim_letters(world.house, 50):
            with world.reading() as session:
                notice = session.get_one(Outbox, parcel.key)
            app.HANDED_OVER[notice.subject_kind](world.house, notice)


def _answer(world: World, person: str, position: str, gate: threading.Barrier) -> bool:
    gate.wait(20)
    for question in world.questions():
        try:
            perform(world.house, world.as_(person), ANSWER, question.id, GivenAnswer(position))
        except Refused:
            return False
    return True


def test_runs_that_race_bring_a_case_to_the_same_place(at: At) -> None:
    """Each question put once, each letter issued once, each notice handed over once."""
    world = at("consultation")
    gate = threading.Barrier(RUNS + len(LEADERS))
    with ThreadPoolExecutor(RUNS + len(LEADERS)) as pool:
        answers = [pool.submit(_answer, world, leader, "no_objection", gate) for leader in LEADERS]
        runs = [pool.submit(_run, world, gate) for _ in range(RUNS)]
        assert all(each.result(60) for each in answers)
        for each in runs:
            each.result(60)
    world.go_on()
    assert world.the_case().stage == "decision"
    world.answer("sg", "appoint", "Aalto")
    again = threading.Barrier(RUNS)
    with ThreadPoolExecutor(RUNS) as pool:
        for each in [pool.submit(_run, world, again) for _ in range(RUNS)]:
            each.result(60)
    world.go_on()
    told = Counter(world.the_trail())
    letters = Counter((each.kind, each.language) for each in world.rows(Document))
    assert letters == {("appointment", "en"): 1, ("appointment", "fr"): 1}
    assert told["consultation:notice_handed_over"] == len(
        [each for each in world.rows(Outbox) if each.subject_kind == "consultation"]
    )
    assert told["consultation:answer"] == 5
    assert [each.stuck_because for each in world.rows(Work)] == [None]
    assert world.faults() == []


def test_a_deadline_swept_by_several_runs_closes_once(at: At) -> None:
    """One entry says that time was over, whoever came first."""
    world = at("consultation")
    question = world.open_question().id
    world.clock.advance(days=30)
    gate = threading.Barrier(RUNS)
    with ThreadPoolExecutor(RUNS) as pool:
        for each in [pool.submit(_run, world, gate) for _ in range(RUNS)]:
            each.result(60)
    world.go_on()
    told = [
        chain.read(each)["facts"]
        for each in world.rows(Entry)
        if each.kind == "consultation:deadline_passed" and question in each.chain
    ]
    assert len([each for each in told if "outcome" in each]) == 1  # a reminder is another matter
    assert world.the_case().stage == "decision"
    with world.reading() as session:
        put = list(
            session.exec(select(Consultation).where(col(Consultation.step_key) == "decision"))
        )
        assert len(put) == 1
        assert deadlines.passed(session, world.clock.now(), 10) == []
    assert world.faults() == []
