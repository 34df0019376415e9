"""The lives of a case, of a candidacy and of a check. Read this file first.

The sequence of stages is law (the rulebook's procedure); what is fixed here is what can become of
a case and of a person in it, whichever stages an organisation has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import State

from governance.appointments.rules import (
    at_least_one_rule_is_broken,
    every_check_is_satisfactory,
    every_rule_is_kept,
    some_check_is_adverse,
    somebody_is_appointed,
)
from governance.lifecycle import Lifecycle
from governance.refusals import satisfies

HR = "hr_officer"
CLOCK = "clock"
ASKED = "asked"


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


class CandidacyLifecycle(Lifecycle):
    """A candidacy: nominated, eligible, vetted, shortlisted, chosen, appointed; or out, and why."""

    nominated = State("Nominated", initial=True)
    eligible = State("Eligible")
    ineligible = State("Not eligible", final=True)
    checks = State("Being vetted")
    cleared = State("Cleared")
    refused = State("Refused after vetting", final=True)
    shortlisted = State("On the shortlist")
    chosen = State("Chosen")
    appointed = State("Appointed", final=True)
    declined = State("Declined", final=True)
    withdrawn = State("Withdrawn", final=True)

    admit = nominated.to(eligible, validators=satisfies(every_rule_is_kept))
    exclude = nominated.to(ineligible, validators=satisfies(at_least_one_rule_is_broken))
    order_checks = eligible.to(checks)
    clear = checks.to(cleared, validators=satisfies(every_check_is_satisfactory))
    refuse = checks.to(refused, validators=satisfies(some_check_is_adverse))
    shortlist = cleared.to(shortlisted)
    set_aside = shortlisted.to(cleared) | chosen.to(cleared)
    choose = shortlisted.to(chosen)
    accept = chosen.to(appointed)
    decline = chosen.to(declined)
    withdraw = (
        nominated.to(withdrawn)
        | eligible.to(withdrawn)
        | checks.to(withdrawn)
        | cleared.to(withdrawn)
        | shortlisted.to(withdrawn)
    )

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "admit": frozenset({HR}),
        "exclude": frozenset({HR}),
        "order_checks": frozenset({CLOCK}),
        "clear": frozenset({HR}),
        "refuse": frozenset({HR}),
        "shortlist": frozenset({CLOCK}),
        "set_aside": frozenset({CLOCK}),
        "choose": frozenset({CLOCK}),
        "accept": frozenset({CLOCK}),
        "decline": frozenset({CLOCK}),
        "withdraw": frozenset({HR}),
    }


class CheckLifecycle(Lifecycle):
    """One check of a candidacy: ordered, perhaps awaited from outside, then judged."""

    ordered = State("Ordered", initial=True)
    awaited = State("Awaited from outside")
    received = State("Received, to be judged")
    satisfactory = State("Satisfactory", final=True)
    adverse = State("Adverse", final=True)

    ask = ordered.to(awaited)
    receive = awaited.to(received)
    lapse = awaited.to(ordered)
    find_satisfactory = (
        ordered.to(satisfactory) | awaited.to(satisfactory) | received.to(satisfactory)
    )
    find_adverse = ordered.to(adverse) | awaited.to(adverse) | received.to(adverse)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "ask": frozenset({HR}),
        "receive": frozenset({CLOCK}),
        "lapse": frozenset({CLOCK}),
        "find_satisfactory": frozenset({HR}),
        "find_adverse": frozenset({HR}),
    }
