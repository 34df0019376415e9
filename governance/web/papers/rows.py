"""A document in words of the page: its kind, its state, when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from governance.lifecycle import label
from governance.people.models import Person
from governance.people.queries import by_email, by_id
from governance.refusals import Reason, refuse, say
from governance.registry.drafting import REGISTRARS
from governance.registry.house_style import kind_named, style_of
from governance.registry.lifecycle import BundleLifecycle, PaperLifecycle
from governance.registry.models import Bundle, Paper
from governance.registry.verifying import LANGUAGES
from governance.web.desk import Desk
from governance.web.papers.views import Row
from governance.web.views import Mark, Moment, Tone, Words

TONES: Mapping[str, Tone] = {
    "annulled": "bad",
    "discarded": "none",
    "superseded": "warn",
    "acknowledged": "ok",
    "approved": "ok",
    "delivered": "ok",
    "done": "ok",
    "returned": "warn",
}


def keeps(desk: Desk) -> bool:
    """Whether somebody keeps documents, as far as roles say; each act asks again."""
    return bool(REGISTRARS & desk.me.roles)


def kind_of(desk: Desk, kind: str) -> Words:
    """A kind in the reader's language."""
    return kind_named(style_of(desk.house.settings).templates, kind, desk.language)


def state_of(paper: Paper) -> Mark:
    """Where a document is in its life."""
    return Mark(TONES.get(paper.state, "now"), say(label(PaperLifecycle, paper.state)))


def state_of_bundle(bundle: Bundle) -> Mark:
    """Where a bundle is."""
    return Mark(TONES.get(bundle.state, "now"), say(label(BundleLifecycle, bundle.state)))


def moment_of(desk: Desk, at: Any) -> Moment:
    """An instant where the organisation has its seat."""
    calendar = next(iter(desk.house.calendars.values()))
    return Moment(at, calendar.zone, calendar.title)


def rows_of(desk: Desk, papers: Iterable[Paper]) -> tuple[Row, ...]:
    """Documents as lines of a list, each with the name of its addressee."""
    papers = list(papers)
    templates = style_of(desk.house.settings).templates
    named = people_of(desk, [paper.addressee_id for paper in papers])
    return tuple(
        Row(
            paper.id,
            paper.number or say("Draft"),
            kind_named(templates, paper.kind, desk.language),
            LANGUAGES[paper.language],
            state_of(paper),
            moment_of(desk, paper.issued_at or paper.drafted_at),
            f"/documents/{paper.id}",
            named[paper.addressee_id].name if paper.addressee_id in named else "",
        )
        for paper in papers
    )


def people_of(desk: Desk, ids: Iterable[str | None]) -> Mapping[str | None, Person]:
    """Persons by their identifiers."""
    with desk.house.database.reading() as session:
        found = by_id(session, {each for each in ids if each})
    return dict(found.items())


def person_at(desk: Desk, email: str) -> Person:
    """The person registered under an address that was typed. Refused where there is none."""
    with desk.house.database.reading() as session:
        found = by_email(session, email)
    if found is None:
        raise refuse(
            "nobody is registered here under {email}",
            rule="person_is_known",
            cure="Check the address.",
            reason=Reason.INPUT,
            email=email[:120] or "–",
        )
    return found
