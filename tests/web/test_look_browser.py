"""Pages in a real browser: reachable, readable and calm in both directions and both themes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

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
Theme = Literal["light", "dark"]
VIEWS: tuple[tuple[int, Theme], ...] = ((PHONE, "light"), (DESK, "dark"))
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STRUCTURE: dict[str, object] = {"runOnly": AXE, "rules": {"color-contrast": {"enabled": False}}}

# What is too faint among what is written in colours, weight or size that are not known yet. Axe
# reads next to no contrast in Arabic letters: for it, each becomes an "a" in the same colours.
FAINT = r"""async (known) => {
  const seen = new Set(known), unread = [], written = [], places = [];
  for (const it of document.querySelectorAll('body *')) {
    const texts = [...it.childNodes].filter((each) => each.nodeType === 3 && each.data.trim());
    if (!(texts.length || it.placeholder || it.value) || !it.checkVisibility()) continue;
    const own = getComputedStyle(it), looks = [own.color, own.fontWeight > 699, it.localName];
    looks.push(parseFloat(own.fontSize) >= 24 || parseFloat(own.fontSize) >= 18.66);
    for (let at = it; at; at = at.parentElement) {
      const look = getComputedStyle(at), ground = look.backgroundColor + look.backgroundImage;
      if (ground !== 'rgba(0, 0, 0, 0)none' || look.opacity !== '1') {
        looks.push(ground, look.opacity);
      }
    }
    const look = looks.join(' ');
    if (seen.has(look)) continue;
    seen.add(look); unread.push(look);
    it.setAttribute('data-unread', '');
    places.push(it);
    for (const text of texts) {
      written.push([text, text.data]);
      text.data = text.data.replace(/[\u0600-\u06ff]/g, 'a');
    }
  }
  const only = {resultTypes: ['violations'], runOnly: {type: 'rule', values: ['color-contrast']}};
  const told = places.length ? (await axe.run('[data-unread]', only)).violations : [];
  written.forEach(([text, data]) => { text.data = data; });
  places.forEach((it) => it.removeAttribute('data-unread'));
  return [unread, told.flatMap((each) => each.nodes.map((node) => node.html.slice(0, 160)))];
}"""

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
      if (!first.width) continue;  // what stands in a textarea is drawn from a copy of its own
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


@pytest.fixture(scope="module")
def gallery(browser: Browser) -> Iterator[Gallery]:
    """The window for the pages of the gallery."""
    shown = Gallery(browser)
    yield shown
    shown.page.context.close()


def opened(browser: Browser, url: str, width: int) -> tuple[Page, list[str]]:
    """A page in a window of its own, by day, and what its console complains of."""
    page = browser.new_context(viewport={"width": width, "height": 844}).new_page()
    page.add_init_script(Axe().axe_script)
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if told.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    page.evaluate("document.fonts.ready")
    return page, complaints


def fitted(page: Page, width: int, theme: Theme) -> None:
    """The page in a window of another width and theme, at its end.

    There the bar of answers covers nothing.
    """
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def found(page: Page, options: dict[str, object]) -> list[str]:
    """What axe finds, short."""
    short = "it.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 120)}`))"
    script = f"(options) => axe.run(document, options).then((it) => {short})"
    told: list[str] = page.evaluate(script, {"resultTypes": ["violations"], **options})
    return told


class Gallery:
    """One window in which one page is shown after the other, with axe at hand."""

    def __init__(self, browser: Browser) -> None:
        self.page, self.complaints = opened(browser, "about:blank", PHONE)
        self._read: set[str] = set()

    def faint(self) -> list[str]:
        """Which letters are too faint, among those that no page before had in these colours."""
        new, faint = self.page.evaluate(FAINT, sorted(self._read))
        self._read.update(new)
        return list(faint)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(
    gallery: Gallery, address: str, name: str, language: str
) -> None:
    """On a phone by day and at a desk by night: no finding, no sideways scrolling, no complaint.

    What stands on a page is the same at both sizes and is read at one of them, in English on the
    phone and in Arabic at the desk; how large, how wide and in which colours at both.
    """
    page, complaints = gallery.page, gallery.complaints
    complaints.clear()
    page.goto(f"{address}/look/{name}?lang={language}")
    page.evaluate("document.fonts.ready")
    for width, theme in VIEWS:
        fitted(page, width, theme)
        if width == (PHONE if language == "en" else DESK):
            assert found(page, STRUCTURE) == [], (width, theme)
        assert page.evaluate(SMALL_TARGETS) == [], width
        assert page.evaluate(TOO_WIDE) <= 0, width
        assert gallery.faint() == [], theme
    fitted(page, NARROW, "light")
    assert page.evaluate(TOO_WIDE) <= 0
    if language == "ar":
        assert page.evaluate(FIGURES) == []
    # A mail is shown with its script; that the frame refuses to run it is the point.
    framed = "because the document's frame is sandboxed"
    assert [told for told in complaints if framed not in told] == []


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
    assert found(page, {"runOnly": AXE}) == []
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
