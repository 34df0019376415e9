"""What was promised to be secret: looked for in every table, entry, order, log and door."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from governance.consultation.certificate import certificate_for
from governance.consultation.ending import CLOSE, Closing
from governance.consultation.models import (
    FOR_EVER,
    SCORES,
    UNTIL_CLOSE,
    Answer,
    BallotPaper,
    Participation,
)
from governance.consultation.opening import Asked
from governance.consultation.queries import put
from governance.consultation.telling import tell_consultation
from governance.record import chain
from governance.record.models import Entry
from governance.refusals import Refused
from tests.acts.asking import Desk, a_desk, a_rule

# Words that stand nowhere else, so that a trace of them anywhere is a leak.
MARKED = (
    {"key": "zinnober", "meaning": "yes"},
    {"key": "karmesin", "meaning": "no"},
)
WORDS = ("zinnober", "karmesin")
WINDOW = {"days": 3, "on_late": "fail"}


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Seven people, on both databases."""
    made = a_desk(database_url, tmp_path, 7)
    yield made
    made.house.database.dispose()


def secret_rule(**changes: Any) -> dict[str, Any]:
    """A majority with positions that can be searched for."""
    return a_rule(positions=[dict(each) for each in MARKED], within=WINDOW, **changes)


def dumped(desk: Desk, *left_out: str) -> dict[str, str]:
    """Every row of every table as text, but for some."""
    found = {}
    with desk.reading() as session:
        for table in inspect(session.connection()).get_table_names():
            if table not in left_out:
                quoted = f'"{table}"'
                rows = session.connection().execute(text(f"SELECT * FROM {quoted}"))  # noqa: S608
                found[table] = " ".join(
                    each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each)
                    for row in rows
                    for each in row
                )
    return found


def without_rule(dump: dict[str, str]) -> dict[str, str]:
    """The question's own row names its positions, as its rule does; that is no trace."""
    return {table: words for table, words in dump.items() if table != "consultation"}


def vote(desk: Desk) -> dict[str, str]:
    """Everybody casts a paper; who said what is known to this test alone."""
    said = {person: WORDS[place % 3 == 0] for place, person in enumerate(desk.people)}
    for person, position in said.items():
        desk.answer(person, position)
        desk.clock.advance(minutes=7)
    return said


