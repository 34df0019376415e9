"""What is asked for many candidates at once, and for whom of them it is possible. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from governance.appointments.lifecycle import CandidacyLifecycle
from governance.appointments.together.lifecycle import OWN
from governance.lifecycle import finals, ways_on
from governance.refusals import Finding, Sentence, Verdict, say

OPEN_CHECKS = frozenset({"ordered", "awaited", "received", "expired"})
VETTED = frozenset({"checks", "review"})
MOST = 2000


@dataclass(frozen=True)
class Together:
    """An act for many: which, for whom, and what it needs.

    `check` records one kind of check as satisfactory; `interview` and `test` set times; `papers`
    asks for what open checks need, until `last_day`; `remind` whoever owes an answer; `withdraw`
    takes back candidacies at the candidates' wish, with the reason on file.
    """

    act: str
    candidacies: tuple[str, ...]
    kind: str = ""
    source: str = ""
    dated: date | None = None
    begins_at: datetime | None = None
    minutes: int = 45
    pause: int = 15
    zone: str = ""
    place: str = ""
    last_day: date | None = None
    reason: str = ""

    def kept(self) -> dict[str, Any]:
        """As a row keeps it: without the reason, which is sealed, and without whom it is for."""
        told = asdict(replace(self, reason="", candidacies=()))
        return {
            name: value.isoformat() if isinstance(value, date | datetime) else value
            for name, value in told.items()
            if name not in {"act", "candidacies", "reason"} and value not in ("", None)
        }


def read(act: str, candidacies: list[str], kept: Mapping[str, Any], reason: str) -> Together:
    """What a row has kept."""
    days = {name: date.fromisoformat(kept[name]) for name in ("dated", "last_day") if name in kept}
    begins = kept.get("begins_at")
    facts = {**kept, **days} | ({"begins_at": datetime.fromisoformat(begins)} if begins else {})
    return Together(act, tuple(candidacies), reason=reason, **facts)


@dataclass(frozen=True)
class Member:
    """What is known of one candidate: their state, their checks, and whether they owe an answer."""

    state: str
    checks: tuple[tuple[str, str], ...] = ()
    owes: bool = False


def why_not(member: Member, wanted: Together) -> Finding | None:
    """Why an act is not possible for one candidate; None where it is."""
    because = WHY_NOT[wanted.act](member, wanted)
    if because is None:
        return None
    cure = say("Leave this candidate out.")
    return Finding("act_is_possible", OWN, Verdict.FAIL, because, cure)


def open_kinds(member: Member) -> tuple[str, ...]:
    """The kinds of a candidate's open checks, each once."""
    return tuple(dict.fromkeys(kind for kind, state in member.checks if state in OPEN_CHECKS))


def _no_check(member: Member, wanted: Together) -> Sentence | None:
    if member.state not in VETTED:
        return say("the candidate is not being vetted now")
    return None if wanted.kind in open_kinds(member) else say("this check is not open")


def _no_meeting(member: Member, _: Together) -> Sentence | None:
    is_out = member.state in finals(CandidacyLifecycle) or member.state == "refused"
    return say("the candidate is out of the competition") if is_out else None


def _no_papers(member: Member, _: Together) -> Sentence | None:
    if member.state not in VETTED:
        return say("the candidate is not being vetted now")
    return None if open_kinds(member) else say("no check of the candidate is open")


def _no_reminder(member: Member, _: Together) -> Sentence | None:
    return None if member.owes else say("nobody owes an answer about this candidate")


def _no_way_out(member: Member, _: Together) -> Sentence | None:
    can = "withdraw" in ways_on(CandidacyLifecycle, member.state)
    return None if can else say("the candidacy cannot be withdrawn any more")


WHY_NOT: Mapping[str, Callable[[Member, Together], Sentence | None]] = {
    "check": _no_check,
    "interview": _no_meeting,
    "papers": _no_papers,
    "remind": _no_reminder,
    "test": _no_meeting,
    "withdraw": _no_way_out,
}
