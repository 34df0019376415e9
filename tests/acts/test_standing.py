"""Offices and who acts for them: absences, successors, delegation, information, recusal, drafts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pendulum
import pytest
from sqlmodel import col, select

from governance import app
from governance.access.actor import CLOCK, Level
from governance.acts import Moment, Verb, Written, perform
from governance.appointments.models import Case
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Answer, Consultation, Invitation
from governance.consultation.opening import Asked, Question, open_consultation
from governance.consultation.standing.absences import CANCEL, PLAN, Cancelled
from governance.consultation.standing.delegating import DELEGATE, TAKE_BACK, Handing, TakingBack
from governance.consultation.standing.drafting import DRAFT, Prepared
from governance.consultation.standing.importing import IMPORT, Import
from governance.consultation.standing.informing import (
    ASK_INFORMATION,
    TELL_INFORMATION,
    Telling,
    Wanting,
)
from governance.consultation.standing.models import Information, Recusal, Way
from governance.consultation.standing.offices import ASSIST, TAKE_OFFICE, TIE, Assists, Close, Holds
from governance.consultation.standing.recusing import RECUSE, SteppingBack
from governance.people.files import read_absences
from governance.people.models import Absence
from governance.people.planning import Told
from governance.record.models import Entry
from governance.refusals import Reason, Refused
from governance.rulebook.models import RulebookVersion
from tests.acts.conftest import At
from tests.acts.world import World

DAYS = {"since": "2026-01-01", "until": "2027-12-31"}


def absent(world: World, person: str, substitute: str = "", **more: Any) -> str:
    """Somebody is away for the whole time of the test; gives the absence."""
    given = {**DAYS, "since": str(world.clock.now()), **more}
    mail = f"{substitute}@organisation.example" if substitute else ""
    receipt = world.do(person, PLAN, Told(person, substitute=mail, **given), person)
    return str(receipt.facts["absence"])


def rules_of(refused: Refused) -> set[str]:
    """Under which rules something was refused."""
    return {each.rule for each in refused.findings}


def told_to(world: World) -> set[str]:
    """To whom something is still to be sent."""
    return {each.person_id for each in world.unsent()}


def test_a_substitute_answers_and_the_record_says_for_whom(at: At) -> None:
    """X for Y under instrument Z: in the answer, in its entry, in nothing less."""
    world = at("decision")
    absent(world, "sg", "south", instrument="Staff Instruction 4")
    assert "south" in told_to(world)
    world.answer("south", "appoint", "Aalto")
    (answer,) = [each for each in world.rows(Answer) if each.by_id == "south"]
    assert answer.standing == {
        "kind": "substitute",
        "for": "sg",
        "office": "secretary_general",
        "instrument": "Staff Instruction 4",
    }
    (entry,) = [each for each in world.rows(Entry) if b"Staff Instruction 4" in each.body]
    assert entry.actor == "south"
    assert not world.questions()
    assert world.faults() == []


def test_a_substitution_that_has_ended_is_refused_calmly(at: At) -> None:
    """The period ends between the page and the click: the holder answers."""
    world = at("decision")
    until = str(world.clock.now().add(hours=1))
    absent(world, "sg", "south", until=until)
    world.clock.advance(hours=1)
    with pytest.raises(Refused) as found:
        world.answer("south", "appoint", "Aalto")
    assert rules_of(found.value) == {"substitution_is_in_force"}
    world.answer("sg", "appoint", "Aalto")


def test_an_absence_that_is_called_off_takes_the_right_with_it(at: At) -> None:
    """Back early: the substitute has no right from that instant."""
    world = at("decision")
    kept = absent(world, "sg", "south")
    world.clock.advance(minutes=5)
    world.do("sg", CANCEL, Cancelled(kept), "sg")
    with pytest.raises(Refused):
        world.answer("south", "appoint", "Aalto")


def test_a_later_absence_asks_the_substitute_when_it_begins(at: At) -> None:
    """Not before its instant, and by the sweep alone."""
    world = at("decision")
    absent(world, "sg", "south", since=str(world.clock.now().add(days=1)))
    assert "south" not in told_to(world)
    world.clock.advance(days=1)
    for progress in app.sweep_deadlines(world.house, 10):
        assert progress.moved
    assert "south" in told_to(world)
    assert [each.part for each in world.rows(Way)] == ["substitute"]


def test_the_launcher_does_not_decide_as_a_substitute(at: At) -> None:
    """Four eyes hold across the case, in whosever name somebody acts."""
    world = at("decision")
    absent(world, "sg", "hr")
    with pytest.raises(Refused) as found:
        world.answer("hr", "appoint", "Aalto")
    assert found.value.reason == Reason.AUTHORITY


def test_an_office_passes_and_its_new_holder_is_asked(at: At) -> None:
    """The open question follows the office; the former holder is told so."""
    world = at("decision")
    world.do("hr", TAKE_OFFICE, Holds("secretary_general"), "nobody")
    assert "nobody" in told_to(world)
    with pytest.raises(Refused) as found:
        world.answer("sg", "appoint", "Aalto")
    assert rules_of(found.value) == {"office_is_held"}
    world.answer("nobody", "appoint", "Aalto")
    (answer,) = [each for each in world.rows(Answer) if each.by_id == "nobody"]
    assert answer.standing["kind"] == "successor"


def test_nobody_is_there_to_decide_is_an_alarm(at: At) -> None:
    """An absence without substitute or deputy: whoever put the question is told at once."""
    world = at("decision")
    absent(world, "sg")
    assert [each.template for each in world.unsent() if each.person_id == "hr"] == [
        "nobody_decides"
    ]


def test_a_question_is_delegated_once_where_the_rule_allows(at: At) -> None:
    """By the person, to a named person, not further, and back again."""
    world = at("decision")
    asked = world.open_question()
    to = Handing("south@organisation.example")
    with pytest.raises(Refused) as found:
        world.do("sg", DELEGATE, to, asked.id)
    assert rules_of(found.value) == {"rule_allows_delegation"}
    allow(world, asked, may_delegate=True)
    world.do("sg", DELEGATE, to, asked.id)
    with pytest.raises(Refused) as found:
        world.do("south", DELEGATE, Handing("east@organisation.example"), asked.id)
    assert rules_of(found.value) == {"power_goes_no_further"}
    world.do("sg", TAKE_BACK, TakingBack(), asked.id)
    with pytest.raises(Refused) as found:
        world.answer("south", "appoint", "Aalto")
    assert rules_of(found.value) == {"delegation_stands"}
    with pytest.raises(Refused) as found:
        world.do("sg", DELEGATE, to, asked.id)
    assert rules_of(found.value) == {"delegated_once"}


def test_information_is_asked_told_and_shown_to_everybody(at: At) -> None:
    """By an outsider's link, which gives information and no position."""
    world = at("consultation")
    asked = world.open_question()
    wanted = Wanting("Which budget?", "ncb@example.org", "National Central Bureau")
    world.do("legal", ASK_INFORMATION, wanted, asked.id)
    (information,) = world.rows(Information)
    (way,) = world.rows(Way)
    by_link = world.as_(information.of_id, Level.LINK, way.id)
    with pytest.raises(Refused) as found:
        perform(world.house, by_link, ANSWER, asked.id, GivenAnswer("no_objection"))
    assert rules_of(found.value) == {"person_was_asked"}
    world.hand_over()
    perform(world.house, by_link, TELL_INFORMATION, asked.id, Telling(information.id, "Quorblix."))
    assert {"legal", "regions", "staff"} <= told_to(world)
    assert [each.state for each in world.rows(Information)] == ["told"]
    assert all(b"Quorblix" not in each.body for each in world.rows(Entry))


