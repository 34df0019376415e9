"""The pages of the fixtures, served behind the real wall by a real server, for a real browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from governance.clock import OwnedClock
from governance.settings import ROOT
from governance.web.render import STATIC, Pages, Reader, page
from governance.web.security import SHEET_HEADERS, Forms, Limits, guard
from governance.web.words import preferred
from tests.web.fixtures import NOW, Said
from tests.web.gallery import PAGES

GUESTS = ("sign_in", "acceptance", "decide_code", "error")


class SomebodyLooks:
    """Every page but the guests' is looked at by somebody who is signed in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say who looks."""
        name = scope.get("path", "").rpartition("/")[2]
        if scope["type"] == "http" and not name.startswith(GUESTS):
            places = ("waiting", "appointments", "mail")
            leap = NOW.date() if name == "appointment" else None
            scope.setdefault("state", {})["reader"] = Reader("Jonas Lind", "en", 2, places, leap)
        await self._app(scope, receive, send)


def look(request: Request) -> Response:
    """One page of the fixtures, in the language asked for."""
    template, build = PAGES[request.path_params["name"]]
    language = request.query_params.get("lang") or preferred("")
    return page(request, template, build(Said(language)))


def a_mail(_: Request) -> Response:
    """A mail in its frame, with a style of its own and no leave to run anything."""
    mail = '<p style="color:#333">A decision waits for you.</p><script>alert(1)</script>'
    return Response(mail, media_type="text/html; charset=utf-8", headers=SHEET_HEADERS)


async def sent(request: Request) -> Response:
    """What a form meets that was sent with its proof."""
    async with request.form() as form:
        return Response(f"received {form.get('position', '')}".strip())


def asked_again(request: Request) -> Response:
    """What a page meets that looks every few seconds whether anything is new: nothing is."""
    if "hx-request" in request.headers:
        return Response(status_code=204)
    return Response("This page is not in the gallery.", status_code=404)


def application(limits: Limits | None = None) -> ASGIApp:
    """The application of the fixtures behind the wall."""
    pages = Pages(
        ROOT / "templates", OwnedClock(NOW), organisation="Demonstration", demonstration=True
    )
    inner = Starlette(
        routes=[
            Route("/look/{name}", look),
            Route("/mail/1/html", a_mail),
            Mount("/static", StaticFiles(directory=STATIC)),
            Route("/{path:path}", sent, methods=["POST"]),
            Route("/{path:path}", asked_again),
        ],
        middleware=[Middleware(SomebodyLooks)],
    )
    inner.state.pages = pages
    return guard(
        inner, forms=Forms(b"a secret"), answer=pages.error, limits=limits or Limits(100_000)
    )


@contextmanager
def served(app: ASGIApp | None = None) -> Iterator[str]:
    """Serve an application on a free port; gives its address."""
    config = uvicorn.Config(app or application(), port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
