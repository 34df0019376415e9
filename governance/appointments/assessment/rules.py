"""Who may sit on a panel, and when an assessment goes on. Pure: no rows, no clock.

The rules of composition are named in the rulebook's vocabulary; an organisation gives them their
numbers and cites its own article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.calendar.periods import add_months
from governance.refusals import Answer, Finding, Verdict, failed, passed, rule, undetermined
from governance.rulebook.parts import Text, listed

OWN = "Mandate, assessment"
SINCE = date(2026, 1, 1)
KINSHIP, REPORTS = "kinship", "reports_to"


@dataclass(frozen=True)
class Sitting:
    """Somebody on a panel, as its rules see them."""

    key: str
    name: str
    sex: str | None = None
    nationality: str | None = None
    outside: bool = False
    trained_on: date | None = None


@dataclass(frozen=True)
class Assessed:
    """A candidate before a panel. The name is not shown while the screening is anonymous."""

    key: str
    nationality: str | None = None


@dataclass(frozen=True)
class Panel:
    """A panel before its candidates. `ties` are (who, sort of tie, to whom), by key."""

    members: Sequence[Sitting]
    candidates: Sequence[Assessed] = ()
    ties: frozenset[tuple[str, str, str]] = frozenset()
    on: date = SINCE

    def tied(self, sort: str) -> list[str]:
        """The members whom a tie of this sort binds to a candidate or to another member."""
        others = {each.key for each in self.members} | {each.key for each in self.candidates}
        bound = {
            key
            for one, kind, other in self.ties
            if kind == sort and {one, other} <= others
            for key in (one, other)
        }
        return [each.name for each in self.members if each.key in bound]


Given = Mapping[str, Any]


def panel_size(panel: Panel, given: Given) -> Answer:
    """The panel has as many members as it must have, and no more than it may."""
    have, least, most = len(panel.members), given["at_least"], given.get("at_most")
    if have < least:
        return failed("members: {have}; at least: {need}", cure="Name more.", have=have, need=least)
    if most is not None and have > most:
        return failed(
            "members: {have}; at most: {need}", cure="Release some.", have=have, need=most
        )
    return passed("members: {have}", have=have)


def panel_outside_member(panel: Panel, given: Given) -> Answer:
    """Enough members come from outside the unit that recruits."""
    have, need = sum(each.outside for each in panel.members), given["at_least"]
    if have >= need:
        return passed("from outside: {have}", have=have)
    return failed(
        "from outside: {have}; needed: {need}",
        cure="Name somebody from outside the unit.",
        have=have,
        need=need,
    )


def panel_both_sexes(panel: Panel, given: Given) -> Answer:
    """Women and men sit on the panel, each in sufficient number."""
    need = given.get("at_least", 1)
    missing = [each.name for each in panel.members if each.sex not in {"F", "M"}]
    counted = Counter(each.sex for each in panel.members)
    women, men = counted["F"], counted["M"]
    if min(women, men) >= need:
        return passed("women: {women}; men: {men}", women=women, men=men)
    if missing and women + men < 2 * need:
        return undetermined(
            "the sex of members is not on file: {names}",
            cure="Enter it.",
            names=", ".join(missing),
        )
    return failed(
        "women: {women}; men: {men}; at least {need} of each",
        cure="Name somebody else.",
        women=women,
        men=men,
        need=need,
    )


def panel_no_kinship(panel: Panel, _: Given) -> Answer:
    """No member is related to a candidate or to another member."""
    if not (names := panel.tied(KINSHIP)):
        return passed("no member is related to a candidate or to another member")
    return failed(
        "related to a candidate or to another member: {names}",
        cure="Recuse them and name somebody else.",
        names=", ".join(names),
    )


def panel_no_line_of_report(panel: Panel, _: Given) -> Answer:
    """No member stands in a line of report with a candidate or with another member."""
    if not (names := panel.tied(REPORTS)):
        return passed("no member stands in a line of report with a candidate or another member")
    return failed(
        "in a line of report with a candidate or with another member: {names}",
        cure="Recuse them and name somebody else.",
        names=", ".join(names),
    )


def panel_not_candidates_nationality(panel: Panel, _: Given) -> Answer:
    """No member is a national of the same country as a candidate."""
    countries = {each.nationality for each in panel.candidates if each.nationality}
    unknown = [each.name for each in panel.members if each.nationality is None]
    if unknown:
        return undetermined(
            "the nationality of members is not on file: {names}",
            cure="Enter it.",
            names=", ".join(unknown),
        )
    same = [each.name for each in panel.members if each.nationality in countries]
    if not same:
        return passed("no member shares a candidate's nationality")
    return failed(
        "nationals of a candidate's country: {names}",
        cure="Recuse them and name somebody else.",
        names=", ".join(same),
    )


def panel_trained(panel: Panel, given: Given) -> Answer:
    """Each member was trained in interviewing, and not too long ago."""
    months = given["months"]
    stale = [
        each.name
        for each in panel.members
        if each.trained_on is None or add_months(each.trained_on, months) < panel.on
    ]
    if not stale:
        return passed("every member was trained in the last {months} months", months=months)
    return failed(
        "not trained in the last {months} months: {names}",
        cure="Train them first, or name somebody else.",
        months=months,
        names=", ".join(stale),
    )


def panel_countries(panel: Panel, given: Given) -> Answer:
    """The members come from enough different countries."""
    have = len({each.nationality for each in panel.members if each.nationality})
    need = given["at_least"]
    if have >= need:
        return passed("members of {have} countries", have=have)
    return failed(
        "members of {have} countries, {need} are needed",
        cure="Name somebody from another country.",
        have=have,
        need=need,
    )


PANEL: Mapping[str, Callable[[Panel, Given], Answer]] = {
    "panel_both_sexes": panel_both_sexes,
    "panel_countries": panel_countries,
    "panel_no_kinship": panel_no_kinship,
    "panel_no_line_of_report": panel_no_line_of_report,
    "panel_not_candidates_nationality": panel_not_candidates_nationality,
    "panel_outside_member": panel_outside_member,
    "panel_size": panel_size,
    "panel_trained": panel_trained,
}


@rule("Mandate, invariants", SINCE)
def nobody_judges_themselves(panel: Panel) -> Answer:
    """No member of a panel is a candidate before it."""
    candidates = {each.key for each in panel.candidates}
    both = [each.name for each in panel.members if each.key in candidates]
    if not both:
        return passed("no member is a candidate")
    return failed(
        "candidates in this case: {names}",
        cure="Name somebody else.",
        names=", ".join(both),
    )


def panel_findings(panel: Panel, rules: Sequence[tuple[str, Given, str]]) -> list[Finding]:
    """What each named rule says of a panel: (name, its numbers, its article) for each."""
    own = [nobody_judges_themselves(panel)]
    return own + [
        Finding(name, article, answer.verdict, answer.because, answer.cure)
        for name, given, article in rules
        for answer in (PANEL[name](panel, given),)
    ]


@dataclass(frozen=True)
class Composing:
    """The findings on a panel that is to be composed."""

    findings: tuple[Finding, ...]


@rule(OWN, SINCE)
def panel_is_lawful(case: Composing) -> Answer:
    """A panel begins only when each rule of its composition is kept."""
    broken = sum(each.blocks for each in case.findings)
    if not broken:
        return passed("every rule of composition is kept")
    return failed("{n} rules of composition are not kept", cure="See the panel's page.", n=broken)


@dataclass(frozen=True)
class Declaring:
    """How many members sit, and how many of them have declared their ties."""

    members: int
    declared: int


@rule(OWN, SINCE)
def everybody_has_declared(case: Declaring) -> Answer:
    """Nobody scores before every member has declared their ties, or that there are none."""
    open_ = case.members - case.declared
    if case.members and not open_:
        return passed("every member has declared")
    return failed(
        "{n} members have not declared their ties to the candidates",
        cure="Ask them, or record what they declared.",
        n=open_,
    )


@dataclass(frozen=True)
class Scoring:
    """How many sheets of scores are awaited, and how many are in."""

    awaited: int
    came: int


@rule(OWN, SINCE)
def everybody_who_scores_has_scored(case: Scoring) -> Answer:
    """No ranking before each member's scores are in."""
    open_ = case.awaited - case.came
    if case.awaited and not open_:
        return passed("all scores are in")
    return failed("{n} members have not scored", cure="Wait for them, or recuse them.", n=open_)


