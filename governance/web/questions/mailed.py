"""A letter by its mailed link: for whom it was written, after a code."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from governance.access.actor import Actor
from governance.appointments.models import Candidacy, Document
from governance.refusals import Reason, refuse, say
from governance.web.desk import Desk, open_to_all
from governance.web.issued import as_html, as_pdf
from governance.web.questions.proving import ask
from governance.web.questions.telling import reading_in
from governance.web.questions.tokens import document_of_token
from governance.web.views import Act, Calm, Fact


def cover(desk: Desk) -> Response:
    """The page before a letter: what it is, to read or to keep."""
    issued, owner = _letter(desk)
    actor = _reader(desk, issued, owner)
    if actor is None:
        return ask(desk, "letters", owner)
    path = desk.request.url.path
    with desk.house.database.reading() as session:
        reading = reading_in(desk.house, session, actor, desk.language)
        view = Calm(
            say("A letter to you"),
            (say("It is kept as it was issued. Nothing is asked of you."),),
            (
                Fact(say("Number"), issued.number),
                Fact(say("Date"), reading.day_of(issued.issued_at)),
                Fact(say("To keep"), "PDF", f"{path}/letter.pdf"),
            ),
            act=Act(say("Read the letter"), f"{path}/letter.html"),
        )
    return desk.page("calm", view)


def sheet(desk: Desk) -> Response:
    """The letter itself."""
    issued, owner = _letter(desk)
    if _reader(desk, issued, owner) is None:
        return ask(desk, "letters", owner)
    return as_pdf(issued) if desk.path["form"] == "pdf" else as_html(issued)


def _letter(desk: Desk) -> tuple[Document, str]:
    """The letter of a link, and to whom it was written."""
    with desk.house.database.reading() as session:
        found = document_of_token(desk.house, session, desk.path["token"])
        if found is not None:
            issued = session.get_one(Document, found)
            return issued, session.get_one(Candidacy, issued.candidacy_id).person_id
    raise refuse(
        "this link leads to no letter",
        rule="known_link",
        cure="Open it again from the mail, complete to the last letter.",
        reason=Reason.MISSING,
    )


def _reader(desk: Desk, issued: Document, owner: str) -> Actor | None:
    """Whoever it was written to: signed in, or by the code that went to them for this letter."""
    linked, signed_in = desk.by_link, desk.actor
    if linked is not None and linked.invitation == issued.id:
        return linked
    return signed_in if signed_in is not None and signed_in.person_id == owner else None


routes: list[Route] = [
    Route("/letters/{token}", open_to_all(cover), methods=["GET"]),
    Route("/letters/{token}/letter.{form}", open_to_all(sheet), methods=["GET"]),
]
