"""Amendments to a text: what changed between two versions, and what accepted proposals make of it.

A text is paragraphs, each with an anchor that stays. A proposal names the anchor, the words that
stand there, and the words that shall stand there instead. Pure: no rows, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from governance.refusals import Sentence, say

TOKENS = re.compile(r"\w+|\s+|[^\w\s]", re.UNICODE)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, known by its anchor."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Proposed:
    """A marked change. Without `old` words, `new` is a paragraph after the anchor's.

    Without `new` words, the old ones are struck out. Without either it is a statement, for the
    record: `reason` is its text.
    """

    anchor: str
    old: str = ""
    new: str = ""
    reason: str = ""

    @property
    def is_statement(self) -> bool:
        """Whether it asks for no change."""
        return not self.old and not self.new


@dataclass(frozen=True)
class Conflict:
    """Proposals that cannot stand together, or that find nothing to change, with the reason."""

    anchor: str
    proposals: tuple[str, ...]
    because: Sentence


@dataclass(frozen=True)
class Merged:
    """A text after its proposals, which of them were applied, and what stood in the way."""

    paragraphs: tuple[Paragraph, ...]
    applied: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class Run:
    """A run of words: `same`, `gone` or `new`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Changed:
    """What became of one paragraph: `same`, `changed`, `gone` or `new`, word by word."""

    anchor: str
    kind: str
    runs: tuple[Run, ...]


def paragraphs_of(content: Any) -> tuple[Paragraph, ...]:
    """The paragraphs of a question's content: `text`, a list of anchors and texts."""
    return tuple(Paragraph(each["anchor"], each["text"]) for each in content.get("text", ()))


def difference(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Changed]:
    """Paragraph by paragraph in the order of the new text; what is gone stands where it was."""
    before = {each.anchor: each.text for each in old}
    after = {each.anchor: each.text for each in new}
    found = []
    for anchor in _interwoven([each.anchor for each in old], [each.anchor for each in new]):
        runs = words_changed(before.get(anchor, ""), after.get(anchor, ""))
        kind = (
            "new"
            if anchor not in before
            else "gone"
            if anchor not in after
            else "same"
            if before[anchor] == after[anchor]
            else "changed"
        )
        found.append(Changed(anchor, kind, runs))
    return found


def words_changed(old: str, new: str) -> tuple[Run, ...]:
    """The difference of two texts in whole words, blanks and signs."""
    before, after = TOKENS.findall(old), TOKENS.findall(new)
    runs: list[Run] = []
    for how, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            runs.append(Run("same", "".join(before[i:j])))
            continue
        if i < j:
            runs.append(Run("gone", "".join(before[i:j])))
        if k < m:
            runs.append(Run("new", "".join(after[k:m])))
    return tuple(runs)


def fault_of(paragraphs: Iterable[Paragraph], proposed: Proposed) -> Sentence | None:
    """Why a proposal cannot be made to this text; None where it can."""
    text = next((each.text for each in paragraphs if each.anchor == proposed.anchor), None)
    if text is None:
        return say('the text has no paragraph "{anchor}"', anchor=proposed.anchor[:40])
    if proposed.is_statement and not proposed.reason.strip():
        return say("the proposal changes nothing and says nothing")
    if proposed.old and proposed.old == proposed.new:
        return say("the new words are the old ones")
    return _not_once(text, proposed.old) if proposed.old else None


def _not_once(text: str, words: str) -> Sentence | None:
    found = text.count(words)
    if found == 0:
        return say("these words do not stand in the paragraph")
    return say("these words stand in the paragraph {n} times", n=found) if found > 1 else None


def merge(paragraphs: Sequence[Paragraph], proposals: Sequence[tuple[str, Proposed]]) -> Merged:
    """Apply named proposals to a text. What cannot be applied is reported and left out, whole.

    Changes that say the same are one. Changes that overlap and differ are a conflict, and none of
    them is applied: which of them holds is for people to say. The order of proposals does not
    matter, but that new paragraphs after the same anchor stand in the order of proposals.
    """
    known = {each.anchor for each in paragraphs}
    lost = [
        Conflict(each.anchor, (name,), say("the paragraph is not in the text any more"))
        for name, each in proposals
        if each.anchor not in known and not each.is_statement
    ]
    merged: list[Paragraph] = []
    applied: list[str] = []
    for paragraph in paragraphs:
        mine = [(name, each) for name, each in proposals if each.anchor == paragraph.anchor]
        text, done, conflicts = _changed(paragraph, [x for x in mine if x[1].old])
        if text:
            merged.append(Paragraph(paragraph.anchor, text))
        added = [(name, each) for name, each in mine if not each.old and each.new]
        merged += [
            Paragraph(f"{paragraph.anchor}+{number}", each.new)
            for number, (_, each) in enumerate(added, 1)
        ]
        applied += [*done, *(name for name, _ in added)]
        lost += conflicts
    return Merged(tuple(merged), tuple(applied), tuple(lost))


@dataclass(frozen=True)
class _Place:
    begin: int
    end: int
    new: str
    names: tuple[str, ...]


def _changed(
    paragraph: Paragraph, mine: Sequence[tuple[str, Proposed]]
) -> tuple[str, list[str], list[Conflict]]:
    places, conflicts = _places(paragraph, mine)
    clashing = {
        name
        for a in places
        for b in places
        if a is not b and a.begin < b.end and b.begin < a.end
        for name in (*a.names, *b.names)
    }
    if clashing:
        named = tuple(name for name, _ in mine if name in clashing)
        because = say("these proposals change the same words in different ways")
        conflicts.append(Conflict(paragraph.anchor, named, because))
    text = paragraph.text
    done: list[str] = []
    for place in sorted(places, key=lambda each: -each.begin):
        if not clashing & set(place.names):
            text = text[: place.begin] + place.new + text[place.end :]
            done = [*place.names, *done]
    return text, done, conflicts


def _places(
    paragraph: Paragraph, mine: Sequence[tuple[str, Proposed]]
) -> tuple[list[_Place], list[Conflict]]:
    """Where each change lies; the same change by several people lies there once."""
    found: dict[tuple[int, int, str], tuple[str, ...]] = {}
    conflicts = []
    for name, each in mine:
        if because := fault_of((paragraph,), each):
            conflicts.append(Conflict(paragraph.anchor, (name,), because))
            continue
        begin = paragraph.text.index(each.old)
        key = (begin, begin + len(each.old), each.new)
        found[key] = (*found.get(key, ()), name)
    return [_Place(*key, names) for key, names in found.items()], conflicts


def _interwoven(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The anchors of both, in the order of the new; what is gone after what it stood behind."""
    for how, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how in {"delete", "replace"}:
            yield from (each for each in old[i:j] if each not in new)
        if how != "delete":
            yield from new[k:m]
