"""A body's members on a day, as its rules look at them: every attribute by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from governance.representation.composition import Change, Composition, Member
from governance.representation.schemes import (
    Scheme,
    plainly,
    shipped_schemes,
    shipped_states,
    written,
)
from governance.rulebook.bodies.body import Body, Column
from governance.rulebook.bodies.linting import words_of

Value = str | Fraction | date
Found = tuple[Value, ...] | None  # None: not on file
TEXTS = ("name", "state", "role", "chamber", "sex", "seat")
DATES = ("birth_date", "term_start", "term_end", "elected_on", "left_on")
COMMON: Mapping[str, Column] = {
    "acting": Column(type="flag"),
    "languages": Column(type="words"),
    "replaces": Column(),
    "previous_role": Column(type="words"),
    "terms_before": Column(type="number"),
    "consecutive_before": Column(type="number"),
    "nominated_on": Column(type="date"),
}


@dataclass(frozen=True)
class View:
    """Who sits on a day, who sat before, and what the rules may ask of them.

    `facts`: given for this judgement, before the body's own. `others`: members of other bodies by
    their key. `before`: the composition that this one follows. `overlay`: an installation's own
    schemes, which go before the shipped ones.
    """

    body: Body
    on: date
    members: tuple[Member, ...]
    past: tuple[Member, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    others: Mapping[str, tuple[Member, ...]] = field(default_factory=dict)
    before: tuple[Member, ...] | None = None
    candidates: tuple[Member, ...] | None = None
    overlay: Mapping[str, Scheme] = field(default_factory=dict)
    language: str = "en"
    _seen: dict[str, dict[int, Found]] = field(default_factory=dict, repr=False)
    _kept: list[Member] = field(default_factory=list, repr=False)
    _asks: dict[str, Callable[[Member], Found]] = field(default_factory=dict, repr=False)
    _schemes: dict[str, Scheme] = field(default_factory=dict, repr=False)
    _names: dict[tuple[str, object], str] = field(default_factory=dict, repr=False)

    def after(self, change: Change) -> View:
        """The same once a change is made; what is known of the others stays known."""
        return replace(self, members=change.made(self.members))

    def with_members(self, members: tuple[Member, ...]) -> View:
        """The same with other members."""
        return replace(self, members=members)

    @property
    def schemes(self) -> Mapping[str, Scheme]:
        """All schemes: shipped, the installation's, the body's own; the later ones go first."""
        if not self._schemes:
            own = {
                each.key: written(each, is_region=each.key == self.body.region)
                for each in self.body.schemes
            }
            self._schemes.update({**shipped_schemes(), **self.overlay, **own})
        return self._schemes

    def scheme_of(self, attribute: str) -> Scheme | None:
        """The scheme behind an attribute, if one is."""
        key = self.body.region if attribute == "region" else attribute
        if key is None or (attribute != "region" and attribute in self.body.columns):
            return None
        return self.schemes.get(key)

    def of(self, member: Member, attribute: str) -> Found:
        """What a member has of an attribute; None where it is not on file."""
        seen = self._seen.get(attribute)
        if seen is None:
            seen = self._seen.setdefault(attribute, {})
            self._asks[attribute] = self._asker(attribute)
        key = id(member)
        if key not in seen:
            seen[key] = self._asks[attribute](member)
            self._kept.append(member)  # so that its number is nobody else's
        return seen[key]

    def column(self, attribute: str) -> Column | None:
        """The column of this name, declared by the body or known to all."""
        return self.body.columns.get(attribute) or COMMON.get(attribute)

    def _asker(self, attribute: str) -> Callable[[Member], Found]:
        derived: Mapping[str, Callable[[Member], Found]] = {
            "region": self._region,
            "age": self._age,
            "age_at_start": self._age_at_start,
            "member_state": self._member_state,
        }
        if attribute in derived:
            return derived[attribute]
        if attribute in TEXTS or attribute in DATES:
            return lambda member: _one(getattr(member, attribute))
        if self.column(attribute) is not None:
            return lambda member: _some(member.more.get(attribute))
        if (scheme := self.scheme_of(attribute)) is not None:
            return lambda member: self._placed(scheme, member)
        if (table := self.body.tables.get(attribute)) is not None:
            return lambda member: _one(table.values.get(member.state, table.others))
        return lambda _: None

    def _region(self, member: Member) -> Found:
        if member.region:
            return (member.region,)
        scheme = self.scheme_of("region")
        return self._placed(scheme, member) if scheme is not None else None

    def _placed(self, scheme: Scheme, member: Member) -> Found:
        found = scheme.groups_of(member.state, self.body.purpose, self.on)
        is_known = bool(found) or (scheme.unlisted == "none" and bool(member.state))
        return found if is_known else None

    def _age(self, member: Member) -> Found:
        born = member.birth_date
        return (Fraction(years_between(born, self.on)),) if born else None

    def _age_at_start(self, member: Member) -> Found:
        born, start = member.birth_date, member.term_start or member.elected_on
        return (Fraction(years_between(born, start)),) if born and start else None

    def _member_state(self, member: Member) -> Found:
        listed = self.member_states
        if listed is None or not member.state:
            return None
        return ("yes" if member.state in listed else "no",)

    @cached_property
    def member_states(self) -> frozenset[str] | None:
        """The member states, where they are on file."""
        membership = self.body.membership
        if membership is None:
            return None
        if membership.states:
            return frozenset(membership.states)
        if membership.of is None:
            return None
        return frozenset(
            code
            for code, state in shipped_states().items()
            if (state.un_member if membership.of == "un" else state.interpol_member)
        )

    def fact(self, key: str) -> Any:
        """A fact on the day: given, or the body's own; None where it is not on file."""
        if key in self.facts:
            return self.facts[key]
        if key == "membership" and (found := self._membership()) is not None:
            return found
        fact = self.body.facts.get(key)
        if fact is None:
            return None
        dated = [each for each in fact.values if each.since <= self.on]
        return max(dated, key=lambda each: each.since).value if dated else fact.value

    def _membership(self) -> int | None:
        membership = self.body.membership
        if membership is None:
            return None
        if membership.count is not None:
            return membership.count
        dated = [each for each in membership.values if each.since <= self.on]
        if dated:
            return int(max(dated, key=lambda each: each.since).value)
        return len(self.member_states) if self.member_states else None

    def canon(self, attribute: str, value: object) -> str:
        """A value as the members have it: a group's key for any of its names, yes for true."""
        key = (attribute, value if not isinstance(value, bool) else norm(value))
        if key not in self._names:
            word = norm(value)
            scheme = self.scheme_of(attribute)
            if scheme is not None:
                self._names[key] = scheme.find(word) or word
            elif attribute in ("name", "state"):
                self._names[key] = word
            else:
                self._names[key] = spellings(self.body).get(plainly(word), word)
        return self._names[key]

    def possible(self, attribute: str) -> tuple[str, ...]:
        """Every value that there can be, where that is known."""
        if attribute == "role":
            return tuple(each.key for each in self.body.roles)
        if attribute == "chamber":
            return tuple(each.key for each in self.body.chambers)
        column = self.column(attribute)
        if column is not None:
            return ("yes", "no") if column.type == "flag" else column.values
        if attribute == "sex":
            return ("female", "male")
        scheme = self.scheme_of(attribute)
        return tuple(each.key for each in scheme.groups) if scheme is not None else ()

    def rank(self, member: Member) -> int:
        """The place of a member's role, the highest first."""
        keys = [each.key for each in self.body.roles]
        return keys.index(member.role) if member.role in keys else len(keys)

    def called(self, attribute: str) -> str:
        """An attribute as people call it."""
        column = self.body.columns.get(attribute)
        if column is not None and column.title is not None:
            return column.title.say(self.language)
        names = NAMES.get(self.language, {})
        return names.get(attribute) or attribute.replace("_", " ")

    def title(self, attribute: str, value: object) -> str:
        """A value as people call it."""
        word, language = str(value), self.language
        listed: Sequence[Any] = ()
        if attribute == "role":
            listed = self.body.roles
        elif attribute == "chamber":
            listed = self.body.chambers
        for each in listed:
            if each.key == word:
                return str(each.title.say(language))
        scheme = self.scheme_of(attribute)
        group = scheme.group(word) if scheme is not None else None
        return group.title(language) if group is not None else word

    def people(self, members: Iterable[Member]) -> tuple[str, ...]:
        """Names, in an order that does not depend on the members'."""
        return tuple(sorted({each.name for each in members}))


