"""What the clock watches in a body and tells its secretary: seats not filled, too few votes.

A seat is overdue when the time that the rules give for filling it has passed and nothing is under
way. A body has too few votes when fewer members may vote than `inactivity` wants; it is then
proposed for review, as one that has not met for long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from pendulum import DateTime
from sqlmodel import select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import only_the_clock
from governance.committees.calendars import day_of
from governance.committees.keepers import officers
from governance.committees.law import law_of
from governance.committees.models import Committee, Leave, Sitting, VotingRight
from governance.committees.people import has_address
from governance.committees.rows import register_from
from governance.committees.rules import roster
from governance.committees.vacancies import Vacancy, vacancies_of
from governance.record.outbox import Notice

VACANCIES, FEW = "vacancies", "inactivity"
NOTICED = "inactivity_noticed"
# What a body is proposed for review for; who renews or wakes it has looked at it.
REVIEWED = ("dormancy_noticed", NOTICED)
TEMPLATE = "body_due"
ASKS = {
    "en": "A body of yours needs you",
    "fr": "Un organe dont vous tenez le secrétariat a besoin de vous",
    "es": "Un órgano a su cargo le necesita",
    "ar": "هيئة تتولون أمانتها تحتاج إليكم",
}


@dataclass(frozen=True)
class Opened:
    """A review of the composition was opened by the clock."""

    review: str
    due_on: date


def next_overdue(moment: Moment, committee: Committee) -> DateTime | None:
    """The next instant at which a vacant seat was to be filled."""
    found = vacancies_of(moment.house, moment.session, [committee], moment.now)
    due = (each.due_at for each in found if not each.is_under_way)
    return min((each for each in due if each is not None and each > moment.now), default=None)


def overdue(moment: Moment, committee: Committee) -> dict[str, Any]:
    """Tell the secretary which seats were to be filled by now."""
    late = [
        each
        for each in vacancies_of(moment.house, moment.session, [committee], moment.now)
        if each.due_at is not None and each.due_at <= moment.now and not each.is_under_way
    ]
    if late:
        last = max(each.due_at for each in late if each.due_at is not None)
        day = day_of(committee, last.subtract(microseconds=1))
        _tell(moment, committee, VACANCIES, f"{last:%Y%m%d}", {"last_day": day.isoformat(),
              "text": ", ".join(map(_name, late))})  # fmt: skip
    return {"overdue": [each.seat.key for each in late]}


def few_at(moment: Moment, committee: Committee) -> DateTime | None:
    """When the votes of a body are to be counted: now where they are too few, or at their change.

    None where its rules do not ask, and where it was told already.
    """
    wanted = _wanted(moment, committee)
    if not wanted or committee.state != "active":
        return None
    if _votes(moment, committee) >= wanted:
        committee.facts = {k: v for k, v in committee.facts.items() if k != NOTICED}
        return _next_change(moment, committee)
    return None if committee.facts.get(NOTICED) else moment.now


def few(moment: Moment, committee: Committee) -> dict[str, Any]:
    """The body is proposed for review, and its secretary is told, where its votes are too few."""
    wanted, votes = _wanted(moment, committee), _votes(moment, committee)
    if votes < wanted and not committee.facts.get(NOTICED):
        committee.facts = {**committee.facts, NOTICED: moment.now.isoformat()}
        stamp = f"{moment.now:%Y%m%d%H%M%S}"
        _tell(moment, committee, FEW, stamp, {"certain": votes, "needed": wanted})
    return {"voting": votes, "needed": wanted}


def review_body(moment: Moment, committee: Committee | None, given: Opened) -> Written[Committee]:
    """Tell the secretary that a review of the composition is due."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    told = _tell(moment, committee, "review", given.review, {"last_day": given.due_on.isoformat()})
    return Written({"review": given.review, "told": told}, committee)


TELL_REVIEW: Verb[Committee, Opened] = Verb(
    "committee:tell_review", Committee, "committee", only_the_clock, review_body
)


def _wanted(moment: Moment, committee: Committee) -> int:
    ruling = law_of(moment.session, committee).ruling("inactivity", day_of(committee, moment.now))
    return int(ruling.value.fewer_voting_than) if ruling else 0


def _votes(moment: Moment, committee: Committee) -> int:
    rules = law_of(moment.session, committee)
    register = register_from(moment.session, committee, rules)
    return len(roster(register, day_of(committee, moment.now)).entitled)


def _next_change(moment: Moment, committee: Committee) -> DateTime | None:
    """When a right, a leave or a sitting next begins or ends."""
    dates = (
        (VotingRight, VotingRight.at),
        (Leave, Leave.since),
        (Leave, Leave.until),
        (Sitting, Sitting.since),
        (Sitting, Sitting.until),
    )
    coming = [_next_of(moment, committee, *each) for each in dates]
    return min((each for each in coming if each is not None), default=None)


def _next_of(moment: Moment, committee: Committee, model: Any, date_: Any) -> DateTime | None:
    query = select(date_).where(model.committee_id == committee.id, date_ > moment.now)
    found: DateTime | None = moment.session.exec(query.order_by(date_).limit(1)).first()
    return found


def _name(vacancy: Vacancy) -> str:
    return str(vacancy.seat.title.get("en") or vacancy.seat.key)


def _tell(
    moment: Moment, committee: Committee, kind: str, stamp: str, facts: dict[str, Any]
) -> int:
    keepers = officers(moment.session, committee, moment.now, ("secretary",))
    told = [each for each in keepers if has_address(each)]
    for person in told:
        moment.tell(
            ("committee", committee.id),
            Notice(
                key=f"committee:{committee.id}:{kind}:{stamp}:{person.id}",
                person_id=person.id,
                template=TEMPLATE,
                facts={
                    "reference": committee.key,
                    "question": dict(ASKS),
                    "body": committee.title,
                    "body_key": committee.key,
                    "kind": kind,
                    **facts,
                },
            ),
        )
    return len(told)
