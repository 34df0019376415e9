"""What a check notices in a roll or in minutes: what is printed, what follows, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from governance.refusals import Finding, Sentence, Verdict


@dataclass(frozen=True)
class Noticed:
    """One finding with its place, the words that are printed and what the registers say instead."""

    finding: Finding
    line: int = 0
    printed: str = ""
    follows: str = ""

    @property
    def blocks(self) -> bool:
        """Whether it must be cured or waived."""
        return self.finding.blocks

    def as_json(self) -> dict[str, Any]:
        """For machines: the finding, its line, what is printed and what follows."""
        told: dict[str, Any] = dict(self.finding.as_json())
        return {**told, "line": self.line, "printed": self.printed, "follows": self.follows}

    def __str__(self) -> str:
        return str(self.finding)


@dataclass(frozen=True)
class Place:
    """A line of a file, and the words that stand there."""

    file: str
    line: int
    printed: str = ""


def notice(  # noqa: PLR0913 -- one argument per part of what is noticed, all named
    place: Place,
    *,
    rule: str,
    because: Sentence,
    cure: Sentence,
    follows: str = "",
    article: str = "",
    advisory: bool = False,
) -> Noticed:
    """Something noticed at a place; advice binds nobody."""
    verdict = Verdict.ADVISORY if advisory else Verdict.FAIL
    where = f"{place.file}:{place.line}" if place.line else place.file
    finding = Finding(rule, article, verdict, because, cure, where)
    return Noticed(finding, place.line, place.printed, follows)
