"""Minutes written as data: YAML, or the front matter above a text. The format is documented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from governance.committees.meeting.roll import STATUS, Roll, RollLine
from governance.committees.minutes.days import time_claim
from governance.committees.minutes.printed import (
    LEFT,
    MOVED,
    RECUSED,
    SECONDED,
    SPOKE,
    Act,
    Count,
    MotionClaim,
    NumberClaim,
    OfficeClaim,
    Printed,
    QuorumClaim,
)
from governance.refusals import Reason, Refused
from governance.rulebook.linting import faults
from governance.rulebook.linting.yamltext import Node, read_text
from governance.rulebook.parts import Part
from governance.rulebook.proceedings.body import Capacity, capacity_of

Name = Annotated[str, Field(min_length=1, max_length=200)]


def _names(value: object) -> object:
    return re.split(r"\s*[;,]\s*", value) if isinstance(value, str) else value


Names = Annotated[tuple[Name, ...], BeforeValidator(_names)]


def _status(value: object) -> object:
    return (
        STATUS.get(re.sub(r"[\s-]+", "_", value.strip().lower()), value)
        if isinstance(value, str)
        else value
    )


class Attendee(Part):
    """One line of the attendance as printed."""

    name: Name
    status: Annotated[
        Literal["present", "absent", "apologies", "leave", "proxy"], BeforeValidator(_status)
    ] = "present"
    capacity: Annotated[Capacity | Literal["alternate"], BeforeValidator(capacity_of)] | None = None
    voting: bool | None = None
    seat: str = ""
    remote: bool = False
    alternate_for: str = ""
    proxy_to: str = ""


def _attendee(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


Attendees = tuple[Annotated[Attendee, BeforeValidator(_attendee)], ...]


class QuorumPrinted(Part):
    """What is printed of the quorum."""

    present: int | None = None
    needed: int | None = None
    of: int | None = None
    reached: bool | None = None


class VotePrinted(Part):
    """Votes of one kind: a number, names, or both."""

    number: int | None = None
    names: Names = ()


def _vote(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return {"number": value}
    return {"names": value} if isinstance(value, (list, tuple, str)) else value


Vote = Annotated[VotePrinted, BeforeValidator(_vote)]
RESULTS = {
    "carried": ("carried", "passed", "approved", "adopted", "agreed", "yes"),
    "lost": ("lost", "failed", "rejected", "defeated", "not carried", "no"),
    "withdrawn": ("withdrawn", "tabled", "deferred", "lapsed", "referred"),
}
RESULT = {word: name for name, words in RESULTS.items() for word in words}


def _result(value: object) -> object:
    return RESULT.get(value.strip().lower(), value) if isinstance(value, str) else value


class MotionPrinted(Part):
    """A motion as printed."""

    text: str = ""
    moved_by: str = ""
    seconded_by: str = ""
    votes: dict[Literal["yes", "no", "abstain"], Vote] = Field(default_factory=dict)
    result: Annotated[Literal["carried", "lost", "withdrawn"] | None, BeforeValidator(_result)] = (
        None
    )
    unanimous: bool = False
    subject: str = "all"
    number: str = ""


class ItemPrinted(Part):
    """An item with who spoke, moved and was recused."""

    number: str | int = ""
    title: str = ""
    text: str = ""
    speakers: Names = ()
    recused: Names = ()
    left: Names = ()
    motions: tuple[MotionPrinted, ...] = ()


class MinutesFile(Part):
    """Minutes as data."""

    minutes: Literal[1] = 1
    body: str = ""
    date: date
    title: str = ""
    chair: str = ""
    secretary: str = ""
    times: Annotated[
        tuple[str, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)
    ] = ()
    opened: str = ""
    closed: str = ""
    attendance: Attendees = ()
    present: Attendees = ()
    absent: Attendees = ()
    apologies: Attendees = ()
    leave: Attendees = ()
    observers: Attendees = ()
    guests: Attendees = ()
    staff: Attendees = ()
    quorum: QuorumPrinted | None = None
    items: tuple[ItemPrinted, ...] = ()
    motions: tuple[MotionPrinted, ...] = ()


LISTS: dict[str, dict[str, str]] = {
    "attendance": {},
    "present": {"status": "present"},
    "absent": {"status": "absent"},
    "apologies": {"status": "apologies"},
    "leave": {"status": "leave"},
    "observers": {"capacity": "observer"},
    "guests": {"capacity": "guest"},
    "staff": {"capacity": "staff"},
}


def read_structured(name: str, raw: bytes, lines: tuple[str, ...], skip: int = 0) -> Printed:
    """The minutes of these bytes. Refused with every fault. `skip` lines stand above them."""
    reading = read_text(name, raw)
    tree = reading.tree
    # A text that older YAML readers take for something else stays the text that it is here.
    faulty = [each for each in reading.findings if each.rule != "rulebook_trap"]
    if tree is None or faulty:
        raise Refused(faulty or reading.findings, Reason.INPUT)
    reading.findings.clear()
    try:
        told = MinutesFile.model_validate(tree.plain())
    except ValidationError as error:
        faults.note(reading, error, MinutesFile)
        raise Refused(reading.findings, Reason.INPUT) from None
    return _Reader(name, tree, told, lines, skip).printed()


class _Reader:
    """Turns the data into claims, each with its line."""

    def __init__(
        self, name: str, tree: Node, told: MinutesFile, lines: tuple[str, ...], skip: int
    ) -> None:
        self.name, self.tree, self.told, self.lines, self.skip = name, tree, told, lines, skip

    def at(self, *path: str | int) -> int:
        """The line of a path."""
        return self.tree.at(path)[0] + self.skip

    def printed(self) -> Printed:
        """All claims."""
        told = self.told
        roll = tuple(self._roll())
        motions = [(path, each) for path, each in self._motions()]
        return Printed(
            file=self.name,
            lines=self.lines,
            day=told.date,
            body=told.body,
            roll=Roll(self.name, told.date, roll) if roll else None,
            quorum=tuple(self._quorum()),
            acts=tuple(self._acts()),
            motions=tuple(self._motion(path, each) for path, each in motions),
            numbers=tuple(
                NumberClaim(self.at(*path, "number"), each.number)
                for path, each in motions
                if each.number
            ),
            times=tuple(self._times()),
            items=tuple(
                (self.at("items", index, "number"), int(each.number))
                for index, each in enumerate(told.items)
                if str(each.number).isdigit()
            ),
            offices=tuple(
                OfficeClaim(self.at(office), office, name)
                for office, name in (("chair", told.chair), ("secretary", told.secretary))
                if name
            ),
        )

    def _roll(self) -> Iterator[RollLine]:
        for field, given in LISTS.items():
            for index, each in enumerate(getattr(self.told, field)):
                line = RollLine(
                    line=self.at(field, index),
                    name=each.name,
                    status=each.status,
                    capacity=each.capacity or "",
                    seat=each.seat,
                    voting=each.voting,
                    remote=each.remote,
                    alternate_for=each.alternate_for,
                    proxy_to=each.proxy_to,
                )
                yield replace(line, **given)  # type: ignore[arg-type]

    def _quorum(self) -> Iterator[QuorumClaim]:
        said = self.told.quorum
        if said is not None:
            line = self.at("quorum")
            text = self.lines[line - 1].strip() if line <= len(self.lines) else ""
            yield QuorumClaim(line, text, said.present, said.needed, said.of, said.reached)

    def _motions(self) -> Iterator[tuple[tuple[str | int, ...], MotionPrinted]]:
        for index, item in enumerate(self.told.items):
            for number, motion in enumerate(item.motions):
                yield ("items", index, "motions", number), motion
        for number, motion in enumerate(self.told.motions):
            yield ("motions", number), motion

    def _motion(self, path: tuple[str | int, ...], each: MotionPrinted) -> MotionClaim:
        return MotionClaim(
            line=self.at(*path),
            text=each.text,
            mover=each.moved_by,
            seconder=each.seconded_by,
            votes={
                str(kind): Count(vote.number, vote.names, self.at(*path, "votes", kind))
                for kind, vote in each.votes.items()
            },
            result=None if each.result in (None, "withdrawn") else each.result == "carried",
            result_line=self.at(*path, "result"),
            unanimous=each.unanimous,
            subject=each.subject,
            withdrawn=each.result == "withdrawn",
        )

    def _acts(self) -> Iterator[Act]:
        for index, item in enumerate(self.told.items):
            for field, what in (("speakers", SPOKE), ("recused", RECUSED), ("left", LEFT)):
                for number, name in enumerate(getattr(item, field)):
                    yield Act(self.at("items", index, field, number), name, what)
        for path, motion in self._motions():
            for field, what in (("moved_by", MOVED), ("seconded_by", SECONDED)):
                if name := getattr(motion, field):
                    yield Act(self.at(*path, field), name, what)

    def _times(self) -> Iterator[Any]:
        for index, text in enumerate(self.told.times):
            if (claim := time_claim(self.at("times", index), text)) is not None:
                yield claim
        for field in ("opened", "closed"):
            text = getattr(self.told, field)
            if text and (claim := time_claim(self.at(field), text)) is not None:
                yield replace(claim, what=field)
