"""The record: what was changed is found, what is confidential is nowhere in clear."""

# ruff: noqa: S608 -- the names of columns and tables are the test's own

from __future__ import annotations

import ast
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from governance.appointments.checks.recording import RECORD_CHECKS, Recorded
from governance.appointments.launching import WITHDRAW, Why
from governance.consultation.models import Answer
from governance.database import Database
from governance.record import chain
from governance.record.filekeys import Erased
from governance.record.models import Entry, Sealed
from governance.record.vocabulary import KINDS, is_known
from governance.settings import ROOT
from tests.acts.conftest import At
from tests.acts.world import World

pytestmark = pytest.mark.slow

SECRET = "Her former employer told of a grave incident in 2019"
COLUMNS = ("id", "chain", "seq", "kind", "at", "actor", "body", "prev", "hash")

in_the_same_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def copy(sqlite_at: At, tmp_path: Path) -> Iterator[tuple[Path, Database]]:
    """A copy of the record of a case in full course, without the triggers that protect it."""
    world = sqlite_at("decision")
    source = Path(str(world.house.database.url).removeprefix("sqlite:///"))
    with sqlite3.connect(source) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    rows.close()
    target = Path(shutil.copy(source, tmp_path / "copy.db"))
    with sqlite3.connect(target) as rows:
        rows.executescript("PRAGMA journal_mode=DELETE; PRAGMA foreign_keys=OFF;")
        rows.executescript("DROP TRIGGER entry_no_update; DROP TRIGGER entry_no_delete;")
    rows.close()
    database = Database(f"sqlite:///{target}")
    yield target, database
    database.dispose()


def _faults(database: Database) -> list[chain.Fault]:
    with database.reading() as session:
        return chain.verify(session)[1]


def _changed(value: Any, position: int, flip: int) -> Any:
    """The value with one byte changed; a number is another number."""
    if isinstance(value, int):
        return value + 1000 + flip
    if isinstance(value, bytes):
        at = position % len(value)
        return value[:at] + bytes([value[at] ^ flip]) + value[at + 1 :]
    if value is None:
        return "somebody"
    at = position % len(value)
    return value[:at] + chr(ord(value[at]) ^ flip) + value[at + 1 :]


@in_the_same_file
@given(
    number=st.integers(0, 10_000),
    column=st.sampled_from([each for each in COLUMNS if each != "id"]),
    position=st.integers(0, 10_000),
    flip=st.integers(1, 127),
)
def test_any_changed_byte_of_any_entry_is_found_and_named(
    copy: tuple[Path, Database], number: int, column: str, position: int, flip: int
) -> None:
    """Whichever byte of whichever column is changed, `verify` names the entry."""
    path, database = copy
    with sqlite3.connect(path) as rows:
        ids = [each for (each,) in rows.execute("SELECT id FROM entry ORDER BY id")]
        chosen = ids[number % len(ids)]
        (value,) = rows.execute(f"SELECT {column} FROM entry WHERE id=?", [chosen]).fetchone()
        new = _changed(value, position, flip)
        rows.execute(f"UPDATE entry SET {column}=? WHERE id=?", [new, chosen])
    rows.close()
    try:
        assert chosen in [fault.entry for fault in _faults(database)]
    finally:
        with sqlite3.connect(path) as rows:
            rows.execute(f"UPDATE entry SET {column}=? WHERE id=?", [value, chosen])
        rows.close()
    assert _faults(database) == []


@in_the_same_file
@given(number=st.integers(0, 10_000))
def test_an_entry_that_is_missing_is_found(copy: tuple[Path, Database], number: int) -> None:
    """Taking out an entry that is followed by another one breaks the chain at that place."""
    path, database = copy
    columns = ", ".join(COLUMNS)
    followed = (
        f"SELECT {columns} FROM entry e WHERE EXISTS "
        "(SELECT 1 FROM entry f WHERE f.chain = e.chain AND f.seq = e.seq + 1) ORDER BY id"
    )
    with sqlite3.connect(path) as rows:
        found = rows.execute(followed).fetchall()
        taken = found[number % len(found)]
        rows.execute("DELETE FROM entry WHERE id=?", [taken[0]])
    rows.close()
    faults = _faults(database)
    with sqlite3.connect(path) as rows:
        marks = ", ".join("?" * len(COLUMNS))
        rows.execute(f"INSERT INTO entry ({columns}) VALUES ({marks})", taken)
    rows.close()
    assert [(fault.chain, fault.seq) for fault in faults] == [(taken[1], taken[2] + 1)]
    assert "missing" in faults[0].what


