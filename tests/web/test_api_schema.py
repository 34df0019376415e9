"""The API against its own description: whatever is sent, the answer is one that is documented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from governance.access.signing import begin
from governance.api import application
from governance.api.problems import MEDIA
from governance.house import House
from governance.web.application import Whole
from tests.acts.world import World

GOOD, BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
# Good form is not yet good law: a post that the rulebook does not have is refused all the same.
BY_LAW = [positive_data_acceptance]
DESCRIPTION = application(cast("House", None)).openapi()
TRIALS = [
    (method.upper(), path, mode)
    for path, methods in DESCRIPTION["paths"].items()
    for method, operation in methods.items()
    for mode in (GOOD, BAD)
    if mode is GOOD or {"parameters", "requestBody"} & operation.keys()
]


class Standing:
    """The API where the description is read once, over whichever house a test has."""

    def __init__(self) -> None:
        self.app = _over(cast("House", None))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def _over(house: House) -> ASGIApp:
    api = application(house)
    api.openapi_schema = DESCRIPTION
    return Starlette(routes=[Whole("/api/v1", api)])


@pytest.fixture(scope="module")
def read() -> Any:
    """The description as it is served: slow to make and to read, and the same for every house."""
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", Standing())


@pytest.fixture
def described(read: Any, sqlite_at: Callable[[str], World], smtp: Any) -> Any:
    """The description of the API over a case that waits for its decision, an officer signed in."""
    house = sqlite_at("decision").house
    read.app.app = _over(house)
    read.config.update(headers={"Authorization": f"Bearer {begin(house, 'hr')}"})
    return read


@pytest.mark.parametrize(("method", "path", "mode"), TRIALS)
def test_whatever_is_sent_the_answer_is_documented(
    described: Any, method: str, path: str, mode: GenerationMode
) -> None:
    """No fault of ours, no undocumented status, form or content, for good input and for bad."""

    @given(case=described[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=12,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def holds(case: Any) -> None:
        case.call_and_validate(excluded_checks=BY_LAW)

    holds()


def test_every_operation_is_described_whole() -> None:
    """Each has a name, a sentence, and its problems in the form of RFC 9457."""
    names = []
    for methods in DESCRIPTION["paths"].values():
        for operation in methods.values():
            names.append(operation["operationId"])
            assert operation["description"].strip().split("\n")[0].endswith(".")
            for status, response in operation["responses"].items():
                assert int(status) < 300 or list(response["content"]) == [MEDIA]
    assert len(set(names)) == len(names)
    assert DESCRIPTION["components"]["schemas"]["Problem"]["properties"]["findings"]
