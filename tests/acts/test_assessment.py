"""A panel assesses: lawful or not at all, unseen by one another, ranked, then recommended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import Engine, event

from governance.appointments.assessment.panel import (
    COMPOSE,
    DECLARE,
    NAME,
    RECUSE,
    SET_CRITERIA,
    Criteria,
    Declared,
    Named,
    Recused,
)
from governance.appointments.assessment.recommending import NOTE, RECOMMEND, Note, Shortlist
from governance.appointments.assessment.standing import assessing_of, findings_of
from governance.appointments.law import law_of
from governance.appointments.models import Case
from governance.appointments.queries import case_file
from governance.appointments.telling import tell_case, tell_record
from governance.people.models import Holding
from governance.refusals import Refused
from tests.acts import competing
from tests.acts.competing import NAMES, PANEL, SCORES, TRAINED, address
from tests.acts.conftest import At

pytestmark = pytest.mark.slow


@pytest.fixture
def asked() -> Iterator[Counter[str]]:
    """How often each statement was put to a database, whatever its values."""
    told: Counter[str] = Counter()

    def hear(*given: Any) -> None:
        told[given[2]] += 1

    event.listen(Engine, "before_cursor_execute", hear)
    yield told
    event.remove(Engine, "before_cursor_execute", hear)


def test_no_query_is_put_for_each_candidate(sqlite_at: At, asked: Counter[str]) -> None:
    """The rules of a panel and a recommendation take as many queries for hundreds as for four."""
    world = sqlite_at("nothing")
    competing.ranked(world)
    shortlist = Shortlist(tuple(world.candidacy(each).id for each in ("Aalto", "Boonmee")))
    with world.reading() as session:
        case = session.get_one(Case, world.case)
        law = assessing_of(law_of(session, case.law), case)
        asked.clear()
        now = world.house.clock.now()
        findings_of(session, case, law, now, now.date())
    assert set(asked.values()) == {1}
    asked.clear()
    world.do("hr", RECOMMEND, shortlist)
    assert all(times == 1 for said, times in asked.items() if said.startswith("SELECT candidacy"))


def test_a_panel_is_refused_with_every_rule_that_it_breaks(at: At) -> None:
    """One member: too few, nobody from outside, one sex, one country, each with its article."""
    world = at("nothing")
    competing.launch(world)
    world.do("hr", NAME, Named(address("chair"), "chair"))
    with pytest.raises(Refused) as refusal:
        world.do("hr", COMPOSE, None)
    rules = {each.rule for each in refusal.value.findings}
    assert rules == {
        "panel_size",
        "panel_outside_member",
        "panel_both_sexes",
        "panel_countries",
        "panel_trained",
    }
    assert all(each.article for each in refusal.value.findings)


def test_a_lawful_panel_is_asked_once_everybody_has_declared(sqlite_at: At) -> None:
    """The question goes to the members alone, about everybody who is cleared."""
    world = sqlite_at("nothing")
    competing.composed(world)
    asked = world.open_question()
    assert {each.person_id for each in world.invitations(asked.id)} == set(PANEL)
    assert len(asked.content["candidates"]) == len(NAMES)
    assert (asked.form, asked.secrecy) == ("scores", "secret_until_close")


def test_kinship_stops_a_panel_until_the_member_is_recused_and_replaced(sqlite_at: At) -> None:
    """What a member declares is held against the candidates; who is recused leaves a reason."""
    world = sqlite_at("nothing")
    competing.vetted(world)
    world.do("hr", NAME, Named(address("chair"), "chair", trained_on=TRAINED))
    world.do("hr", NAME, Named(address("outside"), outside=True, trained_on=TRAINED))
    world.do("hr", NAME, Named(address("third"), trained_on=TRAINED))
    world.do("third", DECLARE, Declared((("aalto@candidates.example", "kinship"),)))
    with pytest.raises(Refused, match="related to a candidate"):
        world.do("hr", COMPOSE, None)
    other = Named(address("legal"), trained_on=TRAINED)
    world.do("hr", RECUSE, Recused("A cousin.", address("third"), other))
    world.do("hr", COMPOSE, None)
    assert competing.the_assessment(world).state == "composed"


def test_a_line_of_report_is_found_from_the_offices(sqlite_at: At) -> None:
    """A candidate who holds an office under a member's is in that member's line of report."""
    world = sqlite_at("nothing")
    competing.vetted(world)
    with world.house.database.deciding() as session:
        session.add(
            Holding(
                office="criminal_intelligence_analyst",
                person_id=world.candidacy("Dube").person_id,
                since=world.clock.now(),
            )
        )
    world.do("hr", NAME, Named(address("panel"), "chair", trained_on=TRAINED))
    with pytest.raises(Refused) as refusal:
        world.do("hr", COMPOSE, None)
    assert "panel_no_line_of_report" in {each.rule for each in refusal.value.findings}


def test_a_candidate_gets_no_seat(sqlite_at: At) -> None:
    """Nobody judges themselves, whatever the rulebook says."""
    world = sqlite_at("nothing")
    competing.vetted(world)
    with pytest.raises(Refused, match="candidates in this case"):
        world.do("hr", NAME, Named("aalto@candidates.example"))


def test_weights_are_fixed_before_the_first_name(sqlite_at: At) -> None:
    """Before the first candidate they may be set, afterwards not."""
    world = sqlite_at("nothing")
    competing.launch(world)
    world.do("hr", SET_CRITERIA, Criteria({"languages": "3/5"}))
    weights = {each["key"]: each["weight"] for each in competing.the_assessment(world).criteria}
    assert weights["languages"] == "3/5"
    world = sqlite_at("nothing")
    competing.vetted(world)
    with pytest.raises(Refused, match="before names are known"):
        world.do("hr", SET_CRITERIA, Criteria({"languages": "3/5"}))


def test_no_score_is_read_before_the_scoring_is_closed(sqlite_at: At) -> None:
    """Neither by a member who has not scored, nor by one who has, nor by HR, nor in the record."""
    world = sqlite_at("nothing")
    competing.composed(world)
    marked = dict.fromkeys(NAMES, ("17/4", "17/4", "17/4", "17/4"))
    competing.score(world, "chair", **marked)
    reference = world.the_case().reference
    for person in ("chair", "outside", "third", "hr", "auditor"):
        actor = world.as_(person)
        told = [str(tell_case(world.house, actor, reference))]
        told += [str(each) for each in tell_record(world.house, actor, reference)]
        if person in {"hr", "auditor"}:
            with world.reading() as session:
                told.append(
                    str(case_file(session, actor, reference).consultations[-1].consultation)
                )
        mine = person == "chair"
        assert mine or not any("17/4" in each for each in told), person


def test_the_ranking_is_kept_with_what_it_depends_on(at: At) -> None:
    """Exact totals; whoever is below a minimum has no place, whatever the total."""
    world = at("nothing")
    competing.ranked(world)
    told = competing.the_assessment(world).ranking
    places = {each["candidate"]: each["place"] for each in told["ranking"]}
    assert places[world.candidacy("Cherkaoui").id] is None
    assert [places[world.candidacy(name).id] for name in ("Aalto", "Boonmee", "Dube")] == [1, 2, 3]
    total = next(each["total"] for each in told["ranking"] if each["place"] == 1)
    assert Fraction(total) == Fraction(2 * 4, 25) + Fraction(3 * 4, 50) + Fraction(
        3, 25
    ) + Fraction(4, 50)


def test_a_difference_wants_a_note_before_the_recommendation(sqlite_at: At) -> None:
    """It is not averaged away: two points apart, and the discussion goes on file."""
    world = sqlite_at("nothing")
    competing.composed(world)
    competing.score(world, "chair", **SCORES)
    competing.score(world, "outside", **SCORES)
    competing.score(world, "third", **(SCORES | {"Aalto": ("4", "2", "3", "4")}))
    world.go_on()
    best = Shortlist((world.candidacy("Aalto").id,))
    with pytest.raises(Refused, match="no note of the discussion"):
        world.do("hr", RECOMMEND, best)
    world.do("hr", NOTE, Note("The third member had read another version of the test."))
    world.do("hr", RECOMMEND, best)
    assert world.states()["Aalto"] == "shortlisted"


def test_another_order_than_the_rankings_wants_a_reason(sqlite_at: At) -> None:
    """Where the rule wants a ranked list, the ranking's order stands unless the panel says why."""
    world = sqlite_at("nothing")
    competing.ranked(world)
    turned = tuple(world.candidacy(name).id for name in ("Boonmee", "Aalto"))
    with pytest.raises(Refused, match="order differs"):
        world.do("hr", RECOMMEND, Shortlist(turned))
    world.do("hr", RECOMMEND, Shortlist(turned, "The test counts more than the rule could say."))
    assert competing.the_assessment(world).recommended == list(turned)


def test_nobody_below_a_minimum_is_recommended(sqlite_at: At) -> None:
    """Not with a reason either."""
    world = sqlite_at("nothing")
    competing.ranked(world)
    below = Shortlist((world.candidacy("Cherkaoui").id,), "All the same.")
    with pytest.raises(Refused, match="below a minimum"):
        world.do("hr", RECOMMEND, below)


def test_a_recused_member_is_waited_for_no_longer(sqlite_at: At) -> None:
    """The scores of the others close the question; what the recused one gave is not counted."""
    world = sqlite_at("nothing")
    competing.composed(world)
    competing.score(world, "third", **dict.fromkeys(NAMES, ("0", "0", "0", "0")))
    world.do("third", RECUSE, Recused("I have met one of them."))
    competing.score(world, "chair", **SCORES)
    competing.score(world, "outside", **SCORES)
    world.go_on()
    told = competing.the_assessment(world)
    assert told.state == "ranked"
    assert told.ranking["disagreement"] == []
