"""Rows of officers: who takes an office, holds over, or acts until somebody is chosen."""

from __future__ import annotations

from datetime import date

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.committees.calendars import day_of
from governance.committees.law import law_of
from governance.committees.models import Committee, Officer, Sitting
from governance.committees.sittings import ends
from governance.committees.tenure import OFFICERS, holds_over, within_the_limit
from governance.database import new_id
from governance.refusals import Reason, refuse

CHAIR = "chair"
DEPUTIES = ("vice_chair",)


def spelled(office: str) -> str:
    """An office as rows name it."""
    return office.strip().casefold().replace(" ", "_")[:40]


def take_office(  # noqa: PLR0913 -- the parts of an office held
    moment: Moment,
    committee: Committee,
    office: str,
    person_id: str,
    *,
    since: DateTime,
    last_day: date | None = None,
    acting: bool = False,
) -> Officer:
    """Enter the new officer, within the limit of terms; whoever held or acted ends."""
    office = spelled(office)
    if not office:
        raise refuse(
            "an office has a name",
            rule="known_office",
            cure="Write chair, vice_chair, secretary, rapporteur or another.",
            where="office",
            reason=Reason.INPUT,
        )
    served = 0
    if not acting:
        served = terms_in_office(moment.session, committee, office, person_id, since)
        rules = law_of(moment.session, committee)
        within_the_limit(rules, OFFICERS, day_of(committee, since), served)
        for before in holding(moment.session, committee, office, since):
            before.until = max(since, before.since)
    row = Officer(
        id=new_id(),
        committee_id=committee.id,
        office=office,
        person_id=person_id,
        acting=acting,
        term=served + 1,
        since=since,
        until=ends(committee, last_day),
        term_until=last_day,
    )
    moment.session.add(row)
    moment.session.flush()
    return row


def holding(session: Session, committee: Committee, office: str, at: DateTime) -> list[Officer]:
    """Who holds an office at an instant or later, whoever acts among them."""
    query = select(Officer).where(
        col(Officer.committee_id) == committee.id,
        col(Officer.office) == office,
        or_(col(Officer.until).is_(None), col(Officer.until) > at),
    )
    return list(session.exec(query))


def terms_in_office(
    session: Session, committee: Committee, office: str, person_id: str, since: DateTime
) -> int:
    """Terms in this office up to an instant, without a gap."""
    query = select(Officer.term).where(
        col(Officer.committee_id) == committee.id,
        col(Officer.office) == office,
        col(Officer.person_id) == person_id,
        col(Officer.acting).is_(False),
        col(Officer.since) < since,
        or_(col(Officer.until).is_(None), col(Officer.until) >= since.subtract(days=1)),
    )
    return max(session.exec(query), default=0)


def leaves_office_with_the_seat(
    moment: Moment, committee: Committee, person_id: str, at: DateTime
) -> None:
    """Whoever holds no seat any more holds no office either that they held as a member."""
    still = select(Sitting.id).where(
        col(Sitting.committee_id) == committee.id,
        col(Sitting.person_id) == person_id,
        or_(col(Sitting.until).is_(None), col(Sitting.until) > at),
    )
    if moment.session.exec(still).first() is not None:
        return
    query = select(Officer).where(
        col(Officer.committee_id) == committee.id,
        col(Officer.person_id) == person_id,
        col(Officer.since) <= at,
        or_(col(Officer.until).is_(None), col(Officer.until) > at),
    )
    for each in moment.session.exec(query):
        each.until = at
    moment.session.flush()
    stand_in(moment, committee)


def pass_on(moment: Moment, committee: Committee) -> dict[str, int]:
    """By the clock: officers whose term is over hold over, or somebody acts in their place."""
    day = day_of(committee, moment.now)
    over = holds_over(law_of(moment.session, committee), OFFICERS, day)
    held = 0
    if over:
        query = select(Officer).where(
            col(Officer.committee_id) == committee.id,
            col(Officer.term_until).is_not(None),
            col(Officer.until) <= moment.now,
            col(Officer.acting).is_(False),
        )
        for each in moment.session.exec(query):
            ended_by_term = each.until == ends(committee, each.term_until)
            others = holding(moment.session, committee, each.office, moment.now)
            newest = all(
                e.since <= each.since for e in _all(moment.session, committee, each.office)
            )
            if ended_by_term and not others and newest:
                each.until = None
                held += 1
        moment.session.flush()
    acting = stand_in(moment, committee)
    return {**({"officers_hold_over": held} if held else {}), **({"acting": 1} if acting else {})}


def _all(session: Session, committee: Committee, office: str) -> list[Officer]:
    query = select(Officer).where(
        col(Officer.committee_id) == committee.id, col(Officer.office) == office
    )
    return list(session.exec(query))


def stand_in(moment: Moment, committee: Committee) -> str:
    """Where nobody is chair any more, the first in the succession acts; gives their office."""
    session, now = moment.session, moment.now
    rows = _all(session, committee, CHAIR)
    if not rows or any(each.until is None or each.until > now for each in rows):
        return ""
    ruling = law_of(session, committee).ruling(OFFICERS, day_of(committee, now))
    for office in ruling.value.succession if ruling else DEPUTIES:
        for deputy in holding(session, committee, spelled(office), now):
            if deputy.since <= now:
                session.add(
                    Officer(
                        id=new_id(),
                        committee_id=committee.id,
                        office=CHAIR,
                        person_id=deputy.person_id,
                        acting=True,
                        since=now,
                        until=deputy.until,
                    )
                )
                session.flush()
                return deputy.office
    return ""
