"""The strict base of all lifecycles: out of turn is refused aloud, what fails moves nothing.

Charts are flat. A chart is given a `Box`, never a row, because guard names are also looked up on
the model and a new column could veto a move. Guards that can refuse are validators raising
`Refused`; `cond` only chooses between two targets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

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


class Line(NamedTuple):
    """One transition: where it leads, what must hold, and what chooses it before the next one."""

    target: str
    validators: tuple[Callable[[Any], None], ...]
    conditions: tuple[Callable[[Any], bool], ...]


def fire(chart: type[Lifecycle], state: str, event: str, facts: object = None) -> str:
    """The state after an event, or Refused with every reason.

    `facts` reach validators and conditions by that name. Nothing is stored here. Charts are flat
    and have no actions, so that their transitions are read from a table: a chart that is built and
    run comes to the same, which a test holds, in twenty times the time.
    """
    lines = _lines(chart, state, event)
    if lines is None:
        return run(chart, state, event, facts)
    for line in lines:
        for must_hold in line.validators:
            must_hold(facts)
        if all(chooses(facts) for chooses in line.conditions):
            return line.target
    raise _out_of_turn(chart, state, event)


def run(chart: type[Lifecycle], state: str, event: str, facts: object = None) -> str:
    """The same as `fire`, by the chart itself: what the table is held against."""
    box = Box(state)
    machine = chart(box)
    try:
        machine.send(event, facts=facts)
    except TransitionNotAllowed:
        raise _out_of_turn(chart, state, event) from None
    return str(box.state)


@lru_cache(maxsize=1024)
def _lines(chart: type[Lifecycle], state: str, event: str) -> tuple[Line, ...] | None:
    """The transitions of an event from a state, as they are written; None for a chart that acts."""
    if not _is_plain(chart) or state not in chart.states_map:
        return None
    return tuple(
        Line(
            str(each.target.value),
            tuple(spec.func for spec in each.validators if not spec.is_convention),
            tuple(spec.func for spec in each.cond if not spec.is_convention),
        )
        for each in chart.states_map[state].transitions
        if each.match(event)
    )


@lru_cache(maxsize=256)
def _is_plain(chart: type[Lifecycle]) -> bool:
    """Whether a chart only chooses and refuses: functions on its lines, and no actions."""
    acts = ("on_", "before_", "after_", "prepare_")
    if any(name.startswith(acts) for name in vars(chart)):
        return False
    lines = [each for state in chart.states for each in state.transitions]
    actions = [
        spec for each in lines for group in (each.before, each.on, each.after) for spec in group
    ]
    guards = [spec for each in lines for group in (each.validators, each.cond) for spec in group]
    return all(spec.is_convention for spec in actions) and all(
        spec.is_convention or (callable(spec.func) and spec.expected_value in {None, True})
        for spec in guards
    )


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