def at(  # noqa: PLR0913 -- the facts of one judgement
    body: Body,
    composition: Composition,
    on: date,
    *,
    facts: Mapping[str, Any] | None = None,
    others: Mapping[str, tuple[Member, ...]] | None = None,
    before: tuple[Member, ...] | None = None,
    candidates: tuple[Member, ...] | None = None,
    overlay: Mapping[str, Scheme] | None = None,
    language: str = "en",
) -> View:
    """The view of a composition on a day: who sits, and who sat before."""
    sitting = tuple(each for each in composition.members if each.sits_on(on))
    past = tuple(each for each in composition.members if each.has_left_by(on))
    return View(
        body,
        on,
        sitting,
        past,
        facts or {},
        others or {},
        before,
        candidates,
        overlay or {},
        language,
    )


NAMES: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "region": "région",
        "state": "État",
        "role": "fonction",
        "chamber": "chambre",
        "sex": "sexe",
        "languages": "langues",
        "age": "âge",
        "birth_date": "date de naissance",
        "term_start": "début du mandat",
        "term_end": "fin du mandat",
        "member_state": "État membre",
    },
    "es": {
        "region": "región",
        "state": "Estado",
        "role": "cargo",
        "chamber": "sala",
        "sex": "sexo",
        "languages": "idiomas",
        "age": "edad",
        "birth_date": "fecha de nacimiento",
        "term_start": "inicio del mandato",
        "term_end": "fin del mandato",
        "member_state": "Estado miembro",
    },
    "ar": {
        "region": "الإقليم",
        "state": "الدولة",
        "role": "المنصب",
        "chamber": "الدائرة",
        "sex": "الجنس",
        "languages": "اللغات",
        "age": "العمر",
        "birth_date": "تاريخ الميلاد",
        "term_start": "بداية الولاية",
        "term_end": "نهاية الولاية",
        "member_state": "دولة عضو",
    },
}

_SPELLINGS: dict[int, tuple[Body, dict[str, str]]] = {}
MOST_BODIES = 64


def spellings(body: Body) -> Mapping[str, str]:
    """How the body itself spells the values of its columns and rules; North and north are one."""
    kept = _SPELLINGS.get(id(body))
    if kept is None:
        if len(_SPELLINGS) >= MOST_BODIES:
            _SPELLINGS.clear()
        kept = _SPELLINGS[id(body)] = (body, {})
        for word in (*_declared(body), *words_of(body)):
            kept[1].setdefault(plainly(word), word)
    return kept[1]


def _declared(body: Body) -> list[str]:
    return [
        *(word for column in body.columns.values() for word in column.values),
        *(each.key for each in body.roles),
        *(each.key for each in body.chambers),
    ]


def norm(value: object) -> str:
    """A value as text that can be compared: true is yes, 3 and "3" are alike."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def years_between(start: date, end: date) -> int:
    """Whole years from one day to another, as ages are counted."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _one(value: Any) -> Found:
    if value is None or value == "":
        return None
    return (value,)


def _some(value: Any) -> Found:
    if value is None or value in ("", ()):
        return None
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return tuple(value) if isinstance(value, (tuple, list, frozenset)) else (value,)
