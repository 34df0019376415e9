"""National holidays, weekends and zones by country code: `FR`, `FRA`, or `FR-57` for a part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

NOTHING: Mapping[date, str] = MappingProxyType({})
# The zone table lists the most peopled zone first unless geography says otherwise: these are the
# capitals for which it does (https://data.iana.org/time-zones/tzdb/zone.tab).
CAPITALS = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "FM": "Pacific/Pohnpei",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
    "XK": "Europe/Belgrade",  # not in the table: it has no code in ISO 3166
}


@dataclass(frozen=True)
class Country:
    """A country, or a part of it, whose public holidays are known."""

    code: str
    subdivision: str
    title: str
    zone: str
    weekend: frozenset[int]

    @property
    def key(self) -> str:
        """`FR`, or `FR-57` for a part of it."""
        return f"{self.code}-{self.subdivision}" if self.subdivision else self.code


def find(name: str) -> Country | None:
    """The country of an alpha-2 or alpha-3 code, with its part after a hyphen; None if unknown."""
    head, _, part = name.strip().partition("-")
    code = _codes().get(head.upper())
    if code is None:
        return None
    country = _library(code)
    places = {place.upper(): place for place in country.subdivisions}
    if (part and part.upper() not in places) or not zone_of(code):
        return None
    return Country(
        code=code,
        subdivision=places.get(part.upper(), ""),
        title=title_of(code),
        zone=zone_of(code),
        weekend=frozenset(country.weekend),
    )


@cache
def holidays_of(code: str, subdivision: str, year: int) -> Mapping[date, str]:
    """The public holidays of one year with their English names; empty without a country."""
    if not code:
        return NOTHING
    country = _library(_codes()[code.upper()])
    # Without a language the library speaks that of the machine's environment.
    language = "en_US" if "en_US" in country.supported_languages else country.default_language
    found = country(years=year, subdiv=subdivision or None, language=language, expand=False)
    return MappingProxyType({day: str(name) for day, name in found.items()})


def zone_of(code: str) -> str:
    """The IANA zone of a country's capital; empty where there is none."""
    return CAPITALS.get(code) or _first_zones().get(code, "")


@cache
def title_of(code: str) -> str:
    """The country's English name."""
    from babel import Locale  # noqa: PLC0415 -- half of the start of a command line, seldom asked

    return str(Locale("en").territories.get(code, code))


def near_names(name: str, keys: tuple[str, ...] = ()) -> list[str]:
    """Calendars and countries that somebody who wrote `name` may have meant."""
    head, _, part = name.strip().partition("-")
    code = _codes().get(head.upper())
    if code is not None and part:
        parts = sorted(_library(code).subdivisions, key=lambda place: (len(place), place))
        close = get_close_matches(part.upper(), parts, n=2, cutoff=0.3) or parts[:2]
        return [code, *(f"{code}-{place}" for place in close)]
    by_word = {key.casefold(): key for key in keys}
    by_word |= {
        title_of(each).casefold(): f"{each} ({title_of(each)})" for each in {*_codes().values()}
    }
    if (word := name.strip().casefold()) in by_word:
        return [by_word[word]]
    close = get_close_matches(word, by_word, n=3, cutoff=0.6)
    codes = get_close_matches(head.upper(), sorted({*_codes().values()}), n=2, cutoff=0.5)
    found = [by_word[each] for each in close] or [f"{each} ({title_of(each)})" for each in codes]
    return list(dict.fromkeys(found))[:3]


def is_zone(name: str) -> bool:
    """True where the machine knows the IANA zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


@cache
def _codes() -> Mapping[str, str]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415 -- a large table, loaded when asked

    return {alias: codes[1] for codes in COUNTRIES.values() for alias in codes[1:3]}


@cache
def _library(code: str) -> Any:
    import holidays  # noqa: PLC0415 -- loads one module per country, when asked

    return getattr(holidays, code)


@cache
def _first_zones() -> Mapping[str, str]:
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in table if not line.startswith("#")]
    return {row[0]: row[2] for row in reversed(rows)}
