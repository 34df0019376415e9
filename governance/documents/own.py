"""An organisation's own documents: letterhead, texts, kinds and numbers, in its rulebook's folder.

`documents/documents.yaml` says how documents are numbered and which go out without approval; files
under `documents/letters`, `documents/papers` and `documents/locale` take the place of ours.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from governance.documents.source import TEMPLATES, Templates, read
from governance.refusals import Finding, Reason, Refused, Verdict, say

FILE = "documents.yaml"
_WIDTH = re.compile(r"(?:0?[1-9]?d)?")
KNOWN_PLACES = frozenset({"kind", "number", "organisation", "year"})
UNAPPROVED = (
    *("acknowledgement", "agenda", "annotated_agenda", "interview", "missing_documents"),
    *("notice_of_meeting", "pack", "reference_request", "ballot_paper", "induction"),
)

Pattern = Annotated[str, StringConstraints(min_length=3, max_length=60)]


class Numbering(BaseModel):
    """How documents are numbered: a pattern for all, and for some kinds their own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: Pattern = "{organisation}/{year}/{number:04d}"
    kinds: dict[str, Pattern] = Field(default_factory=dict)

    def pattern_of(self, kind: str) -> str:
        """The pattern of a kind."""
        return self.kinds.get(kind, self.pattern)


class Own(BaseModel):
    """What an organisation decides about its documents."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    numbering: Numbering = Numbering()
    unapproved: tuple[str, ...] = UNAPPROVED


def numbered(pattern: str, **facts: Any) -> str:
    """A number by a pattern: `{organisation}/{year}/{number:04d}` gives IC/2027/0143."""
    return pattern.format(**facts)


def faults_of_pattern(pattern: str) -> list[str]:
    """Why a pattern gives no number, as sentences."""
    try:
        places = [each for each in Formatter().parse(pattern) if each[1] is not None]
    except ValueError as error:
        return [f"{pattern!r} cannot be read: {error}"]
    known = ", ".join(sorted(KNOWN_PLACES))
    for _, name, width, conversion in places:
        if name not in KNOWN_PLACES or conversion or not _WIDTH.fullmatch(width or ""):
            return [f"{pattern!r} has a place that is unknown: its places are {known}"]
    if "number" not in {each[1] for each in places}:
        return [f"{pattern!r} gives every document the same number: it needs {{number}}"]
    return []


def own_of(folder: Path) -> Own:
    """The decisions of an organisation. Refused with every fault; nothing there: the ordinary."""
    path = folder / FILE
    if not path.is_file():
        return Own()
    told = path.stat()
    return _decisions(path, (told.st_mtime_ns, told.st_size))


@lru_cache(maxsize=8)
def _decisions(path: Path, _: tuple[int, int]) -> Own:
    """What the file says, read once for as long as it is as it was."""
    try:
        told = YAML(typ="safe", pure=True).load(path.read_text("utf-8")) or {}
        own = Own.model_validate(told)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{FILE}, line {mark.line + 1}" if mark else FILE
        problem = str(getattr(error, "problem", error))
        raise Refused([_fault(place, problem)], Reason.INPUT) from None
    except ValidationError as error:
        faults = [
            _fault(f"{FILE}, {'.'.join(map(str, each['loc']))}", each["msg"])
            for each in error.errors(include_url=False)
        ]
        raise Refused(faults, Reason.INPUT) from None
    patterns = {"pattern": own.numbering.pattern, **own.numbering.kinds}
    wrong = [
        _fault(f"{FILE}, numbering.{key}", fault)
        for key, pattern in patterns.items()
        for fault in faults_of_pattern(pattern)
    ]
    if wrong:
        raise Refused(wrong, Reason.INPUT)
    return own


def templates_of(folder: Path) -> Templates:
    """Our templates, with the organisation's own files in the place of ours."""
    return _read(folder, _stamp(folder))


@lru_cache(maxsize=8)
def _read(folder: Path, _: tuple[tuple[str, int, int], ...]) -> Templates:
    return read(TEMPLATES, folder)


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when a file does: an edited text holds from the next document on."""
    found = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    return tuple(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size)
        for path in [*found, TEMPLATES / "print" / "record.typ"]
    )


def _fault(where: str, problem: str) -> Finding:
    return Finding(
        "own_documents",
        "",
        Verdict.FAIL,
        say("the organisation's documents are not in order: {problem}", problem=problem),
        say("Correct the file; see docs/documents.md for its fields."),
        where,
    )
