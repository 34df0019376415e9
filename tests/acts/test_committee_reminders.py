"""What a meeting reminds of, whom, when, in which language; and what is wanted no longer."""

from __future__ import annotations

from typing import Any

import pendulum
import pytest
from sqlmodel import select

from governance import app
from governance.access.actor import operator
from governance.acts import perform
from governance.committees.after.actions import OPEN, NewAction
from governance.committees.meeting import agenda, convening, expecting, reminding
from governance.committees.meeting.models import Meeting
from governance.committees.models import Committee
from governance.notices.letter import Letter
from governance.notices.message import organisation_of
from governance.notices.preferring import PREFER, Preferred
from governance.notices.wording import wording_of
from governance.people.models import Person
from governance.record.models import Outbox
from governance.refusals import Refused
from tests.acts.chamber import CHAIR, COMMITTEE, MEMBERS, SECRETARY, found_committee
from tests.acts.conftest import At
from tests.acts.world import World


@pytest.fixture
def world(sqlite_at: At) -> World:
    """A committee of five at work on 23 November 2026, in Paris."""
    world = sqlite_at("nothing")
    found_committee(world)
    return world


def planned(world: World, starts: str = "2027-01-20 10:00") -> str:
    """A meeting of the committee."""
    given = convening.Planning(starts, title={"en": "January meeting"})
    facts = world.do(SECRETARY, convening.PLAN, given, COMMITTEE).facts
    meeting: str = facts["meeting"]
    return meeting


def at_time(world: World, at: str) -> None:
    """The clock shows this, and the sweep has gone round."""
    world.clock.set(pendulum.parse(at))  # type: ignore[arg-type]
    world.go_on(mails=False)


def queued(world: World, template: str) -> dict[str, Outbox]:
    """The mails of a kind in the outbox, by whom they are for."""
    with world.reading() as session:
        rows = session.exec(select(Outbox).where(Outbox.template == template)).all()
    return {each.person_id: each for each in rows}


def words_of(world: World, row: Outbox) -> Any:
    """The mail as its reader has it."""
    with world.reading() as session:
        person = session.get_one(Person, row.person_id)
        letter = Letter.of(row, person, world.house)
    settings = world.house.settings
    return wording_of(letter, organisation_of(settings.rulebook_folder), settings.templates)


def unwanted(world: World, row: Outbox) -> str:
    """Why a reminder does not leave after all, asked when it is about to."""
    with world.reading() as session:
        return reminding.unwanted(session, row)


def test_members_are_reminded_a_week_before_proposals_close(world: World) -> None:
    """42 days before the opening proposals close; on the morning a week before, each is told."""
    planned(world)
    at_time(world, "2026-12-01T06:59:00+00:00")
    assert queued(world, "items_wanted") == {}
    at_time(world, "2026-12-02T08:00:00+00:00")
    told = queued(world, "items_wanted")
    assert set(told) == set(MEMBERS)
    assert told["legal"].facts["last_day"] == "2026-12-09"
    assert "9 December 2026" in words_of(world, told["legal"]).subject


def test_who_proposed_an_item_is_reminded_of_its_paper(world: World) -> None:
    """The proposer hears of their own item, the secretary of all; standing items want none."""
    meeting = planned(world)
    world.do(CHAIR, agenda.PROPOSE, agenda.Proposal({"en": "Budget"}, "decision"), meeting)
    world.do(SECRETARY, agenda.PROPOSE, agenda.Proposal({"en": "Visits"}), meeting)
    at_time(world, "2027-01-04T09:00:00+00:00")
    told = queued(world, "papers_wanted")
    titles = {who: [e["title"]["en"] for e in row.facts["missing"]] for who, row in told.items()}
    assert titles == {CHAIR: ["Budget"], SECRETARY: ["Budget", "Visits"]}


def test_the_quorum_is_forecast_to_the_chair_and_the_silent_are_asked(world: World) -> None:
    """One comes, one does not, three have said nothing: in doubt, and the three are asked."""
    meeting = planned(world)
    world.do("legal", expecting.REPLY, expecting.Reply(coming=True), meeting)
    world.do("south", expecting.REPLY, expecting.Reply(coming=False), meeting)
    at_time(world, "2027-01-15T09:00:00+00:00")
    told = queued(world, "quorum_forecast")
    assert set(told) == {CHAIR, SECRETARY}
    facts = {name: told[CHAIR].facts[name] for name in ("certain", "expected", "needed", "silent")}
    assert facts == {"certain": 1, "expected": 4, "needed": 3, "silent": 3}
    assert "in doubt" in words_of(world, told[CHAIR]).subject
    assert set(queued(world, "attendance_wanted")) == {"regions", "staff"}


