"""The certificate of adoption by silence, as a paper in any language."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.committees.minutes.printing import Head, Silence, silence_facts
from governance.consultation.models import Consultation
from governance.consultation.queries import Asked, put_all
from governance.refusals import say
from governance.web.cases.reading import Reading
from governance.web.committees.minutes import Opened

KIND = "tacit_adoption"


def was_silent(at: Opened) -> bool:
    """Whether these minutes were adopted by silence, and the reader may see who was asked."""
    return at.minutes.adopted_how == "silence" and at.whole and bool(at.minutes.certificate)


def certified(reading: Reading, at: Opened, head: Head) -> dict[str, Any]:
    """The facts of the paper; `reading` and `head` are in its language."""
    minutes = at.minutes
    asked = reading.session.get_one(Consultation, minutes.consultation_id or "")
    people = put_all(reading.session, [asked])[0].asked
    reached = [each for each in people if each.invitation.handed_over_at is not None]
    agreed = sum(each.answer is not None for each in reached)
    zone = at.meeting.zone
    assert minutes.circulated_at is not None  # noqa: S101 -- what was adopted had gone out
    assert minutes.adopted_at is not None  # noqa: S101 -- that is what is certified
    closed = (asked.closed_at or minutes.adopted_at).in_timezone(zone).date()
    return silence_facts(
        head,
        Silence(
            text=reading.said(say("Minutes of {meeting}", meeting=at.meeting.reference)),
            circulated=minutes.circulated_at.in_timezone(zone).date(),
            expired=closed,
            adopted=minutes.adopted_at.in_timezone(zone).date(),
            within=asked.rule.get("within") or {},
            rule=_rule(reading, asked),
            asked=len(people),
            reached=len(reached),
            agreed=agreed,
            unreached=tuple(each.person.name for each in people if each not in reached),
            working=_working(reading, people, len(reached), agreed),
            entry=asked.closing_entry,
            signed_as=reading.said(say("Secretary")),
        ),
    )


def _rule(reading: Reading, asked: Consultation) -> dict[str, Any]:
    return {
        "name": reading.said(say("adoption by silence")),
        "article": asked.rule["article"],
        "base": reading.said(say("everybody who was asked")),
        "threshold": reading.said(say("no correction asked for")),
        "quorum": None,
        "silence": reading.said(say("whoever was reached and kept silent to the end consents")),
    }


def _working(
    reading: Reading, people: tuple[Asked, ...], reached: int, agreed: int
) -> tuple[str, ...]:
    last = max((each.invitation.last_day for each in people), default="")
    told = [
        say("asked: {asked}; reached: {reached}", asked=len(people), reached=reached),
        say("answered that they ask for no correction: {n}", n=agreed),
        say("silent to the end: {n}", n=reached - agreed),
        say("corrections asked for: {n}", n=0),
    ]
    if last:
        day = reading.day(date.fromisoformat(last))
        told.insert(1, say("the last day of the longest window: {day}", day=day))
    return tuple(reading.said(each) for each in told)
