"""A body or a meeting by the name that people use for it, as far as one may see it."""

from __future__ import annotations

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.committees.meeting.models import Meeting
from governance.committees.models import Committee
from governance.committees.queries import may_see as visible
from governance.refusals import Reason, Refused, refuse


def may_see(session: Session, committee: Committee, actor: Actor, at: DateTime) -> bool:
    """Whether an actor may see a body: the rule of lists and pages, asked of one."""
    query = select(Committee.id).where(col(Committee.id) == committee.id, visible(actor, at))
    return session.exec(query).first() is not None


def committee_named(session: Session, key: str, actor: Actor, at: DateTime) -> Committee:
    """A body by its key. Not there and not for these eyes sound the same."""
    query = select(Committee).where(col(Committee.key) == key.strip().lower())
    found = session.exec(query).first()
    if found is None or not may_see(session, found, actor, at):
        raise _missing("body", key, "mandate committee list")
    return found


def meeting_named(session: Session, reference: str, actor: Actor, at: DateTime) -> Meeting:
    """A meeting by its reference. Not there and not for these eyes sound the same."""
    query = select(Meeting).where(col(Meeting.reference) == reference.strip().lower())
    found = session.exec(query).first()
    if found is None or not may_see(
        session, session.get_one(Committee, found.committee_id), actor, at
    ):
        raise _missing("meeting", reference, "mandate meeting list")
    return found


def _missing(what: str, name: str, command: str) -> Refused:
    return refuse(
        'there is no {what} "{name}" that you may see',
        rule="known_name",
        cure="See which there are: {command}.",
        reason=Reason.MISSING,
        what=what,
        name=name[:60],
        command=command,
    )
