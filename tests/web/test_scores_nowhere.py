"""Scores are nowhere to be read before all are in: every address of pages and API is opened."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.routing import Mount, Route

from governance.access.signing import begin
from governance.api.application import PREFIX
from governance.api.application import application as machines
from governance.web.application import application as pages
from governance.web.desk import SESSION
from tests.acts import competing
from tests.acts.competing import CRITERIA, NAMES
from tests.acts.conftest import At
from tests.acts.world import World

pytestmark = pytest.mark.slow

SCORE = "17/4"  # as nobody else gives
TRACES = ("17/4", "4.25", "4,25", "17/20", "85.0 %")  # as given, as a decimal, as a share
READERS = ("third", "hr", "auditor", "legal")
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


def addresses(routes: Iterable[Any], before: str = "") -> Iterator[str]:
    """Every address that can be read, as its route writes it."""
    for each in routes:
        if isinstance(each, Mount):
            yield from addresses(each.routes or (), before + each.path)
        elif isinstance(each, Route) and "GET" in (each.methods or ()):
            yield before + each.path


def inside(app: Any) -> Any:
    """The application behind its walls."""
    while not hasattr(app, "routes"):
        app = app._app
    return app


def known(world: World, reader: str) -> dict[str, list[str]]:
    """What each name in an address may stand for in this case."""
    asked, case = world.open_question(), world.the_case()
    people = list(world.invitations(asked.id))
    mine = (each.id for each in people if each.person_id == reader)
    tokens = [world.house.keys.token(f"invitation:{each}") for each in mine]
    candidacies = [world.candidacy(name).id for name in NAMES]
    ids = [asked.id, case.id, candidacies[0], *(each.id for each in people[:2])]
    return {
        "reference": [case.reference],
        "case": [case.reference],
        "candidacy": candidacies[:2],
        "consultation": [asked.id],
        "invitation": [each.id for each in people],
        "token": tokens,
        "id": ids,
        "subject": [case.reference],
        "person": ["chair"],
        "language": ["en"],
        "form": ["html", "pdf"],
    }


def filled(path: str, facts: dict[str, list[str]]) -> list[str]:
    """An address with each of what it may stand for; nothing where something is not known."""
    found = [path]
    for match in PARAMETER.finditer(path):
        values = facts.get(match[1], [])
        found = [each.replace(match[0], value) for each in found for value in values]
    return found


def test_no_address_shows_a_score_before_all_are_in(sqlite_at: At) -> None:
    """Two have scored, one has not: no page, export or answer of the API tells what they gave."""
    world = sqlite_at("nothing")
    competing.composed(world)
    sheet = dict.fromkeys(NAMES, (SCORE,) * len(CRITERIA))
    competing.score(world, "chair", **sheet)
    competing.score(world, "outside", **sheet)
    world.go_on()
    unhurried = world.house.settings.model_copy(update={"rate_limit_per_minute": 10**6})
    house = replace(world.house, settings=unhurried)
    api = machines(house)
    app = pages(house, mounts={PREFIX: api})
    described = [f"{PREFIX}{path}" for path in api.openapi()["paths"]]
    paths = [*addresses(inside(app).routes), *described]
    opened: dict[int, int] = {}
    for reader in READERS:
        token = begin(world.house, reader)
        facts = known(world, reader)
        wanted = [one for path in dict.fromkeys(paths) for one in filled(path, facts)]
        wanted += ["/search?q=17", f"{PREFIX}/search?q=17%2F4"]
        for path, status, text in asyncio.run(_read(app, wanted, token)):
            opened[status] = opened.get(status, 0) + 1
            assert status < 500, (reader, path)
            assert not [each for each in TRACES if each in text], (reader, path)
    assert opened[200] > 120
    competing.score(world, "third", **sheet)
    world.go_on()
    panel = f"/appointments/{world.the_case().reference}/panel"
    ((_, _, text),) = asyncio.run(_read(app, [panel], begin(world.house, "third")))
    assert SCORE in text  # so that what was looked for is what is shown in the end


async def _read(app: Any, paths: list[str], token: str) -> list[tuple[str, int, str]]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {token}"}
    found = []
    async with httpx.AsyncClient(
        transport=transport,
        base_url="http://mandate.test",
        cookies={SESSION: token},
        headers=headers,
    ) as client:
        for path in paths:
            answer = await client.get(path)
            found.append((path, answer.status_code, answer.text))
    return found
