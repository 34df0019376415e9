"""Minutes from a closed meeting to the public edition: assembled, checked, corrected, adopted."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import col, select

from governance.committees.meeting.models import Attendance, Meeting
from governance.committees.minutes.adopting import ADOPT, PUBLISH, PUT_RIGHT, SIGN, AdoptedBy, Put
from governance.committees.minutes.checking import findings_of
from governance.committees.minutes.circulating import CIRCULATE, RECIRCULATE, Circulated
from governance.committees.minutes.drafting import (
    ASSEMBLE,
    REWRITE,
    SUBMIT,
    WAIVE,
    Nothing,
    Rewritten,
    Waived,
    text_of,
)
from governance.committees.minutes.models import Minutes
from governance.committees.minutes.text import written
from governance.consultation.amending import Paragraph, Proposed
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.proposing import SETTLE_PROPOSAL, Settled
from governance.refusals import Refused
from tests.acts.chamber import CHAIR, SECRETARY, found_committee
from tests.acts.conftest import At
from tests.acts.sitting import PUBLIC, RULES, SECRET, hold_meeting, the_minutes
from tests.acts.world import World

pytestmark = pytest.mark.slow


@pytest.fixture
def world(at: At) -> World:
    """A committee whose meeting was held."""
    found = at("nothing")
    found_committee(found)
    hold_meeting(found)
    return found


def act(world: World, who: str, verb: Any, given: Any = Nothing()) -> Minutes:  # noqa: B008
    """Somebody acts on the minutes."""
    world.do(who, verb, given, the_minutes(world).id)
    return the_minutes(world)


def blocks(world: World, version: int = 0, edition: str = "full") -> list[dict[str, Any]]:
    """A version of the text, the newest by default."""
    minutes = the_minutes(world)
    with world.reading() as session:
        found = text_of(session, minutes.id, version or minutes.version, edition)
        return list(found.blocks)


def circulated(world: World) -> Minutes:
    """The draft as it was assembled goes out."""
    act(world, SECRETARY, ASSEMBLE)
    act(world, SECRETARY, SUBMIT)
    done = act(world, SECRETARY, CIRCULATE, Circulated())
    world.go_on()
    return done


def correct(world: World, who: str, *proposals: Proposed) -> None:
    """A member asks for corrections."""
    given = GivenAnswer("correct", proposals=proposals)
    world.do(who, ANSWER, given, str(the_minutes(world).consultation_id))


def settle(world: World, number: int, how: str, reason: str = "") -> Minutes:
    """The secretary settles a correction."""
    given = Settled(number, how, reason)
    world.do(SECRETARY, SETTLE_PROPOSAL, given, str(the_minutes(world).consultation_id))
    world.go_on()
    return the_minutes(world)


def anchor(world: World) -> str:
    """The paragraph of the open item."""
    return next(
        each.anchor for each in written(blocks(world)) if each.text.startswith("Office Legal")
    )


def test_a_draft_is_assembled_from_what_was_recorded(world: World) -> None:
    """Roll, quorum, items, notes and motions stand in the order of the meeting."""
    act(world, SECRETARY, ASSEMBLE)
    kinds = [each["kind"] for each in blocks(world)]
    assert kinds == [
        *("meeting", "roll", "quorum", "item", "item", "paragraph", "motion", "item", "paragraph")
    ]
    roll = blocks(world)[1]["rows"]
    assert [row["presence"] for row in roll] == ["present"] * 4 + ["apologies"]
    with world.reading() as session:
        assert [str(each.noticed) for each in findings_of(session, the_minutes(world))] == []
    motion = next(each for each in blocks(world) if each["kind"] == "motion")
    assert (motion["mover"], motion["seconder"]) == ("panel", "staff")


def test_members_of_whom_the_roll_says_nothing_are_absent(world: World) -> None:
    """They stand in the attendance in the order of the seats, by name."""
    with world.house.database.deciding() as session:
        for each in session.exec(select(Attendance).where(col(Attendance.person_id) == "south")):
            session.delete(each)
    act(world, SECRETARY, ASSEMBLE)
    roll = blocks(world)[1]["rows"]
    assert [row["presence"] for row in roll] == ["present"] * 4 + ["absent"]
    assert roll[-1]["name"]


def test_a_second_assembly_with_nothing_new_writes_nothing(world: World) -> None:
    """Twice is a no-op; what people wrote in between stays."""
    act(world, SECRETARY, ASSEMBLE)
    more = [*written(blocks(world)), Paragraph(f"{anchor(world)}+1", "Members thanked him.")]
    act(world, SECRETARY, REWRITE, Rewritten(tuple(more), 1))
    assert the_minutes(world).version == 2
    with pytest.raises(AssertionError):  # nothing was done, so there is no receipt
        act(world, SECRETARY, ASSEMBLE)
    assert "Members thanked him." in [each.text for each in written(blocks(world))]


def test_registers_are_not_rewritten_by_hand(world: World) -> None:
    """A roll or a vote is put right where it was recorded; nothing overwrites a newer version."""
    act(world, SECRETARY, ASSEMBLE)
    with pytest.raises(Refused, match="no paragraph that can be written"):
        act(world, SECRETARY, REWRITE, Rewritten((Paragraph("roll", "All were there."),), 1))
    with pytest.raises(Refused, match=r"the text changed since it was opened \(version 0"):
        act(world, SECRETARY, REWRITE, Rewritten(written(blocks(world)), 0))


def test_minutes_that_name_somebody_who_was_not_there_do_not_circulate(world: World) -> None:
    """The finding names its paragraph; it is cured, or waived with a reason."""
    act(world, SECRETARY, ASSEMBLE)
    text = [
        Paragraph(each.anchor, each.text.replace("Office Legal", "Office South"))
        for each in written(blocks(world))
    ]
    moved = Paragraph(f"{text[0].anchor}+1", "Moved by Office South, seconded by Office Legal.")
    act(world, SECRETARY, REWRITE, Rewritten((*text, moved), 1))
    act(world, SECRETARY, SUBMIT)
    with pytest.raises(Refused, match="neither cured nor waived"):
        act(world, SECRETARY, CIRCULATE, Circulated())
    with world.reading() as session:
        found = [each for each in findings_of(session, the_minutes(world)) if each.stands]
    assert found
    with pytest.raises(Refused, match="without a reason"):
        act(world, SECRETARY, WAIVE, Waived(found[0].digest, "x", " "))
    for each in found:
        rule = each.noticed.finding.rule
        act(world, SECRETARY, WAIVE, Waived(each.digest, rule, "joined by telephone"))
    assert act(world, SECRETARY, CIRCULATE, Circulated()).state == "circulated"


def test_silence_adopts_where_the_rules_of_the_body_say_so(world: World) -> None:
    """The certificate says who was notified when, and by which article; the meeting is complete."""
    circulated(world)
    world.pass_days(6)
    assert the_minutes(world).state == "circulated"
    world.pass_days(2)
    minutes = the_minutes(world)
    assert (minutes.state, minutes.adopted_how, minutes.adopted_version) == (
        "adopted",
        "silence",
        1,
    )
    assert {each["person"] for each in minutes.certificate["notified"]} == {
        *("panel", "legal", "regions", "staff", "south")
    }
    assert all(each["handed_over_at"] for each in minutes.certificate["notified"])
    (meeting,) = world.rows(Meeting)
    assert meeting.state == "completed"
    assert world.faults() == []


def test_without_tacit_adoption_the_body_adopts_in_session(at: At) -> None:
    """Silence is worth nothing where no rule says what it is worth."""
    world = at("nothing")
    found_committee(world)
    hold_meeting(world, {"correction_window": RULES["correction_window"]})
    circulated(world)
    world.pass_days(8)
    assert the_minutes(world).state == "ready"
    done = act(world, CHAIR, ADOPT, AdoptedBy("2026/09"))
    assert (done.state, done.adopted_how) == ("adopted", "in_session")


def test_an_editorial_correction_is_in_the_text_and_a_refused_one_is_not(world: World) -> None:
    """Everybody has the whole window; each correction gets its answer; then the text is ready."""
    circulated(world)
    place = anchor(world)
    correct(world, "legal", Proposed(place, "the report", "the annual report"))
    correct(world, "staff", Proposed(place, "presented", "forced through"))
    world.pass_days(8)
    assert the_minutes(world).state == "settling"
    settle(world, 1, "accept_editorial")
    with pytest.raises(Refused):
        settle(world, 2, "refuse")
    minutes = settle(world, 2, "refuse", "It is not what was said")
    assert (minutes.state, minutes.version) == ("ready", 2)
    assert next(each.text for each in written(blocks(world)) if each.anchor == place) == (
        "Office Legal presented the annual report."
    )
    assert act(world, CHAIR, ADOPT, AdoptedBy()).adopted_version == 2


def test_a_substantive_correction_is_shown_to_everybody_before_adoption(world: World) -> None:
    """The text goes round again; nobody adopts by silence what members have not seen."""
    circulated(world)
    correct(world, "legal", Proposed(anchor(world), "presented", "withdrew"))
    world.pass_days(8)
    minutes = settle(world, 1, "accept_substantive")
    assert (minutes.state, minutes.version) == ("settling", 2)
    again = act(world, SECRETARY, RECIRCULATE, Circulated("one correction of substance"))
    assert (again.state, again.round) == ("circulated", 2)
    world.go_on()
    world.pass_days(8)
    assert the_minutes(world).adopted_version == 2


def test_the_public_edition_has_no_word_of_the_closed_item(world: World) -> None:
    """It comes from the adopted text; both are kept, with the hash of each on the record."""
    circulated(world)
    world.pass_days(8)
    act(world, CHAIR, SIGN)
    with pytest.raises(Refused, match="bear this signature"):
        act(world, CHAIR, SIGN)
    act(world, SECRETARY, PUBLISH)
    public = str(blocks(world, edition="public"))
    assert SECRET not in public
    assert PUBLIC in public
    assert SECRET in str(blocks(world))
    assert "withheld" in public


def test_adopted_minutes_are_put_right_beside_their_text(world: World) -> None:
    """A corrigendum quotes the words that stand there, and its decision; the text stays."""
    circulated(world)
    world.pass_days(8)
    before = blocks(world)
    with pytest.raises(Refused, match="do not stand in this part"):
        act(world, SECRETARY, PUT_RIGHT, Put(anchor(world), "nobody said", "x", "2026/10"))
    with pytest.raises(Refused, match="by a decision"):
        act(world, SECRETARY, PUT_RIGHT, Put(anchor(world), "the report", "the plan", ""))
    act(world, SECRETARY, PUT_RIGHT, Put(anchor(world), "the report", "the plan", "2026/10"))
    assert blocks(world) == before
    with pytest.raises(Refused):
        act(world, SECRETARY, REWRITE, Rewritten(written(before), 1))
