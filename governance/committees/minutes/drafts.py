"""The draft of minutes as a file to be written in: what is written, and places to write at. Pure.

A paragraph is a block of lines, its anchor in square brackets before it: `[note-3] The draft …`.
Lines with `#` are not text: `# version 3` says which version is before the writer, and
`# [item-2] 2. Budget` where in the minutes one is. A paragraph without an anchor is new, and stands
after what is before it.
"""

from __future__ import annotations

import re
from itertools import count

from governance.committees.minutes.text import WRITTEN, Blocks
from governance.consultation.amending import Paragraph
from governance.refusals import Reason, Refused, refuse

ANCHORED = re.compile(r"\[(?P<anchor>[^\[\]\s]{1,60})\]\s*(?P<text>.*)", re.DOTALL)
PLACE = re.compile(r"#\s*\[(?P<anchor>[^\[\]\s]{1,60})\]")
VERSION = re.compile(r"#\s*version\s+(?P<n>\d{1,5})\s*$", re.IGNORECASE)
SHOWN = ("number", "title", "motion_text", "decision_text", "what", "kind")


def draft_file(blocks: Blocks, version: int) -> str:
    """The file of a version: its paragraphs with their anchors, the rest as places."""
    told = [f"# version {version}"]
    for each in blocks:
        if each["kind"] in WRITTEN:
            told.append(f"[{each['id']}] {' '.join(each['text'].split())}")
        else:
            said = " ".join(str(each[name]) for name in SHOWN if each.get(name))
            told.append(f"# [{each['id']}] {' '.join(said.split())[:100]}")
    return "\n\n".join(told) + "\n"


def read_draft(name: str, text: str, seen: int = 0) -> tuple[int, tuple[Paragraph, ...]]:
    """The version that the writer saw, and the paragraphs. Raises Refused with the line."""
    found: dict[str, str] = {}
    before = ""
    for number, block in _blocks(text):
        if block.startswith("#"):
            seen, before = seen or _version(block), _place(block) or before
            continue
        anchored = ANCHORED.fullmatch(block)
        anchor = anchored["anchor"] if anchored else _unused(before, found, text)
        if anchored:
            before = anchor
        if not before:
            raise _bad(name, number, "a new paragraph stands before everything else")
        if anchor in found:
            raise _bad(name, number, f'the anchor "{anchor}" stands there twice')
        found[anchor] = " ".join((anchored["text"] if anchored else block).split())
    if not seen:
        raise _bad(name, 1, "nothing says which version was written in")
    return seen, tuple(Paragraph(anchor, words) for anchor, words in found.items())


def _version(block: str) -> int:
    marked = [VERSION.match(each) for each in block.splitlines()]
    return next((int(each["n"]) for each in marked if each), 0)


def _place(block: str) -> str:
    places = [PLACE.match(each) for each in block.splitlines()]
    return next((each["anchor"] for each in reversed(places) if each), "")


def _unused(before: str, found: dict[str, str], text: str) -> str:
    """The next anchor for a new paragraph after a block."""
    anchors = (f"{before}+{n}" for n in count(1))
    return next(each for each in anchors if each not in found and f"[{each}]" not in text)


def _blocks(text: str) -> list[tuple[int, str]]:
    """The blocks between empty lines, each with the number of its first line."""
    found: list[tuple[int, list[str]]] = []
    open_ = False
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw.strip():
            open_ = False
        elif open_:
            found[-1][1].append(raw.strip())
        else:
            found.append((number, [raw.strip()]))
            open_ = True
    return [(number, "\n".join(lines)) for number, lines in found]


def _bad(name: str, number: int, because: str) -> Refused:
    return refuse(
        "{told}",
        rule="draft_is_understood",
        cure="Print the draft with mandate minutes text, write in it, and give it back.",
        where=f"{name}:{number}",
        reason=Reason.INPUT,
        told=because,
    )
