"""Words: four languages, none of them half."""

from __future__ import annotations

from datetime import UTC, date, datetime
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from markupsafe import Markup

from governance.refusals import say
from governance.web import words
from tests.web.catalogues import messages

TRANSLATED = ("fr", "es", "ar")


def catalogue(language: str) -> Catalog:
    """The catalogue's files as one, parsed."""
    return words.catalogue(language, words.catalogue_files(language))


def facts(pattern: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(pattern) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_of_the_pages_is_translated(language: str) -> None:
    """No page mixes two languages: a message without translation, or a fuzzy one, fails here."""
    kept = catalogue(language)
    missing = []
    for message in messages():
        found = kept.get(message if isinstance(message, str) else message[0])
        strings = found.string if found else ""
        if not strings or found.fuzzy or (isinstance(strings, tuple) and not all(strings)):
            missing.append(message)
    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_the_same_facts(language: str) -> None:
    """A translated sentence fills in what the English one fills in, and nothing else."""
    wrong = []
    for message in catalogue(language):
        if not message.id:
            continue
        plural = isinstance(message.id, tuple)
        wanted = facts(message.id[1] if plural else message.id)
        for string in message.string if plural else (message.string,):
            given = facts(string)
            if given != wanted and not (plural and given == wanted - {"count"}):
                wrong.append((message.id, string))
    assert wrong == []


def test_a_french_month_begins_with_the_first_as_ordinal() -> None:
    """The first of a month is written "1er" in French, and as a figure elsewhere."""
    first = date(2026, 3, 1)
    assert words.day(first, "fr") == "1er mars 2026"
    assert words.day(first, "es") == "1 de marzo de 2026"
    assert words.day(first, "en", weekday=True) == "Sunday 1 March 2026"


def test_an_arabic_month_has_both_its_names() -> None:
    """Readers from the Maghreb and from the Levant each find the month that they know."""
    assert words.day(date(2026, 11, 26), "ar") == "26 نوفمبر/تشرين الثاني 2026"


def test_the_distance_from_utc_is_said_in_words_of_its_own() -> None:
    """Half hours are kept, and UTC itself is only "UTC"."""
    assert words.offset(datetime(2026, 1, 1, tzinfo=UTC)) == "UTC"
    delhi = datetime.fromisoformat("2026-01-01T00:00:00+05:30")
    assert words.offset(delhi) == "UTC+5:30"
    assert words.offset(datetime.fromisoformat("2026-01-01T00:00:00-03:00")) == "UTC−3"


def test_a_sentence_is_translated_before_its_facts_are_filled_in() -> None:
    """The pattern is what the catalogue knows; a name is never looked up in it."""
    said = say("Signed in as {name}", name="Reason")
    assert words.sentence(said, "fr") == "Connecté en tant que Reason"
    assert words.sentence(said, "xx") == "Signed in as Reason"


def test_a_fact_is_escaped_on_its_way_into_a_page() -> None:
    """What a person typed cannot become markup."""
    said = words.markup(say("Signed in as {name}", name="<b>&"), "en")
    assert said == Markup("Signed in as &lt;b&gt;&amp;")


@pytest.mark.parametrize(
    "number",
    ["2–4", "9:30–12:30", "8 / 10", "12 ÷ 2", "−1", "43 %", "2026-11-26", "+41 22 000", "4(1)"],
)
def test_figures_keep_their_order_in_arabic(number: str) -> None:
    """A range or formula within an Arabic line stands in an element of its own direction."""
    shown = words.isolated(f"القيمة {number} هنا", "ar")
    assert f'<bdi dir="ltr">{number}</bdi>' in shown
    assert words.isolated(number, "en") == number


def test_the_browser_s_wishes_are_heard_in_their_order() -> None:
    """The first language that we have is taken; a refusal with weight nought is respected."""
    assert words.preferred("de, es-MX;q=0.8, fr;q=0.9") == "fr"
    assert words.preferred("fr;q=0, de") == "en"
    assert words.preferred("") == "en"


def test_arabic_counts_in_six_forms() -> None:
    """None, one, two, few, many and hundreds each have their own words."""
    kept = words.translator("ar")
    forms = {kept.ngettext("{count} case", "{count} cases", n) for n in (0, 1, 2, 5, 11, 100)}
    assert len(forms) == 6
