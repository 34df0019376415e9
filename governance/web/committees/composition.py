"""The composition of a committee: the verdict of its rules, its reviews, and what lies ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.committees.authority import roles_in
from governance.committees.composed import COMPOSE, Composing
from governance.committees.composing import composed_view, owner_of
from governance.committees.lifecycle import SECRETARY
from governance.committees.models import Committee
from governance.committees.queries import bodies, body_by_key, seats_of
from governance.refusals import Reason, Refused, refuse, say
from governance.representation.ahead import coming
from governance.representation.judge import verdict
from governance.representation.reviews import queries
from governance.representation.terms import plus
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.reading import load_shipped, shipped_keys
from governance.web.cases.reading import Reading
from governance.web.committees.telling import reading_of, title_of
from governance.web.committees.views import CompositionPart, ReviewLine
from governance.web.desk import Desk, field_of, for_the_signed_in, is_about_input
from governance.web.representation import filling as fill
from governance.web.representation import views as v
from governance.web.representation.bodies import as_csv, body_page
from governance.web.views import EMPTY, Filled, Option, Words

BY_LINE: Mapping[str, Words] = {
    "": say("opened by hand"),
    "yearly": say("the day of each year"),
    "before_election": say("an election"),
    "vacancy": say("a vacancy"),
}
COLUMNS = ("role", "chamber")


def part_of(
    desk: Desk, reading: Reading, committee: Committee, *, may_set: bool
) -> CompositionPart | None:
    """What the page of the body shows of it; nothing where no rules are set and none may be."""
    href = f"/committees/{committee.key}/composition"
    found = composed_view(reading.session, committee, reading.now, desk.language)
    if found is None:
        return CompositionPart(href) if may_set else None
    view, everybody = found
    weighed = fill.weighed_of(view, verdict(view), everybody.members)
    return CompositionPart(
        href,
        view.body.title.say(desk.language),
        f"/representation/{view.body.body}",
        weighed,
        tuple(_reviews(desk, reading, committee)),
    )


def _reviews(desk: Desk, reading: Reading, committee: Committee) -> Iterator[ReviewLine]:
    """What the clock will open, then what was opened, the newest first."""
    for each in queries.coming_reviews(reading.session, [committee.id]):
        due = date.fromisoformat(each.working["due_on"])
        yield ReviewLine(_line(str(each.working["line"])), reading.day(due))
    seen = bool(queries.SEE & desk.me.roles)
    for review in queries.reviews_for(reading.session, owner_of(committee)):
        href = f"/representation/reviews/{review.id}" if seen else ""
        mark = fill.state_mark(review.state)
        yield ReviewLine(_line(review.line), reading.day(review.due_on), mark, href)


def _line(key: str) -> Words:
    return BY_LINE.get(key, key.replace("_", " "))


def show(desk: Desk) -> Response:
    """The composition with the seat map, coming vacancies, and the years."""
    return desk.page("representation_body", _page(desk))


def _page(desk: Desk, filled: Filled = EMPTY) -> v.BodyPage:
    with reading_of(desk) as reading:
        committee = body_by_key(reading.session, desk.me, desk.path["key"], reading.now)
        roles = roles_in(reading.session, committee.id, desk.me, reading.now)
        found = composed_view(reading.session, committee, reading.now, desk.language)
        settings = None
        if SECRETARY in roles:
            settings = _settings(desk, reading, committee, found[0].body if found else None)
        up = Option(f"/committees/{committee.key}", title_of(reading, committee))
        kept = committee.facts.get("composition") or {}
        told = {"body": kept.get("body", ""), "election_on": kept.get("election_on") or ""}
        if found is None:
            page = v.BodyPage("", str(up.label), (), "", Filled({**told, **filled.values}))
            return replace(page, up=up, settings=settings)
        view, everybody = found
        values = {**told, "members": as_csv(view), "on": view.on.isoformat(), **filled.values}
        weighed = fill.weighed_of(view, verdict(view), everybody.members)
        page = body_page(desk, view.body, Filled(values, filled.faults))
        return replace(page, weighed=weighed, up=up, settings=settings)


def _settings(desk: Desk, reading: Reading, committee: Committee, law: Body | None) -> v.Settings:
    laws = [load_shipped(key) for key in shipped_keys()]
    options = [Option(each.body, each.title.say(desk.language)) for each in laws]
    columns = _columns(law)
    kept = (committee.facts.get("composition") or {}).get("seats", {})
    seats = tuple(
        v.SeatCells(
            reading.text(held.seat.title, held.seat.key),
            tuple(
                Option(
                    f"told-{held.seat.key}:{name}", name, _cell(kept.get(held.seat.key, {}), name)
                )
                for name in columns
            ),
        )
        for held in seats_of(reading.session, committee.id, reading.now)
        if held.seat.capacity == "member" and columns
    )
    return v.Settings(
        f"/committees/{committee.key}/composition",
        (Option("", say("none")), *options),
        columns,
        seats,
        open=law is None,
    )


def _columns(law: Body | None) -> tuple[str, ...]:
    if law is None:
        return ()
    own = [name for name in COLUMNS if getattr(law, f"{name}s")]
    return (*own, *law.columns)


def _cell(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name, "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def keep(desk: Desk) -> Response:
    """Set the rules, and what they ask of each seat."""
    with desk.house.database.reading() as session:
        now = desk.house.clock.now()
        committee = body_by_key(session, desk.me, desk.path["key"], now)
        before = committee.facts.get("composition") or {}
    body = desk.text("body")
    try:
        given = Composing(
            body,
            _day(desk.text("election_on")),
            _told(desk) if body == before.get("body") else {},
        )
        perform(desk.house, desk.me, COMPOSE, committee.id, given)
    except Refused as refused:
        if not is_about_input(refused):
            raise
        faults = field_of(refused, {"body_file": "body"}, "body")
        return desk.page("representation_body", _page(desk, desk.filled(faults)), status=422)
    return desk.go(f"/committees/{committee.key}/composition")


def _told(desk: Desk) -> dict[str, dict[str, Any]]:
    """What was typed beside the seats."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in desk.form.items():
        seat, colon, column = name.removeprefix("told-").partition(":")
        if name.startswith("told-") and colon and isinstance(value, str) and value.strip():
            found.setdefault(seat, {})[column] = value.strip()
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise refuse(
            '"{text}" is not a date',
            rule="date_is_understood",
            cure="Write it as year-month-day, such as 2026-11-23.",
            reason=Reason.INPUT,
            where="election_on",
            text=text[:40],
        ) from None


