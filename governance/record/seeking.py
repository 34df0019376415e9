"""What can be searched for: each thing once with its words, kept in the act that writes the thing.

Words are folded alike when they are kept and when they are looked for: no accents, no case, Arabic
letters in their plain form and without article. The same table serves SQLite and PostgreSQL: words
begin with what is typed, and each is found by an index.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pendulum import DateTime
from sqlalchemy import ColumnElement, and_, delete, exists, func, or_
from sqlmodel import Session, col, select

from governance.database import add_rows
from governance.record.models import Sought, SoughtWord

OPEN, INSIDE = "open", "inside"
LONGEST, MOST_ASKED, MANY = 40, 8, 2000
_LAST = "\U0010ffff"
_WORD = re.compile(r"[^\W_]+")
_MARKS = {"Mn", "Me"}
_PLAIN = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None,
     "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
)  # fmt: skip
# What is written in one with an Arabic word: "and", "for", "by", with the article or without.
_WITH_ARTICLE = ("وال", "فال", "بال", "كال", "ولل", "لل", "ال", "ول")
_PREFIXES = (*_WITH_ARTICLE, "و", "ف", "ب", "ل")
_SHORTEST_STEM, _SHORTEST_PLURAL, _SHORTEST_BEGINNING = 3, 4, 3


@dataclass(frozen=True)
class Thing:
    """Something that can be found: its kind and id, whose it is, what it is called.

    `access`: open to whoever may see its owner, or inside, for those who belong there. `edition`
    tells two texts of one thing apart. `place` is what a page needs to lead there.
    """

    kind: str
    id: str
    owner: str
    name: str
    title: Mapping[str, str]
    at: DateTime
    access: str = OPEN
    edition: str = ""
    place: str = ""
    texts: tuple[str, ...] = field(default=(), repr=False)


def folded(text: str) -> str:
    """A text as it is compared: no case, no accents, Arabic letters in their plain form."""
    plain = text.casefold().translate(_PLAIN)
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(each for each in apart if unicodedata.category(each) not in _MARKS).translate(
        _PLAIN
    )


def words_of(texts: Iterable[str]) -> set[str]:
    """Every word of some texts, folded; an Arabic one also without its particles and article."""
    found: set[str] = set()
    for word in (each for text in texts for each in _WORD.findall(folded(text))):
        found.update(each[:LONGEST] for each in (word, *_stems(word, _PREFIXES)))
    return found


def _stems(word: str, prefixes: Iterable[str]) -> Iterator[str]:
    """The word as it may stand without them: which it is, its letters alone do not tell."""
    if "\u0600" <= word[0] <= "\u06ff":
        for prefix in prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM:
                yield word[len(prefix) :]


def asked(text: str) -> list[tuple[str, ...]]:
    """What is looked for: of each word that was typed, the beginnings that answer to it."""
    return [_beginnings(each) for each in _WORD.findall(folded(text))[:MOST_ASKED]]


def _beginnings(word: str) -> tuple[str, ...]:
    """The word itself; without its plural; without what is written in one with it in Arabic."""
    plural = ("es", "s", "x") if word.isascii() and not word.isdecimal() else ()
    singular = (
        word.removesuffix(end)
        for end in plural
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST_PLURAL
    )
    return tuple(
        dict.fromkeys(each[:LONGEST] for each in (word, *singular, *_stems(word, _WITH_ARTICLE)))
    )


def keep(session: Session, thing: Thing) -> None:
    """Keep a thing with its words, in place of what was kept of it before."""
    query = select(Sought).where(
        col(Sought.kind) == thing.kind,
        col(Sought.of_id) == thing.id,
        col(Sought.edition) == thing.edition,
    )
    row = session.exec(query).first()
    if row is None:
        row = Sought(kind=thing.kind, of_id=thing.id, edition=thing.edition, at=thing.at)
        session.add(row)
    else:
        session.execute(delete(SoughtWord).where(col(SoughtWord.number) == row.number))
    row.owner, row.access, row.place, row.at = thing.owner, thing.access, thing.place, thing.at
    row.name, row.title = thing.name[:120], dict(thing.title)
    session.flush()
    words = words_of((thing.name, *thing.title.values(), *thing.texts))
    rows = [{"word": each, "number": row.number} for each in sorted(words)]
    add_rows(session, SoughtWord, rows)


def holding_all(session: Session, words: list[tuple[str, ...]]) -> ColumnElement[bool]:
    """Whether a thing holds a word of each of these beginnings, asked in the quickest way.

    Where one of them is rare, its things are looked through for the others. Where all are common,
    the things of each are put beside each other; of one alone they are looked for from the newest.
    """
    sizes = [_size(session, each) for each in words]
    rarest = min(range(len(words)), key=sizes.__getitem__)
    if sizes[rarest] <= MANY:
        others = (_has(each) for place, each in enumerate(words) if place != rarest)
        return and_(_among(words[rarest]), *others)
    return _has(words[0]) if len(words) == 1 else and_(*(_among(each) for each in words))


def _size(session: Session, beginnings: tuple[str, ...]) -> int:
    """How many words begin so, looking no further than is asked."""
    some = select(SoughtWord.number).where(_begins(beginnings)).limit(MANY + 1)
    return session.exec(select(func.count()).select_from(some.subquery())).one()


def _begins(beginnings: tuple[str, ...]) -> ColumnElement[bool]:
    """One or two letters are a word; more are the beginning of one."""
    return or_(
        *(
            col(SoughtWord.word).between(each, each + _LAST)
            if len(each) >= _SHORTEST_BEGINNING
            else col(SoughtWord.word) == each
            for each in beginnings
        )
    )


def _among(beginnings: tuple[str, ...]) -> ColumnElement[bool]:
    return col(Sought.number).in_(select(SoughtWord.number).where(_begins(beginnings)))


def _has(beginnings: tuple[str, ...]) -> ColumnElement[bool]:
    mine = col(SoughtWord.number) == col(Sought.number)
    return exists().where(mine, _begins(beginnings))
