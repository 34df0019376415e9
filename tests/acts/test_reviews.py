"""Reviews of compositions: computed, answered for in writing, waived only where a rule says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from governance.access.actor import Actor, operator
from governance.acts import perform
from governance.refusals import Reason, Refused
from governance.representation.reviews import acts
from governance.representation.reviews.models import Review
from governance.representation.reviews.queries import answered_in, overlay, reviews
from tests.acts.world import World

At = Callable[[str], World]
PRESIDENCY = (
    "P,{p},president\nV1,FRA,vice_president\nV2,NGA,vice_president\nV3,ARG,vice_president\n"
)
DELEGATES = "".join(
    f"D{n},{state},delegate\n"
    for n, state in enumerate(("EGY", "ZAF", "MYS", "JPN", "BRA", "CAN", "ITA", "TUR", "IND"))
)


def committee(president: str) -> str:
    """The Executive Committee with a President from this state."""
    return "name,state,role\n" + PRESIDENCY.format(p=president) + DELEGATES


def opened(world: World, body: str = "interpol_executive_committee") -> str:
    """A review that is due."""
    given = acts.Opened(body, date(2026, 12, 1))
    receipt = perform(world.house, world.as_("hr"), acts.OPEN, None, given)
    assert receipt is not None
    return receipt.subject_id


def state(world: World, id_: str) -> str:
    """Where the review stands."""
    return next(each.state for each in world.rows(Review) if each.id == id_)


def test_considerations_are_justified_in_writing_and_counted(at: At) -> None:
    """Due weight to geography is no bar: it is answered for, decided, and told in the report."""
    world = at("nothing")
    review = opened(world)
    world.do("hr", acts.COMPUTE, acts.Computed(committee("CHN"), date(2026, 12, 1)), review)
    assert state(world, review) == "at_risk"

    world.do("hr", acts.JUSTIFY, acts.Answered("The candidates were few."), review)
    world.do("hr", acts.DECIDE, None, review)

    assert state(world, review) == "decided"
    with world.reading() as session:
        assert answered_in(session, 2026) == {"justify": 1, "waive": 0, "decided": 1}
    assert world.faults() == []
    kept = world.entries(f"review:{review}")
    assert b"candidates were few" not in b"".join(each.body for each in kept)


def test_a_binding_rule_is_neither_justified_nor_waived_where_nobody_may(at: At) -> None:
    """Two from Europe at presidency level: the review is blocked until the composition changes."""
    world = at("nothing")
    review = opened(world)
    world.do("hr", acts.COMPUTE, acts.Computed(committee("DEU"), date(2026, 12, 1)), review)

    with pytest.raises(Refused) as justified:
        world.do("hr", acts.JUSTIFY, acts.Answered("We like it."), review)
    assert "EC-2" in str(justified.value)
    with pytest.raises(Refused) as waived:
        world.do("hr", acts.WAIVE, acts.Answered("We like it."), review)
    assert waived.value.reason is Reason.AUTHORITY
    world.do("hr", acts.BLOCK, None, review)
    assert state(world, review) == "blocked"

    world.do("hr", acts.COMPUTE, acts.Computed(committee("CHN"), date(2026, 12, 2)), review)
    assert state(world, review) == "at_risk"
    assert world.faults() == []


def test_a_reason_is_needed(at: At) -> None:
    """An empty justification is none."""
    world = at("nothing")
    review = opened(world)
    world.do("hr", acts.COMPUTE, acts.Computed(committee("CHN"), date(2026, 12, 1)), review)

    with pytest.raises(Refused) as refused:
        world.do("hr", acts.JUSTIFY, acts.Answered("  "), review)
    assert refused.value.reason is Reason.INPUT


def test_an_administrator_sets_the_groups_of_a_scheme(at: At) -> None:
    """From then on the installation judges by that table; nobody else may set it."""
    world = at("nothing")
    table = "state,group,since,source\nFRA,europe,,circular 4\nTUR,asia,2026-01-01,circular 4\n"
    with pytest.raises(Refused):
        perform(
            world.house, world.as_("hr"), acts.SET_SCHEME, None, acts.SetScheme("interpol", table)
        )

    perform(world.house, operator(), acts.SET_SCHEME, None, acts.SetScheme("interpol", table))

    with world.reading() as session:
        scheme = overlay(session)["interpol"]
    assert scheme.groups_of("TUR", "", date(2026, 6, 1)) == ("asia",)
    assert scheme.groups_of("TUR", "", date(2025, 6, 1)) == ()
    assert scheme.title() == "Regions of INTERPOL"
    assert world.faults() == []


def test_who_has_no_role_sees_no_review(at: At) -> None:
    """Access is asked where rows are read."""
    world = at("nothing")
    opened(world)
    somebody: Actor = world.as_("nobody")
    with world.reading() as session:
        assert reviews(session, somebody) == []
        assert len(reviews(session, replace(somebody, roles=frozenset({"auditor"})))) == 1
