"""The rules of minutes, on plain facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pendulum import DateTime

from governance.refusals import Answer, failed, passed, rule

OWN = "the body's rules of procedure"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Checked:
    """How many findings of the check are neither cured nor waived with a reason."""

    unsettled: int


@rule(OWN, SINCE)
def agrees_with_the_registers(case: Checked) -> Answer:
    """Minutes circulate when every finding of their check is cured, or waived with a reason."""
    if case.unsettled == 0:
        return passed("the text agrees with the registers")
    return failed(
        "{n} findings of the check are neither cured nor waived",
        cure="Correct the text, or waive each finding with its reason.",
        n=case.unsettled,
    )


@dataclass(frozen=True)
class Adopting:
    """How minutes come to be adopted: in a meeting, or by the end of their window."""

    by_body: bool
    window_closes_at: DateTime | None
    now: DateTime
    open_corrections: int
    unseen: int = 0  # corrections of substance that members have not seen since


@rule(OWN, SINCE)
def window_has_closed_or_body_adopts(case: Adopting) -> Answer:
    """Minutes are adopted by the body in session, or by silence when their window has closed."""
    if case.open_corrections:
        return failed(
            "{n} corrections are not settled",
            cure="Accept, refuse or note each of them first.",
            n=case.open_corrections,
        )
    if case.unseen and not case.by_body:
        return failed(
            "{n} corrections changed the substance, and members have not seen the text since",
            cure="Circulate the minutes again.",
            n=case.unseen,
        )
    if case.by_body:
        return passed("the body adopts them")
    if case.window_closes_at is not None and case.now >= case.window_closes_at:
        return passed("nobody asked for a correction until the end of the window")
    return failed(
        "the window for corrections is still open",
        cure="Wait for its end, or let the body adopt the minutes in session.",
    )


@dataclass(frozen=True)
class Settling:
    """How many corrections still wait for an answer, and how many changed the substance."""

    open_corrections: int
    substantive: int = 0


@rule(OWN, SINCE)
def every_correction_is_settled(case: Settling) -> Answer:
    """Minutes go on when every correction that was asked for has its answer."""
    if case.open_corrections:
        return failed(
            "{n} corrections are not settled",
            cure="Accept, refuse or note each of them first.",
            n=case.open_corrections,
        )
    if case.substantive:
        return failed(
            "{n} corrections changed the substance, and members have not seen the text since",
            cure="Circulate the minutes again.",
            n=case.substantive,
        )
    return passed("every correction has its answer")


@dataclass(frozen=True)
class Publishing:
    """How many closed parts stand in the public edition."""

    closed_parts: int


@rule(OWN, SINCE)
def closed_parts_are_removed(case: Publishing) -> Answer:
    """The public edition holds nothing of a closed item: removed, not hidden."""
    if case.closed_parts == 0:
        return passed("nothing of a closed item is in the public edition")
    return failed(
        "{n} closed parts stand in the public edition",
        cure="Make the public edition again from the adopted text.",
        n=case.closed_parts,
    )
