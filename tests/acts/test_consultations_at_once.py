"""Many at once, and in any order: one outcome, and what must hold against a short model."""

from __future__ import annotations

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from governance.acts import perform
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.changing import CHANGE, Change
from governance.consultation.ending import CLOSE, Closing
from governance.consultation.extending import EXTEND, MoreTime
from governance.consultation.models import FOR_EVER, Answer, BallotPaper
from governance.consultation.pausing import PAUSE, RESUME, RunOn, Stop
from governance.consultation.taking_back import TAKE_BACK, BackAgain
from governance.record.models import Work
from governance.refusals import Refused
from governance.rulebook.parts import Period
from tests.acts.asking import Desk, a_desk, a_rule

pytestmark = pytest.mark.slow

WINDOW = {"hours": 10, "on_late": "fail", "pause": {"at_most": {"hours": 4}, "times": 3}}


def _try(desk: Desk, person: str, position: str) -> bool:
    try:
        perform(desk.house, desk.as_(person), ANSWER, desk.question, GivenAnswer(position))
    except Refused:
        return False
    return True


@pytest.mark.parametrize("secrecy", ["open", FOR_EVER])
def test_twenty_final_answers_at_once_give_one_outcome(
    database_url: str, tmp_path: Path, secrecy: str
) -> None:
    """Whoever comes first, everybody is counted once, and the question closes once."""
    desk = a_desk(database_url, tmp_path, 20)
    desk.put(a_rule(early_close=False, within=WINDOW), secrecy=secrecy)
    with ThreadPoolExecutor(20) as pool:
        given = list(pool.map(lambda each: _try(desk, each, "yes"), desk.people))
    assert all(given)
    outcome = desk.now().outcome
    assert outcome is not None
    assert outcome["numbers"]["counts"]["yes"] == 20
    assert [each.due_seq for each in desk.rows(Work)] == [1]
    assert desk.faults() == []
    desk.house.database.dispose()


def test_one_person_who_answers_twenty_times_at_once_is_counted_once(
    database_url: str, tmp_path: Path
) -> None:
    """A double click, or two tabs: one answer stands, nineteen are refused."""
    desk = a_desk(database_url, tmp_path, 2)
    desk.put(a_rule(within=WINDOW))
    with ThreadPoolExecutor(20) as pool:
        given = list(pool.map(lambda _: _try(desk, "p000", "yes"), range(20)))
    assert given.count(True) == 1
    assert len(desk.rows(Answer)) == 1
    desk.house.database.dispose()


