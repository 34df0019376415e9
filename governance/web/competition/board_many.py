"""Acts for many on the board: chosen by ticks, shown before they are done, undone once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlmodel import Session, col, select
from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.appointments.board.queries import COLUMNS, Board
from governance.appointments.checks.putting import law_for
from governance.appointments.law import law_of
from governance.appointments.models import Candidacy, Case
from governance.appointments.together.acting import (
    ORDER,
    TAKE_EFFECT,
    UNDO,
    UNDO_MINUTES,
    Preview,
    Which,
    preview,
    recent,
)
from governance.appointments.together.models import ActTogether
from governance.appointments.together.wanted import MOST, Together
from governance.people.queries import by_id
from governance.refusals import Reason, Refused, Sentence, refuse, say
from governance.rulebook.stages import Checks
from governance.web.cases.asked import may_act, the_case
from governance.web.cases.marks import CANDIDACIES
from governance.web.cases.reading import Reading, reading_for
from governance.web.competition.forecast import parse_day
from governance.web.competition.views import ManyForm, ManyPage, ManyRow, TogetherLine
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Fact, Mark, Option, Words

ACTS: Mapping[str, Sentence] = {
    "check": say("Record a check as satisfactory"),
    "interview": say("Invite to interviews, one after the other"),
    "test": say("Invite to a written test"),
    "papers": say("Ask for missing papers"),
    "remind": say("Remind whoever owes an answer"),
    "withdraw": say("Withdraw candidacies"),
}
NOTICES: Mapping[str, Sentence] = {
    "examination": say("an invitation with a calendar entry"),
    "papers": say("a request for papers"),
    "reminder": say("a reminder"),
    "change": say("that a question has changed"),
}
STATES: Mapping[str, Mark] = {
    "waiting": Mark("now", say("takes effect soon")),
    "done": Mark("ok", say("done")),
    "undone": Mark("none", say("undone")),
    "failed": Mark("bad", say("could not be done")),
}
DONE: Mapping[str, Sentence] = {
    "ordered": say("It takes effect in {n} minutes; until then it can be undone.", n=UNDO_MINUTES),
    "undone": say("It is undone. Nothing has changed and nobody was written to."),
    "effect": say("It is done."),
}
FIELDS = (
    "kind",
    "source",
    "dated",
    "begins_at",
    "minutes",
    "pause",
    "zone",
    "place",
    "last_day",
    "reason",
)


def look(desk: Desk) -> Response:
    """What the act would do. Nothing is done."""
    case = the_case(desk)
    wanted = _wanted(desk, case)
    found = preview(desk.house, desk.me, case.id, wanted)
    page = _page(desk, case, wanted, found)
    return desk.page("board_many", page, status=422 if page.refused else 200)


def order(desk: Desk) -> Response:
    """Order it; it takes effect when the minutes for undoing are over."""
    case = the_case(desk)
    perform(desk.house, desk.me, ORDER, case.id, _wanted(desk, case))
    return _back(desk, case, "ordered")


def undo(desk: Desk) -> Response:
    """Undo it, while nothing has left."""
    case = the_case(desk)
    perform(desk.house, desk.me, UNDO, case.id, Which(desk.text("together")))
    return _back(desk, case, "undone")


def effect(desk: Desk) -> Response:
    """Do it now."""
    case = the_case(desk)
    perform(desk.house, desk.me, TAKE_EFFECT, case.id, Which(desk.text("together")))
    return _back(desk, case, "effect")


def extra(desk: Desk, session: Session, found: Board, reading: Reading) -> dict[str, Any]:
    """What the board of one case shows besides its columns: the form, and acts for many so far."""
    case = found.case
    assert case is not None  # noqa: S101 -- the board of all cases has no form
    acts = may_act(desk) and case.state == "running"
    lines = _lines(session, case, reading, acts=acts)
    done = DONE.get(desk.request.query_params.get("done", ""), "")
    offered = _form(desk, session, found, reading) if acts and found.cards else None
    return {"many": offered, "together": lines, "done": done}


def _form(desk: Desk, session: Session, found: Board, reading: Reading) -> ManyForm:
    case = found.case
    assert case is not None  # noqa: S101 -- asked for one case only
    here = f"/appointments/{case.reference}/board"
    try:
        checks = law_for(session, case).stage.checks
    except Refused:  # a procedure without vetting
        checks = ()
    zones = {each.zone: each for each in desk.house.calendars.values()}
    return ManyForm(
        action=f"{here}/preview",
        here=here,
        kinds=tuple(Option(each.kind, reading.text(each.title)) for each in checks),
        zones=tuple(Option(zone, zone.replace("_", " ")) for zone in zones),
        ticked=desk.request.query_params.get("tick") == "all",
        all_href=f"{here}?{urlencode({**_asked(desk), 'column': found.column, 'tick': 'all'})}",
        column=found.column,
        count=found.counts[found.column],
    )


def _asked(desk: Desk) -> dict[str, str]:
    """Which page of the column the reader sees: to tick everybody is to stay there."""
    given = desk.request.query_params
    return {name: given[name][:300] for name in ("find", "after") if given.get(name)}


def _lines(
    session: Session, case: Case, reading: Reading, *, acts: bool
) -> tuple[TogetherLine, ...]:
    rows = recent(session, case.id)
    people = by_id(session, (each.ordered_by for each in rows))
    return tuple(
        TogetherLine(
            id=each.id,
            title=ACTS.get(each.act, each.act),
            mark=STATES[each.state],
            count=len(each.candidacies),
            who=people[each.ordered_by].name,
            at=reading.moment(_when(each)),
            may_undo=acts and each.state == "waiting",
            findings=tuple(reading.finding(one) for one in each.found),
        )
        for each in rows
    )


def _when(row: ActTogether) -> datetime:
    return row.ended_at or row.due_at


def _wanted(desk: Desk, case: Case) -> Together:
    act = desk.text("act")
    typed = {name: desk.text(f"{act}_{name}") for name in FIELDS}
    return Together(
        act,
        _chosen(desk, case),
        kind=typed["kind"][:60],
        source=typed["source"],
        dated=parse_day(typed["dated"], "check_dated"),
        begins_at=_moment(typed["begins_at"], f"{act}_begins_at"),
        minutes=_number(typed["minutes"], 45, f"{act}_minutes"),
        pause=_number(typed["pause"], 15, f"{act}_pause"),
        zone=typed["zone"],
        place=typed["place"][:200],
        last_day=parse_day(typed["last_day"], "papers_last_day"),
        reason=typed["reason"][:4000],
    )


def _chosen(desk: Desk, case: Case) -> tuple[str, ...]:
    """Whoever is ticked; or everybody who stands in a column."""
    column = desk.text("everybody")
    if column not in COLUMNS:
        return tuple(dict.fromkeys(desk.texts("candidacy")))
    query = (
        select(Candidacy.id)
        .where(col(Candidacy.case_id) == case.id, col(Candidacy.state).in_(COLUMNS[column]))
        .order_by(col(Candidacy.came_at), col(Candidacy.id))
        .limit(MOST)
    )
    with desk.house.database.reading() as session:
        return tuple(session.exec(query))


def _page(desk: Desk, case: Case, wanted: Together, found: Preview) -> ManyPage:
    here = f"/appointments/{case.reference}/board"
    with desk.house.database.reading() as session:
        reading = reading_for(
            desk.house, session, desk.me, law_of(session, case.law), desk.language
        )
        post = reading.rulebook.post(case.post)
        title = reading.text(post.title if post else None, case.post)
    told = Counter(template for _, template in found.told)
    return ManyPage(
        subject=Fact(case.reference, title, here),
        title=ACTS[wanted.act],
        facts=_facts(wanted, reading, _check_words(case, wanted, reading)),
        rows=tuple(
            ManyRow(
                each.name,
                f"/appointments/{case.reference}/candidates/{each.candidacy}",
                CANDIDACIES[each.before],
                CANDIDACIES[each.after] if each.after != each.before else None,
                each.why_not,
            )
            for each in found.rows
        ),
        told=tuple(
            Fact(
                NOTICES.get(template, template),
                reading.listed(dict.fromkeys(who for who, what in found.told if what == template)),
            )
            for template in told
        ),
        fields=_fields(desk, wanted, found),
        possible=0 if found.refused else len(found.possible),
        minutes=UNDO_MINUTES,
        action=f"{here}/act",
        back=here,
        refused=found.refused,
    )


def _check_words(case: Case, wanted: Together, reading: Reading) -> Words:
    """The check that is recorded, by its title in the procedure."""
    procedure = reading.rulebook.procedure(case.procedure)
    stages = procedure.stages if procedure else ()
    laws = (each.check(wanted.kind) for each in stages if isinstance(each, Checks))
    law = next((each for each in laws if each is not None), None)
    return reading.text(law.title if law else None, wanted.kind)


def _facts(wanted: Together, reading: Reading, check: Words) -> tuple[Fact, ...]:
    begins = wanted.begins_at
    lines: tuple[tuple[Words, Words], ...] = (
        (say("Check"), check if wanted.act == "check" else ""),
        (say("Source"), wanted.source),
        (say("Date of the paper"), reading.day(wanted.dated) if wanted.dated else ""),
        (say("Begins"), f"{reading.day(begins.date())}, {begins:%H:%M}" if begins else ""),
        (say("Time zone"), wanted.zone.replace("_", " ")),
        (say("Where"), wanted.place),
        (say("Until"), reading.day(wanted.last_day) if wanted.last_day else ""),
        (say("Reason"), wanted.reason),
    )
    return tuple(Fact(title, value) for title, value in lines if value)


def _fields(desk: Desk, wanted: Together, found: Preview) -> tuple[Fact, ...]:
    """The form once more, for those for whom it is possible."""
    typed = [(f"{wanted.act}_{name}", desk.text(f"{wanted.act}_{name}")) for name in FIELDS]
    return (
        Fact("act", wanted.act),
        *(Fact(name, value) for name, value in typed if value),
        *(Fact("candidacy", each) for each in found.possible),
    )


def _back(desk: Desk, case: Case, key: str) -> Response:
    return desk.go(f"/appointments/{case.reference}/board?done={key}")


def _moment(typed: str, where: str) -> datetime | None:
    if not typed:
        return None
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=None)
    except ValueError:
        raise _not_understood(where) from None


def _number(typed: str, otherwise: int, where: str) -> int:
    if not typed:
        return otherwise
    if not typed.isdecimal() or len(typed) > 4:  # noqa: PLR2004 -- nothing lasts ten thousand minutes
        raise _not_understood(where)
    return int(typed)


def _not_understood(where: str) -> Refused:
    return refuse(
        "this is no time and no number of minutes",
        rule="together",
        cure="Write a day and an hour, or a number of minutes.",
        where=where,
        reason=Reason.INPUT,
    )


BOARD = "/appointments/{reference}/board"
routes = [
    Route(f"{BOARD}/preview", for_the_signed_in(look), methods=["POST"]),
    Route(f"{BOARD}/act", for_the_signed_in(order), methods=["POST"]),
    Route(f"{BOARD}/undo", for_the_signed_in(undo), methods=["POST"]),
    Route(f"{BOARD}/effect", for_the_signed_in(effect), methods=["POST"]),
]
