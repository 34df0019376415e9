"""The record of a case, in words."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session
from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.queries import CaseFile, record_of, sees_all
from governance.consultation.queries import of_owner_for
from governance.record import chain
from governance.record.models import Entry
from governance.web.cases.asked import opened
from governance.web.cases.fill_record import namer, record_page, verdict_of
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Mark


def show(desk: Desk) -> Response:
    """Who did what, and whether every chain of the case holds."""
    with opened(desk) as (file, reading):
        entries = record_of(reading.session, desk.me, file.case.reference)
        shown = file
        verdict = _verified(reading.session, {each.chain for each in entries})
        if not sees_all(desk.me):
            shown, entries = _own_part(desk, reading.session, file, entries)
        head = next((e.hash for e in reversed(entries) if e.chain == f"case:{file.case.id}"), "")
        page = record_page(
            namer(shown, reading, entries, all_names=shown is file), entries, verdict, head
        )
    return desk.page("record", page)


def _own_part(
    desk: Desk, session: Session, file: CaseFile, entries: list[Entry]
) -> tuple[CaseFile, list[Entry]]:
    """For somebody who was asked: the case and their own questions, no candidate by name."""
    mine = of_owner_for(session, desk.me, ("case", file.case.id))
    shown = {f"case:{file.case.id}", *(f"consultation:{put.consultation.id}" for put in mine)}
    own = replace(file, candidates=(), consultations=tuple(mine))
    return own, [each for each in entries if each.chain in shown]


def _verified(session: Session, chains: set[str]) -> Mark:
    told = [chain.verify(session, each) for each in sorted(chains)]
    faults = [fault for _, found in told for fault in found]
    return verdict_of(sum(count for count, _ in told), faults, len(chains))


routes = [Route("/appointments/{reference}/record", for_the_signed_in(show), methods=["GET"])]