def test_who_steps_back_leaves_the_roll_and_the_rest_decide(at: At) -> None:
    """The base is counted without them; the last of the others closes the question."""
    world = at("consultation")
    asked = world.open_question()
    world.answer("legal", "no_objection")
    world.answer("staff", "no_objection")
    world.do("regions", RECUSE, SteppingBack("family", "My cousin."), asked.id)
    (closed,) = [each for each in world.rows(Consultation) if each.id == asked.id]
    assert closed.state == "closed"
    assert closed.outcome["result"] == "carried"
    with pytest.raises(Refused):
        world.do("regions", ANSWER, GivenAnswer("object", text="No."), asked.id)
    assert [each.ground for each in world.rows(Recusal)] == ["family"]


def test_an_alternate_is_called_for_who_steps_back(at: At) -> None:
    """The first alternate who may answer takes the seat."""
    world = at("consultation")
    asked = world.open_question()
    with world.house.database.deciding() as session:
        query = select(Invitation).where(
            col(Invitation.consultation_id) == asked.id, col(Invitation.person_id) == "regions"
        )
        session.exec(query).one().alternates = ["legal", "south", "east"]
    world.do("regions", RECUSE, SteppingBack(), asked.id)
    assert {each.person_id for each in world.invitations(asked.id)} == {
        "legal",
        "regions",
        "staff",
        "south",
    }
    assert "south" in told_to(world)


def test_a_tie_found_in_the_facts_keeps_apart_without_anybody_saying_so(at: At) -> None:
    """Family of a candidate does not answer, although they were asked and said nothing."""
    world = at("consultation")
    asked = world.open_question()
    candidate = world.candidacy("Aalto").person_id
    world.do("hr", TIE, Close(candidate, "family"), "legal")
    allow(world, asked, keep_apart=["family"], subjects=[candidate])
    with pytest.raises(Refused) as found:
        world.answer("legal", "no_objection")
    assert rules_of(found.value) == {"person_has_not_stepped_back"}
    world.answer("staff", "no_objection")


