"""How candidates are assessed: the panel's rules, the criteria and their weights, the shortlist."""

from __future__ import annotations

from pydantic import Field, model_validator

from governance.rulebook.parts import (
    Article,
    Count,
    Key,
    OfficeRef,
    Part,
    Period,
    Share,
    Slug,
    Text,
)
from governance.rulebook.stages import Applied


class Criterion(Part):
    """What is scored, how much it weighs, and how little is too little."""

    key: Key
    title: Text
    weight: Share = Field(description="Exact, as text: it is divided by the sum of all weights.")
    essential: bool = False
    minimum: Share | None = Field(None, description="A mean below it excludes; essential only.")
    by: tuple[Key, ...] = Field(("interview",), description="application, test, interview, …")

    @model_validator(mode="after")
    def _has_weight(self) -> Criterion:
        if self.weight <= 0:
            raise ValueError("a weight is more than nothing")
        if self.minimum is not None and not self.essential:
            raise ValueError("a minimum goes with essential: true, and only with it")
        return self


class Shortlist(Part):
    """How many are recommended, and whether in an order."""

    ranked: bool = True
    at_least: Count = 1
    at_most: Count = 3


class BeforeInterview(Part):
    """What must be closed well before anybody is interviewed, of whom it is required."""

    article: Article
    checks: tuple[Key, ...] = Field(min_length=1)


class Assessing(Part):
    """The assessment of a procedure. A panel scores each criterion from `lowest` to `highest`."""

    article: Article
    panel: tuple[Applied, ...] = Field(min_length=1, description="Rules of its composition.")
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    lowest: int = Field(0, ge=0, le=100)
    highest: int = Field(5, ge=1, le=100)
    shortlist: Shortlist = Shortlist()
    differs_from: Count = Field(2, description="A spread of scores that asks for a note.")
    before_interview: BeforeInterview | None = None
    anonymous: bool = Field(False, description="The first screening hides who the candidates are.")
    withheld_under: Count = Field(5, description="Counts below it are not shown.")

    @model_validator(mode="after")
    def _scale_is_a_scale(self) -> Assessing:
        if self.lowest >= self.highest:
            raise ValueError("lowest is not below highest")
        return self

    def criterion(self, key: str) -> Criterion | None:
        """The criterion of this key."""
        return next((each for each in self.criteria if each.key == key), None)


class Condition(Part):
    """A condition precedent of an offer."""

    key: Key
    title: Text
    article: Article | None = None


class Review(Part):
    """A review in a probation, so long after entry on duty."""

    key: Key
    title: Text
    after: Period


class Prolongation(Part):
    """By how much something may be made longer, and how often."""

    by: Period
    times: Count = 1


class Probation(Part):
    """A probation: its reviews, and how it may be prolonged. Its length is the post's."""

    period: Period
    reviews: tuple[Review, ...] = Field(min_length=1)
    prolong: Prolongation | None = None


class Induction(Part):
    """A training or a paper that is due so long after entry on duty."""

    key: Key
    title: Text
    within: Period


class Extendable(Part):
    """How often and how long a service may go on after its term."""

    by: Period = Field(description="The most at a time.")
    times: Count = 1
    in_all: Period | None = Field(None, description="From entry on duty; empty: no limit.")


class Roster(Part):
    """How long somebody who was found suitable stays on the roster."""

    valid: Period
    renew: Prolongation | None = None


class After(Part):
    """What follows the decision."""

    article: Article
    conditions: tuple[Condition, ...] = ()
    oath: bool = Field(False, description="Nobody enters on duty before it is on file.")
    probation: Probation | None = None
    induction: tuple[Induction, ...] = ()
    extension: Extendable | None = None
    roster: Roster | None = None


class Expedited(Part):
    """What makes a procedure an emergency's: its cap, its confirmation, its report.

    `instead_of` names the procedures whose posts it may fill for a time.
    """

    article: Article
    instead_of: tuple[Slug, ...] = Field(min_length=1)
    longest: Period = Field(description="No interim lasts longer.")
    confirmed_by: OfficeRef
    within: Period = Field(description="Without a confirmation in this time, the interim ends.")
    reported_to: OfficeRef = Field(description="Who is told at once, such as a committee's chair.")


class Secondment(Part):
    """How long an officer of a home administration may be seconded: at a time, and in all."""

    article: Article
    shortest: Period
    longest: Period
    in_all: Period

    @model_validator(mode="after")
    def _is_in_months(self) -> Secondment:
        spans = (self.shortest, self.longest, self.in_all)
        if any(each.unit not in {"months", "years"} for each in spans):
            raise ValueError("a secondment is told in months or years")
        return self


class Acting(Part):
    """How long somebody may act in an office: at a time, and in all."""

    article: Article
    longest: Period
    in_all: Period
