"""A meeting is planned, convened in time, moved, put off or cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pendulum
from pendulum import DateTime
from sqlalchemy import func
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.calendar.counting import count
from governance.calendar.periods import Period as Counting
from governance.calendar.periods import Unit
from governance.committees.authority import for_roles, not_for_them, roles_in
from governance.committees.calendars import calendar_of
from governance.committees.law import law_of, plain, rules_of, version_of
from governance.committees.lifecycle import CHAIR, SECRETARY
from governance.committees.local import instant_of, local_day
from governance.committees.meeting.inviting import invite
from governance.committees.meeting.lifecycle import MeetingLifecycle
from governance.committees.meeting.models import Meeting
from governance.committees.meeting.rules import Notice
from governance.committees.meeting.timing import set_clocks
from governance.committees.models import Committee
from governance.committees.seeking import keep_meeting
from governance.database import new_id
from governance.lifecycle import fire
from governance.notices.invitation import CANCEL, REQUEST
from governance.refusals import Reason, refuse
from governance.rulebook.parts import Period
from governance.rulebook.proceedings.law import Proceedings

LONGEST_MINUTES = 7 * 24 * 60


@dataclass(frozen=True)
class Planning:
    """A meeting to plan: when it starts where the body is (or in a zone of its own), how long."""

    starts: str
    minutes: int = 120
    title: Mapping[str, str] | None = None
    zone: str = ""
    place: str = ""
    kind: str = "ordinary"
    series_id: str | None = None
    uid: str = ""


CRISIS_TEAM = "crisis_team"


@dataclass(frozen=True)
class Convening:
    """Convene: with the reason where it is urgent."""

    urgency_reason: str = ""


@dataclass(frozen=True)
class Moving:
    """A meeting is moved, put off, or cancelled, with the reason."""

    event: str  # rearrange, postpone, cancel
    starts: str = ""
    minutes: int = 0
    place: str | None = None
    because: str = ""


def plan_body(moment: Moment, committee: Committee | None, given: Planning) -> Written[Committee]:
    """Plan a meeting under the next number of the body."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    zone = _zone(given.zone or committee.zone)
    starts = instant_of(given.starts, zone)
    if not 0 < given.minutes <= LONGEST_MINUTES:
        raise refuse(
            "a meeting of {n} minutes cannot be planned",
            rule="meeting_has_a_length",
            cure="Give its length in minutes.",
            where="minutes",
            reason=Reason.INPUT,
            n=given.minutes,
        )
    last = moment.session.exec(
        select(func.max(Meeting.number)).where(col(Meeting.committee_id) == committee.id)
    ).one()
    number = (last or 0) + 1
    meeting_id = new_id()
    meeting = Meeting(
        id=meeting_id,
        committee_id=committee.id,
        series_id=given.series_id,
        reference=f"{committee.key[:50]}-{number}",
        number=number,
        title=dict(given.title or committee.title),
        kind=given.kind,
        zone=zone,
        starts_at=starts,
        ends_at=starts.add(minutes=given.minutes),
        planned_for=starts,
        place=given.place,
        uid=given.uid or f"{meeting_id}@{_domain(moment)}",
    )
    moment.session.add(meeting)
    moment.session.flush()
    keep_meeting(moment.session, meeting)
    set_clocks(moment, committee, meeting, law_of(moment.session, committee))
    return Written(
        {"meeting": meeting.id, "reference": meeting.reference, "starts": starts.isoformat()},
        committee,
    )


def _zone(name: str) -> str:
    try:
        pendulum.timezone(name)
    except (ValueError, KeyError):
        raise refuse(
            '"{zone}" is no time zone',
            rule="zone_is_known",
            cure="Write a zone such as Europe/Paris.",
            where="zone",
            reason=Reason.INPUT,
            zone=name[:60],
        ) from None
    return name


def _domain(moment: Moment) -> str:
    return moment.house.settings.mail_from.rpartition("@")[2]


def may(event: str) -> Any:
    """Whoever the chart of meetings names for an event, in the meeting's body."""

    def authority(moment: Moment, meeting: Meeting | None, given: Any) -> str:
        assert meeting is not None  # noqa: S101 -- the door locks the subject first
        wanted = MeetingLifecycle.authority[event or given.event]
        held = roles_in(moment.session, meeting.committee_id, moment.actor, moment.now)
        role = next(iter(sorted(held & wanted)), None)
        if role is None:
            raise not_for_them(wanted)
        return f"role:{role}"

    return authority


def committee_of(session: Session, meeting: Meeting) -> Committee:
    """The body of a meeting."""
    return session.get_one(Committee, meeting.committee_id)


def rules_for(session: Session, meeting: Meeting) -> Proceedings:
    """The law that a meeting is under: pinned when it was convened, until then the body's."""
    if meeting.rules_version:
        return rules_of(meeting.rules)
    return law_of(session, committee_of(session, meeting))


