"""Pages of committees over HTTP: who may see what, and minutes as papers."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest

from governance.committees.minutes.adopting import PUBLISH
from governance.committees.minutes.circulating import CIRCULATE, Circulated
from governance.committees.minutes.drafting import ASSEMBLE, SUBMIT, Nothing
from governance.committees.models import Committee
from tests.acts.chamber import CHAIR, COMMITTEE, OUTSIDER, SECRETARY, found_committee
from tests.acts.sitting import MEETING, PUBLIC, SECRET, hold_meeting, the_minutes
from tests.web.conftest import Site, SiteAt

PAGES = (
    "/committees/audit",
    f"/meetings/{MEETING}",
    f"/meetings/{MEETING}/screen",
    "/minutes/{id}",
    "/minutes/{id}/edit",
    "/minutes/{id}/minutes.en.pdf",
)


@pytest.fixture
def site(site_at: SiteAt) -> Site:
    """A committee with the draft minutes of one meeting."""
    found = site_at("nothing")
    found_committee(found.world)
    hold_meeting(found.world)
    found.world.do(SECRETARY, ASSEMBLE, Nothing(), the_minutes(found.world).id)
    return found


def adopt(site: Site) -> str:
    """The minutes are adopted by silence and published."""
    world, minutes = site.world, the_minutes(site.world).id
    world.do(SECRETARY, SUBMIT, Nothing(), minutes)
    world.do(SECRETARY, CIRCULATE, Circulated(), minutes)
    world.go_on()
    world.pass_days(8)
    world.do(SECRETARY, PUBLISH, Nothing(), minutes)
    return minutes


def test_whoever_is_nobody_in_a_body_finds_nothing_of_it(site: Site) -> None:
    """Each page sounds as if there were no such thing, and the lists are empty."""
    guest, minutes = site.somebody(OUTSIDER), the_minutes(site.world).id
    for path in PAGES:
        assert guest.get(path.format(id=minutes)).status_code == 404, path
    assert "Audit" not in guest.get("/committees").text
    assert "Audit" not in guest.get("/decisions").text


def test_the_first_page_says_what_waits_in_committees(site: Site) -> None:
    """A chair finds a line beside the questions, with the way there."""
    site.world.do(SECRETARY, SUBMIT, Nothing(), the_minutes(site.world).id)
    chair = site.somebody(CHAIR)
    assert chair.get("/").headers["location"] == "/waiting"
    assert '<a href="/committees">In committees, 1 thing waits for you</a>' in (
        chair.get("/waiting").text
    )


def test_a_page_that_is_looked_at_changes_nothing(site: Site) -> None:
    """Whoever opens pages, however often, leaves no entry and no version."""
    secretary, minutes = site.somebody(SECRETARY), the_minutes(site.world).id
    before = site.world.kinds()
    for path in PAGES:
        assert secretary.get(path.format(id=minutes)).status_code == 200, path
    assert site.world.kinds() == before


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_minutes_are_papers_in_every_language(site: Site, language: str) -> None:
    """A page, a tagged PDF in the language, and an editable copy, of minutes and decisions."""
    secretary, minutes = site.somebody(SECRETARY), the_minutes(site.world).id
    for kind in ("minutes", "decisions"):
        page = secretary.get(f"/minutes/{minutes}/{kind}.{language}.html")
        assert page.status_code == 200
        pdf = secretary.get(f"/minutes/{minutes}/{kind}.{language}.pdf").content
        with pikepdf.open(io.BytesIO(pdf)) as file:
            assert str(file.Root.Lang) == language
        copy = secretary.get(f"/minutes/{minutes}/{kind}.{language}.docx").content
        assert copy.startswith(b"PK")
    assert PUBLIC in secretary.get(f"/minutes/{minutes}/minutes.{language}.html").text
    assert secretary.get(f"/minutes/{minutes}/letter.{language}.pdf").status_code == 404


def test_adopted_minutes_are_put_right_on_their_page(site: Site) -> None:
    """The part is chosen by its words; what was typed stays where they are not found there."""
    minutes = the_minutes(site.world).id
    assert (
        "Put the adopted text right" not in site.somebody(SECRETARY).get(f"/minutes/{minutes}").text
    )
    adopt(site)
    secretary, page = site.somebody(SECRETARY), f"/minutes/{minutes}"
    shown = secretary.get(page).text
    (part,) = [
        each
        for each in re.findall(r'<option value="([^"]+)">([^<]*)', shown)
        if PUBLIC[:20] in each[1]
    ]
    asked = {"block": part[0], "reads": "nobody said", "should_read": "x", "decision": "2026/10"}
    refused = secretary.send(f"{page}/put_right", page, **asked)
    assert refused.status_code == 422
    assert 'value="nobody said"' in refused.text
    assert "do not stand in this part" in refused.text
    secretary.send(f"{page}/put_right", page, **(asked | {"reads": PUBLIC[:9]}))
    assert f"for “{PUBLIC[:9]}” read “x”" in secretary.get(page).text


def test_the_public_reads_adopted_minutes_without_their_closed_parts(site: Site) -> None:
    """An open body's adopted minutes are for everybody; a word of a closed item is for nobody."""
    with site.world.house.database.deciding() as session:
        session.get_one(Committee, COMMITTEE).access = "open"
    reader = site.somebody(OUTSIDER)
    minutes = the_minutes(site.world).id
    assert reader.get(f"/minutes/{minutes}").status_code == 404
    adopt(site)
    reader = site.somebody(OUTSIDER)  # the session of a week ago has ended
    for path in (f"/minutes/{minutes}", f"/minutes/{minutes}/minutes.en.html"):
        text = reader.get(path).text
        assert PUBLIC in text
        assert SECRET not in text
    assert SECRET in site.somebody(SECRETARY).get(f"/minutes/{minutes}").text