def test_entries_that_changed_places_are_found(copy: tuple[Path, Database]) -> None:
    """Rows of one chain whose numbers in the table were exchanged are named."""
    path, database = copy
    with sqlite3.connect(path) as rows:
        (one, two) = [
            each
            for (each,) in rows.execute(
                "SELECT id FROM entry WHERE chain LIKE 'case:%' ORDER BY id LIMIT 2"
            )
        ]
        for old, new in ((one, -1), (two, one), (-1, two)):
            rows.execute("UPDATE entry SET id=? WHERE id=?", [new, old])
    rows.close()
    assert {fault.entry for fault in _faults(database)} == {one}


def test_a_forged_entry_that_is_whole_in_itself_breaks_what_follows(
    copy: tuple[Path, Database],
) -> None:
    """Whoever rewrites an entry with its hash would have to rewrite every entry after it."""
    path, database = copy
    with sqlite3.connect(path) as rows:
        entry, body = rows.execute(
            "SELECT id, body FROM entry WHERE chain LIKE 'case:%' ORDER BY id LIMIT 1"
        ).fetchone()
        forged = body.replace(b'"hr"', b'"sg"')
        rows.execute(
            "UPDATE entry SET body=?, actor='sg', hash=? WHERE id=?",
            [forged, hashlib.sha256(forged).hexdigest(), entry],
        )
    rows.close()
    assert forged != body
    assert "does not follow" in _faults(database)[0].what


@pytest.mark.parametrize("forged", [b"", b"no json", b"[]", b'{"at": 5}', b"\xff\xfe"])
def test_an_entry_that_is_no_entry_any_more_is_named_and_not_choked_on(
    copy: tuple[Path, Database], forged: bytes
) -> None:
    """A text that fits its hash but cannot be read is a fault, and the others are still checked."""
    path, database = copy
    with sqlite3.connect(path) as rows:
        rows.execute(
            "UPDATE entry SET body=?, hash=? WHERE id=2",
            [forged, hashlib.sha256(forged).hexdigest()],
        )
    rows.close()
    assert 2 in [fault.entry for fault in _faults(database)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET kind = 'case:launch' WHERE id = 1",
        "DELETE FROM entry WHERE id = 1",
        "UPDATE answer SET position = 'object'",
        "DELETE FROM answer",
        "UPDATE document SET html = ''",
    ],
)
def test_the_database_refuses_to_change_what_was_recorded(at: At, statement: str) -> None:
    """UPDATE and DELETE of entries and answers, and UPDATE of documents, fail at the database."""
    world = at("acceptance")
    count = len(world.entries())
    with (
        pytest.raises(DBAPIError, match="refused, something newer supersedes"),
        world.house.database.deciding() as session,
    ):
        session.connection().execute(text(statement))
    assert len(world.entries()) == count
    assert {each.position for each in world.rows(Answer)} >= {"appoint", "no_objection"}
    assert world.faults() == []


# --- what is confidential ------------------------------------------------------------------


def _with_secrets(world: World) -> None:
    checks = ((world.candidacy("Aalto").id, "misconduct"),)
    world.do("hr", RECORD_CHECKS, Recorded(checks, "adverse", "a former employer", SECRET))
    world.do("hr", WITHDRAW, Why(SECRET.upper()))


def test_a_confidential_text_stands_nowhere_in_clear(sqlite_at: At, tmp_path: Path) -> None:
    """Neither in a table nor in an entry nor in a key: the files of the installation lack it."""
    world = sqlite_at("vetting")
    _with_secrets(world)
    world.house.database.dispose()
    files = [Path(str(world.house.database.url).removeprefix("sqlite:///"))]
    files += [each for each in tmp_path.rglob("*") if each.is_file()]
    files += list(files[0].parent.glob(f"{files[0].name}-*"))
    held = b"".join(each.read_bytes() for each in files)
    assert b"candidates.example" in held  # what is in clear would be found
    assert SECRET.encode() not in held
    assert SECRET.upper().encode() not in held
    assert b"grave incident" not in held


