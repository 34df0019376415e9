"""Words that real bodies asked for: lists of states, facts, short terms, cures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from governance.refusals import Refused, Verdict
from governance.representation.completing import complete
from governance.representation.composition import Composition
from governance.representation.judge import verdict
from governance.representation.matching import turn_of
from governance.representation.members_file import read_members
from governance.representation.searching import Task
from governance.representation.staff_file import read_staff
from governance.representation.terms import minus, plus
from governance.representation.verdict import CompositionVerdict, Overall
from governance.representation.view import at
from governance.rulebook.bodies.reading import load_body, read_law
from governance.rulebook.parts import Period

DAY = date(2026, 11, 28)
HEAD = "schema: 1\nbody: board\ntitle: Board\nregion: un\nmembership: {of: un}\n"


def judged(body: str, members: str) -> CompositionVerdict:
    """The verdict of a body's text on a file."""
    law = read_law(HEAD + body)
    return verdict(at(law, read_members(members, law), DAY))


def test_a_list_of_states_leaves_out_whoever_is_not_on_it() -> None:
    """A state on no list is known to be on none; a region that is missing is still a gap."""
    body = """schemes:
  - {key: lists, title: Lists, source: own, groups: [{key: small, title: Small, states: [FJI]}]}
rules:
  - {id: A, article: a, kind: size, among: {not: {lists: small}}, exactly: 1}
"""
    assert judged(body, "name,state\nA,FJI\nB,FRA\n").overall is Overall.VALID
    told = body.replace("source: own,", "source: own, unlisted: unknown,")
    found = judged(told, "name,state\nA,FJI\nB,FRA\n")
    assert found.overall is Overall.UNDETERMINED
    assert found.rules[0].found.missing == ("lists",)


def test_seats_name_the_fact_that_they_lack() -> None:
    """Where a block of seats asks for a column, the column is missing and not the region."""
    body = """columns: {poor: {type: flag}}
rules:
  - {id: A, article: a, kind: floating, seats: [{of: [africa]}, {where: {poor: true}}]}
"""
    found = judged(body, "name,state,poor\nA,KEN,no\nB,GHA,\n")
    assert found.rules[0].found.missing == ("poor",)


def test_a_table_says_what_holds_for_every_other_state() -> None:
    """`others` fills in what is not listed; without it the state is not on file."""
    body = """tables: {inland: {type: word, values: {NPL: "yes"}, others: "no"}}
rules:
  - {id: A, article: a, kind: size, among: {inland: "no"}, exactly: 1}
"""
    assert judged(body, "name,state\nA,NPL\nB,FRA\n").overall is Overall.VALID
    found = judged(body.replace(', others: "no"', ""), "name,state\nA,NPL\nB,FRA\n")
    assert found.overall is Overall.UNDETERMINED


def test_a_fact_that_a_selection_names_must_be_there() -> None:
    """A slip in its name is a fault of the file; one without a value leaves the rule open."""
    rule = "rules:\n  - {id: A, article: a, kind: eligibility, requires: {state: {fact: host}}}\n"
    with pytest.raises(Refused) as refused:
        read_law(HEAD + "facts: {hostess: FRA}\n" + rule)
    assert 'no fact "host"' in str(refused.value)
    assert "hostess" in str(refused.value.findings[0].cure)
    open_ = judged("facts: {host: {title: The host}}\n" + rule, "name,state\nA,FRA\n")
    assert open_.overall is Overall.UNDETERMINED
    assert open_.rules[0].found.missing == ("host",)


def test_limits_that_stand_together_are_all_kept() -> None:
    """Twelve years in all do not hide that there were three terms in a row."""
    rule = "rules:\n  - {id: A, article: a, kind: term_limit, years: 12, consecutive: 2}\n"
    rows = "A,FRA,2018-01-01,2020-12-31\nA,FRA,2021-01-01,2023-12-31\nA,FRA,2024-01-01,2026-12-31\n"
    found = judged(rule, "name,state,term_start,term_end\n" + rows)
    assert found.rules[0].outcome is Verdict.FAIL
    assert "3 terms in a row" in str(found.rules[0].found.because)


