"""The page of a body: mandate, seats, officers, meetings, decisions, open actions."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.responses import Response
from starlette.routing import Route

from governance.committees.authority import roles_in
from governance.committees.lifecycle import CHAIR, SECRETARY
from governance.committees.models import Committee
from governance.committees.queries import BodyFile, body_file
from governance.refusals import Finding, say
from governance.web.cases.reading import Reading
from governance.web.committees import marks
from governance.web.committees.composition import part_of
from governance.web.committees.in_writing import offices_of, others_of, rows_of, vacant_of
from governance.web.committees.rows import action_row, decision_row, meeting_row, seat_row
from governance.web.committees.telling import paragraphs, reading_of, spoken, title_of
from governance.web.committees.views import BodyPage
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import EMPTY, Fact, Filled, Option, Words

SHOWN = 8


def show(desk: Desk) -> Response:
    """The page."""
    return desk.page("committee", page_of(desk))


def page_of(desk: Desk, filled: Filled = EMPTY, refused: tuple[Finding, ...] = ()) -> BodyPage:
    """The page's view; after a refused act with what was typed and every reason."""
    with reading_of(desk) as reading:
        file = body_file(reading.session, desk.me, desk.path["key"], reading.now)
        roles = roles_in(reading.session, file.committee.id, desk.me, reading.now)
        body = file.committee
        return BodyPage(
            key=body.key,
            title=title_of(reading, body),
            mark=marks.BODIES[body.state],
            facts=tuple(_facts(reading, file)),
            mandate=paragraphs(spoken(file.mandate.text, desk.language)) if file.mandate else (),
            mandate_note=_mandate_note(reading, file),
            officers=tuple(
                Fact(marks.OFFICES.get(each.office, each.office.replace("_", " ")), person.name)
                for each, person in file.officers
            ),
            seats=tuple(seat_row(reading, each) for each in file.seats),
            filled_seats=say(
                "{n} of {all} seats are filled",
                n=sum(each.person is not None for each in file.seats),
                all=len(file.seats),
            ),
            meetings=tuple(
                meeting_row(reading, body, each, file.minutes.get(each.id))
                for each in file.meetings[:SHOWN]
            ),
            decisions=tuple(decision_row(reading, each, None) for each in file.decisions[:SHOWN]),
            actions=tuple(
                action_row(reading, each, owner, roles, desk.me.person_id)
                for each, owner in file.actions
            ),
            register_href=f"/decisions?body={body.key}",
            pages=_pages(body),
            new_action=f"/committees/{body.key}/actions" if roles & {CHAIR, SECRETARY} else "",
            owners=_owners(file),
            writing=rows_of(reading, body),
            writes=bool(roles & {CHAIR, SECRETARY}),
            others=others_of(reading, body, desk) if roles & {CHAIR, SECRETARY} else (),
            vacant=vacant_of(reading, body) if roles & {CHAIR, SECRETARY} else (),
            offices=offices_of(),
            done=say("It is recorded.") if "done" in desk.request.query_params else "",
            filled=Filled(filled.values, {**filled.faults, **_by_field(refused)}),
            composition=part_of(desk, reading, body, may_set=bool(roles & {SECRETARY})),
        )


def _pages(body: Committee) -> tuple[Fact, ...]:
    """The pages below the page of the body."""
    base = f"/committees/{body.key}"
    found = [
        Fact("", say("Seats, terms and offices"), f"{base}/seats"),
        Fact("", say("Mandate and review"), f"{base}/mandate"),
    ]
    if body.kind == "crisis_team":
        found.insert(0, Fact("", say("Situation"), f"{base}/crisis"))
    return tuple(found)


def _by_field(refused: tuple[Finding, ...]) -> dict[str, Words]:
    return {each.where: each.because for each in refused}


def _owners(file: BodyFile) -> tuple[Option, ...]:
    people = [each.person for each in file.seats if each.person] + [
        person for _, person in file.officers
    ]
    named = {each.id: each.name for each in people}
    return (Option("", say("somebody else")), *(Option(*each) for each in sorted(named.items())))


def _facts(reading: Reading, file: BodyFile) -> Iterator[Fact]:
    body = file.committee
    yield Fact(say("Kind"), marks.KINDS.get(body.kind, body.kind.replace("_", " ")))
    if file.parent is not None:
        yield Fact(
            say("Reports to"), title_of(reading, file.parent), f"/committees/{file.parent.key}"
        )
    for child in file.children:
        yield Fact(say("Subordinate body"), title_of(reading, child), f"/committees/{child.key}")
    yield Fact(say("Zone"), body.zone)
    if body.sunset_on is not None:
        yield Fact(say("Mandate ends"), reading.day(body.sunset_on))
    if body.languages:
        yield Fact(
            say("Working languages"),
            reading.listed(reading.tongue(each) for each in body.languages),
        )


def _mandate_note(reading: Reading, file: BodyFile) -> Words:
    if file.mandate is None or file.mandate.approved_at is None:
        return say("No mandate is approved yet.")
    return say(
        "Version {n}, approved by {who} on {day}",
        n=file.mandate.version,
        who=file.mandate.approved_by or "–",
        day=reading.day_of(file.mandate.approved_at),
    )


routes = [Route("/committees/{key}", for_the_signed_in(show), methods=["GET"])]
