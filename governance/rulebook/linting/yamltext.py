"""YAML 1.2 as a plain tree that remembers its lines. What older readers read otherwise is refused.

A law must read the same with every tool, so that no anchor, tag, directive or unquoted `NO` is let
in: `on` is True for a YAML 1.1 reader, 12:30 is 750, 010 is 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from governance.refusals import Finding, Sentence, Verdict, say

LARGEST = 256 * 1024
DEEPEST = 30
MOST_NODES = 20_000

NULL = re.compile(r"~|null|Null|NULL|")
BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})")
OLD_BOOL = re.compile(r"yes|no|on|off", re.IGNORECASE)
OLD_SEXAGESIMAL = re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+")
OTHER_INT = re.compile(r"[-+]?(0[0-9_]+|0[xob][0-9a-fA-F_]+|[0-9]+(_[0-9]+)+|[0-9]{16,})")
FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)

TRAPS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        OLD_BOOL,
        "{value} without quotes is text here and true or false for older YAML readers",
        'Write "{value}" in quotes, or true or false.',
    ),
    (
        OLD_SEXAGESIMAL,
        "{value} without quotes is text here and a count for older YAML readers (12:30 is 750)",
        'Write "{value}" in quotes.',
    ),
    (
        OTHER_INT,
        "{value} is read as different numbers by different YAML readers (010 is 10 or 8)",
        "Write a plain decimal number without leading zeros, or put it in quotes.",
    ),
    (
        FLOAT,
        "{value} is a rounded number, and law counts with exact ones",
        'Write the fraction as text, such as "3/10", or a whole number of a smaller unit.',
    ),
)


@dataclass(frozen=True)
class Node:
    """A value and the place where it begins; `keys` has the places of a mapping's keys."""

    value: Any  # a scalar, list[Node], or dict[str, Node]
    line: int
    column: int
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: each.plain() for key, each in self.value.items()}
        if isinstance(self.value, list):
            return [each.plain() for each in self.value]
        return self.value

    def at(self, path: Iterable[object]) -> tuple[int, int]:
        """Line and column of a path, or of the deepest part of it that is there.

        Steps that are not in the tree, such as the name of a chosen model, are passed over.
        """
        node, place = self, (self.line, self.column)
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                place, node = node.keys[str(step)], node.value[str(step)]
            elif _is_index(node.value, step):
                node = node.value[step]
                place = (node.line, node.column)
        return place

    def get(self, *path: str | int) -> Node | None:
        """The node at a path, or None."""
        node = self
        for step in path:
            known = isinstance(node.value, dict) and step in node.value
            if not known and not _is_index(node.value, step):
                return None
            node = node.value[step]
        return node


@dataclass
class Reading:
    """One file as read: its name, its tree if it could be read, and what is wrong with it."""

    name: str
    tree: Node | None = None
    findings: list[Finding] = field(default_factory=list)

    def fault(self, place: tuple[int, int], because: Sentence, cure: Sentence, rule: str) -> None:
        """Note what is wrong at a line and column."""
        where = f"{self.name}:{place[0]}:{place[1]}"
        self.findings.append(Finding(rule, "", Verdict.FAIL, because, cure, where))

    def fault_at(
        self, path: Sequence[object], because: Sentence, cure: Sentence, rule: str
    ) -> None:
        """Note what is wrong at a path of the tree."""
        place = self.tree.at(path) if self.tree is not None else (1, 1)
        self.fault(place, because, cure, rule)


def read_text(name: str, raw: bytes) -> Reading:
    """The tree of a YAML file, or the reasons why it has none."""
    read = _read(name, raw)
    return Reading(name, read.tree, list(read.findings))


@lru_cache(maxsize=64)
def _read(name: str, raw: bytes) -> Reading:
    """Reading is the dear part of a look at the law, and most files are as they were before."""
    reading = Reading(name)
    text = _decoded(reading, raw)
    if text is None:
        return reading
    try:
        tree = _Builder(reading).document(_events(text))
    except (YAMLError, _TooMuch, RecursionError) as error:
        _syntax(reading, error)
        return reading
    reading.tree = tree
    return reading


class _TooMuch(Exception):
    """Deeper or larger than any law is."""


def _is_index(value: object, step: object) -> bool:
    return isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)


