"""The lives of a meeting, of an item on its agenda, and of a motion. Read this file first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import State

from governance.committees.lifecycle import CHAIR, CLOCK, MEMBER, SECRETARY
from governance.committees.meeting.rules import (
    motion_has_its_seconder,
    notice_is_in_time,
    quorum_is_there,
)
from governance.lifecycle import Lifecycle
from governance.refusals import satisfies

BODY = "body"


class MeetingLifecycle(Lifecycle):
    """A meeting: planned, convened in time, opened with a quorum, closed, its minutes adopted."""

    planned = State("Planned", initial=True)
    convened = State("Convened")
    circulated = State("Agenda circulated")
    in_session = State("In session")
    suspended = State("Suspended")
    inquorate = State("Without a quorum")
    closed = State("Closed, minutes due")
    completed = State("Minutes adopted", final=True)
    postponed = State("Postponed")
    cancelled = State("Cancelled", final=True)

    convene = planned.to(convened, validators=satisfies(notice_is_in_time))
    circulate = convened.to(circulated) | circulated.to(circulated)
    open = (
        convened.to(in_session, validators=satisfies(quorum_is_there))
        | circulated.to(in_session, validators=satisfies(quorum_is_there))
        | inquorate.to(in_session, validators=satisfies(quorum_is_there))
    )
    find_inquorate = convened.to(inquorate) | circulated.to(inquorate) | in_session.to(inquorate)
    suspend = in_session.to(suspended)
    resume = suspended.to(in_session, validators=satisfies(quorum_is_there))
    close = in_session.to(closed) | suspended.to(closed) | inquorate.to(closed)
    complete = closed.to(completed)
    postpone = planned.to(postponed) | convened.to(postponed) | circulated.to(postponed)
    rearrange = (
        postponed.to(planned)
        | planned.to(planned)
        | convened.to(convened)
        | circulated.to(circulated)
    )
    cancel = (
        planned.to(cancelled)
        | convened.to(cancelled)
        | circulated.to(cancelled)
        | postponed.to(cancelled)
    )

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "convene": frozenset({CHAIR, SECRETARY}),
        "circulate": frozenset({SECRETARY}),
        "open": frozenset({CHAIR, SECRETARY}),
        "find_inquorate": frozenset({CHAIR, SECRETARY}),
        "suspend": frozenset({CHAIR, SECRETARY}),
        "resume": frozenset({CHAIR, SECRETARY}),
        "close": frozenset({CHAIR, SECRETARY}),
        "complete": frozenset({CLOCK}),
        "postpone": frozenset({CHAIR, SECRETARY}),
        "rearrange": frozenset({CHAIR, SECRETARY}),
        "cancel": frozenset({CHAIR, SECRETARY}),
    }


class ItemLifecycle(Lifecycle):
    """An item of the agenda: proposed, accepted, circulated, adopted, opened, and dealt with."""

    proposed = State("Proposed", initial=True)
    refused = State("Refused", final=True)
    held = State("Held for the next meeting", final=True)
    draft = State("On the draft agenda")
    circulated = State("On the circulated agenda")
    on_agenda = State("On the adopted agenda")
    struck = State("Deleted by the body", final=True)
    opened = State("Open")
    decided = State("Decided", final=True)
    closed = State("Closed", final=True)
    deferred = State("Deferred", final=True)
    referred = State("Referred to another body", final=True)
    withdrawn = State("Withdrawn", final=True)

    accept = proposed.to(draft)
    refuse = proposed.to(refused)
    hold = proposed.to(held) | draft.to(held)
    circulate = draft.to(circulated)
    adopt = draft.to(on_agenda) | circulated.to(on_agenda)
    admit_late = proposed.to(on_agenda)
    strike = draft.to(struck) | circulated.to(struck) | on_agenda.to(struck)
    open = on_agenda.to(opened) | circulated.to(opened) | draft.to(opened)
    decide = opened.to(decided) | on_agenda.to(decided)
    close = opened.to(closed)
    defer = opened.to(deferred) | on_agenda.to(deferred) | circulated.to(deferred)
    refer = opened.to(referred)
    withdraw = (
        proposed.to(withdrawn)
        | draft.to(withdrawn)
        | circulated.to(withdrawn)
        | on_agenda.to(withdrawn)
        | opened.to(withdrawn)
    )

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "accept": frozenset({CHAIR, SECRETARY}),
        "refuse": frozenset({CHAIR, SECRETARY}),
        "hold": frozenset({CHAIR, SECRETARY}),
        "circulate": frozenset({SECRETARY}),
        "adopt": frozenset({CHAIR, SECRETARY}),
        "admit_late": frozenset({CHAIR, SECRETARY}),
        "strike": frozenset({CHAIR, SECRETARY}),
        "open": frozenset({CHAIR, SECRETARY}),
        "decide": frozenset({CHAIR, SECRETARY}),
        "close": frozenset({CHAIR, SECRETARY}),
        "defer": frozenset({CHAIR, SECRETARY}),
        "refer": frozenset({CHAIR, SECRETARY}),
        "withdraw": frozenset({MEMBER, SECRETARY}),
    }


class MotionLifecycle(Lifecycle):
    """A motion: moved, seconded, admitted, put, counted, and its result declared by the chair."""

    moved = State("Moved", initial=True)
    seconded = State("Seconded")
    admitted = State("Under debate")
    put = State("Question put")
    counted = State("Result proposed")
    carried = State("Carried")
    lost = State("Not carried")
    challenged = State("Result challenged")
    recorded = State("Recorded", final=True)
    ruled_out = State("Ruled out of order", final=True)
    lapsed = State("Lapsed for lack of a second", final=True)
    withdrawn = State("Withdrawn", final=True)
    tabled = State("Tabled", final=True)
    referred = State("Referred", final=True)
    inquorate = State("No decision for lack of a quorum", final=True)
    annulled = State("Annulled", final=True)

    second = moved.to(seconded)
    open_debate = moved.to(admitted, validators=satisfies(motion_has_its_seconder)) | seconded.to(
        admitted
    )
    rule_out = moved.to(ruled_out) | seconded.to(ruled_out)
    lapse = moved.to(lapsed)
    put_question = admitted.to(put)
    count = put.to(counted)
    cast = counted.to(counted)
    declare_carried = counted.to(carried)
    declare_lost = counted.to(lost)
    vote_again = counted.to(put)
    find_inquorate = put.to(inquorate) | counted.to(inquorate)
    challenge = carried.to(challenged) | lost.to(challenged)
    confirm_carried = challenged.to(carried)
    confirm_lost = challenged.to(lost)
    annul = challenged.to(annulled)
    record = carried.to(recorded) | lost.to(recorded)
    withdraw = moved.to(withdrawn) | seconded.to(withdrawn) | admitted.to(withdrawn)
    table = admitted.to(tabled)
    refer = admitted.to(referred)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "second": frozenset({MEMBER, SECRETARY}),
        "open_debate": frozenset({CHAIR, SECRETARY}),
        "rule_out": frozenset({CHAIR}),
        "lapse": frozenset({CHAIR, SECRETARY}),
        "put_question": frozenset({CHAIR, SECRETARY}),
        "count": frozenset({SECRETARY, CLOCK}),
        "cast": frozenset({CHAIR}),
        "declare_carried": frozenset({CHAIR}),
        "declare_lost": frozenset({CHAIR}),
        "vote_again": frozenset({CHAIR}),
        "find_inquorate": frozenset({CHAIR, SECRETARY}),
        "challenge": frozenset({MEMBER, SECRETARY}),
        "confirm_carried": frozenset({CHAIR, BODY}),
        "confirm_lost": frozenset({CHAIR, BODY}),
        "annul": frozenset({CHAIR, BODY}),
        "record": frozenset({SECRETARY, CLOCK}),
        "withdraw": frozenset({MEMBER, SECRETARY}),
        "table": frozenset({CHAIR, SECRETARY}),
        "refer": frozenset({CHAIR, SECRETARY}),
    }
