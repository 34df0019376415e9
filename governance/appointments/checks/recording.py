"""An officer judges checks: one result, its source and date, for all that are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.checks.commenting import ask_for_comment
from governance.appointments.checks.expiring import watch
from governance.appointments.checks.putting import Law, law_for
from governance.appointments.checks.reviewing import review
from governance.appointments.checks.rules import OWN
from governance.appointments.lifecycle import CaseLifecycle, CheckLifecycle
from governance.appointments.models import Candidacy, Case, Check, Evidence, GateException
from governance.calendar.counting import count
from governance.lifecycle import fire
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, refuse, say
from governance.rulebook.periods import counting

RESULTS = {"satisfactory": "find_satisfactory", "adverse": "find_adverse"}
OPEN = ("ordered", "awaited", "received", "expired")
LIVE = ("checks", "review")


@dataclass(frozen=True)
class Recorded:
    """What came of checks: (candidacy, kind) each, one result, its source, a note on file.

    `dated`: the day of the paper or answer; `valid_until`: where it says so itself. `told`: what
    a candidate is told of an adverse finding. `condition`: satisfactory, but under it.
    """

    checks: tuple[tuple[str, str], ...]
    result: str
    source: str
    note: str = ""
    dated: date | None = None
    valid_until: date | None = None
    told: str = ""
    condition: str = ""


def record_checks_body(moment: Moment, case: Case | None, given: Recorded) -> Written[Case]:
    """Close checks; ask for comments on adverse ones; begin the review of whoever has none open."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    law = law_for(moment.session, case)
    wanted = {candidacy for candidacy, _ in given.checks}
    checks = _checks(moment, case, wanted)
    found = _all_wanted(checks, given.checks)
    people = _candidacies(moment, case, wanted)
    _must_hold(moment, law, given, found, people)
    kinds = {each.kind for each in found}
    valid_until = {each: _valid_until(moment, law, each, given) for each in kinds}
    for check in found:
        _judge(moment, check, given, valid_until[check.kind])
    heard = _ask_for_comments(moment, case, law, given, found, people)
    moment.session.flush()
    decided = _reviewed(moment, case, people, checks)
    watch(moment, case, _zone(moment, law))
    moment.owe("case", case.id)
    facts: dict[str, Any] = {
        "checks": [[check.candidacy_id, check.kind] for check in found],
        "decided": decided,
        "result": given.result,
    }
    return Written(facts | ({"asked_to_comment": heard} if heard else {}), case)


RECORD_CHECKS: Verb[Case, Recorded] = Verb(
    "case:record_checks", Case, "case", hr_officer, record_checks_body
)


def _judge(moment: Moment, check: Check, given: Recorded, valid_until: date | None) -> None:
    file = f"candidacy:{check.candidacy_id}"
    check.state = fire(CheckLifecycle, check.state, RESULTS[given.result])
    check.closed_at, check.judged_by = moment.now, moment.actor.person_id
    check.source, check.dated = given.source.strip()[:200], given.dated
    check.valid_until = valid_until if given.result == "satisfactory" else None
    check.heard_at = None
    if given.note:
        check.note = moment.seal(file, given.note)["sealed"]
    if given.told:
        check.told = moment.seal(file, given.told)["sealed"]
    check.condition = moment.seal(file, given.condition)["sealed"] if given.condition else ""


def _ask_for_comments(  # noqa: PLR0913, PLR0917 -- the parts of one act
    moment: Moment,
    case: Case,
    law: Law,
    given: Recorded,
    found: list[Check],
    people: Mapping[str, Candidacy],
) -> list[str]:
    if given.result != "adverse":
        return []
    return [ask_for_comment(moment, case, law, people[each.candidacy_id], each) for each in found]


def _reviewed(
    moment: Moment, case: Case, people: Mapping[str, Candidacy], checks: list[Check]
) -> dict[str, str]:
    granted = _exceptions(moment, case)
    mine: dict[str, list[Check]] = {}
    for each in checks:
        mine.setdefault(each.candidacy_id, []).append(each)
    decided = {}
    for candidacy_id, candidacy in sorted(people.items()):
        own = mine.get(candidacy_id, [])
        state = review(moment, case, candidacy, own, granted.get(candidacy_id, []))
        if state is not None:
            decided[candidacy_id] = state
    return decided


def _zone(moment: Moment, law: Law) -> str:
    return moment.house.calendars[law.procedure.calendar].zone


def _valid_until(moment: Moment, law: Law, kind: str, given: Recorded) -> date | None:
    """As the paper says, or as long as the rulebook lets it be good, whichever ends first."""
    known = law.stage.check(kind)
    if known is None or known.valid is None:
        return given.valid_until
    calendar = moment.house.calendars[law.procedure.calendar]
    longest = count(counting(known.valid), moment.now, calendar).last_day
    return min(longest, given.valid_until) if given.valid_until else longest


