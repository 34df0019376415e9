"""Dates, periods, sums and spacing as each official language writes them.

Tables of our own, because an issued document must not change with somebody else's next release,
and because letters have customs that general data do not: "1er mars", two names of each month in
Arabic, no full stop within a sum in French.
"""

from __future__ import annotations

import html
import re
from datetime import date
from decimal import Decimal

LANGUAGES = ("en", "fr", "es", "ar")
RIGHT_TO_LEFT = frozenset({"ar"})
NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    "ar": (
        "كانون_الثاني/يناير شباط/فبراير آذار/مارس نيسان/أبريل أيار/مايو حزيران/يونيه "
        "تموز/يوليه آب/أغسطس أيلول/سبتمبر تشرين_الأول/أكتوبر تشرين_الثاني/نوفمبر "
        "كانون_الأول/ديسمبر"
    ),
}
MONTHS = {
    language: tuple(name.replace("_", " ") for name in names.split())
    for language, names in _MONTHS.items()
}

# Separator of thousands, decimal sign, and where the currency stands.
_NUMBERS = {"en": (",", "."), "fr": (NARROW, ","), "es": (".", ","), "ar": (",", ".")}
_SUMS = {
    "en": "{currency}\N{NO-BREAK SPACE}{amount}",
    "fr": "{amount}\N{NO-BREAK SPACE}{currency}",
    "es": "{amount}\N{NO-BREAK SPACE}{currency}",
    "ar": "{amount}\N{NO-BREAK SPACE}{currency}",
}

# Per language and unit, one pattern for each plural form of the language.
_UNITS: dict[str, dict[str, dict[str, str]]] = {
    "en": {
        "hours": {"one": "{n} hour", "other": "{n} hours"},
        "days": {"one": "{n} day", "other": "{n} days"},
        "working_days": {"one": "{n} working day", "other": "{n} working days"},
        "weeks": {"one": "{n} week", "other": "{n} weeks"},
        "months": {"one": "{n} month", "other": "{n} months"},
        "years": {"one": "{n} year", "other": "{n} years"},
        "minutes": {"one": "{n} minute", "other": "{n} minutes"},
    },
    "fr": {
        "hours": {"one": "{n} heure", "other": "{n} heures"},
        "days": {"one": "{n} jour", "other": "{n} jours"},
        "working_days": {"one": "{n} jour ouvré", "other": "{n} jours ouvrés"},
        "weeks": {"one": "{n} semaine", "other": "{n} semaines"},
        "months": {"one": "{n} mois", "other": "{n} mois"},
        "years": {"one": "{n} an", "other": "{n} ans"},
        "minutes": {"one": "{n} minute", "other": "{n} minutes"},
    },
    "es": {
        "hours": {"one": "{n} hora", "other": "{n} horas"},
        "days": {"one": "{n} día", "other": "{n} días"},
        "working_days": {"one": "{n} día laborable", "other": "{n} días laborables"},
        "weeks": {"one": "{n} semana", "other": "{n} semanas"},
        "months": {"one": "{n} mes", "other": "{n} meses"},
        "years": {"one": "{n} año", "other": "{n} años"},
        "minutes": {"one": "{n} minuto", "other": "{n} minutos"},
    },
    "ar": {
        "hours": {
            "one": "ساعة واحدة",
            "two": "ساعتان",
            "few": "{n} ساعات",
            "many": "{n} ساعة",
            "other": "{n} ساعة",
        },
        "days": {
            "one": "يوم واحد",
            "two": "يومان",
            "few": "{n} أيام",
            "many": "{n} يوما",
            "other": "{n} يوم",
        },
        "working_days": {
            "one": "يوم عمل واحد",
            "two": "يوما عمل",
            "few": "{n} أيام عمل",
            "many": "{n} يوم عمل",
            "other": "{n} يوم عمل",
        },
        "weeks": {
            "one": "أسبوع واحد",
            "two": "أسبوعان",
            "few": "{n} أسابيع",
            "many": "{n} أسبوعا",
            "other": "{n} أسبوع",
        },
        "months": {
            "one": "شهر واحد",
            "two": "شهران",
            "few": "{n} أشهر",
            "many": "{n} شهرا",
            "other": "{n} شهر",
        },
        "years": {
            "one": "سنة واحدة",
            "two": "سنتان",
            "few": "{n} سنوات",
            "many": "{n} سنة",
            "other": "{n} سنة",
        },
        "minutes": {
            "one": "دقيقة واحدة",
            "two": "دقيقتان",
            "few": "{n} دقائق",
            "many": "{n} دقيقة",
            "other": "{n} دقيقة",
        },
    },
}
UNITS = tuple(_UNITS["en"])


