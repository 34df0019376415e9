"""An election seats the elected: who stands, for which seats or office, from when, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr
from typing import Any

from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.committees.calendars import day_of
from governance.committees.models import Committee, Seat, Sitting
from governance.committees.officers import holding, spelled, take_office, terms_in_office
from governance.committees.people import find_person, person_of
from governance.committees.sittings import (
    HOLDER,
    Place,
    begins,
    known_seat,
    sit,
    sitting_at,
    terms_in_a_row,
)
from governance.committees.tenure import MEMBERS, OFFICERS, tenure, within_the_limit
from governance.committees.terms import set_term_clocks
from governance.people.models import Person
from governance.refusals import Reason, refuse
from governance.rulebook.proceedings.law import Proceedings

ELECTIONS = "elections"


@dataclass(frozen=True)
class Standing:
    """Who stands, each with their address where it is known, and for what: seats, or an office.

    Where it is for neither, so many are elected, and the register names them.
    """

    candidates: Mapping[str, str]
    seats: tuple[str, ...] = ()
    office: str = ""
    many: int = 1

    @property
    def places(self) -> int:
        """How many are elected."""
        return len(self.seats) or (1 if self.office else self.many)

    @property
    def fills(self) -> bool:
        """Whether whoever is elected takes a seat or an office of the body by that."""
        return bool(self.seats or self.office)

    def plain(self) -> dict[str, Any]:
        """As a row keeps it."""
        return {"candidates": dict(self.candidates), "seats": list(self.seats),
                "office": self.office, "many": self.many}  # fmt: skip

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any]) -> Standing:
        """From what a row keeps."""
        return cls(kept["candidates"], tuple(kept["seats"]), kept["office"], kept["many"])


def standing_for(  # noqa: PLR0913, PLR0917 -- who stands, for what, under which rules
    moment: Moment,
    committee: Committee,
    rules: Proceedings,
    candidates: Sequence[str],
    seats: Sequence[str],
    office: str,
    many: int = 1,
) -> Standing:
    """Candidates as they are written, `Jane Smith` or `Jane Smith <jane@acme.example>`.

    Raises Refused where nobody stands, somebody twice, for a seat that is not there, or more
    often in a row than the rules allow.
    """
    session = moment.session
    named: dict[str, str] = {}
    for each in candidates:
        name, address = parseaddr(each) if "<" in each else (each.strip(), "")
        if not name or name in named:
            raise refuse(
                "each candidate is named once",
                rule="candidates_are_named",
                cure="Write the names; with an address for somebody who is not known here.",
                where="candidates",
                reason=Reason.INPUT,
            )
        named[name] = address
    known = [known_seat(session, committee, each).key for each in seats]
    if seats and office:
        raise refuse(
            "an election fills seats, or an office",
            rule="election_is_for_one_thing",
            cure="Hold two elections.",
            where="office",
            reason=Reason.INPUT,
        )
    if (seats or office) and not named:
        raise refuse(
            "nobody stands",
            rule="candidates_are_named",
            cure="Name the candidates.",
            where="candidates",
            reason=Reason.INPUT,
        )
    standing = Standing(named, tuple(dict.fromkeys(known)), spelled(office), many)
    for name, address in named.items():
        _may_stand(moment, committee, rules, standing, find_person(session, name, address))
    return standing


def _may_stand(
    moment: Moment,
    committee: Committee,
    rules: Proceedings,
    standing: Standing,
    person: Person | None,
) -> None:
    """Whoever is known here has not served as often in a row as the rules allow."""
    if person is None:
        return
    today = day_of(committee, moment.now)
    if standing.office:
        served = terms_in_office(moment.session, committee, standing.office, person.id, moment.now)
        within_the_limit(rules, OFFICERS, today, served)
    elif standing.seats:
        served = terms_in_a_row(moment.session, committee, Place(person.id, moment.now))
        within_the_limit(rules, MEMBERS, today, served)


def seat_the_elected(  # noqa: PLR0913 -- the parts of a result
    moment: Moment,
    committee: Committee,
    standing: Standing,
    elected: Sequence[str],
    *,
    rules: Proceedings,
    decision: str,
    from_day: date | None = None,
) -> list[dict[str, Any]]:
    """Each of the elected takes their seat or office from the day that the rules say.

    Whoever was there before ends with it; of those elected, each keeps the seat that was theirs.
    An election for neither seats nobody.
    """
    if not elected or not standing.fills:
        return []
    people = {
        name: person_of(moment.session, name, standing.candidates.get(name, "")) for name in elected
    }
    if standing.office:
        person = people[elected[0]]
        told = [_office(moment, committee, standing.office, person, rules, from_day)]
    else:
        places = _places(moment.session, committee, standing.seats, people, moment)
        told = [
            _seat(moment, committee, seat, person, (rules, decision, from_day))
            for seat, person in places
        ]
    set_term_clocks(moment, committee)
    return told


def _places(
    session: Session,
    committee: Committee,
    seats: Sequence[str],
    people: Mapping[str, Person],
    moment: Moment,
) -> list[tuple[Seat, Person]]:
    """Which seat each takes: one's own again, then the free ones in their order."""
    free = [known_seat(session, committee, each) for each in seats]
    found: list[tuple[Seat, Person]] = []
    left: list[Person] = []
    for person in people.values():
        query = select(Sitting.seat_id).where(
            col(Sitting.committee_id) == committee.id,
            col(Sitting.person_id) == person.id,
            col(Sitting.role) == HOLDER,
            col(Sitting.until).is_(None) | (col(Sitting.until) > moment.now),
        )
        held = set(session.exec(query))
        own = next((each for each in free if each.id in held), None)
        if own is None:
            left.append(person)
        else:
            free.remove(own)
            found.append((own, person))
    return [*found, *zip(free, left, strict=False)]


