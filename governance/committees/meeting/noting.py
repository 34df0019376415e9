"""What is noted while a meeting runs: notes, points of order, and who speaks for how long.

A note carries a key that its writer made: sent again after the network came back, it is one note.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.committees.meeting.agenda import known_item
from governance.committees.meeting.ballots import may_put
from governance.committees.meeting.models import Meeting, Note
from governance.committees.meeting.room import no_seat, seats_by_key
from governance.refusals import Reason, refuse

KINDS = ("note", "statement", "point_of_order", "speaker")
LONGEST = 10_000


@dataclass(frozen=True)
class Noted:
    """A note on an item, or on the meeting; of a seat, or of somebody by name."""

    text: str = ""
    item: str = ""
    kind: str = "note"
    seat: str = ""
    name: str = ""
    key: str = ""


@dataclass(frozen=True)
class Speaking:
    """Who is on the list of speakers begins or ends; begin ends whoever spoke before."""

    note: str
    event: str  # begin, end, strike


def note_body(moment: Moment, meeting: Meeting | None, given: Noted) -> Written[Meeting] | None:
    """Keep a note, sealed under the meeting's file; with a key that is known, nothing."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    if given.key and _is_known(moment.session, meeting, given.key):
        return None
    if given.kind not in KINDS or len(given.text) > LONGEST:
        raise refuse(
            "a note is a note, a statement, a point of order or a speaker, of 10 000 characters",
            rule="note_fits",
            cure="Shorten it.",
            where="text",
            reason=Reason.INPUT,
        )
    item = known_item(moment, meeting, given.item) if given.item else None
    seat = seats_by_key(moment.session, meeting).get(given.seat.casefold()) if given.seat else None
    if given.seat and seat is None:
        raise no_seat(given.seat)
    sealed = moment.seal(f"meeting:{meeting.id}", given.text) if given.text else {}
    note = Note(
        meeting_id=meeting.id,
        item_id=item.id if item else meeting.current_item,
        kind=given.kind,
        seat_id=seat.id if seat else None,
        name=given.name[:200],
        text=sealed.get("sealed", ""),
        key=given.key[:64],
        at=moment.now,
    )
    moment.session.add(note)
    return Written({"note": note.id, "kind": note.kind, "text": sealed}, meeting)


def speak_body(moment: Moment, meeting: Meeting | None, given: Speaking) -> Written[Meeting]:
    """The clock of a speaker."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    note = moment.session.get(Note, given.note)
    if note is None or note.meeting_id != meeting.id or note.kind != "speaker":
        raise refuse(
            "this speaker is not on the list",
            rule="known_speaker",
            cure="Put the speaker on the list first.",
            where="note",
            reason=Reason.INPUT,
        )
    if given.event == "begin":
        running = select(Note).where(
            col(Note.meeting_id) == meeting.id,
            col(Note.began_at).is_not(None),
            col(Note.ended_at).is_(None),
        )
        for each in moment.session.exec(running):
            each.ended_at = moment.now
        note.began_at = moment.now
    elif given.event == "end":
        note.ended_at = moment.now
    else:
        moment.session.delete(note)
    return Written({"note": note.id, "event": given.event}, meeting)


def _is_known(session: Session, meeting: Meeting, key: str) -> bool:
    query = select(Note.id).where(col(Note.meeting_id) == meeting.id, col(Note.key) == key)
    return session.exec(query).first() is not None


NOTE: Verb[Meeting, Noted] = Verb("meeting:note", Meeting, "meeting", may_put, note_body)
SPEAK: Verb[Meeting, Speaking] = Verb("meeting:speak", Meeting, "meeting", may_put, speak_body)
