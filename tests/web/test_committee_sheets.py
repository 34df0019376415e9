"""Seats, mandate and crisis of a body by its pages and its API: each act, and each refusal."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from governance.appointments.models import Case
from governance.committees.after.models import Action, Decision
from governance.committees.models import Committee, Filling, Mandate, Officer, Reading, Seat
from tests.acts.chamber import COMMITTEE, OUTSIDER, SECRETARY, found_committee
from tests.acts.competing import ANALYST
from tests.web.conftest import Site, SiteAt
from tests.web.test_api import Caller

SEATS, MANDATE = "/committees/audit/seats", "/committees/audit/mandate"


@pytest.fixture
def site(site_at: SiteAt) -> Site:
    """A committee of five; one seat more is vacant, and an appointment fills it."""
    found = site_at("nothing")
    found_committee(found.world)
    with found.world.house.database.deciding() as session:
        session.add(
            Seat(
                committee_id=COMMITTEE,
                key="expert",
                title={"en": "Expert"},
                post=ANALYST,
                since=found.world.clock.now(),
            )
        )
    return found


def test_the_appointment_to_a_vacant_seat_is_one_button_of_the_secretary(site: Site) -> None:
    """The seat says how it is filled; the button launches the case; then the page names it."""
    secretary = site.somebody(SECRETARY)
    assert "by an appointment" in secretary.get(SEATS).text
    done = secretary.send(f"{SEATS}/expert/fill", "/vacancies")
    assert done.status_code == 303
    (case,) = site.world.rows(Case)
    assert case.reference in secretary.get(SEATS).text
    again = secretary.send(f"{SEATS}/expert/fill", SEATS)
    assert again.status_code == 409
    assert case.reference in again.text


def test_what_waits_at_home_has_its_rule_and_one_next_act(site: Site) -> None:
    """The vacant seat stands on the secretary's list, and nowhere for a passer-by."""
    secretary = site.somebody(SECRETARY)
    home = secretary.get("/committees").text
    assert "Launch the appointment" in home
    assert SEATS in home
    assert "Launch the appointment" not in site.somebody(OUTSIDER).get("/committees").text


def test_seats_and_offices_change_by_forms(site: Site) -> None:
    """Somebody sits, leaves, takes an office; each refusal is told with what was typed."""
    secretary = site.somebody(SECRETARY)
    for act, fields in (
        ("seat", {"seat": "expert", "name": "Eve New", "email": "eve@new.example"}),
        ("office", {"office": "vice_chair", "name": "Eve New", "until": "2027-12-31"}),
        ("leave", {"seat": "legal", "since": "2026-12-01", "until": "2026-12-31"}),
        ("right", {"seat": "south", "has": "lost", "because": "arrears"}),
        ("unseat", {"seat": "panel", "how": "resign"}),
    ):
        assert secretary.send(f"{SEATS}/{act}", SEATS, **fields).status_code == 303, act
    page = secretary.get(SEATS).text
    assert "31 December 2027" in page
    officers = [(each.office, each.acting) for each in site.world.rows(Officer)]
    assert ("chair", True) in officers  # the chair left with the seat, and the vice-chair acts
    refused = secretary.send(f"{SEATS}/leave-office", SEATS, office="rapporteur", because="ill")
    assert refused.status_code == 422
    assert "obody holds the office" in refused.text
    assert 'value="ill"' in refused.text
    member = site.somebody("legal")
    assert member.get(SEATS).status_code == 200
    assert member.send(f"{SEATS}/unseat", "/committees", seat="staff").status_code == 403


def test_a_mandate_is_reviewed_and_renewed_by_forms(site: Site) -> None:
    """Review, a new version, the parent's decision; an approval without decision is refused."""
    secretary = site.somebody(SECRETARY)
    send = secretary.send
    assert send(f"{MANDATE}/step", MANDATE, event="recharter").status_code == 303
    new = {"text": "To watch over records.", "sunset": "2029-12-31"}
    assert send(f"{MANDATE}/propose", MANDATE, **new).status_code == 303
    bare = send(f"{MANDATE}/approve", MANDATE, version="1", by="")
    assert (bare.status_code, "approved by a decision" in bare.text) == (422, True)
    assert send(f"{MANDATE}/approve", MANDATE, version="1", by="EC/9").status_code == 303
    (body,) = site.world.rows(Committee)
    assert (body.state, str(body.sunset_on)) == ("active", "2029-12-31")
    (version,) = site.world.rows(Mandate)
    assert version.approved_by == "EC/9"
    assert "To watch over records." in secretary.get("/committees/audit").text


def test_a_body_is_replaced_and_what_is_open_goes_with_it(site: Site) -> None:
    """Another body takes its place: everybody's sitting ends, open actions have new numbers."""
    secretary, api = site.somebody(SECRETARY), Caller(site.world)
    file = "schema: 1\nbody: risk\ntitle: Risk Committee\n"
    api.post("/committees", {"file": file}, by=SECRETARY, status=201)
    for body, text in (("risk", "Count keys."), ("audit", "Close the vault.")):
        given = {"given": {"text": text, "owner_name": "Somebody"}}
        api.post(f"/committees/{body}/acts/open_action", given, by=SECRETARY)
    step = {"event": "replace", "because": "EC/10", "replaced_by": "risk"}
    assert secretary.send(f"{MANDATE}/step", MANDATE, **step).status_code == 303
    bodies = {each.key: each for each in site.world.rows(Committee)}
    assert bodies["audit"].state == "replaced"
    moved = [(e.committee_id, e.number, e.text) for e in site.world.rows(Action)]
    assert (bodies["risk"].id, 2, "Close the vault.") in moved
    assert api.get("/committees/audit", by=SECRETARY)["members"] == []
    assert "Its place is taken by Risk Committee." in secretary.get(MANDATE).text
    assert site.world.faults() == []


