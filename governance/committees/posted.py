"""What the post does to a body: a notice of it was taken by the mail server."""

from __future__ import annotations

from dataclasses import dataclass

from governance.acts import Moment, Verb, Written
from governance.committees.authority import only_the_clock
from governance.committees.models import Committee
from governance.record.models import Outbox


@dataclass(frozen=True)
class Taken:
    """The key of the notice that was handed over."""

    key: str


def handed_over_body(
    moment: Moment, committee: Committee | None, given: Taken
) -> Written[Committee] | None:
    """Keep when the notice left; a second time is nothing."""
    parcel = moment.session.get_one(Outbox, given.key)
    if parcel.handed_over_at is not None:
        return None
    parcel.handed_over_at, parcel.lease_until = moment.now, None
    return Written({"notice": parcel.template, "to": parcel.person_id}, committee)


HAND_OVER: Verb[Committee, Taken] = Verb(
    "committee:notice_handed_over", Committee, "committee", only_the_clock, handed_over_body
)
