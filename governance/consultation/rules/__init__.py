"""The rules of consultations: when an answer may be given, and what the answers amount to.

`outcome(law, voices, now)` is the one question that the engine asks; `law.py` has what goes in
and comes out. Everything here is pure: no rows, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pendulum import DateTime

from governance.consultation.rules.answering import (
    OWN,
    SINCE,
    Answering,
    answer_is_before_the_deadline,
    choice_is_among_what_was_shown,
    content_is_what_was_shown,
    nobody_answers_twice,
    outcome_is_settled,
    person_was_asked,
    position_is_offered,
    reasons_are_given,
)
from governance.consultation.rules.ballot import seats_are_filled
from governance.consultation.rules.castings import Casting, castings_awaited
from governance.consultation.rules.law import DecisionRule, Outcome, Position, Voice
from governance.consultation.rules.majority import by_count
from governance.consultation.rules.organs import all_carry
from governance.consultation.rules.poll import Poll
from governance.consultation.rules.silence import (
    consensus,
    nobody_objects,
    one_decides,
    views_are_taken,
)
from governance.refusals import say

__all__ = [
    "KINDS",
    "OWN",
    "SINCE",
    "Answering",
    "Casting",
    "DecisionRule",
    "Outcome",
    "Position",
    "Voice",
    "answer_is_before_the_deadline",
    "castings_awaited",
    "choice_is_among_what_was_shown",
    "content_is_what_was_shown",
    "nobody_answers_twice",
    "outcome",
    "outcome_is_settled",
    "person_was_asked",
    "position_is_offered",
    "reasons_are_given",
]

ONE_ORGAN: dict[str, Callable[[Poll], Outcome]] = {
    "single": one_decides,
    "choice": one_decides,
    "any_one": by_count,
    "unanimity": by_count,
    "majority": by_count,
    "consensus": consensus,
    "no_objection": nobody_objects,
    "ballot": seats_are_filled,
    "advice": views_are_taken,
}
KINDS: dict[str, Callable[[Poll], Outcome]] = {
    **ONE_ORGAN,
    "organs": lambda poll: all_carry(poll, ONE_ORGAN),
}
AT_ONCE = frozenset({"single", "choice", "no_objection"})  # by the first answer, or objection


def outcome(law: DecisionRule, voices: Sequence[Voice], now: DateTime) -> Outcome:
    """The outcome of the answers so far, at an instant, under a rule.

    None while somebody may still answer whose answer can change it; where the law wants no early
    close, while anybody may still answer at all.
    """
    poll = Poll(law, voices, now)
    found = KINDS[law.kind](poll)
    if found.result is None or law.early_close or law.kind in AT_ONCE or not poll.awaited:
        return found
    waits = say("not closed before everybody has answered or the time is over")
    return Outcome(None, (*found.working[:-1], waits), numbers=found.numbers)
