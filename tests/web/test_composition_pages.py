"""The composition on the page of a committee: verdict, reviews, what lies ahead, its settings."""

from __future__ import annotations

import re

import pytest

from governance.committees.models import Committee
from tests.acts.chamber import OUTSIDER, SECRETARY, found_committee
from tests.acts.test_reviews_by_clock import founded
from tests.web.conftest import Site, SiteAt
from tests.web.officer import words

PAGE = "/committees/executive"
AHEAD = f"{PAGE}/composition"


@pytest.fixture
def site(site_at: SiteAt) -> Site:
    """An Executive Committee under the rules that ship, and the secretary of committees."""
    found = site_at("nothing")
    found_committee(found.world)
    founded(found.world, president="DEU")
    return found


def test_the_verdict_stands_on_the_page_of_the_committee(site: Site) -> None:
    """The same rules and numbers as anywhere else, the cure, and the reviews that will come."""
    told = words(site.somebody(SECRETARY).get(PAGE).text)
    assert "More than 1 of the same region: Europe 2" in told
    assert "Not valid" in told
    assert "an election" in told
    assert "opened by the clock" in told


def test_what_lies_ahead_is_filled_from_the_registers(site: Site) -> None:
    """Coming vacancies, and a seat map of whoever sits, without a file."""
    page = site.somebody(SECRETARY).get(AHEAD)
    told = words(page.text)
    assert "Coming vacancies" in told
    assert 'name="seat-12"' in page.text
    assert "Member Number01,DEU" in page.text


def test_a_secretary_puts_a_committee_under_rules_and_says_what_they_ask(site: Site) -> None:
    """First the rules, then a field for each column beside each seat."""
    secretary = site.somebody(SECRETARY)
    path = "/committees/audit/composition"
    assert "Set the rules of composition" in words(secretary.get("/committees/audit").text)
    secretary.send(path, path, body="interpol_ccf", election_on="2027-05-01")
    page = secretary.get(path)
    name = re.findall(r'name="(told-[^"]+:chamber)"', page.text)[0]
    given = {"body": "interpol_ccf", "election_on": "", name: "requests"}
    assert secretary.send(path, path, **given).status_code == 303
    (body,) = [each for each in site.world.rows(Committee) if each.key == "audit"]
    assert "requests" in str(body.facts["composition"]["seats"])


def test_a_day_that_is_none_is_said_beside_its_field(site: Site) -> None:
    """What was typed is kept."""
    secretary = site.somebody(SECRETARY)
    sent = secretary.send(AHEAD, AHEAD, body="interpol_executive_committee", election_on="soon")
    assert sent.status_code == 422
    assert "is not a date" in words(sent.text)


def test_whoever_may_not_see_the_body_finds_no_composition(site: Site) -> None:
    """The page sounds as if there were none."""
    assert site.somebody(OUTSIDER).get(AHEAD).status_code == 404


def test_the_calendar_tells_whom_coming_vacancies_are_owed_to(site: Site) -> None:
    """Over all bodies that the reader may see; others find none."""
    path = "/representation/vacancies"
    told = words(site.somebody(SECRETARY).get(path).text)
    assert "21 November 2027" in told
    assert "President 1" in told
    assert "Member Number01" not in words(site.somebody(OUTSIDER).get(path).text)
