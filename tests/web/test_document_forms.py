"""Facts of documents as a form: whatever a kind wants can be typed, and comes back as it was."""

from __future__ import annotations

import pytest

from governance.documents.samples import minimal, sample
from governance.documents.schema import KINDS
from governance.web.papers.form import Form, field_of
from tests.web.forms import each_of, posted

LANGUAGES = ("en", "fr", "es", "ar")


@pytest.mark.parametrize("facts_of", [sample, minimal])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_facts_come_back_from_the_form_as_they_went_in(kind: str, facts_of: object) -> None:
    """Complete ones, and those with everything left out that may be absent."""
    facts = facts_of(kind, LANGUAGES[sorted(KINDS).index(kind) % 4])  # type: ignore[operator]
    form = Form(KINDS[kind])
    back = {**facts, **form.facts(posted(form.entries(facts)))}
    form_of = KINDS[kind].facts
    assert form_of.model_validate(back) == form_of.model_validate(facts)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_and_choice_of_ours_has_words_of_its_own(kind: str) -> None:
    """Which the catalogues translate; a kind of an organisation's own brings its words along."""
    entries = Form(KINDS[kind]).entries(sample(kind, "en"))
    assert [each.name for each in each_of(entries) if isinstance(each.label, str)] == []
    said = [words for each in each_of(entries) for _, words in each.options]
    assert [each for each in said if isinstance(each, str)] == []


def test_a_row_in_which_nothing_stands_does_not_count() -> None:
    """There is always one more row than are filled."""
    form = Form(KINDS["minutes"])
    entries = {each.name: each for each in form.entries(sample("minutes", "en"))}
    rows = entries["f.attendance"].rows
    assert len(rows) == len(sample("minutes", "en")["attendance"]) + 1
    assert [each.value for each in rows[-1] if each.type == "line"] == [""] * 4


def test_a_fault_shows_at_the_nearest_field() -> None:
    """A missing line of a list at its list; what has no field at the head of the page."""
    fields = {"f.copies": "", "f.points.0.title": ""}
    assert field_of("copies.0", fields) == "f.copies"
    assert field_of("points.0.title", fields) == "f.points.0.title"
    assert field_of("kontact", fields) == ""
