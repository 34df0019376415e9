"""What waits in bodies, kind by kind: for whom, for which act, until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.committees.after.models import Action, Decision
from governance.committees.lifecycle import CHAIR, SECRETARY
from governance.committees.local import local_day
from governance.committees.meeting.models import Meeting
from governance.committees.meeting.timing import AGENDA, NOTICE
from governance.committees.meeting.timing import MINUTES as MINUTES_DUE
from governance.committees.messages import messages_for
from governance.committees.minutes.models import Minutes
from governance.committees.models import Committee
from governance.committees.queries import open_actions
from governance.committees.sittings import begins
from governance.committees.vacancies import vacancies_of
from governance.committees.watching import REVIEWED
from governance.house import House

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


EVENTS: Mapping[str, str] = {
    "convene": NOTICE,
    "circulate_agenda": AGENDA,
    "draft": MINUTES_DUE,
    "finish": MINUTES_DUE,
}
REVIEW_MONTHS = 6
# Where the clocks of a body itself lead: to its seats, or to its mandate.
CLOCKS: Mapping[str, str] = {"terms": "terms", "vacancies": "terms"}


OWNED: tuple[tuple[Any, str], ...] = (
    (Action, "action"),
    (Decision, "decision"),
    (Minutes, "minutes"),
)


@dataclass(frozen=True)
class Waits:
    """One thing that waits. `act` says for what; `who` by whom, where it is not the reader.

    `begins`: from when on it is so, where it is not so yet.
    """

    kind: str
    id: str
    committee: Committee
    what: str
    act: str
    due_at: DateTime | None = None
    who: str = ""
    rule: str = ""
    begins: DateTime | None = None


def of_minutes(
    session: Session,
    known: Mapping[str, Committee],
    due: Mapping[tuple[str, str], DateTime],
    events: Mapping[tuple[str, str], DateTime],
) -> list[tuple[str, Waits]]:
    """Minutes wait for their secretary, their chair, or whoever may ask for corrections."""
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
                or due.get(("consultation", each.consultation_id or ""))
                or events.get((meeting.id, EVENTS.get(MINUTES[each.state][1], ""))),
            ),
        )
        for each, meeting in session.exec(query)
    ]


def of_meetings(
    meetings: Iterable[Meeting],
    known: Mapping[str, Committee],
    events: Mapping[tuple[str, str], DateTime],
) -> list[tuple[str, Waits]]:
    """Meetings wait for their next act, until the deadline that it has."""
    return [
        (
            MEETINGS[each.state][0],
            Waits(
                "meeting",
                each.id,
                known[each.committee_id],
                each.reference,
                MEETINGS[each.state][1],
                events.get((each.id, EVENTS.get(MEETINGS[each.state][1], "")), each.starts_at),
            ),
        )
        for each in meetings
        if each.state in MEETINGS
    ]


def of_actions(
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


def of_seats(
    session: Session, known: Mapping[str, Committee], at: DateTime, house: House | None
) -> list[tuple[str, Waits]]:
    """Vacant seats wait for the secretary: an appointment to be launched, or an election."""
    return [
        (
            SECRETARY,
            Waits(
                "seat",
                each.seat.id,
                each.committee,
                each.seat.title.get("en") or each.seat.key,
                "fill" if each.by_appointment else "elect",
                each.due_at,
                rule=each.way.article,
                begins=each.since if each.since > at else None,
            ),
        )
        for each in vacancies_of(house, session, list(known.values()), at)
        if not each.is_under_way
    ]


def of_mandates(known: Mapping[str, Committee], at: DateTime) -> list[tuple[str, Waits]]:
    """A mandate that ends soon, and a body that has not met for long, are to be reviewed."""
    found = []
    for body in known.values():
        if body.state not in ("active", "dormant"):
            continue
        sunset = body.sunset_on
        soon = local_day(at.add(months=REVIEW_MONTHS), body.zone)
        ends = begins(body, sunset + timedelta(days=1), at) if sunset and sunset <= soon else None
        if ends is not None or any(body.facts.get(each) for each in REVIEWED):
            waits = Waits("committee", body.id, body, body.key, "review_mandate", ends)
            found.append((SECRETARY, waits))
    return found


def of_crises(
    session: Session,
    known: Mapping[str, Committee],
    roles: Mapping[str, set[str]],
    due: Mapping[tuple[str, str], DateTime],
) -> list[tuple[str, Waits]]:
    """Expedited decisions wait for the parent of the body, or for the body itself."""
    query = select(Decision).where(
        col(Decision.committee_id).in_(known),
        col(Decision.confirm_by).is_not(None),
        col(Decision.confirmed_at).is_(None),
        col(Decision.ended_at).is_(None),
    )
    found = []
    for each in session.exec(query):
        body = known[each.committee_id]
        mine = roles.get(body.parent_id or body.id, set()) & {SECRETARY, CHAIR}
        at = due.get(("decision", each.id), each.confirm_by)
        waits = Waits("decision", each.id, body, each.number, "confirm", at)
        found.append(("me" if mine else "", waits))
    return found


def of_messages(session: Session, actor: Actor) -> list[tuple[str, Waits]]:
    """Messages of crisis teams that the reader has not read."""
    return [
        ("me", Waits("message", line.id, body, body.key, "read_message"))
        for line, body, reading in messages_for(session, actor)
        if reading.read_at is None
    ]


def clocks_of(
    session: Session,
    known: Mapping[str, Committee],
    due: Mapping[tuple[str, str], DateTime],
    events: Mapping[tuple[str, str], DateTime],
) -> list[Waits]:
    """Every deadline that runs in these bodies, whoever it runs for.

    Those of a body itself bear its event, such as `terms`, and are done at the page of that name.
    """
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
        Waits("committee", id_, known[id_], event, CLOCKS.get(event, "committee"), at)
        for (id_, event), at in events.items()
        if id_ in known
    ]
    return found


def _named(row: Action | Decision | Minutes) -> str:
    if isinstance(row, Action):
        return row.text
    return row.number if isinstance(row, Decision) else ""
