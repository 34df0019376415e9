"""The list of those present, absent, excused, on leave and invited, as minutes print it.

Headings with lists under them, lists on one line after a colon, and tables are all read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from governance.committees.meeting.roll import (
    ABSENT,
    APOLOGIES,
    COLUMN,
    LEAVE,
    PRESENT,
    Roll,
    RollLine,
    read_roll,
)
from governance.refusals import Refused

WHO = (
    r"(?:voting|non-?voting|board|committee|council|commission|tc|tsc|steering|regular|other|"
    r"executive|elected|associate|full)?\s*"
)
HEADINGS: tuple[tuple[re.Pattern[str], str, str, bool | None], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), status, capacity, voting)
    for pattern, status, capacity, voting in (
        ((rf"{WHO}(?:members?|directors?|commissioners?|trustees?|delegates?)\s+(?:who were\s+)?"
         r"(?:absent|not present|missing)|absentees?|absents?|ausentes?|not present|missing"),
         ABSENT, "", None),
        ((r"(?:members?\s+)?(?:excused|apologies|regrets|apologies for absence|excus[ée]s?"
         r"|excusados?|sent (?:regrets|apologies)|apologies received)(?:\s+absen(?:t|ces?))?"),
         APOLOGIES, "", None),
        (r"(?:members?\s+)?(?:on\s+)?leaves?(?:\s+of\s+absence)?|loa", LEAVE, "", None),
        ((r"non-?voting\s+(?:members?|attendees?|participants?)(?:\s+present)?|observers?"
         r"(?:\s+present)?|liaisons?|observateurs?|observadores?"), PRESENT, "observer", False),
        ((r"guests?(?:\s+present)?|invit[ée]s?|invitados?|visitors?|public(?:\s+present)?"
         r"|others? present|also present|others? in attendance|guests? and (?:staff|visitors)"),
         PRESENT, "guest", None),
        ((r"staff(?:\s+present)?|secretariat|in attendance \(staff\)|support staff"
         r"|(?:executive )?officers? present|scribes?|note-?takers?|minutes taken by"
         r"|staff (?:and|&) (?:guests|others)"), PRESENT, "staff", None),
        (r"voting\s+(?:members?|attendees?)(?:\s+(?:present|in attendance))?|voters present",
         PRESENT, "member", True),
        ((rf"{WHO}(?:members?|directors?|commissioners?|trustees?|delegat(?:es|ions)?"
         r"|representatives?)(?:\s+(?:were\s+)?(?:present|in attendance|attending))?"
         r"|pr[ée]sents?|presentes?|present|in attendance|attend(?:ees|ance|ing)|participants?"
         r"|roll\s*-?call|those present|on the (?:call|phone)|participating"), PRESENT, "", None),
    )
)  # fmt: skip
MEMBERS = re.compile(
    r"member|director|commissioner|trustee|delegat|present\b.*\bmember", re.IGNORECASE
)
LEAD = re.compile(r"^\s*(?:#{1,6}\s+|\*\*|__|\d+(?:\.\d+)*[.)]\s+|[-*•]\s+|[A-Z][.)]\s+)?\s*")
AFTER_HEADING = re.compile(
    r"\s*(?:\([^)]*\))?\s*"
    r"(?:(?:were|was|have\s+been)?\s*(?:received|noted|given)?\s*(?:from|by)\s"
    r"|[:：—–-]|$|were\s*:?|included\s*:?)"
)
BULLET = re.compile(r"^\s*(?:[-*•+]|\d+[.)]|\[[ xX]\])\s+")
ROLE = re.compile(r"\s*(?:\(|\[|—|–| - |:\s|\t| / ).*$")
NOBODY = re.compile(
    r"^(?:none|nobody|n/?a|nil|no one|aucune?|ninguno|no (?:members?|guests?)[^.]*|-+|all)\.?$",
    re.IGNORECASE,
)
SPLIT_AND = re.compile(r"\s*(?:,\s*and\s+|\s+and\s+|\s+et\s+|\s+y\s+|\s+&\s+|,|;)\s*")
LONGEST_NAME, MOST_WORDS = 60, 6
REMOTE = re.compile(r"remote|online|phone|zoom|video|virtual|teleconf|webex|dial", re.IGNORECASE)
VOTING = re.compile(r"\bnon-?voting\b|\bno vote\b|\(nv\)", re.IGNORECASE)
HAS_VOTE = re.compile(r"\bvoting\b|\(v\)", re.IGNORECASE)
AFTER = (
    (re.compile(r"\bleave\b(?! at| early)|\bLOA\b"), LEAVE),
    (re.compile(r"apolog|regrets|excus", re.IGNORECASE), APOLOGIES),
    (re.compile(r"\babsent\b", re.IGNORECASE), ABSENT),
)
SUMMARY = re.compile(
    r"\bquorum\b|\btotal\b|%|\bmo(?:ved|tion)\b|\bvoted?\b|\bsecond|^(?:ayes|noes|nays|yes|no)\b",
    re.IGNORECASE,
)
CAPITALS = re.compile(r"^(?:[IVX\d]+[.)]\s*)?[A-Z][A-Z /&'-]{3,}:?$")


@dataclass(frozen=True)
class Group:
    """Under which heading names stand."""

    status: str
    capacity: str
    voting: bool | None
    of_members: bool = False  # the heading says that these are the members


def attendance(name: str, lines: tuple[str, ...]) -> Roll | None:
    """The roll that minutes print; None where they print none."""
    found = list(_listed(name, lines))
    if not found:
        return None
    apart = any(group and group.of_members for _, group in found)
    votes = any(line.voting for line, _ in found)
    return Roll(name, None, tuple(_seen(*each, apart=apart, votes=votes) for each in found))


def _seen(line: RollLine, group: Group | None, *, apart: bool, votes: bool) -> RollLine:
    """What the other headings make of a line.

    Beside a list of members, those simply in attendance are none; beside one of voting members,
    other members do not vote.
    """
    if group is None or not line.is_present or line.capacity not in ("", "member"):
        return line
    if apart and not group.of_members and not line.capacity:
        return replace(line, capacity="guest")
    if votes and line.voting is None:
        return replace(line, voting=False)
    return line


def _listed(name: str, lines: tuple[str, ...]) -> Iterator[tuple[RollLine, Group | None]]:
    group: Group | None = None
    open_ended = True
    number = 0
    while number < len(lines):
        line = lines[number]
        table = _table(name, lines, number, group)
        if table is not None:
            rows, number = table
            yield from ((row, None) for row in rows)
            continue
        number += 1
        heading = _heading(line)
        if heading is not None:
            group, rest = heading
            open_ended = not rest or rest.endswith((",", ";"))
            yield from ((each, group) for each in _names(number, rest, group))
        elif _ends(line) or not open_ended:
            group = None
        elif group is not None:
            yield from ((each, group) for each in _names(number, line, group))
            open_ended = open_ended and (not line.strip().endswith(".") or bool(BULLET.match(line)))


def _heading(line: str) -> tuple[Group, str] | None:
    """The group that a line begins, and what stands after it on the same line."""
    plain = LEAD.sub("", line).replace("**", "").replace("__", "").strip()
    plain = re.sub(r"^(?:the\s+)?(?:list|names)\s+of\s+(?:the\s+)?", "", plain, flags=re.IGNORECASE)
    for pattern, status, capacity, voting in HEADINGS:
        found = pattern.match(plain)
        if found is None:
            continue
        rest = plain[found.end() :]
        after = AFTER_HEADING.match(rest)
        if after is None:
            continue
        is_title = bool(re.match(r"\s*#", line)) or not rest[after.end() :].strip()
        if is_title or re.search(r"[:–-]|were|from|by", after[0]):
            members = MEMBERS.search(found[0]) is not None
            return Group(status, capacity, voting, members), rest[after.end() :].strip()
    return None


def _ends(line: str) -> bool:
    """A new heading, or prose, ends a list; a blank line does not."""
    plain = line.strip()
    if not plain:
        return False
    if re.match(r"#{1,6}\s|={3,}|-{3,}|\d+\.\s+[A-Z][^,;]*$|[IVX]+\.\s", plain):
        return True
    if SUMMARY.search(plain) or CAPITALS.match(plain):
        return True
    bulleted = BULLET.match(line) is not None
    whole = BULLET.sub("", plain)
    return not bulleted and (len(whole.split()) > MOST_WORDS + 4 and "," not in whole)


def _names(number: int, text: str, group: Group) -> Iterator[RollLine]:
    text = BULLET.sub("", text).strip().rstrip(".")
    if not text or NOBODY.match(text):
        return
    for part in _parted(text):
        plain = part.strip().strip("*_").strip()
        bare = ROLE.sub("", plain).strip().rstrip(".")
        if not _is_name(bare):
            continue
        yield RollLine(
            line=number,
            name=bare,
            status=_status(plain[len(bare) :]) or group.status,
            capacity=group.capacity or _capacity(plain[len(bare) :]),
            voting=_voting(plain[len(bare) :], group.voting),
            remote=REMOTE.search(plain) is not None,
        )


def _parted(text: str) -> list[str]:
    """The names of a line: by semicolons where there are any, else by commas and `and`."""
    if ";" in text:
        return [each.split(",")[0] if each.count(",") == 1 else each for each in text.split(";")]
    outside = re.sub(r"\([^)]*\)|\[[^\]]*\]", lambda found: "·" * len(found[0]), text)
    if outside.count(",") == 1 and " and " not in outside:
        first, second = outside.split(",")
        if first.strip().isupper() and len(second.split()) == 1:
            return [text]  # SMITH, Jane
        at = outside.index(",")
        if len(first.split()) > 1 and len(second.split()) > 1 and _is_name(second.strip()):
            return [text[:at], text[at + 1 :]]
        return [text[:at]] if len(first.split()) > 1 else [text]
    parts, begin = [], 0
    for found in SPLIT_AND.finditer(outside):
        parts.append(text[begin : found.start()])
        begin = found.end()
    return [*parts, text[begin:]]


def _is_name(text: str) -> bool:
    words = text.split()
    if not 0 < len(words) <= MOST_WORDS or len(text) > LONGEST_NAME or not words[0][0].isalnum():
        return False
    if re.search(r"\d", text) or text.endswith(":"):
        return False
    return words[0][0].isupper() or len(words) == 1 or not text.isascii()


def _status(after: str) -> str:
    """What is said of one person behind the name: on leave, excused, absent."""
    for pattern, status in AFTER:
        if pattern.search(after):
            return status
    return ""


def _capacity(after: str) -> str:
    for word, capacity in (
        ("observer", "observer"), ("guest", "guest"), ("staff", "staff"), ("liaison", "observer"),
        ("secretariat", "staff"),
        ("secretary", "staff"), ("clerk", "staff"), ("adviser", "adviser"), ("advisor", "adviser"),
        ("alternate", "alternate"), ("member", "member"),
    ):  # fmt: skip
        if re.search(rf"\b{word}\b", after, re.IGNORECASE):
            return capacity
    return ""


def _voting(after: str, group: bool | None) -> bool | None:
    if VOTING.search(after):
        return False
    return True if HAS_VOTE.search(after) else group


def _table(
    name: str, lines: tuple[str, ...], start: int, group: Group | None
) -> tuple[list[RollLine], int] | None:
    """A table with a column of names, read as a roll; gives its lines and where it ends."""
    if start + 1 >= len(lines) or not lines[start].lstrip().startswith("|"):
        return None
    if not re.match(r"^\s*\|?\s*:?-{2,}", lines[start + 1]):
        return None
    titles = _cells(lines[start])
    known = [COLUMN.get(re.sub(r"[\s-]+", "_", each.lower().strip("*? ")), "") for each in titles]
    end = start + 2
    while end < len(lines) and lines[end].lstrip().startswith("|"):
        end += 1
    if "name" not in known or not ({"status", "capacity", "voting"} & set(known) or group):
        return ([], end) if "name" in known else None
    rows = [titles, *(_cells(lines[each]) for each in range(start + 2, end))]
    text = "\n".join(",".join(f'"{cell.strip("* ")}"' for cell in row) for row in rows)
    try:
        roll = read_roll(name, text.encode())
    except Refused:
        return [], end
    shift = start + 1
    return [_moved(each, shift) for each in roll.lines], end


def _moved(line: RollLine, shift: int) -> RollLine:
    """A row of a table at its line of the file: the titles and the rule stand above."""
    return RollLine(
        line.line + shift, line.name, line.status, line.capacity, line.seat, line.voting,
        line.remote, line.alternate_for, line.proxy_to, line.proxy_for, line.came, line.left,
    )  # fmt: skip


def _cells(line: str) -> list[str]:
    return [each.strip() for each in line.strip().strip("|").split("|")]
