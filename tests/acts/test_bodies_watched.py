"""What the clock watches in a body: seats filled in time, enough votes, reviews, substitutes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from governance.access.actor import operator
from governance.acts import Receipt, perform
from governance.committees.composed import COMPOSE, Composing
from governance.committees.founding import FOUND, Founding
from governance.committees.home import desk_of
from governance.committees.models import Committee, Sitting
from governance.committees.seats import CHANGE_RIGHT, SEAT, UNSEAT, Leaving, RightOf, Seating
from governance.consultation.standing import absences
from governance.people.planning import Told
from governance.record.models import Outbox
from governance.rulebook.linting.proceedings import body_of
from tests.acts.conftest import At
from tests.acts.world import World

BODY = """schema: 1
body: watch
title: Watch Committee
zone: Europe/Paris
members:
  - {name: Jane Smith, seat: a, email: jane@members.example}
  - {name: Bob Jones, seat: b, email: bob@members.example}
  - {name: Ann Hall, seat: c, email: ann@members.example}
officers: [{office: secretary, name: Jane Smith}]
rules:
  vacancies: {value: {filled_by: election, within: {days: 30}}, article: "Rule 9"}
  inactivity: {value: {fewer_voting_than: 2, without_meeting: {months: 60}}, article: "Rule 10"}
"""
TEAM = """schema: 1
body: flood
title: Flood Team
kind: crisis_team
members: [{office: office.secretary_general}, {office: office.legal_adviser}]
rules: {}
"""


class Watched:
    """A body and its acts."""

    def __init__(self, world: World, text: str) -> None:
        self.world = world
        body = body_of("b.yaml", text.encode()).body
        assert body is not None
        self.id = self.do(FOUND, Founding(body), None).subject_id

    def do(self, verb: Any, given: Any, subject: str | None = "") -> Receipt:
        """Act as whoever runs the installation."""
        on = self.id if subject == "" else subject
        receipt = perform(self.world.house, operator(), verb, on, given)
        assert receipt is not None
        return receipt

    def told(self) -> list[dict[str, Any]]:
        """What the secretary was told by mail, in the order of its keys."""
        rows = [e for e in self.world.rows(Outbox) if e.template == "body_due"]
        return [each.facts for each in sorted(rows, key=lambda each: each.key)]

    def body(self) -> Committee:
        """The body as it stands."""
        return next(each for each in self.world.rows(Committee) if each.id == self.id)


@pytest.fixture
def watched(sqlite_at: At) -> Watched:
    """A body of three, one of whom is its secretary."""
    return Watched(sqlite_at("nothing"), BODY)


def test_a_seat_not_filled_in_time_is_told_to_the_secretary(watched: Watched) -> None:
    """Once, when the time of the rule has passed; not where somebody sits meanwhile."""
    for seat in ("b", "c"):
        watched.do(UNSEAT, Leaving(seat))
    watched.do(SEAT, Seating("b", "New Member", "new@members.example"))
    watched.world.pass_days(28)
    assert watched.told() == []
    watched.world.pass_days(5)
    watched.world.pass_days(40)
    (told,) = watched.told()
    assert (told["kind"], told["text"]) == ("vacancies", "c")


def test_a_body_with_too_few_votes_is_proposed_for_review(watched: Watched) -> None:
    """On the day on which a right is lost; when it has enough again, the proposal is gone."""
    world = watched.world
    later = world.clock.now().add(days=10).date()
    watched.do(CHANGE_RIGHT, RightOf("b", has=False))
    watched.do(CHANGE_RIGHT, RightOf("c", has=False, since=later))
    world.go_on()
    assert watched.told() == []
    world.pass_days(12)
    (told,) = watched.told()
    assert (told["kind"], told["certain"], told["needed"]) == ("inactivity", 1, 2)
    with world.reading() as session:
        desk = desk_of(session, operator(), world.clock.now(), world.house)
    assert "review_mandate" in {each.act for each in desk.me}
    watched.do(CHANGE_RIGHT, RightOf("c", has=True))
    assert "inactivity_noticed" not in watched.body().facts


def test_a_review_that_is_due_is_told_to_the_secretary(watched: Watched) -> None:
    """The clock opens it, and the secretary of the body has a mail with its day."""
    watched.do(COMPOSE, Composing("interpol_executive_committee", date(2028, 11, 1)))
    watched.world.pass_days(900)
    reviews = [each for each in watched.told() if each["kind"] == "review"]
    assert reviews
    assert all(each["last_day"] for each in reviews)


def test_a_substitute_sits_when_the_absence_begins_after_the_standing_up(sqlite_at: At) -> None:
    """Beside the holder, from the beginning of the absence until they are back."""
    team = Watched(sqlite_at("nothing"), TEAM)
    world = team.world
    first, last = (str(world.clock.now().add(days=each).date()) for each in (3, 30))
    away = Told("legal", first, last, "staff@organisation.example")
    absence = world.do("legal", absences.PLAN, away, "legal").facts["absence"]
    assert {each.role for each in world.rows(Sitting)} == {"holder"}
    world.pass_days(4)
    (beside,) = [each for each in world.rows(Sitting) if each.role == "alternate"]
    assert (beside.person_id, beside.came_by) == ("staff", "substitute")
    assert beside.until is not None
    assert beside.until > world.clock.now()
    world.do("legal", absences.CANCEL, absences.Cancelled(absence), "legal")
    world.go_on()
    (beside,) = [each for each in world.rows(Sitting) if each.role == "alternate"]
    assert beside.until == world.clock.now()
    assert world.faults() == []