def test_a_crisis_team_is_stood_up_from_a_template_and_stands_down(site: Site) -> None:
    """From the rulebook's template to the report, by pages; every office sits, each is told."""
    secretary = site.somebody(SECRETARY)
    new = {"template": "incident", "key": "flood", "title": "Flood", "because": "Water is rising."}
    assert secretary.send("/crises/new", "/crises/new", **new).headers["location"].endswith("?done")
    told = {each.person_id for each in site.world.unsent() if each.template == "crisis_message"}
    assert told == {"sg", "panel", "legal", "staff"}
    crisis = "/committees/flood/crisis"
    outside = {"text": "Please help.", "readers": "Desk <desk@organisation.example>"}
    assert secretary.send(f"{crisis}/log", crisis, text="Pumps ordered.").status_code == 303
    assert secretary.send(f"{crisis}/message", crisis, **outside).status_code == 303
    few = {"title": "Pumps", "text": "To hire pumps.", "amount": "5000", "agreed": "legal-adviser"}
    assert "are needed" in secretary.send(f"{crisis}/decide", crisis, **few).text
    with site.world.reading() as session:
        keys = [each.key for each in session.exec(select(Seat).where(col(Seat.office) != ""))]
    many = {**few, "agreed": ", ".join(keys[:3])}
    assert secretary.send(f"{crisis}/decide", crisis, **many).status_code == 303
    (decision,) = site.world.rows(Decision)
    confirm = {"number": decision.number, "by": "EC/11"}
    assert secretary.send(f"{crisis}/confirm", crisis, **confirm).status_code == 303
    end = {"report": "All safe.", "lessons": "Buy pumps.\nTrain twice."}
    assert secretary.send(f"{crisis}/stand-down", crisis, **end).status_code == 303
    assert [each.text for each in site.world.rows(Action)] == ["Buy pumps.", "Train twice."]
    assert site.world.faults() == []


def test_a_partner_outside_reads_the_one_message_and_says_so(site: Site) -> None:
    """A partner is no member: the message opens, the body does not; who has read it is noted."""
    api = Caller(site.world)
    given = {"template": "incident", "because": "Water is rising."}
    api.post("/crises", given, by=SECRETARY, status=201)
    line = {"given": {"text": "Stay out.", "kind": "message", "readers": [OUTSIDER]}}
    api.post("/committees/incident-team/acts/log", line, by=SECRETARY)
    partner = site.somebody(OUTSIDER)
    ((sent,)) = [each for each in site.world.rows(Reading) if each.person_id == OUTSIDER]
    page = partner.get(f"/messages/{sent.line_id}")
    assert "Stay out." in page.text
    assert partner.get("/committees/incident-team").status_code == 404
    assert [each["read_at"] for each in api.get("/messages", by=OUTSIDER)] == [None]
    assert partner.send(f"/messages/{sent.line_id}", page=page.text).status_code == 303
    lines = api.get("/committees/incident-team/log", by=SECRETARY)
    (said,) = [each for each in lines if each["text"] == "Stay out."]
    assert [each["read_at"] is not None for each in said["readers"]] == [True]
    assert site.somebody("east").get(f"/messages/{sent.line_id}").status_code == 404


def test_the_api_lists_vacancies_and_terms_and_fills_a_seat(site: Site) -> None:
    """The same act and the same refusals for machines; HR sees what an appointment fills."""
    api = Caller(site.world)
    (vacancy,) = api.get("/vacancies", by=SECRETARY)
    assert (vacancy["seat"], vacancy["filled_by"], vacancy["post"]) == (
        "expert", "appointment", ANALYST,
    )  # fmt: skip
    assert api.get("/vacancies", by=OUTSIDER) == []
    api.post("/committees/audit/filling", {"seat": "legal"}, by=SECRETARY, status=409)
    filled = api.post("/committees/audit/filling", {"seat": "expert"}, by=SECRETARY)
    (filling,) = site.world.rows(Filling)
    assert filled["case"] == filling.reference
    assert api.get("/terms", by=SECRETARY) == []
    names = [each["template"] for each in api.get("/crisis-templates", by=SECRETARY)]
    assert names == ["incident"]


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_the_pages_speak_every_language(site: Site, language: str) -> None:
    """No English button on the pages of seats, mandate and crisis."""
    secretary = site.somebody(SECRETARY)
    secretary.cookies.set("mandate_language", language, domain="mandate.test")
    for path in (SEATS, MANDATE, "/vacancies", "/crises/new"):
        page = secretary.get(path, headers={"accept-language": language})
        assert page.status_code == 200
        for word in ("Enter it", "Take the step", "Vacant from", "Stand it up now"):
            assert word not in page.text, (path, word)
