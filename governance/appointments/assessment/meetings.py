"""Written tests and interviews: set for one candidate or for many in a row, moved, called off.

Candidates and members of the panel are invited with a calendar entry (RFC 5545): the UID stays,
the SEQUENCE grows with each change, local time is that of the place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import available_timezones

import pendulum
from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.assessment.lifecycle import ExaminationLifecycle
from governance.appointments.assessment.models import AssessmentMeeting
from governance.appointments.assessment.rules import (
    Interviewing,
    what_precedes_an_interview_is_there,
)
from governance.appointments.assessment.standing import members_of
from governance.appointments.authority import hr_officer
from governance.appointments.candidates import candidacy_of
from governance.appointments.law import law_of
from governance.appointments.lifecycle import CandidacyLifecycle, CaseLifecycle
from governance.appointments.models import Candidacy, Case, Check
from governance.database import new_id
from governance.lifecycle import finals, fire
from governance.notices.invitation import CANCEL, REQUEST, Event, Guest, calendar_text
from governance.people.models import Person
from governance.people.queries import by_id
from governance.record.outbox import Notice
from governance.refusals import Reason, Refused, refuse
from governance.rulebook.stages import Checks

KINDS = ("interview", "test")
LONGEST = 600


@dataclass(frozen=True)
class Slots:
    """Tests or interviews: a test is at one time for all, interviews follow one another.

    `begins_at` is local time in `zone`; `minutes` each, with a `pause` between two.
    """

    kind: str
    candidacies: tuple[str, ...]
    begins_at: datetime
    minutes: int
    zone: str
    place: str = ""
    pause: int = 15


@dataclass(frozen=True)
class Moved:
    """A meeting that begins at another time, in its own zone, or is somewhere else."""

    meeting: str
    begins_at: datetime
    place: str = ""


@dataclass(frozen=True)
class Which:
    """One meeting."""

    meeting: str


def set_body(moment: Moment, case: Case | None, given: Slots) -> Written[Case]:
    """Set one meeting for each candidate, and invite everybody who is part of it."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    begins = _understood(moment, given)
    found = [candidacy_of(moment, case, each) for each in dict.fromkeys(given.candidacies)]
    _are_still_in(found)
    if given.kind == "interview":
        _may_be_interviewed(moment, case, found)
    made = []
    for each in found:
        ends = begins.add(minutes=given.minutes)
        meeting = AssessmentMeeting(
            id=new_id(),
            case_id=case.id,
            candidacy_id=each.id,
            kind=given.kind,
            begins_at=begins,
            ends_at=ends,
            zone=given.zone,
            place=given.place[:200],
            changed_at=moment.now,
        )
        moment.session.add(meeting)
        _invite(moment, case, meeting, each, REQUEST)
        made.append(meeting.id)
        if given.kind == "interview":
            begins = ends.add(minutes=given.pause)
    return Written({"kind": given.kind, "meetings": made}, case)


def move_body(moment: Moment, case: Case | None, given: Moved) -> Written[Case]:
    """Another time: everybody's calendar follows."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    meeting, candidacy = _meeting(moment, case, given.meeting)
    meeting.state = fire(ExaminationLifecycle, meeting.state, "move")
    length = meeting.ends_at - meeting.begins_at
    begins = _ahead(moment, given.begins_at, meeting.zone)
    meeting.begins_at = begins
    meeting.ends_at = pendulum.instance(begins + length)
    meeting.place = given.place[:200] or meeting.place
    meeting.sequence += 1
    meeting.changed_at = moment.now
    _invite(moment, case, meeting, candidacy, REQUEST)
    return Written({"meeting": meeting.id, "sequence": meeting.sequence}, case)


def call_off_body(moment: Moment, case: Case | None, given: Which) -> Written[Case]:
    """It does not take place: calendars strike it out."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    meeting, candidacy = _meeting(moment, case, given.meeting)
    meeting.state = fire(ExaminationLifecycle, meeting.state, "call_off")
    meeting.sequence += 1
    meeting.changed_at = moment.now
    _invite(moment, case, meeting, candidacy, CANCEL)
    return Written({"meeting": meeting.id, "sequence": meeting.sequence}, case)


