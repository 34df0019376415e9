"""An election that two bodies must both carry: put, answered and certified on pages."""

from __future__ import annotations

import re

import pytest
from sqlmodel import col, select

from governance.access.signing import begin
from governance.committees.after.models import Decision
from governance.committees.founding import FOUND, Founding
from governance.consultation.models import Consultation, Invitation
from governance.people.models import Grant, Person
from governance.rulebook.linting.proceedings import body_of
from tests.acts.test_committee_meetings import Chamber
from tests.web.conftest import Site, SiteAt
from tests.web.test_api import Caller

BODY = """schema: 1
body: {body}
title: The {body}
zone: UTC
members:
{members}
officers: [{{office: chair, name: {first}}}]
rules:
  threshold: {{value: {{more_than: 1/2}}, article: "{article}"}}
"""
COUNCIL, ASSEMBLY = ("ann", "ben", "cleo"), ("dora", "emil", "fay")
NAMES = ("Ada Ng", "Bo Sund", "Cy Marr")


def found(chamber: Chamber, body: str, members: tuple[str, ...], article: str) -> str:
    """A body of these members, the first in the chair."""
    lines = "\n".join(
        f"  - {{name: {each.title()} Roe, seat: {each}, email: {each}@organisation.example}}"
        for each in members
    )
    text = BODY.format(body=body, members=lines, first=f"{members[0].title()} Roe", article=article)
    made = body_of("b.yaml", text.encode()).body
    assert made is not None
    return chamber.act(FOUND, None, Founding(made)).subject_id


@pytest.fixture
def site(site_at: SiteAt) -> Site:
    """A council and an assembly of three each, and their secretary."""
    made = site_at("nothing")
    chamber = Chamber.__new__(Chamber)
    chamber.world = made.world
    found(chamber, "council", COUNCIL, "Statute, art. 8")
    found(chamber, "assembly", ASSEMBLY, "Statute, art. 10")
    with made.world.house.database.deciding() as session:
        session.add(Grant(person_id="hr", role="committee_secretary"))
    return made


def put(site: Site, **more: object) -> Consultation:
    """The secretary puts the election on the page of the council."""
    page = "/committees/council"
    given = {
        "writing-text": "Who are the two judges?",
        "by": "written",
        "candidates": "\n".join(NAMES),
        "seats": "2",
        "organs": "assembly",
        **more,
    }
    answer = site.somebody("hr").send(f"{page}/in-writing", page, **given)
    assert answer.status_code == 303, answer.text
    site.world.go_on()
    (asked,) = site.world.rows(Consultation)
    return asked  # type: ignore[no-any-return]


def vote(site: Site, asked: Consultation, who: str, *names: str) -> None:
    """Somebody opens the link of their mail and ticks names."""
    with site.world.reading() as session:
        query = (
            select(Invitation.id)
            .join(Person, col(Person.id) == col(Invitation.person_id))
            .where(
                col(Invitation.consultation_id) == asked.id,
                col(Person.email) == f"{who}@organisation.example",
            )
        )
        link = f"/decide/{site.world.house.keys.token(f'invitation:{session.exec(query).one()}')}"
    guest = site.somebody(who)
    page = guest.get(link).text
    assert all(each in page for each in NAMES)
    answered = guest.send(link, page=page, position="vote", version="1", chosen=list(names))
    assert answered.status_code == 200, answered.text
    assert all(each in answered.text for each in names)


def elect(site: Site, **more: object) -> Consultation:
    """The council elects Ada and Bo, the assembly Ada and Cy."""
    asked = put(site, **more)
    for who in COUNCIL:
        vote(site, asked, who, NAMES[0], NAMES[1])
    for who in ASSEMBLY:
        vote(site, asked, who, NAMES[0], NAMES[2])
    site.world.go_on()
    return next(each for each in site.world.rows(Consultation) if each.id == asked.id)  # type: ignore[no-any-return]


