"""What the page of a certificate shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from governance.web.views import EMPTY, Fact, Filled, Mark, Moment, Option, Voice, Words


@dataclass(frozen=True)
class Step:
    """One thing that happened to a question or its clock."""

    at: Moment
    what: Words
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Conduct:
    """What whoever put the question may do with it now."""

    action: str
    acts: frozenset[str]
    owners: tuple[Option, ...] = ()


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
