"""A tie in a procedure: its stage comes again, and what the rule says of a second tie holds."""

from __future__ import annotations

from governance.access.actor import operator
from governance.acts import perform
from governance.installing import LOAD_RULEBOOK
from governance.rulebook.decisions import DecisionRule
from governance.rulebook.loader import load
from governance.rulebook.schema import Rulebook
from governance.rulebook.stages import Consult
from tests.acts.conftest import At
from tests.acts.test_weighing_by_a_body import walk
from tests.acts.world import LEADERS, World

RULE = DecisionRule.model_validate(
    {
        "kind": "majority",
        "positions": ["yes", "no", "abstain"],
        "tie": {"rule": "revote", "then": "carried"},
    }
)


def with_a_vote(rulebook: Rulebook) -> Rulebook:
    """The law with a vote of the leaders that is taken again when it is tied."""

    def changed(stage: Consult) -> Consult:
        outcomes = {"revote": "consultation", "lost": "selection"}
        return stage.model_copy(update={"rule": RULE, "outcomes": outcomes})

    procedures = tuple(
        each.model_copy(
            update={
                "stages": tuple(
                    changed(stage)
                    if isinstance(stage, Consult) and stage.key == "consultation"
                    else stage
                    for stage in each.stages
                )
            }
        )
        for each in rulebook.procedures
    )
    return rulebook.model_copy(update={"procedures": procedures})


def tie(world: World) -> None:
    """One for, one against, one neither."""
    for person, position in zip(LEADERS, ("yes", "no", "abstain"), strict=True):
        world.answer(person, position)
    world.go_on()


def test_a_second_tie_means_what_the_rule_says_of_it(sqlite_at: At) -> None:
    """Not a third vote without end: the second round carries, and the case goes on."""
    world = sqlite_at("nothing")
    law = with_a_vote(load(world.house.settings.rulebook_folder))
    perform(world.house, operator(), LOAD_RULEBOOK, None, law)
    walk(world, "consultation")
    tie(world)
    again = world.open_question()
    assert (again.step_key, again.round) == ("consultation", 2)
    assert {each.person_id for each in world.invitations(again.id)} == set(LEADERS)
    tie(world)
    last = max(
        world.questions("closed"), key=lambda each: (each.step_key == "consultation", each.round)
    )
    assert last.outcome is not None
    assert (last.round, last.outcome["result"]) == (2, "carried")
    assert world.open_question().step_key == "decision"
