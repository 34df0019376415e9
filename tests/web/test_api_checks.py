"""The checks of files at the API: what a stranger sends is told in words of the API."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import httpx
import pytest

from governance.api import application
from governance.house import House


def check(**sent: Any) -> httpx.Response:
    """What the API answers to minutes, over no house at all."""

    async def answered() -> httpx.Response:
        transport = httpx.ASGITransport(application(cast("House", None)))
        async with httpx.AsyncClient(transport=transport, base_url="http://mandate") as client:
            return await client.post("/checks/minutes", **sent)

    return asyncio.run(answered())


@pytest.mark.parametrize(
    ("sent", "where", "because"),
    [
        ({"minutes": "x", "nam": "a"}, "body.nam", "no field of this name is known here"),
        ({}, "body.minutes", "this field is missing"),
        ({"minutes": 5}, "body.minutes", "text is expected"),
        ("{", "body.1", "the body is no JSON: expecting"),
    ],
)
def test_a_request_that_is_not_understood_is_told_why(sent: Any, where: str, because: str) -> None:
    """The field and what is wrong with it, not what a library calls it."""
    given = {"content": sent} if isinstance(sent, str) else {"json": sent}
    answer = check(headers={"content-type": "application/json"}, **given)
    told = answer.json()["findings"][0]
    assert (answer.status_code, told["where"]) == (422, where)
    assert told["because"].startswith(because)


def test_minutes_are_checked_without_an_installation_or_a_person() -> None:
    """The record of a vote with one name too few comes back with its place and cure."""
    text = "By a recorded vote of 9 in favour to 3 against (Israel, Palau) the draft was adopted."
    told = check(json={"minutes": text}).json()
    assert (told["clean"], told["findings"][0]["rule"]) == (False, "votes_add_up")
    assert told["findings"][0]["because"] == "3 are counted against, and 2 are named"
