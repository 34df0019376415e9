"""The rules of the house that a reader can break: each is tried on a planted bad example too."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

CLOCK = "governance/clock.py"
CLOCK_CALLS = {"now", "utcnow", "today", "from_timestamp"}
CLOCK_OWNERS = {"datetime", "date", "pendulum", "DateTime", "Date", "time"}
TIME_CALLS = {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"}

# Signing in is no act on a subject: its codes and sessions are bookkeeping beside the record.
TRANSACTION_DOORS = (
    "governance/access/signing.py",
    "governance/acts.py",
    "governance/app.py",
    "governance/database.py",
    "governance/migrations/env.py",
    "flows/",
)

Fault = tuple[int, str]


def sources(*folders: str) -> list[Path]:
    """Every Python file of these folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def parsed(source: str) -> ast.Module:
    """A source as a tree: several rules look at each."""
    return ast.parse(source)


def _calls(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = getattr(owner, "id", getattr(owner, "attr", ""))
            yield node.lineno, name, node.func.attr


def reads_the_clock(source: str) -> list[Fault]:
    """Where a source reads the time of day; monotonic time only measures, and may be read."""
    return [
        (line, f"{owner}.{call}() reads the clock; ask the Clock that was handed in")
        for line, owner, call in _calls(parsed(source))
        if (owner in CLOCK_OWNERS and call in CLOCK_CALLS)
        or (owner == "time" and call in TIME_CALLS)
        or (owner == "func" and call in {"now", "current_timestamp"})
    ]


def begins_transactions(source: str) -> list[Fault]:
    """Where a source opens a write transaction, or ends one."""
    return [
        (line, f".{call}() binds; only acts.py, app.py and flows/ do that")
        for line, owner, call in _calls(parsed(source))
        if call in {"deciding", "begin", "begin_nested"}
        or (call == "commit" and owner in {"session", "connection"})
    ]


def is_too_long(source: str) -> list[Fault]:
    """Whether a file, or a function in it, is longer than one can read in one go."""
    faults: list[Fault] = []
    lines = len(source.splitlines())
    if lines > LONGEST_FILE:
        faults.append((lines, f"the file has {lines} lines, at most {LONGEST_FILE}"))
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                faults.append(
                    (node.lineno, f"{node.name} has {length} lines, at most {LONGEST_FUNCTION}")
                )
    return faults


def is_undocumented_test(source: str) -> list[Fault]:
    """Tests that do not say in one sentence what the institution gets."""
    return [
        (node.lineno, f"{node.name} has no docstring")
        for node in ast.walk(parsed(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]


PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right)\b|(?:^|[{;\s])(?:left|right|float)\s*:"
    r"|text-align\s*:\s*(?:left|right)\b"
)


def names_left_or_right(source: str) -> list[Fault]:
    """Where a stylesheet says left or right: Arabic reads the other way, so say start and end."""
    plain = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), source, flags=re.DOTALL)
    return [
        (number, f"{found[0].strip()}: say inline-start or inline-end")
        for number, line in enumerate(plain.splitlines(), 1)
        if (found := PHYSICAL.search(line))
    ]


INLINE = re.compile(
    r"<[^>]*\s(style|on[a-z]+)\s*=|<style\b|<script\b(?![^>]*\bsrc=)", re.IGNORECASE
)


def styles_inline(source: str) -> list[Fault]:
    """Where a page has style or script within itself: the content policy forbids both."""
    plain = re.sub(r"{#.*?#}", lambda found: "\n" * found[0].count("\n"), source, flags=re.DOTALL)
    return [
        (plain.count("\n", 0, found.start()) + 1, f"{found[0].strip()}: put it in the stylesheet")
        for found in INLINE.finditer(plain)
    ]


def complaints(files: list[Path], rule: Callable[[str], list[Fault]]) -> list[str]:
    """What a rule says of these files, as lines that an editor can jump to."""
    return [
        f"{path.relative_to(ROOT)}:{line}: {what}"
        for path in files
        for line, what in rule(path.read_text("utf-8"))
    ]


def test_only_the_clock_reads_the_time() -> None:
    """Tests and rehearsals own the time, because nobody goes round the clock."""
    files = [path for path in sources("governance", "flows") if path != ROOT / CLOCK]
    assert complaints(files, reads_the_clock) == []


def test_only_the_door_begins_transactions() -> None:
    """Every act is one transaction, because only the door opens one."""
    files = [
        path
        for path in sources("governance")
        if not str(path.relative_to(ROOT)).startswith(TRANSACTION_DOORS)
    ]
    assert complaints(files, begins_transactions) == []


def test_every_file_can_be_read_in_one_go() -> None:
    """No file and no function is longer than a reader's patience."""
    files = sources("governance", "flows", "tests", "benchmarks")
    assert complaints(files, is_too_long) == []


def test_every_test_says_what_the_institution_gets() -> None:
    """A test's docstring is the sentence that it proves."""
    assert complaints(sources("tests"), is_undocumented_test) == []


def test_no_stylesheet_knows_left_from_right() -> None:
    """A page reads as well in Arabic as in English."""
    vendored = "vendor"
    files = [
        path
        for folder in ("governance", "templates")
        for path in sorted((ROOT / folder).rglob("*.css"))
        if vendored not in path.parts
    ]
    assert complaints(files, names_left_or_right) == []


def test_no_page_styles_or_scripts_within_itself() -> None:
    """The content policy needs no exception: pages carry neither style nor script."""
    files = [
        path
        for path in sorted((ROOT / "templates" / "web").rglob("*"))
        if path.suffix in {".html", ".jinja", ".j2"}
    ]
    assert complaints(files, styles_inline) == []


LONG_FUNCTION = "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION
BAD = [
    (reads_the_clock, "from datetime import datetime\nx = datetime.now(UTC)\n"),
    (reads_the_clock, "import pendulum\nx = pendulum.now('UTC')\n"),
    (reads_the_clock, "import time\nx = time.time()\n"),
    (begins_transactions, "with database.deciding() as session:\n    pass\n"),
    (begins_transactions, "session.commit()\n"),
    (is_too_long, LONG_FUNCTION),
    (is_too_long, "x = 1\n" * (LONGEST_FILE + 1)),
    (is_undocumented_test, "def test_it():\n    assert True\n"),
    (names_left_or_right, "p { margin-left: 1rem }"),
    (names_left_or_right, "p {\n  text-align: right;\n}"),
    (names_left_or_right, "p { position: absolute; left: 0 }"),
    (styles_inline, '<p style="color: red">'),
    (styles_inline, '<a href="#" onclick="go()">'),
    (styles_inline, "<script>go()</script>"),
]
GOOD = [
    (reads_the_clock, "x = clock.now()\ny = time.monotonic()\n"),
    (begins_transactions, "with database.reading() as session:\n    pass\n"),
    (names_left_or_right, "p { margin-inline-start: 1rem } /* left: it was */"),
    (styles_inline, '<script src="/static/x.js"></script><p class="style">'),
]


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_a_planted_fault_is_found(rule: Callable[[str], list[Fault]], example: str) -> None:
    """A rule of the house that cannot fail is no rule."""
    assert rule(example)


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_a_lawful_example_passes(rule: Callable[[str], list[Fault]], example: str) -> None:
    """A rule of the house does not cry wolf."""
    assert rule(example) == []
