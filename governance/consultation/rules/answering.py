"""When an answer may be given, and when a question may close. Pure: no rows, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pendulum import DateTime

from governance.consultation.rules.law import DecisionRule, Outcome
from governance.refusals import Answer, failed, passed, rule

OWN = "Mandate, consultations"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Answering:
    """The facts of somebody giving an answer now."""

    law: DecisionRule
    now: DateTime
    was_asked: bool
    due_at: DateTime | None
    position: str
    chosen: tuple[str, ...]
    candidates: frozenset[str]
    has_text: bool
    has_answered: bool
    seen_version: int
    content_version: int


@rule(OWN, SINCE)
def person_was_asked(case: Answering) -> Answer:
    """Only who was asked answers."""
    if case.was_asked:
        return passed("this person was asked")
    return failed(
        "this question was put to somebody else",
        cure="Ask whoever was asked to answer from their own account.",
    )


@rule(OWN, SINCE)
def answer_is_before_the_deadline(case: Answering) -> Answer:
    """An answer after the deadline is refused, even if nothing has closed the question yet."""
    if case.due_at is None or case.now < case.due_at:
        return passed("the deadline has not passed")
    return failed(
        "the time to answer ended at {due} UTC",
        cure="Ask whoever put the question to extend it or to put it again.",
        due=case.due_at.format("YYYY-MM-DD HH:mm"),
    )


@rule(OWN, SINCE)
def position_is_offered(case: Answering) -> Answer:
    """An answer is one of the positions that the question offers."""
    if case.position in case.law.positions:
        return passed("the position is offered")
    return failed(
        '"{position}" is not among the answers offered here',
        cure="Choose one of: {offered}.",
        position=case.position,
        offered=", ".join(case.law.positions),
    )


@rule(OWN, SINCE)
def choice_is_among_what_was_shown(case: Answering) -> Answer:
    """Who chooses, chooses as many as asked and only among those that were put forward."""
    position = case.law.positions.get(case.position)
    least = position.choose_at_least if position else 0
    most = position.choose_at_most if position else 0
    if not set(case.chosen) <= case.candidates:
        return failed(
            "the choice names somebody who was not put forward",
            cure="Choose among the candidates shown with the question.",
        )
    if least <= len(set(case.chosen)) <= most:
        return passed("as many are chosen as the question asks")
    return failed(
        "{n} chosen where the answer takes at least {least} and at most {most}",
        cure="Choose the number of candidates that the answer takes.",
        n=len(set(case.chosen)),
        least=least,
        most=most,
    )


@rule(OWN, SINCE)
def reasons_are_given(case: Answering) -> Answer:
    """A position that needs reasons is not taken without them."""
    position = case.law.positions.get(case.position)
    if position is None or not position.needs_text or case.has_text:
        return passed("reasons are given where they are needed")
    return failed(
        "this answer needs its reason in writing", cure="Write the reason and answer again."
    )


@rule(OWN, SINCE)
def content_is_what_was_shown(case: Answering) -> Answer:
    """A position is bound to the version of the content that was shown."""
    if case.seen_version == case.content_version:
        return passed("the content is what was shown")
    return failed(
        "the papers changed since they were opened (version {seen}, now {now})",
        cure="Look at what changed, then answer again.",
        seen=case.seen_version,
        now=case.content_version,
    )


@rule(OWN, SINCE)
def nobody_answers_twice(case: Answering) -> Answer:
    """An answer stands, unless the question lets answers be changed until it closes."""
    if not case.has_answered or case.law.may_change:
        return passed("there is no earlier answer, or it may be changed")
    return failed(
        "this question was answered already, and its answer stands",
        cure="See the record for what was answered and when.",
    )


@rule(OWN, SINCE)
def outcome_is_settled(settled: Outcome) -> Answer:
    """A question closes when its outcome is settled, not before."""
    if settled.result is not None:
        return passed("the outcome is settled")
    return failed("answers are still awaited", cure="Wait for the answers or for the deadline.")
