"""Minutes, actions, decisions and the desk from the command line, as documented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from governance.committees.meeting.models import Meeting
from governance.committees.models import Committee
from tests.acts.chamber import COMMITTEE, found_committee
from tests.acts.conftest import At
from tests.acts.desk import Desk
from tests.acts.sitting import MEETING, SECRET, hold_meeting

REF = "audit-4"


@pytest.fixture
def desk(sqlite_at: At, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """A meeting that was held, and whoever wants to act on it at a command line."""
    world = sqlite_at("nothing")
    found_committee(world)
    hold_meeting(world)
    with world.house.database.deciding() as session:
        session.get_one(Meeting, MEETING).reference = REF
        session.get_one(Committee, COMMITTEE).access = "open"
    return Desk(world, monkeypatch, tmp_path)


def minutes(desk: Desk, *words: str, by: str = "hr") -> Any:
    """A command on minutes that succeeds."""
    return desk.done("minutes", *words, by=by)


def written_in(desk: Desk) -> str:
    """The draft with one more paragraph, from its file; the paragraph's anchor."""
    minutes(desk, "assemble", REF)
    draft = desk.run("minutes", "text", REF).stdout
    more = "presented the report.\n\nMembers thanked him."
    file = desk.folder / "draft.txt"
    file.write_text(draft.replace("presented the report.", more))
    assert minutes(desk, "write", REF, str(file), "--because", "fuller")["facts"]["version"] == 2
    (told,) = minutes(desk, "compare", REF, "1")["changed"]
    assert (told["how"], told["block"][-2:]) == ("added", "+1")
    return str(told["block"])


def test_minutes_go_from_draft_to_archive_by_commands(desk: Desk) -> None:
    """Assembled, written in, sent, circulated, corrected, settled, adopted, signed, published."""
    added = written_in(desk)
    assert minutes(desk, "check", REF)["clean"] is True
    minutes(desk, "submit", REF)
    asked = minutes(desk, "circulate", REF)["facts"]["consultation"]
    proposals = desk.folder / "proposals.csv"
    proposals.write_text(f"anchor,old,new\n{added},him,her\n")
    desk.done(
        *("consultation", "answer", asked, "--position", "correct", "--proposals", str(proposals)),
        by="legal",
    )
    desk.world.pass_days(8)
    (row,) = minutes(desk, "corrections", REF)
    assert (row["number"], row["old"], row["new"]) == (1, "him", "her")
    minutes(desk, "settle", REF, "1", "--as", "accept_editorial")
    minutes(desk, "adopt", REF, "--by", "2026/09", by="panel")
    minutes(desk, "sign", REF, by="panel")
    assert minutes(desk, "publish", REF)["facts"]["left_out"] > 0
    minutes(desk, "put-right", REF, added, "--reads", "her", "--should-read", "them",
            "--by", "2026/10")  # fmt: skip
    assert minutes(desk, "archive", REF)["act"] == "minutes:archive"
    outside = minutes(desk, "show", REF, by="nobody")
    assert SECRET not in json.dumps(outside)
    assert outside["corrections"] == []


def test_a_draft_with_no_version_or_a_place_twice_is_bad_input(desk: Desk) -> None:
    """The finding names the line of the file."""
    minutes(desk, "assemble", REF)
    file = desk.folder / "draft.txt"
    file.write_text("[roll] x\n\n[roll] y\n")
    (finding,) = desk.refused("minutes", "write", REF, str(file), status=2)
    assert finding["where"] == "draft.txt:3"
    file.write_text("no anchor at all\n")
    (finding,) = desk.refused("minutes", "write", REF, str(file), status=2)
    assert finding["where"] == "draft.txt:1"
    file.write_text("[x] text\n")
    assert desk.refused("minutes", "write", REF, str(file), status=2)


def test_minutes_that_are_not_for_these_eyes_are_not_there(desk: Desk) -> None:
    """Before adoption only the body knows them; afterwards without closed parts."""
    minutes(desk, "assemble", REF)
    desk.refused("minutes", "show", REF, by="nobody", status=3)
    desk.refused("minutes", "show", "audit-99", status=3)
    desk.refused("minutes", "waive", REF, "ffff", "--because", "x", status=3)


def test_actions_live_across_meetings_by_commands(desk: Desk) -> None:
    """Opened with an owner, extended with a reason, reported, verified."""
    opened = desk.done(
        *("action", "open", "audit", "Publish the draft", "--due", "2026-12-15"),
        *("--owner", "legal@organisation.example"),
    )
    assert opened["facts"]["number"] == 1
    (finding,) = desk.refused("action", "step", "audit", "1", "extend", "--due", "2026-12-20",
                              status=2)  # fmt: skip
    assert finding["rule"] == "reasons_are_given"
    desk.done("action", "step", "audit", "1", "extend", "--due", "2026-12-20", "--note", "illness")
    shown = desk.done("action", "show", "audit", "1")
    assert (shown["extensions"], shown["due_on"], shown["first_due_on"]) == (
        1, "2026-12-20", "2026-12-15",
    )  # fmt: skip
    desk.done("action", "step", "audit", "1", "report", by="legal")
    assert "verify" in [each["act"] for each in desk.done("committee", "desk")["me"]]
    desk.done("action", "step", "audit", "1", "verify")
    assert desk.done("action", "list") == []
    assert [each["state"] for each in desk.done("action", "list", "--all")] == ["verified"]
    desk.refused("action", "show", "audit", "7", status=3)
    desk.refused("action", "open", "audit", "x", "--owner", "who@nowhere.example", status=3)


def test_a_decision_ends_with_its_reason(desk: Desk) -> None:
    """Found by its number; an unknown one is not there; rescinding wants a reason."""
    from governance.committees.after.models import Decision

    with desk.world.house.database.deciding() as session:
        session.add(
            Decision(
                id="d" * 32, committee_id="body", number="2026/01", aliases=["AC-1"],
                title="Budget", text="To approve.", state="in_force",
                taken_at=desk.world.clock.now(),
            )
        )  # fmt: skip
    assert [each["number"] for each in desk.done("decision", "list")] == ["2026/01"]
    assert desk.done("decision", "show", "AC-1", "--body", "audit")["title"] == "Budget"
    desk.refused("decision", "show", "2026/02", status=3)
    desk.refused("decision", "go-on", "2026/01", "rescind", status=2)
    told = desk.done("decision", "go-on", "2026/01", "rescind", "--because", "ruled out")
    assert told["facts"]["to"] == "rescinded"


def test_the_year_of_a_body_is_told_in_numbers(desk: Desk) -> None:
    """Four of five seats were there at the one meeting held; another year has none."""
    told = desk.done("committee", "report", "audit", "--year", "2026")
    assert (told["meetings"]["planned"], told["meetings"]["held"]) == (1, 1)
    assert {each["seat"]: each["present"] for each in told["attendance"]} == {
        "panel": 1, "legal": 1, "regions": 1, "staff": 1, "south": 0,
    }  # fmt: skip
    assert told["balance"] == {"member": {"serving": 5}}
    assert told["actions"]["opened"] == 0
    assert desk.done("committee", "report", "audit", "--year", "2025")["meetings"]["planned"] == 0
