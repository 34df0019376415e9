"""A roll call as a file has it: who was there, as what, from when to when. Nothing is judged here.

CSV with a line of titles; commas, semicolons or tabs. Lines that begin with # before the titles
say what the roll says of itself, such as `# date: 2026-03-12` or `# present: 9`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time

from governance.committees.dates import day_told
from governance.refusals import Finding, Reason, Refused, Verdict, say

LARGEST = 4 * 1024 * 1024
MOST_LINES = 5000
TITLES = {
    "name": "name names member members delegate delegation person participant attendee "
    "representative who director commissioner trustee councillor councilmember supervisor",
    "seat": "seat position country organisation organization company affiliation represents",
    "status": "status attendance present here attended",
    "capacity": "capacity role type kind category class",
    "voting": "voting voting_right vote votes can_vote voter voting_member",
    "mode": "mode how where location",
    "alternate_for": "alternate_for for on_behalf_of alternate substitute_for replaces",
    "proxy_to": "proxy_to proxy proxy_holder gave_proxy_to proxy_given_to represented_by",
    "proxy_for": "proxy_for proxies holds_proxy_for holds_proxies_of",
    "came": "in arrived time_in came joined from",
    "left": "out left time_out departed until to",
    "note": "note notes remark remarks comment comments",
}
COLUMN = {title: name for name, titles in TITLES.items() for title in titles.split()}
PRESENT, ABSENT, APOLOGIES, LEAVE, PROXY = "present", "absent", "apologies", "leave", "proxy"
WORDS = {
    PRESENT: "present p x yes y 1 here ✓ ✔ true attended in remote online virtual late room "
    "in_person teleconference phone zoom attending on_call",
    ABSENT: "absent a no n 0 - – missing not_present ab false did_not_attend unexcused",
    APOLOGIES: "apologies excused e ex regrets r apology sent_regrets excused_absence regret",
    LEAVE: "leave l loa leave_of_absence on_leave",
    PROXY: "proxy represented by_proxy",
}
STATUS = {word: status for status, words in WORDS.items() for word in words.split()}
REMOTE = frozenset(
    {"remote", "online", "virtual", "teleconference", "phone", "zoom", "video", "call", "on_call"}
)
YES = frozenset(["yes", "y", "true", "1", "x", "✓", "voting", "v", "has", "right", "member"])
NO = frozenset({"no", "n", "false", "0", "-", "none", "nonvoting", "non_voting", "suspended"})
CAPACITY = {
    "member": "member voting voting_member delegate director m full chair co_chair vice_chair "
    "chairperson chairman chairwoman president vice_president rapporteur",
    "observer": "observer liaison o obs non_voting non_voting_member nonvoting",
    "adviser": "adviser advisor expert",
    "guest": "guest invited invitee visitor public g",
    "staff": "staff secretariat secretary support clerk scribe host",
    "alternate": "alternate alt substitute deputy",
}
CAPACITIES = {word: name for name, words in CAPACITY.items() for word in words.split()}
CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?::\d{2})?\s*([ap]\.?m\.?)?", re.IGNORECASE)
ABOUT = re.compile(r"#\s*([A-Za-z _-]+?)\s*[:=]\s*(.*)")
NOON = 12


@dataclass(frozen=True)
class RollLine:
    """One line of a roll, as printed. `voting` is None where the roll does not say."""

    line: int
    name: str
    status: str = PRESENT
    capacity: str = ""
    seat: str = ""
    voting: bool | None = None
    remote: bool = False
    alternate_for: str = ""
    proxy_to: str = ""
    proxy_for: tuple[str, ...] = ()
    came: time | None = None
    left: time | None = None

    @property
    def is_present(self) -> bool:
        """Whether the person is in the room or on the line."""
        return self.status == PRESENT


@dataclass(frozen=True)
class Roll:
    """A roll: its day where it says it, its lines, and what it says of the quorum."""

    name: str
    day: date | None
    lines: tuple[RollLine, ...]
    present: int | None = None
    needed: int | None = None
    base: int | None = None
    reached: bool | None = None
    where: dict[str, int] = field(default_factory=dict)  # the line of each of these


def read_roll(name: str, raw: bytes) -> Roll:
    """The roll in these bytes. Refused, with every fault and its line, where it cannot be read."""
    text = _decoded(name, raw)
    about, body = _parted(text)
    faults: list[Finding] = []
    delimiter = max(",;\t", key=body[0][1].count) if body else ","
    rows = list(csv.reader((line for _, line in body), delimiter=delimiter))
    if not rows:
        raise Refused([_fault(name, 1, "the file is empty", "Begin with a line of titles.")], INPUT)
    rows = whole_names(rows)
    columns = _columns(name, body[0][0], rows[0], faults)
    given = [
        (number, dict(zip(columns, cells, strict=False)))
        for (number, _), cells in zip(body[1:], rows[1:], strict=False)
        if any(cell.strip() for cell in cells)
    ]
    roles = {_role(cells) for _, cells in given}
    lines = [_line(name, number, cells, faults) for number, cells in given]
    if roles & VOTING:  # beside voting members, who presides is one of them
        lines = [
            replace(line, voting=True) if line.voting is None and _role(cells) in CHAIRS else line
            for line, (_, cells) in zip(lines, given, strict=True)
        ]
    if len(lines) > MOST_LINES:
        faults.append(_fault(name, MOST_LINES, "the roll has too many lines", "Split it."))
    roll = _told(name, about, tuple(lines), faults)
    if faults:
        raise Refused(faults, INPUT)
    return roll


INPUT = Reason.INPUT
GIVEN = frozenset(
    {"given_name", "first_name", "first", "forename", "given", "prénom", "prenom", "nombre"}
)
FAMILY = frozenset(
    {"family_name", "last_name", "last", "surname", "family", "nom", "apellido", "apellidos"}
)


def whole_names(rows: list[list[str]]) -> list[list[str]]:
    """A table in which given and family names have a column each, with the whole name in one."""
    keys = [_key(each) for each in rows[0]]
    given = next((at for at, key in enumerate(keys) if key in GIVEN), None)
    family = next((at for at, key in enumerate(keys) if key in FAMILY), None)
    if given is None or family is None:
        return rows
    made = [list(row) for row in rows]
    made[0][given], made[0][family] = "name", ""
    for row in made[1:]:
        if len(row) > max(given, family):
            row[given] = f"{row[given].strip()} {row[family].strip()}".strip()
    return made


VOTING = frozenset({"voting", "voting_member"})
CHAIRS = frozenset({"chair", "co_chair", "vice_chair", "chairperson", "chairman", "chairwoman"})


def _role(cells: dict[str, str]) -> str:
    """What a line calls somebody, without what more is said of it."""
    return _key(re.split(r"[,;/(]", cells.get("capacity", ""), maxsplit=1)[0])


def _capacity(told: str) -> str:
    """A capacity, also with more said of it: "Voting Member, taking notes"."""
    return CAPACITIES.get(_key(told)) or CAPACITIES.get(_role({"capacity": told}), "")


def _decoded(name: str, raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise Refused([_fault(name, 1, "the file is larger than 4 MB", "Split it.")], INPUT)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        cure = "Save it again with the encoding UTF-8."
        raise Refused(
            [_fault(name, line, "the file is not written in UTF-8", cure)], INPUT
        ) from None


def _parted(text: str) -> tuple[list[tuple[int, str, str]], list[tuple[int, str]]]:
    """What the roll says of itself, and its table, each with the number of its line."""
    about, body = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#"):
            if found := ABOUT.match(line.strip()):
                key = found[1].strip().lower().replace(" ", "_").replace("-", "_")
                about.append((number, key, found[2].strip().rstrip(",;")))
        elif line.strip():
            body.append((number, line))
    return about, body


def _columns(name: str, number: int, titles: list[str], faults: list[Finding]) -> list[str]:
    known = [COLUMN.get(_key(each), "") for each in titles]
    if "name" not in known:
        if "seat" in known:  # a roll of delegations names seats only
            known[known.index("seat")] = "name"
        else:
            told = ", ".join(each.strip() for each in titles if each.strip()) or "nothing"
            faults.append(
                Finding(
                    "roll_columns",
                    "",
                    Verdict.FAIL,
                    say("no column holds names; the titles are: {told}", told=told),
                    say("Name one of them: name."),
                    f"{name}:{number}",
                )
            )
    twice = {each for each in known if each and known.count(each) > 1}
    cure = "Leave one of them out, or rename it."
    faults.extend(_fault(name, number, f"two columns are {each}", cure) for each in sorted(twice))
    return known


def _line(name: str, number: int, cells: dict[str, str], faults: list[Finding]) -> RollLine:
    given = {key: value.strip() for key, value in cells.items() if key}
    status, remote = _status(name, number, given.get("status"), faults)
    capacity = _capacity(given.get("capacity", ""))
    if STATUS.get(_key(given.get("capacity", ""))) == LEAVE:  # on leave, as a role
        status, given["capacity"] = LEAVE, ""
    if given.get("capacity") and not capacity:
        faults.append(_unknown(name, number, "capacity", given["capacity"], CAPACITY))
    voting = _yes_or_no(given.get("voting", ""))
    if voting is None and _role(given) in VOTING:
        voting = True
    given["name"] = given.get("name") or given.get("seat", "")  # a delegation without a name
    if not given["name"]:
        faults.append(_fault(name, number, "the line names nobody", "Write the name, or drop it."))
    times = [_time(name, number, given.get(each, ""), faults) for each in ("came", "left")]
    return RollLine(
        line=number,
        name=given.get("name", ""),
        status=status,
        capacity=capacity,
        seat=given.get("seat", ""),
        voting=voting,
        remote=remote or _key(given.get("mode", "")) in REMOTE,
        alternate_for=given.get("alternate_for", ""),
        proxy_to=given.get("proxy_to", ""),
        proxy_for=tuple(
            each.strip() for each in re.split(r"[;|]", given.get("proxy_for", "")) if each.strip()
        ),
        came=times[0],
        left=times[1],
    )


def _status(name: str, number: int, told: str | None, faults: list[Finding]) -> tuple[str, bool]:
    if told is None:
        return PRESENT, False
    word = _key(told)
    if not word:
        return ABSENT, False
    remote = word in REMOTE or any(each in REMOTE for each in re.split(r"[\W_]+", word))
    if word not in STATUS:  # "Present (left 18:10)", "absent - apology sent"
        word = next((each for each in re.split(r"[\W_]+", word) if each in STATUS), word)
    if word not in STATUS:
        faults.append(_unknown(name, number, "status", told, WORDS))
    return STATUS.get(word, ABSENT), remote


def _yes_or_no(told: str) -> bool | None:
    word = _key(told)
    if word in YES:
        return True
    return False if word in NO else None


def _time(name: str, number: int, told: str, faults: list[Finding]) -> time | None:
    if not told:
        return None
    found = CLOCK.search(told)
    if found is not None:
        hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
        hour = hour % NOON + NOON * half.startswith("p") if half else hour
        if hour < 24 and minute < 60:  # noqa: PLR2004 -- the hours of a day
            return time(hour, minute)
    faults.append(_fault(name, number, f'"{told}" is no time of day', "Write it as 14:05."))
    return None


def _told(
    name: str,
    about: list[tuple[int, str, str]],
    lines: tuple[RollLine, ...],
    faults: list[Finding],
) -> Roll:
    where = {key: number for number, key, _ in about}
    said = {key: value for _, key, value in about}
    day = None
    if told := said.get("date") or said.get("day"):
        day = day_told(told)
        if day is None:
            line = where.get("date", where.get("day", 1))
            faults.append(_fault(name, line, f'"{told}" is no date', "Write it as 2026-03-12."))
    numbers = {
        key: int(found[0])
        for key in ("present", "needed", "need", "of", "base")
        if (found := re.search(r"\d+", said.get(key, "")))
    }
    return Roll(
        name=name,
        day=day,
        lines=lines,
        present=numbers.get("present"),
        needed=numbers.get("needed", numbers.get("need")),
        base=numbers.get("of", numbers.get("base")),
        reached=_reached(said.get("quorum", "")),
        where=where,
    )


def _reached(told: str) -> bool | None:
    word = told.lower()
    if not word:
        return None
    if any(each in word for each in ("not", "no ", "fail", "inquorate")) or word == "no":
        return False
    return True if any(each in word for each in ("yes", "reach", "met", "quor", "true")) else None


def people(roll: Roll) -> Iterator[RollLine]:
    """The lines of those present."""
    return (each for each in roll.lines if each.is_present)


def _key(word: str) -> str:
    return re.sub(r"[\s-]+", "_", word.strip().strip("?.:*").lower()) or word.strip()


def _unknown(name: str, number: int, what: str, told: str, known: dict[str, str]) -> Finding:
    return Finding(
        f"roll_{what}",
        "",
        Verdict.FAIL,
        say('"{told}" is no {what}', told=told, what=what),
        say("Write one of: {known}.", known=", ".join(known)),
        f"{name}:{number}",
    )


def _fault(name: str, number: int, because: str, cure: str) -> Finding:
    return Finding(
        "roll_file", "", Verdict.FAIL, say("{told}", told=because), say(cure), f"{name}:{number}"
    )
