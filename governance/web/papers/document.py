"""One document: its life so far, what may be done with it, and its sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from governance.documents.schema import PAPERS
from governance.lifecycle import why_not
from governance.refusals import Finding, Sentence, say
from governance.registry import delivering, drafting, queries
from governance.registry.house_style import style_of
from governance.registry.lifecycle import PaperLifecycle
from governance.registry.models import Delivery, Issue, Paper, PaperVersion
from governance.registry.rules import Issuing, Reviewing
from governance.registry.verifying import LANGUAGES
from governance.web.desk import Desk
from governance.web.papers.rows import keeps, kind_of, moment_of, people_of, state_of
from governance.web.papers.views import Handed, PaperPage, VersionLine
from governance.web.security import SHEET_HEADERS
from governance.web.sheets import DOCX
from governance.web.views import Act, Fact, Option

CHANNELS: Mapping[str, Sentence] = {
    "hand": say("by hand"),
    "mail": say("by mail"),
    "post": say("by post"),
    "pouch": say("by diplomatic pouch"),
    "portal": say("on a page of ours"),
}
BY_HAND = ("hand", "post", "pouch", "portal")
BEFORE = ("drafted", "reviewed", "approved")
IN_FORCE = ("issued", "delivered", "acknowledged")


def show_document(desk: Desk) -> Response:
    """One document and its life; whoever it is addressed to opens it with a button."""
    return desk.page("document", page_of(desk))


def page_of(desk: Desk, refused: Sequence[Finding] = ()) -> PaperPage:
    """The page, with what was refused just now."""
    with desk.house.database.reading() as session:
        file = queries.paper_file(session, desk.me, desk.path["document"])
        reads = queries.reads_draft(session, desk.me, file.paper)
    paper, base = file.paper, f"/documents/{file.paper.id}"
    has_left = paper.state in queries.LEFT
    may_read = reads or _was_opened(file.deliveries, desk.me.person_id)
    return PaperPage(
        href=base,
        number=paper.number,
        kind=kind_of(desk, paper.kind),
        state=state_of(paper),
        facts=tuple(_facts(desk, paper)),
        issued=moment_of(desk, paper.issued_at) if paper.issued_at else None,
        deliveries=tuple(_delivery(desk, each) for each in file.deliveries),
        versions=_versions(desk, file.versions) if reads else (),
        acts=_acts(desk, file, may_read=may_read),
        offers=_offers(desk, paper),
        channels=[Option(key, CHANNELS[key]) for key in BY_HAND],
        sheet=f"{base}/sheet" if may_read and (has_left or paper.state != "discarded") else "",
        pdf=f"{base}/document.pdf" if has_left and may_read else "",
        unopened=has_left and not may_read,
        version=paper.version,
        filled=desk.filled(),
        refused=refused,
    )


def sheet(desk: Desk) -> Response:
    """The document as a page of its own, as it was issued or as it is drafted; it cannot run."""
    paper = _readable(desk)
    with desk.house.database.reading() as session:
        issued = session.get(Issue, paper.id)
        page = issued.html if issued else drafting.shown(desk.house, session, paper)
    return Response(page, media_type="text/html; charset=utf-8", headers=dict(SHEET_HEADERS))


def pdf(desk: Desk) -> Response:
    """The sealed file, byte for byte."""
    paper = _readable(desk)
    with desk.house.database.reading() as session:
        issued = queries.issue_of(session, desk.me, paper.id)
    name = "".join(each if each.isalnum() else "-" for each in issued.number)
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(issued.pdf or b"", media_type="application/pdf", headers=headers)


def copy(desk: Desk) -> Response:
    """An editable copy of a draft, for a word processor; never the record."""
    paper = _readable(desk)
    with desk.house.database.reading() as session:
        if not queries.sees_all(desk.me) or paper.state not in BEFORE:
            raise queries.no_such_document(desk.path["document"])
        body = drafting.editable_copy(desk.house, session, paper)
    name = f"{paper.kind}-{paper.id[:8]}-{paper.language}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=DOCX, headers=headers)


def _readable(desk: Desk) -> Paper:
    """The document, where the reader may read its words; otherwise there is none."""
    with desk.house.database.reading() as session:
        file = queries.paper_file(session, desk.me, desk.path["document"])
        reads = queries.reads_draft(session, desk.me, file.paper)
    if not reads and not _was_opened(file.deliveries, desk.me.person_id):
        raise queries.no_such_document(desk.path["document"])
    return file.paper


def _acts(desk: Desk, file: queries.PaperFile, *, may_read: bool) -> tuple[Act, ...]:
    paper, base = file.paper, f"/documents/{file.paper.id}"
    acts = []
    if not may_read and paper.state in queries.LEFT:
        acts.append(Act(say("Open the document"), f"{base}/open", post=True))
    if paper.state in {"issued", "delivered"} and _is_mine(file, desk.me.person_id) and may_read:
        acts.append(Act(say("Confirm receipt"), f"{base}/acknowledge", post=True))
    return (*acts, *(_of_registrar(desk, paper) if keeps(desk) else ()))


def _of_registrar(desk: Desk, paper: Paper) -> list[Act]:
    base, acts = f"/documents/{paper.id}", []
    if paper.state == "drafted":
        reviewing = Reviewing(paper.drafted_by, desk.me.person_id, paper.version, paper.version)
        blocked = why_not(PaperLifecycle, paper.state, "review", reviewing)
        acts.append(Act(say("I have read it: review"), f"{base}/review", blocked=blocked))
        needs = paper.kind not in style_of(desk.house.settings).own.unapproved
        if not needs and not why_not(PaperLifecycle, paper.state, "issue", Issuing(needs)):
            acts.append(Act(say("Issue it now"), f"{base}/issue"))
    if paper.state == "reviewed":
        acts.append(Act(say("Put it for approval"), "/documents?state=reviewed"))
    if paper.state == "approved":
        acts.append(Act(say("Issue it now"), f"{base}/issue"))
    if paper.state in IN_FORCE and paper.addressee_id:
        acts.append(Act(say("Send it to the addressee"), f"{base}/send"))
    return [
        act if act.href.startswith("/documents?") else Act(act.verb, act.href, True, act.blocked)
        for act in acts
    ]


def _offers(desk: Desk, paper: Paper) -> frozenset[str]:
    """The acts with a form of their own that whoever keeps documents may do now."""
    if not keeps(desk):
        return frozenset()
    found = set()
    if paper.state in {"drafted", "reviewed"}:
        found |= {"edit", "copy"}
        kinds = style_of(desk.house.settings).templates.kinds
        if paper.kind in kinds and kinds[paper.kind].folder == PAPERS:
            found.add("returned")
    if paper.state in BEFORE:
        found |= {"discard", "many"}
    if paper.state in IN_FORCE:
        found |= {"deliver", "supersede", "annul"}
    return frozenset(found)


def _facts(desk: Desk, paper: Paper) -> list[Fact]:
    named = people_of(desk, (paper.addressee_id, paper.drafted_by, paper.reviewed_by))
    facts = [Fact(say("Language"), LANGUAGES[paper.language])]
    facts += [Fact(say("Version"), str(paper.version))]
    for label, person in (
        (say("Addressee"), paper.addressee_id),
        (say("Drafted by"), paper.drafted_by),
        (say("Reviewed by"), paper.reviewed_by),
    ):
        if person in named:
            facts.append(Fact(label, named[person].name))
    if paper.bundle_id and queries.sees_all(desk.me):
        facts.append(Fact(say("Bundle"), say("Open"), f"/documents/bundles/{paper.bundle_id}"))
    if paper.ended_because:
        facts.append(Fact(say("Reason"), paper.ended_because))
    if paper.superseded_by:
        newer = f"/documents/{paper.superseded_by}"
        facts.append(Fact(say("Superseded by"), say("Newer document"), newer))
    return facts


def _versions(desk: Desk, versions: Sequence[PaperVersion]) -> tuple[VersionLine, ...]:
    named = people_of(desk, [each.made_by for each in versions])
    return tuple(
        VersionLine(
            each.version,
            named[each.made_by].name if each.made_by in named else say("the installation"),
            moment_of(desk, each.made_at),
        )
        for each in reversed(versions)
    )


def _was_opened(deliveries: Sequence[Delivery], person_id: str | None) -> bool:
    return any(each.person_id == person_id and each.opened_at for each in deliveries)


def _is_mine(file: queries.PaperFile, person_id: str | None) -> bool:
    return person_id is not None and (
        file.paper.addressee_id == person_id
        or any(each.person_id == person_id for each in file.deliveries)
    )


def _delivery(desk: Desk, each: Delivery) -> Handed:
    opened = moment_of(desk, each.opened_at) if each.opened_at else None
    return Handed(CHANNELS[each.channel], each.to, moment_of(desk, each.at), opened)


assert set(CHANNELS) == set(delivering.CHANNELS)  # noqa: S101 -- a channel without words is found at once
