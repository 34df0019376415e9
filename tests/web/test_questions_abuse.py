"""What people, scanners and second thoughts do to a link: each time a calm page, and no harm."""

from __future__ import annotations

import html
import sqlite3
from typing import Any

import httpx
import pytest
from sqlalchemy.engine import make_url

from governance.appointments.candidates import WITHDRAW_CANDIDACY, Out
from governance.consultation.models import Answer, Consultation
from governance.consultation.standing.absences import PLAN
from governance.consultation.standing.models import Way
from governance.consultation.standing.offices import TAKE_OFFICE, Holds
from governance.people.planning import Told
from tests.web.conftest import Site, SiteAt
from tests.web.guest import Guest, hidden_on

METHODS = ("GET", "HEAD", "OPTIONS", "GET")
CALM = {
    "answered": ("You have answered this question", "لقد أجبتم عن هذا السؤال"),
    "late": ("The time to answer is over", "انتهت مهلة الإجابة"),
}


def read(answer: httpx.Response) -> str:
    """A page as it is read."""
    return html.unescape(answer.text)


def everything(site: Site) -> list[str]:
    """All rows of the database, but for the codes and sessions of signing in."""
    path = make_url(site.world.house.settings.database).database
    with sqlite3.connect(str(path)) as rows:
        return [
            each
            for each in rows.iterdump()
            if not each.startswith(('INSERT INTO "code"', 'INSERT INTO "signin"'))
        ]


def way_of(site: Site, person: str) -> str:
    """The path of the link of somebody who acts for another."""
    (way,) = [each for each in site.world.rows(Way) if each.person_id == person]
    return f"/decide/{site.world.house.keys.token(f'way:{way.id}')}"


def choose(site: Site, guest: Guest, link: str, page: str, position: str, **more: Any) -> Any:
    """Press a button of a page that was opened before."""
    chosen = {"chosen": site.world.candidacy("Aalto").id} if position == "appoint" else {}
    version = hidden_on(page, "version")
    return guest.send(link, page=page, position=position, version=version, **chosen, **more)


def allow(site: Site, **law: Any) -> None:
    """The law of the open question says more than the demonstration's."""
    with site.world.house.database.deciding() as session:
        kept = session.get_one(Consultation, site.world.open_question().id)
        kept.level = law.pop("level", kept.level)
        kept.undo_minutes = law.pop("undo_minutes", kept.undo_minutes)
        kept.content = {**kept.content, **law}


def test_looking_changes_nothing_however_often_and_by_whomever(site_at: SiteAt) -> None:
    """Every page round a question and about people, by guests and by those who are signed in."""
    site = site_at("decision")
    link = site.link()
    feed = site.world.house.keys.token("calendar:sg")
    paths = [
        link,
        *(f"{link}/{each}" for each in ("ask", "delegate", "recuse", "deadline.ics", "take-back")),
        link.replace("/decide/", "/confirm/decide/"),
        f"/calendar/sg/{feed}.ics",
        f"{link}?draft=1",
        "/waiting",
        "/people",
        "/people/me/absence",
        "/people/me/notices",
        "/people/undelivered",
        "/people/leaving/sg@organisation.example",
        "/prepare/0123456789abcdef0123456789abcdef",
    ]
    lookers = [site.guest(), site.somebody("sg"), site.somebody("hr")]
    before, mails = everything(site), len(site.post.messages)
    for looker in lookers:
        for path in paths:
            for method in METHODS:
                status = looker.ask(method, path).status_code
                assert status < 500, (method, path)
    assert everything(site) == before
    assert len(site.post.messages) == mails


def test_a_page_that_is_only_fetched_ahead_was_not_looked_at(site_at: SiteAt) -> None:
    """What is new is measured from when somebody looked, not from when a browser guessed."""
    site = site_at("decision")
    guest, link = site.somebody("sg"), site.link()
    ahead = guest.get(link, headers={"Sec-Purpose": "prefetch"})
    assert "mandate_seen" not in ahead.headers.get("set-cookie", "")
    assert "mandate_seen" in guest.get(link).headers.get("set-cookie", "")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_double_click_answers_once_and_says_so(site_at: SiteAt, language: str) -> None:
    """The second of two finds the first, with its words, in the reader's language."""
    site = site_at("decision")
    guest, link = site.somebody("sg"), site.link()
    page = guest.get(f"{link}?lang={language}").text
    first, second = (choose(site, guest, link, page, "appoint") for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 409)
    assert CALM["answered"][language == "ar"] in read(second)
    assert ('<html lang="ar" dir="rtl">' in second.text) == (language == "ar")
    assert len([each for each in site.world.rows(Answer) if each.by_id == "sg"]) == 1


