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
    whole_names,
)
from governance.committees.minutes.listing import BULLET, MOST_WORDS, names_of
from governance.committees.names import folded
from governance.refusals import Refused

WHO = (
    r"(?:voting|non-?voting|board|committee|council|commission|tc|tsc|steering|regular|other|"
    r"executive|elected|associate|full)?\s*"
)
HEADINGS: tuple[tuple[re.Pattern[str], str, str, bool | None], ...] = tuple(
    (re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE), status, capacity, voting)
    for pattern, status, capacity, voting in (
        ((rf"{WHO}(?:members?|directors?|commissioners?|trustees?|delegates?)\s+(?:who were\s+)?"
         r"(?:absent|not present|missing)|absentees?|absent(?:[es]|es)?|ausentes?|not present"
         "|missing"),
         ABSENT, "", None),
        ((r"(?:members?\s+)?(?:excused|apologies|regrets|apologies for absence|excus[ée]s?"
         r"|excusados?|sent (?:regrets|apologies)|apologies received)(?:\s+absen(?:t|ces?))?"),
         APOLOGIES, "", None),
        (r"(?:members?\s+)?(?:on\s+)?leaves?(?:\s+of\s+absence)?|loa", LEAVE, "", None),
        ((r"(?:[\w.]+\s+){0,2}liaisons?(?:\s*[/&]\s*observers?)?|non-?voting\s+(?:members?|attendees?|participants?)(?:\s+present)?|observers?"
         r"(?:\s+present)?|liaisons?|observateurs?|observadores?"), PRESENT, "observer", False),
        ((r"guests?(?:\s+present)?|invit[ée]s?|invitados?|visitors?|public(?:\s+present)?"
         r"|others? present|also present|others? in attendance|guests? and (?:staff|visitors)"),
         PRESENT, "guest", None),
        ((r"(?:[\w.]+\s+){0,2}staff(?:\s+(?:present|members?))*|secretariat"
         r"|in attendance \(staff\)|support staff"
         r"|(?:executive )?officers? present|management|general manager|gm|superintendent"
         r"|minutes taken by|scribes?|note[- ]?takers?"
         r"|secr[ée]tair(?:e|io) de s[ée]ance"
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
SUMMARY = re.compile(
    r"\bquorum\b|\btotal\b|%|\bmo(?:ved|tion)\b|\bvoted?\b|\bsecond|^(?:ayes|noes|nays|yes|no)\b",
    re.IGNORECASE,
)
CAPITALS = re.compile(r"^(?:[IVX\d]+[.)]\s*)?[A-Z][A-Z /&'-]{3,}:?$")


NUMBERED = re.compile(r"^\s*\d+[.)]\s+[^\d\s]")
FIRST = re.compile(r"^\s*1[.)]\s+[^\d\s]")
UNDERLINE = re.compile(r"^\s*[-=_~]{3,}\s*$")
CALLED = re.compile(r"[-–—:=(]\s*(?:yes|ayes?|yeas?|no|nays?|abstain\w*)\b", re.IGNORECASE)
BESIDE = re.compile(r"(?:also\s+)?in\s+attendance$", re.IGNORECASE)
KEEPS = re.compile(r"scribe|note|minutes|secr", re.IGNORECASE)
MARGIN, MOST_WRAPPED, HANGING = 60, 8, 4


@dataclass(frozen=True)
class Group:
    """Under which heading names stand."""

    status: str
    capacity: str
    voting: bool | None
    of_members: bool = False  # the heading says that these are the members
    beside: bool = False  # in attendance: beside those present, where these have their own list
    keeps: bool = False  # who keeps the minutes, and is mostly listed as what they are


def attendance(name: str, lines: tuple[str, ...]) -> Roll | None:
    """The roll that minutes print; None where they print none."""
    found = _once(list(_listed(name, lines)))
    if not found:
        return None
    apart = any(group and group.of_members for _, group in found)
    apart_from = any(group and _is_own(group) for _, group in found)
    votes = any(line.voting for line, _ in found)
    return Roll(
        name,
        None,
        tuple(
            _seen(*each, apart=apart or (apart_from and _is_beside(each[1])), votes=votes)
            for each in found
        ),
    )


def _once(found: list[tuple[RollLine, Group | None]]) -> list[tuple[RollLine, Group | None]]:
    """Who keeps the minutes stands in the roll once, as what they are."""
    others = [
        set(folded(line.name).split()) for line, group in found if not group or not group.keeps
    ]
    return [
        (line, group)
        for line, group in found
        if not (group and group.keeps and any(set(folded(line.name).split()) <= o for o in others))
    ]


def _is_own(group: Group) -> bool:
    return group.status == PRESENT and not group.capacity and not group.beside


def _is_beside(group: Group | None) -> bool:
    return group is not None and group.beside


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
    open_: _List | None = None
    number = 0
    while number < len(lines):
        line = lines[number]
        table = _table(name, lines, number, open_.group if open_ else None)
        if table is not None:
            rows, number = table
            yield from ((row, None) for row in rows)
            continue
        number += 1
        heading = _heading(line)
        if heading is not None:
            group, rest = heading
            whole = rest + _wrapped(line, rest, lines[number : number + MOST_WRAPPED])
            open_ = _List.begun(group, line, rest, lines[number : number + 2])
            yield from ((each, group) for each in _names(number, whole, group, inline=True))
        elif open_ is None or (UNDERLINE.match(line) and _heading(lines[number - 2])):
            continue
        elif not open_.holds(line):
            open_ = open_ if not line.strip() else None
        elif not _is_title(line, lines[number : number + 1]):
            yield from ((each, open_.group) for each in _names(number, line, open_.group))
            open_.ended = open_.ended or (line.strip().endswith(".") and not BULLET.match(line))


@dataclass
class _List:
    """A list that is being read: what may still stand on it."""

    group: Group
    ended: bool  # the names stood on the line of the heading, or the last one with a full stop
    hanging: int  # what is indented this far goes on all the same; 0 for nothing
    is_numbered: bool

    @classmethod
    def begun(cls, group: Group, line: str, rest: str, below: tuple[str, ...]) -> _List:
        """The list under a heading."""
        return cls(
            group,
            ended=bool(rest) and not rest.endswith((",", ";")),
            hanging=_indent(line) + HANGING if rest else 0,
            is_numbered=not rest and any(FIRST.match(each) for each in below),
        )

    def holds(self, line: str) -> bool:
        """Whether a line is on the list."""
        if _ends(line) and not (self.is_numbered and NUMBERED.match(line)):
            return False
        return not self.ended or bool(self.hanging and _indent(line) >= self.hanging)


def _names(number: int, text: str, group: Group, *, inline: bool = False) -> Iterator[RollLine]:
    return names_of(
        number,
        text,
        status=group.status,
        capacity=group.capacity,
        voting=group.voting,
        inline=inline,
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip()) if line.strip() else 0


def _is_title(line: str, below: tuple[str, ...]) -> bool:
    """A bullet with other bullets under it is a title among the names."""
    return bool(
        BULLET.match(line)
        and below
        and BULLET.match(below[0])
        and _indent(below[0]) > _indent(line)
    )


def _wrapped(line: str, rest: str, below: tuple[str, ...]) -> str:
    """The lines on which a long list goes on after the margin, in the middle of a name."""
    more = ""
    for each in below:
        if len(line) < MARGIN or not rest or rest.endswith((",", ";", ".")):
            break
        if not each.strip() or ":" in each or _heading(each) or _ends(each) or BULLET.match(each):
            break
        more += " " + each.strip()
        line, rest = each, each.strip()
    return more


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
            if CALLED.search(rest):
                return None  # a vote by roll call
            members = MEMBERS.search(found[0]) is not None
            keeps = KEEPS.match(found[0]) is not None
            beside = BESIDE.match(found[0]) is not None
            group = Group(status, capacity, voting, members, beside, keeps)
            return group, rest[after.end() :].strip()
    return None


def _ends(line: str) -> bool:
    """A new heading, or prose, ends a list; a blank line does not."""
    plain = line.strip()
    if not plain:
        return False
    if re.match(r"#{1,6}\s|={3,}|-{3,}|\d+\.\s+[A-Z][^,;]*$|\d+(?:\.\d+)+\.?\s|[IVX]+\.\s", plain):
        return True
    if SUMMARY.search(plain) or CAPITALS.match(plain):
        return True
    bulleted = BULLET.match(line) is not None
    whole = BULLET.sub("", plain)
    return not bulleted and (len(whole.split()) > MOST_WORDS + 4 and "," not in whole)


def _table(
    name: str, lines: tuple[str, ...], start: int, group: Group | None
) -> tuple[list[RollLine], int] | None:
    """A table with a column of names, read as a roll; gives its lines and where it ends."""
    if start + 1 >= len(lines) or not lines[start].lstrip().startswith("|"):
        return None
    if not re.match(r"^\s*\|?\s*:?-{2,}", lines[start + 1]):
        return None
    end = start + 2
    while end < len(lines) and lines[end].lstrip().startswith("|"):
        end += 1
    rows = whole_names(
        [_cells(lines[start]), *(_cells(lines[each]) for each in range(start + 2, end))]
    )
    titles = rows[0]
    known = [COLUMN.get(re.sub(r"[\s-]+", "_", each.lower().strip("*? ")), "") for each in titles]
    if "name" not in known and "status" in known and "" in known:
        titles[known.index("")] = known[known.index("")] = "name"  # Senator, Trustee, Speaker
    if "name" not in known or not ({"status", "capacity", "voting"} & set(known) or group):
        return ([], end) if "name" in known else None
    text = "\n".join(",".join(f'"{_quoted(cell)}"' for cell in row) for row in rows)
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


def _quoted(cell: str) -> str:
    return cell.strip("* ").replace('"', '""')


def _cells(line: str) -> list[str]:
    return [each.strip() for each in line.strip().strip("|").split("|")]
