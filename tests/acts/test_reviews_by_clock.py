"""Reviews by the calendar: yearly, before an election, on a vacancy; judged from the registers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from governance.access.actor import operator
from governance.acts import perform
from governance.committees import composed, seats
from governance.committees.founding import FOUND, Founding
from governance.committees.models import Committee
from governance.record.models import Deadline
from governance.refusals import Reason, Refused
from governance.representation.reviews import acts
from governance.representation.reviews.models import Review
from governance.rulebook.linting.proceedings import body_of
from tests.acts.world import World

At = Callable[[str], World]
STATES = (
    "CHN", "FRA", "NGA", "ARG", "EGY", "ZAF", "MYS", "JPN", "BRA", "CAN", "ITA", "TUR", "IND",
)  # fmt: skip
OFFICES = ("president", "vice_president", "vice_president", "vice_president")


def founded(world: World, president: str = "CHN", until: str = "2027-11-20") -> str:
    """An Executive Committee as rows, its composition under the rules that ship."""
    states = (president, *STATES[1:])
    members = "\n".join(
        f"  - {{name: Member Number{n:02}, seat: s{n:02}, represents: {state}, "
        f'since: "2025-11-24", until: "{until}"}}'
        for n, state in enumerate(states, 1)
    )
    officers = "\n".join(
        f"  - {{office: {office}, name: Member Number{n:02}}}"
        for n, office in enumerate(OFFICES, 1)
    )
    text = (
        "schema: 1\nbody: executive\ntitle: Executive Committee\nzone: Europe/Paris\n"
        f"composition: interpol_executive_committee\nmembers:\n{members}\nofficers:\n{officers}\n"
    )
    body = body_of("executive.yaml", text.encode()).body
    assert body is not None
    receipt = perform(world.house, operator(), FOUND, None, Founding(body))
    assert receipt is not None
    return receipt.subject_id


def planned(world: World) -> dict[str, str]:
    """The reviews that the clock will open, by line, each with its day."""
    return {
        each.event: each.working["due_on"]
        for each in world.rows(Deadline)
        if each.owner_kind == "reviews" and each.is_open
    }


def the_reviews(world: World) -> list[Review]:
    """All reviews, the first first."""
    return sorted(world.rows(Review), key=lambda each: (each.opened_at, each.id))


def test_reviews_are_planned_as_the_rules_say(sqlite_at: At) -> None:
    """Each year on its day, and so long before the first day on which terms end."""
    world = sqlite_at("nothing")
    founded(world)
    assert planned(world) == {"yearly": "2027-03-01", "before_election": "2027-09-21"}


def test_the_clock_opens_a_review_and_judges_the_registers(at: At) -> None:
    """On the day it is there, computed from who sits; the next year's is planned; once."""
    world = at("nothing")
    body = founded(world)
    world.clock.advance(days=98)
    world.go_on()
    world.go_on()

    (review,) = the_reviews(world)
    assert (review.line, review.owner) == ("yearly", f"committee:{body}")
    assert review.due_on == date(2027, 3, 1)
    assert review.state == "at_risk"
    assert review.verdict["verdict"] == "valid"
    assert len(review.members) == 13
    assert planned(world)["yearly"] == "2028-03-01"
    assert world.faults() == []


def test_nobody_answers_and_the_composition_is_blocked(sqlite_at: At) -> None:
    """Who is silent for sixty days has not justified anything."""
    world = sqlite_at("nothing")
    founded(world)
    world.pass_days(98)
    (review,) = the_reviews(world)
    assert review.answer_by == date(2027, 4, 29)
    world.pass_days(61)
    (review,) = the_reviews(world)
    assert review.state == "blocked"
    assert world.faults() == []


def test_an_answer_in_time_stops_the_clock(sqlite_at: At) -> None:
    """What was justified in writing is not blocked later."""
    world = sqlite_at("nothing")
    founded(world)
    world.pass_days(98)
    (review,) = the_reviews(world)
    world.do("hr", acts.JUSTIFY, acts.Answered("The candidates were few."), review.id)
    world.pass_days(70)
    assert the_reviews(world)[0].state == "justified"


def test_a_vacancy_brings_a_review(at: At) -> None:
    """A seat that falls vacant is looked at the next day; the seat owed is in the verdict."""
    world = at("nothing")
    body = founded(world)
    perform(world.house, operator(), seats.UNSEAT, body, seats.Leaving("s05", "resign"))
    assert planned(world)["vacancy"] == "2026-11-24"
    world.pass_days(2)
    (review,) = the_reviews(world)
    assert review.line == "vacancy"
    assert review.verdict["verdict"] == "invalid"
    assert "12" in next(
        each["because"] for each in review.verdict["rules"] if each["id"] == "EC-1-seats"
    )


def test_another_election_day_moves_the_review(sqlite_at: At) -> None:
    """The day that a secretary enters goes before the end of terms; other rules lift it all."""
    world = sqlite_at("nothing")
    body = founded(world)
    given = composed.Composing("interpol_executive_committee", date(2027, 10, 1))
    perform(world.house, operator(), composed.COMPOSE, body, given)
    assert planned(world)["before_election"] == "2027-08-02"
    perform(world.house, operator(), composed.COMPOSE, body, composed.Composing())
    assert planned(world) == {}
    (committee,) = [each for each in world.rows(Committee) if each.id == body]
    assert "composition" not in committee.facts


def test_a_body_without_a_committee_is_planned_by_its_first_review(sqlite_at: At) -> None:
    """Opened once by hand, the clock opens the next; it waits for a members' file."""
    world = sqlite_at("nothing")
    given = acts.Opened("interpol_executive_committee", date(2026, 12, 1), "", date(2027, 11, 20))
    perform(world.house, world.as_("hr"), acts.OPEN, None, given)
    assert planned(world) == {"yearly": "2027-03-01", "before_election": "2027-09-21"}
    world.pass_days(98)
    assert [each.state for each in the_reviews(world)] == ["due", "due"]


@pytest.mark.parametrize(
    "given",
    [
        composed.Composing("no_such_body"),
        composed.Composing("interpol_ccf", None, {"s99": {"chamber": "requests"}}),
        composed.Composing("interpol_ccf", None, {"s01": {"colour": "red"}}),
    ],
)
def test_rules_that_are_not_known_are_refused(sqlite_at: At, given: composed.Composing) -> None:
    """The body, the seat and the column must be there; nothing changes."""
    world = sqlite_at("nothing")
    body = founded(world)
    with pytest.raises(Refused) as refused:
        perform(world.house, operator(), composed.COMPOSE, body, given)
    assert refused.value.reason is Reason.INPUT
    assert planned(world)["yearly"] == "2027-03-01"
