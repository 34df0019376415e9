"""What an open question shows is changed on its page: looked at, made, confirmed."""

from __future__ import annotations

import html
import re

import pytest

from governance.consultation.answering import ANSWER, GivenAnswer
from governance.people.models import Grant
from tests.web.conftest import Site, SiteAt
from tests.web.test_conducting_acts import conduct, now, page, put
from tests.web.test_two_organs import plain

TEXT = [
    {"anchor": "p1", "text": "The committee met in Lyon."},
    {"anchor": "p2", "text": "It adopted the budget."},
]
WINDOW = {"working_days": 5}
SILENCE = [{"key": "agree"}, {"key": "object", "blocking": True}]
NOWHERE = {"text:p1": "The committee met nowhere.", "text:p2": "It adopted the budget."}
CLASSED = {"kind": "substantive", "reason": "It did not meet."}


@pytest.fixture
def site(site_at: SiteAt) -> Site:
    """A case in which HR may put questions."""
    return site_at("decision")


def seen_in(text: str) -> str:
    """The print of the difference that a page shows."""
    found = re.search(r'name="looked" value="([0-9a-f]+)"', text)
    assert found is not None
    return found.group(1)


def brief(site: Site, question: str, who: str = "legal") -> str:
    """The decision brief of somebody who is asked."""
    (link,) = (
        f"/decide/{site.world.house.keys.token(f'invitation:{each.id}')}"
        for each in site.world.invitations(question)
        if each.person_id == who
    )
    return plain(site.somebody(who).get(link).text)


def test_the_difference_is_looked_at_before_it_is_shown_to_everybody(site: Site) -> None:
    """The preview says what those asked will see and what answers are worth; then it is made."""
    asked = put(site, content={"text": TEXT}, within=WINDOW)
    looked = conduct(site, asked, act="change", step="look", **NOWHERE, **CLASSED)
    assert looked.status_code == 200
    assert "<del>in Lyon</del><ins>nowhere</ins>" in looked.text
    assert "count only once they are confirmed" in looked.text
    assert now(site, asked.id).content_version == 1
    made = conduct(
        site, asked, act="change", step="make", looked=seen_in(looked.text), **NOWHERE, **CLASSED
    )
    assert made.status_code == 303
    changed = now(site, asked.id)
    assert (changed.content_version, changed.content["text"][0]["text"]) == (
        2,
        "The committee met nowhere.",
    )
    assert "the content was changed in substance" in page(site, asked)
    assert "the committee met nowhere." in brief(site, asked.id)


def test_the_look_says_that_silence_to_new_content_has_a_whole_window(site: Site) -> None:
    """Where silence counts as consent, a change in substance begins the time of everybody anew."""
    tacit = {"working_days": 5, "on_late": "tacit"}
    asked = put(site, content={"text": TEXT}, within=tacit, kind="no_objection", positions=SILENCE)
    looked = conduct(site, asked, act="change", step="look", **NOWHERE, **CLASSED)
    assert "confirmed; the time of everybody begins anew" in plain(looked.text)


def test_only_the_difference_that_was_shown_is_made(site: Site) -> None:
    """Something typed after the look, or a change by another hand: it is shown again first."""
    asked = put(site, content={"text": TEXT}, within=WINDOW)
    looked = conduct(site, asked, act="change", step="look", **NOWHERE, **CLASSED)
    other = NOWHERE | {"text:p2": "It adopted nothing."}
    again = conduct(
        site, asked, act="change", step="make", looked=seen_in(looked.text), **other, **CLASSED
    )
    assert again.status_code == 422
    assert "look at the difference first" in plain(again.text)
    assert "<ins>nothing</ins>" in again.text
    assert now(site, asked.id).content_version == 1
    made = conduct(
        site, asked, act="change", step="make", looked=seen_in(again.text), **other, **CLASSED
    )
    assert made.status_code == 303


