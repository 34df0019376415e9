"""A committee comes under rules on its composition; what the clock opens is judged at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import col, select

from governance.access.actor import CLOCK
from governance.acts import Moment, Receipt, Verb, Written, perform
from governance.committees import watching
from governance.committees.authority import for_roles
from governance.committees.composing import (
    composition_of,
    follow_reviews,
    kept_of,
    law_of_seats,
    planned_of,
)
from governance.committees.lifecycle import SECRETARY
from governance.committees.models import Committee, Seat
from governance.committees.sittings import no_such_seat
from governance.house import House
from governance.record.models import Deadline
from governance.refusals import Reason, refuse
from governance.representation.reviews import by_time
from governance.representation.reviews.acts import COMPUTE, Computed
from governance.representation.reviews.models import Review
from governance.representation.reviews.planning import lift_all
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.reading import load_shipped
from governance.rulebook.proceedings.body import Composed


@dataclass(frozen=True)
class Composing:
    """Under which rules the body is composed: a key; empty for none. What they ask, by seat."""

    body: str = ""
    election_on: date | None = None
    seats: dict[str, dict[str, Any]] = field(default_factory=dict)


def compose_body(
    moment: Moment, committee: Committee | None, given: Composing
) -> Written[Committee]:
    """Keep the rules' name, and plan the reviews that they ask for."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    before = law_of_seats(committee)
    if before is not None:
        lift_all(moment.session, planned_of(committee, before))
    facts = {key: each for key, each in committee.facts.items() if key != "composition"}
    if given.body:
        law = load_shipped(given.body)
        _are_known(moment, committee, law, given.seats)
        told = {
            seat: {name: _typed(law, name, value) for name, value in each.items()}
            for seat, each in given.seats.items()
        }
        kept = Composed(body=given.body, election_on=given.election_on, seats=told)
        facts["composition"] = kept_of(kept)
    committee.facts = facts
    moment.session.flush()
    follow_reviews(moment, committee)
    return Written({"body": given.body, "election_on": str(given.election_on or "")}, committee)


def _typed(law: Body, column: str, value: Any) -> Any:
    """A value as the column has it, where it was typed as text."""
    kind = "words" if column == "languages" else "word"
    kind = law.columns[column].type if column in law.columns else kind
    if not isinstance(value, str):
        return value
    if kind == "words":
        return tuple(each.strip() for each in value.split(";") if each.strip())
    if kind == "flag":
        return value.casefold() in ("yes", "true")
    return int(value) if kind == "number" and value.isdigit() else value


COMPOSE: Verb[Committee, Composing] = Verb(
    "committee:compose", Committee, "committee", for_roles(SECRETARY), compose_body
)


def _are_known(
    moment: Moment, committee: Committee, law: Body, seats: dict[str, dict[str, Any]]
) -> None:
    query = select(Seat.key).where(col(Seat.committee_id) == committee.id)
    keys = set(moment.session.exec(query))
    columns = {"role", "chamber", "region", "state", "languages", *law.columns}
    for seat, told in seats.items():
        if seat not in keys:
            raise no_such_seat(seat)
        for name in told:
            if name not in columns:
                raise refuse(
                    'the rules speak of no column "{name}"',
                    rule="known_column",
                    cure="Write one of: {known}.",
                    where="seats",
                    reason=Reason.INPUT,
                    name=name[:60],
                    known=", ".join(sorted(columns)),
                )


def review_due(house: House, deadline: Deadline) -> Receipt | None:
    """The clock opens a review, and judges a committee by what its registers say."""
    opened = by_time.fall_due(house, deadline)
    if opened is None:
        return None
    with house.database.reading() as session:
        kind, _, id_ = session.get_one(Review, opened.subject_id).owner.partition(":")
        committee = session.get(Committee, id_) if kind == "committee" else None
        law = law_of_seats(committee) if committee is not None else None
        if committee is None or law is None:
            return opened
        composition = composition_of(session, committee, law)
    due_on = date.fromisoformat(str(opened.facts["due_on"]))
    perform(house, CLOCK, watching.TELL_REVIEW, id_, watching.Opened(opened.subject_id, due_on))
    given = Computed(composition=composition)
    return perform(house, CLOCK, COMPUTE, opened.subject_id, given) or opened
