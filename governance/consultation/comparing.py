"""What changed between two versions of a content: for pages, mails and machines. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from governance.consultation.amending import Changed, difference, paragraphs_of

UNSHOWN = frozenset({"barred", "subjects", "apart"})


@dataclass(frozen=True)
class Differs:
    """One part of the content that differs: what was there, what is there, and a text's words."""

    part: str
    before: Any
    after: Any
    paragraphs: tuple[Changed, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The part for machines; a text paragraph by paragraph, with runs of words."""
        if not self.paragraphs:
            return {"part": self.part, "before": self.before, "after": self.after}
        changed = [each for each in self.paragraphs if each.kind != "same"]
        return {
            "part": self.part,
            "paragraphs": [
                {
                    "anchor": each.anchor,
                    "kind": each.kind,
                    "runs": [{"kind": run.kind, "text": run.text} for run in each.runs],
                }
                for each in changed
            ],
        }


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Differs]:
    """Every part that differs, in the order of the new content; what is gone comes last."""
    return list(_differences(before, after))


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Differs]:
    for part in (*after, *(each for each in before if each not in after)):
        old, new = before.get(part), after.get(part)
        if old == new or part in UNSHOWN:
            continue
        if part == "text":
            words = tuple(difference(paragraphs_of(before), paragraphs_of(after)))
            yield Differs(part, None, None, words)
        else:
            yield Differs(part, old, new)
