"""The API against its own description: whatever is sent, the answer is one that is documented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette
from starlette.routing import Mount

from governance.access.signing import begin
from governance.api import application
from governance.api.problems import MEDIA
from governance.house import House
from tests.acts.world import World

GOOD, BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
# Good form is not yet good law: a post that the rulebook does not have is refused all the same.
BY_LAW = [positive_data_acceptance]
TRIALS = [
    (method.upper(), path, mode)
    for path, methods in application(cast("House", None)).openapi()["paths"].items()
    for method, operation in methods.items()
    for mode in (GOOD, BAD)
    if mode is GOOD or {"parameters", "requestBody"} & operation.keys()
]


@pytest.fixture
def described(sqlite_at: Callable[[str], World], smtp: Any) -> Any:
    """The description of the API over a case that waits for its decision, an officer signed in."""
    house = sqlite_at("decision").house
    app = Starlette(routes=[Mount("/api/v1", application(house))])
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    schema.config.update(headers={"Authorization": f"Bearer {begin(house, 'hr')}"})
    return schema


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
        # A mount takes no line break: such an address never reaches the API.
        assume("\n" not in "".join(map(str, (case.path_parameters or {}).values())))
        case.call_and_validate(excluded_checks=BY_LAW)

    holds()


def test_every_operation_is_described_whole() -> None:
    """Each has a name, a sentence, and its problems in the form of RFC 9457."""
    document = application(cast("House", None)).openapi()
    names = []
    for methods in document["paths"].values():
        for operation in methods.values():
            names.append(operation["operationId"])
            assert operation["description"].strip().split("\n")[0].endswith(".")
            for status, response in operation["responses"].items():
                assert int(status) < 300 or list(response["content"]) == [MEDIA]
    assert len(set(names)) == len(names)
    assert document["components"]["schemas"]["Problem"]["properties"]["findings"]
