"""Acts on reviews and on tables of groups; each through the one door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.lifecycle import fire
from governance.record import deadlines
from governance.refusals import Reason, refuse
from governance.representation.composition import Composition
from governance.representation.judge import verdict
from governance.representation.members_file import read_members
from governance.representation.reviews.lifecycle import Judged, ReviewLifecycle
from governance.representation.reviews.models import Review, SchemeTable
from governance.representation.reviews.planning import of_body, plan, utc
from governance.representation.reviews.queries import next_instant, overlay
from governance.representation.scheme_file import as_csv, read_scheme
from governance.representation.terms import plus
from governance.representation.verdict import CompositionVerdict
from governance.representation.view import at
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.reading import load_body

KEEPERS = frozenset({"committee_secretary", "hr_officer"})
ADMINISTRATORS = frozenset({"administrator"})
ANSWER = "answer"
SIGNED_IN = frozenset({Level.SESSION, Level.FRESH, Level.OPERATOR})


def keeper(moment: Moment, _: object, __: object) -> str:
    """A secretary or an HR officer, signed in."""
    return _one_of(moment, KEEPERS, "this is for a committee secretary or an HR officer to do")


def keeper_or_clock(moment: Moment, _: object, __: object) -> str:
    """The same, and the clock for what the calendar brings."""
    return "clock" if moment.actor.is_clock else keeper(moment, _, __)


def administrator(moment: Moment, _: object, __: object) -> str:
    """An administrator, signed in, or whoever runs the installation."""
    if moment.actor.level is Level.OPERATOR:
        return "operator"
    return _one_of(moment, ADMINISTRATORS, "this is for an administrator to do")


def _one_of(moment: Moment, roles: frozenset[str], otherwise: str) -> str:
    actor = moment.actor
    mine = sorted(roles & actor.roles)
    if actor.level in SIGNED_IN and mine:
        return f"role:{mine[0]}"
    raise refuse(
        "{otherwise}",
        rule="review_role",
        article="Mandate, roles",
        cure="Sign in with that role, or ask somebody who has it.",
        reason=Reason.AUTHORITY,
        otherwise=otherwise,
    )


@dataclass(frozen=True)
class Opened:
    """A review that will be due: of which body, on which day, for which committee or case.

    `election_on`: the day of the next election, where the body's reviews are due before it.
    """

    body: str
    due_on: date
    owner: str = ""
    election_on: date | None = None


def _open(moment: Moment, _: Review | None, given: Opened) -> Written[Review]:
    law = load_body(given.body)
    review = Review(
        body=law.body,
        owner=given.owner,
        due_on=given.due_on,
        opened_by=moment.actor.person_id,
        opened_at=moment.now,
    )
    moment.session.add(review)
    if law.reviews and not given.owner:
        plan(moment.session, of_body(law), moment.now.date(), given.election_on)
    return Written({"body": law.body, "due_on": given.due_on.isoformat()}, review)


@dataclass(frozen=True)
class Computed:
    """A composition to judge: the members' file, the day, and facts that rules speak of.

    `composition`: instead of a file, what the registers of the installation say.
    """

    members: str = ""
    on: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    composition: Composition | None = None


def _compute(moment: Moment, review: Review | None, given: Computed) -> Written[Review]:
    assert review is not None  # noqa: S101 -- the door locks the subject first
    state = fire(ReviewLifecycle, review.state, "compute")
    law = load_body(review.body)
    composition = given.composition or read_members(given.members, law)
    on = given.on or moment.now.date()
    view = at(law, composition, on, facts=given.facts, overlay=overlay(moment.session))
    found = verdict(view)
    judged = judged_of(found)
    review.state = fire(ReviewLifecycle, state, "settle", judged)
    review.judged_on = on
    review.members = [
        {"name": x.name, "state": x.state, "role": x.role, "chamber": x.chamber}
        for x in view.members
    ]
    review.verdict = found.as_plain()
    review.answered = {}
    _wait_for_an_answer(moment, review, law)
    return Written(
        {
            "verdict": str(found.overall),
            "members": len(view.members),
            "failing": list(judged.failing),
            "notes": list(judged.notes),
            "state": review.state,
        }
    )


def _wait_for_an_answer(moment: Moment, review: Review, law: Body) -> None:
    """A composition at risk is answered for in the time that the rules give, or it is blocked."""
    line = next((each for each in law.reviews if each.key == review.line), None)
    owner = ("review", review.id)
    if review.state != "at_risk" or line is None or line.answered_within is None:
        deadlines.lift(moment.session, owner, ANSWER)
        return
    due = plus(moment.now.date(), line.answered_within)
    review.answer_by = due - timedelta(days=1)
    working = {"days": str(line.answered_within), "article": str(line.article)}
    deadlines.set_deadline(moment.session, owner, ANSWER, utc(due), working)


def judged_of(found: CompositionVerdict) -> Judged:
    """What a verdict leaves to be answered for. What is always shown only is not counted."""
    shown = ("procedure", "guide", "nomination")
    return Judged(
        tuple(x.id for x in found.failing if x.outcome == "fail"),
        tuple(x.id for x in found.failing if x.outcome == "undetermined"),
        tuple(x.id for x in found.failing if x.rule.waiver is not None),
        tuple(
            x.id
            for x in found.rules
            if x.outcome == "advisory" and getattr(x.rule, "kind", "") not in shown
        ),
    )


def judged_kept(verdict_: Mapping[str, Any], law: Body) -> Judged:
    """The same of a verdict that was kept as plain data."""
    rules = [x for x in verdict_.get("rules", []) if x["id"] not in verdict_["not_judged"]]
    binding = [x for x in rules if x["severity"] == "binding"]
    named = {x.id: x for x in law.rules}
    failing = tuple(x["id"] for x in binding if x["outcome"] == "fail")
    open_ = tuple(x["id"] for x in binding if x["outcome"] == "undetermined")
    shown = ("procedure", "guide", "nomination")
    return Judged(
        failing,
        open_,
        tuple(x for x in (*failing, *open_) if x in named and named[x].waiver is not None),
        tuple(x["id"] for x in rules if x["outcome"] == "advisory" and x["kind"] not in shown),
    )


@dataclass(frozen=True)
class Answered:
    """Why the composition goes forward, in writing."""

    text: str


def _answer(event: str) -> Callable[[Moment, Review | None, Answered], Written[Review]]:
    def body(moment: Moment, review: Review | None, given: Answered) -> Written[Review]:
        assert review is not None  # noqa: S101 -- the door locks the subject first
        text = given.text.strip()
        if not text:
            raise refuse(
                "there is no reason",
                rule="reason_in_writing",
                cure="Write why.",
                reason=Reason.INPUT,
                where="text",
            )
        judged = judged_kept(review.verdict, load_body(review.body))
        review.state = fire(ReviewLifecycle, review.state, event, judged)
        deadlines.lift(moment.session, ("review", review.id), ANSWER)
        sealed = moment.seal(f"review:{review.id}", text)
        review.answered = {
            "act": event,
            "by": moment.actor.person_id,
            "at": moment.now.isoformat(),
            "text": sealed,
        }
        return Written({"text": sealed, "rules": [*judged.failing, *judged.notes]})

    return body


def waiver_role(moment: Moment, review: Review | None, _: object) -> str:
    """Whoever the rules name that are to be waived: all of them, or nobody."""
    assert review is not None  # noqa: S101 -- the door locks the subject first
    law = load_body(review.body)
    judged = judged_kept(review.verdict, law)
    named = {x.id: x.waiver for x in law.rules}
    wanted = {w.by for x in (*judged.failing, *judged.undetermined) if (w := named.get(x))}
    if wanted and wanted <= moment.actor.roles and moment.actor.level in SIGNED_IN:
        return f"role:{min(wanted)}"
    return _one_of(
        moment,
        frozenset(wanted) if len(wanted) == 1 else frozenset(),
        "the rules name somebody else who may waive them, or nobody",
    )


def _block(moment: Moment, review: Review | None, _: None) -> Written[Review]:
    assert review is not None  # noqa: S101 -- the door locks the subject first
    review.state = fire(ReviewLifecycle, review.state, "block")
    deadlines.lift(moment.session, ("review", review.id), ANSWER)
    return Written({"by": "secretary"})


def _decide(moment: Moment, review: Review | None, _: None) -> Written[Review]:
    assert review is not None  # noqa: S101 -- the door locks the subject first
    before = review.state
    review.state = fire(ReviewLifecycle, review.state, "decide")
    review.decided_at = moment.now
    return Written({"verdict": review.verdict.get("verdict"), "answered": before})


@dataclass(frozen=True)
class SetScheme:
    """A table of groups as CSV, for a scheme's key."""

    scheme: str
    table: str


