"""Pages as text: whole in four languages, without a style or script of their own."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from starlette.requests import Request

from governance.clock import OwnedClock
from governance.refusals import Reason, Refused, refuse
from governance.settings import ROOT
from governance.web.render import STATIC, Pages, Reader, asset
from governance.web.words import LANGUAGES
from tests.web.fixtures import NOW, Said
from tests.web.gallery import PAGES

TEMPLATES = ROOT / "templates"


def request(language: str, query: str = "") -> Request:
    """A request of somebody who is signed in and has chosen a language."""
    places = ("waiting", "appointments", "people", "mail")
    reader = Reader("Jonas Lind", language, 2, places)
    state = {"reader": reader, "csrf": "proof", "request_id": "0123456789abcdef"}
    scope = {"type": "http", "method": "GET", "path": "/here", "headers": [], "state": state}
    return Request(scope | {"query_string": query.encode()})


@pytest.fixture(scope="module")
def pages() -> Pages:
    """The renderer, which keeps its compiled templates."""
    return Pages(TEMPLATES, OwnedClock(NOW), organisation="Demonstration", demonstration=True)


@cache
def html_of(pages: Pages, name: str, language: str) -> str:
    """One page of the fixtures, rendered once for all that is asked of it."""
    template, build = PAGES[name]
    return bytes(pages.page(request(language), template, build(Said(language))).body).decode()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_whole_in_its_language(pages: Pages, name: str, language: str) -> None:
    """Nothing is undefined, the language and direction are named, and there is one heading."""
    html = html_of(pages, name, language)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert 'href="#main"' in html


def test_every_page_of_the_product_is_looked_at() -> None:
    """A template without an instance here would be seen by no test of how pages look."""
    pages = {path.stem for path in (TEMPLATES / "web").glob("*.html")} - {
        "base",
        "parts",
        "election",
    }
    assert pages - {template for template, _ in PAGES.values()} == set()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_day_is_said_in_words(pages: Pages, name: str, language: str) -> None:
    """What is read says "1 December 2026" in the reader's language; machines find the digits."""
    html = html_of(pages, name, language)
    read = re.sub(r"<textarea.*?</textarea>|<code>.*?</code>|<[^>]*>", " ", html, flags=re.DOTALL)
    assert re.findall(r"\b(?:19|20)\d\d-[01]\d-[0-3]\d\b", read) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_style_or_script_of_its_own(pages: Pages, name: str) -> None:
    """The content policy forbids them, and a page that needs none cannot be injected with one."""
    html = html_of(pages, name, "en")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", html)


@pytest.mark.parametrize("name", PAGES)
def test_every_form_that_changes_something_carries_its_proof(pages: Pages, name: str) -> None:
    """Each POST form has the hidden field, whatever happens to the cookie."""
    for form in re.findall(
        r"<form\b[^>]*method=\"post\".*?</form>", html_of(pages, name, "en"), re.DOTALL
    ):
        assert 'name="csrf" value="proof"' in form


@pytest.mark.parametrize("name", PAGES)
def test_a_refused_act_says_why(pages: Pages, name: str) -> None:
    """A greyed button is described by a text that stands on the page; it is never `disabled`."""
    html = html_of(pages, name, "en")
    for described in re.findall(r'aria-disabled="true" aria-describedby="([^"]+)"', html):
        assert f'id="{described}"' in html
    assert not re.search(r"<button(?! class=\"hide\")[^>]*\sdisabled", html)


@pytest.mark.parametrize("name", PAGES)
def test_every_icon_is_in_the_sprite(pages: Pages, name: str) -> None:
    """An icon that is not there would leave a hole that no test of text sees."""
    sprite = (STATIC / "vendor" / "icons-3.51.0.svg").read_text("utf-8")
    kept = set(re.findall(r'<symbol id="([a-z]+)"', sprite))
    assert (
        set(re.findall(r"icons-3\.51\.0\.svg[^#\"]*#([a-z]+)", html_of(pages, name, "en"))) <= kept
    )


def test_an_identity_is_never_used_twice_on_a_page(pages: Pages) -> None:
    """Labels and descriptions find their one element."""
    for name in PAGES:
        identities = re.findall(r'\sid="([^"]+)"', html_of(pages, name, "en"))
        assert len(identities) == len(set(identities)), name


def test_the_stylesheet_knows_no_left_or_right() -> None:
    """One file serves both directions of writing, so it speaks of start and end."""
    css = re.sub(r"env\([^)]*\)", "", (STATIC / "mandate.css").read_text("utf-8"))
    physical = r"(margin|padding|border|inset)-(left|right|top|bottom)|text-align:\s*(left|right)"
    assert not re.search(physical, css)
    assert not re.search(r"(?<![-\w])(left|right|width|height|min-width|max-height)\s*:\s*\d", css)