def latest_notice(
    moment: Moment, committee: Committee, meeting: Meeting, period: Period
) -> tuple[DateTime, dict[str, Any]]:
    """Until when, exclusive, a meeting is convened with this notice; and the working."""
    if period.unit == "hours":
        at = meeting.starts_at.subtract(hours=period.count)
        return at, {"period": period.plain, "due_at": at.isoformat()}
    counting = Counting(period.count, Unit(period.unit), backward=True, roll=False)
    day = local_day(meeting.starts_at, committee.zone)
    counted = count(counting, day, calendar_of(moment.house, committee))
    return pendulum.instance(counted.due_at), counted.as_json()


def convene_body(moment: Moment, meeting: Meeting | None, given: Convening) -> Written[Meeting]:
    """Convene: notice is checked, the law is pinned, invitations go out."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    committee = committee_of(moment.session, meeting)
    rules = law_of(moment.session, committee)
    day = local_day(meeting.starts_at, committee.zone)
    notice, working = _notice(moment, committee, meeting, rules, day, given)
    meeting.state = fire(MeetingLifecycle, meeting.state, "convene", notice)
    meeting.rules = plain(rules)
    meeting.rules_version = version_of(meeting.rules)
    meeting.convened_at = moment.now
    meeting.notice = {
        "article": notice.article,
        "latest": notice.latest.in_timezone("UTC").isoformat() if notice.latest else None,
        "urgent": bool(given.urgency_reason),
        "working": working,
    }
    set_clocks(moment, committee, meeting, rules)
    invited = invite(moment, committee, meeting, REQUEST)
    facts: dict[str, Any] = {"invited": invited, "rules": meeting.rules_version,
                             "latest": meeting.notice["latest"]}  # fmt: skip
    if given.urgency_reason:
        facts["urgent"] = moment.seal(f"meeting:{meeting.id}", given.urgency_reason)
    return Written(facts, meeting)


def _notice(  # noqa: PLR0913, PLR0917 -- one argument per part of the question
    moment: Moment,
    committee: Committee,
    meeting: Meeting,
    rules: Proceedings,
    day: date,
    given: Convening,
) -> tuple[Notice, dict[str, Any]]:
    ruling = rules.ruling("notice_of_meeting", day)
    crisis = rules.ruling("crisis", day)
    if committee.kind == CRISIS_TEAM and crisis is not None and crisis.value.notice is not None:
        latest, working = latest_notice(moment, committee, meeting, crisis.value.notice)
        latest = latest.in_timezone(committee.zone)
        return Notice(str(crisis.article), moment.now, latest, latest, ""), working
    if ruling is None:
        return Notice("", moment.now, None, None, given.urgency_reason), {}
    latest, working = latest_notice(moment, committee, meeting, ruling.value)
    urgent = ruling.value.urgent
    soon = latest_notice(moment, committee, meeting, urgent)[0] if urgent else latest
    if ruling.value.extreme_urgency == "chair":
        soon = meeting.starts_at
    latest, soon = (each.in_timezone(committee.zone) for each in (latest, soon))
    return Notice(str(ruling.article), moment.now, latest, soon, given.urgency_reason), working


def move_body(moment: Moment, meeting: Meeting | None, given: Moving) -> Written[Meeting]:
    """Move, put off or cancel. Those who were invited are told, under the same UID."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    committee = committee_of(moment.session, meeting)
    was_told = meeting.convened_at is not None
    before, was = meeting.state, meeting.starts_at
    meeting.state = fire(MeetingLifecycle, before, given.event)
    if given.event == "rearrange":
        length = given.minutes or int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
        if given.starts:
            meeting.starts_at = instant_of(given.starts, meeting.zone)
        meeting.ends_at = meeting.starts_at + timedelta(minutes=length)
        meeting.place = meeting.place if given.place is None else given.place
    keep_meeting(moment.session, meeting)
    if was_told:
        meeting.sequence += 1
        invite(moment, committee, meeting, REQUEST if given.event == "rearrange" else CANCEL)
    if before == "postponed" and given.event == "rearrange":
        meeting.convened_at = None  # it is convened anew, with its own notice
    set_clocks(moment, committee, meeting, rules_for(moment.session, meeting))
    facts: dict[str, Any] = {
        "from": before,
        "to": meeting.state,
        "sequence": meeting.sequence,
        "was": was.isoformat(),
        "starts": meeting.starts_at.isoformat(),
        "after_notice": was_told,
    }
    if given.because:
        facts["because"] = moment.seal(f"meeting:{meeting.id}", given.because)
    return Written(facts, meeting)


PLAN: Verb[Committee, Planning] = Verb(
    "committee:plan_meeting", Committee, "committee", for_roles(SECRETARY, CHAIR), plan_body
)
CONVENE: Verb[Meeting, Convening] = Verb(
    "meeting:convene", Meeting, "meeting", may("convene"), convene_body
)
MOVE: Verb[Meeting, Moving] = Verb("meeting:move", Meeting, "meeting", may(""), move_body)