def test_each_reader_has_the_reminder_in_their_language(world: World) -> None:
    """Arabic for who reads Arabic, with the same numbers."""
    wish = Preferred(language="ar")
    world.do(CHAIR, PREFER, wish, CHAIR)
    planned(world)
    at_time(world, "2027-01-15T09:00:00+00:00")
    wording = words_of(world, queued(world, "quorum_forecast")[CHAIR])
    assert wording.language == "ar"
    assert "النصاب غير مؤكد" in wording.subject


def test_an_answer_given_meanwhile_calls_the_reminder_off(world: World) -> None:
    """Who answers before the mail has left is not asked."""
    meeting = planned(world)
    at_time(world, "2027-01-15T09:00:00+00:00")
    world.do("staff", expecting.REPLY, expecting.Reply(coming=True), meeting)
    asked = queued(world, "attendance_wanted")
    assert unwanted(world, asked["staff"]) == "the answer is there"
    assert unwanted(world, asked["regions"]) == ""


def test_a_reminder_waits_for_the_daily_mail_and_the_end_of_quiet_hours(world: World) -> None:
    """Who wants one mail a day has it in that; who sleeps has it when they wake."""
    world.do("legal", PREFER, Preferred("en", zone="UTC", digest_at="18:00"), "legal")
    world.do("staff", PREFER, Preferred("en", "UTC", "", "06:00", "11:00"), "staff")
    planned(world)
    at_time(world, "2026-12-02T08:00:00+00:00")
    leaving = {each.key.rpartition(":")[2] for each in app.claim_letters(world.house, 50)}
    assert leaving == {"panel", "regions", "south"}
    told = queued(world, "items_wanted")
    assert told["legal"].digest is not None
    assert told["staff"].not_before == pendulum.parse("2026-12-02T11:00:00+00:00")


def test_a_cancelled_meeting_reminds_nobody(world: World) -> None:
    """Neither by its clock nor by what was queued before."""
    meeting = planned(world)
    at_time(world, "2026-12-02T08:00:00+00:00")
    world.do(SECRETARY, convening.MOVE, convening.Moving("cancel", because="No items"), meeting)
    waiting = queued(world, "items_wanted").values()
    assert {unwanted(world, each) for each in waiting} == {
        "the meeting has begun, or does not take place"
    }
    at_time(world, "2027-01-15T09:00:00+00:00")
    assert queued(world, "quorum_forecast") == {}


def test_a_meeting_that_is_moved_asks_again_who_comes(world: World) -> None:
    """A reply is to the time that was announced."""
    meeting = planned(world, "2026-12-20 10:00")
    world.do(SECRETARY, convening.CONVENE, convening.Convening("soon"), meeting)
    world.do("legal", expecting.REPLY, expecting.Reply(coming=True), meeting)
    moved = convening.Moving("rearrange", starts="2027-01-20 10:00")
    world.do(SECRETARY, convening.MOVE, moved, meeting)
    with world.reading() as session:
        found = expecting.expected(session, session.get_one(Meeting, meeting))
    assert (found.certain, len(found.silent)) == (0, 5)


def test_nobody_replies_for_somebody_elses_seat(world: World) -> None:
    """A member speaks for their own seat; the secretary enters what they were told."""
    meeting = planned(world)
    with pytest.raises(Refused, match="whoever sits on the seat"):
        world.do("legal", expecting.REPLY, expecting.Reply(coming=False, seat="staff"), meeting)
    world.do(SECRETARY, expecting.REPLY, expecting.Reply(coming=False, seat="staff"), meeting)


def test_the_rules_say_how_long_ahead(world: World) -> None:
    """A body that reminds of its quorum a fortnight ahead does so."""
    with world.house.database.deciding() as session:
        body = session.get_one(Committee, COMMITTEE)
        value = {"quorum": {"days": 14}}
        body.rules = {"reminders": [{"value": value, "article": {"own": "practice"}}]}
    planned(world)
    at_time(world, "2027-01-06T08:00:00+00:00")
    assert set(queued(world, "quorum_forecast")) == {CHAIR, SECRETARY}


def test_the_owner_of_an_action_is_reminded_before_and_after_its_day(world: World) -> None:
    """A week before, in the morning; and once more when the day has passed in silence."""
    given = NewAction("Send the letter", owner_id="legal", due_on=pendulum.date(2026, 12, 15))
    perform(world.house, operator(), OPEN, COMMITTEE, given)
    at_time(world, "2026-12-08T08:00:00+00:00")
    (soon,) = queued(world, "action_due").values()
    assert (soon.facts["overdue"], soon.facts["last_day"]) == (False, "2026-12-15")
    assert "Send the letter" in words_of(world, soon).text
    world.go_on()
    at_time(world, "2026-12-16T08:00:00+00:00")
    with world.reading() as session:
        rows = session.exec(select(Outbox).where(Outbox.template == "action_due")).all()
    assert sorted(each.facts["overdue"] for each in rows) == [False, True]
