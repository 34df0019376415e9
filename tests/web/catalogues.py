"""What the catalogues must hold: every message that a page can say.

Templates mark their messages by `_` and `n_`; code by the functions that make sentences, whose
first argument is the pattern and whose `cure` is another.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_dir

from governance.settings import ROOT

Message = str | tuple[str, str]

# Rooms whose sentences reach a page: what a person may do, and why not.
ROOMS = (
    "web",
    "appointments",
    "consultation",
    "committees/after",
    "committees/authority.py",
    "committees/composed.py",
    "committees/crisis.py",
    "committees/electing.py",
    "committees/filling.py",
    "committees/finding.py",
    "committees/founding.py",
    "committees/mandates.py",
    "committees/messages.py",
    "committees/officers.py",
    "committees/offices.py",
    "committees/queries.py",
    "committees/rules.py",
    "committees/seats.py",
    "committees/rolls_in_writing.py",
    "committees/sittings.py",
    "committees/standing_up.py",
    "committees/tenure.py",
    "committees/winding.py",
    "committees/written.py",
    "committees/meeting/agenda.py",
    "committees/meeting/ballots.py",
    "committees/meeting/casting.py",
    "committees/meeting/convening.py",
    "committees/meeting/declaring.py",
    "committees/meeting/dispatch.py",
    "committees/meeting/elections.py",
    "committees/meeting/expecting.py",
    "committees/meeting/holding.py",
    "committees/meeting/late_items.py",
    "committees/meeting/motions.py",
    "committees/meeting/noting.py",
    "committees/meeting/papers.py",
    "committees/meeting/room.py",
    "committees/meeting/rolls.py",
    "committees/meeting/rules.py",
    "committees/meeting/series.py",
    "committees/minutes/adopting.py",
    "committees/minutes/advance.py",
    "committees/minutes/circulating.py",
    "committees/minutes/drafting.py",
    "committees/minutes/drafts.py",
    "committees/minutes/rules.py",
    "committees/minutes/telling.py",
    "searching.py",
    "notices",
    "people",
    "documents/proof",
    "documents/returned.py",
    "documents/schema.py",
    "registry",
    "representation",
    "access",
    "acts.py",
    "lifecycle.py",
)
SAY_LEFT = "calendar/left.py"
SENTENCES = frozenset(
    {"say", "passed", "failed", "undetermined", "advisory", "refuse", "_translate"}
)
PLURALS = frozenset({"_plural", "forms"})


@cache
def messages(root: Path = ROOT) -> tuple[Message, ...]:
    """Every message once; a pair where there is a plural."""
    found: dict[Message, None] = dict.fromkeys(_of_templates(root / "templates" / "web"))
    for path in _sources(root / "governance"):
        found |= dict.fromkeys(_of_source(path.read_text("utf-8")))
    return tuple(message for message in found if message)


def _of_templates(folder: Path) -> Iterator[Message]:
    keywords = {"_": None, "n_": (1, 2)}
    for found in extract_from_dir(folder, [("**.html", "jinja2")], keywords=keywords):
        yield found[2]


def _sources(folder: Path) -> Iterator[Path]:
    for room in ROOMS:
        path = folder / room
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]
    yield folder / SAY_LEFT


def _of_source(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "WORDS":
            yield from (each for each in _constants(node.value) if "left" in each or "over" in each)


def _of_call(call: ast.Call) -> Iterator[Message]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in PLURALS:
        one, many = (text for each in call.args[:2] for text in _constants(each))
        yield (one, many)
    if name == "gettext" or name in SENTENCES:
        told = [*call.args[:1], *(each.value for each in call.keywords if each.arg == "cure")]
        told += call.args[1:2] if name == "_translate" else []
        for each in told:
            yield from _constants(each)


def _constants(node: ast.expr) -> Iterator[str]:
    """The texts of an expression: itself, or both ways of a condition, or the parts of a table."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)
    elif isinstance(node, ast.Dict):
        for each in node.values:
            yield from _constants(each)
    elif isinstance(node, ast.Tuple):
        for each in node.elts:
            yield from _constants(each)
