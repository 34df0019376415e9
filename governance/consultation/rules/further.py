"""What follows a vote: the rule of the next round; and voices from a count made elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from governance.consultation.rules.law import Voice
from governance.refusals import Reason, refuse


def next_round(rule: Mapping[str, Any], outcome: Mapping[str, Any]) -> dict[str, Any]:
    """The plain rule of the vote that follows `revote` or `further_round`.

    `rule` is what the consultation kept, `outcome` what it closed with; the new question is put
    under what this gives: the round is counted, who was elected and who stays in is kept.
    """
    following = {**rule, "round": rule.get("round", 1) + 1}
    if outcome["result"] == "further_round":
        following["elected"] = list(outcome["chosen"])
        following["standing"] = list(outcome["numbers"]["stays_in"])
        following.pop("anybody", None)
        if outcome["numbers"].get("anybody"):
            following["anybody"] = True
    return following


def second_call(rule: Mapping[str, Any]) -> dict[str, Any]:
    """The plain rule of the vote on a second call, with its lower quorum."""
    return {**rule, "call": 2}


def voices_of_counts(
    counts: Mapping[str, int], *, entitled: int | None = None, present: int | None = None
) -> list[Voice]:
    """Voices that amount to a count of positions made elsewhere, by tellers or a machine.

    `counts` says how many took each position; `entitled` and `present` how many there were in all
    (empty: as many as are counted). Refused where more are counted than there were.
    """
    numbers = count(1)
    voices = [
        Voice(str(next(numbers)), position, present=True if present is not None else None)
        for position, many in counts.items()
        for _ in range(many)
    ]
    there = len(voices) if present is None else present
    everybody = max(there, len(voices)) if entitled is None else entitled
    _no_more_than(len(voices), there)
    _no_more_than(there, everybody)
    silent = [
        Voice(str(next(numbers)), present=True, final=True) for _ in range(len(voices), there)
    ]
    absent = [Voice(str(next(numbers)), present=False, final=True) for _ in range(there, everybody)]
    return [*voices, *silent, *absent]


def voices_of_votes(  # noqa: PLR0913 -- one argument per figure of a tellers' sheet, all named
    votes: Mapping[str, int],
    *,
    seats: int = 1,
    papers: int | None = None,
    invalid: int = 0,
    abstaining: int = 0,
    entitled: int | None = None,
) -> list[Voice]:
    """Voices that amount to the votes of candidates counted elsewhere.

    Which names stood together on a paper is not known, and does not matter: as many valid
    `papers` are made as were counted (empty: the fewest that can bear the votes).
    """
    total = sum(votes.values())
    fewest = max([-(-total // max(seats, 1)), *votes.values()], default=0)
    valid = fewest if papers is None else papers
    _no_more_than(fewest, valid)
    named: list[list[str]] = [[] for _ in range(valid)]
    for place, name in zip(count(), _one_by_one(votes), strict=False):
        named[place % valid].append(name)
    numbers = count(1)
    given = [Voice(str(next(numbers)), "vote", tuple(names)) for names in named]
    given += [Voice(str(next(numbers)), "invalid") for _ in range(invalid)]
    given += [Voice(str(next(numbers)), "abstain") for _ in range(abstaining)]
    everybody = len(given) if entitled is None else entitled
    _no_more_than(len(given), everybody)
    rest = range(len(given), everybody)
    return [*given, *(Voice(str(next(numbers)), final=True) for _ in rest)]


def _one_by_one(votes: Mapping[str, int]) -> Iterator[str]:
    for name, many in votes.items():
        for _ in range(many):
            yield name


def _no_more_than(part: int, whole: int) -> None:
    if part > whole:
        raise refuse(
            "{part} are counted where there are {whole}",
            rule="count_adds_up",
            cure="Compare the figures of the count with the roll.",
            reason=Reason.INPUT,
            part=part,
            whole=whole,
        )
