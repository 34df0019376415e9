"""What stands before every page: headers, limits, and proof that a form is ours. Pure ASGI.

`guard(app, ...)` wraps the whole application, so that even its last resort, the page for a
failure, leaves with the headers.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSRF_COOKIE = "mandate_form"
CSRF_FIELD = "csrf"
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
MEGABYTE = 1024 * 1024

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none';"
    " base-uri 'none'"
)

# Links carry tokens: no address of ours may reach another site as a referrer.
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

# A mail or a letter is shown as it was sent, with the styles within it; nothing in it can run, and
# it is framed by our own pages alone.
SHEET_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
    " font-src data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'self';"
    " sandbox allow-popups allow-popups-to-escape-sandbox",
    "X-Frame-Options": "SAMEORIGIN",
}

Answerer = Callable[[Request, int], Response]

# A score sheet has a field for each candidate and criterion: two thousand by ten, and some more.
MOST_FIELDS = 25_000


@dataclass(frozen=True)
class Limits:
    """What one address may ask for, and how much a request may weigh.

    `strict` and `bodies` are by the beginning of a path; strict budgets count changes only.
    """

    per_minute: int = 300
    strict: Mapping[str, int] = field(default_factory=dict)
    body: int = MEGABYTE
    bodies: Mapping[str, int] = field(default_factory=dict)
    exempt: tuple[str, ...] = ("/static/",)


@dataclass(frozen=True)
class Forms:
    """How a form proves that it is ours: bound to the session, or to a cookie of its own."""

    secret: bytes
    session_cookie: str = "mandate_session"
    secure: bool = False
    exempt: tuple[str, ...] = ("/api/",)


def guard(  # noqa: PLR0913 -- the parts of one wall, all named
    app: ASGIApp,
    *,
    forms: Forms,
    answer: Answerer,
    limits: Limits | None = None,
    monotonic: Callable[[], float] = time.monotonic,
    https: bool = False,
) -> ASGIApp:
    """The application behind its wall; `answer(request, status)` says no in words."""
    limits = limits or Limits()
    guarded: ASGIApp = FormProof(app, forms, answer)
    guarded = BodyLimit(guarded, limits, answer)
    guarded = RateLimit(guarded, limits, answer, monotonic)
    guarded = RequestNumber(guarded)
    return SecurityHeaders(guarded, https=https)


class SecurityHeaders:
    """Every response leaves with these headers; a route may set its own instead."""

    def __init__(self, app: ASGIApp, *, https: bool = False) -> None:
        self._app = app
        strict = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
        self._headers = HEADERS | (strict if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and dress the response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, dressed)


class RequestNumber:
    """Every request has a number, in the logs, in the response, and on the page of a failure."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Number the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = uuid.uuid4().hex[:16]
        scope.setdefault("state", {})["request_id"] = number

        async def numbered(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Request-Id"] = number
            await send(message)

        with structlog.contextvars.bound_contextvars(request=number):
            await self._app(scope, receive, numbered)


@dataclass
class _Bucket:
    tokens: float
    at: float


class Buckets:
    """Token buckets by key: as many at once as a minute's budget, refilled evenly."""

    def __init__(self, monotonic: Callable[[], float], most: int = 20_000) -> None:
        self._monotonic = monotonic
        self._most = most
        self._buckets: dict[str, _Bucket] = {}

    def take(self, key: str, per_minute: int) -> float:
        """Take a token; gives 0, or the seconds to wait until there is one."""
        now = self._monotonic()
        bucket = self._buckets.get(key)
        if bucket is None:
            self._forget(now)
            bucket = self._buckets[key] = _Bucket(float(per_minute), now)
        rate = per_minute / 60
        bucket.tokens = min(float(per_minute), bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / rate
        bucket.tokens -= 1
        return 0.0

    def _forget(self, now: float) -> None:
        """A bucket untouched for a minute is full again, and need not be kept."""
        if len(self._buckets) >= self._most:
            self._buckets = {k: b for k, b in self._buckets.items() if now - b.at < 60}  # noqa: PLR2004


class RateLimit:
    """So many requests a minute from one address; fewer where guessing would pay."""

    def __init__(
        self,
        app: ASGIApp,
        limits: Limits,
        answer: Answerer,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._limits = limits
        self._answer = answer
        self._buckets = Buckets(monotonic)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or ask its sender to wait."""
        if scope["type"] != "http" or scope["path"].startswith(self._limits.exempt):
            await self._app(scope, receive, send)
            return
        wait = self._wait(scope)
        if not wait:
            await self._app(scope, receive, send)
            return
        response = self._answer(Request(scope, receive), 429)
        response.headers["Retry-After"] = str(int(wait) + 1)
        await response(scope, receive, send)

    def _wait(self, scope: Scope) -> float:
        address = network(scope["client"][0] if scope.get("client") else "")
        wait = self._buckets.take(address, self._limits.per_minute)
        if scope["method"] not in CHANGING:
            return wait
        strict = [
            self._buckets.take(f"{address} {start}", budget)
            for start, budget in self._limits.strict.items()
            if scope["path"].startswith(start)
        ]
        return max([wait, *strict])


class BodyLimit:
    """A request may not weigh more than its route allows."""

    def __init__(self, app: ASGIApp, limits: Limits, answer: Answerer) -> None:
        self._app = app
        self._limits = limits
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through whole, or not at all."""
        if scope["type"] != "http" or scope["method"] not in CHANGING:
            await self._app(scope, receive, send)
            return
        most = self._most(scope["path"])
        declared = Headers(scope=scope).get("content-length", "0")
        body = None
        if declared.isdigit() and int(declared) <= most:
            body = await _read(receive, most)
        if body is None:
            response = self._answer(Request(scope, receive), 413)
            response.headers["Connection"] = "close"
            await response(scope, receive, send)
            return
        await self._app(scope, _again(body, receive), send)

    def _most(self, path: str) -> int:
        fitting = [size for start, size in self._limits.bodies.items() if path.startswith(start)]
        return max([self._limits.body, *fitting])


class FormProof:
    """No form of another site is ever obeyed (cross-site request forgery).

    The field is an HMAC over the session's cookie, or over a random cookie of the form's own for
    those who have no session. A browser that says the request comes from elsewhere is refused
    before that.
    """

    def __init__(self, app: ASGIApp, forms: Forms, answer: Answerer) -> None:
        self._app = app
        self._forms = forms
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the page its proof, or check the one that came back."""
        if scope["type"] != "http" or scope["path"].startswith(self._forms.exempt):
            await self._app(scope, receive, send)
            return
        bound, fresh = self._binding(Headers(scope=scope))
        expected = self._proof(bound)
        state = scope.setdefault("state", {})
        state["csrf"], state["prove"] = expected, self._proof
        if scope["method"] in CHANGING:
            body = await _read(receive, None) or b""
            receive = _again(body, receive)
            if not await self._is_ours(scope, body, expected):
                response = self._answer(Request(scope, receive), 403)
                await response(scope, receive, send)
                return
        await self._app(scope, receive, self._with_cookie(send, bound) if fresh else send)

    def _binding(self, headers: Headers) -> tuple[str, bool]:
        cookies = SimpleCookie(headers.get("cookie", ""))
        for name in (self._forms.session_cookie, CSRF_COOKIE):
            if name in cookies and cookies[name].value:
                return cookies[name].value, False
        return secrets.token_urlsafe(24), True

    def _proof(self, bound: str) -> str:
        return hmac.new(self._forms.secret, f"form:{bound}".encode(), hashlib.sha256).hexdigest()

    async def _is_ours(self, scope: Scope, body: bytes, expected: str) -> bool:
        if Headers(scope=scope).get("sec-fetch-site", "same-origin") in ("cross-site", "same-site"):
            return False
        try:
            async with Request(scope, _again(body)).form(max_fields=MOST_FIELDS) as form:
                given = form.get(CSRF_FIELD)
        except (MultiPartException, ValueError, KeyError):
            return False
        return isinstance(given, str) and hmac.compare_digest(given.encode(), expected.encode())

    def _with_cookie(self, send: Send, bound: str) -> Send:
        secure = "; Secure" if self._forms.secure else ""
        cookie = f"{CSRF_COOKIE}={bound}; Path=/; HttpOnly; SameSite=Lax{secure}"

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", cookie)
            await send(message)

        return sending


def network(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that one IPv6 household has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address or "unknown"
    if parsed.version == 4:  # noqa: PLR2004
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)


async def _read(receive: Receive, most: int | None) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if most is not None and size > most:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, then: Receive | None = None) -> Receive:
    """A `receive` that tells the body once more, then whatever the connection tells."""
    told = False

    async def receive() -> Message:
        nonlocal told
        if not told:
            told = True
            return {"type": "http.request", "body": body, "more_body": False}
        return await then() if then else {"type": "http.disconnect"}

    return receive
