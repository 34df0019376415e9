"""How much is needed, of what: limbs of a majority, quorum, ties, ballots. All fractions exact.

A limb is written `more_than: 1/2` or `at_least: 2/3` of a `base`; a whole number is a count of
votes, a fraction or percentage a share of the base. Strict and not strict are different words, so
that nobody has to remember which is meant.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)

from governance.rulebook.parts import Count, Part, Period, Share, Words

Base = Literal[
    "cast",
    "valid",
    "yes_no",
    "present",
    "entitled",
    "roster_less_leave",
    "members_less_abstainers",
]
BASES: dict[str, str] = {
    "cast": "every paper or answer given: for, against, abstaining, invalid",
    "valid": "answers given, less the invalid ones",
    "yes_no": "answers for and against only; abstentions are not votes (present and voting)",
    "present": "everybody entitled who is present, whether they vote or not",
    "entitled": "everybody entitled to vote, present or not",
    "roster_less_leave": "everybody entitled, less who is on leave",
    "members_less_abstainers": "everybody entitled, less who abstains",
}
ALSO_CALLED = {
    "votes_cast": "cast",
    "papers_cast": "cast",
    "all_votes": "cast",
    "valid_votes": "valid",
    "votes_valid": "valid",
    "valid_votes_cast": "valid",
    "yes_and_no": "yes_no",
    "yes+no": "yes_no",
    "yes_plus_no": "yes_no",
    "for_and_against": "yes_no",
    "present_and_voting": "yes_no",
    "members_present_and_voting": "yes_no",
    "voting": "yes_no",
    "members_present": "present",
    "members": "entitled",
    "all_members": "entitled",
    "membership": "entitled",
    "roll": "entitled",
    "roster": "entitled",
    "all": "entitled",
    "roster_minus_leave": "roster_less_leave",
    "members_less_leave": "roster_less_leave",
    "entitled_less_leave": "roster_less_leave",
    "entitled_less_abstainers": "members_less_abstainers",
    "members_minus_abstainers": "members_less_abstainers",
}
IN_WORDS = {
    "simple": Fraction(1, 2),
    "half": Fraction(1, 2),
    "one half": Fraction(1, 2),
    "a third": Fraction(1, 3),
    "one third": Fraction(1, 3),
    "two thirds": Fraction(2, 3),
    "a quarter": Fraction(1, 4),
    "one quarter": Fraction(1, 4),
    "three quarters": Fraction(3, 4),
    "three fifths": Fraction(3, 5),
    "all": Fraction(1),
}
SHARE = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})")
PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?)\s*(?:%|per ?cent)")
STRICT = re.compile(r"(more than|over|>=|≥|>|at least|minimum)\s*(.+)", re.IGNORECASE)
WHOLE = re.compile(r"\d{1,6}")
ROUNDED = re.compile(r"\d*[.,]\d+")
MOST = 1_000_000
SMALLEST_HALF = Fraction(1, 2)


def nearest_fraction(value: float) -> str:
    """The fraction that somebody who wrote a rounded number probably meant: 0.67 is 2/3."""
    return str(Fraction(value).limit_denominator(20))


def _near(text: str) -> str:
    return nearest_fraction(float(text.replace(",", ".")))


def amount(value: object) -> object:
    """A share of the base, or a whole number of votes. A rounded number is refused."""
    if isinstance(value, bool):
        raise ValueError("an amount is a fraction such as 2/3, or a whole number of votes")  # noqa: TRY004
    if isinstance(value, float):
        message = (
            f"{value} is a rounded number, and law counts with exact ones: "
            f"write {nearest_fraction(value)}"
        )
        raise ValueError(message)  # noqa: TRY004 -- pydantic gathers ValueErrors only
    if isinstance(value, int) and not 0 <= value <= MOST:
        raise ValueError(f"{value} is no number of votes")
    return _share(value) if isinstance(value, str) else value


def _share(written: str) -> Fraction | int:
    text = written.strip().lower().removesuffix(" majority")
    found = SHARE.fullmatch(text)
    if found and int(found[2]):
        share = Fraction(int(found[1]), int(found[2]))
    elif text.replace("-", " ") in IN_WORDS:
        share = IN_WORDS[text.replace("-", " ")]
    elif percent := PERCENT.fullmatch(text):
        share = _percent(written, percent[1].replace(",", "."))
    elif WHOLE.fullmatch(text):
        return int(text)
    elif ROUNDED.fullmatch(text):
        message = f'"{written}" is a rounded number: write {_near(text)}'
        raise ValueError(message)
    else:
        message = f'"{written}" is no amount: write a fraction such as 2/3, or a number of votes'
        raise ValueError(message)
    if share > 1:
        raise ValueError(f"{written} is more than all of it: write a fraction of at most 1/1")
    return share


def _percent(written: str, digits: str) -> Fraction:
    """A percentage, exactly; 66.7 % is refused, which is 2/3 for most people and is more."""
    share = Fraction(digits) / 100
    near = share.limit_denominator(6)
    smallest = Fraction(1, 10 ** (len(digits.partition(".")[2]) + 2))  # its last digit
    if "." in digits and near.denominator in ROUNDED_AWAY and 0 < abs(near - share) < smallest:
        said = f"{share.numerator}/{share.denominator}"
        raise ValueError(
            f'"{written}" is a rounded number: write {near}, or {said} if that is meant'
        )
    return share


ROUNDED_AWAY = (3, 6)  # thirds and sixths have no end as percentages


def written(value: Fraction | int) -> int | str:
    """An amount as it is kept: "2/3", or a whole number of votes."""
    return value if isinstance(value, int) else f"{value.numerator}/{value.denominator}"


Amount = Annotated[
    Fraction | int,
    BeforeValidator(amount),
    PlainSerializer(written),
    WithJsonSchema(
        {
            "description": "A share of the base, such as 2/3 or 60%, or a whole number of votes.",
            "anyOf": [
                {"type": "integer", "minimum": 0},
                {"type": "string", "pattern": r"^[0-9]+ */ *[1-9][0-9]*$|^[0-9.]+ *%$"},
            ],
        }
    ),
]


def base_of(value: object) -> object:
    """A base by its own name, or by one that bodies use for it."""
    if not isinstance(value, str):
        return value
    name = re.sub(r"[\s-]+", "_", value.strip().lower())
    return ALSO_CALLED.get(name, name)


AnyBase = Annotated[Base, BeforeValidator(base_of)]
OneOrMore = Annotated[
    tuple[Words, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)
]


def spelled_out(value: object) -> object:
    """`threshold: 2/3` with `strict` as `at_least` or `more_than`; what is written so is kept."""
    if not isinstance(value, dict) or "threshold" not in value:
        if isinstance(value, dict) and "strict" in value:
            raise ValueError("strict goes with threshold: write more_than, or at_least, alone")
        return value
    given = dict(value)
    threshold, strict = given.pop("threshold"), given.pop("strict", None)
    if isinstance(threshold, dict):
        return {**given, **threshold}
    if isinstance(threshold, str) and (found := STRICT.fullmatch(threshold.strip())):
        strict = found[1].lower() in {"more than", "over", ">"}
        threshold = found[2]
    if strict is None:
        strict = _means_half(threshold)
    name = "more_than" if strict in {True, "true", "yes"} else "at_least"
    if {"more_than", "at_least"} & given.keys():
        raise ValueError("threshold says what more_than or at_least says: write one of them")
    return {**given, name: threshold}


def _means_half(threshold: object) -> bool:
    """Where strictness is not said, half means more than half, and all else at least."""
    try:
        return amount(threshold) == SMALLEST_HALF
    except ValueError:
        return False


class Limb(Part):
    """One condition: how many of which positions, of which base. Exactly one bound."""

    more_than: Amount | None = Field(None, description="Strict: half of 20 is not enough.")
    at_least: Amount | None = Field(None, description="Not strict; rounded up.")
    at_most: Amount | None = Field(None, description="Such as no more than 1/4 against.")
    fewer_than: Amount | None = None
    base: AnyBase | None = Field(None, description="Of what; empty: the rule's own base.")
    of: OneOrMore = Field((), description="Positions or meanings counted; empty: those for.")
    count: Literal["heads", "weight"] = "heads"
    group: str = Field("", max_length=60, description="Only voices of this group.")
    rounding: Literal["up", "down", "nearest"] = Field("up", description="Of at_least.")

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, value: object) -> object:
        return spelled_out(value)

    @model_validator(mode="after")
    def _one_bound(self) -> Limb:
        if len([each for each in self._bounds if each[1] is not None]) != 1:
            raise ValueError("a limb has one bound: more_than, at_least, at_most or fewer_than")
        return self

    @property
    def _bounds(self) -> tuple[tuple[str, Fraction | int | None], ...]:
        return (
            ("more_than", self.more_than),
            ("at_least", self.at_least),
            ("at_most", self.at_most),
            ("fewer_than", self.fewer_than),
        )

    @property
    def bound(self) -> tuple[str, Fraction | int]:
        """Which bound it is, and its amount."""
        return next((name, each) for name, each in self._bounds if each is not None)


class Presence(Part):
    """How many must take part: a share of a base, a count, or a multiple of its square root."""

    more_than: Amount | None = None
    at_least: Amount | None = None
    times_root: Share | None = Field(
        None, description="At least so many times the square root of the base: 3/2 for 3√n/2."
    )
    of: AnyBase = Field("entitled", description="Of whom: entitled or roster_less_leave.")
    counting: Literal["present", "votes", "yes_no", "yes"] = Field(
        "present",
        description="Who counts: present, who answered, who is for or against, or who is for.",
    )
    count: Literal["heads", "weight"] = "heads"
    rounding: Literal["up", "down", "nearest"] = "up"

    @model_validator(mode="before")
    @classmethod
    def _from_amount(cls, value: object) -> object:
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return spelled_out({"threshold": value})
        return spelled_out(value)

    @model_validator(mode="after")
    def _one_bound(self) -> Presence:
        bounds = (self.more_than, self.at_least, self.times_root)
        if len([each for each in bounds if each is not None]) != 1:
            raise ValueError("a quorum has one bound: more_than, at_least or times_root")
        if self.of not in ("entitled", "roster_less_leave"):
            raise ValueError("a quorum is of everybody entitled, or of the roster less leave")
        return self

    @property
    def bound(self) -> tuple[str, Fraction | int]:
        """Which bound it is, and its amount."""
        names = ("more_than", "at_least", "times_root")
        return next((name, each) for name in names if (each := getattr(self, name)) is not None)


class Quorum(Part):
    """How many must be there to open, and to decide; fewer on a second call."""

    open: Presence | None = Field(None, description="To open: it must be there still.")
    decide: Presence | None = Field(None, description="To decide: without it nothing is decided.")
    second_call: Presence | None = Field(None, description="In the place of decide, when called.")

    @model_validator(mode="before")
    @classmethod
    def _from_amount(cls, value: object) -> object:
        """One amount is that to decide; what stands beside the names is said of each of them."""
        names = {"open", "decide", "second_call"}
        if not isinstance(value, dict) or (bool(value) and not names & value.keys()):
            return {"decide": value}
        shared = {
            key: value[key] for key in ("of", "counting", "count", "rounding") if key in value
        }
        each = {key: one for key, one in value.items() if key not in shared}
        if not shared:
            return value
        return {
            key: {**shared, **(one if isinstance(one, dict) else {"threshold": one})}
            for key, one in each.items()
        }


TIES_ALSO_CALLED = {
    "casting": "casting_vote",
    "chair": "casting_vote",
    "chair_casts": "casting_vote",
    "chair_decides": "casting_vote",
    "lots": "lot",
    "drawing_lots": "lot",
    "drawing_of_lots": "lot",
    "second_vote": "revote",
    "vote_again": "revote",
    "lost": "rejected",
    "reject": "rejected",
    "fails": "rejected",
    "status_quo_stands": "status_quo",
}


def tie_of(value: object) -> object:
    """A rule on ties by its own name, or by one that bodies use for it."""
    if not isinstance(value, str):
        return value
    name = re.sub(r"[\s-]+", "_", value.strip().lower())
    return TIES_ALSO_CALLED.get(name, name)


OneTie = Literal[
    "rejected", "carried", "status_quo", "revote", "casting_vote", "lot", "deemed_given"
]
TieRule = Annotated[OneTie, BeforeValidator(tie_of)]
TIES: dict[str, str] = {
    "rejected": "a tie is not a majority",
    "carried": "a tie carries, such as the ruling of the chair on appeal",
    "status_quo": "what is in force stays so",
    "revote": "another vote is taken; tied again, `then` says",
    "casting_vote": "the chair decides",
    "lot": "drawn in the open from a recorded seed",
    "deemed_given": "the opinion is deemed given",
}


def _office(value: object) -> object:
    return value.removeprefix("office.") if isinstance(value, str) else value


class Tie(Part):
    """What a tie means."""

    rule: TieRule = "rejected"
    chair: Annotated[str, BeforeValidator(_office)] = Field(
        "chair", max_length=120, description="Name, seat or office of who casts."
    )
    chair_votes: bool = Field(True, description="False: the chair votes only to break a tie.")
    apart: bool = Field(
        False, description="The chair casts a second vote: the chair's own answer breaks no tie."
    )
    within: Period | None = Field(
        None, description="The time in which to vote again, or to give the casting vote."
    )
    revotes: Count = 1
    then: Annotated[
        Literal["rejected", "carried", "status_quo", "casting_vote", "lot", "deemed_given"],
        BeforeValidator(tie_of),
    ] = Field("rejected", description="Tied again, or no casting vote: what follows then.")
    when_secret: TieRule | None = Field(None, description="In a secret ballot, in its place.")

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, value: object) -> object:
        return {"rule": value} if isinstance(value, str) else value
