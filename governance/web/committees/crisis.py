"""A crisis team in a browser: stood up from a template, its log, messages, decisions, its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.committees import crisis
from governance.committees.authority import COMMITTEE_SECRETARY, roles_with_parent
from governance.committees.lifecycle import CHAIR, MEMBER, PARENT, SECRETARY
from governance.committees.messages import Said, log_of, message_for
from governance.committees.models import Committee
from governance.committees.queries import body_file
from governance.committees.standing_up import STAND_UP, StandingUp, from_template, templates
from governance.refusals import Sentence, say
from governance.rulebook.proceedings.body import Body
from governance.web.cases.reading import Reading
from governance.web.committees.sheets import (
    Acts,
    Cell,
    Field,
    Form,
    Section,
    SheetPage,
    Table,
    answer,
    done_words,
    show,
    tried,
)
from governance.web.committees.telling import instant, paragraphs, reading_of, title_of
from governance.web.desk import Desk, for_the_signed_in
from governance.web.service.listing import office_words
from governance.web.views import Fact, Option

PATH = "/committees/{key}/crisis"
KINDS: Mapping[str, Sentence] = {
    "note": say("note"),
    "event": say("event"),
    "message": say("message"),
    "report": say("report"),
}


def page_of(desk: Desk) -> SheetPage:
    """The page of a team."""
    with reading_of(desk) as reading:
        file = body_file(reading.session, desk.me, desk.path["key"], reading.now)
        body = file.committee
        roles = roles_with_parent(reading.session, body, desk.me, reading.now, alone=True)
        said = log_of(reading.session, desk.house.keys, body)
        waiting = [
            each
            for each in file.decisions
            if each.confirm_by is not None and each.confirmed_at is None and each.ended_at is None
        ]
        choice = tuple(Option(each.number, each.number) for each in waiting)
        decisions = Table(
            say("Expedited decisions"),
            (say("Decision"), say("Title"), say("To be confirmed by")),
            tuple(
                (
                    Cell(each.number, f"/decisions/{each.id}"),
                    Cell(each.title),
                    Cell(at=instant(body, each.confirm_by, exclusive=True))
                    if each.confirm_by
                    else Cell("–"),
                )
                for each in waiting
            ),
            say("No decision waits for its confirmation."),
        )
        return SheetPage(
            title=say("Situation"),
            back=Fact("", title_of(reading, body), f"/committees/{body.key}"),
            sections=(
                Section(
                    "decisions", say("Expedited decisions"), (decisions,),
                    tuple(_deciding(body, roles, choice)),
                ),
                Section(
                    "log", say("Situation log"), (_log(body, said),), tuple(_writing(body, roles))
                ),
                Section("read", say("Who has read what"), (_readers(body, said),)),
            ),
            done=done_words(desk),
        )  # fmt: skip


def _log(body: Committee, said: list[Said]) -> Table:
    return Table(
        say("Lines, the newest first"),
        (say("When"), say("What"), say("Who"), say("Words")),
        tuple(
            (
                Cell(at=instant(body, each.line.at)),
                Cell(KINDS.get(each.line.kind, each.line.kind)),
                Cell(each.by or "–"),
                Cell(each.text),
            )
            for each in said
        ),
        say("Nothing is written yet."),
    )


def _readers(body: Committee, said: list[Said]) -> Table:
    return Table(
        say("Messages and their readers"),
        (say("Message"), say("To whom"), say("Read")),
        tuple(
            (
                Cell(each.text[:80]),
                Cell(name),
                Cell(at=instant(body, read)) if read else Cell(say("not read yet")),
            )
            for each in said
            for name, read in each.readers
        ),
        say("No message is sent yet."),
    )


def _deciding(
    body: Committee, roles: frozenset[str], waiting: tuple[Option, ...]
) -> Iterator[Form]:
    base = PATH.format(key=body.key)
    if roles & {CHAIR, SECRETARY} and body.state == "active":
        yield Form(
            "decide", say("Decide at once"), f"{base}/decide", say("Decide"),
            (
                Field("title", say("Title"), required=True),
                Field("text", say("What is decided"), "textarea", required=True),
                Field("amount", say("Amount, in whole units"), "number"),
                Field("agreed", say("Seats that agree, with commas between")),
            ),
            explained=say("It holds at once, within the cap, and lapses unless it is confirmed."),
        )  # fmt: skip
    if PARENT in roles and waiting:
        yield Form(
            "confirm", say("Confirm a decision"), f"{base}/confirm", say("Confirm"),
            (
                Field("number", say("Decision"), "select", waiting),
                Field("by", say("Number of the parent's decision"), required=True),
            ),
        )  # fmt: skip


def _writing(body: Committee, roles: frozenset[str]) -> Iterator[Form]:
    base = PATH.format(key=body.key)
    if roles & {CHAIR, SECRETARY, MEMBER} and body.ended_at is None:
        words = Field("text", say("Words"), "textarea", required=True)
        yield Form("log", say("Write a line"), f"{base}/log", say("Write"), (words,), is_open=True)
        to = Field("readers", say("To these addresses; empty: to everybody in the team"))
        yield Form("message", say("Send a message"), f"{base}/message", say("Send"), (words, to))
    if roles & {CHAIR, SECRETARY} and body.state == "active":
        yield Form(
            "stand-down", say("Stand the team down"), f"{base}/stand-down", say("Stand down"),
            (
                Field("report", say("Report"), "textarea", required=True),
                Field("lessons", say("Lessons, one on each line"), "textarea"),
            ),
            explained=say("The report is kept; each lesson is an action of the parent body."),
        )  # fmt: skip


def _split(text: str, at: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(at) if each.strip())


ACTS: Acts = {
    "log": (crisis.LOG, lambda desk: crisis.Logged(desk.text("text"))),
    "message": (
        crisis.LOG,
        lambda desk: crisis.Logged(
            desk.text("text"), crisis.MESSAGE, _split(desk.text("readers"), ",")
        ),
    ),
    "decide": (
        crisis.DECIDE,
        lambda desk: crisis.Expedited(
            desk.text("title"),
            desk.text("text"),
            int(amount) if (amount := desk.text("amount")).isdecimal() and len(amount) < 16 else 0,  # noqa: PLR2004 -- no sum is longer
            _split(desk.text("agreed"), ","),
        ),
    ),
    "confirm": (
        crisis.CONFIRM,
        lambda desk: crisis.Confirmed(desk.text("number"), desk.text("by")),
    ),
    "stand-down": (
        crisis.STAND_DOWN,
        lambda desk: crisis.StandDown(desk.text("report"), _split(desk.text("lessons"), "\n")),
    ),
}


def choose(desk: Desk) -> SheetPage:
    """The teams that the rulebook keeps ready."""
    with reading_of(desk) as reading:
        known = templates(desk.house.settings.rulebook_folder)
        table = Table(
            say("Teams kept ready"),
            (say("Team"), say("Who sits")),
            tuple(
                (Cell(reading.text(body.title, body.body)), Cell(_offices(reading, body)))
                for body in known.values()
            ),
            say("The rulebook keeps no team ready."),
        )
        names = tuple(Option(name, reading.text(body.title, name)) for name, body in known.items())
        form = Form(
            "new", say("Stand it up"), "/crises/new", say("Stand it up now"),
            (
                Field("template", say("Team"), "select", names),
                Field("key", say("Short name of its own, in small letters")),
                Field("title", say("Title of its own")),
                Field("because", say("What has happened"), "textarea", required=True),
            ),
            explained=say("Whoever holds these offices sits at once, and is told at once."),
            is_open=True,
        )  # fmt: skip
        may = COMMITTEE_SECRETARY in desk.me.roles and bool(known)
        return SheetPage(
            title=say("A crisis team"),
            back=Fact("", say("Committees"), "/committees"),
            sections=(Section("teams", say("Teams kept ready"), (table,), (form,) if may else ()),),
        )


def _offices(reading: Reading, body: Body) -> str:
    keys = (each.office.removeprefix("office.") for each in body.members)
    return reading.listed(office_words(key, reading) for key in keys)


def stand_up(desk: Desk) -> Response:
    """Stand the team up; its page is the next one."""
    folder = desk.house.settings.rulebook_folder
    keys: list[str] = []

    def act() -> None:
        body = from_template(folder, desk.text("template"), desk.text("key"), desk.text("title"))
        perform(desk.house, desk.me, STAND_UP, None, StandingUp(body, desk.text("because")))
        keys.append(body.body)

    done = tried(desk, choose, act, "/committees")
    return desk.go(PATH.format(key=keys[0]) + "?done") if keys else done


def message(desk: Desk) -> SheetPage:
    """One message, for whoever it was sent to, in the body or outside it."""
    with reading_of(desk) as reading:
        said, body, read = message_for(reading.session, desk.house.keys, desk.me, desk.path["id"])
        form = Form(
            "read", say("Say that you have read it"), f"/messages/{said.line.id}",
            say("I have read it"), is_open=True,
        )  # fmt: skip
        noted = say("You have said that you have read it.")
        return SheetPage(
            title=say("A message"),
            back=Fact("", title_of(reading, body), "/committees"),
            sections=(
                Section(
                    "message",
                    say("{who} writes", who=said.by or title_of(reading, body)),
                    texts=(*paragraphs(said.text), *((noted,) if read.read_at else ())),
                    forms=() if read.read_at else (form,),
                ),
            ),
            done=done_words(desk),
        )


def have_read(desk: Desk) -> Response:
    """The reader says so."""
    with desk.house.database.reading() as session:
        _, body, _ = message_for(session, desk.house.keys, desk.me, desk.path["id"])
    line = desk.path["id"]

    def act() -> None:
        perform(desk.house, desk.me, crisis.READ, body.id, crisis.Read(line))

    return tried(desk, message, act, f"/messages/{line}")


routes = [
    Route("/crises/new", for_the_signed_in(show(choose)), methods=["GET"]),
    Route("/crises/new", for_the_signed_in(stand_up), methods=["POST"]),
    Route("/messages/{id}", for_the_signed_in(show(message)), methods=["GET"]),
    Route("/messages/{id}", for_the_signed_in(have_read), methods=["POST"]),
    Route(PATH, for_the_signed_in(show(page_of)), methods=["GET"]),
    Route(PATH + "/{act}", for_the_signed_in(answer(page_of, ACTS, PATH)), methods=["POST"]),
]