def test_a_cure_asks_no_more_of_somebody_than_it_must() -> None:
    """A Vice-President moves to another region and stays one; a size is kept where it can be."""
    body = """roles: [{key: chair, title: Chair}, {key: vice, title: Vice-Chair}]
rules:
  - id: A
    article: a
    kind: quota
    among: {role: [chair, vice]}
    each: {africa: 1, western_europe: 1}
"""
    found = judged(body, "name,state,role\nA,FRA,chair\nB,DEU,vice\n")
    (change,) = found.rules[0].cure.changes
    assert change.name == "B"
    assert "role" not in (change.values or {})


def test_a_cure_for_eligibility_is_somebody_eligible() -> None:
    """Of a member state that nobody comes from, and of an age that is allowed at the start."""
    body = """rules:
  - {id: A, article: a, kind: eligibility, requires: {member_state: true}}
  - {id: B, article: a, kind: eligibility, requires: {age_at_start: {less_than: 65}}}
"""
    members = "name,state,birth_date,term_start\nA,VAT,1950-01-01,2020-01-01\n"
    law = read_law(HEAD.replace("{of: un}", "{states: [FRA, DEU]}") + body)
    found = verdict(at(law, read_members(members, law), DAY))
    first, second = (each.cure.changes[0].values or {} for each in found.rules)
    assert first["state"] in ("FRA", "DEU")
    assert second["birth_date"] > date(1955, 1, 1)


def test_a_table_of_groups_may_name_them_by_title(tmp_path: Path) -> None:
    """`Near East` in the CSV is the group near_east, and rules may call it either way."""
    (tmp_path / "areas.csv").write_text("state,group\nEGY,Near East\nFRA,Europe\n")
    (tmp_path / "body.yaml").write_text(
        HEAD.replace("region: un", "region: areas")
        + "schemes: [{key: areas, title: Areas, source: own, file: areas.csv}]\n"
        "rules:\n  - {id: A, article: a, kind: quota, each: {Near East: 1, europe: 1}}\n"
    )
    law = load_body(str(tmp_path))
    assert [(each.key, str(each.title)) for each in law.schemes[0].groups] == [
        ("near_east", "Near East"),
        ("europe", "Europe"),
    ]
    members = read_members("name,state\nA,EGY\nB,FRA\n", law)
    assert verdict(at(law, members, DAY)).overall is Overall.VALID


def test_weeks_are_weeks() -> None:
    """In periods forward and back, and in turns."""
    assert plus(date(2026, 1, 1), Period(weeks=2)) == date(2026, 1, 15)
    assert minus(date(2026, 3, 31), Period(months=1)) == date(2026, 2, 28)
    assert turn_of(date(2026, 1, 1), Period(weeks=2), date(2026, 1, 14)) == 0
    assert turn_of(date(2026, 1, 1), Period(weeks=2), date(2026, 1, 15)) == 1


def test_a_range_may_have_its_factors_from_the_staff_file_alone() -> None:
    """Limits without a least width, of a formula whose tables stand nowhere but in the file."""
    law = read_law(
        HEAD
        + """facts: {base: 850}
rules:
  - id: A
    article: a
    kind: range
    base: base
    members: 194
    membership_weight: "0.65"
    contribution_weight: "0.30"
    population_weight: "0.05"
    flex: "25/100"
    lower_at_least: 2
    upper_at_least: 4
"""
    )
    text = "state,staff,contribution,population\nFRA,55,5.8 %,0.9 %\nKEN,0,0.03 %,0.7 %\n"
    found = {each.state: each for each in read_staff(text, law, DAY, {}).standings}
    assert (found["FRA"].lower, found["FRA"].upper, found["FRA"].outcome) == (14, 23, "over")
    assert (found["KEN"].lower, found["KEN"].upper) == (2, 4)
    assert found["KEN"].outcome == "unrepresented"


def test_a_slate_that_there_is_not_names_the_seat_that_nobody_can_have() -> None:
    """One rule alone is told as one, with the seats that would stay empty."""
    law = read_law(
        HEAD
        + """columns: {poor: {type: flag}}
rules:
  - id: A
    article: a
    kind: floating
    seats: [{of: [africa]}, {where: {poor: true}, title: poor countries}]
"""
    )
    coming = read_members("name,state,poor\nA,KEN,no\nB,GHA,no\n", law, what="candidates").members
    found = complete(Task(at(law, Composition(), DAY), coming), 5)
    assert found.answer == "none"
    (clash,) = found.clashes
    assert clash.because == "A cannot be kept by any choice of these candidates"
    assert "nobody for: poor countries" in clash.facts
