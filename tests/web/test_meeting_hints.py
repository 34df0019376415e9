"""The page of a meeting tells whoever runs it what comes next, and nothing that is not so yet."""

from __future__ import annotations

import pytest
from sqlmodel import select

from governance.committees.meeting.models import Attendance, Meeting
from governance.committees.models import Seat
from tests.acts.chamber import SECRETARY, found_committee
from tests.acts.sitting import MEETING, hold_meeting
from tests.web.conftest import Site, SiteAt


@pytest.fixture
def site(site_at: SiteAt) -> Site:
    """A body that is convened for a day to come: nobody has been marked, one seat is vacant."""
    site = site_at("nothing")
    found_committee(site.world)
    hold_meeting(site.world)
    with site.world.house.database.deciding() as session:
        for each in session.exec(select(Attendance)):
            session.delete(each)
        meeting = session.get_one(Meeting, MEETING)
        meeting.state, meeting.opened_at, meeting.closed_at = "convened", None, None
        meeting.starts_at = site.world.clock.now().add(days=20)
        meeting.ends_at = meeting.starts_at.add(hours=2)
        session.add(Seat(id="empty", committee_id=meeting.committee_id, key="empty", position=99,
                         title={"en": "Empty"}, state="vacant",
                         since=site.world.clock.now()))  # fmt: skip
    return site


def test_nobody_is_absent_before_the_session(site: Site) -> None:
    """Before the roll is taken seats are not marked, and no quorum is said to be missing."""
    page = site.somebody(SECRETARY).get(f"/meetings/{MEETING}").text
    roll = page[page.index('id="roll-card"') :]
    assert "not marked yet" in roll
    assert "the roll is not taken yet" in roll
    assert "<span>there is no quorum" not in roll
    assert "<span>absent" not in roll


def test_nobody_is_marked_on_a_vacant_seat(site: Site) -> None:
    """It is said to be vacant, and has no button."""
    page = site.somebody(SECRETARY).get(f"/meetings/{MEETING}").text
    assert 'name="seat" value="empty"' not in page
    assert "vacant seats: 1" in page.lower()


def test_a_meeting_that_is_opened_before_its_day_is_said_to_be(site: Site) -> None:
    """Beside the button stands the day for which it is planned."""
    page = site.somebody(SECRETARY).get(f"/meetings/{MEETING}").text
    assert "opened now, it opens before its day" in page


def test_where_no_item_is_open_the_page_says_where_motions_begin(site: Site) -> None:
    """In session without an item there is no form of a motion, and the way to it is told."""
    with site.world.house.database.deciding() as session:
        meeting = session.get_one(Meeting, MEETING)
        meeting.state, meeting.current_item = "in_session", None
    page = site.somebody(SECRETARY).get(f"/meetings/{MEETING}").text
    assert "motions are entered on the item that is open" in page