def test_the_second_of_two_tabs_is_told_what_the_first_has_said(site_at: SiteAt) -> None:
    """Another answer from a page that was opened before is not taken, and not an error."""
    site = site_at("decision")
    guest, link = site.somebody("sg"), site.link()
    one, two = guest.get(link).text, guest.get(link).text
    choose(site, guest, link, one, "appoint")
    late = choose(site, guest, link, two, "send_back", reason="Second thoughts.")
    assert late.status_code == 409
    assert "You have answered this question" in read(late)


def test_a_forwarded_mail_lends_nobody_its_identity(site_at: SiteAt) -> None:
    """Somebody else who is signed in meets the door, and their button does nothing."""
    site = site_at("decision")
    link, stranger = site.link(), site.somebody("legal")
    page = stranger.get(link)
    assert "Confirm that it is you" in read(page)
    before = everything(site)
    sent = stranger.send(link, page=page.text, position="appoint", version="1")
    assert "Confirm that it is you" in read(sent)
    assert everything(site) == before


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_deadline_that_passes_between_page_and_click_is_told_calmly(
    site_at: SiteAt, language: str
) -> None:
    """No sweep has run: the answer is late all the same, and the page says what that means."""
    site = site_at("consultation")
    guest, link = site.somebody("legal"), site.link("legal")
    page = guest.get(f"{link}?lang={language}").text
    due = next(
        each.due_at
        for each in site.world.invitations(site.world.open_question().id)
        if each.person_id == "legal"
    )
    site.world.house.settings.__dict__["session_hours"] = 24 * 30
    site.world.clock.set(due)
    again = site.somebody("legal")
    again.get(f"{link}?lang={language}")
    late = again.send(link, "/waiting", position="object", version="1", reason="Too late.")
    assert late.status_code == 409
    assert CALM["late"][language == "ar"] in read(late)
    assert page


def test_papers_that_changed_are_shown_and_nothing_typed_is_lost(site_at: SiteAt) -> None:
    """A candidate withdraws meanwhile: who, the reason as it was typed, and the newest version."""
    site = site_at("decision")
    guest, link = site.somebody("sg"), site.link()
    page = guest.get(link).text
    gone = site.world.candidacy("Boonmee").id
    site.world.do("hr", WITHDRAW_CANDIDACY, Out(gone, "Another post."))
    answer = choose(site, guest, link, page, "appoint", reason="Long and well thought out.")
    told = read(answer)
    assert answer.status_code == 409
    assert "The papers have changed since you opened them" in told
    assert "Boonmee may no longer be chosen" in told
    assert "Long and well thought out." in told
    assert choose(site, guest, link, answer.text, "appoint").status_code == 200


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_substitution_that_ends_between_page_and_click_is_told_calmly(
    site_at: SiteAt, language: str
) -> None:
    """The substitute is told who may answer; the holder answers."""
    site = site_at("decision")
    now = site.world.clock.now()
    until = str(now.add(hours=1))
    plan = Told("sg", str(now), until, "south@organisation.example", instrument="Order 4")
    site.world.do("sg", PLAN, plan, "sg")
    guest, link = site.somebody("south"), way_of(site, "south")
    page = guest.get(f"{link}?lang={language}")
    assert "Office Sg" in read(page)
    assert "Order 4" in read(page)
    site.world.clock.advance(hours=1)
    answer = choose(site, guest, link, page.text, "appoint")
    assert answer.status_code == 403
    assert "Office Sg" in read(answer)
    assert ('<html lang="ar" dir="rtl">' in answer.text) == (language == "ar")
    assert guest.get(link).status_code == 200
    assert [each for each in site.world.rows(Answer) if each.by_id == "south"] == []


def test_the_former_holder_of_an_office_is_told_who_is_asked_now(site_at: SiteAt) -> None:
    """Their link still opens, and asks nothing of them."""
    site = site_at("decision")
    guest, link = site.somebody("sg"), site.link()
    site.world.do("hr", TAKE_OFFICE, Holds("secretary_general"), "nobody")
    found = guest.get(link)
    assert found.status_code == 200
    assert "Office Nobody holds it and is asked now" in read(found)
    assert guest.get("/waiting").text.count("data-card") == 0
    successor = site.somebody("nobody")
    assert "Whom do you appoint?" in read(successor.get("/waiting"))
    assert "Whom do you appoint?" in read(successor.get(way_of(site, "nobody")))


