"""Vacant seats, elections, offices and crisis teams from the command line, as documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from governance.committees.models import Seat
from tests.acts.chamber import COMMITTEE, found_committee
from tests.acts.competing import ANALYST
from tests.acts.conftest import At
from tests.acts.desk import Desk


@pytest.fixture
def desk(sqlite_at: At, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """A committee with one vacant seat that an appointment fills; `hr` is its secretary."""
    world = sqlite_at("nothing")
    found_committee(world)
    now = world.clock.now()
    with world.house.database.deciding() as session:
        session.add(Seat(committee_id=COMMITTEE, key="expert", post=ANALYST, since=now))
    return Desk(world, monkeypatch, tmp_path)


def test_a_vacant_seat_is_listed_and_filled_by_one_command(desk: Desk) -> None:
    """Listed with its way, launched by whoever is signed in, refused a second time."""
    (vacancy,) = desk.done("committee", "vacancies")
    assert (vacancy["seat"], vacancy["filled_by"], vacancy["case"]) == (
        "expert", "appointment", None,
    )  # fmt: skip
    assert "NEED=NOTE" in desk.run("committee", "fill", "audit", "expert", "--confirm", "x").output
    filled = desk.done("committee", "fill", "audit", "expert")
    assert desk.done("committee", "vacancies")[0]["case"] == filled["case"]
    (finding,) = desk.refused("committee", "fill", "audit", "expert", status=1)
    assert filled["case"] in finding["because"]
    desk.refused("committee", "fill", "audit", "expert", status=3, by="nobody")


def test_offices_pass_on_and_terms_are_listed(desk: Desk) -> None:
    """The chair goes and the vice-chair acts; the calendar says until when."""
    desk.done(
        *("committee", "officer", "audit", "vice_chair", "--name", "Office Legal"),
        *("--until", "2027-06-30"),
    )
    gone = desk.done("committee", "leave-office", "audit", "chair", "--because", "ill")
    assert gone["facts"]["acting"] == "vice_chair"
    told = desk.done("committee", "terms", "audit")
    assert {(each["what"], each["on"]) for each in told} == {
        ("chair", "2027-06-30"), ("vice_chair", "2027-06-30"),
    }  # fmt: skip
    assert "vice_chair" in desk.run("committee", "terms").output


def test_an_election_is_put_in_writing_by_a_command(desk: Desk) -> None:
    """Candidates and seats are named; nobody is elected by silence."""
    words = ("committee", "write", "audit", "Who sits?", "--candidate", "Eve New")
    asked = desk.done(*words, "--for-seat", "expert")
    assert asked["facts"]["asked"] == 5
    (finding,) = desk.refused(*words, "--for-seat", "expert", "--silence", status=2)
    assert finding["because"] == "by silence one body agrees to a text, openly"


def test_a_crisis_team_lives_and_ends_by_commands(desk: Desk) -> None:
    """Template, log, message, reading, decision, confirmation, report with lessons."""
    crisis = ("committee", "crisis")
    assert [each["template"] for each in desk.done(*crisis, "templates")] == ["incident"]
    stood = desk.done(*crisis, "stand-up", "incident", "--key", "flood", "--because", "Flood.")
    assert (stood["facts"]["seats"], stood["facts"]["told"]) == (4, 4)
    desk.done(*crisis, "log", "flood", "Archive closed at 14:05.")
    desk.done(*crisis, "log", "flood", "Stay out.", "--to", "nobody@organisation.example")
    (mine,) = desk.done(*crisis, "messages", by="nobody")
    assert (mine["text"], mine["read_at"]) == ("Stay out.", None)
    desk.done(*crisis, "read", mine["line"], by="nobody")
    assert "not read yet" in desk.run(*crisis, "show", "flood").output
    (finding,) = desk.refused(*crisis, "decide", "flood", "to hire pumps", status=1)
    assert "are needed" in finding["because"]
    seats = [each["seat"] for each in desk.done("committee", "show", "flood")["members"]]
    agreed = [word for seat in seats[:3] for word in ("--agreed", seat)]
    decided = desk.done(*crisis, "decide", "flood", "to hire pumps", *agreed)
    number = decided["facts"]["decision"]
    assert any(each["act"] == "confirm" for each in desk.done("committee", "desk")["me"])
    desk.done(*crisis, "confirm", "flood", number, "--by", "EC/7")
    ended = desk.done(*crisis, "stand-down", "flood", "--report", "All safe.", "--lesson", "Pumps.")
    assert len(ended["facts"]["lessons"]) == 1
    assert desk.world.faults() == []
