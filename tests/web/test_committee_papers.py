"""Papers of a body over HTTP: notice, agenda and pack of a meeting, extract, corrigendum."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from sqlmodel import select

from governance.committees.after.models import Decision
from governance.committees.meeting.models import Meeting, Paper
from governance.committees.minutes.models import Corrigendum
from governance.committees.models import Committee
from tests.acts.chamber import COMMITTEE, OUTSIDER, SECRETARY, found_committee
from tests.acts.sitting import CLOSED, MEETING, OWN, RULES, hold_meeting, the_minutes
from tests.web.conftest import Site, SiteAt
from tests.web.officer import words

LANGUAGES = ("en", "fr", "es", "ar")
NOTICE: dict[str, Any] = {"notice_of_meeting": {"value": {"days": 14}, "article": OWN}}


@pytest.fixture
def site(site_at: SiteAt) -> Site:
    """A meeting of a committee with an open paper and a closed one."""
    found = site_at("nothing")
    found_committee(found.world)
    hold_meeting(found.world, {**RULES, **NOTICE})
    with found.world.house.database.deciding() as session:
        session.get_one(Meeting, MEETING).rules_version = "pinned"
        for key, item, access in (("report", "item-2", "open"), ("file", "item-3", "closed")):
            session.add(
                Paper(
                    meeting_id=MEETING,
                    item_id=item,
                    key=key,
                    title=f"The {key}",
                    language="en",
                    access=access,
                    media="text/plain",
                    content=f"First part of the {key}.\n\nSecond part.".encode(),
                    sha256="0" * 64,
                    came_at=CLOSED,
                )
            )
    return found


def open_to_all(site: Site) -> None:
    """Whoever is signed in may see the committee."""
    with site.world.house.database.deciding() as session:
        session.get_one(Committee, COMMITTEE).access = "open"


@pytest.mark.parametrize("kind", ["notice_of_meeting", "agenda", "annotated_agenda", "pack"])
def test_a_meeting_has_its_papers_in_every_language(site: Site, kind: str) -> None:
    """A page in four languages, a PDF that says its language, an editable copy; linked."""
    secretary = site.somebody(SECRETARY)
    path = f"/meetings/{MEETING}/papers/{kind}"
    assert f"{path}.fr" in secretary.get(f"/meetings/{MEETING}").text
    for language in LANGUAGES:
        assert secretary.get(f"{path}.{language}.html").status_code == 200
    with pikepdf.open(io.BytesIO(secretary.get(f"{path}.ar.pdf").content)) as file:
        assert str(file.Root.Lang) == "ar"
    assert secretary.get(f"{path}.es.docx").content.startswith(b"PK")
    assert site.somebody(OUTSIDER).get(f"{path}.en.html").status_code == 404


def test_the_pack_of_the_public_is_without_closed_items_and_papers(site: Site) -> None:
    """The members' pack has every paper; that of the public not even the title of a closed one."""
    path = f"/meetings/{MEETING}/papers/pack.en.html"
    whole = words(site.somebody(SECRETARY).get(path).text)
    assert "Second part of" not in whole
    assert "First part of the report." in whole
    assert "First part of the file." in whole
    open_to_all(site)
    public = words(site.somebody(OUTSIDER).get(path).text)
    assert "First part of the report." in public
    assert "file" not in public.replace("profile", "")
    assert "Staff" not in public


def test_a_meeting_without_a_rule_on_notice_has_no_notice(site: Site) -> None:
    """Nothing is said that no article says."""
    with site.world.house.database.deciding() as session:
        session.get_one(Meeting, MEETING).rules = RULES
    secretary = site.somebody(SECRETARY)
    path = f"/meetings/{MEETING}/papers/notice_of_meeting"
    assert path not in secretary.get(f"/meetings/{MEETING}").text
    assert secretary.get(f"{path}.en.html").status_code == 404


def test_a_decision_has_a_certified_extract(site: Site) -> None:
    """With its number, words and vote, in the reader's language; not for who may not see it."""
    with site.world.house.database.deciding() as session:
        session.add(
            Decision(
                id="decision-1",
                committee_id=COMMITTEE,
                meeting_id=MEETING,
                motion_id="motion-1",
                number="AUD/4/1",
                title="Report approved",
                text="The report is approved.",
                taken_at=CLOSED,
            )
        )
    secretary = site.somebody(SECRETARY)
    assert "/decisions/decision-1/extract.ar" in secretary.get("/decisions/decision-1").text
    told = words(secretary.get("/decisions/decision-1/extract.en.html").text)
    assert "AUD/4/1" in told
    assert "The report is approved." in told
    for form in ("pdf", "docx"):
        assert secretary.get(f"/decisions/decision-1/extract.ar.{form}").status_code == 200
    assert site.somebody(OUTSIDER).get("/decisions/decision-1/extract.en.pdf").status_code == 404


def test_a_corrigendum_to_a_closed_part_is_not_for_the_public(site: Site) -> None:
    """Members have it as a paper; the public finds neither the paper nor its words on the page."""
    world = site.world
    minutes = the_minutes(world).id
    with world.house.database.deciding() as session:
        row = session.exec(select(type(the_minutes(world)))).one()
        row.state, row.adopted_at = "published", CLOSED
        session.add(
            Corrigendum(
                minutes_id=minutes,
                block="nowhere-open",
                reads="old words",
                should_read="new words",
                decision="AUD/5/1",
                issued_at=CLOSED,
            )
        )
    path = f"/minutes/{minutes}/corrigenda/1.en.html"
    told = words(site.somebody(SECRETARY).get(path).text)
    assert "old words" in told
    assert "new words" in told
    open_to_all(site)
    public = site.somebody(OUTSIDER)
    assert public.get(path).status_code == 404
    assert "new words" not in public.get(f"/minutes/{minutes}").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_year_of_a_body_is_a_page_and_a_paper(site: Site, language: str) -> None:
    """Meetings, attendance, decisions and actions in numbers; a PDF in each language."""
    secretary = site.somebody(SECRETARY)
    page = secretary.get("/committees/audit/report?year=2026")
    assert "1 of 1" in words(page.text)
    assert f"/committees/audit/report/2026.{language}.pdf" in page.text
    paper = secretary.get(f"/committees/audit/report/2026.{language}.pdf")
    assert paper.status_code == 200
    assert pikepdf.open(io.BytesIO(paper.content)).Root.Lang == language


def test_a_year_that_is_none_is_not_there(site: Site) -> None:
    """Neither as a page nor as a paper."""
    secretary = site.somebody(SECRETARY)
    assert secretary.get("/committees/audit/report?year=12").status_code == 404
    assert secretary.get("/committees/audit/report/20266.en.pdf").status_code == 404
