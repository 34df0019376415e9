"""The certificate of a question for whoever may read the question: a page, and papers of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlmodel import Session, col, or_, select
from starlette.responses import Response
from starlette.routing import Route

from governance.appointments import queries as of_cases
from governance.appointments.models import Case
from governance.committees import queries as of_bodies
from governance.consultation.certificate import Certificate, certificate_for
from governance.consultation.models import Consultation, Invitation
from governance.consultation.queries import root_of
from governance.refusals import say
from governance.web.cases.marks import CONSULTATIONS
from governance.web.cases.reading import Reading
from governance.web.certificates.awaiting import awaited
from governance.web.certificates.conducting import act, conduct_of, silences_of, steps_of
from governance.web.certificates.facts import day_of, facts_of
from governance.web.certificates.views import CertificatePage
from governance.web.certificates.wording import minute, result_of, voice_of
from governance.web.desk import Desk, for_the_signed_in
from governance.web.questions.telling import asker_of, question_of, reading_in
from governance.web.sheets import Paper, asked_for, drawn, no_such_paper
from governance.web.views import EMPTY, Fact, Filled, Mark
from governance.web.words import LANGUAGES

OF_CASES = frozenset({"case", "service"})
PAGES = {"case": "/appointments/{}", "meeting": "/meetings/{}", "minutes": "/minutes/{}"}


@dataclass(frozen=True)
class Certified:
    """A question with what is attested of it, and how its reader reads."""

    reading: Reading
    consultation: Consultation
    certificate: Certificate

    @property
    def is_closed(self) -> bool:
        """Whether there is a result to certify on paper."""
        return self.consultation.state == "closed" and bool(self.consultation.outcome)


def show(desk: Desk) -> Response:
    """The page: the count as it was stored; an open question as it stands, if that may be told."""
    return _shown(desk, EMPTY, 200)


def conducted(desk: Desk) -> Response:
    """An act of whoever conducts the question; what it refuses is said on the same page."""
    return act(desk, _shown)


def _shown(desk: Desk, filled: Filled, status: int) -> Response:
    with _certified(desk) as found:
        conduct = conduct_of(found.reading, found.consultation, desk, filled)
        page = replace(_page(found), conduct=conduct, filled=filled)
        return desk.page("certificate", page, status=status)


def paper(desk: Desk) -> Response:
    """The certificate as a paper in a language."""
    language, form = asked_for(desk)
    with _certified(desk) as found:
        consultation = found.consultation
        if not found.is_closed or consultation.closed_at is None:
            raise no_such_paper()
        reading = replace(found.reading, language=language)
        facts = facts_of(reading, consultation, found.certificate)
        day = day_of(reading, consultation.closed_at)
        name = f"{consultation.reference}-certificate".replace("/", "-")
    return drawn(desk, Paper("consultation_certificate", facts, day, name), language, form)


@contextmanager
def _certified(desk: Desk) -> Iterator[Certified]:
    """The certificate of the question in the address. Refused alike: none, and none for them."""
    key = desk.path["id"]
    with desk.house.database.reading() as session:
        consultation = _question(session, key)
        if consultation is None:
            raise no_such_paper()
        root = root_of(session, consultation)
        rooms = of_cases if root.owner_kind in OF_CASES else of_bodies
        sees_all = rooms.sees_all(desk.me)
        certificate = certificate_for(desk.house, desk.me, consultation.id, sees_all=sees_all)
        case = session.get(Case, root.owner_id)
        reading = reading_in(desk.house, session, desk.me, desk.language, case)
        yield Certified(reading, consultation, certificate)


def _question(session: Session, key: str) -> Consultation | None:
    by_invitation = select(Invitation.consultation_id).where(col(Invitation.id) == key)
    query = select(Consultation).where(
        or_(col(Consultation.id) == key, col(Consultation.id).in_(by_invitation))
    )
    return session.exec(query).first()


def _page(found: Certified) -> CertificatePage:
    reading, consultation = found.reading, found.consultation
    certificate = found.certificate
    mark = CONSULTATIONS[consultation.state]
    if found.is_closed:
        mark = Mark("ok", result_of(reading, consultation))
    where = PAGES.get(consultation.owner_kind, "")
    named = consultation.reference if consultation.owner_kind == "case" else consultation.owner_id
    return CertificatePage(
        question=question_of(reading, consultation),
        subject=Fact(say("Reference"), consultation.reference, where.format(named)),
        mark=mark,
        facts=tuple(_facts(found)),
        rule=certificate.rule,
        voices=tuple(voice_of(reading, consultation, each) for each in certificate.facts["asked"]),
        working=(*certificate.working, *certificate.castings),
        end=certificate.end,
        steps=steps_of(reading, consultation),
        silences=silences_of(reading, consultation),
        papers=tuple(_papers(consultation)) if found.is_closed else (),
    )


def _facts(found: Certified) -> Iterator[Fact]:
    reading, consultation = found.reading, found.consultation
    yield Fact(say("Asked by"), asker_of(reading.session, consultation))
    yield Fact(say("Opened"), minute(reading, consultation.opened_at))
    if consultation.closed_at is not None:
        yield Fact(say("Closed"), minute(reading, consultation.closed_at))
    yield Fact(say("Article"), consultation.rule["article"] or "–")
    if consultation.closing_entry:
        yield Fact(say("Entry"), consultation.closing_entry[:16])


def _papers(consultation: Consultation) -> Iterator[Fact]:
    for language, name in LANGUAGES.items():
        href = f"/consultations/{consultation.id}/certificate.{language}"
        yield Fact(say("Certificate"), name, href, note=language)


routes = [
    Route("/consultations/{id}/conduct", for_the_signed_in(conducted), methods=["POST"]),
    Route("/consultations/{id}/awaited", for_the_signed_in(awaited), methods=["GET"]),
    Route("/consultations/{id}/certificate", for_the_signed_in(show), methods=["GET"]),
    Route(
        "/consultations/{id}/certificate.{language}.{form}",
        for_the_signed_in(paper),
        methods=["GET"],
    ),
]
