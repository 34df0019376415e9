"""What notices say, in four languages: complete, discreet, and not to be broken out of."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.clock import OwnedClock
from governance.language import LANGUAGES
from governance.notices.letter import LINKS, Letter, NotSent
from governance.notices.message import message_of, organisation_of
from governance.notices.spelling import END_OF_ISOLATE, ISOLATE, day, period
from governance.notices.wording import Wording, wording_of
from governance.settings import Settings

KINDS = (
    "acceptance",
    "acknowledgement",
    "action_due",
    "application",
    "attendance_wanted",
    "attestation",
    "awaited",
    "body_due",
    "call_cancelled",
    "change",
    "code",
    "comment",
    "crisis_message",
    "declarations",
    "document",
    "examination",
    "examination_off",
    "exception",
    "extension",
    "information",
    "information_told",
    "interim",
    "items_wanted",
    "more_time",
    "meeting_cancelled",
    "meeting_convened",
    "nobody_decides",
    "not_reached",
    "note_verbale",
    "papers",
    "papers_wanted",
    "question",
    "quorum_forecast",
    "reference",
    "refusal",
    "regret",
    "reminder",
)
SETTINGS = Settings(_env_file=None)  # type: ignore[call-arg]
FOLDER = SETTINGS.templates / "notices"
LINK = "https://mandate.example/decide/" + "5e" * 32
QUESTION = {
    "en": "Do you object to the shortlist?",
    "fr": "Avez-vous une objection à la liste restreinte\N{NO-BREAK SPACE}?",
    "es": "¿Tiene objeciones a la lista restringida?",
    "ar": "هل تعترضون على القائمة المختصرة؟",
}
# All that a notice might be handed; what it does not say of it must not be in it.
FACTS: Mapping[str, Any] = {
    "candidate": "Zoë Example-Candidate",
    "question": QUESTION,
    "reference": "INT-2026-0012",
    "within": {"working_days": 5, "on_late": "tacit", "calendar_of": "person"},
    "silence": "tacit",
    "last_day": "2026-12-01",
    "title": {"en": "Audit Committee"},
    "body": {"en": "The Audit Committee", "ar": "لجنة مراجعة الحسابات"},
    "starts": "2026-12-03T14:00:00+01:00",
    "ends": "2026-12-03T16:00:00+01:00",
    "zone": "Europe/Paris",
    "kind": "interview",
    "until": "2027-06-03",
    "place": "Room 4",
    "missing": [{"number": "3", "title": {"en": "Budget", "ar": "الميزانية"}}],
    "text": "Publish the report",
    "certain": 4,
    "expected": 7,
    "needed": 5,
    "silent": 3,
}
every_kind = pytest.mark.parametrize("kind", KINDS)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def a_letter(kind: str, language: str = "en", **changes: Any) -> Letter:
    """A letter of this kind with everything that it may need."""
    letter = Letter(
        key=f"{kind}:1",
        to_name="Awa Example",
        to_address="awa@example.org",
        language=language,
        template=kind,
        message_id="<0123456789@organisation.example>",
        at=OwnedClock("2026-11-23T08:00:00+00:00").now(),
        link=LINK if kind in LINKS else "",
        facts={"code": "48151623"} if kind == "code" else FACTS,
    )
    return replace(letter, **changes)


def said(letter: Letter) -> Wording:
    """What the letter says."""
    organisation = organisation_of(SETTINGS.rulebook_folder)
    return wording_of(letter, organisation, SETTINGS.templates)


class Shown(HTMLParser):
    """What a reader of the HTML sees, where its links lead, and its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.links: list[str] = []
        self.elements: list[str] = []
        self.root: dict[str, str | None] = {}
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self._silent += tag == "title"
        if tag == "html":
            self.root = dict(attrs)
        if tag == "a":
            self.links.append(str(dict(attrs)["href"]))
        if tag in {"p", "br"}:
            self.words += "\n"

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag == "title"

    def handle_data(self, data: str) -> None:
        self.words += "" if self._silent else data


def plain(text: str) -> str:
    """Text as it is read: without the marks that isolate values."""
    return text.replace(ISOLATE, "").replace(END_OF_ISOLATE, "")


@every_language
@every_kind
def test_both_parts_say_everything(kind: str, language: str) -> None:
    """Whoever reads plain text misses nothing that the HTML shows, and the other way round."""
    wording = said(a_letter(kind, language))
    shown = Shown(wording.html)
    for line in filter(None, plain(wording.text).splitlines()):
        label = line.rstrip(":\N{NO-BREAK SPACE}")
        assert label in shown.words, line
    assert shown.links == ([LINK] if kind in LINKS else [])
    assert wording.text.count(LINK) == (kind in LINKS)
    assert shown.root["lang"] == language
    assert shown.root["dir"] == ("rtl" if language == "ar" else "ltr")


