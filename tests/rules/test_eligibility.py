"""Eligibility, against a second telling of each rule; and the gates of vetting and letter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.appointments.checks.rules import (
    PRECONDITIONS,
    Gate,
    Vetted,
    every_check_is_satisfactory,
    gate,
    some_check_is_adverse,
)
from governance.appointments.rules import (
    DEGREES,
    ELIGIBILITY,
    OFFICIAL,
    Applicant,
    Sifted,
    age_on,
    at_least_one_rule_is_broken,
    eligibility,
    every_rule_is_kept,
)
from governance.refusals import Verdict
from governance.rulebook.parts import Text
from governance.rulebook.predicates import PREDICATES
from governance.web import words

ON = date(2027, 3, 16)
LANGUAGES = ("ar", "en", "es", "fr", "de", "sw")
CHECKS = (
    "ordered",
    "awaited",
    "received",
    "satisfactory",
    "adverse",
    "disputed",
    "expired",
    "waived",
)

DAYS = st.dates(date(1930, 1, 1), date(2010, 12, 31))
APPLICANTS = st.builds(
    Applicant,
    nationality=st.sampled_from([None, "FRA", "PRK"]),
    languages=st.dictionaries(st.sampled_from(LANGUAGES), st.just("C1"), max_size=5),
    degree=st.sampled_from([None, "diploma", *DEGREES]),
    years_experience=st.one_of(st.none(), st.integers(0, 50)),
    birth_date=st.one_of(st.none(), DAYS),
    is_member=st.sampled_from([None, True, False]),
    on=st.just(ON),
)


def verdict(person: Applicant, rule: str, **numbers: object) -> Verdict:
    """What one rule says of a person."""
    ((found),) = eligibility(person, [(rule, numbers, "Vacancy notice")])
    assert (found.rule, found.article) == (rule, "Vacancy notice")
    assert str(found.because)
    return found.verdict


@given(APPLICANTS)
def test_only_nationals_of_members_are_eligible(person: Applicant) -> None:
    """A nationality or a membership that is not on file leaves it open."""
    found = verdict(person, "member_nationality")
    if person.nationality is None or person.is_member is None:
        assert found is Verdict.UNDETERMINED
    else:
        assert found is (Verdict.PASS if person.is_member else Verdict.FAIL)


@given(APPLICANTS, st.sets(st.sampled_from(OFFICIAL)), st.integers(0, 4))
def test_languages_are_those_required_and_enough_official_ones(
    person: Applicant, required: set[str], least: int
) -> None:
    """Others may be known as well; they count for nothing."""
    found = verdict(person, "official_languages", required=tuple(required), at_least=least)
    known = set(person.languages)
    keeps = required <= known and len(known & {"ar", "en", "es", "fr"}) >= least
    assert found is (Verdict.PASS if keeps else Verdict.FAIL)


@given(APPLICANTS, st.integers(0, 50))
def test_experience_is_counted_in_full_years(person: Applicant, least: int) -> None:
    """As many as asked for are enough."""
    found = verdict(person, "years_of_experience", at_least=least)
    if person.years_experience is None:
        assert found is Verdict.UNDETERMINED
    else:
        assert found is (Verdict.PASS if person.years_experience - least >= 0 else Verdict.FAIL)


@given(APPLICANTS, st.sampled_from(DEGREES))
def test_a_higher_degree_is_enough(person: Applicant, least: str) -> None:
    """The order is that of studies; one that is not known leaves it open."""
    order = {"none": 0, "secondary": 1, "bachelor": 2, "master": 3, "doctorate": 4}
    found = verdict(person, "degree", at_least=least)
    if person.degree not in order:
        assert found is Verdict.UNDETERMINED
    else:
        assert found is (Verdict.PASS if order[person.degree] >= order[least] else Verdict.FAIL)


@given(APPLICANTS, st.integers(18, 80))
def test_the_age_is_that_on_the_day_of_entry_on_duty(person: Applicant, under: int) -> None:
    """Under the limit means that the birthday of the limit has not come by then."""
    found = verdict(person, "age_limit", under=under)
    if person.birth_date is None:
        assert found is Verdict.UNDETERMINED
        return
    reached = (ON.year - under, ON.month, ON.day)
    born = (person.birth_date.year, person.birth_date.month, person.birth_date.day)
    assert found is (Verdict.PASS if born > reached else Verdict.FAIL)


@given(DAYS, st.integers(0, 30_000))
def test_nobody_grows_younger_and_each_birthday_adds_one(born: date, days: int) -> None:
    """Age in whole years, also for who was born on a 29 February."""
    day = born + timedelta(days=days)
    assert 0 <= age_on(born, day) <= days / 365
    assert age_on(born, day + timedelta(days=1)) - age_on(born, day) in (0, 1)
    assert age_on(born, born.replace(year=born.year + 18, day=min(born.day, 28))) in (17, 18)


def test_every_rule_has_its_word_in_the_vocabulary_of_the_law() -> None:
    """What the linter lets a rulebook name can be asked, and the other way round."""
    assert {each.name for each in PREDICATES if each.verb == "sift"} == set(ELIGIBILITY)
    assert {each.name for each in PREDICATES if each.verb == "issue"} == set(PRECONDITIONS)


# --- the gates -----------------------------------------------------------------------------


@given(st.lists(st.sampled_from(list(Verdict)), max_size=6).map(tuple))
def test_a_candidate_is_admitted_or_excluded_and_never_both(verdicts: tuple[Verdict, ...]) -> None:
    """A missing fact admits nobody; only a broken rule excludes."""
    admits = not every_rule_is_kept(Sifted(verdicts)).blocks
    excludes = not at_least_one_rule_is_broken(Sifted(verdicts)).blocks
    assert not (admits and excludes)
    assert excludes is (Verdict.FAIL in verdicts)
    assert admits is not bool({Verdict.FAIL, Verdict.UNDETERMINED} & set(verdicts))


@given(st.lists(st.sampled_from(CHECKS), max_size=8).map(tuple))
def test_cleared_means_that_every_check_is_satisfactory(states: tuple[str, ...]) -> None:
    """No check at all clears nobody; without an adverse one nobody is refused."""
    clears = not every_check_is_satisfactory(Vetted(states)).blocks
    assert clears is (bool(states) and set(states) <= {"satisfactory", "waived"})
    assert some_check_is_adverse(Vetted(states)).blocks is not bool(
        {"adverse", "disputed"} & set(states)
    )


@given(
    st.sampled_from(["chosen", "shortlisted", "cleared", "withdrawn", "none"]),
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(CHECKS)), max_size=8).map(tuple),
    st.lists(st.sampled_from("abc"), max_size=2).map(tuple),
)
def test_a_letter_is_for_the_chosen_with_every_check_closed(
    candidacy: str, checks: tuple[tuple[str, str], ...], excepted: tuple[str, ...]
) -> None:
    """No other state of a person or of a check opens the gate; an exception says that it is one."""
    found = gate(Gate(candidacy, checks, excepted))
    bad = {kind for kind, state in checks if state not in {"satisfactory", "waived"}}
    closed = bool(checks) and not bad
    by_exception = bool(bad) and bad <= set(excepted)
    assert found.blocks is not (candidacy == "chosen" and (closed or by_exception))
    assert (found.verdict is Verdict.EXCEPTION) is (not found.blocks and bool(bad))


def test_the_gate_names_checks_as_the_law_calls_them_in_the_readers_language() -> None:
    """Titles, not keys; a kind that the law no longer has is told by its key."""
    titles = {
        "home_agreement": Text({"en": "Agreement of the home administration", "fr": "Accord"})
    }
    checks = (("home_agreement", "ordered"), ("old_kind", "adverse"))
    found = gate(Gate("chosen", checks, titles=titles))
    assert "(Agreement of the home administration, old kind)" in str(found)
    assert "(Accord, old kind)" in words.sentence(found.because, "fr")


@pytest.mark.parametrize("rule", sorted(ELIGIBILITY))
def test_every_rule_of_eligibility_says_itself_in_a_sentence(rule: str) -> None:
    """What a rule asks can be read by whoever is judged by it."""
    assert (ELIGIBILITY[rule].__doc__ or "").endswith(".")
