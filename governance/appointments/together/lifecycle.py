"""The life of an act for many candidates. Read this first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from statemachine import State

from governance.appointments.lifecycle import CLOCK, HR
from governance.lifecycle import Lifecycle
from governance.refusals import Answer, failed, passed, rule, satisfies

OWN = "Mandate, appointments"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Waiting:
    """When an act for many takes effect, and what time it is."""

    due_at: datetime
    now: datetime


@rule(OWN, SINCE)
def nothing_has_left(case: Waiting) -> Answer:
    """Until it takes effect nobody was written to and nothing has changed."""
    if case.now < case.due_at:
        return passed("nothing has left yet")
    return failed(
        "it has taken effect, and what was sent cannot be taken back",
        cure="Put it right candidate by candidate, on their own pages.",
    )


class TogetherLifecycle(Lifecycle):
    """An act for many: it waits for some minutes, then takes effect; undone once before that."""

    waiting = State("Takes effect soon", initial=True)
    done = State("Done", final=True)
    undone = State("Undone", final=True)
    failed = State("Could not be done", final=True)

    take_effect = waiting.to(done)
    undo = waiting.to(undone, validators=satisfies(nothing_has_left))
    give_up = waiting.to(failed)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "take_effect": frozenset({HR, CLOCK}),
        "undo": frozenset({HR}),
        "give_up": frozenset({CLOCK}),
    }
