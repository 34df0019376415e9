"""What minutes say, claim by claim, each with its line. Nothing is judged here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time

from governance.committees.meeting.roll import Roll

MOVED, SECONDED, SPOKE, VOTED, LEFT, JOINED, RECUSED = (
    "moved",
    "seconded",
    "spoke",
    "voted",
    "left",
    "joined",
    "recused",
)


@dataclass(frozen=True)
class QuorumClaim:
    """What a line says of the quorum; None for what it does not say."""

    line: int
    text: str
    present: int | None = None
    needed: int | None = None
    base: int | None = None
    reached: bool | None = None
    percent: int | None = None


@dataclass(frozen=True)
class Act:
    """Somebody does something in the text. `sure` where only a person can be meant."""

    line: int
    name: str
    what: str
    text: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Count:
    """Votes of one kind: how many are printed, and who."""

    number: int | None = None
    names: tuple[str, ...] = ()
    line: int = 0

    @property
    def known(self) -> int | None:
        """How many there are, by the number or by the names."""
        if self.number is not None:
            return self.number
        return len(self.names) if self.names else None


@dataclass(frozen=True)
class MotionClaim:
    """A motion as printed. `result` is True for carried."""

    line: int
    text: str = ""
    mover: str = ""
    seconder: str = ""
    votes: dict[str, Count] = field(default_factory=dict)  # yes, no, abstain
    result: bool | None = None
    result_line: int = 0
    unanimous: bool = False
    subject: str = "all"
    tallies: tuple[tuple[int, str, int], ...] = ()  # line, kind, number printed a second time
    withdrawn: bool = False
    casting: bool = False  # the chair's casting vote is said to have decided

    def with_(self, **changes: object) -> MotionClaim:
        """The same motion with more known of it."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class BallotClaim:
    """The sums that are printed with a vote, by what they count; votes that were obtained."""

    line: int
    numbers: dict[str, int]  # entitled, absent, abstain, void, cast, valid, voting, required
    obtained: tuple[int, ...] = ()
    elected: int = 0  # the line that says so
    two_thirds: bool = False

    def with_(self, **changes: object) -> BallotClaim:
        """The same report with more known of it."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class AdoptedClaim:
    """The minutes of an earlier meeting are adopted: the day of that meeting, or its number."""

    line: int
    day: date | None = None
    number: int | None = None


@dataclass(frozen=True)
class NumberClaim:
    """A number that a decision is given."""

    line: int
    number: str
    word: str = "resolution"
    heads: bool = False  # the line begins with it: it is given here, not only named


@dataclass(frozen=True)
class Told:
    """A time of day with the zone that is printed beside it, empty where none is."""

    at: time
    zone: str


@dataclass(frozen=True)
class TimeClaim:
    """The times of one line: the same instant in several zones, or a beginning and an end."""

    line: int
    text: str
    times: tuple[Told, ...]
    what: str = ""  # opened, closed
    day: date | None = None


@dataclass(frozen=True)
class OfficeClaim:
    """Somebody is named with an office, such as chair."""

    line: int
    office: str
    name: str


@dataclass(frozen=True)
class DayClaim:
    """A weekday printed beside a date."""

    line: int
    text: str
    day: date
    weekday: int


@dataclass(frozen=True)
class Printed:
    """Minutes as printed."""

    file: str
    lines: tuple[str, ...]
    day: date | None = None
    body: str = ""
    roll: Roll | None = None
    quorum: tuple[QuorumClaim, ...] = ()
    acts: tuple[Act, ...] = ()
    motions: tuple[MotionClaim, ...] = ()
    numbers: tuple[NumberClaim, ...] = ()
    times: tuple[TimeClaim, ...] = ()
    offices: tuple[OfficeClaim, ...] = ()
    days: tuple[DayClaim, ...] = ()
    ballots: tuple[BallotClaim, ...] = ()
    adopted: tuple[AdoptedClaim, ...] = ()
    items: tuple[tuple[int, int], ...] = ()  # lines and numbers of items given as data
    meeting: int | None = None  # the number that these minutes give their own meeting

    def line(self, number: int) -> str:
        """The words of a line."""
        return self.lines[number - 1].strip() if 0 < number <= len(self.lines) else ""
