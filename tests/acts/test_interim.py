"""An interim in an emergency: days, a cap, a report at once, confirmed afterwards or ended."""

from __future__ import annotations

from governance.acts import perform
from governance.appointments.candidates import IMPORT
from governance.appointments.launching import LAUNCH, Launch
from governance.appointments.service import engaging
from governance.appointments.service.models import Service
from governance.appointments.vetting import CONFIRM_ELIGIBILITY, Confirmed
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation
from governance.people.models import Holding
from governance.record.models import Outbox
from tests.acts.competing import the_service
from tests.acts.conftest import At
from tests.acts.world import POST, World, candidates_file, row

OFFICE = "director_bureau_abidjan"


def designated(world: World) -> Service:
    """Somebody is designated within days, sworn in, and serves."""
    with world.house.database.deciding() as session:
        session.add(
            Holding(office="deputy_secretary_general", person_id="nobody", since=world.clock.now())
        )
    confirmed = {"emergency_grounds": "The bureau has no director since Monday."}
    given = Launch("emergency-interim", POST, confirmed=confirmed)
    receipt = perform(world.house, world.as_("hr"), LAUNCH, None, given)
    assert receipt is not None
    world.case = receipt.subject_id
    world.go_on()
    world.do("hr", IMPORT, candidates_file(row("Aalto", "FIN")))
    world.pass_days(4)
    world.do("hr", CONFIRM_ELIGIBILITY, Confirmed())
    world.go_on()
    world.record_checks("satisfactory")
    world.go_on()
    world.answer("staff", "propose", "Aalto")
    world.go_on()
    world.answer("sg", "appoint", "Aalto")
    world.go_on()
    world.answer_by_link("accept")
    told = world.go_on()
    assert told
    found = the_service(world)
    world.do("hr", engaging.OATH, engaging.Sworn(), found.id)
    world.do("hr", engaging.ENTER, engaging.Entered(), found.id)
    world.go_on()
    return the_service(world)


def questions_of(world: World, owner: str) -> list[Consultation]:
    """The questions that a service has put."""
    return [each for each in world.rows(Consultation) if each.owner_id == owner]


def test_an_interim_takes_days_is_capped_and_reported_at_once(sqlite_at: At) -> None:
    """Six months at the most; whoever the law names has a notice."""
    world = sqlite_at("nothing")
    begun = world.clock.now()
    found = designated(world)
    assert (world.clock.now() - begun).days < 10
    assert (found.kind, found.state) == ("interim", "serving")
    assert found.ends_on == found.cap_on
    assert found.cap_on is not None
    assert 178 < (found.cap_on - found.begins_on).days < 186
    told = {each.person_id for each in world.rows(Outbox) if each.template == "interim"}
    assert told == {"legal"}


def test_an_interim_that_is_confirmed_lasts_to_its_cap(sqlite_at: At) -> None:
    """The question goes to the office that the law names; then the clock ends it at the cap."""
    world = sqlite_at("nothing")
    found = designated(world)
    (asked,) = questions_of(world, found.id)
    given = GivenAnswer("confirm", seen_version=asked.content_version)
    world.do("nobody", ANSWER, given, asked.id)
    world.go_on()
    assert the_service(world).ratified_at is not None
    world.pass_days(190)
    assert the_service(world).end_reason == "end_of_term"


def test_an_interim_that_nobody_confirms_ends(sqlite_at: At) -> None:
    """Thirty days without an answer: the office is held no longer."""
    world = sqlite_at("nothing")
    found = designated(world)
    world.pass_days(35)
    ended = the_service(world)
    assert (ended.state, ended.end_reason) == ("ended", "not_confirmed")
    held = [each for each in world.rows(Holding) if each.id == found.holding_id]
    assert held[0].until is not None


def test_a_competition_for_the_post_goes_on_beside_the_interim(sqlite_at: At) -> None:
    """The interim's case stands in the way of another interim, not of the competition."""
    world = sqlite_at("applications")
    with world.house.database.deciding() as session:
        session.add(
            Holding(office="deputy_secretary_general", person_id="nobody", since=world.clock.now())
        )
    given = Launch("emergency-interim", POST, confirmed={"emergency_grounds": "At once."})
    assert perform(world.house, world.as_("hr"), LAUNCH, None, given) is not None
