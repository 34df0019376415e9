"""Motions as printed: the seconder that the rules want, votes that add up, results that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.committees.meeting.voting import vote_rule, would_be
from governance.committees.minutes.lints.case import Case
from governance.committees.minutes.printed import MotionClaim
from governance.committees.names import folded
from governance.committees.noticed import Noticed
from governance.committees.rules import roster
from governance.consultation.rules import Outcome
from governance.refusals import say

IN_ALL = re.compile(r"\b(\d{1,4})\s+votes\s+(?:were\s+)?cast\b", re.IGNORECASE)
ENOUGH = 2  # motions with a seconder from which the custom of the body shows
WORDS = {"yes": "for", "no": "against", "abstain": "abstaining"}
Faults = Iterator[Noticed]


def motions(case: Case) -> Faults:
    """Every motion by itself."""
    wants, article = _seconder_is_wanted(case)
    for motion in case.printed.motions:
        if wants and motion.mover and not motion.seconder and not motion.withdrawn:
            yield case.notice(
                motion.line,
                "motion_has_its_seconder",
                say("the motion of {mover} has no seconder", mover=motion.mover),
                say("Name who seconded it, or say that it lapsed."),
                follows="a seconder",
                article=article,
            )
        if motion.seconder and folded(motion.seconder) == folded(motion.mover):
            yield case.notice(
                motion.line,
                "motion_has_its_seconder",
                say("{mover} moves and seconds the same motion", mover=motion.mover),
                say("Name another member as seconder."),
                follows="two members",
                article=article,
            )
        yield from _sums(case, motion)
        yield from _result(case, motion)


def _seconder_is_wanted(case: Case) -> tuple[bool, str]:
    law, article = case.ruling("motions")
    if law is not None:
        return bool(getattr(law, "seconder", True)), article
    moved = [each for each in case.printed.motions if each.mover and not each.withdrawn]
    seconded = [each for each in moved if each.seconder]
    return len(seconded) >= ENOUGH and 2 * len(seconded) >= len(moved), "custom of these minutes"


def _sums(case: Case, motion: MotionClaim) -> Faults:
    """Numbers and names of the votes agree; nobody votes twice; no more votes than voters."""
    seen: dict[str, str] = {}
    for kind, count in motion.votes.items():
        if count.number is not None and count.names and count.number != len(count.names):
            yield case.notice(
                count.line or motion.line,
                "votes_add_up",
                say(
                    "{number} are counted {kind}, and {n} are named",
                    number=count.number,
                    kind=WORDS[kind],
                    n=len(count.names),
                ),
                say("Correct the number, or the names."),
                follows=str(len(count.names)),
            )
        for name in count.names:
            if folded(name) in seen and seen[folded(name)] == kind:
                yield case.notice(
                    count.line or motion.line,
                    "votes_add_up",
                    say("{name} is named twice {kind}", name=name, kind=WORDS[kind]),
                    say("Keep one vote."),
                    follows="one vote",
                )
            before = seen.setdefault(folded(name), kind)
            if before != kind:
                yield case.notice(
                    count.line or motion.line,
                    "votes_add_up",
                    say(
                        "{name} is named {one} and {other}",
                        name=name,
                        one=WORDS[before],
                        other=WORDS[kind],
                    ),
                    say("Keep the vote that was cast."),
                    follows="one vote",
                )
    yield from _tallied(case, motion)
    yield from _in_all(case, motion)
    yield from _too_many(case, motion)
    yield from _not_unanimous(case, motion)


def _tallied(case: Case, motion: MotionClaim) -> Faults:
    """A result such as 6-0 says what the votes above it say."""
    tied = _cast(motion).get("yes", 0) == _cast(motion).get("no", 0)
    for line, kind, number in motion.tallies:
        count = motion.votes.get(kind)
        known = (count.known or 0) if count else (0 if motion.votes else None)
        named = any(each.names for each in motion.votes.values())
        if motion.casting and tied and known is not None and number == known + 1:
            continue  # the vote that broke the tie is counted in the result
        if known is not None and known != number and (named or count is not None):
            yield case.notice(
                line,
                "votes_add_up",
                say(
                    "{number} {kind} is printed in the result, and {known} were counted",
                    number=number,
                    kind=WORDS[kind],
                    known=known,
                ),
                say("Correct the result, or the votes."),
                follows=str(known),
            )


def _in_all(case: Case, motion: MotionClaim) -> Faults:
    """How many votes a line says were cast, and how many it counts: with abstentions or without."""
    votes = _cast(motion)
    if not {"yes", "no"} <= set(votes):
        return
    cast = votes["yes"] + votes["no"]
    for line in sorted({each.line for each in motion.votes.values() if each.line}):
        for found in IN_ALL.finditer(case.printed.line(line)):
            if int(found[1]) in {cast, cast + votes.get("abstain", 0)}:
                continue
            yield case.notice(
                line,
                "votes_add_up",
                say("{printed} votes are said to be cast, and {cast} are counted",
                    printed=found[1], cast=cast + votes.get("abstain", 0)),
                say("Correct the number, or the votes."),
                follows=str(cast + votes.get("abstain", 0)),
            )  # fmt: skip


def _cast(motion: MotionClaim) -> dict[str, int]:
    return {kind: count.known or 0 for kind, count in motion.votes.items()}


def _too_many(case: Case, motion: MotionClaim) -> Faults:
    cast = sum(_cast(motion).values())
    there, what = _voters(case)
    if there is not None and cast > there:
        yield case.notice(
            _votes_line(motion),
            "votes_add_up",
            say(
                "{cast} votes are printed, and {there} {what} are present",
                cast=cast,
                there=there,
                what=what,
            ),
            say("Correct the votes, or the roll."),
            follows=f"at most {there}",
        )


def _voters(case: Case) -> tuple[int | None, str]:
    """How many could vote: by the register and the roll, or by the roll alone."""
    if case.check is not None and case.register is not None and case.day is not None:
        who = roster(case.register, case.day, case.check.history)
        seats = {each.seat for each in who.entitled}
        there = seats & (case.check.presence.seats | case.check.presence.proxies)
        return len(there), "members with a voting right"
    if case.roll is None:
        return None, ""
    present = [each for each in case.roll.lines if each.is_present]
    voting = [each for each in present if each.voting]
    if voting:
        return len(voting), "voting members"
    plain = [e for e in present if e.capacity not in ("observer", "guest", "staff", "adviser")]
    return (len(plain), "members") if plain else (None, "")


def _votes_line(motion: MotionClaim) -> int:
    lines = [each.line for each in motion.votes.values() if each.line]
    return min(lines, default=motion.line)


def _not_unanimous(case: Case, motion: MotionClaim) -> Faults:
    against = _cast(motion).get("no", 0)
    if motion.unanimous and against:
        yield case.notice(
            motion.result_line or motion.line,
            "result_follows_from_the_votes",
            say("unanimous is printed, and {n} are against", n=against),
            say("Strike unanimous, or correct the votes."),
            follows=f"{against} against",
        )


def _result(case: Case, motion: MotionClaim) -> Faults:
    """The result follows from the votes under the rule on the subject."""
    votes = _cast(motion)
    if motion.result is None or not {"yes", "no"} & set(votes) or sum(votes.values()) == 0:
        return
    if "yes" not in votes and motion.result:
        return  # only those against are named: the others were for
    if motion.casting and votes.get("yes", 0) == votes.get("no", 0):
        return  # the chair has broken the tie
    found, article = _would_be(case, motion, votes)
    if found.result is None or found.result == "inquorate":
        return
    carried = found.result == "carried"
    if carried != motion.result:
        yield case.notice(
            motion.result_line or motion.line,
            "result_follows_from_the_votes",
            say(
                "printed as {printed}, and {result} follows: {working}",
                printed="carried" if motion.result else "not carried",
                result="carried" if carried else "not carried",
                working="; ".join(map(str, found.working)),
            ),
            say("Correct the result, or the votes."),
            follows="carried" if carried else "not carried",
            article=article,
        )


def _would_be(case: Case, motion: MotionClaim, votes: dict[str, int]) -> tuple[Outcome, str]:
    there, _ = _voters(case)
    cast = sum(votes.values())
    present = max(there or 0, cast)
    entitled, leave = present, 0
    if case.register is not None and case.day is not None:
        who = roster(case.register, case.day, case.check.history if case.check else ())
        entitled = max(len(who.entitled), present)
        leave = len(who.entitled) - len(who.available)
        rule = vote_rule(case.register.rules, case.day, motion.subject)
    else:
        rule = DEFAULT
    rule = {**rule, "counting": {k: v for k, v in rule["counting"].items() if k != "quorum"}}
    return (
        would_be(rule, votes, present=present, entitled=entitled, leave=leave),
        str(rule["article"]),
    )


DEFAULT = {
    "kind": "majority",
    "article": "",
    "positions": [{"key": "yes"}, {"key": "no"}, {"key": "abstain"}],
    "on_late": "wait",
    "may_change": False,
    "counting": {"more_than": "1/2", "base": "yes_no"},
}
