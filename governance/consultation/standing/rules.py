"""Who may answer one question at an instant, and by which right. Pure: no rows, no clock.

An office is asked, and whoever holds it answers. A substitute has the office's powers for the
period and no more: substitution does not cascade, and it does not reach a case of the substitute's
own. What a person has arranged for their absence does not reach that person's own case either;
there only the deputy whom a standing instrument of the office names may answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pendulum import DateTime

OWN_NOTICE = "own notice of absence"


@dataclass(frozen=True)
class Away:
    """An absence that covers the instant, and who acts meanwhile."""

    until: DateTime
    substitute: str | None = None
    scope: frozenset[str] = frozenset()
    instrument: str = OWN_NOTICE

    def reaches(self, office: str, reference: str) -> bool:
        """Whether the substitution was arranged for this office, or for this case."""
        return not self.scope or office in self.scope or reference in self.scope


@dataclass(frozen=True)
class Deputy:
    """Whoever holds the office that a standing instrument names as deputy."""

    office: str
    person: str | None
    instrument: str


@dataclass(frozen=True)
class Seat:
    """One place among those asked, with everything that decides who may speak from it now.

    `office` is empty where the person was asked in person. `kept_out` may not answer at all:
    whoever's own case it is, has recused themselves, has answered where the law keeps the two
    apart, or has left.
    """

    asked: str
    office: str = ""
    reference: str = ""
    holder: str | None = None
    deputies: tuple[Deputy, ...] = ()
    away: Mapping[str, tuple[Away, ...]] = field(default_factory=dict)
    delegate: str | None = None
    kept_out: frozenset[str] = frozenset()

    @property
    def principal(self) -> str | None:
        """Whose answer is wanted: the holder of the office, or the person who was asked."""
        return self.holder if self.office else self.asked

    def is_free(self, person: str | None) -> bool:
        """Whether somebody may act for another: not kept out, and not away themselves."""
        return person is not None and person not in self.kept_out and not self.away.get(person)


@dataclass(frozen=True)
class Right:
    """By which right somebody may answer: `kind` is asked, successor, substitute or delegate."""

    kind: str
    person: str
    for_person: str | None = None
    for_office: str = ""
    instrument: str = ""
    until: DateTime | None = None

    def on_record(self) -> dict[str, Any]:
        """The right as an answer and its entry keep it; nothing where the asked person answers."""
        if self.kind == "asked":
            return {}
        return {
            "kind": self.kind,
            "for": self.for_person,
            "office": self.for_office,
            "instrument": self.instrument,
        }


def rights(seat: Seat) -> tuple[Right, ...]:
    """Everybody who may answer from this seat now, the principal first."""
    own = _own_right(seat)
    acting = _substitutes(seat, own)
    handed = _handed_on(seat, own, acting)
    return (*own, *acting, *handed)


def right_of(seat: Seat, person: str | None) -> Right | None:
    """By which right this person may answer, or None."""
    return next((each for each in rights(seat) if each.person == person), None)


def nobody_can_decide(seat: Seat) -> bool:
    """Whether everybody who may answer is away, or nobody may: an alarm, not a silence."""
    return not any(seat.is_free(each.person) for each in rights(seat))


def _own_right(seat: Seat) -> tuple[Right, ...]:
    principal = seat.principal
    if principal is None or principal in seat.kept_out:
        return ()
    if principal == seat.asked:
        return (Right("asked", principal, for_office=seat.office),)
    return (Right("successor", principal, seat.asked, seat.office),)


def _substitutes(seat: Seat, own: tuple[Right, ...]) -> tuple[Right, ...]:
    """Whom the holder named for the time of absence; otherwise the deputy by instrument."""
    if not seat.office:
        return ()
    absences = seat.away.get(seat.holder or "", ())
    named = tuple(
        Right(
            "substitute",
            str(each.substitute),
            seat.holder,
            seat.office,
            each.instrument or OWN_NOTICE,
            each.until,
        )
        for each in absences
        if own and each.reaches(seat.office, seat.reference) and seat.is_free(each.substitute)
    )
    if named or (own and not absences):
        return named[:1]
    return _deputy(seat, max((each.until for each in absences if own), default=None))


def _deputy(seat: Seat, until: DateTime | None) -> tuple[Right, ...]:
    """The first deputy of the instrument who is there: the order is the instrument's own.

    `until` the holder's absence ends; without an end where it is no absence that calls the deputy.
    """
    found = next((each for each in seat.deputies if seat.is_free(each.person)), None)
    if found is None or found.person is None:
        return ()
    return (Right("substitute", found.person, seat.holder, seat.office, found.instrument, until),)


def _handed_on(seat: Seat, own: tuple[Right, ...], acting: tuple[Right, ...]) -> tuple[Right, ...]:
    """A delegate answers for the principal, and only while the principal could answer."""
    if seat.delegate is None or not own or not seat.is_free(seat.delegate):
        return ()
    if seat.delegate in {each.person for each in (*own, *acting)}:
        return ()
    return (Right("delegate", seat.delegate, own[0].person, seat.office, "delegation"),)
