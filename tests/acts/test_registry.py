"""A document's life: drafted, reviewed, approved together with others, issued once, delivered."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from governance.access.actor import Level
from governance.acts import perform
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation
from governance.documents.samples import sample
from governance.people.models import Grant, Person
from governance.refusals import Refused
from governance.registry import approving, delivering, drafting, issuing, queries
from governance.registry.advance import progress
from governance.registry.models import Bundle, Delivery, Issue, Paper
from governance.registry.verifying import verify
from tests.acts.conftest import At
from tests.acts.world import World

pytestmark = pytest.mark.slow


def facts(kind: str, language: str = "en", **more: Any) -> dict[str, Any]:
    """A sample's facts as an officer enters them: number and date come at the hour of issue."""
    found = sample(kind, language) | more
    return {key: value for key, value in found.items() if key not in drafting.GIVEN_AT_ISSUE}


@pytest.fixture
def office(at: At) -> World:
    """An organisation in which two officers keep documents."""
    world = at("nothing")
    with world.house.database.deciding() as session:
        session.add(Person(id="hr2", family_name="Second", email="hr2@organisation.example"))
        session.flush()
        session.add(Grant(person_id="hr2", role="hr_officer"))
    return world


def drafted(world: World, kind: str = "regret", **more: Any) -> str:
    """A draft by the first officer, for the person called nobody."""
    given = drafting.Draft(kind, "en", facts(kind, **more), addressee_id="nobody")
    return perform(world.house, world.as_("hr"), drafting.DRAFT, None, given).subject_id  # type: ignore[union-attr]


def paper(world: World, paper_id: str) -> Paper:
    """A document as it stands."""
    with world.reading() as session:
        found: Paper = session.get_one(Paper, paper_id)
        return found


def approved(world: World, *papers: str) -> str:
    """Reviewed by the second officer, put together, approved by the Secretary General."""
    for each in papers:
        world.do("hr2", drafting.REVIEW, drafting.Review(1), each)
    given = approving.Asking("Letters of the day", papers, "sg")
    bundle = perform(world.house, world.as_("hr2"), approving.ASK, None, given)
    assert bundle is not None
    world.go_on()
    with world.reading() as session:
        query = select(Consultation).where(col(Consultation.owner_id) == bundle.subject_id)
        asked = session.exec(query).one()
    world.do("sg", ANSWER, GivenAnswer("approve", (), "", 1), asked.id)
    return bundle.subject_id


def test_a_document_goes_from_draft_to_acknowledgement(office: World) -> None:
    """Each step by whom it belongs to; the approval by the consultation engine."""
    one = drafted(office)
    approved(office, one)
    office.go_on()
    assert paper(office, one).state == "delivered"
    assert paper(office, one).number == "INTERPOL/2026/0001"
    perform(office.house, office.as_("nobody"), delivering.OPEN, one, None)
    perform(office.house, office.as_("nobody"), delivering.ACKNOWLEDGE, one, None)
    assert paper(office, one).state == "acknowledged"
    (delivery,) = office.rows(Delivery)
    assert (delivery.person_id, delivery.channel) == ("nobody", "mail")
    assert delivery.opened_at is not None
    assert office.kinds(f"document:{one}") == [
        "document:draft",
        "document:review",
        "document:issue",
        "document:deliver",
        "document:open",
        "document:acknowledge",
    ]


def test_one_act_signs_many(office: World) -> None:
    """One answer approves a bundle; every document of it gets its own number and seal."""
    many = [drafted(office) for _ in range(5)]
    bundle = approved(office, *many)
    office.go_on()
    assert {paper(office, each).number for each in many} == {
        f"INTERPOL/2026/000{n}" for n in range(1, 6)
    }
    with office.reading() as session:
        assert progress(session, bundle) == {"delivered": 5}
        assert session.get_one(Bundle, bundle).state == "done"


def test_issued_bytes_never_change(office: World) -> None:
    """Not by the program, and not by whoever reaches the database."""
    one = drafted(office)
    approved(office, one)
    office.go_on()
    with pytest.raises(DBAPIError), office.house.database.deciding() as session:
        session.connection().execute(text("UPDATE paper_issue SET html = 'x'"))
    (issue,) = office.rows(Issue)
    assert verify(office.house, issue.pdf).is_ours


def test_nobody_reviews_their_own_draft(office: World) -> None:
    """Four eyes see every document."""
    one = drafted(office)
    with pytest.raises(Refused, match="reviewed by somebody else"):
        office.do("hr", drafting.REVIEW, drafting.Review(1), one)


def test_an_unapproved_letter_is_not_issued(office: World) -> None:
    """A regret is approved first; the organisation says which kinds are not."""
    one = drafted(office)
    with pytest.raises(Refused, match="approved before it is issued"):
        office.do("hr", issuing.ISSUE, issuing.Numbered(), one)


def test_a_changed_draft_is_reviewed_anew(office: World) -> None:
    """A review holds for the words that were read."""
    one = drafted(office)
    office.do("hr2", drafting.REVIEW, drafting.Review(1), one)
    office.do("hr", drafting.REVISE, drafting.Revision(facts("regret"), 1), one)
    assert paper(office, one).state == "drafted"
    with pytest.raises(Refused, match="version 1 was read, and version 2 is the newest"):
        office.do("hr2", drafting.REVIEW, drafting.Review(1), one)


