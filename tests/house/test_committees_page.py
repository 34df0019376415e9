"""The page on committees can be followed word for word: its files, its commands, their answers."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from governance.cli.main import app
from governance.rulebook.proceedings.told import table
from governance.settings import ROOT

PAGE = (ROOT / "docs" / "committees.md").read_text("utf-8")
FILES = re.findall(r"<!-- file: (\S+) -->\n```\w*\n(.*?)```", PAGE, re.DOTALL)
RUNS = re.findall(r"<!-- run -->\n```console\n\$ mandate (.*?)\n(.*?)```", PAGE, re.DOTALL)


def test_the_rules_on_the_page_are_those_of_the_code() -> None:
    """Whoever writes a body's rules finds every one of them; `make docs` renews the table."""
    assert f"{table()}\n<!-- end -->" in PAGE


def test_the_acts_on_the_page_are_those_of_the_api() -> None:
    """Whoever acts through the API finds every field; `make docs` renews the table."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.with_acts(PAGE) == PAGE


@pytest.mark.parametrize(("command", "answer"), RUNS, ids=[each[0].split()[0] for each in RUNS])
def test_what_the_page_shows_is_what_one_gets(
    command: str, answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The examples of the documentation are run, and answer as printed."""
    for name, text in FILES:
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(app, command.split()).output
    assert [each.strip() for each in said.strip().splitlines()] == [
        each.strip() for each in answer.strip().splitlines()
    ]
