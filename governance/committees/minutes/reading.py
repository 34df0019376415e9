"""Minutes of a file, however they are written: YAML, Markdown with front matter, or plain text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from governance.committees.minutes.printed import Printed
from governance.committees.minutes.prose import read_prose
from governance.committees.minutes.structured import read_structured
from governance.refusals import Finding, Reason, Refused, Verdict, say

LARGEST = 8 * 1024 * 1024
FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def read_minutes(name: str, raw: bytes, *, day: date | None = None) -> Printed:
    """What these minutes claim. Refused where they cannot be read at all."""
    text = _decoded(name, raw)
    lines = tuple(text.splitlines())
    if not any(each.strip() for each in lines):
        raise _refused(name, 1, "the file is empty", "Give the text of the minutes.")
    if name.lower().endswith((".yaml", ".yml")):
        return read_structured(name, raw, lines)
    if found := FRONT.match(text):
        return _with_front_matter(name, found, lines, day)
    return read_prose(name, lines, day=day)


def _with_front_matter(
    name: str, found: re.Match[str], lines: tuple[str, ...], day: date | None
) -> Printed:
    front = read_structured(name, found[1].encode(), lines, skip=1)
    above = found[0].count("\n")
    body = tuple("" if number < above else line for number, line in enumerate(lines))
    prose = read_prose(name, body, roll=front.roll, day=front.day or day)
    return replace(
        prose,
        lines=lines,
        body=front.body,
        quorum=(*front.quorum, *prose.quorum),
        acts=(*front.acts, *prose.acts),
        motions=(*front.motions, *prose.motions),
        numbers=(*front.numbers, *prose.numbers),
        times=(*front.times, *prose.times),
        offices=(*front.offices, *prose.offices),
    )


def _decoded(name: str, raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise _refused(name, 1, "the file is larger than 8 MB", "Give the text alone.")
    if b"\0" in raw[:4096]:
        raise _refused(name, 1, "the file is no text", "Save the minutes as text or Markdown.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        cure = "Save it again with the encoding UTF-8."
        raise _refused(name, line, "the file is not written in UTF-8", cure) from None


def _refused(name: str, line: int, because: str, cure: str) -> Refused:
    finding = Finding(
        "minutes_file", "", Verdict.FAIL, say("{told}", told=because), say(cure), f"{name}:{line}"
    )
    return Refused([finding], Reason.INPUT)
