"""A tie over HTTP: the page of whoever casts, the calm page of everybody else, the API."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from governance.access.actor import Actor, Level
from governance.access.signing import begin
from governance.acts import perform
from governance.committees.founding import FOUND, Founding
from governance.committees.written import OPEN, InWriting
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation, Invitation
from governance.people.models import Person
from governance.rulebook.linting.proceedings import body_of
from tests.acts.test_casting_in_session import TIE
from tests.acts.test_committee_meetings import BODY, Chamber
from tests.web.conftest import Site, SiteAt
from tests.web.test_api import Caller

CHAIR, VOTER = "jane", "bob"


@pytest.fixture
def tied(site_at: SiteAt) -> Site:
    """A question in writing, two for and two against, put to the chair."""
    site = site_at("nothing")
    chamber = Chamber(site.world)
    text = (
        BODY.replace("body: standards", "body: ties")
        .replace(', voting_right: {since: "2026-02-13", has: false}', "")
        .replace("@acme.example", "@organisation.example")
        .replace("@globex.example", "@organisation.example")
    )
    body = body_of(
        "b.yaml", (text + TIE + '  chair_votes: {value: casting, article: "3.7"}\n').encode()
    ).body
    assert body is not None
    chamber.body = chamber.act(FOUND, None, Founding(body)).subject_id
    chamber.act(OPEN, chamber.body, InWriting({"en": "Shall the budget stand?"}))  # type: ignore[arg-type]
    (asked,) = site.world.rows(Consultation)
    voters = [each.person_id for each in site.world.rows(Invitation)]
    for person, position in zip(voters, ("yes", "no", "yes", "no"), strict=True):
        actor = Actor(person, Level.SESSION, "web", frozenset())
        perform(site.world.house, actor, ANSWER, asked.id, GivenAnswer(position))
    site.world.go_on()
    return site


def link_to(site: Site, consultation: Consultation, who: str) -> str:
    """The link of somebody's seat."""
    with site.world.reading() as session:
        query = (
            select(Invitation.id)
            .join(Person, col(Person.id) == col(Invitation.person_id))
            .where(
                col(Invitation.consultation_id) == consultation.id,
                col(Person.email) == f"{who}@organisation.example",
            )
        )
        seat = session.exec(query).one()
    return f"/decide/{site.world.house.keys.token(f'invitation:{seat}')}"


def questions(site: Site) -> tuple[Consultation, Consultation]:
    """The tied question, and the one by which it is broken."""
    found = {each.owner_kind: each for each in site.world.rows(Consultation)}
    return found["committee"], found["consultation"]


def test_the_chair_reads_why_they_are_asked_and_casts(tied: Site) -> None:
    """The brief has the question, the tie, the article on ties; the answer makes the outcome."""
    asked, put = questions(tied)
    link = link_to(tied, put, CHAIR)
    chair = tied.somebody(CHAIR)
    page = chair.get(link).text
    for words in ("Shall the budget stand?", "As many are for as against. You decide.", "3.6"):
        assert words in page
    answered = chair.send(link, position="yes", version="1")
    assert answered.status_code == 200
    tied.world.go_on()
    certificate = chair.get(f"/consultations/{put.id}/certificate")
    assert certificate.status_code == 200
    settled, _ = questions(tied)
    assert settled.outcome is not None
    assert settled.outcome["result"] == "carried"
    assert settled.id == asked.id


def test_who_has_voted_reads_that_the_casting_vote_is_awaited(tied: Site) -> None:
    """The link of a voter leads to a calm page, and another answer is not taken."""
    asked, _ = questions(tied)
    voter = tied.somebody(VOTER)
    assert "The votes are equally divided" in voter.get(link_to(tied, asked, VOTER)).text


def test_the_api_takes_the_casting_vote_by_the_tied_question(tied: Site) -> None:
    """Whoever is not asked finds nothing to cast; the chair casts by the id of the tied one."""
    asked, _ = questions(tied)
    caller = Caller(tied.world)
    path, given = f"/consultations/{asked.id}/cast", {"position": "no"}
    caller.post(path, given, by=key_of(tied, VOTER), status=404)
    caller.post(path, given, by=key_of(tied, CHAIR))
    settled, _ = questions(tied)
    assert settled.outcome is not None
    assert settled.outcome["result"] == "lost"


def key_of(site: Site, who: str) -> str:
    """The session of somebody at the API."""
    with site.world.reading() as session:
        query = select(Person.id).where(col(Person.email) == f"{who}@organisation.example")
        return begin(site.world.house, session.exec(query).one())