def test_papers_are_linked_to_nobody_in_any_table(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """Outside the urn no table, entry, notice or log knows what a paper says."""
    with caplog.at_level(logging.DEBUG):
        desk.put(secret_rule(), secrecy=FOR_EVER)
        people = dict(zip(desk.people, WORDS * 4, strict=False))
        for person, position in list(people.items())[:-1]:
            receipt = desk.answer(person, position)
            assert not any(each in json.dumps(receipt.facts) for each in WORDS)
    traces = without_rule(dumped(desk, "ballot_paper"))
    assert [table for table, words in traces.items() if any(x in words for x in WORDS)] == []
    assert not any(each in caplog.text for each in WORDS)
    assert desk.rows(Answer) == []


def test_neither_order_nor_time_nor_transaction_links_a_paper(desk: Desk) -> None:
    """Papers lie in the order of their random numbers, and bear the mark of the last act alone."""
    desk.put(secret_rule(), secrecy=FOR_EVER)
    said = vote(desk)
    stored = _as_stored(desk, "ballot_paper")
    ids = [each["id"] for each in stored]
    assert ids == sorted(ids)
    assert set(SQLModel.metadata.tables["ballot_paper"].columns.keys()) == {
        "id",
        "consultation_id",
        "choice",
    }
    if not desk.house.database.is_sqlite:
        assert len({each["xmin"] for each in stored}) == 1
    positions = [json.loads(each["choice"])["position"] for each in stored]
    assert sorted(positions) == sorted(said.values())


def _as_stored(desk: Desk, table: str) -> list[dict[str, str]]:
    """Rows in the order in which the database holds them."""
    marks = "" if desk.house.database.is_sqlite else ", xmin::text AS xmin"
    order = "" if desk.house.database.is_sqlite else " ORDER BY ctid"
    statement = f"SELECT *, CAST(choice AS TEXT) AS choice{marks} FROM {table}{order}"  # noqa: S608
    with desk.reading() as session:
        rows = session.connection().execute(text(statement)).mappings()
        return [{str(key): value for key, value in row.items()} for row in rows]


def test_sqlite_has_no_row_number_to_order_papers_by(sqlite_url: str, tmp_path: Path) -> None:
    """A table without row numbers cannot tell which paper came first."""
    desk = a_desk(sqlite_url, tmp_path)
    with desk.reading() as session, pytest.raises(DBAPIError, match="no such column"):
        session.connection().execute(text("SELECT rowid FROM ballot_paper"))
    desk.house.database.dispose()


def test_who_took_part_is_known_to_the_hour(desk: Desk) -> None:
    """Named and coarse: neither the row nor the entry says at which minute somebody voted."""
    desk.put(secret_rule(), secrecy=FOR_EVER)
    desk.clock.advance(minutes=17)
    desk.answer("p000", "zinnober")
    (row,) = desk.rows(Participation)
    assert (row.hour.minute, row.hour.second) == (0, 0)
    with desk.reading() as session:
        (entry,) = [
            each
            for each in chain.trail(session, [f"consultation:{desk.question}"])
            if each.kind == "consultation:answer"
        ]
        assert (entry.at.minute, chain.read(entry)["facts"]) == (0, {"took_part": True})
        seen = put(session, desk.question, "p000")
        assert seen is not None
        assert [each.has_spoken for each in seen.asked].count(True) == 1


def test_nobody_casts_twice_and_nothing_is_changed_or_taken_back(desk: Desk) -> None:
    """A paper cannot be found again, so it stands."""
    desk.put(secret_rule(), secrecy=FOR_EVER)
    desk.answer("p000", "zinnober")
    with pytest.raises(Refused) as refusal:
        desk.answer("p000", "karmesin")
    assert {each.rule for each in refusal.value.findings} == {"nobody_answers_twice"}
    assert len(desk.rows(BallotPaper)) == 1
    traces = without_rule(dumped(desk, "ballot_paper"))
    assert not any(word in words for words in traces.values() for word in WORDS)


def test_a_secret_ballot_closes_with_one_tally_and_not_before_its_time(desk: Desk) -> None:
    """Four of seven decide it, and yet it stays open: an early close would tell the fourth vote."""
    desk.put(secret_rule(), secrecy=FOR_EVER)
    for person in desk.people[:5]:
        desk.answer(person, "zinnober")
    assert desk.now().state == "open"
    desk.at("2026-12-01T00:00:00Z")
    outcome = desk.now().outcome
    assert outcome is not None
    assert (outcome["result"], outcome["tally"]) == ("carried", {"zinnober": 5})
    assert "all papers say the same" in outcome["warning"]
    with desk.reading() as session:
        told = [
            each
            for each in chain.trail(session, [f"consultation:{desk.question}"])
            if "tally" in str(chain.read(each)["facts"])
        ]
    assert len(told) == 1


def test_nobody_sees_an_answer_before_the_close_by_any_door(desk: Desk) -> None:
    """Pages, doors and certificates all read through the same rows, and these hold nothing back."""
    desk.put(secret_rule(), secrecy=UNTIL_CLOSE)
    desk.answer("p000", "karmesin")
    doors = [
        json.dumps(tell_consultation(desk.house, desk.as_(person, *roles), desk.question))
        for person, *roles in (("asker",), ("p001",), ("second", "auditor"), ("second", "hr"))
        if (person, *roles) != ("second", "hr")
    ]
    certificate = certificate_for(desk.house, desk.as_("p001"), desk.question, sees_all=True)
    doors.append(json.dumps(certificate.as_json()))
    for told in doors:
        plain = json.loads(told)
        assert "karmesin" not in json.dumps([plain["asked"], plain.get("mine")])
    mine = tell_consultation(desk.house, desk.as_("p000"), desk.question)["mine"]
    assert (mine["position"], mine["answered"]) == ("karmesin", True)
    with desk.reading() as session:
        bodies = b" ".join(each.body for each in session.exec(_entries()))
    assert b"karmesin" not in bodies


def _entries() -> Any:
    from sqlmodel import select

    return select(Entry)


def test_what_was_secret_until_the_close_is_told_after_it(desk: Desk) -> None:
    """The promise was until the close, and no longer."""
    desk.put(secret_rule(), secrecy=UNTIL_CLOSE)
    for person in desk.people:
        desk.answer(person, "zinnober")
    told = tell_consultation(desk.house, desk.as_("p001"), desk.question)
    assert {each["position"] for each in told["asked"]} == {"zinnober"}


def test_scores_are_unseen_until_all_are_in(desk: Desk) -> None:
    """One panellist's sheet is nobody else's business while another is still scoring."""
    rule = a_rule(
        "advice",
        positions=[{"key": "scored"}, {"key": "recuse", "counts": False}],
        criteria=[{"key": "insight", "weight": "1"}],
        within=WINDOW,
    )
    desk.put(rule, form=SCORES, content={"candidates": ["a" * 32]})
    sheet = {"a" * 32: {"insight": "7/2"}}
    desk.answer("p000", "scored", scores=sheet)
    told = tell_consultation(desk.house, desk.as_("p001"), desk.question)
    assert "7/2" not in json.dumps(told)
    with desk.reading() as session:
        assert not any(b"7/2" in each.body for each in session.exec(_entries()))
    for person in desk.people[1:]:
        desk.answer(person, "scored", scores=sheet)
    outcome = desk.now().outcome
    assert outcome is not None
    assert outcome["ranking"][0]["averages"] == {"insight": "7/2"}
    told = tell_consultation(desk.house, desk.as_("p001"), desk.question)
    assert "7/2" in json.dumps(told["asked"])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consultation SET secrecy = 'open'",
        "UPDATE ballot_paper SET choice = '{}'",
        "UPDATE participation SET hour = CURRENT_TIMESTAMP",
        "DELETE FROM participation",
        "DELETE FROM consultation",
    ],
)
def test_what_was_promised_cannot_be_undone_by_a_statement(desk: Desk, statement: str) -> None:
    """Not even somebody with a hand on the tables changes a promise by a plain statement."""
    desk.put(secret_rule(), secrecy=FOR_EVER)
    desk.answer("p000", "zinnober")
    with pytest.raises(DBAPIError), desk.house.database.deciding() as session:
        session.connection().execute(text(statement))
    assert desk.now().secrecy == FOR_EVER


