"""Who may not vote on this: the recused, and a chair who votes only to break a tie."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.committees.minutes.lints.case import Case
from governance.committees.minutes.printed import RECUSED, Act, MotionClaim
from governance.committees.noticed import Noticed
from governance.committees.rules import roster
from governance.refusals import say

Faults = Iterator[Noticed]
STEPS_BACK = re.compile(r"\brecus", re.IGNORECASE)
# "recused from item 7", said beforehand: which motion that is, the words do not tell.
OF_ANOTHER = re.compile(
    r"recus\w*[^.;]{0,40}\b(?:item|resolution|ordinance|agenda)\b", re.IGNORECASE
)
NEAR = 6  # lines
CHAIRS = frozenset({"chair", "acting_chair"})
ONE = 1


def recusals(case: Case) -> Faults:
    """Whoever steps back from an item neither moves, nor seconds, nor votes on it."""
    for act in case.printed.acts:
        if act.what != RECUSED or not STEPS_BACK.search(act.text):
            continue
        motion = _about(case, act)
        if motion is None:
            continue
        does = [
            (count.line or motion.line, name)
            for kind, count in motion.votes.items()
            if kind != "abstain"
            for name in count.names
        ]
        does += [(motion.line, each) for each in (motion.mover, motion.seconder) if each]
        for line, name in does:
            if _is_same(case, name, act.name):
                yield case.notice(
                    line,
                    "who_is_recused_takes_no_part",
                    say("{name} is recused on line {line} and takes part here", name=name,
                        line=act.line),
                    say("Strike the name, or the recusal."),
                    follows="no part in it",
                )  # fmt: skip


def _about(case: Case, act: Act) -> MotionClaim | None:
    """The motion that somebody steps back from: the one around the line, or the next."""
    if OF_ANOTHER.search(act.text):
        return None
    for motion in case.printed.motions:
        last = max([motion.line, motion.result_line, *(e.line for e in motion.votes.values())])
        if act.line <= last:
            return motion if motion.line - act.line <= NEAR else None
    return None


def _is_same(case: Case, one: str, other: str) -> bool:
    if one.casefold() == other.casefold():
        return True
    first, second = case.in_roll(one), case.in_roll(other)
    return first is not None and second is not None and first.name == second.name


def chairs(case: Case) -> Faults:
    """A chair without a vote does not vote, but to break a tie where the rules say so."""
    law, article = case.ruling("chair_votes")
    if law is None or case.register is None or case.day is None:
        return
    for motion in case.printed.motions:
        if law in {"none", "ordinary"} and motion.casting:
            yield _says(case, motion, "the chair has no casting vote, and one is printed", article)
        if law in {"none", "casting"}:
            yield from _without_vote(case, motion, article)


def _without_vote(case: Case, motion: MotionClaim, article: str) -> Faults:
    assert case.register is not None  # noqa: S101 -- asked by the caller
    assert case.day is not None  # noqa: S101 -- the same
    votes = {kind: count.known or 0 for kind, count in motion.votes.items()}
    yes, no = votes.get("yes", 0), votes.get("no", 0)
    if abs(yes - no) <= ONE and motion.casting:
        return  # a tie that was broken
    keys = {
        key
        for office, key, span in case.register.officers
        if office in CHAIRS and span.holds(case.day)
    }
    for count in motion.votes.values():
        for name in count.names:
            person = case.person(name)
            if person is not None and person.key in keys and abs(yes - no) != ONE:
                because = "the chair is named among the votes, and votes only to break a tie"
                yield _says(case, motion, because, article)
                return
    named = any(each.names for each in motion.votes.values())
    there = _beside_the_chair(case, keys)
    if not named and there is not None and sum(votes.values()) == there + ONE:
        yield _says(
            case, motion, "the votes are as many as the members with the chair, who has no vote",
            article,
        )  # fmt: skip


def _beside_the_chair(case: Case, chairs_: set[str]) -> int | None:
    """How many of those present may vote, the chair left out; None where nobody presides."""
    if case.check is None or case.register is None or case.day is None:
        return None
    who = roster(case.register, case.day, case.check.history)
    here = case.check.presence.seats | case.check.presence.proxies
    voters = [each for each in who.entitled if each.seat in here]
    others = [each for each in voters if each.key not in chairs_]
    return len(others) if len(others) < len(voters) else None


def _says(case: Case, motion: MotionClaim, because: str, article: str) -> Noticed:
    lines = [each.line for each in motion.votes.values() if each.line]
    return case.notice(
        min(lines, default=motion.line),
        "chair_votes_as_the_rules_say",
        say(because),
        say("Strike the vote of the chair, or correct the count."),
        article=article,
    )
