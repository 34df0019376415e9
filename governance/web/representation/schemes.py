"""Pages of schemes: which groups states belong to, with validity and source; edited by acts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel import Locale
from sqlmodel import Session
from starlette.responses import Response
from starlette.routing import Route

from governance.acts import Verb, perform
from governance.people.models import Person
from governance.refusals import Finding, Reason, Refused, refuse, say
from governance.representation.reviews import placing, queries
from governance.representation.reviews.acts import ADMINISTRATORS, SET_SCHEME, SetScheme
from governance.representation.scheme_file import (
    COLUMNS,
    Difference,
    as_csv,
    cells_of,
    difference,
    read_scheme,
)
from governance.representation.schemes import Placing, Scheme, shipped_states
from governance.web import words
from governance.web.desk import Desk, field_of, for_the_signed_in, is_about_input
from governance.web.views import EMPTY, Filled, Option, Words

MOST = 300  # lines of a report
NO_LINE = -1
KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True)
class SchemeRow:
    """One scheme in the list."""

    key: str
    title: str
    groups: int
    states: int
    source: Words


@dataclass(frozen=True)
class SchemesPage:
    """All schemes, and a way to bring another."""

    rows: tuple[SchemeRow, ...]
    may_edit: bool
    filled: Filled = EMPTY


@dataclass(frozen=True)
class LineRow:
    """One line of a table: where a state belongs, for what, from when to when, and who says so."""

    number: int
    state: str
    name: str
    group: str
    purpose: str
    since: str
    until: str
    source: str


@dataclass(frozen=True)
class Report:
    """What an import would change, or has."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    stay: int


@dataclass(frozen=True)
class SchemePage:
    """One scheme: its lines as they are looked for, and forms for an administrator."""

    key: str
    title: str
    source: Words
    lines: tuple[LineRow, ...]
    count: int
    filters: Filled
    groups: tuple[Option, ...]
    set_on: tuple[tuple[str, str], ...]
    seen: str
    may_edit: bool
    editing: int | None = None
    filled: Filled = EMPTY
    faults: tuple[Finding, ...] = ()
    report: Report | None = None
    done: Words = ""


def listing(desk: Desk) -> Response:
    """Every scheme."""
    return desk.page("schemes", _list(desk))


def _list(desk: Desk, filled: Filled = EMPTY) -> SchemesPage:
    with desk.house.database.reading() as session:
        every = queries.schemes_here(session)
        own = set(queries.overlay(session))
    rows = tuple(
        SchemeRow(
            key,
            scheme.title(desk.language),
            len(scheme.groups),
            len({each.state for each in scheme.placings}),
            say("set by an administrator") if key in own else scheme.source,
        )
        for key, scheme in sorted(every.items())
    )
    return SchemesPage(rows, _may_edit(desk), filled)


def _may_edit(desk: Desk) -> bool:
    return bool(ADMINISTRATORS & desk.me.roles)


def show(desk: Desk) -> Response:
    """One scheme; the address is the view: state, group, purpose, day, and the line to change."""
    return desk.page("scheme", _page(desk))


def _page(
    desk: Desk,
    filled: Filled = EMPTY,
    faults: Iterable[Finding] = (),
    report: Report | None = None,
) -> SchemePage:
    asked = desk.request.query_params
    with desk.house.database.reading() as session:
        scheme = _scheme(session, desk.path["scheme"])
        set_before = queries.tables(session, scheme.key)
        names = _names(session, [each.set_by for each in set_before])
    chosen = [
        (n, each) for n, each in enumerate(scheme.placings) if _is_wanted(each, asked, scheme)
    ]
    editing = _line_asked(asked.get("line", ""), len(scheme.placings))
    if filled.values.get("old_state"):
        editing = NO_LINE  # what was typed goes on being a change of that line
    elif editing is not None and not filled.values:
        filled = Filled(cells_of(scheme.placings[editing]))
    return SchemePage(
        scheme.key,
        scheme.title(desk.language),
        say("set by an administrator") if set_before else scheme.source,
        tuple(_line(n, each, scheme, desk.language) for n, each in chosen),
        len(scheme.placings),
        Filled({name: asked.get(name, "") for name in ("state", "group", "purpose", "on")}),
        tuple(Option(each.key, each.title(desk.language)) for each in scheme.groups),
        tuple(
            (words.day(each.set_at.date(), desk.language), names.get(each.set_by or "", "–"))
            for each in set_before
        ),
        set_before[0].id if set_before else "",
        _may_edit(desk),
        editing,
        filled,
        tuple(faults),
        report,
        say("It is recorded.") if "done" in asked else "",
    )


def _names(session: Session, people: Iterable[str | None]) -> Mapping[str, str]:
    found = {each: session.get(Person, each) for each in people if each}
    return {each: person.name for each, person in found.items() if person is not None}


def _scheme(session: Session, key: str) -> Scheme:
    found = queries.schemes_here(session).get(key)
    if found is None:
        raise refuse(
            'there is no scheme "{key}"',
            rule="known_scheme",
            cure="Open it from the list.",
            reason=Reason.MISSING,
            key=key[:60],
        )
    return found


