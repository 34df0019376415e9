"""Absences come in from a file, whole or not at all; each row is reported."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.consultation.standing.absences import (
    Cancelled,
    cancel_body,
    keep_absence,
    plan_findings,
    take_hold,
    the_person_or_staff,
)
from governance.people.models import Absence, Person
from governance.people.planning import AbsenceFile, Told
from governance.people.queries import by_email
from governance.people.rules import Period
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, say
from governance.rulebook.models import RulebookVersion


@dataclass(frozen=True)
class RowTold:
    """What became of one row: new, changed, unchanged, cancelled, skipped or refused."""

    where: str
    outcome: str
    person: str = ""
    findings: tuple[Finding, ...] = ()
    because: Sentence = field(default_factory=lambda: say(""))

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "row": self.where,
            "outcome": self.outcome,
            "person": self.person,
            "findings": [each.as_json() for each in self.findings],
            "because": str(self.because),
        }


@dataclass(frozen=True)
class Import:
    """A file of absences; with `dry_run` it is reported and nothing is kept."""

    file: AbsenceFile
    dry_run: bool = False
    report: list[RowTold] = field(default_factory=list)


def staff_may(moment: Moment, _: object, given: Import) -> str:
    """HR officers, secretaries and administrators import for everybody."""
    return the_person_or_staff(moment, None, given)


def import_body(
    moment: Moment, law: RulebookVersion | None, given: Import
) -> Written[RulebookVersion] | None:
    """Take every row, or none: with a fault anywhere nothing is kept, and each is told."""
    given.report.extend(
        RowTold(each.where, "skipped", because=each.because) for each in given.file.skipped
    )
    given.report.extend(
        RowTold(each.where.partition(",")[0], "refused", findings=(each,))
        for each in given.file.faults
    )
    given.report.extend(_take(moment, each) for each in given.file.told)
    faults = [each for row in given.report for each in row.findings if each.blocks]
    if given.dry_run:
        return None
    if faults:
        raise Refused(faults, Reason.INPUT)
    counts = {"changed": 0, "cancelled": 0, "new": 0, "skipped": 0, "unchanged": 0}
    for row in given.report:
        counts[row.outcome] += 1
    return Written(counts, law)


def _take(moment: Moment, told: Told) -> RowTold:
    person = by_email(moment.session, told.person)
    if person is None or person.left_at is not None:
        return RowTold(told.where, "refused", told.person, (_unknown(told),))
    kept = _kept(moment, person, told)
    if told.cancelled:
        return _call_off(moment, person, told, kept)
    try:
        period, substitute, findings = plan_findings(moment, person, told, except_for=told.uid)
    except Refused as refused:
        return RowTold(told.where, "refused", person.name, refused.findings)
    found = tuple(_placed(each, told.where) for each in findings)
    told_of = tuple(each for each in found if each.verdict != Verdict.PASS)
    if any(each.blocks for each in told_of):
        return RowTold(told.where, "refused", person.name, told_of)
    if kept is None:
        absence = keep_absence(moment, person, told, (period, substitute))
        take_hold(moment, absence)
        return RowTold(told.where, "new", person.name, told_of)
    changed = _change(kept, told, period, substitute)
    if changed:
        take_hold(moment, kept)
    return RowTold(told.where, "changed" if changed else "unchanged", person.name, told_of)


def _kept(moment: Moment, person: Person, told: Told) -> Absence | None:
    if not told.uid:
        return None
    query = select(Absence).where(col(Absence.person_id) == person.id, col(Absence.uid) == told.uid)
    return moment.session.exec(query).first()


def _change(kept: Absence, told: Told, period: Period, substitute: Person | None) -> bool:
    """Bring an absence that was imported before to what the file says now."""
    wanted = {
        "since": period.since,
        "until": period.until,
        "substitute_id": substitute.id if substitute else None,
        "scope": sorted(told.scope),
        "instrument": told.instrument.strip()[:200],
        "cancelled_at": None,
    }
    changed = {name: value for name, value in wanted.items() if getattr(kept, name) != value}
    for name, value in changed.items():
        setattr(kept, name, value)
    return bool(changed)


def _call_off(moment: Moment, person: Person, told: Told, kept: Absence | None) -> RowTold:
    if kept is None or kept.cancelled_at is not None or kept.until <= moment.now:
        return RowTold(told.where, "unchanged", person.name)
    cancel_body(moment, person, Cancelled(kept.id))
    return RowTold(told.where, "cancelled", person.name)


def _unknown(told: Told) -> Finding:
    return Finding(
        "person_is_known",
        "",
        Verdict.FAIL,
        say("nobody is registered under {address}", address=told.person[:120]),
        say("Register the person first, or correct the address."),
        told.where,
    )


def _placed(finding: Finding, where: str) -> Finding:
    return replace(finding, where=where)


IMPORT: Verb[RulebookVersion, Import] = Verb(
    "organisation:import_absences", RulebookVersion, "organisation", staff_may, import_body
)
