"""A file of members: read row by row, every fault said with its row and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, say
from governance.representation.composition import Composition, Member
from governance.representation.schemes import near_state, plainly, shipped_states
from governance.representation.view import COMMON, View
from governance.rulebook.bodies.body import Body, Column

ALSO = {
    "iso3": "state",
    "iso": "state",
    "country": "state",
    "nationality": "state",
    "gender": "sex",
    "from": "term_start",
    "to": "term_end",
}
DATES = ("birth_date", "term_start", "term_end", "elected_on", "left_on")
HOW_MANY = ("terms_before", "consecutive_before")
OWN = ("name", "state", "role", "chamber", "region", "sex", "seat", *DATES)
YES = frozenset({"yes", "true", "1", "y", "x"})
NO = frozenset({"no", "false", "0", "n"})
SEX = {"f": "female", "w": "female", "woman": "female", "m": "male", "man": "male"}
MOST_ROWS = 20_000
FILE = "members_file"
SEPARATOR = re.compile(r"\Asep=.\r?\n", re.IGNORECASE)  # a spreadsheet's own first line


@dataclass
class _Desk:
    """One file under reading."""

    view: View
    findings: list[Finding] = field(default_factory=list)

    def fault(self, where: str, because: Sentence, cure: Sentence) -> None:
        self.findings.append(Finding(FILE, "", Verdict.FAIL, because, cure, where))


def read_members(text: str, body: Body, *, what: str = "members") -> Composition:
    """The composition that a CSV holds. Raises Refused with every fault, by row.

    Rows are counted as a spreadsheet does: the first one names the columns.
    """
    desk = _Desk(View(body, date.min, ()))
    members: list[Member] = []
    for number, row in _rows(desk, text, body, what):
        member = _member(desk, number, row)
        if member is not None:
            members.append(member)
    _once_each(desk, members, body)
    if desk.findings:
        raise Refused(desk.findings, Reason.INPUT)
    return Composition(tuple(members))


def _rows(desk: _Desk, text: str, body: Body, what: str) -> Iterator[tuple[int, dict[str, str]]]:
    text = text.removeprefix("\ufeff")
    first = 2
    if SEPARATOR.match(text):
        text, first = SEPARATOR.sub("", text), 3
    head = text.split("\n", 1)[0]
    between = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    try:
        columns = [_column_name(each) for each in next(reader, [])]
        listed = list(reader)
    except csv.Error as error:
        desk.fault("row 1", say("not a CSV: {error}", error=error), say("Save it again as CSV."))
        return
    if not _columns_right(desk, columns, body, what):
        return
    for number, cells in enumerate(listed, first):
        if not any(cell.strip() for cell in cells):
            continue
        if number > MOST_ROWS:
            desk.fault(f"row {number}", say("too many rows"), say("Give at most 20,000."))
            return
        if len(cells) > len(columns):
            because = say("{n} cells under {m} columns", n=len(cells), m=len(columns))
            desk.fault(f"row {number}", because, say("Put a cell with a comma in quotes."))
            continue
        yield number, dict(zip(columns, (cell.strip() for cell in cells), strict=False))


def _column_name(cell: str) -> str:
    name = cell.strip().casefold().replace(" ", "_").replace("-", "_")
    return ALSO.get(name, name)


def _columns_right(desk: _Desk, columns: list[str], body: Body, what: str) -> bool:
    needed = ("state",) if body.held_by == "states" else ("name", "state")
    before = len(desk.findings)
    for each in needed:
        if each not in columns:
            because = say("the file of {what} has no column {name}", what=what, name=each)
            close = get_close_matches(each, columns, n=1)
            cure = f"Rename {close[0]}." if close else "Its first row names the columns."
            desk.fault("row 1", because, say("{cure}", cure=cure))
    for each in {x for x in columns if x and columns.count(x) > 1}:
        desk.fault("row 1", say("two columns {name}", name=each), say("Remove one of them."))
    known = {*OWN, *COMMON, *body.columns, "member_since"}
    for each in columns:
        close = get_close_matches(each, known, n=1, cutoff=0.85)
        if each not in known and close and close[0] not in columns:
            because = say('"{name}" is no column that is known', name=each)
            desk.fault("row 1", because, say("Did you mean {near}?", near=close[0]))
    return len(desk.findings) == before


def _member(desk: _Desk, number: int, row: Mapping[str, str]) -> Member | None:
    before = len(desk.findings)
    state = _state(desk, number, row.get("state", ""))
    name = row.get("name", "") or (state if desk.view.body.held_by == "states" else "")
    if not name:
        desk.fault(f"row {number}, name", say("there is no name"), say("Enter it."))
    values: dict[str, Any] = {"name": name, "state": state or "", "row": number}
    values["seat"] = row.get("seat", "")
    values["role"] = _listed(desk, number, "role", row.get("role", ""))
    values["chamber"] = _listed(desk, number, "chamber", row.get("chamber", ""))
    values["region"] = _region(desk, number, row.get("region", "")) or None
    values["sex"] = _sex(desk, number, row.get("sex", "")) or None
    for each in DATES:
        values[each] = _day(desk, number, each, row.get(each, ""))
    values["more"] = _more(desk, number, row)
    _in_order(desk, number, values)
    return Member(**values) if len(desk.findings) == before else None


def _state(desk: _Desk, number: int, cell: str) -> str:
    states = shipped_states()
    own = {each.code for each in desk.view.body.states}
    code = cell.upper()
    if not cell or code in states or code in own:
        if not cell:
            desk.fault(f"row {number}, state", say("there is no state"), say("Enter its code."))
        return code
    meant = near_state(cell, states.values())
    close = get_close_matches(code, [*states, *own], n=1)
    hint = f"Did you mean {meant.code if meant else close[0]}? " if meant or close else ""
    desk.fault(
        f"row {number}, state",
        say('"{cell}" is not a state', cell=cell),
        say("{hint}Write the three letters of ISO 3166.", hint=hint),
    )
    return ""


def _listed(desk: _Desk, number: int, attribute: str, cell: str) -> str:
    """A role or chamber: by its key or its title, where the body lists any."""
    body = desk.view.body
    listed = body.roles if attribute == "role" else body.chambers
    if not cell or not listed:
        return cell
    for each in listed:
        names = {plainly(each.key), *(plainly(x) for x in each.title.root.values())}
        if plainly(cell) in names:
            return each.key
    keys = [each.key for each in listed]
    _not_known(desk, f"row {number}, {attribute}", cell, attribute, keys)
    return ""


def _not_known(desk: _Desk, where: str, cell: str, what: str, known: list[str]) -> None:
    close = get_close_matches(cell.casefold(), [x.casefold() for x in known], n=1)
    cure = f"Did you mean {close[0]}?" if close else f"Write one of: {', '.join(known)}."
    because = say('"{cell}" is no {what}', cell=cell, what=what.replace("_", " "))
    desk.fault(where, because, say("{cure}", cure=cure))


def _region(desk: _Desk, number: int, cell: str) -> str:
    if not cell:
        return ""
    scheme = desk.view.scheme_of("region")
    if scheme is None:
        column = desk.view.body.columns.get("region")
        if column is not None and column.values:
            return _value(desk, f"row {number}, region", "region", column, cell)
        return cell
    key = scheme.find(cell)
    if key is None:
        titles = [name for each in scheme.groups for name in (each.key, each.title())]
        _not_known(desk, f"row {number}, region", cell, f"region of {scheme.title()}", titles)
    return key or ""


def _sex(desk: _Desk, number: int, cell: str) -> str:
    word = SEX.get(cell.casefold(), cell.casefold())
    if word and word not in ("female", "male", "other", "undisclosed"):
        because = say('"{cell}" is not understood as a sex', cell=cell)
        desk.fault(f"row {number}, sex", because, say("Write female, male, or nothing."))
    return "" if word == "undisclosed" else word


def _day(desk: _Desk, number: int, column: str, cell: str) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        because = say('"{cell}" is not a date', cell=cell)
        cure = say("Write it as year-month-day, such as 2026-11-23.")
        desk.fault(f"row {number}, {column}", because, cure)
        return None


def _more(desk: _Desk, number: int, row: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, cell in row.items():
        column = desk.view.body.columns.get(name) or COMMON.get(name)
        if name in OWN or not name or (name in ("region", "sex") and name in OWN):
            continue
        if name == "member_since":
            found[name] = _day(desk, number, name, cell)
        elif column is not None:
            found[name] = _cell(desk, f"row {number}, {name}", name, column, cell)
        else:
            found[name] = cell or None
    return found


def _cell(desk: _Desk, where: str, name: str, column: Column, cell: str) -> Any:
    if not cell:
        return None
    if column.type == "words":
        parts = [each.strip() for each in cell.replace("|", ";").split(";") if each.strip()]
        return tuple(_value(desk, where, name, column, each) for each in parts)
    if column.type == "flag":
        return _flag(desk, where, cell)
    if column.type == "date":
        number = int(where.split(",", maxsplit=1)[0].removeprefix("row "))
        return _day(desk, number, name, cell)
    if column.type == "number":
        found = _number(desk, where, cell)
        if name in HOW_MANY and found is not None and (found < 0 or found.denominator != 1):
            because = say('"{cell}" is no number of terms', cell=cell)
            desk.fault(where, because, say("Write a whole number, 0 or more."))
        return found
    return _value(desk, where, name, column, cell)


def _value(desk: _Desk, where: str, name: str, column: Column, cell: str) -> str:
    for each in column.values:
        if plainly(each) == plainly(cell):
            return each
    if column.values:
        _not_known(desk, where, cell, name, list(column.values))
    return cell


def _flag(desk: _Desk, where: str, cell: str) -> bool | None:
    if cell.casefold() in YES | NO:
        return cell.casefold() in YES
    desk.fault(where, say('"{cell}" is neither yes nor no', cell=cell), say("Write yes or no."))
    return None


def _number(desk: _Desk, where: str, cell: str) -> Fraction | None:
    try:
        percent = cell.endswith("%")
        number = Fraction(cell.removesuffix("%").strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        desk.fault(where, say('"{cell}" is no number', cell=cell), say("Write a number: 4.8."))
        return None
    return number / 100 if percent else number


def _in_order(desk: _Desk, number: int, values: Mapping[str, Any]) -> None:
    for early, late in (
        ("term_start", "term_end"),
        ("elected_on", "term_end"),
        ("term_start", "left_on"),
        ("birth_date", "term_start"),
        ("birth_date", "elected_on"),
        ("elected_on", "term_start"),
    ):
        one, other = values.get(early), values.get(late)
        if one is not None and other is not None and other < one:
            because = say("{late} is before {early}", late=late, early=early)
            told = say(
                "{early} is {one}, {late} is {other}: correct one of them.",
                early=early,
                one=one,
                late=late,
                other=other,
            )
            desk.fault(f"row {number}", because, told)


def _once_each(desk: _Desk, members: list[Member], body: Body) -> None:
    """Nobody twice at the same time; earlier terms of the same person are rows of their own."""
    seen: dict[str, list[Member]] = {}
    for each in members:
        key = each.state if body.held_by == "states" else plainly(each.name)
        for other in seen.setdefault(key, []):
            if _overlap(each, other):
                desk.fault(
                    f"row {each.row}, name",
                    say('"{name}" stands in row {row} already', name=each.name, row=other.row),
                    say("Remove one row; for an earlier term give both their dates."),
                )
                break
        seen[key].append(each)


def _overlap(one: Member, other: Member) -> bool:
    first, second = sorted((one, other), key=lambda each: str(each.term_start or ""))
    end = first.last_day
    if end is None or second.term_start is None:
        return True
    return second.term_start < end
