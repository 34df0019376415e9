"""`/services`: who serves in which office, what is due next; others than HR see their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.law import current_law
from governance.appointments.queries import sees_all
from governance.appointments.service.telling import PAGE, tell_services
from governance.refusals import say
from governance.web.cases.asked import may_act
from governance.web.cases.reading import Reading, reading_for
from governance.web.desk import Desk, for_the_signed_in
from governance.web.service.marks import KINDS, SERVICES
from governance.web.service.views import ServiceRow, ServicesPage
from governance.web.views import Mark, Option, Words

SOON = 14  # days before something of the plan is due, from which on the list says so loudly


def show(desk: Desk) -> Response:
    """A page of services."""
    asked = desk.request.query_params
    state, kind = asked.get("state", ""), asked.get("kind", "")
    found = tell_services(
        desk.house,
        desk.me,
        state=state if state in SERVICES else "",
        kind=kind if kind in KINDS else "",
        older_than=asked.get("older_than", "")[:40],
    )
    with desk.house.database.reading() as session:
        _, rulebook = current_law(session)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
        page = ServicesPage(
            rows=tuple(_row(each, reading) for each in found),
            states=tuple(Option(key, mark.words) for key, mark in SERVICES.items()),
            kinds=tuple(Option(key, words) for key, words in KINDS.items()),
            state=state,
            kind=kind,
            older=_older(found, state, kind),
            whole=sees_all(desk.me),
            may_act=may_act(desk),
        )
    return desk.page("services", page)


def office_words(key: str, reading: Reading) -> str:
    """An office as people call it."""
    office = reading.rulebook.office(key)
    return reading.text(office.title if office else None, key.replace("_", " "))


def day_words(day: str | None, reading: Reading) -> Words:
    """A day of plain data in words; nothing where there is none."""
    return reading.day(date.fromisoformat(day)) if day else ""


def _row(told: Mapping[str, Any], reading: Reading) -> ServiceRow:
    return ServiceRow(
        reference=told["reference"],
        href=f"/services/{told['reference']}",
        name=told["name"],
        office=office_words(told["office"], reading),
        kind=KINDS[told["kind"]],
        state=SERVICES[told["state"]],
        ends=day_words(told["ends_on"], reading) or say("no end"),
        due=_due(told, reading),
    )


def _due(told: Mapping[str, Any], reading: Reading) -> Mark | None:
    day = told["begins_on"] if told["state"] == "expected" else told["next_due_on"]
    if not day or told["state"] in {"ended", "fallen_through"}:
        return None
    when = date.fromisoformat(day)
    left = (when - reading.now.in_timezone(reading.zone).date()).days
    words = reading.day(when)
    if left < 0:
        return Mark("bad", say("overdue since {day}", day=words))
    return Mark("warn" if left <= SOON else "none", words)


def _older(found: list[dict[str, Any]], state: str, kind: str) -> str:
    if len(found) < PAGE:
        return ""
    kept = {"state": state, "kind": kind, "older_than": found[-1]["reference"]}
    return f"/services?{urlencode({key: value for key, value in kept.items() if value})}"


routes = [Route("/services", for_the_signed_in(show), methods=["GET"])]
