"""Files that a person names on the command line: read, understood or refused, and written."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from governance.refusals import Reason, refuse

MOST = 20 * 1024 * 1024


def read_facts(name: str) -> dict[str, Any]:
    """The facts of a file, or of stdin; refuses what is no table of facts, with its place."""
    text = sys.stdin.read(MOST) if name == "-" else read(Path(name)).decode("utf-8", "replace")
    return _facts(name, text)


def _facts(name: str, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise _not_facts(name, f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise _not_facts(name, str(error) or "it is nested too deeply") from None
    if not isinstance(found, dict):
        raise _not_facts(name, "it is no table of facts")
    return found


def read_facts_of_lines(path: Path) -> list[dict[str, Any]]:
    """One table of facts a line; refuses all of it where one line is wrong, by its number."""
    rows = [each for each in read(path).decode("utf-8", "replace").splitlines() if each.strip()]
    return [_facts(f"{path}, line {at}", each) for at, each in enumerate(rows, start=1)]


def write(path: Path, content: bytes) -> None:
    """Write a file, or say why it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise refuse(
            "{path} cannot be written: {problem}",
            rule="file_is_written",
            cure="Name another place with --output.",
            reason=Reason.INPUT,
            path=str(path),
            problem=error.strerror,
        ) from None


def read(path: Path) -> bytes:
    """The content of a file that somebody names; refuses what is missing, empty or too large."""
    try:
        if path.stat().st_size > MOST:
            raise _no_file(path, f"it is larger than {MOST // 2**20} MB")
        content = path.read_bytes()
    except OSError as error:
        raise _no_file(path, error.strerror or "it cannot be read") from None
    if not content:
        raise _no_file(path, "it is empty")
    return content


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'the field "{twice}" stands there twice')
    return found


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _no_file(path: Path, problem: str) -> Exception:
    return refuse(
        "{path} cannot be read: {problem}",
        rule="file_is_read",
        cure="Check its name.",
        where=str(path),
        reason=Reason.INPUT,
        path=str(path),
        problem=problem,
    )


def _not_facts(name: str, problem: str) -> Exception:
    return refuse(
        "{name} holds no facts: {problem}",
        rule="facts_are_json",
        cure="Write them as JSON; begin from: mandate document sample KIND.",
        where=name,
        reason=Reason.INPUT,
        name=name,
        problem=problem,
    )
