"""Scores: what a filled sheet must be, and what all sheets amount to. Pure, in exact fractions.

A rule asks for scores with `scale: {least: "0", most: "5"}` and `criteria`, each with its key, its
`weight` (a share; all of them make one), and `essential` where a share of the scale must be
reached on average, without which nobody is passed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from governance.refusals import Sentence, say

Sheet = Mapping[str, Mapping[str, str]]  # subject, criterion: score as text


@dataclass(frozen=True)
class Criterion:
    """What is scored: its share of the whole, and the least that must be reached on average."""

    key: str
    weight: Fraction
    minimum: Fraction | None = None


@dataclass(frozen=True)
class Scale:
    """From the lowest score that may be given to the highest, in steps."""

    least: Fraction
    most: Fraction
    step: Fraction | None = None

    def share(self, score: Fraction) -> Fraction:
        """A score as a share of the scale: 0 at its foot, 1 at its head."""
        return (score - self.least) / (self.most - self.least)


@dataclass(frozen=True)
class Standing:
    """What one subject reached: averages by criterion, the whole as a share of one, its place.

    `short_of` names the essential criteria in which it stayed below the minimum; who is short of
    one has no place.
    """

    subject: str
    averages: Mapping[str, Fraction]
    total: Fraction
    sheets: int
    short_of: tuple[str, ...] = ()
    place: int | None = None


def criteria_of(rule: Mapping[str, Any]) -> tuple[Criterion, ...]:
    """The criteria of a rule as plain data."""
    return tuple(
        Criterion(
            each["key"],
            Fraction(each["weight"]),
            Fraction(each["minimum"]) if each.get("minimum") else None,
        )
        for each in rule["criteria"]
    )


def scale_of(rule: Mapping[str, Any]) -> Scale:
    """The scale of a rule as plain data; from 0 to 5 where it says nothing."""
    told = rule.get("scale") or {}
    step = told.get("step")
    return Scale(
        Fraction(told.get("least", "0")),
        Fraction(told.get("most", "5")),
        Fraction(step) if step else None,
    )


def faults_of(
    rule: Mapping[str, Any], subjects: Sequence[str], sheet: Mapping[str, Any]
) -> Iterator[tuple[str, Sentence, Sentence]]:
    """What is wrong with a sheet: where, why, and the cure. A whole sheet scores everything."""
    criteria, scale = criteria_of(rule), scale_of(rule)
    known = {each.key for each in criteria}
    for subject in sheet:
        if subject not in subjects:
            yield subject, say("nobody of this name is scored here"), say("Remove the line.")
    for subject in subjects:
        given = sheet.get(subject)
        given = given if isinstance(given, Mapping) else {}
        for key in sorted(set(given) - known):
            yield f"{subject}.{key}", say("this is no criterion here"), say("Remove it.")
        for each in criteria:
            yield from _score(f"{subject}.{each.key}", given.get(each.key), scale)


def _score(where: str, told: object, scale: Scale) -> Iterator[tuple[str, Sentence, Sentence]]:
    bounds = {"least": str(scale.least), "most": str(scale.most)}
    cure = say("Give a number from {least} to {most}.", **bounds)
    if told is None or told == "":
        yield where, say("the score is missing"), cure
        return
    score = exact(told)
    if score is None:
        yield where, say('"{told}" is no exact number', told=str(told)[:20]), cure
    elif not scale.least <= score <= scale.most:
        yield where, say("{told} is outside the scale", told=str(told)[:20]), cure
    elif scale.step and (score - scale.least) % scale.step:
        yield (
            where,
            say("{told} lies between two steps of the scale", told=str(told)[:20]),
            say("Scores go up by {step}.", step=str(scale.step)),
        )


def exact(told: object) -> Fraction | None:
    """A score as typed, "4", "3.5" or "7/2"; None where it is no number. Never a float."""
    if isinstance(told, bool) or not isinstance(told, (int, str)):
        return None
    try:
        return Fraction(told)
    except (ValueError, ZeroDivisionError):
        return None


def ranking(
    criteria: Sequence[Criterion], scale: Scale, sheets: Mapping[str, Sheet]
) -> list[Standing]:
    """Every subject that was scored, the best first; equal totals share a place."""
    subjects = sorted({subject for sheet in sheets.values() for subject in sheet})
    found = [_standing(criteria, scale, subject, sheets) for subject in subjects]
    ordered = sorted(found, key=lambda each: (bool(each.short_of), -each.total, each.subject))
    places: dict[Fraction, int] = {}
    for number, each in enumerate(ordered, 1):
        if not each.short_of:
            places.setdefault(each.total, number)
    return [each if each.short_of else replace(each, place=places[each.total]) for each in ordered]


def total_of(
    criteria: Sequence[Criterion], scale: Scale, sheets: Mapping[str, Sheet], subject: str
) -> Fraction | None:
    """What one subject reaches by these sheets, as in the ranking; None where none scores it."""
    if not any(subject in sheet for sheet in sheets.values()):
        return None
    return _standing(criteria, scale, subject, sheets).total


def _standing(
    criteria: Sequence[Criterion], scale: Scale, subject: str, sheets: Mapping[str, Sheet]
) -> Standing:
    mine = [sheet[subject] for sheet in sheets.values() if subject in sheet]
    averages = {
        each.key: sum((Fraction(sheet[each.key]) for sheet in mine), Fraction(0)) / len(mine)
        for each in criteria
    }
    total = sum((each.weight * scale.share(averages[each.key]) for each in criteria), Fraction(0))
    short = tuple(
        each.key
        for each in criteria
        if each.minimum is not None and scale.share(averages[each.key]) < each.minimum
    )
    return Standing(subject, averages, total, len(mine), short)


def ranking_of(rule: Mapping[str, Any], sheets: Mapping[str, Sheet]) -> list[dict[str, Any]]:
    """The ranking as plain data, to be stored with the outcome: fractions as text."""
    return [
        {
            "subject": each.subject,
            "place": each.place,
            "total": str(each.total),
            "averages": {key: str(average) for key, average in each.averages.items()},
            "sheets": each.sheets,
            "short_of": list(each.short_of),
        }
        for each in ranking(criteria_of(rule), scale_of(rule), sheets)
    ]
