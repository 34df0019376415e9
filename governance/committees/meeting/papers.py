"""Papers of a meeting, in versions and languages; and what members say of items before it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import not_for_them, roles_in, seats_of
from governance.committees.lifecycle import MEMBER
from governance.committees.meeting.agenda import (
    known_item,
    may_propose,
)
from governance.committees.meeting.models import Meeting, Paper, Review
from governance.refusals import Reason, refuse

LARGEST_PAPER = 20 * 1024 * 1024
REVIEWS = ("approve", "flag", "comment")


@dataclass(frozen=True)
class NewPaper:
    """One language of a paper; a key that is there already gets a new version."""

    key: str
    title: str
    language: str
    content: bytes
    item: str = ""
    media: str = "application/pdf"
    access: str = "open"


@dataclass(frozen=True)
class Reviewed:
    """What a seat says of an item before the meeting."""

    item: str
    position: str
    text: str = ""


def paper_body(moment: Moment, meeting: Meeting | None, given: NewPaper) -> Written[Meeting]:
    """Put a paper in; after the dispatch a change is a new version beside the frozen one."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    if not given.content or len(given.content) > LARGEST_PAPER:
        raise refuse(
            "a paper has between 1 byte and 20 MB, this one has {n} bytes",
            rule="paper_fits",
            cure="Send it again, or in parts.",
            where="content",
            reason=Reason.INPUT,
            n=len(given.content),
        )
    item = known_item(moment, meeting, given.item) if given.item else None
    query = select(Paper).where(
        col(Paper.meeting_id) == meeting.id,
        col(Paper.key) == given.key,
        col(Paper.language) == given.language,
    )
    before = moment.session.exec(query.order_by(col(Paper.version).desc())).first()
    if before is not None and before.frozen_at is None:
        moment.session.delete(before)
        moment.session.flush()
    paper = Paper(
        meeting_id=meeting.id,
        item_id=item.id if item else None,
        key=given.key,
        title=given.title,
        version=(before.version + (before.frozen_at is not None)) if before else 1,
        language=given.language,
        access=given.access,
        media=given.media,
        content=given.content,
        sha256=hashlib.sha256(given.content).hexdigest(),
        came_at=moment.now,
    )
    moment.session.add(paper)
    return Written(
        {"paper": paper.key, "version": paper.version, "language": paper.language,
         "sha256": paper.sha256}, meeting)  # fmt: skip


def review_body(moment: Moment, meeting: Meeting | None, given: Reviewed) -> Written[Meeting]:
    """Approve, flag or comment an item before the meeting; the newest word of a seat counts."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    item = known_item(moment, meeting, given.item)
    person = moment.actor.person_id or ""
    seats = seats_of(moment.session, meeting.committee_id, person, moment.now)
    if not seats:
        raise not_for_them({MEMBER})
    if given.position not in REVIEWS or item.state not in ("circulated", "on_agenda"):
        raise refuse(
            "an item is approved, flagged or commented once the agenda has gone out",
            rule="review_is_possible",
            cure="Choose approve, flag or comment, on an item of the circulated agenda.",
            where="position",
            reason=Reason.INPUT,
        )
    query = select(Review).where(col(Review.item_id) == item.id, col(Review.seat_id) == seats[0].id)
    row = moment.session.exec(query).first() or Review(
        meeting_id=meeting.id,
        item_id=item.id,
        seat_id=seats[0].id,
        person_id=person,
        position=given.position,
        at=moment.now,
    )
    text = moment.seal(f"meeting:{meeting.id}", given.text) if given.text else {}
    row.position, row.at, row.text = given.position, moment.now, text.get("sealed", "")
    moment.session.add(row)
    return Written({"item": item.id, "seat": seats[0].key, "position": given.position}, meeting)


def member_may(moment: Moment, meeting: Meeting | None, _: object) -> str:
    """Whoever sits on a member's seat."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    held = roles_in(moment.session, meeting.committee_id, moment.actor, moment.now)
    if MEMBER not in held:
        raise not_for_them({MEMBER})
    return f"role:{MEMBER}"


ADD_PAPER: Verb[Meeting, NewPaper] = Verb(
    "meeting:add_paper", Meeting, "meeting", may_propose, paper_body
)
REVIEW: Verb[Meeting, Reviewed] = Verb(
    "meeting:review_item", Meeting, "meeting", member_may, review_body
)
