"""What must be true of somebody who would keep a rule: the facts of a cure, and its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from governance.refusals import Sentence, say
from governance.representation.composition import Change, Member
from governance.representation.schemes import shipped_states
from governance.representation.view import View, norm
from governance.rulebook.bodies.parts import Compared, Where

Facts = dict[str, Any]


def becoming(view: View, attribute: str, value: str, member: Member | None = None) -> Facts:
    """The facts of a member who has a value: a region means a state in it that is not there yet."""
    if attribute == "state":
        return {"state": value}
    if (scheme := view.scheme_of(attribute)) is not None:
        states = scheme.states_of(value, view.body.purpose, view.on)
        facts: Facts = {"state": unused(view, states)} if states else {}
        if attribute == "region" and (not states or (member is not None and member.region)):
            facts["region"] = value
        elif member is not None and member.region:
            facts["region"] = None
        return facts
    column = view.column(attribute)
    if column is not None and column.type == "flag":
        return {attribute: value == "yes"}
    if column is not None and column.type == "words":
        return {attribute: (value,)}
    return {attribute: value}


def unused(view: View, states: Sequence[str]) -> str:
    """The first of these states that nobody in the composition comes from."""
    taken = {each.state for each in view.members}
    return next((each for each in states if each not in taken), states[0])


def joining(view: View, where: Where) -> Facts:
    """The facts that put somebody among those selected, as far as they are plain values."""
    facts: Facts = {}
    for attribute, wanted in where.has.items():
        if isinstance(wanted, Compared):
            continue
        first = wanted[0] if isinstance(wanted, tuple) else wanted
        facts |= becoming(view, attribute, view.canon(attribute, first))
    for each in (*where.all_, *where.any_[:1]):
        facts |= joining(view, each)
    return facts


def other_states(view: View, member: Member) -> list[str]:
    """States that nobody comes from; those in the member's own region first."""
    taken = {each.state for each in view.members}
    scheme = view.scheme_of("region")
    region = view.of(member, "region")
    near: Sequence[str] = ()
    if scheme is not None and region is not None:
        near = scheme.states_of(str(region[0]), view.body.purpose, view.on)
    listed = view.member_states
    every = [each for each in shipped_states() if listed is None or each in listed]
    return [each for each in dict.fromkeys((*near, *every)) if each not in taken]


def in_words(view: View, changes: Sequence[Change]) -> Sentence:
    """The cure as a sentence."""
    said = [_one(view, each) for each in changes]
    return say("{changes}.", changes="; ".join(dict.fromkeys(said)))


def _one(view: View, change: Change) -> str:
    gone = next((each for each in view.members if each.name == change.name), None)
    if change.values is None:
        return f"{change.name} leaves" if gone is None else f"{_who(view, gone)} leaves"
    coming = _facts(view, change.values)
    if gone is None:
        return f"Add a member {coming}".rstrip()
    kind = "somebody" if not gone.role else f"a {view.title('role', gone.role)}"
    if set(change.values) & {"state", "region", "sex", "birth_date"}:
        return f"{kind[:1].upper()}{kind[1:]} {coming} instead of {_who(view, gone)}"
    return f"{gone.name}: {coming}"


def _who(view: View, member: Member) -> str:
    region = view.of(member, "region")
    told = [
        view.title("role", member.role) if member.role else "",
        member.state,
        view.title("region", region[0]) if region else "",
    ]
    return f"{member.name} ({', '.join(each for each in told if each)})"


def _facts(view: View, values: Mapping[str, Any]) -> str:
    said: list[str] = []
    state = values.get("state")
    region = values.get("region")
    if state and "region" not in values:
        region = _region_of(view, state)
    if region:
        said.append(f"from {view.title('region', region)}")
    if state:
        name = shipped_states()[state].name if state in shipped_states() else state
        said.append(f"(for example {name})" if region else f"from {name}")
    said += [
        f"with {key.replace('_', ' ')} {_value(view, key, each)}"
        for key, each in values.items()
        if key not in ("state", "region")
    ]
    return " ".join(said)


def _region_of(view: View, state: str) -> str | None:
    scheme = view.scheme_of("region")
    groups = scheme.groups_of(state, view.body.purpose, view.on) if scheme is not None else ()
    return groups[0] if groups else None


def _value(view: View, attribute: str, value: Any) -> str:
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(view.title(attribute, each) for each in value)
    return view.title(attribute, norm(value))
