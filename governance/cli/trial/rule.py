"""A rule of decision from a YAML file of its own, or every fault in it with line and cure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from governance.refusals import Finding, Reason, Refused, refuse, say
from governance.rulebook.decisions import KINDS, KINDS_ALSO_CALLED, DecisionRule, kind_of
from governance.rulebook.linting import faults
from governance.rulebook.linting.decision import wrong_with
from governance.rulebook.linting.yamltext import FLOAT, LARGEST, OLD_BOOL, Node, Reading, read_text
from governance.rulebook.majorities import nearest_fraction
from governance.rulebook.parts import Deadline

DECISION = "rulebook_decision"
# What may stand beside a rule and says nothing to the count.
NOTES = frozenset({"title", "name", "description", "question", "body", "source", "schema", "since"})
BESIDE = NOTES | {"rule", "article", "within"}


@dataclass(frozen=True)
class Written:
    """A rule as it was written, and as plain data for the count."""

    rule: DecisionRule
    plain: dict[str, Any]
    title: str


def read_rule(path: Path) -> Written:
    """The rule in a file. Raises Refused with every fault: file, line, column, cure."""
    reading = read_text(path.name, bytes_of(path))
    reading.findings = [each for each in map(_forgiven, reading.findings) if each is not None]
    tree = reading.tree
    if tree is None or not isinstance(tree.value, dict):
        if not reading.findings:
            because = say("a rule is a mapping of words to values")
            reading.fault((1, 1), because, say("Begin with kind: majority."), DECISION)
        raise Refused(reading.findings, Reason.INPUT)
    written = _written(reading, tree)
    if reading.findings or written is None:
        found = {str(each): each for each in _once(reading.findings)}
        raise Refused(sorted(found.values(), key=_place), Reason.INPUT)
    return written


def _once(findings: list[Finding]) -> list[Finding]:
    """Without what the schema says once more of a number that was refused as it was read."""
    traps = {str(each.because.facts["value"]) for each in findings if each.rule == "rulebook_trap"}
    again = tuple(f'"{each}" is ' for each in traps)
    return [
        each
        for each in findings
        if each.rule == "rulebook_trap" or not (again and str(each.because).startswith(again))
    ]


def bytes_of(path: Path) -> bytes:
    """What a file holds; Refused, as bad input, where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST * 40)
    except OSError as error:
        raise refuse(
            "{path} cannot be read: {problem}",
            rule="file_is_there",
            cure="Give the path of a file that is there.",
            reason=Reason.INPUT,
            path=path,
            problem=(error.strerror or type(error).__name__).lower(),
        ) from None


def _forgiven(finding: Finding) -> Finding | None:
    """Here `yes` and `no` are words as they stand; a rounded number is told its fraction."""
    if finding.rule != "rulebook_trap":
        return finding
    value = str(finding.because.facts.get("value", ""))
    if OLD_BOOL.fullmatch(value):
        return None
    if FLOAT.fullmatch(value):
        try:
            near = nearest_fraction(float(value))
        except (ValueError, OverflowError):
            return finding
        return replace(finding, cure=say("Write {fraction}.", fraction=near))
    return finding


def _written(reading: Reading, tree: Node) -> Written | None:
    given = tree.plain()
    under: tuple[str, ...] = ()
    if isinstance(given.get("rule"), dict):
        under = ("rule",)
        _nothing_else(reading, given)
        outer = {key: given[key] for key in ("article", "within") if key in given}
        inner = {**outer, **given["rule"]}
    else:
        inner = {key: each for key, each in given.items() if key not in NOTES}
    within = _within(reading, inner.pop("within", None))
    rule = _rule(reading, inner, under)
    if rule is None:
        return None
    for wrong in wrong_with(rule):
        reading.fault_at((*under, *wrong.where), wrong.because, wrong.cure, DECISION)
    keys = [each.key for each in rule.positions]
    for index, key in enumerate(keys):
        if key in keys[:index]:
            because = say('the position "{key}" stands here a second time', key=key)
            cure = say("Remove one of them.")
            reading.fault_at((*under, "positions", index), because, cure, DECISION)
    title = given.get("title") or given.get("name") or ""
    if isinstance(title, dict):
        title = title.get("en") or next(iter(title.values()), "")
    return Written(rule, rule.plain(within, str(rule.article or "")), str(title))


def _nothing_else(reading: Reading, given: dict[str, Any]) -> None:
    for name in given:
        if name not in BESIDE:
            because = say('"{name}" is not something that can be said beside a rule', name=name)
            cure = say("Write it under rule:, or remove it.")
            reading.fault_at((name,), because, cure, DECISION)


def _within(reading: Reading, given: Any) -> Deadline | None:
    if given is None:
        return None
    try:
        return Deadline.model_validate(given)
    except ValidationError as error:
        faults.note(reading, error, Deadline, ("within",))
        return None


def _rule(reading: Reading, given: dict[str, Any], under: tuple[str, ...]) -> DecisionRule | None:
    kind = kind_of(given.get("kind"))
    if kind is None or kind not in KINDS:
        _no_kind(reading, given, under)
        return None
    try:
        return DecisionRule.model_validate(given)
    except ValidationError as error:
        faults.note(reading, error, DecisionRule, under)
        return None


def _no_kind(reading: Reading, given: dict[str, Any], under: tuple[str, ...]) -> None:
    if "kind" not in given:
        because = say("the kind of decision is not said")
        cure = say("Add kind: and one of {known}.", known=", ".join(KINDS))
        reading.fault_at(under, because, cure, DECISION)
        return
    because = say('there is no kind of decision "{kind}"', kind=given["kind"])
    known = {*KINDS, *KINDS_ALSO_CALLED}
    cure = faults.near(given["kind"], known)
    if cure.pattern.startswith("Write"):
        cure = say("Write one of: {known}.", known=", ".join(KINDS))
    reading.fault_at((*under, "kind"), because, cure, DECISION)


def _place(finding: Finding) -> tuple[int, int, str]:
    _, line, column = finding.where.rsplit(":", 2)
    return (int(line), int(column), str(finding.because))
