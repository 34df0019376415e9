"""What screens read of bodies. Who may see what is asked in the query, not filtered after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pendulum import DateTime
from sqlalchemy import ColumnElement, false, func, or_, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from governance.access.actor import Actor, Level
from governance.committees.after.lifecycle import ActionLifecycle
from governance.committees.after.models import Action, Decision
from governance.committees.authority import COMMITTEE_SECRETARY, SIGNED_IN
from governance.committees.meeting.models import Meeting
from governance.committees.minutes.models import Minutes
from governance.committees.models import Committee, Leave, Mandate, Officer, Seat, Sitting
from governance.lifecycle import finals
from governance.people.models import Person
from governance.refusals import Reason, Refused, refuse

SEE_ALL = frozenset({COMMITTEE_SECRETARY, "auditor", "administrator"})
PAGE = 50


@dataclass(frozen=True)
class Held:
    """A seat with whoever holds it now, and the leave that it is on."""

    seat: Seat
    sitting: Sitting | None
    person: Person | None
    alternates: tuple[Person, ...] = ()
    leave: Leave | None = None


@dataclass(frozen=True)
class BodyFile:
    """Everything that the page of a body shows, read in a fixed number of queries."""

    committee: Committee
    parent: Committee | None
    children: tuple[Committee, ...]
    mandate: Mandate | None
    mandates: int
    seats: tuple[Held, ...]
    officers: tuple[tuple[Officer, Person], ...]
    meetings: tuple[Meeting, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[tuple[Action, str], ...]
    minutes: dict[str, Minutes]


def sees_all(actor: Actor) -> bool:
    """Whether an actor may see every body whole: secretaries and audit, and the operator."""
    return (actor.level in SIGNED_IN and bool(actor.roles & SEE_ALL)) or (
        actor.level == Level.OPERATOR
    )


def may_see(actor: Actor, at: DateTime) -> ColumnElement[bool]:
    """Which bodies an actor may see. The one rule of pages, API and command line.

    Secretaries of committees, audit, administrators and the operator: all. Whoever is signed in:
    those that are open, and those in which they sit or hold an office now.
    """
    if sees_all(actor):
        return true()
    if actor.level not in SIGNED_IN or actor.person_id is None:
        return false()
    serves = select(Officer.committee_id).where(
        col(Officer.person_id) == actor.person_id,
        col(Officer.since) <= at,
        or_(col(Officer.until).is_(None), col(Officer.until) > at),
    )
    return or_(
        col(Committee.access) == "open",
        col(Committee.id).in_(sits_in(actor, at)),
        col(Committee.id).in_(serves),
    )


def bodies(session: Session, actor: Actor, at: DateTime) -> list[Committee]:
    """The bodies that the actor may see, by name of their key."""
    query = select(Committee).where(may_see(actor, at)).order_by(col(Committee.key))
    return list(session.exec(query))


def body_by_key(session: Session, actor: Actor, key: str, at: DateTime) -> Committee:
    """The body of a key. Refused alike where there is none and where it is not for them."""
    query = select(Committee).where(
        or_(col(Committee.key) == key.lower(), col(Committee.id) == key), may_see(actor, at)
    )
    found = session.exec(query).first()
    if found is None:
        raise no_such_body(key)
    return found


def no_such_body(key: str) -> Refused:
    """For a body that is not there, or not for this reader's eyes."""
    return refuse(
        'there is no body "{key}" that you may see',
        rule="known_body",
        cure="Open it from the list of bodies.",
        reason=Reason.MISSING,
        key=key[:60],
    )


def body_file(session: Session, actor: Actor, key: str, at: DateTime) -> BodyFile:
    """A body with its mandate, seats, officers, meetings, decisions and open actions."""
    committee = body_by_key(session, actor, key, at)
    parent = session.get(Committee, committee.parent_id) if committee.parent_id else None
    children = select(Committee).where(col(Committee.parent_id) == committee.id, may_see(actor, at))
    mandates = list(
        session.exec(
            select(Mandate)
            .where(col(Mandate.committee_id) == committee.id)
            .order_by(col(Mandate.version).desc())
        )
    )
    meetings = meetings_of(session, [committee.id])
    return BodyFile(
        committee=committee,
        parent=parent,
        children=tuple(session.exec(children.order_by(col(Committee.key)))),
        mandate=next((each for each in mandates if each.approved_at is not None), None),
        mandates=len(mandates),
        seats=tuple(seats_of(session, committee.id, at)),
        officers=tuple(officers_of(session, committee.id, at)),
        meetings=tuple(meetings),
        decisions=tuple(register(session, actor, at, committee_id=committee.id)),
        actions=tuple(open_actions(session, [committee.id])),
        minutes=minutes_of(session, [each.id for each in meetings]),
    )


