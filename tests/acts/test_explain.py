"""The certificate of a question: rule, roll, count and working, for whoever may read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from governance.appointments.queries import sees_all
from governance.consultation.certificate import Certificate, certificate_for
from governance.refusals import Refused
from tests.acts.desk import Desk
from tests.acts.world import World

pytestmark = pytest.mark.slow

At = Callable[[str], World]


def certified(world: World, key: str, person: str = "hr") -> Certificate:
    """The certificate of a question, as somebody reads it."""
    actor = world.as_(person)
    return certificate_for(world.house, actor, key, sees_all=sees_all(actor))


def test_an_open_question_is_counted_as_it_stands(sqlite_at: At) -> None:
    """While answers are awaited the certificate says so, and who has not answered."""
    world = sqlite_at("consultation")
    world.go_on()

    found = certified(world, world.open_question().id)

    assert found.facts["result"] is None
    assert str(found.rule[1]) == "it is carried unless somebody objects in writing in their time"
    assert str(found.roll[0]) == "the roll: 3 asked, 3 reached, 0 answered"
    assert "3 may still answer" in [str(each) for each in found.working]
    assert str(found.end) == "the question is open"


def test_a_closed_question_is_certified_as_it_was_stored(sqlite_at: At) -> None:
    """Rule, article, roll with instants, working, result, and the entry of the record."""
    world = sqlite_at("consultation")
    asked = world.open_question().id
    world.go_on()
    world.answer("legal", "no_objection")
    world.pass_days(30)

    found = certified(world, asked)

    told = " ".join(str(each) for each in found.sentences)
    assert "the rule: " in told
    assert "whoever was reached and kept silent to the end consents" in told
    assert "the roll: 3 asked, 3 reached, 1 answered" in told
    assert '"no objection", 20' in told
    assert "of 3 asked, 1 answered without objection and 2 kept silent to the end" in told
    assert 'with the result "carried"; entry ' in told
    assert found.facts["closing_entry"]


def test_somebody_asked_reads_the_certificate_without_the_positions_of_others(
    sqlite_at: At,
) -> None:
    """Who was asked sees who answered and their own position; who was not asked sees nothing."""
    world = sqlite_at("consultation")
    asked = world.open_question().id
    world.go_on()
    world.answer("legal", "no_objection")

    mine = certified(world, asked, "legal")
    positions = [each["position"] for each in mine.facts["asked"] if each["position"]]
    assert positions == ["no_objection"]
    other = certified(world, asked, "staff")
    assert [each["position"] for each in other.facts["asked"]] == [None, None, None]
    assert sum(each["answered"] for each in other.facts["asked"]) == 1
    with pytest.raises(Refused, match="no such question"):
        certified(world, asked, "east")


def test_the_command_line_prints_the_certificate(
    sqlite_at: At, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`mandate consultation explain ID`: headed parts for people, facts for machines."""
    desk = Desk(sqlite_at("consultation"), monkeypatch, tmp_path)
    asked = desk.world.open_question().id

    said = desk.run("consultation", "explain", asked)
    told = desk.done("consultation", "explain", asked)

    assert said.exit_code == 0
    assert [each for each in ("Rule", "Roll", "Working", "Result") if each in said.stdout] == [
        "Rule",
        "Roll",
        "Working",
        "Result",
    ]
    assert told["sentences"][-1] == "the question is open"
    (finding,) = desk.refused("consultation", "explain", asked, by="east", status=3)
    assert finding["rule"] == "known_consultation"
