"""Who sees which bodies is one rule, of a list and of one body alike."""

from __future__ import annotations

import pendulum
import pytest
from sqlmodel import col, select

from governance.access.actor import Actor, Level, operator
from governance.committees.finding import may_see
from governance.committees.models import Committee, Sitting
from governance.committees.queries import bodies
from tests.acts.chamber import COMMITTEE, found_committee
from tests.acts.conftest import At
from tests.acts.world import World

HERE = Level.SESSION
WHO = {
    "an administrator": (Actor("nobody", HERE, "api", frozenset({"administrator"})), True),
    "an auditor": (Actor("nobody", HERE, "api", frozenset({"auditor"})), True),
    "a secretary": (Actor("nobody", HERE, "api", frozenset({"committee_secretary"})), True),
    "the operator": (operator(), True),
    "a member": (Actor("legal", HERE, "api"), True),
    "whoever has left": (Actor("south", HERE, "api"), False),
    "an outsider": (Actor("nobody", HERE, "api"), False),
    "an auditor by a link": (Actor("nobody", Level.LINK, "web", frozenset({"auditor"})), False),
}


@pytest.fixture
def world(sqlite_at: At) -> World:
    """A restricted body, which one of its members has left."""
    world = sqlite_at("nothing")
    found_committee(world)
    with world.house.database.deciding() as session:
        session.get_one(Committee, COMMITTEE).access = "restricted"
        query = select(Sitting).where(col(Sitting.person_id) == "south")
        session.exec(query).one().until = pendulum.datetime(2025, 6, 30)
    return world


@pytest.mark.parametrize("who", WHO)
def test_one_rule_says_who_sees_a_body(world: World, who: str) -> None:
    """The list and the body itself agree for everybody."""
    actor, expected = WHO[who]
    now = world.clock.now()
    with world.reading() as session:
        body = session.get_one(Committee, COMMITTEE)
        assert may_see(session, body, actor, now) is expected
        assert [each.key for each in bodies(session, actor, now)] == ["audit"] * expected
