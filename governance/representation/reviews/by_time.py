"""What the clock does with reviews: opens those that fall due, blocks those nobody answers for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from governance.access.actor import CLOCK
from governance.acts import Moment, Receipt, Verb, Written, perform
from governance.house import House
from governance.lifecycle import fire
from governance.record.models import Deadline
from governance.refusals import Reason, refuse
from governance.representation.reviews.lifecycle import ReviewLifecycle
from governance.representation.reviews.models import Review
from governance.representation.reviews.planning import next_of
from governance.rulebook.bodies.reading import load_shipped


@dataclass(frozen=True)
class Passed:
    """A deadline has passed, in the generation that the sweep saw."""

    deadline: str
    generation: int


def only_the_clock(moment: Moment, _: object, __: object) -> str:
    """Nobody does this by hand."""
    if moment.actor.is_clock:
        return "clock"
    raise refuse(
        "this comes by the clock",
        rule="review_by_the_clock",
        article="Mandate, roles",
        cure="Open the review yourself, where it is needed sooner.",
        reason=Reason.AUTHORITY,
    )


def _held(moment: Moment, given: Passed) -> Deadline | None:
    """The deadline, locked; None where it has moved, or was swept already."""
    held = moment.session.get(Deadline, given.deadline, with_for_update=True)
    if held is None or not held.is_open or held.generation != given.generation:
        return None
    return held if held.due_at <= moment.now else None


def _fall_due(moment: Moment, _: Review | None, given: Passed) -> Written[Review] | None:
    """Open the review; what comes every year is planned again."""
    held = _held(moment, given)
    if held is None:
        return None
    told = held.working
    law = load_shipped(told["body"])
    due = date.fromisoformat(told["due_on"])
    review = Review(
        body=law.body,
        owner=told["owner"],
        due_on=due,
        line=told["line"],
        opened_at=moment.now,
    )
    moment.session.add(review)
    held.is_open = False
    line = next((each for each in law.reviews if each.key == told["line"]), None)
    again = next_of(line, due, None) if line is not None else None
    if again is not None:  # at the same hour of the next day that the rules name
        held.due_at = held.due_at.add(days=(again - due).days)
        held.working = {**told, "due_on": again.isoformat()}
        held.is_open, held.generation = True, held.generation + 1
    facts = {key: told[key] for key in ("body", "line", "due_on", "article")}
    return Written({**facts, "by": "clock"}, review)


def _unanswered(moment: Moment, review: Review | None, given: Passed) -> Written[Review] | None:
    """Nobody answered for a composition at risk in time: it is blocked until somebody does."""
    assert review is not None  # noqa: S101 -- the door locks the subject first
    held = _held(moment, given)
    if held is None:
        return None
    held.is_open = False
    review.state = fire(ReviewLifecycle, review.state, "block")
    return Written({"by": "clock", "article": held.working.get("article", "")})


FALL_DUE: Verb[Review, Passed] = Verb(
    "review:fall_due", Review, "review", only_the_clock, _fall_due
)
UNANSWERED: Verb[Review, Passed] = Verb(
    "review:block", Review, "review", only_the_clock, _unanswered
)


def fall_due(house: House, deadline: Deadline) -> Receipt | None:
    """A day that the rules name has come."""
    return perform(house, CLOCK, FALL_DUE, None, Passed(deadline.id, deadline.generation))


def unanswered(house: House, deadline: Deadline) -> Receipt | None:
    """The time to answer is over."""
    given = Passed(deadline.id, deadline.generation)
    return perform(house, CLOCK, UNANSWERED, deadline.owner_id, given)