def _candidacies(moment: Moment, case: Case, wanted: set[str]) -> dict[str, Candidacy]:
    query = select(Candidacy).where(
        col(Candidacy.case_id) == case.id, col(Candidacy.id).in_(wanted)
    )
    return {each.id: each for each in moment.session.exec(query)}


def _checks(moment: Moment, case: Case, wanted: set[str]) -> list[Check]:
    query = select(Check).where(col(Check.case_id) == case.id, col(Check.candidacy_id).in_(wanted))
    return list(moment.session.exec(query.order_by(col(Check.kind), col(Check.number))))


def _exceptions(moment: Moment, case: Case) -> dict[str, list[GateException]]:
    query = select(GateException).where(col(GateException.case_id) == case.id)
    found: dict[str, list[GateException]] = {}
    for each in moment.session.exec(query):
        found.setdefault(each.candidacy_id, []).append(each)
    return found


def _all_wanted(checks: list[Check], named: Iterable[tuple[str, str]]) -> list[Check]:
    """The check that each pair names. One named twice is the next of its kind, as of references."""
    left: dict[tuple[str, str], list[Check]] = {}
    for each in checks:
        left.setdefault((each.candidacy_id, each.kind), []).append(each)
    return [_taken(left.get(pair, []), pair[1]) for pair in named]


def _taken(left: list[Check], kind: str) -> Check:
    """The first open one of those that are left, which is left no more."""
    for place, each in enumerate(left):
        if each.state in OPEN:
            return left.pop(place)
    raise refuse(
        'no open check "{kind}" of this candidate',
        rule="check_is_open",
        cure="See the open checks on the case's page.",
        reason=Reason.TURN if left else Reason.MISSING,
        kind=kind,
    )


def _must_hold(
    moment: Moment,
    law: Law,
    given: Recorded,
    found: list[Check],
    people: Mapping[str, Candidacy],
) -> None:
    """Every reason why these results cannot be taken so."""
    today = moment.now.in_timezone(_zone(moment, law)).date()
    if given.result not in RESULTS or not given.source.strip() or not found:
        raise refuse(
            "a check is recorded with a result, its source, and the candidates it concerns",
            rule="check_is_complete",
            cure="Choose satisfactory or adverse, name the source, select at least one check.",
            reason=Reason.INPUT,
        )
    faults = [
        *_days(given, today),
        *_outcome_only(law, given, found),
        *_evidence(moment, law, given, found),
    ]
    if faults:
        raise Refused(faults, Reason.INPUT)
    if any(each.state not in LIVE for each in people.values()):
        raise refuse(
            "checks are recorded while a candidate is being vetted",
            rule="turn_of_the_stage",
            article=law.article,
            cure="See on the candidate's file where they stand.",
            reason=Reason.TURN,
        )


def _days(given: Recorded, today: date) -> list[Finding]:
    found = []
    if given.dated is not None and given.dated > today:
        because = say("{day} is in the future", day=given.dated)
        found.append(_fault("dated", because, say("Give the day of the paper.")))
    if given.valid_until is not None and given.valid_until < today:
        because = say("its validity ended on {day}", day=given.valid_until)
        cure = say("Ask for a newer paper, or record the check as adverse.")
        if given.result == "satisfactory":
            found.append(_fault("valid_until", because, cure))
    if given.condition and given.result != "satisfactory":
        because = say("a condition goes with a satisfactory result")
        found.append(_fault("condition", because, say("Leave the condition out.")))
    return found


def _outcome_only(law: Law, given: Recorded, found: list[Check]) -> list[Finding]:
    """Of some checks, such as health, nothing is kept but the outcome."""
    if not (given.note or given.told):
        return []
    kinds = {each.kind for each in found}
    return [
        _fault(
            "note",
            say('of the check "{kind}" the outcome alone is kept', kind=each.kind),
            say("Leave note and particulars out."),
        )
        for each in law.stage.checks
        if each.kind in kinds and each.evidence == "outcome_only"
    ]


def _evidence(moment: Moment, law: Law, given: Recorded, found: list[Check]) -> list[Finding]:
    """Where the rulebook asks for a paper, a satisfactory result rests on one."""
    wanting = {each.kind for each in law.stage.checks if each.evidence == "required"}
    concerned = [each for each in found if each.kind in wanting]
    if given.result != "satisfactory" or not concerned:
        return []
    query = (
        select(Evidence.check_id, func.count())
        .where(
            col(Evidence.check_id).in_([each.id for each in concerned]),
            col(Evidence.removed_at).is_(None),
        )
        .group_by(col(Evidence.check_id))
    )
    there = dict(moment.session.exec(query).all())
    without = [each for each in concerned if not there.get(each.id)]
    if not without:
        return []
    kinds = ", ".join(sorted({each.kind for each in without}))
    because = say("{n} checks rest on no evidence yet ({kinds})", n=len(without), kinds=kinds)
    return [_fault("evidence", because, say("Add the paper to the check first."))]


def _fault(where: str, because: Sentence, cure: Sentence) -> Finding:
    return Finding("check_is_complete", OWN, Verdict.FAIL, because, cure, where)
