"""Minutes and the list of decisions as papers: a page, a PDF, an editable copy, in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from governance.committees.minutes.lifecycle import ADOPTED
from governance.committees.minutes.printing import NOT_SAID, Head, decisions_of, facts_of
from governance.committees.minutes.text import public_edition
from governance.committees.models import Officer
from governance.committees.queries import officers_of
from governance.people.models import Person
from governance.registry.house_style import letterhead_of, place_of
from governance.web.cases.reading import Reading
from governance.web.committees.minutes import Opened, open_minutes
from governance.web.committees.minutes_silence import KIND, certified, was_silent
from governance.web.committees.secretariat import secretary_of
from governance.web.committees.telling import reading_of, spoken
from governance.web.desk import Desk, for_the_signed_in
from governance.web.sheets import Paper, asked_for, drawn, no_such_paper

KINDS: Mapping[str, Callable[[Head, Any], dict[str, Any]]] = {
    "minutes": facts_of,
    "decisions": decisions_of,
}


def show(desk: Desk) -> Response:
    """The paper as asked for; whoever does not sit in the body gets the public edition."""
    language, form = asked_for(desk)
    kind = desk.path["kind"]
    with reading_of(desk) as reading:
        at = open_minutes(desk, reading)
        if at.text is None or not (kind in KINDS or (kind == KIND and was_silent(at))):
            raise no_such_paper()
        head = _head(reading, at, language)
        if kind == KIND:
            facts = certified(replace(reading, language=language), at, head)
        else:
            blocks = at.text.blocks if at.whole else public_edition(at.text.blocks)
            facts = KINDS[kind](head, blocks)
    paper = Paper(kind, facts, date.fromisoformat(facts["date"]), f"{at.meeting.reference}-{kind}")
    return drawn(desk, paper, language, form)


def _head(reading: Reading, at: Opened, language: str) -> Head:
    meeting, minutes = at.meeting, at.minutes
    organisation = reading.rulebook.organisation
    officers: list[tuple[Officer, Person]] = officers_of(
        reading.session, at.committee.id, meeting.starts_at
    )
    chair = next((person.name for each, person in officers if each.office == "chair"), NOT_SAID)
    when = minutes.adopted_at or (at.text.at if at.text else meeting.starts_at)
    return Head(
        organisation=letterhead_of(organisation, language),
        place=place_of(organisation, language),
        date=when.date().isoformat(),
        reference=meeting.reference,
        body=spoken(at.committee.title, language) or at.committee.key,
        title=spoken(meeting.title, language) or meeting.reference,
        venue=meeting.place,
        zone=meeting.zone,
        starts_at=meeting.starts_at,
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        chair=chair,
        secretary=secretary_of(reading),
        article=str(meeting.quorum.get("article") or NOT_SAID),
        adopted_on=minutes.adopted_at.date().isoformat()
        if minutes.adopted_at and minutes.state in ADOPTED
        else "",
    )


routes = [
    Route("/minutes/{id}/{kind}.{language}.{form}", for_the_signed_in(show), methods=["GET"]),
]
