"""The review of a candidacy: it begins when nothing is open, and ends where nothing is adverse."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from governance.acts import Moment
from governance.appointments.checks.gate import checks_of, exceptions_of, state_on
from governance.appointments.checks.rules import CLOSED, Reopening, Ruling, Vetted
from governance.appointments.lifecycle import CandidacyLifecycle
from governance.appointments.models import Candidacy, Case, Check, GateException
from governance.lifecycle import fire

ADVERSE = frozenset({"adverse", "disputed"})
EXCEPTED = "waived"  # what a check is worth that the exception procedure let pass


def states_of(checks: Iterable[Check], exceptions: Iterable[GateException]) -> tuple[str, ...]:
    """What each check is worth to the review."""
    passing = {kind for each in exceptions if each.granted for kind in each.kinds}
    return tuple(
        EXCEPTED if each.kind in passing and each.state not in ADVERSE else each.state
        for each in checks
    )


def review(
    moment: Moment,
    case: Case,
    candidacy: Candidacy,
    checks: list[Check] | None = None,
    exceptions: list[GateException] | None = None,
) -> str | None:
    """Begin and, if nothing is adverse, end the review; gives the new state if there is one.

    Whoever reads for many candidates gives their rows; for one they are read here.
    """
    mine = checks_of(moment.session, candidacy.id) if checks is None else checks
    granted = (
        exceptions_of(moment.session, case.id, candidacy) if exceptions is None else exceptions
    )
    states = states_of(mine, granted)
    if candidacy.state not in {"checks", "review"} or not all(each in CLOSED for each in states):
        return None
    vetted = Vetted(states, conditions=any(each.condition for each in mine))
    if candidacy.state == "checks":
        candidacy.state = fire(CandidacyLifecycle, candidacy.state, "begin_review", vetted)
    if not ADVERSE & set(states):
        clear(case, candidacy, vetted)
    return candidacy.state


def clear(case: Case, candidacy: Candidacy, vetted: Vetted) -> None:
    """End the review well; whoever stood on the shortlist before it stands there again."""
    candidacy.state = fire(CandidacyLifecycle, candidacy.state, "clear", vetted)
    held, candidacy.held = candidacy.held, ""
    if held in {"shortlisted", "chosen"}:
        candidacy.state = fire(CandidacyLifecycle, candidacy.state, "shortlist")
    if held == "chosen" and case.chosen == candidacy.id:
        candidacy.state = fire(CandidacyLifecycle, candidacy.state, "choose")


def reopen(candidacy: Candidacy, checks: Iterable[Check], today: date) -> None:
    """A check ran out that the clearance rested on."""
    states = tuple(state_on(each, today) for each in checks)
    candidacy.held = candidacy.state
    candidacy.state = fire(CandidacyLifecycle, candidacy.state, "reopen", Reopening(states))


def refuse_candidacy(candidacy: Candidacy, states: tuple[str, ...], ruling: Ruling) -> None:
    """End the review with a refusal that two people signed."""
    candidacy.state = fire(CandidacyLifecycle, candidacy.state, "refuse", Vetted(states, ruling))
