"""What a record must be inside: structure, language, fonts, identifiers. Asked of every kind.

These are the checks that can be made by reading the file; the typesetter makes its own when it
writes it. Needs pikepdf, which only tests and auditors have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf

_ATTACHMENT = "mandate-provenance.json"
_CONFORMITY = {
    "{http://www.aiim.org/pdfa/ns/id/}part": "3",
    "{http://www.aiim.org/pdfa/ns/id/}conformance": "A",
    "{http://www.aiim.org/pdfua/ns/id/}part": "1",
}
_FAMILIES = ("SourceSerif4", "Amiri")
_ACTIONS = ("/AA", "/JS", "/JavaScript", "/Launch", "/OpenAction")


def faults(pdf: bytes, language: str) -> list[str]:
    """Everything that is wrong with a record, as sentences; none where it is sound."""
    with pikepdf.open(BytesIO(pdf)) as file:
        found: list[str] = []
        for check in _CHECKS:
            found.extend(check(file))
        if str(file.Root.get("/Lang", "")) != language:
            found.append(f"The language is {file.Root.get('/Lang')!s}, not {language}.")
        return found


def attachment(pdf: bytes) -> bytes:
    """The provenance that a record carries."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return file.attachments[_ATTACHMENT].get_file().read_bytes()


def tags(pdf: bytes) -> list[str]:
    """The structure elements in reading order, by their names."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return [str(element.get("/S")).removeprefix("/") for element in _elements(file)]


def _is_tagged(file: pikepdf.Pdf) -> Iterator[str]:
    if not _entry(file.Root, "/MarkInfo", "/Marked"):
        yield "The file is not marked as tagged."
    if not _entry(file.Root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "A reader would show the file's name, not its title."
    if "/ID" not in file.trailer:
        yield "The file has no identifier."
    if len(file.Root.get("/OutputIntents", [])) != 1:
        yield "There is not exactly one output intent."


def _conforms(file: pikepdf.Pdf) -> Iterator[str]:
    with file.open_metadata() as metadata:
        for name, value in _CONFORMITY.items():
            if metadata.get(name) != value:
                yield f"The metadata give {metadata.get(name)} for {name}, not {value}."
        if not metadata.get("dc:title"):
            yield "The metadata have no title."


def _has_headings(file: pikepdf.Pdf) -> Iterator[str]:
    names = [str(e.get("/S")) for e in _elements(file)]
    levels = [int(n[2]) for n in names if len(n) == 3 and n[1] == "H" and n[2].isdigit()]  # noqa: PLR2004 -- /H1
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"The headings do not begin with one H1: {levels}."
    if any(below - above > 1 for above, below in pairwise(levels)):
        yield f"A level of headings is left out: {levels}."


def _has_scopes(file: pikepdf.Pdf) -> Iterator[str]:
    for element in _elements(file):
        if element.get("/S") == "/TH" and "/Scope" not in _attributes(element):
            yield "A head of a table does not say whether it is of a row or a column."


def _embeds_our_fonts(file: pikepdf.Pdf) -> Iterator[str]:
    described = [o for o in file.objects if _is(o, "/FontDescriptor")]
    if not described:
        yield "There are no fonts."
    for font in described:
        name = str(font.get("/FontName"))
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()):
            yield f"The font {name} is not embedded."
        if not any(family in name for family in _FAMILIES):
            yield f"The font {name} is not one of ours."


def _runs_nothing(file: pikepdf.Pdf) -> Iterator[str]:
    for each in file.objects:
        if isinstance(each, pikepdf.Dictionary) and (found := set(_ACTIONS) & set(each.keys())):
            yield f"The file acts when it is opened: {sorted(found)}."


def _carries_provenance(file: pikepdf.Pdf) -> Iterator[str]:
    if list(file.attachments) != [_ATTACHMENT] or len(file.Root.get("/AF", [])) != 1:
        yield f"The file does not carry {_ATTACHMENT} alone."


_CHECKS: tuple[Callable[[pikepdf.Pdf], Iterator[str]], ...] = (
    _is_tagged,
    _conforms,
    _has_headings,
    _has_scopes,
    _embeds_our_fonts,
    _runs_nothing,
    _carries_provenance,
)


def _elements(file: pikepdf.Pdf) -> Iterator[Any]:
    """The tree of structure, in reading order."""
    waiting: list[Any] = [file.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, pikepdf.Dictionary):
            continue
        if "/S" in element:
            yield element
        within: Any = element.get("/K")
        waiting.extend(reversed(list(within)) if isinstance(within, pikepdf.Array) else [within])


def _entry(root: Any, name: str, inner: str) -> Any:
    found = root.get(name)
    return found.get(inner) if isinstance(found, pikepdf.Dictionary) else None


def _attributes(element: Any) -> set[str]:
    given = element.get("/A", {})
    each = list(given) if isinstance(given, pikepdf.Array) else [given]
    return {key for attributes in each for key in attributes.keys()}  # noqa: SIM118 -- pikepdf's dictionaries do not iterate


def _is(thing: Any, kind: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind
