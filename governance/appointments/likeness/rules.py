"""When two candidates look like one person: names across spellings and scripts, dates, addresses.

Pure. Nothing is concluded here: a likeness is a reason to look, with the grounds told.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

# Letters of other scripts in the Latin ones that passports write; vowels hardly matter below.
LETTERS = str.maketrans(
    {
        **dict(zip("абвгдеёзийклмнопрстуфхыэіїєґ", "abvgdeeziyklmnoprstufhieiieg", strict=True)),
        "ж": "zh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sh",
        "ю": "yu",
        "я": "ya",
        "ъ": "",
        "ь": "",
        "’": "",
        "'": "",
        "ʿ": "",
        "ʾ": "",
        "`": "",
        **dict(zip("αβγδεζηικλμνξοπρσςτυφω", "abgdeziiklmnxoprsstufo", strict=True)),
        "θ": "th",
        "χ": "h",
        "ψ": "ps",
        **dict(
            zip("ابتحدرزسصضطظعفقكلمنهويىةأإآؤئء", "abthdrzssdtz fkklmnhwyahaaawy ", strict=True)
        ),
        "ث": "th",
        "ج": "j",
        "خ": "kh",
        "ذ": "dh",
        "ش": "sh",
        "غ": "gh",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
    }
)
# Spellings of one sound, the longer first.
SOUNDS = (
    ("sch", "s"),
    ("tch", "c"),
    ("dj", "j"),
    ("dzh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("sh", "s"),
    ("ch", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("zh", "j"),
    ("ck", "k"),
    ("ou", "u"),
    ("ts", "z"),
    ("q", "k"),
    ("c", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("z", "s"),
    ("g", "j"),
    ("y", ""),
    ("h", ""),
)
PARTICLES = frozenset({"al", "el", "bin", "ben", "ibn", "de", "du", "da", "von", "van", "la", "le"})
ALIKE = 0.85
YEARS_APART = 366


@dataclass(frozen=True)
class Somebody:
    """What is compared of a candidate."""

    id: str
    name: str
    birth_date: date | None
    email: str
    nationality: str | None


@dataclass(frozen=True)
class Likeness:
    """Two candidates who may be one person, and on which grounds."""

    one: str
    other: str
    grounds: tuple[str, ...]


def likenesses(people: Iterable[Somebody]) -> list[Likeness]:
    """Every pair that looks alike, each once; compared only where something already agrees."""
    everybody = sorted(people, key=lambda each: each.id)
    places = {each.id: number for number, each in enumerate(everybody)}
    found: dict[tuple[str, str], Likeness] = {}
    for first, second in _pairs(everybody):
        one, other = sorted((first, second), key=lambda each: places[each.id])
        if (one.id, other.id) in found:
            continue
        grounds = grounds_of(one, other)
        if grounds:
            found[one.id, other.id] = Likeness(one.id, other.id, grounds)
    return [found[key] for key in sorted(found)]


def grounds_of(one: Somebody, other: Somebody) -> tuple[str, ...]:
    """Why two may be one person; empty where they are not alike."""
    born = one.birth_date is not None and one.birth_date == other.birth_date
    turned = not born and _day_and_month_turned(one.birth_date, other.birth_date)
    undated = one.birth_date is None or other.birth_date is None
    mail = _mailbox(one.email) == _mailbox(other.email)
    if not (mail or born or turned or undated):
        return ()  # whatever their names: names are the dear part, and come last
    names = _names_alike(one.name, other.name)
    grounds = [
        ground
        for ground, holds in (
            ("name", names),
            ("birth_date", born),
            ("birth_date_turned", turned),
            ("email", mail),
        )
        if holds
    ]
    return tuple(grounds) if mail or names else ()


@lru_cache(maxsize=8192)
def skeleton(name: str) -> tuple[str, ...]:
    """A name as it sounds, whatever its script, its accents, its order: sorted consonants."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(LETTERS)
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    parts = [_sound(part) for part in re.findall(r"[a-z]+", bare) if part not in PARTICLES]
    return tuple(sorted(part for part in parts if part))


def _sound(word: str) -> str:
    for spelt, sound in SOUNDS:
        word = word.replace(spelt, sound)
    first, rest = word[:1], re.sub(r"[aeiou]", "", word[1:])
    whole = ("" if first in "aeiou" else first) + rest
    return re.sub(r"(.)\1+", r"\1", whole)


def _names_alike(one: str, other: str) -> bool:
    first, second = skeleton(one), skeleton(other)
    if not first or not second:
        return False
    if first == second:
        return True
    shorter, longer = sorted((set(first), set(second)), key=len)
    if len(shorter) >= 2 and shorter <= longer:
        return True
    return SequenceMatcher(None, " ".join(first), " ".join(second)).ratio() >= ALIKE


def _day_and_month_turned(one: date | None, other: date | None) -> bool:
    """03/09 for 09/03: the same date as two countries write it."""
    if one is None or other is None or one.year != other.year:
        return False
    return (one.month, one.day) == (other.day, other.month)


def _mailbox(email: str) -> str:
    name, _, domain = email.casefold().partition("@")
    return f"{name.partition('+')[0].replace('.', '')}@{domain}"


def _pairs(people: list[Somebody]) -> Iterator[tuple[Somebody, Somebody]]:
    """Who share a birth date, a turned one, or a mailbox; by sound where one has no date."""
    by: defaultdict[object, list[Somebody]] = defaultdict(list)
    sounds: defaultdict[tuple[str, ...], list[Somebody]] = defaultdict(list)
    for each in people:
        by["mail", _mailbox(each.email)].append(each)
        if each.birth_date is not None:
            low, high = sorted((each.birth_date.month, each.birth_date.day))
            by["born", each.birth_date.year, low, high].append(each)
        sounds[skeleton(each.name)].append(each)
    for group in by.values():
        yield from combinations(group, 2)
    for group in sounds.values():
        undated = [each for each in group if each.birth_date is None]
        yield from ((one, other) for one in undated for other in group if other is not one)
