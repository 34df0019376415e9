"""The register of decisions: a number for ever, in force from a day, ended by what is newer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pendulum import DateTime
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.committees.after.lifecycle import DecisionLifecycle
from governance.committees.after.models import Decision
from governance.committees.after.numbering import Pattern
from governance.committees.authority import not_for_them, only_the_clock, roles_in
from governance.committees.calendars import day_of, end_of_day
from governance.committees.models import Committee
from governance.committees.seeking import keep_decision
from governance.database import new_id
from governance.lifecycle import finals, fire
from governance.record import deadlines
from governance.refusals import Reason, refuse

EFFECT, EXPIRY, CONFIRMATION = "effect", "expiry", "confirmation"
BY_TIME: Mapping[str, str] = {
    EFFECT: "come_into_force",
    EXPIRY: "expire",
    CONFIRMATION: "lapse",
}


@dataclass(frozen=True)
class Taken:
    """A decision as it was taken, to be entered in the register.

    `places` are what the pattern of numbers may ask for: year, month, day, session, meeting,
    body, item. `effective_on` is empty for at once; `confirm_by` is for expedited decisions that
    lapse unless the body confirms them.
    """

    title: str
    text: str
    how: str
    access: str = "open"
    meeting_id: str | None = None
    item_id: str | None = None
    motion_id: str | None = None
    consultation_id: str | None = None
    rule: Mapping[str, Any] = field(default_factory=dict)
    outcome: Mapping[str, Any] = field(default_factory=dict)
    effective_on: date | None = None
    expires_on: date | None = None
    confirm_by: DateTime | None = None
    supersedes: str = ""
    places: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Ended:
    """How a decision ends or goes on: the event, why, and the number of what is newer."""

    event: str
    because: str = ""
    newer: str = ""


@dataclass(frozen=True)
class Passed:
    """A day of a decision has come, in the generation that the sweep saw."""

    event: str
    generation: int


def record_decision(
    moment: Moment, committee: Committee, taken: Taken, pattern: Pattern
) -> Decision:
    """Enter a decision under the next number. The caller holds the lock of the body.

    What it supersedes ends in the same act. Raises Refused where that is not in the register.
    """
    older = known(moment, committee, taken.supersedes) if taken.supersedes else None
    given = list(moment.session.exec(_numbers(committee)))
    here = day_of(committee, moment.now)
    places = {
        "body": committee.key,
        "day": here.day,
        "month": here.month,
        "year": here.year,
        **taken.places,
    }
    number = pattern.next(given, places)
    decision = Decision(
        id=new_id(),
        committee_id=committee.id,
        meeting_id=taken.meeting_id,
        item_id=taken.item_id,
        motion_id=taken.motion_id,
        consultation_id=taken.consultation_id,
        number=pattern.write(number, places),
        aliases=pattern.alias(number, places),
        title=taken.title,
        text=taken.text,
        access=taken.access,
        how=taken.how,
        rule=dict(taken.rule),
        outcome=dict(taken.outcome),
        taken_at=moment.now,
        effective_on=taken.effective_on,
        expires_on=taken.expires_on,
        confirm_by=taken.confirm_by,
        supersedes=taken.supersedes,
    )
    moment.session.add(decision)
    moment.session.flush()
    keep_decision(moment.session, decision)
    _begin(moment, committee, decision, here)
    if older is not None:
        older.state = fire(DecisionLifecycle, older.state, "supersede")
        older.superseded_by, older.ended_at = decision.number, moment.now
        deadlines.close(moment.session, ("decision", older.id))
    return decision


def known(moment: Moment, committee: Committee, number: str) -> Decision:
    """A decision of the body by its number or another name of it. Raises Refused."""
    found = moment.session.exec(
        select(Decision).where(
            col(Decision.committee_id) == committee.id, col(Decision.number) == number
        )
    ).first()
    if found is None:
        every = select(Decision).where(col(Decision.committee_id) == committee.id)
        found = next((each for each in moment.session.exec(every) if number in each.aliases), None)
    if found is None:
        raise refuse(
            'this body has no decision "{number}"',
            rule="known_decision",
            cure="Look its number up in the register of decisions.",
            reason=Reason.MISSING,
            number=number[:60],
        )
    return found


def ended_authority(moment: Moment, decision: Decision | None, given: Ended) -> str:
    """Whoever the chart names for the event, in the decision's body."""
    assert decision is not None  # noqa: S101 -- the door locks the subject first
    wanted = DecisionLifecycle.authority.get(given.event, frozenset())
    held = roles_in(moment.session, decision.committee_id, moment.actor, moment.now)
    role = next(iter(sorted(held & wanted)), None)
    if role is None:
        raise not_for_them(wanted or {"nobody"})
    return f"role:{role}"


