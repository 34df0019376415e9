"""A desk with a command line, in a world: somebody is signed in, the clock is the world's."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from governance.access.signing import begin
from governance.cli.main import app
from governance.clock import SharedClock
from tests.acts.world import World


@dataclass
class Desk:
    """Runs commands as people of the world."""

    world: World
    patch: pytest.MonkeyPatch
    folder: Path

    def __post_init__(self) -> None:
        """The settings of the world are those of the command line."""
        settings = self.world.house.settings
        given = {
            "HOME": settings.home,
            "DATABASE_URL": settings.database_url,
            "CLOCK_FILE": self.folder / "clock.json",
            "PREFECT_PORT": 1,
            "PUBLIC_URL": "https://mandate.organisation.example",
        }
        for name, value in given.items():
            self.patch.setenv(f"MANDATE_{name}", str(value))
        self.patch.setenv("XDG_CONFIG_HOME", str(self.folder / "config"))
        self.patch.chdir(self.folder)

    def run(self, *words: str, by: str = "hr", typed: str | None = None) -> Result:
        """What a command prints and its exit status; `by` nobody: whoever signed in here."""
        SharedClock(self.folder / "clock.json").start(self.world.clock.now(), 0)
        if by:
            self.patch.setenv("MANDATE_TOKEN", begin(self.world.house, by))
        else:
            self.patch.delenv("MANDATE_TOKEN", raising=False)
        return CliRunner().invoke(app, list(words), input=typed)

    def done(self, *words: str, by: str = "hr") -> Any:
        """The JSON of a command that must succeed; what is due afterwards is done."""
        result = self.run(*words, "--json", by=by)
        assert result.exit_code == 0, result.output
        self.world.go_on()
        return json.loads(result.stdout)

    def refused(self, *words: str, status: int, by: str = "hr") -> list[dict[str, str]]:
        """The findings of a command that must be refused with this status."""
        result = self.run(*words, "--json", by=by)
        assert result.exit_code == status, result.output
        findings: list[dict[str, str]] = json.loads(result.stdout)["refused"]["findings"]
        return findings

    def mail_through(self, smtp: Any) -> None:
        """Mails go to this server."""
        self.patch.setenv("MANDATE_SMTP_HOST", smtp.host)
        self.patch.setenv("MANDATE_SMTP_PORT", str(smtp.port))
        settings = self.world.house.settings.model_copy(
            update={"smtp_host": smtp.host, "smtp_port": smtp.port}
        )
        self.world.house = replace(self.world.house, settings=settings)
