"""A secretary in a real browser: home, body, minutes from draft to the public edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, ViewportSize

from governance.web.render import LANGUAGE_COOKIE
from tests.acts.chamber import found_committee
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
