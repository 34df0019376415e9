"""What a forecast looks at: the law and the people of a post, or where a case stands; the past."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.appointments.checks.expiring import EVENT as EXPIRY
from governance.appointments.forecast.rules import Past, Setting
from governance.appointments.forecast.timeline import Ran, Timeline, timeline, with_recess
from governance.appointments.law import current_law, law_of
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Case
from governance.appointments.queries import case_by_reference
from governance.calendar.days import Calendar
from governance.consultation.models import Consultation, Invitation
from governance.house import House
from governance.lifecycle import finals
from governance.people.queries import holder
from governance.record.models import Deadline
from governance.refusals import Reason, Refused, refuse
from governance.rulebook.schema import Post, Procedure, Rulebook
from governance.rulebook.stages import Consult

MOST_PAST = 30
LONGEST_RECESS = 400


@dataclass(frozen=True)
class Subject:
    """What is forecast: a post before launch, or a case wherever it stands."""

    rulebook: Rulebook
    procedure: Procedure
    post: Post
    start: date
    case: Case | None
    ran: Ran | None
    past: Mapping[str, Past]
    duty_stations: Mapping[str, str]

    def on(self, calendars: Mapping[str, Calendar], recess: Iterable[tuple[date, date]]) -> Setting:
        """The calendars with a recess on each of them."""
        free = list(recess)
        kept = {key: with_recess(each, free) for key, each in calendars.items()} if free else {}
        kept = kept or dict(calendars)
        return Setting(
            calendar=kept[self.procedure.calendar],
            calendar_of={name: kept[key] for name, key in self.duty_stations.items()},
            past=self.past,
            passed={key: until for key, _, until in self.ran.passed} if self.ran else {},
        )

    def timeline(
        self,
        calendars: Mapping[str, Calendar],
        recess: Iterable[tuple[date, date]] = (),
        start: date | None = None,
    ) -> Timeline:
        """The forecast, with a recess or another day of start."""
        return timeline(self.procedure, start or self.start, self.on(calendars, recess), self.ran)


def subject_of(
    house: House, session: Session, actor: Actor | None, name: str, start: date | None
) -> Subject:
    """A post of the rulebook, or a case that the actor may see. Raises Refused for neither."""
    _, rulebook = current_law(session)
    post = rulebook.post(name)
    if post is not None:
        return _of_post(house, session, rulebook, post, start)
    if actor is None:
        raise _unknown(name, rulebook)
    try:
        case = case_by_reference(session, actor, name)
    except Refused:
        if name[:1].isupper() or "-20" in name:
            raise
        raise _unknown(name, rulebook) from None
    return _of_case(house, session, case, start)


def _unknown(name: str, rulebook: Rulebook) -> Refused:
    return refuse(
        'there is neither a post nor a case "{name}"',
        rule="known_post",
        cure="Posts: {known}. A case is named by its reference, such as INT-2026-0001.",
        where="POST|CASE",
        reason=Reason.INPUT,
        name=name[:60],
        known=", ".join(each.key for each in rulebook.posts),
    )


def _of_post(
    house: House, session: Session, rulebook: Rulebook, post: Post, start: date | None
) -> Subject:
    procedure = rulebook.procedure(post.procedure)
    assert procedure is not None  # noqa: S101 -- the linter holds posts against procedures
    now = house.clock.now()
    today = now.in_timezone(house.calendars[procedure.calendar].zone).date()
    return Subject(
        rulebook,
        procedure,
        post,
        start or today,
        None,
        None,
        past_of(session, house, procedure),
        _duty_stations(session, rulebook, procedure, now),
    )


def _of_case(house: House, session: Session, case: Case, start: date | None) -> Subject:
    if start is not None:
        raise refuse(
            "the case has begun: its start cannot be another day",
            rule="case_has_begun",
            cure="Leave --start out, or forecast its post.",
            where="--start",
            reason=Reason.INPUT,
        )
    rulebook = law_of(session, case.law)
    procedure, post = rulebook.procedure(case.procedure), rulebook.post(case.post)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    assert post is not None  # noqa: S101 -- and with its post
    now, zone = house.clock.now(), house.calendars[procedure.calendar].zone
    return Subject(
        rulebook,
        procedure,
        post,
        _day(case.launched_at, zone),
        case,
        Ran(
            passed=tuple(past_stages(case, zone)),
            stage=case.stage,
            since=_day(case.stage_since, zone),
            today=now.in_timezone(zone).date(),
            due=_due(session, case, zone),
            over=case.state in finals(CaseLifecycle),
        ),
        past_of(session, house, procedure),
        _duty_stations(session, rulebook, procedure, now),
    )


def past_of(session: Session, house: House, procedure: Procedure) -> dict[str, Past]:
    """How many working days each stage took in the newest cases that ended in an appointment."""
    query = (
        select(Case)
        .where(col(Case.procedure) == procedure.key, col(Case.state) == "completed")
        .order_by(col(Case.launched_at).desc())
        .limit(MOST_PAST)
    )
    calendar = house.calendars[procedure.calendar]
    found: dict[str, list[int]] = {}
    for case in session.exec(query):
        for key, since, until in past_stages(case, calendar.zone):
            days = calendar.working_days(since + timedelta(days=1), until)
            found.setdefault(key, []).append(days)
    return {key: Past(tuple(days)) for key, days in found.items()}


def past_stages(case: Case, zone: str) -> list[tuple[str, date, date]]:
    """(stage, begin, end) of the stages that a case has passed, in their order."""
    ordered = sorted(case.passed.items(), key=lambda each: each[1])
    since = _day(case.launched_at, zone)
    found = []
    for key, at in ordered:
        until = _day(DateTime.fromisoformat(at), zone)
        found.append((key, since, until))
        since = until
    return found


def _due(session: Session, case: Case, zone: str) -> date | None:
    """The last day of the latest deadline that the case, or a question of it, still has."""
    own = select(Deadline.due_at).where(
        col(Deadline.owner_kind) == "case",
        col(Deadline.owner_id) == case.id,
        col(Deadline.event) != EXPIRY,
        col(Deadline.is_open).is_(True),
    )
    asked = (
        select(Invitation.due_at)
        .join(Consultation, col(Consultation.id) == col(Invitation.consultation_id))
        .where(
            col(Consultation.owner_kind) == "case",
            col(Consultation.owner_id) == case.id,
            col(Consultation.state) == "open",
            col(Invitation.due_at).is_not(None),
        )
    )
    dues = [*session.exec(own), *(each for each in session.exec(asked) if each)]
    latest = max(dues, default=None)
    return _day(latest - timedelta(microseconds=1), zone) if latest else None


def _duty_stations(
    session: Session, rulebook: Rulebook, procedure: Procedure, now: DateTime
) -> dict[str, str]:
    """The calendar of each office that is asked: of where its holder works, or the office is."""
    found = {}
    for stage in procedure.stages:
        for name in (*stage.ask, *stage.tellers) if isinstance(stage, Consult) else ():
            office = rulebook.office(procedure.office_of(name) or "")
            if office is None:
                continue
            person = holder(session, office.key, now)
            station = rulebook.duty_station(person.duty_station if person else office.duty_station)
            if station is not None:
                found[name] = station.calendar
    return found


def _day(at: datetime, zone: str) -> date:
    return DateTime.instance(at).in_timezone(zone).date()