def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def comma(language: str) -> str:
    """What stands between two things of a list: Arabic has a comma of its own."""
    return "، " if language == "ar" else ", "


def plural_form(language: str, number: int) -> str:
    """Which of its plural forms a language uses for a number: one, two, few, many or other.

    The rules are Unicode CLDR's for whole numbers (unicode.org, Language Plural Rules).
    """
    if language == "ar":
        return _arabic_form(number)
    if language == "fr":
        return "one" if number in {0, 1} else "other"
    return "one" if number == 1 else "other"


def _arabic_form(number: int) -> str:
    exact = {0: "other", 1: "one", 2: "two"}
    if number in exact:
        return exact[number]
    rest = number % 100
    if 3 <= rest <= 10:  # noqa: PLR2004 -- the plural of abundance ends at ten
        return "few"
    return "many" if rest >= 11 else "other"  # noqa: PLR2004 -- eleven to ninety-nine


def period(language: str, number: int, unit: str) -> str:
    """A length of time: "6 months", "2 ans", "شهران"; it does not break across lines."""
    pattern = _UNITS[language][unit][plural_form(language, number)]
    return pattern.format(n=grouped(language, number)).replace(" ", NO_BREAK, 1)


def day(language: str, when: date) -> str:
    """A date as a letter writes it. The French ordinal is markup: `1<sup>er</sup> mars 2027`."""
    month = MONTHS[language][when.month - 1]
    if language == "fr":
        first = "1<sup>er</sup>" if when.day == 1 else str(when.day)
        return f"{first}{NO_BREAK}{month} {when.year}"
    if language == "es":
        return f"{when.day}{NO_BREAK}de {month} de {when.year}"
    return f"{when.day}{NO_BREAK}{month} {when.year}"


def grouped(language: str, number: Decimal | int) -> str:
    """A number with its thousands apart; decimals only where there are any."""
    thousands, point = _NUMBERS[language]
    whole, _, decimals = f"{abs(number):,}".partition(".")
    sign = "\N{MINUS SIGN}" if number < 0 else ""
    return sign + whole.replace(",", thousands) + (point + decimals if decimals else "")


def money(language: str, amount: Decimal, currency: str) -> str:
    """A sum with the three letters of its currency; cents with both digits, or none."""
    cents = amount.quantize(Decimal("0.01"))
    shown = cents.quantize(Decimal(1)) if cents == cents.to_integral_value() else cents
    return _SUMS[language].format(amount=grouped(language, shown), currency=currency)


_TAGS = re.compile(r"<[^<>]*>|\{[{%#].*?[}%#]\}", re.DOTALL)
_HIGH_SIGN = re.compile(r"(?<![\u00a0\u202f?!])(?:[;!?»]|:(?!//|\d))|«(?![\u00a0\u202f])")


def french_spacing(text: str) -> list[str]:
    """Where French text lacks its no-break space: each place as its line and what stands there."""
    faults = []
    for number, line in enumerate(html.unescape(_blank_tags(text)).split("\n"), start=1):
        for found in _HIGH_SIGN.finditer(line):
            near = line[max(0, found.start() - 20) : found.end() + 5].strip()
            faults.append(f"line {number}: no-break space missing at {found.group()!r} in {near!r}")
    return faults


def _blank_tags(text: str) -> str:
    """Tags and template marks say nothing; a value between them stands for a letter."""
    return _TAGS.sub(
        lambda m: ("x" if m[0].startswith("{{") else "") + "\n" * m[0].count("\n"), text
    )
