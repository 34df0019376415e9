"""Certificates over HTTP: who may read them, what they attest, as papers in every language."""

from __future__ import annotations

import io

import pikepdf

from governance.committees.minutes.circulating import CIRCULATE, Circulated
from governance.committees.minutes.drafting import ASSEMBLE, SUBMIT, Nothing
from governance.consultation.models import Consultation
from tests.acts.chamber import OUTSIDER, SECRETARY, found_committee
from tests.acts.sitting import hold_meeting, the_minutes
from tests.web.conftest import Site, SiteAt
from tests.web.officer import words

LANGUAGES = ("en", "fr", "es", "ar")


def language_of(pdf: bytes) -> str:
    """The language that a tagged PDF says it is in."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return str(file.Root.Lang)


def decided(site: Site) -> Consultation:
    """The newest question of the case that has its result."""
    return [each for each in site.world.questions("closed") if each.outcome][-1]


def test_a_closed_question_has_a_certificate_for_its_readers_alone(site_at: SiteAt) -> None:
    """HR reads rule, roll, count and result; whoever was not asked finds nothing."""
    site = site_at("acceptance")
    asked = decided(site)
    path = f"/consultations/{asked.id}/certificate"
    hr = site.somebody("hr")
    assert path in hr.get(f"/appointments/{asked.reference}").text
    told = words(hr.get(path).text)
    assert asked.rule["article"] in told
    assert "Entry" in told
    guest = site.somebody(OUTSIDER)
    assert guest.get(path).status_code == 404
    assert guest.get(f"{path}.en.pdf").status_code == 404
    assert site.guest().get(path).status_code == 303


def test_a_certificate_is_a_paper_in_every_language(site_at: SiteAt) -> None:
    """A page and a tagged PDF in the language, with the name of whoever was chosen."""
    site = site_at("acceptance")
    asked = decided(site)
    hr = site.somebody("hr")
    for language in LANGUAGES:
        path = f"/consultations/{asked.id}/certificate.{language}"
        page = hr.get(f"{path}.html")
        assert page.status_code == 200
        assert asked.closing_entry in page.text
        assert language_of(hr.get(f"{path}.pdf").content) == language
    assert hr.get(f"/consultations/{asked.id}/certificate.de.pdf").status_code == 404


def test_an_open_question_is_not_certified_on_paper(site_at: SiteAt) -> None:
    """Its page says how it stands; a paper of it there is not."""
    site = site_at("consultation")
    asked = site.world.questions()[0]
    hr = site.somebody("hr")
    page = hr.get(f"/consultations/{asked.id}/certificate")
    assert page.status_code == 200
    assert "certificate.en" not in page.text
    assert hr.get(f"/consultations/{asked.id}/certificate.en.html").status_code == 404


def test_a_member_reads_the_certificate_without_the_answers_of_others(site_at: SiteAt) -> None:
    """That the others answered is told; what they said is for whoever sees the case whole."""
    site = site_at("acceptance")
    several = [
        each for each in site.world.questions("closed") if each.rule["kind"] == "no_objection"
    ]
    asked = several[0]
    mine = site.world.invitations(asked.id)[0].person_id
    page = site.somebody(mine).get(f"/consultations/{asked.id}/certificate")
    assert page.status_code == 200
    assert asked.rule["article"] in words(page.text)


def test_minutes_adopted_by_silence_have_their_certificate(site_at: SiteAt) -> None:
    """Who was asked and reached, the period, no correction: for the body, not for the public."""
    site = site_at("nothing")
    found_committee(site.world)
    hold_meeting(site.world)
    minutes = the_minutes(site.world).id
    for verb, given in ((ASSEMBLE, Nothing()), (SUBMIT, Nothing()), (CIRCULATE, Circulated())):
        site.world.do(SECRETARY, verb, given, minutes)
    secretary = site.somebody(SECRETARY)
    path = f"/minutes/{minutes}/tacit_adoption"
    assert secretary.get(f"{path}.en.html").status_code == 404
    site.world.go_on()
    site.world.pass_days(8)
    secretary = site.somebody(SECRETARY)
    assert f"{path}.en" in secretary.get(f"/minutes/{minutes}").text
    told = words(secretary.get(f"{path}.en.html").text)
    assert "asked: 5; reached: 5" in told
    for language in LANGUAGES:
        assert language_of(secretary.get(f"{path}.{language}.pdf").content) == language