def test_what_a_change_lacks_is_said_at_its_fields_and_what_was_typed_is_kept(site: Site) -> None:
    """No class, no reason, nothing that differs: all three at once, each at its place."""
    asked = put(site, content={"text": TEXT}, within=WINDOW)
    bare = conduct(site, asked, act="change", step="look")
    assert bare.status_code == 422
    for field in ("parts", "kind", "reason"):
        assert f'id="change-{field}-fault"' in bare.text
        assert f'href="#change-{field}"' in bare.text
    typed = conduct(site, asked, act="change", step="look", **NOWHERE, reason="It did not meet.")
    assert "the class of the change is missing" in plain(typed.text)
    assert "The committee met nowhere.</textarea>" in typed.text
    assert "It did not meet.</textarea>" in typed.text
    assert "change-parts-fault" not in typed.text


def test_paragraphs_are_struck_out_and_added(site: Site) -> None:
    """An emptied paragraph goes, new ones come last under numbers that nobody had."""
    asked = put(site, content={"text": TEXT}, within=WINDOW)
    fields = {
        "text:p1": "",
        "text:p2": TEXT[1]["text"],
        "text-new": "It rose.\r\n\r\nAt noon.",
        "kind": "editorial",
        "reason": "Shorter.",
    }
    looked = conduct(site, asked, act="change", step="look", **fields)
    conduct(site, asked, act="change", step="make", looked=seen_in(looked.text), **fields)
    assert now(site, asked.id).content["text"] == [
        TEXT[1],
        {"anchor": "p3", "text": "It rose."},
        {"anchor": "p4", "text": "At noon."},
    ]


def test_who_may_no_longer_be_chosen_is_named_before_they_are_taken_out(site: Site) -> None:
    """Those who stand in an election are kept by name, and the difference names them."""
    asked = put(site, content={"candidates": ["Awa Example", "Kim Example"]}, within=WINDOW)
    fields = {"stays-shown": "1", "stays": "Kim Example", **CLASSED}
    looked = conduct(site, asked, act="change", step="look", **fields)
    assert "awa example may no longer be chosen" in plain(looked.text)
    conduct(site, asked, act="change", step="make", looked=seen_in(looked.text), **fields)
    assert now(site, asked.id).content["candidates"] == ["Kim Example"]


def test_a_change_is_confirmed_on_the_page_by_a_second_person(site: Site) -> None:
    """Whoever proposed it sees that it waits; a colleague sees the difference and confirms."""
    with site.world.house.database.deciding() as session:
        session.add(Grant(person_id="panel", role="hr_officer"))
    asked = put(
        site,
        content={"text": TEXT},
        within=WINDOW,
        change_needs_second=True,
        stewards=["hr_officer"],
    )
    looked = conduct(site, asked, act="change", step="look", **NOWHERE, **CLASSED)
    assert "a second person confirms it" in plain(looked.text)
    given = seen_in(looked.text)
    conduct(site, asked, act="change", step="make", looked=given, **NOWHERE, **CLASSED)
    assert now(site, asked.id).content_version == 1
    mine = page(site, asked)
    assert "a change waits for a second person" in mine
    assert "confirm the change" not in mine
    assert "what is changed" not in mine
    refused = conduct(site, asked, act="confirm_change", version="2")
    assert refused.status_code == 403
    colleague = site.somebody("panel")
    address = f"/consultations/{asked.id}/certificate"
    shown = colleague.get(address).text
    assert "<ins>nowhere</ins>" in shown
    assert "It did not meet." in html.unescape(shown)
    sent = f"/consultations/{asked.id}/conduct"
    stale = colleague.send(sent, address, act="confirm_change", version="7")
    assert stale.status_code == 422
    done = colleague.send(sent, address, act="confirm_change", version="2")
    assert done.status_code == 303
    assert now(site, asked.id).content_version == 2


def test_whoever_is_asked_is_offered_no_change(site: Site) -> None:
    """The form is for those who conduct the question, and the act refuses everybody else."""
    asked = put(site, content={"text": TEXT}, within=WINDOW)
    assert "change what is shown" not in page(site, asked, "legal")
    site.world.do("legal", ANSWER, GivenAnswer("yes"), asked.id)
    sent = site.somebody("legal").send(
        f"/consultations/{asked.id}/conduct",
        f"/consultations/{asked.id}/certificate",
        act="change",
        step="look",
        **NOWHERE,
        **CLASSED,
    )
    assert sent.status_code == 403
