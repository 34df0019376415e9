"""`mandate people`, `question`, `notices` as a newcomer meets them: statuses, JSON, odd input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from governance.access.signing import begin
from governance.cli.main import app
from tests.acts.conftest import At

CSV = "person,from,until,substitute\nsg@organisation.example,2027-03-01,2027-03-05,"


@pytest.fixture
def run(sqlite_at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A command as an HR officer gives it, on a fresh installation; gives status and JSON."""
    world = sqlite_at("nothing")
    monkeypatch.setenv("MANDATE_DATABASE_URL", world.house.settings.database)
    monkeypatch.setenv("MANDATE_KEYS", str(world.house.settings.keys_folder))
    monkeypatch.setenv("MANDATE_TOKEN", begin(world.house, "hr"))
    monkeypatch.setenv("MANDATE_SESSION_HOURS", "999999")
    monkeypatch.setattr("governance.app.clock_at", lambda _: world.clock)
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, Any]:
        answer = CliRunner().invoke(app, [*words, "--json"])
        return answer.exit_code, json.loads(answer.stdout)

    return command


def test_a_file_of_absences_is_tried_taken_and_refused(run: Any, tmp_path: Path) -> None:
    """0 for a clean dry run and for what is taken, 2 with the row for what is not."""
    file = tmp_path / "absences.csv"
    file.write_text(f"{CSV}south@organisation.example\n")
    status, told = run("people", "absence", "import", str(file), "--dry-run")
    assert (status, told["taken"], told["rows"][0]["outcome"]) == (0, False, "new")
    assert run("people", "absence", "import", str(file))[0] == 0
    listed = run("people", "absence", "list", "--person", "sg@organisation.example")[1]
    assert listed[0]["substitute"] == "south@organisation.example"
    file.write_text(f"{CSV}nobody@example.org\n")
    status, told = run("people", "absence", "import", str(file))
    assert status == 2
    assert {each["where"] for each in told["refused"]["findings"]} == {"line 2"}
    assert run("people", "absence", "import", "no-such-file.csv")[0] == 2


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("people", "offices"), 0),
        (("people", "alarms"), 0),
        (("people", "assign", "legal_adviser", "south@organisation.example"), 0),
        (("people", "assign", "jester", "south@organisation.example"), 2),
        (("people", "assign", "legal_adviser", "who@example.org"), 3),
        (("people", "leave", "sg@organisation.example", "--dry-run"), 0),
        (("people", "leave", "sg@organisation.example", "--to", "who@example.org"), 2),
        (("people", "tie", "sg@organisation.example", "hr@organisation.example", "--kind", "x"), 2),
        (("people", "absence", "plan", "--from", "2027-02-30", "--until", "2027-03-01"), 2),
        (("notices", "preferences", "--zone", "Mars/Base"), 2),
        (("notices", "preferences", "--digest-at", "08:00"), 0),
        (("notices", "undelivered"), 0),
        (("notices", "send-again", "0" * 32), 3),
        (("question", "tell", "0" * 32, "--text", "x"), 3),
        (("question", "delegate", "INT-2026-0001", "--to", "x@example.org"), 3),
    ],
)
def test_every_command_ends_with_its_status(run: Any, words: tuple[str, ...], status: int) -> None:
    """Done, not understood, not there: and JSON in each case."""
    assert run(*words)[0] == status
