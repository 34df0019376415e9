"""What the documentation shows of rules of decision is what the program does."""

from __future__ import annotations

import runpy
import subprocess
import sys
from typing import get_args

from governance.cli.trial.table import COLUMNS
from governance.rulebook.ballots import Ballot
from governance.rulebook.decisions import KINDS, Counting, DecisionRule
from governance.rulebook.majorities import BASES, TIES, Base, OneTie, Quorum
from governance.settings import ROOT

PAGE = (ROOT / "docs" / "decision-rules.md").read_text("utf-8")


def test_every_example_prints_what_the_page_says() -> None:
    """An example in the documentation is run, and its output is the program's (`make docs`)."""
    page = runpy.run_path(str(ROOT / "docs" / "decision_rules.py"))
    assert page["with_outputs"](PAGE) == PAGE


def test_every_kind_and_field_is_documented_with_an_example() -> None:
    """Whoever writes a rule with the page alone misses no word of it."""
    words = {*KINDS, *BASES, *TIES, *Counting.model_fields, *DecisionRule.model_fields}
    words |= {*Quorum.model_fields, *Ballot.model_fields, *COLUMNS}
    assert sorted(each for each in words if f"`{each}`" not in PAGE and each not in PAGE) == []
    assert [kind for kind in KINDS if f"### `{kind}`" not in PAGE] == []


def test_the_tables_of_bases_and_ties_are_complete() -> None:
    """What may be written has a sentence that says what it is."""
    assert set(BASES) == set(get_args(Base))
    assert set(TIES) == set(get_args(OneTie))


def test_trying_a_rule_loads_no_database() -> None:
    """A rule is tried where nothing is installed: no table and no engine is even read."""
    code = (
        "import sys, governance.cli.consultation; "
        "print([each for each in ('sqlalchemy', 'sqlmodel', 'prefect') if each in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
