"""The year of a body: meetings, attendance, decisions, actions, seats; as a page and as a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pendulum
from sqlmodel import col, func, select
from starlette.responses import Response
from starlette.routing import Route

from governance.committees.after.models import Decision
from governance.committees.after.report import annual_report
from governance.committees.after.telling import decisions_seen
from governance.committees.meeting.models import Meeting
from governance.committees.models import Committee, Seat
from governance.committees.queries import body_by_key
from governance.refusals import Reason, refuse, say
from governance.web import sheets
from governance.web.cases.reading import Reading
from governance.web.committees.decision_papers import common, decision_text
from governance.web.committees.telling import reading_of, seat_words, spoken, title_of
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Fact, Words
from governance.web.words import LANGUAGES

FIRST, LAST = 1900, 2200
Plain = dict[str, Any]


@dataclass(frozen=True)
class SeatOfYear:
    """At how many of the meetings held somebody was there for a seat."""

    seat: str
    present: int
    of: int


@dataclass(frozen=True)
class YearPage:
    """The year of a body in numbers, with its paper in each language."""

    body: Fact
    year: int
    facts: tuple[Fact, ...]
    attendance: tuple[SeatOfYear, ...]
    documents: tuple[Fact, ...]
    before: str
    after: str


def show(desk: Desk) -> Response:
    """The page; this year where none is named."""
    with reading_of(desk) as reading:
        committee = body_by_key(reading.session, desk.me, desk.path["key"], reading.now)
        told = desk.request.query_params.get("year", "")
        here = reading.now.in_timezone(committee.zone).year
        year = _year(told) if told else here
        report = annual_report(reading.session, desk.me, reading.now, committee, year)
        base = f"/committees/{committee.key}/report"
        seats = _seats(reading, committee)
        page = YearPage(
            body=Fact(say("Body"), title_of(reading, committee), f"/committees/{committee.key}"),
            year=year,
            facts=tuple(_facts(report)),
            attendance=tuple(
                SeatOfYear(seats.get(each["seat"], each["seat"]), each["present"], each["of"])
                for each in report["attendance"]
                if each["capacity"] == "member"
            ),
            documents=tuple(
                Fact(say("Annual report"), name, f"{base}/{year}.{language}", note=language)
                for language, name in LANGUAGES.items()
            ),
            before=f"{base}?year={year - 1}" if year > FIRST else "",
            after=f"{base}?year={year + 1}" if year < here else "",
        )
    return desk.page("committee_year", page)


def _year(told: str) -> int:
    if told.isdecimal() and len(told) == len("2026") and FIRST <= int(told) <= LAST:
        return int(told)
    raise refuse(
        "there is no such year",
        rule="year_is_known",
        cure="Write a year such as 2026.",
        where="year",
        reason=Reason.MISSING,
    )


def _facts(report: Plain) -> Iterator[Fact]:
    meetings, actions = report["meetings"], report["actions"]
    held = say("{held} of {planned}", held=meetings["held"], planned=meetings["planned"])
    yield Fact(say("Meetings held"), held)
    yield Fact(say("Decisions taken"), str(report["decisions"]["taken"]))
    yield Fact(say("Actions opened"), str(actions["opened"]))
    yield Fact(say("Actions ended"), str(actions["ended"]))
    yield Fact(say("Actions open at the end"), str(actions["open_at_end"]))
    members = report["balance"].get("member", {})
    yield Fact(
        say("Member seats held today"),
        say("{held} of {planned}", held=_held(members), planned=sum(members.values())),
    )


def _held(members: dict[str, int]) -> int:
    return sum(count for state, count in members.items() if state != "vacant")


def show_paper(desk: Desk) -> Response:
    """The annual report as a paper; closed decisions are not in it."""
    language, form = sheets.asked_for(desk)
    year = _year(desk.path["year"])
    with reading_of(desk) as own:
        reading = replace(own, language=language)
        committee = body_by_key(reading.session, desk.me, desk.path["key"], reading.now)
        report = annual_report(reading.session, desk.me, reading.now, committee, year)
        today = reading.now.in_timezone(committee.zone).date()
        facts = {
            **common(reading, committee),
            "reference": f"{committee.key.upper()}/{year}/REP",
            "date": today.isoformat(),
            "year": year,
            "addressed_to": _parent(reading, committee),
            "article": reading.said(say("the mandate of the body")),
            "summary": [
                reading.said(each) for each in _summary(report, _seats(reading, committee))
            ],
            "members": _held(report["balance"].get("member", {})),
            "changes": [],
            "meetings": list(_meetings(reading, report)),
            "decisions": [
                decision_text(reading, committee.zone, each)
                for each in _open_decisions(desk, reading, committee, report)
            ],
            "actions_done": report["actions"]["ended"],
            "actions_open": report["actions"]["open_at_end"],
            "outlook": [reading.said(_next(reading, committee))],
        }
    paper = sheets.Paper("annual_report", facts, today, f"{committee.key}-{year}-report")
    return sheets.drawn(desk, paper, language, form)


def _parent(reading: Reading, committee: Committee) -> str:
    parent = reading.session.get(Committee, committee.parent_id) if committee.parent_id else None
    if parent is not None:
        return spoken(parent.title, reading.language) or parent.key
    return reading.rulebook.organisation.title.say(reading.language)


def _seats(reading: Reading, committee: Committee) -> dict[str, str]:
    """The seats of a body by key, as they are called."""
    query = select(Seat).where(col(Seat.committee_id) == committee.id)
    return {each.key: seat_words(each, reading.language) for each in reading.session.exec(query)}


def _summary(report: Plain, called: Mapping[str, str]) -> Iterator[Words]:
    meetings, actions = report["meetings"], report["actions"]
    yield say(
        "Meetings held: {held} of {planned}. Decisions taken: {decisions}. Actions opened: "
        "{opened}, ended: {ended}.",
        held=meetings["held"],
        planned=meetings["planned"],
        decisions=report["decisions"]["taken"],
        opened=actions["opened"],
        ended=actions["ended"],
    )
    seats = [each for each in report["attendance"] if each["capacity"] == "member" and each["of"]]
    if seats:
        told = ", ".join(
            f"{called.get(each['seat'], each['seat'])} {each['present']}/{each['of']}"
            for each in seats
        )
        yield say("Attendance by seat: {told}.", told=told)


def _meetings(reading: Reading, report: Plain) -> Iterator[Plain]:
    references = [each["reference"] for each in report["meetings"]["list"]]
    query = select(Meeting).where(col(Meeting.reference).in_(references))
    held = [each for each in reading.session.exec(query) if each.opened_at is not None]
    counted = (
        select(Decision.meeting_id, func.count())
        .where(col(Decision.meeting_id).in_([each.id for each in held]))
        .group_by(col(Decision.meeting_id))
    )
    decided = dict(reading.session.exec(counted).all())
    for each in sorted(held, key=lambda meeting: meeting.starts_at):
        yield {
            "title": spoken(each.title, reading.language) or each.reference,
            "when": each.starts_at.in_timezone(each.zone).date().isoformat(),
            "present": int(each.quorum.get("counted") or each.quorum.get("present") or 0),
            "decisions": decided.get(each.id, 0),
        }


def _open_decisions(
    desk: Desk, reading: Reading, committee: Committee, report: Plain
) -> list[Decision]:
    numbers = [each["number"] for each in report["decisions"]["list"]]
    wanted = (col(Decision.committee_id) == committee.id) & col(Decision.number).in_(numbers)
    seen = decisions_seen(reading.session, desk.me, reading.now, wanted)
    return sorted((e for e in seen if e.access == "open"), key=lambda each: each.taken_at)


def _next(reading: Reading, committee: Committee) -> Words:
    query = select(Meeting.starts_at).where(
        col(Meeting.committee_id) == committee.id,
        col(Meeting.starts_at) > reading.now,
        col(Meeting.state).in_(("planned", "convened", "circulated")),
    )
    coming = reading.session.exec(query.order_by(col(Meeting.starts_at))).first()
    if coming is None:
        return say("No meeting is planned yet.")
    return say(
        "The next meeting is planned for {day}.", day=reading.day_of(pendulum.instance(coming))
    )


routes = [
    Route("/committees/{key}/report", for_the_signed_in(show), methods=["GET"]),
    Route(
        "/committees/{key}/report/{year}.{language}.{form}",
        for_the_signed_in(show_paper),
        methods=["GET"],
    ),
]
