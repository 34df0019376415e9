"""The record: the same bytes for the same facts, sound inside, and literal about its facts."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from datetime import date
from typing import Any

import pypdfium2
import pytest
import typst

from governance.documents import checks, drafted, render, source, typesetting
from governance.documents.samples import sample, with_text
from governance.documents.schema import KINDS, known
from governance.refusals import Refused
from governance.settings import ROOT

LANGUAGES = ("en", "fr", "es", "ar")
DAY = date(2027, 3, 1)
SALT = bytes(range(16))
# U+FFFE and U+0002 are how pdfium gives the hyphen of a word that a line breaks.
INVISIBLE = re.compile("[\u200b\u2066-\u2069\u202a-\u202e\u00ad\ufffe\u0002]")

HOSTILE = (
    '#import "@preview/x:1.0.0": y',
    '#read("/etc/passwd")',
    "<script>alert(1)</script>",
    "{{7*7}}{% raw %}",
    r"\input{/etc/passwd}",
    '<img src="file:///etc/passwd">',
    "</bdi></p><h1>x",
    "$x^2$ *b* _i_ `c` @r <l>",
    "&lt;b&gt; &amp; 'quote' \"quote\"",
)


def issued(kind: str, language: str, data: Any = None, **more: Any) -> render.Rendered:
    """A sample as it is issued."""
    facts = sample(kind, language) if data is None else data
    day = date.fromisoformat(facts["date"])
    return render.record(kind, language, facts, day, salt=SALT, **more)


def letters_of(pdf: bytes) -> str:
    """The text of a PDF as a reader extracts it, without what cannot be seen."""
    with pypdfium2.PdfDocument(pdf) as file:
        pages = [page.get_textpage().get_text_bounded() for page in file]
    return INVISIBLE.sub("", "\n".join(pages))


def squeezed(text: str) -> str:
    """Text without its spaces and line ends, which a page sets as it needs."""
    return re.sub(r"[\s\u200b\u00ad-]+", "", text)


def test_a_sum_before_arabic_words_is_read_first() -> None:
    """The amount stands furthest to the right, where reading begins; its words come after it."""
    with pypdfium2.PdfDocument(issued("call", "ar").pdf) as file:
        page = file[0].get_textpage()
        text = page.get_text_range()
        begins = text.index("98,412")
        places = [begins, text.index("EUR", begins), text.index("صافيا", begins)]
        lefts = [page.get_charbox(place)[0] for place in places]
    assert lefts == sorted(lefts, reverse=True)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_is_sound_inside(kind: str, language: str) -> None:
    """Tags, heads, language, fonts and identifiers, in each kind and language."""
    done = issued(kind, language)
    assert checks.faults(done.pdf, language) == []
    assert done.sha256 == hashlib.sha256(done.pdf).hexdigest()


def test_a_fault_inside_is_found() -> None:
    """The checks see a language that is another one, and a file without its tags."""
    done = issued("regret", "en")
    assert checks.faults(done.pdf, "fr") == ["The language is en, not fr."]
    assert checks.tags(done.pdf).count("H1") == 1
    bare = done.pdf.replace(b"/Marked true", b"/Marked null")
    assert "The file is not marked as tagged." in checks.faults(bare, "en")


def test_the_terms_are_a_table_with_heads() -> None:
    """Ten terms under two heads, for those who listen to a letter."""
    names = checks.tags(issued("appointment", "en").pdf)
    assert names.count("TH") == 2
    assert names.count("TD") == 20
    assert names[names.index("H1") :].count("H2") == 3


@pytest.mark.parametrize(
    ("kind", "language"),
    [(kind, ("en", "fr", "es")[at % 3]) for at, kind in enumerate(sorted(KINDS))],
)
def test_the_record_reads_in_the_order_of_the_plain_text(kind: str, language: str) -> None:
    """Nothing is lost between the tree and the page, and nothing moves."""
    done = issued(kind, language)
    read = squeezed(letters_of(done.pdf)).casefold()
    at = 0
    for line in done.text.splitlines():
        for word in re.findall(r"[\w@.-]{4,}", line.split("المنظمة")[0]):
            at = read.find(squeezed(word).casefold(), at)
            assert at >= 0, f"{word!r} is missing or out of place in {line!r}"


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_in_each_field_appears_literally(kind: str, language: str) -> None:
    """It is never a program, an element or a template; it is somebody's odd name."""
    text = HOSTILE[(sorted(KINDS).index(kind) + LANGUAGES.index(language)) % len(HOSTILE)]
    plain = sample(kind, language)
    data = with_text(kind, plain, text)
    fields = json.dumps(data).count(json.dumps(text)[1:-1]) - 3  # other names, short name
    done = issued(kind, language, data)
    assert done.text.count(text) >= fields - 4
    assert "<script" not in done.html
    assert "<img" not in done.html
    if language == "ar":
        assert sorted(set(squeezed(text)) - set(letters_of(done.pdf))) == []
    else:
        assert squeezed(letters_of(done.pdf)).count(squeezed(text)) >= fields - 8


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_literal_in_arabic_too(text: str) -> None:
    """Every letter of it arrives, whatever the direction of the line."""
    done = issued("appointment", "ar", with_text("appointment", sample("appointment", "ar"), text))
    assert done.text.count(text) >= 8
    assert sorted(set(squeezed(text)) - set(letters_of(done.pdf))) == []


