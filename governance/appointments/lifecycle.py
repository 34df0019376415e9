"""The lives of a case, a call, a candidacy, a check and a ruling. Read this file first.

The sequence of stages is law (the rulebook's procedure); what is fixed here is what can become of
a case and of a person in it, whichever stages an organisation has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import State

from governance.appointments.checks.rules import (
    Vetted,
    every_check_is_closed,
    every_check_is_satisfactory,
    some_check_has_expired,
    some_check_is_adverse,
    somebody_else_reconsiders,
    the_candidate_was_heard,
    two_people_have_signed,
)
from governance.appointments.rules import (
    at_least_one_rule_is_broken,
    every_rule_is_kept,
    somebody_is_appointed,
)
from governance.lifecycle import Lifecycle
from governance.refusals import satisfies

HR = "hr_officer"
CLOCK = "clock"
ASKED = "asked"
CANDIDATE = "candidate"
OFFICE = "office"


class CaseLifecycle(Lifecycle):
    """A case runs through its stages, and ends with an appointment, without one, or withdrawn."""

    running = State("Running", initial=True)
    paused = State("Paused")
    completed = State("Completed", final=True)
    closed = State("Closed without an appointment", final=True)
    withdrawn = State("Withdrawn", final=True)

    go_on = running.to(running)
    complete = running.to(completed, validators=satisfies(somebody_is_appointed))
    close = running.to(closed)
    withdraw = running.to(withdrawn) | paused.to(withdrawn)
    pause = running.to(paused)
    resume = paused.to(running)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "go_on": frozenset({CLOCK}),
        "complete": frozenset({CLOCK}),
        "close": frozenset({CLOCK}),
        "withdraw": frozenset({HR}),
        "pause": frozenset({HR}),
        "resume": frozenset({HR}),
    }


def with_conditions(facts: object) -> bool:
    """Whether the clearance has conditions: chooses between two targets, refuses nothing."""
    return isinstance(facts, Vetted) and facts.conditions


class CandidacyLifecycle(Lifecycle):
    """A candidacy: nominated, eligible, vetted, shortlisted, chosen, appointed; or out, and why."""

    nominated = State("Nominated", initial=True)
    eligible = State("Eligible")
    ineligible = State("Not eligible", final=True)
    declarations = State("Declarations asked")
    checks = State("Being vetted")
    review = State("Checks under review")
    cleared = State("Cleared")
    cleared_with_conditions = State("Cleared with conditions")
    refused = State("Refused after vetting")
    shortlisted = State("On the shortlist")
    chosen = State("Chosen")
    appointed = State("Appointed", final=True)
    declined = State("Declined", final=True)
    withdrawn = State("Withdrawn", final=True)

    admit = nominated.to(eligible, validators=satisfies(every_rule_is_kept))
    exclude = nominated.to(ineligible, validators=satisfies(at_least_one_rule_is_broken))
    ask_declarations = eligible.to(declarations)
    order_checks = eligible.to(checks) | declarations.to(checks)
    begin_review = checks.to(review, validators=satisfies(every_check_is_closed))
    clear = review.to(
        cleared_with_conditions,
        cond=with_conditions,
        validators=satisfies(every_check_is_satisfactory),
    ) | review.to(cleared, validators=satisfies(every_check_is_satisfactory))
    refuse = review.to(
        refused,
        validators=satisfies(
            some_check_is_adverse, two_people_have_signed, the_candidate_was_heard
        ),
    )
    reconsider = refused.to(review, validators=satisfies(somebody_else_reconsiders))
    reopen = (
        cleared.to(review, validators=satisfies(some_check_has_expired))
        | cleared_with_conditions.to(review, validators=satisfies(some_check_has_expired))
        | shortlisted.to(review, validators=satisfies(some_check_has_expired))
        | chosen.to(review, validators=satisfies(some_check_has_expired))
    )
    shortlist = cleared.to(shortlisted) | cleared_with_conditions.to(shortlisted)
    set_aside = (
        shortlisted.to(cleared_with_conditions, cond=with_conditions)
        | shortlisted.to(cleared)
        | chosen.to(cleared_with_conditions, cond=with_conditions)
        | chosen.to(cleared)
    )
    choose = shortlisted.to(chosen)
    accept = chosen.to(appointed)
    decline = chosen.to(declined)
    withdraw = (
        nominated.to(withdrawn)
        | eligible.to(withdrawn)
        | declarations.to(withdrawn)
        | checks.to(withdrawn)
        | review.to(withdrawn)
        | cleared.to(withdrawn)
        | cleared_with_conditions.to(withdrawn)
        | shortlisted.to(withdrawn)
    )

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "admit": frozenset({HR}),
        "exclude": frozenset({HR}),
        "ask_declarations": frozenset({CLOCK}),
        "order_checks": frozenset({CLOCK}),
        "begin_review": frozenset({HR, CLOCK}),
        "clear": frozenset({HR, CLOCK}),
        "refuse": frozenset({CLOCK}),
        "reconsider": frozenset({CLOCK}),
        "reopen": frozenset({CLOCK}),
        "shortlist": frozenset({CLOCK}),
        "set_aside": frozenset({CLOCK}),
        "choose": frozenset({CLOCK}),
        "accept": frozenset({CLOCK}),
        "decline": frozenset({CLOCK}),
        "withdraw": frozenset({HR, CANDIDATE}),
    }


class CheckLifecycle(Lifecycle):
    """One check of a candidacy: ordered, perhaps awaited from outside, judged, in time expired.

    An adverse finding may be disputed by the candidate; it is upheld or cleared up by two people.
    """

    ordered = State("Ordered", initial=True)
    awaited = State("Awaited from outside")
    received = State("Received, to be judged")
    satisfactory = State("Satisfactory")
    adverse = State("Adverse")
    disputed = State("Adverse, disputed by the candidate")
    expired = State("Expired")
    waived = State("Waived", final=True)

    ask = ordered.to(awaited) | expired.to(awaited)
    receive = awaited.to(received)
    lapse = awaited.to(ordered)
    find_satisfactory = (
        ordered.to(satisfactory)
        | awaited.to(satisfactory)
        | received.to(satisfactory)
        | expired.to(satisfactory)
    )
    find_adverse = (
        ordered.to(adverse) | awaited.to(adverse) | received.to(adverse) | expired.to(adverse)
    )
    dispute = adverse.to(disputed)
    uphold = disputed.to(adverse)
    clear_up = adverse.to(satisfactory) | disputed.to(satisfactory)
    expire = satisfactory.to(expired)
    waive = ordered.to(waived) | awaited.to(waived) | received.to(waived) | expired.to(waived)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "ask": frozenset({HR}),
        "receive": frozenset({CLOCK}),
        "lapse": frozenset({CLOCK}),
        "find_satisfactory": frozenset({HR}),
        "find_adverse": frozenset({HR}),
        "dispute": frozenset({CLOCK}),
        "uphold": frozenset({CLOCK}),
        "clear_up": frozenset({CLOCK}),
        "expire": frozenset({CLOCK}),
        "waive": frozenset({OFFICE}),
    }


class RulingLifecycle(Lifecycle):
    """What is made of adverse findings: proposed by one, signed by another, looked at anew."""

    proposed = State("Proposed, second signature asked", initial=True)
    sent_back = State("Sent back by the second signatory", final=True)
    signed = State("Signed by two people")
    reconsidered = State("Under reconsideration")
    upheld = State("Upheld", final=True)
    overturned = State("Overturned", final=True)

    sign = proposed.to(signed)
    send_back = proposed.to(sent_back)
    request = signed.to(reconsidered)
    uphold = reconsidered.to(upheld)
    overturn = reconsidered.to(overturned)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "sign": frozenset({CLOCK}),
        "send_back": frozenset({CLOCK}),
        "request": frozenset({HR, CANDIDATE}),
        "uphold": frozenset({CLOCK}),
        "overturn": frozenset({CLOCK}),
    }


class CallLifecycle(Lifecycle):
    """A call for candidacies: prepared, approved, open; extended; closed or cancelled."""

    prepared = State("In preparation", initial=True)
    submitted = State("Waiting for approval")
    open = State("Open for applications")
    closed = State("Closed", final=True)
    cancelled = State("Cancelled", final=True)

    submit = prepared.to(submitted)
    send_back = submitted.to(prepared)
    publish = prepared.to(open) | submitted.to(open)
    extend = open.to(open)
    close = open.to(closed)
    cancel = prepared.to(cancelled) | submitted.to(cancelled) | open.to(cancelled)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "submit": frozenset({CLOCK}),
        "send_back": frozenset({CLOCK}),
        "publish": frozenset({CLOCK}),
        "extend": frozenset({HR, CLOCK}),
        "close": frozenset({CLOCK}),
        "cancel": frozenset({HR, CLOCK}),
    }


class ApplicationLifecycle(Lifecycle):
    """An application of one's own: a draft that waits, then sent; corrected until the close."""

    draft = State("Draft", initial=True)
    sent = State("Sent")
    lapsed = State("Never sent", final=True)
    withdrawn = State("Withdrawn", final=True)

    save = draft.to(draft) | sent.to(sent)
    submit = draft.to(sent) | sent.to(sent)
    lapse = draft.to(lapsed)
    withdraw = draft.to(withdrawn) | sent.to(withdrawn)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "save": frozenset({CANDIDATE}),
        "submit": frozenset({CANDIDATE}),
        "lapse": frozenset({CLOCK}),
        "withdraw": frozenset({CANDIDATE, HR}),
    }
