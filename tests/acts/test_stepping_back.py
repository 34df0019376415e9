"""Who steps back is heard no more: their deputy is asked, has a time of their own, is proven."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pendulum

from governance.acts import Moment, Verb, Written
from governance.appointments.models import Case
from governance.consultation.models import Consultation, Invitation
from governance.consultation.opening import Asked, Question, open_consultation
from governance.consultation.queries import Put, put_all
from governance.consultation.standing.offices import TAKE_OFFICE, TIE, Close, Holds
from governance.consultation.standing.recusing import RECUSE, SteppingBack
from governance.consultation.timeline import silences, timeline
from tests.acts.asking import a_rule
from tests.acts.conftest import At
from tests.acts.world import World

TACIT = {"working_days": 5, "on_late": "tacit"}


def put(world: World, within: Mapping[str, Any] = TACIT, **content: object) -> str:
    """The Secretary General, who has a deputy, and a director are asked for an objection."""

    def ask(moment: Moment, case: Case | None, _: None) -> Written[Case]:
        question = Question(
            owner=("case", world.case),
            step_key="extra",
            round=1,
            reference="INT-2026-0001",
            question={"en": "Do you object?"},
            asked_by="hr",
            rule=a_rule("no_objection", within=dict(within)),
            level="session",
            content=dict(content),
            asked=(Asked("sg", "secretary_general", "lyon"), Asked("staff", "director_hr", "lyon")),
        )
        return Written({"consultation": open_consultation(moment, question).id}, case)

    world.do("hr", TAKE_OFFICE, Holds("deputy_secretary_general"), "south")
    verb: Verb[Case, None] = Verb("case:justify", Case, "case", lambda *_: "test", ask)
    return str(world.do("hr", verb, None).facts["consultation"])


def seat(world: World, question: str) -> Invitation:
    """The seat of the Secretary General."""
    return next(each for each in world.invitations(question) if each.person_id == "sg")


def as_put(world: World, question: str) -> Put:
    """The question with everybody asked."""
    with world.reading() as session:
        (found,) = put_all(session, [session.get_one(Consultation, question)])
        return found


def test_a_deputy_has_a_whole_time_and_their_silence_is_proven_as_theirs(sqlite_at: At) -> None:
    """Delivered to whom, when: not what the one who stepped back was sent days before."""
    world = sqlite_at("decision")
    question = put(world)
    world.hand_over()
    first = seat(world, question).due_at
    world.clock.advance(days=3)
    world.do("sg", RECUSE, SteppingBack("other"), question)
    assert seat(world, question).due_at is None
    reached = world.clock.now()
    world.hand_over()
    second = seat(world, question).due_at
    assert first is not None
    assert second is not None
    assert second > first
    world.clock.set(pendulum.instance(first))
    world.go_on(mails=False)
    assert as_put(world, question).consultation.state == "open"
    world.clock.set(pendulum.instance(second))
    world.go_on(mails=False)
    closed = as_put(world, question)
    assert closed.consultation.state == "closed"
    with world.reading() as session:
        proof = {each.capacity: each for each in silences(session, closed, world.clock.now())}
        told = [str(each.what) for each in timeline(session, world.house.keys, closed.consultation)]
    of_the_office = proof["secretary_general"]
    assert (of_the_office.person, of_the_office.instead_of) == ("Office South", "Office Sg")
    assert of_the_office.delivered_at == reached
    assert "Office Sg stepped back; Office South answers instead" in told


def test_a_deputy_who_was_never_reached_has_not_consented(sqlite_at: At) -> None:
    """The question stays open, although the one who stepped back was reached in time."""
    world = sqlite_at("decision")
    question = put(world)
    world.hand_over()
    world.do("sg", RECUSE, SteppingBack("other"), question)
    world.clock.advance(days=20)
    world.go_on(mails=False)
    assert as_put(world, question).consultation.state == "open"


def test_a_reminder_goes_to_whoever_may_answer_now(sqlite_at: At) -> None:
    """The deputy is reminded by their own link; who stepped back hears no more of it."""
    world = sqlite_at("decision")
    question = put(world, TACIT | {"remind": [-1]})
    world.hand_over()
    world.do("sg", RECUSE, SteppingBack("other"), question)
    world.hand_over()
    due = seat(world, question).due_at
    assert due is not None
    world.clock.set(pendulum.instance(due).subtract(hours=12))
    world.go_on(mails=False)
    told = {each.person_id: each for each in world.unsent() if each.template == "reminder"}
    assert set(told) == {"south", "staff"}
    assert "way" in told["south"].facts


def test_who_is_found_too_close_is_not_written_to(sqlite_at: At) -> None:
    """The deputy has the notice; the mail to whom the law keeps apart is not wanted any more."""
    from governance.consultation.standing.queries import unwanted

    world = sqlite_at("decision")
    candidate = world.candidacy("Aalto").person_id
    world.do("hr", TIE, Close(candidate, "family"), "sg")
    question = put(world, subjects=[candidate], keep_apart=["family"])
    mine = seat(world, question).id
    with world.reading() as session:
        told = {
            each.person_id: unwanted(session, each.template, each.facts, world.clock.now())
            for each in world.unsent()
            if each.facts.get("invitation") == mine
        }
    assert told == {"sg": "the person has stepped back", "south": ""}
