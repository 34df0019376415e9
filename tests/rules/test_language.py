"""Dates, periods, sums and spacing, as each language writes them."""

from __future__ import annotations

import ast
import html
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel import Locale

from governance import language
from governance.documents import source
from governance.documents.schema import KINDS
from governance.documents.words import SPOKEN
from governance.settings import ROOT

NB, NARROW = language.NO_BREAK, language.NARROW
TEMPLATES = ROOT / "templates"
ACCEPTANCE = "Acceptance of an appointment"


@pytest.mark.parametrize(
    ("spoken", "day", "written"),
    [
        ("en", "2027-03-01", "1 March 2027"),
        ("en", "2028-02-29", "29 February 2028"),
        ("fr", "2027-03-01", "1<sup>er</sup> mars 2027"),
        ("fr", "2027-03-02", "2 mars 2027"),
        ("fr", "2027-08-21", "21 août 2027"),
        ("fr", "2027-12-31", "31 décembre 2027"),
        ("es", "2027-03-01", "1 de marzo de 2027"),
        ("es", "2027-09-30", "30 de septiembre de 2027"),
        ("ar", "2027-03-01", "1 آذار/مارس 2027"),
        ("ar", "2027-01-15", "15 كانون الثاني/يناير 2027"),
        ("ar", "2027-10-07", "7 تشرين الأول/أكتوبر 2027"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(spoken: str, day: str, written: str) -> None:
    """The ordinal of the first in French, two names of each month in Arabic."""
    assert language.day(spoken, date.fromisoformat(day)).replace(NB, " ") == written


def test_a_day_never_parts_from_its_month() -> None:
    """A line does not end between the number and the name."""
    for spoken in language.LANGUAGES:
        assert re.search(rf"\d(</?sup>|er)*{NB}", language.day(spoken, date(2027, 3, 1)))


@pytest.mark.parametrize(
    ("spoken", "number", "unit", "written"),
    [
        ("en", 1, "months", "1 month"),
        ("en", 12, "months", "12 months"),
        ("en", 5, "working_days", "5 working days"),
        ("fr", 1, "years", "1 an"),
        ("fr", 2, "years", "2 ans"),
        ("fr", 10, "working_days", "10 jours ouvrés"),
        ("es", 1, "months", "1 mes"),
        ("es", 6, "months", "6 meses"),
        ("ar", 1, "months", "شهر واحد"),
        ("ar", 2, "months", "شهران"),
        ("ar", 3, "months", "3 أشهر"),
        ("ar", 11, "months", "11 شهرا"),
        ("ar", 100, "days", "100 يوم"),
        ("ar", 103, "days", "103 أيام"),
    ],
)
def test_a_period_agrees_with_its_number(spoken: str, number: int, unit: str, written: str) -> None:
    """One form for one in English, five forms in Arabic."""
    assert language.period(spoken, number, unit).replace(NB, " ") == written


def test_plural_forms_are_those_of_unicode() -> None:
    """Our small rules agree with the general ones for every number that a period may have."""
    for spoken in language.LANGUAGES:
        general = Locale(spoken).plural_form
        for number in range(1, 1000):
            assert language.plural_form(spoken, number) == general(number), (spoken, number)


@pytest.mark.parametrize(
    ("spoken", "amount", "written"),
    [
        ("en", "98412.50", f"EUR{NB}98,412.50"),
        ("en", "98412.00", f"EUR{NB}98,412"),
        ("fr", "98412.5", f"98{NARROW}412,50{NB}EUR"),
        ("fr", "1000000", f"1{NARROW}000{NARROW}000{NB}EUR"),
        ("es", "98412.50", f"98.412,50{NB}EUR"),
        ("ar", "98412.50", f"98,412.50{NB}EUR"),
        ("en", "0.05", f"EUR{NB}0.05"),
    ],
)
def test_a_sum_has_the_signs_of_its_language(spoken: str, amount: str, written: str) -> None:
    """Thousands apart, cents with both digits or none."""
    assert language.money(spoken, Decimal(amount), "EUR") == written


@pytest.mark.parametrize(
    "text",
    ["Objet : x", "Objet: x", "fin; suite", "quoi?", "oui !", "«oui»", "« oui »", "x {{ y }}: z"],
)
def test_french_without_its_spaces_is_found(text: str) -> None:
    """High signs need a no-break space, also behind a value."""
    assert language.french_spacing(text)


@pytest.mark.parametrize(
    "text",
    [
        f"Objet{NB}: x",
        "Objet&nbsp;: x&#8239;; y&#8239;!",
        f"«{NB}oui{NB}»",
        "à 12:30, https://organisation.example",
        '{% if x == "a: b" %}<p class="x">oui</p>{% endif %}',
        f"quoi{NARROW}?!",
    ],
)
def test_french_with_its_spaces_is_left_alone(text: str) -> None:
    """Times, addresses and the template's own marks are no French sentences."""
    assert language.french_spacing(text) == []


def test_every_french_text_has_its_spaces() -> None:
    """The lint of the texts that we ship, and of their labels."""
    for path in sorted(TEMPLATES.glob("*/text/fr/*.html")):
        assert language.french_spacing(path.read_text("utf-8")) == [], path.name
    for label in source.ours().labels("fr").values():
        assert language.french_spacing(label.replace("{", "").replace("}", "")) == [], label


def test_texts_are_normalised_and_hold_no_control_characters() -> None:
    """What cannot be seen in an editor does not belong in a legal text."""
    for path in sorted(TEMPLATES.glob("*/text/*/*.html")):
        text = html.unescape(path.read_text("utf-8"))
        assert unicodedata.is_normalized("NFC", text), path
        assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cf"} and c != "\n"], path


def _asked_of_facts(path: Path) -> dict[str, set[str]]:
    """Per block of a text, the facts that it uses."""
    blocks = re.findall(
        r"{% macro (\w+)\((\w+)\) %}(.*?){%-? endmacro %}", path.read_text("utf-8"), re.DOTALL
    )
    return {
        name: set(re.findall(rf"\b{argument}\.([a-z_.]+)", body)) for name, argument, body in blocks
    }


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("spoken", ["fr", "es", "ar"])
def test_each_language_says_the_same_with_the_same_facts(kind: str, spoken: str) -> None:
    """The blocks of a text are those of the English one, and use what it uses."""
    own, english = (TEMPLATES / source.ours().prose(kind, each)[0] for each in (spoken, "en"))
    assert _asked_of_facts(own) == _asked_of_facts(english)


@pytest.mark.parametrize("spoken", ["fr", "es", "ar"])
def test_every_label_is_in_the_catalogue_and_every_entry_is_used(spoken: str) -> None:
    """A catalogue has no empty word and none that no template asks for."""
    asked = {"Page {page} of {pages}"}
    asked |= set(SPOKEN.values()) | {kind.name for kind in KINDS.values()} - {ACCEPTANCE}
    for path in TEMPLATES.glob("*/**/*.html"):
        if path.relative_to(TEMPLATES).parts[0] in {"letters", "papers"}:
            asked |= set(re.findall(r'label\("([^"~:]+:?)"\)', path.read_text("utf-8")))
    words = source.ours().labels(spoken)
    assert set(words) == asked
    assert all(words.values())


def test_every_french_mail_has_its_spaces() -> None:
    """Mails break their lines in every reader: what they say keeps its signs together."""
    for path in sorted((TEMPLATES / "notices" / "fr").glob("*.txt")):
        assert language.french_spacing(path.read_text("utf-8")) == [], path.name


def french(found: Any) -> Iterator[str]:
    """Whatever a rulebook says in French."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield from [value] if key == "fr" and isinstance(value, str) else french(value)
    elif isinstance(found, list):
        for each in found:
            yield from french(each)


def test_every_french_word_of_the_rulebooks_has_its_spaces() -> None:
    """A question of a rulebook reaches pages, mails and certificates as it is written there."""
    for path in sorted((ROOT / "governance" / "rulebooks").rglob("*.yaml")):
        said = "\n".join(french(yaml.safe_load(path.read_text("utf-8"))))
        assert language.french_spacing(said) == [], path.name


FRENCH = re.compile(r'"fr": ((?:\s*"[^"\n]*")+)')


def test_every_french_question_of_the_code_has_its_spaces() -> None:
    """Questions that stand beside the act that puts them are in no catalogue that joins them."""
    told = 0
    for path in sorted((ROOT / "governance").rglob("*.py")):
        for found in FRENCH.findall(path.read_text("utf-8")):
            said = ast.literal_eval(f"({found})")
            told += "?" in said
            assert language.french_spacing(said) == [], path.name
    assert told
