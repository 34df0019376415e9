"""The page of a meeting: agenda, roll with its quorum, motions, and what may be done now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response
from starlette.routing import Route

from governance.committees.authority import seats_of
from governance.committees.lifecycle import CHAIR, MEMBER, SECRETARY
from governance.committees.local import local_day
from governance.committees.meeting.convening import rules_for
from governance.committees.meeting.expecting import expected, replies_of
from governance.committees.meeting.late_items import admission_of, admission_told
from governance.committees.meeting.lifecycle import ItemLifecycle
from governance.committees.meeting.models import Meeting
from governance.committees.minutes.models import Minutes
from governance.committees.rules import QuorumCount
from governance.lifecycle import ways_on
from governance.refusals import Finding, Sentence, say
from governance.web.cases.reading import Reading
from governance.web.committees import marks, meeting_marks
from governance.web.committees.in_writing import offices_of, vacant_of
from governance.web.committees.meeting_links import papers_of
from governance.web.committees.meeting_offers import acts_for, motion_row
from governance.web.committees.meeting_opened import Opened, open_meeting
from governance.web.committees.meeting_roll import BEFORE, ROLL, quorum_mark, roll_of
from governance.web.committees.meeting_views import (
    ItemRow,
    MeetingPage,
    MotionRow,
    ScreenPage,
    SpeakerRow,
)
from governance.web.committees.telling import instant, reading_of, seat_words, title_of
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import EMPTY, Fact, Filled, Option, Words

DONE = frozenset({"recorded", "withdrawn", "ruled_out", "lapsed", "tabled", "referred", "annulled"})


def show(desk: Desk) -> Response:
    """The page."""
    return desk.page("meeting", page_of(desk))


def show_screen(desk: Desk) -> Response:
    """The page for the room."""
    with reading_of(desk) as reading:
        page = _screen(reading, open_meeting(desk, reading))
    return desk.page("meeting_screen", page)


def page_of(desk: Desk, refused: tuple[Finding, ...] = (), filled: Filled = EMPTY) -> MeetingPage:
    """The page's view; after a refused act with every reason and what was typed."""
    with reading_of(desk) as reading:
        at = open_meeting(desk, reading)
        meeting, runs = at.meeting, bool(at.roles & {SECRETARY, CHAIR})
        in_session = meeting.state == "in_session"
        planned = sum(each.minutes for each in at.items if each.state not in meeting_marks.OUT)
        length = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
        minutes = reading.session.exec(
            select(Minutes).where(col(Minutes.meeting_id) == meeting.id)
        ).first()
        return MeetingPage(
            title=reading.text(meeting.title, meeting.reference),
            reference=meeting.reference,
            href=f"/meetings/{meeting.id}",
            body=Fact(
                say("Body"), title_of(reading, at.committee), f"/committees/{at.committee.key}"
            ),
            mark=marks.MEETINGS[meeting.state],
            at=instant(at.committee, meeting.starts_at),
            facts=tuple(_facts(reading, at)),
            acts=acts_for(meeting, at.roles),
            items=tuple(_items(reading, at)),
            budget=say("{planned} of {length} minutes are planned", planned=planned, length=length),
            over_budget=planned > length,
            roll=tuple(roll_of(reading, at)),
            quorum=_counted(at.count),
            quorum_mark=quorum_mark(at),
            working=tuple(at.count.working),
            motions=tuple(_motions(at, desk.language, runs=runs and in_session)),
            speakers=tuple(_speakers(at, desk.language)),
            current=meeting.current_item or "",
            seats=_seats(at, desk.language),
            in_session=in_session,
            **_elections(reading, at, runs=runs and in_session),
            may_run=runs and meeting.state in ROLL,
            may_propose=meeting.state in BEFORE and bool(at.roles & {SECRETARY, CHAIR, MEMBER}),
            may_order=runs and meeting.state in BEFORE,
            early=_early(reading, meeting) if runs else "",
            needs_urgency=any(each.rule == "notice_is_in_time" for each in refused),
            minutes_href=f"/minutes/{minutes.id}" if minutes else "",
            screen_href=f"/meetings/{meeting.id}/screen" if runs else "",
            documents=tuple(papers_of(reading, meeting)),
            **_expected(desk, reading, at),
            done=say("It is recorded.") if "done" in desk.request.query_params else "",
            refused=refused,
            filled=filled,
        )


