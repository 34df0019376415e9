"""The editable copy: everything is in it, Arabic runs as word processors want it, same bytes."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from governance.documents.render import editable, plain_text
from governance.documents.samples import sample, with_text
from governance.documents.schema import KINDS

LANGUAGES = ("en", "fr", "es", "ar")
HOSTILE = '#import "x" {{7*7}} <script>alert(1)</script> \\input{y} &amp;'
MARKS = re.compile("[\u2066-\u2069\u2068]")


def words_of(content: bytes) -> str:
    """Every word of a file for word processors, also in its tables."""
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return MARKS.sub("", "\n".join([*(each.text for each in file.paragraphs), *cells]))


def xml_of(content: bytes) -> str:
    """The text of the file as it is stored."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("kind", "language"),
    [(kind, LANGUAGES[at % 4]) for at, kind in enumerate(sorted(KINDS))],
)
def test_nothing_is_lost_in_the_editable_copy(kind: str, language: str) -> None:
    """Every word of the plain text is in it, hostile ones literally."""
    facts = with_text(kind, sample(kind, language), HOSTILE)
    said = words_of(editable(kind, language, facts))
    for word in set(plain_text(kind, language, facts).split()):
        bare = MARKS.sub("", word).removesuffix(":")
        assert bare in said or bare in {"-", "|"}, word
    assert HOSTILE in said


def test_an_editable_copy_has_the_same_bytes_again() -> None:
    """It holds no hour and no name of a machine."""
    facts = sample("minutes", "ar")
    assert editable("minutes", "ar", facts) == editable("minutes", "ar", facts)


def test_arabic_says_in_each_part_that_it_runs_from_right_to_left() -> None:
    """Paragraphs, runs, and the columns of tables, which would stand in reverse otherwise."""
    xml = xml_of(editable("minutes", "ar", sample("minutes", "ar")))
    assert xml.count("<w:bidiVisual/>") == xml.count("<w:tbl>")
    assert "<w:rtl/>" in xml
    assert "<w:bidi/>" in xml
    assert "<w:bidi/>" not in xml_of(editable("minutes", "en", sample("minutes", "en")))


def test_heads_of_tables_are_repeated_and_rows_are_not_torn() -> None:
    """As on paper."""
    xml = xml_of(editable("minutes", "en", sample("minutes", "en")))
    assert xml.count("<w:tblHeader/>") >= xml.count("<w:tbl>")
    assert xml.count("<w:cantSplit/>") == xml.count("<w:tr>")
