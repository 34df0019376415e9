"""The template language: small, isolating every value, and unable to run away."""

from __future__ import annotations

import base64
import copy
import hashlib
from typing import Any

import pytest

from governance.documents import render, source
from governance.documents.html import parse
from governance.documents.samples import sample
from governance.refusals import Refused

TEXT = "letters/text/en/regret.html"


def with_thanks(words: str) -> source.Templates:
    """Our templates, with other words in one block of one text."""
    ours = source.ours()
    head, _, rest = ours.text(TEXT).partition("{% macro thanks(letter) %}")
    tail = rest.partition("{% endmacro %}")[2]
    text = head + "{% macro thanks(letter) %}" + words + "{% endmacro %}" + tail
    return source.Templates({**ours.files, TEXT: text.encode("utf-8")})


def written(words: str) -> str:
    """The letter from its heading on, with other words in it."""
    return render.fragment("regret", "en", sample("regret", "en"), with_thanks(words))


def test_a_value_is_escaped_and_kept_apart() -> None:
    """Every value stands in an isolating element, whoever writes the template."""
    assert "<p><bdi>Abidjan</bdi></p>" in written("<p>{{ letter.post.duty_station }}</p>")


def test_a_date_is_markup_of_our_own() -> None:
    """A filter may give an element; a value may not."""
    assert "<p>1\u00a0March 2027</p>" in written("<p>{{ letter.date|day }}</p>")


def test_a_loop_and_its_end_may_be_asked_for() -> None:
    """Lists can be joined with words between them."""
    words = (
        "<p>{% for line in letter.organisation.address %}"
        "{{ loop.index }}{% if not loop.last %}, {% endif %}{% endfor %}</p>"
    )
    bdi = "<bdi>{}</bdi>"
    assert "<p>" + ", ".join(bdi.format(n) for n in (1, 2, 3, 4)) + "</p>" in written(words)


