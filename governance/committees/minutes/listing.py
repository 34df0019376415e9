"""The names of one line of a list of attendance: with roles, handles, boxes to tick, suffixes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.committees.meeting.roll import ABSENT, APOLOGIES, LEAVE, PRESENT, RollLine

BULLET = re.compile(r"^\s*(?:(?:[-*•+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?|\[[ xX]\]\s+)")
BOX = re.compile(r"\[(?P<tick>[ xX])\]\s+")
ROLE = re.compile(r"\s*(?:\(|\[|—|–| - |:\s|\t| / |\s@\w|<|\s{3,}).*$")
NOBODY = re.compile(
    r"^(?:none|nobody|n/?a|nil|no one|aucune?|ninguno|no (?:members?|guests?)[^.]*|-+|all)\.?$",
    re.IGNORECASE,
)
SPLIT_AND = re.compile(r"\s*(?:,\s*and\s+|\s+and\s+|\s+et\s+|\s+y\s+|\s+&\s+|,|;)\s*")
SUFFIX = re.compile(r",(?=\s*(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D|Esq|CPA)\b)")
BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
LONGEST_NAME, MOST_WORDS = 60, 6
REMOTE = re.compile(r"remote|online|phone|zoom|video|virtual|teleconf|webex|dial", re.IGNORECASE)
NON_VOTING = re.compile(r"\bnon-?voting\b|\bno vote\b|\(nv\)", re.IGNORECASE)
HAS_VOTE = re.compile(r"\bvoting\b|\(v\)", re.IGNORECASE)
AFTER = (
    (re.compile(r"\bleave\b(?! at| early)|\bLOA\b"), LEAVE),
    (re.compile(r"apolog|regrets|excus", re.IGNORECASE), APOLOGIES),
    (re.compile(r"\babsent\b", re.IGNORECASE), ABSENT),
    (re.compile(r"\bpresent\b", re.IGNORECASE), PRESENT),
)
CAPACITIES = (
    ("observer", "observer"), ("guest", "guest"), ("staff", "staff"), ("liaison", "observer"),
    ("secretariat", "staff"), ("secretary", "staff"), ("clerk", "staff"), ("adviser", "adviser"),
    ("advisor", "adviser"), ("alternate", "alternate"), ("member", "member"),
)  # fmt: skip
# What people are called before their name, or instead of it: "City Manager Harold Finch".
OFFICE = (
    r"(?:(?:deputy|vice|acting|assistant|city|town|county|village|council|board|committee|company|"
    r"general|interim|executive|finance|public works|police|fire)[\s-]+)*"
    r"(?:mayor|manager|clerk|attorney|counsel|president|secretary|treasurer|officer|superintendent|"
    r"chair(?:man|woman|person)?|engineer|planner|chief|provost|dean|chancellor|registrar|principal|administrator|coordinator|assistant|"
    r"director|commissioner|trustee|supervisor|council\s?(?:members?|m[ae]n|wom[ae]n)|councillor|"
    r"alder(?:man|woman|person)|members?|delegates?|senator|ceo|cfo|vp|auditor|recorder|solicitor)s?"
)
LEADING = re.compile(rf"^(?:{OFFICE})\s+(?=\S)", re.IGNORECASE)
ONLY_OFFICE = re.compile(rf"^(?:the\s+)?(?:{OFFICE})(?:\s+(?:of|for|at)\s.*)?$", re.IGNORECASE)
FIRM = re.compile(r"\b(?:inc|llc|llp|ltd|plc|corp|gmbh|university|department)\b", re.IGNORECASE)
LABEL = re.compile(r"^(?P<label>[^:]{2,70}?)\s*:\s+(?P<names>\S.*)$")
OF_A_GROUP = re.compile(
    r"\b(?:group|house|constituency|stakeholders?|parties|sector|region|faculty|caucus|"
    r"steering|ex[ -]officio|representing|representatives)\b",
    re.IGNORECASE,
)
NO_LIST = re.compile(
    r"^(?:dates?|times?|location|venue|place|room|quorum|recording|links?|zoom|dial[ -]?in|minutes|"
    r"agenda|next meeting|call to order|facilitator|host|moderator|timekeeper|format)$",
    re.IGNORECASE,
)


def names_of(  # noqa: PLR0913 -- what the heading says of them, each named
    number: int,
    text: str,
    *,
    status: str,
    capacity: str = "",
    voting: bool | None = None,
    inline: bool = False,
) -> Iterator[RollLine]:
    """The people of a line. `inline`: the line goes on after a heading, and holds several."""
    box = BOX.search(text[:12])
    if box is not None:
        status = PRESENT if box["tick"].strip() else ABSENT
    text = BULLET.sub("", text).strip()
    listed, several = _listed(text)
    listed = listed.rstrip(".")
    if not listed or NOBODY.match(listed):
        return
    for part in _parted(listed, inline=inline or several):
        plain = part.strip().strip("*_").strip()
        bare = LEADING.sub("", ROLE.sub("", plain).strip().rstrip(".")).strip()
        if not _is_name(bare):
            continue
        after = plain[plain.index(bare) + len(bare) :]
        yield RollLine(
            line=number,
            name=bare,
            status=_status(after) or status,
            capacity=capacity or _capacity(after),
            voting=_voting(after, voting),
            remote=REMOTE.search(plain) is not None,
        )


def _listed(text: str) -> tuple[str, bool]:
    """What a line lists, without the label before it; nothing where it lists nobody."""
    label = LABEL.match(text)
    if label is None:
        is_title = OF_A_GROUP.search(text) is not None and "," not in text
        return ("" if is_title else text), False
    what, said = label["label"].strip("*_ "), label["names"]
    if NO_LIST.match(what) or (said.endswith((".", "?", "!")) and len(said.split()) > MOST_WORDS):
        return "", False  # a place, a time, or what somebody said
    if OF_A_GROUP.search(what) or _are_names(said):
        return said, True
    return text, False


def _are_names(text: str) -> bool:
    """Several names, after a label: not what one person is or did."""
    parts = text.split(",")
    return len(parts) > 1 and all(_is_name(ROLE.sub("", each).strip()) for each in parts)


# Jane Smith, Acme Trading (Voting Member): one person, whatever the firm is called.
OF_A_FIRM = re.compile(
    r"^(?P<name>[^,(]+),\s[^(]*(?:\([^)]*\)[^(]*)?(?P<role>\([^)]*\b(?:member|chair|secretary|editor|"
    r"observer|voting|guest|staff)\b[^)]*\))$",
    re.IGNORECASE,
)


def _parted(text: str, *, inline: bool) -> list[str]:
    """The names of a line: by semicolons where there are any, else by commas and `and`."""
    if ";" in BRACKETS.sub("", text):
        return [name for each in text.split(";") for name in _parted(each.strip(), inline=True)]
    outside = BRACKETS.sub(lambda found: "·" * len(found[0]), text)
    outside = SUFFIX.sub("·", outside)
    if not inline and (one := OF_A_FIRM.match(text)) is not None:
        return [f"{one['name']} {one['role']}"]
    if outside.count(",") == 1 and " and " not in outside:
        first, second = (each.strip() for each in outside.split(","))
        if len(second.split()) == 1 and (first.isupper() or not (inline or " " in first)):
            return [text]  # SMITH, Jane
        at = outside.index(",")
        if not inline and " " in first and " " not in second:
            return [text[:at]]  # Jane Smith, Acme
    parts, begin = [], 0
    for found in SPLIT_AND.finditer(outside):
        parts.append(text[begin : found.start()])
        begin = found.end()
    return [*parts, text[begin:]]


def _is_name(text: str) -> bool:
    words = text.split()
    if not 0 < len(words) <= MOST_WORDS or len(text) > LONGEST_NAME or not words[0][0].isalnum():
        return False
    if text.endswith(":") or ONLY_OFFICE.match(text) or FIRM.search(text):
        return False
    if re.search(r"\d", text) and not re.fullmatch(r"[A-Za-z][\w.-]*[A-Za-z0-9]", text):
        return False
    return words[0][0].isupper() or len(words) == 1 or not text.isascii() or words[0] in PARTICLES


PARTICLES = frozenset({"van", "von", "de", "da", "del", "della", "di", "du", "la", "le", "ten"})


def _status(after: str) -> str:
    """What is said of one person behind the name: on leave, excused, absent."""
    return next((status for pattern, status in AFTER if pattern.search(after)), "")


def _capacity(after: str) -> str:
    return next(
        (of for word, of in CAPACITIES if re.search(rf"\b{word}\b", after, re.IGNORECASE)), ""
    )


def _voting(after: str, group: bool | None) -> bool | None:
    if NON_VOTING.search(after):
        return False
    return True if HAS_VOTE.search(after) else group
