"""Promises of the judge and of slates, against second tellings of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from governance.refusals import Verdict
from governance.representation.completing import complete
from governance.representation.composition import Composition, Member
from governance.representation.judge import verdict
from governance.representation.matching import matched
from governance.representation.searching import Task
from governance.representation.verdict import Overall
from governance.representation.view import View, at
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.reading import read_body
from governance.rulebook.linting.yamltext import read_text

DAY = date(2026, 11, 28)
STATES = ("FRA", "DEU", "KEN", "GHA", "JPN", "IND", "BRA", "POL")
HEAD = """schema: 1
body: council
title: Council
region: un
membership: {of: un}
roles: [{key: chair, title: Chair}, {key: member, title: Member}]
columns:
  expertise: {type: words, values: [law, finance, medicine]}
facts: {host: DEU}
schemes:
  - {key: islands, title: Islands, source: own, groups: [{key: small, title: Small, states: [JPN]}]}
tables:
  contribution: {values: {JPN: "8", DEU: "6", FRA: "4", BRA: "2", KEN: "1"}}
rules:
"""
CASES = Path(__file__).parent.parent / "cases" / "representation"
RULES = tuple(
    each
    for each in (CASES / "rules.yaml").read_text("utf-8").splitlines()
    if not each.startswith("#")
)


def council(rules: Sequence[str]) -> Body:
    """A body with these rules."""
    reading = read_text("body.yaml", (HEAD + "".join(f"  {x}\n" for x in rules)).encode())
    body = read_body(reading, Path())
    assert body is not None, [str(each) for each in reading.findings]
    return body


ALL = council(RULES)


def member(number: int, draw: tuple[str, str, str, tuple[str, ...]]) -> Member:
    """Somebody with every fact on file."""
    state, role, sex, expertise = draw
    return Member(f"m{number}", state, role=role, sex=sex, more={"expertise": expertise or None})


FACTS = st.tuples(
    st.sampled_from(STATES),
    st.sampled_from(["chair", "member"]),
    st.sampled_from(["female", "male"]),
    st.lists(
        st.sampled_from(["law", "finance", "medicine"]), min_size=1, max_size=2, unique=True
    ).map(tuple),
)
PEOPLE = st.lists(FACTS, max_size=7).map(
    lambda drawn: tuple(member(number, each) for number, each in enumerate(drawn))
)


def view(body: Body, members: Sequence[Member]) -> View:
    """The body's view of these members."""
    return at(body, Composition(tuple(members)), DAY)


def plain(body: Body, members: Sequence[Member]) -> dict[str, Any]:
    """The verdict as plain data."""
    return verdict(view(body, members)).as_plain()


@given(PEOPLE, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_a_verdict_does_not_depend_on_the_order_of_members(
    members: tuple[Member, ...], chance: Any
) -> None:
    """The same people in another order: the same words, people, numbers and cures."""
    shuffled = list(members)
    chance.shuffle(shuffled)

    assert plain(ALL, members) == plain(ALL, shuffled)


@given(PEOPLE)
@settings(max_examples=40, deadline=None)
def test_a_cure_that_is_applied_makes_the_rule_pass(members: tuple[Member, ...]) -> None:
    """Whatever a cure changes: the rule that it was for is kept afterwards."""
    seen = view(ALL, members)
    for each in verdict(seen).rules:
        if each.cure.changes:
            cured = each.cure.applied(Composition(members))
            after = verdict(view(ALL, cured.members)).rule(each.id)
            assert after is not None
            assert after.outcome is Verdict.PASS, (each.id, each.cure.changes)


@given(PEOPLE)
@settings(max_examples=40, deadline=None)
def test_most_broken_rules_have_a_computed_cure(members: tuple[Member, ...]) -> None:
    """Counting rules always have one: somebody can be exchanged, added or left out."""
    for each in verdict(view(ALL, members)).rules:
        if each.outcome is Verdict.FAIL and each.id in ("R0", "R1", "R2", "R3", "R4", "S3"):
            assert each.cure.changes, each.id


SMALL = st.lists(st.sampled_from(RULES[1:]), min_size=1, max_size=4, unique=True)


@given(SMALL, PEOPLE.map(lambda x: x[:2]), PEOPLE, st.integers(1, 3))
@settings(max_examples=120, deadline=None)
def test_slates_agree_with_brute_force(
    rules: list[str], sitting: tuple[Member, ...], drawn: tuple[Member, ...], seats: int
) -> None:
    """What is returned passes the judge; where none is found, no choice at all would do."""
    body = council(rules)
    candidates = tuple(
        Member(f"c{n}", x.state, role=x.role, sex=x.sex, more=x.more) for n, x in enumerate(drawn)
    )
    found = complete(Task(view(body, sitting), candidates, seats), 20)

    possible = any(
        verdict(view(body, (*sitting, *chosen)), cures=False).overall is Overall.VALID
        for chosen in combinations(candidates, seats)
    )
    assert found.answer == ("found" if possible else "none")
    for slate in found.slates:
        whole = (*sitting, *slate.chosen)
        assert verdict(view(body, whole)).overall is Overall.VALID
        assert len(slate.chosen) == seats
    for clash in found.clashes:
        assert {x.id for x in clash.rules} <= {x.id for x in body.rules}


@given(
    st.lists(st.lists(st.integers(0, 4), max_size=3, unique=True), min_size=1, max_size=5).map(
        lambda rows: dict(enumerate(rows))
    )
)
@settings(max_examples=200, deadline=None)
def test_matching_equals_brute_force(choices: dict[int, list[int]]) -> None:
    """As many are matched as the best of all assignments."""
    best = 0
    people = list(choices)
    for order in permutations(range(5), min(5, len(people))):
        best = max(
            best, sum(seat in choices[who] for who, seat in zip(people, order, strict=False))
        )

    found = matched(dict(choices))
    assert len(found) == best
    assert len(set(found.values())) == len(found)
    assert all(seat in choices[who] for seat, who in found.items())
