"""A secretary in a real browser: home, body, minutes from draft to the public edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pendulum
import pytest
from playwright.sync_api import Browser, ViewportSize

from governance.committees.meeting.models import Meeting, Note
from governance.committees.models import Officer
from governance.web.render import LANGUAGE_COOKIE
from tests.acts.chamber import SECRETARY, SINCE, found_committee
from tests.acts.sitting import MEETING, hold_meeting
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
    ("language", "width", "script"), [("en", DESK, True), ("ar", PHONE, False)]
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
def test_a_secretary_runs_a_meeting_with_the_keyboard_alone(
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
    press(at, "form[action$='/close'] .btn")
    at.look("closed")
    at.go("/decisions", "register")
    assert at.page.locator("tbody tr").count() == 1
    assert at.faults == []


def test_nothing_typed_in_a_meeting_is_lost_with_the_network(walk: Callable[..., Walk]) -> None:
    """A minute without network: the note stays, through a reload too, and is taken once."""
    at = walk("en", DESK, script=True)
    page = at.page
    with at.site.world.house.database.deciding() as session:
        session.add(Officer(committee_id="body", office="chair", person_id=SECRETARY, since=SINCE))
        meeting = session.get_one(Meeting, MEETING)
        meeting.state, meeting.current_item = "in_session", "item-2"
    page.goto(f"/meetings/{MEETING}")
    page.fill("#note-text", "The delegation asked for more time.")
    page.context.set_offline(True)
    page.click("button[value=note]")
    page.wait_for_selector("[data-away]:visible")
    assert page.input_value("#note-text") == "The delegation asked for more time."
    page.context.set_offline(False)
    page.once("dialog", lambda asked: asked.accept())
    page.reload()
    assert page.input_value("#note-text") == "The delegation asked for more time."
    with page.expect_navigation():
        page.click("button[value=note]")
    assert page.input_value("#note-text") == ""
    noted = [each for each in at.site.world.rows(Note) if each.key]
    assert len(noted) == 1


HERE = "selector => document.activeElement !== null && document.activeElement.matches(selector)"
MOST_STOPS = 400


def reach(at: Walk, selector: str) -> None:
    """Tab from where one is to an element, as somebody without a mouse does."""
    for _ in range(MOST_STOPS):
        if at.page.evaluate(HERE, selector):
            return
        at.page.keyboard.press("Tab")
    pytest.fail(f"no way with the keyboard to {selector}")


def press(at: Walk, selector: str) -> None:
    """Reach a button, press it, and be where it leads."""
    reach(at, selector)
    with at.page.expect_navigation():
        at.page.keyboard.press("Enter")


def unfold(at: Walk, selector: str) -> None:
    """Reach the heading of a part that is folded, and open it."""
    reach(at, f"details:has({selector}) > summary")
    at.page.keyboard.press("Enter")


def write(at: Walk, selector: str, words: str) -> None:
    """Reach a field and type."""
    reach(at, selector)
    at.page.keyboard.type(words)


def choose(at: Walk, selector: str, value: str) -> None:
    """Reach a list and go down it to a value."""
    reach(at, selector)
    for _ in range(MOST_STOPS):
        if at.page.evaluate("() => document.activeElement.value") == value:
            return
        at.page.keyboard.press("ArrowDown")
    pytest.fail(f"{value} is not in {selector}")


def plan_and_convene(at: Walk) -> None:
    """A day in the zone of the body; then everybody who sits is invited."""
    with at.site.world.house.database.deciding() as session:
        session.add(Officer(committee_id="body", office="chair", person_id=SECRETARY, since=SINCE))
    at.page.goto("/committees/audit")
    unfold(at, "[name=starts]")
    reach(at, "[name=starts]")
    for part in ("12", "14", "2026", "ArrowRight", "10", "00", "A"):
        (at.page.keyboard.press if part == "ArrowRight" else at.page.keyboard.type)(part)
    press(at, "form[action$=meetings] .btn")
    at.path = at.page.url.partition("?")[0]
    press(at, "form[action$=convene] .btn")
    at.check("convened")


def agenda_and_roll(at: Walk) -> None:
    """Two items, the second moved up; four members are there, and the meeting opens."""
    for title in ("Budget 2027", "Report of the auditor"):
        unfold(at, "form[action$=propose]")
        write(at, "form[action$=propose] [name=title]", title)
        press(at, "form[action$=propose] .btn")
    press(at, "form[action$=order] [value=up]")
    press(at, "form[action$=circulate] .btn")
    at.site.world.clock.set(pendulum.parse("2026-12-14T09:05:00+00:00"))
    at.sign_in()
    at.page.goto(at.path)
    for seat in ("panel", "legal", "regions", "staff"):
        press(at, f"form[action$=roll]:has([value={seat}]) [value=present]")
    press(at, "form[action$='/open'] .btn")
    at.check("in-session")


def vote(at: Walk) -> None:
    """The first item is opened, a motion moved and seconded, put, counted, declared."""
    unfold(at, "[name=step][value=open]")
    press(at, ".agenda li:first-child [name=step][value=open]")
    unfold(at, "form[action$=motion]")
    write(at, "form[action$=motion] [name=text]", "That the report be approved.")
    choose(at, "form[action$=motion] [name=mover]", "legal")
    choose(at, "form[action$=motion] [name=seconder]", "staff")
    press(at, "form[action$=motion] .btn")
    unfold(at, "form[action$=put]")
    press(at, "form[action$=put] [value=show]")
    write(at, "[name=yes]", "3")
    write(at, "[name=no]", "1")
    press(at, "form[action$=count] .btn")
    at.check("counted")
    press(at, "form[action$=declare] .btn")
    write(at, "#note-text", "The Legal Adviser presented the report.")
    press(at, "form[action$=note] [value=note]")
    unfold(at, "form[action$=action]")
    write(at, "#action-text", "Publish the report")
    press(at, "form[action$=action] .btn")
    at.check("voted")
