"""After the decision: one offer at a time, the next of the list, entry, probation, end."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from governance.acts import perform
from governance.appointments.assessment.models import PanelMember
from governance.appointments.assessment.recommending import RECOMMEND, Shortlist
from governance.appointments.launching import WITHDRAW, Why
from governance.appointments.models import Task
from governance.appointments.service import engaging, lasting, offers, pausing, rosters
from governance.appointments.service.acting import BEGIN_ACTING, Acting
from governance.appointments.service.copying import COPY, Copy
from governance.appointments.service.models import RosterPlace, Service
from governance.appointments.vetting import COMPLETE_TASK, Done
from governance.consultation.pausing import RESUME as RUN_ON
from governance.consultation.pausing import RunOn
from governance.people.models import Holding
from governance.people.queries import holder
from governance.record.models import Deadline
from governance.refusals import Refused
from tests.acts import competing
from tests.acts.competing import address, offers_of, the_service
from tests.acts.conftest import At
from tests.acts.world import World

pytestmark = pytest.mark.slow

OFFICE = "criminal_intelligence_analyst"


def offered(world: World) -> None:
    """Two are endorsed, and the first is asked."""
    competing.ranked(world)
    names = ("Aalto", "Boonmee")
    world.do("hr", RECOMMEND, Shortlist(tuple(world.candidacy(each).id for each in names)))
    world.go_on()
    world.answer("sg", "appoint", *names)
    world.go_on()


def serving(world: World) -> Service:
    """The first has entered on duty."""
    competing.ended(world)
    world.do("hr", offers.MEET, offers.Met("medical"))
    found = the_service(world)
    world.clock.advance(days=(found.begins_on - world.clock.now().date()).days + 1)
    world.do("hr", engaging.OATH, engaging.Sworn(), found.id)
    world.do("hr", engaging.ENTER, engaging.Entered(), found.id)
    world.go_on()
    return the_service(world)


def holds(world: World, person: str) -> bool:
    """Whether a person holds the analyst's office now."""
    with world.reading() as session:
        found = holder(session, OFFICE, world.clock.now())
    return found is not None and found.id == person


def test_who_declines_is_followed_by_the_next_of_the_endorsed_list(at: At) -> None:
    """Without a new decision; the first offer is closed before the second is made."""
    world = at("nothing")
    offered(world)
    world.answer_by_link("decline")
    world.go_on()
    assert [each.state for each in offers_of(world)] == ["refused", "made"]
    assert world.states()["Boonmee"] == "chosen"
    assert world.states()["Aalto"] == "declined"


def test_an_offer_that_nobody_answers_lapses_and_passes_on(sqlite_at: At) -> None:
    """Fourteen days, then the next; when the list is at its end, the case is closed."""
    world = sqlite_at("nothing")
    offered(world)
    world.pass_days(20)
    assert [each.state for each in offers_of(world)] == ["lapsed", "made"]
    world.pass_days(20)
    assert world.the_case().state == "closed"
    assert [each.live_post for each in offers_of(world)] == [None, None]


def test_the_table_holds_no_second_good_offer_for_a_post(at: At) -> None:
    """Whatever door it came by: the post of a good offer is unique in the database."""
    world = at("nothing")
    offered(world)
    (first,) = offers_of(world)
    second = offers.Offer(
        case_id=first.case_id,
        candidacy_id=world.candidacy("Boonmee").id,
        number=2,
        live_post=first.live_post,
        made_at=world.clock.now(),
    )
    with pytest.raises(Exception, match=r"(?i)unique"), world.house.database.deciding() as session:
        session.add(second)


def test_a_withdrawn_case_takes_its_offer_back(sqlite_at: At) -> None:
    """The post is free for another case at once."""
    world = sqlite_at("nothing")
    offered(world)
    world.do("hr", WITHDRAW, Why("The post was abolished."))
    assert [(each.state, each.live_post) for each in offers_of(world)] == [("taken_back", None)]


