"""Pages in a real browser: reachable, readable and calm in both directions and both themes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.web.gallery import PAGES
from tests.web.look import served

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE, DESK, NARROW = 390, 1366, 320
VIEWS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((PHONE, "light"), (DESK, "dark"))
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

FIGURES = r"""() => {
  const wrong = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const turns = /\d+(?: ?[-–−\/] ?\d+)+|\d+:\d+|[+−]\d+(?: \d+)*/g;
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (!node.parentElement.checkVisibility()) continue;
    for (const found of node.data.matchAll(turns)) {
      const spot = (at) => {
        const range = document.createRange();
        range.setStart(node, at); range.setEnd(node, at + 1);
        return range.getBoundingClientRect();
      };
      const first = spot(found.index), last = spot(found.index + found[0].length - 1);
      if (Math.abs(first.top - last.top) < 3 && first.left >= last.left) wrong.push(found[0]);
    }
  }
  return wrong;
}"""

SMALL_TARGETS = """() => [
  ...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter((each) => each.checkVisibility() && !each.closest('p, dd, li > span, td, th, .hide')
    && each.type !== 'hidden' && !each.matches('.skip, .hide'))
  .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 23.5 || box.width < 23.5))
  .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The fixtures' pages, served."""
    with served() as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


def opened(browser: Browser, url: str, width: int) -> tuple[Page, list[str]]:
    """A page in a window of its own, by day, and what its console complains of."""
    page = browser.new_context(viewport={"width": width, "height": 844}).new_page()
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if told.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    page.evaluate("document.fonts.ready")
    return page, complaints


def fitted(page: Page, width: int, theme: Literal["light", "dark"]) -> None:
    """The page in a window of another width and theme, at its end.

    There the bar of answers covers nothing.
    """
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def violations(page: Page, options: dict[str, object]) -> list[str]:
    """What axe finds, short."""
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(
    browser: Browser, address: str, name: str, language: str
) -> None:
    """On a phone by day and at a desk by night: no finding, no sideways scrolling, no complaint.

    Axe checks next to no contrast in Arabic letters; those pages are also read with every
    Arabic letter replaced, which has the same colours.
    """
    page, complaints = opened(browser, f"{address}/look/{name}?lang={language}", PHONE)
    for width, theme in VIEWS:
        fitted(page, width, theme)
        assert violations(page, {"runOnly": AXE}) == [], (width, theme)
        assert page.evaluate(SMALL_TARGETS) == [], width
        assert page.evaluate(TOO_WIDE) <= 0, width
    fitted(page, NARROW, "light")
    assert page.evaluate(TOO_WIDE) <= 0
    if language == "ar":
        assert page.evaluate(FIGURES) == []
    # A mail is shown with its script; that the frame refuses to run it is the point.
    framed = "because the document's frame is sandboxed"
    assert [told for told in complaints if framed not in told] == []
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_contrast_holds_where_the_letters_are_arabic(
    browser: Browser, address: str, name: str
) -> None:
    """The same page with Latin letters in place of the Arabic ones has no contrast finding."""

    def transliterated(route: Route) -> None:
        response = route.fetch()
        body = re.sub("[\u0600-\u06ff]", "a", response.text())
        route.fulfill(response=response, body=body)

    page = browser.new_page(viewport={"width": PHONE, "height": 844})
    page.route("**/look/*", transliterated)
    page.goto(f"{address}/look/{name}?lang=ar")
    for _, theme in VIEWS:
        fitted(page, PHONE, theme)
        rules = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
        assert violations(page, rules) == [], theme
    page.close()


def test_the_brief_is_walked_with_the_keyboard_in_reading_order(
    browser: Browser, address: str
) -> None:
    """Tab goes from the top of the page to its end, and what has the focus is not covered."""
    page, _ = opened(browser, f"{address}/look/decide", PHONE)
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        spot = page.evaluate(
            """() => { const it = document.activeElement;
            const bar = document.querySelector('.bar-act');
            if (it === document.body) return null;
            const a = it.getBoundingClientRect(), b = bar.getBoundingClientRect();
            const stuck = b.bottom >= innerHeight - 1;
            const covered = stuck && !bar.contains(it) && a.top < b.bottom && a.bottom > b.top;
            const text = it.innerText || it.name;
            return {text, y: a.top + scrollY, covered, bar: bar.contains(it)} }"""
        )
        if spot is None:
            break
        stops.append(spot)
    assert len(stops) > 15
    assert [stop["text"] for stop in stops if stop["covered"]] == []
    flowing = [stop["y"] for stop in stops if not stop["bar"]][8:]
    assert flowing == sorted(flowing)


def test_enter_in_a_field_never_answers(browser: Browser, address: str) -> None:
    """A choice made with the keyboard is not sent by Enter: answering takes its own button."""
    page, _ = opened(browser, f"{address}/look/decide", PHONE)
    page.locator("input[name=chosen]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert page.url.endswith("/look/decide")
    page.get_by_role("button", name="Appoint").click()
    assert page.locator("body").inner_text() == "received appoint"


def test_enter_never_answers_without_javascript_either(browser: Browser, address: str) -> None:
    """The form's first button, which Enter presses, sends no position."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/look/decide")
    page.get_by_role("radio", name="Kwabena Osei").press("Enter")
    page.wait_for_url("**/decide/token")
    assert page.locator("body").inner_text() == "received"
    context.close()


def test_an_answer_is_sent_without_javascript(browser: Browser, address: str) -> None:
    """The page is whole without its script: choose, press, received."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/look/decide")
    page.get_by_role("radio", name="Kwabena Osei").check()
    page.get_by_role("button", name="Appoint").click()
    assert page.locator("body").inner_text() == "received appoint"
    context.close()


def test_the_summary_of_errors_takes_the_focus(browser: Browser, address: str) -> None:
    """Whoever sent a wrong form is told first, and each fault leads to its field."""
    page, _ = opened(browser, f"{address}/look/decide_faults", PHONE)
    assert page.evaluate("document.activeElement.matches('.summary')")
    page.get_by_role("link", name="Give a reason.").click()
    assert page.evaluate("document.activeElement.id") == "reason"


def test_text_spaced_for_easier_reading_still_fits(browser: Browser, address: str) -> None:
    """With the spacing of WCAG 1.4.12 nothing is lost sideways."""
    spacing = (
        "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important; }"
    )
    for name in ("decide", "appointment", "waiting"):
        context = browser.new_context(viewport={"width": PHONE, "height": 844}, bypass_csp=True)
        page = context.new_page()
        page.goto(f"{address}/look/{name}")
        page.add_style_tag(content=spacing)
        assert page.evaluate(TOO_WIDE) <= 0, name
        context.close()


def test_keys_lead_to_places_and_can_be_switched_off(browser: Browser, address: str) -> None:
    """A question mark opens the list; "g" and a letter go; switched off, a letter is a letter."""
    page, _ = opened(browser, f"{address}/look/waiting", DESK)
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    assert violations(page, {"runOnly": AXE}) == []
    page.get_by_label("Use single keys on this device").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("g")
    page.keyboard.press("a")
    assert page.url.endswith("/look/waiting")
    page.evaluate("localStorage.setItem('keys', 'on')")
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/appointments")


def test_leaving_with_typed_text_asks_first(browser: Browser, address: str) -> None:
    """A reason that was typed and not sent is not lost by a slip."""
    page, _ = opened(browser, f"{address}/look/decide", DESK)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#reason").press_sequentially("A reason")
    page.goto(f"{address}/look/waiting")
    assert asked == ["beforeunload"]
