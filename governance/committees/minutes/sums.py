"""The sums that organs print with a vote: who may vote, absent, abstaining, void, the majority."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.committees.minutes.printed import BallotClaim
from governance.committees.minutes.votes import NUMBERS, number_of

N = rf"(\d{{1,4}}|{'|'.join(NUMBERS)})"
AFTER = rf"[^\d.;:]{{0,30}}?\s*[:=–—]?\s*{N}\b"
IS = rf"\s*[:=–—]?\s*{N}\b"
PAPERS = r"(?:ballots?|papers?|votes?|ballot\s+papers)"
VOID = r"(?:null\s+(?:and|or)\s+void|invalid|void|spoil(?:ed|t)|nulos)"
LABELS = {
    "entitled": rf"(?:members|states|delegations)?\s*entitled\s+to\s+vote{AFTER}",
    "absent": rf"(?:members\s+)?absent{IS}",
    "abstain": rf"abst(?:entions?|aining|enciones){IS}",
    "void": rf"(?:{PAPERS}\s+)?{VOID}(?:\s+{PAPERS})?{IS}",
    "cast": rf"(?:number\s+of\s+)?{PAPERS}\s+(?:cast|received|deposited){IS}",
    "valid": rf"(?:number\s+of\s+)?valid\s+{PAPERS}{IS}",
    "voting": rf"(?:members\s+)?present\s+and\s+voting{IS}",
    "required": r"(?:required\s+majority|majority\s+required|(?:number\s+)?required\s+for\s+a\s+"
    rf"majority|(?:simple|absolute|two-thirds)\s+majority){IS}",
}
PATTERNS = {
    name: re.compile(rf"(?<!\w){pattern}", re.IGNORECASE) for name, pattern in LABELS.items()
}
OBTAINED = re.compile(
    rf"(?:obtain(?:ed|ing|s)?|receiv(?:ed|ing|es)?)\s+{N}\s+votes\b", re.IGNORECASE
)
ELECTED = re.compile(r"\b(?:was|were|is|are|declared)\s+(?:duly\s+)?elected\b", re.IGNORECASE)
TWO_THIRDS = re.compile(r"two[- ]thirds|2/3", re.IGNORECASE)
NEAR = 12  # lines on which one vote is reported
ENOUGH = 2


def ballot_claims(lines: tuple[str, ...]) -> Iterator[BallotClaim]:
    """Each report of a vote that says more of itself than for and against."""
    current: BallotClaim | None = None
    last = 0
    for number, line in enumerate(lines, 1):
        told = {name: count for name, count in _numbers(line) if count is not None}
        obtained = tuple(number_of(each) for each in OBTAINED.findall(line))
        if current is not None and (number - last > NEAR or set(told) & set(current.numbers)):
            yield current
            current = None
        if current is None and len(told) >= ENOUGH:
            current, last = BallotClaim(number, told), number
        elif current is not None and told:
            current, last = current.with_(numbers={**current.numbers, **told}), number
        if current is not None and (obtained or ELECTED.search(line)):
            current = current.with_(
                obtained=(*current.obtained, *obtained),
                elected=current.elected or (number if ELECTED.search(line) else 0),
            )
        if current is not None and TWO_THIRDS.search(line):
            current = current.with_(two_thirds=True)
    if current is not None:
        yield current


def _numbers(line: str) -> Iterator[tuple[str, int | None]]:
    for name, pattern in PATTERNS.items():
        found = pattern.search(line)
        yield name, number_of(found[1]) if found else None
