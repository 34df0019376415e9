"""Extract of a decision, and corrigendum to minutes, as papers in any language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response
from starlette.routing import Route

from governance.committees.after.models import Decision
from governance.committees.meeting.models import Meeting, Motion
from governance.committees.meeting.printing import NOT_SAID
from governance.committees.minutes.models import Corrigendum
from governance.committees.minutes.printing import METHODS
from governance.committees.models import Committee
from governance.refusals import say
from governance.registry.house_style import letterhead_of, place_of
from governance.web import sheets
from governance.web.cases.reading import Reading
from governance.web.committees.corrigenda import may_read
from governance.web.committees.minutes import open_minutes
from governance.web.committees.register import visible
from governance.web.committees.secretariat import secretary_of
from governance.web.committees.telling import reading_of, spoken
from governance.web.desk import Desk, for_the_signed_in
from governance.web.words import town

LONGEST, LONGEST_LINE, LONGEST_NUMBER = 4000, 500, 4


def show_extract(desk: Desk) -> Response:
    """The certified extract of a decision that was taken in a meeting."""
    language, form = sheets.asked_for(desk)
    with reading_of(desk) as own:
        reading = replace(own, language=language)
        decision = visible(reading, desk)
        meeting = reading.session.get(Meeting, decision.meeting_id or "")
        if meeting is None:
            raise sheets.no_such_paper()
        committee = reading.session.get_one(Committee, decision.committee_id)
        day = decision.taken_at.in_timezone(meeting.zone).date()
        facts = {
            **common(reading, committee),
            "reference": decision.number,
            "date": day.isoformat(),
            "meeting": _meeting(reading, meeting),
            "decision": decision_text(reading, meeting.zone, decision),
            "minutes_reference": meeting.reference,
            "requested_by": None,
        }
    paper = sheets.Paper("extract", facts, day, f"{decision.number}-extract".replace("/", "-"))
    return sheets.drawn(desk, paper, language, form)


def show_corrigendum(desk: Desk) -> Response:
    """One corrigendum to adopted minutes; one to a closed part is for whoever sits in the body."""
    language, form = sheets.asked_for(desk)
    with reading_of(desk) as own:
        reading = replace(own, language=language)
        at = open_minutes(desk, reading)
        number = desk.path["number"]
        found = [
            each
            for each in _corrigenda(reading, at.minutes.id, number)
            if may_read(at.text, each, whole=at.whole)
        ]
        if not found or at.minutes.adopted_at is None:
            raise sheets.no_such_paper()
        (row,) = found
        issued = row.issued_at.in_timezone(at.meeting.zone).date()
        title = reading.said(say("Minutes of {meeting}", meeting=at.meeting.reference))
        facts = {
            **common(reading, at.committee),
            "reference": f"{at.meeting.reference}/COR{row.number}",
            "date": issued.isoformat(),
            "corrects": at.meeting.reference,
            "corrects_title": spoken(at.meeting.title, language) or title,
            "corrects_date": at.minutes.adopted_at.in_timezone(at.meeting.zone).date().isoformat(),
            "corrections": [
                {
                    "place": _place(at.text.blocks if at.text else [], row),
                    "wrong": row.reads[:LONGEST],
                    "right": row.should_read[:LONGEST],
                }
            ],
            "because": row.decision or None,
        }
    paper = sheets.Paper("corrigendum", facts, issued, facts["reference"].replace("/", "-"))
    return sheets.drawn(desk, paper, language, form)


def _corrigenda(reading: Reading, minutes_id: str, number: str) -> Iterator[Corrigendum]:
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return
    query = select(Corrigendum).where(
        col(Corrigendum.minutes_id) == minutes_id, col(Corrigendum.number) == int(number)
    )
    yield from reading.session.exec(query)


def _place(blocks: list[dict[str, Any]], row: Corrigendum) -> str:
    """The number of the item whose block is corrected; the block where it has none."""
    block = next((each for each in blocks if each["id"] == row.block), None)
    item = next(
        (
            each
            for each in blocks
            if block and each["kind"] == "item" and each["item"] == block["item"]
        ),
        None,
    )
    return str(item["number"]) if item and item.get("number") else row.block


def common(reading: Reading, committee: Committee) -> dict[str, Any]:
    """What every paper of a body has: who writes, where, for which body, who signs."""
    organisation, language = reading.rulebook.organisation, reading.language
    name = secretary_of(reading)
    signs = [{"name": name, "office": reading.said(say("Secretary"))}] if name != NOT_SAID else []
    return {
        "organisation": letterhead_of(organisation, language),
        "place": place_of(organisation, language),
        "body": {"name": spoken(committee.title, language) or committee.key},
        "signatories": signs,
    }


def _meeting(reading: Reading, meeting: Meeting) -> dict[str, Any]:
    opens = meeting.starts_at.in_timezone(meeting.zone)
    city = town(meeting.zone, reading.language)
    return {
        "title": spoken(meeting.title, reading.language) or meeting.reference,
        "opens": opens.date().isoformat(),
        "closes": None,
        "time": f"{opens.format('HH:mm')} ({city})",
        "venue": meeting.place or NOT_SAID,
        "online": None,
    }


def decision_text(reading: Reading, zone: str, decision: Decision) -> dict[str, Any]:
    """A decision as papers print it, with its vote where one was counted."""
    words = decision.text.strip() or decision.title or NOT_SAID
    return {
        "reference": decision.number,
        "title": (decision.title or words)[:LONGEST_LINE],
        "date": decision.taken_at.in_timezone(zone).date().isoformat(),
        "paragraphs": [each.strip()[:LONGEST] for each in words.split("\n\n") if each.strip()],
        "vote": _vote(reading.session.get(Motion, decision.motion_id or "")),
    }


def _vote(motion: Motion | None) -> dict[str, Any] | None:
    """The tally, where votes for and against were counted."""
    if motion is None or not isinstance(motion.votes.get("yes"), int):
        return None
    numbers = motion.result.get("numbers", {})
    return {
        "method": METHODS.get(motion.mode, "show_of_hands"),
        "in_favour": motion.votes.get("yes", 0),
        "against": motion.votes.get("no", 0),
        "abstaining": motion.votes.get("abstain", 0),
        "not_voting": motion.votes.get("not_voting", 0),
        "base": str(numbers.get("base", NOT_SAID)),
        "threshold": str(numbers.get("needed", NOT_SAID)),
        "article": str(motion.result.get("article") or NOT_SAID),
        "result": "adopted" if motion.result.get("result") == "carried" else "rejected",
    }


routes = [
    Route(
        "/decisions/{id}/extract.{language}.{form}",
        for_the_signed_in(show_extract),
        methods=["GET"],
    ),
    Route(
        "/minutes/{id}/corrigenda/{number}.{language}.{form}",
        for_the_signed_in(show_corrigendum),
        methods=["GET"],
    ),
]