def hold_body(moment: Moment, case: Case | None, given: Which) -> Written[Case]:
    """It took place."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    meeting, _ = _meeting(moment, case, given.meeting)
    meeting.state = fire(ExaminationLifecycle, meeting.state, "hold")
    meeting.changed_at = moment.now
    return Written({"meeting": meeting.id}, case)


SET: Verb[Case, Slots] = Verb("case:set_examination", Case, "case", hr_officer, set_body)
MOVE: Verb[Case, Moved] = Verb("case:move_examination", Case, "case", hr_officer, move_body)
CALL_OFF: Verb[Case, Which] = Verb(
    "case:call_off_examination", Case, "case", hr_officer, call_off_body
)
HOLD: Verb[Case, Which] = Verb("case:hold_examination", Case, "case", hr_officer, hold_body)


def uid_of(meeting: AssessmentMeeting) -> str:
    """The name of a meeting in calendars: it never changes."""
    return f"examination-{meeting.id}@mandate"


def event_of(
    moment: Moment, case: Case, meeting: AssessmentMeeting, guest: Person, title: str
) -> Event:
    """A meeting as the calendar of one guest has it; the title names no candidate."""
    house = moment.house
    return Event(
        uid=uid_of(meeting),
        sequence=meeting.sequence,
        title=f"{title} ({case.reference})",
        starts=pendulum.instance(meeting.begins_at),
        ends=pendulum.instance(meeting.ends_at),
        zone=meeting.zone,
        stamped=moment.now,
        organizer=Guest("HR", house.settings.mail_from),
        place=meeting.place,
        text=case.reference,
        cancelled=meeting.state == "called_off",
        guests=(Guest(guest.name, guest.email),),
    )


TITLES = {"interview": "Interview", "test": "Written test"}


def _invite(
    moment: Moment, case: Case, meeting: AssessmentMeeting, candidacy: Candidacy, method: str
) -> None:
    """The candidate always; the members of the panel to an interview."""
    seats = members_of(moment.session, case.id) if meeting.kind == "interview" else []
    people = by_id(moment.session, [candidacy.person_id, *(each.person_id for each in seats)])
    for person in people.values():
        event = event_of(moment, case, meeting, person, TITLES[meeting.kind])
        starts, ends = (
            pendulum.instance(each).in_timezone(meeting.zone)
            for each in (meeting.begins_at, meeting.ends_at)
        )
        moment.tell(
            ("case", case.id),
            Notice(
                key=f"examination:{meeting.id}:{meeting.sequence}:{person.id}",
                person_id=person.id,
                template="examination_off" if method == CANCEL else "examination",
                facts={
                    "reference": case.reference,
                    "kind": meeting.kind,
                    "starts": starts.isoformat(),
                    "ends": ends.isoformat(),
                    "zone": meeting.zone,
                    "place": meeting.place,
                    "moved": meeting.sequence > 0,
                    "method": method,
                    "calendar": calendar_text(method, [event]),
                },
            ),
        )


def _meeting(moment: Moment, case: Case, meeting_id: str) -> tuple[AssessmentMeeting, Candidacy]:
    fire(CaseLifecycle, case.state, "go_on")
    query = select(AssessmentMeeting).where(
        col(AssessmentMeeting.id) == meeting_id, col(AssessmentMeeting.case_id) == case.id
    )
    meeting = moment.session.exec(query).first()
    if meeting is None or meeting.candidacy_id is None:
        raise refuse(
            "there is no such test or interview in this case",
            rule="known_examination",
            cure="See them: mandate appointment examination list.",
            reason=Reason.MISSING,
        )
    return meeting, moment.session.get_one(Candidacy, meeting.candidacy_id)


def _are_still_in(found: Sequence[Candidacy]) -> None:
    gone = sum(each.state in finals(CandidacyLifecycle) for each in found)
    if gone or not found:
        raise refuse(
            "{n} of those named are no candidates any more, or nobody is named",
            rule="candidate_is_in",
            cure="Choose among those who are still in the competition.",
            where="--candidate",
            reason=Reason.INPUT,
            n=gone,
        )


def _may_be_interviewed(moment: Moment, case: Case, found: Sequence[Candidacy]) -> None:
    """What the law puts before an interview is closed well. Refused with everybody at once."""
    rulebook = law_of(moment.session, case.law)
    procedure, post = rulebook.procedure(case.procedure), rulebook.post(case.post)
    law = procedure.assessment.before_interview if procedure and procedure.assessment else None
    if procedure is None or post is None or law is None:
        return
    stages = [each for each in procedure.stages if isinstance(each, Checks)]
    names = by_id(moment.session, [each.person_id for each in found])
    faults = []
    for each in found:
        required = {
            one.kind: one.title
            for stage in stages
            for one in stage.required_of(post.clearance, each.kind, post.key)
        }
        missing = set(law.checks) - _closed_well(moment.session, each.id)
        open_ = tuple(title for kind, title in required.items() if kind in missing)
        facts = Interviewing(names[each.person_id].name, open_)
        finding = what_precedes_an_interview_is_there(facts)
        if finding.blocks:
            faults.append(replace(finding, article=str(law.article)))
    if faults:
        raise Refused(faults, Reason.RULE)


def _closed_well(session: Session, candidacy_id: str) -> set[str]:
    """The kinds of checks of a candidate that are closed, every one of a kind, and none adverse."""
    checks = list(session.exec(select(Check).where(col(Check.candidacy_id) == candidacy_id)))
    still = {each.kind for each in checks if each.state not in {"satisfactory", "waived"}}
    return {each.kind for each in checks} - still


def _understood(moment: Moment, given: Slots) -> DateTime:
    faults: list[Refused] = []
    if given.kind not in KINDS:
        faults.append(_fault("--kind", "write interview or test"))
    if given.zone not in available_timezones():
        faults.append(_fault("--zone", "there is no such time zone"))
    if not 5 <= given.minutes <= LONGEST or not 0 <= given.pause <= LONGEST:  # noqa: PLR2004
        faults.append(_fault("--minutes", "it lasts from 5 to 600 minutes"))
    if faults:
        raise Refused([each for one in faults for each in one.findings], Reason.INPUT)
    return _ahead(moment, given.begins_at, given.zone)


def _ahead(moment: Moment, local: datetime, zone: str) -> DateTime:
    begins = pendulum.instance(local.replace(tzinfo=None), tz=zone)
    if begins <= moment.now:
        raise _fault("--at", "this time has passed")
    return begins.in_timezone("UTC")


def _fault(where: str, because: str) -> Refused:
    if because == "write interview or test":
        return refuse(
            "write interview or test", rule="examination", where=where, reason=Reason.INPUT
        )
    if because == "there is no such time zone":
        return refuse(
            "there is no such time zone",
            rule="examination",
            cure="Write it as Europe/Paris.",
            where=where,
            reason=Reason.INPUT,
        )
    if because == "this time has passed":
        return refuse(
            "this time has passed",
            rule="examination",
            cure="Choose a later one.",
            where=where,
            reason=Reason.INPUT,
        )
    return refuse(
        "it lasts from 5 to 600 minutes", rule="examination", where=where, reason=Reason.INPUT
    )
