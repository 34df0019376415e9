"""The letters that a document may hold: normalised, without controls, and with a glyph each."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from governance.settings import ROOT

FONTS = ROOT / "templates" / "fonts"

# Joiners of Persian and of Indic scripts: the only format characters that change how letters look
# without changing their order.
_JOINERS = frozenset("\u200c\u200d")
_LINE_ENDS = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_UNWANTED = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})


@dataclass(frozen=True)
class Note:
    """A place in the data, and the characters that were found there, by name."""

    path: str
    characters: str


def cleaned(data: Any, path: str = "") -> tuple[Any, list[Note]]:
    """Plain data with its text normalised (NFC) and without control and direction characters.

    A direction character in a name could turn the rest of a page round; a line end becomes a
    space. What was taken out is noted by its place.
    """
    notes: list[Note] = []
    return _cleaned(data, path, notes), notes


def _cleaned(data: Any, path: str, notes: list[Note]) -> Any:
    if isinstance(data, str):
        return _clean_text(data, path, notes)
    if isinstance(data, dict):
        return {key: _cleaned(each, _step(path, key), notes) for key, each in data.items()}
    if isinstance(data, list | tuple):
        return [_cleaned(each, _step(path, at), notes) for at, each in enumerate(data)]
    return data


def _step(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _clean_text(text: str, path: str, notes: list[Note]) -> str:
    spaced = "".join(" " if c in _LINE_ENDS else c for c in text)
    kept = "".join(c for c in spaced if not _unwanted(c))
    if len(kept) != len(spaced):
        notes.append(Note(path, _named(c for c in spaced if _unwanted(c))))
    return unicodedata.normalize("NFC", kept)


def _unwanted(character: str) -> bool:
    return unicodedata.category(character) in _UNWANTED and character not in _JOINERS


def _named(characters: Iterator[str]) -> str:
    return ", ".join(
        f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in dict.fromkeys(characters)
    )


def without_a_glyph(data: Any, path: str = "") -> list[Note]:
    """Each text in plain data that has characters which none of our fonts can show."""
    return [
        Note(where, _shown(missing))
        for where, text in _texts(data, path)
        if (missing := [c for c in text if ord(c) not in _drawn()])
    ]


def _shown(characters: list[str]) -> str:
    return ", ".join(
        f"{c} (U+{ord(c):04X} {unicodedata.name(c, '')})".replace(" )", ")")
        for c in dict.fromkeys(characters)
    )


def _texts(data: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, each in data.items():
            yield from _texts(each, _step(path, key))
    elif isinstance(data, list | tuple):
        for at, each in enumerate(data):
            yield from _texts(each, _step(path, at))


@lru_cache(maxsize=1)
def _drawn() -> frozenset[int]:
    """What the upright faces of our fonts can show; values are never set in italics."""
    faces = FONTS.glob("*Regular.ttf")
    invisible = {ord(c) for c in _JOINERS}
    return frozenset(invisible.union(*(_coverage(face) for face in faces)))


def _coverage(face: Path) -> set[int]:
    """The characters in a font's `cmap` table (OpenType 1.9, formats 4 and 12)."""
    font = face.read_bytes()
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * at) for at in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    covered: set[int] = set()
    for at in range(count):
        (offset,) = struct.unpack_from(">L", font, start + 4 + 8 * at + 4)
        covered.update(_subtable(font, start + offset))
    return covered


def _subtable(font: bytes, start: int) -> Iterator[int]:
    (form,) = struct.unpack_from(">H", font, start)
    if form == 4:  # noqa: PLR2004 -- OpenType's number
        yield from _segments(font, start)
    elif form == 12:  # noqa: PLR2004 -- OpenType's number
        (groups,) = struct.unpack_from(">L", font, start + 12)
        for at in range(groups):
            first, last, _ = struct.unpack_from(">LLL", font, start + 16 + 12 * at)
            yield from range(first, last + 1)


def _segments(font: bytes, start: int) -> Iterator[int]:
    """Format 4: segments of the basic plane, each with an offset of glyph numbers.

    A segment may hold a character whose glyph is 0; the typesetter refuses those itself.
    """
    (doubled,) = struct.unpack_from(">H", font, start + 6)
    half = doubled // 2
    ends = struct.unpack_from(f">{half}H", font, start + 14)
    starts = struct.unpack_from(f">{half}H", font, start + 16 + doubled)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)
