"""By which authority acts on a body are done: secretary, chair, member, owner, clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.access.actor import Actor, Level
from governance.acts import Moment
from governance.committees.lifecycle import CHAIR, CLOCK, MEMBER, PARENT, SECRETARY
from governance.committees.models import Committee, Officer, Seat, Sitting
from governance.lifecycle import Lifecycle
from governance.refusals import Reason, Refused, refuse

COMMITTEE_SECRETARY = "committee_secretary"
OFFICES = {"chair": CHAIR, "acting_chair": CHAIR, "secretary": SECRETARY}
SIGNED_IN = frozenset({Level.SESSION, Level.FRESH})


def roles_in(session: Session, committee_id: str, actor: Actor, at: DateTime) -> frozenset[str]:
    """What an actor is in a body at an instant: secretary, chair, member; `clock` for nobody.

    Whoever has a shell on the installation enters what a body did; the record says `operator`.
    """
    if actor.is_clock:
        return frozenset({CLOCK})
    if actor.level == Level.OPERATOR:
        return frozenset({SECRETARY, CHAIR})
    if actor.person_id is None or actor.level not in SIGNED_IN:
        return frozenset()
    offices = select(Officer.office).where(
        col(Officer.committee_id) == committee_id,
        col(Officer.person_id) == actor.person_id,
        col(Officer.since) <= at,
        or_(col(Officer.until).is_(None), col(Officer.until) > at),
    )
    found = {OFFICES[each] for each in session.exec(offices) if each in OFFICES}
    if COMMITTEE_SECRETARY in actor.roles:
        found.add(SECRETARY)
    if seats_of(session, committee_id, actor.person_id, at):
        found.add(MEMBER)
    return frozenset(found)


def roles_with_parent(
    session: Session, committee: Committee, actor: Actor, at: DateTime, *, alone: bool = False
) -> frozenset[str]:
    """The same, and `parent` for the secretary and the chair of the body above.

    `alone`: where no body is above, its own secretary and chair stand for the parent.
    """
    above = held = roles_in(session, committee.id, actor, at)
    if committee.parent_id is not None:
        above = roles_in(session, committee.parent_id, actor, at)
    elif not alone:
        return held
    return held | {PARENT} if above & {SECRETARY, CHAIR} else held


def seats_of(session: Session, committee_id: str, person_id: str, at: DateTime) -> list[Seat]:
    """The member seats on which a person sits at an instant, as holder or alternate."""
    query = (
        select(Seat)
        .join(Sitting, col(Sitting.seat_id) == col(Seat.id))
        .where(
            col(Sitting.committee_id) == committee_id,
            col(Sitting.person_id) == person_id,
            col(Seat.capacity) == "member",
            col(Sitting.since) <= at,
            or_(col(Sitting.until).is_(None), col(Sitting.until) > at),
        )
        .order_by(col(Seat.position), col(Seat.key))
    )
    return list(session.exec(query))


def by(
    chart: type[Lifecycle], event: str, committee_of: Callable[[Any], str]
) -> Callable[[Moment, Any, Any], str]:
    """The authority of a verb: whoever the chart names for the event, in the subject's body."""

    def authority(moment: Moment, subject: Any, _: Any) -> str:
        wanted = chart.authority[event]
        held = roles_in(moment.session, committee_of(subject), moment.actor, moment.now)
        role = next(iter(sorted(held & wanted)), None)
        if role is None:
            raise not_for_them(wanted)
        return f"role:{role}"

    return authority


def for_roles(*roles: str) -> Callable[[Moment, Committee | None, Any], str]:
    """The authority of a verb on the body itself that has no chart of its own."""

    def authority(moment: Moment, committee: Committee | None, _: Any) -> str:
        assert committee is not None  # noqa: S101 -- the door locks the subject first
        held = roles_in(moment.session, committee.id, moment.actor, moment.now)
        role = next(iter(sorted(held & set(roles))), None)
        if role is None:
            raise not_for_them(roles)
        return f"role:{role}"

    return authority


def only_the_clock(moment: Moment, _: object, __: object) -> str:
    """What happens by time is nobody's act."""
    if moment.actor.is_clock:
        return "clock"
    raise not_for_them({"clock"})


def not_for_them(roles: Iterable[str]) -> Refused:
    """For an act that others do in this body."""
    return refuse(
        "in this body, this is done by: {roles}",
        rule="role_in_the_body",
        article="Mandate, roles",
        cure="Sign in as one of them, or ask one.",
        reason=Reason.AUTHORITY,
        roles=", ".join(sorted(each.replace("_", " ") for each in roles)),
    )
