"""The strict base of all lifecycles: out of turn is refused aloud, what fails moves nothing.

Charts are flat. A chart is given a `Box`, never a row, because guard names are also looked up on
the model and a new column could veto a move. Guards that can refuse are validators raising
`Refused`; `cond` only chooses between two targets.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint
from statemachine import StateChart
from statemachine.exceptions import TransitionNotAllowed

from governance.refusals import Finding, Reason, Refused, refuse


class Box:
    """Holds a state and nothing else."""

    __slots__ = ("state",)

    def __init__(self, state: str | None) -> None:
        self.state = state


class Lifecycle(StateChart[Box]):
    """The base of every chart, with the library's soft defaults off.

    With them an illegal event returns None, and an action that raises still moves.
    """

    allow_event_without_transition = False
    catch_errors_as_events = False
    atomic_configuration_update = True

    authority: ClassVar[Mapping[str, frozenset[str]]] = {}


def fire(chart: type[Lifecycle], state: str, event: str, facts: object = None) -> str:
    """The state after an event, or Refused with every reason.

    `facts` reach validators and conditions by that name. Nothing is stored here.
    """
    box = Box(state)
    machine = chart(box)
    try:
        machine.send(event, facts=facts)
    except TransitionNotAllowed:
        raise _out_of_turn(chart, state, event) from None
    return str(box.state)


def why_not(
    chart: type[Lifecycle], state: str, event: str, facts: object = None
) -> tuple[Finding, ...]:
    """Every reason why the event is refused now; empty where it may happen."""
    try:
        fire(chart, state, event, facts)
    except Refused as refusal:
        return refusal.findings
    return ()


@lru_cache(maxsize=256)
def ways_on(chart: type[Lifecycle], state: str) -> tuple[str, ...]:
    """The events that the chart knows from a state, in the order they are written."""
    here = chart.states_map[state]
    return tuple(dict.fromkeys(each.event for each in here.transitions))


def initial(chart: type[Lifecycle]) -> str:
    """The state in which a subject's life begins."""
    return next(str(state.value) for state in chart.states if state.initial)


def finals(chart: type[Lifecycle]) -> frozenset[str]:
    """The states from which nothing goes on."""
    return frozenset(str(state.value) for state in chart.states if state.final)


def label(chart: type[Lifecycle], state: str) -> str:
    """The state's name as people read it; also the msgid of its translations."""
    return str(chart.states_map[state].name)


def states_only(chart: type[Lifecycle], column: str = "state") -> CheckConstraint:
    """A CHECK that keeps the column to the chart's states, generated from the chart."""
    values = ", ".join(f"'{state.value}'" for state in chart.states)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_is_of_the_lifecycle")


def _out_of_turn(chart: type[Lifecycle], state: str, event: str) -> Refused:
    possible = ", ".join(each.replace("_", " ") for each in ways_on(chart, state)) or "nothing"
    facts: dict[str, Any] = {
        "event": event.replace("_", " "),
        "state": label(chart, state),
        "possible": possible,
    }
    return refuse(
        'it is not the turn of "{event}" while the state is "{state}"',
        rule="turn",
        cure="Possible now: {possible}.",
        reason=Reason.TURN,
        **facts,
    )
