"""An organisation's own kind of document: facts as data, texts in its languages, tried apart."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Office
from pypdfium2 import PdfDocument

from governance.documents import checks, render, samples, source
from governance.documents.apart import workshop
from governance.documents.beside import side_by_side
from governance.documents.linting import lint
from governance.documents.linting_kinds import faults_of_kinds
from governance.documents.source import Templates
from governance.refusals import Refused

KIND = """\
name: {fr: Prêt de matériel, ar: إعارة معدات}
like: letter
fields:
  equipment: {is: line, about: What is lent.}
  worth: {is: money}
  lent_on: {is: day}
  back_by: {is: day, may_be_absent: it may be lent without a term}
  condition: {one_of: [as_new, used]}
  parts:
    is: list of table
    fields:
      what: {is: line}
      count: {is: number}
words:
  Equipment on loan: {fr: Matériel prêté, ar: المعدات المعارة}
sample:
  all: {worth: {amount: "1250.00"}}
  fr: {equipment: un poste radio}
"""
FRENCH = """\
{% macro subject(letter) %}
{{ label("Equipment on loan") }} : {{ letter.equipment }}
{%- endmacro %}

{% macro body(letter) %}
<p>Nous vous prêtons {{ letter.equipment }}, d’une valeur de {{ letter.worth|money }},
à compter du {{ letter.lent_on|day }}{% if letter.back_by is not none %}
et jusqu’au {{ letter.back_by|day }}{% endif %}
{% if letter.condition == "used" %}, déjà utilisé{% endif %}.</p>
<ul>
{% for part in letter.parts %}
<li>{{ part.count|number }} {{ part.what }}</li>
{% endfor %}
</ul>
{% endmacro %}
"""
ARABIC = FRENCH.replace("Nous vous prêtons", "نعيركم").replace("déjà utilisé", "مستعملة")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a kind of its own in French and Arabic."""
    for path, content in (
        ("kinds/loan.yaml", KIND),
        ("letters/text/fr/loan.html", FRENCH.replace(" :", "&nbsp;:")),
        ("letters/text/ar/loan.html", ARABIC),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, "utf-8")
    return tmp_path


@pytest.fixture
def templates(own: Path) -> Templates:
    """Ours, with the organisation's own kind beside them."""
    return source.read(source.TEMPLATES, own)


def edit(own: Path, path: str, before: str, after: str) -> None:
    """A lawyer changes a file."""
    text = (own / path).read_text("utf-8")
    assert before in text
    (own / path).write_text(text.replace(before, after, 1), "utf-8")


def told(own: Path) -> list[str]:
    """What the linter says."""
    return [str(each) for each in lint(own)]


def loan(templates: Templates, language: str = "fr", **more: Any) -> dict[str, Any]:
    """The sample's facts."""
    return samples.sample("loan", language, templates.kinds) | more


def test_a_kind_of_its_own_is_in_order(own: Path) -> None:
    """Written in the languages that it has a name in, without a structure of its own."""
    assert told(own) == []


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_it_is_rendered_to_all_four_outputs(templates: Templates, language: str) -> None:
    """With letterhead, signature and the checks of every record."""
    facts = loan(templates, language)
    made = render.record("loan", language, facts, date(2027, 3, 1), templates=templates)
    assert checks.faults(made.pdf, language) == []
    for said in (templates.kinds["loan"].words["Equipment on loan"][language], "John Specimen"):
        assert said in made.text
        assert said in made.html
    copy = Office(io.BytesIO(render.editable("loan", language, facts, templates)))
    assert facts["equipment"] in "\n".join(each.text for each in copy.paragraphs)
    assert "1" in PdfDocument(made.pdf)[0].get_textpage().get_text_bounded()


def test_it_depends_on_its_own_description(templates: Templates) -> None:
    """So that what is kept beside an issued document is enough to make it again."""
    used = templates.used("loan", "fr")
    assert "kinds/loan.yaml" in used
    kept = Templates({path: templates.files[path] for path in (*used, source.STYLE)})
    facts, day = loan(templates), date(2027, 3, 1)
    one, again = (
        render.record("loan", "fr", facts, day, templates=each) for each in (templates, kept)
    )
    assert one.pdf == again.pdf


def test_a_fault_of_its_facts_has_its_path_and_the_name_of_the_document(
    templates: Templates,
) -> None:
    """As for every kind of ours."""
    facts = loan(templates, parts=[{"what": "antenne"}], condition="broken", kontact="x")
    with pytest.raises(Refused) as refused:
        render.preview("loan", "fr", facts, templates)
    said = " ".join(str(each) for each in refused.value.findings)
    assert "parts.0.count: Prêt de matériel lacks parts.0.count" in said
    assert "condition" in said
    assert "Prêt de matériel has no field kontact" in said


def test_a_language_that_it_is_not_written_in_is_refused(templates: Templates) -> None:
    """With those that there are."""
    with pytest.raises(Refused, match="is not written in 'en'"):
        render.preview("loan", "en", loan(templates, "en"), templates)