@dataclass(frozen=True)
class ComingLine:
    """Seats of a body that fall vacant on a day, and the groups that they are owed to."""

    day: str
    iso: str
    body: Words
    href: str
    leaving: str
    owed: str


@dataclass(frozen=True)
class CalendarPage:
    """The coming vacancies of every body that the reader may see."""

    lines: tuple[ComingLine, ...]
    bodies: int


def calendar(desk: Desk) -> Response:
    """Coming vacancies over all bodies with rules of composition, the next first."""
    with reading_of(desk) as reading:
        known = [
            (committee, found[0])
            for committee in bodies(reading.session, desk.me, reading.now)
            if (found := composed_view(reading.session, committee, reading.now, desk.language))
        ]
        lines = [
            ComingLine(
                reading.day(each.day),
                each.day.isoformat(),
                title_of(reading, committee),
                f"/committees/{committee.key}/composition",
                ", ".join(f"{x.name} ({x.state})" for x in each.leaving),
                ", ".join(f"{group} {n}" for group, n in each.owed),
            )
            for committee, view in known
            for each in coming(view, plus(view.on, fill.AHEAD))
        ]
    ordered = tuple(sorted(lines, key=lambda each: (each.iso, each.href)))
    return desk.page("representation_calendar", CalendarPage(ordered, len(known)))


routes = [
    Route("/representation/vacancies", for_the_signed_in(calendar), methods=["GET"]),
    Route("/committees/{key}/composition", for_the_signed_in(show), methods=["GET"]),
    Route("/committees/{key}/composition", for_the_signed_in(keep), methods=["POST"]),
]
