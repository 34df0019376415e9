"""Periods and days as running text has them in each language, and values that cannot break out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from babel import Locale
from babel.dates import format_date

LANGUAGES = ("en", "fr", "es", "ar")
RIGHT_TO_LEFT = frozenset({"ar"})
# Unicode's isolates, in plain text what <bdi> is in HTML: the value between them cannot turn
# round what surrounds it.
ISOLATE, END_OF_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
NO_BREAK = "\N{NO-BREAK SPACE}"
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"  # some scripts spell with them
_LOCALES = {"en": "en_GB", "fr": "fr", "es": "es", "ar": "ar"}

# Per unit, its names in the plural forms of the language; the number stands for itself where the
# form has a place for it. Our own table: general data knows no working days.
_UNITS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "en": {
        "hours": {"one": "{n} hour", "other": "{n} hours"},
        "days": {"one": "{n} day", "other": "{n} days"},
        "working_days": {"one": "{n} working day", "other": "{n} working days"},
        "weeks": {"one": "{n} week", "other": "{n} weeks"},
        "months": {"one": "{n} month", "other": "{n} months"},
        "years": {"one": "{n} year", "other": "{n} years"},
    },
    "fr": {
        "hours": {"one": "{n} heure", "other": "{n} heures"},
        "days": {"one": "{n} jour", "other": "{n} jours"},
        "working_days": {"one": "{n} jour ouvré", "other": "{n} jours ouvrés"},
        "weeks": {"one": "{n} semaine", "other": "{n} semaines"},
        "months": {"one": "{n} mois", "other": "{n} mois"},
        "years": {"one": "{n} an", "other": "{n} ans"},
    },
    "es": {
        "hours": {"one": "{n} hora", "other": "{n} horas"},
        "days": {"one": "{n} día", "other": "{n} días"},
        "working_days": {"one": "{n} día laborable", "other": "{n} días laborables"},
        "weeks": {"one": "{n} semana", "other": "{n} semanas"},
        "months": {"one": "{n} mes", "other": "{n} meses"},
        "years": {"one": "{n} año", "other": "{n} años"},
    },
    "ar": {
        "hours": {
            "one": "ساعة واحدة",
            "two": "ساعتان",
            "few": "{n} ساعات",
            "other": "{n} ساعة",
        },
        "days": {"one": "يوم واحد", "two": "يومان", "few": "{n} أيام", "other": "{n} يوما"},
        "working_days": {
            "one": "يوم عمل واحد",
            "two": "يوما عمل",
            "few": "{n} أيام عمل",
            "other": "{n} يوم عمل",
        },
        "weeks": {
            "one": "أسبوع واحد",
            "two": "أسبوعان",
            "few": "{n} أسابيع",
            "other": "{n} أسبوعا",
        },
        "months": {"one": "شهر واحد", "two": "شهران", "few": "{n} أشهر", "other": "{n} شهرا"},
        "years": {"one": "سنة واحدة", "two": "سنتان", "few": "{n} سنوات", "other": "{n} سنة"},
    },
}
UNITS = tuple(_UNITS["en"])


def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def period(language: str, within: Mapping[str, Any] | None) -> str:
    """A period of the law such as `{"working_days": 5}`; empty where there is none."""
    given = ((unit, (within or {}).get(unit)) for unit in UNITS)
    unit, number = next(((unit, number) for unit, number in given if number), ("", 0))
    if not unit:
        return ""
    forms = _UNITS[language][unit]
    form = forms.get(Locale.parse(_LOCALES[language]).plural_form(number), forms["other"])
    return form.format(n=number).replace(" ", NO_BREAK, 1)


def day(language: str, iso: str | None) -> str:
    """A day such as "2026-12-01" in words; empty where there is none."""
    if not iso:
        return ""
    when = date.fromisoformat(iso)
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
