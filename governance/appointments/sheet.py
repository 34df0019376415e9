"""A file of rows, CSV or spreadsheet: which encoding, which separator, which header. Pure."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from governance.appointments.cells import COLUMNS, shown
from governance.appointments.rules import OWN
from governance.appointments.spreadsheet import rows_of
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, say

MOST_COLUMNS = 60
MOST_BYTES = 32 * 1024 * 1024
DELIMITERS = ",;\t"
LEFT_OUT = "-"
SAVE_AS = 'Save it again as "CSV UTF-8": in a spreadsheet under "Save as", in an editor as UTF-8.'
# What a file of another kind begins with.
OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", say("the file is no CSV; it looks like an old spreadsheet (.xls)")),
    (b"%PDF", say("the file is no CSV; it looks like a PDF")),
)
SPREADSHEET = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Line:
    """A row as it stands in the file."""

    number: int
    cells: Sequence[str]


def decode(content: bytes) -> str:
    """The text of the file; Refused where it is not UTF-8."""
    _refuse_other_kinds(content)
    body = content.removeprefix(b"\xef\xbb\xbf")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise refusal(
            "file_is_utf_8",
            say("the file is not UTF-8; it looks like Windows-1252 (Latin-1)"),
            say(SAVE_AS),
            where=f"line {line}",
        ) from None
    if not text.strip(f"{DELIMITERS}{string.whitespace}"):
        raise _empty()
    return text


def _empty() -> Refused:
    cure = say("Choose a file with a header line and a row for each candidate.")
    return refusal("file_has_content", say("the file is empty"), cure)


def _refuse_other_kinds(content: bytes) -> None:
    if not content:
        raise _empty()
    _refuse_large(content)
    for start, because in OTHER_KINDS:
        if content.startswith(start):
            raise refusal("file_is_csv", because, say(SAVE_AS))
    if content.startswith(UTF_16) or content.count(0) * 4 > len(content):
        raise refusal("file_is_utf_8", say("the file is in UTF-16, not in UTF-8"), say(SAVE_AS))


def _refuse_large(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        because = say(
            "the file has {size} MB, the limit is {most} MB",
            size=len(content) >> 20,
            most=MOST_BYTES >> 20,
        )
        raise refusal("file_is_small_enough", because, say("Send the candidates in several files."))


def rows_in(content: bytes) -> Iterator[Line]:
    """The rows of a CSV file or of a spreadsheet's first sheet, the header first."""
    if content.startswith(SPREADSHEET):
        _refuse_large(content)
        return (Line(number, cells) for number, cells in rows_of(content))
    return _walk(decode(content))


def lines_of(found: Iterator[Line], limit: int) -> tuple[Line, list[Line]]:
    """The header and the rows that hold anything; a file too long is only counted."""
    header = next(found, None)
    if header is None:
        raise _empty()
    lines: list[Line] = []
    count = 0
    for line in found:
        count += 1
        if count <= limit:
            lines.append(line)
    if count > limit:
        because = say("the file has {count} rows, the limit is {limit}", count=count, limit=limit)
        raise refusal("file_is_short_enough", because, say("Send the candidates in several files."))
    if not lines:
        raise refusal(
            "file_has_candidates",
            say("the file has a header line and no candidate"),
            say("Add a row for each candidate."),
        )
    return header, lines


