"""Votes as minutes print them: counts, names, results, and the numbers of decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.committees.dates import MONTH
from governance.committees.minutes.acts import BIG, clean
from governance.committees.minutes.printed import Count, NumberClaim

_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = {word: number for number, word in enumerate(_COUNTED.split())} | {
    "none": 0,
    "no": 0,
    "nil": 0,
    "0": 0,
}
N = rf"(?P<n>\d{{1,4}}|{'|'.join(NUMBERS)})"
KINDS = {
    "yes": (
        r"(?:votes?\s+)?(?:yes|ayes?|yeas?|for|in\s+favou?r|approved?|affirmative|pour|oui"
        r"|a\s+favor)"
    ),
    "no": r"(?:votes?\s+)?(?:nays?|noes|against|oppos(?:ed|ing)|contre|negative|en\s+contra|no)",
    "abstain": r"(?:abstain(?:ed|ing)?|abstentions?|abstenciones?)",
}  # fmt: skip
BEFORE = {
    kind: re.compile(
        rf"(?<![\w-]){N}\s+(?:(?:votes?|voix|votos|(?:members?|delegations?|states|countries)(?:\s+had)?)\s+)?(?:voted\s+)?(?:were\s+|had\s+)?{word}(?![\w-])",
        re.IGNORECASE,
    )
    for kind, word in KINDS.items()
}  # fmt: skip
AFTER = {
    kind: re.compile(rf"(?<![\w-]){word}\s*[:=(–-]\s*{N}(?![\w/-])", re.IGNORECASE)
    for kind, word in KINDS.items()
}
BARE = {
    kind: re.compile(rf"(?<![\w-]){word}\s+(?P<n>\d{{1,4}})(?![\w/-])", re.IGNORECASE)
    for kind, word in KINDS.items()
}
NAMED = {
    kind: re.compile(
        rf"(?<![\w-]){word}\s*(?:\(?\d*\)?)?\s*[:–—(-]+\s*(?:\d+\s*[:–—(-]+\s*)?"
        rf"(?P<names>{BIG}[^.|\n]*)",
        re.IGNORECASE,
    )
    for kind, word in KINDS.items()
}
TALLY = re.compile(
    r"(?<![\d/.-])(?P<y>\d{1,3})\s*[-–:]\s*(?P<n>\d{1,3})(?:\s*[-–:]\s*(?P<a>\d{1,3}))?(?![\d/-])"
)
TO = re.compile(
    rf"\bby\s+(?P<y>\d{{1,3}}|{'|'.join(NUMBERS)})\s+(?:votes?\s+)?to\s+(?P<n>\d{{1,3}}|{'|'.join(NUMBERS)})\b"
    rf"(?:,?\s*(?:with\s+)?(?P<a>\d{{1,3}}|{'|'.join(NUMBERS)})\s+abstention)?",
    re.IGNORECASE,
)
CALL = re.compile(
    rf"(?P<who>{BIG}[^\W\d]*(?:['’ .-]+[^\W\d]+){{0,3}}?)\s*[-–—:=]+\s*"
    r"(?P<how>yes|ayes?|yeas?|no|nays?|abstain(?:ed)?)\b",
    re.IGNORECASE,
)
HOW = {"ab": "abstain", "a": "yes", "y": "yes", "n": "no"}
ABOUT_VOTE = re.compile(
    r"\bvot|\bcarried|\bpassed|\bfailed|\bapproved|\badopted|\bdefeated|\bmotion", re.IGNORECASE
)
THING = r"(?:motion|resolution|amendment|proposal|vote|item|minutes|agenda|it)"
WON = r"(?:carried|carries|passed|passes|approved|adopted|accepted|agreed)"
CARRIED = re.compile(
    rf"(?i:\b{THING}\b[^.;]{{0,80}}\b{WON})"
    r"|(?i:\b(?:motion\s+carried|result\s*:\s*(?:carried|passed|approved|adopted)|so\s+ordered))"
    r"|\b(?:CARRIED|PASSED|APPROVED|ADOPTED)\b"
    rf"|(?i:(?:^|[.;:,—–-])\s*{WON}\s*(?:[.;,(]|$)|^\s*{WON}\b)"
    r"|(?i:\badopt[ée]e?\b|\baprobad[ao]\b)"
    r"|(?i:\b(?:passed|carried|approved|adopted)\s+(?:unanimously|by|with|\d))"
)
FELL = (
    r"(?:failed|fails|defeated|lost|rejected|denied|not\s+(?:carried|adopted|approved)"
    r"|(?:did|does)\s+not\s+(?:pass|carry))"
)
LOST = re.compile(
    rf"(?i:\b{THING}\b[^.;]{{0,60}}\b{FELL})"
    r"|(?i:\b(?:not\s+carried|result\s*:\s*(?:failed|lost|rejected|not)))"
    r"|\b(?:FAILED|DEFEATED|LOST|NOT CARRIED)\b"
    r"|(?i:(?:^|[.;:])\s*(?:failed|defeated|lost|rejected|denied)\s*(?:[.;,(]|$))"
    r"|(?i:\brejet[ée]e?\b|\brechazad[ao]\b)"
)
UNANIMOUS = re.compile(r"\bunanim|\bw/?o objection|\bnem\.? ?con|à l['’]unanimité", re.IGNORECASE)
NEGATED = re.compile(
    r"\bnot\s+(?:yet\s+)?(?:carried|passed|approved|adopted|accepted)", re.IGNORECASE
)
NUMBER = re.compile(
    r"\b(?P<word>resolutions?|decisions?|décisions?|resoluci[oó]n|decisi[oó]n|ordinance|"
    r"recommendation|motion|res\.)\s+(?:no\.?\s*|number\s+|n[°º]\s*|#\s*)?"
    r"(?P<number>(?:[A-Z]{1,6}[-/.]?)?\d{1,4}(?:[-/.](?:[A-Z]{1,4}[-/.])?\d{1,4}){0,4}(?:\(\d{1,4}\))?)"
    r"(?!\s*(?:%|votes|members|of\s+\d))(?![\w/])",
    re.IGNORECASE,
)
REFERS = re.compile(
    r"(?:amend(?:s|ed|ing)?|rescind\w*|supersed\w*|pursuant\s+to|under|see|per|of|in|by|replac\w*|"
    r"recall\w*|refer\w*(?:\s+to)?|implement\w*|following|from|previous|repeal\w*)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
CASTING = re.compile(
    r"(?:casting|deciding)\s+vote|tie-?break|(?:broke|break|breaking)\s+(?:the|a)\s+tie|"
    r"voix\s+prépondérante|voto\s+(?:de\s+calidad|dirimente)",
    re.IGNORECASE,
)
WITHDRAWN = re.compile(
    r"\bmotion\b[^.;]{0,40}\b(?:withdrawn|tabled|postponed|died|dies|lapsed|referred)",
    re.IGNORECASE,
)


# States whose names hold an "and".
WITH_AND = re.compile(
    r"Antigua and Barbuda|Bosnia and Herzegovina|Saint Kitts and Nevis|Trinidad and Tobago|"
    r"Saint Vincent and the Grenadines|S[aã]o Tom[eé] and Pr[ií]ncipe|Great Britain and Northern"
)
OF_STATE = re.compile(r"\b(?:Republic|Kingdom|State|States) of\b")
MOST_WORDS = 4
NOBODY = frozenset({"none", "nil", "n/a", "no one", "nobody", "0"})


def number_of(word: str) -> int:
    """Seven, 7 or none as a number."""
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def votes_in(number: int, line: str) -> dict[str, Count]:
    """The votes of a line, by kind: how many, and who."""
    if called := _called(number, line):
        return called
    found: dict[str, Count] = {}
    to = tally_in(line) if ABOUT_VOTE.search(line) and TO.search(line) else {}
    for kind in KINDS:
        count = to.get(kind, _count(kind, line))
        names = _names(kind, line)
        if count is not None or names:
            found[kind] = Count(count, names, number)
    lone_words = set(found) == {"yes"} and not found["yes"].names and not ABOUT_VOTE.search(line)
    if lone_words:
        return {}
    if not found and ABOUT_VOTE.search(line):
        return {kind: Count(n, (), number) for kind, n in tally_in(line).items()}
    return found


def _called(number: int, line: str) -> dict[str, Count]:
    """A vote by roll call: `Monroe - yes; DiNardo - no`."""
    names: dict[str, list[str]] = {}
    for one in CALL.finditer(line):
        kind = next(to for begins, to in HOW.items() if one["how"].lower().startswith(begins))
        names.setdefault(kind, []).append(clean(one["who"]))
    if sum(map(len, names.values())) <= 1 or "" in {e for each in names.values() for e in each}:
        return {}
    return {kind: Count(None, tuple(each), number) for kind, each in names.items()}


def _count(kind: str, line: str) -> int | None:
    for pattern in (AFTER[kind], BARE[kind], BEFORE[kind]):
        for one in pattern.finditer(line):
            of_a_thing = ONE_FOR.search(one[0]) and FOR_A_THING.match(line[one.end() :])
            if not of_a_thing and not NO_COUNT.search(line[: one.start("n")]):
                return number_of(one["n"])
    return None


# The number of an issue, or the year of a month: "Motion #457 approved", "for May 2022 approved".
ONE_FOR = re.compile(r"^\d+\s+for$", re.IGNORECASE)  # "to accept 662 for CSAF 2.1"
FOR_A_THING = re.compile(r"\s+(?:the\s+)?[A-Z#\d]")
NO_COUNT = re.compile(rf"(?:#|\b(?:{MONTH})\.?\s)$", re.IGNORECASE)


def _names(kind: str, line: str) -> tuple[str, ...]:
    one = NAMED[kind].search(line)
    if one is None:
        return ()
    listed = one["names"]
    if line[one.start() : one.start("names")].rstrip().endswith("("):
        listed = _within(listed)
    for other, word in KINDS.items():
        if other != kind:
            listed = re.split(
                rf"(?<![\w-]){word}\s*(?:\(?\d*\)?)?\s*[:–—(]", listed, flags=re.IGNORECASE
            )[0]
    listed = WITH_AND.sub(lambda both: both[0].replace(" and ", "\0"), listed)
    parts = [
        each.replace("\0", " and ")
        for each in re.split(r"\s*(?:,\s*and\s+|,|;|\s+and\s+|\s+&\s+)\s*", listed.strip(" ()."))
    ]
    names = [clean(re.sub(r"\(.*$", "", each)) for each in parts if each.lower() not in NOBODY]
    named = tuple(each for each in names if each)
    return named if all(map(_is_name, named)) else ()


def _within(text: str) -> str:
    """What stands before the bracket is closed that was opened before it."""
    depth = 1
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return text[:at]
    return text


def _is_name(text: str) -> bool:
    is_short = len(text.split()) <= MOST_WORDS or OF_STATE.search(text) is not None
    return is_short and re.match(BIG, text) is not None


def tally_in(line: str) -> dict[str, int]:
    """`7-2-1` as for, against, abstaining, where the line speaks of a vote."""
    if (to := TO.search(line)) is not None:
        abstain = {"abstain": number_of(to["a"])} if to["a"] else {}
        return {"yes": number_of(to["y"]), "no": number_of(to["n"])} | abstain
    for one in TALLY.finditer(line):
        before = line[: one.start()]
        if re.search(
            r"(?:resolution|decision|ordinance|item|no\.?|rule|section|art\w*\.?|\d{1,2}:)\s*$",
            before,
            re.IGNORECASE,
        ):
            continue
        if re.match(r"\s*(?:[ap]\.?m|UTC|[A-Z]{3}\b)", line[one.end() :], re.IGNORECASE):
            continue
        if ":" in one[0] or SUM.search(before):
            continue
        told = {"yes": int(one["y"]), "no": int(one["n"])}
        return told | ({"abstain": int(one["a"])} if one["a"] else {})
    return {}


SUM = re.compile(r"\d\s*\(\s*$")  # 9 (10 - 1) members


def result_in(line: str) -> bool | None:
    """Whether a line says that something was carried or lost."""
    if LOST.search(line) or NEGATED.search(line):
        return False
    return True if CARRIED.search(line) else None


def numbers_in(number: int, line: str) -> Iterator[NumberClaim]:
    """The numbers that a line gives to decisions; references to older ones are passed over."""
    for one in NUMBER.finditer(line):
        if REFERS.search(line[: one.start()]):
            continue
        if one["word"].lower().startswith("motion") and not re.search(r"\D", one["number"]):
            continue  # motion 3 of a meeting has no series
        heads = not re.sub(r"[\W\d]+", "", line[: one.start()])
        yield NumberClaim(number, one["number"], one["word"].lower().rstrip("s"), heads)