@every_language
@every_kind
def test_no_notice_tells_anything_of_a_candidate(kind: str, language: str) -> None:
    """Subject and body have the reference and the kind; a candidate is in neither."""
    message = message_of(SETTINGS, a_letter(kind, language))
    assert "Zoë" not in message.as_string()
    body = "".join(part.get_content() for part in message.iter_parts())
    assert "Zoë" not in body
    subject = str(message["Subject"])
    assert "Awa" not in subject
    assert subject.startswith("INT-2026-0012") != (kind == "code")
    assert "48151623" not in subject


@every_language
@every_kind
def test_every_kind_stands_on_the_facts_that_are_queued_today(kind: str, language: str) -> None:
    """Period, meaning of silence and last day may be missing: the text is whole without them."""
    facts = {"reference": "INT-2026-0012", "question": QUESTION, "code": "48151623"}
    text = said(a_letter(kind, language, facts=facts)).text
    assert "\n\n\n" not in text
    assert not re.search(r"[{}%]|None|\( *\)", text)


@every_language
@every_kind
def test_every_text_keeps_the_typography_of_its_language(kind: str, language: str) -> None:
    """French has its no-break spaces, Arabic its own signs, Spanish opens its questions."""
    texts = [FOLDER / language / f"{name}.txt" for name in (kind, "salutation", "footer")]
    for source in texts:
        words = re.sub(r"\{[{%].*?[}%]\}", "x", source.read_text("utf-8"))
        assert not re.search(r"[<>&'\"]|  |\t", words), source
        if language == "fr":
            assert not re.search(r"[^\N{NO-BREAK SPACE}][:;!?]", words), source
        if language == "ar":
            assert not re.search(r"[,;?]", words), source


@every_language
def test_the_four_languages_have_the_same_kinds(language: str) -> None:
    """A kind that one language lacks would be a notice that cannot be sent."""
    names = {path.stem for path in (FOLDER / language).glob("*.txt")}
    assert names == {*KINDS, "digest", "footer", "salutation"}


@every_language
@pytest.mark.parametrize("silence", ["tacit", "fail", "remind", "extend", "escalate"])
def test_what_silence_means_is_said_in_advance(silence: str, language: str) -> None:
    """Each meaning that a rule may give to silence has a sentence of its own."""
    without = said(a_letter("question", language, facts={**FACTS, "silence": ""})).text
    with_it = said(a_letter("question", language, facts={**FACTS, "silence": silence})).text
    others = {
        said(a_letter("question", language, facts={**FACTS, "silence": other})).text
        for other in ("tacit", "fail", "remind", "extend", "escalate")
        if other != silence
    }
    assert len(with_it) > len(without)
    assert with_it not in others


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", 1, "1 working day"),
        ("en", 5, "5 working days"),
        ("fr", 1, "1 jour ouvré"),
        ("es", 10, "10 días laborables"),
        ("ar", 1, "يوم عمل واحد"),
        ("ar", 2, "يوما عمل"),
        ("ar", 5, "5 أيام عمل"),
        ("ar", 14, "14 يوم عمل"),
        ("ar", 100, "100 يوم عمل"),
    ],
)
def test_a_period_is_in_the_plural_of_its_language(language: str, number: int, words: str) -> None:
    """Arabic has a dual, and another form from eleven on."""
    assert period(language, {"working_days": number}).replace("\N{NO-BREAK SPACE}", " ") == words


def test_a_hundred_days_are_counted_otherwise_than_eleven_in_arabic() -> None:
    """The counted noun is accusative from eleven to ninety-nine, and genitive from a hundred."""
    assert period("ar", {"days": 11}).endswith("يوما")
    assert period("ar", {"days": 100}).endswith("يوم")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "1 December 2026"),
        ("fr", "1er décembre 2026"),
        ("es", "1 de diciembre de 2026"),
        ("ar", "1 كانون الأول/ديسمبر 2026"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, words: str) -> None:
    """The last day of a reminder, the French first with its ordinal."""
    assert day(language, "2026-12-01") == words
    assert day("fr", "2026-12-21") == "21 décembre 2026"
    assert words in plain(said(a_letter("reminder", language)).text)


