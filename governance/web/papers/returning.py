"""An edited copy comes back: every difference is shown, and a person accepts these words."""

from __future__ import annotations

import base64
import binascii

from starlette.responses import Response

from governance.acts import perform
from governance.language import direction
from governance.refusals import Reason, Refused, refuse
from governance.registry import drafting, queries
from governance.registry.models import Paper
from governance.web.desk import Desk
from governance.web.papers.document import page_of
from governance.web.papers.rows import keeps, kind_of
from governance.web.papers.views import Differs, ReturnedPage

MOST = 2 * 2**20  # of a copy that is carried from the comparison to its acceptance


def compare(desk: Desk) -> Response:
    """What the copy says otherwise than the draft."""
    paper = _paper(desk)
    try:
        content = desk.files.get("file", b"")
        _must_be_carried(content)
        with desk.house.database.reading() as session:
            found = drafting.compared(desk.house, session, paper, content)
    except Refused as refused:
        return desk.page("document", page_of(desk, refused.findings), status=422)
    page = ReturnedPage(
        href=f"/documents/{paper.id}",
        kind=kind_of(desk, paper.kind),
        language=paper.language,
        direction=direction(paper.language),
        differences=[Differs(each.place, each.before, each.after) for each in found.differences],
        seen=found.seen,
        carried=base64.b64encode(content).decode() if found.differences else "",
    )
    return desk.page("document_returned", page)


def accept(desk: Desk) -> Response:
    """Make the words whose differences were seen the next version of the draft."""
    paper = _paper(desk)
    try:
        content = base64.b64decode(desk.text("carried"), validate=True)
    except (binascii.Error, ValueError):
        content = b""
    try:
        given = drafting.Accepting(content, desk.text("seen"))
        perform(desk.house, desk.me, drafting.ACCEPT, paper.id, given)
    except Refused as refused:
        if refused.reason == Reason.AUTHORITY:
            raise
        return desk.page("document", page_of(desk, refused.findings), status=422)
    return desk.go(f"/documents/{paper.id}")


def _must_be_carried(content: bytes) -> None:
    if not content:
        problem, cure = "no file was given", "Choose the edited copy."
        raise refuse(problem, rule="file_is_read", cure=cure, reason=Reason.INPUT)
    if len(content) > MOST:
        raise refuse(
            "the copy is larger than {most} MB",
            rule="file_is_read",
            cure="Take pictures out of it, or accept it at the command line.",
            reason=Reason.INPUT,
            most=MOST // 2**20,
        )


def _paper(desk: Desk) -> Paper:
    with desk.house.database.reading() as session:
        paper = queries.paper_of(session, desk.me, desk.path["document"])
    if not keeps(desk):
        raise queries.no_such_document(desk.path["document"])
    return paper
