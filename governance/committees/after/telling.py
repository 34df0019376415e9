"""Decisions and actions as plain data, for the command line and the API alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pendulum import DateTime
from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.committees.after.lifecycle import ActionLifecycle
from governance.committees.after.models import Action, Decision
from governance.committees.local import local_day
from governance.committees.meeting.models import AgendaItem
from governance.committees.models import Committee
from governance.committees.queries import PAGE, body_by_key, may_see, register, sees_all, sits_in
from governance.lifecycle import finals, ways_on
from governance.people.models import Person
from governance.refusals import Reason, Refused, refuse

Plain = dict[str, Any]


def tell_decisions(  # noqa: PLR0913 -- the filters of a list, by name
    session: Session,
    actor: Actor,
    at: DateTime,
    *,
    body: str = "",
    state: str = "",
    search: str = "",
    older_than: str = "",
) -> list[Plain]:
    """A page of the register, the newest first. Raises Refused for a body that is not there."""
    committee = body_by_key(session, actor, body, at).id if body else ""
    found = register(
        session,
        actor,
        at,
        committee_id=committee,
        state=state,
        search=search,
        older_than=older_than,
    )
    keys = _keys(session, found)
    return [tell_decision(each, keys[each.committee_id]) for each in found]


def tell_decision(decision: Decision, body: str) -> Plain:
    """A decision as the register has it."""
    return {
        "id": decision.id,
        "body": body,
        "number": decision.number,
        "aliases": decision.aliases,
        "title": decision.title,
        "text": decision.text,
        "state": decision.state,
        "how": decision.how,
        "access": decision.access,
        "taken_at": decision.taken_at.isoformat(),
        "effective_on": _day(decision.effective_on),
        "expires_on": _day(decision.expires_on),
        "confirm_by": decision.confirm_by.isoformat() if decision.confirm_by else None,
        "confirmed": decision.confirmed_at is not None,
        "supersedes": decision.supersedes,
        "superseded_by": decision.superseded_by,
    }


def show_decision(session: Session, actor: Actor, at: DateTime, decision: Decision) -> Plain:
    """One decision with its rule, its outcome and the actions that carry it out."""
    body = session.get_one(Committee, decision.committee_id).key
    mine = col(Action.decision_id) == decision.id
    return {
        **tell_decision(decision, body),
        "rule": decision.rule,
        "outcome": decision.outcome,
        "actions": [_plain(*row, at) for row in _actions(session, actor, at, mine)],
    }


def decision_named(
    session: Session, actor: Actor, at: DateTime, name: str, body: str = ""
) -> Decision:
    """A decision by its identifier, its number or another name of it.

    Raises Refused where there is none for these eyes, or the same number in several bodies.
    """
    numbered = col(Decision.number) == name.strip()
    if body:
        numbered &= col(Decision.committee_id) == body_by_key(session, actor, body, at).id
    found = decisions_seen(session, actor, at, or_(numbered, col(Decision.id) == name.strip()))
    if not found and body:
        mine = col(Decision.committee_id) == body_by_key(session, actor, body, at).id
        every = decisions_seen(session, actor, at, mine)
        found = [each for each in every if name.strip() in each.aliases]
    if len(found) > 1:
        raise refuse(
            'several bodies have a decision "{name}"',
            rule="one_decision",
            cure="Say of which body.",
            where="body",
            reason=Reason.INPUT,
            name=name[:60],
        )
    if not found:
        raise _missing("decision", name)
    return found[0]


def decisions_seen(
    session: Session, actor: Actor, at: DateTime, which: ColumnElement[bool]
) -> list[Decision]:
    """Decisions of bodies that the actor may see; those that are not open, for who sits there."""
    query = (
        select(Decision)
        .join(Committee, col(Committee.id) == col(Decision.committee_id))
        .where(may_see(actor, at), which)
    )
    if not sees_all(actor):
        open_ = col(Decision.access) == "open"
        query = query.where(or_(open_, col(Decision.committee_id).in_(sits_in(actor, at))))
    return list(session.exec(query))


def tell_actions(  # noqa: PLR0913 -- the filters of a list, by name
    session: Session,
    actor: Actor,
    at: DateTime,
    *,
    body: str = "",
    state: str = "",
    mine: bool = False,
    ended: bool = False,
) -> list[Plain]:
    """The actions that the actor may see, the next day first; ended ones only where asked for."""
    wanted: list[ColumnElement[bool]] = []
    if body:
        wanted.append(col(Action.committee_id) == body_by_key(session, actor, body, at).id)
    if state:
        wanted.append(col(Action.state) == state)
    elif not ended:
        wanted.append(col(Action.state).not_in(finals(ActionLifecycle)))
    if mine:
        wanted.append(col(Action.owner_id) == actor.person_id)
    return [_plain(*row, at) for row in _actions(session, actor, at, *wanted)]


def show_action(session: Session, actor: Actor, at: DateTime, action: Action) -> Plain:
    """One action with what may be done with it."""
    (row,) = _actions(session, actor, at, col(Action.id) == action.id)
    return {**_plain(*row, at), "steps": sorted(ways_on(ActionLifecycle, action.state))}


def action_named(session: Session, actor: Actor, at: DateTime, body: str, name: str) -> Action:
    """An action of a body by its number, or by its identifier. Raises Refused where not seen."""
    wanted = col(Action.id) == name.strip()
    if body and name.strip().isdecimal() and len(name.strip()) <= len(str(PAGE)) + 4:
        committee = body_by_key(session, actor, body, at).id
        wanted = (col(Action.committee_id) == committee) & (col(Action.number) == int(name))
    found = _actions(session, actor, at, wanted)
    if not found:
        raise _missing("action", name)
    return found[0][0]


Row = tuple[Action, Committee, Person | None]


def _actions(
    session: Session, actor: Actor, at: DateTime, *wanted: ColumnElement[bool]
) -> Sequence[Row]:
    """Actions of bodies that the actor may see; of items that are not open, for who sits there."""
    query = (
        select(Action, Committee, Person)
        .join(Committee, col(Committee.id) == col(Action.committee_id))
        .join(Person, col(Person.id) == col(Action.owner_id), isouter=True)
        .where(*wanted)
    )
    if not sees_all(actor):
        closed = select(AgendaItem.id).where(col(AgendaItem.access) != "open")
        said = or_(col(Action.item_id).is_(None), col(Action.item_id).not_in(closed))
        here = col(Action.committee_id).in_(sits_in(actor, at))
        mine = col(Action.owner_id) == actor.person_id
        query = query.where(or_(mine, here, may_see(actor, at) & said))
    soonest = (col(Action.due_on).is_(None), col(Action.due_on), col(Action.number))
    rows = session.exec(query.order_by(*soonest).limit(PAGE * 4))
    return [(action, committee, owner) for action, committee, owner in rows]


def _plain(action: Action, committee: Committee, owner: Person | None, at: DateTime) -> Plain:
    over = local_day(at, committee.zone)
    return {
        "id": action.id,
        "body": committee.key,
        "number": action.number,
        "text": action.text,
        "owner": action.owner_name or (owner.name if owner else ""),
        "state": action.state,
        "due_on": _day(action.due_on),
        "first_due_on": _day(action.first_due_on),
        "extensions": action.extensions,
        "late": action.due_on is not None and action.ended_at is None and action.due_on < over,
        "progress": action.progress,
        "opened_at": action.opened_at.isoformat(),
        "ended_at": action.ended_at.isoformat() if action.ended_at else None,
    }


def _keys(session: Session, decisions: Sequence[Decision]) -> dict[str, str]:
    ids = {each.committee_id for each in decisions}
    query = select(Committee.id, Committee.key).where(col(Committee.id).in_(ids))
    return dict(session.exec(query).all())


def _missing(what: str, name: str) -> Refused:
    return refuse(
        'there is no {what} "{name}" that you may see',
        rule="known_name",
        cure="See which there are: {command}.",
        reason=Reason.MISSING,
        what=what,
        name=name[:60],
        command=f"mandate {what} list",
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
