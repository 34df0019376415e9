"""The HR officer's pages: cases, launch, candidates, checks, letters, record."""

from __future__ import annotations

from starlette.routing import Route

from governance.web.cases import (
    acting,
    bureaus,
    calling,
    candidacy,
    case,
    documents,
    ending,
    intake,
    launch,
    leap,
    listing,
    papers,
    record,
)

routes: list[Route] = [
    *listing.routes,
    *bureaus.routes,
    *launch.routes,
    *intake.routes,
    *candidacy.routes,
    *papers.routes,
    *calling.routes,
    *acting.routes,
    *ending.routes,
    *record.routes,
    *documents.routes,
    *leap.routes,
    *case.routes,
]
