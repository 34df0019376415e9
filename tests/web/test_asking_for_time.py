"""Whoever is asked wants more time: a page of their own, and the asker is told where to decide."""

from __future__ import annotations

import pytest

from governance.consultation.standing.offices import TAKE_OFFICE, Holds
from governance.consultation.standing.recusing import RECUSE, SteppingBack
from governance.notices.letter import link_of
from governance.record.models import Outbox
from tests.acts.test_standing import absent
from tests.acts.test_stepping_back import put
from tests.web.conftest import SiteAt
from tests.web.guest import Guest
from tests.web.test_questions_abuse import way_of
from tests.web.test_two_organs import plain


def test_more_time_is_asked_for_on_a_page_beside_the_question(site_at: SiteAt) -> None:
    """With the reason; without one nothing is asked, and looking asks nothing."""
    site = site_at("consultation")
    guest, link = site.somebody("legal"), site.link("legal")
    assert "ask for more time" in plain(guest.get(link).text)
    page = guest.get(f"{link}/more-time").text
    empty = guest.send(f"{link}/more-time", page=page, text=" ")
    assert empty.status_code == 422
    assert not _wishes(site.world.rows(Outbox))
    done = guest.send(f"{link}/more-time", page=page, text="The annex is missing.")
    assert "more time is asked for" in plain(done.text)
    (wish,) = _wishes(site.world.rows(Outbox))
    assert wish.person_id == "hr"
    asker: Guest = site.somebody("hr")
    base = site.world.house.settings.base_url
    leads_to = link_of(site.world.house, wish.template, wish.facts).removeprefix(base)
    assert "the annex is missing." in plain(asker.get(leads_to).text)


def test_a_brief_says_to_which_question_each_earlier_voice_belongs(site_at: SiteAt) -> None:
    """Positions of several questions stand in one list; the kind of decision is said in words."""
    site = site_at("decision")
    told = plain(site.somebody("sg").get(site.link()).text)
    assert "do you object to the shortlist?" in told
    assert "whom does the panel put on the shortlist?" in told
    assert "one person decides, no vote" in told


def test_a_brief_names_who_answers_instead_of_who_stepped_back(site_at: SiteAt) -> None:
    """Among those asked the same, the seat is of the deputy who has it now."""
    site = site_at("decision")
    question = put(site.world)
    site.world.do("sg", RECUSE, SteppingBack("other"), question)
    site.world.hand_over()
    seat = next(each for each in site.world.invitations(question) if each.person_id == "staff")
    link = f"/decide/{site.world.house.keys.token(f'invitation:{seat.id}')}"
    told = plain(site.somebody("staff").get(link).text)
    asked = told[told.index("asked the same") :]
    assert "office south, secretary general" in asked
    assert "office sg" not in asked


@pytest.mark.parametrize("substitute", ["", "south"])
def test_whoever_acts_for_somebody_away_sees_the_last_day_of_it(
    site_at: SiteAt, substitute: str
) -> None:
    """The deputy of the standing instrument as well as whom they named; the day is included."""
    site = site_at("decision")
    last = site.world.clock.now().add(days=20).date()
    site.world.do("hr", TAKE_OFFICE, Holds("deputy_secretary_general"), "south")
    absent(site.world, "sg", substitute, until=last.isoformat())
    told = plain(site.somebody("south").get(way_of(site, "south")).text)
    assert f"until {last.day} {last.format('MMMM YYYY').casefold()}, under:" in told


def _wishes(rows: list[Outbox]) -> list[Outbox]:
    return [each for each in rows if each.template == "more_time"]
