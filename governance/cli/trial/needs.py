"""What a rule cannot be counted without: columns, and cells that are not guessed at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from governance.cli.trial.table import Row, Table
from governance.consultation.rules import DecisionRule, Voice
from governance.refusals import Finding, say
from governance.rulebook.linting.faults import near

RULE = "rule_has_what_it_counts"


def missing_columns(law: DecisionRule, answers: Table, roll: Table | None) -> Iterator[Finding]:
    """Every column that the rule needs and that neither file has."""
    columns = answers.columns | (roll.columns if roll else frozenset())
    for table in filter(None, (answers, roll)):
        if "name" not in table.columns and "count" not in table.columns:
            yield _missing(table.file, "name", "every row is somebody's")
    if not {"position", "chosen"} & answers.columns:
        yield _missing(answers.file, "position", "an answer is one of the rule's positions")
    for column, why, is_needed in NEEDS:
        others = {"organ": {"seat"}, "group": {"seat"}}.get(column, set())
        if is_needed(law) and not ({column} | others) & columns:
            yield _missing(answers.file, column, why)


def missing_cells(
    law: DecisionRule, row: Row, voice: Voice, known: dict[str, Any]
) -> Iterator[Finding]:
    """Where weights or organs are counted, everybody has one."""
    if _weighs(law, voice) and "weight" not in known and not row.get("weight"):
        because = say("the cell is empty, and the rule counts by weight")
        yield row.fault("weight", because, say("Write the weight."), RULE)
    organs = list(law.organs)
    if organs and voice.organ.casefold() not in {each.casefold() for each in organs}:
        because = say('"{organ}" is no organ of the rule', organ=voice.organ)
        yield row.fault("organ", because, near(voice.organ, organs), RULE)


def _countings(law: DecisionRule) -> Iterator[Any]:
    yield from law.organs.values()
    yield law.counting


def by_weight(law: DecisionRule) -> bool:
    """Whether a limb or a quorum of the rule counts weights."""
    return _weigh(_countings(law))


def _weighs(law: DecisionRule, voice: Voice) -> bool:
    """The same of the organ that somebody belongs to, where the rule has organs."""
    own = [each for key, each in law.organs.items() if key.casefold() == voice.organ.casefold()]
    return _weigh(own) if own else by_weight(law)


def _weigh(countings: Iterable[Any]) -> bool:
    countings = tuple(countings)
    quorums = [
        each
        for counting in countings
        for each in (counting.quorum.decide, counting.quorum.second_call)
        if each is not None
    ]
    limbs = [each for counting in countings for each in (counting, *counting.also)]
    return any(each.count == "weight" for each in (*limbs, *quorums))


def _bases(law: DecisionRule) -> set[str]:
    return {
        each.base
        for counting in _countings(law)
        for each in (counting, *counting.also)
        if each.base is not None
    }


NEEDS: tuple[tuple[str, str, Callable[[DecisionRule], bool]], ...] = (
    ("weight", "the rule counts by weight", by_weight),
    ("present", "the rule counts of those present", lambda law: "present" in _bases(law)),
    ("organ", "the rule counts each organ by itself", lambda law: law.kind == "organs"),
    (
        "group",
        "a limb of the rule counts one group",
        lambda law: any(limb.group for each in _countings(law) for limb in each.also),
    ),
)


def _missing(file: str, column: str, why: str) -> Finding:
    because = say("the column {column} is missing: {why}", column=column, why=why)
    cure = say("Add {column} to the header line, and a cell to each row.", column=column)
    return Row(file, 1, {}).fault("", because, cure, "columns")
