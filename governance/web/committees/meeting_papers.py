"""Notice, agenda and pack of a meeting as papers: a page, a PDF, an editable copy, any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from governance.committees.meeting.models import AgendaItem, Meeting, Paper
from governance.committees.meeting.printing import (
    NOT_SAID,
    Before,
    Enclosed,
    Point,
    agenda_facts,
    notice_facts,
    pack_facts,
)
from governance.refusals import say
from governance.registry.house_style import letterhead_of, place_of
from governance.web import sheets
from governance.web.cases.reading import Reading
from governance.web.committees.meeting_links import KINDS, notice_of
from governance.web.committees.meeting_marks import CATEGORIES, OUT
from governance.web.committees.meeting_opened import open_meeting
from governance.web.committees.secretariat import secretary_of
from governance.web.committees.telling import reading_of, spoken
from governance.web.desk import Desk, for_the_signed_in
from governance.web.words import town

READABLE = frozenset({"text/markdown", "text/plain"})
LONGEST, MOST_PARAGRAPHS = 4000, 400


def show(desk: Desk) -> Response:
    """The paper as asked for; who does not sit in the body gets its open parts only."""
    language, form = sheets.asked_for(desk)
    kind = desk.path["kind"]
    with reading_of(desk) as reading:
        at = open_meeting(desk, reading)
        whole = bool(at.roles)
        items = [each for each in at.items if whole or each.access == "open"]
        papers = [each for each in at.papers if whole or each.access == "open"]
        told = replace(reading, language=language)
        shown = _newest(papers, language)
        before = _before(told, at.meeting, [each for each in items if each.state not in OUT], shown)
        before = replace(
            before,
            body=spoken(at.committee.title, language) or at.committee.key,
            quorum=_quorum(told, at.count.needed, at.count.base),
            recipients=told.said(say("the members of the body")),
        )
        if kind not in KINDS or (kind == "notice_of_meeting" and not before.notice):
            raise sheets.no_such_paper()
        facts = _facts(told, kind, before, items, shown)
    day = date.fromisoformat(before.date)
    paper = sheets.Paper(kind, facts, day, f"{before.reference}-{kind}".replace("/", "-"))
    return sheets.drawn(desk, paper, language, form)


def _facts(
    reading: Reading, kind: str, before: Before, items: list[AgendaItem], papers: list[Paper]
) -> dict[str, Any]:
    if kind == "notice_of_meeting":
        return notice_facts(before)
    if kind == "pack":
        names = {key: reading.said(title) for key, title in KINDS.items()}
        numbers = {each.id: each.number for each in items}
        enclosed = [_enclosed(reading, each, numbers) for each in papers]
        facts: dict[str, Any] = pack_facts(before, names, enclosed)
        return facts
    return agenda_facts(before, annotated=kind == "annotated_agenda")


def _before(
    reading: Reading, meeting: Meeting, items: list[AgendaItem], papers: list[Paper]
) -> Before:
    organisation = reading.rulebook.organisation
    when = meeting.circulated_at or meeting.convened_at or reading.now
    notice = notice_of(reading, meeting)
    return Before(
        organisation=letterhead_of(organisation, reading.language),
        place=place_of(organisation, reading.language),
        date=when.in_timezone(meeting.zone).date().isoformat(),
        reference=meeting.reference,
        body="",
        title=spoken(meeting.title, reading.language) or meeting.reference,
        venue=meeting.place,
        zone=meeting.zone,
        city=town(meeting.zone, reading.language),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        secretary=secretary_of(reading),
        signed_as=reading.said(say("Secretary")),
        adopted=meeting.agenda_adopted_at is not None,
        points=tuple(_point(reading, each, papers) for each in items),
        notice=notice[0] if notice else None,
        article=notice[1] if notice else NOT_SAID,
    )


def _point(reading: Reading, item: AgendaItem, papers: list[Paper]) -> Point:
    mine = [each for each in papers if each.item_id == item.id]
    words = [reading.said(CATEGORIES.get(item.category, item.category))]
    if item.because:
        words.append(item.because)
    if item.deferrals:
        words.append(reading.said(say("put off {n} times before", n=item.deferrals)))
    return Point(
        number=item.number,
        title=spoken(item.title, reading.language) or NOT_SAID,
        category=item.category,
        minutes=item.minutes,
        documents=tuple(each.title for each in mine),
        annotation="; ".join(words),
    )


def _newest(papers: list[Paper], language: str) -> list[Paper]:
    """The newest version of each paper, in the language where it is there in it."""
    found: dict[str, Paper] = {}
    for each in papers:
        other = found.get(each.key)
        if other is None or _rank(each, language) > _rank(other, language):
            found[each.key] = each
    return list(found.values())


def _rank(paper: Paper, language: str) -> tuple[bool, bool, int]:
    return (paper.language == language, paper.language == "en", paper.version)


def _enclosed(reading: Reading, paper: Paper, numbers: Mapping[str, str]) -> Enclosed:
    return Enclosed(
        item=numbers.get(paper.item_id or "", ""),
        title=paper.title,
        reference=f"{paper.key}, v{paper.version}",
        paragraphs=_paragraphs(reading, paper),
    )


def _paragraphs(reading: Reading, paper: Paper) -> tuple[str, ...]:
    """The words of a paper that is text; of any other file, what it is and its fingerprint."""
    if paper.media.partition(";")[0] in READABLE:
        text = paper.content.decode("utf-8", errors="replace")
        parts = [each.strip()[:LONGEST] for each in text.split("\n\n") if each.strip()]
        if parts:
            return tuple(parts[:MOST_PARAGRAPHS])
    told = say(
        "This paper is a file of its own ({media}, {size} kB). Its fingerprint (SHA-256): {sha}",
        media=paper.media,
        size=max(1, len(paper.content) // 1024),
        sha=paper.sha256,
    )
    return (reading.said(told),)


def _quorum(reading: Reading, needed: object, base: object) -> str:
    return reading.said(say("{needed} of {base}", needed=needed, base=base))


routes = [
    Route(
        "/meetings/{id}/papers/{kind}.{language}.{form}", for_the_signed_in(show), methods=["GET"]
    ),
]
