"""A shortlist weighed by the rules of a body that ships: the verdict is kept for who decides."""

from __future__ import annotations

from governance.access.actor import operator
from governance.acts import perform
from governance.installing import LOAD_RULEBOOK
from governance.rulebook.bodies.reading import load_shipped
from governance.rulebook.loader import load
from governance.rulebook.schema import Rulebook
from governance.rulebook.stages import Weigh
from tests.acts.conftest import At
from tests.acts.walk import WALK
from tests.acts.world import World

BODY = "interpol_executive_committee"


def weighed_by_body(rulebook: Rulebook) -> Rulebook:
    """The law with every stage that weighs asking the body as well."""
    procedures = tuple(
        each.model_copy(
            update={
                "stages": tuple(
                    stage.model_copy(update={"body": BODY}) if isinstance(stage, Weigh) else stage
                    for stage in each.stages
                )
            }
        )
        for each in rulebook.procedures
    )
    return rulebook.model_copy(update={"procedures": procedures})


def walk(world: World, last: str) -> None:
    """The case is brought to a stage under the law that is in force now."""
    names = [key for key, _ in WALK]
    for _, step in WALK[1 : names.index(last) + 1]:
        step(world)
        world.go_on()


def test_the_rules_of_a_body_stand_beside_those_of_the_procedure(sqlite_at: At) -> None:
    """Each candidate of the shortlist has the findings of the body, by rule and article."""
    world = sqlite_at("nothing")
    law = weighed_by_body(load(world.house.settings.rulebook_folder))
    perform(world.house, operator(), LOAD_RULEBOOK, None, law)
    walk(world, "consultation")
    (newest,) = list(world.the_case().verdicts.values())[-1:]
    named = {each.id: str(each.article) for each in load_shipped(BODY).rules}
    assert newest
    for findings in newest.values():
        ours = [each for each in findings if each["rule"] in named]
        assert ours
        assert all(each["article"] for each in ours)
