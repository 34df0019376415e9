"""A vacant seat is filled by an appointment: asked for here, made there, seated here.

The appointment is a case of another domain. Whoever composes the two tells this one, in plain
data, that a case was launched and what came of it; here the seat follows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pendulum import DateTime
from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import SIGNED_IN, not_for_them, only_the_clock, roles_in
from governance.committees.calendars import day_of
from governance.committees.lifecycle import SECRETARY, FillingLifecycle
from governance.committees.models import Committee, Filling, Seat, Sitting
from governance.committees.sittings import REPLACED, Place, begins, ends, known_seat, settle, sit
from governance.committees.terms import set_term_clocks
from governance.committees.vacancies import UNSETTLED, vacancies_of
from governance.database import new_id
from governance.lifecycle import finals, fire
from governance.record.chain import Appended
from governance.refusals import Reason, refuse

HR_OFFICER = "hr_officer"


@dataclass(frozen=True)
class Wanted:
    """An appointment is wanted for a vacant seat: from which day, and what is confirmed already.

    `confirmed` is what the procedure needs before its call, each with a word on where it stands.
    """

    seat: str
    wanted_on: date | None = None
    confirmed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Launched:
    """The case that was launched for a filling; or why none was."""

    filling: str
    case_id: str = ""
    reference: str = ""
    because: str = ""


@dataclass(frozen=True)
class Came:
    """What has come of a case so far, in plain data.

    `person_id` is empty while nobody is appointed; `is_over` says that nobody will be.
    `ended_on` is the last day of whoever serves no longer; `came` False: never entered on duty.
    """

    filling: str
    person_id: str = ""
    first_day: date | None = None
    last_day: date | None = None
    ended_on: date | None = None
    is_over: bool = False
    never_came: bool = False


def may_fill(moment: Moment, committee: Committee | None, _: object) -> str:
    """The secretary of the body, or an HR officer: somebody who is signed in."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    actor = moment.actor
    if actor.person_id is None or actor.level not in SIGNED_IN:
        raise refuse(
            "an appointment is launched by somebody, and nobody is signed in",
            rule="launched_by_somebody",
            article="Mandate, roles",
            cure="Sign in as secretary of the body or as HR officer.",
            reason=Reason.AUTHORITY,
        )
    if SECRETARY in roles_in(moment.session, committee.id, actor, moment.now):
        return f"role:{SECRETARY}"
    if HR_OFFICER in actor.roles:
        return f"role:{HR_OFFICER}"
    raise not_for_them({SECRETARY, HR_OFFICER})


def fill_body(moment: Moment, committee: Committee | None, given: Wanted) -> Written[Committee]:
    """Ask for the appointment. Refused where nobody has to be appointed, or somebody is already."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    seat = known_seat(moment.session, committee, given.seat)
    found = {
        each.seat.id: each
        for each in vacancies_of(moment.house, moment.session, [committee], moment.now)
    }
    vacancy = found.get(seat.id)
    if vacancy is None:
        raise refuse(
            "the seat {seat} is held, and no end of its term is near",
            rule="seat_is_vacant",
            cure="Enter first that its holder goes: mandate committee unseat.",
            where="seat",
            seat=seat.key,
        )
    if vacancy.is_under_way and vacancy.filling is not None:
        raise refuse(
            "an appointment to the seat {seat} is under way: {reference}",
            rule="one_filling_a_seat",
            cure="Follow that case, or withdraw it first.",
            reason=Reason.CONFLICT,
            seat=seat.key,
            reference=vacancy.filling.reference or "–",
        )
    if not vacancy.by_appointment:
        raise refuse(
            "the seat {seat} is not filled by an appointment to a post, but by: {way}",
            rule="seat_is_filled_by_appointment",
            article=vacancy.way.article,
            cure="Say so in the rules of the body (vacancies), or name the post of the seat.",
            where="seat",
            seat=seat.key,
            way=vacancy.way.by or "nothing that the rules say",
        )
    filling = Filling(
        id=new_id(),
        committee_id=committee.id,
        seat_id=seat.id,
        post=vacancy.way.post,
        article=vacancy.way.article[:300],
        asked_by=str(moment.actor.person_id),
        asked_at=moment.now,
        vacant_from=vacancy.since if vacancy.since > moment.now else None,
        wanted_on=given.wanted_on or _free_day(committee, vacancy.since, moment),
        confirmed={key: note[:500] for key, note in given.confirmed.items()},
    )
    moment.session.add(filling)
    moment.owe("committee", committee.id)

    def cite(entry: Appended) -> None:
        filling.entry = entry.hash

    moment.once_written.append(cite)
    return Written(
        {"filling": filling.id, "seat": seat.key, "post": filling.post,
         "article": filling.article}, committee)  # fmt: skip


def _free_day(committee: Committee, since: DateTime, moment: Moment) -> date | None:
    """A seat that falls vacant later is wanted from that day; one that is vacant, at once."""
    return day_of(committee, since) if since > moment.now else None


def launched_body(
    moment: Moment, committee: Committee | None, given: Launched
) -> Written[Committee] | None:
    """Note the case, or why there is none."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    filling = moment.session.get_one(Filling, given.filling)
    if filling.state != "wanted":
        return None
    event = "launch" if given.case_id else "fail"
    filling.state = fire(FillingLifecycle, filling.state, event)
    filling.case_id, filling.reference = given.case_id or None, given.reference
    filling.because = given.because[:1000]
    facts = {"filling": filling.id, "to": filling.state, "reference": given.reference}
    return Written(facts, committee)


