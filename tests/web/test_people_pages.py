"""Pages and API about people: absences, how one is told, calendars, what came back, who leaves."""

from __future__ import annotations

import html

import httpx
import pytest
import vobject

from governance.access.actor import CLOCK
from governance.access.signing import begin
from governance.acts import perform
from governance.api.application import application
from governance.consultation.standing.bouncing import CAME_BACK, Returned
from governance.people.models import Absence, Preference
from governance.record.models import Outbox
from tests.web.conftest import Site, SiteAt
from tests.web.guest import Guest


def read(answer: httpx.Response) -> str:
    """A page as it is read."""
    return html.unescape(answer.text)


def test_an_absence_is_planned_told_and_called_off_on_its_page(site_at: SiteAt) -> None:
    """Faults at their fields with everything typed; then the plan, then its end."""
    site = site_at("decision")
    guest, path = site.somebody("sg"), "/people/me/absence"
    assert "No absence planned" in read(guest.get(path))
    typed = {"since": "2027-03-10", "until": "2027-03-01", "substitute": "who@example.org"}
    wrong = guest.send(path, **typed)
    assert wrong.status_code == 422
    assert "2 things to correct" in read(wrong)
    assert "who@example.org" in read(wrong)
    good = {**typed, "until": "2027-03-20", "substitute": "south@organisation.example"}
    assert guest.send(path, **good).status_code == 303
    assert "Office South" in read(guest.get(path))
    (kept,) = site.world.rows(Absence)
    assert guest.send(f"{path}/{kept.id}/cancel", path).status_code == 303
    assert "No absence planned" in read(guest.get(path))


def test_how_one_is_told_is_chosen_on_its_page(site_at: SiteAt) -> None:
    """A fault names its field; what is kept stands there again."""
    site = site_at("nothing")
    guest, path = site.somebody("sg"), "/people/me/notices"
    wrong = guest.send(path, language="ar", zone="Mars/Base", digest="1", digest_at="08:00")
    assert wrong.status_code == 422
    kept = guest.send(path, language="ar", zone="Africa/Abidjan", digest="1", digest_at="08:00")
    assert kept.status_code == 303
    assert "Africa/Abidjan" in guest.get(path).text
    (row,) = site.world.rows(Preference)
    assert (row.digest_at, row.zone) == ("08:00", "Africa/Abidjan")


def events(site: Site, person: str) -> dict[str, tuple[int, str]]:
    """What an independent parser finds in somebody's calendar: sequence and state by UID."""
    token = site.world.house.keys.token(f"calendar:{person}")
    text = site.guest().get(f"/calendar/{person}/{token}.ics").text
    found = vobject.readOne(text).contents.get("vevent", [])
    return {each.uid.value: (int(each.sequence.value), each.status.value) for each in found}


def test_a_deadline_keeps_its_uid_and_is_called_off_with_a_higher_sequence(site_at: SiteAt) -> None:
    """Calendars follow: it is there, somebody answers, it goes away."""
    site = site_at("consultation")
    before = events(site, "legal")
    site.world.answer("legal", "no_objection")
    after = events(site, "legal")
    assert list(before) == list(after)
    ((first, running),) = before.values()
    ((second, off),) = after.values()
    assert (running, off) == ("CONFIRMED", "CANCELLED")
    assert second > first
    one = site.somebody("staff").get(f"{site.link('staff')}/deadline.ics")
    assert one.headers["content-type"].startswith("text/calendar")
    assert site.guest().get(f"/calendar/legal/{'0' * 64}.ics").status_code == 404


def test_what_came_back_is_listed_and_sent_again(site_at: SiteAt) -> None:
    """For secretaries and HR; somebody who asked nothing sees nothing."""
    site = site_at("consultation")
    asked = site.world.open_question()
    notice = next(
        each
        for each in site.world.rows(Outbox)
        if each.person_id == "legal" and each.template == "question"
    )
    perform(site.world.house, CLOCK, CAME_BACK, asked.id, Returned(notice.key, "5.1.1"))
    hr, path = site.somebody("hr"), "/people/undelivered"
    page = read(hr.get(path))
    assert "legal@organisation.example" in page
    assert "legal@" not in read(site.somebody("east").get(path))
    key = page.split("/people/undelivered/")[1].split("/")[0]
    assert hr.send(f"{path}/{key}/again", path).status_code == 303
    assert "Everything was delivered" in read(hr.get(path))


def test_whoever_leaves_is_passed_on_on_one_page(site_at: SiteAt) -> None:
    """Listed first, done by one button, for staff alone."""
    site = site_at("decision")
    path = "/people/leaving/sg@organisation.example"
    assert site.somebody("legal").get(path).status_code == 404
    hr = site.somebody("hr")
    assert "2 things hang on this person" in read(hr.get(path))
    assert hr.send(path, to="who@example.org").status_code == 422
    assert "has left" in read(hr.send(path, to="south@organisation.example"))
    assert "/people/leaving/" in hr.get("/people").text


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/people/absences", None, 200),
        ("GET", "/people/absences?person=hr@organisation.example", None, 404),
        ("POST", "/people/absences", {"since": "2027-03-01", "until": "2027-03-02"}, 200),
        ("POST", "/people/absences", {"since": "soon", "until": "later"}, 422),
        ("GET", "/people/preferences", None, 200),
        ("PUT", "/people/preferences", {"language": "fr"}, 200),
        ("PUT", "/people/preferences", {"language": "fr", "digest_at": "8"}, 422),
        ("GET", "/people/offices", None, 200),
        ("GET", "/people/alarms", None, 200),
        ("GET", "/people/undelivered", None, 200),
        ("POST", "/people/absences/import", {"content": "who"}, 422),
        ("POST", f"/information/{'0' * 32}", {"text": "x"}, 404),
    ],
)
def test_the_same_acts_over_the_api(
    site_at: SiteAt, method: str, path: str, body: object, status: int
) -> None:
    """With the same refusals, as problems."""
    site = site_at("nothing")
    caller = Guest(application(site.world.house))
    token = begin(site.world.house, "sg")
    answer = caller.ask(method, path, json=body, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == status, answer.text
