"""Compositions drawn over the years: what was required in each year stands behind its bar."""

from __future__ import annotations

from datetime import date

from governance.representation.members_file import read_members
from governance.representation.view import at
from governance.rulebook.bodies.reading import read_law
from governance.web.representation.charts import HIGH, WIDE, Point, chart_of, panels_of

LAW = """schema: 1
body: board
title: Board
region: un
membership: {of: un}
rules:
  - {id: A, article: a, kind: quota, each: {africa: {at_least: 1}}, until: 2025-01-01}
  - {id: B, article: b, kind: quota, each: {africa: {at_least: 2}}, since: 2025-01-01}
"""
MEMBERS = """name,state,term_start,term_end
A,KEN,2023-01-01,2027-12-31
B,GHA,2023-01-01,2025-12-31
C,FRA,2024-01-01,2027-12-31
"""


def test_each_year_is_drawn_with_what_its_own_law_required() -> None:
    """The rule changed in 2025: before it one was enough; from 2026 on, one is too few."""
    law = read_law(LAW)
    composition = read_members(MEMBERS, law)
    view = at(law, composition, date(2026, 6, 1))
    region = panels_of(view, composition.members)[0]
    africa = next(each for each in region.charts if "Afric" in each.title)

    told = [(bar.year, bar.count, bar.wanted, bar.outside, bar.ahead) for bar in africa.bars]
    assert told == [
        (2023, 2, "≥ 1", False, False),
        (2024, 2, "≥ 1", False, False),
        (2025, 2, "≥ 2", False, False),
        (2026, 1, "≥ 2", True, False),
        (2027, 1, "≥ 2", True, True),
    ]
    assert africa.wanted == "≥ 2"
    assert (region.is_bound, region.is_missed, region.looks_ahead) == (True, True, True)


def test_a_chart_stays_in_its_box() -> None:
    """Bars and ranges of very different sizes lie within the drawing."""
    chart = chart_of("A", [Point(2024, 0), Point(2025, 7), Point(2026, 3)], None, 2026)
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDE for bar in chart.bars)
    assert all(bar.y >= 0 and bar.y + bar.height <= HIGH + 0.01 for bar in chart.bars)
    assert chart.bands == ()