def came_body(
    moment: Moment, committee: Committee | None, given: Came
) -> Written[Committee] | None:
    """Seat whoever was appointed, from the right day; follow every later change. Twice: nothing."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    filling = moment.session.get_one(Filling, given.filling)
    if filling.state in finals(FillingLifecycle):
        return None
    before = filling.state
    changed = (
        _fail(moment, filling)
        if _is_lost(committee, given)
        else _seated(moment, committee, filling, given)
    )
    if not changed and filling.state == before:
        return None
    moment.session.flush()
    settle(moment.session, moment.session.get_one(Seat, filling.seat_id), moment.now)
    set_term_clocks(moment, committee)
    return Written(
        {"filling": filling.id, "from": before, "to": filling.state, **changed}, committee
    )


def _is_lost(committee: Committee, given: Came) -> bool:
    ended = committee.ended_at is not None
    return ended or given.never_came or (given.is_over and not given.person_id)


def _fail(moment: Moment, filling: Filling) -> dict[str, Any]:
    """Nobody came of it: a sitting that had not begun never was, and the seat is vacant again."""
    filling.state = fire(FillingLifecycle, filling.state, "fail")
    sitting = _sitting(moment, filling)
    if sitting is None:
        return {}
    sitting.until = max(sitting.since, min(sitting.until or moment.now, moment.now))
    sitting.ended_because = "did not enter on duty"
    return {"sitting": sitting.id}


def _seated(moment: Moment, committee: Committee, filling: Filling, given: Came) -> dict[str, Any]:
    if not given.person_id or given.first_day is None:
        return {}
    since = begins(committee, given.first_day, moment.now)
    until = ends(committee, given.ended_on or given.last_day)
    sitting = _sitting(moment, filling)
    if sitting is None:
        seat = moment.session.get_one(Seat, filling.seat_id)
        place = Place(given.person_id, since, given.last_day, came_by=f"case:{filling.reference}")
        sitting = sit(moment.session, committee, seat, place, moment.now)
        filling.sitting_id = sitting.id
        if filling.state in UNSETTLED:
            filling.state = fire(FillingLifecycle, filling.state, "seat")
        return {"person": given.person_id, "since": since.isoformat()}
    if (sitting.since, sitting.until) == (since, until):
        return {}
    _move_others(moment, filling, sitting, since)
    sitting.since, sitting.until = since, until
    sitting.term_until = given.last_day
    if given.ended_on is not None:
        sitting.ended_because = sitting.ended_because or "service ended"
    return {"person": sitting.person_id, "since": since.isoformat()}


def _move_others(moment: Moment, filling: Filling, sitting: Sitting, since: DateTime) -> None:
    """Whoever goes when this one comes goes when this one comes, or when they were to go anyway."""
    query = select(Sitting).where(
        col(Sitting.seat_id) == sitting.seat_id,
        col(Sitting.id) != sitting.id,
        col(Sitting.until) == sitting.since,
        col(Sitting.ended_because) == REPLACED,
    )
    for each in moment.session.exec(query):
        each.until = min(since, filling.vacant_from or since)


def _sitting(moment: Moment, filling: Filling) -> Sitting | None:
    return moment.session.get(Sitting, filling.sitting_id) if filling.sitting_id else None


FILL: Verb[Committee, Wanted] = Verb(
    "committee:fill_seat", Committee, "committee", may_fill, fill_body
)
NOTE_CASE: Verb[Committee, Launched] = Verb(
    "committee:note_case", Committee, "committee", only_the_clock, launched_body
)
FOLLOW_CASE: Verb[Committee, Came] = Verb(
    "committee:follow_case", Committee, "committee", only_the_clock, came_body
)
