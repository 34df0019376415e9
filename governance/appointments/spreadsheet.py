"""The first sheet of a spreadsheet (.xlsx) as rows of text. Pure: bytes in, rows out.

A cell is what its reader sees of it: a date as 1974-03-09, a number without a tail of zeroes. A
formula stays one, with its sign, so that it is refused as in a CSV file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from governance.appointments.evidence.archives import look_into_archive
from governance.appointments.evidence.faults import Fault
from governance.refusals import Finding, Reason, Refused, Verdict, say

OWN = "Mandate, appointments"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DATED = frozenset({14, 15, 16, 17, 22, 27, 30, 36, 50, 57})
DAY_ONE = date(1899, 12, 30)  # as every spreadsheet counts, with the day that 1900 never had
DAY_ONE_1904 = date(1904, 1, 1)
MOST_COLUMNS = 100
SHOWS_A_DAY = re.compile(r"[dy]", re.IGNORECASE)
UNSHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]')


def rows_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Every row that holds anything: (its number in the sheet, its cells)."""
    try:
        look_into_archive(content, "xlsx")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from _rows(archive)
    except Fault as fault:
        if fault.rule in {"file_is_whole", "file_is_what_its_name_says"}:
            raise _damaged() from fault
        finding = Finding(fault.rule, OWN, Verdict.FAIL, fault.because, fault.cure)
        raise Refused([finding], Reason.INPUT) from fault
    except (ET.ParseError, KeyError, ValueError, IndexError, OverflowError) as error:
        raise _damaged() from error


def _damaged() -> Refused:
    because = say("the file is no spreadsheet (.xlsx) that can be read")
    cure = say('Save it again as "Excel workbook (.xlsx)", or as "CSV UTF-8".')
    return Refused([Finding("file_is_whole", OWN, Verdict.FAIL, because, cure)], Reason.INPUT)


def _rows(archive: zipfile.ZipFile) -> Iterator[tuple[int, list[str]]]:
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 -- no entity gets so far
    properties = book.find(f"{MAIN}workbookPr")
    of_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    start = DAY_ONE_1904 if of_1904 else DAY_ONE
    shared, dated = _shared(archive), _dated(archive)
    number = 0
    with archive.open(_first_sheet(archive, book)) as sheet:
        for _, row in ET.iterparse(sheet):  # noqa: S314 -- no entity gets so far
            if row.tag != f"{MAIN}row":
                continue
            number = int(row.get("r") or number + 1)
            cells = _cells(row, shared, dated, start)
            row.clear()
            if any(each.strip() for each in cells):
                yield number, cells


def _first_sheet(archive: zipfile.ZipFile, book: ET.Element) -> str:
    first = book.find(f"{MAIN}sheets/{MAIN}sheet")
    wanted = first.get(RELATION) if first is not None else None
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 -- as above
    target = next(each.get("Target", "") for each in relations if each.get("Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _shared(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    held = ET.fromstring(archive.read("xl/sharedStrings.xml"))  # noqa: S314 -- as above
    return [_text(each) for each in held.findall(f"{MAIN}si")]


def _text(held: ET.Element) -> str:
    """The words of a string, without what is written above them to be read aloud."""
    direct = held.findall(f"{MAIN}t")
    runs = held.findall(f"{MAIN}r/{MAIN}t")
    return "".join(each.text or "" for each in (*direct, *runs))


def _dated(archive: zipfile.ZipFile) -> frozenset[int]:
    """The styles by which a number is shown as a day."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = ET.fromstring(archive.read("xl/styles.xml"))  # noqa: S314 -- as above
    own = {
        int(each.get("numFmtId", "0"))
        for each in styles.findall(f"{MAIN}numFmts/{MAIN}numFmt")
        if SHOWS_A_DAY.search(UNSHOWN.sub("", each.get("formatCode", "")))
    }
    formats = styles.findall(f"{MAIN}cellXfs/{MAIN}xf")
    return frozenset(
        index for index, each in enumerate(formats) if int(each.get("numFmtId", "0")) in DATED | own
    )


def _cells(row: ET.Element, shared: list[str], dated: frozenset[int], start: date) -> list[str]:
    cells: list[str] = []
    for cell in row.findall(f"{MAIN}c"):
        column = _column(cell.get("r") or "") if cell.get("r") else len(cells)
        if column >= MOST_COLUMNS:
            break
        cells += [""] * (column - len(cells))
        cells.append(_value(cell, shared, dated, start))
    return cells


def _column(reference: str) -> int:
    number = 0
    for sign in re.match(r"[A-Z]*", reference.upper()).group():  # type: ignore[union-attr]
        number = number * 26 + ord(sign) - 64
    return number - 1


def _value(cell: ET.Element, shared: list[str], dated: frozenset[int], start: date) -> str:
    if (formula := cell.find(f"{MAIN}f")) is not None:
        return f"={formula.text or ''}"
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        held = cell.find(f"{MAIN}is")
        return _text(held) if held is not None else ""
    value = cell.findtext(f"{MAIN}v") or ""
    if kind == "s":
        return shared[int(value)] if value else ""
    if kind != "n" or not value:
        return value
    if int(cell.get("s", "0")) in dated:
        return (start + timedelta(days=int(float(value)))).isoformat()
    return _number(value)


def _number(value: str) -> str:
    plain = float(value)
    return str(int(plain)) if plain.is_integer() and abs(plain) < 1e15 else value  # noqa: PLR2004
