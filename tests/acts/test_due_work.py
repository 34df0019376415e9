"""Due work is counted, one run wakes for many, and nothing is lost between them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance import app
from governance.database import Database
from governance.record import work
from governance.record.models import Wakeup, Work
from tests.acts.conftest import At
from tests.acts.world import World


def _ask_at_once(world: World, many: int) -> list[int]:
    with ThreadPoolExecutor(many) as pool:
        turns = pool.map(lambda _: app.take_turn(world.house), range(many))
        return [turn for turn in turns if turn is not None]


def test_of_many_who_ask_one_asks_for_a_run(at: At) -> None:
    """Fifty answers at once ask for one run; whoever asks while it runs, for the next."""
    world = at("nothing")
    (first,) = _ask_at_once(world, 16)
    assert app.begin_turn(world.house) == first + 1
    (second,) = _ask_at_once(world, 16)
    assert second == first + 1
    assert _ask_at_once(world, 4) == []


def test_what_is_owed_while_it_is_worked_on_stays_due(at: At) -> None:
    """A run settles what it had counted, not what came meanwhile."""
    world = at("nothing")
    _owe(world.house.database, "case", "a")
    (seen,) = _claim(world)
    _owe(world.house.database, "case", "a")
    _settle(world, seen)
    (again,) = _claim(world)
    assert (seen.due_seq, again.due_seq) == (1, 2)
    _settle(world, again)
    assert _claim(world) == []


def test_a_run_that_comes_late_undoes_nothing(at: At) -> None:
    """A run that was thought dead settles less than has been done: it stays done."""
    world = at("nothing")
    _owe(world.house.database, "case", "a")
    (slow,) = _claim(world)
    world.clock.advance(minutes=5)
    _owe(world.house.database, "case", "a")
    (quick,) = _claim(world)
    _settle(world, quick)
    _settle(world, slow)
    assert _claim(world) == []


def test_what_is_leased_is_not_claimed_by_another(at: At) -> None:
    """Until the lease is over: then a run that died has left nothing undone."""
    world = at("nothing")
    for name in "abcdef":
        _owe(world.house.database, "case", name)
    with ThreadPoolExecutor(6) as pool:
        claimed = [each for some in pool.map(lambda _: _claim(world), range(6)) for each in some]
    assert sorted(each.id for each in claimed) == list("abcdef")
    assert _claim(world) == []
    world.clock.advance(seconds=work.LEASE_SECONDS + 1)
    assert len(_claim(world)) == 6


def test_a_failed_try_waits_longer_each_time(at: At) -> None:
    """The fifth failure takes it out of the queue, with its reason; a new act puts it back."""
    world = at("nothing")
    _owe(world.house.database, "case", "a")
    for seconds in (5, 15, 45, 135):
        (due,) = _claim(world)
        app.could_not(world.house, app.Due("case", "a", due.due_seq, "a"), ValueError("no holder"))
        world.clock.advance(seconds=seconds - 1)
        assert _claim(world) == []
        world.clock.advance(seconds=1)
    (due,) = _claim(world)
    app.could_not(world.house, app.Due("case", "a", due.due_seq, "a"), ValueError("no holder"))
    world.clock.advance(days=30)
    assert _claim(world) == []
    with world.reading() as session:
        (stuck,) = work.stuck(session)
    assert stuck.stuck_because == "ValueError: no holder"
    _owe(world.house.database, "case", "a")
    assert len(_claim(world)) == 1


# --- every interleaving --------------------------------------------------------------------


@dataclass
class Floor:
    """One owner, and beside it what must be true of it, told independently of the tables."""

    world: World
    acts: int = 0
    unseen: set[int] = field(default_factory=set)  # acts that no finished run has seen
    coming: set[int] = field(default_factory=set)  # acts that a run was begun or asked for since
    asked: bool = False
    held: work.Due | None = None
    seen: set[int] = field(default_factory=set)

    def act(self) -> None:
        """Somebody acts, and asks for a run as every act does."""
        self.acts += 1
        self.unseen.add(self.acts)
        _owe(self.world.house.database, "case", "x")
        assert (app.take_turn(self.world.house) is not None) is not self.asked
        self.asked = True
        self.coming = set(self.unseen)

    def begin(self) -> None:
        """A run begins, asked for or by the schedule."""
        app.begin_turn(self.world.house)
        self.asked = False
        self.coming = set(self.unseen)

    def claim(self) -> None:
        """The run takes what is due, unless somebody holds it."""
        claimed = _claim(self.world)
        assert bool(claimed) is (bool(self.unseen) and self.held is None)
        if claimed:
            self.held, self.seen = claimed[0], set(self.unseen)

    def settle(self) -> None:
        """The run has done what it had seen."""
        if self.held is not None:
            _settle(self.world, self.held)
            self.held, self.unseen = None, self.unseen - self.seen

    def die(self) -> None:
        """The run is killed; its lease ends by itself."""
        self.held = None
        self.world.clock.advance(seconds=work.LEASE_SECONDS + 1)


@pytest.fixture
def small(sqlite_at: At) -> World:
    """A world whose only work is that of the test."""
    return sqlite_at("nothing")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(steps=st.lists(st.sampled_from(["act", "begin", "claim", "settle", "die"]), max_size=40))
def test_no_interleaving_loses_an_act(small: World, steps: list[str]) -> None:
    """While an act is unseen, it is due or leased, and a run comes that was begun or asked since.

    A run that dies keeps its lease until that is over; the schedule's next run then finds it.
    """
    with small.house.database.deciding() as session:
        session.merge(Work(kind="case", id="x", due_seq=0, done_seq=0))
        session.merge(Wakeup(id=1, turn=0, asked_at=None))
    floor = Floor(small)
    for step in steps:
        getattr(floor, step)()
        assert floor.unseen <= floor.coming
    small.clock.advance(seconds=work.LEASE_SECONDS + 1)
    assert bool(_claim(small)) is bool(floor.unseen)


def _owe(database: Database, kind: str, id_: str) -> None:
    with database.deciding() as session:
        work.owe(session, kind, id_)


def _claim(world: World) -> list[work.Due]:
    with world.house.database.deciding() as session:
        return work.claim(session, world.clock.now(), world.clock.steady(), 50)


def _settle(world: World, due: work.Due) -> None:
    with world.house.database.deciding() as session:
        work.settle(session, due)
