"""A body and a meeting as plain data, for the command line and the API alike."""

from __future__ import annotations

from typing import Any

from pendulum import DateTime
from sqlalchemy import or_
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from governance.committees.after.lifecycle import ActionLifecycle
from governance.committees.after.models import Action, Decision
from governance.committees.composing import composed_view, owner_of
from governance.committees.local import local, local_day
from governance.committees.meeting.convening import rules_for
from governance.committees.meeting.expecting import BEFORE, expected
from governance.committees.meeting.late_items import admission_told
from governance.committees.meeting.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Motion,
    Paper,
    Review,
)
from governance.committees.meeting.room import count_of, room_of
from governance.committees.models import Committee, Mandate, Seat, Sitting
from governance.committees.queries import officers_of
from governance.committees.rows import register_from
from governance.committees.rules import right_to_vote, roster
from governance.lifecycle import finals
from governance.record import deadlines
from governance.representation.judge import verdict
from governance.representation.reviews import queries

PAGE = 100
REVIEWED = ("id", "line", "state", "due_on", "judged_on", "answer_by")


def tell_committee(session: Session, committee: Committee, at: DateTime) -> dict[str, Any]:
    """A body: its state, mandate, seats with who sits and who may vote, officers, what is open."""
    register = register_from(session, committee)
    day = local_day(at, committee.zone)
    mandate = session.exec(
        select(Mandate)
        .where(col(Mandate.committee_id) == committee.id)
        .order_by(col(Mandate.version).desc())
    ).first()
    here = set(session.exec(_sitting_now(committee, at)))
    return {
        "key": committee.key,
        "title": committee.title,
        "kind": committee.kind,
        "state": committee.state,
        "zone": committee.zone,
        "access": committee.access,
        "rules": committee.rules_version,
        "sunset_on": _day(committee.sunset_on),
        "mandate": _mandate(mandate),
        "members": [
            {
                "seat": each.seat,
                "name": each.name,
                "capacity": each.capacity,
                "represents": each.represents,
                "since": _day(each.span.since),
                "until": _day(each.span.until),
                "on_leave": each.on_leave(day) is not None,
                "voting_right": right.has,
                "because": str(right.because),
            }
            for each in register.sitting(day)
            if each.key in here
            for right in [right_to_vote(register, each, day)]
        ],
        "vacant": list(
            session.exec(
                select(Seat.key).where(
                    col(Seat.committee_id) == committee.id, col(Seat.state) == "vacant"
                )
            )
        ),
        "officers": [
            {
                "office": officer.office,
                "name": person.name,
                "acting": officer.acting,
                "until": _day(officer.term_until),
            }
            for officer, person in officers_of(session, committee.id, at)
        ],
        "deadlines": _deadlines(session, ("committee", committee.id)),
        "meetings": tell_meetings(session, committee),
        "open_actions": _open_actions(session, committee),
        "composition": _composition(session, committee, at),
    }


def _composition(session: Session, committee: Committee, at: DateTime) -> dict[str, Any] | None:
    """The verdict of the rules on who sits, and the reviews, past and planned."""
    found = composed_view(session, committee, at)
    if found is None:
        return None
    planned = queries.coming_reviews(session, [committee.id])
    return {
        "verdict": verdict(found[0]).as_plain(),
        "reviews": [
            {key: each for key, each in queries.as_plain(review).items() if key in REVIEWED}
            for review in queries.reviews_for(session, owner_of(committee))
        ],
        "planned": [
            {"line": each.working["line"], "due_on": each.working["due_on"]} for each in planned
        ],
    }


def _sitting_now(committee: Committee, at: DateTime) -> SelectOfScalar[str]:
    return select(Sitting.id).where(
        col(Sitting.committee_id) == committee.id,
        col(Sitting.since) <= at,
        or_(col(Sitting.until).is_(None), col(Sitting.until) > at),
    )


def _mandate(mandate: Mandate | None) -> dict[str, Any] | None:
    if mandate is None:
        return None
    return {
        "version": mandate.version,
        "text": mandate.text,
        "approved_by": mandate.approved_by,
        "approved_at": _at(mandate.approved_at),
        "sunset_on": _day(mandate.sunset_on),
        "milestones": mandate.milestones,
    }


def _open_actions(session: Session, committee: Committee) -> list[dict[str, Any]]:
    query = select(Action).where(
        col(Action.committee_id) == committee.id,
        col(Action.state).not_in(finals(ActionLifecycle)),
    )
    return [
        {"number": each.number, "text": each.text, "state": each.state, "due_on": _day(each.due_on)}
        for each in session.exec(query.order_by(col(Action.number)).limit(PAGE))
    ]


def tell_meetings(session: Session, committee: Committee) -> list[dict[str, Any]]:
    """The meetings of a body, the newest first."""
    query = select(Meeting).where(col(Meeting.committee_id) == committee.id)
    return [
        {
            "reference": each.reference,
            "number": each.number,
            "state": each.state,
            "starts": _local(each.starts_at, each.zone),
            "zone": each.zone,
            "place": each.place,
        }
        for each in session.exec(query.order_by(col(Meeting.starts_at).desc()).limit(PAGE))
    ]


