"""The clock of a meeting reminds: of proposals, of papers, of who comes, of the quorum.

Whoever is written to is asked for when the time has come, and again when the mail leaves: what
was done meanwhile is not reminded of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pendulum import DateTime
from sqlalchemy import or_
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import only_the_clock
from governance.committees.keepers import officers
from governance.committees.local import local, local_day
from governance.committees.meeting.convening import committee_of, rules_for
from governance.committees.meeting.expecting import BEFORE, expected
from governance.committees.meeting.models import AgendaItem, Meeting, Paper
from governance.committees.meeting.timing import CALL, FORECAST, PAPERS, SOON, proposals_close
from governance.committees.models import Committee, Seat, Sitting
from governance.committees.people import has_address
from governance.people.models import Person
from governance.record import deadlines
from governance.record.models import Outbox
from governance.record.outbox import Notice

WANT_PAPERS = ("decision", "discussion", "consent")
LISTED = ("draft", "circulated", "on_agenda")


@dataclass(frozen=True)
class Passed:
    """An instant of the meeting has come, in the generation that the sweep saw."""

    event: str
    generation: int


@dataclass(frozen=True)
class Reminded:
    """One person, the kind of mail, and what it tells beside the meeting."""

    person: Person
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def passed_body(moment: Moment, meeting: Meeting | None, given: Passed) -> Written[Meeting] | None:
    """Note that an instant has come, and remind whoever has something to do."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    held = deadlines.find(moment.session, ("meeting", meeting.id), given.event)
    if held is None or not held.is_open or held.generation != given.generation:
        return None
    if held.due_at > moment.now:
        return None
    held.is_open = False
    passed: dict[str, Any] = dict(meeting.facts.get("passed", {}))
    passed[given.event] = moment.now.isoformat()
    meeting.facts = {**meeting.facts, "passed": passed}
    facts: dict[str, Any] = {"event": given.event}
    if given.event in REMINDERS and meeting.state in BEFORE:
        facts["reminded"] = _tell(moment, meeting, given)
    return Written(facts, meeting)


PASSED: Verb[Meeting, Passed] = Verb(
    "meeting:by_clock", Meeting, "meeting", only_the_clock, passed_body
)


def _tell(moment: Moment, meeting: Meeting, given: Passed) -> int:
    committee = committee_of(moment.session, meeting)
    told = 0
    for each in REMINDERS[given.event](moment, committee, meeting):
        if not has_address(each.person):
            continue
        told += 1
        moment.tell(
            ("meeting", meeting.id),
            Notice(
                key=f"{given.event}:{meeting.id}:{given.generation}:{each.person.id}",
                person_id=each.person.id,
                template=each.template,
                facts={
                    **_meeting(committee, meeting),
                    "question": dict(ASKS[each.template]),
                    **each.facts,
                },
            ),
        )
    return told


def _meeting(committee: Committee, meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting.id,
        "reference": meeting.reference,
        "sequence": meeting.sequence,
        "title": meeting.title,
        "body": committee.title,
        "starts": local(meeting.starts_at, meeting.zone).isoformat(),
        "ends": local(meeting.ends_at, meeting.zone).isoformat(),
        "zone": meeting.zone,
        "place": meeting.place,
    }


def _of_proposals(moment: Moment, committee: Committee, meeting: Meeting) -> Iterator[Reminded]:
    """Whoever may propose is told until which day; nobody once proposals are closed."""
    rules = rules_for(moment.session, meeting)
    close = proposals_close(moment, committee, meeting, rules)
    if close <= moment.now:
        return
    law = rules.ruling("observers", moment.now.date())
    capacities = ["member"]
    if law is not None and law.value.propose != "no":
        capacities.append("observer")
    last = local_day(close.subtract(microseconds=1), committee.zone).isoformat()
    for person, _ in sitting(moment.session, committee, moment.now, capacities):
        yield Reminded(person, "items_wanted", {"last_day": last})


def _of_papers(moment: Moment, committee: Committee, meeting: Meeting) -> Iterator[Reminded]:
    """Who proposed an item that has no paper yet; the secretary is told of all of them."""
    missing = items_without_papers(moment.session, meeting)
    by_person: dict[str, list[AgendaItem]] = {}
    for each in missing:
        if each.proposed_by:
            by_person.setdefault(each.proposed_by, []).append(each)
    keepers = {each.id: each for each in officers(moment.session, committee, moment.now, SECRETARY)}
    for keeper in keepers.values() if missing else ():
        yield Reminded(keeper, "papers_wanted", {"missing": [_said(each) for each in missing]})
    for key, items in by_person.items():
        person = moment.session.get(Person, key)
        if person is not None and key not in keepers:
            yield Reminded(person, "papers_wanted", {"missing": [_said(each) for each in items]})


