"""Pages of documents: proof for whoever received one, the register, opening and confirming."""

from __future__ import annotations

import io
import re
from typing import Any

import httpx
import pytest
from docx import Document as Office

from governance.acts import perform
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation
from governance.documents.samples import sample
from governance.documents.schema import KINDS
from governance.people.models import Grant, Person
from governance.registry import drafting, issuing
from governance.registry.models import Delivery, Issue, Paper
from governance.web.papers.form import Form
from tests.web.conftest import Site
from tests.web.forms import posted
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


def officers(site: Site) -> tuple[Guest, Guest]:
    """Two who keep documents: one drafts, the other reviews."""
    with site.world.house.database.deciding() as session:
        session.add(Person(id="hr2", family_name="Second", email="hr2@organisation.example"))
        session.flush()
        session.add(Grant(person_id="hr2", role="hr_officer"))
    return site.somebody("hr"), site.somebody("hr2")


def typed(kind: str, language: str = "en", **more: str) -> dict[str, str]:
    """What somebody types into the form of a kind."""
    entries = Form(KINDS[kind]).entries(sample(kind, language))
    return {**posted(entries), "kind": kind, "language": language, **more}


def drafted(site: Site, guest: Guest, kind: str = "regret", **more: str) -> Paper:
    """A draft that was typed into its form."""
    fields = {"for": "nobody@organisation.example", **more}
    page = guest.send("/documents/new", **typed(kind, **fields)).text
    answer = guest.send("/documents/new/keep", page=page, step="keep", **typed(kind, **fields))
    assert answer.status_code == 303, re.sub(r"<[^>]+>", " ", answer.text)[:1500]
    found: Paper = site.world.rows(Paper)[-1]
    return found


def put(guest: Guest, base: str) -> str:
    """Read by somebody else, ticked in the list, and put to the Secretary General."""
    guest.send(f"{base}/review", page=guest.get(base).text, version="1")
    page = guest.get("/documents?state=reviewed").text
    box = re.search(r'name="paper" value="(\w+)"', page)
    assert box is not None
    told = {"title": "Letters of May", "approver": "sg@organisation.example", "paper": box[1]}
    return guest.send("/documents/put", page=page, **told).headers["location"]


def test_a_letter_goes_its_way_from_form_to_addressee(site_at: SiteAt) -> None:
    """Drafted by one, reviewed by another, put and approved, issued, opened; at pages alone."""
    here = site_at("nothing")
    one, other = officers(here)
    base = f"/documents/{drafted(here, one).id}"
    page = one.get(base).text
    assert "draft is reviewed by somebody else" in page
    assert "We are grateful for the time" in one.get(f"{base}/sheet").text
    bundle = put(other, base)
    leader = here.somebody("sg")
    here.world.go_on()
    (question,) = here.world.rows(Consultation)
    waits = re.search(r'href="(/\w+/[^"]+)" data-card', leader.get("/waiting").text)
    assert waits is not None
    asked = leader.get(waits[1]).text
    assert f'href="{bundle}"' in asked
    assert f'href="{base}"' in asked
    assert "We are grateful for the time" in leader.get(f"{base}/sheet").text
    here.world.do("sg", ANSWER, GivenAnswer("approve", (), "", 1), question.id)
    here.world.go_on()
    here.world.go_on()
    page = other.get(bundle).text
    assert "1 of 1 issued" in page
    page = other.get(base).text
    assert 'href="' + base + '/document.pdf"' in page
    answer = other.send(f"{base}/annul", page=page, because="Sent to the wrong person.")
    assert answer.status_code == 303
    assert "Sent to the wrong person." in other.get(base).text


