"""Two compositions side by side: who left, who came, what became of each rule."""

from __future__ import annotations

from typing import Any

from governance.representation.composition import Composition
from governance.representation.verdict import CompositionVerdict


def compared(
    first: Composition, second: Composition, was: CompositionVerdict, now: CompositionVerdict
) -> dict[str, Any]:
    """Two compositions side by side, as plain data."""
    names = {each.name for each in first.members}, {each.name for each in second.members}
    return {
        "body": now.body,
        "date": now.on.isoformat(),
        "verdict": str(now.overall),
        "verdict_before": str(was.overall),
        "left": sorted(names[0] - names[1]),
        "came": sorted(names[1] - names[0]),
        "rules": [
            {**each.as_plain(), "before": str(old.outcome) if old is not None else None}
            for each in now.rules
            for old in (was.rule(each.id),)
        ],
    }
