"""Elections on pages: candidates, seats and offices, in a meeting and in writing."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from governance.access.actor import operator
from governance.acts import perform
from governance.committees.after.models import Decision
from governance.committees.meeting import agenda, convening, holding, rolls
from governance.committees.meeting.models import AgendaItem, Meeting
from governance.committees.meeting.roll import Roll, RollLine
from governance.committees.minutes.models import Minutes
from governance.committees.models import Committee, Seat, Sitting
from governance.committees.seats import UNSEAT, Leaving
from governance.consultation.models import Consultation
from governance.people.models import Person
from tests.acts.chamber import CHAIR, COMMITTEE, MEMBERS, SECRETARY, found_committee
from tests.web.conftest import Site, SiteAt

OWN = {"own": "for the test"}
RULES = {
    "notice_of_meeting": {"value": {"hours": 1}, "article": OWN},
    "threshold": {"value": {"more_than": "1/2"}, "article": OWN},
    "written_procedure": {"value": {"at_least": {"days": 1}}, "article": OWN},
}


@pytest.fixture
def site(site_at: SiteAt) -> Site:
    """A committee with a vacant seat, in session at its first item."""
    found = site_at("nothing")
    world = found.world
    found_committee(world)
    with world.house.database.deciding() as session:
        session.get_one(Committee, COMMITTEE).rules = RULES
    act = lambda verb, subject, given: perform(world.house, operator(), verb, subject, given)  # noqa: E731
    act(UNSEAT, COMMITTEE, Leaving("south"))
    starts = world.clock.now().add(hours=3).in_timezone("Europe/Paris")
    act(convening.PLAN, COMMITTEE, convening.Planning(starts.format("YYYY-MM-DD HH:mm")))
    (meeting,) = world.rows(Meeting)
    act(convening.CONVENE, meeting.id, convening.Convening())
    act(agenda.PROPOSE, meeting.id, agenda.Proposal({"en": "Election"}, "decision"))
    with world.reading() as session:
        names = [session.get_one(Person, each).name for each in MEMBERS if each != "south"]
    lines = tuple(RollLine(n, name) for n, name in enumerate(names, 1))
    act(rolls.TAKE_ROLL, meeting.id, rolls.RollTaken(Roll("roll", None, lines)))
    act(holding.OPEN, meeting.id, holding.Opened())
    act(agenda.STEP, meeting.id, agenda.ItemStep("1", "open"))
    return found


def test_an_election_is_entered_put_counted_and_declared_on_the_page(site: Site) -> None:
    """Whoever is elected sits on the vacant seat; a candidate who is not known has an address."""
    (meeting,) = site.world.rows(Meeting)
    path = f"/meetings/{meeting.id}"
    secretary, chair = site.somebody(SECRETARY), site.somebody(CHAIR)
    item = meeting.current_item or ""
    secretary.send(f"{path}/motion", path, item=item, kind="election", text="To elect a member")
    page = secretary.get(path).text
    assert 'name="candidates"' in page
    assert 'name="for_seats" value="south"' in page
    secretary.send(f"{path}/motion-step", path, motion="1", step="open_debate")
    names = "Awa New <awa@members.example>\nBo Other <bo@members.example>"
    secretary.send(f"{path}/put", path, motion="1", mode="show", candidates=names,
                   for_seats="south")  # fmt: skip
    page = secretary.get(path).text
    assert "Awa New" in page
    secretary.send(f"{path}/count", path, **{"motion": "1", "for:0": "3", "for:1": "1"})
    assert "Awa New: 3 · Bo Other: 1" in secretary.get(path).text
    chair.send(f"{path}/declare", path, motion="1")
    with site.world.reading() as session:
        query = (
            select(Person.email)
            .join(Sitting, col(Sitting.person_id) == col(Person.id))
            .join(Seat, col(Seat.id) == col(Sitting.seat_id))
            .where(col(Seat.key) == "south", col(Sitting.until).is_(None))
        )
        assert session.exec(query).one() == "awa@members.example"


def test_an_election_in_writing_names_the_seats_that_it_fills(site: Site) -> None:
    """The form offers the vacant seat; a seat and an office at once are refused."""
    path = "/committees/audit"
    secretary = site.somebody(SECRETARY)
    assert 'name="for_seats" value="south"' in secretary.get(path).text
    given = {"writing-text": "To elect a member", "candidates": "Awa New\nBo Other"}
    both = secretary.send(f"{path}/in-writing", path, **given, for_seats="south", office="chair")
    assert "n election fills seats, or an office" in both.text
    secretary.send(f"{path}/in-writing", path, **given, for_seats="south")
    (asked,) = site.world.rows(Consultation)
    assert asked.rule["counting"]["ballot"]["seats"] == 1


def test_a_secret_vote_is_closed_or_its_papers_entered_and_declared_by_the_chair(
    site: Site,
) -> None:
    """Papers that were counted count; the chair declares them before the meeting is closed."""
    (meeting,) = site.world.rows(Meeting)
    path = f"/meetings/{meeting.id}"
    secretary, chair = site.somebody(SECRETARY), site.somebody(CHAIR)
    item = meeting.current_item or ""
    secretary.send(f"{path}/motion", path, item=item, text="that it be approved")
    secretary.send(f"{path}/motion-step", path, motion="1", step="open_debate")
    secretary.send(f"{path}/put", path, motion="1", mode="secret")
    assert "Close the vote" in secretary.get(path).text
    secretary.send(f"{path}/count", path, motion="1", yes="3", no="1")
    page = secretary.get(path).text
    assert "for 3, against 1, abstaining 0" in page
    assert "The chair declares the result" in page
    assert "Put the question again" in page
    refused = secretary.send(f"{path}/close", path)
    assert "he result is not declared of motion 1" in refused.text
    chair.send(f"{path}/declare", path, motion="1")
    (decision,) = site.world.rows(Decision)
    assert (decision.title, decision.text) == ("That it be approved", "that it be approved")
    secretary.send(f"{path}/close", path)
    (meeting,) = site.world.rows(Meeting)
    assert meeting.state == "closed"


def test_items_out_of_their_order_leave_numbers_in_series_and_the_elected_named(site: Site) -> None:
    """A decision names who is elected; numbers follow the clock, and not the agenda."""
    (meeting,) = site.world.rows(Meeting)
    path = f"/meetings/{meeting.id}"
    secretary, chair = site.somebody(SECRETARY), site.somebody(CHAIR)
    secretary.send(f"{path}/propose", path, title="Budget", category="decision")
    first, second = sorted(site.world.rows(AgendaItem), key=lambda each: each.position)
    secretary.send(f"{path}/item", path, item=second.id, step="open")
    for number, (item, kind) in enumerate(((second, "motion"), (first, "election")), 1):
        told = str(number)
        secretary.send(f"{path}/motion", path, item=item.id, kind=kind, text="To choose")
        secretary.send(f"{path}/motion-step", path, motion=told, step="open_debate")
        more = {"candidates": "Awa New\nBo Other", "for_seats": "south"} if number > 1 else {}
        secretary.send(f"{path}/put", path, motion=told, mode="show", **more)
        votes = {"for:0": "3", "for:1": "1"} if number > 1 else {"yes": "4"}
        secretary.send(f"{path}/count", path, motion=told, **votes)
        chair.send(f"{path}/declare", path, motion=told)
    budget, elected = sorted(site.world.rows(Decision), key=lambda each: each.taken_at)
    assert elected.title == "To choose: Awa New"
    assert elected.text == "To choose\nAwa New"
    secretary.send(f"{path}/close", path)
    (minutes,) = site.world.rows(Minutes)
    page = f"/minutes/{minutes.id}"
    secretary.send(f"{page}/assemble", page)
    text = secretary.get(page).text
    assert text.index(elected.number) < text.index(budget.number)
    assert "next of the series" not in text
    assert "absent" not in text
