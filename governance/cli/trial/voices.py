"""From rows to voices: every cell understood, or refused with its row, column, value and cure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from governance.cli.trial.needs import missing_cells, missing_columns
from governance.cli.trial.rule import Written
from governance.cli.trial.table import Row, Table, plain_word
from governance.cli.trial.words import (
    ABSENT,
    NOT_ANSWERED,
    NOT_VOTING,
    is_position,
    is_yes,
    number,
    position_of,
    splitter,
)
from governance.consultation.rules import DecisionRule, Voice
from governance.refusals import Finding, Reason, Refused, say
from governance.rulebook.linting.faults import near

RULE = "answers_are_understood"
YES_OR_NO = ("present", "entitled", "on_leave", "recused", "reached")
WORDS = ("seat", "organ", "group")
MOST_ALIKE = 1_000_000


@dataclass
class Reader:
    """Reads rows under a rule, and gathers what cannot be understood."""

    written: Written
    law: DecisionRule
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Prepare the words of the positions and the names of the candidates."""
        positions = self.written.rule.positions
        self.titles = {each.key: plain_word(str(each.title)) for each in positions}
        countings = (self.law.counting, *self.law.organs.values())
        ballots = [each.ballot for each in countings if each.ballot is not None]
        self.candidates = tuple(dict.fromkeys(name for x in ballots for name in x.candidates))
        self.organs = {plain_word(key): key for key in self.law.organs}
        self.split = splitter(self.candidates)
        self.is_ballot = self.law.elects or self.law.kind == "choice"

    def person(self, row: Row) -> dict[str, Any]:
        """What a row says of a person: presence, right, weight, seat; nothing for empty cells."""
        found: dict[str, Any] = {}
        for column in YES_OR_NO:
            if word := row.get(column):
                answer = is_yes(word)
                if answer is None:
                    self._yes_or_no(row, column, word)
                else:
                    found[column] = answer
            elif column == "present" and column in row.cells:
                self._yes_or_no(row, column, "")
        if word := row.get("weight"):
            weight = number(word)
            if weight is None:
                because = say('"{value}" is no exact number', value=word)
                cure = say("Write a number such as 12, 4.5 or 1/3.")
                self.findings.append(row.fault("weight", because, cure, RULE))
            else:
                found["weight"] = weight
        said = {column: row.get(column) for column in WORDS if row.get(column)}
        organs = {  # "General Assembly" is general_assembly
            column: self.organs.get(plain_word(word), word)
            for column, word in said.items()
            if column != "group"
        }
        return {**found, **said, **organs}

    def answer(self, row: Row) -> dict[str, Any]:
        """What a row says of an answer: position, names, casting vote."""
        found = self._position(row)
        if names := row.get("chosen"):
            found["chosen"] = self._names(row, "chosen", names)
            found.setdefault("position", self._paper())
        if casting := row.get("casting"):
            chairs = self._casting(row, casting)
            found |= {"casting": chairs} if chairs else {}
        return found

    def _position(self, row: Row) -> dict[str, Any]:
        word = row.get("position")
        plain = plain_word(word)
        said = _said_nothing(plain) if plain not in self.law.positions else None
        if said is not None:
            return said
        found = position_of(word, self.law, self.titles)
        if self.is_ballot and not is_position(word, self.law, self.titles):
            return {"position": self._paper(), "chosen": self._names(row, "position", word)}
        if isinstance(found, str):
            return {"position": found}
        if not found and plain.startswith("recus"):
            return {"recused": True}
        self._unknown_position(row, word, found)
        return {}

    def _paper(self) -> str:
        """The position of a paper with names on it."""
        chooses = [key for key, each in self.law.positions.items() if each.choose_at_most]
        in_favour = [key for key, each in self.law.positions.items() if each.worth == "yes"]
        return next(iter([*chooses, *in_favour, *self.law.positions]))

    def _names(self, row: Row, column: str, cell: str) -> tuple[str, ...]:
        known = {plain_word(each): each for each in self.candidates}
        names = []
        for name in self.split(cell):
            if known and plain_word(name) not in known:
                because = say('"{name}" is no candidate', name=name)
                cure = near(name, self.candidates)
                self.findings.append(row.fault(column, because, cure, RULE))
            names.append(known.get(plain_word(name), name))
        return tuple(names)

    def _casting(self, row: Row, word: str) -> str:
        if self.is_ballot:
            return next(iter(self._names(row, "casting", word)), "")
        found = position_of(word, self.law, self.titles)
        if isinstance(found, str):
            return found
        self._unknown_position(row, word, found, "casting")
        return ""

    def _unknown_position(
        self, row: Row, word: str, found: list[str], column: str = "position"
    ) -> None:
        offered = list(self.law.positions)
        if found:
            because = say('"{value}" may mean several positions here', value=word)
            cure = say("Write one of: {known}.", known=", ".join(found))
        else:
            because = say('"{value}" is not among the positions of the rule', value=word)
            cure = near(plain_word(word).replace(" ", "_"), offered)
            cure = cure if cure.pattern.startswith("Did") else _one_of(offered)
        self.findings.append(row.fault(column, because, cure, RULE))

    def _yes_or_no(self, row: Row, column: str, word: str) -> None:
        because = (
            say('"{value}" is neither yes nor no', value=word)
            if word
            else say("the cell is empty, where yes or no is expected")
        )
        self.findings.append(row.fault(column, because, say("Write yes or no."), RULE))