def test_a_name_of_four_hundred_letters_stays_on_the_page() -> None:
    """It breaks within its column, and every letter can be read back."""
    name = "Wolfeschlegelsteinhausen" * 17
    data = copy.deepcopy(sample("appointment", "en"))
    data["addressee"]["name"] = name[:400]
    done = issued("appointment", "en", data)
    assert name[:400] in squeezed(letters_of(done.pdf))
    with pypdfium2.PdfDocument(done.pdf) as file:
        page = file[0].get_textpage()
        rights = [page.get_charbox(each)[2] for each in range(page.count_chars())]
        assert max(rights) < file[0].get_width() - 60


SCRIPT = """
import sys
from datetime import date
from governance.documents import render
from governance.documents.samples import sample, with_text
for kind, language in (("appointment", "fr"), ("regret", "ar")):
    facts = sample(kind, language)
    done = render.record(kind, language, facts, date(2027, 3, 1), salt=bytes(range(16)))
    print(done.sha256)
"""


@pytest.mark.parametrize(
    ("zone", "words", "seed"),
    [("Pacific/Kiritimati", "C", "0"), ("America/Lima", "ar_EG.UTF-8", "4711")],
)
def test_another_process_writes_the_same_bytes(zone: str, words: str, seed: str) -> None:
    """Neither the zone, the language nor the order of hashes of a machine is on the page."""
    machine = {**os.environ, "TZ": zone, "LANG": words, "LC_ALL": words, "PYTHONHASHSEED": seed}
    there = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=machine, capture_output=True, check=True
    )
    here = [issued("appointment", "fr").sha256, issued("regret", "ar").sha256]
    assert there.stdout.decode("ascii").split() == here


def test_what_was_written_before_changes_nothing() -> None:
    """A warm compiler gives what a cold one gave, also from several threads."""
    first = issued("regret", "en").pdf
    found: list[bytes] = []
    data = sample("appointment", "ar")
    threads = [
        threading.Thread(target=lambda: found.append(issued("regret", "en").pdf)) for _ in range(4)
    ]
    for each in threads:
        each.start()
    issued("appointment", "ar", data)
    for each in threads:
        each.join()
    assert found == [first] * 4


def test_the_order_of_facts_does_not_matter() -> None:
    """Facts are a table, not a list."""
    data = sample("regret", "en")
    assert issued("regret", "en", dict(reversed(data.items()))).pdf == issued("regret", "en").pdf


def test_provenance_says_what_the_record_was_made_from() -> None:
    """Hashes of templates, fonts and data, and the versions; the same inside as outside."""
    done = issued("appointment", "en")
    assert json.loads(checks.attachment(done.pdf)) == done.provenance
    assert set(done.provenance) == {
        *("data", "date", "fonts", "kind", "language", "templates", "versions"),
    }
    assert len(done.provenance["fonts"]) == 7
    facts = known("appointment", sample("appointment", "en")).facts
    assert done.provenance["data"] == render.commitment(facts, SALT)


