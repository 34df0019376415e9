"""What follows a decision, on the pages: offers, entry, plan, probation, roster, acting, pause."""

from __future__ import annotations

import pytest

from governance.appointments.assessment.recommending import RECOMMEND, Shortlist
from governance.appointments.service import engaging
from governance.appointments.service.models import RosterPlace, Service
from tests.acts import competing
from tests.acts.competing import address, the_service
from tests.acts.world import World
from tests.web.conftest import Site, SiteAt
from tests.web.officer import case_path, words


@pytest.fixture
def ended(site_at: SiteAt) -> Site:
    """Somebody has accepted, and is expected on duty."""
    return site_at("expected")


def page_of(site: Site) -> str:
    """The page of the newest service."""
    return f"/services/{the_service(site.world).reference}"


def days_on(world: World, found: Service) -> None:
    """The day of entry on duty has come."""
    world.clock.advance(days=(found.begins_on - world.clock.now().date()).days + 1)


def test_an_offer_shows_its_last_day_and_who_is_next(site_at: SiteAt) -> None:
    """Before the answer: to whom, until when, and the endorsed list in its order."""
    site = site_at("ranked")
    names = ("Aalto", "Boonmee")
    chosen = tuple(site.world.candidacy(each).id for each in names)
    site.world.do("hr", RECOMMEND, Shortlist(chosen))
    site.world.go_on()
    site.world.answer("sg", "appoint", *names)
    site.world.go_on()
    shown = words(site.somebody("hr").get(f"{case_path(site)}/offers").text)
    assert "Offer 1: Given Aalto waits for the candidate’s answer" in shown
    assert "days left" in shown
    assert "No. 1 on the list Given Boonmee" in shown


def test_offers_are_for_hr_and_audit(ended: Site) -> None:
    """A member of the panel may see the case, and no offer."""
    assert ended.somebody("chair").get(f"{case_path(ended)}/offers").status_code == 403


def test_a_person_enters_on_duty_on_the_pages_and_not_before_everything_is_there(
    ended: Site,
) -> None:
    """The button says what is missing; condition, oath and day by day it can be pressed."""
    hr, path = ended.somebody("hr"), page_of(ended)
    page = words(hr.get(path).text)
    assert "The day of entry on duty is" in page
    assert "1 conditions of the offer are not met" in page
    offers = f"{case_path(ended)}/offers"
    met = hr.send(f"{offers}/meet", offers, condition="medical", source="Certificate seen")
    assert met.status_code == 303
    days_on(ended.world, the_service(ended.world))
    hr = ended.somebody("hr")
    assert hr.send(f"{path}/enter", offers).status_code == 409
    assert hr.send(f"{path}/oath", path).status_code == 303
    assert hr.send(f"{path}/enter", path).status_code == 303
    assert the_service(ended.world).state == "probation"
    page = words(hr.get(path).text)
    assert "Code of conduct" in page
    assert "2 reviews of the probation are not held" in page


@pytest.fixture
def serving(ended: Site) -> Site:
    """The person is on probation."""
    hr, path = ended.somebody("hr"), page_of(ended)
    offers = f"{case_path(ended)}/offers"
    hr.send(f"{offers}/meet", offers, condition="medical")
    days_on(ended.world, the_service(ended.world))
    ended.world.do("hr", engaging.OATH, engaging.Sworn(), the_service(ended.world).id)
    ended.somebody("hr").send(f"{path}/enter", path)
    return ended


def test_reviews_and_confirmation_are_recorded_on_the_page(serving: Site) -> None:
    """A review without a result is refused beside what was typed; then the probation ends well."""
    hr, path = serving.somebody("hr"), page_of(serving)
    refused = hr.send(f"{path}/task", path, key="first_review")
    assert refused.status_code == 422
    assert "a review has a result" in refused.text.lower()
    for key in ("first_review", "final_review"):
        given = hr.send(f"{path}/task", path, key=key, result="satisfactory")
        assert given.status_code == 303
    assert hr.send(f"{path}/confirm", path).status_code == 303
    assert the_service(serving.world).state == "serving"
    ends_on = the_service(serving.world).ends_on
    assert ends_on is not None
    late = ends_on.replace(year=ends_on.year + 5).isoformat()
    refused = hr.send(f"{path}/extend", path, until=late)
    assert refused.status_code == 409
    assert "may last until" in refused.text
    good = ends_on.replace(year=ends_on.year + 1).isoformat()
    assert hr.send(f"{path}/extend", path, until=good).status_code == 303
    assert hr.send(f"{path}/separate", path).status_code == 422
    assert hr.send(f"{path}/separate", path, reason="Resigned.").status_code == 303
    page = words(hr.get(path).text)
    assert "separation, with the reason on file" in page
    assert "Resigned." in page


def test_whoever_serves_sees_their_own_plan_and_no_form(serving: Site) -> None:
    """Nobody else's service, no reason on file, and nothing to press."""
    found = the_service(serving.world)
    with serving.world.house.database.deciding() as session:
        from governance.people.models import Person

        session.get_one(Person, found.person_id).email = "aalto@organisation.example"
    guest = serving.somebody("aalto")
    shown = guest.get(page_of(serving))
    assert "Code of conduct" in shown.text
    assert '<form method="post" action="/services' not in shown.text
    assert found.reference in guest.get("/services").text
    assert serving.somebody("legal").get(page_of(serving)).status_code == 404


