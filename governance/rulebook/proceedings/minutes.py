"""What rules of procedure say of minutes and what follows: windows, publication, numbers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from governance.rulebook.parts import Language, Part, Period
from governance.rulebook.proceedings.meetings import Anchored, Quorum, Subject, Whole


class MinutesDue(Period):
    """How long after the closing the draft is due."""


class Statements(Part):
    """Who may have a statement put into the minutes, and until when its text comes."""

    right: Literal["members", "all_speakers", "nobody"] = "members"
    within: Period | None = None


class CorrectionWindow(Anchored):
    """How long corrections may be asked for, counted from what, by whom."""

    by: Literal["members", "those_present", "speakers"] = "members"


class Contested(Part):
    """Who decides on a correction that is contested."""

    decided_by: Literal["chair", "body", "secretary"] = "chair"
    members_have: Period | None = None


class TacitAdoption(Part):
    """Minutes are adopted by silence at the end of the window."""

    allowed: bool = True
    after: Period | None = None


class AdoptionInMeeting(Part):
    """Minutes are adopted as an item of the next meeting."""

    standing_item: Whole = 3
    who: Literal["members", "those_present"] = "members"
    absent_abstain: bool = False


class Publication(Part):
    """What is published, how soon."""

    decisions: Period | None = None
    minutes: Period | None = None
    draft_mark: bool = True


class ClosedItems(Part):
    """When an item is closed, and who stays."""

    subjects: tuple[Subject, ...] = ()
    stay: tuple[str, ...] = ("members",)
    second_edition: bool = True


class Languages(Part):
    """In which languages one works, what is translated before a decision, which text binds."""

    working: tuple[Language, ...] = Field(min_length=1)
    before_decision: tuple[Language, ...] = ()
    authentic: Language | None = None

    @model_validator(mode="after")
    def _known(self) -> Languages:
        if self.authentic and self.authentic not in self.working:
            raise ValueError("the authentic text is in a language that is no working language")
        return self


class Deferral(Part):
    """How often an item may be deferred, and for how long."""

    times: Whole
    length: Period | None = None


class Appeal(Part):
    """How long a decision may be appealed, to which body."""

    within: Period
    to: str = Field("parent", max_length=120)


class Inactivity(Part):
    """When a body is proposed for review."""

    fewer_voting_than: Whole = 0
    without_meeting: Period | None = None


class Recording(Part):
    """Whether a meeting may be recorded, and when the recording goes."""

    consent: Literal["unanimous", "majority", "announced", "never"] = "announced"
    deleted_after: Literal["adoption", "publication", "never"] = "adoption"


PLACES = ("number", "year", "month", "day", "session", "meeting", "body", "item")


class Numbering(Part):
    """How decisions are numbered, and their other names. `{number:02}` has two digits."""

    decisions: str = Field(max_length=80, description="Such as {year}/{number:02}.")
    aliases: tuple[str, ...] = ()
    restarts: Literal["never", "year", "meeting", "session"] = "year"

    @field_validator("decisions")
    @classmethod
    def _counts(cls, value: str) -> str:
        if "{number" not in value:
            raise ValueError("the pattern has no {number}, so that two decisions would be alike")
        return value


class Crisis(Part):
    """The expedited rules of a crisis team: what one may decide, until when it is confirmed."""

    cap: str = Field("", max_length=120, description="The most that is decided this way.")
    confirm_within: Period | None = None
    notice: Period | None = None
    quorum: Quorum | None = None
