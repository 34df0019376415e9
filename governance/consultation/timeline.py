"""What happened to a question and its clock, in order; and the proof that silence was heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.consultation.models import ClockEvent, Consultation, ContentVersion
from governance.consultation.queries import Asked, Put
from governance.consultation.standing.stepped import SteppedBack, stepped_back
from governance.record.filekeys import Erased, KeyRing
from governance.refusals import Sentence, say

SAYS = {
    "paused": say("the clock was stopped"),
    "resumed": say("the clock ran on"),
    "extended": say("the time was extended"),
    "moved": say("the service was away at the end, and the time moved by a working day"),
    "tied": say("the votes were equally divided, and the casting vote was asked for"),
    "escalated": say("nobody had answered, and another office was asked"),
    "more_time_asked": say("more time was asked for"),
}


@dataclass(frozen=True)
class Happened:
    """One thing that happened: when, what, by whom, why, with its plain facts."""

    at: DateTime
    kind: str
    what: Sentence
    by: str | None = None
    reason: str = ""
    facts: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "at": self.at.isoformat(),
            "kind": self.kind,
            "what": str(self.what),
            "by": self.by,
            "reason": self.reason or None,
            **(self.facts or {}),
        }


def timeline(session: Session, keys: KeyRing, consultation: Consultation) -> list[Happened]:
    """Opening, pauses and their ends, extensions, changes, who stepped back, and the close."""
    events = select(ClockEvent).where(col(ClockEvent.consultation_id) == consultation.id)
    versions = select(ContentVersion).where(
        col(ContentVersion.consultation_id) == consultation.id,
        col(ContentVersion.shown_since).is_not(None),
        col(ContentVersion.version) > 1,
    )
    found = [
        Happened(consultation.opened_at, "opened", say("the question was put")),
        *(_clock(each, session, keys) for each in session.exec(events)),
        *(_change(each, session, keys) for each in session.exec(versions)),
        *(_back(each) for each in stepped_back(session, consultation.id)),
        *_end(consultation),
    ]
    return sorted(found, key=lambda each: each.at)


@dataclass(frozen=True)
class Silence:
    """The proof for one person: when it was delivered, to whom, how their time was counted.

    `person` is whoever was silent; `instead_of` who had stepped back from that seat, if anybody.
    """

    person: str
    instead_of: str
    capacity: str
    delivered_at: DateTime | None
    due_at: DateTime | None
    last_day: str
    working: dict[str, Any]
    consents: bool
    because: Sentence


def silences(session: Session, put: Put, now: DateTime) -> list[Silence]:
    """Everybody who said nothing, and whether that counts; who was never reached never consents.

    Who objected, or asked for more time, is among those who spoke, or stopped the clock.
    """
    tacit = put.consultation.rule["on_late"] == "tacit"
    at = put.consultation.closed_at or now
    back = {each.invitation: each for each in stepped_back(session, put.consultation.id)}
    return [
        _silence(each, at, back.get(each.invitation.id), tacit=tacit)
        for each in put.asked
        if not each.has_spoken
    ]


def _silence(asked: Asked, at: DateTime, back: SteppedBack | None, *, tacit: bool) -> Silence:
    invitation = asked.invitation
    reached = invitation.handed_over_at is not None and not invitation.unreached
    over = invitation.due_at is not None and invitation.due_at <= at
    if invitation.recused_at is not None:
        because = say("stepped back")
    elif not reached:
        because = say("the question never arrived: silence is no consent")
    elif not over:
        because = say("the time to answer was not over")
    elif tacit:
        because = say("delivered, and silent to the end of the time: taken to agree")
    else:
        because = say("silence counts for nothing under this rule")
    instead = ", ".join(back.instead) if back is not None else ""
    return Silence(
        instead or asked.person.name,
        asked.person.name if instead else "",
        invitation.capacity,
        invitation.handed_over_at,
        invitation.due_at,
        invitation.last_day,
        invitation.working,
        reached and over and tacit and invitation.recused_at is None,
        because,
    )


def _clock(event: ClockEvent, session: Session, keys: KeyRing) -> Happened:
    facts = {**event.facts}
    if event.owner is not None:
        facts["owner"] = event.owner
    if event.until is not None:
        facts["until"] = event.until.isoformat()
    reason = read(session, keys, event.reason)
    return Happened(event.at, event.kind, SAYS[event.kind], event.by, reason, facts)


def _change(version: ContentVersion, session: Session, keys: KeyRing) -> Happened:
    what = (
        say("the content was changed in its wording")
        if version.kind == "editorial"
        else say("the content was changed in substance")
    )
    assert version.shown_since is not None  # noqa: S101 -- the query asks for those that were
    facts = {"version": version.version, "effect": version.effect}
    reason = read(session, keys, version.reason)
    return Happened(version.shown_since, version.kind, what, version.proposed_by, reason, facts)


def _back(back: SteppedBack) -> Happened:
    what = say("{name} stepped back", name=back.name)
    if back.instead:
        instead = ", ".join(back.instead)
        what = say("{name} stepped back; {other} answers instead", name=back.name, other=instead)
    return Happened(back.at, "stepped_back", what, back.person, facts={"ground": back.ground})


def _end(consultation: Consultation) -> Iterator[Happened]:
    if consultation.closed_at is not None:
        closed = consultation.state == "closed"
        what = say("the question was closed") if closed else say("the question was withdrawn")
        yield Happened(consultation.closed_at, consultation.state, what)


def read(session: Session, keys: KeyRing, sealed: str) -> str:
    """A confidential text; empty where there is none, or where it was erased."""
    try:
        return keys.open(session, sealed) if sealed else ""
    except Erased:
        return ""
