"""Words in the reader's language: catalogues, sentences, dates, and direction of writing.

English is the source, the msgid. Facts have names in braces, as in `refusals.say`, so that one
catalogue serves pages and refusals alike. A message that says a number with its noun may have a
form for each kind of number, its `msgid_plural` being its `msgid`. Catalogues are read from
`.po`, never compiled.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.dates import get_timezone_location
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from governance.language import MONTHS, comma
from governance.refusals import ByLanguage, Sentence
from governance.settings import ROOT

CATALOGUES = ROOT / "templates" / "locale"
SOURCE = "en"
LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
RIGHT_TO_LEFT = frozenset({"ar"})

# Digits with a sign, a space or a stroke between them, and telephone numbers: in a
# right-to-left paragraph the bidirectional algorithm shows "2–4" as "4–2".
_TURNS_ROUND = re.compile(
    r"[A-Za-z0-9]+(?:[-+_./@][A-Za-z0-9]+)+"  # INT-2026-0012, UTF-8, UTC+1, an address
    r"|[+\N{MINUS SIGN}-]\d+(?: \d+)*"  # +41 22 000, −1
    r"|\d+(?: ?[-–\N{MINUS SIGN}/+÷×≥≤=] ?\d+)+"
    r"|\d+(?:[:.,]\d+)+(?: ?[-–] ?\d+(?:[:.,]\d+)+)?"
    r"|\d+\(\d+\)|\d+ ?%"  # 4(1), 43 %
)
_NAMES = re.compile(r"\{(\w+)\}")
_MANY = 11  # a number whose form suits one that is not told as a whole number
_FACT = re.compile(r"(\{\w+\})")
_HAS_ARABIC = re.compile(r"[\u0600-\u06ff]")
_HAS_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


@lru_cache(maxsize=16)
def translator(language: str, catalogues: Path = CATALOGUES) -> gettext.NullTranslations:
    """The catalogue of a language; English, and any language we do not have, says the source."""
    files = catalogue_files(language, catalogues) if language in LANGUAGES else []
    if language == SOURCE or not files:
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(language, files))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def catalogue_files(language: str, catalogues: Path = CATALOGUES) -> list[Path]:
    """A language's files, one a room; what is printed on documents has a catalogue of its own."""
    found = sorted((catalogues / language / "LC_MESSAGES").glob("*.po"))
    return [path for path in found if path.name != "documents.po"]


def catalogue(language: str, files: Iterable[Path]) -> Catalog:
    """The messages of several files as one catalogue; each message stands in one of them."""
    kept = Catalog(locale=language)
    for path in files:
        with path.open("rb") as source:
            for message in read_po(source, locale=language):
                if message.id and message.id in kept:
                    text = f"{path.name}: {message.id!r} stands in another catalogue already"
                    raise ValueError(text)
                kept[message.id] = _joined(message) if language == "fr" else message
    return kept


def _joined(message: Message) -> Message:
    """A French message whose signs cannot be parted from their word at the end of a line.

    Done here, because a no-break space cannot be seen where the translations are written.
    """
    told = message.string
    if isinstance(told, tuple | list):
        message.string = tuple(_no_break(form or "") for form in told)
    else:
        message.string = _no_break(told or "")
    return message


def _no_break(text: str) -> str:
    text = re.sub(" (?=[:»])|(?<=«) ", "\u00a0", text)
    return re.sub(" (?=[;!?])", "\u202f", text)


def direction(language: str) -> str:
    """`rtl` or `ltr`, for the attribute `dir`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def sentence(said: Sentence | str, language: str) -> str:
    """A sentence in a language, as plain text: the pattern translated, then the facts filled in."""
    if isinstance(said, str):
        return said
    if not said.pattern:
        return ""
    return fill(_translated(said, language), said.facts, language)


def _translated(said: Sentence, language: str) -> str:
    """The pattern in a language; where that has forms for numbers, the one for the first number."""
    told = translator(language)
    numbers = (_number(said.facts.get(name)) for name in _NAMES.findall(said.pattern))
    number = next((each for each in numbers if each is not None), _MANY)
    counted = told.ngettext(said.pattern, said.pattern, number)
    return told.gettext(said.pattern) if counted == said.pattern else counted


def _number(fact: object) -> int | None:
    if isinstance(fact, str):
        return int(fact) if fact.isdecimal() else None
    return abs(fact) if isinstance(fact, int) else None


def fill(pattern: str, facts: Mapping[str, Any], language: str) -> str:
    """The facts put into a pattern; dates in the language's own form."""
    if not facts:
        return pattern
    return pattern.format_map({name: _as_text(fact, language) for name, fact in facts.items()})


def plural(one: str, many: str, count: int, language: str, **facts: Any) -> str:
    """A message with a number, as plain text, in the form that the language wants."""
    pattern = translator(language).ngettext(one, many, count)
    return fill(pattern, {"count": count, **facts}, language)


def markup(said: Sentence | str, language: str) -> Markup:
    """A sentence for a page: escaped, each fact isolated where it could turn the line round."""
    if isinstance(said, Markup):
        return said
    if isinstance(said, str):
        return isolated(said, language)
    if not said.pattern:
        return Markup("")
    return fill_markup(_translated(said, language), said.facts, language)


def fill_markup(pattern: str, facts: Mapping[str, Any], language: str) -> Markup:
    """Like `fill`, for a page: a fact that is markup stays markup, all else is escaped."""
    shown = {name: _as_markup(fact, language) for name, fact in facts.items()}
    text = _isolated_pattern(pattern) if language in RIGHT_TO_LEFT else escape(pattern)
    return Markup(str(text).format_map(shown)) if shown else text  # noqa: S704 - facts are escaped


