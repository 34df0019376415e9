"""What a kind of document is: its name, its facts, where its texts stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from governance.documents.facts import Document

LETTERS, PAPERS = "letters", "papers"


@dataclass(frozen=True)
class Kind:
    """One kind of document: its name in the source language, its facts, where its texts stand.

    An organisation's own kind brings its names, its short words and its sample with it, by
    language; those of ours stand in the catalogues and among the samples.
    """

    name: str
    facts: type[Document]
    folder: str = LETTERS
    names: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    samples: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def is_own(self) -> bool:
        """Whether it is an organisation's own kind."""
        return bool(self.names)

    def labels(self, language: str) -> dict[str, str]:
        """The short words of an own kind in a language, by their English."""
        said = {english: words.get(language, "") for english, words in self.words.items()}
        return {**said, self.name: self.names.get(language, "")}
