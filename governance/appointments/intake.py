"""Candidates from a file: every row is right, or nothing is taken and every fault is told.

Pure: bytes in, rows out; no database, no clock.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.appointments.cells import COLUMNS, Desk, Fault, read_cell
from governance.appointments.rules import OFFICIAL
from governance.appointments.sheet import (
    LEFT_OUT,
    Line,
    columns_of,
    finding,
    header_key,
    lines_of,
    rows_in,
)
from governance.refusals import Finding, Reason, Refused, say

MOST_ROWS = 2000
# Letters that Unicode does not take apart into a letter and its mark.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)


@dataclass(frozen=True)
class CandidateRow:
    """One candidate as the file gives them. `languages` maps a code to its level, or to "".

    `line` is the row's place in the file. `nominated_by` is empty for who applies alone.
    """

    line: int
    family_name: str
    given_names: str
    sex: str | None
    birth_date: date
    nationality: str
    email: str
    languages: Mapping[str, str]
    degree: str
    years_experience: int
    police_rank: str
    police_years: int | None
    current_employer: str
    nominated_by: str
    letter_language: str
    candidate_kind: str = "external"
    secondment_years: int | None = None


def read_candidates(  # noqa: PLR0913 -- what a file is read against, by name
    content: bytes,
    states: Mapping[str, str],
    today: date,
    *,
    limit: int = MOST_ROWS,
    letter_languages: tuple[str, ...] = OFFICIAL,
    called: Mapping[str, str] | None = None,
) -> list[CandidateRow]:
    """Every candidate of the file. Refused, with every fault by line and column, if any is bad.

    `states` maps alpha-3 codes to names; `called` the file's names of columns to ours.
    """
    header, lines = lines_of(rows_in(content), limit)
    columns = columns_of(header, called)
    desk = Desk(states, today, letter_languages)
    faults: list[Finding] = []
    rows = [_row(line, columns, desk, faults) for line in lines]
    faults += _duplicates(rows)
    if faults:
        raise Refused(sorted(faults, key=_line_number), Reason.INPUT)
    return [CandidateRow(**row) for row in rows]


def header_of(content: bytes) -> str:
    """The key of a file's header, under which its names are remembered; empty where it has none."""
    header = next(rows_in(content), None)
    return header_key(header) if header is not None else ""


def _row(line: Line, columns: list[str], desk: Desk, faults: list[Finding]) -> dict[str, Any]:
    """The values of a line that can be read; the faults of the others are told."""
    values: dict[str, Any] = {"line": line.number}
    if (misfit := _misfit(line, columns)) is not None:
        faults.append(misfit)
        return values
    for name, raw in zip(columns, line.cells, strict=False):
        if name == LEFT_OUT:
            continue
        try:
            values[name] = read_cell(raw, COLUMNS[name], desk)
        except Fault as fault:
            where = f"line {line.number}, column {name}"
            faults.append(finding(fault.rule, fault.because, fault.cure, where))
    return values


def _misfit(line: Line, columns: list[str]) -> Finding | None:
    if len(line.cells) >= len(columns) and not any(map(str.strip, line.cells[len(columns) :])):
        return None
    because = say(
        "the row has {cells} cells, the header has {columns}",
        cells=len(line.cells),
        columns=len(columns),
    )
    cure = say("Give each column its cell, and quote a cell that holds the separator itself.")
    return finding("row_fits_the_header", because, cure, f"line {line.number}")


def _duplicates(rows: list[dict[str, Any]]) -> Iterator[Finding]:
    """The same person twice: the same address, or the same name and date of birth."""
    seen: dict[object, int] = {}
    for row in rows:
        line = row["line"]
        keys = [(column, seen.setdefault(key, line)) for column, key in _identities(row)]
        again = [(column, first) for column, first in keys if first != line]
        yield from (_again(line, column, first) for column, first in again[:1])


def _identities(row: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    if "email" in row:
        yield "email", row["email"].casefold()
    if {"family_name", "given_names", "birth_date"} <= row.keys():
        name = plain_name(row["given_names"], row["family_name"])
        yield "family_name", (name, row["birth_date"])


def _again(line: int, column: str, first: int) -> Finding:
    because = (
        say("the e-mail address stands in line {first} already", first=first)
        if column == "email"
        else say("the same name and date of birth stand in line {first} already", first=first)
    )
    cure = say("Keep one row for each person.")
    return finding("candidate_stands_once", because, cure, f"line {line}, column {column}")


def plain_name(given_names: str, family_name: str) -> str:
    """Names without accents, capitals and order: how the same person is recognised."""
    parts = unicodedata.normalize("NFKD", f"{given_names} {family_name}".casefold())
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign)).translate(PLAIN)
    return " ".join(sorted(re.findall(r"\w+", bare)))


def _line_number(fault: Finding) -> int:
    return int(re.findall(r"\d+", fault.where)[0])