def test_an_assistant_prepares_and_never_decides(at: At) -> None:
    """The draft is there for the office; the position is the holder's alone."""
    world = at("decision")
    asked = world.open_question()
    (seat,) = world.invitations(asked.id)
    prepared = Prepared(seat.id, "appoint", (world.candidacy("Aalto").id,), note="All is checked.")
    with pytest.raises(Refused):
        world.do("nobody", DRAFT, prepared, asked.id)
    world.do("hr", ASSIST, Assists("secretary_general"), "nobody")
    world.do("nobody", DRAFT, prepared, asked.id)
    world.do("nobody", DRAFT, replace(prepared, note="Once more."), asked.id)
    with pytest.raises(Refused) as found:
        world.answer("nobody", "appoint", "Aalto")
    assert found.value.reason == Reason.AUTHORITY


CSV = b"""person,from,until,substitute,uid
sg@organisation.example,2026-12-01,2026-12-14,south@organisation.example,a1
legal@organisation.example,2026-12-01,2026-12-02,,a2
"""


def imported(world: World, content: bytes, *, dry_run: bool = False) -> list[tuple[str, str]]:
    """Import a file; gives rows and what became of them."""
    given = Import(read_absences(content), dry_run)
    (law,) = world.rows(RulebookVersion)
    perform(world.house, world.as_("hr"), IMPORT, law.hash, given)
    return [(each.where, each.outcome) for each in given.report]


def test_a_file_is_taken_whole_tried_first_and_told_by_row(at: At) -> None:
    """A dry run keeps nothing; a second import changes what changed and nothing else."""
    world = at("nothing")
    assert imported(world, CSV, dry_run=True) == [("line 2", "new"), ("line 3", "new")]
    assert world.rows(Absence) == []
    assert imported(world, CSV) == [("line 2", "new"), ("line 3", "new")]
    changed = CSV.replace(b"2026-12-02", b"2026-12-03")
    assert imported(world, changed) == [("line 2", "unchanged"), ("line 3", "changed")]
    first = min(world.rows(Absence), key=lambda each: each.uid)
    assert first.since == pendulum.datetime(2026, 11, 30, 23)  # the day begins in Lyon
    assert first.until == pendulum.datetime(2026, 12, 14, 23)


def test_one_faulty_row_keeps_everything_out_and_names_itself(at: At) -> None:
    """Half a file is worse than none."""
    world = at("nothing")
    bad = CSV + b"who@example.org,2026-12-01,2026-12-02,,a3\n"
    with pytest.raises(Refused) as found:
        imported(world, bad)
    assert [each.where for each in found.value.findings] == ["line 4"]
    assert world.rows(Absence) == []


def allow(world: World, asked: Consultation, **content: Any) -> None:
    """The law of this question says more than the demonstration's."""
    with world.house.database.deciding() as session:
        kept = session.get_one(Consultation, asked.id)
        kept.content = {**kept.content, **content}


def test_only_the_clock_lets_an_absence_begin(at: At) -> None:
    """Nobody else may, and a second time is nothing."""
    from governance.consultation.standing.absences import BEGIN, Began

    world = at("decision")
    kept = absent(world, "sg", "south", since=str(world.clock.now().add(days=1)))
    with pytest.raises(Refused):
        world.do("hr", BEGIN, Began(kept), "sg")
    assert perform(world.house, CLOCK, BEGIN, "sg", Began(kept)) is None


def test_who_is_too_close_steps_back_when_the_question_is_put(at: At) -> None:
    """Found from facts at the opening: out of the roll, an alternate called, the rest decide."""
    world = at("decision")
    candidate = world.candidacy("Aalto").person_id
    world.do("hr", TIE, Close(candidate, "family"), "legal")
    rule = world.questions("closed")[-1].rule

    def put(moment: Moment, case: Case | None, _: None) -> Written[Case]:
        asked = (
            Asked("legal", "member", "lyon", alternates=("sg", "south")),
            Asked("staff", "member", "lyon"),
        )
        question = Question(
            owner=("case", world.case),
            step_key="extra",
            round=1,
            reference="INT-2026-0001",
            question={"en": "Do you object?"},
            asked_by="hr",
            rule=rule,
            level="session",
            content={"subjects": [candidate, "sg"], "keep_apart": ["family", "own_case"]},
            asked=asked,
        )
        opened = open_consultation(moment, question)
        return Written({"consultation": opened.id}, case)

    verb: Verb[Case, None] = Verb("case:justify", Case, "case", lambda *_: "test", put)
    asked = str(world.do("hr", verb, None).facts["consultation"])
    roll = {each.person_id: each.recused_at is None for each in world.invitations(asked)}
    assert roll == {"legal": False, "staff": True, "south": True}
    assert [(each.person_id, each.ground) for each in world.rows(Recusal)] == [("legal", "family")]
    with world.reading() as session:
        kept = session.get_one(Consultation, asked)
    assert [each["person"] for each in kept.content["stepped_back"]] == ["legal"]
