"""The command line and its installation: setting up, signing in, waking, what is broken."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from governance.cli import checking, running
from governance.cli.main import app
from governance.cli.wake import wake_once
from governance.settings import Settings
from tests.acts.desk import Desk
from tests.acts.test_cli import LAUNCH, code_in
from tests.acts.world import World

SCRIPT = Path(sys.executable).with_name("mandate")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder that the settings point to."""
    for name in [each for each in os.environ if each.startswith("MANDATE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MANDATE_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "var"


def command(*words: str) -> Any:
    """A command as this process runs it."""
    return CliRunner().invoke(app, list(words))


# --- setting up --------------------------------------------------------------------------------


def test_an_installation_is_set_up_once_and_again(home: Path) -> None:
    """The console script sets up from nothing; a second time nothing is written anew."""
    first = subprocess.run([SCRIPT, "setup", "--json"], capture_output=True, text=True, check=True)
    assert json.loads(first.stdout) == json.loads(command("setup", "--json").stdout)
    told = json.loads(command("record", "verify", "--json").stdout)
    assert (told["clean"], told["entries"]) == (True, 1)
    checked = command("check", "--json")
    assert (checked.exit_code, json.loads(checked.stdout)["clean"]) == (0, True), checked.stdout


def test_without_a_database_the_cure_is_named(home: Path) -> None:
    """A fresh clone is told to set up: one sentence, status 3."""
    done = subprocess.run([SCRIPT, "waiting"], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith("There is no database at ")
    assert "mandate setup" in done.stderr
    assert "Traceback" not in done.stderr
    assert command("check").exit_code == 1


def test_without_tables_the_cure_is_named(home: Path) -> None:
    """A database that was never migrated is said to be so."""
    home.mkdir()
    (home / "mandate.db").touch()
    done = command("record", "verify")
    assert done.exit_code == 3
    assert "no tables yet" in done.stderr
    assert "mandate setup" in done.stderr


@pytest.mark.parametrize(
    ("setting", "status", "said"),
    [
        ("DATABASE_URL=sqlite:////nowhere/at/all.db", 3, "There is no database at /nowhere"),
        ("DATABASE_URL=certainly not", 2, "address of the database is not understood"),
        ("DATABASE_URL=oracle://x", 2, "Use one of: sqlite://, postgresql+psycopg://."),
        ("DATABASE_URL=postgresql+psycopg://127.0.0.1:1/x", 3, "database cannot be used"),
        ("ORGANISATION=atlantis", 3, "There is no rulebook in"),
        ("PORT=eighty", 2, "MANDATE_PORT is not understood"),
    ],
)
def test_a_broken_setting_is_a_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch, setting: str, status: int, said: str
) -> None:
    """Whatever is wrong with the installation is said in words, with the setting to correct."""
    home.mkdir()
    (home / "mandate.db").touch()
    name, _, value = setting.partition("=")
    monkeypatch.setenv(f"MANDATE_{name}", value)
    done = command("record", "verify")
    assert done.exit_code == status, done.output
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_pale_colour_is_found_and_cured(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An organisation's colour that cannot be read on white gets the nearest one that can."""
    law = home.parent / "rulebooks" / "pale"
    law.mkdir(parents=True)
    for file in Settings().rulebook_folder.glob("*.yaml"):
        text = re.sub(r'colour: "#\w+"', 'colour: "#9ec9e8"', file.read_text("utf-8"))
        (law / file.name).write_text(text, "utf-8")
    monkeypatch.setenv("MANDATE_RULEBOOKS", str(law.parent))
    monkeypatch.setenv("MANDATE_ORGANISATION", "pale")
    told = command("check").stdout
    shade = checking.darkened("#9ec9e8")
    assert f"Use {shade}" in told
    assert 4.5 <= checking.contrast(shade) < 4.7
    assert checking.contrast("#000000") == 21


# --- signing in --------------------------------------------------------------------------------


@pytest.fixture
def desk(
    sqlite_at: Callable[[str], World], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, smtp: Any
) -> Desk:
    """A desk with people and a mail server."""
    made = Desk(sqlite_at("nothing"), monkeypatch, tmp_path)
    made.mail_through(smtp)
    return made


def test_one_signs_in_with_a_mailed_code(desk: Desk, smtp: Any) -> None:
    """The token is kept for the user alone, and gone after signing out."""
    address = "hr@organisation.example"
    asked = desk.run("sign-in", address, by="")
    assert "mandate sign-in hr@organisation.example --code CODE" in asked.stdout
    code = code_in(smtp.sent_to(address)[-1])
    signed = desk.run("sign-in", address, "--code", code, by="")
    assert signed.stdout == "Signed in as Office Hr (hr officer).\n"
    (kept,) = (desk.folder / "config").rglob("sessions.json")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert desk.done("whoami", by="")["roles"] == ["hr_officer"]
    assert desk.run(*LAUNCH, by="").exit_code == 0
    assert desk.run("sign-out", by="").exit_code == 0
    (finding,) = desk.refused("whoami", by="", status=1)
    assert finding["rule"] == "signed_in"


def test_a_strange_address_is_answered_alike(desk: Desk, smtp: Any) -> None:
    """Nobody learns from the command line who is registered; no code opens anything."""
    known = desk.run("sign-in", "hr@organisation.example", "--json", by="").stdout
    assert desk.run("sign-in", "who@nowhere.example", "--json", by="").stdout == known
    assert len(smtp.messages) == 1
    code = code_in(smtp.messages[0])
    desk.refused("sign-in", "who@nowhere.example", "--code", code, by="", status=1)


def test_a_code_that_nobody_asked_for_is_no_code(desk: Desk) -> None:
    """Somebody who gives a code without having asked for one is told how to."""
    (finding,) = desk.refused("sign-in", "hr@organisation.example", "--code", "1", by="", status=2)
    assert "mandate sign-in" in finding["cure"]


def test_a_mail_server_that_is_away_is_said(desk: Desk) -> None:
    """A code that cannot be sent is a sentence about the mail server."""
    desk.patch.setenv("MANDATE_SMTP_PORT", "1")
    (finding,) = desk.refused("sign-in", "hr@organisation.example", by="", status=1)
    assert "mail server" in finding["because"]


# --- waking ------------------------------------------------------------------------------------


class Orchestrator(BaseHTTPRequestHandler):
    """As much of Prefect's API as a wake-up needs."""

    asked: list[dict[str, Any]]

    def do_GET(self) -> None:
        """The deployment by its name."""
        self._answer({"id": "d1"})

    def do_POST(self) -> None:
        """A run is asked for."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append({"path": self.path, **json.loads(body)})
        self._answer({})

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, content: dict[str, str]) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())


@pytest.fixture
def orchestrator() -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """A real HTTP server in the place of Prefect's: its port, and what was asked of it."""
    Orchestrator.asked = []
    server = HTTPServer(("127.0.0.1", 0), Orchestrator)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, Orchestrator.asked
    server.shutdown()
    server.server_close()


def test_an_act_asks_for_one_run(
    desk: Desk, orchestrator: tuple[int, list[dict[str, Any]]]
) -> None:
    """After an act the orchestration is asked once for the run of the turn."""
    port, asked = orchestrator
    desk.patch.setenv("MANDATE_PREFECT_PORT", str(port))
    assert desk.run(*LAUNCH).exit_code == 0
    (run,) = asked
    assert run["path"] == "/api/deployments/d1/create_flow_run"
    assert run["idempotency_key"].startswith("advance-")
    wake_once(desk.world.house)
    assert len(asked) == 1


def test_an_act_stands_without_orchestration(desk: Desk) -> None:
    """Prefect is away: the act is done all the same, in silence."""
    result = desk.run(*LAUNCH)
    assert (result.exit_code, result.stderr) == (0, "")


# --- the commands themselves ---------------------------------------------------------------------


def _commands() -> Iterator[tuple[str, Any]]:
    def under(prefix: str, group: Any) -> Iterator[tuple[str, Any]]:
        for name in group.list_commands(None):
            each = group.get_command(None, name)
            if hasattr(each, "commands"):
                yield from under(f"{prefix} {name}", each)
            else:
                yield f"{prefix} {name}", each

    yield from under("mandate", typer.main.get_command(app))


HANDS_OVER_A_FILE = {
    "mandate document edit",
    "mandate document preview",
    "mandate document sample",
    "mandate meeting invitation",
    "mandate minutes text",
}


@pytest.mark.parametrize(("name", "each"), list(_commands()), ids=lambda value: str(value)[:40])
def test_every_command_says_how_it_is_used(name: str, each: Any) -> None:
    """Each command has a help text with an example of itself, and a help for every option."""
    assert f"{name}" in each.help, name
    assert "xample" in each.help, name
    assert all(parameter.help for parameter in each.params), name
    options = {opt for parameter in each.params for opt in parameter.opts}
    silent = name in {"mandate run", "mandate sign-out"} | HANDS_OVER_A_FILE
    assert "--json" in options or silent or name.endswith(" schema")  # a schema is JSON anyway


def test_a_rehearsal_gets_its_options(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for is passed through to the module that rehearses."""
    became: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _, words: became.append(words))
    command("rehearse", "regional-director", "--speed", "500", "--plain", "--json")
    command("rehearse", "regional-director", "--keep", "there")
    command("rehearse", "regional-director", "--keep")
    command("run")
    assert became == [
        running.command("flows.rehearse", "regional-director", "--speed=500", "--plain", "--json"),
        running.command("flows.rehearse", "regional-director", "--keep=there"),
        running.command("flows.rehearse", "regional-director", "--keep"),
        running.command("flows.run"),
    ]
    assert command("rehearse", "regional-director", "there").exit_code == 2
