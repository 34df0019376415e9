"""From plain data to a page: one environment, the reader's language, strict and escaped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from governance.clock import Clock
from governance.refusals import Reason, Refused, Sentence, say
from governance.rulebook.parts import OWN_RULE
from governance.web import words
from governance.web.views import EMPTY, Act, ErrorPage, Moment

STATIC = Path(__file__).parent / "static"
LANGUAGE_COOKIE = "mandate_language"
MACHINES = "/api/"
YEAR_IN_SECONDS = 365 * 24 * 3600

STATUS = {
    Reason.RULE: 409,
    Reason.INPUT: 422,
    Reason.TURN: 409,
    Reason.CONFLICT: 409,
    Reason.AUTHORITY: 403,
    Reason.MISSING: 404,
}

_TITLES = {
    400: say("This request cannot be understood"),
    403: say("You may not do this"),
    404: say("There is no such page"),
    405: say("This page takes no such request"),
    409: say("Something has changed"),
    413: say("This is too large"),
    422: say("This cannot be done"),
    429: say("Too many requests"),
    500: say("Something went wrong on our side"),
}

_WORDS: dict[int, tuple[Sentence, ...]] = {
    400: (say("Go back, check what you sent, and try again."),),
    403: (
        say("The page was opened by another person, or too long ago."),
        say("Go back, load the page again and repeat what you did. Nothing was changed."),
    ),
    404: (
        say("The address is wrong, or what was here is not for your eyes."),
        say("If a mail brought you here, open its link again, complete to the last letter."),
    ),
    405: (say("Go back to the page before and use its buttons."),),
    409: (say("Go back and look again: what you saw is no longer the present state."),),
    413: (say("Send a smaller file. Nothing was stored."),),
    422: (say("Go back and correct what is named here. Nothing was changed."),),
    429: (
        say("So many requests came from your network that we ask you to wait."),
        say("Wait a minute, then load the page again. Nothing you did before is lost."),
    ),
    500: (
        say("Nothing was half done: an act is complete or it has not happened."),
        say("Try again. If it happens again, give your administrator the number below."),
    ),
}


@dataclass(frozen=True)
class Reader:
    """Who looks: nobody, a signed-in person, or the holder of a link.

    `destinations` are the keys of the bar that this reader may open; `leap` is the deadline to
    which they may move a demonstration's clock.
    """

    name: str = ""
    language: str = ""
    waiting: int = 0
    destinations: tuple[str, ...] = ()
    leap: date | None = None


GUEST = Reader()


class Pages:
    """The renderer of one installation. Set it as `app.state.pages`."""

    def __init__(
        self,
        templates: Path,
        clock: Clock,
        *,
        organisation: str | Mapping[str, str] = "",
        demonstration: bool = False,
        secure: bool = False,
    ) -> None:
        self._clock = clock
        self._organisation = {"en": organisation} if isinstance(organisation, str) else organisation
        self._secure = secure
        self._demonstration = demonstration
        self._environment = _environment(templates / "web")

    def page(
        self, request: Request, name: str, view: object = None, *, status: int = 200, **data: Any
    ) -> HTMLResponse:
        """The page `name` about `view`, in the reader's language."""
        language = language_of(request)
        context = {
            "page": view,
            "language": language,
            "demonstration": self._demonstration,
            "organisation": self._organisation.get(language) or self._organisation.get("en", ""),
            "direction": words.direction(language),
            "reader": reader_of(request),
            "csrf": getattr(request.state, "csrf", ""),
            "request_id": getattr(request.state, "request_id", ""),
            "now": self._clock.now(),
            "path": request.url.path,
            "query": request.url.query,
        }
        html = self._environment.get_template(f"{name}.html").render(context | data)
        response = HTMLResponse(html, status, {"Content-Language": language, "Vary": "Cookie"})
        if request.query_params.get("lang") in words.LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE,
                language,
                max_age=YEAR_IN_SECONDS,
                httponly=True,
                samesite="lax",
                secure=self._secure,
            )
        return response

    def refused(self, request: Request, refused: Refused, act: Act | None = None) -> HTMLResponse:
        """A refusal as a page: every reason and cure, under the status of its kind."""
        status = STATUS[refused.reason]
        said = () if refused.findings else _WORDS[status]
        view = ErrorPage(status, _TITLES[status], said, refused.findings, act=act)
        return self.page(request, "error", view, status=status)

    def error(self, request: Request, status: int) -> Response:
        """A failure that no act has caused, in words; for a machine, as a problem (RFC 9457)."""
        known = status if status in _TITLES else 500 if status >= 500 else 400  # noqa: PLR2004
        if request.url.path.startswith(MACHINES):
            said = " ".join(str(each) for each in _WORDS[known])
            problem = {"title": str(_TITLES[known]), "status": status, "detail": said}
            return JSONResponse(problem, status, media_type="application/problem+json")
        number = getattr(request.state, "request_id", "") if known == 500 else ""  # noqa: PLR2004
        view = ErrorPage(status, _TITLES[known], _WORDS[known], request_id=number)
        return self.page(request, "error", view, status=status)