def test_nobody_enters_before_the_day_the_oath_and_every_condition(sqlite_at: At) -> None:
    """Each of them is refused in words, and the office is held by nobody meanwhile."""
    world = sqlite_at("nothing")
    competing.ended(world)
    found = the_service(world)
    with pytest.raises(Refused, match="day of entry on duty"):
        world.do("hr", engaging.ENTER, engaging.Entered(), found.id)
    world.clock.advance(days=(found.begins_on - world.clock.now().date()).days + 1)
    with pytest.raises(Refused, match="oath or declaration"):
        world.do("hr", engaging.ENTER, engaging.Entered(), found.id)
    world.do("hr", engaging.OATH, engaging.Sworn(), found.id)
    with pytest.raises(Refused, match="1 conditions of the offer"):
        world.do("hr", engaging.ENTER, engaging.Entered(), found.id)
    assert not holds(world, found.person_id)


def test_who_enters_holds_the_office_and_has_a_plan(at: At) -> None:
    """Code of conduct, data protection, procedures, and two reviews, each with its day."""
    world = at("nothing")
    found = serving(world)
    assert found.state == "probation"
    assert holds(world, found.person_id)
    due = {each.key: each.due_on for each in world.rows(lasting.ServiceTask)}
    assert set(due) == {
        "code_of_conduct",
        "data_protection",
        "procedures",
        "first_review",
        "final_review",
    }
    assert found.begins_on < due["code_of_conduct"] < due["first_review"] < due["final_review"]


def test_a_probation_ends_well_only_after_every_review(sqlite_at: At) -> None:
    """The last one favourable; an adverse one may prolong it once."""
    world = sqlite_at("nothing")
    found = serving(world)
    with pytest.raises(Refused, match="2 reviews"):
        world.do("hr", lasting.CONFIRM, None, found.id)
    for key, result in (("first_review", "satisfactory"), ("final_review", "adverse")):
        world.do("hr", lasting.TASK, lasting.TaskDone(key, result), found.id)
    with pytest.raises(Refused, match="not favourable"):
        world.do("hr", lasting.CONFIRM, None, found.id)
    world.do("hr", lasting.PROLONG, engaging.Because("One more chance."), found.id)
    with pytest.raises(Refused, match="may be prolonged 1 times"):
        world.do("hr", lasting.PROLONG, engaging.Because("And another."), found.id)
    world.do("hr", lasting.TASK, lasting.TaskDone("final_review_2", "satisfactory"), found.id)
    world.do("hr", lasting.CONFIRM, None, found.id)
    assert the_service(world).state == "serving"


def test_the_clock_ends_a_term(at: At) -> None:
    """The last day is still served; then the office is held no longer."""
    world = at("nothing")
    found = serving(world)
    assert found.ends_on is not None
    world.clock.advance(days=(found.ends_on - world.clock.now().date()).days)
    world.go_on()
    assert holds(world, found.person_id)
    world.clock.advance(days=1)
    world.go_on()
    assert the_service(world).state == "ended"
    assert not holds(world, found.person_id)


def test_an_extension_stays_within_what_the_law_allows(sqlite_at: At) -> None:
    """At most two years more at a time, and six years in all."""
    world = sqlite_at("nothing")
    found = serving(world)
    for key in ("first_review", "final_review"):
        world.do("hr", lasting.TASK, lasting.TaskDone(key, "satisfactory"), found.id)
    world.do("hr", lasting.CONFIRM, None, found.id)
    assert found.ends_on is not None
    two = found.ends_on.replace(year=found.ends_on.year + 2)
    with pytest.raises(Refused, match="may last until"):
        world.do("hr", lasting.EXTEND, lasting.Longer(two.replace(year=two.year + 1)), found.id)
    world.do("hr", lasting.EXTEND, lasting.Longer(two), found.id)
    assert the_service(world).ends_on == two


def test_whoever_was_suitable_stays_on_the_roster_until_it_runs_out(sqlite_at: At) -> None:
    """Two years, by the rulebook; then the clock takes the place away."""
    world = sqlite_at("nothing")
    competing.ended(world)
    (place,) = world.rows(RosterPlace)
    assert place.person_id == world.candidacy("Boonmee").person_id
    world.do("hr", rosters.RENEW, None, place.id)
    (place,) = world.rows(RosterPlace)
    world.clock.advance(days=(place.until - world.clock.now().date()).days + 2)
    world.go_on()
    assert world.rows(RosterPlace)[0].state == "expired"
    with pytest.raises(Refused):
        world.do("hr", rosters.RENEW, None, place.id)