def _seat(
    moment: Moment,
    committee: Committee,
    seat: Seat,
    person: Person,
    under: tuple[Proceedings, str, date | None],
) -> dict[str, Any]:
    rules, decision, from_day = under
    today = day_of(committee, moment.now)
    query = select(Sitting).where(
        col(Sitting.seat_id) == seat.id,
        col(Sitting.role) == HOLDER,
        col(Sitting.since) <= moment.now,
    )
    last = moment.session.exec(query.order_by(col(Sitting.since).desc())).first()
    before = last.term_until if last else None
    vacant = not sitting_at(moment.session, seat, moment.now)
    found = tenure(rules, MEMBERS, today, before=before, is_vacant=vacant, from_day=from_day)
    since = begins(committee, found.first if found.first != today else None, moment.now)
    place = Place(person.id, since, found.last, came_by=f"elected: {decision}")
    sit(moment.session, committee, seat, place, moment.now)
    return {"seat": seat.key, "person": person.id, "since": since.isoformat(),
            "until": found.last.isoformat() if found.last else None,
            "article": found.article}  # fmt: skip


def _office(  # noqa: PLR0913, PLR0917 -- the parts of an office held
    moment: Moment,
    committee: Committee,
    office: str,
    person: Person,
    rules: Proceedings,
    from_day: date | None,
) -> dict[str, Any]:
    today = day_of(committee, moment.now)
    held = holding(moment.session, committee, office, moment.now)
    before = max((e.term_until for e in held if e.term_until and not e.acting), default=None)
    found = tenure(rules, OFFICERS, today, before=before, from_day=from_day)
    since = begins(committee, found.first if found.first != today else None, moment.now)
    take_office(moment, committee, office, person.id, since=since, last_day=found.last)
    return {"office": office, "person": person.id, "since": since.isoformat(),
            "until": found.last.isoformat() if found.last else None,
            "article": found.article}  # fmt: skip
