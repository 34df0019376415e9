"""One candidacy: facts, findings, checks, references, documents."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.queries import Candidate, CaseFile, sees_all
from governance.refusals import Reason, Refused, refuse
from governance.web.case_views import CandidatePage
from governance.web.cases.asked import done, may_act, opened, refused_fields, status_of
from governance.web.cases.fill_candidate import candidate_page
from governance.web.desk import Desk, for_the_signed_in


def show(desk: Desk) -> Response:
    """The candidacy in the address."""
    page = replace(_page(desk, desk.path["candidacy"]), done=done(desk))
    return desk.page("candidate", page)


def again(desk: Desk, candidacy_id: str, refused: Refused) -> Response:
    """The candidacy after an act that was refused: every reason, and what was typed."""
    page = _page(desk, candidacy_id)
    filled = desk.filled(refused_fields(refused))
    shown = replace(page, refused=refused.findings, filled=filled)
    return desk.page("candidate", shown, status=status_of(refused))


def found(desk: Desk, file: CaseFile, candidacy_id: str) -> Candidate:
    """The candidate of a case, for somebody who may see all of it. Raises Refused."""
    candidate = file.candidate(candidacy_id) if sees_all(desk.me) else None
    if candidate is None:
        raise refuse(
            "there is no such candidacy that you may see",
            rule="known_candidacy",
            cure="Open the candidate from the case's page.",
            reason=Reason.MISSING,
        )
    return candidate


def _page(desk: Desk, candidacy_id: str) -> CandidatePage:
    with opened(desk) as (file, reading):
        candidate = found(desk, file, candidacy_id)
        return candidate_page(candidate, file, reading, acts=may_act(desk))


routes = [
    Route(
        "/appointments/{reference}/candidates/{candidacy}",
        for_the_signed_in(show),
        methods=["GET"],
    )
]
