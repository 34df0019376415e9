"""Which group a state belongs to: a function of state, scheme, purpose and day. Facts, not law."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from governance.rulebook.bodies.body import Scheme as Written

SHIPPED = Path(__file__).resolve().parent.parent / "rulebooks"
LANGUAGES = ("en", "fr", "es", "ar")


@dataclass(frozen=True)
class Placing:
    """A state is in a group: always, or for a purpose, or for a time; and who says so."""

    state: str
    group: str
    purpose: str = ""
    since: date | None = None
    until: date | None = None
    source: str = ""

    def holds(self, day: date) -> bool:
        """Whether it is so on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True)
class Group:
    """A group of a scheme, with its names."""

    key: str
    titles: Mapping[str, str]
    also: tuple[str, ...] = ()

    def title(self, language: str = "en") -> str:
        """Its name."""
        return self.titles.get(language) or self.titles.get("en") or self.key


@dataclass(frozen=True)
class Scheme:
    """One way to divide the world."""

    key: str
    titles: Mapping[str, str]
    source: str
    confidence: str
    groups: tuple[Group, ...]
    placings: tuple[Placing, ...]
    unlisted: str = "unknown"  # or none: a state that stands nowhere is in no group
    _of: dict[str, list[Placing]] = field(default_factory=dict, compare=False, repr=False)
    _names: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _known: dict[tuple[object, ...], tuple[str, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        for group in reversed(self.groups):
            for name in (*group.also, *group.titles.values(), group.key):
                self._names[plainly(name)] = group.key
        for each in self.placings:
            self._of.setdefault(each.state, []).append(each)

    def title(self, language: str = "en") -> str:
        """Its name."""
        return self.titles.get(language) or self.titles.get("en") or self.key

    def groups_of(self, state: str, purpose: str, day: date) -> tuple[str, ...]:
        """The groups of a state for a purpose on a day; a purpose of its own goes first."""
        key = (state, purpose, day)
        if key not in self._known:
            now = [each for each in self._of.get(state, ()) if each.holds(day)]
            wanted = [each for each in now if each.purpose == purpose] if purpose else []
            chosen = wanted or [each for each in now if not each.purpose]
            self._known[key] = tuple(dict.fromkeys(each.group for each in chosen))
        return self._known[key]

    def states_of(self, group: str, purpose: str, day: date) -> tuple[str, ...]:
        """The states of a group for a purpose on a day."""
        key = ("in", group, purpose, day)
        if key not in self._known:
            self._known[key] = tuple(
                state for state in self._of if group in self.groups_of(state, purpose, day)
            )
        return self._known[key]

    def group(self, key: str) -> Group | None:
        """The group of this key."""
        return next((each for each in self.groups if each.key == key), None)

    def find(self, word: str) -> str | None:
        """The key of the group that is called so: by key, by a title, or by another name."""
        return self._names.get(plainly(word))


@lru_cache(maxsize=4096)
def plainly(word: str) -> str:
    """A word without accents, case, and what joins words: for comparing names as people write."""
    bare = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(x if x.isalnum() else " " for x in bare if not unicodedata.combining(x))
    return " ".join(letters.split())


@lru_cache(maxsize=1)
def shipped_schemes() -> Mapping[str, Scheme]:
    """The schemes that ship: `rulebooks/schemes/`, with their sources in `SOURCES.md`."""
    folder = SHIPPED / "schemes"
    groups = _rows(folder / "groups.csv")
    found = {}
    for row in _rows(folder / "schemes.csv"):
        own = tuple(
            Group(each["key"], titles_of(each), _listed(each["also"]))
            for each in groups
            if each["scheme"] == row["key"]
        )
        placings = tuple(map(placing_of, _rows(folder / f"{row['key']}.csv")))
        found[row["key"]] = Scheme(
            row["key"], titles_of(row), row["source"], row["confidence"], own, placings
        )
    return found


def titles_of(row: Mapping[str, str]) -> dict[str, str]:
    """The titles in a row, by language."""
    return {each: row[each] for each in LANGUAGES if row.get(each)}


def placing_of(row: Mapping[str, str]) -> Placing:
    """A placing as a table has it; raises ValueError on a date that is none."""
    return Placing(
        state=row["state"],
        group=row["group"],
        purpose=row.get("purpose") or "",
        since=_day(row.get("since")),
        until=_day(row.get("until")),
        source=row.get("source") or "",
    )


def written(scheme: Written, *, is_region: bool = True) -> Scheme:
    """A scheme that a body's own file sets out; another than its regions is a list of states."""
    return Scheme(
        scheme.key,
        {str(key): each for key, each in scheme.title.root.items()},
        scheme.source,
        scheme.confidence,
        tuple(
            Group(each.key, {str(key): x for key, x in each.title.root.items()})
            for each in scheme.groups
        ),
        tuple(
            Placing(x.state, each.key, x.purpose or "", x.since, x.until, x.source)
            for each in scheme.groups
            for x in each.states
        ),
        scheme.unlisted or ("unknown" if is_region else "none"),
    )


@dataclass(frozen=True)
class StateName:
    """A state as the shipped list has it."""

    code: str
    alpha2: str
    name: str
    un_member: bool
    interpol_member: bool


@lru_cache(maxsize=1)
def shipped_states() -> Mapping[str, StateName]:
    """The states of `states.csv` and the few others that organisations have as members."""
    found = {
        row["iso3"]: StateName(
            row["iso3"],
            row["iso2"],
            row["name"],
            bool(row["un_group"]),
            row["interpol_member"] == "yes",
        )
        for row in _rows(SHIPPED / "states.csv")
    }
    for row in _rows(SHIPPED / "schemes" / "others.csv"):
        found[row["iso3"]] = StateName(row["iso3"], row["iso2"], row["name"], False, False)
    return found


def near_state(word: str, known: Iterable[StateName]) -> StateName | None:
    """The state that is probably meant: by its two letters, or its name."""
    wanted = plainly(word)
    for each in known:
        if wanted in (plainly(each.name), each.alpha2.casefold()):
            return each
    return None


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in cell.split(";") if each.strip())


def _day(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell else None


def in_order(groups: Sequence[str], scheme: Scheme) -> list[str]:
    """Groups in the order of their scheme."""
    order = {each.key: place for place, each in enumerate(scheme.groups)}
    return sorted(groups, key=lambda key: (order.get(key, len(order)), key))
