"""Read what is to be ranked, compared or examined from a file: every fault by its place, at once.

These are the doors for somebody who wants to know what the rules say of a case of their own:
nothing is kept.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from governance.appointments.assessment.impact import Table, impact
from governance.appointments.assessment.ranking import Ranked, in_shares, rank
from governance.appointments.assessment.rules import (
    KINSHIP,
    PANEL,
    REPORTS,
    Assessed,
    Panel,
    Sitting,
    panel_findings,
)
from governance.consultation.scoring import Criterion, Scale, faults_of
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, refuse, say
from governance.rulebook.predicates import SHIPPED, SORTS

LARGEST = 4 * 1024 * 1024
MOST_SMALL = 1000


@dataclass
class _Faults:
    """What is wrong with a file, gathered."""

    found: list[Finding] = field(default_factory=list)

    def note(self, where: str, because: Sentence, cure: Sentence | None = None) -> None:
        """One more fault."""
        self.found.append(
            Finding("file_is_understood", "", Verdict.FAIL, because, cure or say(""), where)
        )

    def must_be_none(self) -> None:
        """Raises Refused with all of them."""
        if self.found:
            raise Refused(self.found, Reason.INPUT)


def ranking_of_file(content: bytes) -> Ranked:
    """Rank what a file says: `criteria`, `scale`, `scores` by member, candidate and criterion."""
    told, faults = tree_of(content), _Faults()
    criteria = _criteria(told.get("criteria"), faults)
    scale = _scale(told.get("scale", {}), faults)
    differs = _number(told.get("differs_from", 2), "differs_from", faults)
    scores = told.get("scores")
    if not isinstance(scores, Mapping) or not scores:
        faults.note(
            "scores",
            say("there are no scores"),
            say("Give them by member, candidate and criterion."),
        )
    faults.must_be_none()
    assert isinstance(scores, Mapping)  # noqa: S101 -- just asked
    sheets = {str(member): _sheet(sheet) for member, sheet in scores.items()}
    subjects = sorted({subject for sheet in sheets.values() for subject in sheet})
    bounds = {"least": str(scale.least), "most": str(scale.most)}
    rule = {
        "criteria": [{"key": each.key, "weight": str(each.weight)} for each in criteria],
        "scale": bounds | ({"step": str(scale.step)} if scale.step else {}),
    }
    for member, sheet in sheets.items():
        for where, because, cure in faults_of(rule, subjects, sheet):
            faults.note(f"scores.{member}.{where}", because, cure)
    faults.must_be_none()
    shares = with_minimums(in_shares(criteria), scale)
    return rank(shares, scale, sheets, differs or Fraction(2))


def sheet_of(told: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """A member's scores by candidacy, from a file that calls candidates by name, code or id."""
    faults, found = _Faults(), {}
    known = ", ".join(sorted(set(names) - set(names.values())))
    for who, scores in _sheet(told).items():
        candidacy = names.get(who) or names.get(who.casefold().strip())
        if candidacy is None:
            faults.note(
                who[:60],
                say('"{who}" is nobody who is scored here', who=who[:60]),
                say("There are: {names}.", names=known),
            )
        else:
            found[candidacy] = scores
    faults.must_be_none()
    return found


def _sheet(sheet: object) -> dict[str, dict[str, str]]:
    if not isinstance(sheet, Mapping):
        return {}
    return {
        str(subject): {
            str(key): "" if score is None else str(score) for key, score in given.items()
        }
        if isinstance(given, Mapping)
        else {}
        for subject, given in sheet.items()
    }


