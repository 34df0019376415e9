"""Absences from a file: CSV with a header, or iCalendar. Every row is told, the faulty ones why.

Pure: bytes in, rows out; no database, no clock. `docs/people-and-notices.md` has the formats.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from governance.people.planning import MOST_ROWS, AbsenceFile, Told, fault
from governance.refusals import Finding, Reason, Refused, refuse, say

COLUMNS = ("person", "from", "until", "substitute", "scope", "instrument", "uid")
NEEDED = ("person", "from", "until")
SEPARATORS = ",;\t"
MARK = b"BEGIN:VCALENDAR"


def read_absences(content: bytes, *, person: str = "", every_event: bool = False) -> AbsenceFile:
    """Every absence of a file. Raises Refused where the file as a whole cannot be read.

    `person` is whose absences a personal calendar holds; `every_event` takes events as absences
    although nothing in them says so.
    """
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").upper().startswith(MARK):
        from governance.people.calendars import read_calendar  # noqa: PLC0415 -- reads a library

        return read_calendar(content, person=person, every_event=every_event)
    return _read_table(_decoded(content), person)


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(
            "the file is not UTF-8 (byte {n})",
            rule="file_is_readable",
            cure="Save it as CSV in UTF-8, or export it as iCalendar.",
            reason=Reason.INPUT,
            n=error.start + 1,
        ) from None
    if not text.strip():
        raise refuse(
            "the file is empty",
            rule="file_is_readable",
            cure="Its first line names the columns: {columns}.",
            reason=Reason.INPUT,
            columns=", ".join(COLUMNS),
        )
    return text.replace("\x00", "")


def _read_table(text: str, person: str) -> AbsenceFile:
    first = text.lstrip().split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        raise refuse(
            "the file is no table ({problem})",
            rule="file_is_readable",
            cure="Close every quoted cell.",
            reason=Reason.INPUT,
            problem=str(error),
        ) from None
    lines = [(number, row) for number, row in enumerate(rows, 1) if any(map(str.strip, row))]
    if len(lines) - 1 > MOST_ROWS:
        raise refuse(
            "the file has {n} rows, {most} are the most",
            rule="file_is_readable",
            cure="Give it in parts.",
            reason=Reason.INPUT,
            n=len(lines) - 1,
            most=MOST_ROWS,
        )
    (_, header), *body = lines
    names = [name.strip().lower() for name in header]
    _check_header(names, person)
    told: list[Told] = []
    faults: list[Finding] = []
    for number, row in body:
        found = list(_row_faults(number, row, names, person))
        faults += found
        if not found:
            told.append(_told(number, dict(zip(names, map(str.strip, row), strict=False)), person))
    return AbsenceFile(tuple(told), faults=tuple(faults))


def _check_header(names: list[str], person: str) -> None:
    needed = [name for name in NEEDED if name != "person" or not person]
    missing = [name for name in needed if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    twice = sorted({name for name in names if names.count(name) > 1})
    wrong = {"missing": missing, "not known": unknown, "there twice": twice}
    told = "; ".join(f"{what}: {', '.join(each)}" for what, each in wrong.items() if each)
    if told:
        raise refuse(
            "the header is not understood ({told})",
            rule="file_has_its_columns",
            cure="The columns are {columns}; the first three are needed.",
            where="line 1",
            reason=Reason.INPUT,
            told=told,
            columns=", ".join(COLUMNS),
        )


def _row_faults(number: int, row: list[str], names: list[str], person: str) -> Iterator[Finding]:
    if len(row) > len(names) and any(map(str.strip, row[len(names) :])):
        yield fault(
            "row_fits_the_header",
            say("the row has {n} cells, the header {m}", n=len(row), m=len(names)),
            say("Quote a cell that holds the separator itself."),
            f"line {number}",
        )
        return
    cells = dict(zip(names, map(str.strip, row), strict=False))
    for name in NEEDED:
        if not cells.get(name) and not (name == "person" and person):
            yield fault(
                "row_is_complete",
                say("{name} is empty", name=name),
                say("Fill it in."),
                f"line {number}, column {name}",
            )


def _told(number: int, cells: dict[str, str], person: str) -> Told:
    scope = cells.get("scope", "").replace("|", " ").replace(";", " ").replace(",", " ")
    return Told(
        person=cells.get("person") or person,
        since=cells["from"],
        until=cells["until"],
        substitute=cells.get("substitute", ""),
        scope=tuple(scope.split()),
        instrument=cells.get("instrument", ""),
        uid=cells.get("uid", "")[:200],
        where=f"line {number}",
        source="file",
    )


def refuse_faults(faults: tuple[Finding, ...]) -> None:
    """Raises Refused where a file has faults: half of it is not taken."""
    if faults:
        raise Refused(faults, Reason.INPUT)