def test_what_is_wrong_with_a_form_stands_at_its_field(site_at: SiteAt) -> None:
    """Nothing typed is lost; characters that nobody sees are taken out and said so."""
    here = site_at("nothing")
    one, _ = officers(here)
    fields = typed("regret", **{"f.post.title": "", "f.retained_until": "2029-02-28"})
    page = one.send("/documents/new", **typed("regret")).text
    answer = one.send("/documents/new/keep", page=page, step="keep", **fields)
    assert answer.status_code == 422
    assert 'href="#f.post.title"' in answer.text
    assert "is empty" in answer.text
    assert 'value="2029-02-28"' in answer.text
    fields = typed("regret", **{"f.contact": "office\u202e@organisation.example"})
    answer = one.send("/documents/new/keep", page=page, step="keep", **fields)
    assert "U+202E" in answer.text
    assert 'value="office@organisation.example"' in answer.text
    assert here.world.rows(Paper) == []


def test_minutes_come_back_from_a_word_processor_and_a_person_accepts_them(
    site_at: SiteAt,
) -> None:
    """The differences are shown first; the next copy holds the words that were accepted."""
    here = site_at("nothing")
    one, _ = officers(here)
    base = f"/documents/{drafted(here, one, 'minutes', **{'for': ''}).id}"
    copy = Office(io.BytesIO(one.get(f"{base}/copy.docx").content))
    paragraph = next(each for each in copy.paragraphs if each.style.name == "Normal")
    before = paragraph.text
    paragraph.text = "The words of the secretary."
    edited = io.BytesIO()
    copy.save(edited)
    page = one.get(base).text
    answer = one.post(
        f"{base}/returned",
        data={"csrf": hidden_on(page, "csrf")},
        files={"file": ("minutes.docx", edited.getvalue(), "application/octet-stream")},
    )
    assert "The words of the secretary." in answer.text
    assert before[:30] in answer.text
    seen, carried = hidden_on(answer.text, "seen"), hidden_on(answer.text, "carried")
    told = {"csrf": hidden_on(answer.text, "csrf"), "seen": seen, "carried": carried}
    answer = one.post(f"{base}/accept", data=told)
    assert answer.status_code == 303, answer.text
    assert here.world.rows(Paper)[0].version == 2
    assert "The words of the secretary." in one.get(f"{base}/sheet").text
    again = Office(io.BytesIO(one.get(f"{base}/copy.docx").content))
    assert "The words of the secretary." in [each.text for each in again.paragraphs]


def test_many_letters_are_drafted_from_one_and_a_file(site_at: SiteAt) -> None:
    """A line each; a faulty line is named and nothing is drafted; the same title does nothing."""
    here = site_at("nothing")
    one, _ = officers(here)
    base = f"/documents/{drafted(here, one).id}"
    page = one.get(f"{base}/many").text
    assert one.get(f"{base}/many.csv").text.startswith("\ufefffor,language,addressee.name,")

    def take(rows: str, title: str = "Regrets") -> httpx.Response:
        given = {"csrf": hidden_on(page, "csrf"), "title": title}
        return one.post(f"{base}/many", data=given, files={"file": ("rows.csv", rows.encode())})

    faulty = take("for,addressee.name,kontact\n,Ana,x\n")
    assert "fact of this document is called" in faulty.text
    faulty = take("for,addressee.name,addressee.form\n,Ana,ms\n,Bo,nobody\n")
    assert "row 2, addressee.form" in faulty.text
    assert len(here.world.rows(Paper)) == 1
    rows = "for,addressee.name,addressee.form\nnobody@organisation.example,Ana,ms\n,Bo,mr\n"
    bundle = take(rows).headers["location"]
    assert take(rows).headers["location"] == bundle
    assert len(here.world.rows(Paper)) == 3
    shown = one.get(bundle).text
    assert "0 of 2 issued" in shown
    assert "kind of document is approved before it is issued" in shown


def test_drafts_are_not_for_other_eyes(site_at: SiteAt) -> None:
    """Neither the page nor the sheet, the copy, the form, or the list of bundles."""
    here = site_at("nothing")
    one, _ = officers(here)
    base = f"/documents/{drafted(here, one).id}"
    other = here.somebody("nobody")
    for path in ("", "/sheet", "/copy.docx", "/edit", "/many", "/many.csv"):
        assert other.get(f"{base}{path}").status_code == 404, path
    page = other.get("/documents").text
    assert "Draft a document" not in page
    assert other.send(f"{base}/review", page=page, version="1").status_code in {403, 404}
