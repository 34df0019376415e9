"""Lines of lists: seats, meetings, decisions, actions as a reader sees them."""

from __future__ import annotations

from governance.committees.after.lifecycle import ActionLifecycle
from governance.committees.after.models import Action, Decision
from governance.committees.meeting.models import Meeting
from governance.committees.minutes.models import Minutes
from governance.committees.models import Committee
from governance.committees.queries import Held
from governance.lifecycle import ways_on
from governance.refusals import say
from governance.web.cases.reading import Reading
from governance.web.committees import marks
from governance.web.committees.telling import instant, title_of
from governance.web.committees.views import ActionRow, DecisionRow, MeetingRow, SeatRow
from governance.web.views import Option, Words

BY_CLOCK = frozenset({"fall_due"})


def seat_row(reading: Reading, held: Held) -> SeatRow:
    """One seat: the right to vote, the term and the alternates are said where there are any."""
    seat, sitting = held.seat, held.sitting
    notes: list[Words] = []
    if held.alternates:
        names = reading.listed(each.name for each in held.alternates)
        notes.append(say("Alternates: {names}", names=names))
    if held.leave is not None and held.leave.until is not None:
        notes.append(say("On leave until {day}", day=reading.day_of(held.leave.until)))
    if sitting is not None and sitting.holding_over:
        notes.append(say("Holds over until replaced"))
    term: Words = ""
    if sitting is not None and sitting.term_until is not None:
        term = say("until {day}", day=reading.day(sitting.term_until))
    return SeatRow(
        key=seat.key,
        title=reading.text(seat.title, seat.represents or seat.key),
        holder=held.person.name if held.person else say("nobody"),
        mark=marks.SEATS[seat.state],
        term=term,
        note=notes[0] if notes else "",
    )


def meeting_row(
    reading: Reading, committee: Committee, meeting: Meeting, minutes: Minutes | None
) -> MeetingRow:
    """One meeting with where its minutes are."""
    return MeetingRow(
        reference=meeting.reference,
        href=f"/meetings/{meeting.id}",
        title=reading.text(meeting.title, meeting.reference),
        at=instant(committee, meeting.starts_at),
        mark=marks.MEETINGS[meeting.state],
        minutes=marks.MINUTES[minutes.state] if minutes else None,
        minutes_href=f"/minutes/{minutes.id}" if minutes else "",
    )


def decision_row(reading: Reading, decision: Decision, committee: Committee | None) -> DecisionRow:
    """One decision of the register."""
    note: Words = ""
    if decision.superseded_by:
        note = say("superseded by {number}", number=decision.superseded_by)
    elif decision.expires_on is not None:
        note = say("until {day}", day=reading.day(decision.expires_on))
    return DecisionRow(
        number=decision.number,
        href=f"/decisions/{decision.id}",
        title=decision.title or decision.text[:120],
        body=title_of(reading, committee) if committee else "",
        taken=reading.day_of(decision.taken_at),
        mark=marks.DECISIONS[decision.state],
        note=note,
    )


def action_row(
    reading: Reading, action: Action, owner: str, roles: frozenset[str], me: str | None
) -> ActionRow:
    """One action with the steps that the reader may take now."""
    held = roles | ({"owner"} if action.owner_id is not None and action.owner_id == me else set())
    steps = tuple(
        Option(event, marks.STEPS[event])
        for event in ways_on(ActionLifecycle, action.state)
        if event in marks.STEPS and held & ActionLifecycle.authority[event]
    )
    moved: Words = ""
    if action.extensions and action.first_due_on is not None:
        moved = say(
            "extended {n} times, first due {day}",
            n=action.extensions,
            day=reading.day(action.first_due_on),
        )
    return ActionRow(
        number=action.number,
        text=action.text,
        owner=owner or say("nobody yet"),
        mark=marks.ACTIONS[action.state],
        due=reading.day(action.due_on) if action.due_on else "",
        note=moved or action.progress,
        steps=steps,
        action=f"/actions/{action.id}",
    )
