"""The wall before the pages: headers, proof of forms, limits."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from governance.clock import OwnedClock
from governance.settings import ROOT
from governance.web.render import Pages
from governance.web.security import Buckets, Forms, Limits, guard, network
from tests.web.guest import Guest
from tests.web.look import application


@pytest.fixture
def browser() -> Guest:
    """A guest before the guarded pages."""
    return Guest(application())


def proof(page: str) -> str:
    """The hidden field of a page's form."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize("path", ["/look/decide", "/nowhere", "/static/mandate.css"])
def test_every_response_leaves_with_the_headers(browser: Guest, path: str) -> None:
    """Pages, failures and files alike; no script or style of a page itself is allowed."""
    headers = browser.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-request-id"]


def test_a_page_is_not_kept_by_the_browser(browser: Guest) -> None:
    """What one person saw is not found by the next person at the same machine."""
    assert browser.get("/look/decide").headers["cache-control"] == "no-store"


def test_a_form_with_its_proof_is_received(browser: Guest) -> None:
    """The field of the page and the cookie of the browser belong together."""
    field = proof(browser.get("/look/sign_in").text)
    assert browser.post("/sign-in", data={"csrf": field}).text == "received"


@pytest.mark.parametrize("field", ["", "0" * 64, "é"])
def test_a_form_without_its_proof_is_refused_in_words(browser: Guest, field: str) -> None:
    """A form of another site, or one grown old, changes nothing and says what to do."""
    browser.get("/look/sign_in")
    answer = browser.post("/sign-in", data={"csrf": field})
    assert answer.status_code == 403
    assert "load the page again" in answer.text


def test_another_browser_s_proof_is_worth_nothing(browser: Guest) -> None:
    """A proof that was read elsewhere does not fit this browser's cookie."""
    field = proof(Guest(application()).get("/look/sign_in").text)
    browser.get("/look/sign_in")
    assert browser.post("/sign-in", data={"csrf": field}).status_code == 403


def test_a_request_that_says_it_comes_from_elsewhere_is_refused(browser: Guest) -> None:
    """Even with the right field: the browser itself names the other site."""
    field = proof(browser.get("/look/sign_in").text)
    answer = browser.post(
        "/sign-in", data={"csrf": field}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403


def test_the_proof_is_bound_to_the_session(browser: Guest) -> None:
    """After signing in, the guest's proof no longer counts."""
    field = proof(browser.get("/look/sign_in").text)
    browser.cookies.set("mandate_session", "another")
    assert browser.post("/sign-in", data={"csrf": field}).status_code == 403


def test_a_file_is_received_with_its_form(browser: Guest) -> None:
    """A form with a file carries its proof like any other."""
    field = proof(browser.get("/look/import").text)
    answer = browser.post("/take", data={"csrf": field}, files={"file": ("a.csv", b"a,b")})
    assert answer.text == "received"


def test_a_request_that_is_too_heavy_is_refused_in_words() -> None:
    """Said by its length, or found while reading: nothing is stored of it."""
    browser = Guest(application(Limits(1000, body=100, bodies={"/take": 1000})))
    field = proof(browser.get("/look/sign_in").text)
    answer = browser.post("/sign-in", data={"csrf": field, "text": "x" * 200})
    assert answer.status_code == 413
    assert "smaller file" in answer.text
    assert browser.post("/take", data={"csrf": field, "text": "x" * 200}).status_code == 200


def test_an_address_that_asks_too_often_is_asked_to_wait() -> None:
    """A page in words with the seconds to wait; static files are not counted."""
    browser = Guest(application(Limits(3)))
    assert [browser.get("/look/decide").status_code for _ in range(3)] == [200, 200, 200]
    answer = browser.get("/look/decide")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert "Wait a minute" in answer.text
    assert browser.get("/static/mandate.css").status_code == 200


def test_a_machine_is_told_no_as_a_problem() -> None:
    """What asks under /api gets the same words as JSON, under the same status."""
    browser = Guest(application(Limits(1)))
    browser.get("/look/decide")
    answer = browser.get("/api/v1/appointments")
    assert answer.status_code == 429
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Too many requests"


def test_guessing_is_limited_more_than_reading() -> None:
    """A path where a code is entered has a budget of its own."""
    browser = Guest(application(Limits(100, strict={"/sign-in": 2})))
    field = proof(browser.get("/look/sign_in").text)
    statuses = [browser.post("/sign-in", data={"csrf": field}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert browser.get("/look/decide").status_code == 200


def test_a_bucket_fills_again_with_time() -> None:
    """After a second of a budget of sixty a minute there is one more token."""
    now = [100.0]
    buckets = Buckets(lambda: now[0])
    assert [buckets.take("a", 60) for _ in range(60)] == [0.0] * 60
    assert buckets.take("a", 60) > 0
    assert buckets.take("b", 60) == 0
    now[0] += 1.5
    assert buckets.take("a", 60) == 0


def test_full_buckets_are_forgotten() -> None:
    """Memory is bounded however many addresses come by."""
    now = [0.0]
    buckets = Buckets(lambda: now[0], most=10)
    for number in range(10):
        buckets.take(str(number), 60)
    now[0] += 61
    buckets.take("new", 60)
    assert len(buckets._buckets) == 1


def test_one_household_is_one_address() -> None:
    """An IPv6 network of 64 bits counts as one; an IPv4 address as itself."""
    assert network("2001:db8:1:2:3::4") == network("2001:db8:1:2:ffff::1")
    assert network("192.0.2.7") == "192.0.2.7"
    assert network("") == "unknown"


def test_a_failure_of_ours_leaves_with_the_headers_and_a_number() -> None:
    """The last resort is dressed too."""

    def breaks(_: Request) -> Response:
        message = "broken"
        raise RuntimeError(message)

    pages = Pages(ROOT / "templates", OwnedClock("2026-11-24T09:00:00+00:00"))
    inner = Starlette(
        routes=[Route("/", breaks)],
        exception_handlers={Exception: lambda request, _: pages.error(request, 500)},
    )
    app = guard(inner, forms=Forms(b"s"), answer=pages.error)
    answer = Guest(app).get("/")
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.text
    assert "content-security-policy" in answer.headers
