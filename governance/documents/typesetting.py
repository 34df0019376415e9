"""The record: one fixed Typst program that is given the tree as data. Nothing is generated.

One compiler per process stays warm, behind a lock. It sees our fonts, an empty folder, and no
network: a package or a file of the machine cannot be asked for.
"""

from __future__ import annotations

import json
import re
import tempfile
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import typst

from governance.documents.html import Element
from governance.documents.letters import FONTS
from governance.refusals import Reason, Refused, refuse

STANDARDS: tuple[typst.PDFStandard, ...] = ("a-3a", "ua-1")

_ISOLATE, _RELEASE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
# What has Arabic letters in an Arabic paper is Arabic, though it begin with a sum: "12 EUR".
_ISOLATE_ARABIC = "\N{RIGHT-TO-LEFT ISOLATE}"
_ARABIC = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
# An unbroken run longer than a column leaves the page without any error: it may break here.
# First after a sign within it, so that an address reads on: "recruitment@" and then the rest.
_LONG_TOKEN = re.compile(r"\S{24,}")
_AFTER_SIGN = re.compile(r"(?<=[@./_-])(?=[^@./_-]{3})")
_LONG_RUN = re.compile(r"([^\s\u200b]{16})(?=[^\s\u200b]{8})")
# A short token with a number in it is a reference: it is not broken at its strokes.
_REFERENCE = re.compile(r"(?=\S*\d)\S{1,28}")
_NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")


@dataclass(frozen=True)
class Sheet:
    """What the program is told besides the tree."""

    title: str
    author: str
    language: str
    direction: str
    date: date
    colour: str
    reference: str
    running_head: str
    page_label: str
    keywords: tuple[str, ...]

    def as_json(self) -> str:
        """As the program reads it."""
        days = [self.date.year, self.date.month, self.date.day]
        return json.dumps({**self.__dict__, "date": days}, ensure_ascii=False)


def record_pdf(program: bytes, tree: Element, sheet: Sheet, provenance: str) -> bytes:
    """The record of a document: PDF/A-3a and PDF/UA-1, the same bytes for the same input."""
    inputs = {
        "prov": provenance,
        "sheet": sheet.as_json(),
        "tree": json.dumps(_printable(tree, sheet.direction), ensure_ascii=False),
    }
    return _press().typeset(program, inputs, sheet.date)


def pictures(program: bytes, tree: Element, sheet: Sheet, ppi: int = 72) -> list[bytes]:
    """The pages of a document as PNG, as they will stand on paper."""
    inputs = {
        "prov": "{}",
        "sheet": sheet.as_json(),
        "tree": json.dumps(_printable(tree, sheet.direction), ensure_ascii=False),
    }
    return _press().drawn(program, inputs, ppi)


def pages_of_parts(program: bytes, tree: Element, sheet: Sheet) -> list[int]:
    """The page on which each part of a pack begins."""
    inputs = {
        "prov": "{}",
        "sheet": sheet.as_json(),
        "tree": json.dumps(_printable(tree, sheet.direction), ensure_ascii=False),
    }
    return _press().pages(program, inputs)


class _Press:
    """The warm compiler of this process."""

    def __init__(self) -> None:
        # Kept as long as the process: the compiler's root must exist, and must stay empty.
        self._empty = tempfile.TemporaryDirectory(prefix="mandate-press-")
        self._lock = threading.Lock()
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
        )
        self._compiler = typst.Compiler(
            root=self._empty.name,
            font_paths=self._fonts,
            package_path=self._empty.name,
            package_cache_path=self._empty.name,
        )

    def typeset(self, program: bytes, inputs: dict[str, str], dated: date) -> bytes:
        """One compilation; a failure is said in words."""
        midnight = datetime.combine(dated, time(), UTC)
        try:
            with self._lock:
                made = self._compiler.compile(
                    input=program,
                    format="pdf",
                    sys_inputs=inputs,
                    pdf_standards=list(STANDARDS),
                    timestamp=midnight,
                )
        except typst.TypstError as error:
            raise _unprintable(error) from error
        if not isinstance(made, bytes):
            raise TypeError("The typesetter gave several files where one was asked for.")
        return made

    def drawn(self, program: bytes, inputs: dict[str, str], ppi: int) -> list[bytes]:
        """The pages as pictures."""
        try:
            with self._lock:
                made = self._compiler.compile(
                    input=program, format="png", ppi=ppi, sys_inputs=inputs
                )
        except typst.TypstError as error:
            raise _unprintable(error) from error
        pages = made if isinstance(made, list) else [made]
        return [page for page in pages if page is not None]

    def pages(self, program: bytes, inputs: dict[str, str]) -> list[int]:
        """The pages that the program tells of its parts."""
        query: Any = typst.query  # its types want the program and the root to be of one type
        try:
            with self._lock:
                told = query(
                    program,
                    "<pages>",
                    field="value",
                    one=True,
                    root=self._empty.name,
                    font_paths=self._fonts,
                    sys_inputs=inputs,
                    package_path=self._empty.name,
                    package_cache_path=self._empty.name,
                )
        except typst.TypstError as error:
            raise _unprintable(error) from error
        pages: list[int] = json.loads(told)
        return pages


_presses: list[_Press] = []
_first = threading.Lock()


def _press() -> _Press:
    with _first:
        if not _presses:
            _presses.append(_Press())
        return _presses[0]


def _unprintable(error: typst.TypstError) -> Refused:
    """The typesetter's own check of glyphs is the last word; other faults are the program's."""
    said = f"{error.message}\n{error.diagnostic}"
    if characters := dict.fromkeys(_NO_GLYPH.findall(said)):
        return refuse(
            "no font here can show the characters {characters}",
            rule="every_character_has_a_glyph",
            cure="Write them in Latin, Greek, Cyrillic or Arabic letters.",
            reason=Reason.INPUT,
            characters=", ".join(f"{c} (U+{ord(c[0]):04X})" for c in characters),
        )
    return refuse(
        "the document cannot be typeset: {problem}",
        rule="program_is_sound",
        cure="Correct the program of the records, templates/print/record.typ.",
        problem=error.message,
    )


def _printable(element: Element, direction: str) -> dict[str, Any]:
    """The tree as the program reads it; values set apart, and long runs given places to break."""
    inner = element.dir or direction
    children = [
        {"t": _breakable(child)} if isinstance(child, str) else _printable(child, inner)
        for child in element.children
    ]
    shape: dict[str, Any] = {
        "dir": element.dir,
        "e": element.name,
        "k": element.kind,
        "lang": element.lang,
    }
    if element.name == "bdi":
        value = element.text()
        if _turns(value, inner):
            is_arabic = inner == "rtl" and _ARABIC.search(value) is not None
            begin = _ISOLATE_ARABIC if is_arabic else _ISOLATE
            children = [{"t": begin}, *children, {"t": _RELEASE}]
        shape["whole"] = _REFERENCE.fullmatch(value) is not None
    return {**shape, "c": children}


def _breakable(text: str) -> str:
    return _LONG_TOKEN.sub(_broken, text)


def _broken(token: re.Match[str]) -> str:
    gap = "\N{ZERO WIDTH SPACE}"
    return _LONG_RUN.sub(f"\\1{gap}", _AFTER_SIGN.sub(gap, token[0]))


def _turns(text: str, direction: str) -> bool:
    """Whether a value could change the order of its line, or be changed by it."""
    return direction == "rtl" or _ARABIC.search(text) is not None
