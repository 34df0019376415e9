"""One cell of a file of candidates: what each column may hold, and how it is read. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from babel import Locale

from governance.appointments.rules import DEGREES
from governance.refusals import NOTHING_TO_SAY, Sentence, say
from governance.rulebook.vetting import CANDIDATE_KINDS

SEXES = ("F", "M", "X")
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
OLDEST = 110
MOST_YEARS = 70
# A spreadsheet runs a cell that begins so; the wide forms are what East Asian keyboards write.
RUNS_ANYWHERE = frozenset("=@\uff1d\uff20")
RUNS_AS_TEXT = frozenset("+-\uff0b\uff0d")
# Two joiners shape letters in Persian and Indic names; every other unseen character misleads.
JOINERS = frozenset("\u200c\u200d")
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Co", "Cs"})
EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)


@dataclass(frozen=True)
class Desk:
    """What cells are read against: the states, the day, the languages of letters."""

    states: Mapping[str, str]
    today: date
    letter_languages: tuple[str, ...]


class Fault(Exception):
    """A cell that cannot be taken: the rule's name, why, and the cure."""

    def __init__(self, rule: str, because: Sentence, cure: Sentence = NOTHING_TO_SAY) -> None:
        self.rule, self.because, self.cure = rule, because, cure
        super().__init__(str(because))


@dataclass(frozen=True)
class Column:
    """One column: how a cell of it is read, how long it may be, whether it may be empty.

    An `optional` column may be missing; then it is as if its cells were empty.
    """

    read: Callable[[str, Desk], Any]
    longest: int = 120
    empty: Any = ...
    is_text: bool = True
    optional: bool = False


def read_cell(raw: str, column: Column, desk: Desk) -> Any:
    """The value of a cell, or a Fault."""
    _refuse_unseen(raw)
    cell = unicodedata.normalize("NFC", " ".join(raw.split()))
    if not cell:
        if column.empty is ...:
            raise Fault("cell_is_filled", say("the cell is empty"), say("Fill it in."))
        return column.empty
    _refuse_formula(cell, is_text=column.is_text)
    if len(cell) > column.longest:
        because = say(
            "{length} characters, the cell takes {most}", length=len(cell), most=column.longest
        )
        raise Fault("cell_is_short_enough", because, say("Shorten it."))
    return column.read(cell, desk)


def shown(value: str) -> str:
    """A value as a sentence can bear it: short, and without what would turn it about."""
    plain = "".join(sign if sign.isprintable() else "\ufffd" for sign in value[:41])
    return plain if len(plain) <= 40 else f"{plain[:39]}…"  # noqa: PLR2004 -- half a line


def _refuse_unseen(raw: str) -> None:
    # Nearly every cell is free of them, and this test is made in C.
    if raw.isprintable():
        return
    for sign in raw.strip(" \u00a0"):
        if unicodedata.category(sign) in UNSEEN and sign not in JOINERS:
            raise Fault(
                "cell_shows_what_it_holds",
                say("the cell holds an unseen character, {code}", code=f"U+{ord(sign):04X}"),
                say("Type the text anew: line breaks, tabs and direction marks are not taken."),
            )


def _refuse_formula(cell: str, *, is_text: bool) -> None:
    if cell[0] in RUNS_ANYWHERE or (is_text and cell[0] in RUNS_AS_TEXT):
        raise Fault(
            "cell_is_no_formula",
            say(
                'the cell begins with "{sign}": a spreadsheet would run it as a formula',
                sign=cell[0],
            ),
            say("Write the plain value; leave the cell empty where there is none."),
        )


def _name(cell: str, _desk: Desk) -> str:
    if not any(sign.isalpha() for sign in cell):
        raise Fault(
            "name_has_letters",
            say('"{value}" is no name', value=shown(cell)),
            say("Write the name."),
        )
    return cell


def _text(cell: str, _desk: Desk) -> str:
    return cell


def _sex(cell: str, _desk: Desk) -> str:
    return _one_of(cell.upper(), SEXES)


def _kind(cell: str, _desk: Desk) -> str:
    return _one_of(cell.casefold(), CANDIDATE_KINDS)


def _degree(cell: str, _desk: Desk) -> str:
    return _one_of(cell.casefold(), DEGREES)


def _letter_language(cell: str, desk: Desk) -> str:
    return _one_of(cell.casefold(), desk.letter_languages)


def _one_of(value: str, choices: tuple[str, ...]) -> str:
    if value in choices:
        return value
    because = say('"{value}" is not known here', value=shown(value))
    raise Fault(
        "value_is_known", because, say("Write one of: {choices}.", choices=", ".join(choices))
    )


