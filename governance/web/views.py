"""What pages show, as plain data: the parts that all pages share, and the pages of the door.

A page never sees a row. Whoever fills one of these has already asked what its reader may see.
`Words` are a sentence to be said in the reader's language, or text that is already in it (a name,
a title of the rulebook, what a person wrote).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from governance.refusals import Finding, Sentence

Words: TypeAlias = "str | Sentence"
Tone: TypeAlias = Literal["ok", "warn", "bad", "none", "now", "lock"]


@dataclass(frozen=True)
class Mark:
    """A state: never a colour alone, always an icon and a word."""

    tone: Tone
    words: Words


@dataclass(frozen=True)
class Fact:
    """A label and its value; `href` leads to the working or the source."""

    label: Words
    value: Words
    href: str = ""
    note: Words = ""


@dataclass(frozen=True)
class Moment:
    """An instant as it is told: in the zone of a place, `at` aware.

    `exclusive` is a deadline kept as the first instant that is too late: midnight is then said
    as the end of the day before.
    """

    at: datetime
    zone: str = "Europe/Paris"
    place: Words = "Lyon"  # where it is empty, the place after which the zone is named
    exclusive: bool = False


@dataclass(frozen=True)
class Clock:
    """A deadline: how long is left in words, the instant, and what happens if nobody acts."""

    left: Words
    due: Moment | None
    silence: Words
    tone: Tone = "warn"


@dataclass(frozen=True)
class Person:
    """Somebody as others see them: the name and a line under it."""

    name: str
    note: Words = ""

    @property
    def initials(self) -> str:
        """The first letters of the first and last name."""
        names = self.name.split()
        return "".join(name[0] for name in (names[:1] + names[1:][-1:]))


@dataclass(frozen=True)
class Blocked:
    """An act that is shown and refused: the verb, and every reason with its cure."""

    verb: Words
    reasons: tuple[Finding, ...]


@dataclass(frozen=True)
class Act:
    """One act that a page offers: a link (`href`) or, with `post`, a form of one button."""

    verb: Words
    href: str
    post: bool = False
    blocked: tuple[Finding, ...] = ()
    explained: Words = ""


@dataclass(frozen=True)
class Stage:
    """A stage of a procedure: done, now, or still to come."""

    title: Words
    state: Literal["done", "now", "todo", "skipped"]
    when: Words = ""


@dataclass(frozen=True)
class Document:
    """A document to open: its title, form ("PDF · 2 p."), and version in words."""

    title: Words
    href: str
    form: str = "PDF"


@dataclass(frozen=True)
class Voice:
    """What somebody who was asked has said, or that they have not answered yet.

    `question` where several are listed together: to which one.
    """

    who: Words
    position: Mark
    reason: str = ""
    when: Words = ""
    question: Words = ""


@dataclass(frozen=True)
class Option:
    """One line of a choice in a form."""

    value: str
    label: Words
    note: Words = ""


@dataclass(frozen=True)
class Filled:
    """A form as it was sent back: what was typed, and the faults by field ("" is the whole)."""

    values: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, Words] = field(default_factory=dict)


EMPTY = Filled()


@dataclass(frozen=True)
class SignIn:
    """The page that asks for an address. `people`: whom the demonstration offers, with links."""

    next: str = ""
    filled: Filled = EMPTY
    people: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class SignInCode:
    """The page that asks for the code: `address` is what the person typed, nothing more."""

    address: str
    challenge: str
    next: str = ""
    filled: Filled = EMPTY


@dataclass(frozen=True)
class SignInLink:
    """A link was opened: nobody is signed in before the button is pressed."""

    name: str
    action: str
    office: Words = ""


@dataclass(frozen=True)
class Glance:
    """One line of "At a glance"; it leads to the section `to`."""

    tone: Tone
    label: Words
    words: Words
    to: str


@dataclass(frozen=True)
class Choice:
    """A candidate that may be chosen: a card with facts and marks."""

    value: str
    person: Person
    facts: tuple[Fact, ...]
    marks: tuple[Mark, ...] = ()
    href: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class BalanceRow:
    """One group of a balance: counts before and after, the range, and the verdict."""

    group: Words
    before: int
    after: int
    low: int
    high: int
    mark: Mark


@dataclass(frozen=True)
class Effect:
    """What one choice would do to a balance, rule by rule."""

    name: str
    mark: Mark
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Balance:
    """A verdict on regional balance with its working: by group, or by who may be chosen."""

    verdict: Mark
    basis: Words
    rows: tuple[BalanceRow, ...] = ()
    note: Words = ""
    effects: tuple[Effect, ...] = ()

    @property
    def most(self) -> int:
        """The greatest number in the table: what the bars are drawn against."""
        return max([1, *(max(row.before, row.after, row.high) for row in self.rows)])


@dataclass(frozen=True)
class Position:
    """An answer that may be given: what is sent, its verb, and whether a reason is required."""

    value: str
    verb: Words
    primary: bool = False
    danger: bool = False
    needs_reason: bool = False
    blocked: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class LinkDoor:
    """A link was opened: whoever holds it proves that it was sent to them, by a mailed code.

    Without a `challenge` the page offers to send the code; with one it asks for it. `other` is
    the name of somebody else who is signed in here, `carried` what was typed before.
    """

    action: str
    sent_to: str
    challenge: str = ""
    other: str = ""
    filled: Filled = EMPTY
    carried: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Calm:
    """A page that says why there is nothing to do here: closed, late, another person, changed."""

    title: Words
    words: tuple[Words, ...]
    facts: tuple[Fact, ...] = ()
    at: Moment | None = None
    act: Act | None = None
    tone: Tone = "none"


@dataclass(frozen=True)
class ErrorPage:
    """A failure in words: what, why, what now."""

    status: int
    title: Words
    words: tuple[Words, ...]
    findings: tuple[Finding, ...] = ()
    request_id: str = ""
    act: Act | None = None