def test_the_list_of_services_says_what_is_due_next(serving: Site) -> None:
    """What is overdue stands out; a filter that fits nobody says so."""
    hr = serving.somebody("hr")
    page = words(hr.get("/services").text)
    assert "Given Aalto" in page
    assert "Criminal intelligence analyst" in page or "analyst" in page.lower()
    serving.world.clock.advance(days=40)
    assert "overdue since" in words(serving.somebody("hr").get("/services").text)
    assert "No service here" in words(serving.somebody("hr").get("/services?state=ended").text)


def test_a_place_on_the_roster_is_renewed_drawn_and_given_up(ended: Site) -> None:
    """Each is a POST; a place is drawn only into a case whose call is open for that grade."""
    hr = ended.somebody("hr")
    (place,) = ended.world.rows(RosterPlace)
    page = hr.get("/roster").text
    assert "Boonmee" in page
    assert "No case is at its call now." in page
    assert hr.send("/roster/renew", "/roster", place=place.id).status_code == 303
    assert hr.send("/roster/renew", "/roster", place=place.id).status_code == 409
    assert hr.send("/roster/use", "/roster", place=place.id).status_code == 422
    assert hr.send("/roster/remove", "/roster", place=place.id).status_code == 422
    sent = hr.send("/roster/remove", "/roster", place=place.id, reason="At own wish.")
    assert sent.status_code == 303
    assert "Nobody here" in words(hr.get("/roster").text)
    assert ended.somebody("legal").get("/roster").status_code == 403


def test_somebody_acts_in_an_office_within_the_caps(site_at: SiteAt) -> None:
    """The caps stand on the form; what passes them is refused with what was typed."""
    site = site_at("nothing")
    competing.seat_people(site.world)
    hr, path = site.somebody("hr"), "/services/acting"
    assert "At most 6 months at a time, and 12 months in one office" in words(hr.get(path).text)
    fields = {
        "email": address("chair"),
        "office": "criminal_intelligence_analyst",
        "from": "2026-12-01",
        "reason": "The post is vacant.",
    }
    refused = hr.send(path, path, **fields, until="2027-08-31")
    assert refused.status_code == 409
    assert 'value="2027-08-31"' in refused.text
    assert hr.send(path, path, **fields, until="").status_code == 422
    done = hr.send(path, path, **fields, until="2027-03-31")
    assert done.status_code == 303
    page = words(hr.get(done.headers["location"]).text)
    assert "121 days in all; at most 6 months at a time and 12 months in all" in page
    assert site.somebody("legal").get(path).status_code == 403


def test_a_case_is_paused_shown_as_paused_and_resumed_on_the_pages(site_at: SiteAt) -> None:
    """What it does is said first; while it stands still its pages say so, with the reason."""
    site = site_at("applications")
    hr, path = site.somebody("hr"), case_path(site)
    assert "every deadline moves by as many days" in words(hr.get(f"{path}/pause").text)
    assert hr.send(f"{path}/pause", f"{path}/pause").status_code == 422
    done = hr.send(f"{path}/pause", f"{path}/pause", reason="The budget is under review.")
    assert done.status_code == 303
    page = words(hr.get(path).text)
    assert "The case stands still since" in page
    assert "The budget is under review." in page
    assert "Paused" in words(hr.get("/appointments").text)
    for part in ("board", "quality", "calls", "offers", "forecast", "record"):
        assert hr.get(f"{path}/{part}").status_code == 200, part
    assert hr.send(f"{path}/resume", f"{path}/resume").status_code == 303
    assert site.world.the_case().state == "running"


def test_a_case_of_last_year_is_launched_again_from_its_page(ended: Site) -> None:
    """The page says what is taken over; the copy is a case of its own."""
    hr, path = ended.somebody("hr"), case_path(ended)
    assert f'href="{path}/copy"' in hr.get(path).text
    assert "Not taken over: candidates" in words(hr.get(f"{path}/copy").text)
    done = hr.send(f"{path}/copy", f"{path}/copy", wanted_on="2028-01-10")
    assert done.status_code == 303
    assert done.headers["location"] != f"{path}?done=copied"
    assert "declares anew" in words(hr.get(done.headers["location"]).text)


def test_an_interim_in_an_emergency_is_launched_on_the_page(site_at: SiteAt) -> None:
    """The form offers the ordinary way of the post and the emergency's own."""
    site = site_at("nothing")
    hr = site.somebody("hr")
    page = hr.get("/appointments/new").text
    assert 'value="emergency-interim"' in page
    sent = {"post": "regional-director-abidjan", "procedure": "emergency-interim"}
    seen = hr.send("/appointments/check", "/appointments/new", **sent)
    assert seen.status_code == 200
    assert 'name="procedure" value="emergency-interim"' in seen.text
    refused = hr.send("/appointments/check", "/appointments/new", post=sent["post"], procedure="x")
    assert refused.status_code == 422
