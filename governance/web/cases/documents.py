"""Issued documents: preview in a page, and the bytes as they were issued."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.law import law_of
from governance.appointments.models import Candidacy, Case, Document
from governance.appointments.queries import document, sees_all
from governance.people.models import Person
from governance.refusals import say
from governance.web.case_views import LetterPage
from governance.web.cases.fill_case import LETTERS
from governance.web.cases.reading import reading_for
from governance.web.desk import Desk, for_the_signed_in
from governance.web.issued import as_html, as_pdf
from governance.web.views import Document as Shown
from governance.web.views import Fact, Mark


def preview(desk: Desk) -> Response:
    """The letter within a page, with what is known of it."""
    with desk.house.database.reading() as session:
        found = document(session, desk.me, desk.path["document"])
        case = session.get_one(Case, found.case_id)
        rulebook = law_of(session, case.law)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
        candidacy = session.get_one(Candidacy, found.candidacy_id)
        person = session.get_one(Person, candidacy.person_id)
        post = rulebook.post(case.post)
    kind = LETTERS.get(found.kind) or found.kind
    title = reading.text(post.title if post else None)
    back = f"/appointments/{case.reference}" if sees_all(desk.me) else ""
    page = LetterPage(
        title=kind,
        case=Fact(case.reference, title, back),
        state=Mark("ok", say("issued")),
        frame_href=f"/documents/{found.id}/letter",
        language=found.language,
        facts=(
            Fact(say("Number"), found.number),
            Fact(say("To"), person.name),
            Fact(say("Language"), reading.tongue(found.language)),
            Fact(say("Issued on"), reading.day_of(found.issued_at)),
            Fact("SHA-256", found.sha256),
        ),
        documents=(Shown(kind, f"/documents/{found.id}.pdf", "PDF"),),
        balance=tuple(
            reading.finding(each) for each in (found.provenance.get("balance", ()) if back else ())
        ),
    )
    return desk.page("letter", page)


def letter(desk: Desk) -> Response:
    """The letter alone, for the frame of its page."""
    return as_html(_found(desk))


def pdf(desk: Desk) -> Response:
    """The bytes as they were issued."""
    return as_pdf(_found(desk))


def _found(desk: Desk) -> Document:
    with desk.house.database.reading() as session:
        return document(session, desk.me, desk.path["document"])


routes = [
    Route("/documents/{document}.html", for_the_signed_in(preview), methods=["GET"]),
    Route("/documents/{document}.pdf", for_the_signed_in(pdf), methods=["GET"]),
    Route("/documents/{document}/letter", for_the_signed_in(letter), methods=["GET"]),
]