def test_hostile_facts_appear_literally(templates: Templates) -> None:
    """In a kind of its own as in ours."""
    hostile = "<script>alert(1)</script> {{7*7}} #import"
    made = render.record(
        "loan",
        "ar",
        loan(templates, "ar", equipment=hostile),
        date(2027, 3, 1),
        templates=templates,
    )
    assert hostile in made.text.replace("\u2068", "").replace("\u2069", "")
    assert "<script>" not in made.html


@pytest.mark.parametrize(
    ("before", "after", "place", "says"),
    [
        ("like: letter", "like: poem", "line 2", "'poem' is not what a kind may be like"),
        ("equipment: {is: line, ", "equipment: {is: lines, ", "line 4", "Use one of line"),
        ("worth:", "items:", "line 5", "'items' means something else"),
        ("worth:", "contact:", "line 5", "every document of this kind has contact"),
        ("worth:", "Worth:", "line 5", "is no name for a fact"),
        ("lent_on: {is: day}", "lent_on: day", "line 6", "a fact says what it is"),
        ("lent_on: {is: day}", "lent_on: {is: day, or: x}", "line 6", "something that is not read"),
        ("one_of: [as_new, used]", "one_of: []", "line 8", "choices are a list"),
        ("    fields:\n", "    felder:\n", "line 11", "is not read"),
        ("name: {fr:", "name: {pt: Empréstimo, fr:", "line 1", "not known in 'pt'"),
        ("like: letter\n", "like: letter\nlike: paper\n", "line 3", "duplicate"),
        ("ar: المعدات المعارة", "en: Loan", "Equipment on loan", "not said in ar"),
        ("name: {fr: Prêt de matériel, ", "name: {", "yaml, name", "text but no name in fr"),
        ("name: {fr:", "name: {en: Loan, fr:", "text/en/loan.html", "no text for loan in en"),
    ],
)
def test_each_fault_of_a_kind_has_its_place_and_cure(
    own: Path, before: str, after: str, place: str, says: str
) -> None:
    """So that whoever wrote it finds it."""
    edit(own, "kinds/loan.yaml", before, after)
    said = " ".join(told(own))
    assert place in said
    assert says in said


def test_a_fact_that_no_text_says_is_remarked(own: Path) -> None:
    """It may have been forgotten; it is no fault, for it may decide what is said."""
    edit(own, "kinds/loan.yaml", "  lent_on:", "  spare: {is: line}\n  lent_on:")
    (found,) = faults_of_kinds(source.read(source.TEMPLATES, own))
    assert str(found).startswith("kinds/loan.yaml, fields, spare: no text of loan says spare.")
    assert not found.blocks


def test_a_block_that_one_language_lacks_is_missing(own: Path) -> None:
    """Each text has the blocks that the others have."""
    edit(own, "letters/text/ar/loan.html", "macro body", "macro bodies")
    assert any('text/ar/loan.html: the block "body" is missing' in each for each in told(own))


def test_our_own_kinds_keep_their_names(own: Path) -> None:
    """A file that describes one of them again is refused, and changes nothing."""
    (own / "kinds" / "loan.yaml").rename(own / "kinds" / "regret.yaml")
    assert any("'regret' is a kind of ours" in each for each in told(own))
    assert not source.read(source.TEMPLATES, own).kinds["regret"].is_own


def test_a_kind_with_faults_stops_no_other_document(own: Path) -> None:
    """It cannot be used itself; letters of regret go out as before."""
    edit(own, "kinds/loan.yaml", "like: letter", "like: poem")
    templates = source.read(source.TEMPLATES, own)
    assert render.preview("regret", "fr", samples.sample("regret", "fr"), templates)
    with pytest.raises(Refused, match="poem"):
        render.preview("loan", "fr", {}, templates)


def test_a_new_kind_is_previewed_alone_and_a_changed_one_beside_what_holds_now(
    own: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Ordinary and hostile facts, in sheets that cannot run."""
    page = side_by_side("loan", "fr", own)
    assert page.count("<iframe sandbox") == 2
    edited = tmp_path_factory.mktemp("edited")
    for path in (each for each in own.rglob("*") if each.is_file()):
        copy = edited / path.relative_to(own)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    edit(edited, "letters/text/fr/loan.html", "Nous vous prêtons", "Il vous est prêté")
    page = side_by_side("loan", "fr", edited, own)
    assert page.count("<iframe sandbox") == 4
    assert page.count("Nous vous prêtons") == 2
    assert page.count("Il vous est prêté") == 2


def test_a_text_that_runs_away_is_ended_and_the_next_one_is_rendered(own: Path) -> None:
    """Whoever issues a letter waits for the limit, never longer."""
    edit(
        own,
        "letters/text/fr/loan.html",
        "<ul>",
        "<p>"
        + "{% for a in letter.parts %}" * 16
        + "{% if a.what == '' %}x{% endif %}"
        + "{% endfor %}" * 16
        + "</p><ul>",
    )
    templates = source.read(source.TEMPLATES, own)
    facts = loan(templates, parts=[{"what": "antenne", "count": 1}] * 9)
    order = {"kind": "loan", "language": "fr", "facts": facts, "words_back": None}
    with pytest.raises(Refused, match="took too long or too much memory"):
        workshop.asked("preview", templates, seconds=0, **order)
    whole = loan(templates, "ar")
    assert "نعيركم" in render.preview("loan", "ar", whole, templates)
