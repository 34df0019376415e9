"""The page of one case: where it is, what to do now, and everything known of it."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.queries import CaseFile, case_by_reference, record_of, sees_all
from governance.consultation.queries import Put, of_owner_for
from governance.refusals import Refused
from governance.web.case_views import CasePage
from governance.web.cases.asked import done, is_going_on, may_act, opened, status_of
from governance.web.cases.fill_asked import asked_of
from governance.web.cases.fill_case import case_page
from governance.web.cases.fill_record import happened_of, namer
from governance.web.cases.fill_work import Looking, ticked
from governance.web.cases.reading import Reading
from governance.web.desk import Desk, for_the_signed_in

LAST = 6
MOST_LOOKS = 6


def show(desk: Desk) -> Response:
    """The case, as far as the reader may see it."""
    return desk.page("appointment", _page(desk))


def again(desk: Desk, refused: Refused) -> Response:
    """The case after an act that was refused: every reason, and what was typed."""
    page = replace(_page(desk), refused=refused.findings, filled=desk.filled(), done="")
    page = replace(page, work=ticked(page.work, {*desk.texts("all"), *desk.texts("check")}))
    return desk.page("appointment", page, status=status_of(refused))


def _page(desk: Desk) -> CasePage:
    asked = desk.request.query_params
    first = asked.get("first", "")[:6]
    looking = Looking(
        asked.get("find", "")[:100].strip(),
        int(first) if first.isdecimal() else 0,
        everybody=asked.get("select") == "all",
    )
    with opened(desk) as (file, reading):
        if not sees_all(desk.me):
            return _own_part(desk, file, reading)
        page = case_page(file, reading, acts=may_act(desk), looking=looking)
        entries = record_of(reading.session, desk.me, file.case.reference)[-LAST:]
        names = namer(file, reading, entries)
        happened = tuple(happened_of(each, names) for each in reversed(entries))
    going_on = is_going_on(desk, file.case.id)
    again = _again(desk, page.href) if going_on else ""
    return replace(page, happened=happened, done=done(desk), going_on=going_on, again=again)


def _again(desk: Desk, href: str) -> str:
    """Where the page looks again by itself, a few times after an act and then no more."""
    asked = desk.request.query_params
    times = len(asked.get("again", "")) + 1
    if not done(desk) or times > MOST_LOOKS:
        return ""
    return f"{href}?done={asked['done']}&again={'.' * times}"


def _own_part(desk: Desk, file: CaseFile, reading: Reading) -> CasePage:
    """For somebody who was asked: where the case stands, and their own questions."""
    case = case_by_reference(reading.session, desk.me, file.case.reference)
    mine = of_owner_for(reading.session, desk.me, ("case", case.id))
    own = replace(file, candidates=(), documents=(), unsent=(), stuck="", consultations=())
    page = case_page(own, reading, acts=False)
    said = tuple(asked_of(_only_mine(put, desk), file, reading) for put in mine)
    return replace(page, asked=said, weighed=(), checks=(), next_act=None, own_part=True)


def _only_mine(put: Put, desk: Desk) -> Put:
    mine = tuple(each for each in put.asked if each.person.id == desk.me.person_id)
    return replace(put, asked=mine)


routes = [Route("/appointments/{reference}", for_the_signed_in(show), methods=["GET"])]