def _criteria(told: object, faults: _Faults) -> list[Criterion]:
    if not isinstance(told, Sequence) or isinstance(told, str) or not told:
        faults.note("criteria", say("there are no criteria"), say("Give each its key and weight."))
        return []
    found: list[Criterion] = []
    for number, each in enumerate(told):
        where = f"criteria.{number}"
        if not isinstance(each, Mapping) or not each.get("key"):
            faults.note(f"{where}.key", say("the criterion has no key"), say("Give it one."))
            continue
        weight = _number(each.get("weight"), f"{where}.weight", faults)
        minimum = each.get("minimum")
        least = _number(minimum, f"{where}.minimum", faults) if minimum is not None else None
        if weight is not None and weight <= 0:
            faults.note(f"{where}.weight", say("a weight is more than nothing"))
        if any(one.key == str(each["key"]) for one in found):
            faults.note(f"{where}.key", say("this criterion stands twice"), say("Remove one."))
        found.append(Criterion(str(each["key"]), weight or Fraction(1), least))
    return found


def _scale(told: object, faults: _Faults) -> Scale:
    if not isinstance(told, Mapping):
        faults.note("scale", say("the scale is not understood"), say("Give least and most."))
        return Scale(Fraction(0), Fraction(5))
    least = _number(told.get("least", 0), "scale.least", faults) or Fraction(0)
    most = _number(told.get("most", 5), "scale.most", faults) or Fraction(0)
    step = _number(told["step"], "scale.step", faults) if "step" in told else None
    if least >= most:
        faults.note("scale", say("the foot of the scale is not below its head"))
        return Scale(Fraction(0), Fraction(5))
    return Scale(least, most, step or None)


def _number(told: object, where: str, faults: _Faults) -> Fraction | None:
    try:
        return Fraction(str(told))
    except (ValueError, ZeroDivisionError):
        faults.note(
            where,
            say('"{told}" is no exact number', told=str(told)[:20]),
            say("Write 3, 3.5 or 7/2."),
        )
        return None


def with_minimums(criteria: Sequence[Criterion], scale: Scale) -> tuple[Criterion, ...]:
    """Minimums in points of the scale as the shares of it that a ranking wants."""
    return tuple(
        Criterion(each.key, each.weight, scale.share(each.minimum))
        if each.minimum is not None
        else each
        for each in criteria
    )


def impact_of_file(content: bytes, group: str, selected: str, small: int) -> Table:
    """Selection rates of a CSV file, by one column; another says who was selected."""
    faults = _Faults()
    if not 1 <= small <= MOST_SMALL:
        faults.note("--small", say("{n} is no small number", n=small), say("Give 1 to 1000."))
    try:
        rows = list(csv.DictReader(io.StringIO(_text(content))))
    except csv.Error as error:
        raise refuse(
            "the file is no CSV: {problem}",
            rule="file_is_understood",
            reason=Reason.INPUT,
            problem=str(error),
        ) from None
    columns = set(rows[0]) if rows else set()
    for name in (group, selected):
        if name not in columns:
            faults.note(
                "line 1",
                say('there is no column "{name}"', name=name),
                say("There are: {names}.", names=", ".join(sorted(map(str, columns)))),
            )
    faults.must_be_none()
    people = []
    for line, row in enumerate(rows, 2):
        answer = YES_NO.get((row[selected] or "").strip().lower())
        if answer is None:
            faults.note(
                f"line {line}, column {selected}",
                say('"{told}" is neither yes nor no', told=str(row[selected])[:20]),
                say("Write yes or no."),
            )
        people.append((((row[group] or "").strip() or "unknown"), bool(answer)))
    faults.must_be_none()
    return impact(people, small)


YES_NO = {
    **dict.fromkeys(("yes", "y", "true", "1", "x", "selected"), True),
    **dict.fromkeys(("no", "n", "false", "0", "", "-"), False),
}


def panel_of_file(
    content: bytes, rules: Sequence[tuple[str, Mapping[str, Any], str]], today: date
) -> list[Finding]:
    """What the rules of composition say of a panel in a file; its own `rules` go before."""
    told, faults = tree_of(content), _Faults()
    members = [_sitting(each, number, faults) for number, each in _listed(told, "members", faults)]
    candidates = [
        Assessed(str(each.get("name", number)), _country(each.get("nationality")))
        for number, each in _listed(told, "candidates", faults)
    ]
    ties = frozenset(
        (str(each.get("who")), _sort(each, number, faults), str(each.get("to")))
        for number, each in _listed(told, "ties", faults)
    )
    on = _day(told.get("on", today), "on", faults)
    asked = _rules(told.get("rules"), faults) if "rules" in told else list(rules)
    faults.must_be_none()
    return panel_findings(Panel(members, candidates, ties, on or today), asked)