def _set_scheme(moment: Moment, _: SchemeTable | None, given: SetScheme) -> Written[SchemeTable]:
    scheme = read_scheme(given.scheme, given.table)
    row = SchemeTable(
        scheme=given.scheme,
        content=as_csv(scheme),
        set_by=moment.actor.person_id,
        set_at=next_instant(moment.session, given.scheme, moment.now),
    )
    moment.session.add(row)
    groups = sorted({each.group for each in scheme.placings})
    return Written({"scheme": given.scheme, "states": len(scheme.placings), "groups": groups}, row)


OPEN: Verb[Review, Opened] = Verb("review:open", Review, "review", keeper, _open)
COMPUTE: Verb[Review, Computed] = Verb(
    "review:compute", Review, "review", keeper_or_clock, _compute
)
JUSTIFY: Verb[Review, Answered] = Verb(
    "review:justify", Review, "review", keeper, _answer("justify")
)
WAIVE: Verb[Review, Answered] = Verb(
    "review:waive", Review, "review", waiver_role, _answer("waive")
)
BLOCK: Verb[Review, None] = Verb("review:block", Review, "review", keeper, _block)
DECIDE: Verb[Review, None] = Verb("review:decide", Review, "review", keeper, _decide)
SET_SCHEME: Verb[SchemeTable, SetScheme] = Verb(
    "scheme:set", SchemeTable, "scheme", administrator, _set_scheme
)
