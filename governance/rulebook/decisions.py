"""How a question is decided: positions that may be taken, and the kinds of rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field, model_validator

from governance.rulebook.parts import LATE, Article, Count, Deadline, Key, Part, Text


class Choose(Part):
    """How many are chosen with a position, and among whom."""

    at_least: Count = 1
    at_most: Count = 1
    among: Key = Field(description="A selection of the vocabulary, such as cleared.")

    @model_validator(mode="after")
    def _in_order(self) -> Choose:
        if self.at_least > self.at_most:
            raise ValueError("at_least is more than at_most")
        return self


class Position(Part):
    """One answer that may be given."""

    key: Key
    title: Text
    blocking: bool = Field(False, description="One such answer stops the question.")
    needs_text: bool = Field(False, description="Not taken without a reason in writing.")
    counts: bool = Field(True, description="False: recorded, and not counted.")
    choose: Choose | None = None


@dataclass(frozen=True)
class Kind:
    """One way to decide: what it is, and what may come of it."""

    sentence: str
    results: tuple[str, ...]  # none: the results are the positions themselves
    needs_blocking: bool = False
    takes_choice: bool = False
    one_person: bool = False


# What is not here is refused by the linter: a rule that nobody can count is no rule.
KINDS: dict[str, Kind] = {
    "single": Kind("One person answers, and the answer is the result.", (), one_person=True),
    "choice": Kind(
        "One person chooses among candidates; the position taken is the result.",
        (),
        takes_choice=True,
        one_person=True,
    ),
    "no_objection": Kind(
        "Carried unless somebody objects in writing before the end of their time.",
        ("carried", "lost"),
        needs_blocking=True,
    ),
    "advice": Kind("Views are recorded; nothing is bound.", ("carried",)),
}


class DecisionRule(Part):
    """Under which rule answers make a result."""

    kind: Key = Field(description="One of the kinds of decision.")
    positions: tuple[Position, ...] = Field(min_length=1)
    may_change: bool = Field(False, description="An answer may be changed until the close.")
    article: Article | None = Field(None, description="Where it differs from the stage's.")

    def position(self, key: str) -> Position | None:
        """The position of this key."""
        return next((each for each in self.positions if each.key == key), None)

    def results(self, within: Deadline | None) -> tuple[str, ...]:
        """All that may come of the question, lateness included."""
        kind = KINDS.get(self.kind)
        if kind is None:
            return ()
        reached = kind.results or tuple(each.key for each in self.positions)
        late = within is not None and within.ends_late and kind.one_person
        return (*reached, LATE) if late else reached

    def plain(self, within: Deadline | None, article: str) -> dict[str, Any]:
        """As plain data, for the room that puts the question."""
        return {
            "kind": self.kind,
            "article": str(self.article or article),
            "positions": [_plain(each) for each in self.positions],
            "on_late": within.on_late if within else "wait",
            "within": within.plain if within else None,
            "may_change": self.may_change,
        }


def _plain(position: Position) -> dict[str, Any]:
    choose = position.choose
    return {
        "key": position.key,
        "blocking": position.blocking,
        "needs_text": position.needs_text,
        "choose_at_least": choose.at_least if choose else 0,
        "choose_at_most": choose.at_most if choose else 0,
    }
