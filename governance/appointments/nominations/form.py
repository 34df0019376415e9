"""The form of a nomination: its fields, and what each may hold. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.appointments.applications.form import LETTER_LANGUAGES, STEPS
from governance.appointments.cells import COLUMNS, Desk, Fault, read_cell
from governance.appointments.nominations.rules import OWN
from governance.refusals import NOTHING_TO_SAY, Finding, Verdict, say

FIELDS = ("email", *STEPS["you"], *STEPS["work"])


@dataclass(frozen=True)
class Read:
    """A nomination as it was read: the values that are right, and the faults by field."""

    values: dict[str, Any]
    faults: tuple[Finding, ...]


def read_nomination(form: Mapping[str, str], states: Mapping[str, str], today: date) -> Read:
    """Every field; all faults at once."""
    desk = Desk(states, today, LETTER_LANGUAGES)
    values: dict[str, Any] = {}
    faults: list[Finding] = []
    for name in FIELDS:
        try:
            values[name] = read_cell(form.get(name, ""), COLUMNS[name], desk)
        except Fault as fault:
            cure = fault.cure or NOTHING_TO_SAY
            faults.append(Finding(fault.rule, OWN, Verdict.FAIL, fault.because, cure, name))
    if values.get("candidate_kind") == "seconded" and not values.get("secondment_years"):
        faults.append(
            Finding(
                "secondment_has_a_length",
                OWN,
                Verdict.FAIL,
                say("for how many years the person would be seconded is not said"),
                say("Write the number of years."),
                "secondment_years",
            )
        )
    return Read(values, tuple(faults))
