"""The rules of a meeting, on plain facts. The numbers come from the body's rules of procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pendulum import DateTime

from governance.refusals import Answer, failed, passed, rule

OWN = "the body's rules of procedure"
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Notice:
    """When a meeting is convened and when it was to be at the latest."""

    article: str
    convened_at: DateTime
    latest: DateTime | None  # exclusive; None where the rules want no notice
    urgent_latest: DateTime | None  # with an urgency reason
    urgency_reason: str


@rule(OWN, SINCE)
def notice_is_in_time(case: Notice) -> Answer:
    """A meeting is convened with the notice that the rules want, or with the reason for urgency."""
    if case.latest is None or case.convened_at < case.latest:
        return passed("notice is given in time")
    reason = case.urgency_reason.strip()
    if reason and (case.urgent_latest is None or case.convened_at < case.urgent_latest):
        return passed("the meeting is urgent, and the shorter notice is kept")
    if reason:
        return failed(
            "even an urgent meeting needs its notice before {latest} ({article})",
            cure="Move the meeting to a later day.",
            latest=_told(case.urgent_latest) if case.urgent_latest else "",
            article=case.article,
        )
    return failed(
        "the notice had to be given before {latest} ({article})",
        cure="Move the meeting to a later day, or give the reason why it is urgent.",
        latest=_told(case.latest),
        article=case.article,
    )


def _told(at: DateTime) -> str:
    """An instant with the zone in which it was counted: that of the body."""
    return f"{at:YYYY-MM-DD HH:mm} ({at.timezone_name or 'UTC'})"


@dataclass(frozen=True)
class Presence:
    """How many count towards the quorum, and how many are needed."""

    article: str
    counted: int
    needed: int
    working: str = ""


@rule(OWN, SINCE)
def quorum_is_there(case: Presence) -> Answer:
    """A meeting opens, and goes on, when as many are present as the rules want."""
    if case.counted >= case.needed:
        return passed("{n} are present, {need} are needed", n=case.counted, need=case.needed)
    return failed(
        "{n} are present, {need} are needed ({article})",
        cure="Wait for more members, or find that there is no quorum and call again.",
        n=case.counted,
        need=case.needed,
        article=case.article,
    )


@dataclass(frozen=True)
class Moved:
    """Who moved and who seconded, and whether the rules want a seconder."""

    article: str
    needs_seconder: bool
    mover: str
    seconder: str


@rule(OWN, SINCE)
def motion_has_its_seconder(case: Moved) -> Answer:
    """A motion is debated when it has the seconder that the rules want."""
    if not case.needs_seconder or (case.seconder and case.seconder != case.mover):
        return passed("the motion may be debated")
    return failed(
        "the motion has no seconder, and the rules want one ({article})",
        cure="Name the member who seconds it, or let it lapse.",
        article=case.article,
    )
