"""The editable copy: the tree of a document as a file for word processors (docx).

The same tree gives the same bytes. Arabic is written as word processors want it: paragraphs, runs
and the columns of tables each say that they run from right to left.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from governance.documents.html import INLINE, Element

LATIN, ARABIC = "Georgia", "Times New Roman"
# Each style of ours, what it is based on, its size, and whether it is in the house colour.
STYLES = {
    "Address": ("Normal", 10.5, False),
    "Letterhead": ("Normal", 18, True),
    "Particulars": ("Normal", 9.5, False),
    "Subtitle line": ("Normal", 12, False),
    "Note": ("Normal", 9, False),
    "Decision": ("Normal", 10.5, False),
    "Caption line": ("Normal", 10.5, True),
    "Signature line": ("Normal", 10.5, False),
    "Choice": ("Normal", 12, False),
}
OF_KIND = {
    "address": "Particulars",
    "marking": "Particulars",
    "names": "Particulars",
    "note": "Note",
    "organisation": "Letterhead",
    "subtitle": "Subtitle line",
}
OF_SECTION = {
    "addressee": "Address",
    "copies": "Signature line",
    "decision": "Decision",
    "particulars": "Particulars",
    "closing": "Signature line",
    "signature": "Signature line",
}
LEVELS = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "h4": "Heading 4"}
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_ARABIC = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LEFT, _END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def docx(tree: Element, colour: str, title: str) -> bytes:
    """The document as a file for word processors."""
    writer = _Writer(tree, colour)
    writer.file.core_properties.title = title
    writer.body(next(tree.find("body")))
    return writer.saved()


class _Writer:
    """Writes blocks in their order; sections say what their paragraphs look like."""

    def __init__(self, tree: Element, colour: str) -> None:
        self.rtl = tree.dir == "rtl"
        self.file = Document()
        self._language = tree.lang
        self._styles(RGBColor.from_string(colour.lstrip("#").upper()))
        page = self.file.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(25)
        page.top_margin, page.bottom_margin = Mm(22), Mm(20)
        properties = self.file.core_properties
        properties.created = properties.modified = _EPOCH
        properties.author = properties.last_modified_by = ""
        properties.language = tree.lang
        self._numbering = 0

    def body(self, element: Element, style: str = "Normal") -> None:
        """The blocks of an element, in reading order."""
        for child in element.elements():
            handle: Callable[[Element, str], None] = {
                "ol": self._list,
                "ul": self._list,
                "table": self._table,
                "p": self._paragraph,
                **dict.fromkeys(LEVELS, self._heading),
            }.get(child.name, self._section)
            handle(child, style)

    def saved(self) -> bytes:
        """The bytes; the archive is written again without the hour and in one order."""
        out, again = io.BytesIO(), io.BytesIO()
        self.file.save(out)
        with zipfile.ZipFile(out) as read, zipfile.ZipFile(again, "w") as write:
            for name in sorted(read.namelist()):
                entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0
                write.writestr(entry, read.read(name))
        return again.getvalue()

    def _section(self, element: Element, style: str) -> None:
        self.body(element, OF_SECTION.get(element.kind, style))

    def _heading(self, element: Element, _: str) -> None:
        self._runs(self._new(LEVELS[element.name]), element)

    def _paragraph(self, element: Element, style: str) -> None:
        self._runs(self._new(OF_KIND.get(element.kind, style)), element)

    def _list(self, element: Element, _: str) -> None:
        """Numbers stand in the text, so that they are the same on every machine."""
        for number, item in enumerate(element.elements(), start=1):
            mark = "☐" if element.kind == "boxes" else f"{number}." if element.name == "ol" else "–"
            paragraph = self._new("Choice" if element.kind == "boxes" else "List Paragraph")
            self._run(paragraph, f"{mark}\t")
            self._runs(paragraph, Element("li", children=list(_own(item))))
            for inner in item.elements():
                if inner.name in {"ol", "ul"}:
                    self._list(inner, "")
                elif inner.name == "p":
                    self._runs(self._new("List Paragraph"), inner)

    def _table(self, element: Element, _: str) -> None:
        for caption in element.find("caption"):
            self._runs(self._new("Caption line"), caption)
        rows = list(element.find("tr"))
        heads = sum(1 for head in element.find("thead") for _ in head.find("tr"))
        columns = max(len(list(row.elements())) for row in rows)
        table = self.file.add_table(rows=len(rows), cols=columns)
        table.style = "Table Grid"
        if self.rtl:
            table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))  # noqa: SLF001 -- the library has no word for it
        for at, (row, cells) in enumerate(zip(rows, table.rows, strict=True)):
            self._row(row, cells, is_head=at < heads)

    def _row(self, row: Element, cells: Any, *, is_head: bool) -> None:
        properties = cells._tr.get_or_add_trPr()  # noqa: SLF001 -- the same
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        for element, cell in zip(row.elements(), cells.cells, strict=False):
            paragraph = cell.paragraphs[0]
            self._direct(paragraph)
            self._runs(paragraph, element, bold=is_head)

    def _new(self, style: str) -> Any:
        paragraph = self.file.add_paragraph(style=style)
        self._direct(paragraph)
        return paragraph

    def _direct(self, paragraph: Any) -> None:
        if self.rtl:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 -- the same
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # the start, where bidi is set

    def _runs(self, paragraph: Any, element: Element, **looks: bool) -> None:
        for child in element.children:
            if isinstance(child, str):
                self._run(paragraph, child, **looks)
            elif child.name == "br":
                paragraph.add_run().add_break()
            elif child.name == "bdi":
                self._run(paragraph, self._isolated(child.text()), **looks)
            else:
                more = {"strong": "bold", "em": "italic", "sup": "superscript"}.get(child.name)
                self._runs(paragraph, child, **looks, **({more: True} if more else {}))

    def _isolated(self, value: str) -> str:
        """In an Arabic line, a value in Latin letters keeps its order; marks in the same run."""
        if self.rtl and value and not _ARABIC.search(value):
            return f"{_LEFT}{value}{_END}"
        return value

    def _run(self, paragraph: Any, text: str, **looks: bool) -> None:
        if not text:
            return
        run = paragraph.add_run(text)
        run.bold, run.italic = looks.get("bold"), looks.get("italic")
        run.font.superscript = looks.get("superscript")
        if self.rtl and _ARABIC.search(text):
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))  # noqa: SLF001 -- the same

    def _styles(self, colour: RGBColor) -> None:
        styles = self.file.styles
        for name, (base, size, is_house) in STYLES.items():
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles[base]
            style.font.size = Pt(size)
            style.font.bold = is_house
            if is_house:
                style.font.color.rgb = colour
        styles["Decision"].paragraph_format.left_indent = Mm(6)
        styles["Normal"].font.size = Pt(12 if self.rtl else 10.5)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        styles["Particulars"].paragraph_format.space_after = Pt(1)
        for style in styles:
            if style.type == WD_STYLE_TYPE.PARAGRAPH:
                self._fonts(style)
            if style.name in LEVELS.values():
                style.font.color.rgb = colour

    def _fonts(self, style: Any) -> None:
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        if fonts is None:
            fonts = OxmlElement("w:rFonts")
            properties.insert(0, fonts)
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
        for key, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", ARABIC)):
            fonts.set(qn(f"w:{key}"), font)


def _own(item: Element) -> Iterator[Element | str]:
    """What stands in an item itself, without the lists and paragraphs within it."""
    for child in item.children:
        if isinstance(child, str) or child.name in INLINE:
            yield child
