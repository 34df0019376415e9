"""Which state is meant by a name, as people print it: USA, Korea, Rep. of, CÔTE D'IVOIRE, Turkey.

`rulebooks/state_names.csv` has the names and codes in several languages; `rulebooks/SOURCES.md`
says where they come from. What more than one state could be is none.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from governance.settings import ROOT

FILE = ROOT / "governance" / "rulebooks" / "state_names.csv"
# Words that are left out as often as not, in the languages of the lists.
SMALL = frozenset(
    {"of", "the", "and", "de", "du", "des", "del", "la", "le", "les", "el", "los", "y", "et",
     "l", "d"}
)  # fmt: skip
# One way to write words that lists shorten.
SHORT = {
    word: short
    for short, words in {
        "rep": "republic republique republica",
        "dem": "democratic democratique democratica",
        "fed": "federal federated federale federee",
        "st": "saint sainte san santa ste",
        "isl": "island islands isles ile iles isla islas is",
        "ppl": "people peoples populaire popular",
        "utd": "united",
    }.items()
    for word in words.split()
}
WHOLE = {"pdr": ("ppl", "dem", "rep"), "dpr": ("dem", "ppl", "rep"), "dr": ("dem", "rep")}
INITIALS = re.compile(r"\b(u) (s|k|a)(?: (a|e))?\b")
NO_LETTER = re.compile(r"[^\w\s]|_")
ALIKE = 0.8


def state_of(name: str) -> str:
    """The alpha-3 code of the state that bears this name; empty where there is none."""
    return _known().get(_words(name), "")


def near_states(name: str) -> list[str]:
    """The codes of states whose names are nearly this one, the nearest first."""
    known = {" ".join(words): code for words, code in _known().items()}
    close = get_close_matches(" ".join(_words(name)), known, n=4, cutoff=ALIKE)
    return list(dict.fromkeys(known[each] for each in close))


@lru_cache(maxsize=1)
def _known() -> Mapping[tuple[str, ...], str]:
    """Every name that is the name of one state alone."""
    found: dict[tuple[str, ...], set[str]] = {}
    with FILE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            found.setdefault(_words(row["name"]), set()).add(row["iso3"])
    return {words: next(iter(codes)) for words, codes in found.items() if len(codes) == 1 and words}


def _words(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, signs and order, each in its short form."""
    written = name.replace("’", "'").replace("'s", "s").replace(".", " ")
    plain = unicodedata.normalize("NFKD", written)
    kept = "".join(each for each in plain if not unicodedata.combining(each)).casefold()
    words = INITIALS.sub(r"\1\2\3", NO_LETTER.sub(" ", kept)).split()
    short = (SHORT.get(word, word) for word in words if word not in SMALL)
    return tuple(sorted(each for word in short for each in WHOLE.get(word, (word,))))
