"""The life of a request for information: asked, then answered, or not needed any more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import State

from governance.lifecycle import Lifecycle

ASKED = "asked"
CLOCK = "clock"


class InformationLifecycle(Lifecycle):
    """Something is asked before an answer is given; it is told, or nobody waits for it any more."""

    asked = State("Asked", initial=True)
    told = State("Answered", final=True)
    lapsed = State("No longer awaited", final=True)

    tell = asked.to(told)
    lapse = asked.to(lapsed)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "tell": frozenset({ASKED}),
        "lapse": frozenset({ASKED, CLOCK}),
    }
