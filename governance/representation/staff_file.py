"""A file of staff by state, read into standings: with midpoints, or with the factors of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, refuse, say
from governance.representation.found import MissingFact, amount, number_of
from governance.representation.ranges import Standing, as_shares, midpoint, standing
from governance.representation.schemes import near_state, shipped_states
from governance.representation.view import View
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.seats import Ranges

ALSO = {
    "iso3": "state",
    "country": "state",
    "assessment": "contribution",
    "contribution_share": "contribution",
    "assessment_share": "contribution",
    "population_share": "population",
    "number": "staff",
}
NUMBERS = ("staff", "midpoint", "contribution", "population", "selected")
RULE = "staff_file"


@dataclass
class Staff:
    """What a file of staff comes to. `rounded`: the midpoints were given as whole numbers."""

    rule: Ranges
    standings: list[Standing] = field(default_factory=list)
    selected: dict[str, int] = field(default_factory=dict)
    rounded: bool = False


def range_rule(body: Body) -> Ranges:
    """The body's rule on desirable ranges. Refused where it has none."""
    for each in body.rules:
        if isinstance(each, Ranges):
            return each
    raise refuse(
        "{body} has no rule of kind range",
        rule=RULE,
        cure="Give a body that has one with --body.",
        reason=Reason.INPUT,
        body=body.body,
    )


def read_staff(text: str, body: Body, on: date, facts: Mapping[str, Any]) -> Staff:
    """The standings of a file. Raises Refused with every fault, by row."""
    rule = range_rule(body)
    rows = _rows(text, body)
    found = Staff(rule)
    view = View(body, on, (), facts=facts)
    own = {state: row["midpoint"] for state, row in rows.items() if "midpoint" in row}
    middles = own or _midpoints(view, rule, rows)
    found.rounded = bool(own) and all(each.denominator == 1 for each in own.values())
    for state in sorted(rows):
        if state in middles:
            number = int(rows[state].get("staff", Fraction(0)))
            found.standings.append(standing(rule, state, number, middles[state]))
        if "selected" in rows[state]:
            found.selected[state] = int(rows[state]["selected"])
    return found


def _midpoints(
    view: View, rule: Ranges, rows: Mapping[str, Mapping[str, Fraction]]
) -> dict[str, Fraction]:
    try:
        base = (
            number_of(view, rule.base)
            if isinstance(rule.base, str)
            else Fraction(amount(view, rule.base, 0))
        )
        members = amount(view, rule.members, 0)
    except MissingFact as fact:
        raise refuse(
            "there is no midpoint, and {key} is not on file",
            rule=RULE,
            cure="Add a column midpoint, or give --fact {key}=N (--base for the base figure).",
            reason=Reason.INPUT,
            key=fact.key,
        ) from None
    paid = as_shares(_column(view, rows, rule.contribution, "contribution"))
    living = as_shares(_column(view, rows, rule.population, "population"))
    if not paid and not living:
        raise refuse(
            "there is neither a midpoint nor a contribution and a population",
            rule=RULE,
            cure="Add the columns midpoint, or contribution and population.",
            reason=Reason.INPUT,
        )
    none = Fraction(0)
    return {
        state: midpoint(rule, base, members, paid.get(state, none), living.get(state, none))
        for state in rows
    }


def _column(
    view: View, rows: Mapping[str, Mapping[str, Fraction]], table: str, column: str
) -> dict[str, Any]:
    """A factor from the file's column, otherwise from the body's table."""
    own = {state: row[column] for state, row in rows.items() if column in row}
    kept = view.body.tables.get(table)
    return own or (dict(kept.values) if kept is not None else {})


def _rows(text: str, body: Body) -> dict[str, dict[str, Fraction]]:
    text = text.removeprefix("\ufeff")
    between = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=between)
    names = [(x or "").strip().casefold().replace(" ", "_") for x in reader.fieldnames or ()]
    reader.fieldnames = [ALSO.get(each, each) for each in names]
    faults: list[Finding] = []
    if "state" not in reader.fieldnames:
        cure = say("Its first row names the columns: state,staff,midpoint.")
        faults.append(_fault("row 1", say("there is no column {x}", x="state"), cure))
        raise Refused(faults, Reason.INPUT)
    known = {*shipped_states(), *(each.code for each in body.states)}
    people = "staff" not in reader.fieldnames
    found: dict[str, dict[str, Fraction]] = {}
    for number, cells in enumerate(reader, 2):
        row = {key: (value or "").strip() for key, value in cells.items() if isinstance(key, str)}
        if any(row.values()):
            _row(faults, number, row, known, found, people=people)
    if faults:
        raise Refused(faults, Reason.INPUT)
    return found


def _row(  # noqa: PLR0913 -- what one row is held against
    faults: list[Finding],
    number: int,
    row: Mapping[str, str],
    known: set[str],
    found: dict[str, dict[str, Fraction]],
    *,
    people: bool,
) -> None:
    state = row["state"].upper()
    if state not in known:
        meant = near_state(row["state"], shipped_states().values())
        hint = f"Did you mean {meant.code}? " if meant else ""
        cure = say("{hint}Write the three letters of ISO 3166.", hint=hint)
        because = say('"{cell}" is not a state', cell=row["state"])
        faults.append(_fault(f"row {number}, state", because, cure))
        return
    if state in found and not people:
        because = say('"{name}" stands in an earlier row already', name=state)
        faults.append(_fault(f"row {number}, state", because, say("Remove one of them.")))
        return
    own = found.setdefault(state, {})
    own |= _numbers(faults, number, row)
    if people:
        own["staff"] = own.get("staff", Fraction(0)) + (1 if row.get("name") else 0)


def _numbers(faults: list[Finding], number: int, row: Mapping[str, str]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for name in NUMBERS:
        cell = row.get(name, "").replace(",", ".").replace("\u00a0", "")
        if not cell:
            continue
        try:
            percent = cell.endswith("%")
            value = Fraction(cell.removesuffix("%").strip())
        except (ValueError, ZeroDivisionError):
            because = say('"{cell}" is no number', cell=cell)
            faults.append(_fault(f"row {number}, {name}", because, say("Write a number: 4.8.")))
            continue
        if value < 0 or (name in ("staff", "selected") and value.denominator != 1):
            because = say('"{cell}" is no number of people', cell=cell)
            cure = say("Write a whole number, 0 or more.")
            faults.append(_fault(f"row {number}, {name}", because, cure))
            continue
        found[name] = value / 100 if percent else value
    return found


def selections(staff: Staff) -> dict[str, Any]:
    """How many selections went to states that are unrepresented or under-represented."""
    if not staff.selected or staff.rule.target is None:
        return {}
    total = sum(staff.selected.values())
    thin = {x.state for x in staff.standings if x.outcome in ("unrepresented", "under")}
    from_them = sum(n for state, n in staff.selected.items() if state in thin)
    needed = ceil(staff.rule.target * total)
    said = "the target is met" if from_them >= needed else "the target is missed"
    return {"all": total, "from_them": from_them, "needed": needed, "said": said}


def _fault(where: str, because: Sentence, cure: Sentence) -> Finding:
    return Finding(RULE, "", Verdict.FAIL, because, cure, where)
