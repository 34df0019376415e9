"""Decisions in writing as pages show them: how each stands, and what a new one may name."""

from __future__ import annotations

from sqlmodel import col, select

from governance.committees.authority import roles_in
from governance.committees.lifecycle import CHAIR, SECRETARY
from governance.committees.models import Committee
from governance.committees.vacancies import vacancies_of
from governance.consultation.models import Consultation
from governance.refusals import say
from governance.web.cases.marks import CONSULTATIONS, result_words
from governance.web.cases.reading import Reading
from governance.web.committees.marks import OFFICES
from governance.web.committees.telling import spoken, title_of
from governance.web.committees.views import WritingRow
from governance.web.desk import Desk
from governance.web.views import Mark, Option

SHOWN = 8


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


def _mark(asked: Consultation) -> Mark:
    if asked.outcome is None:
        return CONSULTATIONS[asked.state]
    result = asked.outcome["result"]
    return Mark("ok" if result in {"carried", "elected"} else "warn", result_words(result))