def _walk(text: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise refusal(
                "file_is_csv",
                say("the line cannot be read as CSV: {error}", error=str(error)),
                say("Close each quotation mark, and double one that stands within a cell."),
                where=f"line {start}",
            ) from None
        if any(map(str.strip, cells)):
            yield Line(start, cells)
        start = reader.line_num + 1


def _delimiter(text: str) -> str:
    """Whichever of comma, semicolon and tab parts the first line that says anything the most."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")[:4000]
    return max(DELIMITERS, key=lambda sign: (_known(first.split(sign)), first.count(sign)))


def _known(cells: Sequence[str]) -> int:
    return sum(_column_name(cell) in COLUMNS for cell in cells)


def _column_name(cell: str) -> str:
    return re.sub(r"[\s\-]+", "_", cell.strip().strip('"').strip()).casefold()


def columns_of(header: Line, called: Mapping[str, str] | None = None) -> list[str]:
    """The columns in the file's order, or a refusal with every one missing, unknown or twice.

    `called` says what the file's own names stand for; "-" stands for a column that is left out.
    """
    names = _named(header, called or {})
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        because = say("the header has {count} columns", count=len(names))
        raise refusal("column_is_known", because, _the_columns(), f"line {header.number}")
    missing = [name for name in COLUMNS if name not in names and not COLUMNS[name].optional]
    unknown = [name for name in dict.fromkeys(names) if name not in COLUMNS and name != LEFT_OUT]
    twice = [name for name in COLUMNS if names.count(name) > 1]
    where = f"line {header.number}"
    faults = [
        *(_missing(name, unknown, where) for name in missing),
        *(_unknown(name, missing, where) for name in unknown),
        *(_twice(name, where) for name in twice),
    ]
    if faults:
        raise Refused(faults, Reason.INPUT)
    return names


def _named(header: Line, called: Mapping[str, str]) -> list[str]:
    """The header in our words, or a refusal of every name that leads nowhere."""
    own = {_column_name(theirs): ours for theirs, ours in called.items()}
    names = [_column_name(cell) for cell in header.cells]
    faults = [
        finding(
            "map_is_right",
            say('the file has no column "{column}"', column=shown(theirs)),
            say("It has: {all}.", all=", ".join(shown(each) for each in names if each)),
            "map",
        )
        for theirs in own
        if theirs not in names
    ] + [
        finding(
            "map_is_right",
            say('there is no column "{column}"', column=shown(ours)),
            _the_columns(),
            "map",
        )
        for ours in own.values()
        if ours not in COLUMNS and ours != LEFT_OUT
    ]
    if faults:
        raise Refused(faults, Reason.INPUT)
    return [own.get(each, each) for each in names]


def header_key(header: Line) -> str:
    """The same header again: whatever the order, the case and the spaces of its names."""
    names = sorted(_column_name(cell) for cell in header.cells if cell.strip())
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()


def _missing(name: str, unknown: list[str], where: str) -> Finding:
    near = get_close_matches(name, unknown, n=1, cutoff=0.6)
    cure = (
        say('Is it the column "{near}"? Then call it "{column}".', near=shown(near[0]), column=name)
        if near
        else say('Add the column "{column}".', column=name)
    )
    return finding(
        "column_is_there", say('the column "{column}" is missing', column=name), cure, where
    )


def _unknown(name: str, missing: list[str], where: str) -> Finding:
    near = get_close_matches(name, missing, n=1, cutoff=0.6) or get_close_matches(
        name, COLUMNS, n=1
    )
    cure = say('Did you mean "{near}"?', near=near[0]) if near else _the_columns()
    because = say('there is no column "{column}"', column=shown(name))
    return finding("column_is_known", because, cure, where)


def _the_columns() -> Sentence:
    return say("Take out what is not asked for; the columns are: {all}.", all=", ".join(COLUMNS))


def _twice(name: str, where: str) -> Finding:
    because = say('the column "{column}" stands twice', column=name)
    return finding("column_stands_once", because, say("Keep one of them."), where)


def finding(rule: str, because: Sentence, cure: Sentence, where: str = "") -> Finding:
    """A fault in the file, with its place."""
    return Finding(rule, OWN, Verdict.FAIL, because, cure, where)


def refusal(rule: str, because: Sentence, cure: Sentence, where: str = "") -> Refused:
    """A refusal of the file for one fault."""
    return Refused([finding(rule, because, cure, where)], Reason.INPUT)
