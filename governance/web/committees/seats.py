"""The seats and offices of a body: vacancies, terms that end, and every change of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starlette.responses import Response
from starlette.routing import Route

from governance.committees import offices, seats
from governance.committees.authority import roles_in
from governance.committees.ending import Ending, endings
from governance.committees.filling import Wanted
from governance.committees.lifecycle import CHAIR, SECRETARY
from governance.committees.queries import Held, body_by_key, seats_of
from governance.committees.vacancies import Vacancy, vacancies_of
from governance.refusals import Sentence, say
from governance.seats import body_to_fill, fill_seat, vacancies_for
from governance.web.cases.reading import Reading
from governance.web.committees import marks
from governance.web.committees.actions import day_of_form
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
from governance.web.committees.telling import left, reading_of, title_of
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Fact, Option, Words

PATH = "/committees/{key}/seats"
BY: Mapping[str, Sentence] = {
    "appointment": say("by an appointment"),
    "election": say("by an election"),
    "parent": say("by the parent body"),
    "office": say("by whoever holds the office"),
    "": say("the rules do not say"),
}
KINDS: Mapping[str, Sentence] = {
    "seat": say("Seat"),
    "office": say("Office"),
    "mandate": say("Its mandate"),
    "milestone": say("Milestone"),
    "leave": say("Leave"),
}
WAYS: Mapping[str, Sentence] = {
    "resign": say("resigns"),
    "end_term": say("the term ends"),
    "remove": say("is removed by the parent"),
    "lose_office": say("loses the office that the seat is of"),
}
ROLES: Mapping[str, Sentence] = {
    "holder": say("holder"),
    "alternate": say("alternate"),
    "adviser": say("adviser"),
}
CAPACITIES: Mapping[str, Sentence] = {
    "member": say("member"),
    "observer": say("observer"),
    "adviser": say("adviser"),
}


def page_of(desk: Desk) -> SheetPage:
    """The page of a body's seats."""
    with reading_of(desk) as reading:
        body = body_by_key(reading.session, desk.me, desk.path["key"], reading.now)
        roles = roles_in(reading.session, body.id, desk.me, reading.now)
        vacant = vacancies_of(desk.house, reading.session, [body], reading.now)
        ends = endings(reading.session, [body], reading.now)
        held = seats_of(reading.session, body.id, reading.now)
        may = bool(roles & {SECRETARY})
        return SheetPage(
            title=say("Seats and offices"),
            back=Fact("", title_of(reading, body), f"/committees/{body.key}"),
            sections=(
                Section("vacant", say("Vacant seats"), (_vacancies(reading, vacant, may=may),)),
                Section("ends", say("What ends"), (_endings(reading, ends),)),
                *(
                    (Section("changes", say("Changes"), forms=tuple(_forms(body.key, held))),)
                    if may or roles & {CHAIR}
                    else ()
                ),
            ),
            done=done_words(desk),
        )


def all_vacancies(desk: Desk) -> SheetPage:
    """Every vacant seat that the reader may see, in whichever body."""
    with reading_of(desk) as reading:
        found = vacancies_for(desk.house, reading.session, desk.me)
        table = _vacancies(reading, found, may=True, bodies=True)
        return SheetPage(
            title=say("Vacant seats"),
            back=Fact("", say("Committees"), "/committees"),
            sections=(Section("vacant", say("In all bodies"), (table,)),),
            done=done_words(desk),
        )


def _vacancies(reading: Reading, found: list[Vacancy], *, may: bool, bodies: bool = False) -> Table:
    heads = (say("Seat"), say("Vacant from"), say("Filled"), say("Until"), say("Next act"))
    return Table(
        say("Vacant seats"),
        ((say("Body"),) if bodies else ()) + heads,
        tuple(
            (_body(reading, each) if bodies else ()) + _vacancy(reading, each, may=may)
            for each in found
        ),
        say("Every seat is held."),
    )


def _body(reading: Reading, each: Vacancy) -> tuple[Cell, ...]:
    return (Cell(title_of(reading, each.committee), f"/committees/{each.committee.key}/seats"),)


def _vacancy(reading: Reading, each: Vacancy, *, may: bool) -> tuple[Cell, ...]:
    seat, body = each.seat, each.committee
    due: Words = left(reading, body, each.due_at) if each.due_at else say("no day is set")
    return (
        Cell(reading.text(seat.title, seat.key)),
        Cell(reading.day_of(each.since)),
        Cell(BY.get(each.way.by, each.way.by)),
        Cell(due),
        _next(each, may=may),
    )


def _next(each: Vacancy, *, may: bool) -> Cell:
    if each.is_under_way and each.filling is not None:
        reference = each.filling.reference
        return Cell(
            reference or say("is being launched"), reference and f"/appointments/{reference}"
        )
    if each.by_appointment and may:
        href = f"/committees/{each.committee.key}/seats/{each.seat.key}/fill"
        return Cell(say("Launch the appointment"), href, button=True)
    return Cell(say("Elect, or enter who sits"))


def _endings(reading: Reading, found: list[Ending]) -> Table:
    return Table(
        say("What ends, the next day first"),
        (say("Day"), say("What"), say("Whose"), say("Then")),
        tuple(
            (
                Cell(reading.day(each.on)),
                Cell(say("{kind}: {name}", kind=KINDS[each.kind], name=_name(each))),
                Cell(each.who or "–"),
                Cell(say("Holds over until replaced") if each.holds_over else "–"),
            )
            for each in found
        ),
        say("Nothing ends in the next two years."),
    )


