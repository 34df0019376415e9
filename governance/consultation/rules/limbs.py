"""One limb of a majority, or a quorum: what is counted, of which base, how much is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, isqrt
from typing import Any

from governance.consultation.rules.law import Voice
from governance.consultation.rules.poll import Number, Poll, Range, Said, both, worth
from governance.refusals import Sentence, say
from governance.rulebook.majorities import Limb, Presence, written

DIGITS = 6
GAVE_A_PAPER = frozenset({"yes", "no", "abstain", "invalid"})
VALID = frozenset({"yes", "no", "abstain"})
VOTES = frozenset({"yes", "no"})
# What rounding down, or to the nearest, lets be missing: floor(x) <= n where n > x - 1.
MAY_MISS = {"down": Fraction(1), "nearest": Fraction(1, 2)}

BASE_SAYS: dict[str, Sentence] = {
    "cast": say("the base is {n}: all answers given, abstentions and invalid ones included"),
    "valid": say("the base is {n}: the valid answers, abstentions included"),
    "yes_no": say("the base is {n}: the votes for and against; abstentions are not votes"),
    "present": say("the base is {n}: everybody entitled to vote who is present"),
    "entitled": say("the base is {n}: everybody entitled to vote"),
    "roster_less_leave": say("the base is {n}: everybody entitled to vote who is not on leave"),
    "members_less_abstainers": say(
        "the base is {n}: everybody entitled to vote who did not abstain"
    ),
}
NEED_SAYS: dict[str, Sentence] = {
    "more_than": say("needed: more than {share} of {base}, that is {needed}; found: {n}"),
    "at_least": say("needed: at least {share} of {base}, that is {needed}; found: {n}"),
    "at_most": say("allowed: at most {share} of {base}, that is {needed}; found: {n}"),
    "fewer_than": say("allowed: fewer than {share} of {base}, that is {needed}; found: {n}"),
}
COUNT_SAYS: dict[str, Sentence] = {
    "more_than": say("needed: more than {share}, that is {needed}; found: {n}"),
    "at_least": say("needed: at least {needed}; found: {n}"),
    "at_most": say("allowed: at most {needed}; found: {n}"),
    "fewer_than": say("allowed: fewer than {share}, that is {needed}; found: {n}"),
}


@dataclass(frozen=True)
class Measured:
    """A limb as it was measured: whether it holds (None: open), and every number."""

    holds: bool | None
    bound: str
    amount: Number
    base_of: str
    base: Number
    needed: Number
    found: Number
    of: str
    count: str = "heads"
    group: str = ""
    rounding: str = "up"

    def as_plain(self) -> dict[str, Any]:
        """As it is stored with the result."""
        return {
            "of": self.of,
            "bound": self.bound,
            "threshold": written(self.amount),
            "strict": self.bound in {"more_than", "fewer_than"},
            "base_of": self.base_of,
            "base": plain_number(self.base),
            "needed": plain_number(self.needed),
            "found": plain_number(self.found),
            "count": self.count,
            "group": self.group,
            "rounding": self.rounding,
            "holds": self.holds,
        }

    def told(self) -> Iterator[Sentence]:
        """The base, then what is needed of it and what there is."""
        facts: dict[str, Any] = {
            "share": written(self.amount),
            "base": plain_number(self.base),
            "needed": plain_number(self.needed),
            "n": plain_number(self.found),
        }
        if isinstance(self.amount, int):
            yield say(COUNT_SAYS[self.bound].pattern, **facts)
            return
        yield say(BASE_SAYS[self.base_of].pattern, n=facts["base"])
        yield say(NEED_SAYS[self.bound].pattern, **facts)


def measure(poll: Poll, limb: Limb, base: str) -> Measured:
    """One limb of the rule over the voices; `base` where the limb names none of its own."""
    bound, amount = limb.bound
    base = limb.base or base
    weigh = _weight(limb)
    hit = _matching(poll, limb)
    recusal = poll.law.counting.recusal

    def is_in(voice: Voice, said: Said) -> bool:
        return in_base(base, voice, said, recusal)

    def found(voice: Voice, said: Said) -> Number:
        return weigh(voice) if hit(said) and (isinstance(amount, int) or is_in(voice, said)) else 0

    def whole(voice: Voice, said: Said) -> Number:
        return weigh(voice) if is_in(voice, said) else 0

    top, bottom = (amount, 0) if isinstance(amount, int) else (amount.denominator, amount.numerator)

    def margin(voice: Voice, said: Said) -> Number:
        return top * found(voice, said) - bottom * whole(voice, said)

    there = poll.sum(found)
    if isinstance(amount, int):
        holds = _holds(bound, there, amount, "up")
    else:
        holds = _holds(bound, poll.sum(margin), 0, limb.rounding, scale=top)
    if bound in {"more_than", "at_least"}:
        holds = both(holds, there.is_more_than(0))  # nothing is carried by nobody
    size = poll.sum(whole).now
    return Measured(
        holds=holds,
        bound=bound,
        amount=amount,
        base_of=base,
        base=size,
        needed=needed(bound, amount, size, limb.rounding),
        found=there.now,
        of=", ".join(limb.of) or "yes",
        count=limb.count,
        group=limb.group,
        rounding=limb.rounding,
    )


def in_base(base: str, voice: Voice, said: Said, recusal: str) -> bool:
    """Whether a voice that says this is counted in a base."""
    is_recused = voice.recused or worth(said) == "recused"
    if not voice.entitled or (is_recused and recusal == "out_of_base"):
        return False
    return IS_IN[base](voice, said)


def is_present(voice: Voice, said: Said) -> bool:
    """By the roll; where none was taken, whoever answers takes part."""
    return voice.present if voice.present is not None else said is not None


IS_IN: dict[str, Callable[[Voice, Said], bool]] = {
    "cast": lambda _, said: worth(said) in GAVE_A_PAPER,
    "valid": lambda _, said: worth(said) in VALID,
    "yes_no": lambda _, said: worth(said) in VOTES,
    "present": is_present,
    "entitled": lambda _, __: True,
    "roster_less_leave": lambda voice, _: not voice.on_leave,
    "members_less_abstainers": lambda _, said: worth(said) != "abstain",
}


def needed(bound: str, amount: Number, base: Number, rounding: str = "up") -> Number:
    """The number that a bound comes to: more than half of 20 is 11, two thirds of 31 are 21."""
    share = Fraction(amount) if isinstance(amount, int) else amount * base
    if isinstance(base, Fraction) and base.denominator != 1 and not isinstance(amount, int):
        return share  # weights that are no whole numbers are compared as they are
    if bound == "more_than":
        return floor(share) + 1
    if bound == "fewer_than":
        return ceil(share) - 1
    if bound == "at_most" or rounding == "down":
        return floor(share)
    return floor(share + Fraction(1, 2)) if rounding == "nearest" else ceil(share)


def quorum(poll: Poll, wanted: Presence) -> Measured:
    """How many take part, of those who could, against what the quorum wants."""
    bound, amount = wanted.bound
    recusal = poll.law.counting.recusal
    weigh = _weight(wanted)

    def whole(voice: Voice, said: Said) -> Number:
        return weigh(voice) if in_base(wanted.of, voice, said, recusal) else 0

    def found(voice: Voice, said: Said) -> Number:
        return weigh(voice) if whole(voice, said) and _counts(wanted, voice, said) else 0

    there, size = poll.sum(found), poll.sum(whole).now
    if isinstance(amount, int) and bound != "times_root":
        holds, need = _holds(bound, there, amount, "up"), needed(bound, amount, size)
    elif bound == "times_root":
        need = _root(Fraction(amount), size)
        holds = there.is_at_least(need)
    else:
        share = Fraction(amount)

        def margin(voice: Voice, said: Said) -> Number:
            return share.denominator * found(voice, said) - share.numerator * whole(voice, said)

        holds = _holds(bound, poll.sum(margin), 0, wanted.rounding, scale=share.denominator)
        need = needed(bound, share, size, wanted.rounding)
    return Measured(
        holds=holds,
        bound=bound,
        amount=amount,
        base_of=wanted.of,
        base=size,
        needed=need,
        found=there.now,
        of=wanted.counting,
        count=wanted.count,
        rounding=wanted.rounding,
    )


def _counts(wanted: Presence, voice: Voice, said: Said) -> bool:
    if wanted.counting == "present":
        return is_present(voice, said)
    return worth(said) in TAKES_PART[wanted.counting]


TAKES_PART = {"votes": GAVE_A_PAPER, "yes_no": VOTES, "yes": frozenset({"yes"})}


def _root(times: Fraction, size: Number) -> int:
    """The smallest whole number that is at least so many times the square root, exactly."""
    square = times * times * Fraction(size)
    whole = ceil(square)
    root = isqrt(whole)
    return root if root * root >= square else root + 1


def _holds(bound: str, margin: Range, floor_: Number, rounding: str, scale: int = 1) -> bool | None:
    """Whether a margin keeps a bound, whatever is still said."""
    if bound == "more_than":
        return margin.is_more_than(floor_)
    if bound == "at_least":
        if rounding in MAY_MISS:
            return margin.is_more_than(floor_ - MAY_MISS[rounding] * scale)
        return margin.is_at_least(floor_)
    against = Range(-margin.now, -margin.most, -margin.least)
    if bound == "at_most":
        return against.is_at_least(-floor_)
    return against.is_more_than(-floor_)


def _weight(counted: Limb | Presence) -> Callable[[Voice], Number]:
    group = counted.group.casefold() if isinstance(counted, Limb) else ""
    by_weight = counted.count == "weight"

    def weigh(voice: Voice) -> Number:
        if group and voice.group.casefold() != group:
            return 0
        return voice.weight if by_weight else 1

    return weigh


def _matching(poll: Poll, limb: Limb) -> Callable[[Said], bool]:
    """Which positions a limb counts: by key, by meaning, or those in favour."""
    keys = poll.law.positions
    wanted = frozenset(limb.of) or frozenset({"yes"})
    by_key = frozenset(each for each in limb.of if each in keys)

    def hit(said: Said) -> bool:
        if said is None or not said.counts:
            return False
        return said.key in by_key or worth(said) in wanted - by_key

    return hit


def plain_number(value: Number) -> int | str:
    """A number as JSON has it exactly: whole, or as text, "65.5" or "1/3"."""
    if isinstance(value, int):
        return value
    if value.denominator == 1:
        return int(value)
    small = value * 10**DIGITS
    if small.denominator == 1:
        return f"{Decimal(int(small)).scaleb(-DIGITS).normalize():f}"
    return written(value)
