"""Somebody leaves: everything is listed, passed on in one act, and access ends."""

from __future__ import annotations

import pytest

from governance.access.signing import begin, challenge, who
from governance.acts import perform
from governance.consultation.standing.absences import PLAN
from governance.consultation.standing.informing import ASK_INFORMATION, Wanting
from governance.consultation.standing.models import Information
from governance.consultation.standing.registering import CORRECT, REGISTER, Corrected, Newcomer
from governance.leaving import LEAVE, Leaving, hanging_on
from governance.people.models import Absence, Person
from governance.people.planning import Told
from governance.people.queries import offices_of
from governance.refusals import Refused
from tests.acts.conftest import At

MAIL = "@organisation.example"


def test_everything_that_hangs_on_somebody_is_listed_and_passed_on(at: At) -> None:
    """Office, open question, substitution and information: one act, one entry, nothing left."""
    world = at("decision")
    asked = world.open_question()
    until = str(world.clock.now().add(days=9))
    plan = Told("legal", str(world.clock.now()), until, f"sg{MAIL}")
    world.do("legal", PLAN, plan, "legal")
    world.do("sg", ASK_INFORMATION, Wanting("Which budget?", f"sg{MAIL}"), asked.id)
    with world.reading() as session:
        hanging = hanging_on(session, "sg", world.clock.now())
    assert {each.kind for each in hanging} == {"information", "office", "question", "substitution"}
    token = begin(world.house, "sg")
    world.do("hr", LEAVE, Leaving(f"south{MAIL}"), "sg")
    with world.reading() as session:
        assert hanging_on(session, "sg", world.clock.now()) == []
        assert "secretary_general" in offices_of(session, "south", world.clock.now())
    assert [each.substitute_id for each in world.rows(Absence)] == ["south"]
    assert [each.of_id for each in world.rows(Information)] == ["south"]
    assert who(world.house, token, "web") is None
    assert challenge(world.house, f"sg{MAIL}").person is None
    world.answer("south", "appoint", "Aalto")
    assert world.faults() == []


def test_one_thing_may_go_to_somebody_else(at: At) -> None:
    """The default takes the rest; without one, an office is vacant and an alarm is raised."""
    world = at("decision")
    given = Leaving(f"south{MAIL}", (("office:legal_adviser", f"east{MAIL}"),))
    world.do("hr", LEAVE, given, "legal")
    with world.reading() as session:
        assert "legal_adviser" in offices_of(session, "east", world.clock.now())
    world.do("hr", LEAVE, Leaving(), "sg")
    assert "nobody_decides" in {each.template for each in world.unsent()}


@pytest.mark.parametrize("to", ["legal@organisation.example", "who@example.org"])
def test_nothing_is_passed_on_to_nobody_or_to_oneself(sqlite_at: At, to: str) -> None:
    """The successor is somebody who stays, or nothing is done."""
    world = sqlite_at("nothing")
    with pytest.raises(Refused):
        world.do("hr", LEAVE, Leaving(to), "legal")
    with world.reading() as session:
        assert session.get_one(Person, "legal").left_at is None
    with pytest.raises(Refused):
        perform(world.house, world.as_("nobody"), LEAVE, "legal", Leaving())


def test_somebody_is_registered_and_reached_under_a_corrected_address(sqlite_at: At) -> None:
    """Every fault at once; nothing personal on record."""
    world = sqlite_at("nothing")
    with pytest.raises(Refused) as found:
        perform(
            world.house, world.as_("hr"), REGISTER, None, Newcomer("nonsense", "", language="de")
        )
    assert {each.where for each in found.value.findings} == {"email", "family_name", "language"}
    new = Newcomer("Awa@Organisation.example", "Quorblix", "Awa", nationality="CIV")
    receipt = perform(world.house, world.as_("hr"), REGISTER, None, new)
    assert receipt is not None
    world.do("hr", CORRECT, Corrected("awa.q@organisation.example"), receipt.subject_id)
    with world.reading() as session:
        assert session.get_one(Person, receipt.subject_id).email == "awa.q@organisation.example"
    assert all(b"Quorblix" not in each.body for each in world.entries())
    with pytest.raises(Refused):
        world.do("hr", CORRECT, Corrected("sg@organisation.example"), receipt.subject_id)
