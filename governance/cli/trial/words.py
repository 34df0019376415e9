"""What people write in cells: yes and no in several languages, positions, exact numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from governance.cli.trial.table import plain_word
from governance.consultation.rules import DecisionRule

YES = "yes y oui o si ja true t 1 x ✓ ✔ نعم present presente attending here"
NO = "no n non nein false f 0 لا absent ausente away"
BOOLEANS = {
    plain_word(word): answer
    for words, answer in ((YES, True), (NO, False))
    for word in words.split()
}

WORDS_FOR = {
    "yes": """
        yes, y, oui, si, ja, نعم, for, pour, favour, favor, in favour, in favor, a favor, approve,
        approved, agree, agreed, accept, accepted, aye, yea, support, consent, no objection,
        favourable, favorable, موافق, مؤيد
    """,
    "no": """
        no, n, non, nein, لا, against, contre, contra, en contra, object, objects, objection,
        objected, break silence, silence broken,
        oppose, opposed, reject, rejected, nay, disagree, disapprove, veto, block,
        unfavourable, unfavorable, معارض
    """,
    "abstain": """
        abstain, abstains, abstained, abstaining, abstention, abstencion, se abstiene, ممتنع, امتناع
    """,
    "invalid": "invalid, nul, nulo, spoiled, spoilt, void, blank, blanc, en blanco, باطل",
    "recused": "recuse, recused, recusal, recuses, recusado, recusada",
}


def _listed(words: str) -> list[str]:
    return [plain_word(each) for each in words.split(",")]


MEANT = {word: meaning for meaning, words in WORDS_FOR.items() for word in _listed(words)}
NOT_ANSWERED = frozenset(
    [
        "",
        *_listed(
            """
            -, –, —, ?, …, n/a, na, none, null, pending, waiting, awaited, not answered, no answer,
            unanswered, not yet, not yet answered, no response, no reply, silent, silence
            """
        ),
    ]
)
ABSENT = frozenset(_listed("absent, ausente, not present, away, غائب"))
NOT_VOTING = frozenset(
    _listed(
        """
        not voting, did not vote, not participating, non votant, no vota, did not answer,
        non voting
        """
    )
)
THOUSANDS = re.compile(r"\d{1,3}([ ,.'’\u00a0\u202f]\d{3})+")
NUMBER = re.compile(r"(\d+)(?:[.,](\d+))?\s*%?")
SHARE = re.compile(r"(\d+)\s*/\s*([1-9]\d*)")


def is_yes(word: str) -> bool | None:
    """True, False, or None where the word is neither."""
    return BOOLEANS.get(plain_word(word))


def number(word: str) -> int | Fraction | None:
    """An exact number: 12, 12.5, 1/3, 4.2 %, 83 200 000; None where it is none."""
    text = word.strip()
    if share := SHARE.fullmatch(text):
        found = Fraction(int(share[1]), int(share[2]))
    elif THOUSANDS.fullmatch(text):
        found = Fraction(re.sub(r"\D", "", text))
    elif plain := NUMBER.fullmatch(text):
        found = Fraction(f"{plain[1]}.{plain[2] or 0}")
    else:
        return None
    return int(found) if found.denominator == 1 else found


def position_of(word: str, law: DecisionRule, titles: dict[str, str]) -> str | list[str]:
    """The key of the position that a word means, or those that it might mean."""
    plain = plain_word(word)
    for key in law.positions:
        if plain in {plain_word(key), titles.get(key, "")}:
            return key
    meaning = MEANT.get(plain, "")
    same = [each.key for each in law.positions.values() if each.worth == meaning]
    if meaning in same:
        return meaning
    return same[0] if len(same) == 1 else same


def is_position(word: str, law: DecisionRule, titles: dict[str, str]) -> bool:
    """Whether a word on a paper says how it is to be counted; any other is somebody's name."""
    plain = plain_word(word)
    own = any(plain in {plain_word(key), titles.get(key, "")} for key in law.positions)
    return own or MEANT.get(plain) in {"abstain", "invalid", "recused"}


def splitter(candidates: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    """Splits a cell into names; a comma parts them too, unless a candidate's name has one."""
    has_comma = any("," in each for each in candidates)
    parts = re.compile(r"[|;\n]" if has_comma else r"[|;,\n]")

    def split(cell: str) -> tuple[str, ...]:
        if cell.strip() in candidates:
            return (cell.strip(),)
        return tuple(filter(None, (each.strip() for each in parts.split(cell))))

    return split
