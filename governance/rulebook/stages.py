"""The nine verbs: what a stage of a procedure asks for, and where each of its results leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from governance.rulebook.calling import Advertised, Approval, AtLeast, Nominations
from governance.rulebook.decisions import KINDS, DecisionRule
from governance.rulebook.parts import (
    LATE,
    Article,
    Count,
    Deadline,
    Key,
    Language,
    Level,
    OfficeRef,
    Part,
    Period,
    Text,
    Window,
)
from governance.rulebook.vetting import (
    Check,
    Declarations,
    GateException,
    ReasonCode,
    Reconsideration,
    SecondSignature,
)

NEXT_ON_LIST = "next_on_list"
Value = bool | int | str | tuple[str, ...]
Asked = Annotated[str, Field(pattern=r"^(office\.)?[a-z][a-z0-9_]*$", max_length=60)]


class Rounds(Part):
    """A bound: how often a stage may begin, and where the case goes instead the next time."""

    at_most: Count
    then: Key


class Step(Part):
    """What all stages have. `next`: where the ordinary result leads; `outcomes`: the others."""

    key: Key
    title: Text
    article: Article
    next: Key | None = None
    outcomes: dict[Key, Key] = Field(default_factory=dict)
    rounds: Rounds | None = None

    @property
    def results(self) -> tuple[str, ...]:
        """All that may come of the stage; the ordinary one first."""
        return ("done",)

    @property
    def ordinary(self) -> str | None:
        """The result that `next` speaks of."""
        return self.results[0] if self.results else None

    @property
    def results_by_clock(self) -> tuple[str, ...]:
        """Results that may come about although no person does anything."""
        return self.results

    def next_for(self, result: str) -> str | None:
        """Where a result leads; None where the law does not say."""
        if result in self.outcomes:
            return self.outcomes[result]
        return self.next if result == self.ordinary else None

    @property
    def targets(self) -> Mapping[str, str]:
        """Every stage that may follow, by the result that leads there."""
        found = dict(self.outcomes)
        if self.next is not None and self.ordinary is not None:
            found.setdefault(self.ordinary, self.next)
        if self.rounds is not None:
            found["(rounds)"] = self.rounds.then
        return found


class Prepare(Step):
    """Somebody gathers what must be there before the procedure goes on."""

    verb: Literal["prepare"]
    needs: tuple[Key, ...] = Field(min_length=1)
    by: Asked = "launcher"

    @property
    def results_by_clock(self) -> tuple[str, ...]:
        """None: a person says that it is ready."""
        return ()


class Collect(Step):
    """Candidacies come in during a window, once the call has been approved where that is asked."""

    verb: Literal["collect"]
    sources: tuple[Key, ...] = Field(min_length=1)
    level: Level = "link"
    within: Window
    at_least: AtLeast | None = None
    advertised: Advertised | None = None
    approval: Approval | None = None
    nominations: Nominations | None = None
    privacy: str = Field(
        "2026-1", pattern=r"^[0-9]{4}-[0-9]{1,2}$", description="The version of the privacy notice."
    )

    @property
    def results(self) -> tuple[str, ...]:
        """Enough came, or too few after every extension; a call not approved goes back."""
        few = ("too_few",) if self.at_least else ()
        back = ("sent_back",) if self.approval else ()
        return ("collected", *few, *back)

    @property
    def results_by_clock(self) -> tuple[str, ...]:
        """A person sends a call back."""
        return tuple(each for each in self.results if each != "sent_back")


class Applied(Part):
    """A named rule with the numbers that this organisation gives it."""

    rule: Key
    given: dict[Key, Value] = Field(default_factory=dict)
    article: Article | None = Field(None, description="Where it differs from the stage's.")

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        return {"rule": value} if isinstance(value, str) else value


class Sift(Step):
    """Named rules are asked of every candidacy; each refusal is a person's act."""

    verb: Literal["sift"]
    rules: tuple[Applied, ...] = Field(min_length=1)
    refused: Literal["needs_reason", "needs_reason_and_second_person"] = "needs_reason"

    @property
    def results(self) -> tuple[str, ...]:
        """Somebody is eligible, or nobody."""
        return ("sifted", "nobody_eligible")

    def rules_for(self, criteria: Mapping[str, Mapping[str, Value]]) -> tuple[Applied, ...]:
        """The rules with a post's own numbers in the place of the procedure's."""
        return tuple(
            each.model_copy(update={"given": {**each.given, **criteria.get(each.rule, {})}})
            for each in self.rules
        )


class Checks(Step):
    """Checks are ordered for each candidacy, side by side, and recorded."""

    verb: Literal["check"]
    per: Literal["candidacy"] = "candidacy"
    declarations: Declarations | None = None
    checks: tuple[Check, ...] = Field(min_length=1)
    within: Window | None = None
    comment: Window | None = Field(
        None, description="The candidate's time to comment on an adverse finding."
    )
    reasons: tuple[ReasonCode, ...] = Field((), description="For which somebody may be refused.")
    second_signature: SecondSignature | None = None
    reconsideration: Reconsideration | None = None
    exception: GateException | None = Field(None, description="Empty: the gate has no exception.")

    @property
    def results(self) -> tuple[str, ...]:
        """Somebody is cleared, or nobody."""
        return ("cleared", "nobody_cleared")

    def check(self, kind: str) -> Check | None:
        """The check of this kind."""
        return next((each for each in self.checks if each.kind == kind), None)

    def required_of(self, clearance: str, candidate: str, post: str) -> tuple[Check, ...]:
        """The checks that are required of such a candidate."""
        return tuple(each for each in self.checks if each.is_required(clearance, candidate, post))

    def reason(self, key: str) -> ReasonCode | None:
        """The reason of this code."""
        return next((each for each in self.reasons if each.key == key), None)