def _said(item: AgendaItem) -> dict[str, Any]:
    return {"number": item.number, "title": item.title}


def items_without_papers(session: Session, meeting: Meeting) -> list[AgendaItem]:
    """Items that stand on the agenda, want a paper, and have none; standing items want none."""
    papers = select(Paper.item_id).where(
        col(Paper.meeting_id) == meeting.id, col(Paper.item_id).is_not(None)
    )
    query = select(AgendaItem).where(
        col(AgendaItem.meeting_id) == meeting.id,
        col(AgendaItem.state).in_(LISTED),
        col(AgendaItem.category).in_(WANT_PAPERS),
        col(AgendaItem.origin).not_in(("standing", "carried")),
        col(AgendaItem.id).not_in(papers),
    )
    return list(session.exec(query.order_by(col(AgendaItem.position))))


def _of_quorum(moment: Moment, committee: Committee, meeting: Meeting) -> Iterator[Reminded]:
    """Chair and secretary have the forecast; who has said nothing is asked whether they come."""
    found = expected(moment.session, meeting)
    numbers = {
        "certain": found.certain,
        "expected": found.expected,
        "needed": found.needed,
        "silent": len(found.silent),
    }
    told = officers(moment.session, committee, moment.now, (*SECRETARY, *CHAIRS))
    for person in told:
        yield Reminded(person, "quorum_forecast", numbers)
    known = {each.id for each in told}
    for person, seat in sitting(moment.session, committee, meeting.starts_at, ["member"]):
        if seat in found.silent and person.id not in known:
            yield Reminded(person, "attendance_wanted")


SECRETARY, CHAIRS = ("secretary",), ("chair", "acting_chair")
REMINDERS: Mapping[str, Callable[[Moment, Committee, Meeting], Iterable[Reminded]]] = {
    CALL: _of_proposals,
    SOON: _of_proposals,
    PAPERS: _of_papers,
    FORECAST: _of_quorum,
}
ASKS: Mapping[str, Mapping[str, str]] = {
    "items_wanted": {"en": "Items for the agenda", "fr": "Points pour l’ordre du jour",
                     "es": "Puntos para el orden del día", "ar": "بنود لجدول الأعمال"},
    "papers_wanted": {"en": "Papers that are missing", "fr": "Documents manquants",
                      "es": "Documentos que faltan", "ar": "وثائق ناقصة"},
    "attendance_wanted": {"en": "Do you attend the meeting?", "es": "¿Asistirá a la reunión?",
                          "ar": "هل تحضرون الاجتماع؟",
                          "fr": "Assistez-vous à la réunion\N{NO-BREAK SPACE}?"},
    "quorum_forecast": {"en": "The quorum to be expected", "fr": "Le quorum prévisible",
                        "es": "El quórum previsible", "ar": "النصاب المتوقع"},
}  # fmt: skip


def unwanted(session: Session, row: Outbox) -> str:
    """Why a reminder of a meeting is not sent after all; empty where it is."""
    if row.template not in ASKS:
        return ""
    meeting = session.get_one(Meeting, row.subject_id)
    if meeting.state not in BEFORE:
        return "the meeting has begun, or does not take place"
    if meeting.sequence != row.facts["sequence"]:
        return "the meeting was moved"
    if row.template == "papers_wanted" and not items_without_papers(session, meeting):
        return "the papers are there"
    if row.template == "attendance_wanted":
        mine = select(Seat.key).join(Sitting, col(Sitting.seat_id) == col(Seat.id))
        seats = session.exec(
            mine.where(
                col(Sitting.person_id) == row.person_id,
                col(Sitting.committee_id) == meeting.committee_id,
            )
        )
        if not set(seats) & set(expected(session, meeting).silent):
            return "the answer is there"
    return ""


def sitting(
    session: Session, committee: Committee, at: DateTime, capacities: Iterable[str]
) -> list[tuple[Person, str]]:
    """Who holds the seats of these capacities at an instant, each with the key of the seat."""
    query = (
        select(Person, Seat.key)
        .join(Sitting, col(Sitting.person_id) == col(Person.id))
        .join(Seat, col(Seat.id) == col(Sitting.seat_id))
        .where(
            col(Sitting.committee_id) == committee.id,
            col(Sitting.role) == "holder",
            col(Seat.capacity).in_(list(capacities)),
            col(Sitting.since) <= at,
            or_(col(Sitting.until).is_(None), col(Sitting.until) > at),
        )
        .order_by(col(Seat.position), col(Seat.key))
    )
    return list(session.exec(query).all())
