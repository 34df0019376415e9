"""Search: what is written is found at once, by those who may see it and by nobody else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from governance import searching
from governance.access.actor import Actor, Level, operator
from governance.committees.after.actions import OPEN, NewAction
from governance.committees.meeting import agenda, convening
from governance.committees.minutes.drafting import ASSEMBLE, Nothing
from governance.committees.minutes.models import Minutes
from governance.committees.models import Committee
from governance.committees.seeking import keep_minutes
from governance.refusals import Refused
from tests.acts.chamber import COMMITTEE, OUTSIDER, SECRETARY, found_committee
from tests.acts.conftest import At
from tests.acts.sitting import hold_meeting
from tests.acts.world import World


@pytest.fixture
def world(at: At) -> World:
    """A committee of five with a planned meeting, an open item and a closed one, an action."""
    world = at("nothing")
    found_committee(world)
    given = convening.Planning("2027-01-20 10:00", title={"fr": "Réunion d’été", "en": "Meeting"})
    meeting = world.do(SECRETARY, convening.PLAN, given, COMMITTEE).facts["meeting"]
    for title, access in (("Budget révisé", "open"), ("Budget of one official", "closed")):
        world.do(SECRETARY, agenda.PROPOSE, agenda.Proposal({"fr": title}, access=access), meeting)
    world.do(SECRETARY, OPEN, NewAction("Publish the revised budget"), COMMITTEE)
    return world


def found(world: World, who: str | Actor, text: str, **more: str) -> Mapping[str, int]:
    """How many of each kind somebody finds."""
    actor = world.as_(who) if isinstance(who, str) else who
    with world.reading() as session:
        got = searching.search(session, actor, world.clock.now(), text, **more)  # type: ignore[arg-type]
    return {kind: count for kind, count in got.counts.items() if count}


def test_each_word_counts_and_its_beginning_is_enough(world: World) -> None:
    """Without accents, in any language of the title, singular for plural."""
    assert found(world, "legal", "revise budgets") == {"item": 1, "action": 1}
    assert found(world, "legal", "reunion ete") == {"meeting": 1}
    assert found(world, "legal", "budget nonsense") == {}


def test_what_is_closed_is_found_by_those_who_sit_there(world: World) -> None:
    """Another reader of an open body neither finds nor counts it."""
    assert found(world, "legal", "budget", kind="item") == {"item": 2, "action": 1}
    with world.house.database.deciding() as session:
        session.get_one(Committee, COMMITTEE).access = "open"
    assert found(world, OUTSIDER, "budget") == {"item": 1, "action": 1}
    assert found(world, OUTSIDER, "official") == {}


def test_a_body_that_is_not_for_somebody_is_not_there(world: World) -> None:
    """Not its meetings, not its items, not its name; nothing at all for a link."""
    with world.house.database.deciding() as session:
        session.get_one(Committee, COMMITTEE).access = "members"
    assert found(world, OUTSIDER, "budget") == {}
    assert found(world, SECRETARY, "official") == {"item": 1}
    assert found(world, Actor("legal", Level.LINK, "web", frozenset(), None), "budget") == {}


def test_a_number_typed_whole_names_one_thing(world: World) -> None:
    """So that a page can go straight there."""
    with world.reading() as session:
        got = searching.search(session, world.as_("legal"), world.clock.now(), "AUDIT/1")
    assert got.exact is not None
    assert searching.path_of(got.exact) == "/committees/audit#actions"


def test_minutes_are_found_whole_by_the_body_and_in_public_once_adopted(world: World) -> None:
    """A draft is nobody else's; the closed part never is."""
    minutes = hold_meeting(world)
    with world.house.database.deciding() as session:
        session.get_one(Committee, COMMITTEE).access = "open"
    world.go_on()
    world.do(SECRETARY, ASSEMBLE, Nothing(), minutes.id)
    assert found(world, "legal", "official", kind="minutes") == {"item": 1, "minutes": 1}
    assert found(world, OUTSIDER, "presented report") == {}
    with world.house.database.deciding() as session:
        kept = session.get_one(Minutes, minutes.id)
        kept.state = "adopted"
        keep_minutes(session, kept)
    assert found(world, OUTSIDER, "presented report") == {"minutes": 1}
    assert found(world, OUTSIDER, "case official") == {}
    assert found(world, "legal", "presented report") == {"minutes": 1}


def test_a_case_is_found_by_who_may_see_it(at: At) -> None:
    """By its reference and its post, and by no name of a candidate."""
    world = at("selection")
    assert found(world, "hr", "directeur regional")["case"] == 1
    assert found(world, "hr", "Aalto") == {}
    assert found(world, OUTSIDER, "INT") == {}


def test_everything_can_be_kept_anew(world: World) -> None:
    """The same is found after it as before."""
    before = found(world, operator(), "budget")
    assert searching.rebuild(world.house) >= 4
    assert found(world, operator(), "budget") == before


def test_nothing_typed_is_refused_with_a_sentence(world: World) -> None:
    """Signs alone are no word."""
    with pytest.raises(Refused, match="nothing is searched for"):
        found(world, "legal", " / ")