class AnyOrder(RuleBasedStateMachine):
    """Answers, takings back, changes, extensions, pauses, hours that pass, a close by hand.

    The model knows who has an answer that counts, when the time ends, and nothing of rows.
    """

    template: Path

    @initialize(secret=st.booleans())
    def put(self, secret: bool) -> None:
        """A question to five people, with ten hours, by majority of all that were cast."""
        self.folder = Path(tempfile.mkdtemp(prefix="mandate-any-"))
        path = shutil.copy(self.template, self.folder / "any.db")
        self.desk: Desk = a_desk(f"sqlite:///{path}", self.folder, 5)
        law = a_rule(within=WINDOW, early_close=False)
        self.secret = secret
        if not secret:
            law |= {"may_change": True, "undo_minutes": 30}
        self.desk.put(law, secrecy=FOR_EVER if secret else "open", content={"title": "0"})
        self.said: dict[str, str] = {}
        self.at: dict[str, Any] = {}
        self.ends = self.desk.clock.now().add(hours=10)
        self.paused: Any = None
        self.limit: Any = None
        self.pauses = self.changes = 0

    @property
    def open(self) -> bool:
        """Whether the question is open."""
        return self.desk.now().state == "open"

    @property
    def late(self) -> bool:
        """Whether the time is over by the model."""
        return self.paused is None and self.desk.clock.now() >= self.ends

    def allowed(self, act: Any, *, expected: bool) -> bool:
        """Try an act; it is refused exactly where the model says so."""
        refused: Refused | None = None
        try:
            act()
        except Refused as refusal:
            refused = refusal
        assert (refused is None) is expected, str(refused)
        return refused is None

    @precondition(lambda self: self.open)
    @rule(who=st.integers(0, 4), position=st.sampled_from(("yes", "no", "abstain")))
    def answer(self, who: int, position: str) -> None:
        """Somebody answers, again or for the first time."""
        person = self.desk.people[who]
        again = person in self.said and self.secret
        act = lambda: self.desk.answer(person, position)  # noqa: E731
        if self.allowed(act, expected=not again and not self.late):
            self.said[person], self.at[person] = position, self.desk.clock.now()

    @precondition(lambda self: self.open and not self.secret)
    @rule(who=st.integers(0, 4))
    def take_back(self, who: int) -> None:
        """Somebody takes their answer back."""
        person = self.desk.people[who]
        now = self.desk.clock.now()
        until = min(self.at[person].add(minutes=30), self.ends) if person in self.said else None
        if self.paused is not None and until is not None:
            until = self.at[person].add(minutes=30)
        act = lambda: self.desk.do(person, TAKE_BACK, BackAgain())  # noqa: E731
        if self.allowed(act, expected=until is not None and now < until):
            del self.said[person]

    @precondition(lambda self: self.open)
    @rule(kind=st.sampled_from(("editorial", "substantive")))
    def change(self, kind: str) -> None:
        """The content changes; in substance, nobody has answered it yet."""
        if self.secret and kind == "substantive":
            return
        self.changes += 1
        self.desk.do("asker", CHANGE, Change(kind, {"title": str(self.changes)}, "Why."))
        if kind == "substantive":
            self.said.clear()

    @precondition(lambda self: self.open)
    @rule(hours=st.integers(1, 3))
    def extend(self, hours: int) -> None:
        """Everybody has some hours more."""
        by = Period.model_validate({"hours": hours})
        later = self.ends.add(hours=hours) > max(self.ends, self.desk.clock.now())
        act = lambda: self.desk.do("asker", EXTEND, MoreTime("Why.", by))  # noqa: E731
        if self.allowed(act, expected=later):
            self.ends = self.ends.add(hours=hours)

    @precondition(lambda self: self.open)
    @rule()
    def pause(self) -> None:
        """The clock stands still for four hours at most, three times at most."""
        act = lambda: self.desk.do("asker", PAUSE, Stop("Why."))  # noqa: E731
        if self.allowed(act, expected=self.paused is None and self.pauses < 3):
            self.pauses += 1
            self.paused = self.desk.clock.now()
            self.limit = self.paused.add(hours=4)

    @precondition(lambda self: self.open)
    @rule()
    def resume(self) -> None:
        """The clock runs on."""
        act = lambda: self.desk.do("asker", RESUME, RunOn())  # noqa: E731
        if self.allowed(act, expected=self.paused is not None):
            self._run_on()

    @precondition(lambda self: self.open)
    @rule(minutes=st.sampled_from((5, 29, 61, 187, 400)))
    def wait(self, minutes: int) -> None:
        """Time passes, and the clock acts."""
        self.desk.clock.advance(minutes=minutes)
        self.desk.sweep()
        if self.paused is not None and self.desk.clock.now() >= self.limit:
            self._run_on()
            self.desk.sweep()

    @precondition(lambda self: self.open)
    @rule()
    def close(self) -> None:
        """The asker closes by hand, where nobody has time any more."""
        expected = self.desk.clock.now() >= self.ends
        self.allowed(lambda: self.desk.do("asker", CLOSE, Closing()), expected=expected)

    @precondition(lambda self: not self.open)
    @rule(who=st.integers(0, 4), position=st.sampled_from(("yes", "no", "abstain")))
    def answer_too_late(self, who: int, position: str) -> None:
        """What is closed takes no answer more."""
        self.allowed(lambda: self.desk.answer(self.desk.people[who], position), expected=False)

    def _run_on(self) -> None:
        if self.ends > self.paused:
            self.ends += self.desk.clock.now() - self.paused
        self.paused = None

    @invariant()
    def what_must_hold(self) -> None:
        """The record holds; votes are those of the model; a closed question has an outcome."""
        if not hasattr(self, "desk"):
            return
        assert self.desk.faults() == []
        if self.secret:
            papers = sorted(each.choice["position"] for each in self.desk.rows(BallotPaper))
            assert papers == sorted(self.said.values())
        now = self.desk.now()
        if now.state != "closed":
            return
        assert now.outcome is not None
        counts = now.outcome["numbers"]["counts"]
        for position in ("yes", "no", "abstain"):
            assert counts[position] == list(self.said.values()).count(position)
        yes, no = counts["yes"], counts["no"]
        assert (now.outcome["result"] == "carried") == (yes > no)

    def teardown(self) -> None:
        """Nothing is left."""
        if hasattr(self, "desk"):
            self.desk.house.database.dispose()
            shutil.rmtree(self.folder, ignore_errors=True)


def test_whatever_is_tried_in_whatever_order_the_model_holds(migrated_file: Path) -> None:
    """Random acts on a question are allowed, refused and counted as a short model says."""
    AnyOrder.template = migrated_file
    machine: Any = AnyOrder
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
