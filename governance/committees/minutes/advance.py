"""Minutes go on by themselves: a window ends, corrections are merged, silence adopts.

The owner of the question reads its outcome downwards. Twice is a no-op.
"""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, func, select

from governance.access.actor import CLOCK
from governance.acts import Moment, Receipt, Verb, Written, perform
from governance.committees.authority import only_the_clock
from governance.committees.calendars import day_of
from governance.committees.meeting.lifecycle import MeetingLifecycle
from governance.committees.meeting.models import Meeting
from governance.committees.minutes.circulating import law_of, ruling_of
from governance.committees.minutes.drafting import keep_text, text_of
from governance.committees.minutes.lifecycle import MinutesLifecycle
from governance.committees.minutes.models import Minutes
from governance.committees.minutes.rules import Adopting, Settling
from governance.committees.minutes.text import rewritten, written
from governance.committees.models import Committee
from governance.committees.seeking import keep_minutes
from governance.consultation.models import Consultation, Invitation, Proposal
from governance.consultation.proposing import ACCEPTED, accepted_text
from governance.house import House
from governance.lifecycle import fire
from governance.refusals import say

OPEN = ("proposed", "referred")
SILENCE, IN_SESSION, AS_AMENDED = "silence", "in_session", "as_amended"


def advance(house: House, minutes_id: str) -> Receipt | None:
    """What can be done now; None where nothing is left to do."""
    return perform(house, CLOCK, ADVANCE, minutes_id, None)


def advance_body(moment: Moment, minutes: Minutes | None, _: None) -> Written[Minutes] | None:
    """The window has ended, or a correction was settled: what follows from it."""
    assert minutes is not None  # noqa: S101 -- the door locks the subject first
    asked = moment.session.get(Consultation, minutes.consultation_id or "")
    if asked is None or asked.state != "closed":
        return None
    if minutes.state == "circulated":
        return _window_is_over(moment, minutes, asked)
    if minutes.state == "settling":
        return _settle(moment, minutes, asked)
    return None


ADVANCE: Verb[Minutes, None] = Verb(
    "minutes:advance", Minutes, "minutes", only_the_clock, advance_body
)


def _window_is_over(moment: Moment, minutes: Minutes, asked: Consultation) -> Written[Minutes]:
    moment.cites.append(asked.closing_entry)
    minutes.window_closes_at = asked.closed_at
    counts = proposals(moment.session, asked.id)
    if not counts and _silence_adopts(moment, minutes, asked):
        facts = Adopting(
            by_body=False,
            window_closes_at=minutes.window_closes_at,
            now=moment.now,
            open_corrections=0,
        )
        minutes.state = fire(MinutesLifecycle, minutes.state, "adopt", facts)
        return Written(
            adopted(moment, minutes, SILENCE, certificate(moment, minutes, asked)), minutes
        )
    minutes.state = fire(MinutesLifecycle, minutes.state, "close_window")
    if not counts:
        minutes.state = fire(MinutesLifecycle, minutes.state, "settle", Settling(0))
    return Written({"proposals": counts, "state": minutes.state}, minutes)


def _settle(moment: Moment, minutes: Minutes, asked: Consultation) -> Written[Minutes] | None:
    """When every proposal has its answer, the accepted ones are in the text."""
    counts = proposals(moment.session, asked.id)
    if any(counts.get(state) for state in OPEN):
        return None
    accepted = sum(counts.get(state, 0) for state in ACCEPTED)
    merged = _merge(moment, minutes, asked) if accepted else {}
    substantive = counts.get("accepted_substantive", 0)
    if not substantive:
        minutes.state = fire(MinutesLifecycle, minutes.state, "settle", Settling(0))
    if not merged and minutes.state == "settling":
        return None
    return Written({"proposals": counts, "state": minutes.state, **merged}, minutes)


def _merge(moment: Moment, minutes: Minutes, asked: Consultation) -> dict[str, Any]:
    """The circulated text with what was accepted; nothing where that has been written before."""
    shown = asked.content["version"]
    if minutes.version > shown:
        return {}
    before = text_of(moment.session, minutes.id, shown)
    merged = accepted_text(moment.session, moment.house.keys, asked.id, written(before.blocks))
    because = str(say("corrections of round {n}", n=asked.round))
    text = keep_text(moment, minutes, rewritten(before.blocks, merged.paragraphs), because)
    return {
        "applied": list(merged.applied),
        "conflicts": [list(each.proposals) for each in merged.conflicts],
        "sha256": text.sha256,
        "version": text.version,
    }


def proposals(session: Session, consultation_id: str) -> dict[str, int]:
    """How many proposals are in each state; those replaced by a newer answer left out."""
    query = (
        select(Proposal.state, func.count())
        .where(col(Proposal.consultation_id) == consultation_id, col(Proposal.state) != "replaced")
        .group_by(col(Proposal.state))
    )
    return dict(session.exec(query).all())


def adopted(
    moment: Moment, minutes: Minutes, how: str, certificate_: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The text is the body's own from now on, and its meeting is completed."""
    minutes.adopted_at, minutes.adopted_how = moment.now, how
    minutes.adopted_version = minutes.version
    minutes.certificate = certificate_ or {}
    meeting = moment.session.get_one(Meeting, minutes.meeting_id)
    if meeting.state == "closed":
        meeting.state = fire(MeetingLifecycle, meeting.state, "complete")
    text = text_of(moment.session, minutes.id, minutes.version)
    keep_minutes(moment.session, minutes, text)
    return {"how": how, "sha256": text.sha256, "state": minutes.state, "version": text.version}


def certificate(moment: Moment, minutes: Minutes, asked: Consultation) -> dict[str, Any]:
    """Who was notified when, how the window was counted, that nobody asked for a correction."""
    query = select(Invitation).where(col(Invitation.consultation_id) == asked.id)
    reached = sorted(moment.session.exec(query), key=lambda each: each.id)
    return {
        "article": asked.rule["article"],
        "closed_at": asked.closed_at.isoformat() if asked.closed_at else "",
        "closing_entry": asked.closing_entry,
        "notified": [
            {
                "person": each.person_id,
                "handed_over_at": each.handed_over_at.isoformat() if each.handed_over_at else "",
                "last_day": each.last_day,
                "seat": each.seat,
            }
            for each in reached
        ],
        "outcome": asked.outcome,
        "version": minutes.version,
    }


def _silence_adopts(moment: Moment, minutes: Minutes, asked: Consultation) -> bool:
    """Only where the rules of the body say so, and where the text has reached everybody asked."""
    meeting = moment.session.get_one(Meeting, minutes.meeting_id)
    committee = moment.session.get_one(Committee, minutes.committee_id)
    ruling = ruling_of(law_of(meeting), "tacit_adoption", day_of(committee, moment.now))
    if ruling is None or not ruling.value.allowed:
        return False
    missing = select(func.count()).where(
        col(Invitation.consultation_id) == asked.id, col(Invitation.handed_over_at).is_(None)
    )
    return moment.session.exec(missing).one() == 0
