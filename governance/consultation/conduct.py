"""When the conduct of an open question allows an act. Pure: no rows, no clock.

The rules of giving an answer stand in `rules.py`; these are those of everything else that may be
done to a question: take back, extend, pause, change, count, settle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pendulum import DateTime

from governance.refusals import Answer, failed, passed, rule

OWN = "Mandate, consultations"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class TakingBack:
    """Somebody takes an answer back: when it was given, and for how long that may be done."""

    now: DateTime
    answered_at: DateTime | None
    until: DateTime | None


@rule(OWN, SINCE)
def there_is_an_answer(case: TakingBack) -> Answer:
    """Only an answer that was given can be taken back."""
    if case.answered_at is not None:
        return passed("there is an answer")
    return failed("there is no answer of yours to take back", cure="Answer the question instead.")


@rule(OWN, SINCE)
def answer_may_still_be_taken_back(case: TakingBack) -> Answer:
    """An answer can be taken back for some minutes, where the rule of the question says so."""
    if case.answered_at is None:
        return passed("there is no answer to be taken back")
    if case.until is None:
        return failed(
            "answers to this question stand as soon as they are given",
            cure="Ask whoever put the question to put it again.",
        )
    if case.now < case.until:
        return passed("the time to take it back has not passed")
    return failed(
        "the time to take this answer back ended at {until} UTC",
        cure="Ask whoever put the question to put it again.",
        until=case.until.format("YYYY-MM-DD HH:mm:ss"),
    )


@dataclass(frozen=True)
class Timing:
    """Somebody moves the clock of a question: extends, stops it, lets it run on."""

    is_paused: bool
    has_clock: bool
    reason: str = ""
    extended: int = 0
    at_most: int | None = None
    later: bool = True
    limit_is_ahead: bool = True


@rule(OWN, SINCE)
def reason_is_written(case: Timing) -> Answer:
    """Whoever moves the clock of others says why."""
    if case.reason.strip():
        return passed("the reason is given")
    return failed("the reason is missing", cure="Write why, in one sentence.")


@rule(OWN, SINCE)
def there_is_a_clock(case: Timing) -> Answer:
    """Only a question with a deadline has a clock to be moved."""
    if case.has_clock:
        return passed("the question has a deadline")
    return failed("this question has no deadline", cure="Close it, or withdraw it.")


@rule(OWN, SINCE)
def extensions_are_left(case: Timing) -> Answer:
    """A deadline moves no more often than the rule of the question allows."""
    if case.at_most is None or case.extended < case.at_most:
        return passed("the rule allows one more extension")
    return failed(
        "this question was extended {done} times, and its rule allows {most}",
        cure="Let it end, or withdraw the question and put it again.",
        done=case.extended,
        most=case.at_most,
    )


@rule(OWN, SINCE)
def new_end_is_later(case: Timing) -> Answer:
    """An extension gives more time, never less."""
    if case.later:
        return passed("the new end is later than the old one")
    return failed(
        "the new end is not later than the present one",
        cure="Give a later day, or a longer period.",
    )


@rule(OWN, SINCE)
def clock_is_running(case: Timing) -> Answer:
    """A clock that stands still cannot be stopped once more."""
    if not case.is_paused:
        return passed("the clock is running")
    return failed("the clock of this question stands still already", cure="Let it run on first.")


@rule(OWN, SINCE)
def clock_stands_still(case: Timing) -> Answer:
    """Only a clock that stands still can be let run on."""
    if case.is_paused:
        return passed("the clock stands still")
    return failed("the clock of this question is running", cure="Nothing needs to be done.")


@rule(OWN, SINCE)
def pause_has_a_limit(case: Timing) -> Answer:
    """A pause ends by itself: its limit lies ahead."""
    if case.limit_is_ahead:
        return passed("the limit of the pause lies ahead")
    return failed("the limit of the pause lies in the past", cure="Give a later day.")


@dataclass(frozen=True)
class Counting:
    """A teller enters what was counted elsewhere."""

    is_teller: bool


@rule(OWN, SINCE)
def counted_by_a_teller(case: Counting) -> Answer:
    """Only whoever was named as teller enters a count."""
    if case.is_teller:
        return passed("this person is a teller of this question")
    return failed(
        "you are not among the tellers of this question",
        cure="Ask one of its tellers to enter the count.",
    )


@dataclass(frozen=True)
class Settling:
    """The owner of a text settles a proposal."""

    how: str
    reason: str
    referred_to: str


@rule(OWN, SINCE)
def refusal_has_a_reason(case: Settling) -> Answer:
    """Whoever proposed is told why a proposal is not taken up."""
    if case.how != "refuse" or case.reason.strip():
        return passed("the reason is given where it is needed")
    return failed("a proposal is not refused without a reason", cure="Write the reason.")


@rule(OWN, SINCE)
def reference_says_where(case: Settling) -> Answer:
    """A proposal that is referred goes to somebody."""
    if case.how != "refer" or case.referred_to.strip():
        return passed("it is said to whom where it is referred")
    return failed("it is not said to whom the proposal is referred", cure="Name the body.")
