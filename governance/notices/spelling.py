"""Periods and days as running text has them in each language, and values that cannot break out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date

from governance.language import UNITS
from governance.language import day as written
from governance.language import period as length

# Unicode's isolates, in plain text what <bdi> is in HTML: the value between them cannot turn
# round what surrounds it.
ISOLATE, END_OF_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
NO_BREAK = "\N{NO-BREAK SPACE}"
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"  # some scripts spell with them
_LOCALES = {"en": "en_GB", "fr": "fr", "es": "es"}


def period(language: str, within: Mapping[str, Any] | None) -> str:
    """A period of the law such as `{"working_days": 5}`; empty where there is none."""
    given = within or {}
    unit = next((unit for unit in UNITS if given.get(unit)), None)
    return length(language, given[unit], unit) if unit else ""


def day(language: str, iso: str | None) -> str:
    """A day such as "2026-12-01" in words; empty where there is none."""
    if not iso:
        return ""
    when = date.fromisoformat(iso)
    if language == "ar":  # both names of the month, as letters and pages have them
        return written(language, when).replace(NO_BREAK, " ")
    words = format_date(when, "long", locale=_LOCALES[language])
    return words.replace("1 ", "1er ", 1) if language == "fr" and when.day == 1 else words


class Bare(str):
    """A value of our own making that stands on a line by itself, to be copied as it is."""

    __slots__ = ()


def tame(value: str) -> str:
    """A value on one line without control or format characters: it is text and nothing else."""
    kept = (each if _is_text(each) else " " for each in value)
    return re.sub(" +", " ", "".join(kept)).strip()


def isolated(value: object) -> object:
    """A value as a template prints it: tame, and apart from the direction of its surroundings."""
    if isinstance(value, Bare) or not isinstance(value, str):
        return value
    return f"{ISOLATE}{tame(value)}{END_OF_ISOLATE}"


def _is_text(character: str) -> bool:
    category = unicodedata.category(character)
    return character in JOINERS or not (category[0] == "C" or category in {"Zl", "Zp"})
