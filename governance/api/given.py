"""What an act is given at the API: plain data, made into what its verb takes, and then done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from governance.access.actor import Actor
from governance.acts import Receipt, Verb, perform
from governance.api.words import Asked, Done
from governance.house import House
from governance.refusals import Finding, Reason, Refused, Verdict, say

# An act, and what it is given; None where it is given nothing.
Offered = tuple[Verb[Any, Any], type | None]


@dataclass(frozen=True)
class _Nothing:
    """What an act is given that is given nothing."""


class ToAct(Asked):
    """What an act is given: the fields that docs/committees.md lists for it."""

    given: dict[str, Any] = Field(default_factory=dict, examples=[{"seat": "acme"}])


def acted(house: House, actor: Actor, offered: Offered, subject: str, given: ToAct) -> Done:
    """An act by a person on what they have found, which always writes."""
    return Done.of(_receipt(house, actor, offered, subject, given))


def perhaps(
    house: House, actor: Actor, offered: Offered, subject: str, given: ToAct
) -> Done | None:
    """The same, of an act that may find nothing left to do."""
    receipt = _receipt(house, actor, offered, subject, given)
    return Done.of(receipt) if receipt else None


def _receipt(
    house: House, actor: Actor, offered: Offered, subject: str, given: ToAct
) -> Receipt | None:
    verb, kind = offered
    wanted = filled(kind, given.given)
    return perform(house, actor, verb, subject, wanted if kind else None)


def filled(kind: type | None, given: Mapping[str, Any]) -> Any:
    """What an act is given, from plain data. Refused where a field is unknown or not understood."""
    if kind is None:
        kind = _Nothing
    known = {each.name for each in fields(kind)}
    faults = [
        _fault(name, "is nothing that this act is given") for name in given if name not in known
    ]
    if _has_nul(given):
        faults.append(_fault("given", "holds a NUL, which no text may"))
    try:
        found: Any = TypeAdapter(kind).validate_python(
            {k: v for k, v in given.items() if k in known}
        )
    except ValidationError as error:
        faults += [
            _fault(".".join(map(str, each["loc"])), each["msg"][:1].lower() + each["msg"][1:])
            for each in error.errors(include_url=False, include_input=False)
        ]
    if faults:
        raise Refused(faults, Reason.INPUT)
    return found


def _has_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, Mapping):
        return any(_has_nul(each) for pair in value.items() for each in pair)
    return isinstance(value, (list, tuple)) and any(map(_has_nul, value))


def _fault(name: str, problem: str) -> Finding:
    return Finding(
        "act_is_understood",
        "",
        Verdict.FAIL,
        say("{name}: {problem}", name=name[:60], problem=problem[:200]),
        say("See the acts in docs/committees.md."),
        f"given.{name[:60]}",
    )
