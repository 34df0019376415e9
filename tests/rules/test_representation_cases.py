"""Real compositions with known outcomes, judged as they happened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from governance.refusals import Refused, Verdict
from governance.representation.judge import verdict
from governance.representation.members_file import read_members
from governance.representation.schemes import shipped_schemes
from governance.representation.verdict import CompositionVerdict, Overall
from governance.representation.view import at
from governance.rulebook.bodies.reading import check_body, find, load_body, shipped_keys

CASES = Path(__file__).parent.parent / "cases" / "representation"
DAY = date(2023, 6, 1)

DELEGATES = """D1,EGY,delegate,Africa
D2,ZAF,delegate,Africa
D3,MYS,delegate,Asia
D4,JPN,delegate,Asia
D5,BRA,delegate,Americas
D6,CAN,delegate,Americas
D7,ITA,delegate,Europe
D8,TUR,delegate,Europe
D9,IND,delegate,Asia
"""


def judged(body: str, text: str, on: date = DAY) -> CompositionVerdict:
    """The verdict of a shipped body on a file."""
    law = load_body(body)
    return verdict(at(law, read_members(text, law), on))


def committee(presidency: str) -> CompositionVerdict:
    """The Executive Committee with this presidency and the same nine delegates."""
    return judged(
        "interpol_executive_committee", f"name,state,role,region\n{presidency}{DELEGATES}"
    )


@pytest.mark.parametrize("key", shipped_keys())
def test_a_body_that_ships_has_no_fault(key: str) -> None:
    """Its file is lawful, and every rule cites where it is written."""
    read = check_body(find(key))

    assert read.findings == ()
    assert read.body is not None
    assert all(str(each.article) for each in read.body.rules)


def test_the_human_rights_council_of_2023_is_valid() -> None:
    """13, 13, 6, 8 and 7 by regional group; its terms are not on file and are not judged."""
    found = judged("un_human_rights_council", (CASES / "hrc_2023.csv").read_text("utf-8"))

    assert found.overall is Overall.VALID
    (quota,) = (each for each in found.rules if each.id == "HRC-1")
    assert list(quota.found.numbers.values()) == [13, 13, 6, 8, 7]
    assert found.not_judged == ("HRC-2",)


def test_the_itu_council_of_2018_is_valid_by_the_unions_own_regions() -> None:
    """Hungary sits in region B; by the groups of the United Nations it would read otherwise."""
    text = (CASES / "itu_council_2018.csv").read_text("utf-8")
    found = judged("itu_council", text)

    assert found.overall is Overall.VALID
    (quota,) = (each for each in found.rules if each.id == "ITUC-1")
    assert list(quota.found.numbers.values()) == [9, 8, 5, 13, 13]
    law = load_body("itu_council").model_copy(update={"region": "un"})
    by_un = verdict(at(law, read_members(text, law), DAY))
    assert by_un.overall is Overall.INVALID


def test_a_fourth_vice_president_makes_the_committee_of_2016_valid_by_exception() -> None:
    """A President from Asia was elected while the Vice-President for Asia stayed in office."""
    found = committee(
        "P,CHN,president,Asia\nV1,FRA,vice_president,Europe\nV2,NGA,vice_president,Africa\n"
        "V3,ARG,vice_president,Americas\nV4,KOR,vice_president,Asia\n"
    )

    assert found.overall is Overall.BY_EXCEPTION
    rule = found.rule("EC-2")
    assert rule is not None
    assert rule.outcome is Verdict.EXCEPTION
    assert rule.clause == "EC-3, Constitution, art. 17"


def test_the_exception_does_not_help_where_all_were_elected_on_one_day() -> None:
    """Dates that show no election in mid-cycle shut the clause."""
    rows = (
        "P,CHN,president,Asia,2016-11-10\nV1,FRA,vice_president,Europe,2016-11-10\n"
        "V2,NGA,vice_president,Africa,2016-11-10\nV3,ARG,vice_president,Americas,2016-11-10\n"
        "V4,KOR,vice_president,Asia,2016-11-10\n"
    )
    found = judged(
        "interpol_executive_committee",
        f"name,state,role,region,elected_on\n{rows}{DELEGATES.replace(chr(10), ',' + chr(10))}",
    )

    assert found.overall is Overall.INVALID


def test_two_from_europe_at_presidency_level_are_cured_by_one_from_asia() -> None:
    """The smallest cure is a Vice-President from Asia instead of the one from Europe."""
    found = committee(
        "P,DEU,president,Europe\nV1,FRA,vice_president,Europe\nV2,NGA,vice_president,Africa\n"
        "V3,ARG,vice_president,Americas\n"
    )

    assert found.overall is Overall.INVALID
    assert [each.id for each in found.failing] == ["EC-2"]
    (rule,) = found.failing
    assert rule.found.people == ("P", "V1")
    (change,) = rule.cure.changes
    assert change.name == "V1"
    assert str(rule.cure.sentence).startswith("A Vice-President from Asia")


def test_the_commission_of_2017_is_valid() -> None:
    """Two and five, seven nationalities, every expertise by a member of its own."""
    found = judged(
        "interpol_ccf",
        """name,state,chamber,expertise
