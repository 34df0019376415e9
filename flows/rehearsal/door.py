"""The API as an invented person uses it: signed in by a code from the mail, and persistent."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import httpx

from flows.rehearsal.invented import Invented
from flows.rehearsal.letterbox import Letterbox
from governance.api.application import PREFIX
from governance.record.outbox import message_id

ANSWERED_WITHIN = 30.0
CODE_COMES_WITHIN = 10.0
GLANCE = 0.01
TRY_AGAIN = frozenset({429, 500, 502, 503, 504})


class Unreachable(Exception):
    """Nobody answered, or not to the end: whether it was done is seen by asking again."""


class Rejected(Exception):
    """The installation said no; its words, and its status."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class Door:
    """Requests to one installation, each in the name of somebody."""

    def __init__(
        self,
        address: str,
        letterbox: Letterbox,
        mail_from: str,
        unhurried: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._client = httpx.Client(base_url=f"{address}{PREFIX}", timeout=ANSWERED_WITHIN)
        self._letterbox = letterbox
        self._domain = mail_from.rpartition("@")[2]
        self._unhurried = unhurried
        self._tokens: dict[str, str] = {}

    def close(self) -> None:
        """Go away."""
        self._client.close()

    def read(self, who: Invented, path: str, *, link: bool = False) -> Any:
        """What somebody reads there."""
        return self._as(who, "GET", path, link=link)

    def act(
        self, who: Invented, path: str, given: dict[str, Any] | bytes, *, link: bool = False
    ) -> Any:
        """What somebody does there; gives the receipt. A file is sent as CSV."""
        if isinstance(given, bytes):
            csv = {"Content-Type": "text/csv"}
            return self._as(who, "POST", path, link=link, content=given, headers=csv)
        return self._as(who, "POST", path, link=link, json=given)

    def _as(self, who: Invented, method: str, path: str, *, link: bool, **sent: Any) -> Any:
        key = f"{who.email} by {self._link_of(who) if link else 'address'}"
        if key not in self._tokens:
            with self._unhurried():
                self._tokens[key] = self._sign_in(who, link=link)
        headers = {"Authorization": f"Bearer {self._tokens[key]}"} | sent.pop("headers", {})
        try:
            return self._ask(method, path, headers=headers, **sent)
        except Rejected as rejected:
            if rejected.status == httpx.codes.UNAUTHORIZED:
                del self._tokens[key]
                raise Unreachable from rejected
            raise

    def _sign_in(self, who: Invented, *, link: bool) -> str:
        asked = (
            self._ask("POST", "/challenges/link", json={"token": self._link_of(who)})
            if link
            else self._ask("POST", "/challenges", json={"email": who.email})
        )
        given = {"challenge": asked["challenge"], "code": self._code(asked["challenge"])}
        try:
            return str(self._ask("POST", "/sessions", json=given)["token"])
        except Rejected as rejected:  # it came too late; another one will be mailed
            raise Unreachable from rejected

    def _code(self, challenge: str) -> str:
        until = time.monotonic() + CODE_COMES_WITHIN
        while time.monotonic() < until:
            code = self._letterbox.code(message_id(f"code:{challenge}", self._domain))
            if code:
                return code
            time.sleep(GLANCE)
        raise Unreachable

    def _link_of(self, who: Invented) -> str:
        token = self._letterbox.link(who.email)
        if token is None:
            raise Unreachable
        return token

    def _ask(self, method: str, path: str, **sent: Any) -> Any:
        try:
            answer = self._client.request(method, path, **sent)
        except httpx.TransportError as error:
            raise Unreachable from error
        if answer.status_code in TRY_AGAIN:
            raise Unreachable
        if answer.is_error:
            raise Rejected(answer.status_code, answer.json().get("detail", answer.text))
        return answer.json()
