"""Words: four languages, none of them half."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from markupsafe import Markup

from governance.refusals import ByLanguage, Sentence, say
from governance.web import words
from tests.web.catalogues import messages

TRANSLATED = ("fr", "es", "ar")
TITLE = {"en": "<b>Identity", "fr": "Identité"}


@cache
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
        forms = message.string if plural else (message.string,)
        for string in forms:
            given = facts(string)
            # "One day" and "two days" are words without a figure; "many days" never is.
            figure = 1 if plural and string != forms[-1] else 0
            if not given <= wanted or len(wanted - given) > figure:
                wrong.append((message.id, string))
    assert wrong == []


def test_french_signs_are_never_parted_from_their_word() -> None:
    """A line never begins with a colon, or ends with an opening quotation mark."""
    wrong = re.compile(r" [:;!?»]|« ")
    said = [
        string
        for message in catalogue("fr")
        if message.id
        for string in (message.string if isinstance(message.string, tuple) else [message.string])
    ]
    assert [each for each in said if wrong.search(each)] == []


def test_a_french_month_begins_with_the_first_as_ordinal() -> None:
    """The first of a month is written "1er" in French, and as a figure elsewhere."""
    first = date(2026, 3, 1)
    assert words.day(first, "fr") == "1er mars 2026"
    assert words.day(first, "es") == "1 de marzo de 2026"
    assert words.day(first, "en", weekday=True) == "Sunday 1 March 2026"


def test_an_arabic_month_has_both_its_names() -> None:
    """Readers from the Maghreb and from the Levant each find the month that they know."""
    assert words.day(date(2026, 11, 26), "ar") == "26 تشرين الثاني/نوفمبر 2026"


def test_a_list_within_an_arabic_sentence_has_the_arabic_comma() -> None:
    """Several names, or a day and its hour, are parted as the sentence around them is."""
    assert words.sentence(say("Chosen: {names}", names=["A", "B"]), "ar").endswith("A، B")
    assert words.sentence(say("Chosen: {names}", names=["A", "B"]), "en") == "Chosen: A, B"
    hour = words.sentence(
        say("Sent on {instant}", instant=datetime(2026, 3, 2, 9, tzinfo=UTC)), "ar"
    )
    assert hour.endswith("2 آذار/مارس 2026، 09:00 (UTC)")


def test_the_distance_from_utc_is_said_in_words_of_its_own() -> None:
    """Half hours are kept, and UTC itself is only "UTC"."""
    assert words.offset(datetime(2026, 1, 1, tzinfo=UTC)) == "UTC"
    delhi = datetime.fromisoformat("2026-01-01T00:00:00+05:30")
    assert words.offset(delhi) == "UTC+5:30"
    assert words.offset(datetime.fromisoformat("2026-01-01T00:00:00-03:00")) == "UTC−3"


def test_a_zone_is_called_by_its_place() -> None:
    """Nobody reads "Europe/Paris"; what is no place keeps its own name."""
    assert words.town("Europe/Paris", "ar") == "باريس"
    assert words.town("America/Argentina/Buenos_Aires", "en") == "Buenos Aires"
    assert words.town("UTC", "fr") == "UTC"


def test_arabic_has_a_comma_of_its_own() -> None:
    """Instants and lists within a sentence, too."""
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert words.fill("{at}", {"at": at}, "ar") == "1 آذار/مارس 2026، 09:00 (UTC)"
    assert words.fill("{all}", {"all": ["A", "B"]}, "ar") == "A، B"
    assert words.fill("{all}", {"all": ["A", "B"]}, "fr") == "A, B"


def test_a_sentence_is_translated_before_its_facts_are_filled_in() -> None:
    """The pattern is what the catalogue knows; a name is never looked up in it."""
    said = say("Signed in as {name}", name="Reason")
    assert words.sentence(said, "fr") == "Session ouverte\N{NO-BREAK SPACE}: Reason"
    assert words.sentence(said, "xx") == "Signed in as Reason"


@pytest.mark.parametrize("checks", [dict(TITLE), ByLanguage(TITLE)])
def test_words_of_the_organisation_are_said_in_the_reader_s_language(checks: object) -> None:
    """A fact that is known in several languages, also as a row has kept it."""
    said = say(
        "{name} cannot be interviewed yet; not closed well: {checks}", name="X", checks=checks
    )
    assert words.sentence(said, "fr").endswith(": Identité")
    assert "&lt;b&gt;" in words.markup(said, "en")
    assert str(say("{checks}", checks=ByLanguage(TITLE))) == "<b>Identity"


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


def test_the_name_of_a_fact_is_no_figure_in_arabic() -> None:
    """A fact with an underscore in its name is filled in; figures beside it keep order."""
    said = words.fill_markup("أقصاه {in_all} في 2–4", {"in_all": "12"}, "ar")
    assert said == Markup('أقصاه 12 في <bdi dir="ltr">2–4</bdi>')


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


@pytest.mark.parametrize(
    ("number", "period", "left"),
    [
        (0, "0 يوم", "لم يبق أي يوم عمل"),
        (1, "يوم واحد", "بقي يوم عمل واحد"),
        (2, "يومين", "بقي يوما عمل"),
        (3, "3 أيام", "بقيت 3 أيام عمل"),
        (10, "10 أيام", "بقيت 10 أيام عمل"),
        (11, "11 يوما", "بقي 11 يوم عمل"),
        (99, "99 يوما", "بقي 99 يوم عمل"),
        (100, "100 يوم", "بقي 100 يوم عمل"),
        (102, "102 يوم", "بقي 102 يوم عمل"),
        (103, "103 أيام", "بقيت 103 أيام عمل"),
        (111, "111 يوما", "بقي 111 يوم عمل"),
    ],
)
def test_an_arabic_sentence_says_its_noun_as_the_number_wants(
    number: int, period: str, left: str
) -> None:
    """A sentence with a number finds its form, in plain text and on a page alike."""
    days = say("{count} days", count=number)
    assert words.sentence(days, "ar") == period
    assert words.markup(days, "ar") == period
    assert words.sentence(say("{number} working days left", number=number), "ar") == left


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (say("out for {days} days of {need}", days=2, need=14), "نُشر يومين من 14"),
        (say("out for {days} days of {need}", days="3", need=14), "نُشر 3 أيام من 14"),
        (say("{count} days", count="2.5"), "2.5 يوما"),
        (
            say("{day} is more than {years} years ago", day=date(2020, 3, 2), years=5),
            "2 آذار/مارس 2020 يعود إلى أكثر من 5 سنوات",
        ),
        (say("the period of {period} is used", period=say("{count} days", count=2)),
         "تُستعمل مهلة يومين"),
    ],
)  # fmt: skip
def test_the_first_number_of_a_sentence_chooses_its_form(said: Sentence, told: str) -> None:
    """Dates and words before it do not count; what is no whole number is said as one of many."""
    assert words.sentence(said, "ar") == told


# A noun behind a figure, in a form that is right for some numbers only.
COUNTED = (
    r"\{(?!name)\w+\} (?:يوم|يوما|أيام|ساعة|ساعات|دقيقة|دقائق|شهر|شهرا|أشهر|سنة|سنوات|مرة|مرات|مرشح"
    r"|مرشحا|مرشحين|حرف|حرفا|أحرف|سطر|صفا|خلية|خانات|فحوص|تحريات|تحريا|تحرٍّ|أشخاص|قواعد|مناطق|مهام)\b"
)


def test_no_arabic_noun_is_fixed_behind_a_number_that_moves() -> None:
    """A message that says a figure with its noun has all six forms of it."""
    messages = [each for each in catalogue("ar") if each.id]
    fixed = [
        each.string
        for each in messages
        if isinstance(each.string, str) and re.search(COUNTED, each.string)
    ]
    assert fixed == []
    assert {len(each.string) for each in messages if isinstance(each.id, tuple)} == {6}


# The accusative's mark on its alif, and commands to one man.
SPELT_OTHERWISE = r"[\u064b]\u0627|\u0627\u064b"
TO_ONE_MAN = r"(?:^|[ .:؛،(])(?:اكتب|اختر|افتح|انظر|أضف|اطلب|اذكر)(?: |$)"


def test_arabic_addresses_everybody_in_the_polite_plural_and_spells_alike() -> None:
    """Write "اكتبوا" and never "اكتب", "يوما" without a mark on its alif, as the letters do."""
    wrong = re.compile(f"{SPELT_OTHERWISE}|{TO_ONE_MAN}")
    strings = [
        string
        for message in catalogue("ar")
        if message.id
        for string in (message.string if isinstance(message.string, tuple) else [message.string])
    ]
    assert [each for each in strings if wrong.search(each)] == []
