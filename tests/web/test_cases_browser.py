"""An HR officer in a real browser: from the launch to the checks, on a phone and at a desk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from governance.access.signing import begin
from governance.appointments.models import Case
from governance.web.desk import SESSION
from governance.web.render import LANGUAGE_COOKIE
from tests.web.conftest import Site, SiteAt
from tests.web.look import served
from tests.web.officer import CSV
from tests.web.test_look_browser import AXE, DESK, FIGURES, PHONE, SMALL_TARGETS, browser

__all__ = ["browser"]

# Where pictures of each step are kept to be looked at, if somebody wants them.
PICTURES = os.environ.get("MANDATE_PICTURES", "")


@dataclass
class Walk:
    """One officer at one window, and what is wrong with the pages on the way."""

    site: Site
    page: Page
    name: str
    base: str
    script: bool
    path: str = ""
    steps: int = 0
    faults: list[str] = field(default_factory=list)

    def sign_in(self) -> None:
        """Hold a session of the HR officer's, of now."""
        token = begin(self.site.world.house, "hr")
        self.page.context.add_cookies([{"name": SESSION, "value": token, "url": self.base}])

    def look(self, what: str) -> None:
        """Nothing sticks out of the window, no figure is turned round, no target is too small."""
        self.steps += 1
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        self.faults += [f"{what}: {wide} px too wide"] if wide > 0 else []
        self.faults += [f"{what}: {each}" for each in self.page.evaluate(FIGURES)]
        self.faults += [f"{what}: {each}" for each in self.page.evaluate(SMALL_TARGETS)]
        if PICTURES:
            path = Path(PICTURES) / f"{self.name}-{self.steps:02}-{what}.png"
            self.page.screenshot(path=path, full_page=True)

    def check(self, what: str) -> None:
        """Look, and ask axe."""
        self.look(what)
        found = Axe().run(self.page, options={"runOnly": AXE}).response["violations"]
        self.faults += [
            f"{what}: {each['id']}: {node['html'][:120]}"
            for each in found
            for node in each["nodes"]
        ]

    def go(self, path: str, what: str) -> None:
        """Open a page and look at it."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, what
        self.look(what)

    def send(self, selector: str) -> None:
        """Press a button that sends a form, and be where it leads."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()


@pytest.fixture
def walk(site_at: SiteAt, browser: Browser) -> Iterator[Callable[..., Walk]]:
    """An officer who is signed in, at a window of some width and language."""
    with ExitStack() as stack:

        def start(language: str, width: int, *, script: bool) -> Walk:
            site = site_at("nothing")
            base = stack.enter_context(served(site.app))
            size: ViewportSize = {"width": width, "height": 844 if width == PHONE else 800}
            context = stack.enter_context(browser.new_context(base_url=base, viewport=size))
            if not script:
                context.route("**/*.js*", lambda route: route.abort())
            context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": base}])
            name = f"{language}-{width}-{'js' if script else 'plain'}"
            walk = Walk(site, context.new_page(), name, base, script)
            walk.sign_in()
            return walk

        yield start


@pytest.mark.parametrize(
    ("language", "width", "script"), [("en", DESK, False), ("ar", PHONE, True)]
)
def test_an_officer_walks_from_launch_to_vetting(
    walk: Callable[..., Walk], tmp_path: Path, language: str, width: int, *, script: bool
) -> None:
    """Launch, call, import, eligibility, checks, record: with the script and without."""
    at = walk(language, width, script=script)
    launch(at)
    import_candidates(at, tmp_path)
    at.site.world.pass_days(45)
    at.sign_in()
    confirm_and_vet(at)
    read_the_rest(at)
    assert at.faults == []


def launch(at: Walk) -> None:
    """From the empty list to an open call."""
    page, world = at.page, at.site.world
    at.go("/appointments", "empty")
    at.go("/appointments/new", "new")
    page.check("[name=post][value=regional-director-abidjan]")
    page.fill("[name=wanted_on]", "2027-09-01")
    page.check("[name=confirmed_job_description]")
    page.fill("[name=note_job_description]", "JD 7, version 2")
    at.send("main form .btn")
    at.check("check")
    at.send("main form .btn")
    at.look("launched")
    at.path = page.url.partition("?")[0]
    (case,) = world.rows(Case)
    world.case = case.id
    page.fill("#work [name=note]", "Line 4.2, confirmed by Finance")
    at.send("#work .btn")
    world.go_on()
    if at.script:
        page.wait_for_selector("#work", state="detached")
    at.go(at.path, "call")


def import_candidates(at: Walk, folder: Path) -> None:
    """A file with a fault, then one without; then everybody is taken in."""
    bad, good = folder / "bad.csv", folder / "good.csv"
    bad.write_bytes(CSV.replace(b",FIN,", b",QQQ,", 1))
    good.write_bytes(CSV)
    at.go(f"{at.path}/import", "import")
    for file, what in ((bad, "import-faulty"), (good, "import-read")):
        at.page.set_input_files("[name=file]", file)
        at.send("main form .btn")
        at.check(what)
    at.send("main form .btn")
    at.look("imported")


def confirm_and_vet(at: Walk) -> None:
    """Eligibility, then one candidate's checks; a record without result is refused."""
    page, world = at.page, at.site.world
    at.page.goto(at.path)
    at.check("eligibility")
    at.send("#work .btn")
    world.go_on()
    at.page.goto(at.path)
    at.check("vetting")
    page.locator("[name=all]").first.check()
    page.locator("[name=result][value=satisfactory]").check()
    page.fill("#source-grid", "passport and registers")
    at.send("#work .btn")
    at.look("recorded")
    assert sorted(world.states().values()).count("cleared") == 1
    page.locator("[name=all]").first.check()
    at.send("#work .btn")
    at.check("refused")


def read_the_rest(at: Walk) -> None:
    """A candidate, the record, the page before an end, the list."""
    candidacy = at.site.world.candidacy("Dube").id
    at.page.goto(f"{at.path}/candidates/{candidacy}")
    at.check("candidate")
    at.page.goto(f"{at.path}/record")
    at.check("record")
    at.go(f"{at.path}/withdraw", "withdraw")
    at.page.goto("/appointments")
    at.check("list")
