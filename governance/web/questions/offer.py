"""The candidate's own page: the offer, the letter, accept or decline."""

from __future__ import annotations

from governance.appointments.models import Document as Issued
from governance.appointments.queries import documents_of
from governance.refusals import say
from governance.web.case_views import AcceptancePage
from governance.web.cases.marks import period_words
from governance.web.cases.reading import Reading
from governance.web.questions.brief import positions_of
from governance.web.questions.telling import Opened, clock_of
from governance.web.views import Document, Fact, Filled


def offer(opened: Opened, action: str, filled: Filled) -> AcceptancePage:
    """What is offered, from the law of the case and its letter."""
    reading, case = opened.reading, opened.case
    assert case is not None  # noqa: S101 -- an offer belongs to an appointment
    _, post = opened.law
    station = reading.rulebook.duty_station(post.duty_station)
    facts = (
        Fact(say("Reference"), case.reference),
        Fact(say("Grade"), post.grade),
        Fact(say("Duty station"), reading.text(station.title if station else None)),
        Fact(say("Term"), period_words(post.term) if post.term else ""),
        Fact(say("Entry on duty wished"), reading.day(case.wanted_on) if case.wanted_on else ""),
    )
    letters = [
        each
        for each in documents_of(reading.session, case.id)
        if each.candidacy_id == case.chosen and each.kind == "appointment"
    ]
    return AcceptancePage(
        action=action,
        name=opened.mine.person.name,
        post=reading.text(post.title),
        facts=tuple(line for line in facts if line.value),
        clock=clock_of(reading, opened.consultation, opened.mine.invitation),
        documents=tuple(each for letter in letters for each in _both(reading, action, letter)),
        positions=positions_of(reading, opened.consultation),
        version=str(opened.consultation.content_version),
        filled=filled,
    )


def _both(reading: Reading, action: str, letter: Issued) -> tuple[Document, Document]:
    """The letter to read here, and to keep."""
    title = say("Letter of appointment, {language}", language=reading.tongue(letter.language))
    return (
        Document(title, f"{action}/letters/{letter.id}.html", "HTML"),
        Document(title, f"{action}/letters/{letter.id}.pdf", "PDF"),
    )
