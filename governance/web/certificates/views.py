"""What the page of a certificate shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from governance.web.views import Fact, Mark, Voice, Words


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
