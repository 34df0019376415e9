"""Pages of representation: a composition judged, rearranged, completed; a review decided."""

from __future__ import annotations

import re

from tests.web.conftest import SiteAt
from tests.web.officer import words

PATH = "/representation/interpol_executive_committee"
DELEGATES = "".join(
    f"D{n},{state},delegate\n"
    for n, state in enumerate(("EGY", "ZAF", "MYS", "JPN", "BRA", "CAN", "ITA", "TUR", "IND"))
)


def committee(president: str) -> str:
    """The Executive Committee with a President from this state."""
    heads = f"P,{president},president\nV1,FRA,vice_president\nV2,NGA,vice_president\n"
    return f"name,state,role\n{heads}V3,ARG,vice_president\n{DELEGATES}"


def test_a_composition_is_judged_and_rearranged_without_being_kept(site_at: SiteAt) -> None:
    """Two from Europe fail; exchanged on the seat map, the same people are valid."""
    site = site_at("nothing")
    hr = site.somebody("hr")
    before = len(site.world.entries())
    assert "Executive Committee" in words(hr.get("/representation").text)

    page = hr.send(PATH, PATH, members=committee("DEU"), on="2026-11-28", step="judge")
    told = words(page.text)
    assert "Not valid" in told
    assert "More than 1 of the same region: Europe 2" in told
    assert "instead of V1" in told

    seats = dict(re.findall(r'name="(seat-\d+)">.*?value="([^"]+)" selected', page.text, re.DOTALL))
    assert len(seats) == 13
    swap = {"P": "D2", "D2": "P"}
    moved = {seat: swap.get(name, name) for seat, name in seats.items()}
    again = hr.send(
        PATH, page=page.text, members=committee("DEU"), on="2026-11-28", step="judge", **moved
    )
    assert "Not valid" not in words(again.text), words(again.text)[:900]
    assert len(site.world.entries()) == before


def test_candidates_stand_side_by_side_and_slates_are_found_or_explained(site_at: SiteAt) -> None:
    """Twelve countries cannot fill thirteen seats; with a thirteenth they can."""
    hr = site_at("nothing").somebody("hr")
    states = ("FRA", "DEU", "NGA", "KEN", "EGY", "ARG", "BRA", "CAN", "CHN", "JPN", "IND", "THA")
    people = "name,state\n" + "".join(
        f"C{n},{state}\n" for n, state in enumerate((*states, "FRA", "DEU"))
    )
    given = {"members": "name,state,role\n", "on": "2026-11-28", "step": "slates"}

    none = words(hr.send(PATH, PATH, candidates=people, **given).text)
    found = words(hr.send(PATH, PATH, candidates=f"{people}C20,KOR\n", **given).text)

    assert "twelve countries cannot fill thirteen seats" in none
    assert "Slate 1" in found


def test_a_file_that_cannot_be_read_is_answered_by_row(site_at: SiteAt) -> None:
    """Every fault with its row and cure, and what was typed is kept."""
    hr = site_at("nothing").somebody("hr")
    page = hr.send(PATH, PATH, members="name,state,role\nA,XYZ,president\n", on="", step="judge")

    assert page.status_code == 422
    assert "row 2, state" in words(page.text)
    assert "A,XYZ,president" in page.text


def test_a_review_is_opened_computed_justified_and_decided(site_at: SiteAt) -> None:
    """The whole way by buttons; what was written is read on the page, and sealed on the record."""
    hr = site_at("nothing").somebody("hr")
    opened = hr.send(
        "/representation/reviews",
        "/representation",
        body="interpol_executive_committee",
        due_on="2026-12-01",
    )
    path = opened.headers["location"]
    hr.send(f"{path}/compute", path, members=committee("CHN"), on="2026-12-01")
    assert "At risk" in words(hr.get(path).text)
    hr.send(f"{path}/justify", path, text="Few candidates came.")
    assert "Few candidates came." in words(hr.get(path).text)
    hr.send(f"{path}/decide", path)
    assert "Decided" in words(hr.get(path).text)
    assert "Decided" in words(hr.get("/representation").text)


def test_who_is_no_keeper_sees_the_rules_and_no_reviews(site_at: SiteAt) -> None:
    """A body's rules are no secret; a review is not there for others."""
    somebody = site_at("nothing").somebody("nobody")
    assert somebody.get(PATH).status_code == 200
    assert somebody.get(f"/representation/reviews/{'0' * 32}").status_code == 404


RENEWED = """name,state,role,sex,languages,term_start,term_end
A,FRA,president,female,en; fr,2023-01-01,2026-12-31
B,NGA,vice_president,male,en,2023-01-01,2025-12-31
C,ARG,vice_president,female,es,2024-01-01,2026-12-31
D,CHN,vice_president,male,en,2026-01-01,2028-12-31
"""


def test_the_years_are_drawn_by_region_sex_and_language(site_at: SiteAt) -> None:
    """A chart for each value, with its numbers as text; candidates show what becomes of groups."""
    hr = site_at("nothing").somebody("hr")
    page = hr.send(
        PATH,
        PATH,
        members=RENEWED,
        candidates="name,state,sex\nE,DEU,female\n",
        on="2026-06-01",
        step="judge",
    ).text
    for heading in ("region", "sex", "languages"):
        assert f"Over the years: {heading}" in words(page), heading
    assert 'aria-label="2023: 1, 2024: 2' in page
    assert "Europe: 1 → 2" in words(page)
    assert "style=" not in page.split("<main", 1)[1]


def test_states_are_drawn_on_their_ranges_and_selections_held_against_the_target(
    site_at: SiteAt,
) -> None:
    """Known figures of 2023; the target is missed where most were chosen from elsewhere."""
    hr = site_at("nothing").somebody("hr")
    path = "/representation/un_secretariat_geography/ranges"
    staff = "state,staff,midpoint,selected\nJPN,81,219,2\nDEU,132,147,1\nGBR,151,109,3\n"
    page = hr.send(path, path, staff=staff, on="2023-12-31").text
    told = words(page)
    assert "186–252" in told
    assert "under-represented" in told
    assert "over-represented" in told
    assert "2 of 6 selections" in told
    assert "the target is missed" in told
    assert page.count('class="desired"') == 3
    bad = hr.send(path, path, staff="state,staff\nXYZ,3\n")
    assert bad.status_code == 422
    assert "row 2, state" in words(bad.text)
