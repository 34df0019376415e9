"""A crisis team by office: stood up at once, capped and confirmed decisions, an orderly end."""

from __future__ import annotations

from typing import Any

import pytest

from governance.access.actor import Actor, Level, operator
from governance.acts import Receipt, perform
from governance.committees import crisis
from governance.committees.after.models import Action, Decision
from governance.committees.by_office import follow
from governance.committees.founding import FOUND, Founding
from governance.committees.models import Committee, LogLine, Reading, Sitting
from governance.people.models import Holding
from governance.refusals import Refused
from governance.rulebook.linting.proceedings import body_of
from tests.acts.conftest import At
from tests.acts.world import World

PARENT = "schema: 1\nbody: executive\ntitle: Executive Committee\n"
TEAM = """schema: 1
body: flood-team
title: Flood Team
kind: crisis_team
parent: executive
members:
  - {office: office.secretary_general}
  - {office: office.legal_adviser}
  - {office: office.nobody_holds_this}
officers: [{office: chair, name: secretary general}]
rules:
  crisis: {value: {cap: "50000 EUR", confirm_within: {days: 3}}, article: "Emergency rules, 4"}
"""


class Team:
    """The team and its acts."""

    def __init__(self, world: World) -> None:
        self.world = world
        for text in (PARENT, TEAM):
            body = body_of("b.yaml", text.encode()).body
            assert body is not None
            receipt = perform(world.house, operator(), FOUND, None, Founding(body))
            assert receipt is not None
            self.id = receipt.subject_id

    def do(self, verb: Any, given: Any) -> Receipt:
        """Act as whoever runs the installation."""
        receipt = perform(self.world.house, operator(), verb, self.id, given)
        assert receipt is not None
        return receipt


@pytest.fixture
def team(sqlite_at: At) -> Team:
    """A team stood up in an organisation at work."""
    return Team(sqlite_at("nothing"))


def test_who_holds_the_office_sits_at_once(team: Team) -> None:
    """Two offices are held and sit; an office that nobody holds is a vacant seat."""
    assert sorted(each.person_id for each in team.world.rows(Sitting)) == ["legal", "sg"]


def test_whoever_takes_the_office_sits_from_then_on(team: Team) -> None:
    """A new holder takes the seat, the old one leaves it, an office filled at last is a seat."""
    now = team.world.clock.now()
    with team.world.house.database.deciding() as session:
        session.add(Holding(office="legal_adviser", person_id="panel", since=now))
        session.add(Holding(office="nobody_holds_this", person_id="staff", since=now))
    assert follow(team.world.house, "legal_adviser") == 1
    assert follow(team.world.house, "nobody_holds_this") == 0  # the body followed as a whole
    sits = {each.person_id for each in team.world.rows(Sitting) if each.until is None}
    assert sits == {"sg", "panel", "staff"}
    assert team.world.faults() == []


def test_an_expedited_decision_is_capped_and_lapses_unless_confirmed(team: Team) -> None:
    """More than the cap is refused; what the parent confirms stands, the rest lapses."""
    with pytest.raises(Refused, match="60000 is more than the 50000"):
        team.do(crisis.DECIDE, crisis.Expedited("Boats", "to buy boats", 60_000))
    first = team.do(crisis.DECIDE, crisis.Expedited("Pumps", "to hire pumps", 20_000))
    second = team.do(crisis.DECIDE, crisis.Expedited("Tents", "to hire tents", 5_000))
    team.do(crisis.CONFIRM, crisis.Confirmed(first.facts["decision"], "EC/7"))
    team.world.pass_days(5)
    states = {each.number: each.state for each in team.world.rows(Decision)}
    assert states == {first.facts["decision"]: "in_force", second.facts["decision"]: "lapsed"}


def test_a_message_knows_who_has_read_it(team: Team) -> None:
    """Everybody in the team is a reader; reading is noted once, and only by readers."""
    line = team.do(crisis.LOG, crisis.Logged("Water is rising.", "message")).facts["line"]
    reader = Actor("sg", Level.SESSION, "web")
    assert perform(team.world.house, reader, crisis.READ, team.id, crisis.Read(line))
    assert perform(team.world.house, reader, crisis.READ, team.id, crisis.Read(line)) is None
    with pytest.raises(Refused):
        perform(
            team.world.house, Actor("nobody", Level.SESSION, "web"), crisis.READ, team.id,
            crisis.Read(line),
        )  # fmt: skip
    read = {each.person_id: each.read_at is not None for each in team.world.rows(Reading)}
    assert read == {"sg": True, "legal": False}


def test_the_team_stands_down_with_report_and_lessons(team: Team) -> None:
    """The report is sealed in the log, the lessons are actions of the parent."""
    with pytest.raises(Refused, match="without its report"):
        team.do(crisis.STAND_DOWN, crisis.StandDown(" "))
    team.do(crisis.STAND_DOWN, crisis.StandDown("All safe.", ("Buy pumps.", "Train twice.")))
    bodies = {each.key: each for each in team.world.rows(Committee)}
    assert bodies["flood-team"].state == "closing"
    assert {each.committee_id for each in team.world.rows(Action)} == {bodies["executive"].id}
    assert [each.kind for each in team.world.rows(LogLine)] == ["report"]
    assert team.world.faults() == []
