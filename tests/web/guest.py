"""A browser without a screen: it keeps its cookies and follows nothing by itself."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import httpx
from starlette.types import ASGIApp


def hidden_on(page: str, name: str) -> str:
    """The value of a hidden field on a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, f"no field {name} on: {page[:2000]}"
    return found.group(1)


class Guest:
    """Somebody before the pages; one instance is one browser."""

    def __init__(self, app: ASGIApp, *, base_url: str = "http://mandate.test") -> None:
        self.cookies = httpx.Cookies()
        self._app = app
        self._base = base_url

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Look at a page."""
        return self.ask("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        """Send a form."""
        return self.ask("POST", path, **more)

    def send(self, path: str, seen: str = "", *, page: str = "", **fields: Any) -> httpx.Response:
        """Fill in the form of a page (one seen here, or its text) and send it."""
        proof = hidden_on(page or self.get(seen or path).text, "csrf")
        return self.post(path, data={"csrf": proof, **fields})

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Any request."""
        return asyncio.run(self._ask(method, path, **more))

    async def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url=self._base, cookies=self.cookies
        ) as client:
            response = await client.request(method, path, **more)
            self.cookies = client.cookies
            return response
