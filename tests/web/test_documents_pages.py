"""Pages of documents: proof for whoever received one, the register, opening and confirming."""

from __future__ import annotations

import re
from typing import Any

import pytest

from governance.acts import perform
from governance.documents.samples import sample
from governance.registry import drafting, issuing
from governance.registry.models import Delivery, Issue, Paper
from tests.web.conftest import Site
from tests.web.guest import Guest, hidden_on

SiteAt = Any


def issued(site: Site) -> Issue:
    """An acknowledgement that was issued to the person called nobody, and sent."""
    facts = sample("acknowledgement", "fr")
    given = {key: facts[key] for key in facts if key not in drafting.GIVEN_AT_ISSUE}
    draft = drafting.Draft("acknowledgement", "fr", given, addressee_id="nobody")
    perform(site.world.house, site.world.as_("hr"), issuing.DRAFT_AND_ISSUE, None, draft)
    site.world.go_on()
    (found,) = site.world.rows(Issue)
    return found


def asked(guest: Guest, content: bytes, language: str = "en") -> str:
    """What the public page says of a file."""
    page = guest.get(f"/verify?lang={language}").text
    files = {"file": ("letter.pdf", content, "application/pdf")}
    answer = guest.post("/verify", data={"csrf": hidden_on(page, "csrf")}, files=files)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.parametrize(
    ("language", "ours", "not_ours"),
    [
        ("en", "This file is ours, whole and unaltered", "This file is not as we issued it"),
        ("fr", "Ce fichier est de nous, entier et inaltéré", "n’est pas tel que nous l’avons émis"),
        ("es", "Este archivo es nuestro, íntegro", "no es tal como lo emitimos"),
        ("ar", "هذا الملف صادر عنا، كامل وغير معدل", "هذا الملف ليس كما أصدرناه"),
    ],
)
def test_whoever_received_a_letter_can_have_it_proven(
    site_at: SiteAt, language: str, ours: str, not_ours: str
) -> None:
    """Without signing in, in four languages; one changed byte and the answer is no."""
    here = site_at("nothing")
    pdf = issued(here).pdf or b""
    guest = here.guest()
    assert ours in asked(guest, pdf, language)
    assert not_ours in asked(guest, pdf[:900] + b"X" + pdf[901:], language)
    assert not_ours in asked(guest, b"no pdf", language)


def test_no_file_is_a_fault_of_the_form(site_at: SiteAt) -> None:
    """In words, at the field."""
    here = site_at("nothing")
    guest = here.guest()
    page = guest.get("/verify").text
    answer = guest.post("/verify", data={"csrf": hidden_on(page, "csrf")})
    assert answer.status_code == 422
    assert "Choose the PDF file" in answer.text


def test_the_addressee_opens_and_confirms(site_at: SiteAt) -> None:
    """A look at the page keeps no hour; the button does. Nobody else sees anything."""
    here = site_at("nothing")
    document = issued(here).paper_id
    guest, other = here.somebody("nobody"), here.somebody("sg")
    page = guest.get(f"/documents/{document}").text
    assert "Open the document" in page
    assert here.world.rows(Delivery)[0].opened_at is None
    assert guest.get(f"/documents/{document}/document.pdf").status_code == 404
    guest.send(f"/documents/{document}/open", page=page)
    assert here.world.rows(Delivery)[0].opened_at is not None
    assert guest.get(f"/documents/{document}/document.pdf").content.startswith(b"%PDF")
    page = guest.get(f"/documents/{document}").text
    guest.send(f"/documents/{document}/acknowledge", page=page)
    assert here.world.rows(Paper)[0].state == "acknowledged"
    assert "INTERPOL/2026/0001" in guest.get("/documents").text
    assert other.get(f"/documents/{document}").status_code == 404
    assert "INTERPOL/2026/0001" not in other.get("/documents").text
