"""Rules of representation, against a second telling of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from governance.refusals import Verdict
from governance.representation.composition import Composition, Member
from governance.representation.rules import RULES, distinct_countries, distinct_regions, weigh
from governance.rulebook.predicates import PREDICATES

STATES = {"FRA": "europe", "FIN": "europe", "MAR": "africa", "THA": "asia", "XKX": None}


def member(state: str) -> Member:
    """Somebody from a state; one of them has no region, one no state on file."""
    return Member(name=state, state=state, region=STATES.get(state))


SITTING = st.lists(st.sampled_from([*STATES, ""]), max_size=8).map(
    lambda states: Composition(tuple(map(member, states)))
)
KNOWN = st.lists(st.sampled_from(["FRA", "FIN", "MAR", "THA"]), max_size=8).map(
    lambda states: Composition(tuple(map(member, states)))
)


@given(SITTING, st.integers(1, 4))
def test_distinct_countries_counts_nationals(composition: Composition, most: int) -> None:
    """A nationality that is not on file leaves it open; otherwise nobody is one too many."""
    found = distinct_countries(composition, {"at_most": most}).verdict
    states = [each.state for each in composition.members]
    if "" in states:
        assert found is Verdict.UNDETERMINED
    elif any(states.count(state) > most for state in states):
        assert found is Verdict.FAIL
    else:
        assert found is Verdict.PASS


@given(SITTING, st.integers(1, 5))
def test_distinct_regions_counts_regions(composition: Composition, least: int) -> None:
    """A country without a region leaves it open."""
    found = distinct_regions(composition, {"at_least": least}).verdict
    regions = [each.region for each in composition.members]
    if None in regions:
        assert found is Verdict.UNDETERMINED
    else:
        assert found is (Verdict.PASS if len(set(regions)) >= least else Verdict.FAIL)


@given(KNOWN, st.sampled_from(["FRA", "FIN", "MAR", "THA"]), st.integers(1, 3))
def test_one_more_person_never_cures_a_crowded_country_nor_loses_a_region(
    composition: Composition, state: str, number: int
) -> None:
    """Adding somebody moves each rule in one direction only."""
    more = composition.with_member(member(state))
    if distinct_countries(composition, {"at_most": number}).verdict is Verdict.FAIL:
        assert distinct_countries(more, {"at_most": number}).verdict is Verdict.FAIL
    if distinct_regions(composition, {"at_least": number}).verdict is Verdict.PASS:
        assert distinct_regions(more, {"at_least": number}).verdict is Verdict.PASS


@given(KNOWN, st.randoms())
def test_the_order_of_members_does_not_matter(composition: Composition, luck: object) -> None:
    """A composition is a set of people with seats, not a list."""
    members = list(composition.members)
    luck.shuffle(members)  # type: ignore[attr-defined]
    shuffled = Composition(tuple(members))
    for each in RULES.values():
        assert each(composition, {}).verdict == each(shuffled, {}).verdict


@given(KNOWN)
def test_without_numbers_everybody_is_from_another_country_and_region(
    composition: Composition,
) -> None:
    """The rules' own numbers: one of a country, as many regions as people."""
    people = len(composition.members)
    countries = len({each.state for each in composition.members})
    regions = len({each.region for each in composition.members})
    assert (distinct_countries(composition, {}).verdict is Verdict.PASS) is (countries == people)
    assert (distinct_regions(composition, {}).verdict is Verdict.PASS) is (regions == people)


def test_a_verdict_names_rule_article_and_numbers() -> None:
    """What is shown to whoever decides can be checked by counting."""
    composition = Composition(tuple(map(member, ("FRA", "FRA", "MAR"))))
    rules = [
        ("distinct_countries", {}, "Rules, art. 3"),
        ("distinct_regions", {"at_least": 3}, "Rules, art. 4"),
    ]
    one, two = weigh(composition, rules)
    assert (one.rule, one.article, one.verdict) == (
        "distinct_countries",
        "Rules, art. 3",
        Verdict.FAIL,
    )
    assert str(one.because) == "more than 1 from: FRA"
    assert str(two.because) == "2 regions where 3 are wanted: africa 1, europe 2"


def test_every_rule_has_its_word_in_the_vocabulary_of_the_law() -> None:
    """What the linter lets a rulebook name can be asked, and the other way round."""
    named = {each.name for each in PREDICATES if each.verb == "weigh"}
    assert named == set(RULES)
