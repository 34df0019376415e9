"""A paper that is drawn when it is asked for: a page, a tagged PDF, or an editable copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.responses import Response

from governance.documents.render import editable, preview, record
from governance.refusals import Reason, Refused, refuse
from governance.registry.house_style import style_of
from governance.web.desk import Desk
from governance.web.security import SHEET_HEADERS
from governance.web.words import LANGUAGES

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = frozenset({"html", "pdf", "docx"})


@dataclass(frozen=True)
class Paper:
    """A kind of document with its facts; `day` is its date, `name` that of its file."""

    kind: str
    facts: dict[str, Any]
    day: date
    name: str


def asked_for(desk: Desk) -> tuple[str, str]:
    """The language and the form that the address asks for. Raises Refused where there is none."""
    language, form = desk.path["language"], desk.path["form"]
    if language not in LANGUAGES or form not in FORMS:
        raise no_such_paper()
    return language, form


def drawn(desk: Desk, paper: Paper, language: str, form: str) -> Response:
    """The paper in a language and a form, in the style of the house."""
    templates = style_of(desk.house.settings).templates
    if form == "html":
        page = preview(paper.kind, language, paper.facts, templates)
        return Response(page, media_type="text/html; charset=utf-8", headers=dict(SHEET_HEADERS))
    name = f"{paper.name}-{language}.{form}"
    if form == "docx":
        body = editable(paper.kind, language, paper.facts, templates)
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(body, media_type=DOCX, headers=headers)
    done = record(paper.kind, language, paper.facts, paper.day, templates=templates)
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(done.pdf, media_type="application/pdf", headers=headers)


def no_such_paper() -> Refused:
    """There is no paper at this address, for this reader."""
    return refuse(
        "there is no such paper here",
        rule="known_paper",
        cure="Use the links on the page that you came from.",
        reason=Reason.MISSING,
    )
