"""The life of a consultation: open until its outcome is settled. Read this first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from statemachine import State

from governance.consultation.conduct import (
    answer_may_still_be_taken_back,
    clock_is_running,
    clock_stands_still,
    counted_by_a_teller,
    extensions_are_left,
    new_end_is_later,
    pause_has_a_limit,
    reason_is_written,
    reference_says_where,
    refusal_has_a_reason,
    there_is_a_clock,
    there_is_an_answer,
)
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
SECOND = "second person"
TELLER = "teller"


class ConsultationLifecycle(Lifecycle):
    """A question is open, then closed with an outcome, or withdrawn by who asked it.

    While it is open, answers are given and taken back, its clock is moved, its content is
    changed. A clock that stands still stops nobody from answering. Where the votes are equally
    divided and an officer breaks ties, nobody answers any more, and the casting vote is awaited.
    """

    open = State("Open", initial=True)
    tied = State("Tied: the casting vote is awaited")
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
    take_back = open.to(
        open, validators=satisfies(there_is_an_answer, answer_may_still_be_taken_back)
    )
    extend = open.to(
        open,
        validators=satisfies(
            there_is_a_clock, reason_is_written, extensions_are_left, new_end_is_later
        ),
    )
    ask_extension = open.to(open, validators=satisfies(there_is_a_clock, reason_is_written))
    pause = open.to(
        open,
        validators=satisfies(
            there_is_a_clock, reason_is_written, clock_is_running, pause_has_a_limit
        ),
    )
    resume = open.to(open, validators=satisfies(clock_stands_still))
    change = open.to(open)
    confirm_change = open.to(open)
    count = open.to(open, validators=satisfies(counted_by_a_teller))
    draw_lot = open.to(open) | tied.to(tied)
    await_casting = open.to(tied)
    ask_casting = tied.to(tied)
    close = open.to(closed, validators=satisfies(outcome_is_settled)) | tied.to(
        closed, validators=satisfies(outcome_is_settled)
    )
    withdraw = open.to(withdrawn) | tied.to(withdrawn)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "answer": frozenset({ASKED}),
        "take_back": frozenset({ASKED}),
        "extend": frozenset({ASKER, CLOCK}),
        "ask_extension": frozenset({ASKED}),
        "pause": frozenset({ASKER, ASKED}),
        "resume": frozenset({ASKER, CLOCK}),
        "change": frozenset({ASKER}),
        "confirm_change": frozenset({SECOND}),
        "count": frozenset({TELLER}),
        "draw_lot": frozenset({ASKER}),
        "await_casting": frozenset({ASKED, ASKER, TELLER, CLOCK}),
        "ask_casting": frozenset({CLOCK}),
        "close": frozenset({ASKED, ASKER, TELLER, CLOCK}),
        "withdraw": frozenset({ASKER, CLOCK}),
    }


class ProposalLifecycle(Lifecycle):
    """An amendment waits until the owner of the text settles it, or whoever it is referred to."""

    proposed = State("Proposed", initial=True)
    accepted_editorial = State("Accepted as editorial", final=True)
    accepted_substantive = State("Accepted as substantive", final=True)
    refused = State("Refused", final=True)
    referred = State("Referred")
    noted = State("Noted as a statement", final=True)
    replaced = State("Replaced by a newer answer", final=True)

    accept_editorial = proposed.to(accepted_editorial) | referred.to(accepted_editorial)
    accept_substantive = proposed.to(accepted_substantive) | referred.to(accepted_substantive)
    refuse = proposed.to(refused, validators=satisfies(refusal_has_a_reason)) | referred.to(
        refused, validators=satisfies(refusal_has_a_reason)
    )
    refer = proposed.to(referred, validators=satisfies(reference_says_where))
    note = proposed.to(noted) | referred.to(noted)
    replace = proposed.to(replaced)

    authority: ClassVar[Mapping[str, frozenset[str]]] = {
        "accept_editorial": frozenset({ASKER}),
        "accept_substantive": frozenset({ASKER}),
        "refuse": frozenset({ASKER}),
        "refer": frozenset({ASKER}),
        "note": frozenset({ASKER}),
        "replace": frozenset({ASKED}),
    }
