"""Whoever is asked: proves who they are, reads, answers once, and is told in words otherwise."""

from __future__ import annotations

import html

import pytest

from tests.web.conftest import SiteAt
from tests.web.guest import Guest, hidden_on


def words_of(page: str) -> str:
    """The text of a page as it is read."""
    return html.unescape(page)


def confirmed(guest: Guest, site: object, link: str, email: str) -> None:
    """Prove by the mailed code that a link was sent to you."""
    action = link.replace("/decide/", "/confirm/decide/").replace("/letters/", "/confirm/letters/")
    page = guest.send(action, link).text
    code = site.code_for(email)  # type: ignore[attr-defined]
    challenge = hidden_on(page, "challenge")
    guest.send(f"{action}/code", page=page, code=code, challenge=challenge)


def test_a_guest_is_asked_to_sign_in_and_comes_back(site_at: SiteAt) -> None:
    """A page for somebody leads a guest to the door, and from there to where they wanted."""
    guest = site_at("nothing").guest()
    answer = guest.get("/waiting")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/waiting"
    assert hidden_on(guest.get("/sign-in?next=/waiting").text, "next") == "/waiting"


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(site_at: SiteAt, path: str) -> None:
    """The way back is a path of ours or nothing."""
    guest = site_at("nothing").guest()
    page = guest.ask("GET", "/sign-in", params={"next": path}).text
    assert hidden_on(page, "next") == ""


def test_a_mailed_code_signs_in(site_at: SiteAt) -> None:
    """An address, a code by mail, and the pages know who looks."""
    site = site_at("nothing")
    page = site.somebody("sg").get("/waiting").text
    assert "Office Sg" in page
    assert "Nothing waits for you" in page


def test_an_unknown_address_is_answered_like_a_known_one(site_at: SiteAt) -> None:
    """Whether somebody is registered is never told, and no mail leaves."""
    site = site_at("nothing")
    page = site.guest().send("/sign-in", email="stranger@elsewhere.example")
    assert page.status_code == 200
    assert "If stranger@elsewhere.example is registered here" in page.text
    assert site.post.messages == []


def test_a_wrong_code_is_refused_in_words_and_may_be_corrected(site_at: SiteAt) -> None:
    """The same page comes back with the fault at the field."""
    site = site_at("nothing")
    guest = site.guest()
    page = guest.send("/sign-in", email="sg@organisation.example").text
    challenge = hidden_on(page, "challenge")
    again = guest.send("/sign-in/code", page=page, code="00000000", challenge=challenge)
    assert again.status_code == 422
    assert "code is not right" in again.text
    code = site.code_for("sg@organisation.example")
    done = guest.send("/sign-in/code", page=again.text, code=code, challenge=challenge)
    assert done.status_code == 303


def test_signing_out_ends_the_session_and_not_only_the_cookie(site_at: SiteAt) -> None:
    """A token that somebody copied opens nothing afterwards."""
    site = site_at("nothing")
    guest, thief = site.somebody("sg"), site.guest()
    thief.cookies.update(guest.cookies)
    assert thief.get("/waiting").status_code == 200
    guest.send("/sign-out", "/waiting")
    assert thief.get("/waiting").status_code == 303


def test_what_waits_is_listed_with_its_clock_and_what_silence_does(site_at: SiteAt) -> None:
    """Question, asker, rule, time left, what silence does, and the one next act, on one card."""
    page = words_of(site_at("consultation").somebody("legal").get("/waiting").text)
    assert "Do you object to the shortlist?" in page
    assert "5 working days left" in page
    assert "Your silence counts as agreement" in page
    assert "Rule: Carried unless somebody objects in writing in time" in page
    assert 'Open<span class="hide">: Do you object to the shortlist?' in page


def test_a_link_alone_shows_nothing_of_the_question(site_at: SiteAt) -> None:
    """A forwarded link never lends its identity: without the code there is only the door."""
    site = site_at("decision")
    page = words_of(site.guest().get(site.link()).text)
    assert "Confirm that it is you" in page
    assert "s***g@organisation.example" in page
    assert "Aalto" not in page