def page(
    request: Request, name: str, view: object = None, *, status: int = 200, **data: Any
) -> HTMLResponse:
    """The page `name` about `view`, by the renderer of the application that was asked."""
    pages = cast("Pages", request.app.state.pages)
    return pages.page(request, name, view, status=status, **data)


def reader_of(request: Request) -> Reader:
    """Who looks, as the doorkeeper has found out; a guest otherwise."""
    return cast("Reader", getattr(request.state, "reader", GUEST))


def language_of(request: Request) -> str:
    """What was just chosen, else chosen before, else the person's own, else the browser's."""
    chosen = (
        request.query_params.get("lang", ""),
        request.cookies.get(LANGUAGE_COOKIE, ""),
        reader_of(request).language,
    )
    spoken = next((each for each in chosen if each in words.LANGUAGES), "")
    return spoken or words.preferred(request.headers.get("accept-language", ""))


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """The address of a static file, with its content's hash, so that it may be kept for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


def warm(templates: Path) -> Iterator[str]:
    """Read every template and catalogue, one at a step: whoever asks first does not wait for it."""
    for language in words.LANGUAGES:
        words.translator(language)
        yield language
    environment = _environment(templates / "web")
    for name in environment.list_templates():
        environment.get_template(name)
        yield name


@lru_cache(maxsize=4)
def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,  # a running process keeps the pages that belong to its code
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "_": _translate,
        "n_": _count,
        "in_language": _in_language,
        "languages": words.LANGUAGES,
        "asset": asset,
        "unfilled": EMPTY,
    }
    environment.filters |= {
        "attr": _attribute,
        "day": _day,
        "instant": _instant,
        "ltr": words.ltr,
        "relative": _relative,
        "say": _say,
        "whole": words.whole,
    }
    return environment


@pass_context
def _translate(context: Context, pattern: str, **facts: Any) -> Markup:
    return words.markup(Sentence(pattern, facts), context["language"])


@pass_context
def _count(context: Context, one: str, many: str, count: int, **facts: Any) -> Markup:
    language = context["language"]
    pattern = words.translator(language).ngettext(one, many, count)
    return words.fill_markup(pattern, {"count": count, **facts}, language)


@pass_context
def _say(context: Context, said: Sentence | str) -> Markup:
    if isinstance(said, str) and said.startswith(OWN_RULE):
        said = say("the organisation's own rule: {rule}", rule=said.removeprefix(OWN_RULE))
    return words.markup(said, context["language"])


@pass_context
def _attribute(context: Context, said: Sentence | str) -> str:
    if isinstance(said, Markup):
        return said.striptags()
    return words.sentence(said, context["language"])


@pass_context
def _day(context: Context, when: date, *, weekday: bool = False, year: bool = True) -> Markup:
    said = words.day(when, context["language"], weekday=weekday, year=year)
    return Markup('<time datetime="{}">{}</time>').format(f"{when:%Y-%m-%d}", said)


@pass_context
def _in_language(context: Context, code: str) -> str:
    kept = [pair for pair in parse_qsl(context["query"]) if pair[0] != "lang"]
    return f"{context['path']}?{urlencode([*kept, ('lang', code)])}"


@pass_context
def _instant(context: Context, moment: Moment, *, brief: bool = False) -> Markup:
    language = context["language"]
    local = moment.at.astimezone(ZoneInfo(moment.zone))
    shown, said_hour = local, words.hour(local)
    if moment.exclusive and said_hour == "00:00":
        shown, said_hour = local - timedelta(minutes=1), "24:00"
    place = words.sentence(moment.place, language) or words.town(moment.zone, language)
    said = words.fill_markup(
        words.translator(language).gettext("{day}, {hour} ({place}, {zone})"),
        {
            "day": words.day(shown, language, weekday=not brief),
            "hour": said_hour,
            "place": place,
            "zone": words.ltr(words.offset(local)),
        },
        language,
    )
    return Markup('<time datetime="{}">{}</time>').format(moment.at.isoformat(), said)


@pass_context
def _relative(context: Context, moment: Moment) -> Markup:
    """How far an instant is from now, in words."""
    away = (moment.at - context["now"]).total_seconds()
    amount, unit = _largest(abs(away))
    if unit == "moment":
        return _translate(context, "just now")
    one, many = _PERIODS[unit, away > 0]
    return _count(context, one, many, amount)


_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def _largest(seconds: float) -> tuple[int, str]:
    return next(
        ((int(seconds // size), unit) for size, unit in _UNITS if seconds >= size), (0, "moment")
    )


def _plural(one: str, many: str) -> tuple[str, str]:
    """Two forms of one message, marked for the catalogues."""
    return one, many


_PERIODS = {
    ("minute", True): _plural("in {count} minute", "in {count} minutes"),
    ("hour", True): _plural("in {count} hour", "in {count} hours"),
    ("day", True): _plural("in {count} day", "in {count} days"),
    ("minute", False): _plural("{count} minute ago", "{count} minutes ago"),
    ("hour", False): _plural("{count} hour ago", "{count} hours ago"),
    ("day", False): _plural("{count} day ago", "{count} days ago"),
}
