"""What comes back from a word processor: read strictly, compared, and built into the document.

An edited copy is never the record. Its text is read by the styles that the copy was written with;
what is not text (pictures, tracked changes, comments) is refused. The differences are shown to a
person, and only what that person accepts becomes the next version of the document.
"""

from __future__ import annotations

import difflib
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from markupsafe import escape

from governance.documents.html import Element
from governance.documents.office import LEVELS
from governance.refusals import Reason, Refused, refuse

FIXED = frozenset({"Address", "Letterhead", "Particulars", "Signature line"})
FIXED_SECTIONS = frozenset({"letterhead", "opening", "signatures", "signature"})
KINDS = {
    **{style: name for name, style in LEVELS.items()},
    "Caption line": "caption",
    "Choice": "boxes",
    "Decision": "decision",
    "Normal": "p",
    "Note": "note",
    "Subtitle line": "subtitle",
}
NOT_TEXT = {
    "w:ins": "tracked changes",
    "w:del": "tracked changes",
    "w:drawing": "a picture or a drawing",
    "w:pict": "a picture or a drawing",
    "w:commentReference": "comments",
    "w:footnoteReference": "footnotes",
    "w:object": "an embedded object",
    "w:fldChar": "a field",
}
MOST = 20 * 2**20
_MARK = re.compile(r"^(?:(\d+)\.|(–)|(☐))\t")
_ISOLATED = re.compile("\u2066(.*?)\u2069")
_ARABIC = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_UNSEEN = re.compile("[\u2066-\u2069\u202a-\u202e\u200e\u200f]")


