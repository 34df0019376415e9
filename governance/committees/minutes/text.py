"""The text of minutes as blocks: what the registers say, and paragraphs that people write.

A block is plain data: `id`, `kind`, `item` (the number of its agenda item, empty before the first)
and `access` (open, restricted, closed). Blocks of the kinds in `WRITTEN` hold `text`, which may be
corrected; the others agree with roll, votes and registers, and change only when those do. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import rfc8785

from governance.consultation.amending import Paragraph

Block = dict[str, Any]
Blocks = Sequence[Mapping[str, Any]]

WRITTEN = frozenset({"paragraph", "statement"})
PUBLIC = "open"
TEXT_LIMIT = 20_000


def block(kind: str, id_: str, *, item: str = "", access: str = PUBLIC, **facts: Any) -> Block:
    """One block."""
    return {"access": access, "id": id_, "item": item, "kind": kind, **facts}


def written(blocks: Blocks) -> tuple[Paragraph, ...]:
    """The paragraphs that may be corrected, each with its block as the anchor."""
    return tuple(Paragraph(each["id"], each["text"]) for each in blocks if each["kind"] in WRITTEN)


def rewritten(blocks: Blocks, paragraphs: Iterable[Paragraph]) -> list[Block]:
    """The blocks with these paragraphs: changed where they stood, new ones after their anchor.

    A new paragraph's anchor is that of the block before it with `+n`. What is not among the
    paragraphs any more is gone.
    """
    texts = {each.anchor: each.text for each in paragraphs}
    after: dict[str, list[Paragraph]] = {}
    known = {each["id"] for each in blocks}
    for anchor, text in texts.items():
        if anchor not in known:
            after.setdefault(anchor.rpartition("+")[0], []).append(Paragraph(anchor, text))
    made: list[Block] = []
    for each in blocks:
        stays = each["kind"] not in WRITTEN or each["id"] in texts
        if stays:
            made.append({**each, "text": texts[each["id"]]} if each["id"] in texts else dict(each))
        made += [
            {**each, "id": new.anchor, "kind": "paragraph", "text": new.text}
            for new in after.get(each["id"], ())
        ]
    return made


def carried_over(fresh: Blocks, kept: Blocks) -> list[Block]:
    """What the registers say now, with the paragraphs as people have written them since.

    What was written by hand stands where it stood: after the block before it, or where that is
    gone, at the end of its item.
    """
    words = {each["id"]: each for each in kept if each["kind"] in WRITTEN}
    mine = [dict(words.pop(each["id"], each)) for each in fresh]
    before = ""
    for each in kept:
        if each["id"] in words:
            mine.insert(_place(mine, before, each["item"]), dict(each))
        before = each["id"]
    return mine


def _place(blocks: Blocks, before: str, item: str) -> int:
    """Where to put a block: after the one of this identifier, else at the end of the item."""
    places = [at for at, each in enumerate(blocks, 1) if each["id"] == before]
    same = [at for at, each in enumerate(blocks, 1) if each["item"] == item]
    return (places or same or [len(blocks)])[-1]


def public_edition(blocks: Blocks) -> list[Block]:
    """What everybody may read: the parts of closed and restricted items are removed, not hidden.

    Of such an item its number stays, so that the count of items is plain.
    """
    made: list[Block] = []
    for each in blocks:
        if each["access"] == PUBLIC:
            made.append(dict(each))
        elif each["kind"] == "item":
            made.append(block("withheld", each["id"], item=each["item"], number=each["number"]))
    return made


def closed_parts(blocks: Blocks) -> int:
    """How many parts that are not open to everybody stand in a text."""
    return sum(each["access"] != PUBLIC for each in blocks)


def digest(blocks: Blocks) -> str:
    """The SHA-256 of a text, in canonical JSON."""
    return hashlib.sha256(rfc8785.dumps([dict(each) for each in blocks])).hexdigest()


def of_kind(blocks: Blocks, *kinds: str) -> list[Mapping[str, Any]]:
    """The blocks of these kinds, in order."""
    return [each for each in blocks if each["kind"] in kinds]
