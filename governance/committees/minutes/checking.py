"""The check of minutes in an installation: the same lints as for a file, against the rows.

Each block of the text is a line of what is checked, so that a finding names its block.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, col, select

from governance.committees.calendars import day_of
from governance.committees.meeting.models import Meeting
from governance.committees.meeting.roll import Roll, RollLine
from governance.committees.minutes.acts import acts_in
from governance.committees.minutes.lint import lint
from governance.committees.minutes.models import Minutes, MinutesText, Waiver
from governance.committees.minutes.printed import (
    MOVED,
    SECONDED,
    SPOKE,
    Act,
    Count,
    MotionClaim,
    NumberClaim,
    Printed,
    QuorumClaim,
)
from governance.committees.minutes.text import WRITTEN, Blocks
from governance.committees.models import Committee
from governance.committees.noticed import Noticed
from governance.committees.rows import register_from
from governance.rulebook.proceedings.law import Proceedings

FILE = "minutes.yaml"
STATUS = {"remote": "present", "excused": "apologies"}
RESULT = {"carried": True, "recorded": None, "lost": False}
KINDS = ("yes", "no", "abstain")


@dataclass(frozen=True)
class Found:
    """A finding of the check: its block, its digest to waive it by, and the waiver if there is."""

    noticed: Noticed
    block: str
    digest: str
    waived: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is in the way: it blocks, and nobody has waived it."""
        return self.noticed.blocks and not self.waived


def findings_of(session: Session, minutes: Minutes) -> list[Found]:
    """Everything that the newest text has wrong, in the order of the text."""
    text = session.exec(
        select(MinutesText).where(
            col(MinutesText.minutes_id) == minutes.id,
            col(MinutesText.version) == minutes.version,
            col(MinutesText.edition) == "full",
        )
    ).first()
    if text is None:
        return []
    meeting = session.get_one(Meeting, minutes.meeting_id)
    committee = session.get_one(Committee, minutes.committee_id)
    rules = Proceedings.model_validate(meeting.rules)
    opened = meeting.opened_at or meeting.starts_at
    register = register_from(session, committee, rules, numbers_before=opened)
    printed = printed_of(text.blocks)
    day = day_of(committee, meeting.starts_at)
    noticed = lint(replace(printed, day=day, body=committee.key), register).findings
    waivers = {
        each.finding: each.because
        for each in session.exec(select(Waiver).where(col(Waiver.minutes_id) == minutes.id))
    }
    return list(_told(text.blocks, noticed, waivers))


def unsettled(session: Session, minutes: Minutes) -> list[Found]:
    """The findings that are neither cured nor waived."""
    return [each for each in findings_of(session, minutes) if each.stands]


def printed_of(blocks: Blocks) -> Printed:
    """The text as claims, a line a block."""
    numbered = list(enumerate(blocks, 1))
    return Printed(
        file=FILE,
        lines=tuple(_line(each) for each in blocks),
        roll=next((_roll(each) for each in blocks if each["kind"] == "roll"), None),
        quorum=tuple(
            _quorum(number, each)
            for number, each in numbered
            if each["kind"] == "quorum" and "present" in each
        ),
        acts=tuple(act for number, each in numbered for act in _acts(number, each)),
        motions=tuple(
            _motion(number, each) for number, each in numbered if each["kind"] == "motion"
        ),
        numbers=_numbers(
            [(number, each["number"]) for number, each in numbered if each["kind"] == "decision"]
        ),
    )


def _numbers(decisions: list[tuple[int, str]]) -> tuple[NumberClaim, ...]:
    """The numbers of decisions, in the order in which they were given.

    Items are taken out of their order, and minutes keep to that of the agenda: numbers that go on
    without a gap are in series all the same.
    """
    by_place = sorted((number for _, number in decisions), key=_place)
    places = [_place(each) for each in by_place]
    if places and places == list(range(places[0], places[0] + len(places))):
        decisions = [(line, number) for (line, _), number in zip(decisions, by_place, strict=True)]
    return tuple(NumberClaim(line, number, "decision") for line, number in decisions)


def _place(number: str) -> int:
    figures = re.findall(r"\d+", number)
    return int(figures[-1]) if figures else 0


def _told(
    blocks: Blocks, noticed: tuple[Noticed, ...], waivers: Mapping[str, str]
) -> Iterator[Found]:
    for each in noticed:
        block = blocks[each.line - 1]["id"] if 0 < each.line <= len(blocks) else ""
        said = f"{each.finding.rule}\n{block}\n{each.finding.because}"
        digest = hashlib.sha256(said.encode()).hexdigest()
        yield Found(each, block, digest, waivers.get(digest, ""))


def _line(block: Mapping[str, Any]) -> str:
    for name in ("text", "motion_text", "decision_text", "what", "title"):
        if block.get(name):
            return str(block[name])
    return str(block["kind"])


def _roll(block: Mapping[str, Any]) -> Roll:
    lines = tuple(
        RollLine(
            line=number,
            name=row["name"],
            status=STATUS.get(row["presence"], row["presence"]),
            capacity=row["capacity"],
            seat=row["seat"],
            remote=row["presence"] == "remote",
            proxy_to=row["represented_by"],
        )
        for number, row in enumerate(block["rows"], 1)
    )
    return Roll("roll", None, lines)


def _quorum(number: int, block: Mapping[str, Any]) -> QuorumClaim:
    return QuorumClaim(
        line=number,
        text=_line(block),
        present=block.get("present"),
        needed=block.get("needed"),
        base=block.get("base"),
        reached=block.get("reached"),
    )


def _acts(number: int, block: Mapping[str, Any]) -> Iterator[Act]:
    if block["kind"] in WRITTEN:
        if block.get("speaker"):
            yield Act(number, block["speaker"], SPOKE)
        yield from acts_in(number, block["text"])
    if block["kind"] == "motion":
        for name, what in (("mover", MOVED), ("seconder", SECONDED)):
            if block[name]:
                yield Act(number, block[name], what)


def _motion(number: int, block: Mapping[str, Any]) -> MotionClaim:
    votes = {
        kind: Count(number=int(block["votes"][kind]), line=number)
        for kind in KINDS
        if isinstance(block["votes"].get(kind), int)
    }
    return MotionClaim(
        line=number,
        text=block["motion_text"],
        mover=block["mover"],
        seconder=block["seconder"],
        votes=votes,
        result=RESULT.get(block["result"].get("result") or block["state"]),
        result_line=number,
        withdrawn=block["state"] in {"withdrawn", "lapsed", "tabled"},
    )