@dataclass(frozen=True)
class Block:
    """One block of a document: what it is, and its text, or its rows where it is a table."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    def told(self) -> str:
        """As a line of a comparison."""
        if self.kind == "table":
            return "\n".join(" | ".join(row) for row in self.rows)
        return self.text


@dataclass(frozen=True)
class Difference:
    """One place where the edited copy says something else."""

    before: str
    after: str
    place: int


def blocks_of(tree: Element) -> list[Block]:
    """The blocks of a document that may be edited: all but letterhead, particulars, signatures."""
    body = next(tree.find("body"))
    return list(_blocks(body, tree.dir == "rtl", "p"))


def differences(before: Sequence[Block], after: Sequence[Block]) -> list[Difference]:
    """Every place that differs, in reading order."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [
        Difference(
            "\n".join(each.told() for each in before[a:b]),
            "\n".join(each.told() for each in after[c:d]),
            a + 1,
        )
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def fingerprint(blocks: Sequence[Block]) -> str:
    """What names exactly these words; whoever accepts them names it: nothing goes unseen."""
    plain = json.dumps(as_plain(blocks), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def as_plain(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Blocks as plain data."""
    return [asdict(each) for each in blocks]


def from_plain(plain: Sequence[dict[str, Any]]) -> list[Block]:
    """Blocks from plain data."""
    return [
        Block(each["kind"], each["text"], tuple(tuple(row) for row in each["rows"]))
        for each in plain
    ]


def read(content: bytes) -> list[Block]:
    """The blocks of an edited copy; refuses what is not text, by name and place."""
    file = _opened(content)
    found: list[Block] = []
    faults: list[Refused] = []
    body = file.element.body
    for number, child in enumerate(body.iterchildren(), start=1):
        try:
            found.extend(_read_one(file, child, number))
        except Refused as refused:
            faults.append(refused)
    if faults:
        raise Refused([each for fault in faults for each in fault.findings], Reason.INPUT)
    return _with_captions(found)


def page_with(page: str, tree: Element, blocks: Sequence[Block]) -> str:
    """The page of a document with other words: letterhead, particulars and signatures stay."""
    start = page.index("</section>\n</section>") + len("</section>\n</section>")
    end = page.find('<section class="signature')
    rest = page[end:] if end >= 0 else page[page.index("</body>") :]
    return page[:start] + "\n" + "\n".join(_written(tree, blocks)) + "\n" + rest


def _opened(content: bytes) -> Any:
    import docx  # noqa: PLC0415 -- slow to read, and wanted here alone

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(each.file_size for each in packed.infolist())
        file = docx.Document(io.BytesIO(content)) if size <= MOST else None
    except Exception as error:  # noqa: BLE001 -- a broken archive breaks its reader anywhere
        raise _not_read("the whole file", f"it is no docx ({type(error).__name__})") from None
    if file is None:
        raise _not_read("the whole file", "it is too large when unpacked")
    return file


def _read_one(file: Any, child: Any, number: int) -> Iterator[Block]:
    from docx.table import Table  # noqa: PLC0415 -- the same
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 -- the same

    place = f"block {number}"
    for tag, name in NOT_TEXT.items():
        if next(child.iter(_name(tag)), None) is not None:
            raise _not_read(place, f"it holds {name}")
    kind = child.tag.rpartition("}")[2]
    if kind == "p":
        yield from _paragraph(Paragraph(child, file), place)
    elif kind == "tbl":
        table = Table(child, file)
        rows = tuple(
            tuple("\n".join(map(_inline, cell.paragraphs)) for cell in row.cells)
            for row in table.rows
        )
        yield Block("table", rows=rows)
    elif kind != "sectPr":
        raise _not_read(place, f"it holds an element <{kind}>")


def _paragraph(paragraph: Any, place: str) -> Iterator[Block]:
    style = paragraph.style.name
    text = _inline(paragraph).strip()
    if style in FIXED or not text:
        return
    if style == "List Paragraph":
        mark = _MARK.match(_inline(paragraph))
        kind = "ol" if mark and mark[1] else "boxes" if mark and mark[3] else "ul"
        yield Block(kind, _MARK.sub("", _inline(paragraph)).strip())
    elif style in KINDS:
        yield Block(KINDS[style], _MARK.sub("", text))
    else:
        raise _not_read(place, f'it is in the style "{style}", which is none of the copy')


def _with_captions(found: Sequence[Block]) -> list[Block]:
    """A caption belongs to the table that follows it."""
    kept: list[Block] = []
    caption = ""
    for block in found:
        if block.kind == "caption":
            caption = block.text
        elif block.kind == "table":
            kept.append(Block("table", caption, block.rows))
            caption = ""
        else:
            kept.append(block)
    return kept


def _inline(paragraph: Any) -> str:
    """The words of a paragraph with what is bold, italic or raised, as markup of ours."""
    parts = []
    for run in paragraph.runs:
        text = str(escape(run.text)).replace("&#34;", '"').replace("&#39;", "'")
        text = _UNSEEN.sub("", _ISOLATED.sub(r"<bdi>\1</bdi>", text))
        for element, looks in (
            ("strong", run.bold and paragraph.style.name != "Caption line"),
            ("em", run.italic),
            ("sup", run.font.superscript),
        ):
            if looks and text.strip():
                text = f"<{element}>{text}</{element}>"
        parts.append(text)
    return re.sub(r"[ \t\r\f\v]+(?=\n)|(?<=\n)[ \t]+", "", "".join(parts)).strip("\n")


def _blocks(element: Element, rtl: bool, kind: str) -> Iterator[Block]:
    for child in element.elements():
        if child.kind in FIXED_SECTIONS:
            continue
        if child.name in LEVELS:
            yield Block(child.name, _words(child, rtl))
        elif child.name == "p":
            own = child.kind if child.kind in {"note", "subtitle"} else kind
            yield Block(own, _words(child, rtl))
        elif child.name in {"ol", "ul"}:
            for item in child.elements():
                name = "boxes" if child.kind == "boxes" else child.name
                yield Block(name, _words(item, rtl))
        elif child.name == "table":
            yield _table(child, rtl)
        else:
            inner = "decision" if child.kind == "decision" else kind
            yield from _blocks(child, rtl, inner)


def _table(element: Element, rtl: bool) -> Block:
    caption = next((_words(each, rtl) for each in element.find("caption")), "")
    heads = {id(row) for head in element.find("thead") for row in head.find("tr")}
    rows = tuple(
        tuple(
            f"<strong>{_words(cell, rtl)}</strong>" if id(row) in heads else _words(cell, rtl)
            for cell in row.elements()
        )
        for row in element.find("tr")
    )
    return Block("table", caption, rows)


def _words(element: Element, rtl: bool) -> str:
    parts = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(_escaped(child))
        elif child.name == "br":
            parts.append("\n")
        elif child.name == "bdi":
            value = _escaped(child.text())
            alone = rtl and value and not _ARABIC.search(value)
            parts.append(f"<bdi>{value}</bdi>" if alone else value)
        elif child.name in {"strong", "em", "sup"}:
            parts.append(f"<{child.name}>{_words(child, rtl)}</{child.name}>")
        else:
            parts.append(_words(child, rtl))
    return "".join(parts).strip()


def _escaped(text: str) -> str:
    return str(escape(text)).replace("&#34;", '"').replace("&#39;", "'")


def _written(tree: Element, blocks: Sequence[Block]) -> Iterator[str]:
    """The blocks as markup of ours; a decision takes along its heading, its vote and its note."""
    inside = False
    for at, block in enumerate(blocks):
        following = blocks[at + 1].kind if at + 1 < len(blocks) else ""
        opens = block.kind == "decision" or (block.kind in LEVELS and following == "decision")
        stays = inside and block.kind in {"decision", "table", "note"}
        if inside and not stays:
            yield "</section>"
            inside = False
        if opens and not inside:
            yield '<section class="decision">'
            inside = True
        yield _one(tree, block, blocks, at)
    if inside:
        yield "</section>"


def _one(tree: Element, block: Block, blocks: Sequence[Block], at: int) -> str:
    text = block.text.replace("\n", "<br>")
    if block.kind == "table":
        return _rebuilt(tree, block)
    if block.kind in LEVELS:
        is_title = ' class="title"' if block.kind == "h1" else ""
        return f"<{block.kind}{is_title}>{text}</{block.kind}>"
    if block.kind in {"ol", "ul", "boxes"}:
        before = blocks[at - 1].kind if at else ""
        after = blocks[at + 1].kind if at + 1 < len(blocks) else ""
        name = "ol" if block.kind == "ol" else "ul"
        opening = '<ul class="boxes">' if block.kind == "boxes" else f"<{name}>"
        start = opening if before != block.kind else ""
        return f"{start}<li>{text}</li>{f'</{name}>' if after != block.kind else ''}"
    shape = f' class="{block.kind}"' if block.kind in {"note", "subtitle"} else ""
    return f"<p{shape}>{text}</p>"


def _rebuilt(tree: Element, block: Block) -> str:
    """A table takes its shape from the one of ours that has the same heads."""
    rows = [[cell.replace("\n", "<br>") for cell in row] for row in block.rows]
    heads = [re.sub(r"</?strong>", "", cell) for cell in rows[0]]
    ours = next((each for each in tree.find("table") if _heads(each) == _bare(heads)), None)
    cells = list(next(ours.find("tr")).elements()) if ours is not None else []
    shape = ours.kind if ours is not None else "list"
    kinds = [cell.kind for cell in cells] or [""] * len(heads)
    head = "".join(map(_head, kinds, heads))
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows[1:])
    caption = f"<caption>{block.text}</caption>" if block.text else ""
    table = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<table class="{shape}">{caption}{table}</table>'


def _head(kind: str, text: str) -> str:
    shape = f' class="{kind}"' if kind else ""
    return f'<th scope="col"{shape}>{text}</th>'


def _cell(text: str) -> str:
    return f"<td>{text}</td>"


def _heads(table: Element) -> list[str]:
    return [cell.text().strip() for cell in next(table.find("tr")).elements()]


def _bare(heads: Sequence[str]) -> list[str]:
    return [re.sub(r"<[^>]*>", "", each).strip() for each in heads]


def _name(tag: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415 -- the same

    return str(qn(tag))


def _not_read(place: str, problem: str) -> Refused:
    return refuse(
        "the edited copy cannot be taken: {problem}",
        rule="edited_copy",
        cure="Accept or take out what is not text, keep the styles of the copy, and send it again.",
        where=place,
        reason=Reason.INPUT,
        problem=problem,
    )