def test_acting_time_is_counted_and_capped(sqlite_at: At) -> None:
    """Six months at a time, twelve in all, counted over every time in that office."""
    world = sqlite_at("nothing")
    competing.seat_people(world)
    given = Acting(
        address("chair"), OFFICE, date(2026, 12, 1), date(2027, 5, 31), "The post is vacant."
    )
    world.case = ""
    act(world, given)
    later = Acting(address("chair"), OFFICE, date(2027, 7, 1), date(2027, 12, 31), "Still vacant.")
    act(world, later)
    more = Acting(address("chair"), OFFICE, date(2028, 2, 1), date(2028, 2, 10), "And still.")
    with pytest.raises(Refused, match="are the most in all"):
        act(world, more)
    world.clock.advance(days=20)
    world.go_on()
    assert holds(world, "chair")
    world.clock.advance(days=170)
    world.go_on()
    assert not holds(world, "chair")


def act(world: World, given: Acting) -> None:
    """HR lets somebody act."""
    perform(world.house, world.as_("hr"), BEGIN_ACTING, None, given)


def test_a_paused_case_stands_still_and_its_deadlines_move(at: At) -> None:
    """No act, no deadline; resumed, everything is due as much later as it stood still."""
    world = at("applications")
    before = _due(world)
    world.do("hr", pausing.PAUSE, pausing.Paused("The budget is under review."))
    world.pass_days(60)
    assert world.the_case().stage == "applications"
    with pytest.raises(Refused, match="Paused"):
        world.do("hr", COMPLETE_TASK, Done("travel"))
    world.do("hr", pausing.RESUME, None)
    assert (_due(world) - before).days == 60
    world.pass_days(60)
    world.pass_days(20)
    assert "applications" in world.the_case().passed


def test_a_paused_case_stops_the_clocks_of_its_open_questions(at: At) -> None:
    """Nobody is silent in time while the case stands still; resumed, everybody has it back."""
    world = at("consultation")
    (asked,) = world.questions()
    before = max(each.due_at for each in world.invitations(asked.id) if each.due_at)
    world.do("hr", pausing.PAUSE, pausing.Paused("The budget is under review."))
    world.pass_days(60)
    (asked,) = world.questions()
    assert asked.paused_at is not None
    with pytest.raises(Refused, match="belongs to stands still"):
        world.do("hr", RUN_ON, RunOn(), asked.id)
    world.do("hr", pausing.RESUME, None)
    (asked,) = world.questions()
    assert asked.paused_at is None
    after = max(each.due_at for each in world.invitations(asked.id) if each.due_at)
    assert (after - before).days >= 60
    world.pass_days(1)
    assert world.questions()


def _due(world: World) -> date:
    with world.reading() as session:
        (found,) = [
            each
            for each in session.exec(select(Deadline))
            if each.owner_kind == "case" and each.owner_id == world.case
        ]
        return found.due_at.date()


def test_holdings_of_a_service_say_whose_they_are(sqlite_at: At) -> None:
    """The holding names its service, and the tasks of the case are done before it begins."""
    world = sqlite_at("nothing")
    found = serving(world)
    (held,) = [each for each in world.rows(Holding) if each.office == OFFICE]
    assert held.facts["service"] == found.reference
    assert all(each.done_at for each in world.rows(Task))


def test_a_case_is_copied_without_its_candidates(sqlite_at: At) -> None:
    """Post, procedure, weights and panel; members have to declare anew."""
    world = sqlite_at("nothing")
    competing.ended(world)
    before = world.case
    receipt = perform(world.house, world.as_("hr"), COPY, None, Copy(before))
    assert receipt is not None
    world.case = receipt.subject_id
    assert world.candidacies() == {}
    seats = [each for each in world.rows(PanelMember) if each.case_id == world.case]
    assert {each.person_id for each in seats} == set(competing.PANEL)
    assert {each.state for each in seats} == {"named"}
