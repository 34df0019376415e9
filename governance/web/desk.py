"""What a page's function has at hand, and how it is reached: who looks, the form, the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from governance.access.actor import Actor
from governance.access.signing import who
from governance.consultation.queries import waiting_for
from governance.demonstration import can_leap
from governance.house import House
from governance.people.models import Person
from governance.refusals import Reason, Refused
from governance.web.render import Pages, Reader, language_of
from governance.web.security import MOST_FIELDS
from governance.web.views import Filled

VIA = "web"
SESSION = "mandate_session"
LINK = "mandate_link"
NOTHING = FormData()
STAFF = frozenset({"hr_officer", "auditor", "administrator"})


@dataclass(frozen=True)
class Desk:
    """One request at the desk: the house, the request, its form and files, and who asks.

    `by_link` is somebody who has proven by a code that a link was sent to them; it is good for
    that link's question alone, and stands beside whoever is signed in.
    """

    house: House
    request: Request
    form: FormData
    files: dict[str, bytes]
    actor: Actor | None
    by_link: Actor | None

    @property
    def language(self) -> str:
        """The language of the page."""
        return language_of(self.request)

    @property
    def path(self) -> dict[str, str]:
        """The named parts of the address."""
        return cast("dict[str, str]", self.request.path_params)

    @property
    def me(self) -> Actor:
        """Who is signed in; only for pages that want somebody."""
        assert self.actor is not None  # noqa: S101 -- the doorkeeper lets nobody else through
        return self.actor

    def text(self, name: str) -> str:
        """A field of the form, or nothing."""
        value = self.form.get(name)
        return value.strip() if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """All values of a field of the form."""
        return tuple(each for each in self.form.getlist(name) if isinstance(each, str))

    def filled(self, faults: dict[str, Any] | None = None) -> Filled:
        """The form as it came, with faults by field."""
        values = {name: value for name, value in self.form.items() if isinstance(value, str)}
        return Filled(values, faults or {})

    def page(self, name: str, view: object, *, status: int = 200, **data: Any) -> Response:
        """A page, in the reader's language."""
        if self.request.method == "POST":  # what was just done may have changed what waits
            self.request.state.reader = _reader(self.house, self.actor)
        pages = cast("Pages", self.request.app.state.pages)
        return pages.page(self.request, name, view, status=status, **data)

    def refused(self, refused: Refused) -> Response:
        """A refusal as a page."""
        return cast("Pages", self.request.app.state.pages).refused(self.request, refused)

    def go(self, path: str) -> RedirectResponse:
        """Look at another page; what was posted is not posted again by a reload."""
        return RedirectResponse(path, 303)

    def keep(self, response: Response, cookie: str, token: str) -> Response:
        """Let the browser hold the token of a session."""
        response.set_cookie(
            cookie,
            token,
            max_age=self.house.settings.session_hours * 3600,
            httponly=True,
            samesite="lax",
            secure=self.house.settings.base_url.startswith("https://"),
        )
        return response


Handler = Callable[[Desk], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def open_to_all(handler: Handler) -> Endpoint:
    """A page that anybody may open; it asks itself who looks."""

    async def endpoint(request: Request) -> Response:
        async with request.form(max_fields=MOST_FIELDS) as form:
            posted = form if request.method == "POST" else NOTHING
            files = {
                name: await value.read()
                for name, value in posted.items()
                if isinstance(value, UploadFile)
            }
            return await run_in_threadpool(_answer, handler, request, posted, files)

    return endpoint


def for_the_signed_in(handler: Handler) -> Endpoint:
    """A page for somebody: a guest is asked to sign in, and then comes back here."""

    def guarded(desk: Desk) -> Response:
        if desk.actor is not None:
            return handler(desk)
        seen = desk.request.url.path if desk.request.method == "GET" else ""
        return desk.go(f"/sign-in?next={seen}" if seen not in {"", "/"} else "/sign-in")

    return open_to_all(guarded)


def _answer(
    handler: Handler, request: Request, form: FormData, files: dict[str, bytes]
) -> Response:
    house = cast("House", request.app.state.house)
    actor = _holder_of(house, request, SESSION)
    desk = Desk(house, request, form, files, actor, _holder_of(house, request, LINK))
    request.state.reader = _reader(house, actor)
    try:
        return handler(desk)
    except Refused as refused:
        return desk.refused(refused)


def _holder_of(house: House, request: Request, cookie: str) -> Actor | None:
    token = request.cookies.get(cookie, "")
    return who(house, token, VIA) if token else None


def _reader(house: House, actor: Actor | None) -> Reader:
    shown = ("mail",) if house.settings.demonstration else ()
    if actor is None or actor.person_id is None:
        return Reader(destinations=shown)
    with house.database.reading() as session:
        person = session.get_one(Person, actor.person_id)
        waiting = len(waiting_for(session, person.id, house.clock.now()))
    due = can_leap(house)
    zone = next(iter(house.calendars.values())).zone
    leap = due.in_timezone(zone).date() if due else None
    mine = ("representation",) if actor.roles & {*STAFF, "committee_secretary"} else ()
    places = ("waiting", "appointments", "committees", "decisions", *mine, "people", *shown)
    return Reader(person.name, person.language, waiting, places, leap)


def is_hr(actor: Actor | None) -> bool:
    """Whether somebody may act on cases, as far as their roles say; the act asks again."""
    return actor is not None and "hr_officer" in actor.roles


def field_of(refused: Refused, fields: dict[str, str], otherwise: str = "") -> dict[str, Any]:
    """The findings of a refusal by field of a form; `fields` maps a rule to its field."""
    faults: dict[str, Any] = {}
    for finding in refused.findings:
        name = fields.get(finding.rule, finding.where or otherwise)
        faults.setdefault(name, finding.because)
    return faults


def is_about_input(refused: Refused) -> bool:
    """Whether the person can cure a refusal by typing something else."""
    return refused.reason in {Reason.INPUT, Reason.RULE}
