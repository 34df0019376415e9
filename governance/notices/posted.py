"""A person's daily mail was taken by the mail server."""

from __future__ import annotations

from dataclasses import dataclass

from governance.acts import Moment, Verb, Written
from governance.people.models import Person
from governance.record.models import Outbox
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Posted:
    """The key of the notice that was handed over."""

    key: str


def the_clock(moment: Moment, _: Person | None, __: Posted) -> str:
    """Nobody: the post has taken it."""
    if moment.actor.is_clock:
        return "clock"
    raise refuse(
        "this happens by itself when its time comes",
        rule="only_the_clock",
        cure="Wait for it.",
        reason=Reason.AUTHORITY,
    )


def handed_over(moment: Moment, person: Person | None, given: Posted) -> Written[Person] | None:
    """Keep when the notice left; a second time is nothing."""
    parcel = moment.session.get_one(Outbox, given.key)
    if parcel.handed_over_at is not None:
        return None
    parcel.handed_over_at, parcel.lease_until = moment.now, None
    return Written({"notice": parcel.template}, person)


HAND_OVER: Verb[Person, Posted] = Verb(
    "person:notice_handed_over", Person, "person", the_clock, handed_over
)
