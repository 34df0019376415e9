"""A check is waived: by the office that the rulebook names, with a reason, and not otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.appointments.candidates import candidacy_of
from governance.appointments.checks.putting import law_for
from governance.appointments.checks.reviewing import review
from governance.appointments.lifecycle import CaseLifecycle, CheckLifecycle
from governance.appointments.models import Case, Check
from governance.lifecycle import fire
from governance.people.queries import offices_of
from governance.refusals import Reason, refuse

OPEN = ("ordered", "awaited", "received", "expired")


@dataclass(frozen=True)
class Waived:
    """A check of a candidate that is not asked for, and why."""

    candidacy_id: str
    kind: str
    reason: str


def waiving_office(moment: Moment, case: Case | None, given: Waived) -> str:
    """The holder of the office that the rulebook lets waive this check, signed in."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    law = law_for(moment.session, case)
    check = law.stage.check(given.kind)
    if check is None or check.waiver is None:
        raise refuse(
            'the rulebook lets nobody waive the check "{kind}"',
            rule="waiver_is_in_the_rulebook",
            article=law.article,
            cure="Close it; or ask for the exception procedure, if the rulebook has one.",
            reason=Reason.AUTHORITY,
            kind=given.kind,
        )
    office = check.waiver.by.removeprefix("office.")
    actor = moment.actor
    signed_in = actor.person_id is not None and actor.level in {Level.SESSION, Level.FRESH}
    if not signed_in or office not in offices_of(moment.session, str(actor.person_id), moment.now):
        raise refuse(
            'the check "{kind}" is waived by the office {office} alone',
            rule="waiver_is_in_the_rulebook",
            article=str(check.waiver.article or law.article),
            cure="Ask its holder.",
            reason=Reason.AUTHORITY,
            kind=given.kind,
            office=office,
        )
    return f"office:{office}"


def waive_body(moment: Moment, case: Case | None, given: Waived) -> Written[Case]:
    """Waive it, with the reason on file; the review may begin if it was the last one open."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    candidacy = candidacy_of(moment, case, given.candidacy_id)
    if not given.reason.strip():
        raise refuse(
            "a check is not waived without a reason",
            rule="reasons_are_given",
            cure="Write the reason.",
            where="reason",
            reason=Reason.INPUT,
        )
    if candidacy.person_id == moment.actor.person_id:
        raise refuse(
            "nobody acts on a case in which they are a candidate",
            rule="nobody_decides_on_their_own_case",
            article="Mandate, invariants",
            cure="Ask whoever stands in for you.",
            reason=Reason.AUTHORITY,
        )
    check = _open_one(moment, candidacy.id, given.kind)
    sealed = moment.seal(f"candidacy:{candidacy.id}", given.reason)
    check.state = fire(CheckLifecycle, check.state, "waive")
    check.waived_because, check.closed_at = sealed["sealed"], moment.now
    check.judged_by = moment.actor.person_id
    moment.session.flush()
    decided = review(moment, case, candidacy)
    moment.owe("case", case.id)
    return Written(
        {
            "candidacy": candidacy.id,
            "check": given.kind,
            "decided": decided,
            "reason": sealed,
        },
        case,
    )


WAIVE_CHECK: Verb[Case, Waived] = Verb("case:waive_check", Case, "case", waiving_office, waive_body)


def _open_one(moment: Moment, candidacy_id: str, kind: str) -> Check:
    query = select(Check).where(
        col(Check.candidacy_id) == candidacy_id,
        col(Check.kind) == kind,
        col(Check.state).in_(OPEN),
    )
    check = moment.session.exec(query.order_by(col(Check.number))).first()
    if check is None:
        raise refuse(
            'no open check "{kind}" of this candidate',
            rule="check_is_open",
            cure="See the open checks on the case's page.",
            reason=Reason.TURN,
            kind=kind,
        )
    return check