def test_papers_stay_as_they_are_once_the_ballot_is_closed(desk: Desk) -> None:
    """A closed vote is never edited: its papers can be counted again, and not be taken away."""
    desk.put(secret_rule(), secrecy=FOR_EVER)
    vote(desk)
    assert desk.now().state == "closed"
    for statement in ("DELETE FROM ballot_paper", "UPDATE consultation SET outcome = NULL"):
        with pytest.raises(DBAPIError), desk.house.database.deciding() as session:
            session.connection().execute(text(statement))
    assert len(desk.rows(BallotPaper)) == 7


def test_a_paper_too_many_stops_the_count(desk: Desk) -> None:
    """As many papers as people, or the ballot is not counted."""
    desk.put(secret_rule(), secrecy=FOR_EVER)
    desk.answer("p000", "zinnober")
    with desk.house.database.deciding() as session:
        session.add(
            BallotPaper(
                id="0" * 32,
                consultation_id=desk.question,
                choice={"position": "karmesin", "chosen": []},
            )
        )
    desk.at("2026-12-01T00:00:00Z")
    assert desk.now().state == "open"
    assert desk.kinds()[-1] == "consultation:deadline_passed:refused"


@pytest.mark.parametrize(
    ("changes", "asked", "told"),
    [
        ({"may_change": True}, {}, "cannot be found again"),
        ({"undo_minutes": 5}, {}, "cannot be found again"),
        ({}, {"weight": "2"}, "different weight"),
        ({}, {"organ": "council"}, "in which organ"),
        ({"counting": {"veto": ["p000"]}}, {}, "a veto is known by its name"),
        ({"positions": [{"key": "yes", "needs_text": True}]}, {}, "reason in writing"),
    ],
)
def test_a_promise_that_cannot_be_kept_is_not_made(
    desk: Desk, changes: dict[str, Any], asked: dict[str, Any], told: str
) -> None:
    """What would give votes away is refused when the question is put, with the cure."""
    people = [Asked(each, "", "utc") for each in desk.people]
    if asked:
        people[0] = Asked(desk.people[0], "", "utc", **asked)
    with pytest.raises(Refused, match=told):
        desk.put(secret_rule() | changes, secrecy=FOR_EVER, asked=tuple(people))


def test_a_small_group_is_warned_and_the_sentence_is_honest(desk: Desk) -> None:
    """Whoever votes among three is told what secrecy among three is worth, and before whom."""
    few = tuple(Asked(each, "", "utc") for each in desk.people[:3])
    desk.put(secret_rule(), secrecy=FOR_EVER, asked=few)
    told = tell_consultation(desk.house, desk.as_("p000"), desk.question)["secrecy"]
    assert "only 3 people are asked" in told["warning"]
    assert "not from the administrator of its database" in told["honestly"]


def test_words_on_a_secret_paper_are_refused(desk: Desk) -> None:
    """A handwriting would tell whose paper it is."""
    desk.put(secret_rule(), secrecy=FOR_EVER)
    with pytest.raises(Refused, match="whose paper it is"):
        desk.answer("p000", "zinnober", text="as I always say")


def test_in_session_the_chair_closes_a_secret_vote(desk: Desk) -> None:
    """Who has not voted when the chair closes has not voted; the tally is told at once."""
    rule = a_rule(positions=[dict(each) for each in MARKED])
    desk.put(rule, secrecy=FOR_EVER, in_session=True)
    for person in desk.people[:3]:
        desk.answer(person, "zinnober")
    receipt = desk.do("asker", CLOSE, Closing())
    assert receipt.facts["outcome"]["tally"] == {"zinnober": 3}


def test_a_certificate_says_answers_as_people_read_them(desk: Desk) -> None:
    """The key of a position is for machines: its sentence has words, the JSON the key."""
    key = "approve_with_remarks"
    positions = [{"key": key, "meaning": "yes"}, {"key": "no"}]
    desk.put({**secret_rule(), "positions": positions}, secrecy=UNTIL_CLOSE)
    desk.answer("p000", key)
    told = certificate_for(desk.house, desk.as_("p000"), desk.question, sees_all=False)
    said = " ".join(map(str, told.rule))
    assert "the answers offered: approve with remarks, no" in said
    assert key not in said
