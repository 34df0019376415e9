"""When an absence may be planned, and what is wrong with one that may not. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pendulum import DateTime

from governance.refusals import Answer, Requirements, advisory, failed, passed, rule

OWN = "Mandate, offices and substitution"
SINCE = date(2026, 1, 1)
REFERENCE = re.compile(r"[A-Z]+-\d{4}-\d+")


@dataclass(frozen=True)
class Period:
    """From when to when; the end is exclusive."""

    since: DateTime
    until: DateTime

    def meets(self, other: Period) -> bool:
        """Whether the two have an instant in common."""
        return self.since < other.until and other.since < self.until


@dataclass(frozen=True)
class Planning:
    """The facts of an absence that somebody plans.

    `known` says whether the substitute is somebody here; `theirs` are the substitute's own
    absences, `mine` the person's others, `offices` those that the person holds, `deputised` those
    of them for which a standing instrument names somebody who is there.
    """

    now: DateTime
    person: str
    period: Period
    substitute: str | None = None
    known: bool = True
    scope: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    deputised: frozenset[str] = frozenset()
    mine: tuple[Period, ...] = ()
    theirs: tuple[Period, ...] = ()


@rule(OWN, SINCE)
def absence_has_an_end(case: Planning) -> Answer:
    """An absence begins before it ends, and ends in the future."""
    if case.period.since >= case.period.until:
        return failed("the absence ends before it begins", cure="Correct the first or last day.")
    if case.period.until <= case.now:
        return failed("the absence is over already", cure="Give one that ends in the future.")
    return passed("the absence has a beginning and an end")


@rule(OWN, SINCE)
def absences_do_not_overlap(case: Planning) -> Answer:
    """One absence at a time: otherwise nobody could say who acts."""
    if any(case.period.meets(other) for other in case.mine):
        return failed(
            "another absence is planned in this period",
            cure="Cancel it first, or choose other days.",
        )
    return passed("no other absence is planned in this period")


@rule(OWN, SINCE)
def substitute_is_somebody_else(case: Planning) -> Answer:
    """Whoever acts is registered here, and is not the person who is away."""
    if not case.known:
        return failed(
            "the substitute is not registered here, or has left",
            cure="Give the address of somebody who is registered.",
        )
    if case.substitute == case.person:
        return failed("nobody is their own substitute", cure="Name somebody else.")
    return passed("the substitute is somebody else")


@rule(OWN, SINCE)
def substitute_is_there(case: Planning) -> Answer:
    """Substitution does not cascade: a substitute who is away cannot pass it on."""
    if case.substitute and any(case.period.meets(other) for other in case.theirs):
        return failed(
            "the substitute is away during this period too",
            cure="Name somebody else, or shorten the absence.",
        )
    return passed("the substitute is there")


@rule(OWN, SINCE)
def scope_is_the_persons_own(case: Planning) -> Answer:
    """A substitute gets the powers of offices that the person holds, and no others."""
    foreign = sorted(
        each for each in case.scope if each not in case.offices and not REFERENCE.fullmatch(each)
    )
    if foreign:
        return failed(
            "the scope names what the person does not hold: {foreign}",
            cure="Name offices that they hold, references of cases, or nothing for all of them.",
            foreign=", ".join(foreign),
        )
    return passed("the scope is the person's own")


@rule(OWN, SINCE)
def somebody_decides_meanwhile(case: Planning) -> Answer:
    """Where nobody decides for an office meanwhile, that is said at once."""
    covered = case.deputised | ((case.scope or case.offices) if case.substitute else frozenset())
    bare = sorted(case.offices - covered)
    if bare:
        return advisory(
            "nobody decides meanwhile for: {offices}",
            cure="Name a substitute, or have the rulebook name a deputy.",
            offices=", ".join(bare),
        )
    return passed("somebody decides meanwhile for every office")


PLANNING: Requirements[Planning] = Requirements(
    (
        absence_has_an_end,
        absences_do_not_overlap,
        substitute_is_somebody_else,
        substitute_is_there,
        scope_is_the_persons_own,
        somebody_decides_meanwhile,
    )
)
