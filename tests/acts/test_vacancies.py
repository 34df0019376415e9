"""A vacant seat launches an appointment, and whoever is appointed sits from the right day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from governance import seats
from governance.access.actor import CLOCK, operator
from governance.acts import perform
from governance.appointments.launching import WITHDRAW, Why
from governance.appointments.models import Case
from governance.appointments.service import engaging
from governance.committees.filling import FILL, FOLLOW_CASE, Came, Wanted
from governance.committees.founding import FOUND, Founding
from governance.committees.models import Committee, Filling, Seat, Sitting
from governance.committees.seats import UNSEAT, Leaving
from governance.committees.telling import tell_committee
from governance.committees.vacancies import tell_vacancy, vacancies_of
from governance.people.models import Grant
from governance.refusals import Refused
from governance.rulebook.linting.proceedings import body_of
from tests.acts import competing
from tests.acts.competing import the_service
from tests.acts.conftest import At
from tests.acts.world import World

pytestmark = pytest.mark.slow

BODY = f"""schema: 1
body: watch
title: Watch Committee
zone: Asia/Singapore
members:
  - {{name: Jane Smith, seat: acme}}
  - {{name: Bob Jones, seat: analyst, post: {competing.ANALYST}}}
vacant: [{{seat: spare}}, {{seat: expert, post: {competing.ANALYST}}}]
rules:
  vacancies: {{value: {{filled_by: election, within: {{days: 30}}}}, article: "Rule 9"}}
"""


@dataclass
class Watch:
    """A body with a vacant seat that an appointment fills."""

    world: World
    body: str

    def fill(self, seat: str = "expert", by: str = "nobody") -> str:
        """Ask for the appointment; the case that was launched is the world's own."""
        filled = seats.fill_seat(self.world.house, self.world.as_(by), self.body, Wanted(seat))
        (self.world.case,) = [each.id for each in self.world.rows(Case)]
        self.world.go_on()
        return filled.reference

    def seat(self, key: str) -> Seat:
        """A seat as it stands."""
        (found,) = [each for each in self.world.rows(Seat) if each.key == key]
        return found  # type: ignore[no-any-return]

    def sits(self, key: str) -> list[tuple[str, str, str]]:
        """Who sits or sat on a seat: person, first and last day where the body is."""
        seat = self.seat(key).id
        return [
            (
                each.person_id,
                each.since.in_timezone("Asia/Singapore").to_date_string(),
                each.until.in_timezone("Asia/Singapore").subtract(seconds=1).to_date_string()
                if each.until
                else "",
            )
            for each in self.world.rows(Sitting)
            if each.seat_id == seat
        ]

    def filling(self) -> Filling:
        """The one filling."""
        (found,) = self.world.rows(Filling)
        return found  # type: ignore[no-any-return]

    def fill_again(self) -> str:
        """Ask once more; gives the reference of the second case."""
        actor = self.world.as_("nobody")
        return seats.fill_seat(self.world.house, actor, self.body, Wanted("expert")).reference


@pytest.fixture
def watch(sqlite_at: At) -> Watch:
    """The body in an organisation at work; `nobody` is the secretary of its committees."""
    return founded(sqlite_at("nothing"))


def founded(world: World) -> Watch:
    """The body, and its secretary."""
    body = body_of("b.yaml", BODY.encode()).body
    assert body is not None
    receipt = perform(world.house, operator(), FOUND, None, Founding(body))
    assert receipt is not None
    with world.house.database.deciding() as session:
        session.add(Grant(person_id="nobody", role="committee_secretary"))
    return Watch(world, receipt.subject_id)


def test_each_vacant_seat_says_how_it_is_filled_and_until_when(watch: Watch) -> None:
    """By the post of the seat, or else by the rule of the body, with the days that it gives."""
    with watch.world.reading() as session:
        body = session.get_one(Committee, watch.body)
        now = watch.world.clock.now()
        told = [tell_vacancy(e) for e in vacancies_of(watch.world.house, session, [body], now)]
    assert [(e["seat"], e["filled_by"], e["post"], e["article"]) for e in told] == [
        ("spare", "election", None, "Rule 9"),
        ("expert", "appointment", competing.ANALYST, "Rule 9"),
    ]
    assert [str(e["due_at"])[:10] for e in told] == ["2026-12-24", "2026-12-24"]


def test_one_act_of_the_secretary_launches_the_case_there(at: At) -> None:
    """The case is the secretary's, says for which seat it is, and cites the act of the body."""
    watch = founded(at("nothing"))
    reference = watch.fill()
    case = watch.world.the_case()
    assert (case.reference, case.post, case.launched_by) == (
        reference, competing.ANALYST, "nobody",
    )  # fmt: skip
    filling = watch.filling()
    assert (filling.state, filling.reference, filling.case_id) == ("launched", reference, case.id)
    launch = watch.world.entries(f"case:{case.id}")[0]
    assert watch.world.faults() == []
    assert filling.entry in str(launch.body)
    assert "watch/expert" in str(launch.body)


def test_an_hr_officer_may_ask_for_it_too_and_nobody_without_a_role(watch: Watch) -> None:
    """HR launches it though no secretary; a passer-by and the shell do not."""
    for actor in (watch.world.as_("sg"), operator()):
        with pytest.raises(Refused):
            seats.fill_seat(watch.world.house, actor, watch.body, Wanted("expert"))
    watch.fill(by="hr")
    assert watch.world.the_case().launched_by == "hr"