def test_whoever_gives_information_sees_that_question_only(site_at: SiteAt) -> None:
    """By link and code, without an account; nothing of the case, and no position."""
    site = site_at("consultation")
    guest, link = site.somebody("legal"), site.link("legal")
    form = guest.get(f"{link}/ask")
    sent = guest.send(
        f"{link}/ask",
        page=form.text,
        text="Was he ever suspended?",
        of="ncb@example.org",
        name="National Central Bureau",
    )
    assert "The information is asked for" in read(sent)
    person = next(each.person_id for each in site.world.rows(Way))
    theirs = way_of(site, person)
    outside = site.guest()
    door = theirs.replace("/decide/", "/confirm/decide/")
    page = outside.send(door, theirs).text
    code = site.code_for("ncb@example.org")
    outside.send(f"{door}/code", page=page, code=code, challenge=hidden_on(page, "challenge"))
    shown = outside.get(theirs)
    assert "Was he ever suspended?" in read(shown)
    assert "Aalto" not in read(shown)
    done = outside.send(
        theirs, page=shown.text, text="Never.", information=hidden_on(shown.text, "information")
    )
    assert "Thank you: it is recorded" in read(done)
    assert "Never." in read(site.somebody("staff").get(site.link("staff")))
    assert outside.get("/waiting").status_code == 303


def test_a_sign_in_that_is_too_old_loses_nothing_that_was_typed(site_at: SiteAt) -> None:
    """A high-impact act wants a fresh one: code, and the same page with the same words."""
    site = site_at("decision")
    allow(site, level="fresh")
    guest, link = site.somebody("sg"), site.link()
    page = guest.get(link).text
    site.world.clock.advance(minutes=6)
    door = choose(site, guest, link, page, "appoint", reason="Weighed for a long time.")
    assert door.status_code == 403
    assert "Your sign-in is too old for this answer" in read(door)
    action = link.replace("/decide/", "/confirm/decide/")
    carried = {name: hidden_on(door.text, name) for name in ("carried_reason", "carried_chosen")}
    code_page = guest.send(action, page=door.text, **carried).text
    code = site.code_for("sg@organisation.example")
    challenge = hidden_on(code_page, "challenge")
    again = guest.send(f"{action}/code", page=code_page, code=code, challenge=challenge, **carried)
    assert "Weighed for a long time." in read(again)
    assert choose(site, guest, link, again.text, "appoint").status_code == 200


def test_an_answer_is_taken_back_while_its_minutes_run(site_at: SiteAt) -> None:
    """The receipt says how long; afterwards the button does nothing, in words."""
    site = site_at("decision")
    allow(site, undo_minutes=10)
    guest, link = site.somebody("sg"), site.link()
    receipt = choose(site, guest, link, guest.get(link).text, "appoint")
    assert "You can take it back for another 10 min." in read(receipt)
    assert guest.send(f"{link}/take-back", page=receipt.text).status_code == 303
    page = guest.get(link)
    assert "Whom do you appoint?" in read(page)
    again = choose(site, guest, link, page.text, "appoint")
    site.world.clock.advance(minutes=11)
    late = guest.send(f"{link}/take-back", page=again.text)
    assert late.status_code == 409


def test_the_quiet_acts_are_pages_of_their_own(site_at: SiteAt) -> None:
    """Delegate with its faults, and step back with its ground."""
    site = site_at("consultation")
    allow(site, may_delegate=True)
    guest, link = site.somebody("legal"), site.link("legal")
    form = guest.get(f"{link}/delegate").text
    wrong = guest.send(f"{link}/delegate", page=form, to="who@example.org", text="Please.")
    assert wrong.status_code == 422
    assert "Please." in read(wrong)
    done = guest.send(f"{link}/delegate", page=form, to="south@organisation.example")
    assert "The question is delegated" in read(done)
    delegate = site.somebody("south")
    assert "who has delegated this question to you" in read(delegate.get(way_of(site, "south")))
    further = read(delegate.get(f"{way_of(site, 'south')}/delegate"))
    assert "only whoever was asked may do this, not who acts for them" in further
    assert "Take the delegation back" not in further
    assert "Take the delegation back" in guest.get(f"{link}/delegate").text
    other, theirs = site.somebody("staff"), site.link("staff")
    back = other.get(f"{theirs}/recuse").text
    left = other.send(f"{theirs}/recuse", page=back, ground="family", text="A cousin.")
    assert "You have stepped back" in read(left)
    assert other.get(theirs).status_code == 200
