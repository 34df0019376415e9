"""The quorum as printed: its sums, its two numbers the right way round, one verdict only."""

from __future__ import annotations

from collections.abc import Iterator

from governance.committees.minutes.lints.case import Case
from governance.committees.minutes.printed import QuorumClaim
from governance.committees.noticed import Noticed
from governance.committees.rules import MORE_THAN_HALF, QuorumCount, needed
from governance.refusals import say


def quorums(case: Case) -> Iterator[Noticed]:
    """Every claim on the quorum against itself, against the roll, against the rule."""
    claims = case.printed.quorum
    yield from _both(case, claims)
    for claim in claims:
        yield from _within(case, claim)
        if case.check is not None:
            yield from _against_rule(case, claim, case.check.quorum)
        else:
            yield from _against_roll(case, claim)


def _both(case: Case, claims: tuple[QuorumClaim, ...]) -> Iterator[Noticed]:
    """A document that says both reached and not reached, unless it was lost or regained."""
    yes = [each for each in claims if each.reached is True]
    no = [each for each in claims if each.reached is False]
    if not yes or not no:
        return
    later = max(yes[0], no[0], key=lambda each: each.line)
    first = min(yes[0], no[0], key=lambda each: each.line)
    words = later.text.lower()
    if any(each in words for each in ("lost", "loss", "left", "longer", "now", "regain", "again")):
        return
    yield case.notice(
        later.line,
        "quorum_has_one_verdict",
        say(
            "line {first} says that the quorum was {one}, this line that it was {other}",
            first=first.line,
            one="reached" if first.reached else "not reached",
            other="reached" if later.reached else "not reached",
        ),
        say("Say once whether there was a quorum, and when that changed."),
    )


def _within(case: Case, claim: QuorumClaim) -> Iterator[Noticed]:
    """A claim against itself: verdict, numbers, percentage."""
    present, need, base = claim.present, claim.needed, claim.base
    if present is not None and base is not None and present > base:
        yield case.notice(
            claim.line,
            "need_and_presence_are_not_swapped",
            say("{present} of {base} cannot be there", present=present, base=base),
            say("Exchange the two numbers, or correct them."),
            follows=f"{base} of {present}" if base else "",
        )
        return
    if present is not None and base and claim.percent is not None:
        right = present * 100 / base
        if abs(right - claim.percent) > 1:
            yield case.notice(
                claim.line,
                "quorum_adds_up",
                say(
                    "{present} of {base} is {right} %, and {percent} % is printed",
                    present=present,
                    base=base,
                    right=round(right),
                    percent=claim.percent,
                ),
                say("Correct the percentage, or the numbers."),
                follows=f"{round(right)} %",
            )
    if present is None or need is None or claim.reached is None:
        return
    if claim.reached != (present >= need):
        yield case.notice(
            claim.line,
            "need_and_presence_are_not_swapped" if claim.reached else "quorum_adds_up",
            say(
                "{present} present and {need} needed is no quorum, and one is claimed"
                if claim.reached
                else "{present} present and {need} needed is a quorum, and none is claimed",
                present=present,
                need=need,
            ),
            say("Exchange the numbers if they are swapped, or correct the verdict."),
            follows="reached" if present >= need else "not reached",
        )


def _against_rule(case: Case, claim: QuorumClaim, count: QuorumCount) -> Iterator[Noticed]:
    """A claim against what follows from the register, the rule and the roll."""
    swapped = (
        claim.present == count.needed
        and claim.needed == count.counted
        and count.needed != count.counted
    )
    if swapped:
        yield case.notice(
            claim.line,
            "need_and_presence_are_not_swapped",
            say(
                "{present} present and {need} needed are printed the wrong way round",
                present=claim.present,
                need=claim.needed,
            ),
            say("Exchange the two numbers."),
            follows=f"{count.counted} present, {count.needed} needed",
            article=count.article,
        )
        return
    printed = (
        ("present", claim.present, count.counted),
        ("needed", claim.needed, count.needed),
        ("of", claim.base, count.base),
    )
    for what, number, right in printed:
        if number is not None and number != right:
            yield case.notice(
                claim.line,
                "quorum_follows_from_the_roll",
                say(
                    "{what}: {number} is printed, {right} follows from the roll: {working}",
                    what=what,
                    number=number,
                    right=right,
                    working="; ".join(map(str, count.working)),
                ),
                say("Correct the number, or the roll."),
                follows=str(right),
                article=count.article,
            )
    if claim.reached is not None and claim.reached != count.reached:
        yield case.notice(
            claim.line,
            "quorum_follows_from_the_roll",
            say(
                "the quorum is printed as {printed}; {present} are present, {need} are needed",
                printed="reached" if claim.reached else "not reached",
                present=count.counted,
                need=count.needed,
            ),
            say("Correct what is said of the quorum, or the roll."),
            follows="reached" if count.reached else "not reached",
            article=count.article,
        )


def _against_roll(case: Case, claim: QuorumClaim) -> Iterator[Noticed]:
    """Without a register: the number present is that of the members listed."""
    roll = case.printed.roll
    if roll is None:
        return
    votes = [each for each in roll.lines if each.is_present and each.voting]
    members = votes or [
        each
        for each in roll.lines
        if each.is_present and each.capacity not in ("observer", "guest", "staff", "adviser")
        and each.voting is not False
    ]  # fmt: skip
    listed = len(members)
    if listed and claim.present is not None and claim.present != listed:
        yield case.notice(
            claim.line,
            "quorum_follows_from_the_roll",
            say(
                "{number} are printed as present, and {listed} members are listed as present",
                number=claim.present,
                listed=listed,
            ),
            say("Correct the number, or the list."),
            follows=str(listed),
        )
    elif listed and claim.needed is not None and claim.reached is True and listed < claim.needed:
        yield case.notice(
            claim.line,
            "quorum_follows_from_the_roll",
            say(
                "{need} are needed, {listed} members are listed as present, a quorum is claimed",
                need=claim.needed,
                listed=listed,
            ),
            say("Correct the list, or the verdict."),
            follows="not reached",
        )
    if claim.base and claim.reached is True and claim.needed is None and claim.present is not None:
        half = needed(MORE_THAN_HALF, claim.base)
        if claim.present < half:
            yield case.notice(
                claim.line,
                "quorum_adds_up",
                say(
                    "{present} of {base} is not more than half ({half}), and a quorum is claimed",
                    present=claim.present,
                    base=claim.base,
                    half=half,
                ),
                say("Check the body's rule: give its file with --body."),
                advisory=True,
            )
