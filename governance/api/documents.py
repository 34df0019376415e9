"""Issued documents, byte for byte as they were issued."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Response

from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import IdInPath
from governance.appointments.queries import document

routes = APIRouter(tags=["documents"])

# A document is read, not run: nothing in it may act on this site.
STILL = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"

FORMS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The document as it was issued.",
        "content": {
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            "text/html": {"schema": {"type": "string"}},
        },
    }
}


@routes.get(
    "/documents/{document_id}",
    operation_id="get_document",
    response_class=Response,
    responses=FORMS | problems(401, 404, 422),
)
def get_document(
    house: TheHouse, actor: SignedIn, document_id: IdInPath, form: Literal["pdf", "html"] = "pdf"
) -> Response:
    """A letter, as PDF or HTML; the header `X-Document-SHA256` is the seal in the record."""
    with house.database.reading() as session:
        found = document(session, actor, document_id)
        body = found.pdf if form == "pdf" else found.html.encode()
    media = "application/pdf" if form == "pdf" else "text/html; charset=utf-8"
    name = f"{found.number.replace('/', '-')}-{found.language}.{form}"
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Security-Policy": STILL,
        "X-Document-SHA256": found.sha256,
    }
    return Response(body, media_type=media, headers=headers)
