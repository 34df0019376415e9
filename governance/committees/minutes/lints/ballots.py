"""The sums of a vote as organs print them: the base without abstentions, the majority of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from governance.committees.minutes.lints.case import Case
from governance.committees.minutes.printed import BallotClaim
from governance.committees.noticed import Noticed
from governance.refusals import say

Faults = Iterator[Noticed]
TWO_THIRDS = Fraction(2, 3)


def ballots(case: Case) -> Faults:
    """Every report of a vote by itself."""
    for claim in case.printed.ballots:
        yield from _base(case, claim)
        yield from _valid(case, claim)
        yield from _majority(case, claim)
        yield from _elected(case, claim)


def _base(case: Case, claim: BallotClaim) -> Faults:
    """Present and voting is who voted for or against: not who abstained, was absent, or void."""
    told = claim.numbers
    voting = told.get("voting")
    if voting is None:
        return
    counted = _for_and_against(case, claim)
    if counted is None and {"entitled", "absent"} <= set(told):
        counted = told["entitled"] - told["absent"] - told.get("abstain", 0) - told.get("void", 0)
    if counted is None or counted == voting:
        return
    yield case.notice(
        claim.line,
        "votes_add_up",
        say(
            "{printed} present and voting is printed, and {right} follows: abstentions, absences "
            "and void papers are no votes",
            printed=voting,
            right=counted,
        ),
        say("Correct the base; the majority is counted from it."),
        follows=str(counted),
    )


def _for_and_against(case: Case, claim: BallotClaim) -> int | None:
    """The votes for and against that are counted on the lines of this report."""
    for motion in case.printed.motions:
        votes = motion.votes
        lines = {each.line for each in votes.values()}
        if {"yes", "no"} <= set(votes) and claim.line in lines:
            return sum(votes[kind].known or 0 for kind in ("yes", "no"))
    return None


def _valid(case: Case, claim: BallotClaim) -> Faults:
    told = claim.numbers
    if {"cast", "void", "valid"} <= set(told):
        right = told["cast"] - told["void"]
        if told["valid"] != right:
            yield case.notice(
                claim.line,
                "votes_add_up",
                say(
                    "{printed} valid votes are printed, and {right} follow: {cast} cast, {void} "
                    "void",
                    printed=told["valid"],
                    right=right,
                    cast=told["cast"],
                    void=told["void"],
                ),
                say("Count the papers again."),
                follows=str(right),
            )
    if "cast" in told and "entitled" in told and told["cast"] > told["entitled"]:
        yield case.notice(
            claim.line,
            "votes_add_up",
            say("{cast} votes are cast, and {entitled} may vote", cast=told["cast"],
                entitled=told["entitled"]),
            say("Correct the votes, or who may vote."),
            follows=f"at most {told['entitled']}",
        )  # fmt: skip


def _right_base(case: Case, claim: BallotClaim) -> int | None:
    told = claim.numbers
    counted = _for_and_against(case, claim)
    if counted is not None:
        return counted
    if {"entitled", "absent", "voting"} <= set(told):
        return told["entitled"] - told["absent"] - told.get("abstain", 0) - told.get("void", 0)
    if "cast" in told and "void" in told and "valid" not in told and "voting" not in told:
        return told["cast"] - told["void"] - told.get("abstain", 0)
    return told.get("voting", told.get("valid"))


def _majority(case: Case, claim: BallotClaim) -> Faults:
    """The majority that is printed is more than half of the base, or two thirds of it."""
    required, base = claim.numbers.get("required"), _right_base(case, claim)
    if required is None or not base:
        return
    half, two_thirds = base // 2 + 1, ceil(TWO_THIRDS * base)
    right = two_thirds if claim.two_thirds else half
    if required == right or (not claim.two_thirds and required == two_thirds):
        return
    yield case.notice(
        claim.line,
        "majority_is_of_the_base",
        say(
            "a majority of {printed} is printed, and {right} follows from {base} votes",
            printed=required,
            right=right,
            base=base,
        ),
        say("Correct the majority, or the base that it is counted from."),
        follows=str(right),
    )


def _elected(case: Case, claim: BallotClaim) -> Faults:
    """Whoever is elected has the majority that is required."""
    required = claim.numbers.get("required")
    if not claim.elected or required is None or not claim.obtained:
        return
    most = max(claim.obtained)
    if most < required:
        yield case.notice(
            claim.elected,
            "result_follows_from_the_votes",
            say(
                "somebody is elected with {most} votes, and {required} are required",
                most=most,
                required=required,
            ),
            say("Correct the votes or the majority, or ballot again."),
            follows="not elected",
        )
