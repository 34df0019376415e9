"""The board in pages: each candidate once, in order, from where the last page ended."""

from __future__ import annotations

import pytest

from governance.appointments.board import queries
from governance.appointments.board.queries import tell_board
from tests.acts.conftest import At


def test_pages_follow_one_another_and_show_each_candidate_once(
    at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two a page, over the states of a column; the counts are those of the whole."""
    monkeypatch.setattr(queries, "PAGE", 2)
    world = at("vetting")
    actor, reference = world.as_("hr"), world.the_case().reference
    names, after = [], ""
    for _ in range(9):
        page = tell_board(world.house, actor, reference, "vetted", after)
        names += [each["name"] for each in page["candidates"]]
        after = page["after"] or ""
        if not after:
            break
    assert page["counts"]["vetted"] == len(names) == len(set(names)) == 4
    assert tell_board(world.house, actor, "", "vetted")["counts"]["vetted"] == 4
