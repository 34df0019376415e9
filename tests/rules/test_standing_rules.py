"""Who may answer for whom, told a second time and compared; and the plans of absences."""

from __future__ import annotations

from dataclasses import replace

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.consultation.standing.conflicts import FOUND, Facts, conflicts
from governance.consultation.standing.rules import (
    Away,
    Deputy,
    Seat,
    nobody_can_decide,
    right_of,
    rights,
)
from governance.people.rules import PLANNING, Period, Planning
from governance.refusals import Verdict

NOW = pendulum.datetime(2026, 11, 23, 8)
LATER = NOW.add(days=7)
PEOPLE = ("ada", "ben", "cho", "dia")


def away(*people: str, substitute: str | None = None) -> dict[str, tuple[Away, ...]]:
    """These people are away, the first of them with a substitute."""
    found = {each: (Away(LATER),) for each in people}
    if substitute:
        found[people[0]] = (Away(LATER, substitute),)
    return found


def test_the_holder_of_the_office_answers_whoever_was_written_to() -> None:
    """The office is asked: its new holder speaks, and the former one no longer."""
    seat = Seat(asked="ada", office="legal", holder="ben")
    assert [(each.kind, each.person) for each in rights(seat)] == [("successor", "ben")]


def test_a_substitute_acts_beside_the_holder_until_the_instant() -> None:
    """The record can say for whom, under which instrument and until when."""
    seat = Seat("ada", "legal", holder="ada", away=away("ada", substitute="ben"))
    found = right_of(seat, "ben")
    assert found is not None
    assert (found.kind, found.for_person, found.until) == ("substitute", "ada", LATER)
    assert found.on_record()["instrument"]


def test_substitution_does_not_cascade() -> None:
    """The substitute of a substitute has no right, and nobody who is there is an alarm."""
    both = away("ada", substitute="ben") | away("ben", substitute="cho")
    seat = Seat("ada", "legal", holder="ada", away=both)
    assert [each.person for each in rights(seat)] == ["ada"]
    assert nobody_can_decide(seat)


def test_substitution_does_not_reach_the_substitutes_own_case() -> None:
    """Whoever is kept out stays out, in whosever name."""
    absences = away("ada", substitute="ben")
    seat = Seat("ada", "legal", holder="ada", away=absences, kept_out=frozenset({"ben"}))
    assert right_of(seat, "ben") is None


def test_whoever_is_kept_out_sends_nobody_in_their_place() -> None:
    """On the holder's own case only the deputy of the instrument decides, not whom they named."""
    seat = Seat(
        "ada",
        "legal",
        holder="ada",
        deputies=(Deputy("deputy", "cho", "art. 5"),),
        away=away("ada", substitute="ben"),
        kept_out=frozenset({"ada"}),
    )
    assert [(each.person, each.instrument) for each in rights(seat)] == [("cho", "art. 5")]


def test_a_standing_deputy_knows_when_the_absence_ends() -> None:
    """The later end of two absences; none where the holder's own case calls the deputy."""
    absences = {"ada": (Away(LATER), Away(LATER.add(days=3)))}
    deputies = (Deputy("deputy", "cho", "art. 5"),)
    seat = Seat("ada", "legal", holder="ada", deputies=deputies, away=absences)
    found = right_of(seat, "cho")
    assert found is not None
    assert found.until == LATER.add(days=3)
    own_case = right_of(replace(seat, kept_out=frozenset({"ada"})), "cho")
    assert own_case is not None
    assert own_case.until is None


def test_a_question_to_a_person_is_answered_by_nobody_else() -> None:
    """A candidate or referee has no office that anybody could act for."""
    seat = Seat("ada", away=away("ada", substitute="ben"))
    assert [each.person for each in rights(seat)] == ["ada"]


def test_a_substitution_for_one_case_reaches_no_other() -> None:
    """Scope may be an office or the reference of a case."""
    only = {"ada": (Away(LATER, "ben", frozenset({"INT-2026-0001"})),)}
    here = Seat("ada", "legal", "INT-2026-0001", holder="ada", away=only)
    elsewhere = Seat("ada", "legal", "INT-2026-0002", holder="ada", away=only)
    assert right_of(here, "ben") is not None
    assert right_of(elsewhere, "ben") is None


people = st.sampled_from(PEOPLE)
someone = st.none() | people


