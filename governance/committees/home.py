"""What waits across all bodies: for the reader, for others, and for the clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.access.actor import Actor, Level
from governance.committees.after.models import Action, Decision
from governance.committees.authority import COMMITTEE_SECRETARY
from governance.committees.lifecycle import CHAIR, SECRETARY
from governance.committees.local import local
from governance.committees.meeting.models import Meeting
from governance.committees.minutes.models import Minutes
from governance.committees.models import Committee, Officer
from governance.committees.queries import bodies, open_actions
from governance.record.models import Deadline

# What each state of minutes and meetings waits for: by whom, and the act.
MINUTES: Mapping[str, tuple[str, str]] = {
    "due": (SECRETARY, "draft"),
    "drafting": (SECRETARY, "finish"),
    "chair_review": (CHAIR, "review"),
    "circulated": ("", "answer"),
    "settling": (SECRETARY, "settle"),
    "ready": (CHAIR, "adopt"),
    "adopted": (SECRETARY, "publish"),
    "signed": (SECRETARY, "publish"),
}
MEETINGS: Mapping[str, tuple[str, str]] = {
    "planned": (SECRETARY, "convene"),
    "convened": (SECRETARY, "circulate_agenda"),
    "circulated": (CHAIR, "open"),
    "in_session": (SECRETARY, "run"),
    "suspended": (CHAIR, "resume"),
    "inquorate": (CHAIR, "second_call"),
    "postponed": (SECRETARY, "rearrange"),
}


OWNED: tuple[tuple[Any, str], ...] = (
    (Action, "action"),
    (Decision, "decision"),
    (Minutes, "minutes"),
)


@dataclass(frozen=True)
class Waits:
    """One thing that waits. `act` says for what; `who` by whom, where it is not the reader."""

    kind: str
    id: str
    committee: Committee
    what: str
    act: str
    due_at: DateTime | None = None
    who: str = ""


@dataclass(frozen=True)
class Desk:
    """Everything that waits, the nearest instant first, and the bodies with their next meeting."""

    me: tuple[Waits, ...]
    others: tuple[Waits, ...]
    clocks: tuple[Waits, ...]
    bodies: tuple[tuple[Committee, Meeting | None], ...]


def desk_of(session: Session, actor: Actor, at: DateTime) -> Desk:
    """What waits in the bodies that the actor may see, in a fixed number of queries."""
    known = {each.id: each for each in bodies(session, actor, at)}
    roles = _roles(session, actor, known, at)
    meetings = list(
        session.exec(
            select(Meeting)
            .where(
                col(Meeting.committee_id).in_(known),
                col(Meeting.state).not_in(("completed", "cancelled")),
            )
            .order_by(col(Meeting.starts_at))
        )
    )
    due = _due(session)
    found = [
        *_of_minutes(session, known, due),
        *_of_meetings(meetings, known),
        *_of_actions(session, known, due, actor),
    ]
    mine = [each for role, each in found if role == "me" or role in roles[each.committee.id]]
    others = [each for role, each in found if each not in mine and role != "me"]
    coming = [each for each in meetings if each.starts_at >= at]
    return Desk(
        me=_ordered(mine),
        others=_ordered(others),
        clocks=_ordered(_clocks(session, known, due)),
        bodies=tuple(
            (each, next((m for m in coming if m.committee_id == each.id), None))
            for each in known.values()
        ),
    )


def _roles(
    session: Session, actor: Actor, known: Iterable[str], at: DateTime
) -> dict[str, set[str]]:
    """What the reader is in each body: secretary, chair."""
    secretary = {SECRETARY} if COMMITTEE_SECRETARY in actor.roles else set()
    if actor.level == Level.OPERATOR:
        secretary = {SECRETARY, CHAIR}
    roles = {each: set(secretary) for each in known}
    query = select(Officer).where(
        col(Officer.person_id) == actor.person_id,
        col(Officer.office).in_(("chair", "acting_chair")),
        col(Officer.since) <= at,
    )
    for office in session.exec(query):
        if (office.until is None or office.until > at) and office.committee_id in roles:
            roles[office.committee_id].add(CHAIR)
    return roles


def _due(session: Session) -> dict[tuple[str, str], DateTime]:
    """The next open deadline of each owner of this domain."""
    query = (
        select(Deadline)
        .where(
            col(Deadline.is_open).is_(True),
            col(Deadline.owner_kind).in_(
                ("action", "decision", "minutes", "meeting", "committee", "consultation")
            ),
        )
        .order_by(col(Deadline.due_at))
    )
    due: dict[tuple[str, str], DateTime] = {}
    for each in session.exec(query):
        due.setdefault((each.owner_kind, each.owner_id), each.due_at)
    return due


def _of_minutes(
    session: Session, known: Mapping[str, Committee], due: Mapping[tuple[str, str], DateTime]
) -> list[tuple[str, Waits]]:
    query = (
        select(Minutes, Meeting)
        .join(Meeting, col(Meeting.id) == col(Minutes.meeting_id))
        .where(col(Minutes.committee_id).in_(known), col(Minutes.state).in_(MINUTES))
    )
    return [
        (
            MINUTES[each.state][0],
            Waits(
                "minutes",
                each.id,
                known[each.committee_id],
                meeting.reference,
                MINUTES[each.state][1],
                due.get(("minutes", each.id))
                or due.get(("consultation", each.consultation_id or "")),
            ),
        )
        for each, meeting in session.exec(query)
    ]


def _of_meetings(
    meetings: Iterable[Meeting], known: Mapping[str, Committee]
) -> list[tuple[str, Waits]]:
    return [
        (
            MEETINGS[each.state][0],
            Waits(
                "meeting",
                each.id,
                known[each.committee_id],
                each.reference,
                MEETINGS[each.state][1],
                each.starts_at,
            ),
        )
        for each in meetings
        if each.state in MEETINGS
    ]


def _of_actions(
    session: Session,
    known: Mapping[str, Committee],
    due: Mapping[tuple[str, str], DateTime],
    actor: Actor,
) -> list[tuple[str, Waits]]:
    """Actions wait for their owner, and once reported for the secretary."""
    found = []
    for action, owner in open_actions(session, list(known)):
        mine = action.owner_id is not None and action.owner_id == actor.person_id
        reported = action.state == "reported"
        role = SECRETARY if reported else "me" if mine else ""
        waits = Waits(
            "action",
            action.id,
            known[action.committee_id],
            action.text,
            "verify" if reported else "do",
            due.get(("action", action.id)),
            owner,
        )
        found.append((role, waits))
    return found


def _clocks(
    session: Session, known: Mapping[str, Committee], due: Mapping[tuple[str, str], DateTime]
) -> list[Waits]:
    """Every deadline that runs in these bodies, whoever it runs for."""
    found = []
    for model, kind in OWNED:
        ids = [id_ for owner, id_ in due if owner == kind]
        rows = session.exec(select(model).where(col(model.id).in_(ids))) if ids else ()
        found += [
            Waits(kind, each.id, known[each.committee_id], _named(each), kind, due[(kind, each.id)])
            for each in rows
            if each.committee_id in known
        ]
    meetings = [id_ for owner, id_ in due if owner == "meeting"]
    for meeting in session.exec(select(Meeting).where(col(Meeting.id).in_(meetings))):
        if meeting.committee_id in known:
            at = due[("meeting", meeting.id)]
            body = known[meeting.committee_id]
            found.append(Waits("meeting", meeting.id, body, meeting.reference, "meeting", at))
    found += [
        Waits("committee", each.id, each, "", "committee", due[("committee", each.id)])
        for each in known.values()
        if ("committee", each.id) in due
    ]
    return found


def _named(row: Action | Decision | Minutes) -> str:
    if isinstance(row, Action):
        return row.text
    return row.number if isinstance(row, Decision) else ""


def _ordered(found: Iterable[Waits]) -> tuple[Waits, ...]:
    return tuple(
        sorted(found, key=lambda each: (each.due_at is None, each.due_at or DateTime.max, each.id))
    )


def tell_desk(desk: Desk) -> dict[str, Any]:
    """The desk as plain data; each instant in the zone of its body."""
    lines = {"me": desk.me, "others": desk.others, "clocks": desk.clocks}
    return {
        **{key: [_told(each) for each in found] for key, found in lines.items()},
        "bodies": [
            {"body": body.key, "next_meeting": meeting.reference if meeting else None}
            for body, meeting in desk.bodies
        ],
    }


def _told(waits: Waits) -> dict[str, Any]:
    at = waits.due_at
    return {
        "kind": waits.kind,
        "id": waits.id,
        "body": waits.committee.key,
        "what": waits.what,
        "act": waits.act,
        "due_at": local(at, waits.committee.zone).isoformat() if at else None,
        "who": waits.who,
    }