def _rules(told: object, faults: _Faults) -> list[tuple[str, Mapping[str, Any], str]]:
    found: list[tuple[str, Mapping[str, Any], str]] = []
    for number, each in enumerate(told if isinstance(told, list) else []):
        one: dict[str, Any] = {"rule": each} if isinstance(each, str) else dict(each)
        name, given = str(one.get("rule")), dict(one.get("given") or {})
        predicate = SHIPPED.predicate(name)
        if predicate is None or name not in PANEL:
            faults.note(
                f"rules.{number}",
                say('"{name}" is no rule of composition', name=name),
                say("There are: {names}.", names=", ".join(PANEL)),
            )
            continue
        for each_ in predicate.parameters:
            value = given.get(each_.name)
            if value is None and not each_.required:
                continue
            if not SORTS[each_.sort][1](value):
                faults.note(f"rules.{number}.given.{each_.name}", say(SORTS[each_.sort][0]))
        found.append((name, given, str(one.get("article", ""))))
    return found


def _sitting(each: Mapping[str, Any], number: int, faults: _Faults) -> Sitting:
    name = str(each.get("name") or "")
    if not name:
        faults.note(f"members.{number}.name", say("the member has no name"), say("Give one."))
    sex = each.get("sex")
    if sex not in {None, "F", "M", "X"}:
        faults.note(f"members.{number}.sex", say("write F, M or X"))
    trained = each.get("trained_on")
    return Sitting(
        name,
        name,
        sex,
        _country(each.get("nationality")),
        outside=bool(each.get("outside", False)),
        trained_on=_day(trained, f"members.{number}.trained_on", faults) if trained else None,
    )


def _sort(each: Mapping[str, Any], number: int, faults: _Faults) -> str:
    sort = str(each.get("sort"))
    if sort not in {KINSHIP, REPORTS}:
        faults.note(f"ties.{number}.sort", say("write kinship or reports_to"))
    return sort


def _country(told: object) -> str | None:
    return str(told).upper() if told else None


def _day(told: object, where: str, faults: _Faults) -> date | None:
    if isinstance(told, date):
        return told
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        faults.note(where, say('"{text}" is not a date', text=str(told)[:20]))
        return None


def _listed(
    told: Mapping[str, Any], name: str, faults: _Faults
) -> list[tuple[int, Mapping[str, Any]]]:
    listed = told.get(name) or []
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        faults.note(name, say("a list is wanted here"), say("Give one line for each."))
        return []
    return list(enumerate(listed))


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise refuse(
            "the file is larger than {n} bytes",
            rule="file_is_understood",
            cure="Give a smaller one.",
            reason=Reason.INPUT,
            n=LARGEST,
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(
            "the file is not in UTF-8",
            rule="file_is_understood",
            cure="Save it as UTF-8.",
            reason=Reason.INPUT,
        ) from None


def tree_of(content: bytes) -> Mapping[str, Any]:
    """What a file of YAML or JSON says. Raises Refused where it cannot be read."""
    try:
        told = YAML(typ="safe", pure=True).load(_text(content))
    except YAMLError as error:
        raise refuse(
            "the file is neither YAML nor JSON: {problem}",
            rule="file_is_understood",
            cure="Correct it there.",
            reason=Reason.INPUT,
            problem=" ".join(str(error).split())[:200],
        ) from None
    if not isinstance(told, Mapping):
        raise refuse(
            "the file says nothing that is understood here",
            rule="file_is_understood",
            cure="See the example in docs/appointments.md.",
            reason=Reason.INPUT,
        )
    return told