def _counted(count: QuorumCount) -> Sentence:
    return say(
        "{counted} present, {needed} needed of {base}",
        counted=count.counted,
        needed=count.needed,
        base=count.base,
    )


def _motions(at: Opened, language: str, *, runs: bool) -> Iterator[MotionRow]:
    for each in at.motions:
        yield motion_row(each, at.items, at.room, runs=runs, roles=at.roles, language=language)


def _elections(reading: Reading, at: Opened, *, runs: bool) -> dict[str, Any]:
    """What the forms of motions and elections offer."""
    return {
        "vacant": vacant_of(reading, at.committee) if runs else (),
        "offices": offices_of(),
        "kinds": tuple(
            Option(each, meeting_marks.MOTION_KINDS[each]) for each in meeting_marks.ENTERED
        ),
    }


def _expected(desk: Desk, reading: Reading, at: Opened) -> dict[str, Any]:
    """What the reader said of coming; for chair and secretary the quorum to be expected."""
    if at.meeting.state not in BEFORE:
        return {}
    mine = seats_of(reading.session, at.committee.id, desk.me.person_id or "", reading.now)
    said = replies_of(at.meeting)
    answers = {said.get(each.key) for each in mine}
    words: Words = say("You have said that you come.") if True in answers else ""
    if False in answers:
        words = say("You have said that you do not come.")
    runs = at.roles & {SECRETARY, CHAIR}
    working = expected(reading.session, at.meeting, at.room).working if runs else ()
    return {"may_reply": bool(mine), "reply": words, "forecast": working}


def _facts(reading: Reading, at: Opened) -> Iterator[Fact]:
    meeting = at.meeting
    if meeting.place:
        yield Fact(say("Place"), meeting.place)
    if meeting.convened_at is not None:
        yield Fact(say("Convened"), reading.day_of(meeting.convened_at))
    if meeting.circulated_at is not None:
        yield Fact(say("Agenda circulated"), reading.day_of(meeting.circulated_at))
    if meeting.planned_for != meeting.starts_at:
        yield Fact(say("Was planned for"), reading.day_of(meeting.planned_for))
    if meeting.second_call:
        yield Fact(say("Call"), say("second call, with its own quorum"))
    missing = _missing_languages(at)
    if missing:
        names = reading.listed(f"{key} ({reading.tongue(tongue)})" for key, tongue in missing)
        yield Fact(say("Translations missing"), names)


def _missing_languages(at: Opened) -> list[tuple[str, str]]:
    """Papers that are not there in every working language of the body."""
    there: dict[str, set[str]] = {}
    for paper in at.papers:
        there.setdefault(paper.key, set()).add(paper.language)
    return [
        (key, tongue)
        for key, tongues in sorted(there.items())
        for tongue in at.committee.languages
        if tongue not in tongues
    ]