def ended_body(moment: Moment, decision: Decision | None, given: Ended) -> Written[Decision]:
    """Communicate, rescind, annul, supersede: never edited, and never without a reason."""
    assert decision is not None  # noqa: S101 -- the door locks the subject first
    if given.event in {"rescind", "annul", "supersede"} and not given.because.strip():
        raise refuse(
            "a decision does not end without its reason",
            rule="reasons_are_given",
            cure="Write why, with the number of the decision that ends it where there is one.",
            where="because",
            reason=Reason.INPUT,
        )
    committee = moment.session.get_one(Committee, decision.committee_id)
    if given.newer:
        decision.superseded_by = known(moment, committee, given.newer).number
    before, decision.state = decision.state, fire(DecisionLifecycle, decision.state, given.event)
    if decision.state in finals(DecisionLifecycle):
        decision.ended_at = moment.now
        deadlines.close(moment.session, ("decision", decision.id))
    facts: dict[str, Any] = {"from": before, "to": decision.state, "number": decision.number}
    if given.because:
        facts["because"] = moment.seal(f"committee:{committee.id}", given.because)
    return Written(facts, decision)


def passed_body(
    moment: Moment, decision: Decision | None, given: Passed
) -> Written[Decision] | None:
    """By time: into force on its day, expired at its end, lapsed where nobody confirmed it."""
    assert decision is not None  # noqa: S101 -- the door locks the subject first
    held = deadlines.find(moment.session, ("decision", decision.id), given.event)
    if held is None or not held.is_open or held.generation != given.generation:
        return None
    if held.due_at > moment.now:
        return None
    held.is_open = False
    if given.event == CONFIRMATION and decision.confirmed_at is not None:
        return Written({"confirmed": True}, decision)
    before = decision.state
    decision.state = fire(DecisionLifecycle, before, BY_TIME[given.event])
    if decision.state in finals(DecisionLifecycle):
        decision.ended_at = moment.now
        deadlines.close(moment.session, ("decision", decision.id))
    return Written({"from": before, "to": decision.state, "number": decision.number}, decision)


GO_ON: Verb[Decision, Ended] = Verb(
    "decision:go_on", Decision, "decision", ended_authority, ended_body
)
BY_CLOCK: Verb[Decision, Passed] = Verb(
    "decision:by_clock", Decision, "decision", only_the_clock, passed_body
)


def _numbers(committee: Committee) -> Any:
    return select(Decision.number).where(col(Decision.committee_id) == committee.id)


def _begin(moment: Moment, committee: Committee, decision: Decision, today: date) -> None:
    owner = ("decision", decision.id)
    if decision.effective_on is None or decision.effective_on <= today:
        decision.state = fire(DecisionLifecycle, decision.state, "come_into_force")
    else:
        before = decision.effective_on.fromordinal(decision.effective_on.toordinal() - 1)
        at = end_of_day(moment.house, committee, before)
        deadlines.set_deadline(moment.session, owner, EFFECT, at, {})
    if decision.expires_on is not None:
        at = end_of_day(moment.house, committee, decision.expires_on)
        deadlines.set_deadline(moment.session, owner, EXPIRY, at, {})
    if decision.confirm_by is not None:
        deadlines.set_deadline(moment.session, owner, CONFIRMATION, decision.confirm_by, {})
