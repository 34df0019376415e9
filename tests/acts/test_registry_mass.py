"""Many documents in one act: each is issued once, whatever stops the run in between."""

from __future__ import annotations

import io

import docx
import pytest
from sqlmodel import col, func, select

from governance.acts import perform
from governance.documents.render import editable
from governance.documents.samples import sample
from governance.refusals import Refused
from governance.registry import advance, approving, drafting
from governance.registry.models import Bundle, Issue, Paper
from tests.acts.world import World

pytestmark = pytest.mark.slow

MANY = 60


def drafts(number: int, kind: str = "acknowledgement") -> tuple[drafting.Draft, ...]:
    """So many drafts of a kind that needs no approval."""
    facts = sample(kind, "en")
    given = {key: facts[key] for key in facts if key not in drafting.GIVEN_AT_ISSUE}
    return tuple(drafting.Draft(kind, "en", given) for _ in range(number))


def gathered(world: World, number: int) -> str:
    """A bundle that is being issued."""
    given = approving.Gathering("Letters of the call", drafts(number), key="call-1")
    receipt = perform(world.house, world.as_("hr"), approving.GATHER, None, given)
    assert receipt is not None
    perform(world.house, world.as_("hr"), approving.RELEASE, receipt.subject_id, None)
    return receipt.subject_id


def count(world: World) -> int:
    """How many documents were issued."""
    with world.reading() as session:
        return session.exec(select(func.count(col(Issue.paper_id)))).one()


def test_the_same_act_twice_drafts_nothing_twice(sqlite_at: object) -> None:
    """A second press of the button, or a repeated command, is nothing."""
    world: World = sqlite_at("nothing")  # type: ignore[operator]
    gathered(world, 3)
    given = approving.Gathering("Letters of the call", drafts(3), key="call-1")
    assert perform(world.house, world.as_("hr"), approving.GATHER, None, given) is None
    assert len(world.rows(Paper)) == 3


def test_who_is_killed_between_two_documents_goes_on_with_the_second(
    sqlite_at: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each document is its own transaction: none is lost, none is issued twice."""
    world: World = sqlite_at("nothing")  # type: ignore[operator]
    bundle = gathered(world, 7)
    calls = iter(range(100))
    issue = advance.issue

    def dying(*given: object) -> Issue:
        if next(calls) == 3:
            raise KeyboardInterrupt  # what a killed run looks like from within
        return issue(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(advance, "issue", dying)
    with pytest.raises(KeyboardInterrupt):
        world.go_on()
    assert count(world) == 3
    with world.reading() as session:
        assert advance.progress(session, bundle) == {"issued": 3, "drafted": 4}
    world.clock.advance(minutes=10)  # the lease of the run that died is over
    world.go_on()
    assert count(world) == 7
    numbers = sorted(each.number for each in world.rows(Issue))
    assert numbers == [f"INTERPOL/2026/{n:04d}" for n in range(1, 8)]
    with world.reading() as session:
        assert session.get_one(Bundle, bundle).state == "done"


def test_many_letters_are_issued_once_each(sqlite_at: object) -> None:
    """In one act, a run of fifty at a time, with a count on the way."""
    world: World = sqlite_at("nothing")  # type: ignore[operator]
    bundle = gathered(world, MANY)
    came = advance.advance(world.house, bundle)
    assert (came.issued, came.left) == (50, MANY - 50)
    world.go_on()
    assert count(world) == MANY


def test_minutes_come_back_only_under_somebodys_eyes(sqlite_at: object) -> None:
    """The words are named by what was compared; the accepted draft is reviewed anew and proven."""
    world: World = sqlite_at("nothing")  # type: ignore[operator]
    facts = sample("minutes", "en")
    given = {key: facts[key] for key in facts if key not in drafting.GIVEN_AT_ISSUE}
    draft = drafting.Draft("minutes", "en", given)
    made = perform(world.house, world.as_("hr"), drafting.DRAFT, None, draft)
    assert made is not None
    with world.reading() as session:
        paper = session.get_one(Paper, made.subject_id)
        shown = drafting.facts_to_show(world.house, session, paper)
        file = docx.Document(io.BytesIO(editable("minutes", "en", shown)))
        next(each for each in file.paragraphs if each.style.name == "Normal").add_run(" Indeed.")
        out = io.BytesIO()
        file.save(out)
        found = drafting.compared(world.house, session, paper, out.getvalue())
    assert len(found.differences) == 1
    with pytest.raises(Refused, match="not the words whose differences were seen"):
        world.do("hr", drafting.ACCEPT, drafting.Accepting(out.getvalue(), "unseen"), paper.id)
    world.do("hr", drafting.ACCEPT, drafting.Accepting(out.getvalue(), found.seen), paper.id)
    with world.reading() as session:
        again = session.get_one(Paper, paper.id)
        assert (again.version, again.state) == (2, "drafted")
        kept = drafting.facts_of(world.house, session, again.facts)
    assert "Indeed." in str(kept[drafting.WORDS_BACK])


def test_a_fault_in_one_row_drafts_none(sqlite_at: object) -> None:
    """By its row and path; the rows before it are taken back."""
    world: World = sqlite_at("nothing")  # type: ignore[operator]
    good = drafts(2)
    bad = drafting.Draft("acknowledgement", "en", {**good[0].facts, "kontact": "x"})
    given = approving.Gathering("Letters of the call", (*good, bad))
    with pytest.raises(Refused) as refusal:
        perform(world.house, world.as_("hr"), approving.GATHER, None, given)
    assert refusal.value.findings[0].where == "row 3, kontact"
    assert world.rows(Paper) == []
