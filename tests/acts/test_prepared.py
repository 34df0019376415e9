"""Statements that are prepared write and read what the mapped rows do, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pendulum
import pytest
from sqlalchemy.exc import IntegrityError

from governance.consultation.models import Consultation
from governance.database import Database, add_at_once, add_rows, change_at_once, lock_first

NOW = pendulum.datetime(2026, 11, 23, 12, 0, 0, 123456)
QUESTION: dict[str, Any] = {
    "id": "q1",
    "owner_kind": "case",
    "owner_id": "c1",
    "step_key": "step",
    "round": 1,
    "reference": "INT 100 %",
    "question": {"en": "Is «50 %» enough?", "ar": "هل يكفي؟"},
    "rule": {"kind": "single", "positions": [{"key": "yes"}], "amount": None},
    "tellers": ["one", "two"],
    "opened_at": NOW,
    "in_session": True,
}


@pytest.fixture
def rows(database_url: str) -> Iterator[Database]:
    """An empty database."""
    database = Database(database_url)
    yield database
    database.dispose()


def test_a_row_that_was_written_at_once_is_read_as_it_was_meant(rows: Database) -> None:
    """Texts, instants, plain data, what is true and what is nothing come back as they went in."""
    with rows.deciding() as session:
        made = add_at_once(session, Consultation, **QUESTION).model_dump()
    with rows.reading() as session:
        kept = session.get_one(Consultation, "q1")
        assert kept.model_dump() == made
        assert {name: getattr(kept, name) for name in QUESTION} == QUESTION


def test_a_locked_row_is_the_row_that_a_session_reads(rows: Database) -> None:
    """Every column is there, and what is changed afterwards is written with the others."""
    with rows.deciding() as session:
        add_rows(session, Consultation, [QUESTION])
    with rows.deciding() as session:
        locked = lock_first(session, Consultation, "q1")
        assert locked is session.get(Consultation, "q1")
        assert locked is not None
        assert locked.opened_at == NOW
        locked.extended = 2
    with rows.deciding() as session:
        change_at_once(session, session.get_one(Consultation, "q1"), outcome={"result": "yes"})
    with rows.reading() as session:
        kept = session.get_one(Consultation, "q1")
        assert (kept.extended, kept.outcome, kept.opened_at) == (2, {"result": "yes"}, NOW)


def test_a_row_that_is_not_there_is_locked_by_nobody(rows: Database) -> None:
    """None, as a session has it."""
    with rows.deciding() as session:
        assert lock_first(session, Consultation, "nobody") is None


def test_a_key_that_is_taken_is_told_as_always(rows: Database) -> None:
    """Whoever waits for SQLAlchemy's error gets it, and nothing of the act is kept."""
    with pytest.raises(IntegrityError), rows.deciding() as session:
        add_rows(session, Consultation, [QUESTION, {**QUESTION, "step_key": "another"}])
    with rows.reading() as session:
        assert session.get(Consultation, "q1") is None


def test_rows_whose_key_is_taken_can_be_left_as_they_are(rows: Database) -> None:
    """The first of two stays."""
    with rows.deciding() as session:
        add_rows(session, Consultation, [QUESTION])
        again = {**QUESTION, "reference": "later"}
        add_rows(
            session, Consultation, [again, {**again, "id": "q2", "round": 2}], keep_those_there=True
        )
    with rows.reading() as session:
        assert session.get_one(Consultation, "q1").reference == "INT 100 %"
        assert session.get_one(Consultation, "q2").reference == "later"
