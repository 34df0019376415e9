"""Whose name is this? Names as people write them, held against the names of a register.

"SMITH, Jane", "Dr. J. Smith", "Jane Smith (remote)" and "jane smith" are one person, where the
register has one Smith. Two that a name could mean are nobody: a wrong guess is worse than none.
A state is known by its other names and codes too: "USA", "Korea, Rep. of", "Turkey".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from governance.people.state_names import near_states, state_of

TITLES = frozenset(
    {
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord",
        "lady", "hon", "honourable", "honorable", "amb", "ambassador", "he", "excellency",
        "m", "mme", "mlle", "sr", "sra", "don", "dona", "eng", "ing", "gen", "col", "maj",
        "capt", "lt", "cllr", "councillor", "councilmember", "councilwoman", "councilman",
        "commissioner", "trustee", "director", "alderman", "alderperson", "supervisor",
        "chair", "chairman", "chairwoman", "chairperson", "president", "vice",
        "secretary", "treasurer", "mayor", "member", "delegate", "representative",
        "representatives", "of", "the",
    }
)  # fmt: skip
IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|<[^>]*>")
SUFFIX = re.compile(r",?\s+(jr|sr|ii|iii|iv|phd|md|esq|cpa)\.?$", re.IGNORECASE)
NO_LETTER = re.compile(r"[^\w\s@.'’-]|_")
ALIKE = 0.84
LONG = 3


# Letters that are no letter with an accent, and are written without one all the same.
PLAIN = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "AE",
     "œ": "oe", "Œ": "OE", "ı": "i", "ð": "d", "þ": "th", "Þ": "Th", "’": "'"}
)  # fmt: skip


def spelled(name: str) -> str:
    """A name without accents and case, its words as they are: DR Congo is not Congo."""
    plain = unicodedata.normalize("NFKD", name.translate(PLAIN))
    kept = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(kept.casefold().split())


def folded(name: str) -> str:
    """A name without accents, case, brackets, titles and signs; words in their order."""
    plain = unicodedata.normalize("NFKD", IN_BRACKETS.sub(" ", name).translate(PLAIN))
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    plain = SUFFIX.sub("", plain.strip().rstrip(".,;:*"))
    if plain.count(",") == 1:
        last, first = plain.split(",")
        plain = f"{first} {last}"
    words = NO_LETTER.sub(" ", plain).replace(".", " ").casefold().split()
    known = [word.strip("'’-") for word in words]
    kept = [word for word in known if word and word not in TITLES]
    return " ".join(kept or known)


@dataclass
class Names:
    """The names of a register: each folded name, the keys of those who bear it."""

    whole: dict[str, set[str]] = field(default_factory=dict)  # as it is spelled
    exact: dict[str, set[str]] = field(default_factory=dict)
    states: dict[str, set[str]] = field(default_factory=dict)  # by the code of the state named
    parts: dict[str, set[str]] = field(default_factory=dict)  # one word of a name
    words: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)  # by key

    @classmethod
    def of(cls, known: Mapping[str, Iterable[str]]) -> Names:
        """The names of each key."""
        names = cls()
        for key, names_of in known.items():
            for each in names_of:
                names.add(key, each)
        return names

    def add(self, key: str, name: str) -> None:
        """One more name of a key."""
        plain = folded(name)
        if not plain:
            return
        self.whole.setdefault(spelled(name), set()).add(key)
        self.exact.setdefault(plain, set()).add(key)
        if state := state_of(name):
            self.states.setdefault(state, set()).add(key)
        whole = tuple(plain.split())
        self.words.setdefault(key, []).append(whole)
        if (apart := tuple(plain.replace("-", " ").split())) != whole:  # Al-Mutawa, Al Mutawa
            self.exact.setdefault(" ".join(apart), set()).add(key)
            self.words[key].append(apart)
        for word in whole:
            if len(word) >= LONG:
                self.parts.setdefault(word, set()).add(key)

    def find(self, name: str) -> str | None:
        """The key of the one who bears this name; None where nobody does, or several could."""
        found = self.all(name)
        return next(iter(found)) if len(found) == 1 else None

    def all(self, name: str) -> set[str]:
        """Everybody whom this name could mean, by the surest way that finds anybody."""
        plain = folded(name)
        if not plain:
            return set()
        if spelled(name) in self.whole:
            return self.whole[spelled(name)]
        if self.states and (state := state_of(name)):
            return self.states.get(state, set())  # DR Congo is not Congo, though it holds its name
        if plain in self.exact:
            return self.exact[plain]
        return self._by_words(plain.split()) or (
            self._by_words(plain.replace("-", " ").split()) if "-" in plain else set()
        )

    def _by_words(self, words: list[str]) -> set[str]:
        return (
            self._same_words(words)
            or self._initials(words)
            or self._within(words)
            or (self.parts.get(words[0], set()) if len(words) == 1 else set())
        )

    def near(self, name: str) -> list[str]:
        """Keys whose name is nearly this one: a slip of the pen."""
        close = get_close_matches(folded(name), self.exact, n=2, cutoff=ALIKE)
        found = {key for each in close for key in self.exact[each]}
        states = near_states(name) if self.states and not found else ()
        return sorted(found | {key for each in states for key in self.states.get(each, ())})

    def _same_words(self, words: list[str]) -> set[str]:
        wanted = sorted(words)
        return {
            key for key, spelled in self.words.items() if any(sorted(w) == wanted for w in spelled)
        }

    def _initials(self, words: list[str]) -> set[str]:
        """`J Smith`, `Smith J` and `Jane B Smith`, for Jane Smith."""
        return {
            key
            for key, spelled in self.words.items()
            if any(_fits(words, each) for each in spelled)
        }

    def _within(self, words: list[str]) -> set[str]:
        """A family name in several words, or one name left out."""
        if len(words) == 1:
            return set()
        wanted = set(words)
        return {
            key
            for key, spelled in self.words.items()
            if any(wanted < set(each) or (len(each) > 1 and set(each) < wanted) for each in spelled)
        }


def _fits(words: list[str], known: tuple[str, ...]) -> bool:
    """Each word has its partner, whole or as an initial, and at least one long one is whole."""
    if len(words) < len(known) or not any(len(word) == 1 for word in (*words, *known)):
        return False
    left = list(known)
    whole = 0
    for word in sorted(words, key=len, reverse=True):
        same = next((each for each in left if each == word), None)
        start = next((each for each in left if _initial(word, each)), None)
        partner = same or start
        if partner is None:
            if len(word) == 1:
                continue  # a middle initial that the register does not have
            return False
        whole += same is not None and len(word) > 1
        left.remove(partner)
    return not left and whole > 0


def _initial(one: str, other: str) -> bool:
    return (len(one) == 1 and other.startswith(one)) or (len(other) == 1 and one.startswith(other))