def test_a_confidential_text_is_in_no_row_of_the_server(postgres_at: At) -> None:
    """On PostgreSQL neither: every column of every row is looked at."""
    world = postgres_at("vetting")
    _with_secrets(world)
    with world.reading() as session:
        tables = session.connection().execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        )
        held = "".join(
            str(row)
            for (table,) in tables.all()
            for row in session.connection().execute(text(f'SELECT * FROM "{table}"'))
        )
    assert "candidates.example" in held
    assert "grave incident" not in held
    assert SECRET.upper() not in held


def test_a_sealed_text_is_read_back_and_committed_to_with_salt(at: At) -> None:
    """Whoever has the key reads it; the entry's commitment is not the hash of the text."""
    world = at("vetting")
    _with_secrets(world)
    with world.reading() as session:
        read = {world.house.keys.open(session, each.id) for each in world.rows(Sealed)}
    assert read == {SECRET, SECRET.upper()}
    record = b"".join(entry.body for entry in world.entries())
    assert hashlib.sha256(SECRET.encode()).hexdigest().encode() not in record


def test_destroying_a_key_erases_one_file_while_the_chain_verifies(at: At) -> None:
    """The texts of that file are gone for good, those of others are not, the record holds."""
    world = at("vetting")
    _with_secrets(world)
    candidacy = world.candidacy("Aalto").id
    world.house.keys.destroy(f"candidacy:{candidacy}")
    with world.reading() as session:
        for sealed in world.rows(Sealed):
            if sealed.file == f"candidacy:{candidacy}":
                with pytest.raises(Erased):
                    world.house.keys.open(session, sealed.id)
            else:
                assert world.house.keys.open(session, sealed.id) == SECRET.upper()
    assert world.faults() == []


def test_a_file_that_was_erased_may_be_written_again_and_stays_erased(at: At) -> None:
    """A new text under a new key does not bring the old one back."""
    world = at("nothing")
    keys = world.house.keys
    with world.house.database.deciding() as session:
        old = keys.seal(session, "file", "old")
    keys.destroy("file")
    with world.house.database.deciding() as session:
        new = keys.seal(session, "file", "new")
    with world.reading() as session:
        assert keys.open(session, new.sealed) == "new"
        with pytest.raises(Erased):
            keys.open(session, old.sealed)


# --- the vocabulary ------------------------------------------------------------------------


def _in_the_house() -> Iterator[ast.AST]:
    """Every part of every source of the house, but for the list of words itself."""
    for path in (ROOT / "governance").rglob("*.py"):
        if path.name != "vocabulary.py":
            yield from ast.walk(ast.parse(path.read_text("utf-8")))


def _kinds_of_verbs() -> set[str]:
    """The first argument of every `Verb(...)` in the house."""
    return {
        node.args[0].value
        for node in _in_the_house()
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Verb"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_act_has_its_word_in_the_vocabulary_of_the_record() -> None:
    """What is done is written down under a word that was agreed."""
    assert _kinds_of_verbs() <= KINDS


def test_there_is_no_word_for_what_nobody_can_do() -> None:
    """Each word of the vocabulary is used by some verb, be it made one by one or in a row."""
    said = {node.value for node in _in_the_house() if isinstance(node, ast.Constant)}
    assert KINDS - said == frozenset()


def test_the_vocabulary_is_written_in_the_order_of_the_alphabet() -> None:
    """A word is found where one looks for it."""
    source = (ROOT / "governance" / "record" / "vocabulary.py").read_text("utf-8")
    written = [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ":" in node.value
    ]
    kinds = [each for each in written if each in KINDS]
    assert kinds == sorted(KINDS)


def test_a_refusal_has_the_word_of_its_act(sqlite_at: At) -> None:
    """`:refused` is said of every act and of nothing else."""
    assert all(is_known(f"{kind}:refused") for kind in KINDS)
    assert not is_known("case:refused")
    assert not is_known("")
    assert all(is_known(kind) for kind in sqlite_at("done").kinds())


def test_an_entry_is_stored_as_it_was_hashed(at: At) -> None:
    """The bytes are those of the hash, on both databases, and each follows from the one before."""
    world = at("decision")
    last: dict[str, str] = {}
    for entry in world.entries():
        assert isinstance(entry, Entry)
        assert hashlib.sha256(entry.body).hexdigest() == entry.hash
        assert entry.prev == last.get(entry.chain, chain.GENESIS)
        last[entry.chain] = entry.hash
