"""The life of minutes. Read this file first.

A correction is a proposal (`consultation/lifecycle.py`) and lives there.

After adoption the text is never edited: what is wrong then is said in a corrigendum, which is a
decision of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import State

from governance.committees.lifecycle import CHAIR, CLOCK, SECRETARY
from governance.committees.minutes.rules import (
    agrees_with_the_registers,
    closed_parts_are_removed,
    every_correction_is_settled,
    window_has_closed_or_body_adopts,
)
from governance.lifecycle import Lifecycle
from governance.refusals import satisfies

BODY = "body"
ADOPTED = frozenset({"adopted", "signed", "published", "archived"})


class MinutesLifecycle(Lifecycle):
    """Minutes: drafted, reviewed by the chair, circulated, corrected, adopted, published."""

    due = State("Due", initial=True)
    drafting = State("Being drafted")
    chair_review = State("With the chair")
    circulated = State("Circulated for correction")
    settling = State("Corrections being settled")
    ready = State("Ready for adoption")
    adopted = State("Adopted")
    signed = State("Signed")
    published = State("Published")
    archived = State("Archived", final=True)

    draft = due.to(drafting) | drafting.to(drafting) | chair_review.to(drafting)
    submit = drafting.to(chair_review)
    circulate = chair_review.to(circulated, validators=satisfies(agrees_with_the_registers))
    close_window = circulated.to(settling)
    recirculate = settling.to(circulated, validators=satisfies(agrees_with_the_registers))
    settle = settling.to(ready, validators=satisfies(every_correction_is_settled))
    adopt = (
        circulated.to(adopted, validators=satisfies(window_has_closed_or_body_adopts))
        | settling.to(adopted, validators=satisfies(window_has_closed_or_body_adopts))
        | ready.to(adopted, validators=satisfies(window_has_closed_or_body_adopts))
    )
    postpone_adoption = ready.to(ready)
    sign = adopted.to(signed)
    publish = adopted.to(published, validators=satisfies(closed_parts_are_removed)) | signed.to(
        published, validators=satisfies(closed_parts_are_removed)
    )
    archive = published.to(archived)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "draft": frozenset({SECRETARY, CHAIR}),
        "submit": frozenset({SECRETARY}),
        "circulate": frozenset({SECRETARY}),
        "close_window": frozenset({CLOCK}),
        "recirculate": frozenset({SECRETARY}),
        "settle": frozenset({SECRETARY, CLOCK}),
        "adopt": frozenset({CHAIR, BODY, CLOCK}),
        "postpone_adoption": frozenset({CHAIR, SECRETARY}),
        "sign": frozenset({CHAIR, SECRETARY}),
        "publish": frozenset({SECRETARY, CLOCK}),
        "archive": frozenset({SECRETARY, CLOCK}),
    }
