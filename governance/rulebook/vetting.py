"""What the law says of vetting: which checks, of whom, waived by whom, and how a finding is made.

The parts of a stage `check`. A refusal carries a reason code and two signatures; the gate before
the letter opens for nobody but by the exception procedure that the rulebook itself sets.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from governance.rulebook.parts import (
    Article,
    Count,
    Key,
    Level,
    OfficeRef,
    Part,
    Period,
    Slug,
    Text,
    Window,
)

Clearance = Literal["none", "basic", "enhanced"]
CandidateKind = Literal["external", "internal", "seconded", "roster"]
CLEARANCES: tuple[Clearance, ...] = ("none", "basic", "enhanced")
CANDIDATE_KINDS: tuple[CandidateKind, ...] = ("external", "internal", "seconded", "roster")
DaysBefore = Annotated[int, Field(ge=1, le=60, strict=True)]


class RequiredOf(Part):
    """Of whom a check is required. A list that is empty asks nothing."""

    clearance: tuple[Clearance, ...] = Field((), description="Posts of these levels only.")
    candidates: tuple[CandidateKind, ...] = Field((), description="Candidates of these kinds only.")
    posts: tuple[Slug, ...] = Field((), description="These posts only.")

    def holds(self, clearance: str, candidate: str, post: str) -> bool:
        """Whether a candidate of this kind, for this post at this level, is meant."""
        return (
            (not self.clearance or clearance in self.clearance)
            and (not self.candidates or candidate in self.candidates)
            and (not self.posts or post in self.posts)
        )


class Waiver(Part):
    """Who may waive a check, and in which case. Without it nobody may."""

    by: OfficeRef
    when: Text
    article: Article | None = None


class Check(Part):
    """One check of a candidacy: who gives the answer, how many, how long it is good for."""

    kind: Key
    title: Text
    answered_by: Literal["officer", "referee", "candidate", "home_administration"] = "officer"
    count: Count = 1
    level: Level = "session"
    valid: Period | None = Field(None, description="Empty: it does not expire.")
    within: Window | None = None
    article: Article | None = Field(None, description="Where it differs from the stage's.")
    required_of: RequiredOf | None = Field(None, description="Empty: of every candidate.")
    home_attests: bool = Field(
        False, description="For seconded officers the National Central Bureau attests it."
    )
    evidence: Literal["optional", "required", "outcome_only"] = Field(
        "optional", description="`outcome_only`: no file is ever kept of it, as with health."
    )
    waiver: Waiver | None = Field(None, description="Empty: it is never waived.")

    def is_required(self, clearance: str, candidate: str, post: str) -> bool:
        """Whether this check is required of such a candidate."""
        return self.required_of is None or self.required_of.holds(clearance, candidate, post)


class ReasonCode(Part):
    """A reason for which somebody may be refused after vetting."""

    key: Key
    title: Text


class Declaration(Part):
    """What every candidate declares before checks begin."""

    key: Key
    title: Text
    text: Text


class Declarations(Part):
    """The declarations, and the time that candidates have for them."""

    asked: tuple[Declaration, ...] = Field(min_length=1)
    within: Window
    article: Article | None = None


class SecondSignature(Part):
    """Whoever signs a ruling beside the officer who proposes it."""

    by: OfficeRef
    within: Window
    article: Article | None = None


class Reconsideration(Part):
    """How a refused candidate has the refusal looked at by somebody else."""

    by: OfficeRef
    request_within: Window
    within: Window
    article: Article | None = None


class GateException(Part):
    """The only way past an open check: asked by an officer, granted by an office, reported."""

    by: OfficeRef
    kinds: tuple[Key, ...] = Field(min_length=1, description="The checks that it can speak of.")
    within: Window
    report_to: OfficeRef | None = Field(None, description="Who is told of each exception.")
    article: Article
