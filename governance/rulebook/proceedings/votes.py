"""What rules of procedure say of motions and votes: modes, thresholds, proxies, rights."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from governance.rulebook.majorities import Limb
from governance.rulebook.parts import Part, Period
from governance.rulebook.proceedings.meetings import Subject, Whole

Mode = Literal[
    "consensus", "general_consent", "acclamation", "show", "roll_call", "secret", "silence",
    "written",
]  # fmt: skip


class Request(Part):
    """Who may ask for a roll call or a secret ballot: how many; and where it is not asked for."""

    roll_call: Whole | None = Field(None, description="How many ask for it; 1: any member.")
    secret: Whole | None = None
    always_secret: tuple[Subject, ...] = ()


class Proxies(Part):
    """Whether a member may be represented by another, by how many, and what it counts for."""

    allowed: bool = True
    per_holder: Whole = 1
    in_writing: bool = True
    holder_present: bool = True
    alternates: bool = Field(True, description="A registered alternate may sit for the holder.")


class VotingRight(Part):
    """How a voting right is lost and won back: by attendance, by arrears."""

    lost_after_missed: Whole = Field(0, description="So many meetings in a row; 0: never.")
    back_after_attended: Whole = Field(1, description="So many in a row.")
    gained_after_attended: Whole = Field(0, description="A new member votes after so many.")
    leave_excuses: bool = True
    effective: Literal["at_once", "next_meeting"] = Field(
        "next_meeting", description="From the end of the meeting, or already in it."
    )
    arrears_months: Whole = Field(0, description="Lost with so many months of dues; 0: never.")


class Observers(Part):
    """What observers may do."""

    speak: Literal["no", "after_members", "yes"] = "after_members"
    propose: Literal["no", "if_seconded", "yes"] = "no"
    reply: bool = False
    vote: bool = False


class Recusals(Part):
    """When an interest is declared, whether one leaves the room, and what it does to the base."""

    declare: Literal["at_opening", "at_item", "in_writing_before"] = "at_item"
    leaves_room: bool = False
    base: Literal["out_of_base", "in_base"] = "out_of_base"


class Amendments(Part):
    """In which order amendments are taken, and what reopens a decision."""

    order: Literal["furthest_first", "as_moved", "chair"] = "furthest_first"
    reopening: Limb | None = None
    replacement_is_amendment: bool = False


class PointsOfOrder(Part):
    """Who rules on a point of order, and what overturns the ruling."""

    ruled: Literal["at_once", "end_of_speech"] = "at_once"
    overturned_by: Limb | None = None
    tie_sustains: bool = True


class Motions(Part):
    """Whether a motion needs a seconder, and who may move."""

    seconder: bool = True
    observers_move: bool = False
    chair_moves: bool = False


class WrittenProcedure(Part):
    """A vote between meetings: who starts it, how long it runs, who can stop it."""

    started_by: Literal["chair", "secretary", "any_member", "parent"] = "chair"
    at_least: Period
    stopped_by: Whole = Field(0, description="So many members may ask for a meeting instead.")
    majority: Limb | None = None


class SilenceProcedure(Part):
    """Adopted unless somebody objects: how long at least, on which subjects, opened by whom."""

    at_least: Period
    opened_by: Literal["chair", "secretary", "parent"] = "chair"
    subjects: tuple[Subject, ...] = ("all",)
    objections: Whole = Field(1, description="How many break it.")
    languages_complete: bool = True


class LazyAcceptance(Part):
    """A motion on the list is accepted if nobody objects."""

    period: Period
    seconder: bool = True