def _is_wanted(each: Placing, asked: Mapping[str, str], scheme: Scheme) -> bool:
    state, group = asked.get("state", "").strip().upper(), asked.get("group", "").strip()
    named = shipped_states().get(each.state)
    known = named is not None and state.casefold() in named.name.casefold()
    if state and each.state != state and not known:
        return False
    if group and each.group != (scheme.find(group) or group):
        return False
    if asked.get("purpose") and each.purpose not in ("", asked["purpose"]):
        return False
    try:
        day = date.fromisoformat(asked["on"]) if asked.get("on") else None
    except ValueError:
        return True
    return day is None or each.holds(day)


def _line_asked(text: str, lines: int) -> int | None:
    return int(text) if text.isdigit() and len(text) < 6 and int(text) < lines else None  # noqa: PLR2004 -- no table is so long


def _line(number: int, each: Placing, scheme: Scheme, language: str) -> LineRow:
    group = scheme.group(each.group)
    title = group.title(language) if group is not None else each.group
    since, until = (words.day(day, language) if day else "" for day in (each.since, each.until))
    name = _state(each.state, language)
    return LineRow(number, each.state, name, title, each.purpose, since, until, each.source)


def _state(code: str, language: str) -> str:
    """The name of a state in the reader's language."""
    state = shipped_states().get(code)
    if state is None:
        return code
    return str(Locale.parse(language).territories.get(state.alpha2) or state.name)


def change(desk: Desk) -> Response:
    """A line is added, changed or taken out."""
    key, act = desk.path["scheme"], desk.path["act"]
    line = {name: desk.text(name) for name in COLUMNS}
    old = {name: desk.text(f"old_{name}") for name in COLUMNS}
    given: Any = placing.Removed(key, old, desk.text("version"))
    verb: Verb[Any, Any] = placing.REMOVE
    if act == "place":
        verb = placing.PLACE
        given = placing.Placed(key, line, old if old["state"] else {}, desk.text("version"))
    try:
        perform(desk.house, desk.me, verb, None, given)
    except Refused as refused:
        if not is_about_input(refused):
            raise
        page = _page(desk, desk.filled(field_of(refused, {}, "state")))
        return desk.page("scheme", page, status=422)
    return desk.go(f"/representation/schemes/{key}?done")


def bring(desk: Desk) -> Response:
    """A table as CSV: tried first, with what it would change; then set, as an act."""
    key = desk.path.get("scheme") or desk.text("key")
    is_new = "scheme" not in desk.path
    filled = desk.filled()
    try:
        text = _file(desk) or desk.text("table")
        if not KEY.fullmatch(key):
            raise refuse(
                '"{key}" is no key of a scheme',
                rule="scheme_key",
                cure="Write small letters, digits and underscores, such as own_regions.",
                reason=Reason.INPUT,
                where="key",
                key=key[:60],
            )
        after = read_scheme(key, text)
        if desk.text("step") != "try":
            perform(desk.house, desk.me, SET_SCHEME, None, SetScheme(key, text))
            return desk.go(f"/representation/schemes/{key}?done")
        if is_new:
            return desk.page("schemes", _list(desk, filled))
        with desk.house.database.reading() as session:
            told = difference(_scheme(session, key), after)
    except Refused as refused:
        if refused.reason is not Reason.INPUT:
            raise
        if is_new:
            faults = {x.where if x.where == "key" else "table": x.because for x in refused.findings}
            return desk.page("schemes", _list(desk, desk.filled(faults)), status=422)
        return desk.page("scheme", _page(desk, filled, refused.findings), status=422)
    kept = Filled({**filled.values, "table": text})
    return desk.page("scheme", _page(desk, kept, (), _report(told)))


def _report(told: Difference) -> Report:
    return Report(
        tuple(map(_said, told.added[:MOST])), tuple(map(_said, told.removed[:MOST])), told.stay
    )


def _said(each: Placing) -> str:
    return ",".join(cells_of(each).values()).rstrip(",")


def _file(desk: Desk) -> str:
    raw = desk.files.get("table_file", b"")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(
            "the file is not written in UTF-8",
            rule="scheme_file",
            cure="Save it again with the encoding UTF-8.",
            reason=Reason.INPUT,
            where="table_file",
        ) from None


def download(desk: Desk) -> Response:
    """The whole table as CSV, as it is now."""
    with desk.house.database.reading() as session:
        scheme = _scheme(session, desk.path["scheme"])
    name = f'attachment; filename="{scheme.key}.csv"'
    return Response(
        as_csv(scheme), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


AT = "/representation/schemes/{scheme:str}"
routes = [
    Route("/representation/schemes", for_the_signed_in(listing), methods=["GET"]),
    Route("/representation/schemes", for_the_signed_in(bring), methods=["POST"]),
    Route(f"{AT}.csv", for_the_signed_in(download), methods=["GET"]),
    Route(AT, for_the_signed_in(show), methods=["GET"]),
    Route(f"{AT}/import", for_the_signed_in(bring), methods=["POST"]),
    Route(f"{AT}/{{act:str}}", for_the_signed_in(change), methods=["POST"]),
]
