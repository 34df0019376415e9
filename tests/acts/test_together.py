"""Acts for many candidates: seen before they are done, undone while nothing has left."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from governance.appointments.together.acting import (
    ORDER,
    TAKE_EFFECT,
    UNDO,
    UNDO_MINUTES,
    Which,
    preview,
)
from governance.appointments.together.models import ActTogether
from governance.appointments.together.wanted import Together
from governance.record.models import Outbox
from governance.refusals import Refused
from tests.acts.conftest import At
from tests.acts.world import World


@pytest.fixture
def world(sqlite_at: At) -> World:
    """Four candidates in vetting."""
    return sqlite_at("vetting")


def ids(world: World, *names: str) -> tuple[str, ...]:
    """Candidacies by family name."""
    return tuple(world.candidacy(each).id for each in names)


def ordered(world: World, wanted: Together) -> str:
    """Order it; gives its identifier."""
    return str(world.do("hr", ORDER, wanted).facts["together"])


def test_a_preview_says_what_happens_to_whom_and_changes_nothing(world: World) -> None:
    """Found out by doing it and taking it back: states, who is written to, who is left out."""
    wanted = Together("withdraw", ids(world, "Aalto", "Early"), reason="They wrote to us.")
    before = (world.states(), len(world.entries()), len(world.unsent()))
    found = preview(world.house, world.as_("hr"), world.case, wanted)
    told = {each.name.split()[-1]: (each.before, each.after) for each in found.rows}
    assert told["Aalto"] == ("checks", "withdrawn")
    assert len(found.possible) == 1
    assert (world.states(), len(world.entries()), len(world.unsent())) == before


def test_nothing_happens_before_the_minutes_are_over_and_then_all_of_it(world: World) -> None:
    """The clock does it in the name of whoever ordered it."""
    ordered(world, Together("withdraw", ids(world, "Aalto", "Dube"), reason="They wrote to us."))
    world.go_on()
    assert world.states()["Aalto"] == "checks"
    world.clock.advance(minutes=UNDO_MINUTES)
    world.go_on()
    assert {world.states()[each] for each in ("Aalto", "Dube")} == {"withdrawn"}
    done = next(each for each in world.entries() if each.kind == "case:done_together")
    assert done.actor == "hr"


def test_it_is_undone_once_and_then_never_happens(world: World) -> None:
    """No row has changed and no notice has left; a second time is refused."""
    wanted = Together("papers", ids(world, "Aalto", "Dube"), last_day=date(2027, 6, 1))
    id_ = ordered(world, wanted)
    world.do("hr", UNDO, Which(id_))
    world.clock.advance(minutes=UNDO_MINUTES)
    world.go_on()
    assert not any(each.template == "papers" for each in world.rows(Outbox))
    with pytest.raises(Refused):
        world.do("hr", UNDO, Which(id_))


def test_afterwards_undoing_is_refused_in_words(world: World) -> None:
    """What has left cannot be taken back."""
    wanted = Together("papers", ids(world, "Aalto", "Dube"), last_day=date(2027, 6, 1))
    id_ = ordered(world, wanted)
    world.do("hr", TAKE_EFFECT, Which(id_))
    assert sum(each.template == "papers" for each in world.unsent()) == 2
    with pytest.raises(Refused, match="what was sent cannot be taken back"):
        world.do("hr", UNDO, Which(id_))


def test_what_became_impossible_meanwhile_is_given_up_whole(world: World) -> None:
    """Nobody is withdrawn when one of them cannot be; the reasons are kept."""
    ordered(world, Together("check", ids(world, "Aalto", "Dube"), kind="identity", source="x"))
    world.record_checks("satisfactory", "Aalto", kinds=("identity",))
    world.clock.advance(minutes=UNDO_MINUTES)
    world.go_on()
    (row,) = world.rows(ActTogether)
    assert row.state == "failed"
    assert row.found


def test_interviews_are_set_one_after_the_other(world: World) -> None:
    """Each candidate is invited when it takes effect, not before."""
    begins = datetime.fromisoformat("2027-06-01T09:00")
    wanted = Together(
        "interview", ids(world, "Aalto", "Dube"), begins_at=begins, zone="Europe/Paris"
    )
    id_ = ordered(world, wanted)
    assert not any(each.template == "examination" for each in world.unsent())
    world.do("hr", TAKE_EFFECT, Which(id_))
    assert sum(each.template == "examination" for each in world.unsent()) == 2


@pytest.mark.parametrize(
    ("wanted", "because"),
    [
        (Together("check", ()), "nobody is chosen"),
        (Together("promote", ("x",)), "nothing to do is chosen"),
        (Together("withdraw", ("x",), reason="x"), "no such candidacy"),
    ],
)
def test_what_cannot_be_understood_is_refused(world: World, wanted: Together, because: str) -> None:
    """In words, and nothing is ordered."""
    with pytest.raises(Refused, match=because):
        world.do("hr", ORDER, wanted)
    assert not world.rows(ActTogether)


def test_only_an_hr_officer_orders_it(world: World) -> None:
    """Nobody else."""
    wanted = Together("withdraw", ids(world, "Aalto"), reason="x")
    with pytest.raises(Refused, match="HR officer"):
        world.do("auditor", ORDER, wanted)