def test_opening_a_link_any_number_of_times_changes_nothing(site_at: SiteAt) -> None:
    """Scanners follow links: a GET or a HEAD leaves no trace and uses nothing up."""
    site = site_at("decision")
    link, before = site.link(), len(site.world.entries())
    for method in ("GET", "HEAD", "GET"):
        assert site.guest().ask(method, link).status_code == 200
    assert len(site.world.entries()) == before
    assert site.post.messages == []


def test_the_decision_is_taken_from_the_link_of_a_mail(site_at: SiteAt) -> None:
    """Link, code, brief, answer, receipt; and the case goes on."""
    site = site_at("decision")
    link, guest = site.link(), site.guest()
    confirmed(guest, site, link, "sg@organisation.example")
    page = guest.get(link).text
    brief = words_of(page)
    assert "<h1>Whom do you appoint?</h1>" in brief
    assert "Director of the Regional Bureau in Abidjan" in brief
    assert "Given Aalto" in brief
    assert "2 rules" not in brief
    chosen = site.world.candidacy("Aalto").id
    version = hidden_on(page, "version")
    receipt = guest.send(link, page=page, position="appoint", chosen=chosen, version=version)
    assert receipt.status_code == 200
    assert "Appoint: Given Aalto" in words_of(receipt.text)
    entry = site.world.entries()[-1]
    assert entry.kind == "consultation:answer"
    assert entry.hash in receipt.text
    site.world.go_on()
    assert site.world.the_case().stage == "acceptance"


def test_an_answer_without_a_choice_comes_back_with_everything_typed(site_at: SiteAt) -> None:
    """The page names the fault at its field and keeps the reason."""
    site = site_at("decision")
    guest, link = site.somebody("sg"), site.link()
    again = guest.send(link, position="appoint", reason="A word of mine", version="1")
    assert again.status_code == 422
    assert 'href="#chosen"' in again.text
    assert "A word of mine" in again.text
    assert site.world.the_case().chosen is None


def test_enter_in_a_field_is_not_an_answer(site_at: SiteAt) -> None:
    """A form without a position is asked for one, and nothing is recorded."""
    site = site_at("decision")
    before = len(site.world.entries())
    again = site.somebody("sg").send(site.link(), position="", version="1")
    assert again.status_code == 422
    assert "Press the button of your answer" in again.text
    assert len(site.world.entries()) == before


def test_a_second_answer_is_refused_calmly(site_at: SiteAt) -> None:
    """The page says what was answered and that it stands; the refusal is on the record."""
    site = site_at("consultation")
    guest, link = site.somebody("legal"), site.link("legal")
    page = guest.get(link).text
    assert guest.send(link, page=page, position="no_objection", version="1").status_code == 200
    second = guest.send(link, page=page, position="object", reason="No", version="1")
    assert second.status_code == 409
    assert "You have answered this question" in second.text
    assert "consultation:answer:refused" in site.world.kinds()


def test_an_answer_after_the_deadline_is_refused_before_any_sweep(site_at: SiteAt) -> None:
    """The time is over although nothing has closed the question yet."""
    site = site_at("consultation")
    guest, link = site.somebody("legal"), site.link("legal")
    page = guest.get(link).text
    site.world.clock.advance(days=30)
    guest = site.somebody("legal")
    late = guest.send(link, page=guest.get("/waiting").text, position="no_objection", version="1")
    assert late.status_code == 409
    assert "The time to answer is over" in late.text
    assert page != late.text


def test_somebody_else_s_link_leads_to_the_door_and_says_who_is_signed_in(site_at: SiteAt) -> None:
    """The wrong person sees neither question nor candidates, and can become the right one."""
    site = site_at("decision")
    guest = site.somebody("legal")
    page = words_of(guest.get(site.link()).text)
    assert "You are signed in as Office Legal" in page
    assert "Aalto" not in page
    posted = guest.send(site.link(), position="none", reason="x", version="1")
    assert "Confirm that it is you" in posted.text
    assert site.world.open_question().state == "open"