def test_provenance_holds_nothing_of_any_person() -> None:
    """No fact of the letter is in it, and its hash of them cannot be guessed without the salt."""
    done = issued("appointment", "en")
    said = checks.attachment(done.pdf).decode("utf-8")
    for fact in ("Aminata", "Exemple", "Abidjan", "SG/2027", "98412", "Specimen"):
        assert fact not in said
    other = render.record("appointment", "en", sample("appointment", "en"), DAY, salt=bytes(16))
    assert other.provenance["data"] != done.provenance["data"]
    silent = render.record("appointment", "en", sample("appointment", "en"), DAY)
    assert silent.provenance["data"] is None
    with pytest.raises(ValueError, match="can be guessed"):
        render.record("regret", "en", sample("regret", "en"), DAY, salt=b"short")


def test_the_title_of_the_file_names_no_person() -> None:
    """Titles are shown in lists and windows."""
    page = issued("appointment", "fr").html
    assert "<title>Lettre de nomination SG/2027/0143</title>" in page


def test_another_text_has_another_hash() -> None:
    """Who changes a word changes the provenance of what is written from then on."""
    ours = source.ours()
    path = "letters/text/en/regret.html"
    theirs = source.Templates({**ours.files, path: ours.files[path].replace(b"regret", b"r.")})
    assert theirs.sha256("regret", "en") != ours.sha256("regret", "en")
    assert theirs.sha256("regret", "fr") == ours.sha256("regret", "fr")
    changed = issued("regret", "en", templates=theirs)
    assert changed.provenance["templates"] == theirs.sha256("regret", "en")


def test_the_hash_covers_every_template_that_is_read() -> None:
    """Without any other file the same record is written."""
    ours = source.ours()
    for kind in ("appointment", "minutes", "pack"):
        kept = {*ours.used(kind, "ar"), source.STYLE}
        few = source.Templates({path: ours.files[path] for path in kept})
        assert issued(kind, "ar", templates=few).pdf == issued(kind, "ar").pdf


def test_a_letter_is_dated_once() -> None:
    """The day on the page is the day of issue."""
    with pytest.raises(Refused, match="of 2027-03-01, and would be issued as of 2027-03-02"):
        render.record("regret", "en", sample("regret", "en"), date(2027, 3, 2))


def test_a_glyph_that_only_the_typesetter_misses_is_named() -> None:
    """Its own check is the last word, and its message holds no path of the machine."""
    tree = drafted.draft("regret", "en", sample("regret", "en"), source.ours()).tree
    next(tree.find("h1")).children.append("漢")
    done = issued("regret", "en")
    draft = drafted.draft("regret", "en", sample("regret", "en"), source.ours())
    sheet = drafted.sheet_of("en", draft, source.ours(), done.provenance)
    program = source.ours().files[source.PROGRAM]
    with pytest.raises(Refused, match=r"characters 漢 \(U\+6F22\)") as refusal:
        typesetting.record_pdf(program, tree, sheet, "{}")
    assert "typst_py_bytes" not in str(refusal.value)


@pytest.mark.parametrize(
    "program",
    [
        b'#import "@preview/cetz:0.3.0"\n',
        b'#read("/etc/passwd")\n',
        b'#read("../../../../etc/passwd")\n',
        b'#image("https://organisation.example/x.png")\n',
    ],
)
def test_the_typesetter_reaches_neither_files_nor_packages(program: bytes) -> None:
    """Even a program that asks gets nothing: not a file of the machine, not a package."""
    draft = drafted.draft("regret", "en", sample("regret", "en"), source.ours())
    sheet = drafted.sheet_of("en", draft, source.ours(), issued("regret", "en").provenance)
    with pytest.raises(Refused, match="cannot be typeset"):
        typesetting.record_pdf(program, draft.tree, sheet, "{}")


def test_the_typesetter_knows_no_font_but_ours() -> None:
    """Another machine has other fonts, and must give the same bytes."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(typesetting.FONTS)],
    )
    assert sorted(fonts.families()) == ["Amiri", "Source Serif 4"]
