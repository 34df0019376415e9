"""The life of a consultation: open until its outcome is settled. Read this first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import State

from governance.consultation.rules import (
    answer_is_before_the_deadline,
    choice_is_among_what_was_shown,
    content_is_what_was_shown,
    nobody_answers_twice,
    outcome_is_settled,
    person_was_asked,
    position_is_offered,
    reasons_are_given,
)
from governance.lifecycle import Lifecycle
from governance.refusals import satisfies

ASKED = "asked"
CLOCK = "clock"
ASKER = "asker"


class ConsultationLifecycle(Lifecycle):
    """A question is open, then closed with an outcome, or withdrawn by who asked it."""

    open = State("Open", initial=True)
    closed = State("Closed", final=True)
    withdrawn = State("Withdrawn", final=True)

    answer = open.to(
        open,
        validators=satisfies(
            person_was_asked,
            answer_is_before_the_deadline,
            position_is_offered,
            choice_is_among_what_was_shown,
            reasons_are_given,
            content_is_what_was_shown,
            nobody_answers_twice,
        ),
    )
    close = open.to(closed, validators=satisfies(outcome_is_settled))
    withdraw = open.to(withdrawn)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "answer": frozenset({ASKED}),
        "close": frozenset({ASKED, CLOCK}),
        "withdraw": frozenset({ASKER, CLOCK}),
    }
