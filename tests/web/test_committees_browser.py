"""A secretary in a real browser: home, body, minutes from draft to the public edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pendulum
import pytest
from playwright.sync_api import Browser, ViewportSize

from governance.committees.models import Officer
from governance.web.render import LANGUAGE_COOKIE
from tests.acts.chamber import SECRETARY, SINCE, found_committee
from tests.acts.sitting import hold_meeting
from tests.web.conftest import SiteAt
from tests.web.look import served
from tests.web.test_cases_browser import Walk
from tests.web.test_look_browser import DESK, PHONE, browser

__all__ = ["browser"]


@pytest.fixture
def walk(site_at: SiteAt, browser: Browser) -> Iterator[Callable[..., Walk]]:
    """A secretary who is signed in, at a window of some width and language."""
    with ExitStack() as stack:

        def start(language: str, width: int, *, script: bool) -> Walk:
            site = site_at("nothing")
            found_committee(site.world)
            hold_meeting(site.world)
            base = stack.enter_context(served(site.app))
            size: ViewportSize = {"width": width, "height": 844 if width == PHONE else 800}
            context = stack.enter_context(browser.new_context(base_url=base, viewport=size))
            if not script:
                context.route("**/*.js*", lambda route: route.abort())
            context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": base}])
            walk = Walk(site, context.new_page(), f"committees-{language}-{width}", base, script)
            walk.sign_in()
            return walk

        yield start


@pytest.mark.parametrize(
    ("language", "width", "script"), [("en", DESK, True), ("ar", PHONE, False), ("ar", DESK, True)]
)
def test_a_secretary_carries_minutes_from_draft_to_publication(
    walk: Callable[..., Walk], language: str, width: int, *, script: bool
) -> None:
    """Assembled, written, sent to the chair, circulated, adopted by silence, published."""
    at = walk(language, width, script=script)
    note_an_action(at)
    minutes = draft_and_write(at)
    at.site.world.go_on()
    at.site.world.pass_days(8)
    at.sign_in()
    at.page.goto(minutes)
    at.check("adopted")
    at.send("form[action$=publish] .btn")
    at.look("published")
    at.page.goto(f"{minutes}?version=2&against=1")
    at.look("compared")
    at.go("/decisions", "register")
    assert at.faults == []


def note_an_action(at: Walk) -> None:
    """From the list of what waits to the page of the body, and one action in one line."""
    at.go("/committees", "home")
    at.go("/committees?tab=clock", "clock")
    at.page.goto("/committees/audit")
    at.page.locator("details summary").last.click()
    at.page.fill("[name=text]", "Write to all members")
    at.page.select_option("[name=owner]", "legal")
    at.page.fill("[name=due_on]", "2026-12-18")
    at.send("form[action$=actions] .btn")
    at.check("body")


def draft_and_write(at: Walk) -> str:
    """The draft from the registers, a paragraph by hand, then out to everybody."""
    at.page.goto("/committees")
    at.send("table tbody a")
    at.look("due")
    at.send("form[action$=assemble] .btn")
    at.check("draft")
    minutes = at.page.url.partition("?")[0]
    at.page.goto(f"{minutes}/edit")
    at.page.locator("details.more summary").first.click()
    at.page.locator("details.more textarea").first.fill("The Chair welcomed the members.")
    at.check("write")
    for button in (".bar-act .btn", "form[action$=submit] .btn", "form[action$=circulate] .btn"):
        at.send(button)
    at.look("circulated")
    return minutes


@pytest.mark.parametrize(("language", "width"), [("en", DESK), ("ar", PHONE)])
def test_a_secretary_runs_a_meeting_from_plan_to_close(
    walk: Callable[..., Walk], language: str, width: int
) -> None:
    """Planned, convened, agenda, roll, a motion voted and declared, an action noted, closed."""
    at = walk(language, width, script=False)
    plan_and_convene(at)
    agenda_and_roll(at)
    vote(at)
    at.page.goto(f"{at.path}/screen")
    at.check("screen")
    at.page.goto(at.path)
    at.send("form[action$='/close'] .btn")
    at.look("closed")
    at.go("/decisions", "register")
    assert at.page.locator("tbody tr").count() == 1
    assert at.faults == []


def plan_and_convene(at: Walk) -> None:
    """A day in the zone of the body; then everybody who sits is invited."""
    with at.site.world.house.database.deciding() as session:
        session.add(Officer(committee_id="body", office="chair", person_id=SECRETARY, since=SINCE))
    at.page.goto("/committees/audit")
    at.page.locator("#meetings ~ details summary").click()
    at.page.fill("[name=starts]", "2026-12-14T10:00")
    at.send("form[action$=meetings] .btn")
    at.path = at.page.url.partition("?")[0]
    at.send("form[action$=convene] .btn")
    at.check("convened")


def agenda_and_roll(at: Walk) -> None:
    """Two items, the second moved up; four members are there, and the meeting opens."""
    for title in ("Budget 2027", "Report of the auditor"):
        at.page.locator("form[action$=propose]").evaluate("form => form.parentNode.open = true")
        at.page.fill("form[action$=propose] [name=title]", title)
        at.send("form[action$=propose] .btn")
    at.send("form[action$=order] [value=up]")
    at.send("form[action$=circulate] .btn")
    at.site.world.clock.set(pendulum.parse("2026-12-14T09:05:00+00:00"))
    at.sign_in()
    at.page.goto(at.path)
    for seat in ("panel", "legal", "regions", "staff"):
        at.send(f"form[action$=roll]:has([value={seat}]) [value=present]")
    at.send("form[action$='/open'] .btn")
    at.check("in-session")


def vote(at: Walk) -> None:
    """The first item is opened, a motion moved and seconded, put, counted, declared."""
    at.page.locator(".agenda details").first.evaluate("each => each.open = true")
    at.send(".agenda li:first-child [name=step][value=open]")
    at.page.locator("form[action$=motion]").evaluate("form => form.parentNode.open = true")
    at.page.fill("form[action$=motion] [name=text]", "That the report be approved.")
    at.page.select_option("form[action$=motion] [name=mover]", "legal")
    at.page.select_option("form[action$=motion] [name=seconder]", "staff")
    at.send("form[action$=motion] .btn")
    at.page.locator("form[action$=put]").evaluate("form => form.parentNode.open = true")
    at.send("form[action$=put] [value=show]")
    at.page.fill("[name=yes]", "3")
    at.page.fill("[name=no]", "1")
    at.send("form[action$=count] .btn")
    at.check("counted")
    at.send("form[action$=declare] .btn")
    at.page.fill("#note-text", "The Legal Adviser presented the report.")
    at.send("form[action$=note] [value=note]")
    at.page.locator("form[action$=action]").evaluate("form => form.parentNode.open = true")
    at.page.fill("#action-text", "Publish the report")
    at.send("form[action$=action] .btn")
    at.check("voted")
