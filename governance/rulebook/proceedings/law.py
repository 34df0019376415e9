"""A body's rules of procedure as data. Read this first.

Every rule says its article, its dates, its subjects, and by whom and by what majority it may be
waived. Shares are exact and strictness is a word of its own (`more_than`, `at_least`). A parameter
is given once, or as a list with different dates or subjects. What a body does not say, it has from
its parent.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from governance.rulebook.majorities import AnyBase, Limb, Tie
from governance.rulebook.parts import Article, Part
from governance.rulebook.proceedings.meetings import (
    AgendaDistribution,
    LateItems,
    NoticeOfMeeting,
    PaperBeforeDebate,
    ProposalsClose,
    Quorum,
    Reminders,
    SecondCall,
    Subject,
    Threshold,
    Veto,
)
from governance.rulebook.proceedings.minutes import (
    AdoptionInMeeting,
    Appeal,
    ClosedItems,
    Contested,
    CorrectionWindow,
    Crisis,
    Deferral,
    Inactivity,
    Languages,
    MinutesDue,
    Numbering,
    Publication,
    Recording,
    Statements,
    TacitAdoption,
)
from governance.rulebook.proceedings.seats import MembersTerms, OfficersTerms, Vacancies
from governance.rulebook.proceedings.votes import (
    Amendments,
    LazyAcceptance,
    Mode,
    Motions,
    Observers,
    PointsOfOrder,
    Proxies,
    Recusals,
    Request,
    SilenceProcedure,
    VotingRight,
    WrittenProcedure,
)

V = TypeVar("V")


class Waiver(Part):
    """Who may set the rule aside, and by what majority; `by: nobody` says that none may."""

    by: Literal["body", "chair", "parent", "nobody"] = "body"
    majority: Limb | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, value: object) -> object:
        if value is False or value == "none":
            return {"by": "nobody"}
        return {"by": value} if isinstance(value, str) else value


def _subjects(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Ruling(Part, Generic[V]):
    """One value of one parameter, with the law it stands on."""

    value: V
    article: Article
    since: date | None = None
    until: date | None = Field(None, description="The last day on which it holds.")
    scope: Annotated[tuple[Subject, ...], BeforeValidator(_subjects)] = Field(
        ("all",), description="Subjects: all, elections, budget, rule_changes, removal, others."
    )
    waiver: Waiver = Waiver(by="nobody")
    confidence: Literal["read", "reported", "recalled"] = "read"

    @model_validator(mode="after")
    def _in_order(self) -> Ruling[V]:
        if self.since and self.until and self.until < self.since:
            raise ValueError("until is before since")
        return self

    def holds(self, on: date, subject: str = "all") -> bool:
        """Whether it is in force on a day, for a subject."""
        in_time = (self.since or date.min) <= on <= (self.until or date.max)
        return in_time and ("all" in self.scope or subject in self.scope)


ChairVotes = Literal["ordinary", "casting", "both", "none"]


class Proceedings(Part):
    """Every rule of procedure that the product knows; each may be left out."""

    notice_of_meeting: tuple[Ruling[NoticeOfMeeting], ...] = ()
    proposals_close: tuple[Ruling[ProposalsClose], ...] = ()
    agenda_distribution: tuple[Ruling[AgendaDistribution], ...] = ()
    late_items: tuple[Ruling[LateItems], ...] = ()
    reminders: tuple[Ruling[Reminders], ...] = ()
    paper_before_debate: tuple[Ruling[PaperBeforeDebate], ...] = ()
    quorum_to_open: tuple[Ruling[Quorum], ...] = ()
    quorum_to_decide: tuple[Ruling[Quorum], ...] = ()
    second_call: tuple[Ruling[SecondCall], ...] = ()
    majority_base: tuple[Ruling[AnyBase], ...] = ()
    threshold: tuple[Ruling[Threshold], ...] = ()
    blocking_rights: tuple[Ruling[Veto], ...] = ()
    decision_modes: tuple[Ruling[tuple[Mode, ...]], ...] = ()
    vote_requests: tuple[Ruling[Request], ...] = ()
    tie: tuple[Ruling[Tie], ...] = ()
    chair_votes: tuple[Ruling[ChairVotes], ...] = ()
    proxies: tuple[Ruling[Proxies], ...] = ()
    voting_right: tuple[Ruling[VotingRight], ...] = ()
    observers: tuple[Ruling[Observers], ...] = ()
    recusals: tuple[Ruling[Recusals], ...] = ()
    motions: tuple[Ruling[Motions], ...] = ()
    amendments: tuple[Ruling[Amendments], ...] = ()
    points_of_order: tuple[Ruling[PointsOfOrder], ...] = ()
    written_procedure: tuple[Ruling[WrittenProcedure], ...] = ()
    silence_procedure: tuple[Ruling[SilenceProcedure], ...] = ()
    lazy_acceptance: tuple[Ruling[LazyAcceptance], ...] = ()
    minutes_due: tuple[Ruling[MinutesDue], ...] = ()
    statements: tuple[Ruling[Statements], ...] = ()
    correction_window: tuple[Ruling[CorrectionWindow], ...] = ()
    contested_corrections: tuple[Ruling[Contested], ...] = ()
    tacit_adoption: tuple[Ruling[TacitAdoption], ...] = ()
    adoption_in_meeting: tuple[Ruling[AdoptionInMeeting], ...] = ()
    publication: tuple[Ruling[Publication], ...] = ()
    closed_items: tuple[Ruling[ClosedItems], ...] = ()
    languages: tuple[Ruling[Languages], ...] = ()
    officers_terms: tuple[Ruling[OfficersTerms], ...] = ()
    members_terms: tuple[Ruling[MembersTerms], ...] = ()
    vacancies: tuple[Ruling[Vacancies], ...] = ()
    deferral: tuple[Ruling[Deferral], ...] = ()
    appeal: tuple[Ruling[Appeal], ...] = ()
    inactivity: tuple[Ruling[Inactivity], ...] = ()
    recording: tuple[Ruling[Recording], ...] = ()
    numbering: tuple[Ruling[Numbering], ...] = ()
    crisis: tuple[Ruling[Crisis], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        """One ruling is a list of one."""
        if not isinstance(value, dict):
            return value
        return {name: [each] if isinstance(each, dict) else each for name, each in value.items()}

    def rulings(self, name: str) -> tuple[Ruling[Any], ...]:
        """Everything that is said about a parameter."""
        found: tuple[Ruling[Any], ...] = getattr(self, name)
        return found

    def ruling(self, name: str, on: date, subject: str = "all") -> Ruling[Any] | None:
        """What holds on a day for a subject: its own rule before the general one."""
        held = [each for each in self.rulings(name) if each.holds(on, subject)]
        return min(held, key=lambda each: "all" in each.scope, default=None)

    def over(self, parent: Proceedings) -> Proceedings:
        """These rules, and the parent's where these say nothing."""
        own = {name: self.rulings(name) or parent.rulings(name) for name in PARAMETERS}
        return self.model_copy(update=own)


PARAMETERS: tuple[str, ...] = tuple(Proceedings.model_fields)
NOTHING_SAID = Proceedings()
