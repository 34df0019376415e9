"""`/appointments/{reference}/offers`: to whom, by when, under which conditions, who is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pendulum import DateTime
from sqlmodel import col, select
from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.queries import CaseHead
from governance.appointments.service.models import Service
from governance.appointments.service.offers import MEET, Met
from governance.appointments.service.telling import tell_next, tell_offers
from governance.refusals import Refused, say
from governance.web.cases.asked import act, after, headed, may_act, refused_fields, status_of
from governance.web.cases.fill_case import candidate_href, case_href
from governance.web.cases.reading import Reading
from governance.web.desk import Desk, for_the_signed_in
from governance.web.service.marks import DONE, OFFERS, SERVICES
from governance.web.service.views import Condition, OfferRow, OffersPage
from governance.web.views import Fact, Mark, Words
from governance.web.words import sentence

OPEN = ("made", "accepted")


def show(desk: Desk) -> Response:
    """The offers of a case, for HR and audit."""
    return desk.page("offers", _page(desk))


def meet(desk: Desk) -> Response:
    """Record that a condition is met, and where that is written."""
    try:
        act(desk, MEET, Met(desk.text("condition"), desk.text("source")))
    except Refused as refused:
        filled = desk.filled(refused_fields(refused))
        page = replace(_page(desk), refused=refused.findings, filled=filled)
        return desk.page("offers", page, status=status_of(refused))
    return after(desk, f"/appointments/{desk.path['reference']}/offers", "met")


def _page(desk: Desk) -> OffersPage:
    reference = desk.path["reference"]
    told = tell_offers(desk.house, desk.me, reference)
    following = tell_next(desk.house, desk.me, reference)
    with headed(desk) as (file, reading):
        query = select(Service).where(col(Service.case_id) == file.case.id)
        services = tuple(reading.session.exec(query.order_by(col(Service.reference))))
        return OffersPage(
            subject=Fact(file.case.reference, reading.text(file.post.title), case_href(file)),
            rows=tuple(_row(each, file, reading) for each in reversed(told)),
            following=tuple(
                Fact(
                    say("No. {n} on the list", n=place),
                    each["name"],
                    candidate_href(file, each["candidacy"]),
                )
                for place, each in enumerate(following, 1)
            ),
            services=tuple(
                Fact(
                    each.reference,
                    sentence(SERVICES[each.state].words, reading.language),
                    f"/services/{each.reference}",
                )
                for each in services
            ),
            action=f"{case_href(file)}/offers",
            may_act=may_act(desk),
            none_yet=say(
                "No offer is out. It is made by itself when the decision has chosen somebody"
                " whose checks are all closed."
            ),
            done=DONE.get(desk.request.query_params.get("done", ""), ""),
        )


def _row(told: Mapping[str, Any], file: CaseHead, reading: Reading) -> OfferRow:
    calendar = file.procedure.calendar
    due = DateTime.instance(datetime.fromisoformat(told["due_at"])) if told["due_at"] else None
    ended = told["decided_at"]
    facts = [Fact(say("Made on"), reading.day_of(datetime.fromisoformat(told["made_at"])))]
    if ended:
        facts.append(Fact(say("Answered on"), reading.day_of(datetime.fromisoformat(ended))))
    return OfferRow(
        number=told["number"],
        name=told["name"],
        href=candidate_href(file, told["candidacy"]),
        mark=OFFERS[told["state"]],
        facts=tuple(facts),
        conditions=tuple(
            _condition(each, reading, is_open=told["state"] in OPEN) for each in told["conditions"]
        ),
        due=reading.due(due, calendar) if due else None,
        left=reading.left(due, calendar) if due else "",
    )


def _condition(told: Mapping[str, Any], reading: Reading, *, is_open: bool) -> Condition:
    met: Words = ""
    if told["met_on"]:
        day = reading.day(date.fromisoformat(told["met_on"]))
        source = told.get("source") or ""
        met = say("on {day}: {source}", day=day, source=source) if source else day
    return Condition(
        key=told["key"],
        title=reading.text(told["title"], told["key"]),
        mark=Mark("ok", say("met")) if told["met_on"] else Mark("now", say("not met yet")),
        note=met,
        is_open=is_open and not told["met_on"],
    )


_PATH = "/appointments/{reference}/offers"
routes = [
    Route(_PATH, for_the_signed_in(show), methods=["GET"]),
    Route(f"{_PATH}/meet", for_the_signed_in(meet), methods=["POST"]),
]