@st.composite
def seats(draw: st.DrawFn) -> Seat:
    """Any seat that four people can make."""
    absences = draw(st.dictionaries(people, st.tuples(st.builds(Away, st.just(LATER), someone))))
    return Seat(
        asked=draw(people),
        office=draw(st.sampled_from(["", "legal"])),
        holder=draw(someone),
        deputies=tuple(
            Deputy(f"d{number}", each, f"art. {number}")
            for number, each in enumerate(draw(st.lists(someone, max_size=2)))
        ),
        away=absences,
        delegate=draw(someone),
        kept_out=draw(st.frozensets(people, max_size=2)),
    )


def reference(seat: Seat) -> set[str]:
    """The same told a second time, as a lawyer would: who may answer."""
    principal = seat.holder if seat.office else seat.asked
    able = principal is not None and principal not in seat.kept_out
    there = set(PEOPLE) - set(seat.kept_out) - {each for each in seat.away if seat.away[each]}
    found = {principal} if able else set()
    if seat.office:
        absent = bool(seat.away.get(seat.holder or ""))
        named = seat.away[seat.holder][0].substitute if absent and seat.holder else None
        if able and named in there:
            found.add(named)
        elif absent or not able:
            found |= set([each.person for each in seat.deputies if each.person in there][:1])
    if able and seat.delegate in there:
        found.add(seat.delegate)
    return {each for each in found if each}


@given(seats())
def test_the_rules_agree_with_a_second_telling(seat: Seat) -> None:
    """For any seat the same people may answer, and nobody who is kept out."""
    found = {each.person for each in rights(seat)}
    assert found == reference(seat)
    assert not found & seat.kept_out


@given(seats())
def test_everybody_but_the_principal_is_there_and_has_an_instrument(seat: Seat) -> None:
    """Whoever acts for another is not away, and can say by which right."""
    for each in rights(seat):
        if each.kind in {"substitute", "delegate"}:
            assert not seat.away.get(each.person)
            assert each.instrument


@pytest.mark.parametrize("ground", FOUND)
def test_each_ground_keeps_apart_and_is_named(ground: str) -> None:
    """Nationality, family, own case and own line are found from facts."""
    facts = Facts(
        {"ada": "FRA", "cand": "FRA"},
        [("cand", "ada", "family"), ("ada", "cand", "own_line")],
    )
    subjects = {"ada"} if ground == "own_case" else {"cand"}
    assert conflicts(["ada", "ben"], subjects, [ground], facts) == {"ada": ground}
    assert conflicts(["ada", "ben"], subjects, [], facts) == {}


def plan(**changes: object) -> dict[str, Verdict]:
    """What the rules say of a plan, by rule."""
    given_: dict[str, object] = {
        "now": NOW,
        "person": "ada",
        "period": Period(NOW.add(days=1), LATER),
        "substitute": "ben",
        "offices": frozenset({"legal"}),
    }
    case = Planning(**(given_ | changes))  # type: ignore[arg-type]
    return {each.rule: each.verdict for each in PLANNING.findings(case)}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"period": Period(LATER, NOW)}, "absence_has_an_end"),
        ({"period": Period(NOW.subtract(days=3), NOW)}, "absence_has_an_end"),
        ({"mine": (Period(NOW, LATER),)}, "absences_do_not_overlap"),
        ({"substitute": "ada"}, "substitute_is_somebody_else"),
        ({"known": False}, "substitute_is_somebody_else"),
        ({"theirs": (Period(NOW, NOW.add(days=2)),)}, "substitute_is_there"),
        ({"scope": frozenset({"treasurer"})}, "scope_is_the_persons_own"),
    ],
)
def test_a_plan_that_cannot_work_is_refused_for_its_reason(
    changes: dict[str, object], rule: str
) -> None:
    """Each fault has its rule, and the others pass."""
    found = plan(**changes)
    assert [name for name, verdict in found.items() if verdict == Verdict.FAIL] == [rule]


def test_an_office_that_nobody_decides_for_is_told_and_not_forbidden() -> None:
    """People fall ill: the absence stands, and the alarm is raised with it."""
    assert plan(substitute=None)["somebody_decides_meanwhile"] == Verdict.ADVISORY
    covered = plan(substitute=None, deputised=frozenset({"legal"}))
    assert covered["somebody_decides_meanwhile"] == Verdict.PASS
