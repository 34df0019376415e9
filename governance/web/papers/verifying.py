"""Pages of documents: whether a received file is ours; the register; one document and its life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.documents.language import direction
from governance.lifecycle import label
from governance.refusals import Sentence, say
from governance.registry import delivering, queries
from governance.registry.house_style import kind_named, style_of
from governance.registry.lifecycle import PaperLifecycle
from governance.registry.models import Delivery, Paper
from governance.registry.verifying import LANGUAGES, Verdict, verify
from governance.web.desk import Desk, for_the_signed_in, open_to_all
from governance.web.security import SHEET_HEADERS
from governance.web.views import EMPTY, Act, Fact, Filled, Mark, Moment, Tone, Words

CHANNELS: Mapping[str, Sentence] = {
    "hand": say("by hand"),
    "mail": say("by mail"),
    "post": say("by post"),
    "pouch": say("by diplomatic pouch"),
    "portal": say("on a page of ours"),
}
TONES: Mapping[str, Tone] = {
    "annulled": "bad",
    "superseded": "warn",
    "acknowledged": "ok",
    "delivered": "ok",
}


@dataclass(frozen=True)
class VerifyPage:
    """The page for somebody who received a letter, before and after a file was looked at."""

    filled: Filled = EMPTY
    state: Mark | None = None
    sentences: Sequence[Sentence] = ()
    facts: Sequence[Fact] = ()


@dataclass(frozen=True)
class Row:
    """One document in the list."""

    number: Words
    kind: Words
    language: Words
    state: Mark
    at: Moment
    href: str


@dataclass(frozen=True)
class ListPage:
    """The newest documents that somebody may see."""

    rows: Sequence[Row]


@dataclass(frozen=True)
class Handed:
    """One delivery: by which channel, to whom in words, when, and when it was opened."""

    channel: Words
    to: str
    at: Moment
    opened: Moment | None


@dataclass(frozen=True)
class PaperPage:
    """One document: what it is, what was done with it, what may be done."""

    number: str
    kind: Words
    state: Mark
    facts: Sequence[Fact]
    issued: Moment | None
    deliveries: Sequence[Handed]
    acts: Sequence[Act]
    sheet: str
    pdf: str
    direction: str


def ask_file(desk: Desk) -> Response:
    """The page that asks for a file."""
    return desk.page("verify", VerifyPage())


def look_at_file(desk: Desk) -> Response:
    """Whether a file is ours, in sentences; it is looked at and not kept."""
    content = desk.files.get("file", b"")
    if not content:
        faults = {"file": say("Choose the PDF file that you received.")}
        return desk.page("verify", VerifyPage(desk.filled(faults)), status=422)
    return desk.page("verify", _verdict(verify(desk.house, content)))


def _verdict(verdict: Verdict) -> VerifyPage:
    good = Mark("ok", say("This file is ours, whole and unaltered"))
    bad = Mark("bad", say("This file is not as we issued it"))
    in_force = verdict.facts.get("in_force", True)
    ended = Mark("warn", say("This file is ours, and no longer in force"))
    facts = [Fact(say("Fingerprint (SHA-256)"), str(verdict.facts["sha256"]))]
    if verdict.is_ours:
        seal = verdict.facts["seal"]
        facts = [
            Fact(say("Number"), str(verdict.facts["number"])),
            Fact(say("Sealed by"), str(seal["signer"])),
            *facts,
        ]
    state = (good if in_force else ended) if verdict.is_ours else bad
    return VerifyPage(state=state, sentences=verdict.sentences, facts=facts)


def list_documents(desk: Desk) -> Response:
    """The newest documents that the reader may see."""
    with desk.house.database.reading() as session:
        found = queries.papers(session, desk.me)
    return desk.page("documents", ListPage(tuple(_row(desk, each) for each in found)))


def show_document(desk: Desk) -> Response:
    """One document and its life; whoever it is addressed to opens it with a button."""
    with desk.house.database.reading() as session:
        file = queries.paper_file(session, desk.me, desk.path["document"])
    paper, base = file.paper, f"/documents/{file.paper.id}"
    has_left = paper.state in queries.LEFT
    may_read = queries.sees_all(desk.me) or _was_opened(file.deliveries, desk.me.person_id)
    acts = []
    if not may_read and has_left:
        acts.append(Act(say("Open the document"), f"{base}/open", post=True))
    if paper.state in {"issued", "delivered"} and _is_mine(file, desk.me.person_id) and may_read:
        acts.append(Act(say("Confirm receipt"), f"{base}/acknowledge", post=True))
    readable = has_left and may_read
    view = PaperPage(
        number=paper.number or "–",
        kind=_kind(desk, paper.kind),
        state=_state(paper),
        facts=tuple(_facts(paper)),
        issued=_moment(desk, paper.issued_at) if paper.issued_at else None,
        deliveries=tuple(_delivery(desk, each) for each in file.deliveries),
        acts=tuple(acts),
        sheet=f"{base}/sheet" if readable else "",
        pdf=f"{base}/document.pdf" if readable else "",
        direction=direction(paper.language),
    )
    return desk.page("document", view)


def open_document(desk: Desk) -> Response:
    """The addressee opens it: the hour is kept."""
    perform(desk.house, desk.me, delivering.OPEN, desk.path["document"], None)
    return desk.go(f"/documents/{desk.path['document']}")


def acknowledge(desk: Desk) -> Response:
    """The addressee confirms that it has come."""
    perform(desk.house, desk.me, delivering.ACKNOWLEDGE, desk.path["document"], None)
    return desk.go(f"/documents/{desk.path['document']}")


def sheet(desk: Desk) -> Response:
    """The document as a page of its own; nothing in it can run."""
    issued = _issued(desk)
    return Response(issued.html, media_type="text/html; charset=utf-8", headers=dict(SHEET_HEADERS))


def pdf(desk: Desk) -> Response:
    """The sealed file, byte for byte."""
    issued = _issued(desk)
    name = "".join(each if each.isalnum() else "-" for each in issued.number)
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(issued.pdf or b"", media_type="application/pdf", headers=headers)


def _issued(desk: Desk) -> Any:
    with desk.house.database.reading() as session:
        file = queries.paper_file(session, desk.me, desk.path["document"])
        if not queries.sees_all(desk.me) and not _was_opened(file.deliveries, desk.me.person_id):
            raise queries.no_such_document(desk.path["document"])
        return queries.issue_of(session, desk.me, file.paper.id)


def _was_opened(deliveries: Sequence[Delivery], person_id: str | None) -> bool:
    return any(each.person_id == person_id and each.opened_at for each in deliveries)


def _is_mine(file: queries.PaperFile, person_id: str | None) -> bool:
    return person_id is not None and (
        file.paper.addressee_id == person_id
        or any(each.person_id == person_id for each in file.deliveries)
    )


def _row(desk: Desk, paper: Paper) -> Row:
    return Row(
        paper.number or say("Draft"),
        _kind(desk, paper.kind),
        LANGUAGES[paper.language],
        _state(paper),
        _moment(desk, paper.issued_at or paper.drafted_at),
        f"/documents/{paper.id}",
    )


def _facts(paper: Paper) -> list[Fact]:
    facts = [
        Fact(say("Language"), LANGUAGES[paper.language]),
        Fact(say("Version"), str(paper.version)),
    ]
    if paper.ended_because:
        facts.append(Fact(say("Reason"), paper.ended_because))
    if paper.superseded_by:
        newer = f"/documents/{paper.superseded_by}"
        facts.append(Fact(say("Superseded by"), say("Newer document"), newer))
    return facts


def _delivery(desk: Desk, each: Delivery) -> Handed:
    opened = _moment(desk, each.opened_at) if each.opened_at else None
    return Handed(CHANNELS[each.channel], each.to, _moment(desk, each.at), opened)


def _kind(desk: Desk, kind: str) -> Words:
    return kind_named(style_of(desk.house.settings).templates, kind, desk.language)


def _state(paper: Paper) -> Mark:
    return Mark(TONES.get(paper.state, "now"), say(label(PaperLifecycle, paper.state)))


def _moment(desk: Desk, at: Any) -> Moment:
    calendar = next(iter(desk.house.calendars.values()))
    return Moment(at, calendar.zone, calendar.title)


routes: list[Route] = [
    Route("/verify", open_to_all(ask_file), methods=["GET"]),
    Route("/verify", open_to_all(look_at_file), methods=["POST"]),
    Route("/documents", for_the_signed_in(list_documents), methods=["GET"]),
    Route("/documents/{document}", for_the_signed_in(show_document), methods=["GET"]),
    Route("/documents/{document}/open", for_the_signed_in(open_document), methods=["POST"]),
    Route("/documents/{document}/acknowledge", for_the_signed_in(acknowledge), methods=["POST"]),
    Route("/documents/{document}/sheet", for_the_signed_in(sheet), methods=["GET"]),
    Route("/documents/{document}/document.pdf", for_the_signed_in(pdf), methods=["GET"]),
]
