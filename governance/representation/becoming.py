"""What must be true of somebody who would keep a rule: the facts of a cure, and its words."""

from __future__ import annotations

from collections import Counter
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
    if attribute == "member_state":
        listed = sorted(view.member_states or ())
        return {"state": unused(view, listed)} if listed and value == "yes" else {}
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
    said = Counter(_one(view, each) for each in changes)
    told = [each if n == 1 else f"{each} ({n} times)" for each, n in said.items()]
    return say("{changes}.", changes="; ".join(told))


def _one(view: View, change: Change) -> str:
    words = WORDS[view.language if view.language in WORDS else "en"]
    gone = next((each for each in view.members if each.name == change.name), None)
    if change.values is None:
        who = str(change.name) if gone is None else _who(view, gone)
        return words["leaves"].format(who=who)
    coming = _facts(view, change.values, words)
    if gone is None:
        return words["add"].format(facts=coming).rstrip(" :\N{NO-BREAK SPACE}")
    if "name" in change.values or set(change.values) & {"state", "region", "sex", "birth_date"}:
        word = words["other" if "name" in change.values else "a"]
        kind = word.format(role=view.title("role", gone.role)) if gone.role else ""
        text = f"{kind or words['somebody']} {coming}".rstrip()
        return words["instead"].format(text=text, who=_who(view, gone))
    return f"{gone.name}: {coming}"


def _who(view: View, member: Member) -> str:
    region = view.of(member, "region")
    told = [
        view.title("role", member.role) if member.role else "",
        member.state,
        view.title("region", region[0]) if region else "",
    ]
    return f"{member.name} ({', '.join(each for each in told if each)})"


def _facts(view: View, values: Mapping[str, Any], words: Mapping[str, str]) -> str:
    said: list[str] = []
    state = values.get("state")
    region = values.get("region")
    if state and "region" not in values:
        region = _region_of(view, state)
    if region:
        said.append(words["from"].format(place=view.title("region", region)))
    if state:
        name = shipped_states()[state].name if state in shipped_states() else state
        said.append(words["example" if region else "from"].format(place=name))
    said += [
        words["with"].format(what=view.called(key), value=_value(view, key, each))
        for key, each in values.items()
        if key not in ("state", "region", "name", "terms_before", "consecutive_before")
        and each not in (None, ())
    ]
    return " ".join(said)


WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "leaves": "{who} leaves",
        "add": "Add a member {facts}",
        "somebody": "Somebody else",
        "a": "A {role}",
        "other": "Another {role}",
        "instead": "{text} instead of {who}",
        "from": "from {place}",
        "example": "(for example {place})",
        "with": "with {what} {value}",
    },
    "fr": {
        "leaves": "{who} quitte sa place",
        "add": "Ajouter un membre\N{NO-BREAK SPACE}: {facts}",
        "somebody": "Quelqu’un d’autre",
        "other": "{role} (une autre personne)",
        "a": "{role}",
        "instead": "{text} au lieu de {who}",
        "from": "— {place}",
        "example": "(par exemple {place})",
        "with": "— {what}\N{NO-BREAK SPACE}: {value}",
    },
    "es": {
        "leaves": "{who} deja su puesto",
        "add": "Añadir un miembro: {facts}",
        "somebody": "Otra persona",
        "other": "{role} (otra persona)",
        "a": "{role}",
        "instead": "{text} en lugar de {who}",
        "from": "— {place}",
        "example": "(por ejemplo {place})",
        "with": "— {what}: {value}",
    },
    "ar": {
        "leaves": "مغادرة {who}",
        "add": "إضافة عضو: {facts}",
        "somebody": "شخص آخر",
        "other": "{role} (شخص آخر)",
        "a": "{role}",
        "instead": "{text} بدلا من {who}",
        "from": "من {place}",
        "example": "(مثلا {place})",
        "with": "— {what}: {value}",
    },
}


def _region_of(view: View, state: str) -> str | None:
    scheme = view.scheme_of("region")
    groups = scheme.groups_of(state, view.body.purpose, view.on) if scheme is not None else ()
    return groups[0] if groups else None


def _value(view: View, attribute: str, value: Any) -> str:
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(view.title(attribute, each) for each in value)
    return view.title(attribute, norm(value))
