"""A CSV file as rows by column, whatever it was saved with; each cell knows where it stands."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from governance.cli.trial.rule import bytes_of
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, refuse, say

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": (
        "member",
        "who",
        "person",
        "voter",
        "state",
        "country",
        "delegation",
        "nom",
        "nombre",
        "الاسم",
        "اسم",
        "العضو",
        "الدولة",
        "الوفد",
    ),
    "position": (
        "answer",
        "vote",
        "voted",
        "reponse",
        "respuesta",
        "voto",
        "avis",
        "الموقف",
        "التصويت",
        "الصوت",
        "الجواب",
    ),
    "present": ("attendance", "attending", "presence", "presente", "is_present", "الحضور", "حاضر"),
    "entitled": ("may_vote", "voting_right", "has_vote", "right_to_vote", "can_vote", "حق_التصويت"),
    "weight": (
        "weights",
        "weighting",
        "votes_held",
        "population",
        "poids",
        "peso",
        "shares",
        "الوزن",
    ),
    "seat": ("role", "function", "capacity", "siege", "puesto", "office", "المقعد", "الصفة"),
    "organ": ("body", "chamber", "house", "organe", "organo", "الجهاز"),
    "group": (
        "region",
        "category",
        "class",
        "groupe",
        "grupo",
        "constituency",
        "المجموعة",
        "المنطقة",
    ),
    "on_leave": ("leave", "leave_of_absence", "excused", "conge", "إجازة"),
    "recused": ("recusal", "recuse", "conflict", "متنح"),
    "reached": ("delivered", "notified"),
    "chosen": (
        "choice",
        "choices",
        "candidate",
        "candidates",
        "names",
        "ballot",
        "paper",
        "المرشح",
        "المرشحون",
    ),
    "casting": ("casting_vote", "cast"),
    "round": ("ballot_round", "tour", "ronda", "الجولة"),
    "count": ("number", "times", "how_many", "votes", "العدد"),
}
DELIMITERS = (",", ";", "\t", "|")
SEPARATOR = re.compile(r"\Asep=.(?=\r?\n)", re.IGNORECASE)  # a spreadsheet's own first line
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
MOST_ROWS = 100_000
ALIKE = 0.8


@dataclass(frozen=True)
class Row:
    """One row: its line in the file, and its cells by the column's own name."""

    file: str
    line: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """A cell; empty where there is none."""
        return self.cells.get(column, "")

    def fault(self, column: str, because: Sentence, cure: Sentence, rule: str) -> Finding:
        """What is wrong with a cell of this row."""
        where = f"{self.file}, line {self.line}" + (f", column {column}" if column else "")
        return Finding(rule, "", Verdict.FAIL, because, cure, where)