@pytest.mark.parametrize(
    "words",
    [
        "{{ letter.nobody }}",
        "{{ letter.addressee.nothing.at_all }}",
        "{{ nothing }}",
        "{% for each in nothing %}{% endfor %}",
        "{{ letter.retained }}",
        "{{ letter.date }}",
        "{{ letter.post }}",
        "{{ letter.copies.first }}",
        "{{ 'a' * 10**9 }}",
        "{{ 2 ** 99999999 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ 'x'.ljust(10**9) }}",
        "{{ 'x'.center(1000000000) }}",
        "{{ 'x'|center(1000000000) }}",
        "{{ '%1000000000d'|format(1) }}",
        "{{ 'x'|indent(1000000000) }}",
        "{{ range(1000000000)|list }}",
        "{{ lipsum(1000000) }}",
        "{{ letter.__class__ }}",
        "{{ letter.keys() }}",
        "{{ letter.update({'a': 1}) }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ letter.date.__class__ }}",
        "{{ letter.date.replace(year=1) }}",
        "{{ letter.addressee.name.format(1) }}",
        "{{ label.__globals__ }}",
        "{{ '<script>'|safe }}",
        "{{ letter.nobody|default('x') }}",
        "{{ letter|attr('__class__') }}",
        "{{ letter|tojson }}",
        "{{ cycler('a').__init__ }}",
        "{{ self.__init__ }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../pyproject.toml' %}",
        "{% include 'print/record.typ' %}",
        "{% if %}",
        "{{ letter.post|day }}",
        "{{ letter.reference|period }}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        "{{ letter.post.title }",
    ],
)
def test_a_template_that_asks_for_more_is_refused(words: str) -> None:
    """With its place, and as a sentence for those who write templates."""
    with pytest.raises(Refused) as refusal:
        written("\n<p>" + words + "</p>")
    (finding,) = refusal.value.findings
    assert finding.where.startswith("letters/") or "line " in finding.where


@pytest.mark.parametrize("words", ["<script>x</script>", "<p><b>x</b></p>", "text", "<p>x"])
def test_a_text_with_other_elements_is_refused_before_it_is_shown(words: str) -> None:
    """Lawyers edit texts; what the record cannot show, the preview does not show either."""
    with pytest.raises(Refused, match=r"not an element|may not stand|text in"):
        render.preview("regret", "en", sample("regret", "en"), with_thanks(words))


def test_a_label_that_nobody_translated_is_refused() -> None:
    """A French letter with an English word in it is not issued."""
    ours = source.ours()
    path = source.catalogue("fr")
    fewer = ours.files[path].replace(b'msgid "Reference:"', b'msgid "Other:"')
    with pytest.raises(Refused, match="no word for 'Reference:'"):
        render.preview(
            "regret", "fr", sample("regret", "fr"), source.Templates({**ours.files, path: fewer})
        )


def test_a_later_folder_takes_the_place_of_an_earlier_one(tmp_path: Any) -> None:
    """An organisation's own text stands instead of ours; everything else stays."""
    own = tmp_path / TEXT
    own.parent.mkdir(parents=True)
    own.write_text(source.ours().text(TEXT).replace("Thank you", "We thank you"), "utf-8")
    page = render.preview(
        "regret", "en", sample("regret", "en"), source.read(source.TEMPLATES, tmp_path)
    )
    assert "We thank you for your application" in page


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_a_preview_is_a_page_in_its_language(language: str) -> None:
    """Language, direction and style are there; nothing is loaded and nothing runs."""
    page = render.preview("appointment", language, sample("appointment", language))
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert "url(" not in page
    assert "<script" not in page
    assert "--house:#1d3c6b" in page


def test_the_content_policy_allows_the_style_of_the_page_alone() -> None:
    """The page can be served without `unsafe-inline`."""
    page = render.preview("regret", "en", sample("regret", "en"))
    style = page[page.index("<style>") + 7 : page.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    assert f"style-src 'sha256-{digest}'" in render.content_policy(page)
    assert "default-src 'none'" in render.content_policy(page)


def test_a_fragment_begins_with_the_heading() -> None:
    """The acceptance page sets the declaration into its own frame."""
    part = render.fragment("acceptance", "fr", sample("acceptance", "fr"))
    assert part.startswith('<h1 class="subject">Acceptation de la nomination&nbsp;:')
    assert "letterhead" not in part
    tree = parse(f"<html><head></head><body>{part}</body></html>")
    assert len(list(next(tree.find("ol")).elements())) == 5


@pytest.mark.parametrize(
    ("form", "language", "greeting"),
    [
        ("ms", "en", "Dear Ms Exemple-Traoré,"),
        ("mr", "en", "Dear Mr Exemple-Traoré,"),
        ("neutral", "en", "Dear Aminata Exemple-Traoré,"),
        ("ms", "fr", "Madame,"),
        ("mr", "fr", "Monsieur,"),
        ("neutral", "fr", "Madame, Monsieur,"),
        ("ms", "es", "Estimada señora Exemple-Traoré:"),
        ("neutral", "es", "De mi consideración:"),
        ("mr", "ar", "السيد تراوري المحترم،"),
    ],
)
def test_a_person_is_addressed_as_the_language_does(
    form: str, language: str, greeting: str
) -> None:
    """Three forms of address, one of them for those whose form is not known."""
    data = copy.deepcopy(sample("regret", language))
    data["addressee"]["form"] = form
    assert f"\n{greeting}\n" in render.plain_text("regret", language, data)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("nature", ["fixed_term", "continuing", "temporary", "secondment"])
def test_each_nature_of_appointment_can_be_written(language: str, nature: str) -> None:
    """With and without end, probation, increments, steps and special conditions."""
    data = copy.deepcopy(sample("appointment", language))
    data["nature"] = nature
    data["releasing_employer"] = "A Ministry" if nature == "secondment" else None
    if nature == "continuing":
        data |= {"until": None, "probation": None, "notice_in_probation": None, "step": None}
        data |= {"increment_after": None, "special_conditions": [], "copies": []}
    text = render.plain_text("appointment", language, data)
    assert ("A Ministry" in text) == (nature == "secondment")
    assert ("2030" in text) == (nature != "continuing")


REQUIRED = {
    "regulations and their changes": "as they stand and as they may be amended",
    "nature": "Nature of the appointment: Fixed-term appointment",
    "entry on duty": "Entry on duty: 1 June 2027",
    "period": "Period: From 1 June 2027 to 31 May 2030",
    "notice": "Notice: 3 months on either side; 1 month during probation",
    "probation": "Probation: 12 months from entry on duty",
    "category, level, step": "Category and level: Director, level D1, step 1",
    "salary": "Salary: EUR 98,412.50 net per year",
    "increments": "Increments: One step after each 24 months",
    "special conditions": "satisfactory medical examination",
    "no expectancy": "carries no expectancy, in law or otherwise, of renewal",
    "acceptance": "I accept the appointment described in letter SG/2027/0143",
}


@pytest.mark.parametrize("item", sorted(REQUIRED))
def test_the_letter_says_what_staff_regulations_require(item: str) -> None:
    """Each item that a letter of appointment must have is in it."""
    text = render.plain_text("appointment", "en", sample("appointment", "en"))
    assert REQUIRED[item] in text.replace("\u00a0", " ")
