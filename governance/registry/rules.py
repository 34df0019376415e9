"""What must hold before a document moves on. Pure: no rows, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.refusals import Answer, failed, passed, rule

OWN = "Mandate, the registry of documents"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Reviewing:
    """The facts of somebody having read a draft."""

    drafted_by: str | None
    reviewer: str | None
    seen_version: int
    version: int


@rule(OWN, SINCE)
def reviewer_did_not_draft(case: Reviewing) -> Answer:
    """Nobody reviews a draft of their own."""
    if case.reviewer is not None and case.reviewer != case.drafted_by:
        return passed("somebody else drafted it")
    return failed("a draft is reviewed by somebody else", cure="Ask a colleague to review it.")


@rule(OWN, SINCE)
def review_is_of_this_version(case: Reviewing) -> Answer:
    """A review holds for the words that were read, not for those that came after."""
    if case.seen_version == case.version:
        return passed("the version that was read is the newest")
    return failed(
        "version {seen} was read, and version {now} is the newest",
        cure="Read the newest version, then review it.",
        seen=case.seen_version,
        now=case.version,
    )


@dataclass(frozen=True)
class Approving:
    """What the consultation about a document, or about its bundle, came to."""

    result: str | None
    version: int
    approved_version: int


@rule(OWN, SINCE)
def approval_was_given(case: Approving) -> Answer:
    """A document is approved by the outcome of its consultation, and by nothing else."""
    if case.result == "approve":
        return passed("the consultation approved it")
    return failed(
        "the consultation has not approved it",
        cure="Put it for approval, and wait for the outcome.",
    )


@rule(OWN, SINCE)
def approval_is_of_this_version(case: Approving) -> Answer:
    """An approval holds for the words that were shown."""
    if case.approved_version == case.version:
        return passed("the approved version is the newest")
    return failed(
        "version {approved} was put for approval, and version {now} is the newest",
        cure="Put the newest version for approval.",
        approved=case.approved_version,
        now=case.version,
    )


@dataclass(frozen=True)
class Issuing:
    """Whether a kind may be issued without having been approved."""

    needs_approval: bool


@rule(OWN, SINCE)
def kind_needs_no_approval(case: Issuing) -> Answer:
    """A draft goes out unapproved only where the organisation's rules let its kind."""
    if not case.needs_approval:
        return passed("this kind needs no approval")
    return failed(
        "this kind of document is approved before it is issued",
        cure="Have it reviewed, and put it for approval.",
    )


@dataclass(frozen=True)
class Ending:
    """Why a document ceases to be in force, and what stands in its place."""

    because: str
    successor_state: str | None = None
    is_itself: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


@rule(OWN, SINCE)
def a_reason_is_given(case: Ending) -> Answer:
    """Nothing that was issued is annulled without a reason."""
    if case.because.strip():
        return passed("the reason is given")
    return failed("an issued document is not annulled without a reason", cure="Give the reason.")


@rule(OWN, SINCE)
def successor_is_issued(case: Ending) -> Answer:
    """Only an issued document takes another's place, and none takes its own."""
    if not case.is_itself and case.successor_state in {"issued", "delivered", "acknowledged"}:
        return passed("what takes its place is issued")
    return failed(
        "what is to take its place is not issued",
        cure="Issue the newer document first, then let it supersede this one.",
    )
