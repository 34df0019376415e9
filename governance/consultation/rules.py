"""When an answer may be given, and what the answers amount to. Pure: no rows, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pendulum import DateTime

from governance.refusals import Answer, Sentence, failed, passed, rule, say

OWN = "Mandate, consultations"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Position:
    """One of the answers that may be given: its key and what goes with it."""

    key: str
    blocking: bool = False
    needs_text: bool = False
    choose_at_least: int = 0
    choose_at_most: int = 0


@dataclass(frozen=True)
class DecisionRule:
    """How answers make an outcome: the kind, the article, the positions, what lateness means."""

    kind: str
    article: str
    positions: Mapping[str, Position]
    on_late: str = "fail"
    may_change: bool = False

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> DecisionRule:
        """From the plain data that a consultation keeps."""
        positions = (Position(**each) for each in plain["positions"])
        return cls(
            kind=plain["kind"],
            article=plain["article"],
            positions={each.key: each for each in positions},
            on_late=plain["on_late"],
            may_change=plain["may_change"],
        )


@dataclass(frozen=True)
class Voice:
    """One person asked: what they answered, whether the question reached them, by when."""

    who: str
    position: str | None = None
    chosen: tuple[str, ...] = ()
    reached: bool = True
    due_at: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """What the answers amount to. `result` is None while it is not settled."""

    result: str | None
    working: tuple[Sentence, ...]
    chosen: tuple[str, ...] = ()

    def as_plain(self, article: str) -> dict[str, Any]:
        """With its working and article, to be stored with the result."""
        return {
            "result": self.result,
            "chosen": list(self.chosen),
            "article": article,
            "working": [
                {"pattern": each.pattern, "facts": dict(each.facts)} for each in self.working
            ],
        }


def outcome(law: DecisionRule, voices: Sequence[Voice], now: DateTime) -> Outcome:
    """The outcome of the answers so far, at an instant, under a rule."""
    return KINDS[law.kind](law, voices, now)


def one_decides(law: DecisionRule, voices: Sequence[Voice], now: DateTime) -> Outcome:
    """Single approver, or a choice by one: the first answer is the outcome."""
    for voice in voices:
        if voice.position is not None:
            said = say('decided by one person: "{position}"', position=voice.position)
            return Outcome(voice.position, (said,), voice.chosen)
    return _late_or_open(law, voices, now)


def nobody_objects(law: DecisionRule, voices: Sequence[Voice], now: DateTime) -> Outcome:
    """Silence procedure: one objection stops it; silence counts where the question arrived."""
    objections = [voice for voice in voices if _blocks(law, voice)]
    if objections:
        return Outcome("lost", (say("{n} objection in writing", n=len(objections)),))
    silent = [voice for voice in voices if voice.position is None]
    running = [voice for voice in silent if not _silence_is_over(voice, now)]
    working = (
        say("{n} people were asked", n=len(voices)),
        say("{n} answered without objection", n=len(voices) - len(silent)),
        say("{n} were silent until their deadline", n=len(silent) - len(running)),
        say("{n} may still answer", n=len(running)),
    )
    if running:
        return Outcome(None, working)
    summary = say(
        "of {n} asked, {spoke} answered without objection and {silent} kept silent to the end",
        n=len(voices),
        spoke=len(voices) - len(silent),
        silent=len(silent),
    )
    return Outcome("carried", (*working, summary))


def views_are_taken(_: DecisionRule, voices: Sequence[Voice], now: DateTime) -> Outcome:
    """Advice: views are recorded, nothing is bound; done when all spoke or time is over."""
    running = [
        voice for voice in voices if voice.position is None and not _silence_is_over(voice, now)
    ]
    spoke = sum(voice.position is not None for voice in voices)
    working = (say("{n} of {all} gave a view", n=spoke, all=len(voices)),)
    return Outcome(None if running else "carried", working)


KINDS = {
    "single": one_decides,
    "choice": one_decides,
    "no_objection": nobody_objects,
    "advice": views_are_taken,
}


def _late_or_open(law: DecisionRule, voices: Sequence[Voice], now: DateTime) -> Outcome:
    over = all(_silence_is_over(voice, now) for voice in voices)
    if over and law.on_late == "fail":
        return Outcome("late", (say("the deadline passed without an answer"),))
    return Outcome(None, (say("no answer yet"),))


def _silence_is_over(voice: Voice, now: DateTime) -> bool:
    return voice.reached and voice.due_at is not None and now >= voice.due_at


def _blocks(law: DecisionRule, voice: Voice) -> bool:
    return voice.position is not None and law.positions[voice.position].blocking


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
