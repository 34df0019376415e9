"""Names in a body's rules against what there is: attributes, groups, roles, rules, facts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from governance.refusals import say
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.combined import AllOf, AnyOf, ExceptionClause
from governance.rulebook.bodies.parts import Compared, Formula, Rule, Where
from governance.rulebook.bodies.seats import Ranges
from governance.rulebook.linting.faults import near
from governance.rulebook.linting.yamltext import Reading

SCHEMES = Path(__file__).resolve().parents[2] / "rulebooks" / "schemes"
BUILT_IN = frozenset(
    {
        "acting",
        "age",
        "age_at_start",
        "birth_date",
        "chamber",
        "consecutive_before",
        "elected_on",
        "languages",
        "left_on",
        "member_state",
        "name",
        "nominated_on",
        "previous_role",
        "region",
        "replaces",
        "role",
        "seat",
        "sex",
        "state",
        "term_end",
        "term_start",
        "terms_before",
    }
)
ATTRIBUTES = ("attribute", "by", "per", "shares", "after_date", "contribution", "population")
ROLES = ("together", "after_roles", "from_", "service_in", "unless_vacant")
RULE = "body_name"
UNDECLARED = {
    "state": "Write the three letters of ISO 3166, or declare it under states.",
    "fact": "Declare it under facts, or write one of: {known}.",
    "attribute": "Declare it under columns, tables or schemes, or write one of: {known}.",
    "role": "Declare it under roles, or write one of: {known}.",
}
Path_ = tuple[str | int, ...]


@lru_cache(maxsize=1)
def shipped_groups() -> Mapping[str, frozenset[str]]:
    """The names of groups by the scheme that ships with them, in small letters."""
    with (SCHEMES / "groups.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names: dict[str, set[str]] = {}
    for row in rows:
        every = [row[x] for x in ("key", "en", "fr", "es", "ar")] + row["also"].split(";")
        names.setdefault(row["scheme"], set()).update(x.strip().casefold() for x in every)
    return {key: frozenset(each - {""}) for key, each in names.items()}


@lru_cache(maxsize=1)
def shipped_codes() -> frozenset[str]:
    """The codes of the states that ship."""
    found: set[str] = set()
    for path in (SCHEMES.parent / "states.csv", SCHEMES / "others.csv"):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found.update(row["iso3"] for row in csv.DictReader(lines))
    return frozenset(found)


def check_names(reading: Reading, body: Body) -> None:
    """Every name in a body speaks of something that there is."""
    desk = _Desk(reading, body)
    desk.once(("rules",), [each.id for each in body.rules], "id")
    desk.once(("roles",), [each.key for each in body.roles], "key")
    desk.once(("reviews",), [each.key for each in body.reviews], "key")
    if body.region is not None:
        desk.known(("region",), body.region, "scheme", desk.schemes)
    for name in (*body.columns, *body.tables):
        if name in BUILT_IN and name not in ("region", "sex", "languages"):
            where = "columns" if name in body.columns else "tables"
            because = say('"{name}" is a column that is always known', name=name)
            reading.fault_at((where, name), because, say("Give it another name."), RULE)
    for path, code in _codes(body):
        desk.known(path, code, "state", shipped_codes() | {each.code for each in body.states})
    for index, rule in enumerate(body.rules):
        desk.rule(("rules", index), rule)


def _codes(body: Body) -> Iterator[tuple[Path_, str]]:
    """Every state that a body names for itself, and where."""
    for i, scheme in enumerate(body.schemes):
        for j, group in enumerate(scheme.groups):
            for k, each in enumerate(group.states):
                yield ("schemes", i, "groups", j, "states", k), each.state
    if body.membership is not None:
        for k, code in enumerate(body.membership.states):
            yield ("membership", "states", k), code
    for name, table in body.tables.items():
        yield from ((("tables", name, "values", code), code) for code in table.values)


@dataclass
class _Desk:
    """One body under the eyes of the linter."""

    reading: Reading
    body: Body

    @property
    def schemes(self) -> set[str]:
        return {*shipped_groups(), *(each.key for each in self.body.schemes)}

    @property
    def attributes(self) -> set[str]:
        return {*BUILT_IN, *self.body.columns, *self.body.tables, *self.schemes}

    @property
    def facts(self) -> set[str]:
        return {*self.body.facts, "membership", "size", "vacant_seats"}

    def known(self, path: Path_, value: object, what: str, options: Iterable[str]) -> None:
        listed = list(options)
        if str(value) not in listed:
            because = say('there is no {what} "{value}"', what=what, value=value)
            meant = UNDECLARED.get(what, "Write one of: {known}.")
            cure = say(meant) if what == "state" else near(value, listed, meant)
            self.reading.fault_at(path, because, cure, RULE)

    def once(self, path: Path_, names: list[str], field: str) -> None:
        for index, name in enumerate(names):
            if name in names[:index]:
                because = say('"{name}" stands in the list a second time', name=name)
                cure = say("Give it another {field}.", field=field)
                self.reading.fault_at((*path, index, field), because, cure, RULE)

    def rule(self, path: Path_, rule: Rule) -> None:
        """One rule, with the rules in it."""
        if isinstance(rule, (AllOf, AnyOf)):
            for index, each in enumerate(rule.rules):
                self.rule((*path, "rules", index), each)
        if isinstance(rule, ExceptionClause):
            self._clause(path, rule)
        for here, part in parts_of(rule, path):
            self._part(here, part)
        self._values(path, rule)

    def _clause(self, path: Path_, rule: ExceptionClause) -> None:
        ids = [each.id for each in self.body.rules]
        for name in ("excuses", "replaces"):
            for index, each in enumerate(getattr(rule, name)):
                self.known((*path, name, index), each, "rule", ids)
        for index, each in enumerate(rule.instead):
            self.rule((*path, "instead", index), each)

    def _part(self, path: Path_, part: BaseModel) -> None:
        if isinstance(part, Where):
            for attribute, wanted in part.has.items():
                self.known((*path, attribute), attribute, "attribute", self.attributes)
                if isinstance(wanted, Compared) and wanted.fact is not None:
                    self.known((*path, attribute, "fact"), wanted.fact, "fact", self.facts)
                if attribute in self.attributes and not isinstance(wanted, Compared):
                    values = wanted if isinstance(wanted, tuple) else (wanted,)
                    self.values((*path, attribute), attribute, values)
            return
        for name in ATTRIBUTES:
            value = getattr(part, name, None)
            if isinstance(value, str) and not (isinstance(part, Ranges) and value == name):
                self.known((*path, name), value, "attribute", self.attributes)
        self._names(path, part)

    def _names(self, path: Path_, part: BaseModel) -> None:
        roles = [each.key for each in self.body.roles]
        for name in ROLES:
            for value in _tuple(getattr(part, name, None)):
                self.known((*path, name.rstrip("_")), value, "role", roles)
        for name in ("to", "by"):
            for value in _tuple(getattr(part, name, None)):
                self.known((*path, name), value, "role", [*roles, "same"])
        if isinstance(getattr(part, "role", None), str):
            self.known((*path, "role"), getattr(part, "role", ""), "role", roles)
        ids = [each.id for each in self.body.rules]
        for name in ("fails", "passes"):
            if (value := getattr(part, name, None)) is not None:
                self.known((*path, name), value, "rule", ids)
        self._amounts(path, part)

    def _amounts(self, path: Path_, part: BaseModel) -> None:
        if (fact := getattr(part, "fact", None)) is not None:
            self.known((*path, "fact"), fact, "fact", self.facts)
        if isinstance(part, Formula):
            self.known((*path, "of"), part.of, "fact", self.facts)
        for name in ("exactly", "at_least", "at_most", "number", "top", "base", "members"):
            value = getattr(part, name, None)
            if isinstance(value, str):
                self.known((*path, name), value, "fact", self.facts)

    def _values(self, path: Path_, rule: Rule) -> None:
        """The values that a rule names are values of its attribute."""
        attribute = getattr(rule, "attribute", None) or getattr(rule, "per", None)
        if attribute not in self.attributes:
            return
        for name in ("each", "each_at_least"):
            for value in getattr(rule, name, None) or ():
                self.values((*path, name, value), attribute, (value,))
        for name in ("order", "every", "values", "within", "except_"):
            listed = getattr(rule, name, None)
            if isinstance(listed, tuple):
                own = "region" if name == "within" else attribute
                self.values((*path, name.rstrip("_")), own, listed)
        self._blocks(path, rule, attribute)

    def _blocks(self, path: Path_, rule: Rule, attribute: str) -> None:
        for name in ("unions", "seats"):
            for index, each in enumerate(getattr(rule, name, None) or ()):
                self.values((*path, name, index, "of"), attribute, each.of)
                for turn in getattr(each, "turns", ()):
                    self.values((*path, name, index, "turns"), attribute, turn)

    def values(self, path: Path_, attribute: str, values: Iterable[Any]) -> None:
        """Each is a value that the attribute can have, where that is known."""
        options = self._options(attribute)
        if options is None:
            return
        for value in values:
            if not isinstance(value, bool) and str(value).casefold() not in options:
                because = say(
                    '"{value}" is no {attribute}',
                    value=value,
                    attribute=attribute.replace("_", " "),
                )
                self.reading.fault_at(path, because, near(value, options), RULE)

    def _options(self, attribute: str) -> set[str] | None:
        if attribute == "role":
            return {each.key for each in self.body.roles} or None
        if attribute == "chamber":
            return {each.key for each in self.body.chambers} or None
        if attribute in self.body.columns:
            column = self.body.columns[attribute]
            return {each.casefold() for each in column.values} or None
        return self._groups(self.body.region if attribute == "region" else attribute)

    def _groups(self, key: str | None) -> set[str] | None:
        for scheme in self.body.schemes:
            if scheme.key == key:
                titles = [x for each in scheme.groups for x in each.title.root.values()]
                return {x.casefold() for x in (*(each.key for each in scheme.groups), *titles)}
        return set(shipped_groups()[key]) if key is not None and key in shipped_groups() else None


def _tuple(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def words_of(body: Body) -> Iterator[str]:
    """Every word that the body's rules name as a value, as it is spelt there."""
    for rule in body.rules:
        for part in _every(rule):
            if isinstance(part, Where):
                for wanted in part.has.values():
                    values = wanted if isinstance(wanted, tuple) else (wanted,)
                    yield from (x for x in values if isinstance(x, str))
            for name in ("each", "each_at_least", "order", "every", "values", "of", "except_"):
                found = getattr(part, name, None)
                if isinstance(found, (tuple, dict)):
                    yield from (x for x in found if isinstance(x, str))


def _every(rule: Rule) -> Iterator[BaseModel]:
    yield from (part for _, part in parts_of(rule, ()))
    for name in INSIDE:
        for each in getattr(rule, name, ()):
            yield from _every(each)


INSIDE = {"rules", "instead"}  # rules in rules are walked by themselves
STEPS = {"and_": "and", "any_": "any", "all_": "all", "not_": "not", "while_": "while"}


def parts_of(part: BaseModel, path: Path_) -> Iterator[tuple[Path_, BaseModel]]:
    """A part and the parts in it, with their paths in the file."""
    yield path, part
    for name, value in part:
        if name not in INSIDE:
            for key, each in _inside(name, value):
                yield from parts_of(each, (*path, STEPS.get(name, name.rstrip("_")), *key))


def _inside(name: str, value: object) -> Iterator[tuple[Path_, BaseModel]]:
    pairs: Iterable[tuple[Path_, object]] = [((), value)]
    if isinstance(value, tuple):
        pairs = [((index,), each) for index, each in enumerate(value)]
    elif isinstance(value, dict) and name != "has":
        pairs = [((key,), each) for key, each in value.items()]
    for key, each in pairs:
        if isinstance(each, BaseModel):
            yield key, each
