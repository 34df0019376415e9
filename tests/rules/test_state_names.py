"""States as printed records name them, held against a register."""

from __future__ import annotations

import csv

import pytest

from governance.committees.names import Names
from governance.people.state_names import FILE, state_of
from governance.people.states import load_states
from governance.settings import Settings

# As roll calls, lists of delegates and press releases of the UN and its agencies print them.
PRINTED = {
    "USA": "USA", "U.S.A.": "USA", "United States": "USA", "UNITED STATES OF AMERICA": "USA",
    "UK": "GBR", "U.K.": "GBR", "Royaume-Uni": "GBR", "CÔTE D’IVOIRE": "CIV", "Ivory Coast": "CIV",
    "Türkiye": "TUR", "Turkey": "TUR", "Korea, Rep. of": "KOR", "Republic of Korea": "KOR",
    "Korea (Republic of)": "KOR", "Korea, Dem. People's Rep. of": "PRK", "DPR Korea": "PRK",
    "VIET NAM": "VNM", "Iran (Islamic Rep. of)": "IRN", "Bolivia (Plurinational State of)": "BOL",
    "Lao PDR": "LAO", "Dem. Rep. of the Congo": "COD", "Congo": "COG", "Congo, Republic of": "COG",
    "St. Kitts & Nevis": "KNA", "Netherlands (Kingdom of the)": "NLD", "Swaziland": "SWZ",
    "Micronesia (Federated States of)": "FSM", "Guinea-Bissau": "GNB", "Equat. Guinea": "GNQ",
    "Russian Federation": "RUS", "United Rep. of Tanzania": "TZA", "المملكة المتحدة": "GBR",
}  # fmt: skip


@pytest.mark.parametrize("printed", PRINTED)
def test_a_state_is_known_by_the_name_that_is_printed(printed: str) -> None:
    """Short forms, signs, capitals, brackets and former names."""
    assert state_of(printed) == PRINTED[printed]


def test_every_state_is_known_by_its_own_name_and_code_alone() -> None:
    """In small letters and capitals; no name of one is taken for another."""
    states = load_states(Settings().rulebooks)
    for code, state in states.items():
        assert {state_of(state.name), state_of(state.name.upper())} == {code}
    with FILE.open(encoding="utf-8", newline="") as rows:
        assert {row["iso3"] for row in csv.DictReader(rows)} == set(states)


@pytest.mark.parametrize("nobody", ["Korea", "Rep. of", "Atlantis", "", "Jane Smith"])
def test_what_several_or_no_states_could_be_is_none(nobody: str) -> None:
    """A wrong guess is worse than none."""
    assert not state_of(nobody)


def test_a_roll_finds_its_members_by_any_name_and_proposes_the_nearest() -> None:
    """A member that the body writes otherwise is found; a slip of the pen is proposed."""
    names = Names.of({"us": ["United States"], "gb": ["United Kingdom"], "cg": ["Congo"]})
    assert (names.find("USA"), names.find("UK"), names.find("DR Congo")) == ("us", "gb", None)
    assert names.near("Untied Kingdom") == ["gb"]