def _items(reading: Reading, at: Opened) -> Iterator[ItemRow]:
    shown = [each for each in at.items if at.roles or each.access == "open"]
    movable = at.meeting.state in BEFORE and bool(at.roles & {SECRETARY, CHAIR})
    rules = rules_for(reading.session, at.meeting)
    votes = admission_of(rules, at.meeting).by == "body"
    runs = bool(at.roles & {SECRETARY, CHAIR})
    for place, each in enumerate(shown):
        waits = each.is_late and each.state == "proposed"
        steps = tuple(
            Option(event, meeting_marks.ITEM_STEPS[event])
            for event in ways_on(ItemLifecycle, each.state)
            if event in meeting_marks.ITEM_STEPS
            and at.roles & ItemLifecycle.authority[event]
            and _is_time_for(at.meeting, event)
            and not (waits and votes and event in {"accept", "admit_late"})
            and (waits or event != "admit_late")
        )
        yield ItemRow(
            id=each.id,
            number=each.number,
            title=reading.text(each.title, "–"),
            mark=meeting_marks.ITEMS[each.state],
            category=meeting_marks.CATEGORIES.get(each.category, each.category),
            minutes=each.minutes,
            closed=each.access != "open",
            current=each.id == at.meeting.current_item,
            late=each.is_late,
            steps=steps,
            papers=tuple(
                f"{paper.title} ({paper.language}, v{paper.version})"
                for paper in at.papers
                if paper.item_id == each.id
            ),
            note=each.because or (admission_told(rules, at.meeting) if waits else ""),
            to_meeting=waits and votes and runs and at.meeting.state == "in_session",
            may_rise=movable and place > 0,
            may_sink=movable and place < len(shown) - 1,
        )


def _is_time_for(meeting: Meeting, event: str) -> bool:
    """Before a session items come and go; in session they are opened and dealt with."""
    in_session = {"open", "decide", "close", "refer"}
    return (event in in_session) == (meeting.state == "in_session") or event in {
        "withdraw",
        "defer",
        "strike",
        "admit_late",
    }


def _early(reading: Reading, meeting: Meeting) -> Words:
    """What is said beside the button that opens it, before its day has come."""
    if meeting.state not in {"convened", "circulated"}:
        return ""
    if local_day(reading.now, meeting.zone) >= local_day(meeting.starts_at, meeting.zone):
        return ""
    day = reading.day(local_day(meeting.starts_at, meeting.zone))
    return say("It is planned for {day}: opened now, it opens before its day.", day=day)


def _speakers(at: Opened, language: str) -> Iterator[SpeakerRow]:
    for each in at.notes:
        if each.ended_at is None:
            since = each.began_at or each.at
            yield SpeakerRow(
                id=each.id,
                name=each.name or seat_words(at.room.seats.get(each.seat_id or ""), language),
                since=since.in_timezone(at.meeting.zone).format("HH:mm"),
                speaks=each.began_at is not None,
            )


def _seats(at: Opened, language: str) -> tuple[Option, ...]:
    here = at.room.presence().seats
    return (
        Option("", say("nobody")),
        *(
            Option(each.key, seat_words(each, language))
            for each in sorted(at.room.seats.values(), key=lambda seat: seat.position)
            if each.key in here
        ),
    )


def _screen(reading: Reading, at: Opened) -> ScreenPage:
    current = next((each for each in at.items if each.id == at.meeting.current_item), None)
    shown = current is not None and current.access == "open"
    motion = next(
        (
            each
            for each in reversed(at.motions)
            if shown and current and each.item_id == current.id and each.state not in DONE
        ),
        None,
    )
    row = motion_row(motion, at.items, at.room, runs=False, roles=frozenset()) if motion else None
    speaker = next((each for each in _speakers(at, reading.language) if each.speaks), None)
    coming = [
        each
        for each in at.items
        if each.access == "open" and each.state in {"draft", "circulated", "on_agenda"}
    ]
    title: Words = say("No item is open")
    if current is not None:
        title = reading.text(current.title, "–") if shown else say("Closed item")
    return ScreenPage(
        body=title_of(reading, at.committee),
        reference=at.meeting.reference,
        at=instant(at.committee, reading.now),
        item=title,
        number=current.number if current else "",
        text=motion.text if motion else "",
        result=row.proposed or row.mark.words if row else "",
        votes=row.votes if row else "",
        speaker=speaker.name if speaker and shown else "",
        quorum=say("{n} present", n=at.count.counted),
        next_items=tuple(
            f"{each.number} {reading.text(each.title, '–')}".strip() for each in coming[:3]
        ),
    )


routes = [
    Route("/meetings/{id}", for_the_signed_in(show), methods=["GET"]),
    Route("/meetings/{id}/screen", for_the_signed_in(show_screen), methods=["GET"]),
]
