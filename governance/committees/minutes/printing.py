"""Minutes as a document: the blocks of a text as the facts that its kind asks for. Pure.

The same blocks give the draft and the adopted text, the full and the public edition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendulum import DateTime

from governance.committees.minutes.text import Blocks, of_kind

PRESENCE = {"apologies": "excused", "leave": "excused"}
METHODS = {
    "acclamation": "consensus",
    "consensus": "consensus",
    "general_consent": "consensus",
    "electronic": "electronic",
    "roll_call": "roll_call",
    "secret": "secret_ballot",
    "show": "show_of_hands",
}
NOT_SAID = "–"
LONGEST = 4000


@dataclass(frozen=True)
class Head:
    """What stands above and below the text: whose minutes, which meeting, who signs.

    `organisation` is the letterhead; `adopted_on` is empty for a draft; times are in the zone.
    """

    organisation: Mapping[str, Any]
    place: str
    date: str
    reference: str
    body: str
    title: str
    venue: str
    zone: str
    starts_at: DateTime
    opened_at: DateTime | None
    closed_at: DateTime | None
    chair: str
    secretary: str
    article: str
    adopted_on: str = ""


def facts_of(head: Head, blocks: Blocks) -> dict[str, Any]:
    """The facts of the kind `minutes`."""
    quorum = next(iter(of_kind(blocks, "quorum")), {})
    return {
        **_common(head),
        "signatories": [
            {"name": name, "office": office}
            for name, office in ((head.chair, "Chair"), (head.secretary, "Secretary"))
            if name != NOT_SAID and head.adopted_on
        ],
        "status": "adopted" if head.adopted_on else "draft",
        "adopted_on": head.adopted_on or None,
        "opened_at": _hour(head.opened_at, head.zone),
        "closed_at": _hour(head.closed_at, head.zone),
        "chair": head.chair,
        "secretary": head.secretary,
        "quorum": {
            "present": int(quorum.get("present", 0)),
            "entitled": int(quorum.get("base", 0)),
            "required": int(quorum.get("needed", 0)),
            "article": str(quorum.get("article") or head.article),
        },
        "attendance": list(_attendance(blocks)),
        "discussions": list(_discussions(head, blocks)),
        "next_meeting": None,
    }


def decisions_of(head: Head, blocks: Blocks) -> dict[str, Any]:
    """The facts of the kind `decisions`: the list of decisions of the meeting."""
    found = [_decision(head, blocks, each) for each in of_kind(blocks, "decision")]
    return {**_common(head), "signatories": [], "decisions": found}


def _common(head: Head) -> dict[str, Any]:
    return {
        "organisation": dict(head.organisation),
        "place": head.place,
        "date": head.date,
        "reference": head.reference,
        "body": {"name": head.body},
        "meeting": {
            "title": head.title,
            "opens": head.starts_at.in_timezone(head.zone).date().isoformat(),
            "closes": None,
            "time": _hour(head.starts_at, head.zone),
            "venue": head.venue or NOT_SAID,
            "online": None,
        },
    }


def _attendance(blocks: Blocks) -> Iterator[dict[str, Any]]:
    for block in of_kind(blocks, "roll"):
        for row in block["rows"]:
            yield {
                "name": row["name"],
                "delegation": row["seat"] or NOT_SAID,
                "capacity": row["capacity"],
                "presence": PRESENCE.get(row["presence"], row["presence"]),
                "represented_by": row["represented_by"] or None,
            }


def _discussions(head: Head, blocks: Blocks) -> Iterator[dict[str, Any]]:
    for item in of_kind(blocks, "item", "withheld"):
        mine = [each for each in blocks if each["item"] == item["item"] and each is not item]
        words = [part for each in mine for part in _said(each)]
        yield {
            "number": item["number"] or NOT_SAID,
            "title": item.get("title") or NOT_SAID,
            "paragraphs": words or [NOT_SAID],
            "decisions": [
                _decision(head, blocks, each) for each in mine if each["kind"] == "decision"
            ],
            "actions": [
                {"what": each["what"], "who": each["who"] or NOT_SAID, "by": each["by"] or None}
                for each in mine
                if each["kind"] == "action"
            ],
        }


def _said(block: Mapping[str, Any]) -> Iterator[str]:
    """The paragraphs of a block, none longer than a document takes."""
    if block["kind"] in {"paragraph", "statement"}:
        text = block["text"].strip()
        yield from (text[at : at + LONGEST] for at in range(0, len(text), LONGEST))
    if block["kind"] == "motion":
        yield block["motion_text"].strip()[:LONGEST]


def _decision(head: Head, blocks: Blocks, block: Mapping[str, Any]) -> dict[str, Any]:
    words = block["decision_text"].strip() or block["title"] or NOT_SAID
    return {
        "reference": block["number"],
        "title": (block["title"] or words)[:500],
        "date": head.starts_at.in_timezone(head.zone).date().isoformat(),
        "paragraphs": [each.strip()[:LONGEST] for each in words.split("\n\n") if each.strip()],
        "vote": _vote(blocks, block),
    }


def _vote(blocks: Blocks, decision: Mapping[str, Any]) -> dict[str, Any] | None:
    """The tally of the motion of which the decision came, where votes were counted."""
    motion = next(
        (
            each
            for each in of_kind(blocks, "motion")
            if each["motion_text"] == decision["decision_text"] and each["item"] == decision["item"]
        ),
        None,
    )
    if motion is None or not isinstance(motion["votes"].get("yes"), int):
        return None
    numbers = motion["result"].get("numbers", {})
    return {
        "method": METHODS.get(motion["mode"], "show_of_hands"),
        "in_favour": motion["votes"].get("yes", 0),
        "against": motion["votes"].get("no", 0),
        "abstaining": motion["votes"].get("abstain", 0),
        "not_voting": motion["votes"].get("not_voting", 0),
        "base": str(numbers.get("base", NOT_SAID)),
        "threshold": str(numbers.get("needed", NOT_SAID)),
        "article": str(motion["result"].get("article") or NOT_SAID),
        "result": "adopted" if motion["result"].get("result") == "carried" else "rejected",
    }


def _hour(at: DateTime | None, zone: str) -> str:
    return at.in_timezone(zone).format("HH:mm") if at else NOT_SAID


@dataclass(frozen=True)
class Silence:
    """How a text was adopted by silence: the period, the roll, the rule in words, the working."""

    text: str
    circulated: date
    expired: date
    adopted: date
    within: Mapping[str, Any]
    rule: Mapping[str, Any]
    asked: int
    reached: int
    agreed: int
    unreached: tuple[str, ...]
    working: tuple[str, ...]
    entry: str
    signed_as: str


def silence_facts(head: Head, silence: Silence) -> dict[str, Any]:
    """The facts of the kind `tacit_adoption`."""
    shared = _common(head)
    signs = [{"name": head.secretary, "office": silence.signed_as}]
    return {
        **{name: shared[name] for name in ("organisation", "place", "reference", "body")},
        "date": silence.adopted.isoformat(),
        "signatories": signs if head.secretary != NOT_SAID else [],
        "text_title": silence.text,
        "text_reference": head.reference,
        "circulated": silence.circulated.isoformat(),
        "period": _period(silence),
        "expired": silence.expired.isoformat(),
        "rule": dict(silence.rule),
        "asked": silence.asked,
        "reached": silence.reached,
        "agreed": silence.agreed,
        "silent": silence.reached - silence.agreed,
        "objections": 0,
        "unreached": list(silence.unreached),
        "working": list(silence.working),
        "adopted_on": silence.adopted.isoformat(),
        "entry": silence.entry or None,
    }


def _period(silence: Silence) -> dict[str, Any]:
    """The period as the rule writes it; where it is in no unit of letters, the days that passed."""
    for unit in ("days", "working_days", "weeks", "months", "years"):
        if silence.within.get(unit):
            return {"number": int(silence.within[unit]), "unit": unit}
    days = (silence.expired - silence.circulated).days
    return {"number": max(1, days), "unit": "days"}