def tell_meeting(session: Session, meeting: Meeting) -> dict[str, Any]:
    """A meeting: agenda, papers, roll, live quorum, motions, decisions."""
    room = room_of(session, meeting)
    count = count_of(session, meeting, room)
    seats = {each.id: each.key for each in room.seats.values()}
    day = local_day(meeting.starts_at, meeting.zone)
    who = roster(room.register, day, leave=room.presence().leave)
    items = _items(session, meeting)
    return {
        "reference": meeting.reference,
        "title": meeting.title,
        "state": meeting.state,
        "starts": _local(meeting.starts_at, meeting.zone),
        "ends": _local(meeting.ends_at, meeting.zone),
        "zone": meeting.zone,
        "planned_for": _local(meeting.planned_for, meeting.zone),
        "place": meeting.place,
        "uid": meeting.uid,
        "sequence": meeting.sequence,
        "notice": meeting.notice,
        "agenda_version": meeting.agenda_version,
        "current_item": next((e.number for e in items if e.id == meeting.current_item), None),
        "items": [_item(each, _reviews(session, meeting)) for each in items],
        "late_items": str(admission_told(rules_for(session, meeting), meeting)),
        "minutes_planned": sum(each.minutes for each in items if each.number),
        "papers": _papers(session, meeting),
        "roll": [_attendance(each, seats, meeting.zone) for each in room.rows],
        "proxies": [
            {"giver": seats.get(each.from_seat), "holder": seats.get(each.to_seat)}
            for each in room.proxies
        ],
        "quorum": count.as_json(),
        "forecast": expected(session, meeting, room).as_json() if meeting.state in BEFORE else None,
        "may_vote": sorted(each.seat for each in who.entitled),
        "motions": [_motion(each, items, seats) for each in _motions(session, meeting)],
        "decisions": _decisions(session, meeting),
        "deadlines": _deadlines(session, ("meeting", meeting.id)),
    }


def _items(session: Session, meeting: Meeting) -> list[AgendaItem]:
    query = select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting.id)
    return list(session.exec(query.order_by(col(AgendaItem.position))))


def _reviews(session: Session, meeting: Meeting) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for each in session.exec(select(Review).where(col(Review.meeting_id) == meeting.id)):
        said = found.setdefault(each.item_id, {})
        said[each.position] = said.get(each.position, 0) + 1
    return found


def _item(item: AgendaItem, reviews: dict[str, dict[str, int]]) -> dict[str, Any]:
    said = reviews.get(item.id, {})
    return {
        "id": item.id,
        "number": item.number,
        "title": item.title,
        "category": item.category,
        "access": item.access,
        "minutes": item.minutes,
        "origin": item.origin,
        "late": item.is_late,
        "state": item.state,
        "deferrals": item.deferrals,
        "reviews": said,
        "by_consent": item.category == "consent" and not said.get("flag"),
    }


def _papers(session: Session, meeting: Meeting) -> list[dict[str, Any]]:
    """The papers without their bytes."""
    query = (
        select(Paper)
        .options(defer(Paper.content))  # type: ignore[arg-type]
        .where(col(Paper.meeting_id) == meeting.id)
        .order_by(col(Paper.key), col(Paper.version))
    )
    return [
        {
            "key": each.key,
            "title": each.title,
            "version": each.version,
            "language": each.language,
            "sha256": each.sha256,
            "frozen_at": _at(each.frozen_at),
        }
        for each in session.exec(query)
    ]


def _attendance(row: Attendance, seats: dict[str, str], zone: str) -> dict[str, Any]:
    return {
        "seat": seats.get(row.seat_id or ""),
        "name": row.name,
        "capacity": row.capacity,
        "status": row.status,
        "mode": row.mode,
        "in": _local(row.came_at, zone),
        "out": _local(row.left_at, zone),
    }


def _motions(session: Session, meeting: Meeting) -> list[Motion]:
    query = select(Motion).where(col(Motion.meeting_id) == meeting.id)
    return list(session.exec(query.order_by(col(Motion.number))))


def _motion(motion: Motion, items: list[AgendaItem], seats: dict[str, str]) -> dict[str, Any]:
    working = motion.result.get("working", [])
    return {
        "number": motion.number,
        "kind": motion.kind,
        "item": next((each.number for each in items if each.id == motion.item_id), None),
        "text": motion.text,
        "mover": seats.get(motion.mover or ""),
        "seconder": seats.get(motion.seconder or ""),
        "state": motion.state,
        "mode": motion.mode,
        "votes": motion.votes,
        "result": motion.result.get("result"),
        "working": [each["pattern"].format(**each["facts"]) for each in working],
        "article": motion.result.get("rule", {}).get("article", ""),
        "consultation": motion.consultation_id,
    }


def _decisions(session: Session, meeting: Meeting) -> list[dict[str, Any]]:
    query = select(Decision).where(col(Decision.meeting_id) == meeting.id)
    return [
        {"number": each.number, "title": each.title, "state": each.state, "aliases": each.aliases}
        for each in session.exec(query.order_by(col(Decision.taken_at)))
    ]


def _deadlines(session: Session, owner: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {"event": each.event, "due_at": each.due_at.isoformat()}
        for each in deadlines.of_owner(session, owner)
    ]


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _at(at: Any) -> str | None:
    return at.isoformat() if at else None


def _local(at: Any, zone: str) -> str | None:
    return local(at, zone).isoformat() if at else None
