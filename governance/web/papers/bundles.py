"""Documents that are put for one signature: the bundles, and how far each of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select
from starlette.responses import Response

from governance.acts import perform
from governance.consultation.models import Consultation
from governance.lifecycle import label, why_not
from governance.refusals import Finding, Reason, Refused, say
from governance.registry import approving, queries
from governance.registry.advance import progress
from governance.registry.house_style import style_of
from governance.registry.lifecycle import BundleLifecycle, PaperLifecycle
from governance.registry.models import Bundle, Paper
from governance.registry.rules import Issuing
from governance.web.desk import Desk
from governance.web.papers.rows import keeps, moment_of, person_at, rows_of, state_of_bundle
from governance.web.papers.views import BundleLine, BundlePage, BundlesPage
from governance.web.views import Act, Fact

SHOWN = 100


def list_bundles(desk: Desk) -> Response:
    """The newest bundles, each with how many of its documents have been issued."""
    with desk.house.database.reading() as session:
        found = queries.bundles(session, desk.me)
        states = {each.id: progress(session, each.id) for each in found}
    lines = [
        BundleLine(
            each.title,
            f"/documents/bundles/{each.id}",
            state_of_bundle(each),
            each.size,
            _done(states[each.id]),
            moment_of(desk, each.made_at),
        )
        for each in found
    ]
    return desk.page("bundles", BundlesPage(lines))


def show_bundle(desk: Desk) -> Response:
    """One bundle: a look again shows how far it has come."""
    return desk.page("bundle", _page(desk))


def put(desk: Desk) -> Response:
    """Review the drafts of a bundle and put them for one approval."""

    def act() -> None:
        approver = person_at(desk, desk.text("approver"))
        given = approving.Reviewer(approver.id)
        perform(desk.house, desk.me, approving.PUT, desk.path["bundle"], given)

    return _done_or_said(desk, act)


def release(desk: Desk) -> Response:
    """Let the documents of a bundle go, where their kinds need no approval."""

    def act() -> None:
        perform(desk.house, desk.me, approving.RELEASE, desk.path["bundle"], None)

    return _done_or_said(desk, act)


def _done_or_said(desk: Desk, act: object) -> Response:
    try:
        act()  # type: ignore[operator]
    except Refused as refused:
        if refused.reason in {Reason.AUTHORITY, Reason.MISSING} and not desk.text("approver"):
            raise
        return desk.page("bundle", _page(desk, refused.findings), status=422)
    return desk.go(f"/documents/bundles/{desk.path['bundle']}")


def _page(desk: Desk, refused: Sequence[Finding] = ()) -> BundlePage:
    with desk.house.database.reading() as session:
        bundle = queries.bundle_of(session, desk.me, desk.path["bundle"])
        states = progress(session, bundle.id)
        papers = approving.papers_of(session, bundle.id)
        asked = _question(session, bundle)
    unapproved = style_of(desk.house.settings).own.unapproved
    issuing = Issuing(any(paper.kind not in unapproved for paper in papers))
    is_gathered = bundle.state == "gathered" and keeps(desk)
    blocked = why_not(BundleLifecycle, bundle.state, "release", issuing)
    href = f"/documents/bundles/{bundle.id}"
    return BundlePage(
        href=href,
        title=bundle.title,
        state=state_of_bundle(bundle),
        size=bundle.size,
        done=_done(states),
        counts=[
            Fact(say(label(PaperLifecycle, state)), str(states[state]))
            for state in PaperLifecycle.states_map
            if state in states
        ],
        rows=rows_of(desk, [each for each in papers if _may_open(desk, each)][:SHOWN]),
        question=asked,
        made=moment_of(desk, bundle.made_at),
        puts=is_gathered,
        release=Act(say("Issue them without approval"), f"{href}/release", True, blocked)
        if is_gathered
        else None,
        filled=desk.filled(),
        refused=refused,
    )


def _question(session: Session, bundle: Bundle) -> str:
    """What the consultation about a bundle has come to."""
    query = select(Consultation).where(
        col(Consultation.owner_kind) == approving.OWNER, col(Consultation.owner_id) == bundle.id
    )
    found = session.exec(query).first()
    return found.state if found else ""


def _may_open(desk: Desk, paper: Paper) -> bool:
    """Whoever approves reads what is not issued yet; the rest is for those who keep documents."""
    return queries.sees_all(desk.me) or paper.state not in queries.LEFT


def _done(states: Mapping[str, int]) -> int:
    return sum(count for state, count in states.items() if state in queries.LEFT)