def test_no_language_has_colours_of_its_own() -> None:
    """What is readable in one language is readable in all: only the page's theme sets a colour."""
    css = "\n".join(path.read_text("utf-8") for path in sorted(STATIC.glob("*.css")))
    rules = re.findall(r"(?:\[dir=|:dir\(|:lang\(|\[lang)[^{]*\{([^}]*)\}", css)
    assert [each for each in rules if re.search(r"color|background|opacity|filter", each)] == []


def test_no_room_gives_a_class_of_all_pages_another_meaning() -> None:
    """The header of a page looks the same in every room, whatever stylesheet comes with it."""

    def alone(path: Path) -> set[str]:
        css = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        chosen = {
            each.strip() for rule in re.findall(r"([^{};]+)\{", css) for each in rule.split(",")
        }
        return {each for each in chosen if re.fullmatch(r"\.[a-z-]+", each)}

    shared = alone(STATIC / "mandate.css")
    rooms = {path.name: alone(path) & shared for path in STATIC.glob("*.css")}
    assert {name: both for name, both in rooms.items() if both and name != "mandate.css"} == {}


def test_the_stylesheet_casts_no_shadow() -> None:
    """No shadows and no gradients: borders say what belongs together."""
    css = "\n".join(path.read_text("utf-8") for path in sorted(STATIC.glob("*.css")))
    assert "shadow" not in css
    assert "gradient" not in css


def test_what_a_first_visit_loads_is_small() -> None:
    """The stylesheet and our script stay within the budget of the product."""
    import gzip

    def weight(name: str) -> int:
        return len(gzip.compress((STATIC / name).read_bytes()))

    assert weight("mandate.css") < 15_000
    assert weight("mandate.js") < 4_000


def test_every_vendored_file_has_its_licence() -> None:
    """Whoever passes the product on passes on the licences."""
    vendored = STATIC / "vendor"
    files = [path for path in vendored.iterdir() if path.suffix != ".txt"]
    stems = {path.name.removesuffix(".LICENSE.txt") for path in vendored.glob("*.LICENSE.txt")}
    for path in files:
        begins = path.name.partition("-")[0]
        assert any(stem.startswith(begins) for stem in stems), path.name
        assert re.search(r"\d+\.\d+\.\d+", path.name), path.name


def test_a_class_of_a_template_is_in_the_stylesheet() -> None:
    """No class without a part: a misspelt one would only show as a page that looks wrong."""
    css = "\n".join(path.read_text("utf-8") for path in sorted(STATIC.glob("*.css")))
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", css)) | {"todo", "skipped", "hint", "keep"}
    for path in sorted((TEMPLATES / "web").glob("*.html")):
        text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", path.read_text("utf-8"), flags=re.DOTALL)
        used = {name for found in re.findall(r'class="([^"]*)"', text) for name in found.split()}
        unknown = {name for name in used if not name.endswith("-")} - known
        assert unknown == set(), path.name


def test_choosing_a_language_keeps_the_page_and_its_question(pages: Pages) -> None:
    """The switch is a link to the same page; the choice is kept in a cookie."""
    template, build = PAGES["waiting"]
    response = pages.page(request("en", "lang=fr&stage=call"), template, build(Said("en")))
    assert "mandate_language=fr" in response.headers["set-cookie"]
    assert "/here?stage=call&amp;lang=ar" in bytes(response.body).decode()


@pytest.mark.parametrize(
    ("reason", "status"),
    [(Reason.RULE, 409), (Reason.TURN, 409), (Reason.AUTHORITY, 403), (Reason.MISSING, 404)],
)
def test_a_refusal_is_a_page_with_its_reasons(pages: Pages, reason: Reason, status: int) -> None:
    """What, which rule, what to do: under the status of its kind."""
    refused = refuse(
        "the answer came late", rule="in_time", article="art. 6", cure="Write to the asker.",
        reason=reason,
    )  # fmt: skip
    response = pages.refused(request("en"), refused)
    assert response.status_code == status
    html = bytes(response.body).decode()
    assert "The answer came late." in html
    assert "art. 6" in html
    assert "Write to the asker." in html


def test_a_refusal_without_findings_still_has_words(pages: Pages) -> None:
    """No page of an error is empty."""
    assert b"look again" in bytes(pages.refused(request("en"), Refused([], Reason.TURN)).body)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 418, 422, 429, 500, 503])
def test_every_failure_has_words(pages: Pages, status: int) -> None:
    """Whatever happens is said in words under its own status."""
    response = pages.error(request("en"), status)
    assert response.status_code == status
    assert (b"0123456789abcdef" in bytes(response.body)) == (status >= 500)


def test_a_file_s_address_changes_with_its_content() -> None:
    """A browser may keep a file for ever, because a changed one has another address."""
    assert re.fullmatch(r"/static/mandate\.css\?v=[0-9a-f]{12}", asset("mandate.css"))
    assert Path(STATIC / "mandate.css").exists()
