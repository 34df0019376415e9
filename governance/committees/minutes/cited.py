"""Which meeting the minutes name when its minutes are adopted, and which they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.committees.dates import days_in
from governance.committees.minutes.printed import AdoptedClaim

ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first premier première primera",
            "second deuxième segunda",
            "third troisième tercera",
            "fourth quatrième cuarta",
            "fifth cinquième quinta",
            "sixth sixième sexta",
            "seventh septième séptima",
            "eighth huitième octava",
            "ninth neuvième novena",
            "tenth dixième décima",
            "eleventh",
            "twelfth",
        ),
        1,
    )
    for word in words.split()
}
NTH = rf"(?P<nth>\d{{1,4}}(?=\s*(?:st|nd|rd|th|e|er|ère|ème|ª)\b)|{'|'.join(ORDINALS)})"
MEETING = re.compile(
    rf"{NTH}(?:st|nd|rd|th|e|er|ère|ème|ª)?\s+(?:\w+\s+)?(?:meeting|séance|réunion|sesión|reunión)\b",
    re.IGNORECASE,
)
MINUTES = re.compile(
    r"\b(?:minutes|summary\s+records?|procès-verba(?:l|ux)|actas?)\b[^.;]{0,30}?\b(?:of|du|de|from|for)\b",
    re.IGNORECASE,
)
ADOPTS = re.compile(r"\b(?:adopt|approv|confirm|accept|aprob|aprueb|approuv)", re.IGNORECASE)
TITLE_LINES = 15


def adopted_in(number: int, line: str) -> Iterator[AdoptedClaim]:
    """Minutes that a line adopts, with the day or the number of their meeting."""
    about = MINUTES.search(line)
    if about is None or not ADOPTS.search(line):
        return
    rest = line[about.end() :]
    days = [day for day, _ in days_in(rest)]
    nth = _nth(rest)
    if not days and nth is not None:
        yield AdoptedClaim(number, None, nth)
    for day in days:
        yield AdoptedClaim(number, day, nth)


def own_number(lines: tuple[str, ...]) -> int | None:
    """The number of the meeting that the title of the minutes gives; None where it gives none."""
    for line in lines[:TITLE_LINES]:
        if not ADOPTS.search(line) and (nth := _nth(line)) is not None:
            return nth
    return None


def _nth(text: str) -> int | None:
    found = MEETING.search(text)
    if found is None:
        return None
    word = found["nth"].lower()
    return int(word) if word.isdigit() else ORDINALS[word]