def _birth_date(cell: str, desk: Desk) -> date:
    day = _date(cell)
    if day > desk.today:
        because = say("{day} is in the future", day=day)
        raise Fault("birth_is_past", because, say("Correct the date of birth."))
    if desk.today.year - day.year > OLDEST:
        because = say("{day} is more than {years} years ago", day=day, years=OLDEST)
        raise Fault("birth_is_in_living_memory", because, say("Correct the year of birth."))
    return day


def _date(cell: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            because = say('"{value}" is no day of the calendar', value=cell)
            raise Fault("date_exists", because, say("Correct the date.")) from None
    because = say('"{value}" is no date that can be read', value=shown(cell))
    cure = say("Write year, month and day: 1974-03-09.")
    raise Fault("date_is_readable", because, cure)


def _years(cell: str, _desk: Desk) -> int:
    if re.fullmatch(r"[0-9]{1,2}", cell) and int(cell) <= MOST_YEARS:
        return int(cell)
    because = say('"{value}" is no number of years', value=shown(cell))
    raise Fault("years_are_whole", because, say("Write whole years, 0 to {most}.", most=MOST_YEARS))


def _nationality(cell: str, desk: Desk) -> str:
    code = cell.upper()
    if code in desk.states:
        return code
    near = _near_states(cell.casefold(), tuple(desk.states.items()))
    because = say('"{value}" is no state that is known', value=shown(cell))
    cure = (
        say("Did you mean {near}?", near=near) if near else say("Write its code of three letters.")
    )
    raise Fault("nationality_is_known", because, cure)


@lru_cache(maxsize=512)
def _near_states(word: str, states: tuple[tuple[str, str], ...]) -> str:
    """States that `word` may stand for: by code if it is as short as one, else by name."""
    by_code = len(word) <= 3  # noqa: PLR2004 -- the length of a code
    known = {(pair[0] if by_code else pair[1]).casefold(): pair for pair in states}
    # Slips seldom touch the first letter, and a file of slips is to be answered at once.
    alike = [each for each in known if each[0] == word[0]]
    close = [word] if word in known else get_close_matches(word, alike, n=3)
    close = close or get_close_matches(word, known, n=3)
    return " or ".join(f"{code} ({name})" for code, name in (known[each] for each in close))


def _email(cell: str, _desk: Desk) -> str:
    if EMAIL.fullmatch(cell):
        return cell
    because = say('"{value}" is no e-mail address', value=shown(cell))
    raise Fault("email_is_an_address", because, say("Write it as name@organisation.example."))


def _languages(cell: str, _desk: Desk) -> Mapping[str, str]:
    levels: dict[str, str] = {}
    for part in re.split(r"[;,|\s]+", re.sub(r"\s*:\s*", ":", cell).strip(";,| ")):
        code, _, level = part.partition(":")
        if code.casefold() in levels:
            because = say('"{code}" stands twice', code=code)
            raise Fault("language_once", because, say("Keep one level for it."))
        levels[_language(code)] = _level(level, part)
    return levels


def _language(code: str) -> str:
    if (known := code.casefold()) in _language_names():
        return known
    named = [each for each, name in _language_names().items() if name.casefold() == known]
    because = say('"{value}" is no language code', value=shown(code))
    cure = say(
        "Write {near}, with a level: {near}:C1.", near=min(named, key=len) if named else "fr"
    )
    raise Fault("language_is_known", because, cure)


def _level(level: str, part: str) -> str:
    if not level or level.upper() in LEVELS:
        return level.upper()
    because = say('"{value}" has no level of the Common European Framework', value=shown(part))
    raise Fault("language_level_is_known", because, say("Write A1 to C2, as in fr:C1, or none."))


@lru_cache(maxsize=1)
def _language_names() -> Mapping[str, str]:
    languages = Locale("en").languages
    return {code: str(name) for code, name in languages.items() if len(code) <= 3}  # noqa: PLR2004


COLUMNS: Mapping[str, Column] = {
    "family_name": Column(_name),
    "given_names": Column(_name, empty=""),
    "sex": Column(_sex, longest=20, empty=None),
    "birth_date": Column(_birth_date, longest=40, is_text=False),
    "nationality": Column(_nationality, longest=60),
    "email": Column(_email, longest=254),
    "languages": Column(_languages, longest=200),
    "degree": Column(_degree, longest=40),
    "years_experience": Column(_years, longest=20, is_text=False),
    "police_rank": Column(_text, empty=""),
    "police_years": Column(_years, longest=20, empty=None, is_text=False),
    "current_employer": Column(_text, longest=200, empty=""),
    "nominated_by": Column(_nationality, longest=60, empty=""),
    "letter_language": Column(_letter_language, longest=40),
    "candidate_kind": Column(_kind, longest=20, empty="external", optional=True),
    "secondment_years": Column(_years, longest=20, empty=None, is_text=False, optional=True),
}
