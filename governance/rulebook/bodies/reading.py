"""From a file to a body, or every fault in it with line, column and cure."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from governance.refusals import Finding, Reason, Refused, refuse, say
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.linting import check_names
from governance.rulebook.linting import faults
from governance.rulebook.linting.yamltext import LARGEST, Reading, read_text

SHIPPED = Path(__file__).resolve().parents[2] / "rulebooks" / "bodies"
FILE = "body.yaml"
RULE = "body_file"


@dataclass(frozen=True)
class Read:
    """What came of reading a body: itself, where it may be used, and what is wrong."""

    body: Body | None
    findings: tuple[Finding, ...]


def shipped_keys(folder: Path = SHIPPED) -> list[str]:
    """The bodies that ship."""
    return sorted(each.stem for each in folder.glob("*.yaml"))


def find(named: str, folder: Path = SHIPPED) -> Path:
    """The file of a body: a shipped key, a file, or a folder that holds body.yaml.

    Raises Refused where there is none.
    """
    path = Path(named)
    if path.is_dir():
        inside = sorted(path.glob("*.yaml"))
        if (path / FILE).is_file():
            return path / FILE
        if len(inside) == 1:
            return inside[0]
        raise refuse(
            "{path} holds no {file}",
            rule=RULE,
            cure="Give the file itself, or name it {file}.",
            reason=Reason.INPUT,
            path=named,
            file=FILE,
        )
    if path.is_file():
        return path
    key = named.replace("-", "_")
    if (folder / f"{key}.yaml").is_file():
        return folder / f"{key}.yaml"
    raise _no_body(named, shipped_keys(folder))


def _no_body(named: str, known: list[str]) -> Refused:
    close = get_close_matches(named.replace("-", "_"), known, n=1, cutoff=0.5)
    meant = f"Did you mean {close[0]}? " if close else ""
    return refuse(
        'there is no body "{named}", and no such file',
        rule=RULE,
        cure="{meant}Give a file, or one of: {known}.",
        reason=Reason.INPUT,
        named=named,
        meant=meant,
        known=", ".join(known),
    )


def load_body(named: str) -> Body:
    """The body of this key or path. Raises Refused with every fault of its file."""
    read = check_body(find(named))
    if read.body is None or any(each.blocks for each in read.findings):
        raise Refused([each for each in read.findings if each.blocks], Reason.INPUT)
    return read.body


def read_law(text: str) -> Body:
    """The body that a text holds, by itself. Raises Refused with every fault of it."""
    reading = read_text(FILE, text.encode())
    body = read_body(reading, None)
    if body is None or reading.findings:
        raise Refused(sorted(reading.findings, key=_place_of), Reason.INPUT)
    return body


def load_shipped(key: str) -> Body:
    """The body of this key, and never a path. Raises Refused where there is none."""
    path = SHIPPED / f"{key}.yaml"
    if key not in shipped_keys():
        raise _no_body(key, shipped_keys())
    return _kept(key, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _kept(key: str, _: int) -> Body:
    """A file that has not changed is read once."""
    return load_body(key)


def check_body(path: Path) -> Read:
    """Read a body and find all that is wrong with its file."""
    with path.open("rb") as file:
        reading = read_text(path.name, file.read(LARGEST + 1))
    body = read_body(reading, path.parent)
    return Read(body, tuple(sorted(reading.findings, key=_place_of)))


def _place_of(finding: Finding) -> tuple[int, ...]:
    return tuple(int(each) for each in finding.where.split(":")[1:] if each.isdigit())


def read_body(reading: Reading, folder: Path | None) -> Body | None:
    """The body that a reading holds; its faults are noted there.

    Tables beside it are read from the folder; without one, none are.
    """
    if reading.tree is None:
        return None
    plain = reading.tree.plain()
    if isinstance(plain, dict):
        _add_tables(reading, plain, folder)
    try:
        body = Body.model_validate(plain)
    except ValidationError as error:
        faults.note(reading, error, Body)
        return None
    check_names(reading, body)
    return body


def _add_tables(reading: Reading, plain: dict[str, Any], folder: Path | None) -> None:
    """Tables and schemes that stand in a CSV beside the file are read into it."""
    tables = plain.get("tables")
    for key, table in tables.items() if isinstance(tables, dict) else ():
        if isinstance(table, dict) and isinstance(table.get("file"), str):
            rows = _rows(reading, ("tables", key, "file"), folder, table["file"])
            values = {row["state"].strip(): row["value"].strip() for row in rows}
            table["values"] = {**values, **(table.get("values") or {})}
    schemes = plain.get("schemes")
    for index, scheme in enumerate(schemes if isinstance(schemes, list) else ()):
        if isinstance(scheme, dict) and isinstance(scheme.get("file"), str):
            rows = _rows(reading, ("schemes", index, "file"), folder, scheme["file"])
            _place(scheme, rows)


def _rows(
    reading: Reading, path: Sequence[object], folder: Path | None, name: str
) -> list[dict[str, str]]:
    needed = {"state", "group"} if path[0] == "schemes" else {"state", "value"}
    try:
        if folder is None or Path(name).name != name:
            raise FileNotFoundError(name)
        with (folder / name).open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError):
        because = say("there is no file {file} beside this one", file=name)
        reading.fault_at(path, because, say("Write its name as it is, or add it."), RULE)
        return []
    if rows and not needed <= set(rows[0]):
        because = say("{file} has no columns {needed}", file=name, needed=", ".join(needed))
        reading.fault_at(path, because, say("Its first row names the columns."), RULE)
        return []
    return [{key: value or "" for key, value in row.items() if key} for row in rows]


def _spelt(title: str) -> str:
    """A group's key from how a table names it: Near East is near_east."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    words = "_".join("".join(x if x.isalnum() else " " for x in plain).split())
    return words if words[:1].isalpha() else f"group_{words}"


def _place(scheme: dict[str, Any], rows: Sequence[dict[str, str]]) -> None:
    groups = {
        each.get("key"): each for each in scheme.get("groups") or [] if isinstance(each, dict)
    }
    for row in rows:
        title = row["group"].strip()
        key = _spelt(title)
        named = next((k for k, each in groups.items() if each.get("title") == title), key)
        group = groups.setdefault(named, {"key": key, "title": title})
        placing = {
            name: row[name].strip()
            for name in ("state", "since", "until", "purpose", "source")
            if row.get(name, "").strip()
        }
        group["states"] = [*(group.get("states") or []), placing]
    scheme["groups"] = list(groups.values())
