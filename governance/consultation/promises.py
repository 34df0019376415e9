"""What is promised of a question and could not be kept is refused before it is put."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from governance.consultation.models import FOR_EVER, FORMS, OPEN, POSITIONS, SECRECIES, UNTIL_CLOSE
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, say

FEWEST_FOR_SECRECY = 5
BY_RULE = {"until_close": UNTIL_CLOSE, "for_ever": FOR_EVER}
HONEST = say(
    "The ballot is secret from every user of this installation, not from the administrator of its "
    "database."
)


class OnTheRoll(Protocol):
    """What is looked at of somebody asked."""

    @property
    def weight(self) -> str:
        """Their weight, an exact fraction."""

    @property
    def organ(self) -> str:
        """The organ that they vote in."""


class Promised(Protocol):
    """What is looked at of a question."""

    @property
    def rule(self) -> dict[str, Any]:
        """The rule as plain data."""

    @property
    def form(self) -> str:
        """The form of answer."""

    @property
    def secrecy(self) -> str:
        """What is promised."""

    @property
    def tellers(self) -> tuple[str, ...]:
        """Who enters a count held elsewhere."""

    @property
    def asked(self) -> Sequence[OnTheRoll]:
        """Who is asked."""


def promised(question: Promised) -> str:
    """What is promised: by whoever puts the question, or else by its rule."""
    if question.secrecy != OPEN:
        return question.secrecy
    told = str(question.rule.get("secrecy") or OPEN)
    return BY_RULE.get(told, told)


def keeps_its_promises(question: Promised) -> None:
    """Raises Refused with everything that stands against what the question promises."""
    found = [
        Finding("promise_can_be_kept", "Mandate, secrecy", Verdict.FAIL, because, cure)
        for because, cure in _broken(question)
    ]
    if found:
        raise Refused(found, Reason.INPUT)


def small_group(asked: int) -> Sentence | None:
    """A warning where so few are asked that the result may give single votes away."""
    if asked >= FEWEST_FOR_SECRECY:
        return None
    return say(
        "only {n} people are asked: a result may tell how single persons voted, whatever is kept "
        "secret",
        n=asked,
    )


def gives_votes_away(counts: Mapping[str, int]) -> Sentence | None:
    """A warning where all papers say the same, so that everybody who took part is known by it."""
    said = [key for key, number in counts.items() if number]
    if len(said) != 1 or sum(counts.values()) < 1:
        return None
    return say("all papers say the same: the vote of everybody who took part can be told")


def _broken(question: Promised) -> Iterator[tuple[Sentence, Sentence]]:
    if question.form not in FORMS:
        yield (
            say('there is no form of answer "{form}"', form=question.form),
            say("Use one of: {known}.", known=", ".join(FORMS)),
        )
    if question.secrecy not in SECRECIES:
        yield (
            say('there is no secrecy "{secrecy}"', secrecy=question.secrecy),
            say("Use one of: {known}.", known=", ".join(SECRECIES)),
        )
    if len(set(question.tellers)) == 1:
        yield (
            say("one teller alone enters the count"),
            say("Name two tellers, who count independently of each other."),
        )
    if promised(question) == FOR_EVER:
        yield from _against_secrecy(question)


def _against_secrecy(question: Promised) -> Iterator[tuple[Sentence, Sentence]]:
    if question.form != POSITIONS:
        yield (
            say("{form} are signed, and cannot be secret for ever", form=question.form),
            say("Ask for positions, or promise secrecy until the close."),
        )
    if len({Fraction(each.weight) for each in question.asked}) > 1:
        yield (
            say("votes of different weight can be told apart on secret papers"),
            say("Give every seat the same weight, or promise secrecy until the close."),
        )
    if len({each.organ for each in question.asked}) > 1:
        yield (
            say("a secret paper does not say in which organ it was cast"),
            say("Hold one ballot for each organ."),
        )
    counted = question.rule.get("counting", {})
    if counted.get("veto") or counted.get("concurring"):
        yield (
            say("a veto is known by its name, and a secret paper bears none"),
            say("Remove veto and concurring from a secret ballot."),
        )
    if any(each.get("needs_text") for each in question.rule["positions"]):
        yield (
            say("a position wants its reason in writing, and a secret paper bears none"),
            say("Remove needs_text from the positions of a secret ballot."),
        )
    if question.rule.get("may_change") or question.rule.get("undo_minutes"):
        yield (
            say("a secret paper cannot be found again to be changed or taken back"),
            say("Remove may_change and undo_minutes from a secret ballot."),
        )