def test_what_was_sent_back_can_be_drafted_again(office: World) -> None:
    """Whoever approves may refuse; nothing is issued."""
    one = drafted(office)
    office.do("hr2", drafting.REVIEW, drafting.Review(1), one)
    given = approving.Asking("One", (one,), "sg")
    perform(office.house, office.as_("hr2"), approving.ASK, None, given)
    office.go_on()
    (asked,) = [each for each in office.rows(Consultation) if each.owner_kind == "bundle"]
    office.do("sg", ANSWER, GivenAnswer("send_back", (), "Correct the date.", 1), asked.id)
    office.go_on()
    assert paper(office, one).state == "drafted"
    assert office.rows(Issue) == []


def test_a_draft_with_a_fault_is_refused_whole(office: World) -> None:
    """By the path of the field and the name of the document; nothing is kept."""
    given = facts("regret")
    del given["post"]
    new = drafting.Draft("regret", "en", given)
    with pytest.raises(Refused, match="Letter of regret lacks post"):
        perform(office.house, office.as_("hr"), drafting.DRAFT, None, new)
    assert office.rows(Paper) == []


def test_a_document_is_replaced_only_by_an_issued_one(office: World) -> None:
    """What is superseded says by what; an annulment says why."""
    old, new = drafted(office), drafted(office)
    approved(office, old)
    office.go_on()
    with pytest.raises(Refused, match="not issued"):
        office.do("hr", delivering.SUPERSEDE, delivering.Replacing(new), old)
    approved(office, new)
    office.go_on()
    office.do("hr", delivering.SUPERSEDE, delivering.Replacing(new), old)
    with pytest.raises(Refused, match="without a reason"):
        office.do("hr", delivering.ANNUL, " ", new)
    office.do("hr", delivering.ANNUL, "Sent to the wrong person.", new)
    (first, second) = sorted(office.rows(Issue), key=lambda each: each.number)
    told = [[str(s) for s in verify(office.house, each.pdf).sentences] for each in (first, second)]
    assert any("superseded by document INTERPOL/2026/0002" in each for each in told[0])
    assert any("annulled later" in each for each in told[1])


def test_only_the_addressee_reads_what_was_issued_to_them(office: World) -> None:
    """And nobody outside reads a draft."""
    one = drafted(office)
    with office.reading() as session:
        assert queries.papers(session, office.as_("nobody")) == []
    approved(office, one)
    office.go_on()
    with office.reading() as session:
        assert [each.id for each in queries.papers(session, office.as_("nobody"))] == [one]
        with pytest.raises(Refused, match="there is no document"):
            queries.issue_of(session, office.as_("sg", Level.FRESH), one)


def test_a_verified_file_says_what_it_was_made_from(office: World) -> None:
    """Ours, whole, unaltered, in force, from which templates, and the same bytes again."""
    one = drafted(office)
    approved(office, one)
    office.go_on()
    (issue,) = office.rows(Issue)
    verdict = verify(office.house, issue.pdf)
    assert verdict.is_ours
    assert verdict.facts["same_bytes_again"] is True
    assert [str(each) for each in verdict.sentences][:3] == [
        "This file is ours: document INTERPOL/2026/0001, Letter of regret, dated 2026-11-23.",
        "It is whole: one seal covers the entire file.",
        "It is unaltered: the register knows exactly these bytes.",
    ]
    changed = verify(office.house, issue.pdf + b"\n")
    assert not changed.is_ours
    assert "altered after that was issued" in " ".join(map(str, changed.sentences))


def test_an_own_kind_is_issued_and_proven_like_ours(
    office: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rendered in a process apart; its description is kept with it, so it can be made again."""
    own = tmp_path / "documents"
    text = (
        "{% macro subject(letter) %}Loan{% endmacro %}\n"
        "{% macro body(letter) %}<p>We lend you {{ letter.what }}.</p>{% endmacro %}\n"
    )
    kind = "name: {en: Loan of equipment}\nlike: letter\nfields: {what: {is: line}}\n"
    for path, content in (
        ("documents.yaml", "unapproved: [loan]\n"),
        ("kinds/loan.yaml", kind),
        ("letters/text/en/loan.html", text),
    ):
        (own / path).parent.mkdir(parents=True, exist_ok=True)
        (own / path).write_text(content, "utf-8")
    monkeypatch.setitem(vars(office.house.settings), "rulebook_folder", tmp_path)
    plain = facts("regret")
    kept = ("organisation", "place", "addressee", "signatory", "contact", "copies")
    given = {key: plain[key] for key in kept} | {"what": "a radio <b>set</b>"}
    draft = drafting.Draft("loan", "en", given, addressee_id="nobody")
    perform(office.house, office.as_("hr"), issuing.DRAFT_AND_ISSUE, None, draft)
    (issued,) = office.rows(Issue)
    assert "a radio <b>set</b>" in issued.text
    shutil.rmtree(own)
    verdict = verify(office.house, issued.pdf or b"")
    assert verdict.facts["same_bytes_again"] is True
    assert "loan, dated" in str(verdict.sentences[0])


def test_a_pack_is_proven_with_the_papers_in_it(office: World) -> None:
    """What is kept of its templates is enough to render its parts again."""
    draft = drafting.Draft("pack", "en", facts("pack"))
    perform(office.house, office.as_("hr"), issuing.DRAFT_AND_ISSUE, None, draft)
    (issued,) = office.rows(Issue)
    assert verify(office.house, issued.pdf or b"").facts["same_bytes_again"] is True