def seats_of(session: Session, committee_id: str, at: DateTime) -> list[Held]:
    """The seats of a body in their order, each with its holder, alternates and leave."""
    seats = session.exec(
        select(Seat)
        .where(col(Seat.committee_id) == committee_id, col(Seat.state) != "abolished")
        .order_by(col(Seat.position), col(Seat.key))
    ).all()
    sitting = session.exec(
        select(Sitting, Person)
        .join(Person, col(Person.id) == col(Sitting.person_id))
        .where(
            col(Sitting.committee_id) == committee_id,
            col(Sitting.since) <= at,
            or_(col(Sitting.until).is_(None), col(Sitting.until) > at),
        )
    ).all()
    leaves = session.exec(
        select(Leave).where(
            col(Leave.committee_id) == committee_id,
            col(Leave.since) <= at,
            or_(col(Leave.until).is_(None), col(Leave.until) > at),
        )
    ).all()
    on_leave = {each.seat_id: each for each in leaves}
    return [_held(each, sitting, on_leave.get(each.id)) for each in seats]


def _held(seat: Seat, sitting: Iterable[tuple[Sitting, Person]], leave: Leave | None) -> Held:
    mine = [(row, person) for row, person in sitting if row.seat_id == seat.id]
    holder = next((each for each in mine if each[0].role == "holder"), None)
    others = tuple(person for row, person in mine if row.role != "holder")
    sits, person = holder or (None, None)
    return Held(seat, sits, person, others, leave)


def officers_of(session: Session, committee_id: str, at: DateTime) -> list[tuple[Officer, Person]]:
    """Who holds an office of the body at an instant, in the order of succession."""
    query = (
        select(Officer, Person)
        .join(Person, col(Person.id) == col(Officer.person_id))
        .where(
            col(Officer.committee_id) == committee_id,
            col(Officer.since) <= at,
            or_(col(Officer.until).is_(None), col(Officer.until) > at),
        )
        .order_by(col(Officer.rank), col(Officer.office))
    )
    return list(session.exec(query))


def meetings_of(session: Session, committees: Sequence[str]) -> list[Meeting]:
    """The newest meetings of some bodies, the latest first."""
    query = select(Meeting).where(col(Meeting.committee_id).in_(committees))
    return list(session.exec(query.order_by(col(Meeting.starts_at).desc()).limit(PAGE)))


def minutes_of(session: Session, meetings: Sequence[str]) -> dict[str, Minutes]:
    """The minutes of some meetings, by meeting."""
    query = select(Minutes).where(col(Minutes.meeting_id).in_(meetings))
    return {each.meeting_id: each for each in session.exec(query)}


def open_actions(session: Session, committees: Sequence[str]) -> list[tuple[Action, str]]:
    """The actions that are still open, the next day first, each with its owner's name."""
    query = (
        select(Action, Person)
        .join(Person, col(Person.id) == col(Action.owner_id), isouter=True)
        .where(
            col(Action.committee_id).in_(committees),
            col(Action.state).not_in(finals(ActionLifecycle)),
        )
        .order_by(col(Action.due_on).is_(None), col(Action.due_on), col(Action.number))
    )
    return [
        (action, action.owner_name or (person.name if person else ""))
        for action, person in session.exec(query.limit(PAGE * 4))
    ]


def register(  # noqa: PLR0913 -- the filters of a list, by name
    session: Session,
    actor: Actor,
    at: DateTime,
    *,
    committee_id: str = "",
    state: str = "",
    search: str = "",
    older_than: str = "",
) -> list[Decision]:
    """A page of the register, the newest first: decisions of bodies that the actor may see.

    Closed decisions are for whoever sits in the body. `older_than` is the identifier of a
    decision; `search` looks in numbers, titles and texts.
    """
    query = (
        select(Decision)
        .join(Committee, col(Committee.id) == col(Decision.committee_id))
        .where(may_see(actor, at))
    )
    if not sees_all(actor):
        query = query.where(
            or_(col(Decision.access) == "open", col(Decision.committee_id).in_(sits_in(actor, at)))
        )
    if committee_id:
        query = query.where(col(Decision.committee_id) == committee_id)
    if state:
        query = query.where(col(Decision.state) == state)
    if search:
        wanted = search.lower()
        query = query.where(
            or_(
                *(
                    func.lower(column).contains(wanted, autoescape=True)
                    for column in (Decision.number, Decision.title, Decision.text)
                )
            )
        )
    last = session.get(Decision, older_than) if older_than else None
    if last is not None:
        before = (col(Decision.taken_at) < last.taken_at) | (
            (col(Decision.taken_at) == last.taken_at) & (col(Decision.id) < last.id)
        )
        query = query.where(before)
    ordered = query.order_by(col(Decision.taken_at).desc(), col(Decision.id).desc())
    return list(session.exec(ordered.limit(PAGE)))


def sits_in(actor: Actor, at: DateTime) -> SelectOfScalar[str]:
    """The bodies in which the actor has a seat at an instant."""
    return select(Sitting.committee_id).where(
        col(Sitting.person_id) == actor.person_id,
        col(Sitting.since) <= at,
        or_(col(Sitting.until).is_(None), col(Sitting.until) > at),
    )
