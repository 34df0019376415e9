"""Minutes that were edited in a word processor: read strictly, compared, never taken unseen."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement

from governance.documents import checks, returned
from governance.documents.render import blocks, editable, record
from governance.documents.samples import sample
from governance.documents.schema import KINDS, PAPERS
from governance.refusals import Refused
from tests.documents import day_of

LANGUAGES = ("en", "fr", "es", "ar")
COME_BACK = sorted(key for key, kind in KINDS.items() if kind.folder == PAPERS and key != "pack")


def edited(content: bytes, change: Any) -> bytes:
    """The copy after somebody has changed it and saved it again."""
    file, out = docx.Document(io.BytesIO(content)), io.BytesIO()
    change(file)
    file.save(out)
    return out.getvalue()


def minutes(language: str = "en") -> tuple[dict[str, Any], bytes]:
    """Sample minutes and their editable copy."""
    facts = sample("minutes", language)
    return facts, editable("minutes", language, facts)


@pytest.mark.parametrize(
    ("kind", "language"), [(kind, LANGUAGES[at % 4]) for at, kind in enumerate(COME_BACK)]
)
def test_an_unchanged_copy_says_the_same(kind: str, language: str) -> None:
    """Nothing differs, and what is rendered from it reads as before."""
    facts = sample(kind, language)
    back = returned.read(edited(editable(kind, language, facts), lambda _: None))
    assert returned.differences(blocks(kind, language, facts), back) == []
    done = record(kind, language, facts, day_of(facts), words_back=back)
    assert done.text.split() == record(kind, language, facts, day_of(facts)).text.split()
    assert checks.faults(done.pdf, language) == []


def test_a_changed_sentence_is_shown_and_rendered() -> None:
    """Before and after, and the record says what was accepted."""
    facts, copy = minutes()

    def change(file: Any) -> None:
        for each in file.paragraphs:
            if each.text.startswith("The agenda was adopted"):
                each.runs[0].text = "The agenda was adopted <b>with</b> one change."
                for run in each.runs[1:]:
                    run.text = ""

    back = returned.read(edited(copy, change))
    (found,) = returned.differences(blocks("minutes", "en", facts), back)
    assert found.before == "The agenda was adopted as proposed in document CBS/2027/3."
    done = record("minutes", "en", facts, day_of(facts), words_back=back)
    assert "adopted <b>with</b> one change." in done.text
    assert "<b>" not in done.html
    assert done.provenance["words_back"] == returned.fingerprint(back)


@pytest.mark.parametrize(
    ("tag", "says"),
    [("w:ins", "tracked changes"), ("w:drawing", "picture"), ("w:commentReference", "comments")],
)
def test_what_is_not_text_is_refused(tag: str, says: str) -> None:
    """With the place where it stands."""
    _, copy = minutes()
    with pytest.raises(Refused, match=says) as refusal:
        returned.read(edited(copy, lambda file: file.paragraphs[9]._p.append(OxmlElement(tag))))
    assert refusal.value.findings[0].where.startswith("block ")


def test_a_style_of_somebody_else_is_refused() -> None:
    """A copy is read by its styles; an unknown one could be anything."""
    _, copy = minutes()
    with pytest.raises(Refused, match='style "Title"'):
        returned.read(edited(copy, lambda file: file.add_paragraph("x", style="Title")))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no docx"])
def test_a_file_that_is_no_docx_is_refused(content: bytes) -> None:
    """In words."""
    with pytest.raises(Refused, match="it is no docx"):
        returned.read(content)
