"""The choice of a Secretary General, as it ran in 2023 and 2024, through the acts."""

from __future__ import annotations

import pytest

from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation
from governance.refusals import Refused
from tests.acts.conftest import At
from tests.acts.electing import assembled, count, latest, propose, shortlisted
from tests.acts.trying import rules_of
from tests.acts.world import World

pytestmark = pytest.mark.slow

TELLERS = ("teller_one", "teller_two")


def closed_on(world: World, step: str) -> str:
    """The day on which the newest question of a stage was closed."""
    at = latest(world, step).closed_at
    return at.date().isoformat() if at else "open"


def result(question: Consultation) -> object:
    """What a question came to, if it is closed."""
    return question.outcome["result"] if question.outcome else None


def test_the_procedure_of_2023_and_2024_ends_with_an_appointment(sqlite_at: At) -> None:
    """Call, shortlist, proposal and vote on their days; two tellers enter one count, and only that.

    Tellers are asked to count, and have no vote. What one of them enters alone, or differently
    from the other, decides nothing. The checks of February still hold in November.
    """
    world = sqlite_at("nothing")
    assembled(world)
    assert world.states()["Boonmee"] == "chosen"
    asked = world.open_question()
    assert not any(each.entitled for each in world.invitations(asked.id))
    with pytest.raises(Refused) as refusal:
        world.do("teller_one", ANSWER, GivenAnswer("yes", seen_version=1), asked.id)
    assert rules_of(refusal.value) == {"counted_by_a_teller"}

    count(world, "teller_one", yes=99, no=58, abstain=12, invalid=2)
    assert result(latest(world, "vote")) is None
    count(world, "teller_two", yes=98, no=59, abstain=12, invalid=2)
    assert result(latest(world, "vote")) is None
    count(world, "teller_two", yes=99, no=58, abstain=12, invalid=2)
    assert result(latest(world, "vote")) == "carried"
    world.answer_by_link("accept")
    world.go_on()

    assert world.the_case().state == "completed"
    assert world.states()["Boonmee"] == "appointed"
    steps = ("call_approval", "shortlist", "proposal", "vote")
    assert [closed_on(world, step) for step in steps] == [
        "2023-07-03",
        "2024-03-14",
        "2024-06-25",
        "2024-11-05",
    ]
    assert world.faults() == []


def test_a_ballot_without_a_majority_is_held_again_and_a_tie_in_the_hall_is_lost(
    sqlite_at: At,
) -> None:
    """5, 5 and 3 of 13 propose nobody; the next round is between the two highest.

    60 papers against 60 are no majority, whatever the abstentions; whoever was not elected may be
    proposed again, and abstentions are no votes.
    """
    world = sqlite_at("nothing")
    shortlisted(world)
    propose(world, Aalto=5, Boonmee=5, Cherkaoui=3)
    second = world.open_question()
    assert (second.step_key, second.round) == ("proposal", 2)
    standing = {world.candidacy(each).id for each in ("Aalto", "Boonmee")}
    assert set(second.content["candidates"]) == standing
    propose(world, Aalto=6, Boonmee=7)
    assert world.states()["Boonmee"] == "chosen"

    for teller in TELLERS:
        count(world, teller, yes=60, no=60, abstain=40)
    assert world.the_case().stage == "proposal"
    assert set(world.states().values()) == {"shortlisted"}
    propose(world, Boonmee=13)
    for teller in TELLERS:
        count(world, teller, yes=2, no=1, abstain=150)
    world.answer_by_link("accept")
    world.go_on()
    assert world.states()["Boonmee"] == "appointed"
