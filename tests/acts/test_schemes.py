"""Tables of groups: lines added, changed, taken out by an administrator; verdicts follow them."""

from __future__ import annotations

from datetime import date

import pytest

from governance.access.actor import operator
from governance.acts import Verb, perform
from governance.refusals import Reason, Refused
from governance.representation.reviews import placing
from governance.representation.reviews.queries import overlay, tables
from governance.representation.scheme_file import difference, read_scheme
from governance.representation.schemes import shipped_schemes
from tests.acts.conftest import At
from tests.acts.world import World

TURKIYE = {"state": "TUR", "group": "asia", "since": "2027-01-01", "source": "circular 4"}


def act(world: World, verb: Verb[object, object], given: object) -> None:
    """As whoever runs the installation."""
    assert perform(world.house, operator(), verb, None, given) is not None


def groups(world: World, state: str, day: date, purpose: str = "") -> tuple[str, ...]:
    """Where a state is by the installation's own table of INTERPOL's regions."""
    with world.reading() as session:
        return overlay(session)["interpol"].groups_of(state, purpose, day)


def line_of(state: str) -> dict[str, str]:
    """The line of a state in the table that ships."""
    found = next(x for x in shipped_schemes()["interpol"].placings if x.state == state)
    return {"state": found.state, "group": found.group}


def test_a_line_is_changed_and_the_rest_stays(at: object) -> None:
    """A state moves on a day: the old line ends, a new one begins; both are on the record."""
    world: World = at("nothing")  # type: ignore[operator]
    old = line_of("TUR")
    ended = {**old, "until": "2027-01-01", "source": "circular 4"}
    act(world, placing.PLACE, placing.Placed("interpol", ended, old))
    act(world, placing.PLACE, placing.Placed("interpol", {**TURKIYE, "group": "Asia"}))

    assert groups(world, "TUR", date(2026, 12, 31)) == (old["group"],)
    assert groups(world, "TUR", date(2027, 1, 1)) == ("asia",)
    assert groups(world, "FRA", date(2027, 1, 1)) == ("europe",)
    kinds = [each.kind for each in world.entries() if each.kind.startswith("scheme:")]
    assert kinds == ["scheme:place", "scheme:place"]
    assert world.faults() == []


def test_a_line_is_taken_out(sqlite_at: At) -> None:
    """From then on the state is in no group."""
    world = sqlite_at("nothing")
    act(world, placing.REMOVE, placing.Removed("interpol", line_of("TUR")))
    assert groups(world, "TUR", date(2026, 12, 31)) == ()


def test_two_administrators_do_not_write_over_one_another(sqlite_at: At) -> None:
    """Whoever looked at an older table is told so, and nothing is lost."""
    world = sqlite_at("nothing")
    act(world, placing.PLACE, placing.Placed("interpol", TURKIYE, seen=""))
    with pytest.raises(Refused) as refused:
        act(world, placing.REMOVE, placing.Removed("interpol", line_of("FRA"), seen=""))
    assert refused.value.reason is Reason.CONFLICT
    with world.reading() as session:
        assert len(tables(session, "interpol")) == 1


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"state": "Turkey", "group": "asia"}, "state"),
        ({"state": "TUR", "group": ""}, "group"),
        ({"state": "TUR", "group": "asia", "since": "soon"}, "since"),
        ({"state": "TUR", "group": "asia", "since": "2027-01-01", "until": "2026-01-01"}, "since"),
        ({}, "state"),
    ],
)
def test_a_line_that_is_not_understood_is_refused_by_field(
    sqlite_at: At, given: dict[str, str], where: str
) -> None:
    """The field, what is wrong with it, and the cure."""
    world = sqlite_at("nothing")
    with pytest.raises(Refused) as refused:
        act(world, placing.PLACE, placing.Placed("interpol", given))
    assert [each.where for each in refused.value.findings] == [where]
    assert all(str(each.cure) for each in refused.value.findings)


def test_only_an_administrator_changes_a_line(sqlite_at: At) -> None:
    """An HR officer looks, and does not write."""
    world = sqlite_at("nothing")
    with pytest.raises(Refused) as refused:
        perform(
            world.house, world.as_("hr"), placing.PLACE, None, placing.Placed("interpol", TURKIYE)
        )
    assert refused.value.reason is Reason.AUTHORITY


def test_an_import_says_before_what_it_would_change() -> None:
    """Lines that come, lines that go, and how many stay."""
    before = read_scheme("own", "state,group\nFRA,north\nDEU,north\nESP,south\n")
    after = read_scheme("own", "state,group\nFRA,north\nDEU,south\nESP,south\n")
    told = difference(before, after)
    assert [(x.state, x.group) for x in told.added] == [("DEU", "south")]
    assert [(x.state, x.group) for x in told.removed] == [("DEU", "north")]
    assert told.stay == 2
