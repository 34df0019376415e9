"""What of a body can be searched for, and who finds it: each row as a thing with its words.

Kept in the act that writes the row. What belongs to a closed item is found inside the body only;
minutes have two texts, the whole for the body, and once adopted the public edition for others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session, col, select

from governance.committees.after.models import Action, Decision
from governance.committees.meeting.models import AgendaItem, Meeting
from governance.committees.minutes.lifecycle import ADOPTED
from governance.committees.minutes.models import Minutes, MinutesText
from governance.committees.minutes.text import public_edition
from governance.committees.models import Committee, Mandate
from governance.record.seeking import INSIDE, OPEN, Thing, keep


def keep_body(session: Session, committee: Committee) -> None:
    """A body, by its key, its title and its mandate in force."""
    query = (
        select(Mandate.text)
        .where(col(Mandate.committee_id) == committee.id, col(Mandate.approved_at).is_not(None))
        .order_by(col(Mandate.version).desc())
    )
    texts = tuple(_said(each) for each in session.exec(query.limit(1)))
    keep(
        session,
        Thing("body", committee.id, committee.id, committee.key, committee.title,
              committee.created_at, place=committee.key, texts=texts),
    )  # fmt: skip


def keep_meeting(session: Session, meeting: Meeting) -> None:
    """A meeting, by its reference, its title and its place."""
    keep(
        session,
        Thing("meeting", meeting.id, meeting.committee_id, meeting.reference, meeting.title,
              meeting.starts_at, place=meeting.id, texts=(meeting.place,)),
    )  # fmt: skip


def keep_item(session: Session, meeting: Meeting, item: AgendaItem) -> None:
    """An item of an agenda, by its title; a closed one inside the body only."""
    keep(
        session,
        Thing("item", item.id, meeting.committee_id, meeting.reference, item.title,
              item.proposed_at, _access(item.access), place=meeting.id),
    )  # fmt: skip


def keep_decision(session: Session, decision: Decision) -> None:
    """A decision, by its number, its other names, its title and text."""
    keep(
        session,
        Thing("decision", decision.id, decision.committee_id, decision.number,
              {"": decision.title}, decision.taken_at, _access(decision.access),
              place=decision.id, texts=(*decision.aliases, decision.text)),
    )  # fmt: skip


def keep_action(session: Session, committee: Committee, action: Action) -> None:
    """An action, by its text; of a closed item or decision inside the body only."""
    item = session.get(AgendaItem, action.item_id) if action.item_id else None
    decision = session.get(Decision, action.decision_id) if action.decision_id else None
    closed = any(each is not None and each.access != OPEN for each in (item, decision))
    keep(
        session,
        Thing("action", action.id, committee.id, f"{committee.key}/{action.number}",
              {"": action.text}, action.opened_at, INSIDE if closed else OPEN,
              place=committee.key),
    )  # fmt: skip


def keep_minutes(session: Session, minutes: Minutes, text: MinutesText | None = None) -> None:
    """Minutes, by every word of their newest text; once adopted, the public one for others."""
    meeting = session.get_one(Meeting, minutes.meeting_id)
    text = text or _newest(session, minutes)
    if text is None:
        return
    editions = [("", INSIDE, text.blocks)]
    if minutes.state in ADOPTED:
        editions.append(("public", OPEN, public_edition(text.blocks)))
    for edition, access, blocks in editions:
        keep(
            session,
            Thing("minutes", minutes.id, minutes.committee_id, meeting.reference, meeting.title,
                  text.at, access, edition, minutes.id, tuple(_texts(blocks))),
        )  # fmt: skip


def _newest(session: Session, minutes: Minutes) -> MinutesText | None:
    query = select(MinutesText).where(
        col(MinutesText.minutes_id) == minutes.id,
        col(MinutesText.version) == minutes.version,
        col(MinutesText.edition) == "full",
    )
    return session.exec(query).first()


def _texts(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """What a reader reads in minutes: titles, paragraphs, motions, decisions, actions."""
    for each in blocks:
        for name in ("title", "text", "motion_text", "decision_text", "what"):
            if isinstance(each.get(name), str):
                yield each[name]


def _access(access: str) -> str:
    return OPEN if access == OPEN else INSIDE


def _said(text: str | Mapping[str, str]) -> str:
    return text if isinstance(text, str) else " ".join(text.values())


def keep_all(session: Session) -> int:
    """Everything that is there, anew; how many things there are."""
    count = 0
    bodies = {each.id: each for each in session.exec(select(Committee))}
    meetings = {each.id: each for each in session.exec(select(Meeting))}
    for body in bodies.values():
        keep_body(session, body)
    for meeting in meetings.values():
        keep_meeting(session, meeting)
    for item in session.exec(select(AgendaItem)):
        keep_item(session, meetings[item.meeting_id], item)
        count += 1
    for decision in session.exec(select(Decision)):
        keep_decision(session, decision)
        count += 1
    for action in session.exec(select(Action)):
        keep_action(session, bodies[action.committee_id], action)
        count += 1
    for minutes in session.exec(select(Minutes)):
        keep_minutes(session, minutes)
        count += 1
    return count + len(bodies) + len(meetings)
