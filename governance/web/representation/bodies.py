"""Bodies: their list, and a page on which a composition is judged, rearranged and completed.

Nothing is kept: the form carries the composition from one look to the next.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from starlette.responses import Response
from starlette.routing import Route

from governance.language import period
from governance.refusals import Finding, Reason, Refused, Verdict, refuse, say
from governance.representation.ahead import side_by_side
from governance.representation.completing import complete
from governance.representation.composition import Composition, Member
from governance.representation.judge import verdict
from governance.representation.members_file import read_members
from governance.representation.reviews import queries
from governance.representation.reviews.acts import KEEPERS
from governance.representation.searching import Task
from governance.representation.view import View, at
from governance.rulebook.bodies.body import Body, ReviewDue
from governance.rulebook.bodies.reading import load_body, load_shipped, shipped_keys
from governance.rulebook.bodies.seats import Ranges
from governance.rulebook.parts import Period
from governance.web import words
from governance.web.desk import Desk, for_the_signed_in
from governance.web.representation import filling as fill
from governance.web.representation import views as v
from governance.web.views import EMPTY, Filled, Option, Words

SECONDS = 3.0
MOST_CANDIDATES = 200


def listing(desk: Desk) -> Response:
    """Every body that ships, and the reviews."""
    return desk.page("representation", list_page(desk))


def list_page(desk: Desk, filled: Filled = EMPTY) -> v.ListPage:
    """The list; with the form of a new review where the reader may open one."""
    laws = [load_body(key) for key in shipped_keys()]
    titles = {x.body: x.title.say(desk.language) for x in laws}
    with desk.house.database.reading() as session:
        reviews = queries.reviews(session, desk.me)
    return v.ListPage(
        tuple(v.BodyRow(titles[x.body], len(x.rules), f"/representation/{x.body}") for x in laws),
        tuple(
            v.ReviewRow(
                titles.get(x.body, x.body),
                words.day(x.due_on, desk.language),
                fill.state_mark(x.state),
                f"/representation/reviews/{x.id}",
            )
            for x in reviews
        ),
        bool(KEEPERS & desk.me.roles),
        tuple(Option(key, title) for key, title in titles.items()),
        filled,
    )


def show(desk: Desk) -> Response:
    """A body, and the form for a composition."""
    return desk.page("representation_body", body_page(desk, load_shipped(desk.path["body"])))


def body_page(desk: Desk, law: Body, filled: Filled = EMPTY) -> v.BodyPage:
    """The page without a verdict."""
    columns = ["name", "state", *(["role"] if law.roles else [])]
    columns += ["chamber"] if law.chambers else []
    columns += [*law.columns, "term_start", "term_end"]
    return v.BodyPage(
        law.body,
        law.title.say(desk.language),
        fill.rule_rows(law, desk.language),
        ",".join(columns),
        filled,
        ranges=any(isinstance(each, Ranges) for each in law.rules),
        review_days=tuple(_review_day(each, desk.language) for each in law.reviews),
    )


def _review_day(line: ReviewDue, language: str) -> Words:
    """When a review falls due, in words."""
    if line.every_year is not None:
        month, number = (int(each) for each in line.every_year.split("-"))
        day = words.day(date(2024, month, number), language, year=False)
        return say("each year on {day}", day=day)
    if line.before_election is not None:
        return say("{period} before an election", period=_in_words(line.before_election, language))
    assert line.after_vacancy is not None  # noqa: S101 -- one of the three is given
    return say("{period} after a vacancy", period=_in_words(line.after_vacancy, language))


def _in_words(length: Period, language: str) -> str:
    return period(language, length.count, length.unit)


def judge(desk: Desk) -> Response:
    """Judge what the form holds: read, arranged anew, or completed from candidates."""
    law = load_shipped(desk.path["body"])
    filled = Filled(
        {
            "members": file_in(desk, "members_file") or desk.text("members"),
            "candidates": file_in(desk, "candidates_file") or desk.text("candidates"),
            "on": desk.text("on"),
        }
    )
    page = body_page(desk, law, filled)
    try:
        weighed, text, pool = _weighed(desk, law, filled)
    except Refused as refused:
        if refused.reason is not Reason.INPUT:
            raise
        return desk.page(
            "representation_body", replace(page, faults=tuple(refused.findings)), status=422
        )
    kept = Filled({**filled.values, "members": text})
    chips = tuple(x.name for x in pool)
    return desk.page(
        "representation_body", replace(page, weighed=weighed, filled=kept, chips=chips)
    )


def _weighed(desk: Desk, law: Body, filled: Filled) -> tuple[v.Weighed, str, tuple[Member, ...]]:
    text = filled.values["members"]
    composition = read_members(text, law)
    pool: tuple[Member, ...] = ()
    if filled.values["candidates"]:
        pool = read_members(filled.values["candidates"], law, what="candidates").members
    view = _view(desk, law, composition, filled.values["on"])
    if any(name.startswith("seat-") for name in desk.form):
        view = _arranged(desk, view, pool)
        text = as_csv(view)
    found = verdict(view)
    weighed = fill.weighed_of(view, found, composition.members, pool)
    if pool and len(pool) <= MOST_CANDIDATES:
        effects = fill.effects_of(view, side_by_side(view, pool))
        weighed = replace(weighed, effects=effects)
    if pool and desk.text("step") == "slates":
        told = fill.slates_of(complete(Task(view, pool[:MOST_CANDIDATES]), SECONDS))
        weighed = replace(weighed, **told)
    return weighed, text, pool


def _view(desk: Desk, law: Body, composition: Composition, on: str) -> View:
    with desk.house.database.reading() as session:
        own = queries.overlay(session)
    when = day_in(desk, on)
    return at(law, composition, when, overlay=own, language=desk.language)


def day_in(desk: Desk, on: str) -> date:
    """The day that was typed; today, where none was. Refused where it is none."""
    try:
        return date.fromisoformat(on) if on else desk.house.clock.now().date()
    except ValueError:
        raise refuse(
            '"{text}" is not a date',
            rule="date_is_understood",
            cure="Write it as year-month-day, such as 2026-11-23.",
            reason=Reason.INPUT,
            where="on",
            text=on[:40],
        ) from None


def _arranged(desk: Desk, view: View, pool: tuple[Member, ...]) -> View:
    """The people put into seats as the map says: a seat keeps its role, a person the rest."""
    people = {x.name: x for x in (*pool, *view.members)}
    seats = sorted(view.members, key=lambda x: (view.rank(x), x.chamber, x.row or 0, x.name))
    chosen: list[Member] = []
    faults: list[Finding] = []
    for number, seat in enumerate(seats):
        name = desk.text(f"seat-{number}")
        person = people.get(name, seat) if name != "-" else None
        if person is None:
            continue
        if person.name in {x.name for x in chosen}:
            because = say("{name} is put into two seats", name=person.name)
            cure = say("Choose somebody else for one of them.")
            faults.append(Finding("seat_map", "", Verdict.FAIL, because, cure))
        chosen.append(replace(person, role=seat.role, chamber=seat.chamber, row=seat.row))
    if faults:
        raise Refused(faults, Reason.INPUT)
    return view.with_members(tuple(chosen))


def as_csv(view: View) -> str:
    """The arrangement as the form carries it on."""
    names = ["name", "state", "region", "role", "chamber", "sex", "birth_date", "elected_on"]
    names += ["term_start", "term_end", "left_on"]
    everybody = (*view.past, *view.members)
    more = sorted({key for x in everybody for key in x.more})
    rows = [",".join([*names, *more])]
    for each in everybody:
        cells = [getattr(each, name) for name in names] + [each.more.get(key) for key in more]
        rows.append(",".join(map(_cell, cells)))
    return "\n".join(rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f'"{text}"' if "," in text else text


def file_in(desk: Desk, name: str) -> str:
    """The text of a file that was sent; nothing where none was."""
    raw = desk.files.get(name, b"")
    if not raw:
        return ""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(
            "the file is not written in UTF-8",
            rule="members_file",
            cure="Save it again with the encoding UTF-8.",
            reason=Reason.INPUT,
            where=name,
        ) from None


routes = [
    Route("/representation", for_the_signed_in(listing)),
    Route("/representation/{body:str}", for_the_signed_in(show)),
    Route("/representation/{body:str}", for_the_signed_in(judge), methods=["POST"]),
]
