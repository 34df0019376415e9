"""What the command line prints: sentences for people, JSON for machines, nothing in between."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from governance.refusals import Reason, Refused

DONE, REFUSED, BAD_INPUT, MISSING = 0, 1, 2, 3
STATUS = {Reason.INPUT: BAD_INPUT, Reason.MISSING: MISSING}
WIDE = 160
# Letters that would change how the lines around them are shown: a name may hold any of them.
UNPRINTABLE = frozenset({"Cc", "Cf", "Co", "Cs"})
ALLOWED = frozenset("\n\t\u200c\u200d")

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def clean(text: object) -> str:
    """Text that moves no cursor and turns no line round, whatever a person has typed."""
    return "".join(
        letter if letter in ALLOWED or unicodedata.category(letter) not in UNPRINTABLE else "\ufffd"
        for letter in str(text)
    )


def line(text: object = "") -> None:
    """One line for a person."""
    print(clean(text))


def lines(texts: Iterable[object]) -> None:
    """Several lines for a person."""
    for each in texts:
        line(each)


def as_json(value: Any) -> None:
    """The whole answer for a machine."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table that folds on a terminal and keeps its lines whole in a pipe."""
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(clean("" if cell is None else cell)) for cell in row))
    Console(width=None if sys.stdout.isatty() else WIDE, highlight=False).print(drawn)


def say_table(rows: Iterable[Sequence[object]], head: Sequence[str], none: str) -> None:
    """A table of rows under a head, or the sentence that says there are none."""
    found = list(rows)
    if found:
        table(head, found)
    else:
        line(none)


def words(title: Mapping[str, str] | str) -> str:
    """A text of several languages as the command line says it: in English, or as there is."""
    if isinstance(title, str):
        return title
    return title.get("en") or next(iter(title.values()), "")


def status_of(reason: Reason) -> int:
    """The exit status of a refusal: 2 for bad input, 3 for what is not there, otherwise 1."""
    return STATUS.get(reason, REFUSED)


def refusal(refused: Refused, *, in_json: bool) -> None:
    """Say why something was not done: every reason and cure."""
    if in_json:
        findings = [finding.as_json() for finding in refused.findings]
        as_json({"refused": {"reason": str(refused.reason), "findings": findings}})
        return
    for finding in refused.findings:
        text = str(finding)
        names_a_file = "." in text.split(maxsplit=1)[0].rstrip(".:,")
        said = text if names_a_file else text[:1].upper() + text[1:]
        print(clean(said), file=sys.stderr)
