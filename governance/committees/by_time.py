"""What the clock does in committees: each kind of owner with the act of its deadlines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from governance.access.actor import CLOCK
from governance.acts import Receipt, perform
from governance.committees import composed, terms
from governance.committees.after import actions, decisions, reminding
from governance.committees.meeting import reminding as meetings
from governance.house import House
from governance.record.models import Deadline
from governance.representation.reviews import by_time as reviews


def _action(house: House, deadline: Deadline) -> Receipt | None:
    if deadline.event == reminding.REMIND:
        soon = reminding.DueSoon(deadline.generation)
        return perform(house, CLOCK, reminding.DUE_SOON, deadline.owner_id, soon)
    given = actions.Due(deadline.generation)
    return perform(house, CLOCK, actions.FALL_DUE, deadline.owner_id, given)


def _decision(house: House, deadline: Deadline) -> Receipt | None:
    given = decisions.Passed(deadline.event, deadline.generation)
    return perform(house, CLOCK, decisions.BY_CLOCK, deadline.owner_id, given)


def _committee(house: House, deadline: Deadline) -> Receipt | None:
    given = terms.Passed(deadline.event, deadline.generation)
    return perform(house, CLOCK, terms.PASSED, deadline.owner_id, given)


def _meeting(house: House, deadline: Deadline) -> Receipt | None:
    given = meetings.Passed(deadline.event, deadline.generation)
    return perform(house, CLOCK, meetings.PASSED, deadline.owner_id, given)


# The owner of a deadline, and what happens when it has passed. Twice does no harm.
BY_TIME: Mapping[str, Callable[[House, Deadline], Receipt | None]] = {
    "action": _action,
    "committee": _committee,
    "decision": _decision,
    "meeting": _meeting,
    "review": reviews.unanswered,
    "reviews": composed.review_due,
}
