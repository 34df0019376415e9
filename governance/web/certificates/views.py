"""What the page of a certificate shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from governance.consultation.amending import Changed
from governance.web.views import EMPTY, Fact, Filled, Mark, Moment, Option, Voice, Words


@dataclass(frozen=True)
class Step:
    """One thing that happened to a question or its clock."""

    at: Moment
    what: Words
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Compared:
    """A change as those asked will see it: in sentences, word by word, and what answers are worth.

    `seen` tells this difference from every other, so that only what was looked at is made.
    """

    lines: tuple[Words, ...]
    marked: tuple[Changed, ...]
    effect: Words
    seen: str = ""


@dataclass(frozen=True)
class Ticked:
    """Somebody who may be chosen, and whether they stay."""

    value: str
    name: str
    stays: bool


@dataclass(frozen=True)
class Changing:
    """The form of a change, with what was typed; `compared` once the difference was asked for."""

    paragraphs: tuple[Option, ...]
    title: str | None
    candidates: tuple[Ticked, ...]
    kinds: tuple[Option, ...]
    needs_second: bool = False
    compared: Compared | None = None
    filled: Filled = EMPTY


@dataclass(frozen=True)
class Proposed:
    """A change that waits for a second person."""

    version: int
    kind: Words
    who: Words
    reason: str
    compared: Compared
    may_confirm: bool


@dataclass(frozen=True)
class Conduct:
    """What whoever put the question may do with it now."""

    action: str
    acts: frozenset[str]
    owners: tuple[Option, ...] = ()
    changing: Changing | None = None
    proposed: Proposed | None = None


@dataclass(frozen=True)
class CertificatePage:
    """Question, rule, roll, count and end of a question; `papers` once it is closed."""

    question: Words
    subject: Fact
    mark: Mark
    facts: tuple[Fact, ...]
    rule: tuple[Words, ...]
    voices: tuple[Voice, ...]
    working: tuple[Words, ...]
    end: Words
    papers: tuple[Fact, ...] = ()
    steps: tuple[Step, ...] = ()
    silences: tuple[Fact, ...] = ()
    conduct: Conduct | None = None
    filled: Filled = EMPTY
