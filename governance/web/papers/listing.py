"""The list of documents: by state, with what may be put together for one approval."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from governance.acts import perform
from governance.lifecycle import label
from governance.refusals import Finding, Refused, say
from governance.registry import approving, queries
from governance.registry.lifecycle import PaperLifecycle
from governance.web.desk import Desk
from governance.web.papers.rows import keeps, person_at, rows_of
from governance.web.papers.views import ListPage, Tab

MOST = 200


def list_documents(desk: Desk) -> Response:
    """The newest documents that the reader may see, of one state where the address says so."""
    return desk.page("documents", _page(desk, desk.request.query_params.get("state", "")))


def put_together(desk: Desk) -> Response:
    """Put the ticked documents for one approval; faults come back on the same page."""
    try:
        approver = person_at(desk, desk.text("approver"))
        title = desk.text("title") or str(say("Documents"))
        given = approving.Asking(title, desk.texts("paper"), approver.id)
        receipt = perform(desk.house, desk.me, approving.ASK, None, given)
    except Refused as refused:
        page = _page(desk, "reviewed", refused.findings)
        return desk.page("documents", page, status=422)
    return desk.go(f"/documents/bundles/{receipt.subject_id if receipt else ''}")


def _page(desk: Desk, state: str, refused: Sequence[Finding] = ()) -> ListPage:
    known = state if state in PaperLifecycle.states_map else ""
    with desk.house.database.reading() as session:
        found = queries.papers(session, desk.me, state=known, limit=MOST)
        counted = queries.counted(session, desk.me)
    tabs = [Tab(say("All"), "/documents", sum(counted.values()), here=not known)]
    tabs += [
        Tab(
            say(label(PaperLifecycle, each)),
            f"/documents?state={each}",
            counted[each],
            here=each == known,
        )
        for each in PaperLifecycle.states_map
        if each in counted
    ]
    return ListPage(
        rows_of(desk, found),
        tabs,
        keeps=keeps(desk),
        puts=keeps(desk) and known == "reviewed" and bool(found),
        filled=desk.filled(),
        refused=refused,
    )
