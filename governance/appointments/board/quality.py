"""The quality of a competition's process, question by question, with the article and the facts.

Pure: no rows, no clock. `pass` is green, `advisory` and `undetermined` amber, `fail` red.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from governance.refusals import (
    Answer,
    Finding,
    Verdict,
    advisory,
    failed,
    passed,
    rule,
    undetermined,
)

OWN = "Mandate, quality of the process"
SINCE = date(2026, 1, 1)
LIGHT = {
    Verdict.PASS: "green",
    Verdict.ADVISORY: "amber",
    Verdict.UNDETERMINED: "amber",
    Verdict.EXCEPTION: "amber",
    Verdict.FAIL: "red",
}


@dataclass(frozen=True)
class Process:
    """What is known of a competition. Articles are those of its stages.

    `window_days` is how long the law wants the call to be out, `open_days` how long it was;
    `fixed_at` when the criteria were fixed, `first_name_at` when the first candidate came.
    `panel` are the findings on the panel's composition, None where the law has no panel.
    """

    window_days: int | None
    open_days: int | None
    is_open: bool
    window_article: str
    fixed_at: datetime | None
    first_name_at: datetime | None
    assessment_article: str
    panel: Sequence[Finding] | None
    panel_composed: bool
    checks_open: int
    checks_all: int
    checks_article: str
    decided: bool
    candidates: int
    out: int
    told: int
    unsent: int
    ended: bool
    days: int | None = None
    longest_days: int | None = None


@rule(OWN, SINCE)
def advertised_long_enough(case: Process) -> Answer:
    """The call was out for as long as the law says."""
    if case.window_days is None:
        return passed("this procedure has no call")
    if case.open_days is None:
        return undetermined("the call is not out yet", cure="Prepare what it needs.")
    if case.open_days >= case.window_days:
        return passed("out for {days} days of {need}", days=case.open_days, need=case.window_days)
    if case.is_open:
        return advisory(
            "out for {days} days of {need} so far", days=case.open_days, need=case.window_days
        )
    return failed(
        "out for {days} days, the law says {need}",
        cure="Open the call again.",
        days=case.open_days,
        need=case.window_days,
    )


@rule(OWN, SINCE)
def criteria_before_names(case: Process) -> Answer:
    """Criteria and weights were fixed before anybody knew a name."""
    if case.fixed_at is None:
        return passed("no criteria are scored in this procedure")
    if case.first_name_at is None or case.fixed_at <= case.first_name_at:
        return passed("fixed on {day}, before the first name", day=case.fixed_at.date())
    return failed(
        "fixed on {day}, after the first name on {first}",
        cure="Let the panel's chair answer for it in writing.",
        day=case.fixed_at.date(),
        first=case.first_name_at.date(),
    )


@rule(OWN, SINCE)
def panel_lawful(case: Process) -> Answer:
    """The panel keeps each rule of its composition."""
    if case.panel is None:
        return passed("this procedure has no panel")
    broken = sum(each.blocks for each in case.panel)
    if broken and not case.panel_composed:
        return advisory(
            "{n} rules of composition are not kept yet", cure="See the panel's page.", n=broken
        )
    if broken:
        return failed(
            "{n} rules of composition are not kept", cure="See the panel's page.", n=broken
        )
    return passed("every rule of composition is kept")


@rule(OWN, SINCE)
def all_checks_closed(case: Process) -> Answer:
    """Every check of whoever may be appointed is closed and still valid."""
    if not case.checks_all:
        return undetermined("no check is ordered yet", cure="They are ordered by themselves.")
    if not case.checks_open:
        return passed("all {n} checks are closed", n=case.checks_all)
    told = {"n": case.checks_open, "all": case.checks_all}
    if case.decided:
        return failed("{n} of {all} checks are open", cure="Close the vetting.", **told)
    return advisory("{n} of {all} checks are open", cure="Close the vetting.", **told)


@rule(OWN, SINCE)
def everybody_told(case: Process) -> Answer:
    """Whoever is out has been told, and no notice is stuck."""
    if case.unsent:
        return failed("{n} notices could not be sent", cure="Correct the addresses.", n=case.unsent)
    waiting = case.out - case.told
    if waiting <= 0:
        return passed("everybody who is out has been told: {n}", n=case.out)
    if case.ended:
        return failed("{n} candidates have not been told", cure="Write to them.", n=waiting)
    return advisory("{n} candidates will be told when it is decided", n=waiting)


@rule("UN Joint Inspection Unit, JIU/REP/2012/4", SINCE)
def within_the_benchmark(case: Process) -> Answer:
    """From posting to selection it takes no more than 120 days."""
    limit = case.longest_days or 120
    if case.days is None:
        return undetermined("the call is not out yet", cure="Prepare what it needs.")
    if case.days <= limit:
        return passed("{days} days of {limit}", days=case.days, limit=limit)
    return failed("{days} days, the benchmark is {limit}", cure="", days=case.days, limit=limit)


QUESTIONS = (
    (advertised_long_enough, "window_article"),
    (criteria_before_names, "assessment_article"),
    (panel_lawful, "assessment_article"),
    (all_checks_closed, "checks_article"),
    (everybody_told, ""),
    (within_the_benchmark, ""),
)


def quality_of(case: Process) -> list[Finding]:
    """Every question with its answer, under the law's own article where it has one."""
    found = []
    for question, article in QUESTIONS:
        said = question(case)
        own = getattr(case, article, "") if article else ""
        found.append(Finding(said.rule, own or said.article, said.verdict, said.because, said.cure))
    return found