class OnChange(Part):
    """What earlier answers are worth: `keep`, `ask_again`, `void`. A word alone: in substance."""

    editorial: Literal["keep", "ask_again"] = "keep"
    substantive: Literal["keep", "ask_again", "void"] = "ask_again"

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, value: object) -> object:
        return {"substantive": value} if isinstance(value, str) else value


class Consult(Step):
    """A question is put to named people under a decision rule, with a deadline."""

    verb: Literal["consult"]
    question: Text
    ask: tuple[Asked, ...] = Field((), description="Who answers; empty where tellers count.")
    tellers: tuple[OfficeRef, ...] = Field(
        (), description="Who enter, each alone, what was counted of papers cast in a hall."
    )
    form: Literal["positions", "scores"] = Field(
        "positions", description="What is answered: a position, or scores by the criteria."
    )
    rule: DecisionRule
    level: Level = "session"
    within: Deadline | None = None
    endorsed: bool = Field(
        False, description="Who declines, or is late, is followed by the next who was chosen."
    )
    undo_minutes: int = Field(
        0, ge=0, le=120, strict=True, description="For so long an answer may be taken back."
    )
    on_change: OnChange = Field(
        default_factory=OnChange,
        description="What answers are worth when the content changes while people answer.",
    )
    change_needs_second: bool = Field(
        False, description="A change of the content waits for a second person."
    )
    may_delegate: bool = Field(
        False, description="Whoever is asked may hand the question to a named person, once."
    )
    keep_apart: tuple[Literal["family", "nationality", "own_line"], ...] = Field(
        (), description="On which grounds somebody steps back at once: found, not only declared."
    )
    urgent: bool = Field(False, description="Its notices do not wait for quiet hours to end.")

    @property
    def results(self) -> tuple[str, ...]:
        """What the rule gives, and lateness where the deadline makes it a result.

        `next_on_list` where somebody else was chosen for the case that this one declines.
        """
        given = self.rule.results(self.within)
        return (*given, NEXT_ON_LIST) if self.endorsed else given

    @property
    def ordinary(self) -> str | None:
        """`carried`; where the positions are the results, `next` speaks of none."""
        return "carried" if "carried" in self.results else None

    @property
    def results_by_clock(self) -> tuple[str, ...]:
        """Lateness, consent by silence, a vote that nobody takes part in; no count by tellers."""
        if self.tellers:
            return ()
        kind = KINDS.get(self.rule.kind)
        if kind is None or kind.one_person:
            return (LATE,)
        return self.results if kind.closes_by_clock else (LATE, "carried")

    def plain_rule(self) -> dict[str, object]:
        """The rule as plain data, for the room that puts the question."""
        told = self.rule.plain(self.within, str(self.article))
        told["on_change"] = self.on_change.model_dump()
        if self.undo_minutes:
            told["undo_minutes"] = self.undo_minutes
        if self.change_needs_second:
            told["change_needs_second"] = True
        return told


class Weigh(Step):
    """Named rules weigh a composition; the verdict is shown to whoever decides."""

    verb: Literal["weigh"]
    rules: tuple[Applied, ...] = ()
    body: Key | None = Field(None, description="A body whose rules of composition weigh as well.")
    over: tuple[Key, ...] = Field(min_length=1, description="Who makes up the composition.")
    effect: Literal["advisory", "binding"] = "advisory"
    adverse: Literal["shown", "needs_written_justification"] = "needs_written_justification"

    @model_validator(mode="after")
    def _by_something(self) -> Weigh:
        if not self.rules and self.body is None:
            raise ValueError("weigh needs rules, or a body whose rules weigh")
        return self

    @property
    def results(self) -> tuple[str, ...]:
        """Weighed; an adverse verdict is a result of its own where it binds."""
        return ("weighed", "adverse") if self.effect == "binding" else ("weighed",)


class Issue(Step):
    """A document is issued, once its preconditions hold."""

    verb: Literal["issue"]
    template: str = Field(pattern=r"^[a-z0-9_/]+$", max_length=80)
    languages: tuple[Language, ...] = Field(min_length=1)
    preconditions: tuple[Applied, ...] = ()
    signed_by: Asked = "decider"

    @property
    def results(self) -> tuple[str, ...]:
        """Issued."""
        return ("issued",)


class Task(Part):
    """Something to be done by somebody, by a date."""

    task: Key
    title: Text
    by: Asked = "launcher"
    within: Period | None = None


class EntryOnDuty(Period):
    """When the person begins: a period after a stage was passed."""

    after: Key


class Effect(Part):
    """What a stage brings about, once; whoever has been told is not told twice."""

    effect: Key
    template: str | None = Field(None, pattern=r"^[a-z0-9_/]+$", max_length=80)

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        return {"effect": value} if isinstance(value, str) else value


class Plan(Step):
    """Tasks are set with dates; the stage is passed when they are done."""

    verb: Literal["plan"]
    tasks: tuple[Task, ...] = Field(min_length=1)
    entry_on_duty: EntryOnDuty | None = None
    effects: tuple[Effect, ...] = Field((), description="Brought about when the stage begins.")


class Retention(Part):
    """How long files are kept after the end."""

    unsuccessful: Period
    file: Period


class Finish(Step):
    """The end: its effects are brought about, and nothing follows."""

    verb: Literal["finish"]
    effects: tuple[Effect, ...] = ()
    retention: Retention | None = None

    @property
    def results(self) -> tuple[str, ...]:
        """None."""
        return ()


Stage = Annotated[
    Prepare | Collect | Sift | Consult | Checks | Weigh | Issue | Plan | Finish,
    Field(discriminator="verb"),
]
VERBS = ("prepare", "collect", "sift", "consult", "check", "weigh", "issue", "plan", "finish")
