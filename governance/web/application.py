"""The web application: its pages behind its wall, over one house."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from governance.appointments.law import current_law
from governance.house import House
from governance.refusals import Refused
from governance.web import (
    calls,
    cases,
    certificates,
    committees,
    competition,
    door,
    finding,
    mailbox,
    papers,
    people,
    questions,
    service,
)
from governance.web.desk import SESSION
from governance.web.render import STATIC, Pages
from governance.web.representation import routes as of_representation
from governance.web.security import MEGABYTE, Forms, Limits, guard

STRICT = {
    "/sign-in": 40,
    "/confirm/": 40,
    "/verify": 20,
    "/calls/": 20,
    "/apply/": 120,
    "/nominate/": 60,
}
BODIES = {
    "/verify": 12 * MEGABYTE,
    "/apply/": 11 * MEGABYTE,
    "/nominate/": 11 * MEGABYTE,
    "/appointments": 11 * MEGABYTE,
    "/api/v1/appointments": 33 * MEGABYTE,
}
FOR_EVER = "public, max-age=31536000, immutable"


class Whole(Mount):
    """A mount that takes every address under its path, one with a line break too.

    Starlette's own leaves such an address to whoever stands outside, who answers a machine in
    the words for a reader.
    """

    def __init__(self, path: str, app: ASGIApp) -> None:
        super().__init__(path, app)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)


def application(
    house: House,
    *,
    mounts: Mapping[str, ASGIApp] | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> ASGIApp:
    """The pages of a house, and beside them whatever else is mounted, such as the API."""
    settings = house.settings
    https = settings.base_url.startswith("https://")
    pages = Pages(
        settings.templates,
        house.clock,
        organisation=_organisation(house),
        demonstration=settings.demonstration,
        secure=https,
    )
    inner = Starlette(
        routes=[
            *(Whole(path, app) for path, app in (mounts or {}).items()),
            Route("/health", _health),
            Mount("/static", Kept(StaticFiles(directory=STATIC))),
            *door.routes,
            *calls.routes,
            *questions.routes,
            *people.routes,
            *committees.routes,
            *competition.routes,
            *service.routes,
            *cases.routes,
            *certificates.routes,
            *finding.routes,
            *mailbox.routes,
            *of_representation,
            *papers.routes,
        ],
        exception_handlers={
            HTTPException: _failure(pages),
            Exception: lambda request, _: pages.error(request, 500),
        },
    )
    inner.state.house = house
    inner.state.pages = pages
    return guard(
        inner,
        forms=Forms(house.keys.token("forms").encode(), SESSION, secure=https),
        answer=pages.error,
        limits=Limits(settings.rate_limit_per_minute, STRICT, bodies=BODIES),
        monotonic=monotonic,
        https=https,
    )


class Kept:
    """Files whose address names their content are kept by browsers for ever."""

    def __init__(self, files: ASGIApp) -> None:
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a file; say how long it may be kept."""
        versioned = scope.get("query_string", b"").startswith(b"v=")
        fonts = scope.get("path", "").endswith(".woff2")  # named by their version

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:  # noqa: PLR2004
                kept = FOR_EVER if versioned or fonts else "public, max-age=300"
                MutableHeaders(scope=message)["Cache-Control"] = kept
            await send(message)

        await self._files(scope, receive, sending)


def _failure(pages: Pages) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        return pages.error(request, error.status_code if isinstance(error, HTTPException) else 500)

    return answer


def _health(request: Request) -> Response:
    """Whether pages can be served: the database answers."""
    house: House = request.app.state.house
    with house.database.reading() as session:
        version, _ = current_law(session)
    return JSONResponse({"ready": True, "law": version[:12]})


def _organisation(house: House) -> dict[str, str]:
    """Whose installation this is, by language; nothing before a rulebook is loaded."""
    try:
        with house.database.reading() as session:
            title = current_law(session)[1].organisation.title
            return {str(language): words for language, words in title.root.items()}
    except Refused:
        return {}
