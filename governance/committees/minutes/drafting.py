"""A draft comes from the registers, is written by the secretary, and goes to the chair."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import by
from governance.committees.meeting.models import Meeting
from governance.committees.minutes.assembling import assemble
from governance.committees.minutes.gathering import gather
from governance.committees.minutes.lifecycle import MinutesLifecycle
from governance.committees.minutes.models import Minutes, MinutesText, Waiver
from governance.committees.minutes.text import (
    TEXT_LIMIT,
    WRITTEN,
    Block,
    carried_over,
    digest,
    rewritten,
)
from governance.committees.seeking import keep_minutes
from governance.consultation.amending import Paragraph
from governance.lifecycle import fire
from governance.record import deadlines
from governance.refusals import Reason, refuse

DUE = "due"


@dataclass(frozen=True)
class Nothing:
    """An act that needs no more words."""


@dataclass(frozen=True)
class Rewritten:
    """The paragraphs as they shall read, against the version that was before the writer.

    A new paragraph's anchor is that of the block before it with `+n`; what is left out goes.
    """

    paragraphs: tuple[Paragraph, ...]
    seen_version: int
    because: str = ""


@dataclass(frozen=True)
class Waived:
    """A finding of the check that is let stand, by its digest, and why."""

    finding: str
    rule: str
    because: str


def begin_minutes(moment: Moment, meeting: Meeting) -> Minutes:
    """Minutes are due, once a meeting is closed; twice is the same row."""
    found = minutes_of(moment.session, meeting.id)
    if found is not None:
        return found
    made = Minutes(meeting_id=meeting.id, committee_id=meeting.committee_id)
    moment.session.add(made)
    moment.session.flush()
    return made


def minutes_of(session: Session, meeting_id: str) -> Minutes | None:
    """The minutes of a meeting, if there are any."""
    query = select(Minutes).where(col(Minutes.meeting_id) == meeting_id)
    return session.exec(query).first()


def text_of(session: Session, minutes_id: str, version: int, edition: str = "full") -> MinutesText:
    """One version of a text. Raises Refused where there is none."""
    query = select(MinutesText).where(
        col(MinutesText.minutes_id) == minutes_id,
        col(MinutesText.version) == version,
        col(MinutesText.edition) == edition,
    )
    found = session.exec(query).first()
    if found is None:
        raise refuse(
            "there is no version {version} of these minutes",
            rule="known_version",
            cure="See the list of versions.",
            reason=Reason.MISSING,
            version=version,
        )
    return found


def keep_text(
    moment: Moment, minutes: Minutes, blocks: list[Block], because: str = "", edition: str = "full"
) -> MinutesText:
    """One more version of the text; the one before it stays as it is."""
    if edition == "full":
        minutes.version += 1
    kept = MinutesText(
        minutes_id=minutes.id,
        version=minutes.version,
        edition=edition,
        blocks=blocks,
        sha256=digest(blocks),
        at=moment.now,
        by=moment.actor.person_id,
        because=because[:400],
    )
    moment.session.add(kept)
    if edition == "full":
        keep_minutes(moment.session, minutes, kept)
    return kept


def assemble_body(moment: Moment, minutes: Minutes | None, _: Nothing) -> Written[Minutes] | None:
    """The draft as the registers have it now; what people wrote into it stays.

    With nothing new in the registers, nothing is written.
    """
    assert minutes is not None  # noqa: S101 -- the door locks the subject first
    meeting = moment.session.get_one(Meeting, minutes.meeting_id)
    minutes.state = fire(MinutesLifecycle, minutes.state, "draft")
    blocks = assemble(gather(moment.session, moment.house.keys, meeting))
    if minutes.version:
        kept = text_of(moment.session, minutes.id, minutes.version).blocks
        blocks = carried_over(blocks, kept)
        if digest(blocks) == digest(kept):
            return None
    text = keep_text(moment, minutes, blocks)
    deadlines.lift(moment.session, ("minutes", minutes.id), DUE)
    return Written({"sha256": text.sha256, "version": text.version}, minutes)


def rewrite_body(moment: Moment, minutes: Minutes | None, given: Rewritten) -> Written[Minutes]:
    """The draft as somebody wrote it: paragraphs changed, added, left out."""
    assert minutes is not None  # noqa: S101 -- the door locks the subject first
    minutes.state = fire(MinutesLifecycle, minutes.state, "draft")
    before = text_of(moment.session, minutes.id, minutes.version)
    _is_newest(minutes, given.seen_version)
    _is_writable(before.blocks, given.paragraphs)
    blocks = rewritten(before.blocks, given.paragraphs)
    text = keep_text(moment, minutes, blocks, given.because)
    return Written({"sha256": text.sha256, "version": text.version}, minutes)


def submit_body(_moment: Moment, minutes: Minutes | None, _: Nothing) -> Written[Minutes]:
    """The draft goes to the chair."""
    assert minutes is not None  # noqa: S101 -- the door locks the subject first
    minutes.state = fire(MinutesLifecycle, minutes.state, "submit")
    return Written({"version": minutes.version}, minutes)


def waive_body(moment: Moment, minutes: Minutes | None, given: Waived) -> Written[Minutes]:
    """A finding is let stand, with its reason; a second time replaces the reason."""
    assert minutes is not None  # noqa: S101 -- the door locks the subject first
    if not given.because.strip():
        raise refuse(
            "a finding is not let stand without a reason",
            rule="reasons_are_given",
            cure="Write why the text is right as it is.",
            where="because",
            reason=Reason.INPUT,
        )
    query = select(Waiver).where(
        col(Waiver.minutes_id) == minutes.id, col(Waiver.finding) == given.finding
    )
    held = moment.session.exec(query).first()
    if held is None:
        held = Waiver(minutes_id=minutes.id, finding=given.finding, rule=given.rule, because="")
        moment.session.add(held)
    held.because, held.by, held.at = given.because[:400], moment.actor.person_id, moment.now
    sealed = moment.seal(f"minutes:{minutes.id}", given.because)
    return Written({"because": sealed, "finding": given.finding, "rule": given.rule}, minutes)


def _committee(minutes: Minutes) -> str:
    return minutes.committee_id


ASSEMBLE: Verb[Minutes, Nothing] = Verb(
    "minutes:assemble", Minutes, "minutes", by(MinutesLifecycle, "draft", _committee), assemble_body
)
REWRITE: Verb[Minutes, Rewritten] = Verb(
    "minutes:rewrite", Minutes, "minutes", by(MinutesLifecycle, "draft", _committee), rewrite_body
)
SUBMIT: Verb[Minutes, Nothing] = Verb(
    "minutes:submit", Minutes, "minutes", by(MinutesLifecycle, "submit", _committee), submit_body
)
WAIVE: Verb[Minutes, Waived] = Verb(
    "minutes:waive", Minutes, "minutes", by(MinutesLifecycle, "circulate", _committee), waive_body
)


def _is_newest(minutes: Minutes, seen: int) -> None:
    if seen != minutes.version:
        raise refuse(
            "the text changed since it was opened (version {seen}, now {now})",
            rule="content_is_what_was_shown",
            cure="Compare the two versions, then write your changes into the newer one.",
            reason=Reason.CONFLICT,
            seen=seen,
            now=minutes.version,
        )


def _is_writable(blocks: list[Block], paragraphs: tuple[Paragraph, ...]) -> None:
    known = {each["id"]: each["kind"] for each in blocks}
    for each in paragraphs:
        kind = known.get(each.anchor)
        if kind is None and each.anchor.rpartition("+")[0] in known:
            kind = "paragraph"
        if kind not in WRITTEN:
            raise refuse(
                '"{anchor}" is no paragraph that can be written into these minutes',
                rule="registers_are_not_rewritten",
                cure="Roll, votes, decisions and actions change in their registers; assemble the "
                "draft anew after that.",
                where=each.anchor[:60],
                reason=Reason.INPUT,
                anchor=each.anchor[:60],
            )
        if len(each.text) > TEXT_LIMIT or not each.text.strip():
            raise refuse(
                "a paragraph has between 1 and {limit} characters",
                rule="text_fits",
                cure="Divide it, or leave it out.",
                where=each.anchor[:60],
                reason=Reason.INPUT,
                limit=TEXT_LIMIT,
            )