@dataclass(frozen=True)
class Table:
    """A file: its rows, the columns that are understood, and those that say nothing here."""

    file: str
    rows: list[Row]
    columns: frozenset[str]
    ignored: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def plain_word(text: str) -> str:
    """A word as it is compared: small, without accents, one space or none."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(each for each in bare if not unicodedata.combining(each))
    return re.sub(r"[\s_-]+", " ", kept).strip().strip(".:*")


KNOWN = {
    plain_word(other).replace(" ", "_"): name
    for name, others in COLUMNS.items()
    for other in (name, *others)
}


def read_table(path: Path) -> Table:
    """The rows of a CSV file. Raises Refused where it is none, or a column is not understood."""
    lines = _lines(path.name, _decoded(path))
    try:
        _, header = next(lines)
    except StopIteration:
        raise refuse(
            "{file} is empty",
            rule="file_has_rows",
            cure="Write a header line, such as name,position, and a row for each person.",
            reason=Reason.INPUT,
            file=path.name,
        ) from None
    names = _header(path.name, header)
    rows = [_row(path.name, names, line, cells) for line, cells in lines]
    if len(rows) > MOST_ROWS:
        raise refuse(
            "{file} has {n} rows, {most} are the most",
            rule="file_has_rows",
            cure="Give counts in a column count instead of one row for each paper.",
            reason=Reason.INPUT,
            file=path.name,
            n=len(rows),
            most=MOST_ROWS,
        )
    known = {each for each in names if each in COLUMNS}
    ignored = tuple(
        cell.strip() for own, cell in zip(names, header, strict=True) if own not in known
    )
    return Table(path.name, rows, frozenset(known), tuple(filter(None, ignored)))


def _decoded(path: Path) -> str:
    raw = bytes_of(path)
    kinds = [("utf-16", each) for each in UTF_16 if raw.startswith(each)]
    encoding = kinds[0][0] if kinds else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse(
            "{file}, line {line}: the file is not written in UTF-8",
            rule="file_is_utf_8",
            cure='Save it again as "CSV UTF-8".',
            reason=Reason.INPUT,
            file=path.name,
            line=raw.count(b"\n", 0, error.start) + 1,
        ) from None


def _lines(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that hold anything, with their number. A line that begins with # is a remark."""
    text = SEPARATOR.sub(lambda found: "#" + found[0], text)
    first = next((each for each in text.splitlines() if each.strip() and each[0] != "#"), "")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise refuse(
                "{file}, line {line}: the line cannot be read as CSV ({problem})",
                rule="file_is_csv",
                cure="Close each quotation mark, and double one that stands within a cell.",
                reason=Reason.INPUT,
                file=file,
                line=start,
                problem=error,
            ) from None
        if any(each.strip() for each in cells) and not cells[0].startswith("#"):
            yield start, cells
        start = reader.line_num + 1


def _header(file: str, header: list[str]) -> list[str]:
    """Each column by its own name; `chosen_1`, `chosen 2` are further columns of chosen."""
    findings: list[Finding] = []
    names: list[str] = []
    for cell in header:
        word = plain_word(cell).replace(" ", "_")
        bare = re.sub(r"_?\d+$", "", word)
        name = KNOWN.get(word) or ("chosen" if KNOWN.get(bare) == "chosen" else f"?{word}")
        if name in names and name != "chosen":
            because = say('two columns say {name}: "{cell}" is the second', name=name, cell=cell)
            findings.append(_at_header(file, because, say("Remove one of them.")))
        elif near := _near(word) if name.startswith("?") and word else "":
            because = say('the column "{cell}" is not known', cell=cell.strip())
            findings.append(_at_header(file, because, say("Did you mean {near}?", near=near)))
        names.append(name)
    if findings:
        raise Refused(findings, Reason.INPUT)
    return names


def _near(word: str) -> str:
    found = get_close_matches(word, KNOWN, n=1, cutoff=ALIKE)
    return KNOWN[found[0]] if found else ""


def _at_header(file: str, because: Sentence, cure: Sentence) -> Finding:
    return Finding("columns", "", Verdict.FAIL, because, cure, f"{file}, line 1")


def _row(file: str, names: list[str], line: int, cells: list[str]) -> Row:
    if any(each.strip() for each in cells[len(names) :]):
        raise refuse(
            "{file}, line {line}: there are {n} cells under {columns} columns",
            rule="columns",
            cure="Put a cell that holds a comma into quotation marks.",
            reason=Reason.INPUT,
            file=file,
            line=line,
            n=len(cells),
            columns=len(names),
        )
    if len(cells) == 1 < len(names) and any(each in cells[0] for each in DELIMITERS):
        raise refuse(
            "{file}, line {line}: the cells are not parted as those of the header line",
            rule="columns",
            cure="Part the cells of every line by the same sign, or put the cell into quotes.",
            reason=Reason.INPUT,
            file=file,
            line=line,
        )
    found: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        text = cell.strip()
        found[name] = "|".join(filter(None, (found.get(name, ""), text)))
    return Row(file, line, found)
