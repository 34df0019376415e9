"""A table of groups as CSV: state,group and, where they apply, purpose,since,until,source."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, say
from governance.representation.schemes import (
    Group,
    Placing,
    Scheme,
    near_state,
    shipped_schemes,
    shipped_states,
)

COLUMNS = ("state", "group", "purpose", "since", "until", "source")
RULE = "scheme_file"


def read_scheme(key: str, text: str) -> Scheme:
    """The scheme that a CSV holds. Raises Refused with every fault, by row.

    Groups that the shipped scheme of this key has keep their titles.
    """
    findings: list[Finding] = []
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    columns = [(each or "").strip().casefold() for each in rows.fieldnames or ()]
    rows.fieldnames = ["state" if each == "iso3" else each for each in columns]
    for needed in ("state", "group"):
        if needed not in rows.fieldnames:
            cure = say("Its first row names them: {columns}.", columns=",".join(COLUMNS))
            findings.append(_fault("row 1", say("there is no column {x}", x=needed), cure))
    placings = [] if findings else [_placing(findings, n, row) for n, row in enumerate(rows, 2)]
    if findings:
        raise Refused(findings, Reason.INPUT)
    known = shipped_schemes().get(key)
    found = [each for each in placings if each is not None]
    names = dict.fromkeys(each.group for each in found)
    groups = tuple(
        (known.group(name) if known is not None else None) or Group(name, {"en": name})
        for name in names
    )
    titles = known.titles if known is not None else {"en": key}
    return Scheme(key, titles, "set by an administrator", "read", groups, tuple(found))


def as_csv(scheme: Scheme) -> str:
    """A scheme as the CSV that can be read again."""
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\n")
    write.writerow(COLUMNS)
    for each in scheme.placings:
        since, until = each.since or "", each.until or ""
        write.writerow((each.state, each.group, each.purpose, since, until, each.source))
    return out.getvalue()


def _placing(findings: list[Finding], number: int, row: dict[str, str]) -> Placing | None:
    cells = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
    if not any(cells.values()):
        return None
    before = len(findings)
    code = cells["state"].upper()
    if code not in shipped_states():
        meant = near_state(cells["state"], shipped_states().values())
        hint = f"Did you mean {meant.code}? " if meant else ""
        cure = say("{hint}Write the three letters of ISO 3166.", hint=hint)
        because = say('"{cell}" is not a state', cell=cells["state"])
        findings.append(_fault(f"row {number}, state", because, cure))
    if not cells["group"]:
        findings.append(_fault(f"row {number}, group", say("there is no group"), say("Enter it.")))
    since = _day(findings, number, "since", cells.get("since", ""))
    until = _day(findings, number, "until", cells.get("until", ""))
    if since and until and until <= since:
        because = say("until is not after since")
        findings.append(_fault(f"row {number}", because, say("Correct one of them.")))
    if len(findings) > before:
        return None
    group = cells["group"]
    return Placing(code, group, cells.get("purpose", ""), since, until, cells.get("source", ""))


def _day(findings: list[Finding], number: int, column: str, cell: str) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        because = say('"{cell}" is not a date', cell=cell)
        cure = say("Write it as year-month-day, such as 2026-11-23.")
        findings.append(_fault(f"row {number}, {column}", because, cure))
        return None


def _fault(where: str, because: Sentence, cure: Sentence) -> Finding:
    return Finding(RULE, "", Verdict.FAIL, because, cure, where)


@dataclass(frozen=True)
class Difference:
    """What a table would change: lines that come, lines that go, and how many stay."""

    added: tuple[Placing, ...]
    removed: tuple[Placing, ...]
    stay: int

    def as_plain(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "added": [cells_of(each) for each in self.added],
            "removed": [cells_of(each) for each in self.removed],
            "stay": self.stay,
        }


def difference(before: Scheme | None, after: Scheme) -> Difference:
    """What it would change to put one table in the place of another."""
    old = before.placings if before is not None else ()
    was, now = set(old), set(after.placings)
    return Difference(
        tuple(each for each in dict.fromkeys(after.placings) if each not in was),
        tuple(each for each in dict.fromkeys(old) if each not in now),
        len(was & now),
    )


def cells_of(placing: Placing) -> dict[str, str]:
    """A line by column, as the CSV has it."""
    return {
        "state": placing.state,
        "group": placing.group,
        "purpose": placing.purpose,
        "since": placing.since.isoformat() if placing.since else "",
        "until": placing.until.isoformat() if placing.until else "",
        "source": placing.source,
    }


def read_line(key: str, cells: Mapping[str, str]) -> Placing:
    """One line from its cells. Raises Refused with its faults by field."""
    out = io.StringIO(newline="")
    write = csv.DictWriter(out, COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
    write.writeheader()
    write.writerow(cells)
    try:
        (placing,) = read_scheme(key, out.getvalue()).placings
    except ValueError:  # nothing at all was written
        raise Refused(
            [_fault("state", say("there is no state"), say("Enter it."))], Reason.INPUT
        ) from None
    except Refused as refused:
        told = [replace(each, where=each.where.rpartition(", ")[2]) for each in refused.findings]
        raise Refused(
            [replace(each, where="since") if each.where == "row 2" else each for each in told],
            Reason.INPUT,
        ) from None
    return placing
