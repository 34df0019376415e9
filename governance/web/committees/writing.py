"""Decisions in writing on the page of a body: what was put, how it stands, a form to put one."""

from __future__ import annotations

from sqlmodel import col, select
from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.committees.authority import roles_in
from governance.committees.lifecycle import CHAIR, SECRETARY
from governance.committees.models import Committee
from governance.committees.queries import body_by_key
from governance.committees.vacancies import vacancies_of
from governance.committees.written import OPEN, InWriting
from governance.consultation.models import Consultation
from governance.refusals import Refused, say
from governance.web.cases.marks import CONSULTATIONS, result_words
from governance.web.cases.reading import Reading
from governance.web.committees.marks import OFFICES
from governance.web.committees.telling import lines_of, spoken, title_of
from governance.web.committees.views import WritingRow
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Mark, Option

SHOWN = 8
LONGEST = 4


def rows_of(reading: Reading, body: Committee) -> tuple[WritingRow, ...]:
    """What the body was asked in writing, the newest first, each with the way to its count."""
    query = (
        select(Consultation)
        .where(col(Consultation.owner_kind) == "committee", col(Consultation.owner_id) == body.id)
        .order_by(col(Consultation.opened_at).desc())
        .limit(SHOWN)
    )
    return tuple(
        WritingRow(
            reference=each.reference,
            question=reading.text(each.question),
            mark=_mark(each),
            href=f"/consultations/{each.id}/certificate",
        )
        for each in reading.session.exec(query)
    )


def others_of(reading: Reading, body: Committee, desk: Desk) -> tuple[Option, ...]:
    """The other bodies that whoever reads may ask together with this one."""
    query = select(Committee).where(col(Committee.id) != body.id).order_by(col(Committee.key))
    return tuple(
        Option(each.key, title_of(reading, each))
        for each in reading.session.exec(query)
        if roles_in(reading.session, each.id, desk.me, reading.now) & {CHAIR, SECRETARY}
    )


def vacant_of(reading: Reading, body: Committee) -> tuple[Option, ...]:
    """The seats that an election may fill: vacant, or soon to be."""
    found = vacancies_of(None, reading.session, [body], reading.now)
    return tuple(
        Option(each.seat.key, spoken(each.seat.title, reading.language) or each.seat.key)
        for each in found
        if not each.is_under_way
    )


def offices_of() -> tuple[Option, ...]:
    """The offices that an election may fill; none, to begin with."""
    return (Option("", say("none")), *(Option(key, said) for key, said in OFFICES.items()))


def put(desk: Desk) -> Response:
    """Put a question in writing; what was typed is kept where it is refused."""
    from governance.web.committees.actions import again  # noqa: PLC0415 -- the page of the body

    with desk.house.database.reading() as session:
        body = body_by_key(session, desk.me, desk.path["key"], desk.house.clock.now())
    seats = desk.text("seats")
    given = InWriting(
        {desk.language: desk.text("writing-text")},
        by=desk.text("by") or "written",
        title=desk.text("writing-title"),
        organs=desk.texts("organs"),
        candidates=lines_of(desk.text("candidates")),
        seats=int(seats) if seats.isdecimal() and len(seats) < LONGEST else 1,
        for_seats=desk.texts("for_seats"),
        office=desk.text("office"),
        secret=bool(desk.text("secret")),
    )
    try:
        perform(desk.house, desk.me, OPEN, body.id, given)
    except Refused as refused:
        return again(desk, refused)
    return desk.go(f"/committees/{body.key}?done#writing")


def _mark(asked: Consultation) -> Mark:
    if asked.outcome is None:
        return CONSULTATIONS[asked.state]
    result = asked.outcome["result"]
    return Mark("ok" if result in {"carried", "elected"} else "warn", result_words(result))


routes = [Route("/committees/{key}/in-writing", for_the_signed_in(put), methods=["POST"])]