A,FRA,supervisory_and_advisory,data protection
B,DZA,supervisory_and_advisory,electronic data processing
C,MDA,requests,data protection
D,AGO,requests,international police cooperation
E,RUS,requests,international criminal law
F,ARG,requests,human rights
G,FIN,requests,judicial or prosecutorial
""",
    )

    assert found.overall is Overall.VALID


def test_a_state_belongs_to_a_group_by_purpose_and_day() -> None:
    """The traps: Türkiye, Israel, Kiribati, Cyprus, Hungary."""
    un, itu = shipped_schemes()["un"], shipped_schemes()["itu"]

    assert un.groups_of("TUR", "elections", DAY) == ("western_europe",)
    assert un.groups_of("TUR", "", DAY) == ("asia_pacific",)
    assert un.groups_of("ISR", "elections", date(1999, 1, 1)) == ()
    assert un.groups_of("ISR", "elections", DAY) == ("western_europe",)
    assert un.groups_of("KIR", "elections", date(2010, 6, 1)) == ()
    assert un.groups_of("CYP", "elections", DAY) == ("asia_pacific",)
    assert itu.groups_of("HUN", "elections", DAY) == ("b",)


def test_who_is_elected_in_mid_term_serves_the_remainder() -> None:
    """2018: a Vice-President became President after a resignation, until the predecessor's day."""
    rows = """name,state,role,term_start,term_end,left_on
Meng,CHN,president,2016-11-10,2020-11-10,2018-10-07
Kim,KOR,president,2018-11-21,{end},
"""
    right = judged("interpol_executive_committee", rows.format(end="2020-11-10"), date(2019, 1, 1))
    wrong = judged("interpol_executive_committee", rows.format(end="2022-11-21"), date(2019, 1, 1))

    (kept, broken) = (right.rule("EC-7"), wrong.rule("EC-7"))
    assert kept is not None
    assert broken is not None
    assert kept.outcome is Verdict.PASS
    assert "remainder of Meng's term, to 2020-11-10" in str(kept.found.because)
    assert broken.outcome is Verdict.FAIL
    assert broken.cure.changes[0].values == {"term_end": date(2020, 11, 10)}


def test_the_longest_on_the_committee_acts_as_president() -> None:
    """2008: years as Delegate are counted, so that A acts and not B."""
    found = judged(
        "interpol_executive_committee",
        """name,state,role,term_start,term_end
A,CHL,delegate,2004-10-08,2006-09-22
A,CHL,vice_president,2006-09-22,2009-10-15
B,FRA,vice_president,2007-11-08,2010-11-11
""",
        date(2008, 2, 1),
    )

    rule = found.rule("EC-8")
    assert rule is not None
    assert rule.found.people == ("A",)


def test_every_fault_of_a_file_is_said_by_row() -> None:
    """States that are none, names twice, dates out of order, roles misspelt: all at once."""
    with pytest.raises(Refused) as refused:
        judged(
            "interpol_executive_committee",
            """name,state,role,term_start,term_end
A,XYZ,president,2020-01-01,2019-01-01
B,France,Vicepresident,,
C,DEU,delegate,2020-13-01,
""",
        )

    said = [str(each) for each in refused.value.findings]
    assert any(each.startswith("row 2, state") for each in said)
    assert any("before term_start" in each for each in said)
    assert any("Did you mean FRA?" in each for each in said)
    assert any("Did you mean vice_president?" in each for each in said)
    assert any(each.startswith("row 4, term_start") for each in said)
