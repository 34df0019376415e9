"""Meetings that recur: the instants of a rule in a zone, local time kept through every change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pendulum
from dateutil.rrule import rrulestr
from pendulum import DateTime

from governance.acts import Moment, Verb, Written
from governance.committees.authority import for_roles
from governance.committees.lifecycle import CHAIR, SECRETARY
from governance.committees.local import instant_of, local
from governance.committees.meeting.convening import Planning, plan_body
from governance.committees.meeting.models import MeetingSeries
from governance.committees.models import Committee
from governance.database import new_id
from governance.refusals import Reason, refuse

MOST = 120


@dataclass(frozen=True)
class Recurring:
    """Meetings by a rule such as FREQ=MONTHLY;BYDAY=2TU;COUNT=6, from a first time on."""

    starts: str
    recurrence: str
    minutes: int = 120
    zone: str = ""
    title: dict[str, str] | None = None
    place: str = ""


def occurrences(starts: DateTime, zone: str, recurrence: str) -> list[DateTime]:
    """The instants of a rule. Raises Refused where it is no rule, or has no end."""
    first = datetime.fromisoformat(local(starts, zone).isoformat()).replace(tzinfo=None)
    try:
        rule = rrulestr(recurrence.removeprefix("RRULE:"), dtstart=first)
    except (ValueError, TypeError, KeyError) as error:
        raise refuse(
            '"{written}" is no rule of recurrence ({problem})',
            rule="recurrence_is_understood",
            cure="Write it as FREQ=MONTHLY;BYDAY=2TU;COUNT=6.",
            where="recurrence",
            reason=Reason.INPUT,
            written=recurrence[:80],
            problem=str(error)[:80],
        ) from None
    found: list[DateTime] = []
    for each in rule:
        if len(found) >= MOST:
            raise refuse(
                "the rule plans more than {most} meetings",
                rule="recurrence_ends",
                cure="Give COUNT or UNTIL.",
                where="recurrence",
                reason=Reason.INPUT,
                most=MOST,
            )
        found.append(pendulum.instance(each.replace(tzinfo=ZoneInfo(zone))).in_timezone("UTC"))
    return found


def plan_series(
    moment: Moment, committee: Committee | None, given: Recurring
) -> Written[Committee]:
    """Plan every meeting of a rule; each may be moved by itself afterwards."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    zone = given.zone or committee.zone
    starts = instant_of(given.starts, zone)
    every = occurrences(starts, zone, given.recurrence)
    series_id = new_id()
    series = MeetingSeries(
        id=series_id,
        committee_id=committee.id,
        title=dict(given.title or committee.title),
        zone=zone,
        starts=local(starts, zone).format("YYYY-MM-DD HH:mm"),
        minutes=given.minutes,
        recurrence=given.recurrence.removeprefix("RRULE:"),
        uid=f"{series_id}@{moment.house.settings.mail_from.rpartition('@')[2]}",
    )
    moment.session.add(series)
    moment.session.flush()
    references = []
    for at in every:
        planning = Planning(
            starts=at.isoformat(),
            minutes=given.minutes,
            title=given.title,
            zone=zone,
            place=given.place,
            series_id=series.id,
            uid=series.uid,
        )
        references.append(plan_body(moment, committee, planning).facts["reference"])
    return Written({"series": series.id, "meetings": references}, committee)


PLAN_SERIES: Verb[Committee, Recurring] = Verb(
    "committee:plan_series", Committee, "committee", for_roles(SECRETARY, CHAIR), plan_series
)