def test_a_view_against_needs_its_reason(site_at: SiteAt) -> None:
    """An objection without a word is refused at the field of the reason."""
    site = site_at("consultation")
    guest, link = site.somebody("legal"), site.link("legal")
    again = guest.send(link, position="object", version="1")
    assert again.status_code == 422
    assert 'href="#reason"' in again.text
    done = guest.send(link, position="object", reason="A conflict of interest", version="1")
    assert "I object" in done.text


def test_papers_that_changed_are_shown_before_an_answer_is_taken(site_at: SiteAt) -> None:
    """A position is bound to the version that was shown."""
    site = site_at("decision")
    chosen = site.world.candidacy("Aalto").id
    answer = site.somebody("sg").send(site.link(), position="appoint", chosen=chosen, version="0")
    assert answer.status_code == 409
    assert "The papers have changed since you opened them" in answer.text


def test_the_candidate_reads_the_letter_and_accepts_from_a_link(site_at: SiteAt) -> None:
    """Link and code; the letter in both languages as page and PDF; acceptance, and a receipt."""
    site = site_at("acceptance")
    link, guest = site.link(), site.guest()
    confirmed(guest, site, link, "aalto@candidates.example")
    page = words_of(guest.get(link).text)
    assert "the organisation offers you this post" in page
    letters = [part.partition('"')[0] for part in page.split(f'href="{link}/letters/')[1:]]
    assert len(letters) == 4
    for letter in letters:
        got = guest.get(f"{link}/letters/{letter}")
        assert got.status_code == 200
        assert got.content.startswith(b"%PDF") == letter.endswith(".pdf")
    done = guest.send(link, position="accept", version="1")
    assert "I accept" in done.text
    site.world.go_on()
    assert site.world.the_case().stage == "entry_on_duty"


def test_a_code_for_one_link_opens_no_other_page(site_at: SiteAt) -> None:
    """A link's identity is good for that question alone: no list, no case."""
    site = site_at("acceptance")
    guest = site.guest()
    confirmed(guest, site, site.link(), "aalto@candidates.example")
    assert guest.get("/waiting").status_code == 303
    assert guest.get("/appointments").status_code == 303


def test_a_letter_of_regret_is_read_by_its_link_after_a_code(site_at: SiteAt) -> None:
    """Whom it was written to reads it and keeps the PDF; the link alone shows nothing."""
    from governance.appointments.models import Candidacy, Document

    site = site_at("entry_on_duty")
    regret = next(each for each in site.world.rows(Document) if each.kind == "regret")
    token = site.world.house.keys.token(f"document:{regret.id}")
    owner = next(each for each in site.world.rows(Candidacy) if each.id == regret.candidacy_id)
    name = next(key for key, each in site.world.candidacies().items() if each.id == owner.id)
    link, guest = f"/letters/{token}", site.guest()
    assert regret.number not in guest.get(link).text
    assert guest.get(f"{link}/letter.pdf").content.startswith(b"<!doctype html>")
    confirmed(guest, site, link, f"{name.lower()}@candidates.example")
    assert regret.number in guest.get(link).text
    assert guest.get(f"{link}/letter.pdf").content == regret.pdf


@pytest.mark.parametrize("path", ["/decide/unknown", "/letters/unknown", "/mail/none", "/nowhere"])
def test_a_link_that_leads_nowhere_says_so(site_at: SiteAt, path: str) -> None:
    """A page in words under its own status, with what to do."""
    answer = site_at("nothing").guest().get(path)
    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_a_brief_is_said_in_the_reader_s_language(site_at: SiteAt) -> None:
    """The question comes from the law in French; the page around it from the catalogue."""
    site = site_at("decision")
    page = words_of(site.somebody("sg").get(f"{site.link()}?lang=fr").text)
    assert "Qui nommez-vous\N{NO-BREAK SPACE}?" in page
    assert "Autres réponses" in page
    assert "Waiting for your answer" not in page