@dataclass(frozen=True)
class Interviewing:
    """An interview about to be set: whose, and which checks that precede it are not closed well.

    The checks are told by their titles in the law.
    """

    name: str
    open: tuple[Text, ...]


@rule(OWN, SINCE)
def what_precedes_an_interview_is_there(case: Interviewing) -> Answer:
    """Nobody is interviewed before what the rulebook puts first is there."""
    if not case.open:
        return passed("what precedes an interview is there")
    return failed(
        "{name} cannot be interviewed yet; not closed well: {checks}",
        cure="Close these checks first.",
        name=case.name,
        checks=listed(case.open),
    )


@dataclass(frozen=True)
class Recommending:
    """A shortlist: who is on it, in the order given, against the ranking and the rule."""

    named: tuple[str, ...]
    eligible: tuple[str, ...]
    at_least: int
    at_most: int
    ranked: bool
    note: bool = False
    open_notes: tuple[str, ...] = field(default=())


@rule(OWN, SINCE)
def recommendation_is_of_the_ranked(case: Recommending) -> Answer:
    """A shortlist names as many as the rule says, among who passed; in order where it is ranked."""
    strangers = [each for each in case.named if each not in case.eligible]
    if strangers or len(set(case.named)) != len(case.named):
        return failed(
            "the shortlist names somebody twice, or somebody below a minimum: {n}",
            cure="Choose among who passed every minimum.",
            n=len(strangers) or len(case.named) - len(set(case.named)),
        )
    if not case.at_least <= len(case.named) <= case.at_most:
        return failed(
            "the shortlist has {n} names, the rule says {least} to {most}",
            cure="Name as many as the rule says.",
            n=len(case.named),
            least=case.at_least,
            most=case.at_most,
        )
    order = tuple(each for each in case.eligible if each in case.named)
    if case.ranked and order != case.named and not case.note:
        return failed(
            "the order differs from the ranking, and no reason is given",
            cure="Give the panel's reason for another order.",
        )
    if case.open_notes:
        return failed(
            "the members differ over {n} candidates, and no note of the discussion is on file",
            cure="Write what the discussion of the difference came to.",
            n=len(case.open_notes),
        )
    return passed("the shortlist is as the rule says")


def blocking(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that stand in the way."""
    return [each for each in findings if each.verdict in {Verdict.FAIL, Verdict.UNDETERMINED}]
