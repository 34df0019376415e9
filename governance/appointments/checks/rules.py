"""What vetting may conclude, and what the gate before the letter asks. Pure: no rows, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from governance.refusals import Answer, Finding, Verdict, failed, passed, rule, say
from governance.rulebook.parts import Text, listed

OWN = "Mandate, vetting"
SINCE = date(2026, 1, 1)
GOOD = ("satisfactory", "waived")  # a check that stands in nobody's way
CLOSED = (*GOOD, "adverse", "disputed")  # a check that nobody waits for
CLEARED = ("cleared", "cleared_with_conditions")


@dataclass(frozen=True)
class Ruling:
    """What two people concluded of an adverse finding: who proposed, who signed, on what ground.

    `heard`: the candidate has commented on every adverse finding, or the time for it is over.
    """

    outcome: str
    reason: str
    proposed_by: str
    signed_by: str
    heard: bool


@dataclass(frozen=True)
class Vetted:
    """The states of all checks of one candidacy, and the ruling where there is one."""

    checks: tuple[str, ...]
    ruling: Ruling | None = None
    conditions: bool = False


@dataclass(frozen=True)
class Reopening:
    """Why a review begins anew."""

    checks: tuple[str, ...] = ()
    decided_by: str = ""
    signatories: tuple[str, ...] = ()


@rule(OWN, SINCE)
def every_check_is_closed(case: Vetted) -> Answer:
    """The review begins when every check is judged or waived."""
    still = sum(state not in CLOSED for state in case.checks)
    if case.checks and not still:
        return passed("{n} checks are closed", n=len(case.checks))
    return failed("{n} checks are not closed yet", cure="Record them first.", n=still)


@rule(OWN, SINCE)
def every_check_is_satisfactory(case: Vetted) -> Answer:
    """Nobody is cleared before every check is satisfactory, or waived as the rulebook allows."""
    still = sum(state not in GOOD for state in case.checks)
    if case.checks and not still:
        return passed("{n} checks are satisfactory", n=len(case.checks))
    return failed("{n} checks are not closed as satisfactory", cure="Record them first.", n=still)


@rule(OWN, SINCE)
def some_check_is_adverse(case: Vetted) -> Answer:
    """Nobody is refused after vetting without an adverse check."""
    if "adverse" in case.checks or "disputed" in case.checks:
        return passed("a check is adverse")
    return failed("no check is adverse", cure="Record the check that stands in the way.")


@rule(OWN, SINCE)
def two_people_have_signed(case: Vetted) -> Answer:
    """A refusal has a reason code and the signatures of two different people."""
    ruling = case.ruling
    if ruling is None or not ruling.reason or not ruling.signed_by:
        return failed(
            "a refusal needs a reason code and two signatures",
            cure="Propose the refusal with its reason; somebody else signs it.",
        )
    if ruling.signed_by == ruling.proposed_by:
        return failed("both signatures are of one person", cure="Let somebody else sign it.")
    return passed("two people have signed, with a reason code")


@rule(OWN, SINCE)
def the_candidate_was_heard(case: Vetted) -> Answer:
    """An adverse finding is held against nobody who could not comment on it first."""
    if case.ruling is not None and case.ruling.heard:
        return passed("the candidate could comment on each finding")
    return failed(
        "the candidate's time to comment is not over",
        cure="Wait for the comment, or for the end of the period.",
    )


@rule(OWN, SINCE)
def some_check_has_expired(case: Reopening) -> Answer:
    """A review is opened anew when a check it rests on is good no longer."""
    if any(state not in GOOD for state in case.checks):
        return passed("a check has expired")
    return failed("every check is still good", cure="Leave the review closed.")


@rule(OWN, SINCE)
def somebody_else_reconsiders(case: Reopening) -> Answer:
    """A refusal is looked at anew by somebody who signed nothing in it."""
    if case.decided_by and case.decided_by not in case.signatories:
        return passed("the reviewer signed nothing in the refusal")
    return failed(
        "whoever signed the refusal cannot reconsider it", cure="Let another office review it."
    )


@dataclass(frozen=True)
class Gate:
    """What is known before somebody is chosen, offered or lettered.

    `checks` are the kinds of the required checks with their states today; `excepted` the kinds
    that the rulebook's own exception procedure let pass, with the article; `titles` what the law
    calls each kind.
    """

    candidacy: str
    checks: tuple[tuple[str, str], ...]
    excepted: tuple[str, ...] = ()
    article: str = OWN
    titles: Mapping[str, Text] = field(default_factory=dict)


def still_open(case: Gate) -> tuple[str, ...]:
    """The kinds of required checks that stand in the way, each once."""
    return tuple(dict.fromkeys(kind for kind, state in case.checks if state not in GOOD))


def gate(case: Gate) -> Finding:
    """No letter before every required check is closed. No role passes; an exception is recorded."""
    open_ = still_open(case)
    if case.candidacy != "chosen":
        because = say("nobody is chosen whose vetting is closed")
        return Finding("checks_closed", OWN, Verdict.FAIL, because, say("Close the vetting first."))
    if case.checks and not open_:
        because = say("all {n} checks are closed", n=len(case.checks))
        return Finding("checks_closed", OWN, Verdict.PASS, because)
    plain = (Text({"en": each.replace("_", " ")}) for each in open_)
    named = listed([case.titles.get(kind, words) for kind, words in zip(open_, plain, strict=True)])
    if open_ and set(open_) <= set(case.excepted):
        because = say("by exception, although not closed: {kinds}", kinds=named)
        return Finding("checks_closed", case.article, Verdict.EXCEPTION, because)
    if not open_:
        because = say("no check of the candidate is on file")
        return Finding("checks_closed", OWN, Verdict.FAIL, because, say("Close the vetting first."))
    because = say(
        "{n} checks are open, adverse or out of date ({kinds})", n=len(open_), kinds=named
    )
    return Finding("checks_closed", OWN, Verdict.FAIL, because, say("Close the vetting first."))


PRECONDITIONS = {"checks_closed": gate}
