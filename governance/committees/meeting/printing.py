"""Papers before a meeting as the facts that their kinds ask for: notice, agenda, pack. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime

NOT_SAID = "–"
MOST_PARTS = 60
PURPOSES = {
    "consent": "procedure",
    "decision": "decision",
    "discussion": "discussion",
    "election": "election",
    "information": "information",
    "procedure": "procedure",
}


@dataclass(frozen=True)
class Point:
    """One item in the words of the reader; `documents` are the titles of its papers."""

    number: str
    title: str
    category: str
    minutes: int
    documents: tuple[str, ...]
    annotation: str


@dataclass(frozen=True)
class Enclosed:
    """One paper of the pack: the item that it belongs to, and its paragraphs."""

    item: str
    title: str
    reference: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Before:
    """A meeting that lies ahead: head, items, and what the notice says. Times are in its zone.

    `notice` is the period that the rules require, None where they require none.
    """

    organisation: Mapping[str, Any]
    place: str
    date: str
    reference: str
    body: str
    title: str
    venue: str
    zone: str
    city: str
    starts_at: DateTime
    ends_at: DateTime
    secretary: str
    signed_as: str
    adopted: bool
    points: tuple[Point, ...]
    notice: Mapping[str, Any] | None = None
    article: str = NOT_SAID
    quorum: str = NOT_SAID
    recipients: str = NOT_SAID


def notice_facts(before: Before) -> dict[str, Any]:
    """The facts of the kind `notice_of_meeting`; replies are asked for by the day before it."""
    opens = before.starts_at.in_timezone(before.zone)
    return {
        **_common(before),
        "recipients": before.recipients,
        "points": [each.title for each in before.points],
        "notice": dict(before.notice or {}),
        "article": before.article,
        "quorum": before.quorum,
        "proxies": None,
        "documents_by": None,
        "reply_by": opens.subtract(days=1).date().isoformat(),
        "contact": before.secretary,
    }


def agenda_facts(before: Before, *, annotated: bool) -> dict[str, Any]:
    """The facts of the kinds `agenda` and `annotated_agenda`."""
    return {
        **_common(before),
        "status": "adopted" if before.adopted else "provisional",
        "points": [
            {
                "number": each.number or str(place),
                "title": each.title,
                "purpose": PURPOSES.get(each.category, "discussion"),
                "documents": list(each.documents),
                "annotation": (each.annotation or None) if annotated else None,
                "minutes": each.minutes or None,
            }
            for place, each in enumerate(before.points, 1)
        ],
        "article": None,
    }


def pack_facts(before: Before, names: Mapping[str, str], papers: Sequence[Enclosed]) -> Any:
    """The facts of the kind `pack`: notice and agenda from their facts, then the papers.

    `names` are the titles of the parts that are kinds of ours, in the reader's language.
    """
    ours = [("annotated_agenda", agenda_facts(before, annotated=True))]
    if before.notice:
        ours.insert(0, ("notice_of_meeting", notice_facts(before)))
    parts: list[dict[str, Any]] = [
        {
            "item": NOT_SAID,
            "title": names[kind],
            "reference": before.reference,
            "paragraphs": [],
            "kind": kind,
            "facts": facts,
        }
        for kind, facts in ours
    ]
    parts += [
        {
            "item": each.item or NOT_SAID,
            "title": each.title,
            "reference": each.reference,
            "paragraphs": list(each.paragraphs),
            "kind": None,
            "facts": None,
        }
        for each in papers
    ]
    return {**_common(before), "parts": parts[:MOST_PARTS]}


def _common(before: Before) -> dict[str, Any]:
    opens = before.starts_at.in_timezone(before.zone)
    closes = before.ends_at.in_timezone(before.zone)
    is_signed = before.secretary != NOT_SAID
    signs = [{"name": before.secretary, "office": before.signed_as}] if is_signed else []
    return {
        "organisation": dict(before.organisation),
        "place": before.place,
        "date": before.date,
        "reference": before.reference,
        "body": {"name": before.body},
        "signatories": signs,
        "meeting": {
            "title": before.title,
            "opens": opens.date().isoformat(),
            "closes": closes.date().isoformat() if closes.date() > opens.date() else None,
            "time": f"{opens.format('HH:mm')} ({before.city})",
            "venue": before.venue or NOT_SAID,
            "online": None,
        },
    }