def _decoded(reading: Reading, raw: bytes) -> str | None:
    if len(raw) > LARGEST:
        reading.fault(
            (1, 1),
            say("the file has {size} bytes, the limit is {limit}", size=len(raw), limit=LARGEST),
            say("Split it: one file for each procedure."),
            "rulebook_file_size",
        )
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        reading.fault(
            (line, 1),
            say("the file is not written in UTF-8"),
            say("Save it again with the encoding UTF-8."),
            "rulebook_encoding",
        )
        return None


def _events(text: str) -> Iterator[Event]:
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    yield from yaml.parse(text)


def _syntax(reading: Reading, error: Exception) -> None:
    mark = error.problem_mark or error.context_mark if isinstance(error, MarkedYAMLError) else None
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
    reading.fault(
        place,
        say("the file cannot be read as YAML: {problem}", problem=problem),
        say("Look at the indentation, quotes and brackets here and on the line before."),
        "rulebook_yaml",
    )


class _Builder:
    """Makes the tree of one document from its events."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.nodes = 0

    def document(self, events: Iterator[Event]) -> Node | None:
        tree: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                self._start(event, documents)
            elif isinstance(
                event, (ScalarEvent, SequenceStartEvent, MappingStartEvent, AliasEvent)
            ):
                tree = self._node(event, events, 0)
        if tree is None:
            self._fault(None, "the file is empty", "Write the part of the law that its name says.")
        return tree

    def _start(self, event: DocumentStartEvent, count: int) -> None:
        if event.version is not None or event.tags:
            self._fault(
                event, "a directive changes how the file is read", "Remove the line with %."
            )
        if count > 1:
            self._fault(event, "the file holds a second document", "Remove the line with ---.")

    def _node(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST_NODES:
            raise _TooMuch("it is nested deeper, or holds more, than a law does")
        line, column = _place(event)
        self._no_magic(event)
        if isinstance(event, ScalarEvent):
            return Node(self._scalar(event), line, column)
        if isinstance(event, SequenceStartEvent):
            return Node(self._items(events, depth), line, column)
        if isinstance(event, MappingStartEvent):
            keys: dict[str, tuple[int, int]] = {}
            return Node(self._pairs(events, depth, keys), line, column, keys)
        return Node(None, line, column)

    def _items(self, events: Iterator[Event], depth: int) -> list[Node]:
        found: list[Node] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            found.append(self._node(event, events, depth + 1))
        return found

    def _pairs(
        self, events: Iterator[Event], depth: int, keys: dict[str, tuple[int, int]]
    ) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key = self._node(event, events, depth + 1)
            node = self._node(next(events), events, depth + 1)
            name = str(key.value) if not isinstance(key.value, (list, dict)) else None
            if name is None or not isinstance(event, ScalarEvent):
                self._fault(event, "a key is a list or a mapping", "Write one word as the key.")
            elif name in found:
                self._twice(event, name, keys[name])
            else:
                found[name], keys[name] = node, (key.line, key.column)
        return found

    def _twice(self, event: Event, name: str, before: tuple[int, int]) -> None:
        self.reading.fault(
            _place(event),
            say('the key "{key}" stands here a second time', key=name),
            say("Remove it, or the one on line {line}.", line=before[0]),
            "rulebook_duplicate_key",
        )

    def _scalar(self, event: ScalarEvent) -> Any:
        text = event.value
        if event.style is not None:
            return text
        for trap, because, cure in TRAPS:
            if trap.fullmatch(text):
                self.reading.fault(
                    _place(event), say(because, value=text), say(cure, value=text), "rulebook_trap"
                )
                return text
        if NULL.fullmatch(text):
            return None
        if BOOL.fullmatch(text):
            return text.lower() == "true"
        return int(text) if INT.fullmatch(text) else text

    def _no_magic(self, event: Event) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self._fault(
                event,
                "anchors (&) and aliases (*) hide what a rule says",
                "Write the words out where they apply, or put the text in quotes.",
            )
        if getattr(event, "tag", None) not in (None, "!"):
            self._fault(event, "a tag (!) changes how a value is read", "Remove the tag.")
        if isinstance(event, ScalarEvent) and event.value == "<<" and event.style is None:
            self._fault(event, "a merge (<<) hides what a rule says", "Write the words out.")

    def _fault(self, event: Event | None, because: str, cure: str) -> None:
        place = _place(event) if event is not None else (1, 1)
        self.reading.fault(place, say(because), say(cure), "rulebook_yaml")


def _place(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1)
