"""What the pages of documents show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from governance.refusals import Finding, Sentence
from governance.web.papers.form import Entry
from governance.web.views import EMPTY, Act, Fact, Filled, Mark, Moment, Option, Words


@dataclass(frozen=True)
class VerifyPage:
    """The page for somebody who received a letter, before and after a file was looked at."""

    filled: Filled = EMPTY
    state: Mark | None = None
    sentences: Sequence[Sentence] = ()
    facts: Sequence[Fact] = ()


@dataclass(frozen=True)
class Row:
    """One document in a list."""

    id: str
    number: Words
    kind: Words
    language: Words
    state: Mark
    at: Moment
    href: str
    addressee: str = ""


@dataclass(frozen=True)
class Tab:
    """One way to see the list, and how many documents stand in it."""

    label: Words
    href: str
    count: int
    here: bool


@dataclass(frozen=True)
class ListPage:
    """The newest documents that somebody may see; reviewed ones may be put together."""

    rows: Sequence[Row]
    tabs: Sequence[Tab] = ()
    keeps: bool = False
    puts: bool = False
    filled: Filled = EMPTY
    refused: Sequence[Finding] = ()


@dataclass(frozen=True)
class Handed:
    """One delivery: by which channel, to whom in words, when, and when it was opened."""

    channel: Words
    to: str
    at: Moment
    opened: Moment | None


@dataclass(frozen=True)
class VersionLine:
    """One version of a draft: its number, who wrote it, when."""

    number: int
    who: Words
    at: Moment


@dataclass(frozen=True)
class PaperPage:
    """One document: what it is, what was done with it, what may be done."""

    href: str
    number: str
    kind: Words
    state: Mark
    facts: Sequence[Fact]
    issued: Moment | None
    deliveries: Sequence[Handed]
    versions: Sequence[VersionLine]
    acts: Sequence[Act]
    offers: frozenset[str]
    channels: Sequence[Option]
    sheet: str
    pdf: str
    unopened: bool
    version: int
    filled: Filled = EMPTY
    refused: Sequence[Finding] = ()


@dataclass(frozen=True)
class ChoosePage:
    """Which kind of document is to be drafted, in which language, for whom."""

    kinds: Sequence[Option]
    languages: Sequence[Option]
    filled: Filled = EMPTY


@dataclass(frozen=True)
class DraftPage:
    """The facts of a document as a form, new or in another version."""

    action: str
    back: str
    kind: Words
    language: Words
    entries: Sequence[Entry]
    hidden: Sequence[tuple[str, str]]
    notes: Sequence[Finding] = ()
    filled: Filled = EMPTY
    is_new: bool = True
    with_words: bool = False


@dataclass(frozen=True)
class Differs:
    """One place where an edited copy says something else."""

    place: int
    before: str
    after: str


@dataclass(frozen=True)
class ReturnedPage:
    """What came back from a word processor, beside the draft, to be accepted by a person."""

    href: str
    kind: Words
    language: str
    direction: str
    differences: Sequence[Differs]
    seen: str
    carried: str


@dataclass(frozen=True)
class BundleLine:
    """One bundle in the list."""

    title: str
    href: str
    state: Mark
    size: int
    done: int
    at: Moment


@dataclass(frozen=True)
class BundlesPage:
    """The newest bundles."""

    lines: Sequence[BundleLine]


@dataclass(frozen=True)
class BundlePage:
    """One bundle: how far it is, what is in it, what may be done with it."""

    href: str
    title: str
    state: Mark
    size: int
    done: int
    counts: Sequence[Fact]
    rows: Sequence[Row]
    question: str
    made: Moment
    puts: bool
    release: Act | None
    filled: Filled = EMPTY
    refused: Sequence[Finding] = ()


@dataclass(frozen=True)
class ManyPage:
    """Many documents like one: a file with a line each."""

    href: str
    back: str
    kind: Words
    sample: str
    columns: Sequence[str]
    faults: Sequence[Finding] = ()
    filled: Filled = EMPTY
