"""What doors read of reviews and of tables of groups; access is asked in the query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pendulum import DateTime
from sqlalchemy import ColumnElement, false, true
from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.record.models import Deadline
from governance.representation.reviews.models import Review, SchemeTable
from governance.representation.reviews.planning import KIND
from governance.representation.scheme_file import read_scheme
from governance.representation.schemes import Scheme, shipped_schemes

MOST = 200
SHOWN = 20
SEE = frozenset({"administrator", "auditor", "committee_secretary", "hr_officer"})


def overlay(session: Session) -> Mapping[str, Scheme]:
    """The schemes that an administrator has set, the newest of each."""
    query = select(SchemeTable.scheme, SchemeTable.id).order_by(
        col(SchemeTable.set_at), col(SchemeTable.id)
    )
    newest = dict(session.exec(query).all())
    return {key: _read(session, key, id_) for key, id_ in newest.items()}


def _read(session: Session, key: str, id_: str) -> Scheme:
    """A table as it was set never changes: it is read once."""
    if id_ not in _READ:
        if len(_READ) >= MOST:
            _READ.clear()
        _READ[id_] = read_scheme(key, session.get_one(SchemeTable, id_).content)
    return _READ[id_]


_READ: dict[str, Scheme] = {}


def tables(session: Session, scheme: str) -> list[SchemeTable]:
    """The tables of a scheme as they were set, the newest first."""
    query = select(SchemeTable).where(col(SchemeTable.scheme) == scheme)
    ordered = query.order_by(col(SchemeTable.set_at).desc(), col(SchemeTable.id).desc())
    return list(session.exec(ordered.limit(SHOWN)))


def next_instant(session: Session, scheme: str, now: DateTime) -> DateTime:
    """Now, and after every table of the scheme: of two, one is the newer."""
    last = next((each.set_at for each in tables(session, scheme)), None)
    return now if last is None or last < now else last.add(microseconds=1)


def schemes_here(session: Session) -> Mapping[str, Scheme]:
    """Every scheme of the installation: those that ship, and those that were set in their place."""
    return {**shipped_schemes(), **overlay(session)}


def may_see(actor: Actor) -> ColumnElement[bool]:
    """Which reviews somebody may see: staff all of them, others none."""
    return true() if SEE & actor.roles else false()


def reviews(session: Session, actor: Actor, body: str = "") -> list[Review]:
    """The reviews that somebody may see, the newest first."""
    query = select(Review).where(may_see(actor)).order_by(col(Review.opened_at).desc(), Review.id)
    if body:
        query = query.where(col(Review.body) == body)
    return list(session.exec(query.limit(MOST)))


def reviews_for(session: Session, owner: str, most: int = 5) -> list[Review]:
    """The reviews of one owner, the newest first; the caller has asked who may see it."""
    query = select(Review).where(col(Review.owner) == owner)
    return list(session.exec(query.order_by(col(Review.opened_at).desc(), Review.id).limit(most)))


def coming_reviews(session: Session, keys: Sequence[str]) -> list[Deadline]:
    """The reviews that the clock will open for these owners of deadlines, the next first."""
    query = select(Deadline).where(
        col(Deadline.owner_kind) == KIND,
        col(Deadline.owner_id).in_(keys),
        col(Deadline.is_open).is_(True),
    )
    return list(session.exec(query.order_by(col(Deadline.due_at))))


def review_of(session: Session, actor: Actor, id_: str) -> Review | None:
    """One review, where it is for these eyes."""
    return session.exec(select(Review).where(may_see(actor), col(Review.id) == id_)).first()


def answered_in(session: Session, year: int, owner: str | None = None) -> dict[str, int]:
    """How many reviews of a year were justified or waived: for the annual report."""
    counts: dict[str, int] = {"justify": 0, "waive": 0, "decided": 0}
    query = select(Review).where(col(Review.decided_at).is_not(None))
    if owner is not None:
        query = query.where(col(Review.owner) == owner)
    for each in session.exec(query):
        if each.decided_at is not None and each.decided_at.year == year:
            counts["decided"] += 1
            act = each.answered.get("act")
            if act in counts:
                counts[act] += 1
    return counts


def as_plain(review: Review) -> dict[str, Any]:
    """A review as plain data; what was written in confidence stays sealed."""
    answered = {key: each for key, each in review.answered.items() if key != "text"}
    return {
        "id": review.id,
        "body": review.body,
        "owner": review.owner,
        "state": review.state,
        "line": review.line,
        "answer_by": review.answer_by.isoformat() if review.answer_by else None,
        "due_on": review.due_on.isoformat(),
        "judged_on": review.judged_on.isoformat() if review.judged_on else None,
        "members": review.members,
        "verdict": review.verdict or None,
        "answered": answered or None,
        "decided_at": review.decided_at.isoformat() if review.decided_at else None,
    }
