"""Evidence at the officer's desk: given to a candidate's file, given back as a file."""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.evidence.keeping import ADD_EVIDENCE, Paper, open_evidence
from governance.refusals import Refused
from governance.web.cases import candidacy
from governance.web.cases.asked import act, after
from governance.web.desk import Desk, for_the_signed_in


def give(desk: Desk) -> Response:
    """Add a file to the candidate, or to one of their checks."""
    mine = desk.path["candidacy"]
    upload = desk.form.get("file")
    name = (upload.filename or "") if isinstance(upload, UploadFile) else ""
    given = Paper(mine, name, desk.files.get("file", b""), "other", kind=desk.text("kind"))
    try:
        act(desk, ADD_EVIDENCE, given)
    except Refused as refused:
        return candidacy.again(desk, mine, refused)
    path = f"/appointments/{desk.path['reference']}/candidates/{mine}"
    return after(desk, path, "evidence", "#evidence")


def give_back(desk: Desk) -> Response:
    """The file byte for byte, to be kept and opened elsewhere: never within a page of ours."""
    with desk.house.database.reading() as session:
        opened = open_evidence(desk.house, session, desk.me, desk.path["evidence"])
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(opened.name)}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(opened.content, media_type="application/octet-stream", headers=headers)


routes = [
    Route(
        "/appointments/{reference}/candidates/{candidacy}/evidence",
        for_the_signed_in(give),
        methods=["POST"],
    ),
    Route("/evidence/{evidence}", for_the_signed_in(give_back), methods=["GET"]),
]
