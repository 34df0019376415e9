"""The gate before the letter, over the rows: every required check is closed and still valid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.appointments.checks.rules import OWN, Gate, gate
from governance.appointments.law import law_of
from governance.appointments.models import Candidacy, Case, Check, GateException
from governance.refusals import Finding, Refused
from governance.rulebook.parts import Text
from governance.rulebook.stages import Checks


def must_be_open(moment: Moment, case: Case, zone: str, candidacy: Candidacy | None) -> Finding:
    """What the gate says of the chosen candidate; raises Refused where it is closed.

    Asked of every letter and offer, whoever acts and whatever the procedure's preconditions are.
    """
    today = moment.now.in_timezone(zone).date()
    state = candidacy.state if candidacy else "none"
    checks = checks_of(moment.session, candidacy.id) if candidacy else []
    facts = gate_of(state, checks, today, exceptions_of(moment.session, case.id, candidacy))
    finding = gate(replace(facts, titles=_titles(moment.session, case)))
    if finding.blocks:
        raise Refused([finding])
    return finding


def _titles(session: Session, case: Case) -> dict[str, Text]:
    """What the law of the case calls its checks, by kind."""
    procedure = law_of(session, case.law).procedure(case.procedure)
    stages = (each for each in procedure.stages if isinstance(each, Checks)) if procedure else ()
    return {check.kind: check.title for stage in stages for check in stage.checks}


def gate_of(
    state: str, checks: Iterable[Check], today: date, exceptions: Iterable[GateException] = ()
) -> Gate:
    """The facts of the gate: nobody passes who is not chosen."""
    granted = [each for each in exceptions if each.granted]
    known = tuple((each.kind, state_on(each, today)) for each in checks)
    return Gate(
        candidacy=state,
        checks=known,
        excepted=tuple(kind for each in granted for kind in each.kinds),
        article=granted[-1].article if granted else OWN,
    )


def state_on(check: Check, day: date) -> str:
    """A check whose validity is over closes nothing any more, even before the sweep has said so."""
    over = check.valid_until is not None and check.valid_until < day
    return "expired" if over and check.state == "satisfactory" else check.state


def checks_of(session: Session, candidacy_id: str) -> list[Check]:
    """The checks of one candidacy."""
    query = select(Check).where(col(Check.candidacy_id) == candidacy_id)
    return list(session.exec(query.order_by(col(Check.kind), col(Check.number))))


def exceptions_of(
    session: Session, case_id: str, candidacy: Candidacy | None
) -> list[GateException]:
    """The exceptions asked for one candidacy, granted or not."""
    if candidacy is None:
        return []
    query = select(GateException).where(
        col(GateException.case_id) == case_id, col(GateException.candidacy_id) == candidacy.id
    )
    return list(session.exec(query.order_by(col(GateException.number))))