def _one_of(offered: list[str]) -> Any:
    return say(
        "Write one of: {known}; or nothing, for somebody who has not answered.",
        known=", ".join(offered),
    )


def _said_nothing(plain: str) -> dict[str, Any] | None:
    """Not answered yet; absent; or there, and not voting. None where the word is an answer."""
    if plain in NOT_ANSWERED:
        return {}
    if plain in ABSENT:
        return {"present": False, "final": True}
    return {"final": True} if plain in NOT_VOTING else None


def rounds_of(
    written: Written, answers: Table, roll: Table | None, law: DecisionRule
) -> dict[int, list[Voice]]:
    """The voices of each round; one round where the answers have no such column.

    Raises Refused with every row that is not understood, stands twice, or is not on the roll.
    """
    reader = Reader(written, law)
    reader.findings += missing_columns(law, answers, roll)
    if reader.findings:
        raise Refused(reader.findings, Reason.INPUT)
    enrolled = _enrolled(reader, roll) if roll is not None else None
    rounds: dict[int, dict[str, list[Voice]]] = {}
    seen: dict[tuple[int, str], Row] = {}
    for row in answers.rows:
        number_of = _round(reader, row, law)
        name = row.get("name") or (_of_count(row) if row.get("count") else "")
        key = plain_word(name)
        person, answer = reader.person(row), reader.answer(row)
        if not _is_new(reader, row, (number_of, key), seen):
            continue
        if enrolled is not None and not row.get("count"):
            if key not in enrolled:
                _not_on_the_roll(reader, row, name, enrolled)
                continue
            name, known = enrolled[key]
            _agrees(reader, row, known, person)
            person = {**known, **person}
        voice = _voice(name, {**person, **answer}, row, answers, roll)
        reader.findings += missing_cells(law, row, voice, person)
        many = _many(reader, row)
        rounds.setdefault(number_of, {})[key] = _repeated(voice, many)
    if reader.findings:
        raise Refused(reader.findings, Reason.INPUT)
    return {each: _everybody(found, enrolled) for each, found in sorted(rounds.items())} or {
        law.round: _everybody({}, enrolled)
    }


def _enrolled(reader: Reader, roll: Table) -> dict[str, tuple[str, dict[str, Any]]]:
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    seen: dict[tuple[int, str], Row] = {}
    for row in roll.rows:
        name = row.get("name")
        if _is_new(reader, row, (0, plain_word(name)), seen):
            facts = reader.person(row)
            found[plain_word(name)] = (name, facts)
            if "weight" in row.cells:
                voice = _of_roll(name, facts)
                reader.findings += missing_cells(replace(reader.law, organs={}), row, voice, facts)
    return found


