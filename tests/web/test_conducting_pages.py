"""Whoever put a question conducts it on its page: the clock, its pauses, the end; others read."""

from __future__ import annotations

import pytest

from governance.consultation.models import ClockEvent, Consultation
from tests.web.conftest import Site, SiteAt
from tests.web.test_two_organs import plain


@pytest.fixture
def site(site_at: SiteAt) -> Site:
    """Three leaders have five working days to object."""
    found = site_at("selection")
    found.world.answer("panel", "shortlist", "Aalto", "Boonmee")
    found.world.go_on()
    return found


def question(site: Site) -> Consultation:
    """The question that is open."""
    return site.world.open_question()


def conduct(site: Site, who: str, **fields: str) -> int:
    """Somebody sends a form of the page."""
    page = f"/consultations/{question(site).id}/certificate"
    answer = site.somebody(who).send(page.replace("certificate", "conduct"), page, **fields)
    return answer.status_code


def test_more_time_is_given_with_a_reason_and_shows_in_the_timeline(site: Site) -> None:
    """The page says when and why; whoever did not put the question is offered nothing."""
    page = f"/consultations/{question(site).id}/certificate"
    assert (
        conduct(site, "hr", act="extend", until="2027-01-15", reason="The file came late.") == 303
    )
    told = plain(site.somebody("hr").get(page).text)
    assert "the time was extended" in told
    assert "the file came late." in told
    other = site.somebody("legal")
    assert "conduct the question" not in plain(other.get(page).text)


def test_a_question_is_withdrawn_by_whoever_put_it_alone(site: Site) -> None:
    """With the reason; a reader who sends the same form is refused, and nothing has changed."""
    page = f"/consultations/{question(site).id}/certificate"
    key = question(site).id
    guest = site.somebody("legal")
    refused = guest.send(
        f"/consultations/{key}/conduct", "/people/me/notices", act="withdraw", reason="I say so."
    )
    assert refused.status_code == 403
    assert question(site).id == key
    assert conduct(site, "hr", act="withdraw", reason="The post was abolished.") == 303
    assert "the question was withdrawn" in plain(site.somebody("hr").get(page).text)


def test_looking_at_the_page_changes_nothing(site: Site) -> None:
    """However often, by whomever: no entry, no event of the clock."""
    page = f"/consultations/{question(site).id}/certificate"
    before = (site.world.kinds(), len(site.world.rows(ClockEvent)))
    for who in ("hr", "legal"):
        assert site.somebody(who).get(page).status_code == 200
    assert (site.world.kinds(), len(site.world.rows(ClockEvent))) == before