def isolated(text: str, language: str) -> Markup:
    """Text with every run of digits and signs kept in its own order; a whole name kept together."""
    if language not in RIGHT_TO_LEFT:
        return escape(text)
    pieces = Markup("").join(_pieces(text))
    foreign = _HAS_LATIN.search(text) and not _HAS_ARABIC.search(text)
    return Markup("<bdi>{}</bdi>").format(pieces) if foreign else pieces


def ltr(text: object) -> Markup:
    """A range, formula, number or address that reads from the left in every language."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(str(text))


def whole(said: str) -> str:
    """A reason as a whole sentence: a capital at the beginning, a full stop at the end."""
    if not said:
        return said
    kind = type(said)
    closed = (
        said
        if said.removesuffix("</bdi>").endswith((".", "?", "!", "؟", ":"))
        else said + kind(".")
    )
    return closed if closed.startswith("<") else kind(closed[0].upper() + closed[1:])


def day(when: date, language: str, *, weekday: bool = False, year: bool = True) -> str:
    """A date in words: "26 November 2026", "1er mars 2026", "26 تشرين الثاني/نوفمبر 2026"."""
    form = _FORMS[language if language in _FORMS else SOURCE]
    number = "1er" if language == "fr" and when.day == 1 else str(when.day)
    said = form.day.format(day=number, month=form.month(when.month))
    if year:
        said = form.year.format(day=said, year=when.year)
    return (
        form.weekday.format(name=form.weekdays.split()[when.weekday()], day=said)
        if weekday
        else said
    )


def hour(when: datetime) -> str:
    """The hour and minute, "17:00", the same in every language."""
    return f"{when:%H:%M}"


def town(zone: str, language: str) -> str:
    """The place after which a time zone is named, in the reader's language: "Paris", "باريس"."""
    try:
        named = get_timezone_location(zone, locale=language, return_city=True)
    except LookupError:
        named = zone
    return named.rpartition("/")[2].replace("_", " ")


def offset(when: datetime) -> str:
    """The zone's distance from UTC at that instant: "UTC+1", "UTC+5:30", "UTC"."""
    away = when.utcoffset()
    minutes = int(away.total_seconds() // 60) if away else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def preferred(accept: str) -> str:
    """The best of our languages for an `Accept-Language` header; English where none fits."""
    wishes = []
    for place, part in enumerate(accept.split(",")):
        tag, _, quality = part.strip().partition(";q=")
        weight = float(quality) if re.fullmatch(r"[01](\.\d{1,3})?", quality.strip()) else 1.0
        wishes.append((-weight, place, tag.strip().lower().partition("-")[0]))
    return next((tag for weight, _, tag in sorted(wishes) if weight and tag in LANGUAGES), SOURCE)


@dataclass(frozen=True)
class _Form:
    """How a language writes a date."""

    months: str
    weekdays: str
    day: str = "{day} {month}"
    year: str = "{day} {year}"
    weekday: str = "{name} {day}"

    def month(self, number: int) -> str:
        """The name of a month, from 1."""
        return self.months.split()[number - 1].replace("_", " ")


_FORMS = {
    "en": _Form(
        months="January February March April May June July August September October November"
        " December",
        weekdays="Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    ),
    "fr": _Form(
        months="janvier février mars avril mai juin juillet août septembre octobre novembre"
        " décembre",
        weekdays="lundi mardi mercredi jeudi vendredi samedi dimanche",
    ),
    "es": _Form(
        months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
        " diciembre",
        weekdays="lunes martes miércoles jueves viernes sábado domingo",
        day="{day} de {month}",
        year="{day} de {year}",
    ),
    # Arab states use one of two sets of month names; a document for all of them gives both, in the
    # order that the letters have.
    "ar": _Form(
        months=" ".join(each.replace(" ", "_") for each in MONTHS["ar"]),
        weekdays="الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    ),
}


def _isolated_pattern(pattern: str) -> Markup:
    """A pattern with its own figures in order; the name of a fact is no text, whatever is in it."""
    parts = _FACT.split(pattern)
    pieces = [[Markup(each)] if _FACT.fullmatch(each) else _pieces(each) for each in parts]  # noqa: S704 - a name in braces
    return Markup("").join(piece for found in pieces for piece in found)


def _pieces(text: str) -> list[Markup]:
    found, at = [], 0
    for match in _TURNS_ROUND.finditer(text):
        found += [escape(text[at : match.start()]), ltr(match.group())]
        at = match.end()
    return [*found, escape(text[at:])]


def _as_text(fact: Any, language: str) -> Any:
    if isinstance(fact, Sentence):
        return sentence(fact, language)
    if isinstance(fact, Mapping):
        return ByLanguage(fact).say(language)
    if isinstance(fact, datetime):
        return f"{day(fact, language)}{comma(language)}{hour(fact)} ({offset(fact)})"
    if isinstance(fact, date):
        return day(fact, language)
    if isinstance(fact, list | tuple | set | frozenset):
        return comma(language).join(str(_as_text(each, language)) for each in fact)
    return fact


def _as_markup(fact: Any, language: str) -> Any:
    if isinstance(fact, Markup):
        return fact
    if isinstance(fact, Sentence):
        return markup(fact, language)
    shown = _as_text(fact, language)
    if not isinstance(shown, str):
        return shown
    return isolated(shown, language)