def _is_new(
    reader: Reader, row: Row, key: tuple[int, str], seen: dict[tuple[int, str], Row]
) -> bool:
    if not key[1]:
        because = say("the cell is empty, and whose row it is cannot be known")
        reader.findings.append(row.fault("name", because, say("Write the name."), RULE))
        return False
    if key in seen:
        because = say(
            '"{name}" stands on line {line} already', name=row.get("name"), line=seen[key].line
        )
        cure = say("Remove one of the two rows, or tell the two people apart.")
        reader.findings.append(row.fault("name", because, cure, "named_once"))
        return False
    seen[key] = row
    return True


def _not_on_the_roll(
    reader: Reader, row: Row, name: str, enrolled: Mapping[str, tuple[str, Any]]
) -> None:
    because = say('"{name}" is not on the roll', name=name)
    cure = near(name, [each[0] for each in enrolled.values()], "Add the name to the roll.")
    reader.findings.append(row.fault("name", because, cure, "on_the_roll"))


def _agrees(reader: Reader, row: Row, known: dict[str, Any], said: dict[str, Any]) -> None:
    """The roll and the answers do not say two things of the same person."""
    for column, value in said.items():
        if column in known and known[column] != value:
            because = say('it says "{value}", and the roll says otherwise', value=row.get(column))
            cure = say("Let both say the same, or leave the column to the roll.")
            reader.findings.append(row.fault(column, because, cure, "on_the_roll"))


def _round(reader: Reader, row: Row, law: DecisionRule) -> int:
    word = row.get("round")
    found = number(word) if word else law.round
    if isinstance(found, int) and found >= 1:
        return found
    because = say('"{value}" is no number of a round', value=word)
    reader.findings.append(row.fault("round", because, say("Write 1, 2, 3."), RULE))
    return law.round


def _of_count(row: Row) -> str:
    """What a row that counts several people alike is called, where it has no name."""
    return row.get("position") or row.get("chosen") or "not answered"


def _many(reader: Reader, row: Row) -> int:
    word = row.get("count")
    found = number(word) if word else 1
    if isinstance(found, int) and 0 <= found <= MOST_ALIKE:
        return found
    because, cure = say('"{value}" is no count', value=word), say("Write a whole number.")
    if isinstance(found, int):
        because = say("{value} is more than one row may count: {most}", value=word, most=MOST_ALIKE)
        cure = say("Write the number under weight, and count: weight in the rule.")
    reader.findings.append(row.fault("count", because, cure, RULE))
    return 1


def _voice(name: str, facts: dict[str, Any], row: Row, answers: Table, roll: Table | None) -> Voice:
    columns = answers.columns | (roll.columns if roll else frozenset())
    seat = facts.get("seat", "")
    for column in ("organ", "group"):
        if column not in columns and seat:
            facts = {**facts, column: seat}  # the seat says it, where no column of its own does
    return Voice(who=name or row.get("position"), **facts)


def _repeated(voice: Voice, many: int) -> list[Voice]:
    if many == 1:
        return [voice]
    return [replace(voice, who=f"{voice.who} {each + 1}") for each in range(many)]


def _everybody(
    found: Mapping[str, list[Voice]], enrolled: Mapping[str, tuple[str, dict[str, Any]]] | None
) -> list[Voice]:
    """Everybody on the roll, answered or not; without a roll, whoever has a row."""
    if enrolled is None:
        return [voice for each in found.values() for voice in each]
    named = [
        voice
        for key, (name, facts) in enrolled.items()
        for voice in found.get(key, [_of_roll(name, facts)])
    ]
    counted = [voice for key, each in found.items() if key not in enrolled for voice in each]
    return [*named, *counted]


def _of_roll(name: str, facts: dict[str, Any]) -> Voice:
    seat = facts.get("seat", "")
    return Voice(**{"organ": seat, "group": seat, **facts, "who": name})
