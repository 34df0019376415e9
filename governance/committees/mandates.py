"""The life of a body: its mandate, version by version, and the steps that its parent decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.committees.after.lifecycle import ActionLifecycle
from governance.committees.after.models import Action
from governance.committees.authority import for_roles, not_for_them, roles_with_parent
from governance.committees.law import plain, version_of
from governance.committees.lifecycle import SECRETARY, CommitteeLifecycle
from governance.committees.models import Committee, Mandate
from governance.committees.seeking import keep_body
from governance.committees.terms import set_term_clocks
from governance.committees.watching import REVIEWED
from governance.committees.winding import told, wind_up
from governance.lifecycle import finals, fire
from governance.refusals import Reason, refuse
from governance.rulebook.proceedings.law import Proceedings

NEEDS_REASON = frozenset({"wind_up", "abandon", "replace", "fall_dormant"})


@dataclass(frozen=True)
class Proposed:
    """A new text of the mandate."""

    text: Mapping[str, str]
    sunset: date | None = None
    milestones: tuple[Mapping[str, Any], ...] = ()
    because: str = ""


@dataclass(frozen=True)
class Approved:
    """The parent approves a version, by which decision, from which day."""

    version: int
    by: str
    since: date | None = None


@dataclass(frozen=True)
class Going:
    """A step in the life of a body: the event, its reason, the body that takes its place."""

    event: str
    because: str = ""
    replaced_by: str = ""


@dataclass(frozen=True)
class NewRules:
    """Rules of procedure as they read from now on, and the decision that changed them."""

    rules: Proceedings
    because: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def propose_body(
    moment: Moment, committee: Committee | None, given: Proposed
) -> Written[Committee]:
    """Write a new version of the mandate; it holds when the parent has approved it."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    last = moment.session.exec(
        select(func.max(Mandate.version)).where(col(Mandate.committee_id) == committee.id)
    ).one()
    mandate = Mandate(
        committee_id=committee.id,
        version=(last or 0) + 1,
        text=dict(given.text),
        milestones=[dict(each) for each in given.milestones],
        proposed_at=moment.now,
        sunset_on=given.sunset,
        because=given.because[:400],
    )
    moment.session.add(mandate)
    return Written({"version": mandate.version}, committee)


def approve_body(
    moment: Moment, committee: Committee | None, given: Approved
) -> Written[Committee]:
    """The mandate of this version holds; a renewal ends the review, an establishment begins."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    if not given.by.strip():
        raise refuse(
            "a mandate is approved by a decision",
            rule="mandate_has_its_decision",
            cure="Give the number of the parent's decision.",
            where="by",
            reason=Reason.INPUT,
        )
    mandate = moment.session.exec(
        select(Mandate).where(
            col(Mandate.committee_id) == committee.id, col(Mandate.version) == given.version
        )
    ).first()
    if mandate is None or mandate.approved_at is not None:
        raise refuse(
            "there is no version {version} of the mandate that waits for approval",
            rule="mandate_waits",
            cure="See its versions: mandate committee show.",
            where="version",
            reason=Reason.INPUT,
            version=given.version,
        )
    mandate.approved_at, mandate.approved_by = moment.now, given.by[:200]
    mandate.since = given.since
    committee.sunset_on = mandate.sunset_on
    moment.session.flush()
    keep_body(moment.session, committee)
    event = {"recharter_review": "renew", "charter_review": "establish", "proposed": "establish",
             "idea": "establish"}.get(committee.state)  # fmt: skip
    if event is not None:
        committee.state = fire(CommitteeLifecycle, committee.state, event)
    set_term_clocks(moment, committee)
    return Written({"version": given.version, "to": committee.state}, committee)


def step_authority(moment: Moment, committee: Committee | None, given: Going) -> str:
    """Whoever the chart names; the parent is its secretary or chair."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    wanted = CommitteeLifecycle.authority.get(given.event, frozenset())
    held = roles_with_parent(moment.session, committee, moment.actor, moment.now)
    role = next(iter(sorted(held & wanted)), None)
    if role is None:
        raise not_for_them(wanted or {"nobody"})
    return f"role:{role}"


def step_body(moment: Moment, committee: Committee | None, given: Going) -> Written[Committee]:
    """Take the step. A body is concluded when its actions are closed or reassigned."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    if given.event in NEEDS_REASON and not given.because.strip():
        raise refuse(
            "this step is not taken without its reason",
            rule="reasons_are_given",
            cure="Write why, with the parent's decision where there is one.",
            where="because",
            reason=Reason.INPUT,
        )
    if given.event == "conclude":
        _nothing_is_open(moment, committee)
    successor = None
    if given.event == "replace":
        successor = _other(moment, committee, given.replaced_by)
        committee.replaced_by = successor.id
    before = committee.state
    committee.state = fire(CommitteeLifecycle, before, given.event)
    ended: dict[str, int] = {}
    if committee.state in finals(CommitteeLifecycle):
        ended = told(wind_up(moment, committee, successor))
        committee.ended_at = moment.now
    if given.event == "wake":
        committee.facts = {k: v for k, v in committee.facts.items() if k not in REVIEWED}
        committee.last_met_at = moment.now
    set_term_clocks(moment, committee)
    facts: dict[str, Any] = {"from": before, "to": committee.state, **ended}
    if successor is not None:
        facts["replaced_by"] = successor.key
    if given.because:
        facts["because"] = moment.seal(f"committee:{committee.id}", given.because)
    return Written(facts, committee)


def rules_body(_: Moment, committee: Committee | None, given: NewRules) -> Written[Committee]:
    """New rules of procedure; meetings that are convened keep those they were convened under."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    kept = plain(given.rules)
    before, committee.rules_version = committee.rules_version, version_of(kept)
    committee.rules = kept
    committee.facts = {**committee.facts, **given.facts}
    return Written({"from": before, "to": committee.rules_version}, committee)


PROPOSE: Verb[Committee, Proposed] = Verb(
    "committee:propose_mandate", Committee, "committee", for_roles(SECRETARY), propose_body
)
APPROVE: Verb[Committee, Approved] = Verb(
    "committee:approve_mandate", Committee, "committee", for_roles(SECRETARY), approve_body
)
GO_ON: Verb[Committee, Going] = Verb(
    "committee:go_on", Committee, "committee", step_authority, step_body
)
CHANGE_RULES: Verb[Committee, NewRules] = Verb(
    "committee:change_rules", Committee, "committee", for_roles(SECRETARY), rules_body
)


def _nothing_is_open(moment: Moment, committee: Committee) -> None:
    count = moment.session.exec(
        select(func.count())
        .select_from(Action)
        .where(
            col(Action.committee_id) == committee.id,
            col(Action.state).not_in(finals(ActionLifecycle)),
        )
    ).one()
    if count:
        raise refuse(
            "{n} actions of this body are still open",
            rule="actions_are_settled",
            cure="Close them, or give them to another body.",
            n=count,
        )


def _other(moment: Moment, committee: Committee, key: str) -> Committee:
    """The body that takes the place of this one, locked; several may have the same successor."""
    query = select(Committee).where(
        col(Committee.key) == key.strip().lower(), col(Committee.id) != committee.id
    )
    found = moment.session.exec(query.with_for_update()).first()
    if found is None or found.state in finals(CommitteeLifecycle):
        raise refuse(
            'there is no body "{key}" that could take its place',
            rule="known_body",
            cure="Create it first.",
            where="replaced_by",
            reason=Reason.INPUT,
            key=key[:60],
        )
    return found
