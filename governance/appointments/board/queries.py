"""The board: candidates by stage, who waits for whom, which deadline is next. Never a full scan.

Counts come from an index alone, pages follow their last line (keyset), and nothing is asked for
each row.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from governance.access.actor import Actor
from governance.appointments.law import law_of
from governance.appointments.models import Candidacy, Case, Check
from governance.appointments.queries import case_by_reference, sees_all
from governance.house import House
from governance.people.models import Person
from governance.record.models import Deadline
from governance.record.seeking import folded
from governance.refusals import Reason, refuse

PAGE = 50
# The columns of the board, in the order of a candidate's way, and the states in each.
COLUMNS: dict[str, tuple[str, ...]] = {
    "examined": ("nominated",),
    "eligible": ("eligible", "declarations"),
    "vetted": ("checks", "review"),
    "cleared": ("cleared", "cleared_with_conditions"),
    "shortlisted": ("shortlisted",),
    "chosen": ("chosen",),
    "appointed": ("appointed",),
    "out": ("ineligible", "refused", "declined", "withdrawn"),
}
WAITS = {
    "examined": "hr_officer",
    "eligible": "candidate",
    "vetted": "hr_officer",
    "cleared": "panel",
    "shortlisted": "decider",
    "chosen": "candidate",
}
OPEN_CHECKS = ("ordered", "awaited", "received", "expired", "adverse", "disputed")


@dataclass(frozen=True)
class Card:
    """One candidate on the board."""

    candidacy: Candidacy
    person: Person
    case: Case
    checks_open: int
    checks_awaited: int
    due_at: datetime | None


@dataclass(frozen=True)
class Board:
    """The columns with their counts, and a page of one of them."""

    case: Case | None
    column: str
    counts: dict[str, int]
    cards: tuple[Card, ...]
    older: str


def board(  # noqa: PLR0913 -- what an address of the board says, by name
    house: House,
    actor: Actor,
    reference: str = "",
    column: str = "",
    after: str = "",
    *,
    find: str = "",
) -> Board:
    """A page of the board, of one case or of all; of one case, whose name holds `find`.

    Raises Refused.
    """
    if not sees_all(actor):
        raise refuse(
            "this page is for HR and audit",
            rule="hr_officer",
            article="Mandate, roles",
            cure="Sign in as an HR officer, or ask one.",
            reason=Reason.AUTHORITY,
        )
    with house.database.reading() as session:
        case = case_by_reference(session, actor, reference) if reference else None
        counts = _counts(session, case)
        wanted = column or next((each for each in COLUMNS if counts[each]), "examined")
        if wanted not in COLUMNS:
            raise refuse(
                'the board has no column "{column}"',
                rule="known_column",
                cure="It has: {known}.",
                where="--column",
                reason=Reason.INPUT,
                column=wanted[:40],
                known=", ".join(COLUMNS),
            )
        named = _named(session, case, wanted, find) if case and find.strip() else None
        found = _page(session, case, wanted, after, named)
        return Board(
            case,
            wanted,
            counts,
            tuple(_cards(session, found[:PAGE])),
            _mark(found[PAGE - 1][0]) if len(found) > PAGE else "",
        )


def _counts(session: Session, case: Case | None) -> dict[str, int]:
    query = select(Candidacy.state, func.count()).group_by(col(Candidacy.state))
    if case is not None:
        query = query.where(col(Candidacy.case_id) == case.id)
    states = dict(session.exec(query).all())
    return {key: sum(states.get(each, 0) for each in of) for key, of in COLUMNS.items()}


def _named(session: Session, case: Case, column: str, find: str) -> list[str]:
    """Whose name holds these words, in any writing of them, in one column of one case."""
    query = (
        select(Candidacy.id, Person)
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .where(col(Candidacy.case_id) == case.id, col(Candidacy.state).in_(COLUMNS[column]))
    )
    words = folded(find).split()
    return [
        id_
        for id_, person in session.exec(query)
        if all(each in folded(person.name) for each in words)
    ]


def _page(
    session: Session, case: Case | None, column: str, after: str, named: list[str] | None = None
) -> list[tuple[Candidacy, Person]]:
    """One more than a page of a column, state by state, each from where the last page ended."""
    found: list[tuple[Candidacy, Person]] = []
    states: Sequence[str] = COLUMNS[column]
    state, came, id_ = _read(after)
    for each in states[states.index(state) if state in states else 0 :]:
        query = (
            select(Candidacy, Person)
            .join(Person, col(Person.id) == col(Candidacy.person_id))
            .where(col(Candidacy.state) == each)
        )
        if case is not None:
            query = query.where(col(Candidacy.case_id) == case.id)
        if named is not None:
            query = query.where(col(Candidacy.id).in_(named))
        if each == state and came is not None:
            query = query.where(
                col(Candidacy.came_at) >= came,
                or_(col(Candidacy.came_at) > came, col(Candidacy.id) > id_),
            )
        ordered = query.order_by(col(Candidacy.came_at), col(Candidacy.id))
        found += session.exec(ordered.limit(PAGE + 1 - len(found))).all()
        if len(found) > PAGE:
            break
    return found


def _cards(session: Session, found: Iterable[tuple[Candidacy, Person]]) -> Iterable[Card]:
    rows = list(found)
    cases = {
        each.id: each
        for each in session.exec(
            select(Case).where(col(Case.id).in_({row.case_id for row, _ in rows}))
        )
    }
    checks: dict[str, list[str]] = {}
    query = select(Check.candidacy_id, Check.state).where(
        col(Check.candidacy_id).in_([row.id for row, _ in rows]),
        col(Check.state).in_(OPEN_CHECKS),
    )
    for candidacy, state in session.exec(query):
        checks.setdefault(candidacy, []).append(state)
    dues = dict(
        session.exec(
            select(Deadline.owner_id, func.min(Deadline.due_at))
            .where(
                col(Deadline.owner_kind) == "case",
                col(Deadline.owner_id).in_(list(cases)),
                col(Deadline.is_open).is_(True),
            )
            .group_by(col(Deadline.owner_id))
        ).all()
    )
    for row, person in rows:
        open_ = checks.get(row.id, [])
        yield Card(
            row,
            person,
            cases[row.case_id],
            len(open_),
            open_.count("awaited"),
            dues.get(row.case_id),
        )


def _mark(last: Candidacy) -> str:
    """Where a page ended, for an address."""
    told = f"{last.state}|{last.came_at.isoformat()}|{last.id}"
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _read(mark: str) -> tuple[str, DateTime | None, str]:
    if not mark:
        return "", None, ""
    try:
        padded = mark[:300] + "=" * (-len(mark) % 4)
        state, came, id_ = base64.urlsafe_b64decode(padded).decode().split("|")
        int(id_, 16)  # an identifier, and nothing that a database would choke on
        return state, DateTime.instance(datetime.fromisoformat(came)), id_
    except (ValueError, binascii.Error):
        raise refuse(
            "this page of the board is not there",
            rule="known_page",
            cure="Begin with the first one.",
            reason=Reason.INPUT,
        ) from None


def tell_board(
    house: House, actor: Actor, reference: str = "", column: str = "", after: str = ""
) -> dict[str, Any]:
    """A page of the board as plain data."""
    found = board(house, actor, reference, column, after)
    with house.database.reading() as session:
        titles = {
            each.case.id: law_of(session, each.case.law).procedure(each.case.procedure)
            for each in found.cards
        }
    return {
        "case": found.case.reference if found.case else None,
        "column": found.column,
        "counts": found.counts,
        "candidates": [
            {
                "candidacy": each.candidacy.id,
                "name": each.person.name,
                "nationality": each.person.nationality,
                "case": each.case.reference,
                "procedure": each.case.procedure if titles else None,
                "stage": each.case.stage,
                "state": each.candidacy.state,
                "came_at": each.candidacy.came_at.isoformat(),
                "checks_open": each.checks_open,
                "checks_awaited": each.checks_awaited,
                "waits_for": WAITS.get(found.column),
                "due_at": each.due_at.isoformat() if each.due_at else None,
            }
            for each in found.cards
        ],
        "after": found.older or None,
    }