def test_a_seat_that_is_held_or_elected_launches_nothing(watch: Watch) -> None:
    """Each refusal says what is the case; a second one names the case that runs."""
    with pytest.raises(Refused, match="the seat acme is held"):
        watch.fill("acme")
    with pytest.raises(Refused, match="but by: election"):
        watch.fill("spare")
    reference = watch.fill()
    with pytest.raises(Refused, match=f"under way: {reference}"):
        seats.fill_seat(watch.world.house, watch.world.as_("nobody"), watch.body, Wanted("expert"))


def test_a_second_seat_of_the_same_post_joins_the_case_that_runs(watch: Watch) -> None:
    """One post, one case: whoever is appointed to it sits on both seats."""
    reference = watch.fill()
    actor = watch.world.as_("nobody")
    watch.world.do("nobody", UNSEAT, Leaving("analyst", "resign"), watch.body)
    assert (
        seats.fill_seat(watch.world.house, actor, watch.body, Wanted("analyst")).reference
        == reference
    )


def test_a_launch_that_the_law_refuses_is_told_and_noted(watch: Watch) -> None:
    """A day that is over cannot be the wanted one: no case, and the body knows why."""
    past = watch.world.clock.now().subtract(days=9).date()
    with pytest.raises(Refused) as refusal:
        seats.fill_seat(
            watch.world.house, watch.world.as_("nobody"), watch.body, Wanted("expert", past)
        )
    filling = watch.filling()
    assert (filling.state, filling.because) == ("failed", str(refusal.value))


def test_a_launch_that_was_interrupted_is_made_up_for(watch: Watch) -> None:
    """Asked for, and the process died: the next burst launches the case, once."""
    watch.world.do("nobody", FILL, Wanted("expert"), watch.body)
    watch.world.go_on()
    watch.world.go_on()
    assert watch.filling().state == "launched"
    assert len(watch.world.rows(Case)) == 1


def test_the_appointed_person_sits_from_the_day_of_entry_on_duty(watch: Watch) -> None:
    """Expected from a day: seated from that day, where the body is, to the end of the term."""
    watch.fill()
    competing.ended_from_the_call(watch.world)
    served = the_service(watch.world)
    assert watch.sits("expert") == [
        (served.person_id, served.begins_on.isoformat(), str(served.ends_on))
    ]
    assert (watch.filling().state, watch.seat("expert").state) == ("seated", "appointed")
    watch.world.do("hr", engaging.FALL_THROUGH, engaging.Because("Took another post."), served.id)
    watch.world.go_on()
    assert (watch.filling().state, watch.seat("expert").state) == ("failed", "vacant")
    again = watch.fill_again()
    assert again != watch.world.the_case().reference
    assert watch.world.faults() == []


FIRST, LATER = date(2026, 12, 1), date(2026, 12, 15)


def came(watch: Watch, **told: Any) -> bool:
    """What the composition tells of the case; whether anything changed."""
    given = Came(watch.filling().id, person_id="south", **told)
    return perform(watch.world.house, CLOCK, FOLLOW_CASE, watch.body, given) is not None


def test_a_later_entry_moves_the_seat_and_the_seat_begins_with_it(watch: Watch) -> None:
    """Who enters two weeks late sits two weeks late; told twice, nothing changes."""
    watch.fill()
    assert came(watch, first_day=FIRST, last_day=date(2029, 11, 30))
    assert not came(watch, first_day=FIRST, last_day=date(2029, 11, 30))
    assert came(watch, first_day=LATER, last_day=date(2029, 12, 14))
    watch.world.pass_days(9)
    assert watch.seat("expert").state == "appointed"
    watch.world.pass_days(14)
    assert watch.seat("expert").state == "serving"
    assert watch.sits("expert") == [("south", "2026-12-15", "2029-12-14")]


def test_whoever_holds_the_seat_stays_until_the_appointed_person_comes(watch: Watch) -> None:
    """The next is asked for in time, and a late entry is waited for."""
    bob = watch.sits("analyst")[0][0]
    leaving = Leaving("analyst", "end_term", date(2027, 1, 31))
    watch.world.do("nobody", UNSEAT, leaving, watch.body)
    watch.fill("analyst")
    assert watch.world.the_case().wanted_on == date(2027, 2, 1)
    came(watch, first_day=date(2027, 1, 15), last_day=date(2030, 1, 14))
    assert [each[0] for each in watch.sits("analyst")] == [bob, "south"]
    assert [each[2] for each in watch.sits("analyst")] == ["2027-01-14", "2030-01-14"]
    came(watch, first_day=date(2027, 1, 20), last_day=date(2030, 1, 19))
    assert [each[2] for each in watch.sits("analyst")] == ["2027-01-19", "2030-01-19"]


def test_a_service_that_ends_early_leaves_the_seat_vacant(watch: Watch) -> None:
    """The last day served is the last day on the seat."""
    watch.fill()
    came(watch, first_day=FIRST, last_day=date(2029, 11, 30))
    watch.world.pass_days(30)
    came(watch, first_day=FIRST, last_day=date(2029, 11, 30), ended_on=date(2026, 12, 20))
    assert watch.seat("expert").state == "vacant"
    with watch.world.reading() as session:
        body = session.get_one(Committee, watch.body)
        assert "expert" in tell_committee(session, body, watch.world.clock.now())["vacant"]
        found = vacancies_of(watch.world.house, session, [body], watch.world.clock.now())
    assert [each.by_appointment for each in found if each.seat.key == "expert"] == [True]


def test_a_case_withdrawn_there_frees_the_seat_here(watch: Watch) -> None:
    """The filling ends, and another may be asked for."""
    watch.fill()
    watch.world.do("hr", WITHDRAW, Why("The post was abolished."))
    watch.world.go_on()
    assert watch.filling().state == "failed"
