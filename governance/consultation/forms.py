"""The three forms of answer: what must be filled in, and what may not be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from governance.consultation.amending import Proposed, fault_of, paragraphs_of
from governance.consultation.models import AMENDMENTS, FOR_EVER, SCORES, Consultation
from governance.consultation.scoring import exact, faults_of
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, say

TEXT_LIMIT = 4000
MOST_PROPOSALS = 200
Fault = tuple[str, str, Sentence, Sentence]  # rule, where, why, cure


class Filled(Protocol):
    """What is looked at of an answer."""

    @property
    def position(self) -> str:
        """The position taken."""

    @property
    def text(self) -> str:
        """The reason."""

    @property
    def scores(self) -> Mapping[str, Mapping[str, str]]:
        """The sheet of scores."""

    @property
    def proposals(self) -> tuple[Proposed, ...]:
        """The marked changes."""


def must_be_filled(consultation: Consultation, given: Filled) -> None:
    """Raises Refused with everything that is missing, too much, or wrong in the form."""
    found = [
        Finding(rule, "Mandate, consultations", Verdict.FAIL, because, cure, where)
        for rule, where, because, cure in _faults(consultation, given)
    ]
    if found:
        raise Refused(found, Reason.INPUT)


def plain_scores(scores: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """A sheet as rows keep it: exact fractions as text."""
    return {
        subject: {key: str(exact(score)) for key, score in sorted(sheet.items())}
        for subject, sheet in sorted(scores.items())
    }


def _faults(consultation: Consultation, given: Filled) -> Iterator[Fault]:
    yield from _text(consultation, given.text)
    yield from _scores(consultation, given)
    yield from _proposals(consultation, given)


def _text(consultation: Consultation, text: str) -> Iterator[Fault]:
    if len(text) > TEXT_LIMIT:
        yield (
            "text_fits",
            "text",
            say("the text has {n} characters, {limit} are the most", n=len(text), limit=TEXT_LIMIT),
            say("Shorten it, or attach a paper."),
        )
    if text and consultation.secrecy == FOR_EVER:
        yield (
            "secret_papers_bear_no_text",
            "text",
            say("this ballot is secret, and words would tell whose paper it is"),
            say("Leave the text empty."),
        )


def _scores(consultation: Consultation, given: Filled) -> Iterator[Fault]:
    if consultation.form != SCORES:
        if given.scores:
            yield (
                "form_of_the_question",
                "scores",
                say("this question asks for no scores"),
                say("Answer with a position alone."),
            )
        return
    if not _is_scored(consultation.rule, given.position):
        return
    subjects = consultation.content.get("candidates", [])
    for where, because, cure in faults_of(consultation.rule, subjects, given.scores):
        yield "score_is_on_the_scale", where, because, cure


def _is_scored(rule: Mapping[str, Any], position: str) -> bool:
    """Whoever takes a position that does not count, such as stepping back, scores nobody."""
    taken: Mapping[str, Any] = next(
        (each for each in rule["positions"] if each["key"] == position), {}
    )
    return bool(taken.get("counts", True))


def _proposals(consultation: Consultation, given: Filled) -> Iterator[Fault]:
    if consultation.form != AMENDMENTS:
        if given.proposals:
            yield (
                "form_of_the_question",
                "proposals",
                say("this question asks for no changes of a text"),
                say("Answer with a position alone."),
            )
        return
    if len(given.proposals) > MOST_PROPOSALS:
        yield (
            "proposals_fit",
            "proposals",
            say("{n} proposals are more than one answer takes", n=len(given.proposals)),
            say("Propose {most} changes at most.", most=MOST_PROPOSALS),
        )
    paragraphs = paragraphs_of(consultation.content)
    for number, each in enumerate(given.proposals, 1):
        words = (each.old, each.new, each.reason)
        if max(map(len, words)) > TEXT_LIMIT:
            because = say("the words have more than {limit} characters", limit=TEXT_LIMIT)
            yield "text_fits", f"proposal {number}", because, say("Shorten them.")
        if because_not := fault_of(paragraphs, each):
            cure = say("Copy the words from the paragraph as it stands, more of them if need be.")
            yield "proposal_finds_its_words", f"proposal {number}", because_not, cure