def _name(each: Ending) -> Words:
    return marks.OFFICES.get(each.what, each.what) if each.kind == "office" else each.what


def _forms(key: str, held: list[Held]) -> Iterator[Form]:
    base = PATH.format(key=key)
    seats_ = tuple(Option(each.seat.key, each.seat.key) for each in held)
    seat = Field("seat", say("Seat"), "select", seats_)
    why = Field("because", say("Why, in one line"))
    since, until = Field("since", say("From"), "date"), Field("until", say("Last day"), "date")
    name = Field("name", say("Name"), required=True)
    email = Field("email", say("Address, where it is not known yet"))
    yield Form(
        "seat",
        say("Somebody sits"),
        f"{base}/seat",
        say("Enter it"),
        (
            Field("seat", say("Seat; a new name makes a new seat"), required=True),
            name,
            email,
            Field("role", say("As"), "select", _options(ROLES)),
            Field("capacity", say("A new seat is of a"), "select", _options(CAPACITIES)),
            since,
            until,
        ),
    )
    yield Form(
        "unseat",
        say("Somebody leaves"),
        f"{base}/unseat",
        say("Enter it"),
        (seat, Field("how", say("How"), "select", _options(WAYS)),
         Field("on", say("Last day"), "date"), why),
    )  # fmt: skip
    yield Form(
        "leave", say("Leave of absence"), f"{base}/leave", say("Enter it"),
        (seat, Field("since", say("From"), "date", required=True), until, why),
    )  # fmt: skip
    right = (Option("lost", say("lost")), Option("has", say("regained")))
    yield Form(
        "right", say("Right to vote"), f"{base}/right", say("Enter it"),
        (seat, Field("has", say("The right is"), "select", right), since, why),
    )  # fmt: skip
    office = Field("office", say("Office"), "select", _options(marks.OFFICES))
    yield Form(
        "office", say("Somebody takes an office"), f"{base}/office", say("Enter it"),
        (office, name, email, since, until, Field("acting", say("For the time being"), "check")),
    )  # fmt: skip
    yield Form(
        "leave-office", say("Somebody leaves an office"), f"{base}/leave-office", say("Enter it"),
        (office, Field("on", say("Last day"), "date"), why),
        explained=say("Where nobody is chair, the next in the succession acts at once."),
    )  # fmt: skip


def _options(words: Mapping[str, Words]) -> tuple[Option, ...]:
    return tuple(Option(*each) for each in words.items())


def _seated(desk: Desk) -> seats.Seating:
    return seats.Seating(
        seat=desk.text("seat"),
        name=desk.text("name"),
        email=desk.text("email"),
        role=desk.text("role") or "holder",
        capacity=desk.text("capacity") or "member",
        since=day_of_form(desk.text("since")),
        until=day_of_form(desk.text("until")),
    )


def _on_leave(desk: Desk) -> seats.LeaveOf:
    since = day_of_form(desk.text("since"))
    today = since or desk.house.clock.now().date()
    until, because = day_of_form(desk.text("until")), desk.text("because")
    return seats.LeaveOf(desk.text("seat"), today, until, because)


ACTS: Acts = {
    "seat": (seats.SEAT, _seated),
    "unseat": (
        seats.UNSEAT,
        lambda desk: seats.Leaving(
            desk.text("seat"),
            desk.text("how") or "resign",
            day_of_form(desk.text("on")),
            desk.text("because"),
        ),
    ),
    "leave": (seats.GRANT_LEAVE, _on_leave),
    "right": (
        seats.CHANGE_RIGHT,
        lambda desk: seats.RightOf(
            desk.text("seat"),
            desk.text("has") == "has",
            day_of_form(desk.text("since")),
            desk.text("because"),
        ),
    ),
    "office": (
        offices.TAKE_OFFICE,
        lambda desk: offices.OfficeOf(
            desk.text("office"),
            desk.text("name"),
            desk.text("email"),
            since=day_of_form(desk.text("since")),
            until=day_of_form(desk.text("until")),
            acting=desk.text("acting") == "yes",
        ),
    ),
    "leave-office": (
        offices.LEAVE_OFFICE,
        lambda desk: offices.LeavingOffice(
            desk.text("office"), day_of_form(desk.text("on")), desk.text("because")
        ),
    ),
}


def fill(desk: Desk) -> Response:
    """One act: the appointment to a vacant seat is launched; its case is the next page."""
    with desk.house.database.reading() as session:
        body = body_to_fill(session, desk.me, desk.path["key"], desk.house.clock.now())
    seen: list[str] = []
    given = Wanted(desk.path["seat"])

    def act() -> None:
        seen.append(fill_seat(desk.house, desk.me, body, given).reference)

    done = tried(desk, all_vacancies, act, "/vacancies")
    return desk.go(f"/appointments/{seen[0]}") if seen and _opens_cases(desk) else done


def _opens_cases(desk: Desk) -> bool:
    return "hr_officer" in desk.me.roles


routes = [
    Route("/vacancies", for_the_signed_in(show(all_vacancies)), methods=["GET"]),
    Route(PATH, for_the_signed_in(show(page_of)), methods=["GET"]),
    Route(PATH + "/{seat}/fill", for_the_signed_in(fill), methods=["POST"]),
    Route(PATH + "/{act}", for_the_signed_in(answer(page_of, ACTS, PATH)), methods=["POST"]),
]
