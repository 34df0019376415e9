"""The API as an application of its own; the web application mounts it at /api/v1."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from governance.api import (
    after,
    appointments,
    casework,
    checks,
    committees,
    competitions,
    conducting,
    consultations,
    counting,
    crises,
    documents,
    forecasts,
    minutes,
    people,
    registry,
    representation,
    schemes,
    searching,
    services,
    signing,
    vacancies,
)
from governance.api.problems import Problem, answer_in_problems
from governance.house import House

VERSION = "1.0"
PREFIX = "/api/v1"
DESCRIPTION = """The same acts as on the pages and the command line, by the same rules.

**Signing in**: `POST /challenges` mails a code, `POST /sessions` exchanges it for a bearer token.
Whoever has a link from a mail asks at `POST /challenges/link`; that token opens one question only.

**What is not done** is answered as a problem (RFC 9457) with every finding: the rule, the article,
what is the case, the cure. 401 nobody is signed in, 403 not by this person, 404 not there or not
for these eyes, 409 a rule, the turn or a change forbids it, 422 not understood. A refused act
changes nothing, and is on the record.

A GET changes nothing. Instants are UTC; a deadline's `due_at` is exclusive, its `last_day` is the
last day on which one is in time.
"""


def application(house: House) -> FastAPI:
    """The API of a house, to be mounted at /api/v1 behind the wall that guards every page."""
    app = FastAPI(
        title="Mandate",
        version=VERSION,
        summary="Appointments of international organisations: who must be asked, by when.",
        description=DESCRIPTION,
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.house = house
    for module in (
        competitions,
        services,
        casework,
        signing,
        appointments,
        checks,
        committees,
        conducting,
        consultations,
        documents,
        counting,
        forecasts,
        after,
        minutes,
        registry,
        representation,
        schemes,
        searching,
        vacancies,
        crises,
    ):
        app.include_router(module.routes)
    app.include_router(people.routes)
    app.include_router(consultations.records)
    answer_in_problems(app)
    _document_problems(app)
    return app


def _document_problems(app: FastAPI) -> None:
    """Problems stand among the schemas: FastAPI would document them as plain JSON."""
    written = app.openapi

    def with_problems() -> dict[str, Any]:
        document = written()
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        kept = document.setdefault("components", {}).setdefault("schemas", {})
        kept |= schema.pop("$defs", {}) | {"Problem": schema}
        return document

    app.openapi = with_problems  # type: ignore[method-assign]


def warm(app: FastAPI) -> None:
    """Let the routes be built now: the first request builds every one of them otherwise."""
    nowhere = {"type": "http", "path": "/-", "root_path": "", "method": "GET", "headers": []}
    for route in app.routes:
        route.matches(nowhere)
