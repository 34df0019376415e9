"""Minutes circulate: the window opens for everybody entitled, and corrections come as proposals.

It is a consultation whose answers are amendments. Nobody stops it by asking for a correction:
everybody has the whole window. What came is settled afterwards, one proposal after the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import COMMITTEE_SECRETARY, by
from governance.committees.calendars import calendar_key, day_of
from governance.committees.meeting.models import Attendance, Meeting
from governance.committees.minutes.checking import unsettled
from governance.committees.minutes.drafting import text_of
from governance.committees.minutes.lifecycle import MinutesLifecycle
from governance.committees.minutes.models import Minutes
from governance.committees.minutes.rules import Checked
from governance.committees.minutes.text import written
from governance.committees.models import Committee, Seat, Sitting
from governance.consultation.models import AMENDMENTS
from governance.consultation.opening import Asked, Question, open_consultation
from governance.lifecycle import fire
from governance.people.models import Person
from governance.refusals import refuse
from governance.rulebook.proceedings.law import Proceedings, Ruling
from governance.rulebook.proceedings.meetings import Reminders

STEP = "correction"
IN_ALL: Mapping[str, Mapping[str, str]] = {
    "question": {
        "en": "Do you ask for corrections to these minutes?",
        "fr": "Demandez-vous des rectifications à ce procès-verbal\N{NO-BREAK SPACE}?",
        "es": "¿Solicita correcciones a esta acta?",
        "ar": "هل تطلبون تصويبات على هذا المحضر؟",
    },
    "none": {
        "en": "No correction",
        "fr": "Aucune rectification",
        "es": "Ninguna corrección",
        "ar": "لا تصويب",
    },
    "correct": {
        "en": "I ask for corrections",
        "fr": "Je demande des rectifications",
        "es": "Solicito correcciones",
        "ar": "أطلب تصويبات",
    },
}
WINDOW_ARTICLE = "the body's rules of procedure, correction of minutes"


@dataclass(frozen=True)
class Circulated:
    """Minutes go out; `note` says what changed where they go out again."""

    note: str = ""


def circulate_body(moment: Moment, minutes: Minutes | None, given: Circulated) -> Written[Minutes]:
    """Every finding is cured or waived; the text is frozen; the window opens with dispatch."""
    return _out(moment, minutes, given, "circulate")


def recirculate_body(
    moment: Moment, minutes: Minutes | None, given: Circulated
) -> Written[Minutes]:
    """Corrections of substance are shown to everybody, who may ask for corrections again."""
    return _out(moment, minutes, given, "recirculate")


def _committee(minutes: Minutes) -> str:
    return minutes.committee_id


CIRCULATE: Verb[Minutes, Circulated] = Verb(
    "minutes:circulate",
    Minutes,
    "minutes",
    by(MinutesLifecycle, "circulate", _committee),
    circulate_body,
)
RECIRCULATE: Verb[Minutes, Circulated] = Verb(
    "minutes:recirculate",
    Minutes,
    "minutes",
    by(MinutesLifecycle, "recirculate", _committee),
    recirculate_body,
)


def _out(
    moment: Moment, minutes: Minutes | None, given: Circulated, event: str
) -> Written[Minutes]:
    assert minutes is not None  # noqa: S101 -- the door locks the subject first
    open_findings = len(unsettled(moment.session, minutes))
    minutes.state = fire(MinutesLifecycle, minutes.state, event, Checked(open_findings))
    committee = moment.session.get_one(Committee, minutes.committee_id)
    meeting = moment.session.get_one(Meeting, minutes.meeting_id)
    asked = entitled(moment, committee, meeting)
    if not asked:
        raise refuse(
            "nobody sits in the body who could ask for a correction",
            rule="somebody_is_asked",
            cure="Seat the members first, or let the body adopt the minutes in session.",
        )
    minutes.round += 1
    minutes.circulated_at = moment.now
    text = text_of(moment.session, minutes.id, minutes.version)
    opened = open_consultation(
        moment,
        Question(
            owner=("minutes", minutes.id),
            step_key=STEP,
            round=minutes.round,
            reference=meeting.reference,
            question=dict(IN_ALL["question"]),
            asked_by=moment.actor.person_id,
            rule=_rule(law_of(meeting), day_of(committee, moment.now)),
            level="session",
            content={
                "about": meeting.id,
                "note": given.note,
                "text": [
                    {"anchor": each.anchor, "text": each.text} for each in written(text.blocks)
                ],
                "title": meeting.title,
                "version": minutes.version,
            },
            asked=asked,
            form=AMENDMENTS,
        ),
    )
    minutes.consultation_id = opened.id
    return Written(
        {
            "asked": [each.person_id for each in asked],
            "consultation": opened.id,
            "round": minutes.round,
            "sha256": text.sha256,
            "version": minutes.version,
        },
        minutes,
    )


def law_of(meeting: Meeting) -> Proceedings:
    """The rules of procedure that the meeting is under, as they were when it was convened."""
    return Proceedings.model_validate(meeting.rules)


def ruling_of(law: Proceedings, name: str, on: date) -> Ruling[Any] | None:
    """What holds on a day; None where the rules say nothing."""
    return law.ruling(name, on)


def _rule(law: Proceedings, today: date) -> dict[str, Any]:
    window = ruling_of(law, "correction_window", today)
    within: dict[str, Any] = dict(window.value.plain) if window else {"days": 7}
    article = str(window.article) if window else WINDOW_ARTICLE
    ahead = ruling_of(law, "reminders", today)
    remind = list((ahead.value if ahead else Reminders()).corrections)
    return {
        "kind": "advice",
        "article": article,
        "positions": [{"key": "none"}, {"key": "correct"}],
        "on_late": "tacit",
        "within": {**within, "on_late": "tacit", "remind": remind},
        "may_change": True,
        "early_close": False,
        "stewards": [COMMITTEE_SECRETARY],
        "titles": {"none": dict(IN_ALL["none"]), "correct": dict(IN_ALL["correct"])},
    }


def entitled(moment: Moment, committee: Committee, meeting: Meeting) -> tuple[Asked, ...]:
    """Who may ask for corrections: the members who sit, or those who were present."""
    window = ruling_of(law_of(meeting), "correction_window", day_of(committee, moment.now))
    who = window.value.by if window else "members"
    seats = _sitting(moment.session, committee.id, moment)
    present = _present(moment.session, meeting.id) if who != "members" else set()
    found: dict[str, Asked] = {}
    for seat, person in seats:
        if who == "members" or seat.id in present or person.id in present:
            found.setdefault(
                person.id, Asked(person.id, "member", calendar_key(committee), seat=seat.key)
            )
    return tuple(found.values())


def _sitting(session: Session, committee_id: str, moment: Moment) -> list[tuple[Seat, Person]]:
    query = (
        select(Seat, Person)
        .join(Sitting, col(Sitting.seat_id) == col(Seat.id))
        .join(Person, col(Person.id) == col(Sitting.person_id))
        .where(
            col(Seat.committee_id) == committee_id,
            col(Seat.capacity) == "member",
            col(Sitting.role) == "holder",
            col(Sitting.since) <= moment.now,
            or_(col(Sitting.until).is_(None), col(Sitting.until) > moment.now),
        )
        .order_by(col(Seat.position), col(Seat.key))
    )
    return list(session.exec(query))


def _present(session: Session, meeting_id: str) -> set[str | None]:
    query = select(Attendance.seat_id, Attendance.person_id).where(
        col(Attendance.meeting_id) == meeting_id, col(Attendance.came_at).is_not(None)
    )
    return {each for row in session.exec(query) for each in row}
