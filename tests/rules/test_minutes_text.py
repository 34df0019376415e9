"""The text of minutes: registers and words kept apart, closed parts taken out, nothing lost."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from governance.committees.minutes.text import (
    WRITTEN,
    block,
    carried_over,
    closed_parts,
    digest,
    public_edition,
    rewritten,
    written,
)
from governance.consultation.amending import Paragraph, Proposed, merge

KINDS = ("item", "paragraph", "statement", "motion", "decision")


@st.composite
def texts(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Minutes of a few items, some of them closed, each with a few blocks."""
    made = [block("roll", "roll", rows=[])]
    for item in range(draw(st.integers(0, 4))):
        access = draw(st.sampled_from(["open", "restricted", "closed"]))
        number = str(item + 1)
        made.append(
            block("item", f"i{item}", item=number, access=access, number=number, title=f"T{item}")
        )
        for place in range(draw(st.integers(0, 3))):
            kind = draw(st.sampled_from(KINDS[1:]))
            words = f"{access} words {item}.{place}"
            more = {"text": words} if kind in WRITTEN else {"decision_text": words}
            made.append(block(kind, f"b{item}-{place}", item=number, access=access, **more))
    return made


@given(texts())
def test_a_text_written_back_unchanged_is_the_same_text(blocks: list[dict[str, Any]]) -> None:
    """To open the minutes and save them changes nothing."""
    assert rewritten(blocks, written(blocks)) == blocks
    assert carried_over(blocks, blocks) == blocks


@given(texts())
def test_the_public_edition_holds_no_word_of_a_closed_item(blocks: list[dict[str, Any]]) -> None:
    """Its number stays, and nothing else: no title, no text, no vote."""
    public = public_edition(blocks)
    assert closed_parts(public) == 0
    said = json.dumps(public)
    assert "closed words" not in said
    assert "restricted words" not in said
    items = {each["item"] for each in blocks if each["kind"] == "item"}
    assert {each["item"] for each in public if each["kind"] in {"item", "withheld"}} == items


@given(texts(), st.data())
def test_only_paragraphs_are_rewritten(blocks: list[dict[str, Any]], data: st.DataObject) -> None:
    """Whatever is done to paragraphs, roll, votes and decisions stay as the registers have them."""
    kept = [each for each in written(blocks) if data.draw(st.booleans())]
    changed = [Paragraph(each.anchor, each.text + " more") for each in kept]
    made = rewritten(blocks, changed)
    fixed = [each for each in blocks if each["kind"] not in WRITTEN]
    assert [each for each in made if each["kind"] not in WRITTEN] == fixed
    assert [each["text"] for each in made if each["kind"] in WRITTEN] == [x.text for x in changed]


@given(texts())
def test_what_was_written_by_hand_outlives_a_new_assembly(blocks: list[dict[str, Any]]) -> None:
    """A decision that is registered late comes in; no word that the secretary wrote goes."""
    anchors = [each["id"] for each in blocks if each["kind"] == "item"]
    mine = [*written(blocks), *(Paragraph(f"{each}+1", f"by hand {each}") for each in anchors)]
    kept = rewritten(blocks, mine)
    fresh = [*blocks, block("decision", "late", item="1", decision_text="late")]
    again = carried_over(fresh, kept)
    assert {each["text"] for each in again if each["kind"] in WRITTEN} == {x.text for x in mine}
    assert "late" in {each["id"] for each in again}


def test_a_new_paragraph_stands_after_its_anchor_and_under_its_item() -> None:
    """What is proposed after a paragraph is of the same item, and as open or closed as it."""
    blocks = [
        block("item", "i", item="1", access="closed", number="1", title="Staff"),
        block("paragraph", "p", item="1", access="closed", text="One."),
        block("decision", "d", item="1", access="closed", decision_text="So be it."),
    ]
    merged = merge(written(blocks), [("1", Proposed("p", new="Two."))])
    made = rewritten(blocks, merged.paragraphs)
    assert [(each["id"], each["access"]) for each in made] == [
        ("i", "closed"),
        ("p", "closed"),
        ("p+1", "closed"),
        ("d", "closed"),
    ]


@given(texts())
def test_the_hash_of_a_text_tells_any_change(blocks: list[dict[str, Any]]) -> None:
    """The same blocks give the same hash, other blocks another."""
    assert digest(blocks) == digest([dict(each) for each in blocks])
    changed = [*blocks[:-1], {**blocks[-1], "item": "other"}]
    assert digest(changed) != digest(blocks)
