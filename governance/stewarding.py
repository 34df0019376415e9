"""The nightly round over the record: every entry is checked, and the day is sealed by one root."""

from __future__ import annotations

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.access.actor import CLOCK
from governance.acts import Moment, Verb, Written, perform
from governance.house import House
from governance.record import chain
from governance.record.models import Entry, Wakeup
from governance.record.root import root_over


def keep_the_record(house: House) -> list[str]:
    """Verify every chain; where all hold, enter the day's root once. Gives the faults in words."""
    with house.database.reading() as session:
        _, faults = chain.verify(session)
    if not faults:
        perform(house, CLOCK, DAILY_ROOT, None, None)
    return [str(fault) for fault in faults]


def _by_the_clock(_: Moment, __: object, ___: object) -> str:
    return "clock"


def _enter_root(moment: Moment, _: Wakeup | None, __: None) -> Written[Wakeup] | None:
    row = moment.session.get_one(Wakeup, 1, with_for_update=True)
    if _has_root_since(moment.session, moment.now.start_of("day")):
        return None
    heads = chain.heads(moment.session)
    return Written({"chains": len(heads), "root": root_over(heads)}, row)


def _has_root_since(session: Session, day: DateTime) -> bool:
    query = select(Entry.id).where(col(Entry.kind) == DAILY_ROOT.kind, col(Entry.at) >= day)
    return session.exec(query.limit(1)).first() is not None


DAILY_ROOT: Verb[Wakeup, None] = Verb(
    "record:daily_root", Wakeup, "record", _by_the_clock, _enter_root
)
