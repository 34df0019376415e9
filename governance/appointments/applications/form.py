"""The form of an application: its steps, its fields, and what each may hold. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.appointments.cells import COLUMNS, Column, Desk, Fault, read_cell
from governance.appointments.rules import OFFICIAL
from governance.refusals import NOTHING_TO_SAY, Finding, Sentence, Verdict, say

OWN = "Mandate, applications"
LONGEST_WORDS = 6000
# The steps in their order, with the fields of each.
STEPS: Mapping[str, tuple[str, ...]] = {
    "privacy": ("consent",),
    "you": (
        "family_name",
        "given_names",
        "sex",
        "birth_date",
        "nationality",
        "letter_language",
    ),
    "work": (
        "degree",
        "years_experience",
        "languages",
        "police_rank",
        "police_years",
        "current_employer",
        "candidate_kind",
        "secondment_years",
    ),
    "words": ("motivation",),
    "files": (),
    "send": (),
}
WORDS = Column(lambda cell, _: cell, longest=LONGEST_WORDS, empty="", is_text=False)
FIELDS: Mapping[str, Column] = {
    name: COLUMNS.get(name, WORDS) for fields in STEPS.values() for name in fields
}
LETTER_LANGUAGES = OFFICIAL


@dataclass(frozen=True)
class Read:
    """A form as it was read: the values that are right, and the faults by field."""

    values: dict[str, Any]
    faults: tuple[Finding, ...]


def read_form(
    form: Mapping[str, str], states: Mapping[str, str], today: date, files: tuple[str, ...]
) -> Read:
    """Every field, as if the application were sent now; all faults at once."""
    desk = Desk(states, today, LETTER_LANGUAGES)
    values: dict[str, Any] = {}
    faults: list[Finding] = []
    for name, column in FIELDS.items():
        if name in {"consent", "motivation"}:
            values[name] = _words(form.get(name, ""))
            continue
        try:
            values[name] = read_cell(form.get(name, ""), column, desk)
        except Fault as fault:
            faults.append(_finding(fault.rule, fault.because, fault.cure, name))
    faults += _whole(values, files)
    return Read(values, tuple(faults))


def faults_of_step(
    step: str, form: Mapping[str, str], states: Mapping[str, str], today: date
) -> dict[str, Sentence]:
    """What is wrong with the fields of one step that were filled; an empty one may wait."""
    desk = Desk(states, today, LETTER_LANGUAGES)
    found: dict[str, Sentence] = {}
    for name in STEPS[step]:
        filled = form.get(name, "").strip()
        if not filled or name in {"consent", "motivation"}:
            continue
        try:
            read_cell(filled, FIELDS[name], desk)
        except Fault as fault:
            found[name] = fault.because
    if len(form.get("motivation", "")) > LONGEST_WORDS:
        found["motivation"] = say("Shorten it to {most}.", most=LONGEST_WORDS)
    return found


def _whole(values: Mapping[str, Any], files: tuple[str, ...]) -> list[Finding]:
    """What the form asks for beyond its single fields."""
    found = []
    if not values.get("consent"):
        because = say("you have not agreed to the privacy notice")
        cure = say("Read it and agree, or do not apply: without it we may not keep your data.")
        found.append(_finding("consent_is_given", because, cure, "consent"))
    if len(values.get("motivation") or "") > LONGEST_WORDS:
        because = say("the letter has more than {most} characters", most=LONGEST_WORDS)
        found.append(_finding("cell_is_short_enough", because, say("Shorten it."), "motivation"))
    if "cv" not in files:
        because = say("your curriculum vitae is missing")
        found.append(_finding("cv_is_there", because, say("Add it as a file."), "file"))
    if values.get("candidate_kind") == "seconded" and not values.get("secondment_years"):
        because = say("for how many years you would be seconded is not said")
        cure = say("Write 1 to 3 years.")
        found.append(_finding("secondment_has_a_length", because, cure, "secondment_years"))
    return found


def _words(text: str) -> str:
    kept = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")
    return kept.strip()


def _finding(rule: str, because: Sentence, cure: Sentence, where: str) -> Finding:
    return Finding(rule, OWN, Verdict.FAIL, because, cure or NOTHING_TO_SAY, where)
