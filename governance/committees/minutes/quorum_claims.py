"""What minutes say of their own quorum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from governance.committees.minutes.printed import QuorumClaim
from governance.committees.minutes.votes import NUMBERS, number_of

N = rf"(\d{{1,4}}|{'|'.join(word for word in NUMBERS if word not in {'no', 'none', 'nil'})})"
ABOUT = re.compile(r"\bquor(?:um|ate)\b|\binquorate\b|\bqu[oó]rum\b", re.IGNORECASE)
NOT_REACHED = re.compile(
    r"\bno\s+quorum|\bnot\s+(?:have\s+|had\s+|constitute\s+|reach\w*\s+)?(?:a\s+)?quor|\binquorate|"
    r"\black(?:ed|ing|s)?\s+(?:of\s+)?(?:a\s+)?quorum|quorum\s+(?:was|is|has|had)?\s*(?:not|n't)\b|"
    r"quorum\s*[:=-]\s*(?:no\b|not\b|false)|without\s+(?:a\s+)?quorum|quorum\s+(?:was|is)n['’]t|"
    r"fail\w*\s+to\s+(?:reach|achieve|attain)\s+(?:a\s+)?quorum|loss\s+of\s+quorum|lost\s+quorum|"
    r"quorum\s+\w+\s+not\b|quorum\s+n['’]est\s+pas",
    re.IGNORECASE,
)
REACHED = re.compile(
    r"quorum\b[^.;]{0,60}?\b(?:reached|achieved|met|present|established|attained|declared|confirmed|"
    r"obtained|satisfied|exists?|atteint|alcanzado)|(?:reach|achiev|met|mak|have|had|has|is|was|were|"
    r"constitut|establish|declar|confirm|attain|represent|form)\w*\s+(?:a\s+|the\s+)?quorum\b"
    r"(?!\s+(?:of\s+)?\d)|\bquorate\b|quorum\s*[:=-]\s*(?:yes|true|ok|✓)|we\s+have\s+quorum|"
    r"there\s+(?:is|was)\s+(?:a\s+)?quorum",
    re.IGNORECASE,
)
OUT_OF = re.compile(
    rf"\b{N}\s*(?:(?:out\s+)?of|/)\s*(?:the\s+|a\s+total\s+of\s+|our\s+)?{N}\b", re.IGNORECASE
)
OR_MORE = re.compile(rf"\b{N}\s+or\s+more\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?{N}\b", re.IGNORECASE)
PRESENT = (
    re.compile(rf"\b{N}\s+(?:\w+\s+){{0,4}}?(?:were\s+|are\s+)?(?:present|attending|in\s+attendance|"
               r"attended|on\s+the\s+call)\b", re.IGNORECASE),
    re.compile(rf"\b(?:present|attending|attendance|have)\s*[:=]?\s*{N}\b", re.IGNORECASE),
)  # fmt: skip
NEEDED = (
    re.compile(rf"\b{N}\s+(?:\w+\s+){{0,4}}?(?:are\s+|is\s+|were\s+|was\s+)?(?:required|needed|"
               r"necessary|(?:for|constitutes?|makes?)\s+(?:a\s+)?quorum)\b", re.IGNORECASE),
    re.compile(rf"\b(?:need(?:ed|s)?|requires?d?|necessary|minimum|quorum\s+(?:is|was|of|requirement|"
               rf"required|needed)|quorum\s*=)\s*(?:is|was|for\s+(?:a\s+)?quorum)?\s*[:=]?\s*{N}\b",
               re.IGNORECASE),
)  # fmt: skip
BASE = re.compile(
    rf"\b(?:total|roster|membership|voting\s+members|eligible|members)\s*(?:of|is|was)?\s*[:=]\s*{N}\b",
    re.IGNORECASE,
)
PERCENT = re.compile(r"\b(\d{1,3})(?:\.\d+)?\s?%")


def quorum_claims(lines: tuple[str, ...]) -> Iterator[QuorumClaim]:
    """What each line says that speaks of the quorum."""
    for number, line in enumerate(lines, 1):
        if ABOUT.search(line):
            yield claim_of(number, line)


def claim_of(number: int, line: str) -> QuorumClaim:
    """The numbers and the verdict of one line."""
    present, base = None, None
    if (pair := OUT_OF.search(line)) is not None:
        present, base = number_of(pair[1]), number_of(pair[2])
    needed = _first(NEEDED, line)
    if (more := OR_MORE.search(line)) is not None:
        needed, base = number_of(more[1]), number_of(more[2])
    if present is None:
        present = _first(PRESENT, line)
    if base is None and (one := BASE.search(line)) is not None:
        base = number_of(one[1])
    percent = PERCENT.search(line)
    reached = False if NOT_REACHED.search(line) else True if REACHED.search(line) else None
    return QuorumClaim(
        line=number,
        text=line.strip(),
        present=present,
        needed=needed if needed != present or pair is None else None,
        base=base,
        reached=reached,
        percent=int(percent[1]) if percent and pair else None,
    )


def _first(patterns: tuple[re.Pattern[str], ...], line: str) -> int | None:
    for pattern in patterns:
        if (one := pattern.search(line)) is not None:
            return number_of(one[1])
    return None
