"""Minutes as plain data, for the command line and the API alike."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from governance.committees.meeting.models import Meeting
from governance.committees.minutes.checking import Found, findings_of
from governance.committees.minutes.drafting import minutes_of, text_of
from governance.committees.minutes.lifecycle import ADOPTED
from governance.committees.minutes.models import Corrigendum, Minutes, MinutesText
from governance.committees.minutes.text import public_edition, written
from governance.consultation.amending import words_changed
from governance.consultation.proposing import Told, proposals_of
from governance.record.filekeys import KeyRing
from governance.refusals import Reason, Refused, refuse

CHECKED = frozenset({"drafting", "chair_review", "settling"})
Plain = dict[str, Any]


def minutes_seen(session: Session, meeting: Meeting, roles: frozenset[str]) -> Minutes:
    """The minutes of a meeting: for the body at any time, for others once they are adopted.

    Raises Refused alike where there are none and where they are not for these eyes.
    """
    found = minutes_of(session, meeting.id)
    if found is None or (not roles and found.state not in ADOPTED):
        raise _missing(meeting)
    return found


def tell_minutes(
    session: Session, keys: KeyRing, minutes: Minutes, roles: frozenset[str], version: int = 0
) -> Plain:
    """Minutes with their text, findings, corrections and proofs; closed parts for the body only."""
    meeting = session.get_one(Meeting, minutes.meeting_id)
    version = version or minutes.version
    text = text_of(session, minutes.id, version) if version else None
    blocks = list(text.blocks) if text else []
    whole = bool(roles)
    checked = whole and minutes.state in CHECKED and version == minutes.version
    return {
        "meeting": meeting.reference,
        "state": minutes.state,
        "version": version,
        "versions": _versions(session, minutes),
        "round": minutes.round,
        "circulated_at": _at(minutes.circulated_at),
        "window_closes_at": _at(minutes.window_closes_at),
        "adopted_at": _at(minutes.adopted_at),
        "adopted_how": minutes.adopted_how,
        "adopted_version": minutes.adopted_version,
        "published_at": _at(minutes.published_at),
        "sha256": text.sha256 if text and whole else None,
        "signatures": minutes.signatures,
        "certificate": minutes.certificate if whole else {},
        "blocks": blocks if whole else public_edition(blocks),
        "findings": [tell_found(each) for each in findings_of(session, minutes)] if checked else [],
        "corrections": tell_corrections(session, keys, minutes) if whole else [],
        "corrigenda": _corrigenda(session, minutes),
    }


def tell_found(found: Found) -> Plain:
    """A finding of the check, with the digest by which it is waived."""
    return {
        **found.noticed.as_json(),
        "block": found.block,
        "digest": found.digest,
        "waived": found.waived,
        "stands": found.stands,
    }


def tell_corrections(session: Session, keys: KeyRing, minutes: Minutes) -> list[Plain]:
    """What members asked to have corrected in the present round, and what became of it."""
    if not minutes.consultation_id:
        return []
    found = proposals_of(session, keys, minutes.consultation_id)
    return [_correction(session, keys, each) for each in found if each.row.state != "replaced"]


def _correction(session: Session, keys: KeyRing, told: Told) -> Plain:
    return {
        "number": told.row.number,
        "by": told.proposer,
        "capacity": told.capacity,
        "block": told.row.anchor,
        "old": told.words.old,
        "new": told.words.new,
        "reason": told.words.reason,
        "state": told.row.state,
        "answer": keys.open(session, told.row.reason) if told.row.reason else "",
    }


def tell_difference(
    session: Session, minutes: Minutes, roles: frozenset[str], since: int, until: int = 0
) -> Plain:
    """What changed in the paragraphs between two versions, and which register blocks differ.

    `changed` has runs of words: kept, gone, come. Whoever does not belong to the body compares
    what they may read.
    """
    until = until or minutes.version
    old, new = (_shown(text_of(session, minutes.id, version), roles) for version in (since, until))
    before = {each.anchor: each.text for each in written(old)}
    after = {each.anchor: each.text for each in written(new)}
    changed = [
        {
            "block": anchor,
            "how": _how(before.get(anchor), after.get(anchor)),
            "runs": [
                {"kind": run.kind, "text": run.text}
                for run in words_changed(before.get(anchor, ""), after.get(anchor, ""))
            ],
        }
        for anchor in dict.fromkeys([*before, *after])
        if before.get(anchor) != after.get(anchor)
    ]
    rows_before = {each["id"]: each for each in old if each["id"] not in before}
    rows_after = {each["id"]: each for each in new if each["id"] not in after}
    registers = [
        key
        for key in dict.fromkeys([*rows_before, *rows_after])
        if rows_before.get(key) != rows_after.get(key)
    ]
    return {"since": since, "until": until, "changed": changed, "registers": registers}


def _how(old: str | None, new: str | None) -> str:
    if old is None:
        return "added"
    return "removed" if new is None else "changed"


def _shown(text: MinutesText, roles: frozenset[str]) -> list[dict[str, Any]]:
    blocks = list(text.blocks)
    return blocks if roles else public_edition(blocks)


def _versions(session: Session, minutes: Minutes) -> list[Plain]:
    query = (
        select(MinutesText)
        .where(col(MinutesText.minutes_id) == minutes.id)
        .order_by(col(MinutesText.version), col(MinutesText.edition))
    )
    return [
        {
            "version": each.version,
            "edition": each.edition,
            "at": each.at.isoformat(),
            "because": each.because,
            "sha256": each.sha256,
        }
        for each in session.exec(query)
    ]


def _corrigenda(session: Session, minutes: Minutes) -> list[Plain]:
    query = select(Corrigendum).where(col(Corrigendum.minutes_id) == minutes.id)
    return [
        {
            "number": each.number,
            "block": each.block,
            "reads": each.reads,
            "should_read": each.should_read,
            "decision": each.decision,
            "issued_at": each.issued_at.isoformat(),
        }
        for each in session.exec(query.order_by(col(Corrigendum.number)))
    ]


def _missing(meeting: Meeting) -> Refused:
    return refuse(
        "there are no minutes of {meeting} that you may see",
        rule="known_minutes",
        cure="They begin when the meeting is closed, and are open to others once adopted.",
        reason=Reason.MISSING,
        meeting=meeting.reference,
    )


def _at(at: Any) -> str | None:
    return at.isoformat() if at else None
