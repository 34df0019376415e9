"""Corrigenda on the page of minutes: those that were issued, and the parts that one may name."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import col, select

from governance.committees.minutes.drafting import text_of
from governance.committees.minutes.lifecycle import ADOPTED
from governance.committees.minutes.models import Corrigendum, Minutes, MinutesText
from governance.committees.minutes.text import Block, public_edition
from governance.refusals import say
from governance.web.cases.reading import Reading
from governance.web.views import Fact, Option

NAMES = frozenset({"access", "id", "item", "kind"})
SHOWN = 80


def may_read(text: MinutesText | None, corrigendum: Corrigendum, *, whole: bool) -> bool:
    """Whether the reader may see what is corrected: in the public edition, only open parts."""
    blocks = public_edition(text.blocks) if text else []
    return whole or any(each["id"] == corrigendum.block for each in blocks)


def corrigenda_of(
    reading: Reading, minutes: Minutes, text: MinutesText | None, *, whole: bool
) -> Iterator[Fact]:
    """What was put right, as far as the reader sees the part, with the paper that says so."""
    rows = reading.session.exec(
        select(Corrigendum)
        .where(col(Corrigendum.minutes_id) == minutes.id)
        .order_by(col(Corrigendum.number))
    )
    for each in rows:
        if may_read(text, each, whole=whole):
            yield Fact(
                say("Corrigendum {n}", n=each.number),
                say("for “{reads}” read “{should}”", reads=each.reads, should=each.should_read),
                f"/minutes/{minutes.id}/corrigenda/{each.number}.{reading.language}.html",
                each.decision,
            )


def parts_to_put_right(reading: Reading, minutes: Minutes) -> tuple[Option, ...]:
    """The parts of the adopted text that have words, by how they begin; none before adoption."""
    if minutes.state not in ADOPTED:
        return ()
    text = text_of(reading.session, minutes.id, minutes.adopted_version)
    parts = ((each["id"], _words(each)) for each in text.blocks)
    return tuple(Option(block, words[:SHOWN]) for block, words in parts if words)


def _words(block: Block) -> str:
    said = (value for name, value in block.items() if name not in NAMES)
    return " · ".join(value for value in said if isinstance(value, str) and value)
