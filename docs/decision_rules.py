"""The examples of decision-rules.md: each is run, and its output stands in the page.

An example is a block of YAML, one or two blocks of CSV (the second is the roll), and a block of
text that begins with the command. `make docs` writes what the command prints; a test compares.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from typer.testing import CliRunner

from governance.cli.main import app
from governance.settings import ROOT

PAGE = ROOT / "docs" / "decision-rules.md"
FENCE = re.compile(r"^```(yaml|csv|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = "$ mandate "


def with_outputs(page: str) -> str:
    """The page with what each of its commands prints now."""
    shelf: dict[str, str] = {}

    def filled(found: re.Match[str]) -> str:
        kind, body = found[1], found[2]
        if kind == "yaml":
            shelf.clear()
            shelf["rule.yaml"] = body
        elif kind == "csv":
            shelf["roll.csv" if "answers.csv" in shelf else "answers.csv"] = body
        elif body.startswith(COMMAND):
            command = body.split("\n", 1)[0]
            body = f"{command}\n{_printed(command, shelf)}"
        return f"```{kind}\n{body}```"

    return FENCE.sub(filled, page)


def examples(page: str) -> Iterator[str]:
    """The rules of the page's examples."""
    yield from (found[2] for found in FENCE.finditer(page) if found[1] == "yaml")


def _printed(command: str, shelf: dict[str, str]) -> str:
    with tempfile.TemporaryDirectory() as folder, _within(folder):
        for name, body in shelf.items():
            Path(name).write_text(body, "utf-8")
        words = re.findall(r'"[^"]*"|\S+', command.removeprefix(COMMAND))
        result = CliRunner().invoke(app, [each.strip('"') for each in words])
    return f"{result.output.rstrip()}\n(exit status {result.exit_code})\n"


@contextmanager
def _within(folder: str) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def write(page: Path = PAGE) -> None:
    """Bring the page up to date."""
    page.write_text(with_outputs(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    write()