@pytest.mark.parametrize(
    ("language", "sex", "words"),
    [
        ("en", "F", "Dear Awa Example,"),
        ("fr", "F", "Madame,"),
        ("fr", "", "Madame, Monsieur,"),
        ("es", "M", "Estimado señor:"),
        ("ar", "F", "السيدة Awa Example المحترمة،"),
        ("ar", "", "تحية طيبة وبعد،"),
    ],
)
def test_nobody_is_addressed_by_a_guess(language: str, sex: str, words: str) -> None:
    """The form of address follows the register, and is neutral where it says nothing."""
    assert plain(said(a_letter("question", language, sex=sex)).text).startswith(words)


def test_whoever_reads_a_language_that_is_not_written_is_told_in_english() -> None:
    """The HTML says so too, since a screen reader speaks by it."""
    wording = said(a_letter("question", "pt"))
    assert QUESTION["en"] in wording.text
    assert '<html lang="en" dir="ltr">' in wording.html


def test_a_value_is_kept_apart_in_right_to_left_text_and_what_is_copied_is_bare() -> None:
    """A reference cannot turn an Arabic sentence round; a code is copied without hidden marks."""
    assert f"{ISOLATE}INT-2026-0012{END_OF_ISOLATE}" in said(a_letter("question", "ar")).text
    assert f"\n{LINK}\n" in said(a_letter("question", "ar")).text
    assert "\n48151623\n" in said(a_letter("code", "ar")).text
    assert "<bdi>INT-2026-0012</bdi>" in said(a_letter("question", "ar")).html
    assert ISOLATE not in said(a_letter("question", "ar")).subject


@given(name=st.text(max_size=200), question=st.text(min_size=1, max_size=300))
def test_no_value_can_break_out_of_its_place(name: str, question: str) -> None:
    """Names and questions are text: they open no header, no element, no paragraph, no link."""
    letter = a_letter("question", to_name=name, facts={**FACTS, "question": {"en": question}})
    message = message_of(SETTINGS, letter)
    usual = message_of(SETTINGS, a_letter("question"))
    assert message.keys() == usual.keys()
    assert [each.addr_spec for each in message["To"].addresses] == ["awa@example.org"]
    head = message.as_bytes().split(b"\r\n\r\n")[0].split(b"\r\n")
    assert all(re.match(rb"[A-Z][A-Za-z-]+: |[ \t]", line) for line in head)
    shown = Shown(said(letter).html)
    assert shown.elements == Shown(said(a_letter("question")).html).elements
    assert shown.links == [LINK]


@pytest.mark.parametrize(
    "name", ["Awa\r\nBcc: all@example.org", "Awa\nExample\n\n<b>", "=?utf-8?q?=0ABcc:_x?="]
)
def test_a_name_with_line_ends_is_still_one_name(name: str) -> None:
    """The old way of making a mail server send to others does not work."""
    parsed = message_of(SETTINGS, a_letter("question", to_name=name))
    assert parsed["Bcc"] is None
    assert len(parsed["To"].addresses) == 1
    assert parsed["To"].addresses[0].addr_spec == "awa@example.org"


@pytest.mark.parametrize("address", ["", "nobody", "a@b\r\nBcc: c@d", "zoë@example.org", "@", "a@"])
def test_an_address_that_cannot_be_written_to_is_refused_for_good(address: str) -> None:
    """An erased or broken address is said to the operators, without the address."""
    with pytest.raises(NotSent, match="no mail address") as refused:
        message_of(SETTINGS, a_letter("question", to_address=address))
    assert refused.value.for_good
    assert not address.strip("@") or address not in str(refused.value)


@pytest.mark.parametrize(
    ("letter", "why"),
    [
        (a_letter("birthday"), "no template birthday.txt"),
        (a_letter("regret", link=""), "link"),
        (a_letter("regret", facts={}), "'reference' is undefined"),
        (a_letter("question", facts={"reference": "INT-2026-0012"}), "'question' is undefined"),
    ],
)
def test_a_notice_that_cannot_be_written_says_what_is_missing(letter: Letter, why: str) -> None:
    """It is not tried twelve times: the template or its queueing has to be corrected."""
    with pytest.raises(NotSent, match=re.escape(why)) as refused:
        said(letter)
    assert refused.value.for_good


def test_without_an_organisation_nothing_is_sent_but_nothing_is_lost(tmp_path: Path) -> None:
    """A rulebook under repair holds the mail back; it is no fault of the letter."""
    (tmp_path / "organisation.yaml").write_text("schema: 1\n", "utf-8")
    with pytest.raises(NotSent, match="rulebook check") as refused:
        organisation_of(tmp_path)
    assert not refused.value.for_good
