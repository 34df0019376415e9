"""What the linter works at: one file, the vocabulary, the organisation; a walk over parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel

from governance.refusals import Sentence, say
from governance.rulebook.linting.faults import near
from governance.rulebook.linting.yamltext import Reading
from governance.rulebook.parts import Text
from governance.rulebook.predicates import Vocabulary
from governance.rulebook.schema import Organisation, Posts, Procedure

Path = tuple[Any, ...]


@dataclass(frozen=True)
class Desk:
    """One file under the eye of the linter. What could not be read is None, and not asked about."""

    reading: Reading
    vocabulary: Vocabulary
    organisation: Organisation | None = None
    procedures: tuple[Procedure, ...] | None = None
    posts: Posts | None = None
    roles: Collection[str] = ()

    def fault(self, path: Sequence[Any], because: Sentence, cure: Sentence, rule: str) -> None:
        """Note a fault at a path."""
        self.reading.fault_at(path, because, cure, rule)

    def known(self, path: Path, word: object, what: str, known: Collection[str], rule: str) -> bool:
        """Note a fault where a word is not among the known ones."""
        if word in known:
            return True
        because = say('there is no {what} "{word}"', what=what, word=word)
        self.fault(path, because, near(word, known), rule)
        return False

    @property
    def offices(self) -> set[str] | None:
        """How the organisation's offices are named."""
        return {each.ref for each in self.organisation.offices} if self.organisation else None


class Leaf(NamedTuple):
    """A value in the law: in which part, under which name, where."""

    owner: str
    name: str
    path: Path
    value: Any


def walk(part: BaseModel, path: Path = ()) -> Iterator[Leaf]:
    """Every value in a part; texts are whole, lists are walked item by item."""
    owner = type(part).__name__
    for name, info in type(part).model_fields.items():
        yield from _leaves(owner, name, (*path, info.alias or name), getattr(part, name))


def lists(part: BaseModel, path: Path = ()) -> Iterator[tuple[Path, tuple[BaseModel, ...]]]:
    """Every list of parts in a part."""
    for name, info in type(part).model_fields.items():
        value, here = getattr(part, name), (*path, info.alias or name)
        if isinstance(value, BaseModel) and not isinstance(value, Text):
            yield from lists(value, here)
        if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            yield here, value
            for index, each in enumerate(value):
                yield from lists(each, (*here, index))


def _leaves(owner: str, name: str, path: Path, value: Any) -> Iterator[Leaf]:
    if isinstance(value, BaseModel) and not isinstance(value, Text):
        yield from walk(value, path)
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _leaves(owner, name, (*path, index), each)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(owner, name, (*path, key), each)
    elif value is not None:
        yield Leaf(owner, name, path, value)