def test_two_rolls_are_asked_and_each_is_counted_by_its_own_rule(site: Site) -> None:
    """Whoever both elect is elected; the seat on which they differ is left for another round."""
    asked = elect(site)
    assert asked.outcome is not None
    assert (asked.outcome["result"], asked.outcome["chosen"]) == ("further_round", [NAMES[0]])
    organs = asked.outcome["numbers"]["organs"]
    assert {key: each["groups"][0]["elected"] for key, each in organs.items()} == {
        "council": [NAMES[0], NAMES[1]],
        "assembly": [NAMES[0], NAMES[2]],
    }


def test_the_certificate_says_both(site: Site) -> None:
    """Each organ with its roll, its article and its count; the body's page leads there."""
    asked = elect(site)
    secretary = site.somebody("hr")
    assert f"/consultations/{asked.id}/certificate" in secretary.get("/committees/council").text
    page = plain(secretary.get(f"/consultations/{asked.id}/certificate").text)
    for words in ("in council:", "in assembly:", "statute, art. 8", "statute, art. 10"):
        assert words in page
    caller = Caller(site.world)
    told = caller.get(f"/consultations/{asked.id}/certificate", by="hr")
    for words in ("the roll of council: 3 asked, 3 answered", "elected by every organ: Ada Ng"):
        assert any(words in each for each in told["sentences"]), told["sentences"]


def test_the_next_round_is_put_over_the_api_and_fills_the_seat(site: Site) -> None:
    """Among those who stay in, for the seat that is left; what is elected is registered."""
    asked = elect(site)
    caller = Caller(site.world)
    caller.post(f"/consultations/{asked.id}/next-round", by="hr")
    site.world.go_on()
    again = next(each for each in site.world.rows(Consultation) if each.id != asked.id)
    assert set(again.content["candidates"]) == {NAMES[1], NAMES[2]}
    for who in (*COUNCIL, *ASSEMBLY):
        caller.post(
            f"/consultations/{again.id}/answer",
            {"position": "vote", "chosen": [NAMES[1]], "seen_version": 1},
            by=key_of(site, who),
        )
    site.world.go_on()
    settled = next(each for each in site.world.rows(Consultation) if each.id == again.id)
    assert settled.outcome["result"] == "elected"
    assert set(settled.outcome["chosen"]) == {NAMES[0], NAMES[1]}
    (decision,) = site.world.rows(Decision)
    assert NAMES[1] in decision.text


def test_a_secret_election_is_held_in_each_organ_by_itself(site: Site) -> None:
    """A secret paper does not say of which organ it is: the page says so, and what to do."""
    page = "/committees/council"
    answer = site.somebody("hr").send(
        f"{page}/in-writing",
        page,
        candidates="\n".join(NAMES),
        secret="1",
        **{"writing-text": "Who?"},
        organs="assembly",
    )
    assert answer.status_code in {409, 422}
    assert "a secret paper does not say in which organ it was cast" in plain(answer.text)


def test_whoever_sits_in_both_is_named_before_anything_is_put(site: Site) -> None:
    """One person has one voice in a question: nobody is asked, and the page says who it is."""
    chamber = Chamber.__new__(Chamber)
    chamber.world = site.world
    found(chamber, "senate", ("ann", "gil"), "Statute, art. 11")
    page = "/committees/council"
    answer = site.somebody("hr").send(
        f"{page}/in-writing",
        page,
        **{"writing-text": "Shall it be?"},
        by="written",
        organs="senate",
    )
    assert answer.status_code in {409, 422}
    assert "Ann Roe would be asked in two bodies" in answer.text
    assert site.world.rows(Consultation) == []


def plain(page: str) -> str:
    """What a page says, without its tags, in small letters."""
    return re.sub(r"<[^>]*>", "", page).casefold()


def key_of(site: Site, who: str) -> str:
    """The session of somebody at the API."""
    with site.world.reading() as session:
        query = select(Person.id).where(col(Person.email) == f"{who}@organisation.example")
        return begin(site.world.house, session.exec(query).one())
