"""What the commands on questions are given: files of scores, proposals and contents, counts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from governance.consultation.amending import Proposed
from governance.house import House
from governance.people.queries import by_email
from governance.refusals import Finding, Reason, Refused, Verdict, say
from governance.rulebook.parts import Period

LARGEST = 4 * 1024 * 1024
WORDS = ("anchor", "old", "new", "reason")


def length(days: int, working_days: int, hours: int, until: str) -> Period | None:
    """The one period among the options; None where a day is given instead."""
    given = {"days": days, "working_days": working_days, "hours": hours}
    given = {unit: number for unit, number in given.items() if number}
    if len(given) + bool(until) != 1:
        raise _bad("give one of --days, --working-days, --hours and --until", "", "--days")
    return Period.model_validate(given) if given else None


def person_called(house: House, email: str) -> str:
    """The person of an address; empty for none."""
    if not email:
        return ""
    with house.database.reading() as session:
        person = by_email(session, email)
    if person is None:
        raise _bad(
            "nobody of this address is on file", "Give the address as registered.", "--awaiting"
        )
    return person.id


def scores_in(path: Path | None) -> dict[str, dict[str, str]]:
    """A sheet of scores from a CSV file: candidate, criterion, score."""
    sheet: dict[str, dict[str, str]] = {}
    if path is None:
        return sheet
    for number, row in enumerate(_rows(path, ("candidate", "criterion", "score")), 2):
        subject = sheet.setdefault(row["candidate"], {})
        if row["criterion"] in subject:
            where = f"{path.name}, line {number}"
            raise _bad("this criterion of this candidate stands twice", "Remove one line.", where)
        subject[row["criterion"]] = row["score"]
    return sheet


def proposals_in(path: Path | None) -> tuple[Proposed, ...]:
    """Marked changes from a JSON list or a CSV file: anchor, old, new, reason."""
    if path is None:
        return ()
    if path.suffix.lower() == ".json":
        told = _json(path)
        if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
            raise _bad("a list of proposals is expected", 'Write [{"anchor": …}].', path.name)
        rows = [{str(key): each for key, each in row.items()} for row in told]
    else:
        rows = list(_rows(path, WORDS[:2]))
    found = []
    for number, row in enumerate(rows, 1):
        unknown = set(row) - set(WORDS)
        if unknown or not all(isinstance(each, str) for each in row.values()):
            known = ", ".join(WORDS)
            where = f"{path.name}, proposal {number}"
            raise _bad("a proposal is made of texts", f"It has: {known}.", where)
        found.append(Proposed(**{"anchor": "", **row}))
    return tuple(found)


def parts_in(path: Path) -> dict[str, Any]:
    """The parts of a content that differ, from a JSON file."""
    told = _json(path)
    if not isinstance(told, dict) or not told:
        raise _bad("an object with the parts that differ is expected", "Write {…}.", path.name)
    return told


def paragraphs_in(path: Path, present: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """A text from a file, a paragraph a block; those that are there keep their anchors.

    The first words of a paragraph may be its anchor, in square brackets: "[p3] The committee …".
    Without anchors, paragraphs are counted as they stand.
    """
    blocks = [each.strip() for each in _text(path).replace("\r\n", "\n").split("\n\n")]
    anchors = [each["anchor"] for each in present]
    found: list[dict[str, str]] = []
    for number, block in enumerate(filter(None, blocks)):
        anchor, _, rest = block[1:].partition("]") if block.startswith("[") else ("", "", block)
        usual = anchors[number] if number < len(anchors) else f"p{number + 1}"
        found.append({"anchor": anchor.strip() or usual, "text": " ".join(rest.split())})
    if len({each["anchor"] for each in found}) != len(found):
        raise _bad("two paragraphs have the same anchor", "Give each its own.", path.name)
    return found


def counted_in(told: Sequence[str] | None, where: str) -> dict[str, int]:
    """Numbers by name, as `yes=12`; each name once."""
    found: dict[str, int] = {}
    for each in told or ():
        name, sign, number = each.partition("=")
        if not sign or not number.strip().isdecimal() or name.strip() in found:
            raise _bad(f'"{each[:40]}" is no count', "Write it as yes=12, each name once.", where)
        found[name.strip()] = int(number)
    return found


def _rows(path: Path, needed: Sequence[str]) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    missing = [each for each in needed if each not in (reader.fieldnames or ())]
    if missing:
        cure = f"The first line names the columns: {', '.join(needed)}."
        raise _bad(f"the column {missing[0]} is missing", cure, f"{path.name}, line 1")
    return [
        {key: (value or "").strip() for key, value in row.items() if key is not None}
        for row in reader
    ]


def _json(path: Path) -> Any:
    try:
        return json.loads(_text(path), parse_float=str)
    except ValueError as error:
        raise _bad("the file is no JSON", f"Correct it: {error}.", path.name) from None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        problem = (error.strerror or "unknown").lower()
        raise _bad(f"the file cannot be opened: {problem}", "Give its path.", str(path)) from None
    if len(raw) > LARGEST:
        raise _bad("the file is larger than 4 MB", "Give a smaller one.", path.name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _bad("the file is not written in UTF-8", "Save it as UTF-8.", path.name) from None


def _bad(because: str, cure: str, where: str) -> Refused:
    fault = Finding(
        "input_is_understood",
        "",
        Verdict.FAIL,
        say("{told}", told=because),
        say("{cure}", cure=cure),
        where,
    )
    return Refused([fault], Reason.INPUT)
